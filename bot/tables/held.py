"""Words that wait in the outbox for their time and can still be taken back."""

from bot.model import Case
from bot.storage import Transaction


async def take_back(tx: Transaction, case: Case, cause: str, now: int) -> int | None:
    """Call off what this cause (``u123:say:``) wants to say; when it was written (ms), or ``None`` if it is too late.

    The rows stay, so that a repeated update finds them and says nothing. What was tried once may have arrived.
    """
    rows = await tx.all(
        "UPDATE outbox SET state = 'undeliverable', error = 'called off', done_at = ?"
        " WHERE case_id = ? AND chat_id = ? AND dedupe LIKE ? AND state = 'waiting' AND attempts = 0 AND due_at > ?"
        " RETURNING created_at",
        now,
        case.id,
        case.employer,
        f"{cause}%",
        now,
    )
    return min((row["created_at"] for row in rows), default=None)


async def taken_back(tx: Transaction, case: Case, cause: str) -> bool:
    """Whether what this cause wants to say was called off before."""
    sql = (
        "SELECT 1 FROM outbox WHERE case_id = ? AND chat_id = ? AND dedupe LIKE ? AND state = 'undeliverable'"
        " AND error = 'called off' LIMIT 1"
    )
    return await tx.one(sql, case.id, case.employer, f"{cause}%") is not None


async def unanswer(tx: Transaction, case: Case, written: int) -> bool:
    """The case waits for an answer again, if the words called off were its first and none followed."""
    sql = (
        "UPDATE cases SET state = 'taken', answered_at = NULL WHERE id = ? AND state = 'answered' AND answered_at = ?"
        " AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.case_id = cases.id"
        " AND outbox.chat_id = cases.employer_chat AND outbox.kind IN ('to_employer', 'copy')"
        " AND outbox.state IN ('waiting', 'sent'))"
    )
    return await tx.run(sql, case.id, written) == 1


async def unclose(tx: Transaction, case: Case, written: int) -> bool:
    """The case goes on, if it was closed with the words called off."""
    sql = (
        "UPDATE cases SET state = 'answered', closed_by = NULL, closed_at = NULL"
        " WHERE id = ? AND state = 'closed' AND closed_by = 'lotse' AND closed_at = ? AND answered_at IS NOT NULL"
    )
    return await tx.run(sql, case.id, written) == 1
