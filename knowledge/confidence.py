"""How sure is "sure": a probability learnt from the knowledge itself, and the three bands made of it.

Nobody has labelled questions for a new FAQ. But the FAQ can be asked about itself: leave a phrasing out and see whether it
still finds its entry; leave an entry out and its phrasings are questions that nothing answers; and some questions are
foreign to every FAQ. Two logistic regressions on a few readable features of the search tell these apart: how probable it is
that the best entry is the right one, which decides on an answer, and that one of the first three is, which decides whether
the question is about the FAQ at all. From which probability to answer is learnt, too: where few enough phrasings would be
answered wrongly.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Literal, Self

import numpy as np
import numpy.typing as npt

from knowledge.entry import EntryId
from knowledge.head import LeftOut, softmax
from knowledge.ranker import FEATURES, SHARPNESS, Itself, Ranker, evenly
from knowledge.ranking import Ranking
from knowledge.sparse import Floats, Ints

Doubles = npt.NDArray[np.float64]

Band = Literal["answer", "choice", "none"]

# Mix of questions that the probability is meant for: answered by the FAQ, near it, far from it.
_IN_SCOPE, _NEAR, _FAR = 0.7, 0.2, 0.1
_MOST_IN_SCOPE, _MOST_NEAR = 2000, 800  # phrasings asked
_AMONG = 3  # entries of a choice
_WRONG = 0.02  # share of phrasings, left out, that may be answered at once with another entry than their own
_NEAR_ANSWERED = 0.11  # share of phrasings that may be answered at once when their whole entry is left out
_LEAST_SURE, _MOST_SURE = 0.65, 0.95  # the probability from which to answer lies between these
_PRIOR = 20.0  # how many questions' worth the weights below count against those learnt
_NEWTON_STEPS = 12
_LEARNS = 400  # phrasings from which a FAQ tells by itself where to answer; fewer hold too few that go astray
# A best entry that has less than this share of the question's features is right in 1 of 50 of the questions that have an answer, and
# wrong in 3 of 5 that are foreign to the FAQ.
_EXPLAINED, _HARDLY = FEATURES.index("erklärte Merkmale"), 0.2
# Where the features usually lie, how far they spread, and the weights learnt on average of three German FAQs. A small FAQ
# tells little about itself and stays near them.
_TYPICAL = np.array([
    1.9, 3.4, 8.4, 0.47, 0.23, 0.12, 0.81, 0.56, 0.58, 0.38, 2.0,
    0.68, 0.51, 0.62, 0.74, 0.75, 0.75, 0.7, 0.25, 1.3,
])  # fmt: skip
_SPREAD = np.array([
    3.2, 3.1, 4.3, 0.23, 0.16, 0.21, 0.25, 0.3, 0.29, 0.47, 0.4,
    0.29, 0.36, 0.28, 0.3, 0.3, 0.16, 0.32, 0.34, 0.4,
])  # fmt: skip
_TYPICAL_WEIGHTS = np.array(
    [0.7, 0.4, 0.7, -0.1, 0.1, 0.1, 0, -0.1, 0.3, 0, 0, -0.3, 0.3, 0.4, 0, 0.1, 0, 0.1, -0.1, 0.3, 0.1]
)
_TYPICAL_AMONG = np.array(
    [0.6, 0, 0.9, 0, 0.1, -0.1, -0.1, -0.1, 0.3, -0.1, 0, -0.2, 0.2, 0.3, 0, 0.1, -0.1, 0.1, -0.2, 0.3, 0.4]
)
_CLOSE = 2  # phrasings of one entry that find another, from which the two are called confusable


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities, 0 to 1, from which a ranking is answered or offered.

    ``answer``: that the best entry is right; a FAQ learns its own (``Calibration``). ``choice``: that one of the first three
    is. ``margin``: a second entry whose confidence comes this near keeps the answer a choice. ``explained``: share of the
    question's features, 0 to 1, that an entry must have to be an answer. They were chosen on the development part of a German
    data set and on phrasings left out (docs/decisions/0007-understanding.md): a choice that does not fit costs a tap, a person
    who is not needed costs a day.
    """

    answer: float = 0.82
    choice: float = 0.15
    margin: float = 0.3
    explained: float = 0.4


