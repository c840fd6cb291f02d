"""SQLite and nothing else: connections, migrations, transactions. The only module that imports aiosqlite.

One connection is one transaction, so writers queue for a lock; readers use a second connection, which in WAL mode
sees only what was committed. ``synchronous=FULL``: what was committed survives a power cut.
"""

import asyncio
import logging
import re
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import aiosqlite

from bot.secrets import Vault, WrongKeyError

log = logging.getLogger(__name__)

DATABASE = "lotsenbot.db"  # in DATA_DIR

Value = str | int | bytes | None
Connecting: TypeAlias = Callable[
    [Callable[[], sqlite3.Connection]], AbstractAsyncContextManager[aiosqlite.Connection]
]
_CANARY = "lotsenbot"


# Primary result codes of SQLite after which the same statement may succeed later: the disk is full, busy, unplugged.
_PASSING = frozenset(
    (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
    )
)


class StorageError(Exception):
    """The database cannot be used; at the start the text is a German sentence for the operator.

    ``passing``: the same may succeed later, when the disk has space again.
    """

    def __init__(self, message: str, *, passing: bool = False) -> None:
        super().__init__(message)
        self.passing = passing


class Row(Protocol):
    """A row by column name."""

    def __getitem__(self, column: str, /) -> Any: ...


@dataclass(frozen=True, slots=True)
class Statement:
    """One SQL statement and its values, for ``Store.append``."""

    sql: str
    values: tuple[Value, ...]


class Reader:
    """Reads through one connection."""

    def __init__(self, connection: aiosqlite.Connection, vault: Vault) -> None:
        self._connection = connection
        self.vault = vault

    async def one(self, sql: str, *values: Value) -> Row | None:
        """The first row, or ``None``. Raises ``StorageError``."""
        return next(iter(await self.all(sql, *values)), None)

    async def all(self, sql: str, *values: Value) -> Sequence[Row]:
        """Every row. Raises ``StorageError``."""
        try:
            # In one go: a statement left open would keep this connection, and all who read through it, at an old snapshot.
            rows: Iterable[Row] = await self._connection.execute_fetchall(sql, values)
        except sqlite3.Error as error:
            raise _failed(error) from error
        return tuple(rows)


class Transaction(Reader):
    """Reads and writes that are committed together or not at all."""

    async def run(self, sql: str, *values: Value) -> int:
        """Execute one statement; returns the number of rows it changed. Raises ``StorageError``."""
        try:
            async with self._connection.execute(sql, values) as cursor:
                return cursor.rowcount
        except sqlite3.Error as error:
            raise _failed(error) from error

    async def run_many(self, sql: str, rows: Iterable[tuple[Value, ...]]) -> None:
        """Execute one statement for every row of values. Raises ``StorageError``."""
        try:
            await self._connection.executemany(sql, rows)
        except sqlite3.Error as error:
            raise _failed(error) from error


@asynccontextmanager
async def in_thread(connect: Callable[[], sqlite3.Connection]) -> AsyncIterator[aiosqlite.Connection]:
    """A connection with a thread of its own: a slow disk delays nobody but who waits for it."""
    thread = Future[threading.Thread]()

    def begin() -> sqlite3.Connection:
        thread.set_result(threading.current_thread())
        return connect()

    try:
        async with aiosqlite.Connection(begin, iter_chunk_size=64) as connection:
            yield connection
    finally:
        # When opening fails or closing is cancelled, aiosqlite does not wait for its thread, which then reports to an
        # event loop that may be closed by then. All it has left to do is to end.
        with suppress(TimeoutError):  # no thread could be started
            thread.result(timeout=1).join()


