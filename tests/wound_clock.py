"""A clock that only tests wind; whoever sleeps on it wakes when its time has come."""

import asyncio
import heapq
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

from tests.patience import ends

_STEPS = 10_000  # steps in time after which nothing is waited for any more


class WoundClock:
    """``bot.clock.Clock`` by hand, and ``now()`` for the stand-in."""

    def __init__(self, start: datetime = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)) -> None:
        self._start = start
        self._elapsed = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._numbers = count()

    def __repr__(self) -> str:
        return f"<{self.now():%d.%m. %H:%M:%S}, sleeping until {[at for at, *_ in sorted(self._sleepers)]}>"

    def now(self) -> datetime:
        """The moment it was wound to."""
        return self._start + timedelta(seconds=self._elapsed)

    def monotonic(self) -> float:
        """Seconds wound so far."""
        return self._elapsed

    @property
    def sleepers(self) -> int:
        """How many sleep, who was cancelled not among them."""
        return sum(not woken.done() for *_, woken in self._sleepers)

    async def sleep(self, seconds: float) -> None:
        """Wait until the clock has been wound that far; a sleep of nothing returns at once."""
        if seconds <= 0:
            return
        woken = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._elapsed + seconds, next(self._numbers), woken))
        await woken

    def wind(self, **span: float) -> None:
        """Go forward, e.g. ``wind(hours=49)``, and wake whoever sleeps until then."""
        self._elapsed += timedelta(**span).total_seconds()
        while self._sleepers and self._sleepers[0][0] <= self._elapsed:
            _, _, woken = heapq.heappop(self._sleepers)
            if not woken.done():
                woken.set_result(None)

    async def wind_until(self, condition: Callable[[], bool], *, step: float = 1.0) -> None:
        """Go forward step by step (s) until ``condition()``; each step leaves threads a moment to do their work."""
        winding = asyncio.create_task(self._wind_until(condition, step))
        try:
            if not await ends(winding):
                message = "what was waited for never came"
                raise TimeoutError(message)
            await winding
        finally:
            winding.cancel()

    async def _wind_until(self, condition: Callable[[], bool], step: float) -> None:
        steps = 0
        while not condition():  # nobody announces what tests wait for
            self.wind(seconds=step)
            await asyncio.sleep(0.002)
            steps += 1
            if step and steps > _STEPS:
                message = f"what was waited for did not come in {steps} steps"
                raise TimeoutError(message)

    def jump(self, **span: float) -> None:
        """The wall clock is set to another time; monotonic time and sleepers notice nothing."""
        self._start += timedelta(**span)
