"""„Rückgängig“: a Lotse's words wait 30 seconds; taken back they never reach anyone."""

import pytest

from bot.config import Settings
from tests.case_at_hand import live_case
from tests.conftest import Bot, keys


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """As operators have it."""
    return settings.model_copy(update={"undo_seconds": 30})


async def answered(bot: Bot, words: str) -> None:
    """A case the Lotse answers by a reply to its card; the words are held."""
    await live_case(bot)
    await bot.lotse.says(words, reply_to=bot.lotse.last.id)
    await bot.quiet()


async def test_words_go_after_thirty_seconds(bot: Bot) -> None:
    """Before, the Lotse reads who will get them; a tap afterwards is told that it is too late."""
    await answered(bot, "Ja, das geht.")
    held = bot.lotse.last
    assert "Ihre erste Antwort in diesem Fall. Sie bekommt der Betrieb in 50667 Köln" in held.text
    assert "Was bedeutet 3+2?" in held.text
    assert "Geht in 30 Sekunden an den Betrieb in 50667 Köln, Fall TEST0001" in held.text
    assert keys(held) == [["↩️ Rückgängig"], ["💡 Als FAQ vorschlagen"]]
    undo = held.buttons[0].data
    bot.clock.wind(seconds=29)
    await bot.quiet()
    assert "übernommen" in bot.employer.last.text
    bot.clock.wind(seconds=2)
    await bot.quiet()
    assert bot.employer.last.text.endswith("Ja, das geht.")
    told = len(bot.employer.received)
    gone = next(m for m in bot.lotse.received if m.id == held.id)
    assert gone.text == "✅ Beim Betrieb in 50667 Köln angekommen, Fall TEST0001."
    assert keys(gone) == [["💡 Als FAQ vorschlagen"]]
    await bot.lotse.forges_press(undo, held.id)  # the tap and the edit crossed
    await bot.quiet()
    assert len(bot.employer.received) == told
    await bot.lotse.says("Noch etwas", reply_to=held.id)
    await bot.quiet()
    assert "Ihre erste Antwort" not in bot.lotse.last.text
    assert "Geht in 30 Sekunden" in bot.lotse.last.text


async def test_taken_back_words_reach_nobody(bot: Bot) -> None:
    """Also after a restart; the case waits for an answer again, and a new one goes."""
    await answered(bot, "Falscher Fall!")
    held = bot.lotse.last
    await bot.restart()
    await bot.lotse.presses("↩️ Rückgängig", message=held)
    await bot.quiet()
    assert "Zurückgenommen" in next(m for m in bot.lotse.received if m.id == held.id).text
    card = next(m for m in bot.lotse.received if "Fall TEST0001" in m.text and "eingegangen" in m.text)
    assert card.text.startswith("🔵 Übernommen")
    bot.clock.wind(minutes=5)
    await bot.quiet()
    assert not any("Falscher Fall!" in message.text for message in bot.employer.received)
    await bot.lotse.says("Richtig.", reply_to=card.id)
    await bot.quiet()
    bot.clock.wind(seconds=31)
    await bot.quiet()
    assert bot.employer.last.text.endswith("Richtig.")


async def test_only_the_taken_back_words_go_missing(bot: Bot) -> None:
    """Of two answers in a row the second is taken back; the first is delivered and the case stays answered."""
    await answered(bot, "Erstens.")
    await bot.lotse.says("Zweitens.", reply_to=bot.lotse.last.id)
    await bot.quiet()
    await bot.lotse.presses("↩️ Rückgängig")
    await bot.quiet()
    bot.clock.wind(seconds=31)
    await bot.quiet()
    assert bot.employer.last.text.endswith("Erstens.")
    assert not any("Zweitens." in message.text for message in bot.employer.received)
    await bot.lotse.says("/faelle")
    await bot.quiet()
    assert "🟢 Beantwortet" in bot.lotse.last.text


async def test_a_last_word_says_that_it_has_gone(bot: Bot) -> None:
    """The message that offered to take it back still says that the case is closed, and offers nothing any more."""
    await live_case(bot)
    await bot.lotse.presses("Schließen")
    await bot.quiet()
    await bot.lotse.presses("✍️ Letztes Wort schreiben")
    await bot.lotse.says("Alles Gute!")
    await bot.quiet()
    held = bot.lotse.last
    assert held.labels == ["↩️ Rückgängig"]
    bot.clock.wind(seconds=31)
    await bot.quiet()
    gone = next(m for m in bot.lotse.received if m.id == held.id)
    assert gone.text == (
        "✅ Beim Betrieb in 50667 Köln angekommen, Fall TEST0001.\nDamit ist der Fall geschlossen."
    )
    assert gone.labels == []


async def test_words_into_the_chosen_case_say_that_they_have_gone(bot: Bot) -> None:
    """The question which case is meant becomes the offer to take them back, and then says that they have gone."""
    await live_case(bot)
    await bot.lotse.says("Ich melde mich morgen.")
    await bot.quiet()
    await bot.lotse.presses("Fall TEST0001 · 50667 Köln")
    await bot.quiet()
    held = bot.lotse.last
    assert "Geht in 30 Sekunden" in held.text
    bot.clock.wind(seconds=31)
    await bot.quiet()
    gone = next(m for m in bot.lotse.received if m.id == held.id)
    assert gone.text == "✅ Beim Betrieb in 50667 Köln angekommen, Fall TEST0001."
    assert gone.labels == []


async def test_words_that_cannot_arrive_are_not_said_to_have_arrived(bot: Bot) -> None:
    """The employer blocks the bot while they are held: the message that offered to take them back says so."""
    await answered(bot, "Ja, das geht.")
    held = bot.lotse.last
    await bot.employer.blocks()
    await bot.quiet()
    bot.clock.wind(seconds=31)
    await bot.quiet()
    gone = next(m for m in bot.lotse.received if m.id == held.id)
    assert gone.text == "⚠️ Beim Betrieb in 50667 Köln nicht angekommen, Fall TEST0001."
    assert "↩️ Rückgängig" not in gone.labels
