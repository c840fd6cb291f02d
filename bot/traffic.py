"""One brake for everything sent to Telegram, direct replies and outbox together, and one patience for bad weather.

A direct reply that meets a network error is tried again here until it succeeds: the update it belongs to is parked
meanwhile (``bot.updates``), so nothing is lost in a crash and only this chat waits. The outbox wants to know at
once and asks with ``ONCE``; its own rows keep what is to be tried again.
"""

import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.ext import BaseRateLimiter

from bot.clock import Clock

log = logging.getLogger(__name__)

ONCE: Final = "once"
_LONGEST_BACKOFF = 60.0
_FORGET_AFTER = 1024  # chats whose pace is remembered before those at rest are forgotten

_LONG_AGO = float("-inf")

_Answer = bool | dict[str, Any] | list[dict[str, Any]]
# How often a call is tried again after a network error; all others until they succeed.
_TRIES = {"sendChatAction": 1, "answerCallbackQuery": 3, "answerInlineQuery": 1}


@dataclass(frozen=True, slots=True)
class Pace:
    """Messages a second overall and for each chat, with a short burst; 0 means unlimited.

    Telegram publishes no exact numbers; "Bots FAQ" names about 30 a second overall and 1 a second in a chat.
    """

    overall: float = 29.5
    chat: float = 1.0
    burst: int = 3


UNLIMITED = Pace(overall=0.0, chat=0.0)


class Traffic(BaseRateLimiter[str]):
    """Paces and retries calls; given to python-telegram-bot as its rate limiter."""

    def __init__(self, clock: Clock, pace: Pace) -> None:
        self._clock = clock
        self._pace = pace
        self._overall_free_at = _LONG_AGO  # theoretical arrival times (GCRA), seconds of the monotonic clock
        self._chat_free_at: dict[int, float] = {}

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, _Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: str | None,
    ) -> _Answer:
        """Make one call; waits for its turn, obeys ``retry_after``, and is patient unless told otherwise."""
        chat = data.get("chat_id")
        tries = 1 if rate_limit_args == ONCE else _TRIES.get(endpoint, 0)
        attempt = 0
        while True:
            attempt += 1
            await self._turn(endpoint, chat if isinstance(chat, int) else None)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                wait = seconds(error.retry_after)
                if isinstance(chat, int):
                    self._chat_free_at[chat] = max(
                        self._chat_free_at.get(chat, _LONG_AGO), self._clock.monotonic() + wait
                    )
                if attempt == tries:
                    raise
                log.warning("%s: told to wait %.0f s", endpoint, wait)
            except BadRequest:  # a kind of NetworkError, but trying again would not help
                raise
            except NetworkError as error:
                if attempt == tries:
                    raise
                wait = min(2.0 ** (attempt - 1), _LONGEST_BACKOFF)
                log.warning("%s failed (%s), again in %.0f s", endpoint, type(error).__name__, wait)
            await self._clock.sleep(wait)

    async def _turn(self, endpoint: str, chat: int | None) -> None:
        if not endpoint.startswith(("send", "copy", "forward", "edit")) or endpoint == "sendChatAction":
            return
        if chat is not None and self._pace.chat and not endpoint.startswith("edit"):
            await self._wait_for_chat(chat)
        if self._pace.overall:
            now = self._clock.monotonic()
            interval = 1 / self._pace.overall
            start = max(self._overall_free_at, now - self._pace.burst * interval)
            self._overall_free_at = start + interval
            if start > now:
                await self._clock.sleep(start - now)

    async def _wait_for_chat(self, chat: int) -> None:
        now = self._clock.monotonic()
        interval = 1 / self._pace.chat
        start = max(self._chat_free_at.get(chat, _LONG_AGO), now - (self._pace.burst - 1) * interval)
        self._chat_free_at[chat] = start + interval
        if len(self._chat_free_at) > _FORGET_AFTER:
            self._chat_free_at = {key: at for key, at in self._chat_free_at.items() if at > now}
        if start > now:
            await self._clock.sleep(start - now)


def seconds(value: float | timedelta) -> float:
    """python-telegram-bot says ``retry_after`` as a number or, with PTB_TIMEDELTA, as a timedelta."""
    return value.total_seconds() if isinstance(value, timedelta) else float(value)
