"""Working time: when something is due that was promised in a Lotse's working hours and the public holidays of a Land."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from knowledge.directory import Lotse
from knowledge.office_hours import OfficeHours

BERLIN = ZoneInfo("Europe/Berlin")
_LONGEST_SEARCH = 60  # days without any working time before giving up and counting calendar time
# For a Lotse whose hours the directory does not know.
USUAL_HOURS = (OfficeHours((0, 1, 2, 3), time(9), time(16)), OfficeHours((4,), time(9), time(12)))


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Weekly hours of one person in one Land; holidays have no working time."""

    land: str  # two-letter code; empty: only the holidays of all Länder
    hours: tuple[OfficeHours, ...]

    def due(self, start: datetime, span: timedelta) -> datetime:
        """The moment at which ``span`` of working time has passed since ``start`` (aware UTC in and out)."""
        left = span
        day = start.astimezone(BERLIN).date()
        for offset in range(_LONGEST_SEARCH):
            for opens, closes in self.on(day + timedelta(days=offset)):
                begins = max(opens, start)
                if begins >= closes:
                    continue
                if begins + left <= closes:
                    return (begins + left).astimezone(start.tzinfo)
                left -= closes - begins
        return start + span

    def working(self, at: datetime) -> bool:
        """Whether ``at`` lies in working time."""
        return any(opens <= at < closes for opens, closes in self.on(at.astimezone(BERLIN).date()))

    def on(self, day: date) -> list[tuple[datetime, datetime]]:
        """The working times of one day, in order; empty on a holiday."""
        if day in _holidays(self.land, day.year):
            return []
        return sorted(
            (_at(day, hours.start), _at(day, hours.end))
            for hours in self.hours
            if day.weekday() in hours.days
        )

    def next_opening(self, at: datetime) -> datetime | None:
        """When working time begins next, if ``at`` is outside it; ``None`` inside it or when there is none."""
        if self.working(at):
            return None
        today = at.astimezone(BERLIN).date()
        for offset in range(_LONGEST_SEARCH):
            for opens, _ in self.on(today + timedelta(days=offset)):
                if opens > at:
                    return opens
        return None


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, BERLIN)


def calendar_of(lotse: Lotse | None) -> WorkCalendar:
    """A Lotse's own hours and Land; the usual ones where the directory does not know them, or not the Lotse."""
    return WorkCalendar(lotse.land, lotse.hours or USUAL_HOURS) if lotse else WorkCalendar("", USUAL_HOURS)


def warm(today: date) -> None:
    """Do beforehand, in a thread, what the first look at a calendar would make its chat wait for: half a second."""
    _holidays("", today.year)


@lru_cache(maxsize=64)
def _holidays(land: str, year: int) -> frozenset[date]:
    # Here, because importing it takes a twentieth of the whole start and the first answers do not need it.
    import holidays  # noqa: PLC0415

    return frozenset(holidays.country_holidays("DE", subdiv=land or None, years=year))
