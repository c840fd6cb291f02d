"""The end of a case as its Lotse wants it: with a last word or without."""

from dataclasses import dataclass, replace
from typing import Any, Final

from telegram import CallbackQuery, Message, Update

from bot.closing import Closing
from bot.model import Case, CaseId, MessageId, Outgoing, UpdateId
from bot.outcomes import Done, NotYours, TooLate
from handlers import buttons, render_undo, texts_cases, texts_transfer, texts_undo
from handlers.desk import Desk
from handlers.render import plain
from handlers.replies import Context, acknowledge, cause_of, chat_of, say

DIALOG: Final = "last-word"  # the next message goes to the employer and ends the case


@dataclass(frozen=True, slots=True)
class LastWord:
    """„Letztes Wort schreiben“, and the words."""

    desk: Desk
    closing: Closing

    async def on_button(
        self, update: Update, context: Context, query: CallbackQuery, button: buttons.LastWord
    ) -> None:
        """The next message is the last word."""
        chat = chat_of(update)
        case = await self.desk.open_case(query, chat, CaseId(button.case))
        if case is None:
            return
        await acknowledge(query)
        text = texts_transfer.LAST_WORD_PROMPT.format(
            place=plain(self.desk.place(case)), number=plain(case.number)
        )
        asked = await say(context, chat, Outgoing(text))
        await self.desk.conversations.wait_for(chat, DIALOG, {"case": case.id, "prompt": asked})

    async def written(
        self, update: Update, context: Context, message: Message, text: str, data: dict[str, Any]
    ) -> None:
        """The words: said, and the case is over."""
        chat, case_id, number = chat_of(update), CaseId(data["case"]), MessageId(message.message_id)
        await self.desk.conversations.end_dialog(chat)
        cause = cause_of(update)
        match await self.closing.with_word(case_id, chat, text, message=number, update=cause):
            case Done(case=case):
                shown = self._closed(case, cause, number)
                told = await self.desk.say_in_case(context, chat, case_id, shown)
                await self.desk.correspondence.offers_undo(chat, told, cause, closes=True)
            case TooLate():
                await say(context, chat, Outgoing(texts_cases.CASE_CLOSED_ALREADY, reply_to=number))
            case NotYours():
                await say(context, chat, await self.desk.not_yours(chat, case_id))

    def _closed(self, before: Case, update: UpdateId, message: MessageId) -> Outgoing:
        """On its way, and over; both can be taken back while the words are held."""
        place, seconds = self.desk.place(before), int(self.closing.hold.total_seconds())
        if seconds:
            shown = render_undo.held(before, place, seconds, update, message)
            return replace(shown, html=shown.html + texts_undo.HELD_LAST)
        text = texts_cases.SENT_TO_EMPLOYER.format(place=plain(place), number=plain(before.number))
        return Outgoing(text + texts_undo.HELD_LAST, reply_to=message)
