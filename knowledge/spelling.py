"""The FAQ's own vocabulary: typos repaired against it, compounds split by it.

A word is repaired only where nothing speaks for it: it is in no entry, is not listed as German, has no known stem and is
no compound of known words, and is not among the 40,000 most frequent of German. So a frequent word never becomes a word of
the FAQ that merely looks like it ("WLAN" is no typo of "Plan").
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.function_words import FUNCTION_WORDS
from knowledge.language import stem
from knowledge.meaning import meanings

_REPAIRED = 4  # letters: shorter words are too close to each other
_TWO_TYPOS = 9  # letters: a longer word may hold two
_LONGEST = 48  # letters: what is longer is no word
_PART = 4  # letters of a part of a compound
_SHORT_PARTS = frozenset("amt tag job ort art bau abh uhr weg".split())
_LONE_PART = 5  # letters of the only known part of a compound
_COMPOUND = 7  # letters of the shortest compound
_LINKS = ("", "s", "es", "n", "en", "er", "e")  # what German puts between two parts


@dataclass(frozen=True, slots=True)
class Parts:
    """The stems of the known parts of a word; ``whole`` when they cover all of it."""

    stems: tuple[str, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class _Near:
    """Words with the set of their letters: most that are no typo of a word have other letters, and need no closer look."""

    words: tuple[str, ...]  # the shortest first
    starts: tuple[int, ...]  # the place of the first word of each length
    letters: npt.NDArray[np.uint32]  # of each word, a bit for each letter; all beyond a to z share one

    @classmethod
    def of(cls, words: Iterable[str]) -> Self:
        """The words, none of them empty."""
        listed = tuple(sorted(words, key=lambda word: (len(word), word)))
        lengths = np.array([len(word) for word in listed], np.int64)
        starts = np.searchsorted(lengths, np.arange(_LONGEST + 4)).tolist()
        return cls(listed, tuple(starts), _letters(listed, lengths))

    def of_letters(self, word: str, typos: int) -> Sequence[str]:
        """The words of nearly the length and the letters of ``word``; every word that is so many ``typos`` away is among them.

        A wrong letter changes two of the letters a word has, one missing or too many changes one, two swapped none.
        """
        first, last = self.starts[len(word) - typos], self.starts[len(word) + typos + 1]
        other = self.letters[first:last] ^ _letters((word,), np.array([len(word)]))
        return [
            self.words[first + place]
            for place in (np.bitwise_count(other) <= 2 * typos).nonzero()[0].tolist()
        ]


def _letters(words: Sequence[str], lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.uint32]:
    """The set of the letters of each word as bits."""
    if not words:
        return np.zeros(0, np.uint32)
    typed = np.frombuffer("".join(words).encode("ascii", "replace"), np.uint8)
    bits = np.uint32(1) << (typed - np.uint8(ord("a")) & np.uint8(31)).astype(np.uint32)
    return np.bitwise_or.reduceat(bits, np.cumsum(lengths) - lengths)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of the FAQ with their number of uses, and words known to be German."""

    uses: Mapping[str, int]
    german: frozenset[str]
    _stems: frozenset[str] = field(init=False)
    _parts: Mapping[str, str] = field(init=False)
    _near: _Near = field(init=False)

    def __post_init__(self) -> None:
        """Derive the look-ups from the words."""
        everything = {*self.uses, *self.german}
        parts: dict[str, str] = {}
        for word in sorted(everything):
            if word.isalpha() and word not in FUNCTION_WORDS:
                for form in (word, stem(word)):
                    if len(form) >= _PART or form in _SHORT_PARTS:
                        parts.setdefault(form, stem(word))
        object.__setattr__(self, "_stems", frozenset(map(stem, everything)))
        object.__setattr__(self, "_parts", parts)
        repairing = (word for word in everything if word.isalpha() and len(word) >= _REPAIRED)
        object.__setattr__(self, "_near", _Near.of(repairing))

    def is_known(self, word: str) -> bool:
        """Whether the folded word, in any inflection, is in the FAQ or listed as German."""
        return word in self.uses or word in self.german or word in FUNCTION_WORDS or stem(word) in self._stems

    def repaired(self, word: str) -> str:
        """The known word that ``word`` is a typo of; ``word`` itself when it is none.

        One typo (a letter wrong, missing, too many, or two swapped) in a word of four letters and more, two in one of
        nine and more; the nearest word, then one with the same first letter, then one of the FAQ, then the most used.
        """
        if not _REPAIRED <= len(word) <= _LONGEST or not word.isalpha() or self.is_known(word):
            return word
        if word in meanings() or self.parts(word).whole:
            return word
        typos = 2 if len(word) >= _TWO_TYPOS else 1
        near = process.extract(
            word, self._near.of_letters(word, typos), scorer=OSA.distance, score_cutoff=typos, limit=None
        )
        best = min(near, key=lambda found: self._preference(word, found[0], found[1]), default=None)
        return word if best is None else best[0]

    def parts(self, word: str) -> Parts:
        """The known words that a compound is made of: "ausbildungsvertrag" gives the stems of Ausbildung and Vertrag.

        Of a word that is not listed itself one known part is enough, if it is long.
        """
        if not _COMPOUND <= len(word) <= _LONGEST or not word.isalpha():
            return Parts()
        whole = self._whole(word)
        if whole:
            return Parts(whole, whole=True)
        if word in self.german or word in FUNCTION_WORDS:
            return Parts()
        for length in range(len(word) - _PART, _LONE_PART - 1, -1):
            for part in (word[-length:], word[:length]):
                if part in self._parts and len(part) >= _LONE_PART:
                    return Parts((self._parts[part],))
        return Parts()

    def _whole(self, word: str) -> tuple[str, ...]:
        """The stems of known parts that cover ``word``, at least two, as few as possible; empty if there are none."""
        size, parts = len(word), self._parts
        # covers[i]: the fewest parts that cover word[i:]
        covers: list[tuple[str, ...] | None] = [None] * size + [()]
        for start in range(size - 3, -1, -1):
            for end in range(start + 3, size + 1):
                known = parts.get(word[start:end])
                if known is None or end - start == size:
                    continue
                for link in _LINKS if end < size else _LINKS[:1]:
                    rest = (
                        covers[end + len(link)]
                        if word.startswith(link, end) and end + len(link) < size
                        else None
                    )
                    rest = () if end == size else rest
                    if rest is None or (end < size and not rest):
                        continue
                    best = covers[start]
                    if best is None or len(rest) + 1 < len(best):
                        covers[start] = (known, *rest)
        found = covers[0]
        return found if found is not None and len(found) > 1 else ()

    def _preference(self, word: str, candidate: str, typos: float) -> tuple[float, bool, bool, int, str]:
        uses = self.uses.get(candidate, 0)
        return typos, candidate[0] != word[0], not uses, -uses, candidate
