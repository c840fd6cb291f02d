"""A Lotse who has enough cases gets new ones only when all who serve the district have as many."""

from pathlib import Path

import pytest

from bot.config import Settings
from tests.case_at_hand import open_case
from tests.conftest import HWK_KOELN, Bot


@pytest.fixture
def knowledge_folder(knowledge_folder: Path) -> Path:
    """Another body serves Köln as well."""
    directory = knowledge_folder / "lotsen.yaml"
    colleague = (
        "- id: WL900\n  name: Kollegin (Muster)\n  organisation: Verein Köln (Muster)\n  art: andere\n"
        "  ort: Köln\n  land: NW\n  kreise: ['05315']\n  email: kollegin@verein.example\n"
    )
    directory.write_text(directory.read_text("utf-8") + colleague, "utf-8")
    return knowledge_folder


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Every Lotse is full with two cases."""
    return settings.model_copy(update={"load_cap": 2})


async def test_over_the_cap_others_of_the_district_are_asked(bot: Bot) -> None:
    """Two cases to the responsible one, then two to another body of the Kreis, then the responsible one again."""
    colleague = bot.telegram.user("Kollegin")
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.link("WL900", colleague)
    for number in range(5):
        await open_case(bot, f"Frage {number}: Was bedeutet 3+2?")
        bot.clock.wind(seconds=1)
    cards = [
        len([m for m in person.received if "· Fall TEST" in m.text]) for person in (bot.lotse, colleague)
    ]
    assert cards == [3, 2]
