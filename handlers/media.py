"""Photos, documents, voice and the like in a case: copied without any trace of the sender's account.

Towards a Lotse a warning and a tap come first (papers hold personal data of third persons); towards the employer
nothing is asked. Kinds that are carried: whatever Telegram's copyMessage can copy (Bot API).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from telegram import CallbackQuery, Message, Update

from bot.cases import Cases
from bot.conversations import Conversations
from bot.correspondence import Correspondence
from bot.model import Case, CaseId, CaseState, ChatId, MessageId, Outgoing, Party
from bot.outcomes import Done, NotYours, TooLate
from bot.tables.situation import Situation
from handlers import (
    asking,
    buttons,
    case_steps,
    last_word,
    note_desk,
    render_aftercare,
    render_proposals,
    texts_cases,
    texts_desk,
    texts_transfer,
)
from handlers.asking import Words
from handlers.desk import REPLY_DIALOG, Desk
from handlers.render import key, plain
from handlers.replies import Context, acknowledge, cause_of, chat_of, quoted, say, show


@dataclass(frozen=True, slots=True)
class Media:
    """Carries what is not text between the two people of a case."""

    conversations: Conversations
    cases: Cases
    correspondence: Correspondence
    desk: Desk

    async def took(self, update: Update, context: Context, message: Message, situation: Situation) -> bool:
        """Carry ``message`` if it belongs to a case; ``False`` when it does not, or its kind cannot be carried."""
        chat, step = chat_of(update), situation.dialog
        if not _kind(message):
            return False
        if await self._joined(chat, message):
            return True
        case = await self._case(chat, message, situation)
        if message.caption and (case.employer == chat if case is not None else situation.live_cases):
            await self.desk.first_aid.first(context, chat, message.caption)
        if step is not None and step.kind in case_steps.INTERNAL and (case is None or case.employer != chat):
            await self._internal(context, chat, message, case)
        elif case is None:
            return await self._ask_which(context, chat, message, situation)
        elif case.employer != chat and note_desk.is_command(message.caption or ""):
            await self._internal(context, chat, message, case)
        elif case.employer == chat or message.contact is not None:
            shown = _question(texts_desk.CONTACT_WARNING if message.contact else texts_cases.MEDIA_WARNING)
            await self._ask(context, chat, message, case, shown)
        else:
            await self._at_once(update, context, message, case, situation)
        return True

    async def _at_once(
        self, update: Update, context: Context, message: Message, case: Case, situation: Situation
    ) -> None:
        """A Lotse's file for the employer."""
        chat, step = chat_of(update), situation.dialog
        outcome = await self._carry(update, case.id, Party.LOTSE, _waiting(message))
        if step is not None and (
            step.kind == REPLY_DIALOG or (step.kind == last_word.DIALOG and step.data["case"] != case.id)
        ):
            # A later text must not go where this step led, after something was said elsewhere.
            await self.conversations.end_dialog(chat)
        if not isinstance(outcome, Done) or outcome.fresh:
            shown = await self._carried(chat, case.id, outcome, MessageId(message.message_id))
            if isinstance(outcome, Done) and message.caption:  # words like any others of the Lotse
                shown = replace(shown, keys=(*shown.keys, (render_proposals.propose_key(case.id),)))
            await say(context, chat, shown)

    async def _case(self, chat: ChatId, message: Message, situation: Situation) -> Case | None:
        """The case that is meant: the one replied to, that of „Antworten“, or the employer's only live one."""
        if message.reply_to_message is not None:
            answered = MessageId(message.reply_to_message.message_id)
            if (case := await self.cases.by_answered(chat, answered)) is not None:
                return case
        if situation.dialog is not None and situation.dialog.kind == REPLY_DIALOG and situation.lotse:
            return await self.cases.get(CaseId(situation.dialog.data["case"]))
        if message.media_group_id is not None and situation.lotse:
            # The further parts of an album that began after „Antworten“.
            begun = await self.correspondence.case_of_album(chat, message.media_group_id)
            if begun is not None:
                return begun
        live = await self._live_of(chat, situation)
        return live[0] if len(live) == 1 else None

    async def _live_of(self, chat: ChatId, situation: Situation) -> list[Case]:
        """The employer's cases that a Lotse has."""
        if not situation.live_cases:
            return []
        return [case for case in await self.cases.of_employer(chat) if case.live]

    async def _joined(self, chat: ChatId, message: Message) -> bool:
        """The next picture of an album that is asked about already: one question for all of them."""
        if message.media_group_id is None:
            return False
        for asked, words in (await self.conversations.asked(chat)).items():
            if words.kind == asking.FILES and words.data["album"] == message.media_group_id:
                more = _waiting(message)
                if more["messages"][0] not in words.data["messages"]:
                    both = {name: [*words.data[name], *more[name]] for name in ("messages", "files")}
                    await self.conversations.ask_about(chat, asked, asking.FILES, {**words.data, **both})
                return True
        return False

    async def _ask(
        self, context: Context, chat: ChatId, message: Message, case: Case | None, shown: Outgoing
    ) -> None:
        data = {**_waiting(message), "case": case.id if case is not None else 0}
        await asking.ask(self.conversations, context, chat, message, shown, asking.FILES, data)

    async def _internal(self, context: Context, chat: ChatId, message: Message, case: Case | None) -> None:
        """A file while something internal is awaited, or with „/notiz“ below it: never to the employer unasked."""
        if case is None:
            await say(
                context, chat, Outgoing(texts_transfer.ONLY_TEXT, reply_to=MessageId(message.message_id))
            )
            return
        text = texts_transfer.FILE_OR_NOTE.format(
            place=plain(self.desk.place(case)),
            number=plain(case.number),
            what=texts_cases.MEDIA[_kind(message)],
        )
        await self._ask(context, chat, message, case, _question(text, texts_transfer.KEY_AS_ANSWER))

    async def _ask_which(
        self, context: Context, chat: ChatId, message: Message, situation: Situation
    ) -> bool:
        """Several cases, and it answers none of their messages; ``False`` when there is no case it can be for."""
        mine = (
            [case for case in await self.cases.of_lotse(situation.lotse) if case.state is not CaseState.OPEN]
            if situation.lotse
            else []
        )
        cases = mine or await self._live_of(chat, situation)
        if cases:
            await self._ask(context, chat, message, None, self.desk.which_case(cases, to_bot=False))
        return bool(cases)

    async def to_case(
        self, update: Update, context: Context, query: CallbackQuery, words: Words, case_id: CaseId
    ) -> None:
        """The answer to „Zu welchem Fall?“: towards a Lotse the warning comes next."""
        chat, chosen = chat_of(update), replace(words, data={**words.data, "case": case_id})
        case = await self.cases.get(case_id)
        contact = words.data["kind"] == "contact"
        if contact or (case is not None and case.employer == chat):
            shown = _question(texts_desk.CONTACT_WARNING if contact else texts_cases.MEDIA_WARNING)
            await asking.ask_on(self.conversations, context, query, chat, chosen, shown)
        else:
            await self._send(update, context, query, chosen)

    async def on_button(
        self,
        update: Update,
        context: Context,
        query: CallbackQuery,
        button: buttons.SendMedia | buttons.KeepMedia,
    ) -> None:
        """Send them, or not."""
        chat = chat_of(update)
        words = await asking.words_of(self.conversations, query, chat, asking.FILES)
        if words is None:
            return
        await acknowledge(query)
        if isinstance(button, buttons.SendMedia):
            await self._send(update, context, query, words)
        else:
            await self.conversations.decided(chat, words.asked)
            await show(context, query, Outgoing(texts_cases.MEDIA_KEPT))

    async def _send(self, update: Update, context: Context, query: CallbackQuery, words: Words) -> None:
        chat, case_id = chat_of(update), CaseId(words.data["case"])
        case = await self.cases.get(case_id)
        party = Party.EMPLOYER if case is not None and case.employer == chat else Party.LOTSE
        outcome = await self._carry(update, case_id, party, words.data)
        await self.conversations.decided(chat, words.asked)
        await show(context, query, await self._carried(chat, case_id, outcome, None))

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
            caption=waiting.get("caption", ""),  # of a question from before captions were kept
        )


def _question(text: str, send: str = texts_cases.KEY_SEND_MEDIA) -> Outgoing:
    """Send it or not?"""
    yes, no = key(send, buttons.SendMedia()), key(texts_cases.KEY_KEEP_MEDIA, buttons.KeepMedia())
    return Outgoing(text, ((yes,), (no,)))


def _waiting(message: Message) -> dict[str, Any]:
    """What has to be known to carry this message."""
    return {
        "messages": [message.message_id],
        "files": [file_of(message)],
        "album": message.media_group_id,
        "kind": _kind(message),
        "quotes": quoted(message),
        "caption": message.caption or "",
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
