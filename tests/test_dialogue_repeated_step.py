"""A step that is handled again, because its answer failed or the process died, is the same step once more."""

import pytest

from bot.demo.faults import Refused
from tests.case_at_hand import consents, takes, to_preview
from tests.conftest import HWK_KOELN, Bot

TROUBLE = Refused("Bad Request: can't parse")


async def test_a_place_stays_a_place(bot: Bot) -> None:
    """The question for the branch fails: the place that comes again is not taken for the answer to it."""
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.employer.starts()
    await bot.employer.says("/lotse Bitte um Rat")
    await bot.quiet()
    bot.telegram.faults.add(TROUBLE, method="sendMessage", text="Welcher Bereich")
    await bot.employer.says("50667")
    await bot.weather()

    assert "Welcher Bereich passt" in bot.employer.last.text
    await bot.employer.presses("🔧 Handwerk")
    await bot.quiet()
    assert "Bitte um Rat" in bot.employer.last.text


@pytest.fixture
async def taken(bot: Bot) -> None:
    """A case that the Lotse has taken."""
    await bot.link(HWK_KOELN, bot.lotse)
    await to_preview(bot)
    await consents(bot)
    await takes(bot)


@pytest.mark.usefixtures("taken")
@pytest.mark.parametrize("words", ["Rufen Sie mich bitte an.", "Was bedeutet 3+2?"])
async def test_an_answer_stays_an_answer(bot: Bot, words: str) -> None:
    """„Antworten“, the words, and the confirmation fails: the words that come again are not taken for a question."""
    await bot.lotse.presses("Antworten")
    await bot.quiet()
    bot.telegram.faults.add(TROUBLE, method="sendMessage", text="Geht an den Betrieb")
    await bot.lotse.says(words)
    await bot.weather()

    assert sum(words in message.text for message in bot.employer.received) == 1
    assert "Geht an den Betrieb" in bot.lotse.last.text


@pytest.mark.usefixtures("taken")
async def test_a_choice_of_the_case_stays_a_choice(bot: Bot) -> None:
    """ "Zu welchem Fall?", a tap, and the confirmation fails: the tap that comes again confirms, it does not say "too late"."""
    await bot.lotse.says("Gern am Montag")
    await bot.quiet()
    bot.telegram.journal.allow("was answered before")
    bot.telegram.faults.add(TROUBLE, method="editMessageText", chat=bot.lotse.id, text="Geht an den Betrieb")
    await bot.lotse.presses("Fall TEST0001 · 50667 Köln")
    await bot.weather()

    assert sum("Gern am Montag" in message.text for message in bot.employer.received) == 1
    assert any("Geht an den Betrieb" in message.text for message in bot.lotse.received)
    assert not any("abgelaufen" in alert for alert in bot.lotse.alerts)
