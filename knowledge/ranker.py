"""How near a question is to each entry, and what speaks for the nearest: everything but the calibrated confidence."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from math import log
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from knowledge import explained, rerank
from knowledge.columns import Columns
from knowledge.features import Reader, Reading
from knowledge.head import LARGEST, Head, LeftOut, softmax, train
from knowledge.sparse import Floats, Incidence, Ints, Occurrences, Rows, values_at

SHARPNESS = 2.0  # the ridge makes the head too modest; twice its logits is nearest to the truth
# Shares of phrasings: features that more of them have tell none apart, and are most of the work (measured: no difference in
# what is found); features but letters count as common only where that is many phrasings.
_COMMON_LETTERS, _COMMON, _MANY = 0.02, 0.15, 100
_LONGEST_LEAD = 12.0  # logits; beyond that more lead says no more
_WITHOUT_HEAD = 12.0  # likeness as a logit, in an index too large to train a head
_NEARLY_SAID = 0.3  # cosine of a phrasing that is much like the query, whatever its words
_LETTERS_ALONE = 0.1  # share of the query that letters must explain where no word does

# What the confidence is computed from; the names are read by editors under /pruefen.
FEATURES = (
    "Chance",  # log-odds of the best entry among all
    "Vorsprung",  # of the best entry over the next, in logits
    "Punktzahl",  # logit of the best entry
    "ähnlichste Formulierung",  # cosine of the best entry's nearest phrasing
    "Formulierungen im Mittel",  # cosine of the best entry's phrasings
    "näher als andere",  # nearest phrasing of the best entry minus that of any other
    "bekannte Wörter",  # share of the rarity of the words that the FAQ knows
    "erklärte Wörter",  # share of the rarity of the words that the best entry uses
    "erklärte Merkmale",  # share of the question's squared features that the best entry has
    "fremde Wörter",  # number of words that carry a topic and are in no entry, logarithmic
    "Länge",  # number of words, logarithmic
    *explained.NAMES,  # share of each kind of feature that the best entry has
    "Anteil fremder Wörter",  # share of the words that carry a topic which are in no entry
    "Wörter mit Thema",  # number of words that carry a topic, logarithmic
)


@dataclass(frozen=True, slots=True)
class Query:
    """A reading in the columns of an index: unit length, features no entry has included in the length."""

    reading: Reading
    columns: Ints
    values: Floats
    about: npt.NDArray[np.bool_]  # of each column, whether a word that carries a topic has it
    words: Ints  # the column of each word's stem; -1 where no entry has it
    topical: npt.NDArray[np.bool_]  # of each word, whether it carries a topic
    meaning: Floats  # what its words mean, unit length; zero when none is known


@dataclass(frozen=True, slots=True)
class Observation:
    """What one query says: a chance for every entry, and what of the query the best few have."""

    order: Ints  # entries, best first
    raised: Floats  # of each entry, in logits
    chance: Floats  # of each entry, together 1
    likeness: Floats  # of each entry: half its nearest phrasing, half all
    nearest: Floats  # of each entry: cosine of its nearest phrasing
    mean: Floats  # of each entry: mean cosine of its phrasings
    has: npt.NDArray[
        np.bool_
    ]  # of each of the first few of ``order``, a row, which columns of the query it has
    signs: Floats  # how much of the query each of them explains


@dataclass(frozen=True, slots=True)
class Absent:
    """What is taken not to be there when the FAQ is asked about itself: a phrasing of an entry, or the whole entry."""

    rows: Ints
    entry: int
    columns: Ints  # that these rows have, ascending
    lost: Ints  # how many of the rows have each of them
    whole: bool

    def among(self, columns: Ints) -> Ints:
        """How many of the rows have each of ``columns``."""
        return values_at(self.columns, self.lost, columns)


@dataclass(frozen=True, slots=True)
class Itself:
    """The FAQ's phrasings as questions about itself: what building an index learns from."""

    queries: Sequence[Query]  # of each phrasing
    left_out: LeftOut | None  # what the head says of each when it is left out; ``None`` without a head
    signs: Mapping[int, Floats]  # by phrasing: what the best entries explain of it when it is left out


