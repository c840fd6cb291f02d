"""Rows of the database with every column, for tests that look for what must not be in them."""

from collections.abc import Iterable
from typing import Any

from bot.storage import Row


def whole(rows: Iterable[Row]) -> list[tuple[Any, ...]]:
    """The values of each row, whatever its columns are called."""
    return [tuple(row) for row in rows]  # type: ignore[arg-type]  # SQLite's rows are iterable; the program needs names only
