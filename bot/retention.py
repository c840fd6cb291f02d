"""How long what is kept (GDPR Art. 5 Abs. 1 Buchst. e)."""

from dataclasses import dataclass
from datetime import timedelta

CORRECTED_FOR = timedelta(days=90)  # which answers were got, for who wants to know of corrections


@dataclass(frozen=True, slots=True)
class Retention:
    """How long what is kept."""

    talks: timedelta = timedelta(days=30)  # last question and answers of a chat, and where the firm is
    cases: timedelta = timedelta(days=180)  # closed cases
    gaps: timedelta = timedelta(days=90)  # questions without an answer, without names and numbers
    aside: timedelta = timedelta(days=14)  # updates that could not be handled
