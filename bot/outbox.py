"""Everything said to someone else: waits as rows, goes out per chat in order, chats side by side.

Delivered at least once. Telegram has no idempotency key, so a message comes twice if the answer or the process was
lost between Telegram's execution and our commit, and in no other case.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Protocol, assert_never

from bot.clock import Clock, to_ms
from bot.delivery import Deliver
from bot.model import ChatId, Delivered, Notice, Outcome, Outgoing, RetryAt, Undeliverable
from bot.storage import StorageError, Store, Transaction
from bot.tables import outbox as rows

log = logging.getLogger(__name__)

_LOOK_AGAIN = 30.0  # seconds until the outbox looks for due rows without being woken
_REPAIR_WAIT = timedelta(seconds=10)
_COMMIT_WAIT = 2.0  # seconds for which somebody's words wait for the outcome of what they may answer
_SET_BACK_MS = 2_000  # a clock that lost more than this was set; less is its ordinary correction
_OWN_TRIES = (
    5  # attempts after which a message that fails by a bug of ours is given up, so that it blocks no others
)


class Render(Protocol):
    """A notice as a message; ``None`` when there is nothing left to say (its case is gone)."""

    async def __call__(self, notice: Notice) -> Outgoing | None: ...


class Settle(Protocol):
    """What follows from an outcome, in the transaction that records it."""

    async def __call__(self, tx: Transaction, notice: Notice, outcome: Delivered | Undeliverable) -> None: ...


class Outbox:
    """The delivery loop."""

    def __init__(
        self, store: Store, clock: Clock, *, deliver: Deliver, render: Render, settle: Settle
    ) -> None:
        self._store = store
        self._clock = clock
        self._deliver = deliver
        self._render = render
        self._settle = settle
        self._awake = asyncio.Event()
        self._chats: dict[ChatId, asyncio.Task[None]] = {}
        self._under_way: dict[ChatId, asyncio.Event] = {}  # set when the outcome is stored
        self._ahead = self._wall_ahead()

    def wake(self) -> None:
        """Something was committed: look now."""
        self._awake.set()

    async def drained(self) -> None:
        """Return when nothing is due any more; what waits for a later time does not count."""
        while self._chats or any(
            due_at <= to_ms(self._clock.now())
            for due_at in (await rows.waiting_chats(self._store.read)).values()
        ):
            self._awake.set()
            await asyncio.sleep(0)
            if self._chats:
                await asyncio.wait(self._chats.values())

    async def committed(self, chat: ChatId) -> None:
        """Return when the outcome of what is being delivered to ``chat`` is stored, at the latest after two seconds.

        A message is seen before we know its number: who answers it at once may be faster than our commit.
        """
        under_way = self._under_way.get(chat)
        if under_way is not None:
            await self._pause(under_way, _COMMIT_WAIT)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Deliver while the block runs; on leaving, messages on the wire finish and their outcome is stored."""
        stop = asyncio.Event()
        loop = asyncio.create_task(self._loop(stop))
        try:
            yield
        finally:
            stop.set()
            self._awake.set()
            await loop
            if self._chats:
                await asyncio.wait(self._chats.values())

    async def _loop(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            self._awake.clear()
            try:
                next_due = await self._start_due(stop)
            except Exception:
                # Whatever it is: an outbox that ended here would be silent until the next start.
                log.exception("the outbox could not be read")
                next_due = _REPAIR_WAIT.total_seconds()
            # Everything that could become due wakes us; the timer is for rows that wait for their time.
            await self._pause(self._awake, min(max(next_due, 0.05), _LOOK_AGAIN))

    async def _pause(self, event: asyncio.Event, seconds: float) -> None:
        """Wait for ``event``, but no longer than ``seconds``."""
        sleeping = asyncio.create_task(self._clock.sleep(seconds))
        waiting = asyncio.create_task(event.wait())
        try:
            await asyncio.wait({sleeping, waiting}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (sleeping, waiting):
                task.cancel()

    def _wall_ahead(self) -> int:
        """How far (ms) the clock on the wall is ahead of the one that only runs on."""
        return to_ms(self._clock.now()) - round(self._clock.monotonic() * 1000)

    async def _follow_the_clock(self) -> None:
        """When the machine's clock was set back, nobody waits until it has caught up."""
        before, self._ahead = self._ahead, self._wall_ahead()
        back = before - self._ahead
        if back > _SET_BACK_MS:
            log.warning("the clock was set back by %d s", back // 1000)
            async with self._store.transaction() as tx:
                await rows.bring_forward(tx, back, to_ms(self._clock.now()))

    async def _start_due(self, stop: asyncio.Event) -> float:
        """Start a task for every chat that has something due; returns the seconds until the next one is."""
        await self._follow_the_clock()
        now = to_ms(self._clock.now())
        later = [_LOOK_AGAIN]
        for chat, due_at in (await rows.waiting_chats(self._store.read)).items():
            if chat in self._chats:
                continue
            if due_at > now:
                later.append((due_at - now) / 1000)
                continue
            task = asyncio.create_task(self._serve(chat, stop))
            self._chats[chat] = task
            task.add_done_callback(partial(self._left, chat))
        return min(later)

    def _left(self, chat: ChatId, _task: asyncio.Task[None]) -> None:
        del self._chats[chat]
        # A row may have been committed between the task's last look and its end.
        self._awake.set()

    async def _serve(self, chat: ChatId, stop: asyncio.Event) -> None:
        """Deliver what is due in one chat, one after the other."""
        try:
            while not stop.is_set() and await self._next(chat, stop):
                pass
        except Exception:
            # The pause keeps a lasting error from becoming a busy loop: the end of this task wakes the outbox.
            log.exception("the outbox of a chat stumbled")
            await self._pause(stop, _REPAIR_WAIT.total_seconds())

    async def _next(self, chat: ChatId, stop: asyncio.Event) -> bool:
        """Attempt the oldest notice of a chat; whether the next one may follow at once."""
        notice = await rows.oldest(self._store.read, chat, to_ms(self._clock.now()))
        match notice:
            case None:
                return False
            case rows.Unreadable(id=number):
                log.error("outbox %d cannot be read and is given up", number)
                async with self._store.transaction() as tx:
                    await rows.mark_undeliverable(tx, notice, "unreadable", to_ms(self._clock.now()))
                return True
            case _:
                stored = self._under_way[chat] = asyncio.Event()
                try:
                    outcome = await self._attempt(notice)
                    return await self._recorded(notice, outcome, stop) and not isinstance(outcome, RetryAt)
                finally:
                    del self._under_way[chat]
                    stored.set()

    async def _attempt(self, notice: Notice) -> Outcome:
        try:
            message = await self._render(notice)
            if message is None:
                return Undeliverable("nothing left to say", blocked=False)
            return await self._deliver(notice.chat, message, notice.attempts)
        except Exception as error:
            # A bug in one message must not stop the others.
            log.exception("outbox %d (%s) could not be rendered or sent", notice.id, notice.kind)
            passing = isinstance(error, StorageError) and error.passing
            if passing or notice.attempts + 1 < _OWN_TRIES:
                return RetryAt(self._clock.now() + _REPAIR_WAIT, "error")
            return Undeliverable("error", blocked=False)

    async def _recorded(self, notice: Notice, outcome: Outcome, stop: asyncio.Event) -> bool:
        """Store the outcome, however long the disk is full: sending again instead would repeat the message for ever."""
        settle = True
        while True:
            try:
                await self._record(notice, outcome, settle=settle)
            except Exception as error:
                log.exception("outbox %d: the outcome could not be stored", notice.id)
                if settle and not (isinstance(error, StorageError) and error.passing):
                    settle = False  # a bug in what follows from it must not repeat it either
                    continue
                await self._pause(stop, _REPAIR_WAIT.total_seconds())
                if stop.is_set():
                    return False
            else:
                return True

    async def _record(self, notice: Notice, outcome: Outcome, *, settle: bool) -> None:
        async with self._store.transaction() as tx:
            there = await _marked(tx, notice, outcome, to_ms(self._clock.now()))
            # What was erased meanwhile has no consequences.
            if there and settle and not isinstance(outcome, RetryAt):
                await self._settle(tx, notice, outcome)
        log.info("outbox %d (%s): %s", notice.id, notice.kind, type(outcome).__name__)


async def _marked(tx: Transaction, notice: Notice, outcome: Outcome, now: int) -> bool:
    match outcome:
        case Delivered():
            return await rows.mark_sent(tx, notice, outcome, now)
        case RetryAt(at=at, reason=reason):
            return await rows.mark_retry(tx, notice, to_ms(at), reason)
        case Undeliverable(reason=reason):
            return await rows.mark_undeliverable(tx, notice, reason, now)
        case _:
            assert_never(outcome)
