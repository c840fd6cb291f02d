"""How much of a question an entry explains, by kind of feature: words, word sequences, letters, concepts, kind of question.

Where an entry has the words of a question but not their sequence, or the words and not what is asked of them, it is more often
a neighbour of the right entry than the right one. The calibration (``knowledge.confidence``) learns how much each kind says.
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
_NONE_ASKED = 0.7  # share of a kind that the question has nothing of: neither good nor bad


class Kinds:
    """The kind of each column of an index; immutable."""

    def __init__(self, names: Sequence[str]) -> None:
        """``names`` of the columns, with the prefix of their kind."""
        number = {prefix: place for place, prefix in enumerate(_KINDS)}
        self._of = np.array([number[name[:2]] for name in names], np.int8)

    def explained(self, columns: Ints, values: Floats, has: npt.NDArray[np.bool_]) -> list[float]:
        """The share of each kind of ``NAMES``, by squared values, that the entry ``has``."""
        kinds = self._of[columns]
        squares = values * values
        asked = np.bincount(kinds, squares, len(_KINDS))
        met = np.bincount(kinds, squares * has, len(_KINDS))
        shares: list[float] = np.where(asked > 0, met / np.maximum(asked, 1e-9), _NONE_ASKED).tolist()
        return shares
