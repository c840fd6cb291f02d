"""The best few entries in order once more: what is learnt, and from how little nothing is."""

import numpy as np

from knowledge import rerank
from knowledge.explained import SIGNS


def test_without_questions_the_typical_weights_stay() -> None:
    """A question whose right entry is no candidate teaches nothing either."""
    raised, signs = np.zeros((1, 2), np.float32), np.ones((1, 2, len(SIGNS)), np.float32)

    learnt = rerank.learn(raised, signs, np.array([[False, False]]))

    assert np.allclose(learnt, rerank.TYPICAL)


def test_the_sign_that_tells_entries_apart_gains_weight() -> None:
    """Where the right entry always explains the word sequences and the other does not, they count for more."""
    sequences = SIGNS.index("erklärte Wortfolgen")
    raised = np.zeros((200, 2), np.float32)
    signs = np.full((200, 2, len(SIGNS)), 0.5, np.float32)
    signs[:, 0, sequences] = 1
    right = np.tile([True, False], (200, 1))

    learnt = rerank.learn(raised, signs, right)

    assert learnt[sequences] > rerank.TYPICAL[sequences] + 1
    others = np.arange(len(SIGNS)) != sequences
    assert np.allclose(learnt[others], rerank.TYPICAL[others], atol=0.01)
