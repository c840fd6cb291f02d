"""Saying something to the person whose update is being handled: the one place that calls Telegram to reply."""

import logging
from contextlib import suppress
from typing import Any

from telegram import CallbackQuery, InlineKeyboardMarkup, LinkPreviewOptions, Message, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.ext import CallbackContext, ExtBot

from bot.keyboards import keyboard
from bot.model import ChatId, Key, MessageId, Outgoing, UpdateId
from bot.refusals import Refusal
from bot.sending import send
from handlers import texts

# The bot of this program is always an ExtBot with our rate limiter.
log = logging.getLogger(__name__)

Context = CallbackContext[ExtBot[str], Any, Any, Any]
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


def chat_of(update: Update) -> ChatId:
    """The private chat of an update; handlers are only registered for updates that have one."""
    chat = update.effective_chat
    if chat is None:
        raise LookupError
    return ChatId(chat.id)


def quoted(message: Message) -> MessageId | None:
    """The message this one answers."""
    answered = message.reply_to_message
    return MessageId(answered.message_id) if answered is not None else None


def cause_of(update: Update) -> UpdateId:
    """The id that keys every effect of this update."""
    return UpdateId(update.update_id)


def pressed_in(query: CallbackQuery) -> MessageId | None:
    """The message whose button was pressed; Telegram knows it also when it no longer gives access to it."""
    return MessageId(query.message.message_id) if query.message is not None else None


async def say(context: Context, chat: ChatId, message: Outgoing) -> MessageId:
    """A new message to the person being answered."""
    return await send(context.bot, chat, message)


async def refuse(context: Context, chat: ChatId, command: str, *, role: str = "admin") -> None:
    """Say to somebody without this role that the command is not for them; it is logged."""
    log.warning("chat %d is not an %s and tried /%s", chat, role, command)
    await say(context, chat, Outgoing(texts.NOT_ALLOWED))


async def refuse_press(query: CallbackQuery, chat: ChatId, *, role: str) -> None:
    """The same for a button of that role."""
    log.warning("chat %d pressed an %s's button", chat, role)
    await acknowledge(query, texts.NOT_ALLOWED, alert=True)


async def put_in_place(context: Context, chat: ChatId, old: MessageId, message: Outgoing) -> MessageId:
    """Change one of our messages; a new one when that is no longer possible. Returns the message that shows it."""
    try:
        await context.bot.edit_message_text(
            message.html,
            chat_id=chat,
            message_id=old,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(message.keys),
            link_preview_options=_NO_PREVIEW,
        )
    except BadRequest as error:
        if Refusal.CANNOT_EDIT.meant_by(error):
            return await say(context, chat, message)
        if not Refusal.UNCHANGED.meant_by(error):
            raise
    return old


async def show(context: Context, query: CallbackQuery, message: Outgoing) -> MessageId | None:
    """Put ``message`` in place of the one whose button was pressed; a new one when that cannot be changed. Returns the
    message that shows it."""
    old = query.message
    if old is None:
        return None
    if not isinstance(old, Message):  # Telegram no longer gives access to it
        return await say(context, ChatId(old.chat.id), message)
    return await put_in_place(context, ChatId(old.chat.id), MessageId(old.message_id), message)


async def drop_keys(context: Context, query: CallbackQuery) -> None:
    """Take the buttons off the message that was pressed, so that nobody presses them twice."""
    old = query.message
    if not isinstance(old, Message) or old.reply_markup is None:
        return
    with suppress(BadRequest):  # gone or already without buttons: nothing to take off
        await context.bot.edit_message_reply_markup(chat_id=old.chat.id, message_id=old.message_id)


async def add_keys(context: Context, query: CallbackQuery, row: tuple[Key, ...]) -> None:
    """One more row under the message that was pressed, unless it is there already."""
    old = query.message
    if not isinstance(old, Message) or old.reply_markup is None:
        return
    rows, added = old.reply_markup.inline_keyboard, keyboard((row,))
    known = {button.callback_data for shown in rows for button in shown}
    if added is None or row[0].data in known:
        return
    with suppress(BadRequest):  # gone: nothing to add to
        await context.bot.edit_message_reply_markup(
            chat_id=old.chat.id,
            message_id=old.message_id,
            reply_markup=InlineKeyboardMarkup([*rows, *added.inline_keyboard]),
        )


async def acknowledge(query: CallbackQuery, text: str = "", *, alert: bool = False) -> None:
    """End the button's spinner. That fails for an old press (after an outage) or in bad weather: what was pressed is
    done all the same."""
    try:
        await query.answer(text or None, show_alert=alert or None)
    except BadRequest as error:
        if not Refusal.PRESS_TOO_OLD.meant_by(error):
            raise
    except (NetworkError, RetryAfter) as error:
        log.info("a press could not be acknowledged (%s)", type(error).__name__)
