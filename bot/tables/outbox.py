"""Rows of the outbox ↔ ``Notice``."""

from dataclasses import dataclass, replace
from typing import Any

from bot.model import CaseId, ChatId, Delivered, MessageId, Notice, NoticeKind
from bot.secrets import WrongKeyError
from bot.storage import Reader, Row, Transaction, Value

_PAYLOAD = "outbox.payload"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row that cannot be understood: damaged, or written by a newer version."""

    id: int


def from_row(row: Row, reader: Reader) -> Notice:
    """A notice from its row, decrypted."""
    return Notice(
        id=row["id"],
        chat=ChatId(row["chat_id"]),
        kind=NoticeKind(row["kind"]),
        case=CaseId(row["case_id"]) if row["case_id"] is not None else None,
        data=reader.vault.open_json(row["payload"], _PAYLOAD),
        attempts=row["attempts"],
    )


async def put(
    tx: Transaction,
    chat: ChatId,
    kind: NoticeKind,
    *,
    dedupe: str,
    now: int,
    case: CaseId | None = None,
    data: dict[str, Any] | None = None,
    due: int = 0,
    album: str = "",
    source: tuple[ChatId, MessageId] | None = None,
) -> bool:
    """Say something to someone, in the caller's transaction; ``False`` when this cause has already said it.

    ``due`` (ms): not before then. ``album``: rows of one album go out in one call. ``source``: the message it was made from.
    """
    changed = await tx.run(
        "INSERT INTO outbox (chat_id, case_id, kind, payload, dedupe, state, due_at, created_at, album, source_chat, source_message)"
        # Due at 0, not at ``now``: when the machine's clock is set back, new words do not wait for it to catch up.
        " VALUES (?, ?, ?, ?, ?, 'waiting', ?, ?, ?, ?, ?) ON CONFLICT (dedupe) DO NOTHING",
        chat,
        case,
        kind,
        tx.vault.seal_json(data or {}, _PAYLOAD),
        dedupe,
        due,
        now,
        album,
        *(source or (None, None)),
    )
    return changed == 1


async def tell_more(tx: Transaction, cause: str, kind: NoticeKind, more: dict[str, Any]) -> None:
    """Add to the data of the last notice of this kind that a cause (its rows begin so) will say, if one still waits."""
    sql = "SELECT id, payload FROM outbox WHERE dedupe LIKE ? AND kind = ? AND state = 'waiting' ORDER BY id DESC LIMIT 1"
    row = await tx.one(sql, f"{cause}%", kind)
    if row is not None:
        data = tx.vault.open_json(row["payload"], _PAYLOAD) | more
        sealed = tx.vault.seal_json(data, _PAYLOAD)
        await tx.run("UPDATE outbox SET payload = ? WHERE id = ?", sealed, row["id"])


async def said(reader: Reader, dedupe: str) -> bool:
    """Whether this cause has already said something."""
    return await reader.one("SELECT 1 FROM outbox WHERE dedupe = ?", dedupe) is not None


async def cases_told(reader: Reader, cause: str) -> tuple[CaseId, ...]:
    """The cases in which something was said for a cause that says several things (its rows begin so), in order."""
    sql = "SELECT case_id FROM outbox WHERE dedupe LIKE ? AND case_id IS NOT NULL ORDER BY id"
    return tuple(CaseId(row["case_id"]) for row in await reader.all(sql, f"{cause}%"))


async def call_off(tx: Transaction, source: tuple[ChatId, MessageId], now: int) -> int:
    """What was made from this message and still waits will not be said; returns how many rows that were."""
    return await tx.run(
        "UPDATE outbox SET state = 'undeliverable', error = 'called off', done_at = ?"
        " WHERE source_chat = ? AND source_message = ? AND state = 'waiting' AND attempts = 0",
        now,
        *source,
    )


async def call_off_all(tx: Transaction, case: CaseId, kind: NoticeKind, now: int) -> None:
    """What of this kind still waits in this case will not be said."""
    sql = (
        "UPDATE outbox SET state = 'undeliverable', error = 'called off', done_at = ?"
        " WHERE case_id = ? AND kind = ? AND state = 'waiting'"
    )
    await tx.run(sql, now, case, kind)


async def waiting_chats(reader: Reader) -> dict[ChatId, int]:
    """Chats with something to say, and when (ms) the oldest of it is due: in each chat only the oldest may go."""
    rows = await reader.all(
        "SELECT chat_id, due_at FROM outbox WHERE id IN"
        " (SELECT MIN(id) FROM outbox WHERE state = 'waiting' GROUP BY chat_id)"
    )
    return {ChatId(row["chat_id"]): row["due_at"] for row in rows}


async def oldest(reader: Reader, chat: ChatId, now: int) -> Notice | Unreadable | None:
    """The oldest waiting notice of a chat, if it is due."""
    sql = "SELECT * FROM outbox WHERE chat_id = ? AND state = 'waiting' ORDER BY id LIMIT 1"
    row = await reader.one(sql, chat)
    if row is None or row["due_at"] > now:
        return None
    try:
        notice = from_row(row, reader)
        if row["album"]:
            sql = "SELECT * FROM outbox WHERE chat_id = ? AND state = 'waiting' AND album = ? AND id > ? ORDER BY id LIMIT 9"
            others = await reader.all(sql, chat, row["album"], row["id"])
            notice = replace(notice, also=tuple(from_row(other, reader) for other in others))
    except (WrongKeyError, ValueError):
        return Unreadable(row["id"])
    return notice


async def mark_sent(tx: Transaction, notice: Notice, outcome: Delivered, now: int) -> bool:
    """Telegram accepted it; its words are not needed any longer. ``False`` when it was erased meanwhile."""
    sql = "UPDATE outbox SET state = 'sent', done_at = ?, message_id = ?, attempts = attempts + 1, payload = ? WHERE id = ?"
    nothing = tx.vault.seal_json({}, _PAYLOAD)
    return await _each(tx, notice, sql, now, outcome.message, nothing)


async def mark_retry(tx: Transaction, notice: Notice, due_at: int, reason: str) -> bool:
    """It stays first in its chat's line and is due later. ``False`` when it was erased meanwhile."""
    sql = "UPDATE outbox SET due_at = ?, attempts = attempts + 1, error = ? WHERE id = ?"
    return await _each(tx, notice, sql, due_at, reason)


