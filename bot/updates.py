"""Updates in: Telegram is our inbox, and an update is confirmed only when it has been handled.

python-telegram-bot's own Updater confirms a batch when it fetches the next one, so ``kill -9`` loses what was
queued. Here a batch is worked on side by side, and the next ``getUpdates`` (which confirms it) goes out when every
update of it is done or, after two seconds, *parked*: stored as a row. Webhook mode handles or parks first and answers
200 after. Updates of one chat run in order; a slow one delays others by the parking time at most.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any, Protocol

from bot.clock import Clock, to_ms
from bot.model import ChatId, UpdateId
from bot.storage import Statement, StorageError, Store, Transaction
from bot.tables import updates as rows
from bot.tables.updates import Parked

log = logging.getLogger(__name__)

_TRIES = 3
_REMEMBERED = 1000  # updates settled last


class Handle(Protocol):
    """Does what an update asks for; raises when that failed.

    What it returns is written in the commit that marks the update as done: should the process die before, the update
    comes again and finds everything as it was."""

    async def __call__(self, raw: dict[str, Any]) -> Sequence[Statement]: ...


class GiveUp(Protocol):
    """Apologises and reports, in the transaction that sets an update aside."""

    async def __call__(self, tx: Transaction, update: UpdateId, chat: ChatId) -> None: ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How long things may take: parking after ``park``, a lease of ``lease``, ``grace`` for the last ones at a stop,
    again after ``retry`` when handling failed and after ``storage`` when the database cannot be written."""

    park: timedelta = timedelta(seconds=2)
    lease: timedelta = timedelta(minutes=5)
    grace: timedelta = timedelta(seconds=8)
    retry: timedelta = timedelta(seconds=1)
    storage: timedelta = timedelta(seconds=5)


