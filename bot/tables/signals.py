"""What was counted: no chat, no words."""

from bot.storage import Reader


async def counted(reader: Reader, kind: str, since: int) -> tuple[tuple[str, int], ...]:
    """How often each entry got a signal of this kind since then (ms), most first."""
    sql = (
        "SELECT entry, COUNT(*) AS found FROM signals WHERE kind = ? AND at >= ?"
        " GROUP BY entry ORDER BY found DESC, entry"
    )
    return tuple((row["entry"], row["found"]) for row in await reader.all(sql, kind, since))
