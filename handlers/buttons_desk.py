"""Buttons of those who answer cases, and of words that belong to a case. Their callback data are written and read by ``handlers/buttons.py``."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ShowCases:
    """The Lotse's open cases, from page 0."""

    page: int


@dataclass(frozen=True, slots=True)
class SendMedia:
    """Carry the photos or documents that wait."""


@dataclass(frozen=True, slots=True)
class KeepMedia:
    """Do not carry them."""


@dataclass(frozen=True, slots=True)
class TakeCase:
    """The Lotse takes it."""

    case: int


@dataclass(frozen=True, slots=True)
class ReplyCase:
    """The next message is a word in this case."""

    case: int


@dataclass(frozen=True, slots=True)
class InsertDraft:
    """Show this draft (id of an entry, or "+" and the name of a canned text) for editing."""

    case: int
    draft: str


@dataclass(frozen=True, slots=True)
class SendDraftAsIs:
    """Send this draft unchanged."""

    case: int
    draft: str


@dataclass(frozen=True, slots=True)
class ShowCanned:
    """List the canned texts."""

    case: int


@dataclass(frozen=True, slots=True)
class UndoWords:
    """Take back the words that this update brought."""

    case: int
    written: int


@dataclass(frozen=True, slots=True)
class CloseCase:
    """Ask whether to close."""

    case: int


@dataclass(frozen=True, slots=True)
class CloseSurely:
    """Close."""

    case: int


@dataclass(frozen=True, slots=True)
class KeepOpen:
    """Do not close."""

    case: int


@dataclass(frozen=True, slots=True)
class SendToCase:
    """The text that waits belongs to this case."""

    case: int


@dataclass(frozen=True, slots=True)
class AskBot:
    """The text that waits is a question to the bot."""


DeskButton = (
    ShowCases
    | SendMedia
    | KeepMedia
    | TakeCase
    | ReplyCase
    | InsertDraft
    | SendDraftAsIs
    | ShowCanned
    | UndoWords
    | CloseCase
    | CloseSurely
    | KeepOpen
    | SendToCase
    | AskBot
)

# The letters are the wire format: never reuse one with another meaning under the same version.
LETTERS: Final[dict[str, type[DeskButton]]] = {
    "F": ShowCases,
    "M": SendMedia,
    "W": KeepMedia,
    "k": TakeCase,
    "a": ReplyCase,
    "i": InsertDraft,
    "I": SendDraftAsIs,
    "j": ShowCanned,
    "u": UndoWords,
    "c": CloseCase,
    "C": CloseSurely,
    "K": KeepOpen,
    "w": SendToCase,
    "B": AskBot,
}
