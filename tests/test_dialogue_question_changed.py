"""The employer edits the question of a case, or what was added to it: the card shows the words as they are now."""

import pytest

from bot.demo import Person
from bot.demo.seen import Seen
from bot.model import ChatId
from tests.case_at_hand import card_of, consents, later, live_case, takes
from tests.conftest import HWK_KOELN, Bot


async def asked(bot: Bot, words: str, *, command: str = "", linked: bool = False) -> Seen:
    """A case that is opened with these words; the message they were written in."""
    if not linked:
        await bot.link(HWK_KOELN, bot.lotse)
    await bot.employer.starts()
    sent = await bot.employer.says(f"{command}{words}")
    await bot.quiet()
    if not command:
        await bot.employer.says("/lotse")
    await bot.employer.says("50667")
    await bot.quiet()
    await bot.employer.presses("🔧 Handwerk")
    await bot.quiet()
    await consents(bot)
    return sent


@pytest.mark.parametrize("command", ["", "/lotse ", "/frage "])
async def test_the_question_changes_on_the_card(bot: Bot, command: str) -> None:
    """Asked of the bot first, or with the command: the open card, and nothing else."""
    sent = await asked(bot, "Was bedeutet 3+2?", command="" if command == "/frage " else command)
    told = len(bot.lotse.received)
    await bot.employer.edits(sent, f"{command}Was bedeutet 3+2 bei Duldung?")
    await bot.quiet()
    assert bot.employer.last.text == "✓ Ihre Änderung ist weitergegeben."
    assert "Was bedeutet 3+2 bei Duldung?" in card_of(bot.lotse).text
    assert "/" not in card_of(bot.lotse).text.split("eingegangen")[1].split("Was bedeutet")[0]
    assert len(bot.lotse.received) == told


async def test_whoever_has_read_it_is_told(bot: Bot) -> None:
    """Taken: the card changes, and a message says so; the number of the case is in both."""
    sent = await asked(bot, "Was bedeutet 3+2?")
    await takes(bot)
    await bot.employer.edits(sent, "Was bedeutet 3+2 bei Gestattung?")
    await bot.quiet()
    assert "bei Gestattung?" in card_of(bot.lotse).text
    assert "hat die Frage zum Fall TEST0001 geändert" in bot.lotse.last.text
    assert bot.lotse.last.reply_to == card_of(bot.lotse).id
    assert bot.lotse.last.protected


async def test_a_changed_question_may_be_long(bot: Bot) -> None:
    """More than one message holds; and when the Lotse is gone, the employer is told that it did not arrive."""
    sent = await asked(bot, "Was bedeutet 3+2?")
    await takes(bot)
    await bot.employer.edits(sent, "Was bedeutet " + "3+2 " * 900 + "bei Gestattung?")
    await bot.quiet()
    assert bot.lotse.last.text.endswith("bei Gestattung?")
    assert sum("hat die Frage zum Fall" in message.text for message in bot.lotse.received) == 2
    await bot.lotse.blocks()
    await bot.employer.edits(sent, "Was bedeutet 3+2 bei Duldung?")
    await bot.quiet()
    assert any("TEST0001 kam nicht an" in message.text for message in bot.employer.received)


async def test_personal_data_in_a_changed_question_wait(bot: Bot) -> None:
    """As everywhere: shown first, and left out on a tap."""
    sent = await asked(bot, "Was bedeutet 3+2?")
    await bot.employer.edits(sent, "Was bedeutet 3+2? Er ist geboren am 03.04.2004.")
    await bot.quiet()
    assert "03.04.2004" not in card_of(bot.lotse).text
    await bot.employer.presses("✅ Ohne diese Angaben weiter")
    await bot.quiet()
    assert "Er ist geboren" in card_of(bot.lotse).text
    assert "03.04.2004" not in card_of(bot.lotse).text


async def test_nothing_is_no_question(bot: Bot) -> None:
    """Only the command is left: the card stays as it is."""
    sent = await asked(bot, "Was bedeutet 3+2?", command="/lotse ")
    await bot.employer.edits(sent, "/lotse")
    await bot.quiet()
    assert "Was bedeutet 3+2?" in card_of(bot.lotse).text
    assert "weitergegeben" not in bot.employer.last.text


async def test_the_question_is_not_taken_back_alone(bot: Bot) -> None:
    """/zurueckholen as a reply to it: how to change it, how to end the case."""
    sent = await asked(bot, "Was bedeutet 3+2?")
    await bot.employer.says("/zurueckholen", reply_to=sent)
    await bot.quiet()
    assert "die Frage Ihres Falls TEST0001" in bot.employer.last.text
    assert "Was bedeutet 3+2?" in card_of(bot.lotse).text


async def test_what_was_added_changes_for_whoever_is_asked_next(bot: Bot, deputy: Person) -> None:
    """Added while nobody has it, edited, and another one taken back: the deputy's card has it as it is now."""
    sent = await asked(bot, "Was bedeutet 3+2?", linked=True)
    added = await bot.employer.says("Er ist 17.", reply_to=sent)
    other = await bot.employer.says("Oder doch 18.", reply_to=sent)
    await bot.quiet()
    await bot.employer.edits(added, "Er wird im Mai 18.")
    await bot.employer.says("/zurueckholen", reply_to=other)
    await bot.quiet()
    await later(bot, hours=4.1)
    await later(bot, hours=24)

    card = card_of(deputy).text
    assert "➕ Er wird im Mai 18." in card
    assert "Er ist 17." not in card
    assert "Oder doch" not in card


async def test_what_was_added_changes_also_when_the_lotse_is_gone(bot: Bot) -> None:
    """The card that the next one gets has the changed words, though nobody is linked at that moment."""
    sent = await asked(bot, "Was bedeutet 3+2?")
    added = await bot.employer.says("Er ist 17.", reply_to=sent)
    await bot.quiet()
    await bot.lotse.says("/entkoppeln")
    await bot.quiet()
    await bot.employer.edits(added, "Er wird 18.")
    await bot.quiet()
    assert bot.employer.last.text == "✓ Ihre Änderung ist weitergegeben."
    stored = await bot.app.privacy.stored(ChatId(bot.employer.id))
    assert stored["faelle"][0]["frage"] == "Was bedeutet 3+2?\n\n➕ Er wird 18."


async def test_an_answered_question_is_not_somebody_elses(bot: Bot) -> None:
    """The Lotse's edit of a message never touches the question of the case."""
    await live_case(bot)
    sent = await bot.lotse.says("Ja.", reply_to=card_of(bot.lotse))
    await bot.quiet()
    await bot.lotse.edits(sent, "Nein.")
    await bot.quiet()
    assert "Was bedeutet 3+2?" in card_of(bot.lotse).text
    assert bot.employer.last.text.startswith("👤")


async def test_the_same_question_in_a_second_case(bot: Bot) -> None:
    """One question, handed over twice: the edit is for the newer case, and the older card stays."""
    sent = await asked(bot, "Was bedeutet 3+2?")
    await bot.employer.says("/lotse")
    await bot.quiet()
    await bot.employer.presses("Ja, 50667 Köln")
    await bot.quiet()
    await bot.employer.presses("🔧 Handwerk")
    await bot.quiet()
    await consents(bot)
    await bot.employer.edits(sent, "Was bedeutet 3+2 heute?")
    await bot.quiet()
    cards = [message.text for message in bot.lotse.received if "eingegangen" in message.text]
    assert ["heute" in card for card in cards] == [False, True]
