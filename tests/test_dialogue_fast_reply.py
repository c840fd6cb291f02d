"""Replies to messages of a case whose delivery the bot has not stored yet, or never will: no word of them is a question."""

from bot.demo.faults import DelayAfter, ResetAfter
from tests.case_at_hand import asked_to_preview, open_case
from tests.conftest import EMPLOYER, HWK_KOELN, IHK_KOELN, LOTSE, Bot, keys

# Real seconds in which the reply has to be worked on; a slow machine makes the test milder, never red.
LATE = DelayAfter(0.4)
TO_BOT = "Das ist eine Frage an den Bot"


async def test_a_reply_faster_than_our_commit_reaches_the_employer(bot: Bot) -> None:
    """The Lotse sees the card and answers while the bot still waits for Telegram's answer."""
    await bot.link(HWK_KOELN, bot.lotse)
    bot.telegram.faults.add(LATE, method="sendMessage", chat=LOTSE, text="Offen")
    await asked_to_preview(bot)
    await bot.employer.presses("✅ Einverstanden, senden")
    await bot.telegram.until(lambda: "Offen" in bot.lotse.last.text)
    await bot.lotse.says("Rufen Sie mich bitte an", reply_to=bot.lotse.last.id)
    await bot.quiet()

    assert bot.employer.last.text.endswith("(Fall TEST0001):\n\nRufen Sie mich bitte an")


async def test_a_file_as_a_fast_reply_is_carried(bot: Bot) -> None:
    """What is not text waits for its case as well."""
    await bot.link(HWK_KOELN, bot.lotse)
    bot.telegram.faults.add(LATE, method="sendMessage", chat=LOTSE, text="Offen")
    await asked_to_preview(bot)
    await bot.employer.presses("✅ Einverstanden, senden")
    await bot.telegram.until(lambda: "Offen" in bot.lotse.last.text)
    await bot.lotse.sends_document("Merkblatt.pdf", reply_to=bot.lotse.last.id)
    await bot.quiet()

    media = bot.employer.last.media
    assert media is not None
    assert media.kind == "document"


async def test_the_employers_fast_reply_goes_to_the_case_it_answers(bot: Bot) -> None:
    """With two cases nothing has to be asked: the message that is answered says which."""
    await bot.link(HWK_KOELN, bot.lotse)
    for number in (1, 2):
        await open_case(bot)
        await bot.lotse.presses("Übernehmen", message=bot.lotse.last)
        await bot.quiet()
        assert f"TEST000{number}" in bot.employer.last.text
    card = next(message for message in bot.lotse.received if "TEST0001" in message.text)
    bot.telegram.faults.add(LATE, method="sendMessage", chat=EMPLOYER, text="Wann passt es")
    await bot.lotse.says("Wann passt es?", reply_to=card.id)
    await bot.telegram.until(lambda: "Wann passt es?" in bot.employer.last.text)
    await bot.employer.says("Morgen um zehn", reply_to=bot.employer.last.id)
    await bot.quiet()

    assert "(Fall TEST0001):\n\nMorgen um zehn" in bot.lotse.last.text


async def test_a_reply_to_a_card_whose_number_was_lost_asks_for_the_case(bot: Bot) -> None:
    """Telegram's answer is lost: nobody knows the card's number. The words wait for a tap and then go to the employer."""
    await bot.link(HWK_KOELN, bot.lotse)
    bot.telegram.faults.add(ResetAfter(), method="sendMessage", chat=LOTSE, text="Offen")
    await asked_to_preview(bot)
    await bot.employer.presses("✅ Einverstanden, senden")
    await bot.quiet()
    assert "Offen" in bot.lotse.last.text
    await bot.lotse.says("Rufen Sie mich bitte an", reply_to=bot.lotse.last.id)
    await bot.quiet()
    asked = bot.lotse.last
    assert asked.text == "Zu welchem Fall gehört diese Nachricht?"
    assert [row[0] for row in keys(asked)[:2]] == ["Fall TEST0001 · 50667 Köln", TO_BOT]

    await bot.lotse.presses("Fall TEST0001 · 50667 Köln")
    await bot.weather()
    assert bot.employer.last.text.endswith("(Fall TEST0001):\n\nRufen Sie mich bitte an")


async def test_an_employer_whose_case_waits_replies_to_an_answer_of_the_bot(bot: Bot) -> None:
    """What the bot answers names no case, so the reply is for the bot: answered, not asked about."""
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot)
    await bot.employer.says("Was bedeutet 3+2?")
    await bot.quiet()
    await bot.employer.says("eq dauer monate", reply_to=bot.employer.last.id)
    await bot.quiet()
    assert bot.employer.last.text.startswith("Wie lange dauert eine EQ?")


async def test_a_reply_to_a_message_of_the_case_whose_number_was_lost_is_asked_about(bot: Bot) -> None:
    """It names the case: the words wait for a tap, and may be meant for the bot all the same."""
    await bot.link(HWK_KOELN, bot.lotse)
    bot.telegram.faults.add(ResetAfter(), method="sendMessage", chat=EMPLOYER, text="noch nicht übernommen")
    await open_case(bot)
    bot.clock.wind(hours=4.1)
    await bot.app.ladder.climb()
    await bot.telegram.until(lambda: "noch nicht übernommen" in bot.employer.last.text)
    await bot.employer.says("eq dauer monate", reply_to=bot.employer.last.id)
    await bot.weather()
    asked = next(m for m in bot.employer.received if m.text == "Zu welchem Fall gehört diese Nachricht?")
    await bot.employer.presses(TO_BOT, message=asked)
    await bot.quiet()
    assert bot.employer.last.text.startswith("Wie lange dauert eine EQ?")


async def test_a_reply_to_the_bot_without_any_case_is_a_question(bot: Bot) -> None:
    """Nobody without a case is asked about cases."""
    await bot.employer.starts()
    await bot.employer.says("Was bedeutet 3+2?")
    await bot.quiet()
    await bot.employer.says("eq dauer monate", reply_to=bot.employer.last.id)
    await bot.quiet()
    assert bot.employer.last.text.startswith("Wie lange dauert eine EQ?")


async def test_a_reply_to_the_end_of_a_case_whose_number_was_lost_goes_to_no_other_case(bot: Bot) -> None:
    """It names a case that is over: whoever has the employer's other case gets no word of it unasked."""
    other = bot.telegram.user("Ida")
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.link(IHK_KOELN, other)
    await open_case(bot)
    await bot.lotse.presses("Übernehmen")
    await bot.quiet()
    await open_case(bot, "Was ist eine EQ?", branch="🏭 Industrie, Handel, Gastro, Dienstleistung")
    await other.presses("Übernehmen")
    await bot.quiet()
    bot.telegram.faults.add(ResetAfter(), method="sendMessage", chat=EMPLOYER, text="abgeschlossen")
    await bot.lotse.presses("Schließen")
    await bot.quiet()
    await bot.lotse.presses("Ohne Wort schließen")
    await bot.telegram.until(lambda: "abgeschlossen" in bot.employer.last.text)
    told = len(other.received)
    await bot.employer.says("Eine Frage habe ich doch noch", reply_to=bot.employer.last.id)
    await bot.weather()
    assert any(
        "Gehört das zu Ihrem abgeschlossenen Fall" in message.text for message in bot.employer.received
    )
    assert len(other.received) == told
