"""A text as named features: stems, parts of compounds, letters within words, neighbours, concepts, kind of question.

The same reading serves a phrasing of the FAQ and a question; only a question is repaired. Names are prefixed by kind:
``w:`` a stem, ``b:`` two neighbouring stems, ``g:`` letters, ``c:``/``f:``/``s:`` a concept, ``q:`` a kind of question.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

from knowledge.concepts import FIELD, GROUP, SAME, Concepts
from knowledge.cues import cues
from knowledge.function_words import FUNCTION_WORDS
from knowledge.language import short_names, stem, words
from knowledge.remembered import Remembered
from knowledge.spelling import Vocabulary

# How much a kind of feature counts beside a word; found by search on two German data sets (docs/decisions).
_WEIGHTS = {GROUP: 0.86, FIELD: 1.03, SAME: 1.0}
_PAIR = 0.21
_CUE = 1.13
_LETTERS = {3: 0.8, 4: 0.9}  # length of the run of letters → weight, shared by the runs of a word
_LONGEST_QUESTION = 64  # words that are read: a question is short, a pasted letter is cut
_MOST_REPAIRS = 16  # words of one text
_LONGEST_WORD = 32  # letters whose runs are looked at
_REMEMBERED = 16_384
_OF_WORDS = 4096

_OWN = frozenset({"b:", "q:"})  # what only the question itself can say: how its words follow, what kind it is

Features = Mapping[str, float]


class Word(NamedTuple):
    """One word as read: ``spelt`` and ``stem`` after repair; ``topical`` unless it is a word like "und" or "ist"."""

    typed: str
    spelt: str
    stem: str
    topical: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as features with their weights, before rarity is taken into account."""

    words: tuple[Word, ...]
    long_forms: tuple[str, ...]  # words that an abbreviation among them stands for
    between: Features  # what the words say together: neighbours, phrases, kind of question

    def spelt(self) -> tuple[str, ...]:
        """Every word that has features by itself: those of the text after repair, and what abbreviations stand for."""
        return (*(word.spelt for word in self.words), *self.long_forms)

    def with_subject(self, subject: "Reading") -> "Reading":
        """This reading with the features of ``subject`` beside its own."""
        added = {name: value for name, value in subject.between.items() if name[:2] not in _OWN}
        long_forms = self.long_forms + subject.long_forms
        return Reading(self.words + subject.words, long_forms, {**added, **self.between})


class Reader:
    """Reads texts with one vocabulary; remembers words, changes nothing else, so threads may share it."""

    def __init__(self, vocabulary: Vocabulary, concepts: Concepts) -> None:
        self.vocabulary = vocabulary
        self.concepts = concepts
        self._repairs: Remembered[str, str] = Remembered(_REMEMBERED)
        # Building an index reads every word of the FAQ many times; afterwards ``Columns`` remembers what it needs.
        self._words: Remembered[str, Features] = Remembered(_OF_WORDS)

    def read(self, text: str, *, repair: bool) -> Reading:
        """The features of ``text``; ``repair``: take unknown words for typos where a known word is near."""
        typed = words(text)[:_LONGEST_QUESTION]
        return self.read_words(typed, repair=repair, spared=short_names(text) if repair else frozenset())

    def read_words(
        self, typed: Sequence[str], *, repair: bool, spared: frozenset[str] = frozenset()
    ) -> Reading:
        """As :meth:`read`, for words of ``knowledge.language.words``; those ``spared`` are never taken for typos."""
        spelt = self._spelt(typed, spared) if repair else tuple(typed)
        stems = [stem(word) for word in spelt]
        between = {
            f"b:{first} {second}": _PAIR for first, second in zip(["^", *stems], [*stems, "$"], strict=True)
        }
        for name in self.concepts.of_phrases(stems):
            between[name] = _WEIGHTS[name[:2]]
        for cue in cues(" ".join(spelt)):
            between["q:" + cue] = _CUE
        read = tuple(
            Word(word, now, stem_, now not in FUNCTION_WORDS)
            for word, now, stem_ in zip(typed, spelt, stems, strict=True)
        )
        return Reading(read, tuple(self.concepts.long_forms(spelt)), between)

    def features(self, reading: Reading) -> dict[str, float]:
        """All features of a reading with their weights; of two of one name the stronger counts."""
        found: dict[str, float] = {}
        for features in (reading.between, *map(self.of_word, reading.spelt())):
            for name, weight in features.items():
                if weight > found.get(name, 0.0):
                    found[name] = weight
        return found

    def names(self, reading: Reading) -> set[str]:
        """The names of all features of a reading."""
        return set(reading.between).union(*map(self.of_word, reading.spelt()))

    def _spelt(self, typed: Sequence[str], spared: frozenset[str]) -> tuple[str, ...]:
        """The words with their typos repaired, as far as the number of repairs goes."""
        unknown = [word for word in typed if word not in spared and not self.vocabulary.is_known(word)]
        repaired = {word: self._repaired(word) for word in dict.fromkeys(unknown[:_MOST_REPAIRS])}
        return tuple(repaired.get(word, word) for word in typed)

    def _repaired(self, word: str) -> str:
        return self._repairs.get(word) or self._repairs.keep(word, self.vocabulary.repaired(word))

    def of_word(self, word: str) -> Features:
        """What one word, spelt as the FAQ spells it, contributes by itself."""
        return self._words.get(word) or self._words.keep(word, self._of_word(word))

    def _of_word(self, word: str) -> Features:
        stem_ = stem(word)
        found = {"w:" + stem_: 1.0}
        parts = self.vocabulary.parts(word).stems
        for part in parts:
            found["w:" + part] = 1.0
        names = self.concepts.of_word(word, stem_) or tuple(
            name for part in parts for name in self.concepts.of_word(part, part)
        )
        for name in names:
            found[name] = _WEIGHTS[name[:2]]
        framed = f"<{word[:_LONGEST_WORD]}>"
        for length, weight in _LETTERS.items():
            each = weight / sqrt(len(framed) - 1)
            for start in range(len(framed) - length + 1):
                found["g:" + framed[start : start + length]] = each
        return found
