"""Words that wait for a decision of the person who wrote them: which case, and what about the personal data in them."""

from dataclasses import dataclass
from typing import assert_never

from telegram import CallbackQuery, Update

from bot.model import CaseId, MessageId, Outgoing, Party
from handlers import buttons, render_aftercare, render_cases, same_or_new, texts, texts_cases, texts_desk
from handlers.desk import SCREEN_DIALOG, Desk
from handlers.replies import Context, acknowledge, cause_of, chat_of, drop_keys, show
from knowledge import thirdparty

WaitingButton = (
    buttons.SendToCase
    | buttons.AskBot
    | buttons.DropPersonalData
    | buttons.KeepPersonalData
    | buttons.EditDraft
    | buttons.CancelDraft
)


@dataclass(frozen=True, slots=True)
class WaitingWords:
    """Only one's own words can wait; where they may go is decided by the use cases."""

    desk: Desk

    async def on_button(
        self, update: Update, context: Context, query: CallbackQuery, button: WaitingButton
    ) -> None:
        """The decision."""
        match button:
            case buttons.SendToCase(case=case_id):
                await self._waiting_text(update, context, query, CaseId(case_id))
            case buttons.AskBot():
                await self._waiting_text(update, context, query, None)
            case buttons.DropPersonalData():
                await self._screened(update, context, query, drop=True)
            case buttons.KeepPersonalData():
                await self._screened(update, context, query, drop=False)
            case buttons.EditDraft() | buttons.CancelDraft():
                await self.desk.conversations.end_dialog(chat_of(update))
                await acknowledge(query)
                await show(context, query, Outgoing(texts.CANCELLED))
            case _:
                assert_never(button)

    async def _screened(self, update: Update, context: Context, query: CallbackQuery, *, drop: bool) -> None:
        """The employer decided about the personal data in words for a case."""
        chat = chat_of(update)
        waiting = (await self.desk.conversations.situation(chat)).dialog
        if waiting is None or waiting.kind != SCREEN_DIALOG:
            await acknowledge(query, texts_cases.STEP_GONE, alert=True)
            await drop_keys(context, query)
            return
        await acknowledge(query)
        text = thirdparty.screen(waiting.data["text"]).redacted if drop else waiting.data["text"]
        case_id, message = CaseId(waiting.data["case"]), MessageId(waiting.data["message"])
        if waiting.data.get("edit"):
            await self.desk.correspondence.edit(
                Party.EMPLOYER, case_id, chat, message, update=cause_of(update), text=text
            )
            await self.desk.conversations.end_dialog(chat)
            await show(context, query, Outgoing(texts_desk.EDIT_CARRIED))
            return
        if waiting.data.get("again"):
            reopened = await self.desk.cases.reopen(
                case_id, chat, words=(message, text), update=cause_of(update)
            )
            await self.desk.conversations.end_dialog(chat)
            await show(context, query, render_aftercare.reopened(reopened, words=True))
            return
        outcome = await self.desk.correspondence.say(
            case_id,
            Party.EMPLOYER,
            chat,
            text,
            message=message,
            update=cause_of(update),
            quotes=waiting.data.get("quotes"),
        )
        await self.desk.conversations.end_dialog(chat)
        await show(context, query, self.desk.carried(outcome, Party.EMPLOYER, message, cause_of(update)))

    async def _waiting_text(
        self, update: Update, context: Context, query: CallbackQuery, case_id: CaseId | None
    ) -> None:
        chat = chat_of(update)
        situation = await self.desk.conversations.situation(chat)
        data = await same_or_new.text_of(context, query, situation.dialog)
        if data is None:
            return
        text, message = data["text"], MessageId(data["message"])
        await acknowledge(query)
        if case_id is None:
            # The answer first: should the process die in between, the press that comes again still finds the text.
            await self.desk.ask.question(update, context, text, situation)
            await self.desk.conversations.end_dialog(chat)
            await drop_keys(context, query)
            return
        case = await self.desk.cases.get(case_id)
        party = Party.EMPLOYER if case is not None and case.employer == chat else Party.LOTSE
        if party is Party.EMPLOYER and (screened := thirdparty.screen(text)).findings:
            waiting = {"case": case_id, "text": text, "message": message}
            await self.desk.conversations.wait_for(chat, SCREEN_DIALOG, waiting)
            await show(context, query, render_cases.personal_data(screened))
            return
        outcome = await self.desk.correspondence.say(
            case_id, party, chat, text, message=message, update=cause_of(update)
        )
        await self.desk.conversations.end_dialog(chat)
        await show(context, query, self.desk.carried(outcome, party, message, cause_of(update)))