class Ranker:
    """Immutable apart from the reader's memory of words."""

    def __init__(
        self,
        reader: Reader,
        names: Sequence[str],
        rarity: Floats,
        rows: Rows,
        owner: Ints,
        head: Head | None,
        reranking: Floats = rerank.TYPICAL,
    ) -> None:
        """``rows``: phrasings in the columns ``names``, sorted by their entry ``owner``, every entry with at least one.

        ``reranking``: the weights by which the best few entries are put in order once more.
        """
        self.reader = reader
        self._unseen = _rarity_of_unseen(int(owner[-1]) + 1)
        self.columns = Columns(reader, names, rarity, self._unseen)
        self.names = self.columns.names
        self.rarity = rarity
        self.rows = rows
        self.owner = owner
        self.head = head
        self.reranking = reranking
        self.sizes = np.bincount(owner).astype(np.float32)
        self._uses = np.bincount(rows.columns, minlength=rows.width)  # phrasings of each column
        letters = np.array([name.startswith("g:") for name in self.names], np.bool_)
        common = self._uses > np.where(letters, len(rows) * _COMMON_LETTERS, max(len(rows) * _COMMON, _MANY))
        self._postings = rows.without(common).transposed()  # what phrasings are looked up by
        self._kinds = explained.Kinds(self.names)
        self._readable = np.array([not name.startswith(("g:", "b:")) for name in self.names], np.bool_)
        self._starts = np.searchsorted(owner, np.arange(len(self.sizes)))
        self._has = Incidence.of(rows, owner)

    @classmethod
    def build(
        cls, reader: Reader, readings: Sequence[Reading], owner: Ints, *, largest: int = LARGEST
    ) -> "tuple[Ranker, Itself]":
        """The ranker of these readings of phrasings, and what they say as questions.

        Beyond ``largest`` phrasings there is no head: the index then ranks by likeness.
        """
        entries = int(owner[-1]) + 1
        names, rarity = _vocabulary(map(reader.names, readings), owner, entries)
        columns = Columns(reader, names, rarity, _rarity_of_unseen(entries))
        asked = [_query(columns, reading) for reading in readings]
        rows = Rows.of([(query.columns, query.values) for query in asked], len(names))
        meaning = np.stack([query.meaning for query in asked])
        head, left_out = train(rows, meaning, owner, entries) if len(rows) <= largest else (None, None)
        ranker = cls(reader, names, rarity, rows, owner, head)
        if left_out is None:
            return ranker, Itself(asked, None, {})
        ranker.reranking, signs = ranker._learn_reranking(left_out, asked)
        return ranker, Itself(asked, left_out, signs)

    def _learn_reranking(
        self, left_out: LeftOut, queries: Sequence[Query]
    ) -> tuple[Floats, Mapping[int, Floats]]:
        """The weights that put most phrasings, left out, nearest to their own entry; and what they were learnt from."""
        raised, right, signs = [], [], {}
        for row in evenly(len(queries), rerank.QUESTIONS):
            said = np.float32(SHARPNESS) * left_out.phrasing[row]
            best = np.argsort(-said, kind="stable")[: rerank.CANDIDATES].astype(np.int32)
            raised.append(said[best])
            absent = self.without_phrasing(row)
            has = self._having(best, queries[row].columns, absent)
            signs[row] = self._signs(queries[row], has, absent)
            right.append(best == self.owner[row])
        return rerank.learn(np.array(raised), np.array(list(signs.values())), np.array(right)), signs

    def without_phrasing(self, row: int) -> Absent:
        """As if this phrasing were not there."""
        columns, _ = self.rows.row(row)
        rows, lost = np.array([row], np.int32), np.ones(len(columns), np.int32)
        return Absent(rows, int(self.owner[row]), columns, lost, whole=False)

    def without_entry(self, entry: int) -> Absent:
        """As if this entry were not there."""
        first = int(self._starts[entry])
        last = first + int(self.sizes[entry])
        there = self.rows.columns[self.rows.starts[first] : self.rows.starts[last]]
        columns, lost = np.unique(there, return_counts=True)
        rows = np.arange(first, last, dtype=np.int32)
        return Absent(rows, entry, columns, lost.astype(np.int32), whole=True)

    def _signs(self, query: Query, has: npt.NDArray[np.bool_], absent: Absent | None) -> Floats:
        """How much of the query each entry explains that ``has``, a row each, of its columns; entries x ``SIGNS``."""
        columns, values = query.columns, query.values
        if absent is not None:
            left = self._left(columns, absent)
            columns, values, has = columns[left], values[left], has[:, left]
        return self._kinds.explained(columns, values, has)

    def knows(self, word: str) -> bool:
        """Whether an entry has this folded word, repaired and in any inflection."""
        return bool((self.query(self.reader.read_words((word,), repair=True)).words >= 0).all())

    def query(self, reading: Reading) -> Query:
        """``reading`` in the columns of this index."""
        return _query(self.columns, reading)

    def weights(self, text: str) -> dict[str, float]:
        """The features of ``text`` by name, unit length; what no entry has counts as rare."""
        return self.columns.weights(self.reader.read(text, repair=True))

    def logits(self, query: Query) -> Floats | None:
        """What the head says of each entry; ``None`` in an index without one."""
        return None if self.head is None else self.head.logits(query.columns, query.values, query.meaning)

    def named(self, query: Query) -> Ints:
        """The places in the query of the features that have a name an editor can read: words, concepts, kind of question."""
        return np.flatnonzero(self._readable[query.columns]).astype(np.int32)

    def concerned(self, query: Query, seen: Observation, most: int) -> Ints:
        """Those of the ``most`` best entries that share a topic with the query: more than words like "ich", and more than a few letters.

        A query without any word that carries a topic ("wie geht das?") concerns every entry, and what is nearly a phrasing
        of an entry ("wie geht es euch so?") concerns that.
        """
        entries = seen.order[:most]
        if not query.topical.any():
            return entries
        weights = query.values * query.values
        weights[self._readable.take(query.columns)] = 1
        weights *= query.about
        has = seen.has if most <= len(seen.has) else self._has.has(entries, query.columns)
        shared = has[:most] @ weights
        return entries[(seen.nearest.take(entries) >= _NEARLY_SAID) | (shared >= _LETTERS_ALONE)]

    def shares(self, query: Query, entries: Ints, places: Ints) -> Floats:
        """What the features at ``places`` of the query add to the logits of ``entries``; places x entries."""
        columns, values = query.columns[places], query.values[places]
        if self.head is None:
            return np.asarray(values[:, None] * self._has.has(entries, columns).T, np.float32)
        return self.head.shares(columns, values, entries)

    def observe(
        self,
        query: Query,
        logits: Floats | None,
        *,
        absent: Absent | None = None,
        signs: Floats | None = None,
    ) -> Observation:
        """What ``query`` says, given the head's ``logits``.

        ``absent``: what is taken not to be there; ``signs``: what the best entries explain, where that is known.
        """
        cosines: Floats = self._postings.weighted_sum(query.columns, query.values)
        sizes = self.sizes
        if absent is not None:
            cosines[absent.rows] = 0
            sizes = sizes.copy()
            sizes[absent.entry] = max(sizes[absent.entry] - len(absent.rows), 1)
        nearest: Floats = np.maximum.reduceat(cosines, self._starts)
        mean = np.asarray(np.add.reduceat(cosines, self._starts) / sizes, np.float32)
        likeness = (nearest + mean) / np.float32(2)
        raised = np.float32(_WITHOUT_HEAD) * likeness if logits is None else np.float32(SHARPNESS) * logits
        if absent is not None and absent.whole:
            raised = raised.copy()
            raised[absent.entry] = -np.inf
            likeness[absent.entry] = nearest[absent.entry] = 0
        order = (-raised).argsort(kind="stable").astype(np.int32)
        best = order[: rerank.CANDIDATES]
        has = self._having(best, query.columns, absent)
        if signs is None:
            signs = self._signs(query, has, absent)
        if logits is not None:
            more = signs @ self.reranking
            ranked = raised.take(best)
            ranked += more - more.sum() / np.float32(len(more))
            again = (-ranked).argsort(kind="stable")
            np.minimum(raised, ranked[again[-1]], out=raised)  # all others stay behind the best few
            raised[best] = ranked
            order[: len(best)] = best.take(again)
            has, signs = has.take(again, axis=0), signs.take(again, axis=0)
        return Observation(order, raised, softmax(raised), likeness, nearest, mean, has, signs)

    def features(self, query: Query, seen: Observation, *, absent: Absent | None = None) -> Floats:
        """The ``FEATURES`` of the best entry of what :meth:`observe` saw."""
        best, *others = seen.raised.take(seen.order[:2]).tolist()
        top = int(seen.order[0])
        nearest = float(seen.nearest[top])
        known = query.words >= 0
        if absent is not None:
            known[known] = self._left(query.words[known], absent)
        listed = query.words[known]
        rarity = self.rarity.take(listed)
        used = float(rarity.sum())
        everything = max(used + self._unseen * (len(known) - len(listed)), 1e-6)
        met = float(rarity @ seen.has[0].take(query.columns.searchsorted(listed)))
        topical = int(np.count_nonzero(query.topical))
        foreign = int(np.count_nonzero(query.topical > known))
        sure = min(max(float(seen.chance[top]), 1e-4), 1 - 1e-4)
        *shares, explained_ = seen.signs[0].tolist()
        return np.array(
            [
                log(sure / (1 - sure)),
                min(best - others[0], _LONGEST_LEAD) if others else _LONGEST_LEAD,
                best,
                nearest,
                seen.mean[top],
                nearest - self._nearest_other(seen.nearest, top),
                used / everything,
                met / everything,
                explained_,
                log(1 + foreign),
                log(1 + len(query.words)),
                *shares,
                foreign / max(topical, 1),
                log(1 + topical),
            ],
            np.float32,
        )

    @staticmethod
    def _nearest_other(nearest: Floats, top: int) -> float:
        """The cosine of the nearest phrasing of any entry but ``top``; 0 where there is no other."""
        return max(float(nearest[:top].max(initial=0)), float(nearest[top + 1 :].max(initial=0)))

    def _left(self, columns: Ints, absent: Absent) -> npt.NDArray[np.bool_]:
        """Of each of ``columns``, whether a phrasing has it that is not absent."""
        left: npt.NDArray[np.bool_] = self._uses[columns] > absent.among(columns)
        return left

    def _having(self, entries: Ints, columns: Ints, absent: Absent | None) -> npt.NDArray[np.bool_]:
        """Of each of ``entries``, a row, which of ``columns`` it has apart from what is absent."""
        has = self._has.has(entries, columns)
        if absent is not None:
            for place in np.flatnonzero(entries == absent.entry).tolist():
                has[place] = self._counted.count(absent.entry, columns) > absent.among(columns)
        return has

    @cached_property
    def _counted(self) -> Occurrences:
        """How many phrasings of each entry have each column: asked only where something is left out."""
        owners = np.repeat(self.owner, np.diff(self.rows.starts))
        return Occurrences.of(owners, self.rows.columns, self.rows.width)


