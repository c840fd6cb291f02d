"""Words and media between the two people of a case; each keyed by the update that brought it."""

from collections.abc import Callable, Sequence

from bot import parties
from bot.clock import Clock, to_ms
from bot.model import CaseId, CaseState, ChatId, MessageId, NoticeKind, Party, UpdateId
from bot.outcomes import Done, NotYours, TooLate
from bot.storage import Store
from bot.tables import cases as rows
from bot.tables import outbox


class Correspondence:
    """Carries what one says to the other."""

    def __init__(self, store: Store, clock: Clock, *, wake_outbox: Callable[[], None]) -> None:
        self._store = store
        self._clock = clock
        self._wake_outbox = wake_outbox

    async def say(
        self, case_id: CaseId, party: Party, chat: ChatId, text: str, *, message: MessageId, update: UpdateId
    ) -> Done | TooLate | NotYours:
        """Carry one person's words to the other; ``message`` is the one they were written in."""
        now = to_ms(self._clock.now())
        async with self._store.transaction() as tx:
            case = await parties.case_of(tx, case_id, party, chat)
            if case is None:
                return NotYours()
            if case.state is CaseState.CLOSED:
                return TooLate(case)
            target = await parties.other_side(tx, case, party)
            if target is None:
                return TooLate(case)
            kind = NoticeKind.TO_EMPLOYER if party is Party.LOTSE else NoticeKind.TO_LOTSE
            fresh = await parties.put_words(
                tx, target, kind, text, case=case_id, cause=f"u{update}:say", now=now
            )
            await rows.map_message(tx, chat, message, case_id)
            if fresh and party is Party.LOTSE:
                await rows.mark_answered(tx, case_id, now)
                if case.state is not CaseState.ANSWERED:
                    await parties.update_card(tx, case, f"case{case_id}:card:answered", now)
        self._wake_outbox()
        return Done(case)

    async def show(
        self,
        case_id: CaseId,
        party: Party,
        chat: ChatId,
        messages: Sequence[MessageId],
        *,
        kind: str,
        update: UpdateId,
    ) -> Done | TooLate | NotYours:
        """Carry messages that are not text: a line that says what comes (``kind``), then a copy of each."""
        now = to_ms(self._clock.now())
        async with self._store.transaction() as tx:
            case = await parties.case_of(tx, case_id, party, chat)
            if case is None:
                return NotYours()
            target = await parties.other_side(tx, case, party) if case.state is not CaseState.CLOSED else None
            if target is None:
                return TooLate(case)
            heading = NoticeKind.TO_EMPLOYER if party is Party.LOTSE else NoticeKind.TO_LOTSE
            await outbox.put(
                tx, target, heading, case=case_id, dedupe=f"u{update}:media", now=now, data={"media": kind}
            )
            for number, message in enumerate(messages):
                data = {"from": chat, "message": message}
                dedupe = f"u{update}:media:{number}"
                await outbox.put(tx, target, NoticeKind.COPY, case=case_id, dedupe=dedupe, now=now, data=data)
                await rows.map_message(tx, chat, message, case_id)
            if party is Party.LOTSE:
                await rows.mark_answered(tx, case_id, now)
        self._wake_outbox()
        return Done(case)

    async def belongs(self, case_id: CaseId, chat: ChatId, message: MessageId) -> None:
        """From now on a reply to this message of ours is a word in the case."""
        async with self._store.transaction() as tx:
            await rows.map_message(tx, chat, message, case_id)
