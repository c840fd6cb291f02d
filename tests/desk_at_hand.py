"""The use cases of the desk around one database, without Telegram: what races and a slow wire lead to is said directly."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

from bot.alarms import Alarms
from bot.cases import Cases
from bot.clock import to_ms
from bot.closing import Closing
from bot.correspondence import Correspondence
from bot.library import Edition, Library
from bot.mailing import Mailing
from bot.model import (
    Case,
    ChatId,
    Delivered,
    Draft,
    MessageId,
    Notice,
    NoticeKind,
    Undeliverable,
    UpdateId,
)
from bot.outcomes import Done, Opened
from bot.settling import Settling
from bot.storage import Store
from bot.tables import cases as rows
from bot.tables import people
from bot.transfer import Transfers
from bot.urgency import Urgency
from tests.wound_clock import WoundClock

EMPLOYER, LOTSE, OTHER = ChatId(11), ChatId(22), ChatId(33)
A, B = "WL091", "WL019"
BLOCKED, REFUSED = Undeliverable("blocked", blocked=True), Undeliverable("refused", blocked=False)


@dataclass(frozen=True)
class Place:
    """Where a firm is."""

    land: str = "NW"
    kreis: str = "05315"


class Desk:
    """The use cases around one database."""

    def __init__(
        self, store: Store, clock: WoundClock, edition: Edition, numbers: Iterator[str] | None = None
    ) -> None:
        self.store, self.clock = store, clock
        self.updates = count(1)
        found = numbers or (f"TEST{number:04}" for number in count(1))
        due = self.promise
        self.library = Library(edition)
        urgency = Urgency(self.library, due)
        self.cases = Cases(
            store,
            clock,
            new_number=lambda: next(found),
            wake_outbox=self.nothing,
            committed=self.committed,
            urgency=urgency,
            promise=due,
            reopens_for=timedelta(days=14),
        )
        self.correspondence = Correspondence(store, clock, urgency, wake_outbox=self.nothing)
        self.closing = Closing(store, clock, self.nothing)
        self.transfers = Transfers(store, clock, due, self.nothing)
        alarms = Alarms(store, clock, (), free=lambda: 2**40, wake_outbox=self.nothing)
        self.mailing = Mailing(clock, due, alarms)
        self.settling = Settling(clock, self.mailing)

    def nothing(self) -> None:
        """No outbox."""

    async def committed(self, _chat: ChatId) -> None:
        """Nothing is under way."""

    def promise(self, lotse: str, *, urgent: bool) -> int:
        """In an hour, or half of it."""
        assert lotse
        return to_ms(self.clock.now() + timedelta(minutes=30 if urgent else 60))

    def update(self) -> UpdateId:
        """The next one."""
        return UpdateId(next(self.updates))

    async def link(self, lotse: str, chat: ChatId) -> None:
        """This Lotse answers from this chat."""
        async with self.store.transaction() as tx:
            await people.link(tx, lotse, chat, to_ms(self.clock.now()))

    async def unlink(self, lotse: str) -> None:
        """And no longer."""
        async with self.store.transaction() as tx:
            await people.unlink(tx, lotse)

    async def opened(self, *, question: str = "Frage", contact: str = "", asked_in: int = 0) -> Case:
        """A case of A."""
        draft = Draft(question, "place", "handwerk", A, contact=contact, asked_in=asked_in)
        outcome = await self.cases.open(draft, Place(), EMPLOYER, self.update())
        assert isinstance(outcome, Opened)
        return outcome.case

    async def taken(self) -> Case:
        """A case that A has taken."""
        await self.link(A, LOTSE)
        case = await self.opened()
        assert isinstance(await self.cases.take(case.id, A), Done)
        return await self.now(case)

    async def now(self, case: Case) -> Case:
        """As it is now."""
        return await rows.known(self.store.read, case.id)

    async def kinds(self, chat: ChatId) -> list[str]:
        """What was said to this chat, in order."""
        sql = "SELECT kind FROM outbox WHERE chat_id = ? ORDER BY id"
        return [row["kind"] for row in await self.store.read.all(sql, chat)]

    async def settles(
        self,
        case: Case,
        kind: NoticeKind,
        chat: ChatId,
        outcome: Delivered | Undeliverable,
        data: dict[str, Any] | None = None,
        *,
        also: tuple[Notice, ...] = (),
    ) -> None:
        """This became of a message."""
        notice = Notice(next(self.updates) + 1000, chat, kind, case.id, data or {}, 0, also)
        async with self.store.transaction() as tx:
            await self.settling(tx, notice, outcome)

    async def carried(self, case: Case, source: tuple[ChatId, int], to: ChatId) -> None:
        """A message of one arrived at the other."""
        data = {"source": [*source, 0]}
        kind = NoticeKind.TO_LOTSE if to != EMPLOYER else NoticeKind.TO_EMPLOYER
        await self.settles(case, kind, to, Delivered(MessageId(900 + source[1])), data)
