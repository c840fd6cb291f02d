"""A case from its opening to its end: one method, one transaction; what is said to others is written in it.

Everything here is keyed by the update that caused it, so a repeated update changes nothing and finds what the first
one did.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Protocol

from bot import mailing, parties
from bot.clock import Clock, to_ms
from bot.correspondence import put_said
from bot.model import (
    Case,
    CaseId,
    CaseState,
    ChatId,
    Draft,
    MessageId,
    NoticeKind,
    Party,
    Profile,
    UpdateId,
)
from bot.outcomes import Done, NotReachable, NotYours, Opened, TooLate
from bot.steps import Promise
from bot.storage import Store, Transaction
from bot.tables import case_messages, chats, outbox, people
from bot.tables import cases as rows
from bot.tables.people import Link
from bot.urgency import Urgency

_NUMBER_TRIES = 5
_MOST_CLOSED = 3


class Located(Protocol):
    """A place of ``knowledge.regions``."""

    @property
    def land(self) -> str: ...

    @property
    def kreis(self) -> str: ...


class Cases:
    """Opens, takes and closes cases."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        new_number: Callable[[], str],
        wake_outbox: Callable[[], None],
        committed: Callable[[ChatId], Awaitable[None]],
        reopens_for: timedelta,
        urgency: Urgency,
        promise: Promise | None = None,
    ) -> None:
        """``promise``: by when a Lotse has to take a case; without it nothing climbs.

        ``reopens_for``: so long an employer can open a closed case again.
        ``committed``: waits for the outcome of what is being delivered to a chat.
        """
        self._committed = committed
        self._urgency = urgency
        self._promise = promise
        self.reopens_for = reopens_for
        self._store = store
        self._clock = clock
        self._new_number = new_number
        self._wake_outbox = wake_outbox

    async def open(
        self,
        draft: Draft,
        place: Located,
        employer: ChatId,
        update: UpdateId,
        *,
        shown_in: MessageId | None = None,
    ) -> Opened | NotReachable:
        """Write the case and the Lotse's card; the draft ends with it. ``shown_in``: the message that will confirm it."""
        now = to_ms(self._clock.now())
        async with self._store.transaction() as tx:
            case = await rows.by_source(tx, update)
            if case is None:
                link = await parties.there(tx, draft.lotse, now)
                if link is None and not draft.contact:
                    return NotReachable()
                case = await self._insert(tx, draft, place, employer, update, now)
                if draft.asked_in:
                    await case_messages.put_newest(tx, employer, MessageId(draft.asked_in), case.id)
                if (
                    link is None or case.by_mail
                ):  # the employer agreed to a mail, whoever was linked meanwhile
                    await mailing.put(tx, case, mailing.CASE, now)
                else:
                    await self._put_card(tx, case, link.chat, now)
                    if shown_in is not None:  # a reply to it is a word in the case
                        await case_messages.put(tx, employer, shown_in, case.id)
                await chats.save_profile(tx, employer, Profile(draft.place, draft.branch), now)
            await chats.end_dialog(tx, employer)
        self._wake_outbox()
        return Opened(case)

    async def _put_card(self, tx: Transaction, case: Case, lotse: ChatId, now: int) -> None:
        await outbox.put(tx, lotse, NoticeKind.CARD, case=case.id, dedupe=f"case{case.id}:card", now=now)
        rest = case.question[parties.LONGEST_WORDS :]
        if rest:
            kind, cause = NoticeKind.TO_LOTSE, f"case{case.id}:rest"
            await parties.put_words(tx, lotse, kind, rest, case=case.id, cause=cause, now=now)

    async def _insert(
        self, tx: Transaction, draft: Draft, place: Located, employer: ChatId, update: UpdateId, now: int
    ) -> Case:
        for _ in range(_NUMBER_TRIES):
            case = await rows.insert(
                tx,
                draft,
                number=self._new_number(),
                employer=employer,
                land=place.land,
                kreis=place.kreis,
                source_update=update,
                now=now,
                due=self._promise(draft.lotse, urgent=draft.urgent) if self._promise else None,
            )
            if case is not None:
                return case
        message = "no free case number found"
        raise RuntimeError(message)

    async def take(
        self, case_id: CaseId, lotse: str, *, may: Callable[[Case], bool] = lambda _case: False
    ) -> Done | TooLate | NotYours:
        """The Lotse takes the case; of two taps one wins, and the same tap twice is the same as once.

        ``may``: whether somebody may who was not asked (the coordinator of the Land); then it is as if it had been offered.
        """
        now = to_ms(self._clock.now())
        async with self._store.transaction() as tx:
            case, own = await rows.get(tx, case_id), await people.link_of_lotse(tx, lotse)
            if case is None or own is None:
                return NotYours()
            if lotse not in {case.lotse, case.first_lotse, case.offered_to}:
                if not may(case):
                    return NotYours()
                await parties.offer_over(tx, case, f"case{case_id}:offer-over:{lotse}:{now}", now)
                await rows.give(tx, case_id, lotse)
                case = replace(case, offered_to=lotse)
            if not await rows.take(tx, case_id, lotse, now):
                mine = case.state is CaseState.TAKEN and case.lotse == lotse
                return Done(case) if mine else TooLate(case)
            accepted = lotse == case.offered_to
            # One honest sentence for the employer; who was in charge until now is named in it.
            data = {"lotse": lotse} | ({"by": case.lotse} if accepted and case.live else {})
            if case.lotse != lotse:
                await self._moved(tx, case, own, now, accepted=accepted)
            if not accepted:
                await parties.offer_over(tx, case, f"case{case_id}:offer-over:{now}", now)
            case = replace(
                case, state=CaseState.TAKEN, lotse=lotse, taken_at=self._clock.now(), offered_to=""
            )
            await outbox.put(
                tx,
                case.employer,
                NoticeKind.TAKEN,
                case=case_id,
                dedupe=f"case{case_id}:taken:{lotse}:{now}",
                now=now,
                data=data,
            )
            await parties.update_card(tx, case, f"case{case_id}:card:taken:{lotse}:{now}", now)
        self._wake_outbox()
        return Done(case)

    async def _moved(self, tx: Transaction, case: Case, own: Link, now: int, *, accepted: bool) -> None:
        """Somebody else has it now: the other's card says so, the new one (``own``) gets a card."""
        other, lotse = await people.link_of_lotse(tx, case.lotse), own.lotse
        await parties.card_moved(tx, case, other, f"case{case.id}:card:moved:{lotse}:{now}", now)
        if other is not None and accepted:
            told, dedupe = {"to": lotse}, f"case{case.id}:offer-taken:{lotse}:{now}"
            await outbox.put(
                tx, other.chat, NoticeKind.OFFER_TAKEN, case=case.id, dedupe=dedupe, now=now, data=told
            )
        dedupe = f"case{case.id}:card:again:{lotse}:{now}"
        await outbox.put(tx, own.chat, NoticeKind.CARD, case=case.id, dedupe=dedupe, now=now)

    async def close(self, case_id: CaseId, party: Party, chat: ChatId) -> Done | TooLate | NotYours:
        """Either of the two ends the case; the other one is told."""
        now = to_ms(self._clock.now())
        async with self._store.transaction() as tx:
            case = await parties.case_of(tx, case_id, party, chat)
            if case is None:
                return NotYours()
            if not await rows.close(tx, case_id, party, now):
                return Done(case) if case.closed_by == party else TooLate(case)
            await parties.offer_over(tx, case, f"case{case_id}:offer-over:{now}", now)
            case = replace(case, state=CaseState.CLOSED, closed_by=party, closed_at=self._clock.now())
            target = await parties.other_side(tx, case, party)
            if case.by_mail and party is Party.EMPLOYER:
                await mailing.withdrawn(tx, case, now)
            elif target is not None:
                data = {"to": Party.EMPLOYER if party is Party.LOTSE else Party.LOTSE}
                await outbox.put(
                    tx,
                    target,
                    NoticeKind.CLOSED,
                    case=case_id,
                    dedupe=f"case{case_id}:closed:{now}",
                    now=now,
                    data=data,
                )
            await parties.update_card(tx, case, f"case{case_id}:card:closed:{now}", now)
        self._wake_outbox()
        return Done(case)

    async def reopen(
        self,
        case_id: CaseId,
        employer: ChatId,
        *,
        update: UpdateId,
        words: tuple[MessageId, str] | None = None,
    ) -> Done | TooLate | NotYours | NotReachable:
        """The employer says that something is still open; who cannot be reached is passed over by the ladder at once.

        ``words``: what is still open, and the message it was written in; ``NotReachable``: they went nowhere.
        """
        async with self._store.transaction() as tx:
            case = await parties.case_of(tx, case_id, Party.EMPLOYER, employer)
            if case is None:
                return NotYours()
            outcome = await self._reopen(tx, case, words, update)
        self._wake_outbox()
        return outcome

    async def _reopen(
        self, tx: Transaction, case: Case, words: tuple[MessageId, str] | None, update: UpdateId
    ) -> Done | TooLate | NotReachable:
        moment = self._clock.now()
        now = to_ms(moment)
        link = await parties.there(tx, case.lotse, now)
        due = self._promise(case.lotse, urgent=case.urgent) if self._promise else None
        if link is None:
            due = now
        if await rows.reopen(tx, case.id, closed_since=to_ms(moment - self.reopens_for), due=due):
            if link is not None:
                for kind in (NoticeKind.REOPENED, NoticeKind.CARD):
                    dedupe = f"case{case.id}:{kind}:reopened:{now}"
                    await outbox.put(tx, link.chat, kind, case=case.id, dedupe=dedupe, now=now)
            case = replace(case, state=CaseState.OPEN, closed_by="")
            if words is not None:
                await self._say(tx, case, words, link, update, now)
            return Done(case)
        if case.state is CaseState.CLOSED:
            return TooLate(case)
        added = await self._add(tx, case, words, update, now)
        return Done(case) if added else NotReachable()

    async def _add(
        self, tx: Transaction, case: Case, words: tuple[MessageId, str] | None, update: UpdateId, now: int
    ) -> bool:
        """It is open already, by another tap or because its Lotse took the last word back: the words must not get
        lost; ``False`` when nobody can be reached. Words that an update brings again belong to the case by now."""
        if words is None or await case_messages.case_of(tx, case.employer, words[0]) is not None:
            return True
        link = await people.link_of_lotse(tx, case.lotse)
        if link is None and case.state is not CaseState.OPEN:
            await parties.unreachable(tx, case, now)
            return False
        await self._say(tx, case, words, link, update, now)
        return True

    async def _say(
        self,
        tx: Transaction,
        case: Case,
        words: tuple[MessageId, str],
        link: Link | None,
        update: UpdateId,
        now: int,
    ) -> None:
        """The employer's words: on the card as long as nobody has the case, and to the Lotse who can be reached."""
        message, text = words
        if case.state is CaseState.OPEN:
            await rows.add_words(tx, case, message, text)
        if link is not None:
            kind, cause, source = NoticeKind.TO_LOTSE, f"u{update}:say", (case.employer, message)
            await put_said(tx, case, kind, link.chat, source, text, cause=cause, now=now, due=0)
        await case_messages.put(tx, case.employer, message, case.id)
        await self._urgency.heard(tx, case, text, f"u{update}:say", now)

    async def by_message(self, chat: ChatId, message: MessageId) -> Case | None:
        """The case a message belongs to."""
        return await case_messages.case_of(self._store.read, chat, message)

    async def by_answered(self, chat: ChatId, message: MessageId) -> Case | None:
        """The case of a message that somebody answers, also when it was answered faster than we stored its number."""
        case = await self.by_message(chat, message)
        if case is None:
            await self._committed(chat)
            # Also when nothing was under way any more: it may have been stored since the first look.
            case = await self.by_message(chat, message)
        return case

    async def knows(self, chat: ChatId, case_id: CaseId) -> bool:
        """Whether messages of this case went to this chat: it is, or was once, one of its people."""
        return await case_messages.are_in(self._store.read, chat, case_id)

    async def in_charge(self, case: Case, chat: ChatId) -> bool:
        """Whether ``chat`` is that of the Lotse who has the case now."""
        return await parties.in_charge(self._store.read, case, chat)

    async def get(self, case_id: CaseId) -> Case | None:
        """The case of this id, whoever it belongs to: for rendering, never for deciding who may see it."""
        return await rows.get(self._store.read, case_id)

    async def opened_by(self, update: UpdateId) -> Case | None:
        """The case this update has already opened, when the update comes again."""
        return await rows.by_source(self._store.read, update)

    async def of_employer(self, employer: ChatId) -> tuple[Case, ...]:
        """The employer's cases that are not closed, oldest first."""
        return await rows.of_employer(self._store.read, employer)

    async def closed_lately(self, employer: ChatId) -> tuple[Case, ...]:
        """The employer's cases that can be opened again, the latest first: those that one of the two ended."""
        since = to_ms(self._clock.now() - self.reopens_for)
        return await rows.closed_lately(self._store.read, employer, since, _MOST_CLOSED)

    async def of_lotse(self, lotse: str) -> tuple[Case, ...]:
        """The Lotse's cases that are not closed, oldest first."""
        return await rows.of_lotse(self._store.read, lotse)

    async def loads(self) -> dict[str, tuple[int, int]]:
        """For every Lotse: cases not closed, and when the last one came (ms)."""
        return await rows.load_of_lotsen(self._store.read)
