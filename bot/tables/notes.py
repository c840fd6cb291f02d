"""Notes of Lotsen about a case; the SQL of them."""

from dataclasses import dataclass
from datetime import datetime

from bot.clock import from_ms
from bot.model import CaseId, ChatId, MessageId
from bot.storage import Reader, Transaction

_TEXT = "notes.text"


@dataclass(frozen=True, slots=True)
class Note:
    """What a Lotse wrote down."""

    lotse: str  # id in the directory
    text: str
    at: datetime


async def put(
    tx: Transaction, case: CaseId, source: tuple[ChatId, MessageId], lotse: str, text: str, now: int
) -> bool:
    """Write a note down; ``False`` when this message has already become one."""
    sql = (
        "INSERT INTO notes (case_id, chat_id, message_id, lotse, text, at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (chat_id, message_id) DO NOTHING"
    )
    return await tx.run(sql, case, *source, lotse, tx.vault.seal(text, _TEXT), now) == 1


async def case_of(reader: Reader, chat: ChatId, message: MessageId) -> CaseId | None:
    """The case of the note that was written in this message."""
    sql = "SELECT case_id FROM notes WHERE chat_id = ? AND message_id = ?"
    row = await reader.one(sql, chat, message)
    return CaseId(row["case_id"]) if row else None


async def change(tx: Transaction, chat: ChatId, message: MessageId, text: str) -> None:
    """The note that was written in this message says something else now."""
    sql = "UPDATE notes SET text = ? WHERE chat_id = ? AND message_id = ?"
    await tx.run(sql, tx.vault.seal(text, _TEXT), chat, message)


async def of_case(reader: Reader, case: CaseId) -> tuple[Note, ...]:
    """Every note of a case, oldest first."""
    rows = await reader.all("SELECT lotse, text, at FROM notes WHERE case_id = ? ORDER BY id", case)
    return tuple(
        Note(row["lotse"], reader.vault.open(row["text"], _TEXT), from_ms(row["at"])) for row in rows
    )


async def written_by(reader: Reader, chat: ChatId) -> tuple[Note, ...]:
    """Every note that was written from this chat."""
    rows = await reader.all("SELECT lotse, text, at FROM notes WHERE chat_id = ? ORDER BY id", chat)
    return tuple(
        Note(row["lotse"], reader.vault.open(row["text"], _TEXT), from_ms(row["at"])) for row in rows
    )


async def count_about(reader: Reader, employer: ChatId) -> int:
    """How many notes there are about the cases of an employer."""
    sql = "SELECT COUNT(*) AS found FROM notes JOIN cases ON cases.id = notes.case_id WHERE cases.employer_chat = ?"
    row = await reader.one(sql, employer)
    return int(row["found"]) if row else 0
