"""After the end of a case: do these words belong to it, or are they something new? They wait until that is said."""

from collections.abc import Sequence
from typing import Any

from telegram import CallbackQuery, Message

from bot.conversations import Conversations
from bot.library import Edition
from bot.model import Case, ChatId, Outgoing
from bot.tables.situation import Waiting
from handlers import buttons, render_transfer, texts, texts_cases, texts_desk
from handlers.render import key, moment, plain
from handlers.replies import Context, acknowledge, drop_keys, say

WHICH_DIALOG = "which"  # a text waits for its case


async def ask(
    conversations: Conversations, context: Context, chat: ChatId, message: Message, text: str, shown: Outgoing
) -> None:
    """Keep the words (``text``, and the ``message`` they were written in) and ask."""
    asked = await say(context, chat, shown)
    waiting: dict[str, object] = {"text": text, "message": message.message_id, "asked": asked}
    await conversations.wait_for(chat, WHICH_DIALOG, waiting)


async def text_of(context: Context, query: CallbackQuery, waiting: Waiting | None) -> dict[str, Any] | None:
    """The text that the pressed message asks about; without one the press is told so. A newer text has a question of
    its own: a button of the older one must not send it where the older one should have gone."""
    pressed = query.message.message_id if query.message is not None else None
    if waiting is not None and waiting.kind == WHICH_DIALOG and waiting.data.get("asked", pressed) == pressed:
        return waiting.data
    await acknowledge(query, texts_cases.STEP_GONE, alert=True)
    await drop_keys(context, query)
    return None


def question(cases: Sequence[Case], edition: Edition) -> Outgoing:
    """One button for each case that can be opened again, one for something new, one for the bot."""
    rows = [
        (key(texts_desk.KEY_SAME_CASE.format(number=case.number), buttons.SameCase(case.id)),)
        for case in cases
    ]
    rows += [
        (key(texts_desk.KEY_NEW_MATTER, buttons.NewMatter()),),
        (key(texts_cases.KEY_ASK_BOT, buttons.AskBot()),),
        (key(texts.KEY_CANCEL, buttons.CancelDraft()),),
    ]
    lines = "\n".join(
        texts_desk.CLOSED_CASE.format(
            number=plain(case.number),
            lotse=render_transfer.name_of(case.lotse, edition),
            closed=moment(case.closed_at) if case.closed_at else "",
        )
        for case in cases
    )
    return Outgoing(texts_desk.SAME_OR_NEW.format(cases=lines), tuple(rows))
