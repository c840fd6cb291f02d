"""One search: what the index found, as entries, and how sure that is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from knowledge.confidence import Band, Thresholds, band
from knowledge.decision import Hit
from knowledge.entry import EntryId, Knowledge
from knowledge.search import Index

CHOICES = 3  # buttons of a "Meinten Sie?"
_CANDIDATES = 5
_LEAST = 0.002  # probability: what is less is worth a button only beside the best one
_ALIKE = 0.08  # likeness, 0 to 1; right entries were seen from 0.18 upwards
_PAIR = 2  # a single "Meinten Sie?" is no choice, so the second entry is shown however unlikely it is


@dataclass(frozen=True, slots=True)
class Result:
    """The best entries, best first, and what their confidence allows."""

    band: Band
    hits: tuple[Hit, ...] = ()
    searched: tuple[str, ...] = ()
    features: Mapping[str, float] = field(default_factory=dict)
    among: float = 0.0  # probability that one of the first three is right

    def choices(self) -> tuple[Hit, ...]:
        """The entries to offer: two or three, the third only if it has a chance."""
        return tuple(
            hit for place, hit in enumerate(self.hits[:CHOICES]) if place < _PAIR or hit.confidence >= _LEAST
        )

    def offered(self) -> tuple[Hit, ...]:
        """The entries to offer for one question of several: none when nothing fits it."""
        return () if self.band == "none" else self.choices()

    def best(self) -> EntryId | None:
        """The best entry."""
        return self.hits[0].entry.id if self.hits else None

    @property
    def confidence(self) -> float:
        """How sure the best entry is; 0 when there is none."""
        return self.hits[0].confidence if self.hits else 0.0

    @classmethod
    def joined(cls, results: Iterable[Self], *, last: EntryId | None = None) -> Self:
        """Several results as one, for a choice: the best entry of each first, and the entry ``last`` behind two others."""
        all_results = tuple(results)
        ranks = max((len(result.hits) for result in all_results), default=0)
        hits: dict[EntryId, Hit] = {}
        for rank in range(ranks):
            for result in all_results:
                if rank < len(result.hits) and result.band != "none":
                    hits.setdefault(result.hits[rank].entry.id, result.hits[rank])
        read = hits.pop(last, None) if last is not None else None
        found = tuple(hits.values())
        found = found if read is None else (*found[:_PAIR], read)
        searched = tuple(dict.fromkeys(text for result in all_results for text in result.searched))
        among = max((result.among for result in all_results if result.band != "none"), default=0.0)
        return cls("choice" if found else "none", found[:_CANDIDATES], searched, among=among)


class Lookup:
    """Asks the index and gives entries instead of ids."""

    def __init__(self, knowledge: Knowledge, index: Index, thresholds: Thresholds) -> None:
        self._knowledge = knowledge
        self._index = index
        self.thresholds = thresholds

    def best(
        self, text: str, core: str = "", *, with_context: str = "", after: EntryId | None = None
    ) -> Result:
        """The entries for ``text``.

        ``core``: the question without what was told around it; it may confirm what the whole text found, and is offered,
        never answered at once, where the whole text found nothing. ``with_context``: the text with more around it, which
        is taken when it is the surer one. ``after``: the entry answered just before.
        """
        result = self._one(text, after)
        if with_context and with_context != text:
            wider = self._one(with_context, after)
            result = wider if wider.confidence > result.confidence else result
        if not core or core == text or result.band == "answer":
            return result
        narrow = self._one(core, after)
        if narrow.band == "none":
            return result
        near = {hit.entry.id for hit in result.hits[:CHOICES]}
        if result.band == "choice" and narrow.hits[0].entry.id in near:
            return narrow if narrow.band == "answer" else result
        if result.band == "none" and result.among >= self.thresholds.choice / 2:
            result = replace(result, band="choice")  # not to be hidden by what the bare question finds
        return Result.joined((result, narrow))

    def without(self, result: Result, entry: EntryId) -> Result:
        """``result`` for somebody who has just read ``entry``, and asks on.

        What was read is not answered again. It is offered last when it was the best: what is asked may stand in it.
        """
        rest = tuple(hit for hit in result.hits if hit.entry.id != entry)
        read = tuple(hit for hit in result.hits if hit.entry.id == entry)
        if not read or result.band == "none":
            return replace(result, hits=rest)
        if result.hits[0].entry.id == entry:
            return replace(result, band="choice", hits=(*rest[:_PAIR], *read))
        behind = rest[1].confidence if len(rest) > 1 else 0.0
        sure = rest[0].confidence >= self.thresholds.answer
        sure = sure and rest[0].confidence - behind >= self.thresholds.margin
        return replace(result, band="answer" if sure else "choice", hits=rest)

    def is_likely(self, hit: Hit) -> bool:
        """Whether ``hit`` is worth a second "Meinten Sie?" in a row: nearer to an answer than to nothing."""
        return hit.confidence >= (self.thresholds.answer + self.thresholds.choice) / 2

    def _one(self, text: str, after: EntryId | None) -> Result:
        ranking = self._index.search(text, _CANDIDATES, context=after)
        # An entry that shares no more than a few letters with the question is no choice, however small the FAQ.
        hits = tuple(
            Hit(self._knowledge.entries[ranked.entry], ranked.confidence, ranked.reasons)
            for ranked in ranking.ranked
            if ranked.score >= _ALIKE
        )
        return Result(
            band(ranking, self.thresholds) if hits else "none", hits, (text,), ranking.features, ranking.among
        )
