"""The index of the FAQ: a question in, the entries that may answer it out, best first, with the reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from knowledge.concepts import german
from knowledge.confidence import Calibration, Report, Thresholds, calibrate, report
from knowledge.entry import EntryId, Knowledge, Synonyms
from knowledge.features import Reader, Reading
from knowledge.language import normalise, short_names, words
from knowledge.ranker import FEATURES, Query, Ranker
from knowledge.ranking import Document, Ranked, Ranking
from knowledge.reasons import Reasons
from knowledge.spelling import Vocabulary

__all__ = ["Document", "Index", "Ranked", "Ranking", "index_of"]

_NAME = 3  # words: a shorter beginning of a title is no question
_ELLIPTIC = 6  # words: a longer question tells its own subject
# Fields of what is asked of a subject, not of subjects: "und wie lange?" after "Was kostet die EQ?" asks about the EQ alone.
_ASKED = frozenset(
    "f:" + field
    for field in "anspruch bedingung beginn dauer ende erklären erlauben folge grund kosten können menge ort pflicht tempo "
    "unterschied weise zahlen zeitpunkt zuständig".split()
)


@dataclass(frozen=True, slots=True)
class Contents:
    """What an index is made of and what is stored of it."""

    ids: tuple[EntryId, ...]
    titles: tuple[str, ...]
    exact: Mapping[str, int]  # normalised title or phrasing → entry
    uses: Mapping[str, int]  # words of the FAQ → number of uses
    calibration: Calibration
    report: Report


class Index:
    """Immutable; searching is synchronous, deterministic and bounded in time for any text, so threads may share it."""

    def __init__(self, contents: Contents, ranker: Ranker | None) -> None:
        """``ranker`` is ``None`` in an index of no entries."""
        self.contents = contents
        self.ranker = ranker
        self._number = {entry: number for number, entry in enumerate(contents.ids)}

    @classmethod
    def build(cls, documents: Sequence[Document], synonyms: Synonyms) -> Self:
        """The index of these entries, trained and calibrated on their phrasings; ``documents`` may be empty.

        Seconds of work for hundreds of entries; ``knowledge.store`` keeps the result.
        """
        texts = [text for document in documents for text in (document.title, *document.phrasings)]
        owner = np.repeat(
            np.arange(len(documents), dtype=np.int32), [1 + len(document.phrasings) for document in documents]
        )
        exact: dict[str, int] = {}
        uses: dict[str, int] = {}
        for text, number in zip(texts, owner.tolist(), strict=True):
            found = words(text)
            exact.setdefault(" ".join(found), number)
            for word in found:
                uses[word] = uses.get(word, 0) + 1
        for number, document in enumerate(documents):
            named = _named(document.title)
            if named:
                exact.setdefault(" ".join(words(named)), number)
        exact.pop("", None)
        ids = tuple(document.id for document in documents)
        titles = tuple(document.title for document in documents)
        if not documents:
            return cls(Contents(ids, titles, exact, uses, Calibration.typical(), Report()), None)
        reader = reader_of(uses, synonyms)
        readings = [reader.read(text, repair=False) for text in texts]
        ranker, itself = Ranker.build(reader, readings, owner)
        calibration, error = calibrate(ranker, itself)
        found_out = report(texts, owner, ids, itself.left_out, error)
        return cls(Contents(ids, titles, exact, uses, calibration, found_out), ranker)

    @property
    def report(self) -> Report:
        """What building found out about the FAQ itself: confusable entries, phrasings that go astray."""
        return self.contents.report

    @property
    def thresholds(self) -> Thresholds:
        """From which probabilities this FAQ answers and offers."""
        return Thresholds(answer=self.contents.calibration.answer)

    def exact(self, text: str) -> EntryId | None:
        """The entry that has this text as title or phrasing, however it is spelt; ``None`` otherwise."""
        number = self.contents.exact.get(normalise(text))
        return None if number is None else self.contents.ids[number]

    def search(self, text: str, limit: int = 5, *, context: EntryId | None = None) -> Ranking:
        """The ``limit`` best entries for any text, best first; none when nothing of it is in the FAQ.

        ``context``: the entry answered just before. A question that names no subject of its own ("und wie lange dauert
        das?") is then asked about the subject of that entry; any other question starts afresh.
        """
        typed = words(text)
        ranker = self.ranker
        if ranker is None or not typed:
            return Ranking()
        query = ranker.query(ranker.reader.read_words(typed, repair=True, spared=short_names(text)))
        if context in self._number:
            query = self._carried(ranker, query, self._number[context])
        seen = ranker.observe(query, ranker.logits(query))
        known = int(np.count_nonzero(query.words >= 0)) / len(query.words)
        exact = self.contents.exact.get(" ".join(typed))
        if exact is None and not seen.likeness.any():
            return Ranking(known=known)
        observed = ranker.features(query, seen)
        features = dict(zip(FEATURES, observed.tolist(), strict=True))
        best, among = self.contents.calibration.probabilities(observed)
        rest = ranker.concerned(query, seen, max(limit, 0))
        # Behind the best one, confidence falls as the chance does.
        confidence = (seen.chance.take(rest) / seen.chance[seen.order[0]]).tolist()
        ranked = tuple(
            Ranked(self.contents.ids[number], score, best * share, Reasons(ranker, query, seen, number))
            for number, score, share in zip(
                rest.tolist(), seen.likeness.take(rest).tolist(), confidence, strict=True
            )
            if number != exact
        )
        if exact is not None:
            first = Ranked(self.contents.ids[exact], 1.0, 1.0, {"wörtlich": 1.0})
            return Ranking(
                (first, *ranked)[: max(limit, 0)], exact=True, among=1.0, known=1.0, features=features
            )
        return Ranking(ranked, among=among, known=known, features=features)

    def knows_word(self, word: str) -> bool:
        """Whether a folded word is German, a word of the FAQ, or wholly made of such words."""
        vocabulary = self.vocabulary
        return vocabulary.is_known(word) or vocabulary.parts(word).whole or not word.isalpha()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the FAQ and of German."""
        if self.ranker is not None:
            return self.ranker.reader.vocabulary
        return Vocabulary(self.contents.uses, german().known)

    def described(self, text: str) -> Mapping[str, float]:
        """``text`` as named features of unit length, also those that no entry has: for comparing questions."""
        return {} if self.ranker is None else self.ranker.weights(text)

    def _carried(self, ranker: Ranker, query: Query, last: int) -> Query:
        """``query`` with the subject of the entry ``last``, if it has none of its own."""
        own = [word for word in _subject(ranker, query.reading) if ranker.knows(word)]
        if own or len(query.reading.words) > _ELLIPTIC:
            return query
        title = ranker.reader.read(self.contents.titles[last], repair=False)
        subject = ranker.reader.read_words(_subject(ranker, title), repair=False)
        return ranker.query(query.reading.with_subject(subject))


def index_of(knowledge: Knowledge) -> Index:
    """The index of a whole FAQ."""
    return Index.build([Document.of(entry) for entry in knowledge.entries.values()], knowledge.synonyms)


def _subject(ranker: Ranker, reading: Reading) -> tuple[str, ...]:
    """The words of a text that name what it is about, not what is asked of it."""
    return tuple(
        word.typed
        for word in reading.words
        if word.topical
        and _ASKED.isdisjoint(ranker.reader.features(ranker.reader.read_words((word.typed,), repair=True)))
    )


def reader_of(uses: Mapping[str, int], synonyms: Synonyms) -> Reader:
    """The reader for a FAQ of these words."""
    concepts = german().with_synonyms(synonyms)
    return Reader(Vocabulary(uses, concepts.known), concepts)


def _named(title: str) -> str:
    """The part of a title before its dash, which is what people ask: "Was ist EQ plus – EQ zusammen mit einem Deutschkurs?"."""
    named, dash, _ = title.partition(" – ")
    return named if dash and len(words(named)) > _NAME else ""
