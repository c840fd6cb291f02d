"""Second thoughts: a message that was changed, a message that is taken back."""

import re
from dataclasses import dataclass

from telegram import Message, Update

from bot.cases import Cases
from bot.conversations import Conversations
from bot.correspondence import Correspondence
from bot.model import Case, ChatId, MessageId, Outgoing, Party
from bot.outcomes import Done, NotYours, TooLate
from handlers import asking, render_cases, texts, texts_cases, texts_desk
from handlers.media import file_of
from handlers.note_desk import NoteDesk
from handlers.render import plain
from handlers.replies import Context, cause_of, chat_of, say
from knowledge import thirdparty

_WAITING_WORDS = frozenset({asking.WHICH, asking.SCREEN})

_COMMAND = re.compile(r"/\w+(?:@\w+)?\s*")

_RETRACTED = {
    Done: texts_desk.RETRACTED,
    TooLate: texts_desk.RETRACT_TOO_LATE,
    NotYours: texts_cases.NOT_YOURS,
}


@dataclass(frozen=True, slots=True)
class Corrections:
    """Carries edits to the other side, and deletes there what its writer takes back."""

    conversations: Conversations
    cases: Cases
    correspondence: Correspondence
    notes: NoteDesk

    async def on_edited(self, update: Update, context: Context) -> None:
        """A message of a case changes what it became; elsewhere an edit is not searched again in silence."""
        message = update.edited_message
        if message is None:
            return
        chat, number = chat_of(update), MessageId(message.message_id)
        words = message.text if message.text is not None else message.caption
        file = file_of(message)
        case = await self.cases.by_message(chat, number)
        if case is not None and (words is not None or file):
            await self._changed(update, context, message, case, words or "", file)
        elif message.text is None:
            return  # a place that moves, a picture of no case
        elif await self.notes.edited(update, context, chat, number, message.text):
            return
        elif not await self._waiting_changed(context, chat, message, message.text):
            await say(context, chat, Outgoing(texts.EDITED))

    async def _changed(
        self, update: Update, context: Context, message: Message, case: Case, words: str, file: str
    ) -> None:
        chat, number = chat_of(update), MessageId(message.message_id)
        for asked, older in (await self.conversations.asked(chat)).items():
            # Its button must not put an older change over this one.
            if older.kind == asking.SCREEN and older.data.get("edit") and older.data["message"] == number:
                await self.conversations.decided(chat, asked)
        party = Party.EMPLOYER if case.employer == chat else Party.LOTSE
        if party is Party.EMPLOYER and number == case.asked_in:
            words = _COMMAND.sub("", words, count=1).strip()  # „/lotse …“
            if not words:
                await say(context, chat, Outgoing(texts.EDITED, reply_to=number))
                return
        screened = thirdparty.screen(words) if party is Party.EMPLOYER else None
        if screened is not None and screened.findings:
            if file:  # a caption cannot be changed at this step: it is not carried
                await say(context, chat, Outgoing(texts_desk.EDIT_NOT_CARRIED, reply_to=number))
                return
            waiting = {"case": case.id, "text": words, "message": number, "edit": True}
            shown = render_cases.personal_data(screened)
            await asking.ask(self.conversations, context, chat, message, shown, asking.SCREEN, waiting)
            return
        outcome = await self.correspondence.edit(
            party, case.id, chat, number, update=cause_of(update), text=words, file=file
        )
        await say(context, chat, await self.notes.desk.edited(outcome, chat, case.id, number))

    async def _waiting_changed(self, context: Context, chat: ChatId, message: Message, text: str) -> bool:
        """Words that still wait for their case, or for a decision, are replaced by the changed ones."""
        number = MessageId(message.message_id)
        found = await self.conversations.asked(chat)
        waiting = [
            (asked, words)
            for asked, words in found.items()
            if words.kind in _WAITING_WORDS and words.data["message"] == number
        ]
        if not waiting:
            return False
        asked, words = waiting[-1]
        data = {**words.data, "text": text}
        if words.kind == asking.SCREEN and (screened := thirdparty.screen(text)).findings:
            await self.conversations.decided(chat, asked)
            shown = render_cases.personal_data(screened)
            await asking.ask(self.conversations, context, chat, message, shown, asking.SCREEN, data)
        else:
            await self.conversations.ask_about(chat, asked, words.kind, data)
            await say(context, chat, Outgoing(texts_desk.EDIT_REPLACED, reply_to=number))
        return True

    async def on_retract(self, update: Update, context: Context) -> None:
        """/zurueckholen as a reply to one's own message."""
        chat, message = chat_of(update), update.message
        answered = message.reply_to_message if message is not None else None
        if answered is None or answered.from_user is None or answered.from_user.is_bot:
            await say(context, chat, Outgoing(texts_desk.RETRACT_USAGE))
            return
        number = MessageId(answered.message_id)
        case = await self.cases.by_message(chat, number)
        if case is None:
            await say(context, chat, Outgoing(texts_desk.RETRACT_USAGE))
            return
        party = Party.EMPLOYER if case.employer == chat else Party.LOTSE
        if party is Party.EMPLOYER and number == case.asked_in:
            text = texts_desk.RETRACT_QUESTION.format(number=plain(case.number))
            await say(context, chat, Outgoing(text, reply_to=number))
            return
        outcome = await self.correspondence.retract(party, case.id, chat, number, update=cause_of(update))
        await say(context, chat, Outgoing(_RETRACTED[type(outcome)], reply_to=number))
