"""Updates in: confirmed only when handled, in order per chat, side by side otherwise, never lost."""

import asyncio
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import ChatId, UpdateId
from bot.storage import Statement, Store, Transaction
from bot.tables import updates as rows
from bot.updates import Patience, Updates, chat_of
from tests.intake import NOW, Handler, message, opens, states, updates
from tests.patience import ends
from tests.wound_clock import WoundClock


async def test_a_handled_update_is_done_and_its_content_forgotten(store: Store, clock: WoundClock) -> None:
    """Done is written before Telegram may forget; nothing of the content is kept."""
    handler = Handler()
    async with updates(store, handler, clock) as intake:
        await intake.receive([message(1), message(2, chat=2)])

        assert sorted(handler.handled) == [1, 2]
        assert await states(store) == {1: "done", 2: "done"}
        assert await store.read.all("SELECT 1 FROM updates WHERE raw IS NOT NULL") == ()


async def test_what_is_left_to_write_is_written_with_done_or_not_at_all(
    store: Store, clock: WoundClock
) -> None:
    """One commit: an update that comes again after a kill finds everything as it was."""
    handler = Handler()
    good = Statement("INSERT INTO signals (at, kind, entry, dedupe) VALUES (0, 'good', '', 1)", ())
    handler.at_end = (good,)
    async with updates(store, handler, clock) as intake:
        await intake.receive([message(1)])
    assert await states(store) == {1: "done"}
    assert [row["kind"] for row in await store.read.all("SELECT kind FROM signals")] == ["good"]

    never = Statement("INSERT INTO signals (at, kind, entry, dedupe) VALUES (0, 'half', '', 2)", ())
    handler.at_end = (never, Statement("INSERT INTO nowhere VALUES (1)", ()))
    async with updates(store, handler, clock) as intake:
        await intake.receive([message(2)])

    assert await states(store) == {1: "done", 2: "parked"}
    assert [row["kind"] for row in await store.read.all("SELECT kind FROM signals")] == ["good"]


async def test_a_repeat_is_not_handled_again(store: Store, clock: WoundClock) -> None:
    """Also not by the next process."""
    handler = Handler()
    async with updates(store, handler, clock) as intake:
        await intake.receive([message(1)])
        await intake.receive([message(1), message(2)])
    async with updates(store, handler, clock) as intake:
        await intake.receive([message(2), message(3)])
        await intake.receive([])

    assert handler.handled == [1, 2, 3]


async def test_one_chat_in_order_chats_side_by_side(store: Store, clock: WoundClock) -> None:
    """A slow first message of a chat holds up its second one and nobody else's."""
    handler, gate = Handler(), asyncio.Event()

    async def slow_first(update: int) -> None:
        if update == 1:
            await gate.wait()

    handler.behave = slow_first
    async with updates(store, handler, clock) as intake:
        batch = [message(1, chat=1), message(2, chat=1), message(3, chat=2)]
        received = asyncio.create_task(intake.receive(batch))
        assert await ends(received), "a slow update holds up the others"
        await received
        assert handler.handled == [3]
        assert await states(store) == {1: "parked", 2: "parked", 3: "done"}
        await intake.receive([message(4, chat=1), message(5, chat=2)])
        assert handler.handled == [3, 5]
        gate.set()
        await intake.finished()

    assert handler.handled == [3, 5, 1, 2, 4]
    assert set((await states(store)).values()) == {"done"}


async def test_what_was_parked_is_taken_over_in_order(store: Store, clock: WoundClock) -> None:
    """A process dies with parked updates: the next one handles them first, in order, and before new ones of the chat."""
    first, gate = Handler(), asyncio.Event()
    first.behave = lambda _update: opens(gate)
    async with updates(store, first, clock) as intake:
        await intake.receive([message(1), message(2)])
    assert await states(store) == {1: "parked", 2: "parked"}

    second = Handler()
    async with updates(store, second, clock) as intake:
        await intake.receive([message(3)])
        await intake.finished()

    assert second.handled == [1, 2, 3]


