"""Working time: hours of a Lotse, weekends, public holidays of the Land, summer time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.workdays import BERLIN, USUAL_HOURS, WorkCalendar
from knowledge.office_hours import parse_hours


def at(text: str) -> datetime:
    """A moment in Germany, as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-09-01 10:00", 2, "2026-09-01 12:00"),  # a Tuesday
        ("2026-09-01 15:00", 2, "2026-09-02 10:00"),  # over night
        ("2026-09-04 11:00", 2, "2026-09-07 10:00"),  # Friday closes at twelve
        ("2026-09-05 03:00", 1, "2026-09-07 10:00"),  # a Saturday night
        ("2026-10-02 11:30", 1, "2026-10-05 09:30"),  # 3 October is a Saturday in 2026
        ("2026-12-23 15:30", 1, "2026-12-24 09:30"),  # Christmas Eve is a working day by law
        ("2026-12-24 15:30", 1, "2026-12-28 09:30"),  # 25 and 26 December, and a Sunday
        ("2026-10-23 11:30", 1, "2026-10-26 09:30"),  # the clocks go back on the 25th
    ],
)
def test_due_counts_working_time(start: str, hours: int, due: str) -> None:
    """Nights, weekends and holidays do not count."""
    calendar = WorkCalendar("NW", USUAL_HOURS)

    assert calendar.due(at(start), timedelta(hours=hours)) == at(due)


def test_holidays_are_those_of_the_land() -> None:
    """All Saints' Day 2027 (a Monday) is a holiday in Nordrhein-Westfalen and not in Berlin."""
    start = at("2027-11-01 09:00")

    assert WorkCalendar("BE", USUAL_HOURS).due(start, timedelta(hours=1)) == at("2027-11-01 10:00")
    assert WorkCalendar("NW", USUAL_HOURS).due(start, timedelta(hours=1)) == at("2027-11-02 10:00")


def test_next_opening() -> None:
    """Inside working time there is none to wait for."""
    calendar = WorkCalendar("NW", parse_hours("Mo-Do 9-16, Fr 9-12"))

    assert calendar.next_opening(at("2026-09-01 10:00")) is None
    assert calendar.next_opening(at("2026-09-01 16:00")) == at("2026-09-02 09:00")
    assert calendar.next_opening(at("2026-09-04 12:00")) == at("2026-09-07 09:00")
    assert WorkCalendar("NW", ()).next_opening(at("2026-09-04 12:00")) is None
    assert WorkCalendar("NW", ()).due(at("2026-09-04 12:00"), timedelta(hours=1)) == at("2026-09-04 13:00")


@given(
    st.integers(0, 3 * 365 * 24 * 60).map(
        lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    ),
    st.integers(1, 40 * 60),
)
def test_due_is_in_working_time_and_later(start: datetime, minutes: int) -> None:
    """Always after the start, at a moment in or at the end of working time, and no earlier for a longer span."""
    calendar = WorkCalendar("BY", USUAL_HOURS)
    due = calendar.due(start, timedelta(minutes=minutes))

    assert due >= start + timedelta(minutes=minutes)
    assert calendar.working(due - timedelta(seconds=1))
    assert calendar.due(start, timedelta(minutes=minutes + 1)) > due
