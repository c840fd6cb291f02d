"""What became of a wish in a case: the answers of ``Cases`` and of ``Correspondence``."""

from dataclasses import dataclass

from bot.model import Case
from bot.tables.absences import Absence


@dataclass(frozen=True, slots=True)
class Opened:
    """The case is written and the Lotse will be told."""

    case: Case


@dataclass(frozen=True, slots=True)
class NotReachable:
    """The Lotse is not linked, has blocked the bot or went away: show the contact card instead, promise nothing."""


@dataclass(frozen=True, slots=True)
class Done:
    """It happened (or had happened before by the same cause); the case as it is now."""

    case: Case
    away: Absence | None = None  # words went to a Lotse who is away
    fresh: bool = True  # ``False`` for the further parts of an album: they need no confirmation of their own


@dataclass(frozen=True, slots=True)
class TooLate:
    """The case is already taken or closed; nothing changed."""

    case: Case


@dataclass(frozen=True, slots=True)
class NotYours:
    """There is no such case for this person; whether it exists for others is not told."""
