"""python-telegram-bot on our transport, for tests below the level of dialogues."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

from telegram.ext import ExtBot

from bot.demo import StandIn
from bot.traffic import UNLIMITED, Pace, Traffic
from bot.transport import AiohttpRequest
from tests.wound_clock import WoundClock


@asynccontextmanager
async def talking(
    telegram: StandIn,
    clock: WoundClock,
    *,
    pace: Pace = UNLIMITED,
    read_timeout: float = 20.0,
    new_request: Callable[[], AiohttpRequest] | None = None,
) -> AsyncIterator[ExtBot[str]]:
    """A bot that talks to the stand-in; its calls go through ``Traffic`` on ``clock``."""
    new_request = new_request or partial(AiohttpRequest, read_timeout=read_timeout)
    bot: ExtBot[str] = ExtBot(
        telegram.token,
        base_url=f"{telegram.base_url}/bot",
        base_file_url=f"{telegram.base_url}/file/bot",
        request=new_request(),
        get_updates_request=new_request(),
        rate_limiter=Traffic(clock, pace),
    )
    async with bot:
        yield bot
