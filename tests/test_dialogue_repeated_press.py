"""A press that is handled again, because its answer failed or the process died, says once more what it did."""

import pytest

from bot.config import Settings
from bot.demo import Person
from bot.demo.faults import Refused
from bot.demo.seen import Seen
from tests.case_at_hand import card_of, offers_to_colleague, open_case, takes
from tests.conftest import Bot

TROUBLE = Refused("Bad Request: can't parse")


def now(person: Person, message: Seen) -> Seen:
    """A message as it is now."""
    return next(found for found in person.received if found.id == message.id)


@pytest.fixture
async def colleague(bot: Bot, deputy: Person) -> Person:
    """The Lotse has taken a case; the colleague."""
    bot.telegram.journal.allow("was answered before")
    await open_case(bot)
    await takes(bot)
    return deputy


async def test_declined_twice_is_declined(bot: Bot, colleague: Person) -> None:
    """„Ablehnen“, and showing it fails: the second time it is not „gilt nicht mehr“."""
    await offers_to_colleague(bot)
    offer = colleague.last
    bot.telegram.faults.add(TROUBLE, method="editMessageText", chat=colleague.id, text="bleibt bei")
    await colleague.presses("Ablehnen")
    await bot.weather()
    assert "Gut, der Fall TEST0001 bleibt bei" in now(colleague, offer).text
    assert not any("gilt nicht mehr" in alert for alert in colleague.alerts)
    assert sum("nicht übernehmen" in message.text for message in bot.lotse.received) == 1


async def test_called_back_twice_is_called_back(bot: Bot, colleague: Person) -> None:
    """„Angebot zurückziehen“, and the acknowledgement fails."""
    await offers_to_colleague(bot)
    bot.telegram.faults.add(TROUBLE, method="answerCallbackQuery")
    await bot.lotse.presses("Angebot zurückziehen", message=card_of(bot.lotse))
    await bot.weather()
    assert bot.lotse.alerts[-1] == "Zurückgezogen. Der Fall bleibt bei Ihnen."


async def test_asked_for_the_stand_in_twice_is_asked(bot: Bot, colleague: Person) -> None:
    """„An die Vertretung geben“, and the acknowledgement fails: no „keine Vertretung“, one sentence to the employer."""
    await bot.lotse.says("/abwesend bis 12.09.")
    await bot.quiet()
    await bot.lotse.presses("✅ Eintragen")
    await bot.quiet()
    await bot.employer.says("Sind Sie da?")
    await bot.quiet()
    bot.telegram.faults.add(TROUBLE, method="answerCallbackQuery", times=1)
    await bot.employer.presses("An die Vertretung geben")
    await bot.weather()
    assert not any("keine Vertretung" in alert for alert in bot.employer.alerts)
    assert sum("jetzt bei der Vertretung" in message.text for message in bot.employer.received) == 1
    assert card_of(colleague).text.startswith("🟡 Offen · Fall TEST0001")


async def test_handed_over_twice_is_handed_over(bot: Bot, colleague: Person) -> None:
    """The offer of an absence, and showing the outcome fails."""
    await bot.lotse.says("/abwesend bis 12.09.")
    await bot.quiet()
    await bot.lotse.presses("✅ Eintragen")
    await bot.quiet()
    shown = bot.lotse.last
    bot.telegram.faults.add(TROUBLE, method="editMessageText", chat=bot.lotse.id, text="Übergeben an")
    await bot.lotse.presses("Alle übergeben (1)", message=shown)
    await bot.weather()
    assert now(bot.lotse, shown).text.startswith("✓ Übergeben an Willkommenslotsin IHK zu Köln (Muster)")
    assert ": 1. Die Betriebe wissen Bescheid." in now(bot.lotse, shown).text
    assert card_of(colleague).text.startswith("🟡 Offen · Fall TEST0001")


async def takes_back(bot: Bot) -> Seen:
    """„Rückgängig“, and showing the outcome fails the first time; the message that says it."""
    held = bot.lotse.last
    bot.telegram.faults.add(TROUBLE, method="editMessageText", chat=bot.lotse.id, text="Zurückgenommen")
    await bot.lotse.presses("↩️ Rückgängig")
    await bot.weather()
    assert "Zurückgenommen" in now(bot.lotse, held).text
    return held


class TestHeld:
    """Words wait 30 seconds."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        """As operators have it."""
        return settings.model_copy(update={"undo_seconds": 30})

    @pytest.mark.usefixtures("colleague")
    async def test_taken_back_twice_is_taken_back(self, bot: Bot) -> None:
        """„Rückgängig“, and showing it fails: the second time it is not „zu spät“."""
        await bot.lotse.says("Falsch", reply_to=card_of(bot.lotse))
        await bot.quiet()
        await takes_back(bot)
        bot.clock.wind(minutes=1)
        await bot.quiet()
        assert not any("Falsch" in message.text for message in bot.employer.received)

    @pytest.mark.usefixtures("colleague")
    async def test_a_last_word_taken_back_twice(self, bot: Bot) -> None:
        """The case goes on, and the Lotse reads that both times."""
        await bot.lotse.presses("Schließen", message=card_of(bot.lotse))
        await bot.quiet()
        await bot.lotse.presses("✍️ Letztes Wort schreiben")
        await bot.quiet()
        await bot.lotse.says("Alles Gute")
        await bot.quiet()
        held = await takes_back(bot)
        assert "Der Fall ist wieder offen" in now(bot.lotse, held).text