class Updates:
    """Takes updates in, each exactly once unless the process dies on it."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        handle: Handle,
        give_up: GiveUp,
        wake_outbox: Callable[[], None],
        patience: Patience,
    ) -> None:
        self._store = store
        self._clock = clock
        self._handle = handle
        self._give_up = give_up
        self._wake_outbox = wake_outbox
        self._patience = patience
        self._lines = _Lines()
        self._running: dict[UpdateId, tuple[Parked, asyncio.Task[None]]] = {}
        self._parked: set[UpdateId] = set()
        # A repeat may ask the database just before, and look here just after, the first one was written down as done.
        self._settled: dict[UpdateId, None] = {}

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Take over what an earlier process parked; at the end let running updates finish, park the rest."""
        await self.take_over(after_restart=True)
        try:
            yield
        finally:
            await self._settle()

    async def take_over(self, *, after_restart: bool = False) -> None:
        """Work on parked updates that nobody holds: after a restart all of them, later those whose lease is over."""
        before = 2**62 if after_restart else to_ms(self._clock.now())
        for parked in await rows.waiting(self._store.read, before):
            if parked.update not in self._running:
                self._parked.add(parked.update)
                self._start(parked)

    async def receive(self, batch: Iterable[dict[str, Any]]) -> None:
        """Return when every update of ``batch`` is done or parked: from then on Telegram may forget it.

        Raises ``StorageError`` when that could not be written down: then Telegram must keep them.
        """
        fresh = [Parked(UpdateId(raw["update_id"]), chat_of(raw), raw, 0) for raw in batch]
        known = await rows.known(self._store.read, [item.update for item in fresh])
        for item in fresh:
            if not (item.update in known or item.update in self._running or item.update in self._settled):
                self._start(item)
        tasks = [self._running[item.update][1] for item in fresh if item.update in self._running]
        if not tasks:
            return
        done, _ = await asyncio.wait(tasks, timeout=self._patience.park.total_seconds())
        await self._park([item for item in fresh if item.update in self._running])
        for task in done:
            if not task.cancelled():
                task.result()  # an error here is a bug of ours: then Telegram must keep the update

    async def finished(self) -> None:
        """Return when no update is being worked on, parked ones included."""
        while self._running:
            await asyncio.wait([task for _, task in self._running.values()])

    def _start(self, parked: Parked) -> None:
        self._running[parked.update] = (parked, asyncio.create_task(self._work(parked)))

    async def _work(self, parked: Parked) -> None:
        try:
            async with self._lines.of(parked.chat):
                await self._try(parked)
            self._remember_settled(parked.update)
        finally:
            del self._running[parked.update]
            self._parked.discard(parked.update)

    def _remember_settled(self, update: UpdateId) -> None:
        self._settled[update] = None
        if len(self._settled) > _REMEMBERED:
            del self._settled[next(iter(self._settled))]

    async def _try(self, parked: Parked) -> None:
        while True:
            try:
                at_end = await self._handle(parked.raw)
            except Exception as error:
                if isinstance(error, StorageError) and error.passing:
                    # The disk is full or away: not this update's fault, and no apology could be written either.
                    log.exception("update %d waits for the database", parked.update)
                    await self._clock.sleep(self._patience.storage.total_seconds())
                    continue
                parked = replace(parked, tries=parked.tries + 1)
                log.exception("update %d failed (%d of %d)", parked.update, parked.tries, _TRIES)
                if parked.tries >= _TRIES:
                    await self._until_written(parked.update, partial(self._set_aside, parked))
                    return
                with suppress(StorageError):
                    # The count survives a restart: an update that kills the process must not kill it for ever.
                    await self._park([parked], anyway=True)
                await self._clock.sleep(self._patience.retry.total_seconds())
            else:
                await self._until_written(parked.update, partial(self._mark_done, parked, at_end))
                return

    async def _until_written(self, update: UpdateId, write: Callable[[], Awaitable[None]]) -> None:
        """However long the disk is full: handling the update again instead would repeat its replies for ever."""
        while True:
            try:
                await write()
            except StorageError:
                log.exception("update %d: the outcome could not be stored", update)
                await self._clock.sleep(self._patience.storage.total_seconds())
            else:
                return

    async def _mark_done(self, parked: Parked, at_end: Sequence[Statement]) -> None:
        await self._store.append(*at_end, rows.done(parked.update, to_ms(self._clock.now())))

    async def _set_aside(self, parked: Parked) -> None:
        async with self._store.transaction() as tx:
            await rows.set_aside(tx, parked, to_ms(self._clock.now()))
            try:
                await self._give_up(tx, parked.update, parked.chat)
            except Exception as error:
                if isinstance(error, StorageError) and error.passing:
                    raise
                log.exception("update %d: the apology failed too", parked.update)
        log.error("update %d set aside after %d tries", parked.update, parked.tries)
        self._wake_outbox()

    async def _park(self, items: Iterable[Parked], *, anyway: bool = False) -> None:
        to_park = [item for item in items if anyway or item.update not in self._parked]
        if not to_park:
            return
        now = self._clock.now()
        async with self._store.transaction() as tx:
            for item in to_park:
                await rows.park(tx, item, lease_until=to_ms(now + self._patience.lease), now=to_ms(now))
        self._parked.update(item.update for item in to_park if item.update in self._running)
        log.info("%d updates parked", len(to_park))

    async def _settle(self) -> None:
        running = dict(self._running)
        if running:
            tasks = [task for _, task in running.values()]
            await asyncio.wait(tasks, timeout=self._patience.grace.total_seconds())
        left = [item for item, task in running.values() if not task.done()]
        try:
            await self._park(left)
        except StorageError:
            # Telegram repeats what was neither done nor parked: it was not told that it may forget it.
            log.exception("%d updates could not be parked", len(left))
        for item in left:
            running[item.update][1].cancel()
        await asyncio.gather(*(task for _, task in running.values()), return_exceptions=True)


class _Lines:
    """One lock a chat; the last one out forgets the chat, so months do not grow it."""

    def __init__(self) -> None:
        self._locks: dict[ChatId, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def of(self, chat: ChatId) -> AsyncIterator[None]:
        lock, waiting = self._locks.get(chat, (asyncio.Lock(), 0))
        self._locks[chat] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._locks.pop(chat)
            if waiting > 1:
                self._locks[chat] = (lock, waiting - 1)


def chat_of(raw: dict[str, Any]) -> ChatId:
    """The chat whose order an update belongs to: its chat, else its sender, else 0 (all others in one line)."""
    for content in raw.values():
        if isinstance(content, dict):
            message = content.get("message")
            chat = content.get("chat") or (message.get("chat") if isinstance(message, dict) else None)
            chat = chat or content.get("from") or content.get("user")
            if isinstance(chat, dict) and isinstance(chat.get("id"), int):
                return ChatId(chat["id"])
    return ChatId(0)
