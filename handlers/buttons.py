"""Callback data: written and read here and nowhere else.

At most 64 bytes (Bot API, InlineKeyboardButton), with a version in front, so that buttons of an older program are
recognised and answered kindly instead of misread. No words of a user are ever in it.
"""

import re
from collections.abc import Callable
from dataclasses import astuple, dataclass, fields
from typing import Final

from handlers.fitting import UNSAFE, fit

_VERSION, _LONGEST = "1", 64


@dataclass(frozen=True, slots=True)
class ShowTopics:
    """The topics menu."""


@dataclass(frozen=True, slots=True)
class MostAsked:
    """The questions that are asked most."""


@dataclass(frozen=True, slots=True)
class ShowTopic:
    """The questions of a topic, from page 0."""

    topic: str
    page: int


@dataclass(frozen=True, slots=True)
class ShowPage:
    """A curated page; ``section`` -1 is its overview."""

    page: str
    section: int


@dataclass(frozen=True, slots=True)
class ShowEntry:
    """An answer, as a new message."""

    entry: str


@dataclass(frozen=True, slots=True)
class OpenEntry:
    """An answer in place of the menu it was chosen from."""

    entry: str


@dataclass(frozen=True, slots=True)
class Choose:
    """One of the choices of „Meinten Sie?“."""

    entry: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Search for this text of the knowledge instead."""

    text: str


@dataclass(frozen=True, slots=True)
class NoneOfThese:
    """None of the choices fits."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Whether an answer helped."""

    entry: str
    helped: int  # 1 or 0


@dataclass(frozen=True, slots=True)
class AskLotse:
    """Begin a handoff."""


@dataclass(frozen=True, slots=True)
class PickPlace:
    """This place (key of the regions)."""

    place: str


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """Not this place: ask again."""


@dataclass(frozen=True, slots=True)
class PickBranch:
    """This branch of trade."""

    branch: str


@dataclass(frozen=True, slots=True)
class PickLotse:
    """This Lotse (id in the directory)."""

    lotse: str


@dataclass(frozen=True, slots=True)
class SendDraft:
    """Consent: send it."""


@dataclass(frozen=True, slots=True)
class EditDraft:
    """Write the question anew."""


@dataclass(frozen=True, slots=True)
class CancelDraft:
    """Send nothing."""


@dataclass(frozen=True, slots=True)
class DropPersonalData:
    """Go on without the personal data that were found in the text."""


@dataclass(frozen=True, slots=True)
class KeepPersonalData:
    """Send the text as it is."""


@dataclass(frozen=True, slots=True)
class EraseSurely:
    """Remove everything about this chat."""


@dataclass(frozen=True, slots=True)
class KeepData:
    """Remove nothing."""


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
class ReopenCase:
    """Something is still open."""

    case: int


@dataclass(frozen=True, slots=True)
class CaseHelped:
    """Whether a closed case helped."""

    case: int
    helped: int  # 1 or 0


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


@dataclass(frozen=True, slots=True)
class ConfirmLink:
    """The person who pressed is the Lotse."""

    invite: int


@dataclass(frozen=True, slots=True)
class RejectLink:
    """The person who pressed is somebody else."""

    invite: int


@dataclass(frozen=True, slots=True)
class AcceptCandidate:
    """Use the checked knowledge whose digest begins so."""

    candidate: str


@dataclass(frozen=True, slots=True)
class DiscardCandidate:
    """Forget it."""

    candidate: str


@dataclass(frozen=True, slots=True)
class RollBack:
    """Use this earlier version of the knowledge again."""

    version: int


@dataclass(frozen=True, slots=True)
class ShowLaw:
    """Old text and new of a provision that has changed: "§ 60c AufenthG"."""

    law: str


@dataclass(frozen=True, slots=True)
class LawReviewed:
    """The entries that cite this provision are reviewed."""

    law: str


Button = (
    ShowTopics
    | ShowTopic
    | ShowPage
    | ShowEntry
    | OpenEntry
    | Choose
    | Ask
    | NoneOfThese
    | Rate
    | AskLotse
    | PickPlace
    | OtherPlace
    | PickBranch
    | PickLotse
    | SendDraft
    | EditDraft
    | CancelDraft
    | DropPersonalData
    | KeepPersonalData
    | EraseSurely
    | KeepData
    | ShowCases
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
    | ReopenCase
    | CaseHelped
    | SendToCase
    | AskBot
    | ConfirmLink
    | RejectLink
    | AcceptCandidate
    | DiscardCandidate
    | RollBack
    | MostAsked
    | ShowLaw
    | LawReviewed
)

# The letters are the wire format: never reuse one with another meaning under the same version.
_LETTERS: Final[dict[str, type[Button]]] = {
    "T": ShowTopics,
    "t": ShowTopic,
    "p": ShowPage,
    "e": ShowEntry,
    "o": OpenEntry,
    "m": Choose,
    "q": Ask,
    "n": NoneOfThese,
    "r": Rate,
    "h": AskLotse,
    "P": PickPlace,
    "O": OtherPlace,
    "b": PickBranch,
    "L": PickLotse,
    "S": SendDraft,
    "E": EditDraft,
    "X": CancelDraft,
    "d": DropPersonalData,
    "D": KeepPersonalData,
    "l": EraseSurely,
    "N": KeepData,
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
    "g": ReopenCase,
    "H": CaseHelped,
    "w": SendToCase,
    "B": AskBot,
    "y": ConfirmLink,
    "z": RejectLink,
    "A": AcceptCandidate,
    "V": DiscardCandidate,
    "R": RollBack,
    "ma": MostAsked,
    "gl": ShowLaw,
    "gr": LawReviewed,
}
_LETTER_OF: Final = {kind: letter for letter, kind in _LETTERS.items()}


def encode(button: Button) -> str:
    """The callback data of ``button``; text that would not fit is cut at a word."""
    head = f"{_VERSION}:{_LETTER_OF[type(button)]}"
    if isinstance(button, Ask):
        return f"{head}:{fit(button.text, _LONGEST - len(head) - 1)}"
    data = ":".join((head, *(str(value) for value in astuple(button))))
    if len(data.encode()) > _LONGEST:
        message = f"callback data too long: {type(button).__name__}"
        raise ValueError(message)
    return data


def decode(data: str) -> Button | None:
    """The button of this callback data; ``None`` for another version, a forgery or rubbish."""
    version, _, rest = data.partition(":")
    letter, _, payload = rest.partition(":")
    kind = _LETTERS.get(letter)
    if version != _VERSION or kind is None or UNSAFE.search(data):
        return None
    slots = fields(kind)
    values = payload.split(":", len(slots) - 1) if slots else []
    if len(values) != len(slots) or (not slots and payload):
        return None
    arguments: list[str | int] = []
    for slot, value in zip(slots, values, strict=True):
        if slot.type is int:
            if not re.fullmatch(r"-?[0-9]{1,18}", value):
                return None
            arguments.append(int(value))
        else:
            arguments.append(value)
    make: Callable[..., Button] = kind  # types were checked slot by slot
    return make(*arguments)
