"""The SQL of access, erasure and retention: every table that holds something about a person appears here."""

from typing import Any

from bot.model import ChatId, MessageId
from bot.storage import Reader, Transaction
from bot.tables.chats import PROFILE
from bot.tables.updates import RAW


async def profile_of(reader: Reader, chat: ChatId) -> dict[str, Any] | None:
    """Where the firm is."""
    row = await reader.one("SELECT profile FROM chats WHERE chat_id = ? AND profile IS NOT NULL", chat)
    return dict(reader.vault.open_json(row["profile"], PROFILE)) if row else None


async def cases_of(reader: Reader, chat: ChatId) -> list[int]:
    """Ids of the employer's cases, closed ones included."""
    return [
        row["id"]
        for row in await reader.all("SELECT id FROM cases WHERE employer_chat = ? ORDER BY id", chat)
    ]


async def updates_of(reader: Reader, chat: ChatId) -> list[Any]:
    """Contents of updates that are parked or were set aside."""
    sql = "SELECT raw FROM updates WHERE chat_id = ? AND raw IS NOT NULL ORDER BY update_id"
    return [reader.vault.open_json(row["raw"], RAW) for row in await reader.all(sql, chat)]


async def cards_of(reader: Reader, case_id: int) -> list[tuple[ChatId, MessageId]]:
    """Where the Lotse's card of a case is."""
    sql = "SELECT card_chat, card_message FROM cases WHERE id = ? AND card_chat IS NOT NULL"
    return [
        (ChatId(row["card_chat"]), MessageId(row["card_message"])) for row in await reader.all(sql, case_id)
    ]


async def erase_case(tx: Transaction, case_id: int) -> None:
    """A case with its messages and what waits to be said in it (both go by ON DELETE CASCADE)."""
    await tx.run("DELETE FROM cases WHERE id = ?", case_id)


async def erase_chat(tx: Transaction, chat: ChatId) -> None:
    """Everything else about a chat; of handled updates only the number was ever kept."""
    for sql in (
        "DELETE FROM chats WHERE chat_id = ?",
        "DELETE FROM dialogs WHERE chat_id = ?",
        "DELETE FROM case_messages WHERE chat_id = ?",
        "DELETE FROM outbox WHERE chat_id = ?",
        "DELETE FROM updates WHERE chat_id = ? AND state = 'aside'",
        "DELETE FROM invites WHERE pressed_chat = ? AND state <> 'confirmed'",
    ):
        await tx.run(sql, chat)


async def forget(tx: Transaction, *, talks_before: int, cases_before: int, aside_before: int) -> None:
    """What is older than its retention (ms)."""
    await tx.run("DELETE FROM cases WHERE state = 'closed' AND closed_at < ?", cases_before)
    await tx.run("UPDATE chats SET talk = NULL, talk_at = NULL WHERE talk_at < ?", talks_before)
    await tx.run("DELETE FROM dialogs WHERE at < ?", talks_before)
    await tx.run("DELETE FROM updates WHERE state = 'aside' AND at < ?", aside_before)
    await tx.run("DELETE FROM invites WHERE expires_at < ?", talks_before)
