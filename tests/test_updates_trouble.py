"""Updates in while the disk is full: not confirmed, not repeated, and nobody apologises for it."""

import asyncio

import pytest

from bot.storage import StorageError, Store
from tests import full_disk
from tests.intake import Handler, message, opens, states, updates
from tests.wound_clock import WoundClock


async def test_what_cannot_be_written_is_not_confirmed(store: Store, clock: WoundClock) -> None:
    """With a full disk receiving raises, so that Telegram keeps the updates; when there is space they are done."""
    handler = Handler()
    async with updates(store, handler, clock) as intake:
        await full_disk.no_page_more(store)
        batch = [message(number, chat=number) for number in range(1, 800)]
        with pytest.raises(StorageError):
            await intake.receive(batch)
        await full_disk.pages_again(store)
        await clock.wind_until(asyncio.create_task(intake.finished()).done)

    assert len(handler.began) == len(set(handler.began)) == 799
    assert set((await states(store)).values()) == {"done"}


async def test_a_reply_is_not_repeated_while_the_disk_is_full(store: Store, clock: WoundClock) -> None:
    """Handled, but "done" cannot be written: Telegram repeats the update as often as it likes, the reply comes once."""
    handler = Handler()
    async with updates(store, handler, clock) as intake:
        await full_disk.fill(store)
        for _ in range(3):
            with pytest.raises(StorageError):
                await intake.receive([message(1)])
            clock.wind(seconds=5)
        await full_disk.clear(store)
        await clock.wind_until(asyncio.create_task(intake.finished()).done)

    assert handler.began == [1]
    assert await states(store) == {1: "done"}


async def test_a_full_disk_is_not_the_updates_fault(store: Store, clock: WoundClock) -> None:
    """A handler that cannot write is tried again as long as it takes; nobody apologises."""
    handler = Handler()

    async def writes(update: int) -> None:
        async with store.transaction() as tx:
            await tx.run("INSERT INTO signals (at, kind, entry, dedupe) VALUES (0, 'x', 'x', ?)", update)

    handler.behave = writes
    async with updates(store, handler, clock) as intake:
        await full_disk.fill(store)
        with pytest.raises(StorageError):
            await intake.receive([message(1)])
        await clock.wind_until(lambda: len(handler.began) == 6)
        await full_disk.clear(store)
        await clock.wind_until(asyncio.create_task(intake.finished()).done)

    assert handler.handled == [1]
    assert handler.given_up == []
    assert await states(store) == {1: "done"}


async def test_set_aside_and_apology_are_one(store: Store, clock: WoundClock) -> None:
    """The third failure on a full disk: neither is written; with space both are, and the outbox is woken."""
    handler = Handler()

    async def poison(_update: int) -> None:
        raise ValueError

    handler.behave = poison
    async with updates(store, handler, clock) as intake:
        await full_disk.fill(store)
        received = asyncio.create_task(intake.receive([message(1)]))
        await clock.wind_until(lambda: len(handler.began) == 3)
        with pytest.raises(StorageError):
            await received
        assert handler.woken == 0
        await full_disk.clear(store)
        handler.full_at_apology = True
        await clock.wind_until(lambda: not handler.full_at_apology)
        await full_disk.clear(store)
        assert await states(store) == {}
        await clock.wind_until(asyncio.create_task(intake.finished()).done)

    assert await states(store) == {1: "aside"}
    assert len(await store.read.all("SELECT 1 FROM signals WHERE kind = 'sorry'")) == 1
    assert handler.woken == 1


async def test_a_stop_with_a_full_disk_ends(store: Store, clock: WoundClock) -> None:
    """What could not be parked was not confirmed either: the next process gets it from Telegram."""
    handler, gate = Handler(), asyncio.Event()
    handler.behave = lambda _update: opens(gate)
    async with updates(store, handler, clock) as intake:
        await full_disk.fill(store)
        with pytest.raises(StorageError):
            await intake.receive([message(1)])
    assert await states(store) == {}
    await full_disk.clear(store)
    second = Handler()
    async with updates(store, second, clock) as intake:
        await intake.receive([message(1)])

    assert second.handled == [1]
