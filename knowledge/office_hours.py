"""Office hours as Lotsen write them: "Mo-Do 9-16, Fr 8:30-12"."""

import re
from dataclasses import dataclass
from datetime import time

_DAYS = ("mo", "di", "mi", "do", "fr", "sa", "so")
_PART = re.compile(
    r"(?P<days>[a-zäöü]{2}(?:\s*[-–]\s*[a-zäöü]{2})?(?:\s*,\s*[a-zäöü]{2}(?:\s*[-–]\s*[a-zäöü]{2})?)*)\s+"
    r"(?P<start>\d{1,2}(?:[:.]\d{2})?)\s*[-–]\s*(?P<end>\d{1,2}(?:[:.]\d{2})?)(?:\s*uhr)?\s*(?:[,;]\s*|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """On each of ``days`` (0 is Monday) from ``start`` until before ``end``, local time in Germany."""

    days: tuple[int, ...]
    start: time
    end: time

    def hold(self, weekday: int, at: time) -> bool:
        """Whether somebody is there on this weekday (0 is Monday) at this local time."""
        return weekday in self.days and self.start <= at < self.end


def parse_hours(text: str) -> tuple[OfficeHours, ...]:
    """The hours in ``text``; raises ``ValueError`` (a German sentence) when it cannot be read."""
    found: list[OfficeHours] = []
    at = 0
    text = text.strip()
    while at < len(text):
        match = _PART.match(text, at)
        if match is None:
            raise ValueError("bitte so schreiben: Mo-Do 9-16, Fr 9-12:30")
        start, end = _time(match["start"]), _time(match["end"])
        if start >= end:
            raise ValueError(f"„{match[0].strip()}“ endet nicht nach dem Anfang")
        found.append(OfficeHours(_days(match["days"]), start, end))
        at = match.end()
    return tuple(found)


def _days(text: str) -> tuple[int, ...]:
    days: set[int] = set()
    for part in text.lower().split(","):
        first, *last = re.split(r"\s*[-–]\s*", part.strip())
        start, end = _day(first), _day(last[0] if last else first)
        days |= set(range(start, end + 1)) if start <= end else {*range(start, 7), *range(end + 1)}
    return tuple(sorted(days))


def _day(text: str) -> int:
    if text not in _DAYS:
        raise ValueError(f"„{text}“ ist kein Wochentag; möglich sind Mo, Di, Mi, Do, Fr, Sa, So")
    return _DAYS.index(text)


def _time(text: str) -> time:
    hour, _, minute = text.replace(".", ":").partition(":")
    if int(hour) > 23 or int(minute or 0) > 59:  # noqa: PLR2004 - a day has 24 hours of 60 minutes
        raise ValueError(f"„{text}“ ist keine Uhrzeit")
    return time(int(hour), int(minute or 0))
