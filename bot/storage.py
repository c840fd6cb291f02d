"""SQLite and nothing else: connections, migrations, transactions. The only module that imports aiosqlite.

One connection is one transaction, so writers queue for a lock; readers use a second connection, which in WAL mode
sees only what was committed. ``synchronous=FULL``: what was committed survives a power cut.
"""

import asyncio
import logging
import re
import sqlite3
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

import aiosqlite

from bot.secrets import Vault, WrongKeyError

log = logging.getLogger(__name__)

Value = str | int | bytes | None
_CANARY = "lotsenbot"


class StorageError(Exception):
    """The database cannot be used; the text is a German sentence for the operator."""


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
        """The first row, or ``None``."""
        async with self._connection.execute(sql, values) as cursor:
            row: Row | None = await cursor.fetchone()
            return row

    async def all(self, sql: str, *values: Value) -> Sequence[Row]:
        """Every row."""
        rows: Iterable[Row] = await self._connection.execute_fetchall(sql, values)
        return tuple(rows)


class Transaction(Reader):
    """Reads and writes that are committed together or not at all."""

    async def run(self, sql: str, *values: Value) -> int:
        """Execute one statement; returns the number of rows it changed."""
        async with self._connection.execute(sql, values) as cursor:
            return cursor.rowcount

    async def run_many(self, sql: str, rows: Iterable[tuple[Value, ...]]) -> None:
        """Execute one statement for every row of values."""
        await self._connection.executemany(sql, rows)


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
    async def opened(cls, path: Path, vault: Vault) -> AsyncIterator["Store"]:
        """Open and migrate the database at ``path``; raises ``StorageError`` when it cannot be used."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            async with _connected(path) as writer, _connected(path) as reader:
                await _migrate(writer)
                await _check_key(writer, vault)
                store = cls(writer, reader, vault)
                try:
                    yield store
                finally:
                    if store._committer is not None:
                        await store._committer
        except (sqlite3.DatabaseError, OSError) as error:
            raise StorageError(_explain(path, error)) from error

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
                raise StorageError(str(error)) from error
            except BaseException:
                # Shielded: a second cancellation must not leave the connection inside a transaction.
                await asyncio.shield(self._roll_back())
                raise

    async def append(self, *statements: Statement) -> None:
        """Group commit: write ``statements`` together with whatever other callers append at the same moment.

        Returns when they are durable. Made for the hot path, where one commit for each question would be one disk
        flush for each question.
        """
        done = asyncio.get_running_loop().create_future()
        self._appended.append((statements, done))
        if self._committer is None:
            self._committer = asyncio.create_task(self._commit_appended())
        await done

    async def _commit_appended(self) -> None:
        try:
            while self._appended:
                group, self._appended = self._appended, []
                by_sql: dict[str, list[tuple[Value, ...]]] = {}
                for statements, _ in group:
                    for statement in statements:
                        by_sql.setdefault(statement.sql, []).append(statement.values)
                try:
                    async with self.transaction() as tx:
                        for sql, rows in by_sql.items():
                            await tx.run_many(sql, rows)
                except BaseException as error:
                    for _, done in group:
                        if not done.done():
                            done.set_exception(error)
                    if not isinstance(error, Exception):
                        raise
                else:
                    for _, done in group:
                        if not done.done():
                            done.set_result(None)
        finally:
            self._committer = None

    async def _roll_back(self) -> None:
        # Queued behind whatever a cancelled caller left in the connection's thread, so it always comes last.
        with suppress(sqlite3.OperationalError):  # no transaction is active
            await self._writer.execute("ROLLBACK")


@asynccontextmanager
async def _connected(path: Path) -> AsyncIterator[aiosqlite.Connection]:
    # isolation_level=None: no implicit BEGIN; transactions are ours to begin and end.
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        connection.row_factory = aiosqlite.Row
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
            await connection.execute(f"PRAGMA {pragma}")
        yield connection


async def _migrate(connection: aiosqlite.Connection) -> None:
    """Run the numbered SQL files that have not run yet; each one and the record of it share a transaction."""
    await connection.execute(
        "CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL)"
    )
    done = {row["number"] for row in await connection.execute_fetchall("SELECT number FROM migrations")}
    available = _migrations()
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
    try:
        vault.open(row["sealed"], "key_check")
    except WrongKeyError:
        message = "DATA_KEY passt nicht zu dieser Datenbank. Den richtigen Schlüssel eintragen; es wurde nichts verändert."
        raise StorageError(message) from None


def _explain(path: Path, error: Exception) -> str:
    match error:
        case sqlite3.OperationalError() if "locked" in str(error):
            return f"Die Datenbank {path} ist von einem anderen Programm gesperrt. Läuft der Bot schon?"
        case sqlite3.OperationalError() if "readonly" in str(error) or "unable to open" in str(error):
            return f"Die Datenbank {path} ist nicht beschreibbar. Rechte am Ordner prüfen (DATA_DIR)."
        case sqlite3.OperationalError() if "full" in str(error):
            return f"Für die Datenbank {path} ist kein Platz mehr auf der Platte."
        case sqlite3.DatabaseError():
            return f"Die Datenbank {path} ist beschädigt ({error}). Sie wurde nicht verändert; bitte die Sicherung einspielen."
        case _:
            return f"Auf {path} kann nicht zugegriffen werden ({error}). DATA_DIR prüfen."
