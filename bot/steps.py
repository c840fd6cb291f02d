"""How long each step of the ladder waits."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol


class Promise(Protocol):
    """By when something is due that concerns this Lotse, counted from now (ms)."""

    def __call__(self, lotse: str, *, urgent: bool) -> int: ...


@dataclass(frozen=True, slots=True)
class Steps:
    """How long each step waits, in working time; urgent cases climb faster."""

    take: timedelta = timedelta(hours=4)
    step: timedelta = timedelta(hours=4)
    urgent: timedelta = timedelta(minutes=30)
