"""Words and media between the two people of a case; each keyed by the update that brought it."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from bot import parties
from bot.clock import Clock, to_ms
from bot.model import Case, CaseId, CaseState, ChatId, MessageId, NoticeKind, Party, UpdateId
from bot.outcomes import Done, NotYours, TooLate
from bot.storage import Store, Transaction
from bot.tables import absences, carried, case_messages, outbox, people
from bot.tables import cases as rows
from bot.urgency import Urgency

# Telegram brings the parts of an album one by one; this long we wait for the others, to send them on in one call.
ALBUM_WAIT = timedelta(seconds=1.5)
# Bot API, deleteMessage: a bot can delete its messages for 48 hours.
DELETABLE_FOR = timedelta(hours=48)


class Correspondence:
    """Carries what one says to the other, changes it and takes it back."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        urgency: Urgency,
        *,
        wake_outbox: Callable[[], None],
        hold: timedelta = timedelta(0),
    ) -> None:
        """``hold``: so long a Lotse's words wait before they go, and can be taken back (``bot.undoing``)."""
        self.hold = hold
        self._store = store
        self._clock = clock
        self._urgency = urgency
        self._wake_outbox = wake_outbox

    async def say(
        self,
        case_id: CaseId,
        party: Party,
        chat: ChatId,
        text: str,
        *,
        message: MessageId,
        update: UpdateId,
        quotes: MessageId | None = None,
    ) -> Done | TooLate | NotYours:
        """Carry one person's words; ``message`` is the one they were written in, ``quotes`` the one they answer."""
        now, cause = to_ms(self._clock.now()), f"u{update}:say"
        async with self._store.transaction() as tx:
            case = await parties.case_of(tx, case_id, party, chat)
            if case is None:
                return NotYours()
            away = await absences.now_of(tx, case.lotse, now) if party is Party.EMPLOYER else None
            if await outbox.said(tx, f"{cause}:0"):
                return Done(case, away)
            target = await self._target(tx, case, party, now)
            if target is None:
                return self._too_late(case)
            await put_said(
                tx,
                case,
                _words_to_other(party),
                target,
                (chat, message),
                text,
                cause=cause,
                now=now,
                due=self._due(party),
                quotes=quotes,
            )
            if party is Party.EMPLOYER and case.state is CaseState.OPEN:
                await rows.add_words(tx, case, message, text)
            if party is Party.EMPLOYER:
                await self._urgency.heard(tx, case, text, cause, now)
            if party is Party.LOTSE:
                await self._answered(tx, case, now)
        self._wake_outbox()
        return Done(case, away)

    def _due(self, party: Party) -> int:
        """When words may go (ms): at once, or when they can no longer be taken back."""
        return to_ms(self._clock.now() + self.hold) if self.hold and party is Party.LOTSE else 0

    async def show(
        self,
        case_id: CaseId,
        party: Party,
        chat: ChatId,
        messages: Sequence[MessageId],
        *,
        kind: str,
        update: UpdateId,
        album: str = "",
        files: Sequence[str] = (),
        quotes: MessageId | None = None,
        caption: str = "",
    ) -> Done | TooLate | NotYours:
        """Carry messages that are not text: a line that says what comes (``kind``), then a copy of each.

        Messages of one ``album`` keep together, also when they come one by one. ``files``: Telegram's names of their contents.
        """
        now = to_ms(self._clock.now())
        async with self._store.transaction() as tx:
            case = await parties.case_of(tx, case_id, party, chat)
            if case is None:
                return NotYours()
            away = await absences.now_of(tx, case.lotse, now) if party is Party.EMPLOYER else None
            if messages and await outbox.said(tx, f"copy:{chat}:{messages[-1]}"):
                return Done(case, away, fresh=not album)
            target = await self._target(tx, case, party, now)
            if target is None:
                return self._too_late(case)
            fresh = await outbox.put(
                tx,
                target,
                _words_to_other(party),
                case=case_id,
                dedupe=f"album:{chat}:{album}" if album else f"u{update}:media",
                now=now,
                # The line above a single file comes and goes with it.
                data={"media": kind, "quotes": quotes, "lotse": case.lotse}
                | ({} if album else {"source": [chat, messages[0], 0]}),
                source=None if album else (chat, messages[0]),
            )
            for number, message in enumerate(messages):
                file = files[number] if number < len(files) else ""
                await outbox.put(
                    tx,
                    target,
                    NoticeKind.COPY,
                    case=case_id,
                    dedupe=f"copy:{chat}:{message}",
                    now=now,
                    data={"from": chat, "message": message, "source": [chat, message, 1], "file": file},
                    due=to_ms(self._clock.now() + ALBUM_WAIT) if album and len(messages) == 1 else 0,
                    album=f"{chat}:{album}" if album else "",
                    source=(chat, message),
                )
                await case_messages.put(tx, chat, message, case_id)
            if party is Party.LOTSE:
                await self._answered(tx, case, now)
            else:
                await self._urgency.heard(tx, case, caption, f"u{update}:media", now)
        self._wake_outbox()
        return Done(case, away, fresh=fresh)

    async def edit(
        self,
        party: Party,
        case_id: CaseId,
        chat: ChatId,
        message: MessageId,
        *,
        update: UpdateId,
        text: str | None,
        file: str = "",
    ) -> Done | TooLate | NotYours:
        """A message that was carried is changed: what it became changes too. ``text`` of a file is its caption.

        Also after the case was closed: a wrong statement must not stay because the case is over. The question itself and what
        was added to it change on the card; a mail that is out cannot be changed.
        """
        now = to_ms(self._clock.now())
        async with self._store.transaction() as tx:
            case = await parties.case_of(tx, case_id, party, chat)
            if case is None:
                return NotYours()
            if party is Party.EMPLOYER and case.by_mail and case.mailed_at is not None:
                return TooLate(case)
            on_card = party is Party.EMPLOYER and await rows.change_words(tx, case, message, text or "")
            if on_card:
                await self._card_changed(tx, case, message, text or "", update)
            target = await parties.other_side(tx, case, party)
            if target is None and not on_card:
                return NotYours()
            source = (chat, message)
            if target is None or message == case.asked_in:
                pass
            elif file:
                await self._edit_file(tx, case, target, source, text or "", file, update)
            else:
                found = parties.parts(text or "", parties.LONGEST_WORDS)
                for number, part in enumerate(found):
                    data = {"text": part, "source": [chat, message, number], "lotse": case.lotse}
                    dedupe = f"u{update}:edit:{number}"
                    kind = NoticeKind.EDIT
                    await outbox.put(tx, target, kind, case=case.id, dedupe=dedupe, now=now, data=data)
                # What was longer before: its further parts go.
                data = {"source": [chat, message, len(found)]}
                dedupe = f"u{update}:edit:rest"
                await outbox.put(
                    tx, target, NoticeKind.RETRACT, case=case.id, dedupe=dedupe, now=now, data=data
                )
        self._wake_outbox()
        return Done(case)

    async def _card_changed(
        self, tx: Transaction, case: Case, message: MessageId, text: str, update: UpdateId
    ) -> None:
        """The card shows the changed words; who has read the question already is told."""
        now = to_ms(self._clock.now())
        await parties.update_card(tx, case, f"u{update}:card:changed", now)
        if message != case.asked_in or not case.live:
            return
        link = await people.link_of_lotse(tx, case.lotse)
        if link is not None:
            kind, cause = NoticeKind.QUESTION_CHANGED, f"u{update}:question"
            await parties.put_words(tx, link.chat, kind, text, case=case.id, cause=cause, now=now)

    async def _edit_file(
        self,
        tx: Transaction,
        case: Case,
        target: ChatId,
        source: tuple[ChatId, MessageId],
        caption: str,
        file: str,
        update: UpdateId,
    ) -> None:
        """Another caption is changed in place; another file is copied anew, as an answer to the old one."""
        now = to_ms(self._clock.now())
        made = [copy for copy in await carried.copies(tx, *source) if copy.file]
        if not made:
            return  # still waiting: it is copied as it is then
        chat, message = source
        if made[-1].file == file:
            data = {"text": caption, "source": [chat, message, made[-1].part], "caption": True}
            dedupe = f"u{update}:edit:caption"
            await outbox.put(
                tx, target, NoticeKind.EDIT, case=case.id, dedupe=dedupe, now=now, data=data, source=source
            )
            return
        data = {
            "from": chat,
            "message": message,
            "source": [chat, message, made[-1].part + 1],
            "file": file,
            "quotes": message,
        }
        dedupe = f"u{update}:edit:file"
        await outbox.put(
            tx, target, NoticeKind.COPY, case=case.id, dedupe=dedupe, now=now, data=data, source=source
        )

    async def retract(
        self,
        party: Party,
        case_id: CaseId,
        chat: ChatId,
        message: MessageId,
        *,
        update: UpdateId,
    ) -> Done | TooLate | NotYours:
        """Take a message back: what waits is not said, what was said is deleted at the other side (48 hours long)."""
        moment = self._clock.now()
        now = to_ms(moment)
        async with self._store.transaction() as tx:
            case = await parties.case_of(tx, case_id, party, chat)
            target = await parties.other_side(tx, case, party) if case is not None else None
            if case is None or target is None:
                return NotYours()
            made = await carried.copies(tx, chat, message)
            if made and made[0].at < to_ms(moment - DELETABLE_FOR):
                return TooLate(case)
            await outbox.call_off(tx, (chat, message), now)
            if party is Party.EMPLOYER:
                await rows.drop_words(tx, case, message)
                await parties.update_card(tx, case, f"u{update}:card:retracted", now)
            dedupe, data = f"u{update}:retract", {"source": [chat, message, 0]}
            await outbox.put(tx, target, NoticeKind.RETRACT, case=case.id, dedupe=dedupe, now=now, data=data)
        self._wake_outbox()
        return Done(case)

    async def _target(self, tx: Transaction, case: Case, party: Party, now: int) -> ChatId | None:
        """Where words go; nowhere once the case is closed, and nowhere while it is by mail: a mail is on its way or there,
        has a next step of its own, and nothing can be added to it. A Lotse who is not linked any more ends it: the
        employer is told, with the contact."""
        if case.state is CaseState.CLOSED or (party is Party.EMPLOYER and case.by_mail):
            return None
        target = await parties.other_side(tx, case, party)
        if target is None:
            await parties.unreachable(tx, case, now)
        return target

    def _too_late(self, case: Case) -> TooLate:
        self._wake_outbox()
        return TooLate(case)

    async def _answered(self, tx: Transaction, case: Case, now: int) -> None:
        await rows.mark_answered(tx, case.id, now)
        if case.state is not CaseState.ANSWERED:
            await parties.update_card(tx, case, f"case{case.id}:card:answered:{now}", now)

    async def belongs(self, case_id: CaseId, chat: ChatId, message: MessageId) -> None:
        """From now on a reply to this message of ours is a word in the case."""
        async with self._store.transaction() as tx:
            await case_messages.put(tx, chat, message, case_id)

    async def offers_undo(
        self,
        chat: ChatId,
        message: MessageId,
        written: UpdateId,
        *,
        proposes: bool = False,
        closes: bool = False,
    ) -> None:
        """Our ``message`` offers to take back what update ``written`` brought, if it is held; it says so once it has gone.

        ``proposes``: the message also has the button that proposes the words for the FAQ; ``closes``: the words end the case.
        """
        if self.hold:
            undo = {"chat": chat, "message": message, "proposes": proposes, "closes": closes}
            async with self._store.transaction() as tx:
                await outbox.tell_more(tx, f"u{written}:say:", NoticeKind.TO_EMPLOYER, {"undo": undo})

    async def case_of_album(self, chat: ChatId, album: str) -> Case | None:
        """The case to which earlier parts of this album went."""
        return await rows.by_album(self._store.read, f"{chat}:{album}")

    async def counterpart(self, chat: ChatId, message: MessageId, other: ChatId) -> MessageId | None:
        """The message in chat ``other`` that corresponds to this one, for quoting it there."""
        return await carried.counterpart(self._store.read, chat, message, other)

    async def copies(self, chat: ChatId, message: MessageId) -> tuple[carried.Copy, ...]:
        """What a message of a person became at the other side."""
        return await carried.copies(self._store.read, chat, message)


async def put_said(  # all that makes one message of one person
    tx: Transaction,
    case: Case,
    kind: NoticeKind,
    target: ChatId,
    source: tuple[ChatId, MessageId],
    text: str,
    *,
    cause: str,
    now: int,
    due: int,
    quotes: MessageId | None = None,
) -> None:
    """Words of one of the two, on their way to the other: ``source`` is the message they were written in."""
    for number, part in enumerate(parties.parts(text, parties.LONGEST_WORDS)):
        data = {"text": part, "source": [*source, number], "quotes": quotes, "lotse": case.lotse}
        dedupe = f"{cause}:{number}"
        await outbox.put(
            tx, target, kind, case=case.id, dedupe=dedupe, now=now, data=data, due=due, source=source
        )
    await case_messages.put(tx, *source, case.id)


def _words_to_other(party: Party) -> NoticeKind:
    return NoticeKind.TO_EMPLOYER if party is Party.LOTSE else NoticeKind.TO_LOTSE
