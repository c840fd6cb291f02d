"""python-telegram-bot on our transport, for tests below the level of dialogues."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram.ext import ExtBot

from bot.demo import StandIn
from bot.traffic import UNLIMITED, Pace, Traffic
from bot.transport import AiohttpRequest
from tests.wound_clock import WoundClock


@asynccontextmanager
async def talking(
    telegram: StandIn, clock: WoundClock, *, pace: Pace = UNLIMITED, read_timeout: float = 20.0
) -> AsyncIterator[ExtBot[str]]:
    """A bot that talks to the stand-in; its calls go through ``Traffic`` on ``clock``."""
    bot: ExtBot[str] = ExtBot(
        telegram.token,
        base_url=f"{telegram.base_url}/bot",
        base_file_url=f"{telegram.base_url}/file/bot",
        request=AiohttpRequest(read_timeout=read_timeout),
        get_updates_request=AiohttpRequest(read_timeout=read_timeout),
        rate_limiter=Traffic(clock, pace),
    )
    async with bot:
        yield bot
