"""Questions about a person's own words: they wait under the message that asks, until one of its buttons decides.

So a button acts on the words it was asked about and on no others; newer words have a question of their own, and nothing
that was written is lost.
"""

from dataclasses import dataclass, replace
from typing import Any, Final

from telegram import CallbackQuery, Message

from bot.conversations import Conversations
from bot.model import ChatId, MessageId, Outgoing
from handlers import texts_cases
from handlers.replies import Context, acknowledge, pressed_in, say, show

WHICH: Final = "which"  # a text: to which case?
SCREEN: Final = "screen"  # a text with personal data of a third person: send it?
FILES: Final = "media"  # photos, documents, …: to which case, and send them?


@dataclass(frozen=True, slots=True)
class Words:
    """What waits, and the message that asks about it."""

    asked: MessageId
    kind: str
    data: dict[str, Any]


async def ask(
    conversations: Conversations,
    context: Context,
    chat: ChatId,
    message: Message,
    shown: Outgoing,
    kind: str,
    data: dict[str, Any],
) -> None:
    """Ask about ``message``, as an answer to it, and keep what is in ``data``."""
    asked = await say(context, chat, replace(shown, reply_to=MessageId(message.message_id)))
    await conversations.ask_about(chat, asked, kind, data)


async def ask_on(
    conversations: Conversations,
    context: Context,
    query: CallbackQuery,
    chat: ChatId,
    words: Words,
    shown: Outgoing,
) -> None:
    """The next question about the same words, in place of the one before."""
    asked = await show(context, query, shown)
    await conversations.decided(chat, words.asked)
    if asked is not None:
        await conversations.ask_about(chat, asked, words.kind, words.data)


async def words_of(
    conversations: Conversations, query: CallbackQuery, chat: ChatId, *kinds: str
) -> Words | None:
    """What the pressed message asks about; without it the press is told so, and does nothing.

    The buttons stay: after a second tap they are those of what came in place of the question.
    """
    pressed = pressed_in(query)
    waiting = await conversations.asked_in(chat, pressed)
    if pressed is not None and waiting is not None and waiting.kind in kinds:
        return Words(pressed, waiting.kind, waiting.data)
    await acknowledge(query, texts_cases.QUESTION_GONE, alert=True)
    return None
