"""/start with its links, /hilfe, /abbrechen, commands nobody knows."""

from dataclasses import dataclass

from telegram import Update

from bot.conversations import Conversations
from bot.library import Library
from bot.linking import Linking, Pressed, Void
from bot.model import ChatId, Outgoing
from handlers import render, render_cases, texts, texts_admin
from handlers.render import plain
from handlers.replies import Context, cause_of, chat_of, say
from handlers.roles import Roles
from handlers.topics import Topics
from knowledge.directory import LotseId

LINK_PREFIX = "l_"


@dataclass(frozen=True, slots=True)
class Start:
    """First contact and orientation."""

    library: Library
    conversations: Conversations
    linking: Linking
    topics: Topics
    roles: Roles
    imprint_url: str

    async def on_start(self, update: Update, context: Context) -> None:
        """/start, also with a payload: a Lotse's one-time link, an entry, a topic."""
        chat = chat_of(update)
        payload = context.args[0] if context.args else ""
        if payload.startswith(LINK_PREFIX):
            await self._pressed(update, context, chat, payload.removeprefix(LINK_PREFIX))
            return
        if payload and await self.topics.open_link(context, chat, payload, cause_of(update)):
            return
        await say(context, chat, render.start())

    async def _pressed(self, update: Update, context: Context, chat: ChatId, token: str) -> None:
        user = update.effective_user
        name = user.full_name + (f" (@{user.username})" if user.username else "") if user else ""
        match await self.linking.press(token, chat, name):
            case Pressed(lotse=lotse_id):
                directory = self.library.current.directory
                lotse = directory.lotsen.get(LotseId(lotse_id))
                shown = render_cases.name(lotse, directory) if lotse else plain(lotse_id)
                await say(context, chat, Outgoing(texts.LINK_WAITING.format(lotse=shown)))
            case Void():
                await say(context, chat, Outgoing(texts.LINK_VOID))

    async def on_help(self, update: Update, context: Context) -> None:
        """/hilfe, with what this person's role adds."""
        chat = chat_of(update)
        text = texts.HELP
        if await self.linking.lotse_of(chat):
            text += texts.HELP_LOTSE
        if self.roles.is_editor(chat):
            text += texts_admin.HELP_EDITOR
        if self.roles.is_admin(chat):
            text += texts_admin.HELP_ADMIN
        if self.imprint_url:
            text += texts.HELP_IMPRINT.format(url=plain(self.imprint_url))
        await say(context, chat, Outgoing(text + texts.NOTICE_REGIONS))

    async def on_cancel(self, update: Update, context: Context) -> None:
        """/abbrechen."""
        chat = chat_of(update)
        waiting = await self.conversations.asked(chat)
        for asked in waiting:
            await self.conversations.decided(chat, asked)
        ended = await self.conversations.end_dialog(chat) or waiting
        await say(
            context, chat, Outgoing(texts.CANCELLED if ended else texts.NOTHING_TO_CANCEL, no_keyboard=True)
        )

    async def on_unknown(self, update: Update, context: Context) -> None:
        """A command that does not exist."""
        await say(context, chat_of(update), Outgoing(texts.UNKNOWN_COMMAND))