@dataclass(frozen=True, slots=True)
class Calibration:
    """Two logistic regressions on the features of a search.

    ``weights``: for the best entry and for the first ``_AMONG``, each in units of ``_SPREAD``, then the constant.
    ``answer``: the probability from which to answer.
    """

    weights: Floats
    answer: float

    @classmethod
    def typical(cls) -> Self:
        """What a FAQ too small to learn from keeps to."""
        return cls(np.stack([_TYPICAL_WEIGHTS, _TYPICAL_AMONG]).astype(np.float32), Thresholds().answer)

    def probabilities(self, features: Floats) -> tuple[float, float]:
        """The probability that the best entry is right, and that one of the first three is.

        Both are small where the best entry hardly explains the question.
        """
        best, among = (self.weights[:, :-1] @ _spread(features) + self.weights[:, -1]).tolist()
        hardly = min(float(features[_EXPLAINED]) / _HARDLY, 1.0)
        return _chance(best) * hardly, _chance(among) * hardly


@dataclass(frozen=True, slots=True)
class Confusable:
    """Two entries whose phrasings find each other; ``phrasings`` are those that went astray when left out."""

    first: EntryId
    second: EntryId
    phrasings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Astray:
    """A phrasing (or title) that, left out, finds another entry than its own; ``chance``: how surely, 0 to 1."""

    entry: EntryId
    phrasing: str
    found: EntryId
    chance: float


@dataclass(frozen=True, slots=True)
class Report:
    """What the FAQ's questions about itself showed; for the lint and the editors."""

    accuracy: float = 0.0  # share of phrasings that find their entry when left out
    error: float = 0.0  # expected calibration error on the questions it was learnt from, 0 to 1
    confusable: tuple[Confusable, ...] = ()  # most phrasings first
    astray: tuple[Astray, ...] = field(default=())  # in the order of the FAQ


def band(ranking: Ranking, thresholds: Thresholds | None = None) -> Band:
    """Answer at once, ask "Meinten Sie?", or hand over."""
    limits = thresholds or Thresholds()
    if ranking.exact:
        return "answer"
    if not ranking.ranked or ranking.among < limits.choice:
        return "none"
    best = ranking.ranked[0].confidence
    close = len(ranking.ranked) > 1 and best - ranking.ranked[1].confidence < limits.margin
    explained = ranking.features.get(FEATURES[_EXPLAINED], 1.0) >= limits.explained
    return "answer" if explained and not close and best >= limits.answer else "choice"


def calibrate(ranker: Ranker, itself: Itself) -> tuple[Calibration, float]:
    """The calibration learnt by asking the FAQ about itself, and its expected calibration error there."""
    asked = _ask(ranker, itself)
    inputs = _standard(asked.features)
    weights = np.stack(
        [
            _fitted(inputs, asked.right, asked.weight, _TYPICAL_WEIGHTS),
            _fitted(inputs, asked.among, asked.weight, _TYPICAL_AMONG),
        ]
    ).astype(np.float32)
    found = Calibration(weights, Thresholds().answer)
    chances = np.array([found.probabilities(features)[0] for features in asked.features])
    if len(itself.queries) >= _LEARNS:
        found = replace(found, answer=_sure_from(chances, asked))
    return found, calibration_error(chances, asked.right, asked.weight)


def _fitted(inputs: Doubles, right: Doubles, weight: Doubles, start: Doubles) -> Doubles:
    """The weights of a logistic regression that stay near ``start`` where there is little to learn from."""
    weights = start
    for _ in range(_NEWTON_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(inputs @ weights, -30, 30)))
        slope = inputs.T @ (weight * (right - chance)) - _PRIOR * (weights - start)
        bend = (inputs * (weight * chance * (1 - chance))[:, None]).T @ inputs + _PRIOR * np.eye(len(weights))
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def _sure_from(chances: Doubles, asked: "_Asked") -> float:
    """The least probability from which few enough questions without their phrasing or entry would be answered wrongly."""
    inside, near = chances[: asked.inside], chances[asked.inside : asked.inside + asked.near]
    wrong = inside[asked.right[: asked.inside] == 0]
    limit = max(_passed_by(wrong, _WRONG * len(inside)), _passed_by(near, _NEAR_ANSWERED * len(near)))
    return min(max(limit, _LEAST_SURE), _MOST_SURE)


def _passed_by(chances: Doubles, most: float) -> float:
    """The probability that at most ``most`` of ``chances`` are above."""
    falling = np.sort(chances)[::-1]
    return float(falling[int(most)]) if int(most) < len(falling) else 0.0


