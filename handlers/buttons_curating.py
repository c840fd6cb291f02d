"""Buttons of those who make answers of questions. Their callback data are written and read by ``handlers/buttons.py``."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class TurnGaps:
    """The gap at this place, from 0."""

    page: int


@dataclass(frozen=True, slots=True)
class PickWording:
    """Take this wording (id) of the gap it belongs to."""

    gap: int


@dataclass(frozen=True, slots=True)
class AddWording:
    """Check this wording as a phrasing of an entry; ``seen``: as ``knowledge.gaps.Gap.seen`` numbers what was shown."""

    seen: int
    entry: str


@dataclass(frozen=True, slots=True)
class ChangeWording:
    """The next message is the wording."""

    gap: int


@dataclass(frozen=True, slots=True)
class IgnoreGap:
    """Show this gap no more; ``seen`` as above."""

    seen: int


@dataclass(frozen=True, slots=True)
class ProposeFaq:
    """The Lotse's answer in this case could be one of the FAQ: show what would be proposed."""

    case: int


@dataclass(frozen=True, slots=True)
class ProposeAs:
    """Propose it, as a phrasing (0) or as an entry of its own (1)."""

    case: int
    new: int


@dataclass(frozen=True, slots=True)
class ShowProposal:
    """Question, answer and what can be made of it."""

    proposal: int


@dataclass(frozen=True, slots=True)
class AddProposed:
    """Check its question as a phrasing of an entry."""

    proposal: int
    entry: str


@dataclass(frozen=True, slots=True)
class ChangeProposed:
    """The next message is the wording."""

    proposal: int


@dataclass(frozen=True, slots=True)
class DeclineProposal:
    """Nothing is made of it."""

    proposal: int


@dataclass(frozen=True, slots=True)
class EntryOfGap:
    """Fill in a form for a new entry; ``seen`` as above."""

    seen: int


@dataclass(frozen=True, slots=True)
class EntryOfProposal:
    """Fill in a form for a new entry."""

    proposal: int


@dataclass(frozen=True, slots=True)
class CheckEntry:
    """Check the form that waits."""


GapButton = TurnGaps | PickWording | AddWording | ChangeWording | IgnoreGap
ProposalButton = ShowProposal | AddProposed | ChangeProposed | DeclineProposal
EntryButton = EntryOfGap | EntryOfProposal | CheckEntry
CuratingButton = GapButton | ProposalButton | EntryButton | ProposeFaq | ProposeAs

# The letters are the wire format: never reuse one with another meaning under the same version.
LETTERS: Final[dict[str, type[CuratingButton]]] = {
    "fa": TurnGaps,
    "fb": PickWording,
    "fd": ChangeWording,
    "ff": ProposeFaq,
    "fg": ProposeAs,
    "fh": ShowProposal,
    "fi": AddProposed,
    "fj": ChangeProposed,
    "fk": DeclineProposal,
    "fm": EntryOfProposal,
    "fn": CheckEntry,
    "fo": AddWording,  # "fc", "fe" and "fl" named a wording alone: what stood with it could change unseen
    "fp": IgnoreGap,
    "fq": EntryOfGap,
}
