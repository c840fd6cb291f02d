"""The head's arithmetic."""

import numpy as np
import pytest

from knowledge.head import _invert


@pytest.mark.parametrize("size", [1, 5, 513])
def test_a_matrix_is_inverted_in_its_place(size: int) -> None:
    """Whether it fits one block or needs several."""
    drawn = np.random.default_rng(1).normal(size=(size, size + 50)).astype(np.float32)
    matrix = drawn @ drawn.T / np.float32(size) + np.eye(size, dtype=np.float32)
    inverse = matrix.copy()
    _invert(inverse)
    assert np.abs(inverse @ matrix - np.eye(size)).max() < 1e-4
