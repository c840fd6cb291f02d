"""A database in trouble from outside: a damaged page, another program's lock."""

import sqlite3
from pathlib import Path

import pytest

from bot.storage import StorageError, Store
from tests.test_storage import SIGNAL, VAULT, signals, statement
from tests.test_storage_opening import refusal


async def test_a_damaged_page_is_found_at_the_start(tmp_path: Path) -> None:
    """It opens and most of it can be read: nevertheless said, and left as it is."""
    async with Store.opened(tmp_path / "x.db", VAULT) as store, store.transaction() as tx:
        for number in range(2000):
            await tx.run(SIGNAL, f"{number}")
    whole = (tmp_path / "x.db").read_bytes()
    damaged = whole[:-4096] + b"\xa5" * 4096
    (tmp_path / "x.db").write_bytes(damaged)

    assert "beschädigt" in await refusal(tmp_path / "x.db")
    assert (tmp_path / "x.db").read_bytes() == damaged


async def test_a_lock_of_another_program_is_a_passing_error(tmp_path: Path) -> None:
    """While the bot runs, somebody copies the file with a tool that locks it: later the same works."""
    async with Store.opened(tmp_path / "x.db", VAULT, busy_s=0.01) as store:
        other = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StorageError) as raised:
                await store.append(statement("a"))
        finally:
            other.close()
        assert raised.value.passing
        await store.append(statement("a"))

        assert await signals(store) == {"a"}
