"""Delivery by webhook: one POST an update, in order within a line, repeated until it is taken or too old.

Source: tdlib/telegram-bot-api, ``WebhookActor.cpp`` ``on_update_error`` (retries) and ``send_updates`` (lines).
"""

import asyncio
import json
import random
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import aiohttp

from bot.demo.envelope import Json
from bot.demo.polling import Pending, UpdateQueue

DEFAULT_CONNECTIONS = 40
_RESPONSE_TIMEOUT = 60.0  # s
_FIRST_PAUSE = 2.0  # s, after the first repetition, which comes at once
_LONGEST_PAUSE = (60.0, 120.0)  # s, drawn anew each time
_LONGEST_RETRY_AFTER = 3600  # s
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header

Execute = Callable[[Json], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Hook:
    """What setWebhook was told."""

    url: str
    secret: str = ""
    connections: int = DEFAULT_CONNECTIONS
    ip_address: str = ""


@dataclass(slots=True)
class Trouble:
    """The last failure, for getWebhookInfo."""

    date: int = 0
    message: str = ""


@dataclass(slots=True)
class Sender:
    """Delivers the updates of one bot to its webhook until it is closed."""

    hook: Hook
    queue: UpdateQueue
    now: Callable[[], datetime]
    random: random.Random
    pace: float
    execute: Execute  # a method call in the answer's body
    trouble: Trouble = field(default_factory=Trouble)
    _lines: dict[str, deque[Pending]] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _session: aiohttp.ClientSession | None = None
    _slots: asyncio.Semaphore | None = None

    def start(self) -> None:
        """Begin with what waits already; later updates come by ``enqueue``."""
        self._session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=_RESPONSE_TIMEOUT), connector=aiohttp.TCPConnector(limit=0)
        )
        self._slots = asyncio.Semaphore(self.hook.connections)
        self.queue.on_push = self.enqueue
        for update in self.queue.waiting(self.now()):
            self.enqueue(update)

    async def close(self) -> None:
        """Stop delivering; what was not taken stays in the queue."""
        self.queue.on_push = None
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session:
            await self._session.close()

    def enqueue(self, update: Pending) -> None:
        """Put an update into its line and see that the line is worked on."""
        if update.line not in self._lines:
            self._lines[update.line] = deque()
            task = asyncio.create_task(self._work(update.line), name=f"webhook {update.line}")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        self._lines[update.line].append(update)

    async def _work(self, name: str) -> None:
        line = self._lines[name]
        while line:
            await self._until_taken(line[0])
            line.popleft()
        del self._lines[name]

    async def _until_taken(self, update: Pending) -> None:
        failures = 0
        while self.queue.is_waiting(update, self.now()):
            pause = await self._post(update)
            if pause is None:
                self.queue.confirm(update.id)
                return
            if failures or pause:
                pause = pause or min(_FIRST_PAUSE**failures, self.random.uniform(*_LONGEST_PAUSE))
                await asyncio.sleep(pause * self.pace)
            failures += 1

    async def _post(self, update: Pending) -> float | None:
        """One attempt: ``None`` if it was taken, otherwise the pause the other side asked for (0: none)."""
        assert self._session is not None  # noqa: S101 - set in start()
        assert self._slots is not None  # noqa: S101 - set in start()
        headers = {"Content-Type": "application/json"}
        if self.hook.secret:
            headers[_SECRET_HEADER] = self.hook.secret
        async with self._slots:
            self.queue.handed_out(update)
            self.queue.journal.webhook_attempts += 1
            try:
                async with self._session.post(
                    self.hook.url, data=update.body.encode(), headers=headers, allow_redirects=False
                ) as answer:
                    body = await answer.read()
            except (aiohttp.ClientError, TimeoutError) as error:
                self._failed(f"Connection failed: {type(error).__name__}" if str(error) == "" else str(error))
                return 0.0
        if answer.status // 100 == 2:  # noqa: PLR2004 - HTTP's class of success
            await self._answered(body)
            return None
        self._failed(f"Wrong response from the webhook: {answer.status} {answer.reason}")
        wanted = answer.headers.get("Retry-After", "")
        return float(min(int(wanted), _LONGEST_RETRY_AFTER)) if wanted.isdigit() else 0.0

    def _failed(self, message: str) -> None:
        self.trouble = Trouble(int(self.now().timestamp()), message)
        self.queue.notify()

    async def _answered(self, body: bytes) -> None:
        """Execute the method call in the answer, if there is one; queries and webhook methods are ignored."""
        try:
            wanted: Any = json.loads(body) if body.strip() else None
        except ValueError:
            return
        if isinstance(wanted, dict) and isinstance(wanted.get("method"), str):
            method = wanted["method"].lower()
            if not method.startswith("get") and "webhook" not in method:
                await self.execute(wanted)
