"""SQLite: all or nothing, durable, usable after a cancellation at any moment, also on a full disk."""

import asyncio
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


async def test_a_commit_that_fails_takes_everything_back(store: Store) -> None:
    """The statements went well, the end of the transaction does not: nothing stays, and the next one can begin."""
    async with store.transaction() as tx:
        await tx.run("CREATE TABLE parents (name TEXT PRIMARY KEY)")
        await tx.run(
            "CREATE TABLE children (parent TEXT REFERENCES parents (name) DEFERRABLE INITIALLY DEFERRED)"
        )

    async def leaves_an_orphan() -> None:
        async with store.transaction() as tx:
            await tx.run(SIGNAL, "a")
            await tx.run("INSERT INTO children (parent) VALUES ('nobody')")

    with pytest.raises(StorageError, match="FOREIGN KEY"):
        await leaves_an_orphan()
    async with store.transaction() as tx:
        await tx.run(SIGNAL, "b")

    assert await signals(store) == {"b"}


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


def test_a_transaction_is_a_reader() -> None:
    """Table modules take either where they only read."""
    assert issubclass(Transaction, storage.Reader)
