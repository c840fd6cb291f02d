"""A message out, an outcome back: the only place where Telegram's errors are translated."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from telegram import LinkPreviewOptions, ReplyParameters
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
            return await self._send(chat, message)
        except RetryAfter as error:
            return RetryAt(self.clock.now() + timedelta(seconds=seconds(error.retry_after)), "retry_after")
        except (Forbidden, ChatMigrated) as error:
            return Undeliverable(str(error), blocked=True)
        except BadRequest as error:
            return Undeliverable(str(error), blocked=Refusal.NOBODY_THERE.meant_by(error))
        except TelegramError as error:
            wait = min(2**attempts, _LONGEST_BACKOFF_S)
            return RetryAt(self.clock.now() + timedelta(seconds=wait), type(error).__name__)

    async def _send(self, chat: ChatId, message: Outgoing) -> Delivered:
        if message.deletes:
            for old in message.deletes:
                await self._delete(chat, old)
            return Delivered(message.deletes[0])
        if message.edits is not None and await self._changed(chat, message, message.edits):
            return Delivered(message.edits)
        if message.copies is not None:
            return await self._copy(chat, message, *message.copies)
        return Delivered(await send(self.bot, chat, message, patience=ONCE))

    async def _changed(self, chat: ChatId, message: Outgoing, old: MessageId) -> bool:
        """Whether the old message shows it now; what cannot be changed any more is said anew."""
        try:
            if message.caption:
                await self.bot.edit_message_caption(
                    chat_id=chat,
                    message_id=old,
                    caption=message.html,
                    parse_mode=ParseMode.HTML,
                    rate_limit_args=ONCE,
                )
            else:
                await self.bot.edit_message_text(
                    message.html,
                    chat_id=chat,
                    message_id=old,
                    parse_mode=ParseMode.HTML,
                    reply_markup=keyboard(message.keys),
                    link_preview_options=NO_PREVIEW,
                    rate_limit_args=ONCE,
                )
        except BadRequest as error:
            if Refusal.UNCHANGED.meant_by(error):
                return True
            if not Refusal.CANNOT_EDIT.meant_by(error):
                raise
            return False
        return True

    async def _copy(
        self, chat: ChatId, message: Outgoing, source: ChatId, messages: tuple[MessageId, ...]
    ) -> Delivered:
        """Without a trace of whose they were; several keep together as the album they are."""
        protected = message.protected or None
        if len(messages) == 1:
            copied: MessageIdOfTelegram = await self.bot.copy_message(
                chat,
                source,
                messages[0],
                protect_content=protected,
                reply_parameters=_quoting(message),
                rate_limit_args=ONCE,
            )
            return Delivered(MessageId(copied.message_id))
        all_copied: tuple[MessageIdOfTelegram, ...] = await self.bot.copy_messages(
            chat, source, sorted(messages), protect_content=protected, rate_limit_args=ONCE
        )
        numbers = [MessageId(copy.message_id) for copy in all_copied]
        return Delivered(numbers[0], tuple(numbers[1:]))

    async def _delete(self, chat: ChatId, old: MessageId) -> None:
        try:
            await self.bot.delete_message(chat, old, rate_limit_args=ONCE)
        except BadRequest as error:
            if not Refusal.ALREADY_GONE.meant_by(error):
                raise


def _quoting(message: Outgoing) -> ReplyParameters | None:
    if message.reply_to is None:
        return None
    return ReplyParameters(message.reply_to, allow_sending_without_reply=True)


NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
