"""A case ends with a last word or without; word and end are one step, taken back together."""

import pytest

from bot.config import Settings
from tests.case_at_hand import card_of, live_case
from tests.conftest import Bot, keys


async def last_word(bot: Bot, words: str) -> None:
    """Closing, with words."""
    await bot.lotse.presses("Schließen", message=card_of(bot.lotse))
    await bot.quiet()
    await bot.lotse.presses("✍️ Letztes Wort schreiben")
    await bot.quiet()
    await bot.lotse.says(words)
    await bot.quiet()


async def test_with_a_last_word(bot: Bot) -> None:
    """The words come first, then the end with the question whether it helped; nobody can be answered any more."""
    await live_case(bot)
    await bot.lotse.presses("Schließen", message=card_of(bot.lotse))
    await bot.quiet()
    assert "noch ein letztes Wort" in bot.lotse.last.text
    assert keys(bot.lotse.last) == [
        ["✍️ Letztes Wort schreiben"],
        ["Ohne Wort schließen", "Nein, offen lassen"],
    ]
    await bot.lotse.presses("✍️ Letztes Wort schreiben")
    await bot.quiet()
    await bot.restart()
    await bot.lotse.says("Viel Erfolg!", reply_to=bot.lotse.last.id)
    await bot.quiet()
    word, end = bot.employer.received[-2:]
    assert word.text.endswith("Viel Erfolg!")
    assert "Hat Ihnen das geholfen?" in end.text
    assert card_of(bot.lotse).text.startswith("⚪ Geschlossen")
    assert "Damit ist der Fall geschlossen." in bot.lotse.last.text
    await bot.lotse.says("Und noch etwas", reply_to=card_of(bot.lotse).id)
    await bot.quiet()
    assert "schon abgeschlossen" in bot.lotse.last.text
    assert bot.employer.last.id == end.id


async def test_the_employer_was_faster(bot: Bot) -> None:
    """Ended meanwhile: the words go nowhere, and the Lotse is told."""
    await live_case(bot)
    await bot.lotse.presses("Schließen", message=card_of(bot.lotse))
    await bot.quiet()
    await bot.lotse.presses("✍️ Letztes Wort schreiben")
    await bot.quiet()
    await bot.employer.says("/status")
    await bot.quiet()
    await bot.employer.presses("Fall TEST0001 beenden")
    await bot.quiet()
    await bot.lotse.says("Viel Erfolg!")
    await bot.quiet()
    assert "schon abgeschlossen" in bot.lotse.last.text
    assert not any("Viel Erfolg!" in m.text for m in bot.employer.received)


class TestHeld:
    """With the seconds that operators have."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        """As operators have it."""
        return settings.model_copy(update={"undo_seconds": 30})

    @pytest.mark.parametrize("answered", [False, True])
    async def test_taken_back(self, bot: Bot, *, answered: bool) -> None:
        """The employer hears neither word nor end, across a restart; the case goes on and can be closed again."""
        await live_case(bot)
        if answered:
            await bot.lotse.says("Erste Antwort", reply_to=card_of(bot.lotse).id)
            await bot.quiet()
            bot.clock.wind(seconds=31)
            await bot.quiet()
        told = len(bot.employer.received)
        await last_word(bot, "Falsch!")
        held = bot.lotse.last
        assert "Damit ist der Fall geschlossen." in held.text
        await bot.restart()
        await bot.lotse.presses("↩️ Rückgängig", message=held)
        await bot.quiet()
        assert "Der Fall ist wieder offen." in next(m for m in bot.lotse.received if m.id == held.id).text
        bot.clock.wind(seconds=61)
        await bot.quiet()
        assert len(bot.employer.received) == told
        state = "🟢 Beantwortet" if answered else "🔵 Übernommen"
        assert card_of(bot.lotse).text.startswith(state)

        await last_word(bot, "Richtig!")
        bot.clock.wind(seconds=31)
        await bot.quiet()
        assert bot.employer.received[-2].text.endswith("Richtig!")
        assert "Hat Ihnen das geholfen?" in bot.employer.last.text
