"""What is remembered of a chat: the talk, the profile, the dialogue that waits for its next message."""

import json
from dataclasses import asdict
from typing import Any

from bot.model import ChatId, Profile, Talk
from bot.secrets import Vault
from bot.storage import Reader, Statement, Transaction

TALK = "chats.talk"
PROFILE = "chats.profile"
DIALOG = "dialogs.data"


def remember(vault: Vault, chat: ChatId, talk: Talk, now: int) -> Statement:
    """The statement that stores a chat's talk; for ``Store.append``."""
    return Statement(
        "INSERT INTO chats (chat_id, talk, talk_at, first_seen) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (chat_id) DO UPDATE SET talk = excluded.talk, talk_at = excluded.talk_at, blocked_at = NULL",
        (chat, vault.seal(json.dumps(asdict(talk), ensure_ascii=False), TALK), now, now),
    )


async def save_profile(tx: Transaction, chat: ChatId, profile: Profile, now: int) -> None:
    """Remember where the firm is."""
    await tx.run(
        "INSERT INTO chats (chat_id, profile, first_seen) VALUES (?, ?, ?)"
        " ON CONFLICT (chat_id) DO UPDATE SET profile = excluded.profile",
        chat,
        tx.vault.seal_json(asdict(profile), PROFILE),
        now,
    )


async def profile(reader: Reader, chat: ChatId) -> Profile | None:
    """Where the firm is, if it was said."""
    row = await reader.one("SELECT profile FROM chats WHERE chat_id = ? AND profile IS NOT NULL", chat)
    return Profile(**reader.vault.open_json(row["profile"], PROFILE)) if row else None


async def set_blocked(tx: Transaction, chat: ChatId, at: int | None) -> None:
    """The person blocked the bot (``at`` ms) or came back (``None``); the same fact on a Lotse's link."""
    await tx.run("UPDATE chats SET blocked_at = ? WHERE chat_id = ?", at, chat)
    await tx.run("UPDATE links SET blocked_at = ? WHERE chat_id = ?", at, chat)


def dialog_saved(vault: Vault, chat: ChatId, kind: str, data: dict[str, Any], now: int) -> Statement:
    """The statement after which the next message of this chat belongs to this dialogue; for ``Store.append``."""
    return Statement(
        "INSERT INTO dialogs (chat_id, kind, data, at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (chat_id) DO UPDATE SET kind = excluded.kind, data = excluded.data, at = excluded.at",
        (chat, kind, vault.seal_json(data, DIALOG), now),
    )


def dialog_ended(chat: ChatId) -> Statement:
    """The statement after which no dialogue waits any longer; for ``Store.append``."""
    return Statement("DELETE FROM dialogs WHERE chat_id = ?", (chat,))


async def end_dialog(tx: Transaction, chat: ChatId) -> None:
    """The same together with what ended it."""
    await tx.run("DELETE FROM dialogs WHERE chat_id = ?", chat)
