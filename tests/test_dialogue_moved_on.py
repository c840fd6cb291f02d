"""Words reach whoever has the case when they go out, and nobody else; who cannot be reached any more holds no case."""

from bot.demo import Person
from bot.demo.faults import Blocked, Refused, ServerError, TooManyRequests
from tests.case_at_hand import later, live_case, open_case
from tests.conftest import Bot


def said_to(person: Person) -> str:
    """Everything the bot ever showed to this person."""
    return "\n".join(message.text for message in person.received)


async def reminded(bot: Bot) -> None:
    """A case that nobody took so far."""
    await open_case(bot)
    await later(bot, hours=4.1)


async def test_words_that_wait_follow_the_case(bot: Bot, deputy: Person) -> None:
    """Telegram lets nothing through to the first Lotse until the deputy is asked: then the deputy gets the words."""
    await reminded(bot)
    bot.telegram.faults.add(TooManyRequests(3600 * 30), chat=bot.lotse.id, text="Nachtrag")
    await bot.employer.says("Nachtrag zum Fall", reply_to=bot.employer.last.id)
    await bot.quiet()
    await later(bot, hours=24)
    await deputy.presses("Übernehmen")
    await bot.quiet()
    await later(bot, hours=24)

    assert "Nachtrag zum Fall" in said_to(deputy)
    assert "Nachtrag zum Fall" not in said_to(bot.lotse)


async def test_a_photo_that_waits_follows_too(bot: Bot, deputy: Person) -> None:
    """The line above it and the copy, in this order."""
    await reminded(bot)
    bot.telegram.faults.add(TooManyRequests(3600 * 30), chat=bot.lotse.id, text="schickt")
    await bot.employer.sends_photo(reply_to=bot.employer.last.id)
    await bot.quiet()
    await bot.employer.presses("Ja, weitergeben")
    await bot.quiet()
    await later(bot, hours=24)
    await deputy.presses("Übernehmen")
    await bot.quiet()
    await later(bot, hours=24)

    assert "schickt ein Foto" in deputy.received[-2].text
    assert deputy.last.media is not None
    assert not any(message.media for message in bot.lotse.received)


async def test_a_card_that_comes_too_late_is_nobodys(bot: Bot, deputy: Person) -> None:
    """The first card is held up until the deputy has one: it is not delivered any more, and the deputy's stays the card."""
    bot.telegram.faults.add(TooManyRequests(3600 * 40), chat=bot.lotse.id, text="Offen")
    await open_case(bot)
    await later(bot, hours=4.1)
    await later(bot, hours=24)
    await deputy.presses("Übernehmen")
    await bot.quiet()
    await later(bot, hours=24)

    assert "Fall TEST0001" not in said_to(bot.lotse).replace("Der Fall TEST0001", "")
    assert deputy.last.text.startswith("🔵 Übernommen")


async def test_a_former_lotse_who_blocks_ends_nothing(bot: Bot, deputy: Person) -> None:
    """What still waited for the first one cannot be delivered: the deputy's case goes on."""
    await reminded(bot)
    bot.telegram.faults.add(ServerError(), chat=bot.lotse.id, text="Nachtrag")
    await bot.employer.says("Nachtrag zum Fall", reply_to=bot.employer.last.id)
    await bot.quiet()
    await bot.lotse.blocks()
    await bot.telegram.idle()
    await later(bot, hours=24)
    await deputy.presses("Übernehmen")
    await bot.quiet()

    assert "hat Ihren Fall TEST0001 übernommen" in said_to(bot.employer)


async def test_a_taken_case_of_somebody_out_of_reach_goes_on(bot: Bot, deputy: Person) -> None:
    """Taken, then the Lotse blocks the bot: the deputy is asked, and the employer is told why."""
    await open_case(bot)
    await bot.lotse.presses("Übernehmen")
    await bot.quiet()
    await bot.lotse.blocks()
    await bot.quiet()
    await later(bot)

    assert "HWK zu Köln (Muster)" in bot.employer.last.text
    assert "ist in Telegram nicht mehr erreichbar" in bot.employer.last.text
    assert "bei Willkommenslotsin IHK zu Köln" in bot.employer.last.text
    assert deputy.last.text.startswith("🟡 Offen · Fall TEST0001")


async def test_without_a_deputy_the_contact_follows(bot: Bot) -> None:
    """Unlinked after taking, nobody else is there: contact card."""
    await live_case(bot)
    await bot.lotse.says("/entkoppeln")
    await bot.quiet()
    await later(bot)

    assert "in Telegram nicht erreichen" in bot.employer.last.text
    assert "+49 30 23125 091" in bot.employer.last.text


async def test_words_to_somebody_unlinked_are_not_lost_in_silence(bot: Bot) -> None:
    """An answered case of a Lotse who is not linked any more: the employer's words end it, with the contact."""
    await live_case(bot)
    await bot.lotse.says("Antwort", reply_to=bot.lotse.last.id)
    await bot.lotse.says("/entkoppeln")
    await bot.quiet()
    await bot.employer.says("Noch eine Frage")
    await bot.quiet()
    assert "nicht weitergegeben" in said_to(bot.employer)
    assert "in Telegram nicht erreichen" in said_to(bot.employer)


