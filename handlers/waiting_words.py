"""Words that wait for a decision of the person who wrote them: which case, and what about the personal data in them."""

from dataclasses import dataclass, replace
from typing import assert_never

from telegram import CallbackQuery, Update

from bot.model import CaseId, ChatId, MessageId, Outgoing, Party
from handlers import asking, buttons, render_aftercare, render_cases, texts
from handlers.asking import Words
from handlers.desk import Desk
from handlers.media import Media
from handlers.replies import Context, acknowledge, cause_of, chat_of, drop_keys, pressed_in, show
from knowledge import thirdparty

SharedButton = buttons.DropPersonalData | buttons.KeepPersonalData | buttons.EditDraft | buttons.CancelDraft


@dataclass(frozen=True, slots=True)
class WaitingWords:
    """Only one's own words can wait; where they may go is decided by the use cases."""

    desk: Desk
    media: Media

    async def on_button(
        self,
        update: Update,
        context: Context,
        query: CallbackQuery,
        button: buttons.SendToCase | buttons.AskBot,
    ) -> None:
        """To which case, or to the bot."""
        chat, conversations = chat_of(update), self.desk.conversations
        words = await asking.words_of(conversations, query, chat, asking.WHICH, asking.FILES)
        if words is None:
            return
        await acknowledge(query)
        if words.kind == asking.FILES:
            if isinstance(button, buttons.SendToCase):
                await self.media.to_case(update, context, query, words, CaseId(button.case))
            return
        match button:
            case buttons.AskBot():
                # The answer first: should the process die in between, the press that comes again still finds the text.
                situation = await conversations.situation(chat)
                text, number = words.data["text"], words.data["message"]
                await self.desk.ask.question(update, context, text, situation, asked_in=number)
                await conversations.decided(chat, words.asked)
                await drop_keys(context, query)
            case buttons.SendToCase(case=case_id):
                await self._to_case(update, context, query, words, CaseId(case_id))
            case _:
                assert_never(button)

    async def took(
        self, update: Update, context: Context, query: CallbackQuery, button: SharedButton
    ) -> bool:
        """Buttons that a handoff has as well; ``False`` when the pressed message asks about no words for a case."""
        chat, pressed = chat_of(update), pressed_in(query)
        waiting = await self.desk.conversations.asked_in(chat, pressed)
        if pressed is None or waiting is None:
            return False
        words = Words(pressed, waiting.kind, waiting.data)
        await acknowledge(query)
        match button:
            case buttons.EditDraft() | buttons.CancelDraft():
                await self.desk.conversations.decided(chat, pressed)
                await show(context, query, Outgoing(texts.CANCELLED))
            case buttons.DropPersonalData() | buttons.KeepPersonalData():
                drop = isinstance(button, buttons.DropPersonalData)
                shown = await self._screened(update, chat, words, drop=drop)
                await self.desk.conversations.decided(chat, pressed)
                await show(context, query, shown)
            case _:
                assert_never(button)
        return True

    async def _screened(self, update: Update, chat: ChatId, words: Words, *, drop: bool) -> Outgoing:
        """The employer decided about the personal data in words for a case."""
        data, cause = words.data, cause_of(update)
        text = thirdparty.screen(data["text"]).redacted if drop else data["text"]
        case_id, message = CaseId(data["case"]), MessageId(data["message"])
        if data.get("edit"):
            changed = await self.desk.correspondence.edit(
                Party.EMPLOYER, case_id, chat, message, update=cause, text=text
            )
            return await self.desk.edited(changed, chat, case_id, message)
        if data.get("again"):
            reopened = await self.desk.cases.reopen(case_id, chat, words=(message, text), update=cause)
            return render_aftercare.reopened(reopened, self.desk.cases.reopens_for, words=True)
        outcome = await self.desk.correspondence.say(
            case_id, Party.EMPLOYER, chat, text, message=message, update=cause, quotes=data.get("quotes")
        )
        return self.desk.carried(outcome, Party.EMPLOYER, message, cause)

    async def _to_case(
        self, update: Update, context: Context, query: CallbackQuery, words: Words, case_id: CaseId
    ) -> None:
        chat, text, message = chat_of(update), words.data["text"], MessageId(words.data["message"])
        case = await self.desk.cases.get(case_id)
        party = Party.EMPLOYER if case is not None and case.employer == chat else Party.LOTSE
        if party is Party.EMPLOYER and (screened := thirdparty.screen(text)).findings:
            waiting = replace(words, kind=asking.SCREEN, data={**words.data, "case": case_id})
            shown = render_cases.personal_data(screened)
            await asking.ask_on(self.desk.conversations, context, query, chat, waiting, shown)
            return
        cause = cause_of(update)
        outcome = await self.desk.correspondence.say(
            case_id, party, chat, text, message=message, update=cause
        )
        await self.desk.conversations.decided(chat, words.asked)
        told = await show(context, query, self.desk.carried(outcome, party, message, cause))
        if party is Party.LOTSE and told is not None:
            await self.desk.correspondence.offers_undo(chat, told, cause)
