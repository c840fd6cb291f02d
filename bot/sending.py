"""A new message to Telegram, for direct replies and the outbox alike.

This is half of the way of a question, so it goes around python-telegram-bot's objects: a call takes a dict, and of the
answer only the id is read. Errors, waits and retries are those of every other call.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from telegram.constants import ParseMode
from telegram.ext import ExtBot
from telegram.request import RequestData

from bot.keyboards import NO_KEYBOARD, keyboard, location_keyboard
from bot.model import ChatId, Key, MessageId, Outgoing

_METHOD = "sendMessage"


@dataclass(frozen=True, slots=True)
class _Ready:
    """What our transport reads of a ``RequestData``: parameters that are JSON already."""

    json_payload: bytes
    contains_files: bool = False


async def send(
    bot: ExtBot[str], chat: ChatId, message: Outgoing, *, patience: str | None = None
) -> MessageId:
    """Send ``message`` anew; ``patience`` is for the bot's rate limiter. Raises ``telegram.error.TelegramError``."""
    parameters: dict[str, Any] = {
        "chat_id": chat,
        "text": message.html,
        "parse_mode": ParseMode.HTML,
        "link_preview_options": {"is_disabled": True},
    }
    if message.keys:
        parameters["reply_markup"] = _markup(message.keys)
    elif message.location_key:
        parameters["reply_markup"] = location_keyboard(message.location_key)
    elif message.no_keyboard:
        parameters["reply_markup"] = NO_KEYBOARD
    if message.reply_to is not None:
        parameters["reply_parameters"] = {
            "message_id": message.reply_to,
            "allow_sending_without_reply": True,
        }
    if message.protected:
        parameters["protect_content"] = True
    if message.silent:
        parameters["disable_notification"] = True

    body = cast("RequestData", _Ready(json.dumps(parameters).encode()))

    async def call() -> Any:
        return await bot.request.post(f"{bot.base_url}/{_METHOD}", body)

    limiter = bot.rate_limiter
    sent: Any = (
        await call()
        if limiter is None
        else await limiter.process_request(call, (), {}, _METHOD, parameters, patience)
    )
    return MessageId(sent["message_id"])


@lru_cache(maxsize=512)
def _markup(keys: tuple[tuple[Key, ...], ...]) -> str:
    """The keyboard as JSON: most messages are answers, and their buttons are always the same."""
    made = keyboard(keys)
    return made.to_json() if made is not None else ""
