"""What follows from a delivery: a message to reply to, or the truth about a person who cannot be reached."""

from bot.clock import Clock, to_ms
from bot.model import CaseId, Delivered, Notice, NoticeKind, Undeliverable
from bot.storage import Transaction
from bot.tables import cases as rows
from bot.tables import chats, outbox, people


class Settling:
    """Draws the consequences of an outcome, in the transaction that records it (``bot.outbox.Settle``)."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def __call__(self, tx: Transaction, notice: Notice, outcome: Delivered | Undeliverable) -> None:
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
