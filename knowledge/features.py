"""A text as named features: stems, parts of compounds, letters within words, neighbours, concepts, kind of question.

The same reading serves a phrasing of the FAQ and a question; only a question is repaired. Names are prefixed by kind:
``w:`` a stem, ``b:`` two neighbouring stems, ``g:`` letters, ``c:``/``f:``/``s:`` a concept, ``q:`` a kind of question.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

from knowledge.concepts import FIELD, GROUP, SAME, Concepts
from knowledge.cues import cues
from knowledge.function_words import FUNCTION_WORDS
from knowledge.language import stem, words
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

_OWN = frozenset({"b:", "q:"})  # what only the question itself can say: how its words follow, what kind it is

Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Word:
    """One word as read: ``spelt`` and ``stem`` after repair; ``topical`` unless it is a word like "und" or "ist"."""

    typed: str
    spelt: str
    stem: str
    topical: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as features with their weights, before rarity is taken into account."""

    words: tuple[Word, ...]
    features: Features

    def with_subject(self, subject: "Reading") -> "Reading":
        """This reading with the features of ``subject`` beside its own."""
        added = {name: value for name, value in subject.features.items() if name[:2] not in _OWN}
        return Reading(self.words + subject.words, {**added, **self.features})


class Reader:
    """Reads texts with one vocabulary; remembers words, changes nothing else, so threads may share it."""

    def __init__(self, vocabulary: Vocabulary, concepts: Concepts) -> None:
        self._vocabulary = vocabulary
        self._concepts = concepts
        self._of_word = lru_cache(_REMEMBERED)(self._word_features)
        self._repaired = lru_cache(_REMEMBERED)(vocabulary.repaired)

    def read(self, text: str, *, repair: bool) -> Reading:
        """The features of ``text``; ``repair``: take unknown words for typos where a known word is near."""
        typed = words(text)[:_LONGEST_QUESTION]
        return self.read_words(typed, repair=repair)

    def read_words(self, typed: Sequence[str], *, repair: bool) -> Reading:
        """As :meth:`read`, for words of ``knowledge.language.words``."""
        spelt = self._spelt(typed) if repair else tuple(typed)
        found: dict[str, float] = {}
        stems: list[str] = []
        for word in spelt:
            stem_, features = self._of_word(word)
            stems.append(stem_)
            _take(found, features)
        for word in self._concepts.long_forms(spelt):
            _take(found, self._of_word(word)[1])
        for first, second in zip(["^", *stems], [*stems, "$"], strict=True):
            found[f"b:{first} {second}"] = _PAIR
        for name in self._concepts.of_phrases(stems):
            found[name] = max(found.get(name, 0.0), _WEIGHTS[name[:2]])
        for cue in cues(" ".join(spelt)):
            found["q:" + cue] = _CUE
        read = tuple(
            Word(word, now, stem_, now not in FUNCTION_WORDS)
            for word, now, stem_ in zip(typed, spelt, stems, strict=True)
        )
        return Reading(read, found)

    def about(self, reading: Reading) -> frozenset[str]:
        """The features of a reading that come from words which carry a topic."""
        spelt = [word.spelt for word in reading.words]
        carrying = [word.spelt for word in reading.words if word.topical]
        found = {name for word in carrying for name, _ in self._of_word(word)[1]}
        found.update(name for word in self._concepts.long_forms(spelt) for name, _ in self._of_word(word)[1])
        found.update(self._concepts.of_phrases([word.stem for word in reading.words]))
        return frozenset(found)

    def _spelt(self, typed: Sequence[str]) -> tuple[str, ...]:
        """The words with their typos repaired, as far as the number of repairs goes."""
        unknown = [word for word in typed if not self._vocabulary.is_known(word)]
        repaired = {word: self._repaired(word) for word in dict.fromkeys(unknown[:_MOST_REPAIRS])}
        return tuple(repaired.get(word, word) for word in typed)

    def _word_features(self, word: str) -> tuple[str, tuple[tuple[str, float], ...]]:
        """The stem of one word, and what it contributes by itself."""
        stem_ = stem(word)
        found = {"w:" + stem_: 1.0}
        parts = self._vocabulary.parts(word).stems
        for part in parts:
            found["w:" + part] = 1.0
        names = self._concepts.of_word(word, stem_) or tuple(
            name for part in parts for name in self._concepts.of_word(part, part)
        )
        for name in names:
            found[name] = _WEIGHTS[name[:2]]
        framed = f"<{word[:_LONGEST_WORD]}>"
        for length, weight in _LETTERS.items():
            each = weight / sqrt(len(framed) - 1)
            for start in range(len(framed) - length + 1):
                found["g:" + framed[start : start + length]] = each
        return stem_, tuple(found.items())


def _take(found: dict[str, float], features: Sequence[tuple[str, float]]) -> None:
    """Add features; of two of one name the stronger counts."""
    for name, weight in features:
        if weight > found.get(name, 0.0):
            found[name] = weight
