"""The best few entries put in order once more: which of them explains most of the question, kind by kind.

The head (``knowledge.head``) adds up what each feature says for an entry. That an entry knows nearly all of a question, its
word sequences and synonyms too, says something beside the sum. How much is learnt from phrasings left out: a conditional
logit on the shares of ``knowledge.explained``, added to what the head says.
"""

import numpy as np
import numpy.typing as npt

from knowledge.explained import SIGNS
from knowledge.sparse import Floats

CANDIDATES = 6  # entries that are looked at once more
QUESTIONS = 2000  # phrasings that are asked, at most
# The weights of ``SIGNS`` on average of three German FAQs; a small FAQ stays near them.
TYPICAL = np.array([-0.4, 0.5, 0.8, 0.2, 0.3, 0.3, 0.1, 0.4], np.float32)
_PRIOR = 3.0  # how strongly
_NEWTON_STEPS = 12


def learn(raised: Floats, signs: Floats, right: npt.NDArray[np.bool_]) -> Floats:
    """The weights of ``SIGNS``.

    ``raised``: what the head says of the candidates of each question; ``signs``: their shares, questions x candidates x
    ``SIGNS``; ``right``: which candidate is the right one. Questions without a right candidate teach nothing.
    """
    told = right.any(axis=1)
    offset, inputs, target = raised[told].astype(np.float64), signs[told].astype(np.float64), right[told]
    start = TYPICAL.astype(np.float64)
    weights = start
    for _ in range(_NEWTON_STEPS if len(inputs) else 0):
        logits = offset + inputs @ weights
        chance = np.exp(logits - logits.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        slope = np.einsum("qc,qcs->s", target - chance, inputs) - _PRIOR * (weights - start)
        mean = np.einsum("qc,qcs->qs", chance, inputs)
        bend = (chance[..., None] * inputs).reshape(-1, len(SIGNS)).T @ inputs.reshape(-1, len(SIGNS))
        bend += _PRIOR * np.eye(len(SIGNS)) - mean.T @ mean
        weights = weights + np.linalg.solve(bend, slope)
    return weights.astype(np.float32)
