"""Numbers for the operator: how much waits, for how long, in which state. No row of it is about a person."""

from dataclasses import dataclass

from bot.storage import Reader


@dataclass(frozen=True, slots=True)
class Operation:
    """What the database says about the moment."""

    waiting: int
    oldest_ms: int  # since when the oldest notice could have gone out, in ms before now
    retries: int
    cases: dict[str, int]
    held: dict[str, int]


async def of(reader: Reader, now: int) -> Operation:
    """The numbers at ``now`` (ms)."""
    # What waits for a chosen time (the morning) is not late before that time.
    row = await reader.one(
        "SELECT COUNT(*) AS waiting, SUM(attempts) AS retries,"
        " MIN(MAX(created_at, CASE WHEN attempts = 0 THEN due_at ELSE 0 END)) AS since"
        " FROM outbox WHERE state = 'waiting'"
    )
    cases = await reader.all("SELECT state, COUNT(*) AS n FROM cases GROUP BY state")
    held = await reader.all("SELECT state, COUNT(*) AS n FROM updates WHERE state <> 'done' GROUP BY state")
    since = row["since"] if row and row["since"] is not None else now
    return Operation(
        waiting=row["waiting"] if row else 0,
        oldest_ms=max(0, now - since),
        retries=(row["retries"] or 0) if row else 0,
        cases={item["state"]: item["n"] for item in cases},
        held={item["state"]: item["n"] for item in held},
    )
