"""Long polling: confirmed only what was handled, alive in every weather, gone when a second one polls."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from telegram.error import Conflict, InvalidToken

from bot.demo import StandIn, faults
from bot.model import ChatId, UpdateId
from bot.polling import Polling, SecondInstanceError
from bot.storage import Statement, Store, Transaction
from bot.transport import Line
from bot.updates import Patience, Updates
from tests import full_disk
from tests.standin_fixture import strict_telegram
from tests.telegram_bot import talking
from tests.wound_clock import WoundClock


class Inbox:
    """Handles updates by noting their text, and polls for them; the database and the line are real."""

    def __init__(self, telegram: StandIn, store: Store, clock: WoundClock) -> None:
        self.telegram = telegram
        self.store = store
        self.clock = clock
        self.texts: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.stop = asyncio.Event()
        self.offsets: list[int | None] = []

    async def handle(self, raw: dict[str, Any]) -> tuple[Statement, ...]:
        await self.gate.wait()
        self.texts.append(raw["message"]["text"])
        return ()

    async def give_up(self, tx: Transaction, update: UpdateId, chat: ChatId) -> None:
        del tx, update, chat

    @asynccontextmanager
    async def opened(self, patience: Patience) -> AsyncIterator[Updates]:
        """The intake."""
        intake = Updates(
            self.store,
            self.clock,
            handle=self.handle,
            give_up=self.give_up,
            wake_outbox=lambda: None,
            patience=patience,
        )
        async with intake.opened():
            yield intake

    @asynccontextmanager
    async def polled(
        self, *, patience: Patience | None = None, slack: float = 10.0
    ) -> AsyncIterator["asyncio.Task[None]"]:
        """Poll while the block runs, then stop as SIGTERM does."""
        self.stop = asyncio.Event()
        async with (
            talking(self.telegram, self.clock) as bot,
            self.opened(patience or Patience()) as intake,
        ):
            line = Line(bot.request, bot.base_url, slack=slack)

            async def fetch(
                *, offset: int | None, limit: int, wait: int, kinds: tuple[str, ...]
            ) -> list[dict[str, Any]]:
                self.offsets.append(offset)
                return await line.fetch(offset=offset, limit=limit, wait=wait, kinds=kinds)

            task = asyncio.create_task(Polling(fetch, intake, self.clock).run(self.stop))
            try:
                yield task
            finally:
                self.stop.set()
                await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
async def telegram(clock: WoundClock) -> AsyncIterator[StandIn]:
    """A local Telegram on the clock to wind."""
    async with strict_telegram(now=clock.now) as standin:
        yield standin


@pytest.fixture
def inbox(telegram: StandIn, store: Store, clock: WoundClock) -> Inbox:
    """A handler between the two."""
    return Inbox(telegram, store, clock)


async def test_handled_then_confirmed(inbox: Inbox) -> None:
    """Telegram may forget a batch when it is handled, not when it was fetched."""
    anna = inbox.telegram.user("Anna")
    inbox.gate.clear()
    async with inbox.polled():
        await anna.says("eins")
        await anna.says("zwei")
        await inbox.telegram.until(lambda: inbox.telegram.journal.delivered)
        assert inbox.telegram.journal.confirmed == 0
        inbox.gate.set()
        await inbox.telegram.idle()
        assert inbox.texts == ["eins", "zwei"]

    assert inbox.telegram.journal.confirmed == 2


async def test_parked_then_confirmed(inbox: Inbox) -> None:
    """A slow update does not hold up the next batch: it is a row by then."""
    anna, bert = inbox.telegram.user("Anna"), inbox.telegram.user("Bert")
    inbox.gate.clear()
    async with inbox.polled(patience=Patience(park=timedelta(seconds=0.01))):
        await anna.says("eins")
        await inbox.telegram.idle()
        assert inbox.texts == []
        await bert.says("zwei")
        await inbox.telegram.idle()
        inbox.gate.set()
        await inbox.clock.wind_until(lambda: len(inbox.texts) == 2, step=0)

    assert inbox.telegram.journal.confirmed == 2


async def test_the_last_batch_is_confirmed_at_the_stop(inbox: Inbox) -> None:
    """What was handled is not handed out again to the next process."""
    anna = inbox.telegram.user("Anna")
    async with inbox.polled():
        await anna.says("eins")
        await inbox.telegram.until(lambda: inbox.texts)
    async with inbox.polled():
        await anna.says("zwei")
        await inbox.telegram.idle()

    assert inbox.texts == ["eins", "zwei"]
    assert inbox.telegram.journal.redelivered == 0


async def test_killed_before_confirming(inbox: Inbox) -> None:
    """The next process gets the batch again and handles nothing twice."""
    anna = inbox.telegram.user("Anna")
    await anna.says("eins")
    async with inbox.polled() as task:
        await inbox.telegram.until(lambda: inbox.texts)
        task.cancel()
    async with inbox.polled():
        await anna.says("zwei")
        await inbox.telegram.idle()

    assert inbox.texts == ["eins", "zwei"]


@pytest.mark.parametrize(
    "fault",
    [
        faults.ServerError(500),
        faults.ServerError(502, html=True),
        faults.ServerError(504, html=True),
        faults.TooManyRequests(20),
        faults.TooManyRequests(20, parameters=False),
        faults.ResetBefore(),
        faults.ResetAfter(),
        faults.CutBody(),
        faults.Rubbish(),
        faults.Rubbish(body=""),
        faults.Restart(),
        faults.Refused("Bad Request: something new"),
    ],
)
async def test_every_weather_passes(inbox: Inbox, fault: faults.Action) -> None:
    """Twice in a row, then the sun shines: everything is handled once."""
    anna = inbox.telegram.user("Anna")
    inbox.telegram.faults.add(fault, method="getUpdates", times=2)
    async with inbox.polled():
        await anna.says("eins")
        await inbox.clock.wind_until(lambda: inbox.texts == ["eins"])
        await inbox.telegram.idle()

    assert inbox.texts == ["eins"]
    if isinstance(fault, faults.TooManyRequests) and fault.parameters:
        assert inbox.clock.monotonic() >= 40


async def test_a_line_that_is_silent_is_given_up(inbox: Inbox) -> None:
    """A poll that is never answered ends some seconds after Telegram should have answered it."""
    anna = inbox.telegram.user("Anna")
    inbox.telegram.faults.add(faults.Stall(), method="getUpdates")
    async with inbox.polled(slack=-29.9):
        await anna.says("eins")
        await inbox.clock.wind_until(lambda: inbox.texts == ["eins"])


async def test_an_outage_of_telegram(inbox: Inbox) -> None:
    """Nobody listens for a while; the pauses grow to half a minute."""
    anna = inbox.telegram.user("Anna")
    async with inbox.polled():
        async with inbox.telegram.offline():
            await inbox.clock.wind_until(lambda: inbox.clock.monotonic() > 200)
            asked = len(inbox.offsets)
            assert 5 < asked < 20
        await anna.says("eins")
        await inbox.clock.wind_until(lambda: inbox.texts == ["eins"])


async def test_a_full_disk_is_not_confirmed(inbox: Inbox) -> None:
    """What cannot be written down stays with Telegram; with space it is handled once."""
    anna = inbox.telegram.user("Anna")
    async with inbox.polled(patience=Patience(park=timedelta(seconds=0.01))):
        await full_disk.fill(inbox.store)
        await anna.says("eins")
        # How many tries fall into thirty wound seconds depends on how fast the machine is: both must have come.
        await inbox.clock.wind_until(
            lambda: inbox.clock.monotonic() > 30 and inbox.telegram.journal.redelivered > 1
        )
        assert inbox.telegram.journal.confirmed == 0
        assert inbox.telegram.journal.redelivered > 1
        await full_disk.clear(inbox.store)
        await inbox.clock.wind_until(lambda: inbox.telegram.journal.confirmed == 1)

    assert inbox.texts == ["eins"]


async def test_a_bug_in_the_intake_is_survived(inbox: Inbox, caplog: pytest.LogCaptureFixture) -> None:
    """An update whose number no database can hold: the loop logs it and goes on asking."""
    asked = 0

    async def fetch(
        *, offset: int | None, limit: int, wait: int, kinds: tuple[str, ...]
    ) -> list[dict[str, Any]]:
        nonlocal asked
        del offset, limit, wait, kinds
        asked += 1
        return [{"update_id": 2**70}] if asked < 3 else []

    async with inbox.opened(Patience()) as intake:
        task = asyncio.create_task(Polling(fetch, intake, inbox.clock).run(inbox.stop))
        with caplog.at_level(logging.ERROR):
            await inbox.clock.wind_until(lambda: asked > 5)
        inbox.stop.set()
        await task

    assert "a bug of ours" in caplog.text


# -- ends --------------------------------------------------------------------------------------------------------------


async def test_stopping_is_immediate(inbox: Inbox) -> None:
    """In the middle of a long poll, and in the middle of a pause; with nothing handled there is nothing to confirm."""
    async with inbox.polled() as task:
        await inbox.telegram.until(lambda: inbox.telegram.bot.queue.polled)
        inbox.stop.set()
        await task
    inbox.telegram.faults.add(faults.TooManyRequests(3600), method="getUpdates")
    async with inbox.polled() as task:
        await inbox.telegram.until(lambda: inbox.telegram.journal.refusals["429 getUpdates"])
        inbox.stop.set()
        await task

    assert inbox.offsets == [None, None]


async def test_stopping_without_telegram(inbox: Inbox) -> None:
    """The last batch cannot be confirmed: it comes again and is known."""
    anna = inbox.telegram.user("Anna")
    async with inbox.polled():
        await anna.says("eins")
        await inbox.telegram.idle()
        await anna.says("zwei")
        await inbox.telegram.until(lambda: len(inbox.texts) == 2)
        inbox.telegram.faults.add(faults.ResetBefore(), method="getUpdates", times=None)
        inbox.telegram.restart()
    inbox.telegram.faults.clear()
    async with inbox.polled():
        await anna.says("drei")
        await inbox.telegram.idle()

    assert inbox.texts == ["eins", "zwei", "drei"]


async def test_a_wrong_token_ends_it(inbox: Inbox) -> None:
    """Waiting would not help."""
    inbox.telegram.faults.add(faults.Refused("Unauthorized", 401), method="getUpdates")
    async with inbox.polled() as task:
        with pytest.raises(InvalidToken):
            await task


async def test_three_conflicts_in_ten_seconds_end_it(inbox: Inbox) -> None:
    """Another process polls for this bot."""
    inbox.telegram.faults.add(faults.SecondPoller(), method="getUpdates", times=None)
    refusals = inbox.telegram.journal.refusals
    async with inbox.polled() as task:
        await inbox.clock.wind_until(lambda: task.done() or refusals["409 getUpdates"] > 3)
        assert task.done(), "it quarrels on"
        with pytest.raises(SecondInstanceError):
            await task

    assert refusals["409 getUpdates"] == 3


async def test_two_conflicts_are_survived(inbox: Inbox) -> None:
    """A process that is just ending, or a poll that Telegram still holds."""
    anna = inbox.telegram.user("Anna")
    inbox.telegram.faults.add(faults.SecondPoller(), method="getUpdates", times=2)
    async with inbox.polled():
        await anna.says("eins")
        await inbox.clock.wind_until(lambda: inbox.texts == ["eins"])


async def test_conflicts_now_and_then_are_survived(inbox: Inbox, store: Store) -> None:
    """One every quarter of a minute is no second instance."""
    asked = 0

    async def fetch(
        *, offset: int | None, limit: int, wait: int, kinds: tuple[str, ...]
    ) -> list[dict[str, Any]]:
        nonlocal asked
        del offset, limit, wait, kinds
        asked += 1
        if asked % 2:
            await inbox.clock.sleep(14)
            return []
        message = "terminated by other getUpdates request"
        raise Conflict(message)

    async with inbox.opened(Patience()) as intake:
        task = asyncio.create_task(Polling(fetch, intake, inbox.clock).run(inbox.stop))
        await inbox.clock.wind_until(lambda: asked > 12)
        inbox.stop.set()
        await task


async def test_two_real_pollers(inbox: Inbox) -> None:
    """Two bots on one token: Telegram plays them off against each other until both have understood."""
    async with inbox.polled() as one, talking(inbox.telegram, inbox.clock) as bot:
        line = Line(bot.request, bot.base_url)
        async with inbox.opened(Patience()) as intake:
            two = asyncio.create_task(Polling(line.fetch, intake, inbox.clock).run(inbox.stop))
            await inbox.clock.wind_until(lambda: one.done() or two.done(), step=0.2)
            loser = one if one.done() else two
            with pytest.raises(SecondInstanceError):
                await loser
            inbox.stop.set()
            await asyncio.gather(one, two, return_exceptions=True)
