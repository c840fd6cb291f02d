"""What is counted over cases and their deliveries: numbers, never words."""

from dataclasses import dataclass
from datetime import datetime

from bot.clock import from_ms
from bot.model import Case
from bot.storage import Reader
from bot.tables.cases import from_row


@dataclass(frozen=True, slots=True)
class LastDelivery:
    """What became of the last words of the Lotse: ``waiting``, ``sent`` (Telegram accepted them) or ``undeliverable``."""

    state: str
    at: datetime | None


async def waits(reader: Reader, since: int, most: int) -> tuple[int, ...]:
    """Milliseconds from opening to the first answer of the latest cases that were answered."""
    sql = (
        "SELECT answered_at - opened_at AS waited FROM cases"
        " WHERE answered_at IS NOT NULL AND opened_at > ? ORDER BY id DESC LIMIT ?"
    )
    return tuple(row["waited"] for row in await reader.all(sql, since, most))


async def last_delivery(reader: Reader, case: Case) -> LastDelivery | None:
    """The newest words or copy to the employer that the outbox still knows; ``None`` when there is none."""
    row = await reader.one(
        "SELECT state, done_at FROM outbox WHERE case_id = ? AND chat_id = ? AND kind IN ('to_employer', 'copy')"
        " AND COALESCE(error, '') <> 'called off' ORDER BY id DESC LIMIT 1",
        case.id,
        case.employer,
    )
    if row is None:
        return None
    return LastDelivery(row["state"], from_ms(row["done_at"]) if row["done_at"] is not None else None)


async def by_number(reader: Reader, number: str) -> Case | None:
    """The case of this number, whoever it belongs to; the caller decides who may see it."""
    row = await reader.one("SELECT * FROM cases WHERE number = ?", number)
    return from_row(row, reader) if row else None


async def open_of_linked(reader: Reader) -> dict[str, tuple[int, int]]:
    """For every linked Lotse with cases that are not closed: how many, and how many of them nobody has taken."""
    sql = (
        "SELECT cases.lotse, COUNT(*) AS mine, SUM(cases.state = 'open') AS untaken FROM cases"
        " JOIN links ON links.lotse = cases.lotse AND links.blocked_at IS NULL"
        " WHERE cases.state <> 'closed' GROUP BY cases.lotse"
    )
    return {row["lotse"]: (row["mine"], row["untaken"]) for row in await reader.all(sql)}
