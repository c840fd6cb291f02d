"""Opening and closing the database: what is refused, in one German sentence, and nothing is left behind."""

import asyncio
import sqlite3
import threading
from contextlib import closing, suppress
from pathlib import Path

import pytest

from bot import storage
from bot.secrets import Vault
from bot.storage import StorageError, Store
from tests.test_storage import VAULT, signals, statement


async def refusal(path: Path, vault: Vault = VAULT) -> str:
    """The sentence with which the database cannot be opened."""
    with pytest.raises(StorageError) as raised:
        async with Store.opened(path, vault):
            pass
    return str(raised.value)


async def test_everything_is_there_after_opening_again(tmp_path: Path) -> None:
    """Migrations run once; the file is encrypted where it must be and durable."""
    async with Store.opened(tmp_path / "new" / "x.db", VAULT) as store:
        await store.append(statement("a"))
        assert await store.read.one("PRAGMA synchronous") is not None
        row = await store.read.one("PRAGMA journal_mode")
        assert row is not None
        assert row["journal_mode"] == "wal"
    async with Store.opened(tmp_path / "new" / "x.db", VAULT) as store:
        assert await signals(store) == {"a"}
        row = await store.read.one("SELECT COUNT(*) AS n, MAX(number) AS last FROM migrations")
        assert row is not None
        assert row["n"] == row["last"] == len(storage._migrations())


async def test_another_key_is_refused(tmp_path: Path) -> None:
    """Before anything is written that the old key cannot read."""
    async with Store.opened(tmp_path / "x.db", VAULT):
        pass

    assert "DATA_KEY passt nicht" in await refusal(tmp_path / "x.db", Vault(b"x" * 32))


async def test_whether_a_key_fits_can_be_asked(tmp_path: Path) -> None:
    """By programs that read the database while the bot may run."""
    async with Store.opened(tmp_path / "x.db", VAULT):
        pass
    with closing(sqlite3.connect(tmp_path / "x.db")) as connection:
        assert storage.key_fits(connection, VAULT)
        assert not storage.key_fits(connection, Vault(b"x" * 32))


async def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    """An older program does not touch what a newer one has made."""
    async with Store.opened(tmp_path / "x.db", VAULT) as store, store.transaction() as tx:
        await tx.run("INSERT INTO migrations (number, name) VALUES (9999, 'later')")

    assert "neueren Version (Schritt 9999)" in await refusal(tmp_path / "x.db")


async def test_rubbish_is_not_overwritten(tmp_path: Path) -> None:
    """A file that is no database, and one that is damaged: said, and left as it is."""
    (tmp_path / "x.db").write_bytes(b"rubbish" * 1000)

    assert "beschädigt" in await refusal(tmp_path / "x.db")
    assert (tmp_path / "x.db").read_bytes() == b"rubbish" * 1000


async def test_a_locked_database_is_explained(tmp_path: Path) -> None:
    """Another program holds it."""
    async with Store.opened(tmp_path / "x.db", VAULT):
        pass
    other = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    try:
        other.execute("PRAGMA journal_mode=DELETE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageError, match=r"gesperrt\. Läuft der Bot schon"):
            async with Store.opened(tmp_path / "x.db", VAULT, busy_s=0.01):
                pass
    finally:
        other.close()


async def test_a_folder_that_is_a_file_is_explained(tmp_path: Path) -> None:
    """DATA_DIR is named."""
    (tmp_path / "data").touch()

    assert "DATA_DIR prüfen" in await refusal(tmp_path / "data" / "x.db")


async def test_a_database_that_cannot_be_opened_is_explained(tmp_path: Path) -> None:
    """A folder in its place."""
    (tmp_path / "x.db").mkdir()

    assert "nicht beschreibbar" in await refusal(tmp_path / "x.db")


def test_no_thread_is_left_when_opening_fails(tmp_path: Path) -> None:
    """A thread that outlives its event loop fails to report to it, somewhere else and later."""
    (tmp_path / "x.db").mkdir()
    before = set(threading.enumerate())
    for _ in range(50):
        asyncio.run(refusal(tmp_path / "x.db"))
        assert set(threading.enumerate()) == before


async def test_no_thread_is_left_when_closing_is_cancelled(tmp_path: Path) -> None:
    """The program ends while the database closes."""
    before = set(threading.enumerate())
    for steps in range(12):

        async def opens_and_closes() -> None:
            async with Store.opened(tmp_path / "x.db", VAULT):
                pass

        task = asyncio.create_task(opens_and_closes())
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        assert set(threading.enumerate()) == before


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (sqlite3.OperationalError("database or disk is full"), "kein Platz mehr"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "nicht beschreibbar"),
        (sqlite3.OperationalError("disk I/O error"), "Platte und DATA_DIR prüfen"),
        (sqlite3.DatabaseError("database disk image is malformed"), "Sicherung einspielen"),
        (PermissionError(13, "Permission denied"), "kann nicht zugegriffen werden"),
    ],
)
def test_each_trouble_has_its_sentence(error: Exception, sentence: str) -> None:
    """What the operator reads when the database cannot be opened."""
    assert sentence in storage._explain(Path("x.db"), error)


async def test_trouble_of_others_is_not_taken_for_the_databases(tmp_path: Path) -> None:
    """A port in use, raised while the store is open, is not explained as a broken database."""
    with pytest.raises(OSError, match="port in use"):
        async with Store.opened(tmp_path / "x.db", VAULT):
            raise OSError(98, "port in use")


async def test_a_migration_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """Each step and the record of it are one transaction: the next start tries the whole step again."""
    bad = {9998: ("9998_bad.sql", "CREATE TABLE half (x); INSERT INTO gibts_nicht VALUES (1);")}
    async with storage._connected(tmp_path / "x.db", 1.0, storage.in_thread) as connection:
        with pytest.raises(sqlite3.OperationalError):
            await storage._migrate(connection, bad)
    async with storage._connected(tmp_path / "x.db", 1.0, storage.in_thread) as connection:
        tables = [row["name"] for row in await connection.execute_fetchall("SELECT name FROM sqlite_master")]
        assert tables == ["migrations"]
        assert list(await connection.execute_fetchall("SELECT * FROM migrations")) == []
