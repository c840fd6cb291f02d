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

    async def first(self, context: Context, chat: ChatId, text: str) -> bool:
        """Say whom to call if ``text`` tells of danger; whether it is urgent at all."""
        alarm = self.library.current.understanding.alarm(text)
        if alarm is not None and alarm.first_aid:
            await say(context, chat, Outgoing(f"{alarm.first_aid}\n\n{texts.AFTER_FIRST_AID}"))
        return alarm is not None
