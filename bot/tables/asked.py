"""Words that wait for their writer's answer, each under the message that asks."""

from typing import Any

from bot.model import ChatId, MessageId
from bot.secrets import Vault
from bot.storage import Reader, Statement
from bot.tables.situation import Waiting

_DATA = "asked.data"


def saved(
    vault: Vault, chat: ChatId, message: MessageId, kind: str, data: dict[str, Any], now: int
) -> Statement:
    """The statement after which these words wait under ``message``; for ``Store.append``."""
    return Statement(
        "INSERT INTO asked (chat_id, message_id, kind, data, at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (chat_id, message_id) DO UPDATE SET kind = excluded.kind, data = excluded.data, at = excluded.at",
        (chat, message, kind, vault.seal_json(data, _DATA), now),
    )


def dropped(chat: ChatId, message: MessageId) -> Statement:
    """The statement after which nothing waits under ``message``; for ``Store.append``."""
    return Statement("DELETE FROM asked WHERE chat_id = ? AND message_id = ?", (chat, message))


async def of_chat(reader: Reader, chat: ChatId, since: int) -> dict[MessageId, Waiting]:
    """What waits in a chat since this moment (ms) or later, by the message that asks, oldest first."""
    rows = await reader.all(
        "SELECT * FROM asked WHERE chat_id = ? AND at > ? ORDER BY message_id", chat, since
    )
    return {
        MessageId(row["message_id"]): Waiting(row["kind"], reader.vault.open_json(row["data"], _DATA))
        for row in rows
    }
