"""The named features of a FAQ as the numbered columns of an index, and readings as rows of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from knowledge.features import Features, Reader, Reading
from knowledge.meaning import meanings
from knowledge.remembered import Remembered
from knowledge.sparse import Floats, Ints

_PLAIN_WORD = 0.3  # how much the meaning of a word without a topic counts
_REMEMBERED = 16_384  # words of which the columns are kept: German repeats itself
_TOPICS = ("c:", "f:", "s:")  # concepts: what a phrase can be about
_NO_COLUMNS, _NO_WEIGHTS = np.zeros(0, np.int32), np.zeros(0, np.float32)

_Listed = tuple[Ints, Floats, Features]
"""Columns, ascending, the weight of each, and by name the features that have none."""


@dataclass(frozen=True, slots=True)
class Row:
    """A reading in columns, ascending."""

    columns: Ints
    values: Floats  # unit length together with what is in no column
    about: npt.NDArray[np.bool_]  # of each column, whether a word that carries a topic has it


class Columns:
    """Immutable apart from the memory of words."""

    def __init__(self, reader: Reader, names: Sequence[str], rarity: Floats, unseen: float) -> None:
        """``rarity`` of each name; ``unseen``: that of a feature which no entry has."""
        self.names = tuple(names)
        self.rarity = rarity
        self.unseen = np.float32(unseen)
        self._rare = np.append(rarity, self.unseen)  # the last is what -1 finds
        self._reader = reader
        self._number = {name: number for number, name in enumerate(self.names)}
        self._words: Remembered[str, _Listed] = Remembered(_REMEMBERED)

    def stems(self, reading: Reading) -> Ints:
        """The column of the stem of each word; -1 where no entry has it."""
        number = self._number
        return np.array([number.get("w:" + word.stem, -1) for word in reading.words], np.int32)

    def row(self, reading: Reading) -> Row:
        """The columns of a reading; what is in no column counts as rare."""
        together = reading.between
        topics = {name: weight for name, weight in together.items() if name.startswith(_TOPICS)}
        pieces = [self._listed(together), self._listed(topics), *map(self._of_word, reading.spelt())]
        columns, weights, unlisted = zip(*pieces, strict=True)
        topical = [False, True, *(word.topical for word in reading.words)]
        topical += [True] * (len(pieces) - len(topical))  # what abbreviations stand for
        listed = np.concatenate(columns)
        if not len(listed):
            return Row(listed, np.concatenate(weights), np.zeros(0, np.bool_))
        order = listed.argsort(kind="stable")  # of pieces in order already: a merge
        listed = listed.take(order)
        first = np.ones(len(listed), np.bool_)
        np.not_equal(listed[1:], listed[:-1], out=first[1:])
        places = first.nonzero()[0]
        listed = listed.take(places)
        about = np.array(topical).repeat([len(piece) for piece in columns])
        values = np.maximum.reduceat(np.concatenate(weights).take(order), places)
        values *= self.rarity.take(listed)
        outside: dict[str, float] = {}
        for features in filter(None, unlisted):
            for name, weight in features.items():
                outside[name] = max(weight, outside.get(name, 0.0))
        rare = float(self.unseen) ** 2 * sum(weight * weight for weight in outside.values())
        values /= np.float32(max(sqrt(float(values @ values) + rare), 1e-6))
        return Row(listed, values, np.logical_or.reduceat(about.take(order), places))

    def weights(self, reading: Reading) -> dict[str, float]:
        """The features of a reading by name, unit length, those in no column too: for comparing two readings."""
        found = {
            name: weight * float(self.rarity[self._number[name]] if name in self._number else self.unseen)
            for name, weight in self._reader.features(reading).items()
        }
        length = max(sqrt(sum(value * value for value in found.values())), 1e-6)
        return {name: value / length for name, value in found.items()}

    def meaning(self, reading: Reading, stems: Ints) -> Floats:
        """What a reading means: its words' vectors by their rarity, unit length; ``stems`` as of :meth:`stems`."""
        rare = self._rare.take(stems).tolist()
        return meanings().of(
            [
                (word.spelt, weight if word.topical else weight * _PLAIN_WORD)
                for word, weight in zip(reading.words, rare, strict=True)
            ]
        )

    def _of_word(self, word: str) -> _Listed:
        return self._words.get(word) or self._words.keep(word, self._listed(self._reader.of_word(word)))

    def _listed(self, features: Features) -> _Listed:
        """Features by column, and those that have none by name."""
        number, listed, unlisted = self._number, [], {}
        for name, weight in features.items():
            column = number.get(name)
            if column is None:
                unlisted[name] = weight
            else:
                listed.append((column, weight))
        if not listed:
            return _NO_COLUMNS, _NO_WEIGHTS, unlisted
        columns, weights = zip(*sorted(listed), strict=True)
        return np.array(columns, np.int32), np.array(weights, np.float32), unlisted
