"""The index of the FAQ: a question in, the entries that may answer it out, best first, with the reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType
from typing import Self

import numpy as np
import numpy.typing as npt

from knowledge.entry import Entry, EntryId, Knowledge, Synonyms
from knowledge.language import normalise, stems, words

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Document:
    """What the index reads of one entry; ``text`` is the answer without markup and weighs little."""

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
    """One entry that may answer; ``confidence`` is the calibrated probability (0 to 1) that it is the right one."""

    entry: EntryId
    score: float
    confidence: float
    reasons: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The entries found, best first; ``exact`` when the text is a stored phrasing or title word for word."""

    ranked: tuple[Ranked, ...] = ()
    exact: bool = False
    known: float = 0.0  # share of the question's words that the FAQ knows, 0 to 1
    features: Mapping[str, float] = field(default_factory=dict)  # what the confidence was computed from


@dataclass(frozen=True, slots=True)
class Index:
    """An immutable index; searching is synchronous, deterministic and changes nothing, so threads may share it."""

    ids: tuple[EntryId, ...]
    phrasings: Mapping[str, int]  # normalised phrasing or title → entry
    vocabulary: Mapping[str, int]
    weights: Floats  # inverse document frequency over entries
    rows: Floats  # phrasings × vocabulary, unit length
    owner: npt.NDArray[np.int32]  # entry of each row

    @classmethod
    def build(cls, documents: Sequence[Document], synonyms: Synonyms | None = None) -> Self:
        """The index of these entries; ``documents`` may be empty."""
        del synonyms
        texts = [
            (number, text)
            for number, document in enumerate(documents)
            for text in (document.title, *document.phrasings)
        ]
        exact: dict[str, int] = {}
        for number, text in texts:
            exact.setdefault(normalise(text), number)
        bags = [set(_features(text)) for _, text in texts]
        vocabulary = {name: place for place, name in enumerate(sorted(set().union(*bags)))}
        entries_with = np.zeros(len(vocabulary))
        for number in range(len(documents)):
            together = set().union(
                *(bag for (owner, _), bag in zip(texts, bags, strict=True) if owner == number)
            )
            entries_with[[vocabulary[name] for name in together]] += 1
        weights = np.log1p(len(documents) / np.maximum(entries_with, 1)).astype(np.float32)
        rows = np.zeros((len(texts), len(vocabulary)), np.float32)
        for row, bag in enumerate(bags):
            places = [vocabulary[name] for name in bag]
            rows[row, places] = weights[places]
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        return cls(
            ids=tuple(document.id for document in documents),
            phrasings=MappingProxyType(exact),
            vocabulary=MappingProxyType(vocabulary),
            weights=weights,
            rows=rows,
            owner=np.array([number for number, _ in texts], np.int32),
        )

    def exact(self, text: str) -> EntryId | None:
        """The entry that has this text as title or phrasing, however it is spelled; ``None`` otherwise."""
        number = self.phrasings.get(normalise(text))
        return None if number is None else self.ids[number]

    def search(self, text: str, limit: int = 5, *, context: EntryId | None = None) -> Ranking:
        """The ``limit`` best entries for any text; ``context`` is the entry answered just before, for follow-ups."""
        del context
        found = self.exact(text)
        if found is not None:
            return Ranking((Ranked(found, 1.0, 1.0, {"exact": 1.0}),), exact=True, known=1.0)
        bag = set(_features(text))
        places = [self.vocabulary[name] for name in sorted(bag) if name in self.vocabulary]
        asked = words(text)
        known = sum(f"w:{stem}" in self.vocabulary for stem in stems(asked)) / max(len(asked), 1)
        if not places:
            return Ranking(known=known)
        missing = (len(bag) - len(places)) * float(np.log1p(len(self.ids)))
        query = self.weights[places]
        similar = self.rows[:, places] @ query / np.sqrt(float(query @ query) + missing)
        best = np.zeros(len(self.ids), np.float32)
        np.maximum.at(best, self.owner, similar)
        mean = np.bincount(self.owner, similar, len(self.ids)) / np.bincount(
            self.owner, minlength=len(self.ids)
        )
        score = (best + mean) / 2
        order = np.argsort(-score, kind="stable")[:limit]
        return Ranking(
            tuple(
                Ranked(
                    self.ids[number],
                    float(score[number]),
                    float(1 / (1 + np.exp(-12 * (score[number] - 0.3)))),
                    {"best phrasing": float(best[number]), "entry mean": float(mean[number])},
                )
                for number in order
            ),
            known=known,
        )


def index_of(knowledge: Knowledge) -> Index:
    """The index of a whole FAQ."""
    return Index.build([Document.of(entry) for entry in knowledge.entries.values()], knowledge.synonyms)


def _features(text: str) -> list[str]:
    asked = stems(words(text))
    grams = [
        f"g:{gram[i : i + 4]}"
        for word in asked
        for gram in [f"<{word}>"]
        for i in range(max(len(gram) - 3, 0))
    ]
    return [f"w:{word}" for word in asked] + grams + [f"b:{a} {b}" for a, b in pairwise(asked)]