async def test_a_photo_lost_at_the_last_moment_is_told(bot: Bot) -> None:
    """The line above it arrives, then the Lotse blocks the bot: the case ends with the contact."""
    await live_case(bot)
    bot.telegram.faults.add(Blocked(), method="copyMessage")
    await bot.employer.sends_photo()
    await bot.quiet()
    await bot.employer.presses("Ja, weitergeben")
    await bot.quiet()

    assert "in Telegram nicht erreichen" in bot.employer.last.text


async def test_a_photo_of_the_lotse_lost_at_the_last_moment_is_told_once(bot: Bot) -> None:
    """The employer blocks before or after the line above it: one warning."""
    await live_case(bot)
    card = bot.lotse.last
    bot.telegram.faults.add(Blocked(), method="copyMessage")
    await bot.lotse.sends_document(reply_to=card.id)
    await bot.quiet()
    assert said_to(bot.lotse).count("kam nicht an") == 1
    await bot.lotse.sends_document(reply_to=card.id)
    await bot.quiet()

    assert said_to(bot.lotse).count("kam nicht an") == 2


async def test_an_edit_that_does_not_arrive_is_told(bot: Bot) -> None:
    """Telegram refuses it for good: the wrong answer stands, and the Lotse has to know."""
    await live_case(bot)
    sent = await bot.lotse.says("Das kostet 100 Euro.", reply_to=bot.lotse.last.id)
    await bot.quiet()
    refused = Refused("Bad Request: CHAT_RESTRICTED")
    bot.telegram.faults.add(refused, method="editMessageText", chat=bot.employer.id)
    await bot.lotse.edits(sent, "Das kostet nichts.")
    await bot.quiet()

    assert "kam nicht an" in said_to(bot.lotse)


async def test_several_words_to_somebody_who_left_are_told_once(bot: Bot) -> None:
    """Three messages on their way, one contact card."""
    await live_case(bot)
    bot.telegram.faults.add(ServerError(), chat=bot.lotse.id, text="Erstens")
    await bot.employer.says("Erstens")
    await bot.employer.says("Zweitens")
    await bot.employer.says("Drittens")
    await bot.quiet()
    await bot.lotse.blocks()
    await bot.quiet()
    bot.clock.wind(seconds=5)
    await bot.quiet()

    assert said_to(bot.employer).count("in Telegram nicht erreichen") == 1


async def test_what_waits_for_a_lotse_survives_that_ones_erasure(bot: Bot) -> None:
    """/loeschen of a Lotse erases what is the Lotse's, not the words of an employer on their way."""
    await live_case(bot)
    bot.telegram.faults.add(ServerError(), chat=bot.lotse.id, text="Wichtig")
    await bot.employer.says("Wichtig!")
    await bot.quiet()
    await bot.lotse.says("/loeschen")
    await bot.quiet()
    await bot.lotse.presses("Ja, alles löschen")
    await bot.quiet()
    bot.clock.wind(seconds=5)
    await bot.quiet()

    assert "Wichtig!" in bot.lotse.last.text


async def test_words_are_taken_back_from_a_former_lotse_too(bot: Bot, deputy: Person) -> None:
    """The deletion is held up until the deputy has the case: it still happens where the words are."""
    await reminded(bot)
    sent = await bot.employer.says("Nachtrag zum Fall", reply_to=bot.employer.last.id)
    await bot.quiet()
    assert "Nachtrag zum Fall" in said_to(bot.lotse)
    bot.telegram.faults.add(TooManyRequests(3600 * 30), method="deleteMessage", chat=bot.lotse.id)
    await bot.employer.says("/zurueckholen", reply_to=sent.id)
    await bot.quiet()
    await later(bot, hours=24)
    await deputy.presses("Übernehmen")
    await bot.quiet()
    await later(bot, hours=24)

    assert "Nachtrag zum Fall" not in said_to(bot.lotse)
    assert "Nachtrag zum Fall" not in said_to(deputy)


async def test_words_that_wait_for_nobody_any_more_are_told(bot: Bot) -> None:
    """Held up, then the Lotse is unlinked and nobody else is there: their writer knows that they did not arrive."""
    await live_case(bot)
    bot.telegram.faults.add(TooManyRequests(3600), chat=bot.lotse.id, text="Nachtrag")
    await bot.employer.says("Nachtrag zum Fall")
    await bot.quiet()
    await bot.lotse.says("/entkoppeln")
    await bot.quiet()
    await later(bot, hours=1.1)

    assert "in Telegram nicht erreichen" in said_to(bot.employer)
    assert "kam nicht an" in said_to(bot.employer)
    assert "Nachtrag zum Fall" not in said_to(bot.lotse)