class Store:
    """The open database."""

    def __init__(self, writer: aiosqlite.Connection, reader: aiosqlite.Connection, vault: Vault) -> None:
        self._writer = writer
        self._one_writer = asyncio.Lock()
        self._appended: list[tuple[Sequence[Statement], asyncio.Future[None]]] = []
        self._committer: asyncio.Task[None] | None = None
        self.vault = vault
        self.read = Reader(reader, vault)

    @classmethod
    @asynccontextmanager
    async def opened(
        cls, path: Path, vault: Vault, *, busy_s: float = 5.0, connecting: Connecting = in_thread
    ) -> AsyncIterator["Store"]:
        """Open and migrate the database at ``path``; raises ``StorageError`` when it cannot be used.

        ``busy_s``: seconds to wait for another program that holds it. ``connecting``: where its statements run.
        """
        async with AsyncExitStack() as stack:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                writer = await stack.enter_async_context(_connected(path, busy_s, connecting))
                reader = await stack.enter_async_context(_connected(path, busy_s, connecting))
                await _check_whole(reader)
                await _check_key(writer, vault)
                await _migrate(writer, _migrations())
            except (sqlite3.DatabaseError, OSError) as error:
                raise StorageError(_explain(path, error)) from error
            store = cls(writer, reader, vault)
            try:
                yield store
            finally:
                if store._committer is not None:
                    await store._committer

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """All or nothing; everything written is durable when the block is left. Raises ``StorageError``."""
        async with self._one_writer:
            try:
                # Inside the try: cancelled here, the thread may still begin the transaction afterwards.
                await self._writer.execute("BEGIN IMMEDIATE")
                yield Transaction(self._writer, self.vault)
                # Inside the try: a COMMIT that fails (disk full) must be rolled back too.
                await self._writer.execute("COMMIT")
            except sqlite3.Error as error:
                await asyncio.shield(self._roll_back())
                raise _failed(error) from error
            except BaseException:
                # Shielded: a second cancellation must not leave the connection inside a transaction.
                await asyncio.shield(self._roll_back())
                raise

    async def compact(self) -> None:
        """Rewrite the file without free pages and empty its log: nothing that was deleted or replaced stays in it."""
        async with self._one_writer:
            try:
                await self._writer.execute("VACUUM")
                await self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except sqlite3.Error as error:
                raise _failed(error) from error

    async def append(self, *statements: Statement) -> None:
        """Group commit: write ``statements`` together with whatever other callers append at the same moment.

        Returns when they are durable. Made for the hot path, where one commit for each question would be one disk
        flush for each question.
        """
        done = asyncio.get_running_loop().create_future()
        self._appended.append((statements, done))
        if self._committer is None or self._committer.done():
            self._committer = asyncio.create_task(self._commit_appended())
        await done

    async def _commit_appended(self) -> None:
        try:
            while self._appended:
                group, self._appended = self._appended, []
                await self._commit(group)
        finally:
            self._committer = None

    async def _commit(self, group: list[tuple[Sequence[Statement], asyncio.Future[None]]]) -> None:
        by_sql: dict[str, list[tuple[Value, ...]]] = {}
        for statements, _ in group:
            for statement in statements:
                by_sql.setdefault(statement.sql, []).append(statement.values)
        failure: Exception | None = None
        try:
            async with self.transaction() as tx:
                for sql, rows in by_sql.items():
                    await tx.run_many(sql, rows)
        except Exception as error:  # noqa: BLE001  # it is told to whoever appended
            passing = isinstance(error, StorageError) and error.passing
            if len(group) > 1 and not passing:
                # One of them is bad; the others must not suffer from it.
                for one in group:
                    await self._commit([one])
                return
            failure = error
        except BaseException:
            # The program ends: nobody may wait for a commit that will not come.
            for _, done in [*group, *self._appended]:
                done.cancel()
            self._appended = []
            raise
        for _, done in group:
            if done.done():  # who appended it was cancelled
                continue
            if failure is None:
                done.set_result(None)
            else:
                done.set_exception(failure)

    async def _roll_back(self) -> None:
        # Queued behind whatever a cancelled caller left in the connection's thread, so it always comes last.
        with suppress(sqlite3.OperationalError):  # no transaction is active
            await self._writer.execute("ROLLBACK")


@asynccontextmanager
async def _connected(
    path: Path, busy_s: float, connecting: Connecting
) -> AsyncIterator[aiosqlite.Connection]:
    def connect() -> sqlite3.Connection:
        # isolation_level=None: no implicit BEGIN; transactions are ours to begin and end.
        return sqlite3.connect(path, isolation_level=None, timeout=busy_s)

    async with connecting(connect) as connection:
        connection.row_factory = aiosqlite.Row
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            await connection.execute(f"PRAGMA {pragma}")
        yield connection


