"""Rows of few features among many, as flat arrays: what the index needs of a sparse matrix, and no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Whole = npt.NDArray[np.int32] | npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rows:
    """``columns[starts[i]:starts[i + 1]]`` are the features of row ``i``, ``values`` their weights."""

    starts: Ints
    columns: Ints
    values: Floats
    width: int  # number of columns

    @classmethod
    def of(cls, rows: Sequence[tuple[Ints, Floats]], width: int) -> Self:
        """Rows from their (columns, values)."""
        starts = np.zeros(len(rows) + 1, np.int32)
        np.cumsum([len(columns) for columns, _ in rows], out=starts[1:])
        empty = (np.zeros(0, np.int32), np.zeros(0, np.float32))
        columns, values = zip(empty, *rows, strict=True)
        return cls(starts, np.concatenate(columns), np.concatenate(values), width)

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.starts) - 1

    def row(self, number: int) -> tuple[Ints, Floats]:
        """The columns and values of one row; views, not copies."""
        span = slice(self.starts[number], self.starts[number + 1])
        return self.columns[span], self.values[span]

    def owners(self) -> Ints:
        """The row of each value."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.starts))

    def transposed(self) -> "Rows":
        """The columns as rows."""
        # Of numbers of two bytes: eight times as fast.
        narrow = np.uint16 if self.width <= np.iinfo(np.uint16).max else np.int32
        order = np.argsort(self.columns.astype(narrow), kind="stable")
        starts = np.zeros(self.width + 1, np.int32)
        np.cumsum(np.bincount(self.columns, minlength=self.width), out=starts[1:])
        return Rows(starts, self.owners()[order], self.values[order], len(self))

    def weighted_sum(self, numbers: Ints, weights: Floats) -> Floats:
        """The sum of the rows ``numbers``, each times its weight, as a dense row of ``width``.

        With the transposed matrix this is the product of all rows with one sparse vector.
        """
        first = self.starts.take(numbers)
        lengths = self.starts.take(numbers + 1) - first
        ends = lengths.cumsum()
        if not len(ends) or not ends[-1]:
            return np.zeros(self.width, np.float32)
        places = (first - ends + lengths).repeat(lengths)
        places += np.arange(ends[-1])
        values = self.values.take(places)
        values *= weights.repeat(lengths)
        return np.bincount(self.columns.take(places), values, self.width).astype(np.float32)

    def without(self, columns: npt.NDArray[np.bool_]) -> "Rows":
        """These rows without the features in the marked ``columns``."""
        kept = ~columns[self.columns]
        starts = np.concatenate([np.zeros(1, np.int32), np.cumsum(kept, dtype=np.int32)])[self.starts]
        return Rows(starts, self.columns[kept], self.values[kept], self.width)

    def dense(self, first: int, last: int) -> Floats:
        """The rows from ``first`` to ``last`` (exclusive) as a dense matrix."""
        block = np.zeros((last - first, self.width), np.float32)
        span = slice(self.starts[first], self.starts[last])
        owners = np.repeat(np.arange(last - first), np.diff(self.starts[first : last + 1]))
        block[owners, self.columns[span]] = self.values[span]
        return block


@dataclass(frozen=True, slots=True)
class Incidence:
    """Which rows have which columns: one bit for each pair, so that looking up some hundred pairs touches little memory."""

    bits: npt.NDArray[np.uint8]  # rows x columns, eight columns a byte, the lowest bit first

    @classmethod
    def of(cls, rows: Rows, owner: Ints) -> Self:
        """Row ``owner[i]``, ascending and each at least once, has every column of row ``i`` of ``rows``."""
        bits = np.zeros((int(owner[-1]) + 1, -(-rows.width // 8)), np.uint8)
        starts = rows.starts[np.searchsorted(owner, np.arange(len(bits) + 1))].tolist()
        there = np.zeros(rows.width, np.bool_)
        for number, (first, last) in enumerate(pairwise(starts)):
            columns = rows.columns[first:last]
            there[columns] = True
            bits[number] = np.packbits(there, bitorder="little")
            there[columns] = False
        return cls(bits)

    def has(self, rows: Ints, columns: Ints) -> npt.NDArray[np.bool_]:
        """Of each of ``rows``, a row of the result, which of ``columns`` it has."""
        height = self.bits.shape[1]
        eights = self.bits.take((rows * height)[:, None] + (columns >> 3))
        found: npt.NDArray[np.bool_] = (eights >> (columns & 7).astype(np.uint8) & 1).view(np.bool_)
        return found


@dataclass(frozen=True, slots=True)
class Occurrences:
    """How often rows have columns: one sorted array of ``row * width + column``, and the count of each."""

    keys: npt.NDArray[np.int64]
    counts: Ints
    width: int

    @classmethod
    def of(cls, rows: Ints, columns: Ints, width: int) -> Self:
        """Each of ``rows`` has the column beside it; pairs may come more than once."""
        keys = np.sort(rows.astype(np.int64) * width + columns)  # twenty times as fast as numpy's unique
        first = np.ones(len(keys), np.bool_)
        np.not_equal(keys[1:], keys[:-1], out=first[1:])
        places = np.flatnonzero(first)
        return cls(keys[first], np.diff(places, append=len(keys)).astype(np.int32), width)

    def count(self, row: int, columns: Ints) -> Ints:
        """How often ``row`` has each of ``columns``."""
        return values_at(self.keys, self.counts, np.int64(row) * self.width + columns.astype(np.int64))


def values_at(ascending: Whole, values: Ints, asked: Whole) -> Ints:
    """The value beside each of ``asked`` in ``ascending``, 0 where it is not there."""
    result = np.zeros(asked.shape, np.int32)
    if len(ascending):
        places = ascending.searchsorted(asked)
        found = ascending.take(places, mode="clip") == asked
        result[found] = values[places[found]]
    return result
