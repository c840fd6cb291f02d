"""What each feature says for each entry, learnt from the FAQ's own phrasings: a multinomial logistic regression.

The features (tens of thousands) are first brought to ``_WIDTH`` columns: the heaviest keep a column of their own, the
others share some by signed hashing (Weinberger et al. 2009). The regression is then solved by a few accelerated Newton-like
steps with one fixed matrix in place of the Hessian (Böhning 1992, with a smaller curvature than his bound and Nesterov's
momentum), which needs nothing but dense products. The same matrix gives, in closed form, what the model would say of a
phrasing that it had not been trained on; the confidence is calibrated on that (``knowledge.confidence``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from knowledge.sparse import Floats, Ints, Rows

_OWN_COLUMN = 1536  # features with a column of their own
_SHARED = 512  # columns shared by all others
_SLOTS = 2  # shared columns of one feature
_MEANING = 0.5  # how much the meaning counts beside the features, both of unit length
_RIDGE = 0.1  # weight of the penalty on the squared coefficients
_CURVATURE = 0.12  # of the softmax; typical p(1 - p) instead of the bound of 1/2
_STEPS = 14
_BLOCK = 512  # rows worked on at once: bounds the memory
_RIVALS = 32  # phrasings of other classes that adapt to the loss of one
_ADAPTING = 5  # steps in which a class adapts to the loss of a phrasing, at most
_SETTLED = 1e-3  # logits: Newton's next step would be the square of that
_SEED = 60  # of the hashing: the same features always share the same columns

LARGEST = 12_000  # phrasings; beyond that training takes minutes and the index ranks without a head


@dataclass(frozen=True, slots=True)
class Projection:
    """From features to the columns the regression works on."""

    slots: Ints  # features x _SLOTS: columns of a feature
    signs: Floats  # features x _SLOTS: its weight there
    width: int

    @classmethod
    def of(cls, rows: Rows) -> Self:
        """The projection that keeps the features with most weight in ``rows`` apart."""
        mass = np.bincount(rows.columns, rows.values**2, rows.width)
        order = np.argsort(-mass, kind="stable")
        chance = np.random.default_rng(_SEED)
        slots = np.zeros((rows.width, _SLOTS), np.int32)
        signs = np.zeros((rows.width, _SLOTS), np.float32)
        own = min(_OWN_COLUMN if rows.width > _OWN_COLUMN + _SHARED else rows.width, rows.width)
        slots[order[:own], 0] = np.arange(own)
        signs[order[:own], 0] = 1
        shared = order[own:]
        slots[shared] = own + chance.integers(0, _SHARED, (len(shared), _SLOTS))
        signs[shared] = chance.choice((-1.0, 1.0), (len(shared), _SLOTS)) / np.sqrt(_SLOTS)
        return cls(slots, signs, own + (_SHARED if len(shared) else 0))

    def dense(self, rows: Rows, beside: Floats) -> Floats:
        """All rows in the projected columns, with the columns ``beside`` behind them."""
        found = np.zeros((len(rows), self.width + beside.shape[1]), np.float32)
        found[:, self.width :] = beside
        for first in range(0, len(rows), _BLOCK):
            last = min(first + _BLOCK, len(rows))
            span = slice(rows.starts[first], rows.starts[last])
            owners = np.repeat(np.arange(last - first), np.diff(rows.starts[first : last + 1]))
            places = owners[:, None] * self.width + self.slots[rows.columns[span]]
            values = rows.values[span, None] * self.signs[rows.columns[span]]
            summed = np.bincount(places.ravel(), values.ravel(), (last - first) * self.width)
            found[first:last, : self.width] = summed.reshape(last - first, self.width)
        return found


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What the model says of its own phrasings when they are left out of the training, by closed form."""

    phrasing: Floats  # phrasings x entries: only this phrasing left out
    entry: Floats  # phrasings x entries: all phrasings of its entry left out


@dataclass(frozen=True, slots=True)
class Head:
    """The learnt weights: projected columns, then those of the meaning, x entries."""

    projection: Projection
    weights: Floats

    def logits(self, columns: Ints, values: Floats, meaning: Floats) -> Floats:
        """How much a text of these features and this meaning speaks for each entry."""
        slots = self.projection.slots.take(columns, axis=0).ravel()
        weights = (values[:, None] * self.projection.signs.take(columns, axis=0)).ravel()
        used = weights.nonzero()[0]
        said = weights.take(used) @ self.weights.take(slots.take(used), axis=0)
        said += (np.float32(_MEANING) * meaning) @ self.weights[self.projection.width :]
        return np.asarray(said, np.float32)

    def shares(self, columns: Ints, values: Floats, entries: Ints) -> Floats:
        """What each of these features adds to the logits of ``entries``; features x entries."""
        weights = values[:, None] * self.projection.signs[columns]
        slots = self.projection.slots[columns]
        return np.asarray((weights[:, :, None] * self.weights[slots[:, :, None], entries]).sum(1), np.float32)


