"""Buttons around a case that changes hands, notes about it, and its end. Their callback data are written and read by ``handlers/buttons.py``."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class TransferCase:
    """Hand it to somebody else: to whom?"""

    case: int


@dataclass(frozen=True, slots=True)
class SearchColleague:
    """None of those: the next message names a chamber, a person or a place."""

    case: int


@dataclass(frozen=True, slots=True)
class OfferTo:
    """This one (id in the directory); a note can follow."""

    case: int
    lotse: str


@dataclass(frozen=True, slots=True)
class OfferNow:
    """Offer it without a note."""

    case: int
    lotse: str


@dataclass(frozen=True, slots=True)
class AcceptOffer:
    """Whom it was offered to takes it."""

    case: int


@dataclass(frozen=True, slots=True)
class DeclineOffer:
    """Whom it was offered to cannot."""

    case: int


@dataclass(frozen=True, slots=True)
class RecallOffer:
    """Whoever offered it keeps it."""

    case: int


@dataclass(frozen=True, slots=True)
class NoteCase:
    """The next message is a note about it."""

    case: int


@dataclass(frozen=True, slots=True)
class KeepAsNote:
    """The text that waits is a note about it, nothing for the employer."""

    case: int


@dataclass(frozen=True, slots=True)
class LastWord:
    """The next message is the last word; it ends the case."""

    case: int


@dataclass(frozen=True, slots=True)
class StopStep:
    """End the step that waits; nothing happens."""


TransferButton = (
    TransferCase
    | SearchColleague
    | OfferTo
    | OfferNow
    | AcceptOffer
    | DeclineOffer
    | RecallOffer
    | NoteCase
    | KeepAsNote
    | LastWord
    | StopStep
)

# The letters are the wire format: never reuse one with another meaning under the same version.
LETTERS: Final[dict[str, type[TransferButton]]] = {
    "xt": TransferCase,
    "xs": SearchColleague,
    "xo": OfferTo,
    "xp": OfferNow,
    "xa": AcceptOffer,
    "xd": DeclineOffer,
    "xr": RecallOffer,
    "xn": NoteCase,
    "xk": KeepAsNote,
    "xl": LastWord,
    "xx": StopStep,
}
