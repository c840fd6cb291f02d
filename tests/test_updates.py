"""Updates in: confirmed only when handled, in order per chat, side by side otherwise, never lost."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import ChatId, UpdateId
from bot.secrets import Vault
from bot.storage import StorageError, Store
from bot.tables import updates as rows
from bot.updates import Patience, Updates, chat_of
from tests.wound_clock import WoundClock

NOW = Patience(park=timedelta(seconds=0.01), grace=timedelta(seconds=0.01))


def message(update: int, chat: int = 1, text: str = "x") -> dict[str, Any]:
    """A raw update."""
    return {"update_id": update, "message": {"message_id": update, "chat": {"id": chat}, "text": text}}


class Handler:
    """Records what it handles; ``behave`` decides how."""

    def __init__(self) -> None:
        self.handled: list[int] = []
        self.began: list[int] = []
        self.given_up: list[int] = []
        self.behave: Callable[[int], Awaitable[None]] | None = None

    async def __call__(self, raw: dict[str, Any]) -> None:
        self.began.append(raw["update_id"])
        if self.behave is not None:
            await self.behave(raw["update_id"])
        self.handled.append(raw["update_id"])

    async def give_up(self, update: UpdateId, chat: ChatId) -> None:
        del chat
        self.given_up.append(update)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A fresh database."""
    async with Store.opened(tmp_path / "x.db", Vault(bytes(32))) as opened:
        yield opened


@asynccontextmanager
async def updates(
    store: Store, handler: Handler, clock: WoundClock, patience: Patience = NOW
) -> AsyncIterator[Updates]:
    """The intake on ``store``."""
    intake = Updates(store, clock, handle=handler, give_up=handler.give_up, patience=patience)
    async with intake.opened():
        yield intake


async def states(store: Store) -> dict[int, str]:
    """What the database says of each update."""
    return {row["update_id"]: row["state"] for row in await store.read.all("SELECT * FROM updates")}


async def test_a_handled_update_is_done_and_its_content_forgotten(store: Store, clock: WoundClock) -> None:
    """Done is written before Telegram may forget; nothing of the content is kept."""
    handler = Handler()
    async with updates(store, handler, clock) as intake:
        await intake.receive([message(1), message(2, chat=2)])

        assert sorted(handler.handled) == [1, 2]
        assert await states(store) == {1: "done", 2: "done"}
        assert await store.read.all("SELECT 1 FROM updates WHERE raw IS NOT NULL") == ()


async def test_a_repeat_is_not_handled_again(store: Store, clock: WoundClock) -> None:
    """Also not by the next process."""
    handler = Handler()
    async with updates(store, handler, clock) as intake:
        await intake.receive([message(1)])
        await intake.receive([message(1), message(2)])
    async with updates(store, handler, clock) as intake:
        await intake.receive([message(2), message(3)])

    assert handler.handled == [1, 2, 3]


async def test_one_chat_in_order_chats_side_by_side(store: Store, clock: WoundClock) -> None:
    """A slow first message of a chat holds up its second one and nobody else's."""
    handler, gate = Handler(), asyncio.Event()

    async def slow_first(update: int) -> None:
        if update == 1:
            await gate.wait()

    handler.behave = slow_first
    async with updates(store, handler, clock) as intake:
        await intake.receive([message(1, chat=1), message(2, chat=1), message(3, chat=2)])
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
    first.behave = lambda _update: _wait(gate)
    async with updates(store, first, clock) as intake:
        await intake.receive([message(1), message(2)])
    assert await states(store) == {1: "parked", 2: "parked"}

    second = Handler()
    async with updates(store, second, clock) as intake:
        await intake.receive([message(3)])
        await intake.finished()

    assert second.handled == [1, 2, 3]


async def _wait(gate: asyncio.Event) -> None:
    await gate.wait()


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
        while not received.done():
            clock.wind(seconds=1)
            await asyncio.sleep(0)
        while not handler.given_up:
            clock.wind(seconds=1)
            await asyncio.sleep(0)
        await intake.finished()

    assert handler.began.count(1) == 3
    assert handler.given_up == [1]
    assert sorted(handler.handled) == [2, 3]
    assert await states(store) == {1: "aside", 2: "done", 3: "done"}


async def test_tries_are_counted_across_restarts(store: Store, clock: WoundClock) -> None:
    """An update that kills the process every time is set aside by the third process at the latest."""
    for _ in range(3):
        handler = Handler()

        async def fails(_update: int) -> None:
            message = "always"
            raise ValueError(message)

        handler.behave = fails
        async with updates(store, handler, clock) as intake:
            await intake.receive([message(1)] if not await states(store) else [])
            if handler.began:
                await asyncio.sleep(0)
    async with updates(store, Handler(), clock) as intake:
        await intake.finished()

    parked = await store.read.one("SELECT tries, state FROM updates WHERE update_id = 1")
    assert parked is not None
    assert parked["tries"] >= 2 or parked["state"] in {"aside", "done"}


async def test_an_apology_that_fails_is_only_logged(store: Store, clock: WoundClock) -> None:
    """Giving up must not fail."""
    handler = Handler()

    async def poison(_update: int) -> None:
        message = "always"
        raise ValueError(message)

    async def broken(update: UpdateId, chat: ChatId) -> None:
        del update, chat
        message = "too"
        raise ValueError(message)

    handler.behave = poison
    intake = Updates(store, clock, handle=handler, give_up=broken, patience=NOW)
    async with intake.opened():
        received = asyncio.create_task(intake.receive([message(1)]))
        while not received.done() or (await states(store)).get(1) != "aside":
            clock.wind(seconds=1)
            await asyncio.sleep(0)
        await intake.finished()


async def test_what_cannot_be_written_is_not_confirmed(store: Store, clock: WoundClock) -> None:
    """With a full disk receiving raises, so that Telegram keeps the updates; later they are handled."""
    handler = Handler()
    async with updates(store, handler, clock) as intake:
        page_count = await store.read.one("PRAGMA page_count")
        assert page_count is not None
        async with store.transaction() as tx:
            await tx.run(f"PRAGMA max_page_count = {page_count[0]}")  # type: ignore[index]  # by number
        big = [message(number, chat=number) for number in range(1, 3000)]
        with pytest.raises(StorageError):
            await intake.receive(big)
        await store.read.one("PRAGMA max_page_count = 100000")


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
        await intake.take_over()
        await intake.finished()

    assert handler.handled == [7]


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
