"""How much of a question an entry explains, by kind of feature: words, word sequences, letters, concepts, kind of question.

Where an entry has the words of a question but not their sequence, or the words and not what is asked of them, it is more often
a neighbour of the right entry than the right one. How much each kind says is learnt: for the order of the best entries by
``knowledge.rerank``, for the confidence by ``knowledge.confidence``.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from knowledge.sparse import Floats, Ints

_KINDS = {
    "w:": "erklärte Wortstämme",
    "b:": "erklärte Wortfolgen",
    "g:": "erklärte Buchstaben",
    "c:": "erklärte Begriffe",
    "f:": "erklärte Wortfelder",
    "s:": "erklärte Synonyme",
    "q:": "erklärte Frageart",
}
NAMES = tuple(_KINDS.values())
SIGNS = (*NAMES, "erklärte Merkmale")  # the last: of the whole question, also of what no entry has
_NONE_ASKED = 0.7  # share of a kind that the question has nothing of: neither good nor bad


class Kinds:
    """The kind of each column of an index; immutable."""

    def __init__(self, names: Sequence[str]) -> None:
        """``names`` of the columns, with the prefix of their kind."""
        number = {prefix: place for place, prefix in enumerate(_KINDS)}
        self._of = np.array([number[name[:2]] for name in names], np.int8)
        self._each = np.eye(len(_KINDS), len(SIGNS), dtype=np.float32)
        self._each[:, -1] = 1  # every feature is one of the whole question

    def explained(self, columns: Ints, values: Floats, has: npt.NDArray[np.bool_]) -> Floats:
        """The ``SIGNS`` of entries: ``has`` tells for each, a row, which of the ``columns`` it has; entries x ``SIGNS``."""
        squares = self._each.take(self._of.take(columns), axis=0)
        squares *= (values * values)[:, None]
        asked = squares.sum(axis=0)
        asked[-1] = 1  # what no entry has is asked as well
        shares = has.astype(np.float32) @ squares
        shares /= np.maximum(asked, np.float32(1e-9))
        shares[:, asked <= 0] = _NONE_ASKED
        return np.asarray(shares, np.float32)