async def _check_whole(connection: aiosqlite.Connection) -> None:
    """A damaged page may lie where only one case is: it is found before anything is written beside it."""
    [(state,)] = await connection.execute_fetchall("PRAGMA quick_check(1)")
    if state != "ok":
        raise sqlite3.DatabaseError(state)


async def _migrate(connection: aiosqlite.Connection, available: Mapping[int, tuple[str, str]]) -> None:
    """Run the numbered SQL files that have not run yet; each one and the record of it share a transaction."""
    await connection.execute(
        "CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL)"
    )
    done = {row["number"] for row in await connection.execute_fetchall("SELECT number FROM migrations")}
    if unknown := done - available.keys():
        message = f"Die Datenbank stammt von einer neueren Version (Schritt {max(unknown)}). Bitte das Programm aktualisieren."
        raise StorageError(message)
    for number, (name, sql) in sorted(available.items()):
        if number in done:
            continue
        # executescript commits first by itself, so BEGIN and COMMIT stand inside the script.
        # Both values come from the names of our own packaged files.
        record = f"INSERT INTO migrations (number, name) VALUES ({number}, '{name}');"  # noqa: S608
        await connection.executescript(f"BEGIN IMMEDIATE;\n{sql}\n{record}\nCOMMIT;")
        log.info("migration %s done", name)


def _migrations() -> dict[int, tuple[str, str]]:
    found = {}
    for item in files("bot.migrations").iterdir():
        if match := re.fullmatch(r"(\d{4})_([a-z0-9_]+)\.sql", item.name):
            found[int(match.group(1))] = (item.name, item.read_text("utf-8"))
    return found


def key_fits(connection: sqlite3.Connection, vault: Vault) -> bool:
    """Whether ``vault`` has the key of this database, for programs that read it while the bot may run.

    Raises ``sqlite3.Error``, and ``ValueError`` when it never had a key.
    """
    [(sealed,)] = connection.execute("SELECT sealed FROM key_check WHERE one = 1").fetchall()
    return _opens(vault, sealed)


def _opens(vault: Vault, sealed: bytes) -> bool:
    try:
        vault.open(sealed, "key_check")
    except WrongKeyError:
        return False
    return True


async def _check_key(connection: aiosqlite.Connection, vault: Vault) -> None:
    """Refuse a wrong key at the door, before anything is written that the old key cannot read."""
    await connection.execute(
        "CREATE TABLE IF NOT EXISTS key_check (one INTEGER PRIMARY KEY, sealed BLOB NOT NULL)"
    )
    row = await (await connection.execute("SELECT sealed FROM key_check WHERE one = 1")).fetchone()
    if row is None:
        values = (vault.seal(_CANARY, "key_check"),)
        await connection.execute("INSERT INTO key_check (one, sealed) VALUES (1, ?)", values)
        return
    if not _opens(vault, row["sealed"]):
        message = "DATA_KEY passt nicht zu dieser Datenbank. Den richtigen Schlüssel eintragen; es wurde nichts verändert."
        raise StorageError(message)


def _failed(error: sqlite3.Error) -> StorageError:
    # The low byte is the primary code; errors of the module itself (a closed connection) have none.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return StorageError(str(error), passing=code in _PASSING)


def _explain(path: Path, error: Exception) -> str:
    match error:
        case sqlite3.OperationalError() if "locked" in str(error):
            return f"Die Datenbank {path} ist von einem anderen Programm gesperrt. Läuft der Bot schon?"
        case sqlite3.OperationalError() if "readonly" in str(error) or "unable to open" in str(error):
            return f"Die Datenbank {path} ist nicht beschreibbar. Rechte am Ordner prüfen (DATA_DIR)."
        case sqlite3.OperationalError() if "full" in str(error):
            return f"Für die Datenbank {path} ist kein Platz mehr auf der Platte."
        case sqlite3.OperationalError():
            return f"Die Datenbank {path} kann nicht benutzt werden ({error}). Platte und DATA_DIR prüfen."
        case sqlite3.DatabaseError():
            return f"Die Datenbank {path} ist beschädigt ({error}). Sie wurde nicht verändert; bitte die Sicherung einspielen."
        case _:
            return f"Auf {path} kann nicht zugegriffen werden ({error}). DATA_DIR prüfen."
