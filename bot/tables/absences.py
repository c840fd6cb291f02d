"""Rows of absences ↔ ``Absence``."""

from dataclasses import dataclass
from enum import StrEnum

from bot.model import Case, ChatId
from bot.storage import Reader, Row, Transaction
from bot.tables.cases import from_row as case_from_row


class Stage(StrEnum):
    """How far an absence is; each leads to the next one when it is due."""

    PLANNED = "planned"  # the reminder of its beginning is due next
    ANNOUNCED = "announced"  # its beginning
    AWAY = "away"  # the reminder of its end
    ENDING = "ending"  # its end


@dataclass(frozen=True, slots=True)
class Absence:
    """From ``starts_at`` until before ``ends_at`` (ms), whatever the stage: the stage only says what was told."""

    lotse: str
    chat: ChatId
    starts_at: int
    ends_at: int
    deputy: str  # whom the Lotse chose
    acting: str  # who stands in, as was told last
    stage: Stage
    due_at: int

    def covers(self, at: int) -> bool:
        """Whether the Lotse is away at this moment."""
        return self.starts_at <= at < self.ends_at

    def overlaps(self, start: int, end: int) -> bool:
        """Whether the Lotse is away at some moment from ``start`` until before ``end``."""
        return self.starts_at < end and self.ends_at > start


def _absence(row: Row) -> Absence:
    return Absence(
        row["lotse"],
        ChatId(row["chat_id"]),
        row["starts_at"],
        row["ends_at"],
        row["deputy"],
        row["acting"],
        Stage(row["stage"]),
        row["due_at"],
    )


async def of_all(reader: Reader) -> dict[str, Absence]:
    """Every absence, present or planned, by Lotse."""
    found = (_absence(row) for row in await reader.all("SELECT * FROM absences ORDER BY lotse"))
    return {absence.lotse: absence for absence in found}


async def of(reader: Reader, lotse: str) -> Absence | None:
    """The absence of a Lotse, present or planned."""
    row = await reader.one("SELECT * FROM absences WHERE lotse = ?", lotse)
    return _absence(row) if row else None


async def now_of(reader: Reader, lotse: str, now: int) -> Absence | None:
    """The absence of a Lotse who is away at ``now`` (ms)."""
    absence = await of(reader, lotse)
    return absence if absence is not None and absence.covers(now) else None


async def due(reader: Reader, now: int) -> tuple[Absence, ...]:
    """Absences whose next step is due."""
    rows = await reader.all("SELECT * FROM absences WHERE due_at <= ? ORDER BY due_at, lotse", now)
    return tuple(map(_absence, rows))


async def put(tx: Transaction, absence: Absence) -> None:
    """The absence of this Lotse is this one, whatever it was before."""
    await tx.run(
        "INSERT INTO absences (lotse, chat_id, starts_at, ends_at, deputy, acting, stage, due_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (lotse) DO UPDATE SET chat_id = excluded.chat_id,"
        " starts_at = excluded.starts_at, ends_at = excluded.ends_at, deputy = excluded.deputy,"
        " acting = excluded.acting, stage = excluded.stage, due_at = excluded.due_at",
        absence.lotse,
        absence.chat,
        absence.starts_at,
        absence.ends_at,
        absence.deputy,
        absence.acting,
        absence.stage,
        absence.due_at,
    )


async def advance(tx: Transaction, absence: Absence, stage: Stage, due_at: int) -> bool:
    """The next stage, once; ``False`` when the absence has changed since it was read."""
    sql = "UPDATE absences SET stage = ?, due_at = ? WHERE lotse = ? AND stage = ? AND starts_at = ? AND ends_at = ?"
    return (
        await tx.run(sql, stage, due_at, absence.lotse, absence.stage, absence.starts_at, absence.ends_at)
        == 1
    )


async def act(tx: Transaction, absence: Absence, acting: str) -> bool:
    """Somebody else stands in now; ``False`` when the absence has changed since it was read."""
    sql = "UPDATE absences SET acting = ? WHERE lotse = ? AND acting = ? AND starts_at = ?"
    return await tx.run(sql, acting, absence.lotse, absence.acting, absence.starts_at) == 1


async def remove(tx: Transaction, absence: Absence) -> bool:
    """It is over; ``False`` when it has changed since it was read."""
    sql = "DELETE FROM absences WHERE lotse = ? AND starts_at = ? AND ends_at = ?"
    return await tx.run(sql, absence.lotse, absence.starts_at, absence.ends_at) == 1


async def answered_for(reader: Reader, lotse: str, since: int) -> tuple[Case, ...]:
    """Cases that others answer or answered for this Lotse since that moment (ms), oldest first."""
    sql = "SELECT * FROM cases WHERE instead_of = ? AND instead_at >= ? AND lotse <> ? ORDER BY id"
    return tuple(case_from_row(row, reader) for row in await reader.all(sql, lotse, since, lotse))
