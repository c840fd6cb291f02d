"""Rows of alarms: what was told when, and what has waited since."""

from dataclasses import dataclass

from bot.storage import Reader, Transaction


@dataclass(frozen=True, slots=True)
class Waiting:
    """How often something happened since admins were told last, and at which updates (the newest ones)."""

    kind: str
    count: int
    refs: tuple[str, ...]
    told_at: int


async def all_of(reader: Reader) -> tuple[Waiting, ...]:
    """Every kind that ever happened."""
    return tuple(
        Waiting(row["kind"], row["waiting"], tuple(row["refs"].split()), row["told_at"])
        for row in await reader.all("SELECT * FROM alarms ORDER BY kind")
    )


async def count(tx: Transaction, kind: str, ref: str, kept: int) -> Waiting:
    """It happened once more."""
    row = await tx.one("SELECT * FROM alarms WHERE kind = ?", kind)
    before = tuple(row["refs"].split()) if row else ()
    found = Waiting(
        kind,
        (row["waiting"] if row else 0) + 1,
        (*before, ref)[-kept:] if ref else before,
        row["told_at"] if row else 0,
    )
    await tx.run(
        "INSERT INTO alarms (kind, waiting, refs) VALUES (?, ?, ?)"
        " ON CONFLICT (kind) DO UPDATE SET waiting = excluded.waiting, refs = excluded.refs",
        kind,
        found.count,
        " ".join(found.refs),
    )
    return found


async def told(tx: Transaction, kind: str, now: int) -> None:
    """Admins know: counting starts again."""
    await tx.run("UPDATE alarms SET waiting = 0, refs = '', told_at = ? WHERE kind = ?", now, kind)
