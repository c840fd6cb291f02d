"""Now and then do what is due: one failing duty keeps none of the others from being done."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

from bot.clock import Clock

log = logging.getLogger(__name__)

EVERY = 60.0


class Sweep:
    """Does its duties one after the other, every minute."""

    def __init__(self, clock: Clock, duties: Sequence[Callable[[], Awaitable[object]]]) -> None:
        self._clock = clock
        self._duties = duties
        self.done_at = clock.monotonic()  # when every duty was tried last

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Sweep while the block runs."""
        task = asyncio.create_task(self._loop())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _loop(self) -> None:
        while True:
            await self._clock.sleep(EVERY)
            for duty in self._duties:
                try:
                    await duty()
                except Exception:
                    log.exception("the sweep failed and will be tried again")
            self.done_at = self._clock.monotonic()
