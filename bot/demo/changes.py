"""Waiting for the stand-in without naps: whoever waits is woken by every change of its state."""

import asyncio
from collections.abc import Callable
from typing import Any

from bot.demo.envelope import Json

Listener = Callable[[str, Json], None]

# A condition may look at things the stand-in does not see (the bot's database): it is looked at again this often, in s.
_SECOND_LOOK = 0.05


class Changes:
    """Wakes waiters and feeds listeners (the event stream of the page)."""

    def __init__(self) -> None:
        self._waiters: set[asyncio.Future[None]] = set()
        self._listeners: list[Listener] = []

    @property
    def heard(self) -> bool:
        """Whether anybody listens; describing an event for nobody would only cost time."""
        return bool(self._listeners)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener(kind, payload)`` at every event; returns the function that stops it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def emit(self, kind: str, describe: Callable[[], Json]) -> None:
        """Something happened: wake the waiters, tell the listeners (the description is made only for listeners)."""
        if self._listeners:
            payload = describe()
            for listener in tuple(self._listeners):
                listener(kind, payload)
        self.notify()

    def notify(self) -> None:
        """Something changed that only waiters care about."""
        waiters, self._waiters = self._waiters, set()
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def until(self, condition: Callable[[], Any], timeout: float) -> bool:  # noqa: ASYNC109 - returns, not raises
        """Wait until ``condition()`` is true; false when ``timeout`` seconds passed without that."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        while not condition():
            left = deadline - loop.time()
            if left <= 0:
                return False
            waiter = loop.create_future()
            self._waiters.add(waiter)
            await asyncio.wait((waiter,), timeout=min(left, _SECOND_LOOK))
            self._waiters.discard(waiter)
        return True
