"""What an employer writes while a case of theirs waits for somebody to take it: "wann meldet sich denn jemand?".

What the bot can answer it answers. Words that only a person could answer are most likely about the case that lies there:
then the truth about that case is told, and asked whether they belong to it. Until the answer they wait.
"""

from dataclasses import dataclass, replace

from telegram import Message

from bot.model import CaseState, ChatId
from bot.tables.situation import Situation
from handlers import texts_cases
from handlers.again import BURST_S
from handlers.desk import Desk
from handlers.replies import Context
from handlers.status import IN_ONE_MESSAGE, Status
from knowledge.decision import Decision, Handoff, Person, Unclear


@dataclass(frozen=True, slots=True)
class StillOpen:
    """Tells where a case stands, instead of offering to send it once more."""

    desk: Desk
    status: Status

    async def asked(
        self, context: Context, chat: ChatId, message: Message, text: str, situation: Situation
    ) -> bool:
        """``False``: nothing lies open, or these words are for the bot."""
        if not situation.open_cases or situation.talk_age <= BURST_S:
            return False
        if not _for_a_person(self.desk.ask.understood(text, situation)):
            return False
        own = await self.desk.cases.of_employer(chat)
        cases = [case for case in own if case.state is CaseState.OPEN and not case.by_mail]
        if not cases:
            return False
        blocks, _ = await self.status.told(cases[:IN_ONE_MESSAGE])
        if len(cases) > IN_ONE_MESSAGE:
            blocks.append(texts_cases.STILL_WAITING_MORE.format(count=len(cases) - IN_ONE_MESSAGE))
        told = texts_cases.STILL_WAITING.format(cases="\n\n".join(blocks))
        shown = replace(self.desk.which_case(cases, to_bot=True), html=told)
        await self.desk.ask_where(context, chat, message, text, shown)
        return True


def _for_a_person(decision: Decision) -> bool:
    match decision:
        case Handoff(hits=hits, sure=sure):
            return not (hits and sure)
        case Person() | Unclear():
            return True
        case _:
            return False
