"""When handling an update fails: remember it for ``bot.updates``, which decides what happens next."""

import logging
from dataclasses import dataclass, field

from telegram import Update
from telegram.error import Forbidden
from telegram.ext import ApplicationHandlerStop

from handlers.replies import Context

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failures:
    """python-telegram-bot swallows a handler's exception; here it waits for the caller of ``process_update``."""

    by_update: dict[int, BaseException] = field(default_factory=dict)

    async def on_error(self, update: object, context: Context) -> None:
        """Registered as the error handler."""
        if isinstance(update, Update) and context.error is not None:
            if isinstance(context.error, Forbidden):
                # The person blocked the bot while we answered: nobody is left to answer, which is no failure.
                log.info("update %d: the person can no longer be reached", update.update_id)
            else:
                self.by_update[update.update_id] = context.error
        # An exception in one group of handlers would not stop the next group.
        raise ApplicationHandlerStop

    def take(self, update_id: int) -> BaseException | None:
        """The exception that handling this update raised, if any."""
        return self.by_update.pop(update_id, None)
