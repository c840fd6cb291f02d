"""Time as an argument: the program runs on the system's clock, tests on one they wind by hand."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time and waits; ``now`` is always aware UTC."""

    def now(self) -> datetime:
        """The current moment."""
        ...

    def monotonic(self) -> float:
        """Seconds that only grow, whatever the wall clock does; for pacing."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return after ``seconds`` of this clock."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The current moment."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that only grow."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Return after ``seconds``."""
        await asyncio.sleep(seconds)


def to_ms(moment: datetime) -> int:
    """Milliseconds since 1970 UTC, the form in which times stand in the database."""
    return round(moment.timestamp() * 1000)


def from_ms(milliseconds: int) -> datetime:
    """The moment of ``to_ms``."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