def train(rows: Rows, meaning: Floats, owner: Ints, entries: int) -> tuple[Head, LeftOut]:
    """The head for ``rows`` that belong to the entries ``owner``; entries count alike, however many phrasings they have.

    ``meaning``: what each row means, a unit vector.
    """
    projection = Projection.of(rows)
    inputs = projection.dense(rows, np.float32(_MEANING) * meaning)
    share = (len(owner) / (entries * np.bincount(owner, minlength=entries)[owner])).astype(np.float32)
    target = np.zeros((len(owner), entries), np.float32)
    target[np.arange(len(owner)), owner] = 1
    curvature = np.zeros((inputs.shape[1], inputs.shape[1]), np.float32)
    for first in range(0, len(owner), _BLOCK):
        scaled = np.sqrt(np.float32(_CURVATURE) * share[first : first + _BLOCK, None])
        scaled = scaled * inputs[first : first + _BLOCK]
        curvature += scaled.T @ scaled  # of a matrix with itself: half the work
    curvature[np.diag_indices_from(curvature)] += _RIDGE
    _invert(curvature)
    inverse = curvature
    weights = np.zeros((inputs.shape[1], entries), np.float32)
    ahead, momentum = weights, 1.0
    for _ in range(_STEPS):
        error = share[:, None] * (target - softmax(inputs @ ahead))
        stepped = ahead + inverse @ (inputs.T @ error - _RIDGE * ahead)
        following = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
        ahead = stepped + np.float32((momentum - 1) / following) * (stepped - weights)
        weights, momentum = stepped, following
    return Head(projection, weights), _left_out(inputs, inverse, weights, target, share, owner)


def _invert(matrix: Floats) -> None:
    """Replace a symmetric positive definite matrix by its inverse, block by block: numpy's own takes four times its memory."""
    size = len(matrix)
    if size <= _BLOCK:
        matrix[:] = np.linalg.inv(matrix)
        return
    half = size // 2
    first, across, second = matrix[:half, :half], matrix[:half, half:], matrix[half:, half:]
    _invert(first)
    pulled = first @ across
    second -= across.T @ pulled
    _invert(second)
    across[:] = pulled @ -second
    matrix[half:, :half] = across.T
    for row in range(0, half, _BLOCK):
        first[row : row + _BLOCK] -= across[row : row + _BLOCK] @ pulled.T


def softmax(logits: Floats) -> Floats:
    """Probabilities along the last axis."""
    raised = np.exp(logits - logits.max(-1, keepdims=True))
    raised /= raised.sum(-1, keepdims=True)
    return np.asarray(raised, np.float32)


def _left_out(
    inputs: Floats, inverse: Floats, weights: Floats, target: Floats, share: Floats, owner: Ints
) -> LeftOut:
    """How the logits change when training loses a phrasing, or all of an entry.

    Every class that is not the phrasing's own takes one Newton step with the fixed matrix, by the
    Sherman-Morrison-Woodbury identity. That matrix knows too little of the few phrasings that hold up their own class: there
    the small problem of these phrasings and their nearest rivals is solved again without the one left out.
    """
    logits = inputs @ weights
    chance = softmax(logits)
    error = share[:, None] * (target - chance)
    phrasing, entry = logits.copy(), logits.copy()
    for number, block in _blocks(inputs, inverse, owner):
        members: npt.NDArray[np.intp] = np.flatnonzero(owner == number)
        own = np.diagonal(block)
        loss = own / np.maximum(1 - _CURVATURE * share[members] * own, 0.05)
        phrasing[members] -= loss[:, None] * error[members]
        system = np.eye(len(members), dtype=np.float32) - _CURVATURE * block * share[members]
        entry[members] -= block @ np.linalg.solve(system.T, error[members])
        rivals = np.argsort(-np.where(owner == number, 0, share * chance[:, number]), kind="stable")[:_RIVALS]
        around = np.concatenate([members, rivals[owner[rivals] != number]])
        phrasing[members, number] = _own_logits(
            inputs[around] @ inputs[around].T,
            logits[around, number],
            chance[around, number],
            share[around] / _RIDGE,
            len(members),
        )
    return LeftOut(phrasing, entry)


def _blocks(inputs: Floats, inverse: Floats, owner: Ints) -> Iterator[tuple[int, Floats]]:
    """Each class and the product of its rows with one another, by way of the matrix ``inverse``; rows are sorted by class.

    Several classes go through that matrix at once: reading it for each takes longer than multiplying.
    """
    starts = np.searchsorted(owner, np.arange(int(owner[-1]) + 2))
    first = 0
    while first < len(starts) - 1:
        last = max(int(np.searchsorted(starts, starts[first] + _BLOCK, "right")) - 1, first + 1)
        through = inputs[starts[first] : starts[last]] @ inverse
        for number in range(first, last):
            rows = slice(starts[number], starts[number + 1])
            own = through[rows.start - starts[first] : rows.stop - starts[first]]
            yield number, np.asarray(own @ inputs[rows].T, np.float32)
        first = last


def _own_logits(products: Floats, logits: Floats, chance: Floats, scale: Floats, members: int) -> Floats:
    """The logit of each phrasing for its own class when it is left out, the phrasings around it adapting.

    The first ``members`` rows are the class's own phrasings, the others those of other classes that it is most often taken
    for. ``products``: inner products; ``logits`` and ``chance``: what the trained model says of each for this class; the
    other classes stay as they are. Newton's method on one small system a phrasing, all at once.
    """
    size = len(logits)
    chance = np.clip(chance, 1e-6, 1 - 1e-6)
    rest = logits - np.log(chance / (1 - chance))  # the other classes together, as one logit
    target = (np.arange(size) < members).astype(np.float32)
    without = 1 - np.eye(members, size, dtype=np.float32)  # row: the phrasing left out; column: who adapts
    base = logits - products @ (scale * (target - chance))
    found = np.tile(logits, (members, 1))
    for _ in range(_ADAPTING):
        now = 1 / (1 + np.exp(np.clip(rest - found, -30, 30)))
        slope = np.eye(size) + products * (scale * now * (1 - now) * without)[:, None, :]
        pull = (scale * (target - now) * without) @ products
        step = np.linalg.solve(slope, (found - base - pull)[..., None])[..., 0]
        found = found - step
        if np.abs(np.diagonal(step)).max() < _SETTLED:
            break
    return np.asarray(np.diagonal(found), np.float32)