async def bring_forward(tx: Transaction, back: int, now: int) -> None:
    """The clock was set back by ``back`` ms: what was told to wait by the old one waits as long as was meant."""
    sql = (
        "UPDATE outbox SET due_at = due_at - ? WHERE state = 'waiting' AND due_at > ?"
        # Not those put since: their time is of the new clock. Of a repeat that cannot be told; too early does no harm.
        " AND (created_at > ? OR attempts > 0)"
    )
    await tx.run(sql, back, now, now)


async def mark_undeliverable(tx: Transaction, notice: Notice | Unreadable, reason: str, now: int) -> bool:
    """It will never arrive. ``False`` when it was erased meanwhile."""
    sql = "UPDATE outbox SET state = 'undeliverable', done_at = ?, attempts = attempts + 1, error = ? WHERE id = ?"
    return await _each(tx, notice, sql, now, reason)


async def _each(tx: Transaction, notice: Notice | Unreadable, sql: str, *values: Value) -> bool:
    """The statement for this row and for those that went out with it."""
    there = await tx.run(sql, *values, notice.id) == 1
    for other in notice.also if isinstance(notice, Notice) else ():
        await tx.run(sql, *values, other.id)
    return there


async def forget_done(tx: Transaction, before: int) -> None:
    """Drop what was settled before this moment (ms); later repeats of its cause cannot come any more."""
    await tx.run("DELETE FROM outbox WHERE state <> 'waiting' AND done_at < ?", before)


async def sent_message(reader: Reader, notice_id: int) -> MessageId | None:
    """The message a settled notice became."""
    row = await reader.one("SELECT message_id FROM outbox WHERE id = ?", notice_id)
    return MessageId(row["message_id"]) if row and row["message_id"] is not None else None
