"""The flood guard: who writes faster than a person can, is asked once to slow down and then not answered for a minute.

Kept in memory only: a restart forgives. Each person has an allowance that fills up again all the time; while the whole
house is under pressure it is small. Nobody's first messages are ever refused: telling so would cost the same one message
that the answer costs, and an employer who asks once is never the flood.
"""

from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum

_MINUTE = 60.0
_SMALL = 3  # messages a minute and person while everybody together sends too much
_REMEMBERED = 20_000  # people; the ones seen longest ago are forgotten, which gives them a full allowance


class Verdict(Enum):
    """What becomes of an update."""

    PASS = "pass"  # noqa: S105 - no password
    NOTICE = "notice"  # the first one too many: say so, once
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Limits:
    """Updates a minute, of one person and of all together; 0: no limit."""

    person: int
    overall: int


@dataclass(slots=True)
class _Allowance:
    left: float
    at: float
    quiet_until: float | None = None

    def refill(self, now: float, full: int) -> None:
        # A clock that was set back gives nothing and takes nothing.
        gained = max(0.0, now - self.at) / _MINUTE * full
        self.left, self.at = min(float(full), self.left + gained), now
        if self.quiet_until is not None and not now < self.quiet_until <= now + _MINUTE:
            self.quiet_until, self.left = None, float(full)


class Flood:
    """Weighs updates by the moment at which they were sent, so that a backlog after an outage is no flood."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._people: OrderedDict[int, _Allowance] = OrderedDict()
        self._overall = _Allowance(float(limits.overall), 0.0)

    def weigh(self, person: int, now: float) -> Verdict:
        """Count one update that ``person`` sent at ``now`` (seconds of the wall clock)."""
        if not self._limits.person:
            return Verdict.PASS
        allowance = self._people.pop(person, None) or _Allowance(float(self._limits.person), now)
        self._people[person] = allowance
        if len(self._people) > _REMEMBERED:
            self._people.popitem(last=False)
        full = min(_SMALL, self._limits.person) if self._pressed(now) else self._limits.person
        allowance.refill(now, full)
        if allowance.quiet_until is not None:
            return Verdict.SILENCE
        if allowance.left < 1:
            allowance.quiet_until = now + _MINUTE
            return Verdict.NOTICE
        allowance.left -= 1
        return Verdict.PASS

    def forgive(self, person: int) -> None:
        """The update that was refused went through all the same (an urgent one): the notice is still owed."""
        self._people[person].quiet_until = None

    def _pressed(self, now: float) -> bool:
        """Whether all together send more than the house can answer."""
        if not self._limits.overall:
            return False
        self._overall.refill(now, self._limits.overall)
        if self._overall.left < 1:
            return True
        self._overall.left -= 1
        return False
