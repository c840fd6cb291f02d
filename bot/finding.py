"""What is looked for most, and which printed codes lead people here: counts, never who."""

from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock, to_ms
from bot.storage import Store
from bot.tables import signals

ASKED, LINK = "asked", "link"
_WINDOW = timedelta(days=90)
FEWEST = 5  # fewer could tell something about one firm


@dataclass(frozen=True, slots=True)
class Finding:
    """Reads the counts of the last 90 days."""

    store: Store
    clock: Clock

    async def most_asked(self, limit: int) -> tuple[str, ...]:
        """Ids of the entries that were shown most often, most first; only what was shown at least ``FEWEST`` times."""
        counted = await self._counted(ASKED)
        return tuple(entry for entry, count in counted if count >= FEWEST)[:limit]

    async def codes(self) -> tuple[tuple[str, int], ...]:
        """How often each link was followed, most first."""
        return await self._counted(LINK)

    async def _counted(self, kind: str) -> tuple[tuple[str, int], ...]:
        since = to_ms(self.clock.now() - _WINDOW)
        return await signals.counted(self.store.read, kind, since)
