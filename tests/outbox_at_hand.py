"""An outbox on a database of its own, and the other end of it; for the tests of it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from bot.clock import to_ms
from bot.model import ChatId, Delivered, MessageId, Notice, NoticeKind, Outcome, Outgoing, Undeliverable
from bot.outbox import Outbox
from bot.storage import Store, Transaction
from bot.tables import outbox as rows
from tests.wound_clock import WoundClock

ANNA, BERT = ChatId(1), ChatId(2)


class Post:
    """The other end: renders the text of a notice, "sends" it, notes what was settled; each step can be told to fail."""

    def __init__(self, store: Store, clock: WoundClock) -> None:
        self.store = store
        self.clock = clock
        self.sent: list[tuple[ChatId, str]] = []
        self.settled: list[tuple[str, str]] = []
        self.rendering: Callable[[str], Outgoing | None] = Outgoing
        self.sending: Callable[[ChatId, str, int], Awaitable[Outcome]] | None = None
        self.settling: Callable[[Transaction, str], Awaitable[None]] | None = None
        self.number = 0

    async def render(self, notice: Notice) -> Outgoing | None:
        return self.rendering(notice.data["text"])

    async def deliver(self, chat: ChatId, message: Outgoing, attempts: int) -> Outcome:
        if self.sending is not None:
            outcome = await self.sending(chat, message.html, attempts)
            if not isinstance(outcome, Delivered):
                return outcome
        self.sent.append((chat, message.html))
        return Delivered(MessageId(len(self.sent)))

    async def settle(self, tx: Transaction, notice: Notice, outcome: Delivered | Undeliverable) -> None:
        self.settled.append((notice.data["text"], type(outcome).__name__))
        if self.settling is not None:
            await self.settling(tx, notice.data["text"])

    @property
    def texts(self) -> list[str]:
        """What was sent, in order."""
        return [text for _, text in self.sent]

    async def put(self, chat: ChatId, *texts: str, wake: Outbox | None = None) -> None:
        """Commit notices, and wake the outbox as every caller does."""
        async with self.store.transaction() as tx:
            for text in texts:
                self.number += 1
                await rows.put(
                    tx,
                    chat,
                    NoticeKind.APOLOGY,
                    dedupe=f"{self.number}",
                    now=to_ms(self.clock.now()),
                    data={"text": text},
                )
        if wake is not None:
            wake.wake()

    async def states(self) -> list[str]:
        """The states of all rows in order."""
        return [row["state"] for row in await self.store.read.all("SELECT state FROM outbox ORDER BY id")]

    @asynccontextmanager
    async def outbox(self) -> AsyncIterator[Outbox]:
        """A running outbox."""
        outbox = Outbox(self.store, self.clock, deliver=self.deliver, render=self.render, settle=self.settle)
        async with outbox.running():
            yield outbox


@pytest.fixture
def post(store: Store, clock: WoundClock) -> Post:
    """The other end of the outbox."""
    return Post(store, clock)
