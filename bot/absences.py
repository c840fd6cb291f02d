"""When a Lotse is away: entered, begun, ended, each step one transaction; who stands in is told whenever it changes.

Whether somebody is away is decided by the clock alone (``Absence.covers``); the stages only keep what was told from being
told twice. Due times are columns, and what a stopped program missed is caught up with in order.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.absence_days import Days
from bot.clock import Clock, from_ms, to_ms
from bot.handing_over import hand_over
from bot.library import Library
from bot.model import Case, CaseId, CaseState, ChatId, NoticeKind, UpdateId
from bot.outcomes import Done, NotYours, TooLate
from bot.standing_in import Presence, Roster, StandIn
from bot.steps import Promise
from bot.storage import Store, Transaction
from bot.tables import absences as rows
from bot.tables import cases, outbox, people
from bot.tables.absences import Absence, Stage
from bot.workdays import BERLIN, calendar_of
from knowledge.directory import Lotse, LotseId

log = logging.getLogger(__name__)

_MORNING = time(9)
_LOOK_BACK = 10  # days in which the last working day before an absence is looked for


@dataclass(frozen=True, slots=True)
class Entered:
    """It is stored; ``left``: the Lotse's cases that are not closed."""

    absence: Absence
    left: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class NotFree:
    """Whoever was chosen cannot stand in (any more)."""


@dataclass(frozen=True, slots=True)
class Over:
    """These days are over."""


@dataclass(frozen=True, slots=True)
class Handed:
    """How many cases went to whom (empty: nobody can be reached), and which are still with the Lotse."""

    count: int
    to: str
    left: tuple[Case, ...]


