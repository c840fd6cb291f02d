"""How long answers really take, and what became of the last one: shown to people, so only what was measured."""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from bot.clock import Clock, to_ms
from bot.model import Case
from bot.storage import Store
from bot.tables import figures as rows
from bot.tables.figures import LastDelivery

_WINDOW = timedelta(days=180)
_MOST = 200
_FEWEST = 5  # fewer answered cases say nothing about the next one


@dataclass(frozen=True, slots=True)
class UsualWait:
    """Half of the latest cases were answered within ``span``."""

    span: timedelta
    cases: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Reads only; who may see what is decided by the handlers' questions to ``Linking`` and the directory."""

    store: Store
    clock: Clock

    async def usual_wait(self) -> UsualWait | None:
        """The median until the first answer; ``None`` while there are too few cases to say."""
        since = to_ms(self.clock.now() - _WINDOW)
        waits = await rows.waits(self.store.read, since, _MOST)
        if len(waits) < _FEWEST:
            return None
        return UsualWait(timedelta(milliseconds=median(waits)), len(waits))

    async def last_delivery(self, case: Case) -> LastDelivery | None:
        """What became of the Lotse's last words in this case."""
        return await rows.last_delivery(self.store.read, case)

    async def by_number(self, number: str) -> Case | None:
        """The case of this number: the caller must decide who may see it."""
        return await rows.by_number(self.store.read, number)
