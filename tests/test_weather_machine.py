"""Bad weather on the bot's own machine: a full disk, a lock, a clock that is set. Every employer gets the answer, once.

Where each trouble of the weather list is handled, and which test fails without it: docs/architecture.md.
"""

import logging
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace

import pytest

from bot.demo.faults import TooManyRequests
from bot.storage import DATABASE, Store
from bot.surroundings import Surroundings
from tests import full_disk
from tests.case_at_hand import to_preview
from tests.conftest import HWK_KOELN, Bot

pytestmark = pytest.mark.wire

# More bytes than a page of SQLite holds: on a full disk a row with it cannot slip into a gap.
LONG = "Bitte um Rat. " + "Größere Übergänge führen öfter über Prüfungen. " * 80


def store_of(bot: Bot) -> Store:
    """The database as the program has opened it."""
    return bot.app.linking._store


@asynccontextmanager
async def disk_full(bot: Bot) -> AsyncIterator[None]:
    """SQLite gets no page more."""
    store = store_of(bot)
    await store.compact()  # no free page is left from before
    await full_disk.no_page_more(store)
    try:
        yield
    finally:
        await full_disk.pages_again(store)


@asynccontextmanager
async def read_only(bot: Bot) -> AsyncIterator[None]:
    """Every write is refused."""
    await full_disk.fill(store_of(bot))
    try:
        yield
    finally:
        await full_disk.clear(store_of(bot))


@asynccontextmanager
async def locked(bot: Bot) -> AsyncIterator[None]:
    """Another program writes and does not end; the bot waits a moment instead of five seconds, and fails."""
    await store_of(bot)._writer.execute("PRAGMA busy_timeout = 20")
    other = sqlite3.connect(bot.settings.data_dir / DATABASE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


Trouble = Callable[[Bot], AbstractAsyncContextManager[None]]


@pytest.fixture
def around(around: Surroundings) -> Surroundings:
    """Everything slow is parked at once, so that what cannot be written down is asked for again soon."""
    return replace(around, patience=replace(around.patience, park=around.patience.park / 100))


@pytest.mark.parametrize("trouble", [disk_full, read_only, locked])
async def test_nothing_is_lost_or_said_twice(
    bot: Bot, trouble: Trouble, caplog: pytest.LogCaptureFixture
) -> None:
    """Each step of a handoff while nothing can be written: it waits with Telegram, then goes on; one case, one card."""
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.employer.starts()
    await bot.quiet()
    async with trouble(bot):
        await bot.employer.says(f"/lotse {LONG}")
        await bot.telegram.until(lambda: "Wo ist Ihr Betrieb?" in bot.employer.last.text)
        await tried_in_vain(bot, caplog)
        assert list(bot.telegram.world.pending()), "confirmed and not written down"
    await bot.weather()
    assert said(bot, "Wo ist Ihr Betrieb?") == 1
    await bot.employer.says("50667")
    await bot.weather()
    await bot.employer.presses("🔧 Handwerk")
    await bot.weather()
    bot.telegram.journal.allow("was answered before")  # the press is tried again, its spinner ends twice
    async with trouble(bot):
        await bot.employer.presses("✅ Einverstanden, senden")
        await tried_in_vain(bot, caplog)
        assert said(bot, "Fallnummer") == 0, "promised and not written down"
    await bot.weather()

    assert said(bot, "Fallnummer: TEST") == 1
    [card] = [message for message in bot.lotse.received if "🟡 Offen · Fall TEST" in message.text]
    await bot.lotse.says("Ich rufe Sie an", reply_to=card.id)
    await bot.weather()
    assert said(bot, "Ich rufe Sie an") == 1


async def tried_in_vain(bot: Bot, log: pytest.LogCaptureFixture) -> None:
    """Time goes by until the bot has tried five times more to do or to write down what it cannot."""

    def failures() -> int:
        return sum(record.name == "bot.updates" and record.levelno >= logging.ERROR for record in log.records)

    before = failures()
    await bot.clock.wind_until(lambda: failures() >= before + 5)


def said(bot: Bot, words: str) -> int:
    """How many messages to the employer have these words."""
    return sum(words in message.text for message in bot.employer.received)


@pytest.mark.parametrize("jump", [{"hours": -1}, {"days": -400}, {"hours": 1}, {"days": 30}], ids=str)
async def test_a_clock_that_is_set_stops_nobody(bot: Bot, jump: dict[str, float]) -> None:
    """While words wait for Telegram the machine's clock jumps: they come all the same, in minutes, and so does what follows."""
    await bot.link(HWK_KOELN, bot.lotse)
    await to_preview(bot)
    bot.telegram.faults.add(TooManyRequests(retry_after=40), method="sendMessage", chat=bot.lotse.id)
    await bot.employer.presses("✅ Einverstanden, senden")
    await bot.quiet()
    bot.clock.jump(**jump)
    begins = bot.clock.monotonic()
    await bot.clock.wind_until(lambda: "Fall TEST0001" in bot.lotse.last.text)
    assert bot.clock.monotonic() - begins <= 90
    await bot.quiet()
    await bot.lotse.says("Ich rufe Sie an", reply_to=bot.lotse.last.id)
    await bot.weather()
    await bot.employer.says("/frage eq dauer monate")
    await bot.weather()

    assert said(bot, "Ich rufe Sie an") == 1
    assert "Wie lange dauert eine EQ?" in bot.employer.last.text
