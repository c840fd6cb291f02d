"""Buttons of employers: questions, topics, handoff, their cases and data. Their callback data are written and read by ``handlers/buttons.py``."""

from dataclasses import dataclass
from typing import Final


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
class ChooseLand:
    """Offer the Länder under an answer that differs by Land."""

    entry: str


@dataclass(frozen=True, slots=True)
class ForLand:
    """The answer as it is for this Land."""

    entry: str
    land: str


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
class ShareLocation:
    """Show the key that shares the phone's position."""


@dataclass(frozen=True, slots=True)
class ShowNews:
    """Entries that are new or were changed."""


@dataclass(frozen=True, slots=True)
class TellLater:
    """Tell me when there is an answer to what I asked."""


@dataclass(frozen=True, slots=True)
class WantCorrections:
    """Tell me when an answer is corrected; ``entry``: the one under which this stands, or empty."""

    entry: str


@dataclass(frozen=True, slots=True)
class ForgetPromises:
    """Tell me no longer: "questions" or "corrections"."""

    what: str


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
class ReopenCase:
    """Something is still open."""

    case: int


@dataclass(frozen=True, slots=True)
class SameCase:
    """The text that waits belongs to this case, which is opened again."""

    case: int


@dataclass(frozen=True, slots=True)
class NewMatter:
    """The text that waits is something new for a Lotse."""


@dataclass(frozen=True, slots=True)
class CaseHelped:
    """Whether a closed case helped."""

    case: int
    helped: int  # 1 or 0


AskButton = (
    ShowTopics
    | MostAsked
    | ShowTopic
    | ShowPage
    | ShowEntry
    | ChooseLand
    | ForLand
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
    | ReopenCase
    | SameCase
    | NewMatter
    | CaseHelped
    | ShareLocation
    | ShowNews
    | TellLater
    | WantCorrections
    | ForgetPromises
)

# The letters are the wire format: never reuse one with another meaning under the same version.
LETTERS: Final[dict[str, type[AskButton]]] = {
    "T": ShowTopics,
    "ma": MostAsked,
    "t": ShowTopic,
    "p": ShowPage,
    "e": ShowEntry,
    "la": ChooseLand,
    "lb": ForLand,
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
    "g": ReopenCase,
    "xf": SameCase,
    "xg": NewMatter,
    "H": CaseHelped,
    "gd": ShareLocation,
    "ge": ShowNews,
    "gf": TellLater,
    "gj": WantCorrections,
    "gk": ForgetPromises,
}
