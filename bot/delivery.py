"""A message out, an outcome back: the only place where Telegram's errors are translated."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from telegram import LinkPreviewOptions
from telegram import MessageId as MessageIdOfTelegram
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.clock import Clock
from bot.keyboards import keyboard
from bot.model import ChatId, Delivered, MessageId, Outcome, Outgoing, RetryAt, Undeliverable
from bot.refusals import Refusal
from bot.sending import send
from bot.traffic import ONCE, seconds

_LONGEST_BACKOFF_S = 300


class Deliver(Protocol):
    """Sends one message to one chat and tells what became of it; never raises Telegram's errors."""

    async def __call__(self, chat: ChatId, message: Outgoing, attempts: int) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class TelegramDelivery:
    """Delivery through python-telegram-bot."""

    bot: ExtBot[str]
    clock: Clock

    async def __call__(self, chat: ChatId, message: Outgoing, attempts: int) -> Outcome:
        """Send or edit; ``attempts`` made so far set the back-off."""
        try:
            return Delivered(await self._send(chat, message))
        except RetryAfter as error:
            return RetryAt(self.clock.now() + timedelta(seconds=seconds(error.retry_after)), "retry_after")
        except (Forbidden, ChatMigrated) as error:
            return Undeliverable(str(error), blocked=True)
        except BadRequest as error:
            return Undeliverable(str(error), blocked=Refusal.NOBODY_THERE.meant_by(error))
        except TelegramError as error:
            wait = min(2**attempts, _LONGEST_BACKOFF_S)
            return RetryAt(self.clock.now() + timedelta(seconds=wait), type(error).__name__)

    async def _send(self, chat: ChatId, message: Outgoing) -> MessageId:
        if message.edits is not None:
            try:
                await self.bot.edit_message_text(
                    message.html,
                    chat_id=chat,
                    message_id=message.edits,
                    parse_mode=ParseMode.HTML,
                    reply_markup=keyboard(message.keys),
                    link_preview_options=NO_PREVIEW,
                    rate_limit_args=ONCE,
                )
            except BadRequest as error:
                if Refusal.UNCHANGED.meant_by(error):
                    return message.edits
                if not Refusal.CANNOT_EDIT.meant_by(error):
                    raise
                # What cannot be changed any more is said anew.
            else:
                return message.edits
        if message.copies is not None:
            copied: MessageIdOfTelegram = await self.bot.copy_message(
                chat,
                *message.copies,
                protect_content=message.protected or None,
                rate_limit_args=ONCE,
            )
            return MessageId(copied.message_id)
        return await send(self.bot, chat, message, patience=ONCE)


NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
