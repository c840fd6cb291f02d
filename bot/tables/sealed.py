"""Every sealed value of the database, whatever its table: for a new key, and for telling a person what is stored.

The rule that makes this possible: a BLOB column holds values sealed for the purpose ``table.column``; what is a BLOB
and not sealed is listed in ``UNSEALED``. ``tests/test_privacy_coverage.py`` holds every migration to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.secrets import Vault, WrongKeyError
from bot.storage import Reader, Row, Transaction

UNSEALED: Final = frozenset({("invites", "token_hash")})
_OWN_PURPOSE: Final = {("key_check", "sealed"): "key_check"}


@dataclass(frozen=True, slots=True)
class Column:
    """A sealed column."""

    table: str
    name: str

    @property
    def purpose(self) -> str:
        """What its values are sealed for."""
        return _OWN_PURPOSE.get((self.table, self.name), f"{self.table}.{self.name}")


async def tables(reader: Reader) -> dict[str, Sequence[Row]]:
    """Every table with its columns, as the database itself describes them."""
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    names = [row["name"] for row in await reader.all(sql)]
    return {name: await reader.all("SELECT name, type FROM pragma_table_info(?)", name) for name in names}


async def columns(reader: Reader) -> tuple[Column, ...]:
    """Every sealed column of the schema."""
    return tuple(
        Column(table, column["name"])
        for table, described in (await tables(reader)).items()
        for column in described
        if column["type"] == "BLOB" and (table, column["name"]) not in UNSEALED
    )


async def reseal(tx: Transaction, column: Column, vault: Vault) -> tuple[int, int]:
    """Seal every value of ``column`` for ``vault``; returns how many there were and how many cannot be read."""
    done = lost = 0
    # Table and column are names of our own schema.
    select = (
        f"SELECT rowid AS place, {column.name} AS sealed FROM {column.table} WHERE {column.name} IS NOT NULL"  # noqa: S608
    )
    update = f"UPDATE {column.table} SET {column.name} = ? WHERE rowid = ?"  # noqa: S608
    for row in await tx.all(select):
        try:
            text = tx.vault.open(row["sealed"], column.purpose)
        except WrongKeyError:
            lost += 1
            continue
        await tx.run(update, vault.seal(text, column.purpose), row["place"])
        done += 1
    return done, lost
