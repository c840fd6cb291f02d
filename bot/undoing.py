"""„Rückgängig“: a Lotse's words are held back for some seconds, and until then can be taken back as if never written."""

from collections.abc import Callable
from dataclasses import dataclass

from bot import parties
from bot.clock import Clock, to_ms
from bot.model import Case, CaseId, ChatId, Party, UpdateId
from bot.outcomes import NotYours, TooLate
from bot.storage import Store
from bot.tables import held


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The words are gone; ``reopened``: the case was closed with them and goes on."""

    case: Case
    reopened: bool


@dataclass(frozen=True, slots=True)
class Undoing:
    """Takes back what one update wanted to say; of a tap and the delivery one wins."""

    store: Store
    clock: Clock
    wake_outbox: Callable[[], None]

    async def take_back(
        self, case_id: CaseId, chat: ChatId, written: UpdateId
    ) -> TakenBack | TooLate | NotYours:
        """``written``: the update that brought the words."""
        now = to_ms(self.clock.now())
        async with self.store.transaction() as tx:
            case = await parties.case_of(tx, case_id, Party.LOTSE, chat)
            if case is None:
                return NotYours()
            cause = f"u{written}:say:"
            at = await held.take_back(tx, case, cause, now)
            if at is None:
                if not await held.taken_back(tx, case, cause):
                    return TooLate(case)
                closed = await held.taken_back(tx, case, f"{cause}closed")
                return TakenBack(case, reopened=closed and case.live)
            reopened = await held.unclose(tx, case, at)
            if await held.unanswer(tx, case, at) or reopened:
                await parties.update_card(tx, case, f"case{case_id}:card:undone:{written}", now)
        self.wake_outbox()
        return TakenBack(case, reopened=reopened)
