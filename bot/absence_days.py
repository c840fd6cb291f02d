"""Days as a Lotse types them: „bis 12.01.“, „ab 3.1. bis 12.1.2027“, „bis Freitag“. Without a year the next such day is meant."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from bot.clock import to_ms
from bot.workdays import BERLIN

LONGEST = timedelta(days=400)
# „ab 30.08.“ on the first of September is the day before yesterday, not next year.
_JUST_NOW = timedelta(days=31)
_CENTURY, _SHORT_YEAR = 2000, 100
_MONTHS: Final = ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
_WEEKDAYS: Final = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_SOON: Final = {"heute": 0, "morgen": 1, "übermorgen": 2}
_DAY: Final = (
    r"(?:\d{4}-\d{1,2}-\d{1,2}"
    r"|\d{1,2}\s*\.\s*(?:\d{1,2}\s*\.?|(?:jan|feb|mär|mrz|maerz|apr|mai|jun|jul|aug|sep|okt|nov|dez)[a-zä]*\.?)(?:\s*(?:\d{4}|\d{2})(?!\d|\s*\.))?"
    r"|heute|übermorgen|uebermorgen|morgen|(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)s?)"
)
_FORM: Final = re.compile(
    rf"(?:(?:ab|von|vom|seit)\s*(?:dem\s+|einschlie(?:ß|ss)lich\s+|\w+tag,?\s+(?:den\s+|dem\s+)?)?(?P<first>{_DAY})\s*,?\s*)?"
    rf"(?:bis|-|–|—)\s*(?:und mit\s+|zum\s+|einschlie(?:ß|ss)lich\s+|einschl\.?\s+|inkl\.?\s+)?(?:(?!(?:{_DAY})\s*\Z)\w+tag,?\s+(?:den\s+|dem\s+)?)?(?P<last>{_DAY})"
    r"\s*(?:einschlie(?:ß|ss)lich|einschl\.?|inklusive|inkl\.?)?\s*[.!]?"
)
_BARE: Final = re.compile(rf"(?P<first>{_DAY})\s*(?:bis|-|–|—)\s*(?P<last>{_DAY})[.!]?")
_ONE: Final = re.compile(rf"(?P<last>{_DAY})[.!]?")


class Unclear(StrEnum):
    """Why words are no days of an absence."""

    FORM = "form"
    NO_SUCH_DAY = "no-such-day"
    PAST = "past"
    BACKWARDS = "backwards"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day of an absence, both away."""

    first: date
    last: date

    @property
    def starts_at(self) -> int:
        """The beginning of the first day in Germany (ms)."""
        return _midnight(self.first)

    @property
    def ends_at(self) -> int:
        """The end of the last day in Germany (ms)."""
        return _midnight(self.last + timedelta(days=1))


def _midnight(day: date) -> int:
    return to_ms(datetime.combine(day, time(), BERLIN))


def read_days(text: str, today: date) -> Days | Unclear:
    """The days that ``text`` names; from today on where it names no first one."""
    words = " ".join(text.lower().split())
    match = _FORM.fullmatch(words) or _BARE.fullmatch(words) or _ONE.fullmatch(words)
    if match is None:
        return Unclear.FORM
    named = match.groupdict().get("first")
    try:
        first = _day(named, today - _JUST_NOW, today) if named else today
        last = _day(match["last"], first, today)
        if named and last < today:  # not just now, so next year; a year that was named stays what it is
            first = _day(named, today, today)
            last = _day(match["last"], first, today)
    except ValueError:
        return Unclear.NO_SUCH_DAY
    if last < today:
        return Unclear.PAST
    if last < first:
        return Unclear.BACKWARDS
    if last - today > LONGEST:
        return Unclear.LONG
    return Days(max(first, today), last)


def _day(text: str, earliest: date, today: date) -> date:
    """The day; without a year the first such one that is not before ``earliest``. Raises ``ValueError``."""
    word = text.replace("uebermorgen", "übermorgen").removesuffix("s")
    if word in _SOON:
        return today + timedelta(days=_SOON[word])
    weekday = "samstag" if word == "sonnabend" else word
    if weekday in _WEEKDAYS:
        start = max(earliest, today)
        return start + timedelta(days=(_WEEKDAYS.index(weekday) - start.weekday()) % 7)
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", text):
        year, month, number = map(int, text.split("-"))
        return date(year, month, number)
    parts = re.fullmatch(r"(\d{1,2})\s*\.\s*(\d{1,2}|[a-zä]+)\s*\.?\s*(\d{2,4})?", text)
    if parts is None:
        raise ValueError
    number, month = int(parts[1]), _month(parts[2])
    if parts[3]:
        year = int(parts[3])
        return date(year + _CENTURY if year < _SHORT_YEAR else year, month, number)
    for year in range(earliest.year, earliest.year + 9):  # 29 February comes again within eight years
        try:
            day = date(year, month, number)
        except ValueError:
            continue
        if day >= earliest:
            return day
    raise ValueError


def _month(text: str) -> int:
    if text.isdecimal():
        return int(text)
    return _MONTHS.index(text.replace("mrz", "mär").replace("maerz", "mär")[:3]) + 1
