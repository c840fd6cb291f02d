"""A database in trouble from outside: a damaged page, another program's lock."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.storage import StorageError, Store
from tests.test_storage import SIGNAL, VAULT, signals, statement
from tests.test_storage_opening import refusal


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program writes and does not end."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


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
        with locked(tmp_path / "x.db"), pytest.raises(StorageError) as raised:
            await store.append(statement("a"))
        assert raised.value.passing
        await store.append(statement("a"))

        assert await signals(store) == {"a"}


def holding(folder: Path, words: bytes) -> list[Path]:
    """The files in which these words stand."""
    return [path for path in folder.iterdir() if words in path.read_bytes()]


async def test_compacting_leaves_nothing_of_what_was_deleted(tmp_path: Path) -> None:
    """Neither in the file nor in its log."""
    async with Store.opened(tmp_path / "x.db", VAULT) as store:
        await store.append(statement("Geheimnis-Eins"))
        assert holding(tmp_path, b"Geheimnis-Eins") != []
        async with store.transaction() as tx:
            await tx.run("DELETE FROM signals")
        await store.compact()

        assert holding(tmp_path, b"Geheimnis-Eins") == []


async def test_compacting_beside_a_lock_is_a_passing_error(tmp_path: Path) -> None:
    """Later the same works, and the store does meanwhile."""
    async with Store.opened(tmp_path / "x.db", VAULT, busy_s=0.01) as store:
        with locked(tmp_path / "x.db"):
            with pytest.raises(StorageError) as raised:
                await store.compact()
            assert raised.value.passing
        await store.append(statement("a"))
        await store.compact()

        assert await signals(store) == {"a"}
