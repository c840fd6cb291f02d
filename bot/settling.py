"""What follows from a delivery: a message to reply to, or the truth about a person who cannot be reached."""

from bot import parties, transfer
from bot.clock import Clock, to_ms
from bot.mailing import Mailing
from bot.model import (
    Case,
    CaseId,
    CaseState,
    ChatId,
    Delivered,
    MessageId,
    Notice,
    NoticeKind,
    Undeliverable,
)
from bot.storage import Transaction
from bot.tables import carried, case_messages, chats, offers, outbox, people
from bot.tables import cases as rows


class Settling:
    """Draws the consequences of an outcome, in the transaction that records it (``bot.outbox.Settle``)."""

    def __init__(self, clock: Clock, mailing: Mailing) -> None:
        self._clock = clock
        self._mailing = mailing

    async def __call__(self, tx: Transaction, notice: Notice, outcome: Delivered | Undeliverable) -> None:
        """What follows for the notice, and for those that went out with it."""
        if notice.kind is NoticeKind.MAIL:
            await self._mailing.settled(tx, notice, outcome)
            return
        now = to_ms(self._clock.now())
        if "undo" in notice.data:
            await self._held_over(tx, notice, now, arrived=isinstance(outcome, Delivered))
        if isinstance(outcome, Undeliverable):
            if outcome.blocked:
                await chats.set_blocked(tx, notice.chat, now)
            if notice.case is not None:
                await self._undeliverable(tx, notice, notice.case, now, blocked=outcome.blocked)
        elif notice.case is not None:
            # Telegram skips parts of an album that cannot be copied, and does not say which: then none is paired.
            whole = len(outcome.more) == len(notice.also)
            parts = (notice, *notice.also) if whole else (notice,)
            for part, number in zip(parts, (outcome.message, *outcome.more), strict=False):
                await self._delivered(tx, part, notice.case, number, now, paired=whole)
            for number in () if whole else outcome.more:
                await case_messages.put(tx, notice.chat, number, notice.case)

    async def _held_over(self, tx: Transaction, notice: Notice, now: int, *, arrived: bool) -> None:
        """The message that offered to take these words back offers it no longer; whoever unlinked meanwhile gets nothing."""
        undo = notice.data["undo"]
        chat = ChatId(undo["chat"])
        if await people.link_of_chat(tx, chat) is None:
            return
        data = {**undo, "arrived": arrived, "words": notice.data["source"][1]}
        dedupe = f"n{notice.id}:held-over"
        await outbox.put(tx, chat, NoticeKind.HELD_OVER, case=notice.case, dedupe=dedupe, now=now, data=data)

    async def _delivered(
        self, tx: Transaction, notice: Notice, case_id: CaseId, message: MessageId, now: int, *, paired: bool
    ) -> None:
        source = notice.data.get("source")
        if notice.kind is NoticeKind.RETRACT:
            chat, original, part = notice.data["source"]
            await carried.forget(tx, ChatId(chat), MessageId(original), part)
            return
        await case_messages.put(tx, notice.chat, message, case_id)
        if notice.kind is NoticeKind.CARD:
            await rows.set_card(tx, case_id, notice.chat, message)
        elif notice.kind is NoticeKind.OFFER:
            await offers.set_message(tx, case_id, notice.data["to"], message)
        if source is not None and paired:
            chat, original, part = source
            copy = carried.Copy(notice.chat, message, part, str(notice.data.get("file", "")), now)
            await carried.put(tx, (ChatId(chat), MessageId(original)), copy, case_id)
        if notice.kind in {NoticeKind.TO_EMPLOYER, NoticeKind.COPY}:
            # The card said that they are under way.
            case = await rows.known(tx, case_id)
            if notice.chat == case.employer:
                await parties.update_card(tx, case, f"n{notice.id}:card-delivered", now)

    async def _undeliverable(
        self, tx: Transaction, notice: Notice, case_id: CaseId, now: int, *, blocked: bool
    ) -> None:
        case = await rows.known(tx, case_id)
        if notice.kind is NoticeKind.OFFER:
            if notice.data["to"] == case.offered_to:
                await transfer.end(tx, case, NoticeKind.OFFER_FAILED, f"n{notice.id}:offer-failed", now)
            return
        if notice.chat != case.employer and not await parties.in_charge(tx, case, notice.chat):
            await self._moved_on(tx, notice, case, now)
            return
        match notice.kind:
            case NoticeKind.CARD:
                await parties.unreachable(tx, case, now)
            case NoticeKind.TO_LOTSE | NoticeKind.COPY if notice.chat != case.employer and (
                blocked or notice.kind is NoticeKind.TO_LOTSE
            ):
                # Who was told that the case has ended so knows that these words did not arrive.
                if not await parties.unreachable(tx, case, now) and case.closed_by != "unreachable":
                    await self._tell_writer(tx, notice, case, NoticeKind.NOT_DELIVERED, now)
            # When the person blocked the bot, the copy that follows this line tells it.
            case NoticeKind.TO_EMPLOYER if blocked and "media" in notice.data:
                pass
            case NoticeKind.TO_EMPLOYER | NoticeKind.TAKEN | NoticeKind.COPY | NoticeKind.QUESTION_CHANGED:
                await self._tell_writer(tx, notice, case, NoticeKind.NOT_DELIVERED, now)
            case NoticeKind.EDIT if await self._made(tx, notice):
                await self._tell_writer(tx, notice, case, NoticeKind.NOT_DELIVERED, now)
            case NoticeKind.RETRACT if await self._made(tx, notice):
                await self._tell_writer(tx, notice, case, NoticeKind.NOT_RETRACTED, now)
            case _:
                pass

    async def _moved_on(self, tx: Transaction, notice: Notice, case: Case, now: int) -> None:
        """It waited for a Lotse who has the case no longer: words go to whoever has it now, or their writer is told."""
        if notice.kind is NoticeKind.RETRACT:
            if await self._made(tx, notice):
                await self._tell_writer(tx, notice, case, NoticeKind.NOT_RETRACTED, now)
            return
        if notice.kind not in {NoticeKind.TO_LOTSE, NoticeKind.COPY, NoticeKind.EDIT}:
            return
        link = await people.link_of_lotse(tx, case.lotse)
        if link is None or case.state is CaseState.CLOSED:
            await self._tell_writer(tx, notice, case, NoticeKind.NOT_DELIVERED, now)
            return
        for part in (notice, *notice.also):
            chat, message, _ = part.data.get("source", (None, None, None))
            await outbox.put(
                tx,
                link.chat,
                part.kind,
                case=case.id,
                dedupe=f"n{part.id}:moved",
                now=now,
                data=part.data,
                album=f"moved:{notice.id}" if notice.also else "",
                source=(ChatId(chat), MessageId(message)) if chat is not None else None,
            )

    async def _made(self, tx: Transaction, notice: Notice) -> bool:
        """Whether there was something to take back."""
        chat, message, part = notice.data["source"]
        made = await carried.copies(tx, ChatId(chat), MessageId(message))
        return any(copy.part >= part for copy in made)

    async def _tell_writer(
        self, tx: Transaction, notice: Notice, case: Case, kind: NoticeKind, now: int
    ) -> None:
        """The employer, or the Lotse who wrote it, who need not be the one in charge now."""
        writer: ChatId | None = case.employer
        if notice.chat == case.employer:
            link = await people.link_of_lotse(tx, notice.data.get("lotse", case.lotse))
            writer = link.chat if link is not None else None
        if writer is not None:
            dedupe = f"n{notice.id}:{kind}"
            await outbox.put(tx, writer, kind, case=case.id, dedupe=dedupe, now=now)
