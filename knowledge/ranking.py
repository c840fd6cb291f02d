"""What goes into the index and what comes out of a search."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from knowledge.entry import Entry, EntryId


@dataclass(frozen=True, slots=True)
class Document:
    """What the index reads of one entry.

    ``text``: the answer. It is not searched (measured: it helps on no data set); it is here so that a change of the
    answer alone is a change of the document.
    """

    id: EntryId
    title: str
    phrasings: tuple[str, ...]
    text: str = ""

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """The searchable part of an entry of the FAQ."""
        return cls(entry.id, entry.title, entry.phrasings, entry.answer)


@dataclass(frozen=True, slots=True)
class Ranked:
    """One entry that may answer.

    ``score``: likeness to its phrasings, 0 to 1; 0 when it shares nothing with the question. ``confidence``: the
    calibrated probability, 0 to 1, that it is the right one. ``reasons``: named, in German, for /pruefen.
    """

    entry: EntryId
    score: float
    confidence: float
    reasons: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The entries found, best first; ``exact`` when the text is a stored phrasing or title word for word."""

    ranked: tuple[Ranked, ...] = ()
    exact: bool = False
    among: float = 0.0  # calibrated probability, 0 to 1, that one of the first three is right; 1 when exact
    known: float = 0.0  # share of the question's words that the FAQ knows, 0 to 1
    features: Mapping[str, float] = field(default_factory=dict)  # what the confidence was computed from
