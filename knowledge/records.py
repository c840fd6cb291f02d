"""Immutable values as JSON and back: what was once read from YAML and checked is read again twenty times as fast.

A value is written as the list of its fields, so only the type says what it is; a reader is made from the type hints of a
class. No pickle: what is read can never run code. A sum over the bytes tells a damaged file from a whole one.
"""

import dataclasses
import json
import typing
import zlib
from collections.abc import Callable, Hashable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, time
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar

_T = TypeVar("_T")

_Read = Callable[[Any], Any]
_SUM = 4  # bytes
_PLAIN = (str, int, float, bool, NoneType)


def dump(value: object) -> bytes:
    """``value`` (dataclasses, tuples, frozensets, mappings, dates, enums, texts and numbers) as bytes."""
    text = json.dumps(_packed(value), ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )
    return zlib.crc32(text).to_bytes(_SUM, "big") + text


def restore(type_: type[_T], data: bytes) -> _T:
    """What :func:`dump` made of a value of this type; raises ``ValueError`` for anything else."""
    text = data[_SUM:]
    if zlib.crc32(text).to_bytes(_SUM, "big") != data[:_SUM]:
        message = f"no dump of {type_.__name__}, or damaged"
        raise ValueError(message)
    value = json.loads(text.decode("utf-8", "surrogatepass"))
    try:
        read: _T = _reader(typing.cast("Hashable", type_))(value)
    except (TypeError, KeyError, AttributeError) as error:
        message = f"dumped by another {type_.__name__}"
        raise ValueError(message) from error
    return read


def _packed(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case date() | time():
            return value.isoformat()
        case tuple() | list():
            return [_packed(item) for item in value]
        case Mapping():
            return [[_packed(key), _packed(item)] for key, item in value.items()]
        case AbstractSet():
            return sorted(_packed(item) for item in value)
        case _ if dataclasses.is_dataclass(value):
            return [_packed(getattr(value, field.name)) for field in dataclasses.fields(value)]
        case _:
            return value


@cache
def _reader(hint: Hashable) -> _Read:
    """What makes a value of the type ``hint`` of its JSON."""
    hint = getattr(hint, "__supertype__", hint)  # a NewType is what it is made of
    if hint in _PLAIN:
        return _same
    if dataclasses.is_dataclass(hint):
        return _record(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    if isinstance(hint, type) and issubclass(hint, date | time):
        return hint.fromisoformat
    return _container(hint)


def _record(type_: Any) -> _Read:
    hints = typing.get_type_hints(type_)
    readers = [_reader(hints[field.name]) for field in dataclasses.fields(type_)]

    def read(row: list[Any]) -> Any:
        return type_(*(part(item) for part, item in zip(readers, row, strict=True)))

    return read


def _container(hint: Any) -> _Read:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in {typing.Union, UnionType}:
        (part,) = (_reader(one) for one in inner if one is not NoneType)
        return lambda item: None if item is None else part(item)
    if origin is typing.Literal:
        return _same
    if origin is tuple and inner[-1] is not Ellipsis:
        parts = [_reader(one) for one in inner]
        return lambda row: tuple(part(item) for part, item in zip(parts, row, strict=True))
    if origin in {tuple, frozenset}:
        part = _reader(inner[0])
        return origin if part is _same else lambda row: origin(map(part, row))
    if origin is not None and issubclass(origin, Mapping):
        key, value = map(_reader, inner)
        return lambda rows: {key(one): value(other) for one, other in rows}
    message = f"no reader for {hint}"
    raise TypeError(message)


def _same(value: Any) -> Any:
    return value