def report(
    texts: Sequence[str], owner: Ints, ids: Sequence[EntryId], left_out: LeftOut | None, error: float
) -> Report:
    """Which phrasings, left out, find another entry; nothing when the index has no head that could tell."""
    if left_out is None:
        return Report(error=error)
    best = left_out.phrasing.argmax(1)
    chance = softmax(SHARPNESS * left_out.phrasing)
    wrong = np.flatnonzero(best != owner).tolist()
    astray = tuple(
        Astray(ids[owner[row]], texts[row], ids[best[row]], float(chance[row, best[row]])) for row in wrong
    )
    pairs: dict[tuple[int, int], list[str]] = {}
    for row in wrong:
        first, second = sorted((int(owner[row]), int(best[row])))
        pairs.setdefault((first, second), []).append(texts[row])
    confusable = [
        Confusable(ids[first], ids[second], tuple(found))
        for (first, second), found in pairs.items()
        if len(found) >= _CLOSE
    ]
    confusable.sort(key=lambda pair: -len(pair.phrasings))
    return Report(1 - len(wrong) / len(owner), error, tuple(confusable), astray)


def calibration_error(chance: Doubles, right: Doubles, weight: Doubles, bins: int = 10) -> float:
    """The expected calibration error (Naeini et al. 2015): mean distance of what was said from what was true, 0 to 1."""
    place = np.minimum((chance * bins).astype(np.int64), bins - 1)
    said = np.bincount(place, weight * chance, bins)
    true = np.bincount(place, weight * right, bins)
    return float(np.abs(said - true).sum() / weight.sum())


@cache
def far_questions() -> tuple[str, ...]:
    """Everyday questions, and some of businesses and their offices, that no FAQ about employment answers."""
    return tuple(files("knowledge").joinpath("far_questions.txt").read_text("utf-8").splitlines())


@dataclass(frozen=True, slots=True)
class _Asked:
    """What many questions showed: ``inside`` phrasings left out, ``near`` whose entry was left out, foreign ones."""

    features: Floats
    right: Doubles  # 1 where the best entry is the right one
    among: Doubles  # 1 where one of the first three is
    weight: Doubles  # how much each question counts
    inside: int
    near: int


def _ask(ranker: Ranker, itself: Itself) -> _Asked:
    """The FAQ asked about itself and about what is foreign to it."""
    owner, queries, left_out = ranker.owner, itself.queries, itself.left_out
    asked: list[Floats] = []
    right: list[bool] = []
    among: list[bool] = []
    in_scope = evenly(len(queries), _MOST_IN_SCOPE)
    for row in in_scope:
        logits = None if left_out is None else left_out.phrasing[row]
        absent = ranker.without_phrasing(row)
        seen = ranker.observe(queries[row], logits, absent=absent, signs=itself.signs.get(row))
        asked.append(ranker.features(queries[row], seen, absent=absent))
        right.append(bool(seen.order[0] == owner[row]))
        among.append(bool((seen.order[:_AMONG] == owner[row]).any()))
    near = evenly(len(queries), _MOST_NEAR) if owner[-1] else ()
    without = cache(ranker.without_entry)
    for row in near:
        entry = int(owner[row])
        logits = None if left_out is None else left_out.entry[row]
        absent = without(entry)
        seen = ranker.observe(queries[row], logits, absent=absent)
        asked.append(ranker.features(queries[row], seen, absent=absent))
    for text in far_questions():
        query = ranker.query(ranker.reader.read(text, repair=True))
        asked.append(ranker.features(query, ranker.observe(query, ranker.logits(query))))
    far = len(asked) - len(in_scope) - len(near)
    weight = np.repeat(
        [_IN_SCOPE / len(in_scope), _NEAR / max(len(near), 1), _FAR / far], [len(in_scope), len(near), far]
    )
    outside = [False] * (len(near) + far)
    return _Asked(
        np.array(asked, np.float32),
        np.array([*right, *outside], np.float64),
        np.array([*among, *outside], np.float64),
        weight * len(asked),
        len(in_scope),
        len(near),
    )


def _chance(logit: float) -> float:
    return 1 / (1 + math.exp(-min(max(logit, -30.0), 30.0)))


def _standard(features: Floats) -> Doubles:
    """Features in units of their spread, and a constant 1."""
    scaled = _spread(features)
    return np.concatenate([scaled, np.ones((*scaled.shape[:-1], 1))], axis=-1)


def _spread(features: Floats) -> Doubles:
    """Features in units of their spread."""
    return np.asarray((features - _TYPICAL) / _SPREAD, np.float64)
