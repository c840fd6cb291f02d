"""Personal data of third persons is noticed before anything is stored in a case or sent."""

from tests.case_at_hand import live_case, to_preview
from tests.conftest import HWK_KOELN, Bot

BIRTH = "Mein Azubi Omar Beispiel, geboren am 12.03.2001, Aktenzeichen 47 K 1234/26.A, bekam einen Bescheid"


async def test_a_handoff_goes_on_without_the_data(bot: Bot) -> None:
    """What was found is shown; one tap sends the text without it, and the Lotse never sees it."""
    await bot.link(HWK_KOELN, bot.lotse)
    await to_preview(bot, BIRTH)
    assert "Geburtsdatum: 12.03.2001" in bot.employer.last.text
    await bot.employer.presses("✅ Ohne diese Angaben weiter")
    await bot.quiet()
    assert "12.03.2001" not in bot.employer.last.text
    await bot.employer.presses("✅ Einverstanden, senden")
    await bot.quiet()

    assert "Fall TEST0001" in bot.lotse.last.text
    assert "12.03.2001" not in bot.lotse.last.text
    assert "1234/26" not in bot.lotse.last.text


async def test_the_employer_may_insist(bot: Bot) -> None:
    """It is the employer's decision; the preview then shows the text as it is."""
    await bot.link(HWK_KOELN, bot.lotse)
    await to_preview(bot, BIRTH)
    await bot.employer.presses("Trotzdem mitschicken")
    await bot.quiet()
    await bot.employer.presses("✅ Einverstanden, senden")
    await bot.quiet()

    assert "12.03.2001" in bot.lotse.last.text


async def test_a_changed_text_is_looked_at_again(bot: Bot) -> None:
    """Text ändern: the new text is screened too; a clean one goes straight to the preview."""
    await bot.link(HWK_KOELN, bot.lotse)
    await to_preview(bot, BIRTH)
    await bot.employer.presses("✏️ Text ändern")
    await bot.quiet()
    await bot.employer.says("Noch einmal: geb. 01.02.2003, Max Muster")
    await bot.quiet()
    assert "01.02.2003" in bot.employer.last.text
    assert "Angaben über eine Person" in bot.employer.last.text
    await bot.employer.presses("✏️ Text ändern")
    await bot.quiet()
    await bot.employer.says("Mein Azubi bekam einen Bescheid. Was nun?")
    await bot.quiet()

    assert "Das geht an:" in bot.employer.last.text


async def test_words_in_a_case_are_screened_too(bot: Bot) -> None:
    """While a Lotse is in charge: asked first; a name alone passes."""
    await live_case(bot)
    await bot.employer.says(BIRTH)
    await bot.quiet()
    assert "Angaben über eine Person" in bot.employer.last.text
    assert "12.03.2001" not in bot.lotse.last.text
    await bot.employer.presses("✅ Ohne diese Angaben weiter")
    await bot.quiet()
    assert "bekam einen Bescheid" in bot.lotse.last.text
    assert "12.03.2001" not in bot.lotse.last.text

    await bot.employer.says(BIRTH)
    await bot.quiet()
    await bot.employer.presses("Abbrechen")
    await bot.quiet()
    assert "nichts gesendet" in bot.employer.last.text

    await bot.employer.says("Omar kommt morgen um 8 Uhr vorbei")
    await bot.quiet()
    assert "Omar kommt morgen" in bot.lotse.last.text
