"""No employer waits in silence: a case that nobody takes climbs, step by step, each step told to the employer.

Who took a case, went away and has not answered keeps it: the employer is told until when, and may ask whoever stands in;
what is urgent goes there at once.

Reminder → deputies → coordinator of the Land → contact card. Due times are columns, counted in the working hours of
the Lotse who is asked and the public holidays of the Land; each step is one transaction and changes nothing twice.
"""

import logging
from collections.abc import Callable
from datetime import timedelta

from bot import mailing, parties
from bot.clock import Clock, to_ms
from bot.handing_over import hand_over
from bot.library import Library
from bot.model import Case, CaseState, NoticeKind
from bot.standing_in import Roster
from bot.steps import Steps
from bot.storage import Store, Transaction
from bot.tables import absences, outbox, people
from bot.tables import cases as rows
from bot.tables.people import Link
from bot.workdays import calendar_of
from knowledge.directory import LotseId

log = logging.getLogger(__name__)


class Ladder:
    """Does what is due for cases that nobody has taken, or whose Lotse is away."""

    def __init__(
        self, store: Store, clock: Clock, library: Library, steps: Steps, *, wake_outbox: Callable[[], None]
    ) -> None:
        self._store = store
        self._clock = clock
        self._library = library
        self._steps = steps
        self._wake_outbox = wake_outbox

    def promise(self, lotse: str, *, urgent: bool) -> int:
        """By when this Lotse has to take a case that is opened now (ms)."""
        return self._due(lotse, self._steps.urgent if urgent else self._steps.take)

    def answer_due(self, lotse: str, *, urgent: bool) -> int:
        """When an employer whose case went by mail now is asked whether an answer came (ms)."""
        wait = self._steps.urgent * 2 if urgent else self._steps.take + self._steps.step
        return self._due(lotse, wait)

    async def climb(self) -> int:
        """Take the next step of every case that is due; returns how many did."""
        moved = 0
        for case in await rows.left_behind(self._store.read):
            async with self._store.transaction() as tx:
                await rows.release(tx, case, to_ms(self._clock.now()))
        for case in await rows.with_nobody_there(self._store.read, to_ms(self._clock.now())):
            async with self._store.transaction() as tx:
                await rows.wait_until(tx, case, self._asked_by(case, await self._stand_in(tx, case)))
        for case in await rows.due(self._store.read, to_ms(self._clock.now())):
            async with self._store.transaction() as tx:
                moved += await self._step(tx, case)
        if moved:
            self._wake_outbox()
        return moved

    async def _step(self, tx: Transaction, case: Case) -> bool:
        now = to_ms(self._clock.now())
        if case.by_mail:
            return await mailing.climb(tx, case, now)
        if case.state is CaseState.TAKEN:
            return await self._away(tx, case, now)
        wait = self._steps.urgent if case.urgent else self._steps.step
        own = await people.link_of_lotse(tx, case.lotse)
        absence = await absences.now_of(tx, case.lotse, now)
        reachable = own is not None and not own.blocked and absence is None
        if not case.reminded and reachable and case.lotse == case.first_lotse:
            if not await rows.remind(tx, case, self._due(case.lotse, wait)):
                return False
            await self._tell(tx, own, NoticeKind.REMINDER, case, f"reminder:{case.lotse}", now)
            await self._tell_employer(tx, NoticeKind.STILL_OPEN, case, "still-open", now)
            log.info("case %d: reminded", case.id)
            return True
        following = await self._next(tx, case)
        if following is None:
            return await self._give_up(tx, case, own, now)
        if absence is not None:
            return await hand_over(tx, case, following, absence, self.promise, now)
        if not await rows.pass_on(tx, case, following.lotse, self._due(following.lotse, wait)):
            return False
        await parties.offer_over(tx, case, f"case{case.id}:offer-over:{now}", now)
        await parties.card_moved(tx, case, own, f"case{case.id}:card:passed:{case.lotse}:{now}", now)
        await self._tell(tx, following, NoticeKind.CARD, case, f"card:{following.lotse}", now)
        left = None if own is not None and not own.blocked else {"left": case.lotse}
        await self._tell_employer(tx, NoticeKind.PASSED_ON, case, f"passed-on:{following.lotse}", now, left)
        log.info("case %d: passed on", case.id)
        return True

    async def _away(self, tx: Transaction, case: Case, now: int) -> bool:
        """Taken by somebody who is away and has not answered; who is back has it on the list of the morning."""
        absence = await absences.now_of(tx, case.lotse, now)
        if absence is None:
            await rows.wait_until(tx, case, None)
            return False
        following = await self._stand_in(tx, case)
        if case.urgent and following is not None:
            return await hand_over(tx, case, following, absence, self.promise, now)
        if not await rows.wait_until(tx, case, absence.ends_at):
            return False
        cause = f"away:{case.lotse}:{absence.acting}:{absence.ends_at}"
        data = {"from": case.lotse}
        dedupe = f"case{case.id}:{cause}"
        kind = NoticeKind.LOTSE_AWAY
        await outbox.put(tx, case.employer, kind, case=case.id, dedupe=dedupe, now=now, data=data)
        log.info("case %d: the Lotse is away", case.id)
        return True

    async def _stand_in(self, tx: Transaction, case: Case) -> Link | None:
        roster = await Roster.read(tx, self._library.current.directory)
        return roster.stand_in(case.lotse, to_ms(self._clock.now()), land=case.land).link

    def _asked_by(self, case: Case, stand_in: Link | None) -> int:
        """When something happens to a case whose Lotse is away, in the office hours of whoever stands in."""
        wait = self._steps.urgent if case.urgent else self._steps.step
        return self._due(stand_in.lotse if stand_in is not None else case.lotse, wait)

    async def _next(self, tx: Transaction, case: Case) -> Link | None:
        """The next one who is there: deputies of the first Lotse, then the coordinator of the Land."""
        roster = await Roster.read(tx, self._library.current.directory)
        chain = [case.first_lotse, *roster.chain(case.first_lotse, case.land)]
        # Whoever has it now and is nobody's deputy (any more) was asked right after the first one.
        place = chain.index(case.lotse) if case.lotse in chain else 0
        others = (lotse for lotse in chain[place + 1 :] if lotse != case.lotse)
        return roster.first_there(others, to_ms(self._clock.now()))

    async def _give_up(self, tx: Transaction, case: Case, own: Link | None, now: int) -> bool:
        """Nobody is left to ask: the employer gets the contact and the truth."""
        gone = own is None or own.blocked
        if not await rows.close(tx, case.id, "unreachable" if gone else "nobody", now):
            return False
        await parties.offer_over(tx, case, f"case{case.id}:offer-over:{now}", now)
        kind = NoticeKind.UNREACHABLE if gone else NoticeKind.NOBODY
        await self._tell_employer(tx, kind, case, "nobody", now)
        if own is not None:
            await self._tell(tx, own, NoticeKind.CARD_UPDATE, case, "card:nobody", now)
        log.warning("case %d: nobody took it", case.id)
        return True

    async def _tell(
        self, tx: Transaction, link: Link | None, kind: NoticeKind, case: Case, what: str, now: int
    ) -> None:
        if link is not None:
            await outbox.put(tx, link.chat, kind, case=case.id, dedupe=f"case{case.id}:{what}:{now}", now=now)

    async def _tell_employer(
        self,
        tx: Transaction,
        kind: NoticeKind,
        case: Case,
        what: str,
        now: int,
        data: dict[str, str] | None = None,
    ) -> None:
        dedupe = f"case{case.id}:{what}:{now}"
        await outbox.put(tx, case.employer, kind, case=case.id, dedupe=dedupe, now=now, data=data)

    def _due(self, lotse: str, span: timedelta) -> int:
        known = self._library.current.directory.lotsen.get(LotseId(lotse))
        return to_ms(calendar_of(known).due(self._clock.now(), span))
