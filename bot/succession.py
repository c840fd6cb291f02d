"""Who takes over when the directory loses a Lotse: shown before the swap, done right after it."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot import parties
from bot.clock import Clock, to_ms
from bot.model import Case, CaseState, NoticeKind
from bot.standing_in import Presence, Roster
from bot.steps import Promise
from bot.storage import Reader, Store
from bot.tables import cases as rows
from bot.tables import outbox, people
from bot.tables.people import Link
from knowledge.directory import Branch, Directory, LotseId

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Orphan:
    """An open case whose Lotse goes; ``heir`` takes over (empty: nobody can be reached), unless it is ``taken``."""

    number: str
    lotse: str
    heir: str = ""
    taken: bool = False  # the person has it in hand and finishes it


@dataclass(frozen=True, slots=True)
class Succession:
    """Passes on what nobody has taken; a case in hand stays with the person who has it."""

    store: Store
    clock: Clock
    promise: Promise
    wake_outbox: Callable[[], None]

    async def orphans(self, before: Directory, after: Directory) -> tuple[Orphan, ...]:
        """Every open case whose Lotse is not in ``after``, and where it goes."""
        found = []
        for case in await self._left(before, after):
            taken = case.state is not CaseState.OPEN
            heir = None if taken else await self._heir(self.store.read, case, before, after)
            found.append(Orphan(case.number, case.lotse, heir.lotse if heir else "", taken))
        return tuple(found)

    async def hand_on(self, before: Directory, after: Directory) -> int:
        """Ask the heirs; returns how many cases were passed on. A case without heir ends, and its employer gets a contact."""
        passed = ended = 0
        for case in await self._left(before, after):
            # A mail goes to whom the employer agreed to; what becomes of it is asked in time (bot.mailing).
            if case.state is not CaseState.OPEN or case.by_mail:
                continue
            now = to_ms(self.clock.now())
            async with self.store.transaction() as tx:
                heir = await self._heir(tx, case, before, after)
                own = await people.link_of_lotse(tx, case.lotse)
                if heir is None:
                    to_call = await self._to_call(tx, case, before, after)
                    if await parties.unreachable(tx, case, now, {"left": to_call}):
                        await parties.update_card(tx, case, f"case{case.id}:card:left:{case.lotse}", now)
                        ended += 1
                        log.warning(
                            "case %d: its Lotse left the directory and nobody can be reached", case.id
                        )
                    continue
                due = self.promise(heir.lotse, urgent=case.urgent)
                if not await rows.inherit(tx, case, heir.lotse, due):
                    continue
                await parties.offer_over(tx, case, f"case{case.id}:offer-over:{now}", now)
                await parties.card_moved(tx, case, own, f"case{case.id}:card:left:{case.lotse}", now)
                dedupe = f"case{case.id}:card:heir:{heir.lotse}"
                await outbox.put(tx, heir.chat, NoticeKind.CARD, case=case.id, dedupe=dedupe, now=now)
                dedupe = f"case{case.id}:passed-on:heir:{heir.lotse}"
                await outbox.put(
                    tx, case.employer, NoticeKind.PASSED_ON, case=case.id, dedupe=dedupe, now=now
                )
                passed += 1
                log.info("case %d: passed on, its Lotse left the directory", case.id)
        if passed or ended:
            self.wake_outbox()
        return passed

    async def _left(self, before: Directory, after: Directory) -> list[Case]:
        gone = [lotse for lotse in before.lotsen if lotse not in after.lotsen]
        return [case for lotse in gone for case in await rows.of_lotse(self.store.read, lotse)]

    async def _heir(self, reader: Reader, case: Case, before: Directory, after: Directory) -> Link | None:
        roster = await Roster.read(reader, after)
        return roster.first_there(_chain(case, before, after), to_ms(self.clock.now()))

    async def _to_call(self, reader: Reader, case: Case, before: Directory, after: Directory) -> str:
        """Whom to name where only telephone and mail are left, best somebody who is not away; empty: there is nobody."""
        roster, now = await Roster.read(reader, after), to_ms(self.clock.now())
        named = list(_chain(case, before, after))
        there = (one for one in named if roster.presence(one, now) is not Presence.AWAY)
        return next(there, named[0] if named else "")


def _chain(case: Case, before: Directory, after: Directory) -> Iterator[LotseId]:
    """The deputies that are left, who serves the Kreis and the branch, the coordinator of the Land."""
    yield from (lotse.id for lotse in before.deputies(LotseId(case.lotse)) if lotse.id in after.lotsen)
    branch = Branch(case.branch) if case.branch in set(Branch) else Branch.UNBEKANNT
    for lotse in after.lotsen.values():
        if case.kreis in lotse.kreise and (branch is Branch.UNBEKANNT or branch in lotse.branchen):
            yield lotse.id
    coordinator = after.coordinator(case.land)
    if coordinator is not None:
        yield coordinator.id
