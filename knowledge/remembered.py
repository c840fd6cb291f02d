"""What was worked out before, kept in bounds.

``functools.lru_cache`` on a bound method ties an object to itself, so that only the garbage collector frees it; an index
replaced by a reload must be gone at once.
"""

from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Remembered(dict[Key, Value]):
    """A dictionary of at most ``most`` results; when it is full it starts afresh, so rubbish never keeps the usual out."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def keep(self, key: Key, value: Value) -> Value:
        """``value``, remembered under ``key``."""
        if len(self) >= self._most:
            self.clear()
        self[key] = value
        return value
