"""When something that comes back is due next."""

from bot.storage import Reader, Transaction


async def due(reader: Reader, what: str) -> int | None:
    """The moment (ms); ``None`` when it was never planned."""
    row = await reader.one("SELECT due_at FROM schedule WHERE what = ?", what)
    return row["due_at"] if row else None


async def plan(tx: Transaction, what: str, due_at: int) -> None:
    """It is due then, whatever was planned before."""
    sql = (
        "INSERT INTO schedule (what, due_at) VALUES (?, ?)"
        " ON CONFLICT (what) DO UPDATE SET due_at = excluded.due_at"
    )
    await tx.run(sql, what, due_at)
