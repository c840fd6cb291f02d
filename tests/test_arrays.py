"""Arrays as bytes and back: nothing is lost, nothing can be changed, and what is damaged is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from knowledge.arrays import Array, pack, unpack

shapes = arrays_of.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=6)
types = st.sampled_from([np.float32, np.float64, np.int32, np.int64, np.int8, np.uint8, np.bool_])
arrays = types.flatmap(lambda dtype: arrays_of.arrays(dtype, shapes))
named = st.dictionaries(st.text(max_size=8), arrays, max_size=4)


@given(named)
def test_what_was_packed_comes_back(given_: dict[str, Array]) -> None:
    """Names, types, shapes and every bit; whoever reads them cannot change the file."""
    read = unpack(memoryview(pack(given_)))

    assert list(read) == list(given_)
    for name, array in given_.items():
        assert (read[name].dtype, read[name].shape) == (array.dtype, array.shape)
        assert read[name].tobytes() == array.tobytes()
        assert read[name].size == 0 or not read[name].flags.writeable


@given(named, st.data())
def test_damaged_arrays_are_refused(given_: dict[str, Array], data: st.DataObject) -> None:
    """A changed byte, or bytes that are missing."""
    packed = bytearray(pack(given_))
    place = data.draw(st.integers(0, len(packed) - 1))
    packed[place] ^= data.draw(st.integers(1, 255))

    with pytest.raises(ValueError, match="damaged"):
        unpack(bytes(packed))
    packed[place:] = b""
    with pytest.raises(ValueError, match="damaged"):
        unpack(bytes(packed))
