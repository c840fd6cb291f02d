"""Rows of what Lotsen propose for the FAQ."""

from dataclasses import dataclass

from bot.storage import Reader, Row, Transaction

_WORDS = "proposals.words"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Question and answer of a case, without names and numbers; ``entry`` is empty when it should be one of its own."""

    id: int
    lotse: str
    entry: str
    question: str
    answer: str
    state: str  # open | accepted | declined


async def put(
    tx: Transaction, *, lotse: str, entry: str, question: str, answer: str, cause: str, now: int
) -> int | None:
    """Write a proposal; ``None`` when this answer was proposed before."""
    words = tx.vault.seal_json({"question": question, "answer": answer}, _WORDS)
    row = await tx.one(
        "INSERT INTO proposals (at, lotse, entry, words, dedupe) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (dedupe) DO NOTHING RETURNING id",
        now,
        lotse,
        entry,
        words,
        tx.vault.digest(f"proposal:{cause}"),
    )
    return int(row["id"]) if row else None


async def get(reader: Reader, number: int) -> Proposal | None:
    """The proposal of this number."""
    row = await reader.one("SELECT * FROM proposals WHERE id = ?", number)
    return _proposal(row, reader) if row else None


async def waiting(reader: Reader) -> tuple[Proposal, ...]:
    """Those nobody has decided about, oldest first."""
    rows = await reader.all("SELECT * FROM proposals WHERE state = 'open' ORDER BY id")
    return tuple(_proposal(row, reader) for row in rows)


async def of_lotse(reader: Reader, lotse: str) -> list[dict[str, str]]:
    """What this Lotse has proposed."""
    rows = await reader.all("SELECT * FROM proposals WHERE lotse = ? ORDER BY id", lotse)
    found = (_proposal(row, reader) for row in rows)
    return [{"frage": item.question, "antwort": item.answer, "stand": item.state} for item in found]


async def settle(tx: Transaction, number: int, state: str, now: int) -> bool:
    """Decide, once; ``False`` when somebody has."""
    sql = "UPDATE proposals SET state = ?, decided_at = ? WHERE id = ? AND state = 'open'"
    return await tx.run(sql, state, now, number) == 1


async def forget(tx: Transaction, before: int) -> None:
    """What was decided before then, and what has waited as long."""
    await tx.run("DELETE FROM proposals WHERE COALESCE(decided_at, at) < ?", before)


def _proposal(row: Row, reader: Reader) -> Proposal:
    words = reader.vault.open_json(row["words"], _WORDS)
    return Proposal(row["id"], row["lotse"], row["entry"], words["question"], words["answer"], row["state"])
