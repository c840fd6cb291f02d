"""Questions without an answer, those that ask the same put together: by the words and meanings of the index."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.anonymous import masked
from knowledge.entry import Entry
from knowledge.language import words
from knowledge.search import Index
from knowledge.sparse import Floats, Ints, Rows
from knowledge.understanding import Understanding

FEWEST = 3  # chats: what fewer have asked is shown to nobody
ALIKE = 0.3  # mean cosine to the members of a cluster; measured on the shipped phrasings (docs/messungen.md)
NEAREST = 3  # entries offered


@dataclass(frozen=True, slots=True)
class Wording:
    """A question as it is kept: ``asker`` is a keyed hash, ``why`` it was a gap, ``entry`` what was answered or offered."""

    id: int
    text: str
    asker: str
    why: str
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A wording that may be read: words that fewer than ``FEWEST`` chats used are blacked out unless everybody knows them."""

    id: int
    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that ask the same."""

    wordings: tuple[Shown, ...]
    members: tuple[int, ...]  # ids of all, also of those not shown
    chats: int
    why: dict[str, int]
    nearest: tuple[Entry, ...]


def clusters(wordings: Sequence[Wording], understanding: Understanding) -> tuple[tuple[Wording, ...], ...]:
    """Those that ask the same put together, the largest first; each in the order given."""
    if not wordings:
        return ()
    alike = _alike([wording.text for wording in wordings], understanding.index)
    members: list[list[int]] = []
    for number in range(len(wordings)):
        best, nearness = None, ALIKE
        for cluster in members:
            mean = float(alike[number, cluster].mean())
            if mean >= nearness:
                best, nearness = cluster, mean
        if best is None:
            members.append([number])
        else:
            best.append(number)
    found = [tuple(wordings[number] for number in cluster) for cluster in members]
    return tuple(sorted(found, key=_size, reverse=True))


def gaps(wordings: Sequence[Wording], understanding: Understanding) -> tuple[Gap, ...]:
    """What at least ``FEWEST`` chats have asked, the largest first, as editors may read it."""
    used: dict[str, set[str]] = defaultdict(set)
    for wording in wordings:
        for word in words(wording.text):
            used[word].add(wording.asker)

    def allowed(word: str) -> bool:
        return understanding.index.knows_word(word) or len(used[word]) >= FEWEST

    return tuple(
        _gap(cluster, [masked(wording.text, allowed) for wording in cluster], understanding)
        for cluster in clusters(wordings, understanding)
        if _size(cluster)[0] >= FEWEST
    )


def _gap(cluster: Sequence[Wording], texts: Sequence[str], understanding: Understanding) -> Gap:
    shown: dict[str, Shown] = {}
    for wording, text in zip(cluster, texts, strict=True):
        shown.setdefault(" ".join(words(text)), Shown(wording.id, text))
    shown.pop("", None)
    best = max(texts, key=lambda text: (texts.count(text), -len(text)))
    return Gap(
        tuple(shown.values()),
        tuple(wording.id for wording in cluster),
        _size(cluster)[0],
        dict(Counter(wording.why for wording in cluster)),
        understanding.search(best, limit=NEAREST),
    )


def _size(cluster: Sequence[Wording]) -> tuple[int, int]:
    return len({wording.asker for wording in cluster}), len(cluster)


def _alike(texts: Sequence[str], index: Index) -> Floats:
    """The cosine of each two texts."""
    described = [index.described(text) for text in texts]
    column: dict[str, int] = {}
    for features in described:
        for name in features:
            column.setdefault(name, len(column))
    rows: list[tuple[Ints, Floats]] = [
        (
            np.array([column[name] for name in features], np.int32),
            np.array(list(features.values()), np.float32),
        )
        for features in described
    ]
    found = Rows.of(rows, len(column))
    columns = found.transposed()
    return np.stack([columns.weighted_sum(*found.row(number)) for number in range(len(texts))])
