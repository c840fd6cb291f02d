"""„Sagen Sie mir Bescheid“ and „Bei Korrekturen Bescheid geben“: asked for by employers, sent by admins."""

from dataclasses import dataclass
from typing import assert_never

from telegram import CallbackQuery, Update

from bot.conversations import Conversations
from bot.model import ChatId, Outgoing
from bot.promises import Promises, TooMany
from handlers import buttons, render_promises, texts_promises
from handlers.replies import Context, acknowledge, chat_of, refuse_press, say, show
from handlers.roles import Roles

PromiseButton = (
    buttons.TellLater
    | buttons.WantCorrections
    | buttons.ForgetPromises
    | buttons.SendAnswers
    | buttons.SendCorrection
)


@dataclass(frozen=True, slots=True)
class PromiseDesk:
    """Both sides; ``days``: how long a question is kept at most."""

    promises: Promises
    conversations: Conversations
    roles: Roles
    days: int

    async def on_command(self, update: Update, context: Context) -> None:
        """/bescheid: what was asked for, and the ways out of it."""
        chat = chat_of(update)
        await say(context, chat, render_promises.state(await self.promises.of(chat)))

    async def on_button(
        self, update: Update, context: Context, query: CallbackQuery, button: PromiseButton
    ) -> None:
        """A wish, its end, or an admin's word to send."""
        chat = chat_of(update)
        match button:
            case buttons.TellLater():
                await self._later(context, query, chat)
            case buttons.WantCorrections(entry=entry):
                already = await self.promises.wants_corrections(chat)
                await self.promises.want_corrections(chat, [entry] if entry else [])
                await acknowledge(query, texts_promises.CORRECTIONS_ALREADY if already else "")
                if not already:
                    await say(context, chat, Outgoing(texts_promises.CORRECTIONS_ON))
            case buttons.ForgetPromises(what=render_promises.CORRECTIONS):
                await self.promises.unwanted_corrections(chat)
                await acknowledge(query)
                await show(context, query, Outgoing(texts_promises.CORRECTIONS_OFF))
            case buttons.ForgetPromises():
                await self.promises.forget_questions(chat)
                await acknowledge(query)
                await show(context, query, Outgoing(texts_promises.QUESTIONS_FORGOTTEN))
            case buttons.SendAnswers() | buttons.SendCorrection():
                await self._send(context, query, chat, button)
            case _:
                assert_never(button)

    async def _later(self, context: Context, query: CallbackQuery, chat: ChatId) -> None:
        question = (await self.conversations.situation(chat)).talk.question
        if not question:
            await acknowledge(query, texts_promises.NO_QUESTION, alert=True)
            return
        kept = await self.promises.tell_later(chat, question)
        await acknowledge(query)
        message = (
            Outgoing(texts_promises.TOO_MANY)
            if isinstance(kept, TooMany)
            else render_promises.noted(kept, self.days)
        )
        await say(context, chat, message)

    async def _send(
        self,
        context: Context,
        query: CallbackQuery,
        chat: ChatId,
        button: buttons.SendAnswers | buttons.SendCorrection,
    ) -> None:
        if not self.roles.is_admin(chat):
            await refuse_press(query, chat, role="admin")
            return
        await acknowledge(query)
        if isinstance(button, buttons.SendAnswers):
            count = await self.promises.send_answers()
        else:
            count = await self.promises.send_correction(button.entry, button.at)
        text = texts_promises.SENT.format(count=count) if count else texts_promises.SENT_NONE
        await say(context, chat, Outgoing(text))
