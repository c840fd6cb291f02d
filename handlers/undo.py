"""The tap on „Rückgängig“."""

from dataclasses import dataclass

from telegram import CallbackQuery, Update

from bot.model import CaseId, Outgoing, UpdateId
from bot.outcomes import NotYours, TooLate
from bot.undoing import TakenBack, Undoing
from handlers import buttons, texts_cases, texts_undo
from handlers.desk import Desk
from handlers.render import plain
from handlers.replies import Context, acknowledge, chat_of, drop_keys, show


@dataclass(frozen=True, slots=True)
class Undo:
    """Whose words they are is asked of the database."""

    undoing: Undoing
    desk: Desk

    async def on_button(
        self, update: Update, context: Context, query: CallbackQuery, button: buttons.UndoWords
    ) -> None:
        """Taken back, or the truth that it is too late."""
        chat = chat_of(update)
        match await self.undoing.take_back(CaseId(button.case), chat, UpdateId(button.written)):
            case TakenBack(case=case, reopened=reopened):
                await acknowledge(query)
                text = texts_undo.UNDONE.format(place=plain(self.desk.place(case)), number=plain(case.number))
                text += texts_undo.UNCLOSED if reopened else ""
                await show(context, query, Outgoing(text))
            case TooLate():
                await acknowledge(query, texts_undo.TOO_LATE, alert=True)
                await drop_keys(context, query)
            case NotYours():
                await acknowledge(query, texts_cases.NOT_YOURS, alert=True)
                await drop_keys(context, query)
