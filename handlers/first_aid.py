"""Danger and urgency in words that are meant for a person: whom to call is said at once, before they are carried anywhere."""

from dataclasses import dataclass

from bot.library import Library
from bot.model import ChatId, Outgoing
from handlers import texts
from handlers.replies import Context, say


@dataclass(frozen=True, slots=True)
class FirstAid:
    """For every way that words can take past the search, which would say it itself."""

    library: Library

    async def first(self, context: Context, chat: ChatId, text: str, *, draft: bool = False) -> bool:
        """Say whom to call if ``text`` tells of danger; whether it is urgent at all. ``draft``: nothing is sent on yet."""
        alarm = self.library.current.understanding.alarm(text)
        then = texts.AFTER_FIRST_AID_DRAFT if draft else texts.AFTER_FIRST_AID
        if alarm is not None and alarm.first_aid:
            await say(context, chat, Outgoing(f"{alarm.first_aid}\n\n{then}"))
        return alarm is not None
