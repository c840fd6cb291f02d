"""Notes about a case, for the Lotse who has it, whoever gets it, and the coordinator of its Land: never for the employer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot import parties
from bot.clock import Clock, to_ms
from bot.model import Case, CaseId, ChatId, MessageId
from bot.outcomes import Done, NotYours
from bot.storage import Reader, Store
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
            case = await rows.get(tx, case_id)
            lotse = await self._may(tx, case, chat)
            if case is None or not lotse:
                return NotYours()
            fresh = await notes.put(tx, case.id, (chat, message), lotse, text, now)
            if fresh:
                await parties.update_card(tx, case, f"case{case.id}:card:note:{chat}:{message}", now)
        self.wake_outbox()
        return Done(case)

    async def change(self, chat: ChatId, message: MessageId, text: str, cause: str) -> bool:
        """The message a note was written in was edited; ``False`` when it is no note."""
        now = to_ms(self.clock.now())
        async with self.store.transaction() as tx:
            case_id = await notes.change(tx, chat, message, text)
            case = await rows.get(tx, case_id) if case_id is not None else None
            if case is None:
                return False
            await parties.update_card(tx, case, f"{cause}:card:note", now)
        self.wake_outbox()
        return True

    async def of_case(self, case: CaseId) -> tuple[Note, ...]:
        """Every note of a case: for cards of those whom ``may_see`` allows."""
        return await notes.of_case(self.store.read, case)

    async def may_see(self, case: Case, chat: ChatId) -> bool:
        """Whether this chat is that of the case's Lotse, of whom it is offered to, or of the Land's coordinator."""
        link = await people.link_of_chat(self.store.read, chat)
        mine = link is not None and link.lotse == case.offered_to
        return mine or bool(await self._may(self.store.read, case, chat))

    async def _may(self, reader: Reader, case: Case | None, chat: ChatId) -> str:
        """The Lotse of this chat, if he or she may write notes about the case."""
        link = await people.link_of_chat(reader, chat)
        if case is None or link is None:
            return ""
        return link.lotse if link.lotse in {case.lotse, self.coordinator(case.land)} else ""
