"""The end of a case with a last word: the word and the end are one step, and both can be taken back together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot import parties
from bot.clock import Clock, to_ms
from bot.correspondence import put_said
from bot.model import CaseId, CaseState, ChatId, MessageId, NoticeKind, Party, UpdateId
from bot.outcomes import Done, NotYours, TooLate
from bot.storage import Store
from bot.tables import cases as rows
from bot.tables import outbox


@dataclass(frozen=True, slots=True)
class Closing:
    """Says a Lotse's last word and ends the case; ``hold``: so long both can be taken back (``bot.undoing``)."""

    store: Store
    clock: Clock
    wake_outbox: Callable[[], None]
    hold: timedelta = timedelta(0)

    async def with_word(
        self, case_id: CaseId, chat: ChatId, text: str, *, message: MessageId, update: UpdateId
    ) -> Done | TooLate | NotYours:
        """One transaction; the same update again changes nothing. ``Done`` has the case as it was before."""
        moment = self.clock.now()
        now, cause = to_ms(moment), f"u{update}:say"
        due = to_ms(moment + self.hold) if self.hold else 0
        async with self.store.transaction() as tx:
            case = await parties.case_of(tx, case_id, Party.LOTSE, chat)
            if case is None:
                return NotYours()
            if await outbox.said(tx, f"{cause}:0"):
                return Done(case)
            if case.state is CaseState.CLOSED:
                return TooLate(case)
            source = (chat, message)
            await put_said(
                tx, case, NoticeKind.TO_EMPLOYER, case.employer, source, text, cause=cause, now=now, due=due
            )
            await rows.mark_answered(tx, case_id, now)
            await rows.close(tx, case_id, Party.LOTSE, now)
            await parties.offer_over(tx, case, f"{cause}:offer-over", now)
            # Named like the words, so that whoever takes them back takes this back too.
            await outbox.put(
                tx,
                case.employer,
                NoticeKind.CLOSED,
                case=case_id,
                dedupe=f"{cause}:closed",
                now=now,
                data={"to": Party.EMPLOYER},
                due=due,
            )
            await parties.update_card(tx, case, f"case{case_id}:card:closed:{now}", now)
        self.wake_outbox()
        return Done(case)
