"""Photos, documents, voice and the like in a case: copied without any trace of the sender's account.

Towards a Lotse a warning and a tap come first (papers hold personal data of third persons); towards the employer
nothing is asked. Kinds that are carried: whatever Telegram's copyMessage can copy (Bot API).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from telegram import CallbackQuery, Message, Update

from bot.cases import Cases
from bot.conversations import Conversations
from bot.correspondence import Correspondence
from bot.model import Case, CaseId, ChatId, MessageId, Outgoing, Party
from bot.outcomes import Done, NotYours, TooLate
from bot.tables.situation import Situation
from handlers import buttons, render_aftercare, texts_cases, texts_desk
from handlers.desk import REPLY_DIALOG, Desk
from handlers.render import key
from handlers.replies import Context, acknowledge, cause_of, chat_of, drop_keys, quoted, say, show

DIALOG: Final = "media"  # media of the employer that wait for the tap


@dataclass(frozen=True, slots=True)
class Media:
    """Carries what is not text between the two people of a case."""

    conversations: Conversations
    cases: Cases
    correspondence: Correspondence
    desk: Desk

    async def took(self, update: Update, context: Context, message: Message, situation: Situation) -> bool:
        """Carry ``message`` if it belongs to a case; ``False`` when it does not, or its kind cannot be carried."""
        chat = chat_of(update)
        kind = _kind(message)
        case = await self._case(chat, message, situation)
        if not kind or case is None:
            return False
        if case.employer == chat or message.contact is not None:
            await self._ask(context, chat, message, case, situation)
            return True
        outcome = await self._carry(update, case.id, Party.LOTSE, _waiting(case, message))
        if situation.dialog is not None and situation.dialog.kind == REPLY_DIALOG:
            await self.conversations.end_dialog(chat)
        if not isinstance(outcome, Done) or outcome.fresh:
            await say(
                context, chat, await self._carried(chat, case.id, outcome, MessageId(message.message_id))
            )
        return True

    async def _case(self, chat: ChatId, message: Message, situation: Situation) -> Case | None:
        """The case that is meant: the one replied to, or the employer's only live one. A Lotse has to reply."""
        if situation.dialog is not None and situation.dialog.kind == REPLY_DIALOG and situation.lotse:
            return await self.cases.get(CaseId(situation.dialog.data["case"]))
        if message.media_group_id is not None and situation.lotse:
            # The further parts of an album that began after „Antworten“.
            begun = await self.correspondence.case_of_album(chat, message.media_group_id)
            if begun is not None:
                return begun
        if message.reply_to_message is not None:
            return await self.cases.by_answered(chat, MessageId(message.reply_to_message.message_id))
        if not situation.live_cases:
            return None
        live = [case for case in await self.cases.of_employer(chat) if case.live]
        return live[0] if len(live) == 1 else None

    async def _ask(
        self, context: Context, chat: ChatId, message: Message, case: Case, situation: Situation
    ) -> None:
        waiting = situation.dialog.data if situation.dialog and situation.dialog.kind == DIALOG else None
        more = (
            waiting is not None and waiting["case"] == case.id and waiting["album"] == message.media_group_id
        )
        if waiting is not None and more and message.media_group_id is not None:
            # The next picture of an album: one question for all of them.
            more_data = {
                name: [*waiting[name], *_waiting(case, message)[name]] for name in ("messages", "files")
            }
            await self.conversations.wait_for(chat, DIALOG, {**waiting, **more_data})
            return
        await self.conversations.wait_for(chat, DIALOG, _waiting(case, message))
        warning = texts_desk.CONTACT_WARNING if message.contact else texts_cases.MEDIA_WARNING
        rows = (
            (key(texts_cases.KEY_SEND_MEDIA, buttons.SendMedia()),),
            (key(texts_cases.KEY_KEEP_MEDIA, buttons.KeepMedia()),),
        )
        await say(context, chat, Outgoing(warning, rows, reply_to=MessageId(message.message_id)))

    async def on_button(
        self,
        update: Update,
        context: Context,
        query: CallbackQuery,
        button: buttons.SendMedia | buttons.KeepMedia,
    ) -> None:
        """The employer's tap."""
        chat = chat_of(update)
        waiting = (await self.conversations.situation(chat)).dialog
        if waiting is None or waiting.kind != DIALOG:
            await acknowledge(query, texts_cases.STEP_GONE, alert=True)
            await drop_keys(context, query)
            return
        await acknowledge(query)
        if isinstance(button, buttons.KeepMedia):
            await self.conversations.end_dialog(chat)
            await show(context, query, Outgoing(texts_cases.MEDIA_KEPT))
            return
        case = await self.cases.get(CaseId(waiting.data["case"]))
        party = Party.EMPLOYER if case is not None and case.employer == chat else Party.LOTSE
        outcome = await self._carry(update, CaseId(waiting.data["case"]), party, waiting.data)
        await self.conversations.end_dialog(chat)
        shown = await self._carried(chat, CaseId(waiting.data["case"]), outcome, None)
        await show(context, query, shown)

    async def _carried(
        self, chat: ChatId, case_id: CaseId, outcome: Done | TooLate | NotYours, message: MessageId | None
    ) -> Outgoing:
        match outcome:
            case Done(case=case, away=away):
                shown = Outgoing(texts_cases.MEDIA_SENT, reply_to=message)
                return self.desk.waits(shown, case, away)
            case TooLate(case=case):
                return render_aftercare.not_carried(case, message, employer=case.employer == chat)
            case NotYours():
                return await self.desk.not_yours(chat, case_id)

    async def _carry(
        self, update: Update, case_id: CaseId, party: Party, waiting: Mapping[str, Any]
    ) -> Done | TooLate | NotYours:
        album = waiting["album"] or ""
        return await self.correspondence.show(
            case_id,
            party,
            chat_of(update),
            [MessageId(message) for message in waiting["messages"]],
            kind="album" if album else waiting["kind"],
            update=cause_of(update),
            album=album,
            files=waiting["files"],
            quotes=waiting["quotes"],
        )


def _waiting(case: Case, message: Message) -> dict[str, Any]:
    """What has to be known to carry this message, as a row of a dialogue."""
    return {
        "case": case.id,
        "messages": [message.message_id],
        "files": [file_of(message)],
        "album": message.media_group_id,
        "kind": _kind(message),
        "quotes": quoted(message),
    }


def file_of(message: Message) -> str:
    """Telegram's name of the content; empty when the message is no file."""
    for kind in ("document", "voice", "video_note", "video", "audio"):
        if (file := getattr(message, kind)) is not None:
            return str(file.file_unique_id)
    return message.photo[-1].file_unique_id if message.photo else ""


def _kind(message: Message) -> str:
    """What it is, as a word of ``texts_cases.MEDIA``; empty when it cannot be carried."""
    return next((kind for kind in texts_cases.MEDIA if getattr(message, kind, None)), "")
