"""The next message of a Lotse whose step waits for it: a note, whom to search, a word that goes
with an offer, the last word of a case.

Most of these words are not for the employer. So they are looked at before a reply is: a note that is typed as a reply to the card
must not become an answer.
"""

from dataclasses import dataclass
from typing import Final

from telegram import CallbackQuery, Message, Update

from bot.model import Case, CaseId, ChatId, MessageId, Outgoing
from bot.tables.situation import Situation, Waiting
from handlers import buttons, handing_over, last_word, note_desk, texts, texts_transfer
from handlers.handing_over import HandingOver
from handlers.last_word import LastWord
from handlers.note_desk import NoteDesk
from handlers.replies import Context, acknowledge, chat_of, pressed_in, quoted, show

# Steps whose next message is not for the employer.
INTERNAL: Final = frozenset({note_desk.DIALOG, handing_over.NOTE_DIALOG, handing_over.SEARCH_DIALOG})


@dataclass(frozen=True, slots=True)
class CaseSteps:
    """Takes the messages of the steps around a case."""

    handing_over: HandingOver
    notes: NoteDesk
    last_word: LastWord

    async def took(
        self, update: Update, context: Context, message: Message, text: str, situation: Situation
    ) -> bool:
        """``False`` when no such step waits, or the message is clearly none of it."""
        waiting, chat = situation.dialog, chat_of(update)
        if waiting is None:
            return False
        match waiting.kind:
            case note_desk.DIALOG | handing_over.NOTE_DIALOG:
                elsewhere = await self._elsewhere(chat, message, waiting)
                if elsewhere is not None and await self.notes.ask_what_it_is(
                    context, chat, message, text, CaseId(waiting.data["case"]), elsewhere
                ):
                    return True
                if waiting.kind == note_desk.DIALOG:
                    await self.notes.written(context, chat, message, text, waiting.data)
                else:
                    await self.handing_over.noted(update, context, message, waiting.data)
                return True
            case handing_over.SEARCH_DIALOG:
                if await self._elsewhere(chat, message, waiting) is not None:
                    await self.notes.desk.conversations.end_dialog(chat)
                    return False
                await self.handing_over.searched(context, chat, text, waiting.data)
                return True
            case last_word.DIALOG:
                elsewhere = await self._elsewhere(chat, message, waiting)
                if elsewhere is not None and elsewhere.id != waiting.data["case"]:
                    # Words for another case: a later text without a reply must not end this one unasked.
                    await self.notes.desk.conversations.end_dialog(chat)
                    return False
                await self.last_word.written(update, context, message, text, waiting.data)
                return True
            case _:
                return False

    async def _elsewhere(self, chat: ChatId, message: Message, waiting: Waiting) -> Case | None:
        """The case that this message replies to, unless it answers the question of the step."""
        answered = quoted(message)
        if answered is None or answered == waiting.data.get("prompt"):
            return None
        return await self.notes.desk.cases.by_answered(chat, MessageId(answered))

    async def _stop(self, chat: ChatId, query: CallbackQuery) -> bool:
        """Only what the pressed message asked for: a newer step goes on, newer words wait on. ``False``: it asked for nothing."""
        pressed, conversations = pressed_in(query), self.notes.desk.conversations
        if pressed is None:
            return False
        asked = await conversations.asked_in(chat, pressed) is not None
        await conversations.decided(chat, pressed)
        waiting = (await conversations.situation(chat)).dialog
        if waiting is not None and pressed in {waiting.data.get("prompt"), *waiting.data.get("shown", ())}:
            return await conversations.end_dialog(chat)
        return asked

    async def on_button(
        self, update: Update, context: Context, query: CallbackQuery, button: buttons.TransferButton
    ) -> None:
        """Every button around a case that changes hands, its notes and its last word."""
        match button:
            case buttons.NoteCase() | buttons.KeepAsNote():
                await self.notes.on_button(update, context, query, button)
            case buttons.LastWord():
                await self.last_word.on_button(update, context, query, button)
            case buttons.StopStep():
                ended = await self._stop(chat_of(update), query)
                await acknowledge(query)
                await show(
                    context, query, Outgoing(texts.CANCELLED if ended else texts_transfer.CHOICE_CLOSED)
                )
            case _:
                await self.handing_over.on_button(update, context, query, button)
