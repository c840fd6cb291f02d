"""Absences whose steps somebody else took, and whose stand-ins are gone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.absence_days import Days
from bot.absences import Absences
from bot.clock import to_ms
from bot.library import Edition, Library
from bot.model import (
    Party,
)
from bot.outcomes import NotYours, TooLate
from bot.standing_in import Roster
from bot.tables import absences as absence_rows
from bot.tables.absences import Absence, Stage
from knowledge.directory import Directory, LotseId
from knowledge.office_hours import parse_hours
from tests.desk_at_hand import EMPLOYER, LOTSE, OTHER, A, B, Desk


@pytest.fixture
async def away(desk: Desk, shipped: Edition) -> Absences:
    """A is linked; the absences, with the packaged directory."""
    await desk.link(A, LOTSE)
    return Absences(desk.store, desk.clock, Library(shipped), desk.promise, wake_outbox=desk.nothing)


def absence_of(desk: Desk, stage: Stage, *, starts: int = -1, acting: str = "") -> Absence:
    """An absence of A that begins in so many days and lasts ten."""
    now = desk.clock.now()
    start, end = to_ms(now + timedelta(days=starts)), to_ms(now + timedelta(days=10))
    return Absence(A, LOTSE, start, end, acting, acting, stage, to_ms(now))


@pytest.mark.parametrize(("stage", "starts"), [(Stage.AWAY, -1), (Stage.PLANNED, 2), (Stage.ANNOUNCED, -1)])
async def test_a_step_that_somebody_else_took(desk: Desk, away: Absences, stage: Stage, starts: int) -> None:
    """The absence was changed since the sweep looked: nothing is told twice."""
    stale = absence_of(desk, stage, starts=starts)
    async with desk.store.transaction() as tx:
        assert not await away._step(tx, stale)
        assert not await away._step(tx, replace(stale, ends_at=to_ms(desk.clock.now())))
        assert not await away._changed(tx, stale)
    assert await desk.kinds(LOTSE) == []


async def test_an_absence_without_anybody_ends(desk: Desk, away: Absences) -> None:
    """Nobody stood in, or who did is unlinked: only the Lotse is told."""
    for acting in ("", B):
        async with desk.store.transaction() as tx:
            await absence_rows.put(tx, absence_of(desk, Stage.ENDING, acting=acting))
        assert await away.end(A, desk.update())
    assert await desk.kinds(LOTSE) == ["absence_over"] * 2
    assert await desk.kinds(OTHER) == []


async def test_nobody_stands_in_any_more(desk: Desk, away: Absences) -> None:
    """The employer presses the button of a while ago."""
    case = await desk.opened()
    async with desk.store.transaction() as tx:
        await absence_rows.put(tx, absence_of(desk, Stage.AWAY, acting=B))
    assert isinstance(await away.ask_stand_in(case.id, EMPLOYER, desk.update()), TooLate)
    assert await away.ask_stand_in(case.id, OTHER, desk.update()) == NotYours()
    await desk.cases.close(case.id, Party.EMPLOYER, EMPLOYER)
    assert isinstance(await away.ask_stand_in(case.id, EMPLOYER, desk.update()), TooLate)


async def test_who_left_the_directory_has_nobody_new(desk: Desk, away: Absences) -> None:
    """Nothing is told about stand-ins of somebody who is no Lotse any longer."""
    gone = absence_of(desk, Stage.AWAY, acting=B)
    assert away._acting(Roster(Directory({}), {}, {}), gone) == B


async def test_only_on_mondays(desk: Desk, shipped: Edition) -> None:
    """Office hours once a week, and that day is a holiday: the reminder comes the day before."""
    lotse = replace(shipped.directory.lotsen[LotseId(A)], hours=parse_hours("Mo 10-12"))
    edition = replace(shipped, directory=Directory({LotseId(A): lotse}))
    absences = Absences(desk.store, desk.clock, Library(edition), desk.promise, wake_outbox=desk.nothing)
    desk.clock.wind(days=1)
    friday = absences.today().replace(year=2027, month=4, day=2)  # after Easter Monday
    start = to_ms(desk.clock.now().replace(year=friday.year, month=friday.month, day=friday.day))
    assert absences._reminder(A, start) == to_ms(
        desk.clock.now().replace(year=2027, month=4, day=1, hour=7, minute=0, second=0, microsecond=0)
    )


async def test_the_same_days_once_more(desk: Desk, away: Absences) -> None:
    """Entered twice: one absence, and whoever stands in is told once."""
    today = away.today()
    days = Days(today, today + timedelta(days=5))
    for _ in range(2):
        await away.enter(A, LOTSE, days, "", desk.update())
    assert (await away.of(A)) is not None


async def test_who_left_the_directory_has_nobody_to_stand_in(away: Absences) -> None:
    """An absence outlives a reload without its Lotse: no name is proposed."""
    assert await away.free("WL-gibt-es-nicht", Days(date(2026, 9, 1), date(2026, 9, 3))) == ()
