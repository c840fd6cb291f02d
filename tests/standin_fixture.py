"""The fixture ``telegram``: a local Telegram for one test, with a journal that must be clean at the end.

``conftest.py`` imports it. A test with a clock of its own opens ``strict_telegram(now=clock)`` itself.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

import pytest

from bot.demo import StandIn
from bot.demo.server import utc_now

# The server's own pauses (conflicts, repeated polls, webhook retries) take a hundredth of their time in tests.
PACE = 0.01


@asynccontextmanager
async def strict_telegram(now: Callable[[], datetime] = utc_now, seed: int = 1) -> AsyncIterator[StandIn]:
    """A stand-in whose journal is asserted clean when the block ends without an error."""
    async with StandIn.running(now=now, seed=seed, pace=PACE) as standin:
        yield standin
        standin.report_unanswered()
        assert standin.journal.violations == []


@pytest.fixture
async def telegram() -> AsyncIterator[StandIn]:
    """A local Telegram on a free port, real clock."""
    async with strict_telegram() as standin:
        yield standin
