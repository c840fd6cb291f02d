"""/abdeckung: the truth about who can be reached, for admins and coordinators only, with a map."""

import re
from pathlib import Path

import pytest

from bot.coverage_map import Shade, draw
from handlers import render_coverage, texts_coverage
from knowledge.coverage import coverage
from tests.conftest import HWK_KOELN, IHK_KOELN, Bot
from tests.lotsen_at_hand import sample_directory
from tests.regions_at_hand import germany

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def knowledge_folder(knowledge_folder: Path) -> Path:
    """The Lotse of the IHK coordinates Nordrhein-Westfalen."""
    directory = knowledge_folder / "lotsen.yaml"
    text = directory.read_text("utf-8")
    directory.write_text(re.sub(r"(?m)^  NW: .*$", f"  NW: {IHK_KOELN}", text), "utf-8")
    return knowledge_folder


async def test_an_admin_sees_all_laender_and_the_map(bot: Bot) -> None:
    """Numbers follow the links; a Lotse who blocked the bot is not reachable; the picture follows the text."""
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.admin.says("/abdeckung")
    await bot.quiet()
    report, picture = bot.admin.received[-2:]
    assert "In Telegram erreichbar: 1 · abwesend: 0 · blockiert: 0" in report.text
    assert re.search(r"BE Berlin: 1 Kreis, voll", report.text)
    assert re.search(
        r"NW Nordrhein-Westfalen: 53 Kreise, voll erreichbar 0, teils [1-9]\d*, Lücken", report.text
    )
    assert picture.media is not None
    assert picture.media.kind == "photo"
    assert "Wer ist in Telegram erreichbar? Stand 01.09.2026" in picture.text
    await bot.admin.says("/abdeckung Köln")
    await bot.quiet()
    assert "• WL091 Willkommenslotsin HWK zu Köln (Muster) ✅" in bot.admin.last.text
    assert "• WL019 Willkommenslotsin IHK zu Köln (Muster) ○ nicht verbunden" in bot.admin.last.text
    await bot.lotse.blocks()
    await bot.quiet()
    await bot.admin.says("/abdeckung 05315")
    await bot.quiet()
    assert "⛔ blockiert" in bot.admin.last.text
    await bot.admin.says("/abdeckung Nirgendwo")
    await bot.quiet()
    assert "kein Bundesland und kein Kreis" in bot.admin.last.text


async def test_a_coordinator_sees_the_own_land_only(bot: Bot) -> None:
    """Named in the directory, asked at each command; other Lotsen and employers are refused."""
    await bot.link(IHK_KOELN, bot.lotse)
    await bot.lotse.says("/abdeckung")
    await bot.quiet()
    assert "Nordrhein-Westfalen\nKoordination: • WL019" in bot.lotse.last.text
    assert "weitere Kreise" in bot.lotse.last.text
    await bot.lotse.says("/abdeckung Bayern")
    await bot.quiet()
    assert "kein Bundesland und kein Kreis" in bot.lotse.last.text
    await bot.employer.starts()
    await bot.employer.says("/abdeckung")
    await bot.quiet()
    assert "Admins vorbehalten" in bot.employer.last.text


def test_the_map_shows_every_area_in_the_colour_of_its_kreis() -> None:
    """A picture of Germany; every Kreis has areas, and what the sample lacks is told by colour."""
    found = coverage(germany(), sample_directory())
    reach: dict[str, str] = dict.fromkeys(map(str, sample_directory().lotsen), "linked")
    shades = {row.kreis.ags: render_coverage.shade(row, reach) for row in found.rows}
    kreise = {germany().kreis_of_plz(plz) for plz, _ in germany().areas()}
    assert set(shades) <= kreise
    assert set(shades.values()) >= {Shade.BOTH}
    assert {render_coverage.shade(row, {}) for row in found.rows} <= {Shade.NONE, Shade.MISSING}
    png = draw(germany(), shades, texts_coverage.MAP_LABELS)
    assert png.startswith(PNG)
    assert len(png) > 50_000
