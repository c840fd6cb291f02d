"""What an employer writes after a case has ended: for the bot, for the same case, or something new?

Who asks a question that the bot can answer gets the answer and nothing else, always. Asked is only about words that the
bot cannot answer and a person might be meant: a wish for a person or an individual case at any time within the days in
which a case can be opened again; what is unclear or not found when the end is less than a day ago, or nothing was asked of
the bot since; „Meinten Sie?“, and a sentence in another language, only when both is so. Until the answer the words wait; nothing of them is lost.
"""

from dataclasses import dataclass, replace
from typing import assert_never

from telegram import CallbackQuery, Message, Update

from bot.model import CaseId, ChatId, MessageId
from bot.tables.situation import Situation
from handlers import asking, buttons, render_aftercare, render_cases, same_or_new
from handlers.desk import Desk
from handlers.handoff import Handoff
from handlers.replies import Context, acknowledge, cause_of, chat_of, drop_keys, show
from knowledge import thirdparty
from knowledge.decision import Answer, Choice, Decision, Person, SmallTalk, Unclear, Urgent
from knowledge.decision import Handoff as NeedsPerson

_SOON_S = 24 * 3600
BURST_S = 5  # a fragment right behind a question belongs to it


@dataclass(frozen=True, slots=True)
class Again:
    """Asks „gleicher Fall oder neues Anliegen?“ and does what is answered."""

    desk: Desk
    handoff: Handoff

    async def asked(
        self, context: Context, chat: ChatId, message: Message, text: str, situation: Situation
    ) -> bool:
        """``False``: no case ended lately, or these words are for the bot."""
        if (
            situation.closed_age > self.desk.cases.reopens_for.total_seconds()
            or situation.talk_age <= BURST_S
        ):
            return False
        decision = self.desk.ask.understood(text, situation)
        soon = situation.closed_age <= _SOON_S
        quiet = situation.talk_age >= situation.closed_age
        if not _for_a_person(decision, soon=soon, quiet=quiet):
            return False
        cases = await self.desk.cases.closed_lately(chat)
        if not cases:
            return False
        shown = same_or_new.question(cases, self.desk.library.current)
        await self.desk.ask_where(context, chat, message, text, shown)
        return True

    async def on_button(
        self,
        update: Update,
        context: Context,
        query: CallbackQuery,
        button: buttons.SameCase | buttons.NewMatter,
    ) -> None:
        """The employer's answer."""
        chat, conversations = chat_of(update), self.desk.conversations
        words = await asking.words_of(conversations, query, chat, asking.WHICH)
        if words is None:
            return
        text, number = words.data["text"], MessageId(words.data["message"])
        await acknowledge(query)
        match button:
            case buttons.NewMatter():
                await conversations.decided(chat, words.asked)
                await drop_keys(context, query)
                await self.handoff.begin(context, chat, question=text, asked_in=number)
            case buttons.SameCase(case=case_id):
                screened = thirdparty.screen(text)
                if screened.findings:
                    data = {**words.data, "case": case_id, "again": True}
                    held = replace(words, kind=asking.SCREEN, data=data)
                    shown = render_cases.personal_data(screened)
                    await asking.ask_on(conversations, context, query, chat, held, shown)
                    return
                outcome = await self.desk.cases.reopen(
                    CaseId(case_id), chat, words=(number, text), update=cause_of(update)
                )
                await conversations.decided(chat, words.asked)
                await show(
                    context,
                    query,
                    render_aftercare.reopened(outcome, self.desk.cases.reopens_for, words=True),
                )
            case _:
                assert_never(button)


def _for_a_person(decision: Decision, *, soon: bool, quiet: bool) -> bool:
    """``soon``: the end is less than a day ago; ``quiet``: nothing was asked of the bot since."""
    match decision:
        case SmallTalk(language=language) if language:
            return soon and quiet
        case Answer() | SmallTalk() | Urgent():
            return False
        case Person():
            return True
        case NeedsPerson(trigger=trigger) if trigger is not None:
            return True
        case NeedsPerson() | Unclear():
            return soon or quiet
        case Choice():
            return soon and quiet
        case _:
            assert_never(decision)
