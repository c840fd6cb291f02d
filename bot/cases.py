"""The use cases of a handoff: one method, one transaction; what is said to others is written in it.

Everything here is keyed by the update that caused it, so a repeated update changes nothing and finds what the first
one did.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.clock import Clock, to_ms
from bot.model import (
    Case,
    CaseId,
    CaseState,
    ChatId,
    Delivered,
    Draft,
    MessageId,
    Notice,
    NoticeKind,
    Party,
    Profile,
    Undeliverable,
    UpdateId,
)
from bot.storage import Store, Transaction
from bot.tables import cases as rows
from bot.tables import chats, outbox, people

_NUMBER_TRIES = 5
# Words of a person in one message: Telegram takes 4,096 code points, our heading needs some of them.
LONGEST_WORDS = 3000


@dataclass(frozen=True, slots=True)
class Opened:
    """The case is written and the Lotse will be told."""

    case: Case


@dataclass(frozen=True, slots=True)
class NotReachable:
    """The Lotse is not linked or has blocked the bot: show the contact card instead, promise nothing."""


@dataclass(frozen=True, slots=True)
class Done:
    """It happened (or had happened before by the same cause); the case as it is now."""

    case: Case


@dataclass(frozen=True, slots=True)
class TooLate:
    """The case is already taken or closed; nothing changed."""

    case: Case


@dataclass(frozen=True, slots=True)
class NotYours:
    """There is no such case for this person; whether it exists for others is not told."""


class Located(Protocol):
    """A place of ``knowledge.regions``."""

    @property
    def land(self) -> str: ...

    @property
    def kreis(self) -> str: ...


class Promise(Protocol):
    """By when this Lotse has to take a case that is opened now (ms)."""

    def __call__(self, lotse: str, *, urgent: bool) -> int: ...


class Cases:
    """Opens, takes, answers and closes cases."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        new_number: Callable[[], str],
        wake_outbox: Callable[[], None],
        promise: Promise | None = None,
    ) -> None:
        """``promise``: by when a Lotse has to take a case; without it nothing climbs."""
        self._promise = promise
        self._store = store
        self._clock = clock
        self._new_number = new_number
        self._wake_outbox = wake_outbox

    async def open(
        self, draft: Draft, place: Located, employer: ChatId, update: UpdateId
    ) -> Opened | NotReachable:
        """Write the case and the Lotse's card; the draft ends with it."""
        now = to_ms(self._clock.now())
        async with self._store.transaction() as tx:
            link = await people.link_of_lotse(tx, draft.lotse)
            case = await rows.by_source(tx, update)
            if case is None:
                if link is None or link.blocked:
                    return NotReachable()
                case = await self._insert(tx, draft, place, employer, update, now)
                await outbox.put(
                    tx, link.chat, NoticeKind.CARD, case=case.id, dedupe=f"case{case.id}:card", now=now
                )
                rest = draft.question[LONGEST_WORDS:]
                if rest:
                    kind, cause = NoticeKind.TO_LOTSE, f"case{case.id}:rest"
                    await self._put_words(tx, link.chat, kind, rest, case=case.id, cause=cause, now=now)
                await chats.save_profile(tx, employer, Profile(draft.place, draft.branch), now)
            await chats.end_dialog(tx, employer)
        self._wake_outbox()
        return Opened(case)

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

    async def take(self, case_id: CaseId, lotse: str) -> Done | TooLate | NotYours:
        """The Lotse takes the case; of two taps one wins, and the same tap twice is the same as once."""
        now = to_ms(self._clock.now())
        async with self._store.transaction() as tx:
            case = await rows.get(tx, case_id)
            if case is None or not lotse or lotse not in {case.lotse, case.first_lotse}:
                return NotYours()
            if not await rows.take(tx, case_id, lotse, now):
                mine = case.state is CaseState.TAKEN and case.lotse == lotse
                return Done(case) if mine else TooLate(case)
            if case.lotse != lotse:
                await self._taken_back(tx, case, lotse, now)
            case = replace(case, state=CaseState.TAKEN, lotse=lotse, taken_at=self._clock.now())
            await outbox.put(
                tx, case.employer, NoticeKind.TAKEN, case=case_id, dedupe=f"case{case_id}:taken", now=now
            )
            await self._update_card(tx, case, f"case{case_id}:card:taken", now)
        self._wake_outbox()
        return Done(case)

    async def _taken_back(self, tx: Transaction, case: Case, lotse: str, now: int) -> None:
        """The first Lotse takes a case that was passed on: the other's card says so, the first one gets a card anew."""
        other = await people.link_of_lotse(tx, case.lotse)
        own = await people.link_of_lotse(tx, lotse)
        if other is not None and case.card is not None:
            data, dedupe = {"message": case.card[1]}, f"case{case.id}:card:back:{now}"
            await outbox.put(
                tx, other.chat, NoticeKind.CARD_UPDATE, case=case.id, dedupe=dedupe, now=now, data=data
            )
        if own is not None:
            dedupe = f"case{case.id}:card:again:{now}"
            await outbox.put(tx, own.chat, NoticeKind.CARD, case=case.id, dedupe=dedupe, now=now)

    async def say(
        self, case_id: CaseId, party: Party, chat: ChatId, text: str, *, message: MessageId, update: UpdateId
    ) -> Done | TooLate | NotYours:
        """Carry one person's words to the other; ``message`` is the one they were written in."""
        now = to_ms(self._clock.now())
        async with self._store.transaction() as tx:
            case = await self._of_chat(tx, case_id, party, chat)
            if case is None:
                return NotYours()
            if case.state is CaseState.CLOSED:
                return TooLate(case)
            target = await self._other_side(tx, case, party)
            if target is None:
                return TooLate(case)
            kind = NoticeKind.TO_EMPLOYER if party is Party.LOTSE else NoticeKind.TO_LOTSE
            fresh = await self._put_words(
                tx, target, kind, text, case=case_id, cause=f"u{update}:say", now=now
            )
            await rows.map_message(tx, chat, message, case_id)
            if fresh and party is Party.LOTSE:
                await rows.mark_answered(tx, case_id, now)
                if case.state is not CaseState.ANSWERED:
                    await self._update_card(tx, case, f"case{case_id}:card:answered", now)
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
            case = await self._of_chat(tx, case_id, party, chat)
            if case is None:
                return NotYours()
            target = await self._other_side(tx, case, party) if case.state is not CaseState.CLOSED else None
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

    async def close(self, case_id: CaseId, party: Party, chat: ChatId) -> Done | TooLate | NotYours:
        """Either of the two ends the case; the other one is told."""
        now = to_ms(self._clock.now())
        async with self._store.transaction() as tx:
            case = await self._of_chat(tx, case_id, party, chat)
            if case is None:
                return NotYours()
            if not await rows.close(tx, case_id, party, now):
                return Done(case) if case.closed_by == party else TooLate(case)
            case = replace(case, state=CaseState.CLOSED, closed_by=party, closed_at=self._clock.now())
            target = await self._other_side(tx, case, party)
            if target is not None:
                data = {"to": Party.EMPLOYER if party is Party.LOTSE else Party.LOTSE}
                await outbox.put(
                    tx,
                    target,
                    NoticeKind.CLOSED,
                    case=case_id,
                    dedupe=f"case{case_id}:closed",
                    now=now,
                    data=data,
                )
            await self._update_card(tx, case, f"case{case_id}:card:closed", now)
        self._wake_outbox()
        return Done(case)

    async def _put_words(
        self,
        tx: Transaction,
        target: ChatId,
        kind: NoticeKind,
        text: str,
        *,
        case: CaseId,
        cause: str,
        now: int,
    ) -> bool:
        """One or more messages that hold ``text``; ``False`` when this cause has already sent it."""
        fresh = True
        for number, part in enumerate(parts(text, LONGEST_WORDS)):
            data = {"text": part}
            fresh &= await outbox.put(
                tx, target, kind, case=case, dedupe=f"{cause}:{number}", now=now, data=data
            )
        return fresh

    async def _other_side(self, tx: Transaction, case: Case, party: Party) -> ChatId | None:
        if party is Party.LOTSE:
            return case.employer
        link = await people.link_of_lotse(tx, case.lotse)
        return link.chat if link is not None else None

    async def settle(self, tx: Transaction, notice: Notice, outcome: Delivered | Undeliverable) -> None:
        """What follows from a delivery: a message to reply to, or the truth about a person who cannot be reached."""
        now = to_ms(self._clock.now())
        match outcome:
            case Delivered(message=message):
                if notice.case is not None:
                    await rows.map_message(tx, notice.chat, message, notice.case)
                if notice.case is not None and notice.kind is NoticeKind.CARD:
                    await rows.set_card(tx, notice.case, notice.chat, message)
            case Undeliverable(blocked=blocked):
                if blocked:
                    await chats.set_blocked(tx, notice.chat, now)
                if notice.case is not None:
                    await self._tell_undeliverable(tx, notice, notice.case, now)

    async def _tell_undeliverable(self, tx: Transaction, notice: Notice, case_id: CaseId, now: int) -> None:
        case = await rows.get(tx, case_id)
        if case is None:
            return
        match notice.kind:
            case NoticeKind.CARD | NoticeKind.TO_LOTSE:
                await rows.close(tx, case_id, "unreachable", now)
                await outbox.put(
                    tx,
                    case.employer,
                    NoticeKind.UNREACHABLE,
                    case=case_id,
                    dedupe=f"case{case_id}:unreachable",
                    now=now,
                )
            case NoticeKind.TO_EMPLOYER | NoticeKind.TAKEN:
                link = await people.link_of_lotse(tx, case.lotse)
                if link is not None:
                    await outbox.put(
                        tx,
                        link.chat,
                        NoticeKind.NOT_DELIVERED,
                        case=case_id,
                        dedupe=f"n{notice.id}:not-delivered",
                        now=now,
                    )
            case _:
                pass

    async def _update_card(self, tx: Transaction, case: Case, dedupe: str, now: int) -> None:
        link = await people.link_of_lotse(tx, case.lotse)
        if link is not None:
            await outbox.put(tx, link.chat, NoticeKind.CARD_UPDATE, case=case.id, dedupe=dedupe, now=now)

    async def _of_chat(self, tx: Transaction, case_id: CaseId, party: Party, chat: ChatId) -> Case | None:
        """The case, if ``chat`` is this party of it; decided from the database at every step."""
        case = await rows.get(tx, case_id)
        if case is None:
            return None
        if party is Party.EMPLOYER:
            return case if case.employer == chat else None
        link = await people.link_of_chat(tx, chat)
        return case if link is not None and link.lotse == case.lotse else None

    async def belongs(self, case_id: CaseId, chat: ChatId, message: MessageId) -> None:
        """From now on a reply to this message of ours is a word in the case."""
        async with self._store.transaction() as tx:
            await rows.map_message(tx, chat, message, case_id)

    async def by_message(self, chat: ChatId, message: MessageId) -> Case | None:
        """The case a message belongs to, for replies to it."""
        return await rows.by_message(self._store.read, chat, message)

    async def get(self, case_id: CaseId) -> Case | None:
        """The case of this id, whoever it belongs to: for rendering, never for deciding who may see it."""
        return await rows.get(self._store.read, case_id)

    async def opened_by(self, update: UpdateId) -> Case | None:
        """The case this update has already opened, when the update comes again."""
        return await rows.by_source(self._store.read, update)

    async def of_employer(self, employer: ChatId) -> tuple[Case, ...]:
        """The employer's cases that are not closed, oldest first."""
        return await rows.of_employer(self._store.read, employer)

    async def of_lotse(self, lotse: str) -> tuple[Case, ...]:
        """The Lotse's cases that are not closed, oldest first."""
        return await rows.of_lotse(self._store.read, lotse)

    async def loads(self) -> dict[str, tuple[int, int]]:
        """For every Lotse: cases not closed, and when the last one came (ms)."""
        return await rows.load_of_lotsen(self._store.read)


def parts(text: str, longest: int) -> tuple[str, ...]:
    """``text`` in pieces of at most ``longest`` code points, cut at a line or word where there is one."""
    pieces = []
    while len(text) > longest:
        cut = max(text.rfind("\n", 0, longest), text.rfind(" ", 0, longest)) + 1 or longest
        pieces.append(text[:cut])
        text = text[cut:]
    return (*pieces, text)
