"""Phrasings that two entries share but for word order, endings or a typo: only one of the entries can be found by them."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from knowledge.entry import Entry, EntryId
from knowledge.language import words

NEAR = 95.0  # percent of "token sort ratio" from which two phrasings are taken for one
_BLOCK = 256  # phrasings compared at once: bounds the memory


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A title (``number`` is ``None``) or the phrasing of this number."""

    entry: EntryId
    number: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two phrasings of two entries; ``same`` when they consist of the same words in any order."""

    one: Phrasing
    other: Phrasing
    same: bool


def near(entries: Sequence[Entry]) -> Iterator[Pair]:
    """The pairs of near-equal phrasings across entries, in the order of the entries.

    Compared are the folded words in alphabetical order; two texts with different numbers in them ("§ 60c", "§ 60b")
    are never near. Phrasings of equal length are neighbours, so that far fewer than all pairs are looked at.
    """
    phrasings = [
        Phrasing(entry.id, number, text)
        for entry in entries
        for number, text in ((None, entry.title), *enumerate(entry.phrasings))
    ]
    bags = [sorted(words(item.text)) for item in phrasings]
    keys = [" ".join(bag) for bag in bags]
    order = sorted(range(len(keys)), key=lambda place: (len(keys[place]), place))
    lengths = [len(keys[place]) for place in order]
    found: list[tuple[int, int]] = []
    for start in range(0, len(order), _BLOCK):
        block = order[start : start + _BLOCK]
        longest = lengths[min(start + _BLOCK, len(order)) - 1]
        # ratio = 2·equal/(a+b) ≤ 2a/(a+b): a partner of a text of length a is at most a·(200/NEAR − 1) long
        rest = order[start : bisect_right(lengths, longest * (200 / NEAR - 1))]
        scores = process.cdist(
            [keys[place] for place in block],
            [keys[place] for place in rest],
            scorer=fuzz.ratio,
            score_cutoff=NEAR,
            dtype=np.float32,
        )
        for row, column in zip(*np.nonzero(scores), strict=True):
            if row < column and phrasings[block[row]].entry != phrasings[rest[column]].entry:
                one, other = sorted((block[row], rest[column]))
                found.append((one, other))
    for one, other in sorted(found):
        if keys[one] and _numbers(bags[one]) == _numbers(bags[other]):
            yield Pair(phrasings[one], phrasings[other], keys[one] == keys[other])


def _numbers(bag: Sequence[str]) -> list[str]:
    return [word for word in bag if any(char.isdigit() for char in word)]