async def test_a_poisoned_update_is_set_aside_after_three_tries(store: Store, clock: WoundClock) -> None:
    """It is tried three times, then set aside with its content; the chat's next update is served."""
    handler = Handler()

    async def poison(update: int) -> None:
        if update == 1:
            message = "always"
            raise ValueError(message)

    handler.behave = poison
    async with updates(store, handler, clock) as intake:
        received = asyncio.create_task(intake.receive([message(1), message(2), message(3, chat=2)]))
        await clock.wind_until(lambda: received.done() and handler.given_up == [1])
        await received
        await intake.finished()

    assert handler.began.count(1) == 3
    assert handler.given_up == [1]
    assert sorted(handler.handled) == [2, 3]
    assert await states(store) == {1: "aside", 2: "done", 3: "done"}


async def test_tries_are_counted_across_restarts(store: Store, clock: WoundClock) -> None:
    """An update that ends the process every time is set aside by the third process."""

    async def fails(_update: int) -> None:
        message = "always"
        raise ValueError(message)

    def tried(handler: Handler) -> bool:
        """It waits for its next try, or is set aside: the count is written down."""
        return clock.sleepers == 1 or handler.given_up == [1]

    for process in (1, 2, 3):
        handler = Handler()
        handler.behave = fails
        async with updates(store, handler, clock) as intake:
            if process == 1:
                await intake.receive([message(1)])
            await clock.wind_until(partial(tried, handler), step=0)
            if process == 3:
                await intake.finished()
        row = await store.read.one("SELECT tries, state FROM updates")
        assert row is not None
        assert row["tries"] == process
        assert row["state"] == ("aside" if process == 3 else "parked")


async def test_parking_takes_no_try_back(store: Store, clock: WoundClock) -> None:
    """It fails at the very moment it is parked as slow, and that is written second: the try counts all the same."""
    handler = Handler()

    async def fails(_update: int) -> None:
        message = "always"
        raise ValueError(message)

    handler.behave = fails
    async with updates(store, handler, clock) as intake:
        async with store.transaction():  # both want to write meanwhile, the failed try first
            received = asyncio.create_task(intake.receive([message(1)]))
            await clock.wind_until(lambda: len(store._one_writer._waiters or ()) == 2, step=0)
        await received
        row = await store.read.one("SELECT tries, state FROM updates")

    assert row is not None
    assert (row["tries"], row["state"]) == (1, "parked")


async def test_an_apology_that_fails_is_only_logged(store: Store, clock: WoundClock) -> None:
    """Giving up must not fail."""
    handler = Handler()

    async def poison(_update: int) -> None:
        message = "always"
        raise ValueError(message)

    async def broken(tx: Transaction, update: UpdateId, chat: ChatId) -> None:
        del tx, update, chat
        message = "too"
        raise ValueError(message)

    handler.behave = poison
    intake = Updates(store, clock, handle=handler, give_up=broken, wake_outbox=handler.wake, patience=NOW)
    async with intake.opened():
        received = asyncio.create_task(intake.receive([message(1)]))
        await clock.wind_until(received.done)
        await clock.wind_until(asyncio.create_task(intake.finished()).done)

    assert await states(store) == {1: "aside"}


async def test_a_repeat_at_the_very_moment_of_done(store: Store, clock: WoundClock) -> None:
    """Telegram repeats an update and asks the database just before "done" was written: it is known nevertheless."""
    handler = Handler()
    async with updates(store, handler, clock) as intake:
        await intake.receive([message(1)])
        async with store.transaction() as tx:
            await tx.run("DELETE FROM updates")  # what the repeat saw
        await intake.receive([message(1)])

    assert handler.began == [1]


