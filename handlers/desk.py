"""Words between an employer and a Lotse: the Lotse's buttons, and replies of both sides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from telegram import CallbackQuery, Message, Update

from bot.cases import Cases
from bot.clock import Clock
from bot.conversations import Conversations
from bot.correspondence import Correspondence
from bot.library import Library
from bot.linking import Linking
from bot.model import Case, CaseId, CaseState, ChatId, MessageId, Outgoing, Party, UpdateId
from bot.outcomes import Done, NotYours, TooLate
from bot.tables.absences import Absence
from bot.tables.situation import Situation
from handlers import (
    asking,
    buttons,
    render_absence,
    render_aftercare,
    render_cases,
    render_proposals,
    render_transfer,
    render_undo,
    same_or_new,
    texts_cases,
    texts_desk,
    texts_transfer,
)
from handlers.ask import Ask
from handlers.first_aid import FirstAid
from handlers.render import case_place, key, plain
from handlers.replies import Context, acknowledge, cause_of, chat_of, drop_keys, quoted, say, show
from knowledge import thirdparty
from knowledge.directory import LotseId

REPLY_DIALOG = "reply"  # the next message goes to this case

DeskButton = buttons.TakeCase | buttons.ReplyCase | buttons.CloseCase | buttons.CloseSurely | buttons.KeepOpen


@dataclass(frozen=True, slots=True)
class Desk:
    """Carries words of a case; who may do what is decided by ``Cases`` from the database."""

    library: Library
    conversations: Conversations
    cases: Cases
    correspondence: Correspondence
    linking: Linking
    ask: Ask
    first_aid: FirstAid
    clock: Clock

    async def reply(
        self, update: Update, context: Context, message: Message, text: str, situation: Situation
    ) -> bool:
        """A reply to a message of a case goes to that case; ``False`` when it is no such reply."""
        answered = message.reply_to_message
        if answered is None:
            return False
        chat = chat_of(update)
        case = await self.cases.by_answered(chat, MessageId(answered.message_id))
        if case is None:
            return False
        if situation.dialog is not None and situation.dialog.kind == REPLY_DIALOG:
            # Answered by a reply: a later text without one must not go the same way unasked.
            await self.conversations.end_dialog(chat)
        party = Party.EMPLOYER if case.employer == chat else Party.LOTSE
        if party is Party.EMPLOYER:
            await self.first_aid.first(context, chat, text)
        if party is Party.EMPLOYER and case.state is CaseState.CLOSED:
            lately = [one for one in await self.cases.closed_lately(chat) if one.id == case.id]
            if lately:
                shown = same_or_new.question(lately, self.library.current)
                await self.ask_where(context, chat, message, text, shown)
                return True
        await self._carry(update, context, case.id, party, message, text)
        return True

    async def written(
        self, update: Update, context: Context, message: Message, text: str, situation: Situation
    ) -> bool:
        """Text of someone with cases that answers none of their messages: to the one case that is meant, or the question
        which; else ``False``.
        """
        chat = chat_of(update)
        # An answer to a message of ours that is not known may be meant for any case: its number can have been lost.
        answers_us = _answers_us(message)
        if situation.lotse:
            mine = [
                case
                for case in await self.cases.of_lotse(situation.lotse)
                if answers_us or case.state is not CaseState.OPEN
            ]
            if mine:
                await self._ask_which(context, chat, mine, text, message, to_bot=True)
                return True
        if answers_us:
            ended = [case for case in await self.cases.closed_lately(chat) if _names(message, case)]
            if ended:  # never to whoever has another case of theirs
                await self.first_aid.first(context, chat, text)
                shown = same_or_new.question(ended, self.library.current)
                await self.ask_where(context, chat, message, text, shown)
                return True
        if situation.live_cases or answers_us:
            own = await self.cases.of_employer(chat)
            # What the bot itself answers names no case, what belongs to a case always does.
            answers_case = answers_us and _may_be_of(message, own)
            meant = [case for case in own if answers_case or case.live]
            if meant:
                await self.first_aid.first(context, chat, text)
            if len(meant) == 1 and meant[0].live:
                await self._carry(update, context, meant[0].id, Party.EMPLOYER, message, text)
                return True
            if meant:
                await self._ask_which(context, chat, meant, text, message, to_bot=answers_case)
                return True
        return False

    async def reply_dialog(
        self, update: Update, context: Context, message: Message, text: str, case_id: int
    ) -> None:
        """The message after „Antworten“."""
        await self.conversations.end_dialog(chat_of(update))
        await self._carry(update, context, CaseId(case_id), Party.LOTSE, message, text)

    async def on_button(
        self, update: Update, context: Context, query: CallbackQuery, button: DeskButton
    ) -> None:
        """A button of a card or of „An welchen Fall?“."""
        chat = chat_of(update)
        match button:
            case buttons.TakeCase(case=case_id):
                await self._take(query, chat, CaseId(case_id))
            case buttons.ReplyCase(case=case_id):
                await self._prompt(context, query, chat, CaseId(case_id))
            case buttons.CloseCase(case=case_id):
                case = await self._mine(chat, CaseId(case_id))
                await acknowledge(query, "" if case else texts_cases.NOT_YOURS)
                if case is not None:
                    await say(
                        context,
                        chat,
                        render_transfer.close_question(
                            case, self.library.current, lotse=case.employer != chat
                        ),
                    )
            case buttons.CloseSurely(case=case_id):
                await self._close(context, query, chat, CaseId(case_id))
            case buttons.KeepOpen():
                await acknowledge(query)
                await drop_keys(context, query)
            case _:
                assert_never(button)

    def place(self, case: Case) -> str:
        """The case's place in words."""
        return case_place(case, self.library.current)

    async def _take(self, query: CallbackQuery, chat: ChatId, case_id: CaseId) -> None:
        outcome = await self.cases.take(case_id, await self.linking.lotse_of(chat))
        await tell_press(query, outcome, texts_cases.TAKEN_BY_YOU)

    async def _prompt(self, context: Context, query: CallbackQuery, chat: ChatId, case_id: CaseId) -> None:
        case = await self._mine(chat, case_id)
        if case is None or case.state is CaseState.CLOSED:
            await acknowledge(query, texts_cases.TOO_LATE if case else texts_cases.NOT_YOURS, alert=True)
            return
        await acknowledge(query)
        await self.conversations.wait_for(chat, REPLY_DIALOG, {"case": case.id})
        text = texts_cases.REPLY_PROMPT.format(place=plain(self.place(case)), number=plain(case.number))
        await self.say_in_case(context, chat, case.id, Outgoing(text))

    async def _close(self, context: Context, query: CallbackQuery, chat: ChatId, case_id: CaseId) -> None:
        case = await self.cases.get(case_id)
        party = Party.EMPLOYER if case is not None and case.employer == chat else Party.LOTSE
        match await self.cases.close(case_id, party, chat):
            case Done(case=closed) if party is Party.EMPLOYER:
                await acknowledge(query)
                await show(
                    context,
                    query,
                    Outgoing(texts_cases.CASE_CLOSED_BY_EMPLOYER.format(number=plain(closed.number))),
                )
            case Done():
                await acknowledge(query)
                await show(context, query, Outgoing(texts_cases.CARD_HINT_CLOSED))
            case TooLate():
                await acknowledge(query, texts_cases.TOO_LATE, alert=True)
                await drop_keys(context, query)
            case NotYours():
                await acknowledge(query, texts_cases.NOT_YOURS, alert=True)

    async def say_in_case(
        self, context: Context, chat: ChatId, case_id: CaseId, shown: Outgoing
    ) -> MessageId:
        """A message about a case: a reply to it is a word in the case, as to any other of the case."""
        message = await say(context, chat, shown)
        await self.correspondence.belongs(case_id, chat, message)
        return message

    def waits(self, shown: Outgoing, case: Case, away: Absence | None) -> Outgoing:
        """The confirmation of words, also when the Lotse is away."""
        if away is None:
            return shown
        directory, now = self.library.current.directory, self.clock.now()
        return render_absence.words_wait(shown, case, away, directory, now)

    async def not_yours(self, chat: ChatId, case_id: CaseId) -> Outgoing:
        """To somebody who wrote in a case that is not theirs: whoever had it, or is offered it, reads where it is."""
        case = await self.cases.get(case_id)
        writer = await self.linking.lotse_of(chat)
        if case is None or not writer or case.employer == chat or not await self.cases.knows(chat, case_id):
            return Outgoing(texts_cases.NOT_YOURS)
        offered = writer == case.offered_to
        text = texts_transfer.NOT_YOURS_YET if offered else texts_transfer.NOT_YOURS_ANY_MORE
        lotse = render_transfer.name_of(case.lotse, self.library.current)
        return Outgoing(text.format(number=plain(case.number), lotse=lotse))

    async def edited(
        self, outcome: Done | TooLate | NotYours, chat: ChatId, case_id: CaseId, message: MessageId
    ) -> Outgoing:
        """What became of a changed ``message``, told to the one who wrote it."""
        match outcome:
            case Done():
                return Outgoing(texts_desk.EDIT_CARRIED, reply_to=message)
            case TooLate(case=mailed):
                return render_aftercare.not_carried(mailed, message, employer=True)
            case NotYours():
                return await self.not_yours(chat, case_id)

    async def as_lotse(self, chat: ChatId, case_id: CaseId) -> Case | None:
        """The case, if this chat is that of the Lotse who has it now."""
        case = await self.cases.get(case_id)
        lotse = await self.linking.lotse_of(chat)
        return case if case is not None and lotse and case.lotse == lotse else None

    async def open_case(self, query: CallbackQuery, chat: ChatId, case_id: CaseId) -> Case | None:
        """The same for a press that needs the case to go on; who may not, or comes too late, is told in it."""
        case = await self.as_lotse(chat, case_id)
        if case is None or case.state is CaseState.CLOSED:
            await acknowledge(query, texts_cases.TOO_LATE if case else texts_cases.NOT_YOURS, alert=True)
            return None
        return case

    async def send_ready(
        self, update: Update, context: Context, query: CallbackQuery, case_id: CaseId, text: str
    ) -> None:
        """Words that the bot put before the Lotse, sent as they are by a tap on the message that shows them."""
        chat = chat_of(update)
        shown = query.message
        if shown is None:
            await acknowledge(query, texts_cases.STEP_GONE, alert=True)
            return
        await acknowledge(query)
        message, cause = MessageId(shown.message_id), cause_of(update)
        outcome = await self.correspondence.say(
            case_id, Party.LOTSE, chat, text, message=message, update=cause
        )
        await self.conversations.end_dialog(chat)
        await drop_keys(context, query)
        told = await self.say_in_case(
            context, chat, case_id, self.carried(outcome, Party.LOTSE, message, cause)
        )
        await self.correspondence.offers_undo(chat, told, cause)

    async def _mine(self, chat: ChatId, case_id: CaseId) -> Case | None:
        case = await self.cases.get(case_id)
        if case is None:
            return None
        if case.employer == chat:
            return case
        lotse = await self.linking.lotse_of(chat)
        return case if lotse and case.lotse == lotse else None

    async def _carry(
        self, update: Update, context: Context, case_id: CaseId, party: Party, message: Message, text: str
    ) -> None:
        chat = chat_of(update)
        screened = thirdparty.screen(text) if party is Party.EMPLOYER else None
        if screened is not None and screened.findings:
            waiting = {
                "case": case_id,
                "text": text,
                "message": message.message_id,
                "quotes": quoted(message),
            }
            shown = render_cases.personal_data(screened)
            await asking.ask(self.conversations, context, chat, message, shown, asking.SCREEN, waiting)
            return
        outcome = await self.correspondence.say(
            case_id,
            party,
            chat,
            text,
            message=MessageId(message.message_id),
            update=cause_of(update),
            quotes=quoted(message),
        )
        if isinstance(outcome, NotYours):
            await say(context, chat, await self.not_yours(chat, case_id))
        else:
            shown = self.carried(outcome, party, MessageId(message.message_id), cause_of(update))
            of_lotse = isinstance(outcome, Done) and party is Party.LOTSE
            if of_lotse:
                shown = replace(shown, keys=(*shown.keys, (render_proposals.propose_key(case_id),)))
            told = await self.say_in_case(context, chat, case_id, shown)
            if of_lotse:
                await self.correspondence.offers_undo(chat, told, cause_of(update), proposes=True)

    def carried(
        self, outcome: Done | TooLate | NotYours, party: Party, message: MessageId, update: UpdateId
    ) -> Outgoing:
        """What became of somebody's words, told to the one who wrote them."""
        match outcome:
            case Done(case=case) if party is Party.LOTSE and self.correspondence.hold:
                seconds = int(self.correspondence.hold.total_seconds())
                return render_undo.held(case, self.place(case), seconds, update, message)
            case Done(case=case) if party is Party.LOTSE:
                text = texts_cases.SENT_TO_EMPLOYER.format(
                    place=plain(self.place(case)), number=plain(case.number)
                )
                return Outgoing(text, reply_to=message)
            case Done(case=case, away=away):
                directory = self.library.current.directory
                lotse = directory.lotsen.get(LotseId(case.lotse))
                text = texts_cases.PASSED_ON.format(
                    lotse=render_cases.name(lotse, directory) if lotse else "den Lotsen"
                )
                close = key(texts_cases.KEY_CLOSE_EMPLOYER, buttons.CloseSurely(case.id))
                return self.waits(Outgoing(text, ((close,),), reply_to=message), case, away)
            case TooLate(case=case):
                return render_aftercare.not_carried(case, message, employer=party is Party.EMPLOYER)
            case NotYours():
                return Outgoing(texts_cases.NOT_YOURS, reply_to=message)

    async def _ask_which(
        self, context: Context, chat: ChatId, cases: list[Case], text: str, message: Message, *, to_bot: bool
    ) -> None:
        await self.ask_where(context, chat, message, text, self.which_case(cases, to_bot=to_bot))

    def which_case(self, cases: Sequence[Case], *, to_bot: bool) -> Outgoing:
        """The question, with a button for each of these."""
        return render_cases.which_case(cases, [self.place(case) for case in cases], to_bot=to_bot)

    async def ask_where(
        self, context: Context, chat: ChatId, message: Message, text: str, shown: Outgoing
    ) -> None:
        """Where should this text go? It waits under the question."""
        data: dict[str, object] = {"text": text, "message": message.message_id}
        await asking.ask(self.conversations, context, chat, message, shown, asking.WHICH, data)


async def tell_press(query: CallbackQuery, outcome: Done | TooLate | NotYours, done: str) -> None:
    """What became of a press, told in the press itself; ``done``: when it did what it says."""
    match outcome:
        case Done():
            await acknowledge(query, done)
        case TooLate():
            await acknowledge(query, texts_cases.TOO_LATE, alert=True)
        case NotYours():
            await acknowledge(query, texts_cases.NOT_YOURS, alert=True)


def _may_be_of(message: Message, cases: Iterable[Case]) -> bool:
    """Whether the message that this one answers may belong to one of these cases: a file, or their number is in it."""
    answered = message.reply_to_message
    return answered is not None and (answered.text is None or any(_names(message, case) for case in cases))


def _names(message: Message, case: Case) -> bool:
    """Whether the number of the case stands in the message that this one answers."""
    answered = message.reply_to_message
    return answered is not None and answered.text is not None and case.number in answered.text


def _answers_us(message: Message) -> bool:
    answered = message.reply_to_message
    return answered is not None and answered.from_user is not None and answered.from_user.is_bot
