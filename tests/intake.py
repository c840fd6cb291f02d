"""The intake of updates with a handler that records; for the tests of it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from bot.model import ChatId, UpdateId
from bot.storage import Statement, Store, Transaction
from bot.updates import Patience, Updates
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
        self.woken = 0
        self.at_end: tuple[Statement, ...] = ()
        self.full_at_apology = False
        self.behave: Callable[[int], Awaitable[None]] | None = None

    async def __call__(self, raw: dict[str, Any]) -> tuple[Statement, ...]:
        self.began.append(raw["update_id"])
        if self.behave is not None:
            await self.behave(raw["update_id"])
        self.handled.append(raw["update_id"])
        return self.at_end

    async def give_up(self, tx: Transaction, update: UpdateId, chat: ChatId) -> None:
        if self.full_at_apology:
            await tx.one("PRAGMA query_only = ON")
            self.full_at_apology = False
        await tx.run("INSERT INTO signals (at, kind, entry, dedupe) VALUES (0, 'sorry', ?, ?)", chat, update)
        self.given_up.append(update)

    def wake(self) -> None:
        self.woken += 1


async def opens(gate: asyncio.Event) -> None:
    """Wait for it; returns nothing, as a handler's behaviour does."""
    await gate.wait()


@asynccontextmanager
async def updates(
    store: Store, handler: Handler, clock: WoundClock, patience: Patience = NOW
) -> AsyncIterator[Updates]:
    """The intake on ``store``."""
    intake = Updates(
        store, clock, handle=handler, give_up=handler.give_up, wake_outbox=handler.wake, patience=patience
    )
    async with intake.opened():
        yield intake


async def states(store: Store) -> dict[int, str]:
    """What the database says of each update."""
    return {row["update_id"]: row["state"] for row in await store.read.all("SELECT * FROM updates")}
