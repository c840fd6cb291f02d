"""SQLite: all or nothing, durable, usable after a cancellation at any moment; every trouble in one German sentence."""

import asyncio
import sqlite3
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from bot import storage
from bot.secrets import Vault
from bot.storage import Statement, StorageError, Store, Transaction
from tests.full_disk import no_page_more, pages_again

VAULT = Vault(bytes(32))
SIGNAL = "INSERT INTO signals (at, kind, entry, dedupe) VALUES (0, 'k', 'e', ?)"


async def signals(store: Store) -> set[str]:
    """What was committed."""
    return {row["dedupe"] for row in await store.read.all("SELECT dedupe FROM signals")}


# -- transactions ------------------------------------------------------------------------------------------------------


async def test_all_or_nothing(store: Store) -> None:
    """An exception in the block takes back what was written in it."""

    async def fails() -> None:
        async with store.transaction() as tx:
            await tx.run(SIGNAL, "a")
            raise LookupError

    with pytest.raises(LookupError):
        await fails()
    async with store.transaction() as tx:
        assert await tx.run(SIGNAL, "b") == 1

    assert await signals(store) == {"b"}


async def test_readers_see_only_what_was_committed(store: Store) -> None:
    """Inside the transaction its own writes are seen, outside not before the end."""
    async with store.transaction() as tx:
        await tx.run(SIGNAL, "a")
        assert await tx.one("SELECT 1 FROM signals") is not None
        assert await store.read.one("SELECT 1 FROM signals") is None

    assert await store.read.one("SELECT 1 FROM signals") is not None


async def test_readers_see_everything_that_was_committed(store: Store) -> None:
    """However many others read at the same moment: nobody reads from a snapshot that is older than his question."""
    stop = False

    async def reads_all_the_time() -> None:
        while not stop:
            await store.read.one("SELECT number FROM migrations UNION ALL SELECT 7")

    crowd = [asyncio.create_task(reads_all_the_time()) for _ in range(4)]
    try:
        for number in range(50):
            async with store.transaction() as tx:
                await tx.run(SIGNAL, str(number))
            row = await store.read.one("SELECT COUNT(*) AS n FROM signals")
            assert row is not None
            assert row["n"] == number + 1
    finally:
        stop = True
        await asyncio.gather(*crowd)


async def test_writers_queue(store: Store) -> None:
    """Transactions side by side run one after the other; none is lost."""

    async def writes(number: int) -> None:
        async with store.transaction() as tx:
            row = await tx.one("SELECT COUNT(*) AS n FROM signals")
            assert row is not None
            await asyncio.sleep(0)
            await tx.run(SIGNAL, str(row["n"]))

    await asyncio.gather(*(writes(number) for number in range(20)))

    assert await signals(store) == {str(number) for number in range(20)}


@pytest.mark.parametrize("steps", range(12))
async def test_cancelled_at_any_moment(store: Store, steps: int) -> None:
    """A task that is cancelled within a transaction leaves all of it or nothing, and a store that works."""

    async def writes() -> None:
        async with store.transaction() as tx:
            await tx.run(SIGNAL, "a")
            await tx.run(SIGNAL, "b")

    task = asyncio.create_task(writes())
    for _ in range(steps):
        await asyncio.sleep(0)
    task.cancel()
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task

    assert await signals(store) in (set(), {"a", "b"})
    async with store.transaction() as tx:
        await tx.run(SIGNAL, "c")
    assert "c" in await signals(store)


