"""The morning digest: when a Lotse's office hours begin, one message says what waits. Nothing waits: no message."""

import logging
from collections.abc import Callable
from datetime import timedelta

from bot.clock import Clock, to_ms
from bot.library import Library
from bot.model import NoticeKind
from bot.storage import Store
from bot.tables import absences, figures, outbox, people
from bot.workdays import BERLIN, calendar_of
from knowledge.directory import LotseId

log = logging.getLogger(__name__)

_FRESH = timedelta(hours=1)  # after a longer outage yesterday's morning is not caught up with


class Digest:
    """One message a Lotse and working day; a second sweep of the same morning finds the row and adds none."""

    def __init__(
        self, store: Store, clock: Clock, library: Library, *, wake_outbox: Callable[[], None]
    ) -> None:
        self._store = store
        self._clock = clock
        self._library = library
        self._wake_outbox = wake_outbox

    async def send(self) -> int:
        """Write what is due now; returns to how many."""
        now = self._clock.now()
        day = now.astimezone(BERLIN).date()
        told = 0
        for lotse, (mine, untaken) in (await figures.open_of_linked(self._store.read)).items():
            if not self._begins(lotse):
                continue
            async with self._store.transaction() as tx:
                link = await people.link_of_lotse(tx, lotse)
                if link is None or link.blocked or await absences.now_of(tx, lotse, to_ms(now)):
                    continue
                told += await outbox.put(
                    tx,
                    link.chat,
                    NoticeKind.DIGEST,
                    dedupe=f"digest:{lotse}:{day.isoformat()}",
                    now=to_ms(now),
                    data={"mine": mine, "untaken": untaken},
                )
        if told:
            log.info("digest to %d", told)
            self._wake_outbox()
        return told

    def _begins(self, lotse: str) -> bool:
        known = self._library.current.directory.lotsen.get(LotseId(lotse))
        if known is None:
            return False
        now = self._clock.now()
        times = calendar_of(known).on(now.astimezone(BERLIN).date())
        return bool(times) and times[0][0] <= now < times[0][0] + _FRESH
