"""The weekly digest to editors and admins: once a week, on its first working day, what waits and what goes wrong."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from bot.clock import Clock, from_ms, to_ms
from bot.gaps import Gaps
from bot.library import Library
from bot.model import ChatId, NoticeKind
from bot.small_counts import FEWEST, rest, shown
from bot.storage import Reader, Store
from bot.survey import NONE_OF_THESE, NOT_HELPED
from bot.tables import cases, outbox, people, schedule
from bot.tables import survey as rows
from bot.workdays import BERLIN, USUAL_HOURS, WorkCalendar
from knowledge.schema import LAENDER

log = logging.getLogger(__name__)

WHAT = "weekly"
AHEAD = timedelta(days=30)  # entries due for review within it
_WEEK = timedelta(days=7)
_WEEKS_SEARCHED = 5
_MOST = 3  # of one kind
_FEWEST_VOICES = 2  # one press says little about an entry


@dataclass(frozen=True, slots=True)
class Week:
    """What the digest says; ids, numbers, nobody's words. Counts of Länder as they may be shown."""

    gaps: int  # those of /luecken: each was asked by at least three chats, so their number tells of nobody
    due: int
    overdue: int
    laws: int
    disliked: Sequence[tuple[str, int]]  # entry, 👎; a count below five is 0: not to be shown
    confused: Sequence[tuple[str, str, int]]  # offered together, and neither was it
    laender: dict[str, int]
    laender_rest: int
    oldest: int  # id of the case that has waited longest for an answer; 0: none
    blocked: Sequence[str]  # ids of Lotsen
    unlinked: int


class Weekly:
    """One message a week to each of ``recipients``; planned in the database, so a restart neither skips nor repeats it."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        library: Library,
        gaps: Gaps,
        recipients: Iterable[tuple[ChatId, bool]],
        *,
        land: str,
        wake_outbox: Callable[[], None],
    ) -> None:
        """``recipients``: chat, and whether it is an admin's. ``land``: whose public holidays count, "" for those of all."""
        self._store = store
        self._clock = clock
        self._library = library
        self._gaps = gaps
        self._recipients = tuple(recipients)
        self._calendar = WorkCalendar(land, USUAL_HOURS)
        self._wake_outbox = wake_outbox

    async def send(self) -> int:
        """Write what is due now; returns to how many."""
        now = self._clock.now()
        planned = await schedule.due(self._store.read, WHAT)
        if planned is None:
            async with self._store.transaction() as tx:
                await schedule.plan(tx, WHAT, to_ms(next_due(self._calendar, now)))
            return 0
        if planned > to_ms(now):
            return 0
        week = asdict(await self._week(now))
        async with self._store.transaction() as tx:
            # After an outage of several weeks it comes once.
            await schedule.plan(tx, WHAT, to_ms(next_due(self._calendar, max(now, from_ms(planned)))))
            told = [
                await outbox.put(
                    tx,
                    chat,
                    NoticeKind.WEEKLY,
                    dedupe=f"{WHAT}:{planned}:{chat}",
                    now=to_ms(now),
                    data={**week, "admin": admin},
                )
                for chat, admin in self._recipients
            ]
        log.info("weekly digest to %d", sum(told))
        self._wake_outbox()
        return sum(told)

    async def _week(self, now: datetime) -> Week:
        read, edition, today = self._store.read, self._library.current, now.date()
        since, until = to_ms(now - _WEEK), to_ms(now)
        entries = edition.knowledge.entries
        disliked = await rows.counted(read, NOT_HELPED, since, until)
        by_land = await rows.cases_by_land(read, since, until)
        links = {link.lotse: link for link in await people.links(read)}
        oldest = await cases.longest_unanswered(read)
        return Week(
            gaps=len(await self._gaps.shown()),
            due=sum(entry.review_by <= today + AHEAD for entry in entries.values()),
            overdue=sum(entry.review_by < today for entry in entries.values()),
            laws=len(edition.knowledge.under_review),
            disliked=_most({entry: count for entry, count in disliked.items() if entry in entries}),
            confused=await self._confused(read, since, until),
            laender=shown(by_land),
            laender_rest=rest(by_land, LAENDER),
            oldest=oldest or 0,
            blocked=[lotse for lotse in edition.directory.lotsen if lotse in links and links[lotse].blocked],
            unlinked=sum(lotse not in links for lotse in edition.directory.lotsen),
        )

    async def _confused(self, read: Reader, since: int, until: int) -> list[tuple[str, str, int]]:
        entries = self._library.current.knowledge.entries
        pairs: dict[str, int] = {}
        for offered, count in (await rows.counted(read, NONE_OF_THESE, since, until)).items():
            known = sorted([entry for entry in offered.split(",") if entry in entries][:2])
            if len(known) > 1:
                pairs[",".join(known)] = pairs.get(",".join(known), 0) + count
        return [(*pair.split(",", 1), count) for pair, count in _most(pairs)]  # type: ignore[misc]  # two ids


def next_due(calendar: WorkCalendar, after: datetime) -> datetime:
    """When the first working day of a week begins, the first such moment after ``after``."""
    today = after.astimezone(BERLIN).date()
    monday = today - timedelta(days=today.weekday())
    for week in range(_WEEKS_SEARCHED):
        days = (monday + timedelta(weeks=week, days=day) for day in range(7))
        opening = next((times[0][0] for day in days if (times := calendar.on(day))), None)
        if opening is not None and opening > after:
            return opening
    return after + _WEEK


def _most(counts: dict[str, int]) -> list[tuple[str, int]]:
    found = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [
        (name, count if count >= FEWEST else 0) for name, count in found[:_MOST] if count >= _FEWEST_VOICES
    ]
