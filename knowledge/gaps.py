"""Questions without an answer, those that ask the same put together: by the words and meanings of the index.

Wordings are taken in the order they came, each joins the cluster it is nearest to, and none changes place because others
follow. So what an editor sees is what a press of a button means, as long as ``Gap.seen`` of it is the same.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

import numpy as np

from knowledge.anonymous import GONE, masked
from knowledge.entry import Entry
from knowledge.language import words
from knowledge.search import Index
from knowledge.sparse import Floats, Ints, Rows
from knowledge.understanding import Understanding

FEWEST = 3  # chats: what fewer have asked is shown to nobody
ALIKE = 0.3  # mean cosine to the members of a cluster; measured on the shipped phrasings (docs/messungen.md)
NEAREST = 3  # entries offered
_MARK = 24  # bits of ``Gap.seen`` that tell what stood together


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

    def text(self, wording: int) -> str:
        """The words of the wording with this id, as they may be read."""
        return next(item.text for item in self.wordings if item.id == wording)

    def seen(self, wording: int) -> int:
        """A number for a button: this wording, and everything it was seen together with."""
        together = repr((self.members, [item.text for item in self.wordings]))
        return wording << _MARK | int.from_bytes(sha256(together.encode()).digest()[: _MARK // 8])


def wording_of(seen: int) -> int:
    """The wording that ``Gap.seen`` was made of."""
    return seen >> _MARK


class Gathering:
    """Puts wordings together; what the index says of each is asked once. For one thread at a time."""

    def __init__(self, understanding: Understanding) -> None:
        self._understanding = understanding
        self._likeness = Likeness(understanding.index)
        self._nearest: dict[str, tuple[Entry, ...]] = {}

    def gaps(self, wordings: Sequence[Wording], ignored: Collection[int] = ()) -> tuple[Gap, ...]:
        """What at least ``FEWEST`` chats have asked, the largest first, as editors may read it.

        Whatever asks the same as an ``ignored`` one (id) is left out.
        """
        used: dict[str, set[str]] = defaultdict(set)
        for wording in wordings:
            for word in words(wording.text):
                used[word].add(wording.asker)

        @cache
        def allowed(word: str) -> bool:
            return len(used[word]) >= FEWEST or self._understanding.index.knows_word(word)

        found = (
            self._gap(cluster, allowed)
            for cluster in clusters(wordings, self._likeness)
            if _size(cluster)[0] >= FEWEST and not any(wording.id in ignored for wording in cluster)
        )
        return tuple(gap for gap in found if gap.wordings)

    def _gap(self, cluster: Sequence[Wording], allowed: Callable[[str], bool]) -> Gap:
        texts = [masked(wording.text, allowed) for wording in cluster]
        shown: dict[str, Shown] = {}
        for wording, text in zip(cluster, texts, strict=True):
            same = " ".join(words(text))
            # Of equal ones the first that has no hole: it can be added as it is.
            if same not in shown or (GONE in shown[same].text and GONE not in text):
                shown[same] = Shown(wording.id, text)
        shown.pop("", None)
        best = max(texts, key=lambda text: (texts.count(text), -len(text)))
        if best not in self._nearest:
            self._nearest[best] = self._understanding.search(best, limit=NEAREST)
        return Gap(
            tuple(shown.values()),
            tuple(wording.id for wording in cluster),
            _size(cluster)[0],
            dict(Counter(wording.why for wording in cluster)),
            self._nearest[best],
        )


class Likeness:
    """How near texts are to each other; each is described once, as long as it is asked about."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._column: dict[str, int] = {}
        self._described: dict[str, tuple[Ints, Floats]] = {}

    def among(self, texts: Sequence[str]) -> Floats:
        """The cosine of each two of them."""
        self._described = {text: self._described.get(text) or self._describe(text) for text in texts}
        found = Rows.of([self._described[text] for text in texts], len(self._column))
        columns = found.transposed()
        return np.stack([columns.weighted_sum(*found.row(number)) for number in range(len(texts))])

    def _describe(self, text: str) -> tuple[Ints, Floats]:
        features = self._index.described(text)
        columns = [self._column.setdefault(name, len(self._column)) for name in features]
        return np.array(columns, np.int32), np.array(list(features.values()), np.float32)


def clusters(wordings: Sequence[Wording], likeness: Likeness) -> tuple[tuple[Wording, ...], ...]:
    """Those that ask the same put together, the largest first; each in the order given."""
    if not wordings:
        return ()
    alike = likeness.among([wording.text for wording in wordings])
    members: list[list[Wording]] = []
    sums = np.zeros_like(alike)  # of each cluster: how near its members are to every wording, added up
    sizes = np.zeros(len(wordings), np.float32)
    for number, wording in enumerate(wordings):
        means = sums[: len(members), number] / sizes[: len(members)]
        best = int(means.argmax()) if members else 0
        if not members or means[best] < ALIKE:
            best = len(members)
            members.append([])
        members[best].append(wording)
        sums[best] += alike[number]
        sizes[best] += 1
    return tuple(sorted(map(tuple, members), key=_size, reverse=True))


def _size(cluster: Sequence[Wording]) -> tuple[int, int]:
    return len({wording.asker for wording in cluster}), len(cluster)
