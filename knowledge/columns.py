"""The named features of a FAQ as the numbered columns of an index, and readings as rows of it."""

from collections.abc import Iterable, Sequence
from math import sqrt

import numpy as np
import numpy.typing as npt

from knowledge.features import Features, Reader, Reading, Word
from knowledge.meaning import meanings
from knowledge.remembered import Remembered
from knowledge.sparse import Floats, Ints

_PLAIN_WORD = 0.3  # how much the meaning of a word without a topic counts
_REMEMBERED = 16_384  # words of which the columns are kept: German repeats itself
_TOPICS = ("c:", "f:", "s:")  # concepts: what a phrase can be about

_Listed = tuple[Ints, Floats, Features]
"""Columns, the weight of each, and by name the features that have none."""


class Columns:
    """Immutable apart from the memory of words."""

    def __init__(self, reader: Reader, names: Sequence[str], rarity: Floats, unseen: float) -> None:
        """``rarity`` of each name; ``unseen``: that of a feature which no entry has."""
        self.names = tuple(names)
        self.rarity = rarity
        self.unseen = np.float32(unseen)
        self._reader = reader
        self._number = {name: number for number, name in enumerate(self.names)}
        self._words: Remembered[str, _Listed] = Remembered(_REMEMBERED)

    def stem(self, word: Word) -> int:
        """The column of the word's stem; -1 where no entry has it."""
        return self._number.get("w:" + word.stem, -1)

    def row(self, reading: Reading) -> tuple[Ints, Floats]:
        """The columns of a reading, ascending, and their values; unit length, what is in no column counts as rare."""
        pieces = [self._listed(reading.between), *map(self._of_word, reading.spelt())]
        weights = np.zeros(len(self.names), np.float32)
        columns, of_columns, unlisted = zip(*pieces, strict=True)
        np.maximum.at(weights, np.concatenate(columns), np.concatenate(of_columns))
        listed = np.flatnonzero(weights != 0).astype(np.int32)  # of booleans: seven times as fast
        values = weights[listed] * self.rarity[listed]
        outside: dict[str, float] = {}
        for features in filter(None, unlisted):
            for name, weight in features.items():
                outside[name] = max(weight, outside.get(name, 0.0))
        rare = float(self.unseen) ** 2 * sum(weight * weight for weight in outside.values())
        length = max(float(np.sqrt(float(values @ values) + rare)), 1e-6)
        return listed, values / np.float32(length)

    def weights(self, reading: Reading) -> dict[str, float]:
        """The features of a reading by name, unit length, those in no column too: for comparing two readings."""
        found = {
            name: weight * float(self.rarity[self._number[name]] if name in self._number else self.unseen)
            for name, weight in self._reader.features(reading).items()
        }
        length = max(sqrt(sum(value * value for value in found.values())), 1e-6)
        return {name: value / length for name, value in found.items()}

    def about(self, reading: Reading) -> npt.NDArray[np.bool_]:
        """Of every column, whether a word of the reading which carries a topic has it."""
        topical = [word.spelt for word in reading.words if word.topical]
        named = [self._number.get(name, -1) for name in reading.between if name.startswith(_TOPICS)]
        about = np.zeros(len(self.names), np.bool_)
        about[[number for number in named if number >= 0]] = True
        for word in (*topical, *reading.long_forms):
            about[self._of_word(word)[0]] = True
        return about

    def meaning(self, reading: Reading) -> Floats:
        """What a reading means: its words' vectors by their rarity, unit length."""
        return meanings().of(self._weighed(reading.words))

    def _weighed(self, words: Iterable[Word]) -> Iterable[tuple[str, float]]:
        for word in words:
            column = self.stem(word)
            rare = float(self.unseen if column < 0 else self.rarity[column])
            yield word.spelt, rare if word.topical else rare * _PLAIN_WORD

    def _of_word(self, word: str) -> _Listed:
        return self._words.get(word) or self._words.keep(word, self._listed(self._reader.of_word(word)))

    def _listed(self, features: Features) -> _Listed:
        """Features by column, and those that have none by name."""
        listed = {
            number: weight
            for name, weight in features.items()
            if (number := self._number.get(name)) is not None
        }
        unlisted = {name: weight for name, weight in features.items() if name not in self._number}
        return np.array(list(listed), np.int32), np.array(list(listed.values()), np.float32), unlisted
