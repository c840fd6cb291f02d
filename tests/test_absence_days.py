"""Days as Lotsen type them; without a year the next such day."""

from datetime import date

import pytest

from bot.absence_days import Days, Unclear, read_days

TODAY = date(2026, 9, 1)  # a Tuesday


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("bis 12.01.", TODAY, date(2027, 1, 12)),
        ("bis 12.1", TODAY, date(2027, 1, 12)),
        ("bis 12.1.2027", TODAY, date(2027, 1, 12)),
        ("bis 12.1.27", TODAY, date(2027, 1, 12)),
        ("bis zum 12. Januar", TODAY, date(2027, 1, 12)),
        ("bis 12. Jan. 2027", TODAY, date(2027, 1, 12)),
        ("bis 3. März", TODAY, date(2027, 3, 3)),
        ("bis einschließlich Freitag", TODAY, date(2026, 9, 4)),
        ("BIS FREITAG, DEN 11.09.", TODAY, date(2026, 9, 11)),
        ("bis morgen", TODAY, date(2026, 9, 2)),
        ("bis heute", TODAY, TODAY),
        ("heute", TODAY, TODAY),
        ("05.09.", TODAY, date(2026, 9, 5)),
        ("bis 2026-09-05", TODAY, date(2026, 9, 5)),
        ("bis 01.09.", TODAY, TODAY),
        ("ab 03.01. bis 12.01.", date(2027, 1, 3), date(2027, 1, 12)),
        ("ab 20.12. bis 05.01.", date(2026, 12, 20), date(2027, 1, 5)),
        ("vom 20.12.2026 bis zum 5.1.2027", date(2026, 12, 20), date(2027, 1, 5)),
        ("03.01. - 12.01.", date(2027, 1, 3), date(2027, 1, 12)),
        ("3.1.–12.1.", date(2027, 1, 3), date(2027, 1, 12)),
        ("von Montag bis Mittwoch", date(2026, 9, 7), date(2026, 9, 9)),
        ("ab morgen bis 12.09.", date(2026, 9, 2), date(2026, 9, 12)),
        # Just now: somebody fell ill and says it now.
        ("ab 30.08. bis 05.09.", TODAY, date(2026, 9, 5)),
        ("seit 31.08.2026 bis 05.09.2026", TODAY, date(2026, 9, 5)),
        # Over already: so next year's are meant.
        ("ab 10.08. bis 20.08.", date(2027, 8, 10), date(2027, 8, 20)),
    ],
)
def test_what_is_read(text: str, first: date, last: date) -> None:
    """First and last day."""
    assert read_days(text, TODAY) == Days(first, last)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("irgendwann", Unclear.FORM),
        ("bis", Unclear.FORM),
        ("ab 03.01.", Unclear.FORM),
        ("bis 12.01. wegen Urlaub", Unclear.FORM),
        ("bis 31.02.", Unclear.NO_SUCH_DAY),
        ("bis 45.13.", Unclear.NO_SUCH_DAY),
        ("bis 31.08.2026", Unclear.PAST),
        ("ab 12.10.2026 bis 03.10.2026", Unclear.BACKWARDS),
        ("bis 12.01.2037", Unclear.LONG),
        ("bis 29.02.", Unclear.LONG),
    ],
)
def test_what_is_refused(text: str, problem: Unclear) -> None:
    """Each with its own sentence."""
    assert read_days(text, TODAY) is problem


def test_an_absence_ends_with_its_last_day_in_germany() -> None:
    """Also over the night in which the clocks are set back: 25 October 2026 has 25 hours."""
    days = Days(date(2026, 10, 25), date(2026, 10, 25))
    assert days.ends_at - days.starts_at == 25 * 3600 * 1000
