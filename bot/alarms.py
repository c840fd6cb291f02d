"""Alarms to the admins in Telegram: the first at once, further ones of its kind together, so that no storm comes."""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from enum import StrEnum

from bot.clock import Clock, to_ms
from bot.model import ChatId, NoticeKind
from bot.storage import Store, Transaction
from bot.tables import alarms as rows
from bot.tables import figures_of_operation, outbox
from bot.tables.alarms import Waiting

log = logging.getLogger(__name__)

_KEPT_REFS = 5
_STUCK = timedelta(minutes=15)
LEAST_FREE = 300 * 2**20  # bytes


class Alarm(StrEnum):
    """What admins are told of."""

    ASIDE = "aside"  # an update failed three times
    STUCK = "stuck"  # a message waits to be delivered
    DISK = "disk"  # hardly any space
    MAIL = "mail"  # a case could not go out by mail


_EVERY = {
    Alarm.ASIDE: timedelta(hours=1),
    Alarm.STUCK: timedelta(hours=6),
    Alarm.DISK: timedelta(hours=6),
    Alarm.MAIL: timedelta(hours=1),
}


class Alarms:
    """Tells the admins, each kind at most once in its time."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        admins: Sequence[ChatId],
        *,
        free: Callable[[], int],
        wake_outbox: Callable[[], None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._admins = admins
        self._free = free
        self._wake_outbox = wake_outbox

    async def happened(self, tx: Transaction, kind: Alarm, ref: str = "") -> None:
        """Within the transaction of what happened; told now or later, together with what follows."""
        found = await rows.count(tx, kind, ref, _KEPT_REFS)
        if self._may(found):
            await self._tell(tx, found)

    async def look(self) -> None:
        """What has waited long enough is told; what lasts (a stuck message, a full disk) is noticed."""
        lasting = []
        free = self._free()
        if free < LEAST_FREE:
            lasting.append((Alarm.DISK, str(free // 2**20)))
        now = to_ms(self._clock.now())
        operation = await figures_of_operation.of(self._store.read, now)
        if operation.oldest_ms > _STUCK.total_seconds() * 1000:
            lasting.append((Alarm.STUCK, str(operation.waiting)))
        known = {item.kind: item for item in await rows.all_of(self._store.read)}
        fresh = [(kind, ref) for kind, ref in lasting if kind not in known or self._may(known[kind])]
        waiting = [item for item in known.values() if item.count and self._may(item)]
        if not fresh and not waiting:
            return
        async with self._store.transaction() as tx:
            for kind, ref in fresh:
                log.warning("alarm: %s", kind)
                await self.happened(tx, kind, ref)
            for item in waiting:
                await self._tell(tx, item)
        self._wake_outbox()

    def _may(self, item: Waiting) -> bool:
        every = _EVERY.get(Alarm(item.kind), timedelta(hours=1))
        return to_ms(self._clock.now()) - item.told_at >= every.total_seconds() * 1000

    async def _tell(self, tx: Transaction, item: Waiting) -> None:
        now = to_ms(self._clock.now())
        data = {"what": item.kind, "count": item.count, "refs": list(item.refs)}
        for admin in self._admins:
            dedupe = f"alarm:{item.kind}:{now}:{admin}"
            await outbox.put(tx, admin, NoticeKind.ALARM, dedupe=dedupe, now=now, data=data)
        await rows.told(tx, item.kind, now)
