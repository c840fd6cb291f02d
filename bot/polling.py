"""Long polling: fetch, hand over, and only then confirm."""

import asyncio
import logging
from collections.abc import Awaitable
from contextlib import suppress
from typing import Any, Protocol

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.clock import Clock
from bot.storage import StorageError
from bot.traffic import seconds
from bot.updates import Updates

log = logging.getLogger(__name__)

KINDS = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "my_chat_member",
)
_WAIT = 30  # seconds Telegram may hold the line open
_LIMIT = 100
_LONGEST_BACKOFF = 30.0
_STORAGE_WAIT = 5.0
_CONFLICTS = 3
_CONFLICT_WINDOW = 10.0


class SecondInstanceError(Exception):
    """Another process answers for the same bot."""


class Fetch(Protocol):
    """One ``getUpdates``."""

    def __call__(
        self, *, offset: int | None, limit: int, wait: int, kinds: tuple[str, ...]
    ) -> Awaitable[list[dict[str, Any]]]: ...


class Polling:
    """The loop around ``getUpdates``."""

    def __init__(self, fetch: Fetch, updates: Updates, clock: Clock) -> None:
        self._fetch = fetch
        self._updates = updates
        self._clock = clock
        self._conflicts: list[float] = []
        self.heard_at = clock.monotonic()  # when Telegram answered last

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until ``stop``; raises ``SecondInstanceError`` and ``InvalidToken``, survives everything else."""
        offset: int | None = None
        failures = 0
        stopped = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                poll = asyncio.ensure_future(
                    self._fetch(offset=offset, limit=_LIMIT, wait=_WAIT, kinds=KINDS)
                )
                await asyncio.wait({poll, stopped}, return_when=asyncio.FIRST_COMPLETED)
                if not poll.done():
                    # What the cancelled poll may have brought stays unconfirmed and comes again.
                    poll.cancel()
                    await asyncio.gather(poll, return_exceptions=True)
                    break
                try:
                    batch = poll.result()
                    self.heard_at = self._clock.monotonic()
                    await self._updates.receive(batch)
                except InvalidToken:
                    raise
                except Exception as error:
                    if not isinstance(error, TelegramError | StorageError):
                        log.exception("a bug of ours; Telegram keeps the updates")
                    failures += 1
                    await self._pause(error, failures, stopped)
                else:
                    failures = 0
                    if batch:
                        offset = max(raw["update_id"] for raw in batch) + 1
        finally:
            stopped.cancel()
        await self._confirm(offset)

    async def _pause(self, error: Exception, failures: int, stopped: asyncio.Task[bool]) -> None:
        match error:
            case Conflict():
                now = self._clock.monotonic()
                self._conflicts = [at for at in self._conflicts if now - at < _CONFLICT_WINDOW] + [now]
                if len(self._conflicts) >= _CONFLICTS:
                    raise SecondInstanceError from error
                wait = 1.0
            case RetryAfter():
                wait = seconds(error.retry_after)
            case StorageError():
                wait = _STORAGE_WAIT
            case _:
                wait = min(2.0 ** (failures - 1), _LONGEST_BACKOFF)
        log.warning("no updates (%s), again in %.0f s", type(error).__name__, wait)
        sleep = asyncio.create_task(self._clock.sleep(wait))
        await asyncio.wait({sleep, stopped}, return_when=asyncio.FIRST_COMPLETED)
        sleep.cancel()

    async def _confirm(self, offset: int | None) -> None:
        """Tell Telegram what has been handled; what this last look brings is not confirmed and comes again."""
        if offset is None:
            return
        with suppress(TelegramError, TimeoutError):
            async with asyncio.timeout(3):
                await self._fetch(offset=offset, limit=1, wait=0, kinds=KINDS)
