"""Offers of a case to another Lotse: each change is one compare-and-set, so of two who act at once one wins.

Accepting an offer is ``cases.take``, the one statement by which a case gets its Lotse.
"""

from bot.model import Case, CaseId, MessageId
from bot.storage import Reader, Transaction
from bot.tables.cases import NO_OFFER, from_row


async def make(tx: Transaction, case: Case, to: str, *, now: int, due: int) -> bool:
    """Offer it; ``False`` when it is offered already, closed, or somebody else's by now."""
    sql = (
        "UPDATE cases SET offered_to = ?, offered_at = ?, offer_due_at = ?, offer_message = NULL"
        " WHERE id = ? AND lotse = ? AND state <> 'closed' AND offered_to = ''"
    )
    return await tx.run(sql, to, now, due, case.id, case.lotse) == 1


async def end(tx: Transaction, case: Case) -> bool:
    """This offer is over, whoever ends it; ``False`` when it was over before or accepted."""
    sql = f"UPDATE cases SET {NO_OFFER} WHERE id = ? AND lotse = ? AND offered_to = ? AND offered_to <> ''"  # noqa: S608  # no value in it
    return await tx.run(sql, case.id, case.lotse, case.offered_to) == 1


async def set_message(tx: Transaction, case: CaseId, to: str, message: MessageId) -> None:
    """Remember which message shows the offer."""
    await tx.run("UPDATE cases SET offer_message = ? WHERE id = ? AND offered_to = ?", message, case, to)


async def due(reader: Reader, now: int) -> tuple[Case, ...]:
    """Offers that nobody accepted in time."""
    sql = "SELECT * FROM cases WHERE offered_to <> '' AND offer_due_at <= ? ORDER BY offer_due_at, id"
    return tuple(from_row(row, reader) for row in await reader.all(sql, now))


async def offered_to(reader: Reader, lotse: str) -> tuple[Case, ...]:
    """What this Lotse is offered, oldest first."""
    sql = "SELECT * FROM cases WHERE offered_to = ? AND offered_to <> '' ORDER BY offered_at, id"
    return tuple(from_row(row, reader) for row in await reader.all(sql, lotse))
