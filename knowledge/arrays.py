"""Plain arrays as bytes and back without a copy: what is read from a mapped file stays there until it is looked at.

A head in JSON names the arrays; the numbers lie behind it as they are in memory, for a machine of the same byte order. A sum
over everything tells a damaged file from a whole one.
"""

import json
import math
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

_MAGIC = b"lotsenbot arrays 1\n"
_START = len(_MAGIC) + 8  # the sum and the length of the head
_ALIGNED = 64  # bytes: what every type and every processor is content with

Array = npt.NDArray[Any]


def pack(arrays: Mapping[str, Array]) -> bytes:
    """The arrays of numbers or truth values by name, as :func:`unpack` takes them."""
    head, pieces, end = {}, [], 0
    for name, array in arrays.items():
        start = -(-end // _ALIGNED) * _ALIGNED
        head[name] = [array.dtype.str, array.shape, start]
        pieces += [bytes(start - end), array.tobytes()]
        end = start + array.nbytes
    text = json.dumps(head).encode()
    text += b" " * (-(_START + len(text)) % _ALIGNED)
    body = b"".join([len(text).to_bytes(4, "big"), text, *pieces])
    return _MAGIC + zlib.crc32(body).to_bytes(4, "big") + body


def unpack(data: bytes | memoryview) -> dict[str, Array]:
    """The arrays in ``data``, which they only look at: nobody can change them. Raises ``ValueError`` for anything else."""
    view = memoryview(data)
    checksum = int.from_bytes(view[len(_MAGIC) : len(_MAGIC) + 4], "big")
    if len(view) < _START or view[: len(_MAGIC)] != _MAGIC or zlib.crc32(view[len(_MAGIC) + 4 :]) != checksum:
        message = "no arrays, or damaged"
        raise ValueError(message)
    length = int.from_bytes(view[_START - 4 : _START], "big")
    head = json.loads(bytes(view[_START : _START + length]))
    body = view[_START + length :]
    return {
        name: np.frombuffer(body, dtype, math.prod(shape), start).reshape(shape)
        if math.prod(shape)
        else np.zeros(shape, dtype)
        for name, (dtype, shape, start) in head.items()
    }
