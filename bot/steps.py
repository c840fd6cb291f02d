"""How long each step of the ladder waits."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Steps:
    """How long each step waits, in working time; urgent cases climb faster."""

    take: timedelta = timedelta(hours=4)
    step: timedelta = timedelta(hours=4)
    urgent: timedelta = timedelta(minutes=30)
