"""Links between Lotsen of the directory and Telegram chats, and the one-time invitations that make them."""

from dataclasses import dataclass

from bot.model import ChatId
from bot.storage import Reader, Row, Transaction

_NAME = "invites.pressed_name"


@dataclass(frozen=True, slots=True)
class Link:
    """A Lotse who answers from a chat; ``blocked`` when the last message did not get through."""

    lotse: str
    chat: ChatId
    blocked: bool


@dataclass(frozen=True, slots=True)
class Invite:
    """A one-time link and who pressed it."""

    id: int
    lotse: str
    admin: ChatId
    expires_at: int
    state: str  # sent | pressed | confirmed | rejected
    pressed_chat: ChatId | None
    pressed_name: str


async def links(reader: Reader) -> tuple[Link, ...]:
    """Every linked Lotse."""
    rows = await reader.all("SELECT lotse, chat_id, blocked_at FROM links ORDER BY lotse")
    return tuple(Link(row["lotse"], ChatId(row["chat_id"]), row["blocked_at"] is not None) for row in rows)


async def link_of_chat(reader: Reader, chat: ChatId) -> Link | None:
    """The Lotse who answers from this chat."""
    row = await reader.one("SELECT lotse, chat_id, blocked_at FROM links WHERE chat_id = ?", chat)
    return Link(row["lotse"], ChatId(row["chat_id"]), row["blocked_at"] is not None) if row else None


async def link_of_lotse(reader: Reader, lotse: str) -> Link | None:
    """The chat this Lotse answers from."""
    row = await reader.one("SELECT lotse, chat_id, blocked_at FROM links WHERE lotse = ?", lotse)
    return Link(row["lotse"], ChatId(row["chat_id"]), row["blocked_at"] is not None) if row else None


async def link(tx: Transaction, lotse: str, chat: ChatId, now: int) -> None:
    """Link a Lotse to a chat; an earlier link of either is replaced. An absence stays with the Lotse, not with the chat."""
    await tx.run("DELETE FROM links WHERE lotse = ? OR chat_id = ?", lotse, chat)
    await tx.run("DELETE FROM absences WHERE chat_id = ? AND lotse <> ?", chat, lotse)
    await tx.run("UPDATE absences SET chat_id = ? WHERE lotse = ?", chat, lotse)
    await tx.run("INSERT INTO links (lotse, chat_id, linked_at) VALUES (?, ?, ?)", lotse, chat, now)


async def unlink(tx: Transaction, lotse: str) -> ChatId | None:
    """Remove a link, and with it an absence; returns the chat it led to."""
    await tx.run("DELETE FROM absences WHERE lotse = ?", lotse)
    row = await tx.one("DELETE FROM links WHERE lotse = ? RETURNING chat_id", lotse)
    return ChatId(row["chat_id"]) if row else None


async def insert_invite(
    tx: Transaction, *, token_hash: bytes, lotse: str, admin: ChatId, expires_at: int
) -> None:
    """A new invitation; earlier ones for this Lotse that nobody pressed become void."""
    await tx.run("DELETE FROM invites WHERE lotse = ? AND state IN ('sent', 'pressed')", lotse)
    await tx.run(
        "INSERT INTO invites (token_hash, lotse, admin_chat, expires_at, state) VALUES (?, ?, ?, ?, 'sent')",
        token_hash,
        lotse,
        admin,
        expires_at,
    )


async def invite_by_token(reader: Reader, token_hash: bytes) -> Invite | None:
    """The invitation whose link was pressed."""
    row = await reader.one("SELECT * FROM invites WHERE token_hash = ?", token_hash)
    return _invite(row, reader) if row else None


async def invite(reader: Reader, invite_id: int) -> Invite | None:
    """The invitation of this id."""
    row = await reader.one("SELECT * FROM invites WHERE id = ?", invite_id)
    return _invite(row, reader) if row else None


async def press(tx: Transaction, invite_id: int, chat: ChatId, name: str) -> bool:
    """Someone pressed the link: once only."""
    changed = await tx.run(
        "UPDATE invites SET state = 'pressed', pressed_chat = ?, pressed_name = ? WHERE id = ? AND state = 'sent'",
        chat,
        tx.vault.seal(name, _NAME),
        invite_id,
    )
    return changed == 1


async def settle(tx: Transaction, invite_id: int, state: str) -> bool:
    """The admin confirmed or rejected: once only."""
    sql = "UPDATE invites SET state = ? WHERE id = ? AND state = 'pressed'"
    return await tx.run(sql, state, invite_id) == 1


def _invite(row: Row, reader: Reader) -> Invite:
    name = row["pressed_name"]
    return Invite(
        id=row["id"],
        lotse=row["lotse"],
        admin=ChatId(row["admin_chat"]),
        expires_at=row["expires_at"],
        state=row["state"],
        pressed_chat=ChatId(row["pressed_chat"]) if row["pressed_chat"] is not None else None,
        pressed_name=reader.vault.open(name, _NAME) if name is not None else "",
    )
