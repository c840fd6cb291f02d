"""The command menus Telegram shows, by role. Display only: who may do what is decided at every step."""

import logging

from telegram import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import BadRequest, Forbidden
from telegram.ext import ExtBot

from bot.model import ChatId
from handlers import texts, texts_admin
from handlers.roles import Roles

log = logging.getLogger(__name__)


async def introduce(bot: ExtBot[str]) -> None:
    """Who the bot is, and the commands everybody sees."""
    await bot.set_my_description(texts.BOT_DESCRIPTION)
    await bot.set_my_short_description(texts.BOT_SHORT_DESCRIPTION)
    await bot.set_my_commands(_commands(texts.COMMANDS), scope=BotCommandScopeAllPrivateChats())


async def show_menu(bot: ExtBot[str], chat: ChatId, *, lotse: bool, roles: Roles) -> None:
    """The menu of one person; without a role the one everybody sees."""
    scope = BotCommandScopeChat(chat)
    editor, admin = roles.is_editor(chat), roles.is_admin(chat)
    menu = {
        **texts.COMMANDS,
        **(texts.COMMANDS_LOTSE if lotse else {}),
        **(texts_admin.COMMANDS_EDITOR if editor else {}),
        **(texts_admin.COMMANDS_ADMIN if admin else {}),
    }
    try:
        if lotse or editor:
            await bot.set_my_commands(_commands(menu), scope=scope)
        else:
            await bot.delete_my_commands(scope=scope)
    except (BadRequest, Forbidden):
        # Telegram keeps no menu for a chat that never started the bot or blocked it.
        log.info("no menu for chat %d", chat)


def _commands(menu: dict[str, str]) -> list[BotCommand]:
    return [BotCommand(command, text) for command, text in menu.items()]
