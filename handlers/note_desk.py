"""Notes about a case: by the button under its card, by /notiz, changed by editing. They never go to an employer."""

import re
from dataclasses import dataclass
from typing import Any, Final

from telegram import CallbackQuery, Message, Update

from bot.figures import Figures
from bot.model import Case, CaseId, ChatId, MessageId, Outgoing
from bot.notes import Notes
from bot.outcomes import Done, NotYours, TooLate
from handlers import asking, buttons, render_transfer, texts_cases, texts_transfer
from handlers.desk import Desk
from handlers.render import plain
from handlers.replies import Context, acknowledge, cause_of, chat_of, say, show

DIALOG: Final = "note"  # the next message is a note
_COMMAND = re.compile(r"/notiz(?:@\w+)?\s*", re.IGNORECASE)
_NUMBER = re.compile(r"([0-9A-Za-z]{8})(?:\s+|$)")


@dataclass(frozen=True, slots=True)
class NoteDesk:
    """Who may is decided by ``Notes`` from the database."""

    desk: Desk
    notes: Notes
    figures: Figures

    async def on_command(self, update: Update, context: Context) -> None:
        """/notiz: as a reply to a message of a case, with its number, or about the only open case."""
        chat, message = chat_of(update), update.message
        lotse = await self.desk.linking.lotse_of(chat)
        if message is None or message.text is None:
            return
        if not lotse:
            await say(context, chat, Outgoing(texts_cases.NOT_A_LOTSE))
            return
        case, text = await self._meant(message, chat, lotse)
        if case is None:
            await say(context, chat, Outgoing(texts_transfer.NOTE_USAGE))
        elif not await self.notes.may_see(case, chat):
            await say(context, chat, Outgoing(texts_cases.NOT_YOURS))
        elif not text:
            shown = await self.notes.of_case(case.id)
            await say(context, chat, render_transfer.all_notes(case, shown, self.desk.library.current))
        else:
            await say(context, chat, await self._keep(chat, case.id, message.message_id, text))

    async def _meant(self, message: Message, chat: ChatId, lotse: str) -> tuple[Case | None, str]:
        case, text = await self._split(message.text or "")
        answered = message.reply_to_message
        if case is None and answered is not None:
            case = await self.desk.cases.by_answered(chat, MessageId(answered.message_id))
        elif case is None:
            mine = await self.desk.cases.of_lotse(lotse)
            case = mine[0] if len(mine) == 1 else None
        return case, text

    async def _split(self, text: str) -> tuple[Case | None, str]:
        """The case whose number stands after the command, and what follows."""
        words = _COMMAND.sub("", text, count=1)
        found = _NUMBER.match(words)
        case = await self.figures.by_number(found.group(1).upper()) if found else None
        return (case, words[found.end() :]) if found and case is not None else (None, words)

    async def on_button(
        self,
        update: Update,
        context: Context,
        query: CallbackQuery,
        button: buttons.NoteCase | buttons.KeepAsNote,
    ) -> None:
        """Write one, or the text that waits is one."""
        chat, case_id = chat_of(update), CaseId(button.case)
        if isinstance(button, buttons.NoteCase):
            case = await self.desk.as_lotse(chat, case_id)
            await acknowledge(query, "" if case else texts_cases.NOT_YOURS, alert=case is None)
            if case is not None:
                place = render_transfer.place_of(case, self.desk.library.current)
                text = texts_transfer.NOTE_PROMPT.format(number=plain(case.number), place=place)
                asked = await say(context, chat, Outgoing(text))
                await self.desk.conversations.wait_for(chat, DIALOG, {"case": case.id, "prompt": asked})
            return
        words = await asking.words_of(self.desk.conversations, query, chat, asking.WHICH)
        if words is None:
            return
        await acknowledge(query)
        shown = await self._keep(chat, case_id, words.data["message"], words.data["text"])
        await self.desk.conversations.decided(chat, words.asked)
        await show(context, query, shown)

    async def written(
        self, context: Context, chat: ChatId, message: Message, text: str, data: dict[str, Any]
    ) -> None:
        """The message after „Notiz“."""
        shown = await self._keep(chat, CaseId(data["case"]), message.message_id, text)
        await self.desk.conversations.end_dialog(chat)
        await say(context, chat, shown)

    async def ask_what_it_is(
        self, context: Context, chat: ChatId, message: Message, text: str, note: CaseId, answer: Case
    ) -> bool:
        """A reply to a message of a case while a note is awaited; ``False`` when there is no such case any more."""
        case = await self.desk.cases.get(note)
        if case is None:
            return False
        shown = render_transfer.note_or_answer(case, answer, self.desk.library.current)
        await self.desk.conversations.end_dialog(chat)
        await self.desk.ask_where(context, chat, message, text, shown)
        return True

    async def edited(
        self, update: Update, context: Context, chat: ChatId, number: MessageId, text: str
    ) -> bool:
        """The message of a note was changed; ``False`` when it is no note."""
        words = (await self._split(text))[1] if _COMMAND.match(text) else text
        outcome = await self.notes.change(chat, number, words, f"u{cause_of(update)}") if words else None
        if outcome is None:
            return False
        text = texts_transfer.NOTE_CHANGED
        if isinstance(outcome, TooLate):
            lotse = render_transfer.name_of(outcome.case.lotse, self.desk.library.current)
            text = texts_transfer.NOTE_STAYS.format(number=plain(outcome.case.number), lotse=lotse)
        await say(context, chat, Outgoing(text, reply_to=number))
        return True

    async def _keep(self, chat: ChatId, case_id: CaseId, message: int, text: str) -> Outgoing:
        match await self.notes.add(case_id, chat, MessageId(message), text):
            case Done(case=case):
                return Outgoing(texts_transfer.NOTE_KEPT.format(number=plain(case.number)))
            case NotYours():
                return await self.desk.not_yours(chat, case_id)


def is_command(text: str) -> bool:
    """Whether somebody meant this for a note."""
    return _COMMAND.match(text.lstrip()) is not None
