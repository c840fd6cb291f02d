"""What Lotsen propose for the FAQ: editors are told, and the Lotse is told what became of it."""

from collections.abc import Callable, Iterable

from bot.clock import Clock, to_ms
from bot.model import ChatId, NoticeKind
from bot.storage import Store
from bot.tables import outbox, people
from bot.tables import proposals as rows
from bot.tables.proposals import Proposal


class Proposals:
    """One method, one transaction."""

    def __init__(
        self, store: Store, clock: Clock, editors: Iterable[ChatId], wake_outbox: Callable[[], None]
    ) -> None:
        self._store = store
        self._clock = clock
        self._editors = tuple(editors)
        self._wake_outbox = wake_outbox

    async def propose(self, lotse: str, question: str, answer: str, entry: str, *, cause: str) -> bool:
        """Keep it and tell the editors; ``False`` when this answer was proposed before."""
        now = to_ms(self._clock.now())
        async with self._store.transaction() as tx:
            number = await rows.put(
                tx, lotse=lotse, entry=entry, question=question, answer=answer, cause=cause, now=now
            )
            if number is None:
                return False
            for chat in self._editors:
                dedupe, data = f"proposal{number}:{chat}", {"proposal": number, "lotse": lotse}
                await outbox.put(tx, chat, NoticeKind.PROPOSAL, dedupe=dedupe, now=now, data=data)
        self._wake_outbox()
        return True

    async def get(self, number: int) -> Proposal | None:
        """The proposal of this number, whatever became of it."""
        return await rows.get(self._store.read, number)

    async def waiting(self) -> tuple[Proposal, ...]:
        """Those to decide about, oldest first."""
        return await rows.waiting(self._store.read)

    async def settle(self, number: int, state: str, *, entry: str = "", new: bool = False) -> bool:
        """'accepted' or 'declined', once; the Lotse is told. ``entry``: where it is now, ``new``: as an entry of its own."""
        now = to_ms(self._clock.now())
        async with self._store.transaction() as tx:
            proposal = await rows.get(tx, number)
            if proposal is None or not await rows.settle(tx, number, state, now):
                return False
            link = await people.link_of_lotse(tx, proposal.lotse)
            if link is not None:
                data = {"state": state, "entry": entry, "new": new, "question": proposal.question}
                dedupe = f"proposal{number}:settled"
                await outbox.put(
                    tx, link.chat, NoticeKind.PROPOSAL_SETTLED, dedupe=dedupe, now=now, data=data
                )
        self._wake_outbox()
        return True
