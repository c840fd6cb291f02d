"""Drafts under the card: shown for editing, sent by nobody but the Lotse, to the employer of this case only."""

from tests.case_at_hand import open_case
from tests.conftest import HWK_KOELN, Bot, keys


async def taken(bot: Bot) -> None:
    """A case that the Lotse has taken; the card is the last message."""
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot, "Wie lange dauert eine EQ?")
    assert keys(bot.lotse.last) == [["Übernehmen", "↪️ Abgeben"]]
    await bot.lotse.presses("Übernehmen")
    await bot.quiet()


async def test_a_draft_is_put_before_the_lotse_and_edited(bot: Bot) -> None:
    """A tap shows the entry's words to copy; the next message goes to the employer, the draft itself does not."""
    await taken(bot)
    rows = keys(bot.lotse.last)
    assert rows[0] == ["Antworten", "Schließen"]
    assert 1 <= len(rows) - 3 <= 3
    assert rows[2][0].startswith("💡 Wie lange dauert eine EQ?")
    assert rows[-1] == ["📋 Textbausteine"]
    told = len(bot.employer.received)
    await bot.lotse.presses(rows[2][0])
    await bot.quiet()
    draft = bot.lotse.last.text
    assert "Entwurf für den Betrieb in 50667 Köln, Fall TEST0001" in draft
    assert "Stand: " in draft
    assert len(bot.employer.received) == told
    await bot.lotse.says("Bei Ihnen: sechs bis zwölf Monate.")
    await bot.quiet()
    assert bot.employer.last.text.endswith("Bei Ihnen: sechs bis zwölf Monate.")
    assert len(bot.employer.received) == told + 1


async def test_a_draft_is_sent_as_it_is(bot: Bot) -> None:
    """Word for word with its source; a second tap sends nothing."""
    await taken(bot)
    await bot.lotse.presses(keys(bot.lotse.last)[2][0])
    await bot.quiet()
    draft = bot.lotse.last
    await bot.lotse.presses("Unverändert senden")
    await bot.quiet()
    assert "Quelle: " in bot.employer.last.text
    assert bot.employer.last.text.split("\n\n", 1)[1] in draft.text
    assert "Geht an den Betrieb in 50667 Köln" in bot.lotse.last.text


async def test_canned_texts(bot: Bot) -> None:
    """Listed, shown for editing, sent."""
    await taken(bot)
    await bot.lotse.presses("📋 Textbausteine")
    await bot.quiet()
    await bot.lotse.presses("Telefonat anbieten")
    await bot.quiet()
    await bot.lotse.presses("Unverändert senden")
    await bot.quiet()
    assert "kurz am Telefon" in bot.employer.last.text


async def test_drafts_of_a_case_that_ended_or_is_another_ones(bot: Bot) -> None:
    """Nothing is sent after the end; a forged button of somebody else is refused."""
    await taken(bot)
    label = keys(bot.lotse.last)[2][0]
    await bot.lotse.presses(label)
    await bot.quiet()
    await bot.employer.says("/status")
    await bot.quiet()
    await bot.employer.presses("Fall TEST0001 beenden")
    await bot.quiet()
    told = len(bot.employer.received)
    draft = next(m for m in bot.lotse.received if m.text.startswith("✏️ Entwurf"))
    await bot.lotse.presses("Unverändert senden", message=draft)
    await bot.quiet()
    assert len(bot.employer.received) == told
