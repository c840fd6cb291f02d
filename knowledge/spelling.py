"""The FAQ's own vocabulary: typos repaired against it, compounds split by it.

A word is repaired only where nothing speaks for it: it is in no entry, is not listed as German, has no known stem and is
no compound of known words, and is not among the 40,000 most frequent of German. So a frequent word never becomes a word of
the FAQ that merely looks like it ("WLAN" is no typo of "Plan").
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

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
class Vocabulary:
    """Words of the FAQ with their number of uses, and words known to be German."""

    uses: Mapping[str, int]
    german: frozenset[str]
    _stems: frozenset[str] = field(init=False)
    _parts: Mapping[str, str] = field(init=False)
    _by_length: Mapping[int, tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        """Derive the look-ups from the words."""
        everything = {*self.uses, *self.german}
        parts: dict[str, str] = {}
        for word in sorted(everything):
            if word.isalpha() and word not in FUNCTION_WORDS:
                for form in (word, stem(word)):
                    if len(form) >= _PART or form in _SHORT_PARTS:
                        parts.setdefault(form, stem(word))
        by_length: dict[int, list[str]] = {}
        for word in sorted(
            everything, key=lambda word: (word not in self.uses, -self.uses.get(word, 0), word)
        ):
            if word.isalpha() and len(word) >= _REPAIRED:
                by_length.setdefault(len(word), []).append(word)
        object.__setattr__(self, "_stems", frozenset(map(stem, everything)))
        object.__setattr__(self, "_parts", parts)
        object.__setattr__(self, "_by_length", {length: tuple(found) for length, found in by_length.items()})

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
        near = [
            found
            for length in range(len(word) - typos, len(word) + typos + 1)
            for found in process.extract(
                word, self._by_length.get(length, ()), scorer=OSA.distance, score_cutoff=typos, limit=3
            )
        ]
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
        size = len(word)
        # covers[i]: the fewest parts that cover word[i:]
        covers: list[tuple[str, ...] | None] = [None] * size + [()]
        for start in range(size - 3, -1, -1):
            for end in range(start + 3, size + 1):
                known = self._part(word[start:end]) if end - start < size else None
                if known is None:
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

    def _part(self, text: str) -> str | None:
        """The stem of a known word, also one that is inflected here."""
        if len(text) < _PART and text not in _SHORT_PARTS:
            return None
        return self._parts.get(text)

    def _preference(self, word: str, candidate: str, typos: float) -> tuple[float, bool, bool, int, str]:
        uses = self.uses.get(candidate, 0)
        return typos, candidate[0] != word[0], not uses, -uses, candidate
