"""The fixture ``telegram``: a local Telegram for one test, with a journal that must be clean at the end.

``conftest.py`` imports it. A test with a clock of its own opens ``strict_telegram(now=clock)`` itself.
"""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from bot.demo import Person, StandIn
from bot.demo.standin import utc_now

# The server's own pauses (conflicts, repeated polls, webhook retries) take a hundredth of their time in tests.
PACE = 0.01


@asynccontextmanager
async def strict_telegram(
    now: Callable[[], datetime] = utc_now, seed: int = 1, **options: Any
) -> AsyncIterator[StandIn]:
    """A stand-in whose journal is asserted clean when the block ends without an error."""
    async with StandIn.running(now=now, seed=seed, **{"pace": PACE, **options}) as standin:
        yield standin
        standin.report_unanswered()
        assert standin.journal.violations == [], "\n".join(standin.journal.violations)


@pytest.fixture
async def telegram() -> AsyncIterator[StandIn]:
    """A local Telegram on a free port, real clock."""
    async with strict_telegram() as standin:
        yield standin


@dataclass(slots=True)
class HandClock:
    """A clock that only tests wind."""

    time: datetime = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def wind(self, **span: float) -> None:
        """Go forward, e.g. ``wind(hours=49)``."""
        self.time += timedelta(**span)


@dataclass(frozen=True, slots=True)
class Api:
    """Plain HTTP calls, without any client library between the test and the stand-in."""

    session: aiohttp.ClientSession
    url: str

    async def __call__(self, method: str, **arguments: Any) -> Any:
        """The result of a call that must succeed."""
        status, body = await self.answer(method, **arguments)
        assert (status, body["ok"]) == (200, True), body
        return body["result"]

    async def answer(self, method: str, **arguments: Any) -> tuple[int, Any]:
        """HTTP status and body of any call; arguments travel as JSON."""
        async with self.session.post(f"{self.url}/{method}", json=arguments) as response:
            return response.status, await response.json()

    async def refusal(self, method: str, **arguments: Any) -> tuple[int, str]:
        """Code and description of a call that must fail."""
        status, body = await self.answer(method, **arguments)
        assert (body["ok"], body["error_code"]) == (False, status), body
        return status, body["description"]

    async def upload(self, method: str, files: dict[str, tuple[str, bytes]], **arguments: Any) -> Any:
        """The result of a multipart call; ``files``: part → (file name, bytes)."""
        form = aiohttp.FormData()
        for name, value in arguments.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        for part, (name, data) in files.items():
            form.add_field(part, data, filename=name)
        async with self.session.post(f"{self.url}/{method}", data=form) as response:
            body = await response.json()
        assert body["ok"], body
        return body["result"]


@asynccontextmanager
async def plain_api(telegram: StandIn, token: str = "") -> AsyncIterator[Api]:
    """An ``Api`` for the default bot or the one with this token."""
    async with aiohttp.ClientSession() as session:
        yield Api(session, f"{telegram.base_url}/bot{token or telegram.token}")


@pytest.fixture
async def api(telegram: StandIn) -> AsyncIterator[Api]:
    """Plain calls of the default bot of ``telegram``."""
    async with plain_api(telegram) as plain:
        yield plain


async def greeted(telegram: StandIn) -> tuple[Person, dict[str, Any]]:
    """Anna after one message of hers and one of the bot; their ids by the names ``HERS`` and ``BOTS``."""
    anna = telegram.user("Anna", username="anna")
    hers = await anna.starts()
    async with plain_api(telegram) as api:
        mine = await api("sendMessage", chat_id=anna.id, text="Hallo")
    return anna, {"ANNA": anna.id, "HERS": hers.id, "BOTS": mine["message_id"]}