class Absences:
    """Enters and ends absences, hands cases over, and does what is due."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        library: Library,
        promise: Promise,
        *,
        wake_outbox: Callable[[], None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._library = library
        self._promise = promise
        self._wake_outbox = wake_outbox

    def today(self) -> date:
        """The day it is in Germany."""
        return self._clock.now().astimezone(BERLIN).date()

    async def of(self, lotse: str) -> Absence | None:
        """The absence of a Lotse, present or planned."""
        absence = await rows.of(self._store.read, lotse)
        return absence if absence is not None and absence.ends_at > self._now() else None

    async def now_of(self, lotse: str) -> Absence | None:
        """The absence of a Lotse who is away now."""
        return await rows.now_of(self._store.read, lotse, self._now())

    async def roster(self) -> Roster:
        """Who is there, away or out of reach at this moment."""
        return await Roster.read(self._store.read, self._library.current.directory)

    async def stand_in(self, lotse: str, *, land: str = "") -> StandIn:
        """Who answers for this Lotse now."""
        return (await self.roster()).stand_in(lotse, self._now(), land=land)

    async def to_call(self, lotse: str, land: str = "") -> str:
        """Whom to name where only telephone and mail are left: somebody who is not away, if there is anybody."""
        return (await self.roster()).to_call(lotse, self._now(), land)

    async def proposed(self, lotse: str, days: Days) -> StandIn:
        """Who could stand in all these days, and why others could not."""
        return (await self.roster()).stand_in(lotse, *self._span(days))

    async def free(self, lotse: str, days: Days) -> tuple[str, ...]:
        """Everybody who could stand in all these days: the own deputies first, then the same Kreise, then the Land."""
        roster = await self.roster()
        lotsen = roster.directory.lotsen
        own = lotsen.get(LotseId(lotse))
        if own is None:
            return ()
        order = dict.fromkeys(roster.chain(lotse))
        near = sorted(
            (one for one in lotsen.values() if one.land == own.land or one.kreise & own.kreise),
            key=lambda one: (one.kreise.isdisjoint(own.kreise), one.organisation, one.id),
        )
        order |= dict.fromkeys(one.id for one in near)
        span = self._span(days)
        return tuple(one for one in order if one != lotse and roster.presence(one, *span) is Presence.THERE)

    async def stands_in_for(self, lotse: str, days: Days) -> tuple[Absence, ...]:
        """Absences in which ``lotse`` is the one who stands in, as far as they meet these days."""
        found = (await rows.of_all(self._store.read)).values()
        return tuple(one for one in found if one.acting == lotse and one.overlaps(*self._span(days)))

    async def enter(
        self, lotse: str, chat: ChatId, days: Days, deputy: str, update: UpdateId
    ) -> Entered | NotFree | Over:
        """Away these days; what was entered before is replaced. Who is away already stays so since the beginning."""
        now = self._now()
        start, end = self._span(days)
        if end <= now:
            return Over()
        async with self._store.transaction() as tx:
            roster = await self._roster(tx)
            stand_in = roster.stand_in(lotse, start, end)
            free = deputy != lotse and roster.presence(deputy, start, end) is Presence.THERE
            if not free if deputy else stand_in.link is not None:
                return NotFree()
            before = roster.absences.get(lotse)
            if before is not None and before.covers(now) and start <= now:
                start = before.starts_at
            stage, due = self._first_stage(lotse, start, end)
            absence = Absence(lotse, chat, start, end, deputy, deputy, stage, due)
            fresh = before is None or (before.starts_at, before.ends_at, before.deputy) != (
                start,
                end,
                deputy,
            )
            if fresh:
                await rows.put(tx, absence)
                await cases.plan_anew(tx, lotse)
                if before is not None and before.acting not in {"", deputy}:
                    await self._tell_lotse(
                        tx, before.acting, NoticeKind.DEPUTY_RELEASED, before, f"u{update}:released"
                    )
                if deputy:
                    await self._tell_lotse(tx, deputy, NoticeKind.DEPUTY_NAMED, absence, f"u{update}:named")
            if start <= now:
                await self._give_untaken(tx, absence)
            left = await cases.of_lotse(tx, lotse)
        self._wake_outbox()
        return Entered(absence, left)

    async def end(self, lotse: str, update: UpdateId) -> bool:
        """Back before time, or not away after all; the Lotse reads what happened. ``False`` when nothing was entered."""
        async with self._store.transaction() as tx:
            cause = f"u{update}:absence-over"
            absence = await rows.of(tx, lotse)
            if absence is None or absence.ends_at <= self._now():
                return await outbox.said(tx, cause)
            await self._finish(tx, absence, cause)
        self._wake_outbox()
        return True

    async def hand_over_own(
        self, lotse: str, update: UpdateId, case_id: CaseId | None = None
    ) -> Handed | NotYours | TooLate:
        """The Lotse's own decision: this case, or all that are not closed, to whoever stands in."""
        cause = f"u{update}:handed"
        async with self._store.transaction() as tx:
            absence = await rows.of(tx, lotse)
            mine = await cases.of_lotse(tx, lotse)
            if done := await outbox.cases_told(tx, f"{cause}:"):  # the press comes again
                last = await cases.get(tx, done[-1])
                return Handed(len(done), last.lotse if last is not None else "", mine)
            wanted = [case for case in mine if case_id in {None, case.id}]
            if case_id is not None and not wanted:
                case = await cases.get(tx, case_id)
                passed_on = case is not None and lotse in {case.lotse, case.first_lotse, case.instead_of}
                return TooLate(case) if case is not None and passed_on else NotYours()
            if absence is None or absence.ends_at <= self._now():
                return Handed(0, "", mine)
            roster, to, count = await self._roster(tx), "", 0
            for case in wanted:
                # Before it begins: whoever is there now and then.
                start = self._now()
                end = max(start, absence.starts_at) + 1
                found = roster.stand_in(lotse, start, end, land=case.land).link
                told = f"{cause}:{case.id}"
                if found is not None and await hand_over(
                    tx, case, found, absence, self._promise, start, told=told
                ):
                    to, count = found.lotse, count + 1
            left = await cases.of_lotse(tx, lotse)
        self._wake_outbox()
        return Handed(count, to, left)

    async def ask_stand_in(
        self, case_id: CaseId, employer: ChatId, update: UpdateId
    ) -> Done | TooLate | NotYours:
        """The employer does not want to wait for a Lotse who is away."""
        now, cause = self._now(), f"u{update}:stand-in"
        async with self._store.transaction() as tx:
            case = await cases.get(tx, case_id)
            if case is None or case.employer != employer:
                return NotYours()
            if await outbox.said(tx, cause):
                return Done(case)
            absence = await rows.now_of(tx, case.lotse, now)
            if absence is None or case.state is CaseState.CLOSED:
                return TooLate(case)
            found = (await self._roster(tx)).stand_in(case.lotse, now, land=case.land).link
            if found is None or not await hand_over(tx, case, found, absence, self._promise, now, told=cause):
                return TooLate(case)
        self._wake_outbox()
        return Done(replace(case, state=CaseState.OPEN, lotse=found.lotse))

    async def answered_for(self, lotse: str, since: int) -> tuple[Case, ...]:
        """Cases that others answer or answered for this Lotse since then (ms)."""
        return await rows.answered_for(self._store.read, lotse, since)

    async def step(self) -> int:
        """Do what is due, and tell where somebody else stands in than was told; returns how many steps were taken."""
        done = 0
        for absence in await rows.due(self._store.read, self._now()):
            async with self._store.transaction() as tx:
                done += await self._step(tx, absence)
        roster = await self.roster()
        for absence in roster.absences.values():
            if self._acting(roster, absence) != absence.acting:
                async with self._store.transaction() as tx:
                    done += await self._changed(tx, absence)
        if done:
            self._wake_outbox()
        return done

    async def _step(self, tx: Transaction, absence: Absence) -> bool:
        now = self._now()
        if absence.ends_at <= now:
            return await self._finish(tx, absence, _cause(absence, "over"))
        if absence.stage is Stage.AWAY:
            if not await rows.advance(tx, absence, Stage.ENDING, absence.ends_at):
                return False
            await self._tell_own(tx, NoticeKind.ABSENCE_ENDS_SOON, absence, _cause(absence, "ends-soon"))
            return True
        if absence.starts_at > now:
            if not await rows.advance(tx, absence, Stage.ANNOUNCED, absence.starts_at):
                return False
            await self._tell_own(tx, NoticeKind.ABSENCE_SOON, absence, _cause(absence, "soon"))
            return True
        stage, due = self._first_stage(absence.lotse, absence.starts_at, absence.ends_at)
        if not await rows.advance(tx, absence, stage, due):
            return False
        await self._give_untaken(tx, absence)
        if await cases.of_lotse(tx, absence.lotse):
            await self._tell_own(tx, NoticeKind.ABSENCE_BEGUN, absence, _cause(absence, "begun"))
        log.info("absence of %s begun", absence.lotse)
        return True

    async def _finish(self, tx: Transaction, absence: Absence, cause: str) -> bool:
        if not await rows.remove(tx, absence):
            return False
        await cases.plan_anew(tx, absence.lotse)
        await self._tell_own(tx, NoticeKind.ABSENCE_OVER, absence, cause)
        if absence.acting:
            await self._tell_lotse(
                tx, absence.acting, NoticeKind.DEPUTY_RELEASED, absence, f"{cause}:released"
            )
        log.info("absence of %s over", absence.lotse)
        return True

    def _acting(self, roster: Roster, absence: Absence) -> str:
        """Who stands in now or, before it begins, on its first day."""
        if absence.lotse not in roster.directory.lotsen:
            return absence.acting
        found = roster.stand_in(absence.lotse, max(self._now(), absence.starts_at)).link
        return found.lotse if found is not None else ""

    async def _changed(self, tx: Transaction, absence: Absence) -> bool:
        """The deputy went away, blocked the bot or left the directory, or is back: everybody concerned is told."""
        now, roster = self._now(), await self._roster(tx)
        start, acting = max(now, absence.starts_at), self._acting(roster, absence)
        if acting == absence.acting or not await rows.act(tx, absence, acting):
            return False
        await cases.plan_anew(tx, absence.lotse)
        changed, cause = replace(absence, acting=acting), f"{_cause(absence, 'acting')}:{acting}:{now}"
        why = roster.presence(absence.acting, start) if absence.acting else Presence.GONE
        await self._tell_own(
            tx,
            NoticeKind.ACTING_CHANGED,
            changed,
            cause,
            {"before": absence.acting, "why": why},
        )
        if acting:
            await self._tell_lotse(tx, acting, NoticeKind.DEPUTY_NAMED, changed, f"{cause}:named")
        if why is Presence.THERE:
            await self._tell_lotse(
                tx, absence.acting, NoticeKind.DEPUTY_RELEASED, changed, f"{cause}:released"
            )
        return True

    async def _give_untaken(self, tx: Transaction, absence: Absence) -> None:
        """What the Lotse has not taken waits for nobody who is away. Who can reach nobody leaves it to the ladder."""
        roster = await self._roster(tx)
        for case in await cases.of_lotse(tx, absence.lotse):
            found = roster.stand_in(absence.lotse, self._now(), land=case.land).link
            if case.state is CaseState.OPEN and found is not None:
                await hand_over(tx, case, found, absence, self._promise, self._now())

    async def _tell_own(
        self,
        tx: Transaction,
        kind: NoticeKind,
        absence: Absence,
        cause: str,
        more: dict[str, str] | None = None,
    ) -> None:
        data = _told(absence) | (more or {})
        await outbox.put(tx, absence.chat, kind, dedupe=cause, now=self._now(), data=data)

    async def _tell_lotse(
        self, tx: Transaction, lotse: str, kind: NoticeKind, absence: Absence, cause: str
    ) -> None:
        link = await people.link_of_lotse(tx, lotse)
        if link is not None:
            await outbox.put(tx, link.chat, kind, dedupe=cause, now=self._now(), data=_told(absence))

    def _first_stage(self, lotse: str, start: int, end: int) -> tuple[Stage, int]:
        """The next stage of an absence of which nothing was told yet, and when it is due."""
        now = self._now()
        reminder = self._reminder(lotse, start)
        if now < reminder:
            return Stage.PLANNED, reminder
        if now < start:
            return Stage.ANNOUNCED, start
        last_day = from_ms(end - 1).astimezone(BERLIN).date()
        last_morning = to_ms(datetime.combine(last_day, _MORNING, BERLIN))
        same_day = from_ms(start).astimezone(BERLIN).date() == last_day
        return (Stage.ENDING, end) if same_day or now >= last_morning else (Stage.AWAY, last_morning)

    def _reminder(self, lotse: str, start: int) -> int:
        """When the last working day before an absence begins; without office hours the morning of the day before."""
        known: Lotse | None = self._library.current.directory.lotsen.get(LotseId(lotse))
        first_day = from_ms(start).astimezone(BERLIN).date()
        for back in range(1, _LOOK_BACK + 1):
            if times := calendar_of(known).on(first_day - timedelta(days=back)):
                return to_ms(times[0][0])
        return to_ms(datetime.combine(first_day - timedelta(days=1), _MORNING, BERLIN))

    def _span(self, days: Days) -> tuple[int, int]:
        return max(self._now(), days.starts_at), days.ends_at

    async def _roster(self, tx: Transaction) -> Roster:
        return await Roster.read(tx, self._library.current.directory)

    def _now(self) -> int:
        return to_ms(self._clock.now())


def _cause(absence: Absence, what: str) -> str:
    return f"absence:{absence.lotse}:{absence.starts_at}:{absence.ends_at}:{what}"


def _told(absence: Absence) -> dict[str, str | int]:
    return {
        "lotse": absence.lotse,
        "starts": absence.starts_at,
        "ends": absence.ends_at,
        "deputy": absence.acting,
    }
