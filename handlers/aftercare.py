"""After the end of a case: whether it helped, opening it again, and asking the bot while a person is in charge."""

from dataclasses import dataclass

from telegram import CallbackQuery, Update

from bot.cases import Cases
from bot.conversations import Conversations
from bot.model import CaseId, Outgoing
from bot.outcomes import Done, NotReachable, NotYours, TooLate
from handlers import buttons, render_aftercare, texts_cases, texts_desk
from handlers.ask import Ask
from handlers.replies import Context, acknowledge, cause_of, chat_of, drop_keys, say, show


@dataclass(frozen=True, slots=True)
class Aftercare:
    """The employer's word when a case is over; /frage at any time."""

    conversations: Conversations
    cases: Cases
    ask: Ask

    async def on_ask(self, update: Update, context: Context) -> None:
        """/frage: a question to the bot, also while a person is in charge and all other words go there."""
        chat = chat_of(update)
        question = " ".join(context.args or ())
        if not question:
            await say(context, chat, Outgoing(texts_desk.ASK_USAGE))
            return
        await self.ask.question(update, context, question, await self.conversations.situation(chat))

    async def on_button(
        self,
        update: Update,
        context: Context,
        query: CallbackQuery,
        button: buttons.ReopenCase | buttons.CaseHelped,
    ) -> None:
        """Under the message that told the end."""
        chat = chat_of(update)
        if isinstance(button, buttons.CaseHelped):
            case = await self.cases.get(CaseId(button.case))
            if case is None or case.employer != chat:
                await acknowledge(query, texts_cases.NOT_YOURS, alert=True)
                return
            await self.conversations.signal(
                "case-helped" if button.helped else "case-not-helped", "", cause=f"u{cause_of(update)}"
            )
            await acknowledge(query)
            answer = (
                Outgoing(texts_desk.HELPED)
                if button.helped
                else render_aftercare.not_helped(case, self.cases.reopens_for)
            )
            await show(context, query, answer)
            return
        outcome = await self.cases.reopen(CaseId(button.case), chat, update=cause_of(update))
        shown = render_aftercare.reopened(outcome, self.cases.reopens_for, words=False)
        match outcome:
            case Done():
                await acknowledge(query)
                await show(context, query, shown)
            case TooLate() | NotReachable():
                await acknowledge(query, shown.html, alert=True)
                await drop_keys(context, query)
            case NotYours():
                gone = await self.cases.get(CaseId(button.case)) is None
                await acknowledge(query, texts_desk.CASE_GONE if gone else shown.html, alert=True)
