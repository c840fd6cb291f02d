"""Notes about a case, for the Lotse who has it, whoever gets it, and the coordinator of its Land: never for the employer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot import parties
from bot.clock import Clock, to_ms
from bot.model import Case, CaseId, ChatId, MessageId
from bot.outcomes import Done, NotYours, TooLate
from bot.storage import Store
from bot.tables import cases as rows
from bot.tables import notes, people
from bot.tables.notes import Note


class Coordinated(Protocol):
    """Who coordinates a Land: an id in the directory, or an empty text."""

    def __call__(self, land: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Notes:
    """Writes notes down and shows them to those who may see them."""

    store: Store
    clock: Clock
    coordinator: Coordinated
    wake_outbox: Callable[[], None]

    async def add(self, case_id: CaseId, chat: ChatId, message: MessageId, text: str) -> Done | NotYours:
        """Write ``text`` down; the same message again is the same note."""
        now = to_ms(self.clock.now())
        async with self.store.transaction() as tx:
            case, link = await rows.get(tx, case_id), await people.link_of_chat(tx, chat)
            if case is None or link is None or not self._may(case, link.lotse):
                return NotYours()
            fresh = await notes.put(tx, case.id, (chat, message), link.lotse, text, now)
            if fresh:
                await parties.update_card(tx, case, f"case{case.id}:card:note:{chat}:{message}", now)
        self.wake_outbox()
        return Done(case)

    async def change(self, chat: ChatId, message: MessageId, text: str, cause: str) -> Done | TooLate | None:
        """The message a note was written in was edited; ``None`` when it is no note, ``TooLate`` when its writer has the case
        no longer: whoever has it now reads what was written for them."""
        now = to_ms(self.clock.now())
        async with self.store.transaction() as tx:
            case_id = await notes.case_of(tx, chat, message)
            case = await rows.get(tx, case_id) if case_id is not None else None
            if case is None:
                return None
            link = await people.link_of_chat(tx, chat)
            if link is None or not self._may(case, link.lotse):
                return TooLate(case)
            await notes.change(tx, chat, message, text)
            await parties.update_card(tx, case, f"{cause}:card:note", now)
        self.wake_outbox()
        return Done(case)

    async def of_case(self, case: CaseId) -> tuple[Note, ...]:
        """Every note of a case: for cards of those whom ``may_see`` allows."""
        return await notes.of_case(self.store.read, case)

    async def may_see(self, case: Case, chat: ChatId) -> bool:
        """Whether this chat is that of the case's Lotse, of whom it is offered to, or of the Land's coordinator."""
        link = await people.link_of_chat(self.store.read, chat)
        return link is not None and (link.lotse == case.offered_to or self._may(case, link.lotse))

    def _may(self, case: Case, lotse: str) -> bool:
        """Whether this Lotse may write notes about the case."""
        return lotse in {case.lotse, self.coordinator(case.land)}
