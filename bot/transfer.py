"""A Lotse hands a case to somebody else: offered, then accepted, declined, called back, or over because of time.

Until it is accepted nothing changes for the employer: the case stays with its Lotse, words go there, and its next step
stays due. Accepting is ``Cases.take``, the same statement as every other taking, so there is always one winner.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from bot import parties
from bot.clock import Clock, to_ms
from bot.model import Case, CaseId, CaseState, ChatId, MessageId, NoticeKind, Party, UpdateId
from bot.outcomes import Done, NotReachable, NotYours, TooLate
from bot.steps import Promise
from bot.storage import Store, Transaction
from bot.tables import cases as rows
from bot.tables import notes, offers, outbox, people

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Transfers:
    """Offers of cases; ``promise``: by when a Lotse has to answer one."""

    store: Store
    clock: Clock
    promise: Promise
    wake_outbox: Callable[[], None]

    async def offer(
        self,
        case_id: CaseId,
        chat: ChatId,
        to: str,
        *,
        update: UpdateId,
        note: tuple[MessageId, str] | None = None,
    ) -> Done | TooLate | NotYours | NotReachable:
        """Offer it to ``to``, with a note (the message it was written in, and its words)."""
        now, cause = to_ms(self.clock.now()), f"u{update}:offer"
        async with self.store.transaction() as tx:
            case = await parties.case_of(tx, case_id, Party.LOTSE, chat)
            if case is None:
                return NotYours()
            if await outbox.said(tx, cause):
                return Done(case)
            link = await parties.there(tx, to, now)
            if link is None or to == case.lotse:
                return NotReachable()
            due = self.promise(to, urgent=case.urgent)
            if not await offers.make(tx, case, to, now=now, due=due):
                return TooLate(case)
            if note is not None:
                message, text = note
                await notes.put(tx, case.id, (chat, message), case.lotse, text, now)
            data = {"by": case.lotse, "to": to}
            await outbox.put(tx, link.chat, NoticeKind.OFFER, case=case.id, dedupe=cause, now=now, data=data)
            await parties.update_card(tx, case, f"{cause}:card", now)
            log.info("case %d: offered", case.id)
        self.wake_outbox()
        return Done(case)

    async def call_back(self, case_id: CaseId, chat: ChatId, update: UpdateId) -> Done | TooLate | NotYours:
        """Whoever offered it keeps it after all; of this and an acceptance one wins."""
        now = to_ms(self.clock.now())
        async with self.store.transaction() as tx:
            case = await parties.case_of(tx, case_id, Party.LOTSE, chat)
            if case is None:
                return NotYours()
            if await outbox.said(tx, f"u{update}:card:kept"):
                return Done(case)
            if not await offers.end(tx, case):
                return TooLate(case)
            await parties.offer_over(tx, case, f"u{update}:offer-over", now)
            await parties.update_card(tx, case, f"u{update}:card:kept", now)
        self.wake_outbox()
        return Done(case)

    async def decline(self, case_id: CaseId, chat: ChatId, update: UpdateId) -> Done | NotYours:
        """Whom it was offered to cannot: whoever offered it is told, and has it still."""
        now, cause = to_ms(self.clock.now()), f"u{update}:declined"
        async with self.store.transaction() as tx:
            case, link = await rows.get(tx, case_id), await people.link_of_chat(tx, chat)
            if case is None or link is None:
                return NotYours()
            if await outbox.said(tx, cause):
                return Done(case)
            if case.offered_to != link.lotse:
                return NotYours()
            await end(tx, case, NoticeKind.OFFER_DECLINED, cause, now)
        self.wake_outbox()
        return Done(case)

    async def lapse(self) -> int:
        """Offers that nobody answered in time are over; returns how many."""
        now = to_ms(self.clock.now())
        if not await offers.due(self.store.read, now):  # as nearly always: no need to be the writer for it
            return 0
        async with self.store.transaction() as tx:
            over = await offers.due(tx, now)
            for case in over:
                cause = f"case{case.id}:lapsed:{now}"
                await end(tx, case, NoticeKind.OFFER_LAPSED, cause, now)
                await parties.offer_over(tx, case, f"{cause}:over", now)
                log.info("case %d: an offer lapsed", case.id)
        self.wake_outbox()
        return len(over)

    async def offered_to(self, lotse: str) -> tuple[Case, ...]:
        """What this Lotse is offered, oldest first."""
        return await offers.offered_to(self.store.read, lotse)


async def end(tx: Transaction, case: Case, kind: NoticeKind, cause: str, now: int) -> None:
    """The offer of this case, as it is in this transaction, comes to nothing; whoever made it is told why (``kind``)."""
    await offers.end(tx, case)
    own = await people.link_of_lotse(tx, case.lotse)
    if own is not None:
        data = {"to": case.offered_to}
        await outbox.put(tx, own.chat, kind, case=case.id, dedupe=cause, now=now, data=data)
        await parties.update_card(tx, case, f"{cause}:card", now)


def offerable(case: Case) -> bool:
    """Whether its Lotse can offer it to somebody."""
    return case.state is not CaseState.CLOSED and not case.offered_to
