"""How long a case can be opened again is a setting, and the texts say what it is."""

import pytest

from bot.config import Settings
from tests.case_at_hand import swept
from tests.conftest import Bot
from tests.test_dialogue_aftercare import closed_case


@pytest.fixture(params=[(3, 180, "3 Tage"), (14, 2, "2 Tage"), (1, 180, "einen Tag")])
def days(request: pytest.FixtureRequest) -> tuple[int, int, str]:
    """Days to open again, days of retention, and what is said."""
    found: tuple[int, int, str] = request.param
    return found


@pytest.fixture
def settings(settings: Settings, days: tuple[int, int, str]) -> Settings:
    """As an operator may have it."""
    return settings.model_copy(update={"reopen_days": days[0], "retention_case_days": days[1]})


async def test_the_text_says_the_setting(bot: Bot, days: tuple[int, int, str]) -> None:
    """Never longer than cases are kept; within it the case opens, afterwards the same number is named, or that it is gone."""
    await closed_case(bot)
    await bot.employer.presses("👎 Nein")
    await bot.quiet()
    assert f"Das geht {days[2]} lang." in bot.employer.last.text
    bot.clock.wind(days=min(days[:2]), minutes=5)
    await swept(bot)
    await bot.employer.presses("Fall TEST0001 wieder öffnen")
    await bot.quiet()
    kept = f"Der Fall ist schon länger als {days[2]} abgeschlossen."
    gone = "Diesen Fall gibt es hier nicht mehr."
    assert bot.employer.alerts[-1].startswith(kept if days[0] < days[1] else gone)


async def test_within_the_time_it_opens(bot: Bot, days: tuple[int, int, str]) -> None:
    """An hour before its end."""
    await closed_case(bot)
    bot.clock.wind(days=min(days[:2]), hours=-1)
    await bot.employer.presses("Fall TEST0001 wieder öffnen")
    await bot.quiet()
    assert "ist wieder offen" in bot.employer.last.text
