"""Which message of one person became which message of the other."""

from dataclasses import dataclass

from bot.model import CaseId, ChatId, MessageId
from bot.storage import Reader, Transaction


@dataclass(frozen=True, slots=True)
class Copy:
    """One message that was made from a message of the other person."""

    chat: ChatId
    message: MessageId
    part: int
    file: str  # Telegram's name of a file's content; empty for words
    at: int


async def put(
    tx: Transaction,
    source: tuple[ChatId, MessageId],
    copy: Copy,
    case_id: CaseId,
) -> None:
    """Remember what ``source`` became."""
    await tx.run(
        "INSERT INTO carried (to_chat, to_message, from_chat, from_message, part, file, at, case_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        copy.chat,
        copy.message,
        *source,
        copy.part,
        copy.file,
        copy.at,
        case_id,
    )


async def copies(reader: Reader, chat: ChatId, message: MessageId) -> tuple[Copy, ...]:
    """What this message became in the other chat, in order."""
    rows = await reader.all(
        "SELECT * FROM carried WHERE from_chat = ? AND from_message = ? ORDER BY part", chat, message
    )
    return tuple(
        Copy(ChatId(row["to_chat"]), MessageId(row["to_message"]), row["part"], row["file"], row["at"])
        for row in rows
    )


async def forget(tx: Transaction, chat: ChatId, message: MessageId, part: int) -> None:
    """The copies of this message, from this part on, are gone."""
    sql = "DELETE FROM carried WHERE from_chat = ? AND from_message = ? AND part >= ?"
    await tx.run(sql, chat, message, part)


async def counterpart(reader: Reader, chat: ChatId, message: MessageId, other: ChatId) -> MessageId | None:
    """The message in chat ``other`` that corresponds to this one: what it was made from, or what it became."""
    row = await reader.one(
        "SELECT from_message AS found FROM carried WHERE to_chat = ? AND to_message = ? AND from_chat = ?"
        " UNION ALL SELECT to_message FROM carried WHERE from_chat = ? AND from_message = ? AND to_chat = ?"
        " LIMIT 1",
        chat,
        message,
        other,
        chat,
        message,
        other,
    )
    return MessageId(row["found"]) if row else None
