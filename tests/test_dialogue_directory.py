"""A reload of the directory, played: who comes, who goes, which Kreise are left, and what becomes of open cases."""

from tests.case_at_hand import consents, later, open_case, to_preview
from tests.conftest import DEPUTY, HWK_KOELN, IHK_KOELN, Bot
from tests.gate_at_hand import command, directory, edit, goes, press

# Who takes the place of the Lotse of the HWK in Köln.
FRESH = """- id: WL092
  name: Willkommenslotse HWK zu Köln neu (Muster)
  organisation: HWK zu Köln
  art: HWK
  ort: Köln
  land: NW
  kreise:
  - '05315'
  rolle: Willkommenslotse
  email: neu@hwk-zu-koeln.example
  telefon: +49 30 23125 092
  vertretung: []
  sprechzeiten: Mo-Fr 9-16
"""


async def test_who_comes_gets_cases(bot: Bot) -> None:
    """Named in the report, can be invited, and stands in the next preview instead of the one who went."""
    await bot.admin.starts()
    goes(bot)
    directory(bot).write_text(directory(bot).read_text() + FRESH)
    report = await command(bot, "/reload")
    assert "Lotsen neu (1): WL092" in report
    assert "Lotsen entfernt (1): WL091" in report
    # Köln has somebody of the HWK as before; the other Kreise of the one who goes have not.
    assert "⚠️ 6 Kreise verlieren ihren letzten Lotsen:" in report
    assert "Köln" not in report[report.index("⚠️") :]
    await press(bot, "Übernehmen")
    await bot.link("WL092", bot.lotse)
    await to_preview(bot)
    assert "Willkommenslotse HWK zu Köln neu" in bot.employer.last.text
    await consents(bot)
    assert "Bitte um Rat" in bot.lotse.last.text


async def test_an_open_case_goes_to_who_comes(bot: Bot) -> None:
    """Not yet linked, the new one cannot take it: the deputy of the directory does."""
    deputy = bot.telegram.user("Dora", id=DEPUTY)
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.link(IHK_KOELN, deputy)
    await open_case(bot)
    goes(bot)
    directory(bot).write_text(directory(bot).read_text() + FRESH)
    assert "an Willkommenslotsin IHK zu Köln" in await command(bot, "/reload")
    await press(bot, "Übernehmen")
    assert "Fall TEST0001" in deputy.last.text
    assert "Weitergegeben" in next(seen for seen in reversed(bot.lotse.received) if seen.protected).text


async def test_a_case_that_nobody_inherits_ends_with_the_truth(bot: Bot) -> None:
    """The report says it, and it happens: the employer reads at once who serves the Kreis now; nobody is reminded any more."""
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot)
    goes(bot)
    report = await command(bot, "/reload")
    assert "niemand sonst ist erreichbar – der Betrieb bekommt die Kontaktdaten" in report
    await press(bot, "Übernehmen")
    said = bot.employer.last
    assert "Wer Ihren Fall TEST0001 hatte, ist nicht mehr zuständig" in said.text
    assert "Willkommenslotsin IHK zu Köln" in said.text
    assert "+49 30 23125 019" in said.text
    card = next(seen for seen in bot.lotse.received if seen.protected)
    assert card.text.startswith("⚪")
    count = len(bot.employer.received), len(bot.lotse.received)
    await later(bot, hours=30)
    assert (len(bot.employer.received), len(bot.lotse.received)) == count


async def test_nobody_is_left_at_all(bot: Bot) -> None:
    """No Lotse of the Land is in the directory any more: the employer is sent to the chamber, not to nobody."""
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot)
    text = directory(bot).read_text()
    berlin = text[text.index("- id: WL065") : text.index("- id: WL091")]
    directory(bot).write_text(f"muster: true\nlotsen:\n{berlin}")
    assert "niemand sonst ist erreichbar" in await command(bot, "/reload")
    await press(bot, "Übernehmen")
    assert "Bitte wenden Sie sich an Ihre Kammer." in bot.employer.last.text
    assert bot.employer.last.labels == []


async def test_a_lotse_who_loses_kreise(bot: Bot) -> None:
    """Changed, not removed: the Kreise that nobody of that chamber serves any longer are named, the case stays."""
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot)
    text = directory(bot).read_text()
    place = text.index("- id: WL091")
    edit(
        directory(bot), (text[place:], text[place:].replace("  - '05315'\n", "").replace("  - '05316'\n", ""))
    )
    report = await command(bot, "/reload")
    assert "Lotsen geändert (1): WL091" in report
    assert "⚠️ 2 Kreise verlieren ihren letzten Lotsen:" in report
    assert "TEST0001" not in report
    await press(bot, "Übernehmen")
    await press(bot, "Übernehmen", bot.lotse)
    assert "übernommen" in bot.employer.last.text
