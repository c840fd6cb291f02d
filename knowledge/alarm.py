"""Whether a message sounds like danger, or like what cannot wait: learnt from some 2,400 examples, for what no list names.

The editors' lists (``handover.yaml``) name words, and people in need find others: of messages that nobody had seen before
the lists knew one in three. A multinomial logistic regression on the words, their neighbours, their beginnings and ends,
and on what they mean knows most of the rest. It was fitted once by ``benchmarks/train_alarm.py``; its weights are a text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import exp

import numpy as np

from knowledge.meaning import WIDTH, meanings
from knowledge.message import Message, Word
from knowledge.sparse import Floats

WEIGHTS_FILE = "alarm_weights.tsv"
_LONGEST = 64  # words that are looked at
_PIECE = 5  # letters of the beginning and the end of a word
_OF_WORD, _OF_PIECE, _OF_PAIR = 1.0, 0.7, 0.6  # how much a feature counts
_SURE = 0.4  # probability from which a message is taken for urgent or dangerous


class Sound(StrEnum):
    """What a message sounds like."""

    DANGER = "gefahr"
    URGENT = "dringend"


@dataclass(frozen=True, slots=True)
class Chances:
    """Probabilities, 0 to 1."""

    danger: float
    urgent: float

    @property
    def alarming(self) -> float:
        """Either of the two."""
        return self.danger + self.urgent

    def sound(self) -> Sound | None:
        """The likelier of the two, if one of them is likely enough."""
        if self.alarming < _SURE:
            return None
        return Sound.DANGER if self.danger >= self.urgent else Sound.URGENT


def features(message: Message) -> Iterator[tuple[str, float]]:
    """The named features of a message with their weights; a name may come more than once and counts once."""
    words = message.words[:_LONGEST]
    for word in words:
        yield "w:" + word.stem, _OF_WORD
        if len(word.stem) >= _PIECE:
            yield "p:" + word.stem[:_PIECE], _OF_PIECE
        if len(word.stem) > _PIECE:
            yield "s:" + word.stem[-_PIECE:], _OF_PIECE
    stems = ("^", *(word.stem for word in words), "$")
    for first, second in pairwise(stems):
        yield f"b:{first} {second}", _OF_PAIR


def meaning(words: tuple[Word, ...]) -> Floats:
    """The mean of the unit vectors of the words' meanings; zero when none is known."""
    return meanings().mean(word.form for word in words[:_LONGEST])


@dataclass(frozen=True, slots=True)
class Alarm:
    """The fitted model; immutable."""

    bias: tuple[float, float]
    weights: dict[str, tuple[float, float]]  # of each feature for danger and for urgency, against neither
    meaning: Floats  # WIDTH x 2

    def chances(self, message: Message) -> Chances:
        """How probable it is that ``message`` tells of danger, or of what cannot wait."""
        danger, urgent = self.bias
        for name, value in dict(features(message)).items():
            weight = self.weights.get(name)
            if weight is not None:
                danger += value * weight[0]
                urgent += value * weight[1]
        of_danger, of_urgent = (meaning(message.words) @ self.meaning).tolist()
        raised = (exp(min(danger + of_danger, 30.0)), exp(min(urgent + of_urgent, 30.0)))
        whole = 1 + sum(raised)
        return Chances(raised[0] / whole, raised[1] / whole)


@cache
def alarm() -> Alarm:
    """The model that is shipped."""
    bias = (0.0, 0.0)
    weights: dict[str, tuple[float, float]] = {}
    meant = np.zeros((WIDTH, 2), np.float32)
    for line in files("knowledge").joinpath(WEIGHTS_FILE).read_text("utf-8").splitlines():
        name, danger, urgent = line.split("\t")
        pair = (float(danger), float(urgent))
        kind, _, rest = name.partition(":")
        if kind == "bias":
            bias = pair
        elif kind == "m":
            meant[int(rest)] = pair
        else:
            weights[name] = pair
    return Alarm(bias, weights, meant)
