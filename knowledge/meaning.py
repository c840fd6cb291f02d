"""What common German words mean: short vectors in which near words lie near each other ("Kohle" and "Geld").

They were distilled once from a sentence encoder (``benchmarks/distil_word_vectors.py``), so that the bot profits from what
it knows of German without running it. They tell the search about words that no editor thought of.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from math import sqrt

import numpy as np
import numpy.typing as npt

from knowledge.sparse import Floats

WIDTH = 64
_PART = 4  # letters of the shortest part of a compound that is looked up
_ENDING = 3  # letters that an inflected form may have more than a listed one
_STEM = 5  # letters of the shortest word that an inflected form is looked up by
_LONGEST = 48  # letters: what is longer is no word


class Meanings:
    """Immutable apart from the memory of compounds."""

    def __init__(self, words: Iterable[str], vectors: npt.NDArray[np.int8]) -> None:
        """``words`` are folded; ``vectors`` has a row for each."""
        self._row = {word: number for number, word in enumerate(words)}
        self._vectors = vectors
        squares = np.einsum("wd,wd->w", vectors, vectors, dtype=np.float32)
        self._scale = 1 / np.sqrt(np.maximum(squares, np.float32(1)))  # brings each vector to unit length
        self.rows_of = lru_cache(16_384)(self._rows_of)

    def __contains__(self, word: object) -> bool:
        """Whether a folded word is among the listed ones."""
        return word in self._row

    def of(self, weighted: Iterable[tuple[str, float]]) -> Floats:
        """The meaning of folded words, each with its weight: unit length, or zero when none of them is known."""
        rows: list[int] = []
        weights: list[float] = []
        for word, weight in weighted:
            for row in self.rows_of(word):
                rows.append(row)
                weights.append(weight)
        if not rows:
            return np.zeros(WIDTH, np.float32)
        summed = np.array(weights, np.float32) @ self._vectors.take(rows, axis=0).astype(np.float32)
        summed /= np.float32(max(sqrt(float(summed @ summed)), 1e-6))
        return np.asarray(summed, np.float32)

    def mean(self, words: Iterable[str]) -> Floats:
        """The mean of the unit vectors of folded words, of a compound those of its parts; zero when none is known."""
        rows = [row for word in words for row in self.rows_of(word)]
        if not rows:
            return np.zeros(WIDTH, np.float32)
        summed = self._scale.take(rows) @ self._vectors.take(rows, axis=0).astype(np.float32)
        return np.asarray(summed / np.float32(len(rows)), np.float32)

    def _rows_of(self, word: str) -> tuple[int, ...]:
        """The row of a word; of an unknown one those of the two parts of a compound, or of a shorter form."""
        listed = self._row.get(word)
        if listed is not None:
            return (listed,)
        if not _PART < len(word) <= _LONGEST:
            return ()
        for start in range(_PART, len(word) - _PART + 1):  # the longest last part says what it is
            last = self._row.get(word[start:])
            if last is not None:
                ends = range(start, _PART - 1, -1)
                first = next((self._row[word[:end]] for end in ends if word[:end] in self._row), None)
                return (last,) if first is None else (first, last)
        for end in range(len(word) - 1, max(len(word) - _ENDING, _STEM) - 1, -1):
            if word[:end] in self._row:
                return (self._row[word[:end]],)
        return ()


@cache
def meanings() -> Meanings:
    """The vectors of ``word_vectors.npz``."""
    with (
        files("knowledge").joinpath("word_vectors.npz").open("rb") as file,
        np.load(file, allow_pickle=False) as read,
    ):
        words = read["words"].tobytes().decode().split("\n")
        return Meanings(words, read["vectors"])