def _query(columns: Columns, reading: Reading) -> Query:
    """``reading`` in these columns."""
    row, stems = columns.row(reading), columns.stems(reading)
    topical = np.array([word.topical for word in reading.words], np.bool_)
    meaning = columns.meaning(reading, stems)
    return Query(reading, row.columns, row.values, row.about, stems, topical, meaning)


def evenly(size: int, most: int) -> Sequence[int]:
    """At most ``most`` of ``size`` places, spread evenly."""
    return sorted({int(place) for place in np.linspace(0, size - 1, min(size, most))})


def _rarity_of_unseen(entries: int) -> float:
    """The rarity of what only one entry could have."""
    return log(1 + entries)


def _vocabulary(
    readings: Iterable[AbstractSet[str]], owner: Ints, entries: int
) -> tuple[tuple[str, ...], Floats]:
    """The names of these features and their rarity: the inverse frequency over entries, not phrasings.

    Neighbouring words that stand together in one phrasing only are left out: they are half of all names and say nothing.
    """
    uses: Counter[str] = Counter()
    in_entries: Counter[str] = Counter()
    for _, of_entry in groupby(zip(readings, owner.tolist(), strict=True), key=itemgetter(1)):
        of_any: set[str] = set()
        for found, _ in of_entry:
            uses.update(found)
            of_any |= found
        in_entries.update(of_any)
    names = tuple(sorted(name for name, count in uses.items() if count > 1 or not name.startswith("b:")))
    counts = np.array([in_entries[name] for name in names], np.float32)
    return names, np.log1p(entries / np.maximum(counts, 1)).astype(np.float32)