async def test_cancelled_during_each_statement(store: Store) -> None:
    """Cancelled while BEGIN, a statement, COMMIT or even the ROLLBACK runs in the connection's thread."""
    for step in range(5):
        marks = asyncio.Queue[str]()

        async def writes(marks: asyncio.Queue[str] = marks, step: int = step) -> None:
            async with store.transaction() as tx:
                marks.put_nowait("begun")
                await tx.run(SIGNAL, f"{step}")
                marks.put_nowait("written")

        task = asyncio.create_task(writes())
        await asyncio.sleep(0)
        for _ in range(step // 2):
            await marks.get()
        task.cancel()
        if step % 2:
            await asyncio.sleep(0)
            task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        async with store.transaction() as tx:
            await tx.run(SIGNAL, f"after {step}")

        assert f"after {step}" in await signals(store)


async def test_a_broken_statement_is_a_storage_error(store: Store) -> None:
    """Whoever uses the store sees one kind of error, for reading and for writing; the next transaction works."""
    with pytest.raises(StorageError) as raised:
        async with store.transaction() as tx:
            await tx.run("INSERT INTO gibts_nicht VALUES (1)")
    assert not raised.value.passing
    for read in (store.read.one, store.read.all):
        with pytest.raises(StorageError):
            await read("SELECT * FROM gibts_nicht")
    async with store.transaction() as tx:
        await tx.run(SIGNAL, "a")

    assert await signals(store) == {"a"}


async def test_a_full_disk_is_a_passing_error(store: Store) -> None:
    """Nothing of the transaction stays; with space again everything works."""

    async def writes_much() -> None:
        async with store.transaction() as tx:
            for number in range(2000):
                await tx.run(SIGNAL, f"{number} {'x' * 100}")

    await no_page_more(store)
    with pytest.raises(StorageError) as raised:
        await writes_much()
    assert raised.value.passing
    assert await signals(store) == set()
    await pages_again(store)
    async with store.transaction() as tx:
        await tx.run(SIGNAL, "a")

    assert await signals(store) == {"a"}


# -- group commit ------------------------------------------------------------------------------------------------------


def statement(value: str) -> Statement:
    """One signal."""
    return Statement(SIGNAL, (value,))


async def test_what_is_appended_together_is_committed_together(store: Store) -> None:
    """Many callers at one moment, few commits; each returns when its own is durable."""
    await asyncio.gather(*(store.append(statement(f"{n}"), statement(f"{n}+")) for n in range(50)))

    assert len(await signals(store)) == 100


async def test_one_bad_statement_does_not_fail_the_others(store: Store) -> None:
    """Who appended it hears of it; the others at the same moment are written."""
    await store.append(statement("there"))
    outcomes = await asyncio.gather(
        store.append(statement("a")),
        store.append(statement("b"), statement("there")),
        store.append(statement("c")),
        return_exceptions=True,
    )

    assert [type(outcome) for outcome in outcomes] == [type(None), StorageError, type(None)]
    assert await signals(store) == {"there", "a", "c"}


async def test_a_text_that_is_no_unicode_fails_alone(store: Store) -> None:
    """Half a surrogate pair cannot be bound; nobody else suffers from it."""
    outcomes = await asyncio.gather(
        store.append(statement("\ud800")), store.append(statement("a")), return_exceptions=True
    )

    assert isinstance(outcomes[0], UnicodeEncodeError)
    assert await signals(store) == {"a"}


async def test_a_full_disk_fails_all_appended(store: Store) -> None:
    """Everyone is told, nobody waits for ever; later it works again."""
    await no_page_more(store)
    long = [statement(f"{number}{'x' * 5000}") for number in range(20)]
    outcomes = await asyncio.gather(*(store.append(item) for item in long), return_exceptions=True)
    assert all(isinstance(outcome, StorageError) and outcome.passing for outcome in outcomes)
    await pages_again(store)
    await store.append(statement("a"))

    assert await signals(store) == {"a"}


async def test_a_cancelled_caller_harms_nobody(store: Store) -> None:
    """The one who waits no longer is left out or written; the others are written."""
    tasks = [asyncio.create_task(store.append(statement(str(number)))) for number in range(5)]
    await asyncio.sleep(0)
    tasks[2].cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)

    assert isinstance(outcomes[2], asyncio.CancelledError)
    assert await signals(store) >= {"0", "1", "3", "4"}


async def test_a_cancelled_caller_harms_nobody_on_a_full_disk(store: Store) -> None:
    """The same when the commit fails."""
    await no_page_more(store)
    tasks = [asyncio.create_task(store.append(statement(f"{n}{'x' * 50_000}"))) for n in range(3)]
    await asyncio.sleep(0)
    tasks[1].cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)

    assert [type(outcome) for outcome in outcomes] == [StorageError, asyncio.CancelledError, StorageError]


async def test_what_was_appended_is_written_before_closing(tmp_path: Path) -> None:
    """Closing waits for the commit under way."""
    async with Store.opened(tmp_path / "x.db", VAULT) as store:
        task = asyncio.create_task(store.append(statement("a")))
        await asyncio.sleep(0)
    await task
    async with Store.opened(tmp_path / "x.db", VAULT) as store:
        assert await signals(store) == {"a"}


async def test_the_end_of_the_program_ends_those_who_wait(store: Store) -> None:
    """The committer is cancelled with everything else: who waits for it does not hang."""
    task = asyncio.create_task(store.append(statement("a")))
    for _ in range(3):  # until the committer waits for its transaction
        await asyncio.sleep(0)
    committer = store._committer
    assert committer is not None
    committer.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    with suppress(asyncio.CancelledError):
        await committer
    await store.append(statement("b"))

    assert "b" in await signals(store)


# -- opening -----------------------------------------------------------------------------------------------------------


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
    async with storage._connected(tmp_path / "x.db", 1.0) as connection:
        with pytest.raises(sqlite3.OperationalError):
            await storage._migrate(connection, bad)
    async with storage._connected(tmp_path / "x.db", 1.0) as connection:
        tables = [row["name"] for row in await connection.execute_fetchall("SELECT name FROM sqlite_master")]
        assert tables == ["migrations"]
        assert list(await connection.execute_fetchall("SELECT * FROM migrations")) == []


def test_a_transaction_is_a_reader() -> None:
    """Table modules take either where they only read."""
    assert issubclass(Transaction, storage.Reader)