async def test_memory_of_settled_updates_does_not_grow(store: Store, clock: WoundClock) -> None:
    """The last thousand are enough."""
    handler = Handler()
    async with updates(store, handler, clock, Patience(park=timedelta(seconds=20))) as intake:
        await intake.receive([message(number, chat=number) for number in range(1, 1102)])
        assert len(intake._settled) == 1000
        assert len(intake._lines._locks) == 0

    assert len(handler.handled) == 1101


async def test_an_error_nobody_foresaw_is_not_confirmed(store: Store, clock: WoundClock) -> None:
    """A bug in the intake itself: receiving raises, Telegram keeps the update."""
    handler = Handler()

    async def breaks(_update: int) -> None:
        raise asyncio.InvalidStateError

    handler.behave = breaks
    broken = Updates(
        store,
        clock,
        handle=handler,
        give_up=handler.give_up,
        wake_outbox=handler.wake,
        patience=Patience(park=timedelta(seconds=5), retry=timedelta(0)),
    )
    async with broken.opened():
        broken._remember_settled = None  # type: ignore[assignment,method-assign]  # any bug will do
        with pytest.raises(TypeError):
            await broken.receive([message(1)])


async def test_a_cancelled_update_does_not_fail_the_batch(store: Store, clock: WoundClock) -> None:
    """Stopping while a batch is received: receiving ends, the update is parked for the next process."""
    handler, gate = Handler(), asyncio.Event()
    handler.behave = lambda _update: opens(gate)
    patience = Patience(park=timedelta(seconds=5), grace=timedelta(seconds=0.01))
    async with updates(store, handler, clock, patience) as intake:
        received = asyncio.create_task(intake.receive([message(1)]))
        await clock.wind_until(lambda: handler.began == [1], step=0)
    await received

    assert await states(store) == {1: "parked"}


async def test_a_damaged_row_stops_no_other(store: Store, clock: WoundClock) -> None:
    """What cannot be read any more keeps the program from neither starting nor working on the rest."""
    first, gate = Handler(), asyncio.Event()
    first.behave = lambda _update: opens(gate)
    async with updates(store, first, clock) as intake:
        await intake.receive([message(1), message(2)])
    async with store.transaction() as tx:
        await tx.run("UPDATE updates SET raw = X'00' WHERE update_id = 1")
    second = Handler()
    async with updates(store, second, clock) as intake:
        await intake.finished()

    assert second.handled == [2]


async def test_leases_keep_other_processes_away(store: Store, clock: WoundClock) -> None:
    """What another living process holds is taken over only when its lease is over."""
    now = round(clock.now().timestamp() * 1000)
    handler = Handler()
    async with updates(store, handler, clock) as intake:
        async with store.transaction() as tx:
            parked = rows.Parked(UpdateId(7), ChatId(1), message(7), 0)
            await rows.park(tx, parked, lease_until=now + 60_000, now=now)
        await intake.take_over()
        assert handler.began == []
        clock.wind(seconds=61)
        gate = asyncio.Event()
        handler.behave = lambda _update: opens(gate)
        await intake.take_over()
        await intake.take_over()
        gate.set()
        await intake.finished()

    assert handler.began == [7]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["chat", "id", "from", "message", "x"]), inner, max_size=4)
        ),
        max_leaves=15,
    ).map(lambda value: {"update_id": 1, "anything": value})
)
def test_every_update_has_a_line(raw: dict[str, Any]) -> None:
    """Whatever Telegram will invent: an update belongs to some chat's line."""
    assert isinstance(chat_of(raw), int)


def test_presses_and_messages_share_a_line() -> None:
    """A press and a message of one person stay in order."""
    press = {"update_id": 1, "callback_query": {"from": {"id": 5}, "message": {"chat": {"id": 5}}}}
    inline = {"update_id": 1, "inline_query": {"from": {"id": 5}}}

    assert {chat_of(press), chat_of(inline), chat_of(message(1, chat=5))} == {5}
    assert chat_of({"update_id": 1}) == 0
