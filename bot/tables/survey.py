"""What /statistik counts over signals and cases: numbers, no chat and no words."""

from bot.storage import Reader


async def counted(reader: Reader, kind: str, since: int, until: int) -> dict[str, int]:
    """How often each value of a signal was counted from ``since`` until before ``until`` (ms)."""
    sql = "SELECT entry, COUNT(*) AS found FROM signals WHERE kind = ? AND at >= ? AND at < ? GROUP BY entry"
    return {row["entry"]: row["found"] for row in await reader.all(sql, kind, since, until)}


async def cases_by_land(reader: Reader, since: int, until: int) -> dict[str, int]:
    """Cases that were opened then and are still stored, by Land of the firm."""
    sql = "SELECT land, COUNT(*) AS found FROM cases WHERE opened_at >= ? AND opened_at < ? GROUP BY land"
    return {row["land"]: row["found"] for row in await reader.all(sql, since, until)}


async def waits(reader: Reader, since: int, until: int) -> list[int]:
    """Milliseconds until the first answer of a person, of cases opened then."""
    sql = (
        "SELECT answered_at - opened_at AS waited FROM cases"
        " WHERE answered_at IS NOT NULL AND opened_at >= ? AND opened_at < ? ORDER BY waited"
    )
    return [row["waited"] for row in await reader.all(sql, since, until)]
