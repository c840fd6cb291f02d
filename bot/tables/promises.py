"""Rows of what employers asked to be told about."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import ChatId
from bot.storage import Reader, Transaction

_QUESTION, _ENTRY = "later_questions.question", "answers_got.entry"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question whose asker wants to know when there is an answer."""

    id: int
    chat: ChatId
    question: str
    at: int


@dataclass(frozen=True, slots=True)
class Got:
    """Who got the answer of an entry, and when last."""

    chat: ChatId
    entry: str
    at: int


async def waiting(reader: Reader, chat: ChatId | None = None) -> tuple[Waiting, ...]:
    """Every question that waits, or those of a chat, oldest first."""
    sql = "SELECT * FROM later_questions WHERE ? IS NULL OR chat_id = ? ORDER BY id"
    found = await reader.all(sql, chat, chat)
    return tuple(
        Waiting(
            row["id"], ChatId(row["chat_id"]), reader.vault.open_json(row["question"], _QUESTION), row["at"]
        )
        for row in found
    )


async def ask_later(tx: Transaction, chat: ChatId, question: str, now: int) -> None:
    """Remember a question."""
    sql = "INSERT INTO later_questions (chat_id, question, at) VALUES (?, ?, ?)"
    await tx.run(sql, chat, tx.vault.seal_json(question, _QUESTION), now)


async def answered(tx: Transaction, question_id: int) -> None:
    """It waits no longer."""
    await tx.run("DELETE FROM later_questions WHERE id = ?", question_id)


async def forget_questions(tx: Transaction, chat: ChatId) -> None:
    """None of this chat's questions waits any longer."""
    await tx.run("DELETE FROM later_questions WHERE chat_id = ?", chat)


async def wish(tx: Transaction, chat: ChatId, now: int) -> None:
    """Corrections are wanted from now on."""
    sql = "INSERT INTO correction_wishes (chat_id, at) VALUES (?, ?) ON CONFLICT (chat_id) DO NOTHING"
    await tx.run(sql, chat, now)


async def wishes(reader: Reader, chat: ChatId) -> bool:
    """Whether corrections are wanted."""
    return await reader.one("SELECT 1 FROM correction_wishes WHERE chat_id = ?", chat) is not None


async def unwish(tx: Transaction, chat: ChatId) -> None:
    """Corrections are wanted no longer, and which answers the chat got is forgotten."""
    await tx.run("DELETE FROM correction_wishes WHERE chat_id = ?", chat)
    await tx.run("DELETE FROM answers_got WHERE chat_id = ?", chat)


async def got(tx: Transaction, chat: ChatId, entries: Sequence[str], now: int) -> None:
    """The chat got these answers now."""
    sql = (
        "INSERT INTO answers_got (mark, chat_id, entry, at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (mark) DO UPDATE SET at = excluded.at"
    )
    for entry in entries:
        mark = tx.vault.digest(f"got:{chat}:{entry}")
        await tx.run(sql, mark, chat, tx.vault.seal_json(entry, _ENTRY), now)


async def got_between(reader: Reader, since: int, until: int) -> tuple[Got, ...]:
    """Every answer that was got from ``since`` to before ``until`` (ms) by who wants corrections."""
    sql = "SELECT chat_id, entry, at FROM answers_got WHERE at >= ? AND at < ? ORDER BY at"
    return tuple(
        Got(ChatId(row["chat_id"]), reader.vault.open_json(row["entry"], _ENTRY), row["at"])
        for row in await reader.all(sql, since, until)
    )


async def looked(reader: Reader, edition: str) -> bool:
    """Whether admins were told about this edition."""
    return await reader.one("SELECT 1 FROM promises_looked WHERE edition = ?", edition) is not None


async def looked_last(reader: Reader) -> int:
    """When (ms) that was done last; 0: never."""
    row = await reader.one("SELECT MAX(at) AS last FROM promises_looked")
    return (row["last"] or 0) if row else 0


async def look(tx: Transaction, edition: str, now: int) -> None:
    """Admins were told."""
    sql = "INSERT INTO promises_looked (edition, at) VALUES (?, ?) ON CONFLICT (edition) DO NOTHING"
    await tx.run(sql, edition, now)
