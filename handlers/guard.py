"""The door: who floods the bot is asked to slow down once and then not answered for a minute."""

from dataclasses import dataclass

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import ApplicationHandlerStop

from bot.clock import Clock
from bot.conversations import Conversations
from bot.flood import Flood, Verdict
from bot.library import Library
from bot.model import ChatId, Outgoing
from handlers import texts
from handlers.replies import Context, acknowledge, say
from handlers.roles import Roles


@dataclass(frozen=True, slots=True)
class Guard:
    """Stands before all other handlers."""

    flood: Flood
    library: Library
    conversations: Conversations
    roles: Roles
    clock: Clock

    async def on_any(self, update: Update, context: Context) -> None:
        """Messages and presses of a private chat are counted; whatever else Telegram tells always passes."""
        chat = update.effective_chat
        query = update.callback_query
        message = update.message or update.edited_message
        if chat is None or chat.type != ChatType.PRIVATE or (query is None and message is None):
            return
        sent = self.clock.now() if message is None else message.edit_date or message.date
        verdict = self.flood.weigh(chat.id, sent.timestamp())
        if verdict is Verdict.PASS:
            return
        text = (message.text or message.caption or "") if message is not None else ""
        if await self._passes_anyway(ChatId(chat.id), text):
            if verdict is Verdict.NOTICE:
                self.flood.forgive(chat.id)
            return
        if query is not None:
            notice = texts.TOO_FAST_PRESSED if verdict is Verdict.NOTICE else ""
            await acknowledge(query, notice, alert=bool(notice))
        elif verdict is Verdict.NOTICE:
            await say(context, ChatId(chat.id), Outgoing(texts.TOO_FAST))
        raise ApplicationHandlerStop

    async def _passes_anyway(self, chat: ChatId, text: str) -> bool:
        """Urgent words, people with an open case, Lotsen, editors and admins are never kept waiting."""
        if self.roles.is_editor(chat) or self.library.current.understanding.alarm(text):
            return True
        return await self.conversations.is_in_case(chat)
