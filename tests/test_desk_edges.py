"""What two processes, two taps or a slow wire can do to a case between two looks: the use cases by themselves."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from bot import mailing, transfer
from bot.absence_days import Days
from bot.absences import Absences
from bot.alarms import Alarms
from bot.cases import Cases
from bot.clock import to_ms
from bot.closing import Closing
from bot.correspondence import Correspondence
from bot.library import Edition, Library
from bot.mailing import Mailing
from bot.model import (
    Case,
    CaseState,
    ChatId,
    Delivered,
    Draft,
    MessageId,
    Notice,
    NoticeKind,
    Party,
    Undeliverable,
    UpdateId,
)
from bot.outcomes import Done, NotReachable, NotYours, Opened, TooLate
from bot.settling import Settling
from bot.standing_in import Roster
from bot.storage import Store
from bot.tables import absences as absence_rows
from bot.tables import cases as rows
from bot.tables import people
from bot.tables.absences import Absence, Stage
from bot.transfer import Transfers
from knowledge.directory import Directory, LotseId
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
        self.cases = Cases(
            store,
            clock,
            new_number=lambda: next(found),
            wake_outbox=self.nothing,
            committed=self.committed,
            promise=due,
            reopens_for=timedelta(days=14),
        )
        self.library = Library(edition)
        self.correspondence = Correspondence(store, clock, self.library, due, wake_outbox=self.nothing)
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


@pytest.fixture
def desk(store: Store, clock: WoundClock, shipped: Edition) -> Desk:
    """The use cases."""
    return Desk(store, clock, shipped)


async def test_a_number_that_is_taken_is_tried_again(
    store: Store, clock: WoundClock, shipped: Edition
) -> None:
    """Another one is drawn; when every try fails, nothing is opened."""
    desk = Desk(store, clock, shipped, iter(["AAAA", "AAAA", "BBBB", *["AAAA"] * 5]))
    await desk.link(A, LOTSE)
    assert (await desk.opened()).number == "AAAA"
    assert (await desk.opened()).number == "BBBB"
    with pytest.raises(RuntimeError):
        await desk.opened()
    assert len(await desk.cases.of_employer(EMPLOYER)) == 2


async def test_a_long_question_comes_in_two(desk: Desk) -> None:
    """What does not fit onto the card follows it, and changes with it."""
    await desk.link(A, LOTSE)
    await desk.opened(question="Wort " * 700)
    assert await desk.kinds(LOTSE) == ["card", "to_lotse"]


async def test_who_is_unlinked_in_between_takes_nothing(desk: Desk) -> None:
    """The tap comes from somebody who is no Lotse any longer."""
    await desk.link(A, LOTSE)
    case = await desk.opened()
    await desk.unlink(A)
    assert await desk.cases.take(case.id, A) == NotYours()


async def test_the_employer_ends_a_case_of_nobody(desk: Desk) -> None:
    """Its Lotse is unlinked: nobody is there to be told."""
    case = await desk.taken()
    await desk.unlink(A)
    assert isinstance(await desk.cases.close(case.id, Party.EMPLOYER, EMPLOYER), Done)
    assert "closed" not in await desk.kinds(LOTSE)


async def test_only_the_two_people_of_a_case(desk: Desk) -> None:
    """Others, and everybody in a case that does not exist, are refused by each use case."""
    case = await desk.taken()
    await desk.link(B, OTHER)
    message, update = MessageId(5), desk.update()
    for party, chat, number in (
        (Party.EMPLOYER, OTHER, case.id),
        (Party.LOTSE, OTHER, case.id),
        (Party.LOTSE, ChatId(99), case.id),
        (Party.LOTSE, LOTSE, type(case.id)(99)),
    ):
        talk = desk.correspondence
        assert await talk.say(number, party, chat, "x", message=message, update=update) == NotYours()
        assert await talk.show(number, party, chat, [message], kind="photo", update=update) == NotYours()
        assert await talk.edit(party, number, chat, message, update=update, text="x") == NotYours()
        assert await talk.retract(party, number, chat, message, update=update) == NotYours()
        assert await desk.cases.close(number, party, chat) == NotYours()
    assert await desk.cases.reopen(case.id, OTHER, update=update) == NotYours()
    assert await desk.closing.with_word(case.id, OTHER, "x", message=message, update=update) == NotYours()
    assert await desk.transfers.offer(case.id, OTHER, B, update=update) == NotYours()
    assert await desk.transfers.call_back(case.id, OTHER, update) == NotYours()
    assert await desk.transfers.decline(case.id, OTHER, update) == NotYours()
    assert await desk.transfers.decline(case.id, ChatId(99), update) == NotYours()


async def test_an_offer_once_and_to_somebody_else(desk: Desk) -> None:
    """The same update again is the same offer; to nobody, to oneself, while another one stands: no."""
    case = await desk.taken()
    offer, update = desk.transfers.offer, desk.update()
    assert await offer(case.id, LOTSE, B, update=update) == NotReachable()
    assert await offer(case.id, LOTSE, A, update=update) == NotReachable()
    await desk.link(B, OTHER)
    assert isinstance(await offer(case.id, LOTSE, B, update=update), Done)
    assert isinstance(await offer(case.id, LOTSE, B, update=update), Done)
    assert isinstance(await offer(case.id, LOTSE, B, update=desk.update()), TooLate)
    assert (await desk.kinds(OTHER)).count("offer") == 1
    assert isinstance(await desk.transfers.call_back(case.id, LOTSE, desk.update()), Done)
    assert isinstance(await desk.transfers.call_back(case.id, LOTSE, desk.update()), TooLate)


async def test_an_offer_of_somebody_unlinked_ends_in_silence(desk: Desk) -> None:
    """Declined when nobody is there to be told; ended a second time it is over already."""
    case = await desk.taken()
    await desk.link(B, OTHER)
    await desk.transfers.offer(case.id, LOTSE, B, update=desk.update())
    offered = await desk.now(case)
    await desk.unlink(A)
    assert isinstance(await desk.transfers.decline(case.id, OTHER, desk.update()), Done)
    assert "offer_declined" not in await desk.kinds(LOTSE)
    async with desk.store.transaction() as tx:
        assert not await transfer.end(tx, offered, NoticeKind.OFFER_LAPSED, "again", 0)


async def test_an_offer_that_lapses_and_one_that_was_faster(desk: Desk) -> None:
    """The sweep ends what is due, once; a card or offer that cannot be delivered after that changes nothing."""
    case = await desk.taken()
    await desk.link(B, OTHER)
    await desk.transfers.offer(case.id, LOTSE, B, update=desk.update())
    assert await desk.transfers.lapse() == 0
    desk.clock.wind(hours=2)
    assert await desk.transfers.lapse() == 1
    await desk.settles(case, NoticeKind.OFFER, OTHER, BLOCKED, {"to": B})
    assert "offer_failed" not in await desk.kinds(LOTSE)
    assert "offer_lapsed" in await desk.kinds(LOTSE)


async def test_words_for_a_case_that_was_opened_again_meanwhile(desk: Desk) -> None:
    """Its last word was taken back, its Lotse then unlinked: the words reach nobody, the case ends, and that is told."""
    case = await desk.taken()
    words = (MessageId(7), "Doch noch etwas")
    await desk.unlink(A)
    outcome = await desk.cases.reopen(case.id, EMPLOYER, words=words, update=desk.update())
    assert outcome == NotReachable()
    assert (await desk.now(case)).closed_by == "unreachable"
    assert "unreachable" in await desk.kinds(EMPLOYER)


async def test_words_twice_and_a_tap_without_words(desk: Desk) -> None:
    """A case that is open already: the words go once, the mere tap is done."""
    case = await desk.taken()
    words = (MessageId(7), "Doch noch etwas")
    for update in (desk.update(), desk.update()):
        assert isinstance(await desk.cases.reopen(case.id, EMPLOYER, words=words, update=update), Done)
    assert isinstance(await desk.cases.reopen(case.id, EMPLOYER, update=desk.update()), Done)
    assert (await desk.kinds(LOTSE)).count("to_lotse") == 1


async def test_a_case_is_opened_again_for_somebody_who_left(desk: Desk) -> None:
    """Nobody to tell: the ladder has it at once, with the words on the card."""
    case = await desk.taken()
    await desk.cases.close(case.id, Party.LOTSE, LOTSE)
    await desk.unlink(A)
    words = (MessageId(7), "Doch noch etwas")
    assert isinstance(await desk.cases.reopen(case.id, EMPLOYER, words=words, update=desk.update()), Done)
    now = await desk.now(case)
    assert now.due_at == desk.clock.now()
    assert now.question.endswith("➕ Doch noch etwas")


async def test_edits_without_anybody_at_the_other_side(desk: Desk) -> None:
    """The question changes all the same; other words have nobody to be changed at."""
    await desk.link(A, LOTSE)
    case = await desk.opened(asked_in=3)
    await desk.cases.take(case.id, A)
    await desk.unlink(A)
    edit, update = desk.correspondence.edit, desk.update()
    done = await edit(Party.EMPLOYER, case.id, EMPLOYER, MessageId(3), update=update, text="Neu")
    assert isinstance(done, Done)
    assert (await desk.now(case)).question == "Neu"
    other = await edit(Party.EMPLOYER, case.id, EMPLOYER, MessageId(4), update=desk.update(), text="x")
    assert other == NotYours()
    assert (
        await desk.correspondence.retract(
            Party.EMPLOYER, case.id, EMPLOYER, MessageId(4), update=desk.update()
        )
        == NotYours()
    )


@pytest.mark.parametrize(("file", "kind"), [("same", "edit"), ("other", "copy"), ("", "edit")])
async def test_a_file_is_changed(desk: Desk, file: str, kind: str) -> None:
    """Its caption in place, another file as an answer to the old one; before it was delivered nothing is needed."""
    case = await desk.taken()
    message = MessageId(5)
    await desk.correspondence.show(
        case.id, Party.LOTSE, LOTSE, [message], kind="photo", update=desk.update(), files=["same"]
    )
    before = len(await desk.kinds(EMPLOYER))
    edit = desk.correspondence.edit
    await edit(Party.LOTSE, case.id, LOTSE, message, update=desk.update(), text="x", file=file or "same")
    if file:
        assert len(await desk.kinds(EMPLOYER)) == before
        await desk.settles(
            case,
            NoticeKind.COPY,
            EMPLOYER,
            Delivered(MessageId(50)),
            {"source": [LOTSE, message, 1], "file": "same"},
        )
        await edit(Party.LOTSE, case.id, LOTSE, message, update=desk.update(), text="x", file=file)
        assert (await desk.kinds(EMPLOYER))[-1] == kind


async def test_words_go_nowhere_after_the_end(desk: Desk) -> None:
    """Words and files of either after the case is closed; a second answer does not change the card again."""
    case = await desk.taken()
    say = desk.correspondence.say
    for number in (1, 2):
        await say(case.id, Party.LOTSE, LOTSE, "Ja", message=MessageId(number), update=desk.update())
    assert (await desk.kinds(LOTSE)).count("card_update") == 2  # taken, answered
    await desk.cases.close(case.id, Party.EMPLOYER, EMPLOYER)
    for party, chat in ((Party.LOTSE, LOTSE), (Party.EMPLOYER, EMPLOYER)):
        outcome = await say(case.id, party, chat, "x", message=MessageId(9), update=desk.update())
        assert isinstance(outcome, TooLate)
        shown = await desk.correspondence.show(
            case.id, party, chat, [MessageId(9)], kind="photo", update=desk.update()
        )
        assert isinstance(shown, TooLate)


async def test_words_to_a_mail_have_a_step_of_their_own(desk: Desk) -> None:
    """Nobody is linked, the case is on its way by mail: it does not end because of them."""
    case = await desk.opened(contact="chef@firma.example")
    say = desk.correspondence.say
    outcome = await say(case.id, Party.EMPLOYER, EMPLOYER, "x", message=MessageId(9), update=desk.update())
    assert isinstance(outcome, TooLate)
    assert (await desk.now(case)).state is CaseState.OPEN


# -- what follows from a delivery ----------------------------------------------------------------------------------


async def test_an_album_of_which_a_part_was_skipped(desk: Desk) -> None:
    """Telegram does not say which: every message belongs to the case, none is paired."""
    case = await desk.taken()
    other = Notice(77, EMPLOYER, NoticeKind.COPY, case.id, {"source": [LOTSE, 6, 1]}, 0)
    third = Notice(78, EMPLOYER, NoticeKind.COPY, case.id, {"source": [LOTSE, 7, 1]}, 0)
    outcome = Delivered(MessageId(60), (MessageId(61),))
    await desk.settles(
        case, NoticeKind.COPY, EMPLOYER, outcome, {"source": [LOTSE, 5, 1]}, also=(other, third)
    )
    assert await desk.cases.by_message(EMPLOYER, MessageId(61)) is not None
    assert await desk.correspondence.copies(LOTSE, MessageId(5)) == ()


async def test_a_card_that_cannot_be_delivered(desk: Desk) -> None:
    """The Lotse blocked the bot: the case ends with the contact, once."""
    await desk.link(A, LOTSE)
    case = await desk.opened()
    for _ in range(2):
        await desk.settles(case, NoticeKind.CARD, LOTSE, BLOCKED)
    assert (await desk.kinds(EMPLOYER)).count("unreachable") == 1


@pytest.mark.parametrize("outcome", [BLOCKED, REFUSED])
async def test_words_of_an_employer_that_are_lost(desk: Desk, outcome: Undeliverable) -> None:
    """In a live case it ends; in one that somebody ended meanwhile only the words are told."""
    case = await desk.taken()
    await desk.cases.close(case.id, Party.LOTSE, LOTSE)
    await desk.settles(case, NoticeKind.TO_LOTSE, LOTSE, outcome, {"source": [EMPLOYER, 5, 0]})
    assert "unreachable" not in await desk.kinds(EMPLOYER)
    assert "not_delivered" in await desk.kinds(EMPLOYER)


async def test_a_photo_of_an_employer_that_is_refused(desk: Desk) -> None:
    """Not because of the Lotse: its writer is told, the case goes on."""
    case = await desk.taken()
    await desk.settles(case, NoticeKind.COPY, LOTSE, REFUSED, {"source": [EMPLOYER, 5, 1]})
    assert (await desk.kinds(EMPLOYER))[-1] == "not_delivered"
    assert (await desk.now(case)).state is CaseState.TAKEN


async def test_a_line_above_a_photo_tells_nothing(desk: Desk) -> None:
    """Blocked: the copy behind it tells. Refused: it tells itself."""
    case = await desk.taken()
    await desk.settles(case, NoticeKind.TO_EMPLOYER, EMPLOYER, BLOCKED, {"media": "photo"})
    assert "not_delivered" not in await desk.kinds(LOTSE)
    await desk.settles(case, NoticeKind.TO_EMPLOYER, EMPLOYER, REFUSED, {"media": "photo"})
    assert "not_delivered" in await desk.kinds(LOTSE)


@pytest.mark.parametrize(("kind", "told"), [("edit", "not_delivered"), ("retract", "not_retracted")])
async def test_changes_that_are_lost(desk: Desk, kind: str, told: str) -> None:
    """Told when there was something to change, and not otherwise; a writer who is unlinked cannot be told."""
    case = await desk.taken()
    lost, source = NoticeKind(kind), [LOTSE, 5, 0]
    await desk.settles(case, lost, EMPLOYER, REFUSED, {"source": source})
    assert told not in await desk.kinds(LOTSE)
    await desk.carried(case, (LOTSE, 5), EMPLOYER)
    await desk.settles(case, lost, EMPLOYER, REFUSED, {"source": source})
    assert told in await desk.kinds(LOTSE)
    await desk.unlink(A)
    before = await desk.kinds(LOTSE)
    await desk.settles(case, lost, EMPLOYER, REFUSED, {"source": source})
    assert await desk.kinds(LOTSE) == before


async def test_what_waited_for_a_former_lotse(desk: Desk) -> None:
    """A deletion is told when there was something, other notices are nobody's; words follow, or are told."""
    case = await desk.taken()
    await desk.link(B, OTHER)
    await desk.transfers.offer(case.id, LOTSE, B, update=desk.update())
    await desk.cases.take(case.id, B)
    source = [EMPLOYER, 5, 0]
    await desk.settles(case, NoticeKind.RETRACT, LOTSE, REFUSED, {"source": source})
    await desk.settles(case, NoticeKind.REMINDER, LOTSE, REFUSED)
    assert "not_retracted" not in await desk.kinds(EMPLOYER)
    await desk.carried(case, (EMPLOYER, 5), LOTSE)
    await desk.settles(case, NoticeKind.RETRACT, LOTSE, REFUSED, {"source": source})
    assert "not_retracted" in await desk.kinds(EMPLOYER)
    await desk.settles(case, NoticeKind.TO_LOTSE, LOTSE, REFUSED, {"source": source, "text": "x"})
    await desk.settles(case, NoticeKind.TO_LOTSE, LOTSE, REFUSED, {"text": "ohne Nachricht"})
    assert (await desk.kinds(OTHER)).count("to_lotse") == 2
    await desk.unlink(B)
    await desk.settles(case, NoticeKind.TO_LOTSE, LOTSE, REFUSED, {"source": source, "text": "x"})
    assert (await desk.kinds(EMPLOYER))[-1] == "not_delivered"


async def test_what_is_of_no_case(desk: Desk) -> None:
    """Delivered or not: a person who blocked is known to have, and no more follows."""
    notice = Notice(5, LOTSE, NoticeKind.DIGEST, None, {}, 0)
    await desk.link(A, LOTSE)
    async with desk.store.transaction() as tx:
        await desk.settling(tx, notice, Delivered(MessageId(1)))
        await desk.settling(tx, notice, REFUSED)
        assert (await people.links(tx))[0].blocked is False
        await desk.settling(tx, notice, BLOCKED)
        assert (await people.links(tx))[0].blocked is True
    with pytest.raises(LookupError):
        await rows.known(desk.store.read, type((await desk.opened(contact="a@b.example")).id)(99))


# -- mail ----------------------------------------------------------------------------------------------------------


async def test_a_mail_that_gets_out_after_the_end(desk: Desk) -> None:
    """The employer was faster than the mail server: a second mail says so."""
    case = await desk.opened(contact="chef@firma.example")
    await desk.cases.close(case.id, Party.EMPLOYER, EMPLOYER)
    lane, data = mailing.lane(case.id), {"what": mailing.CASE, "lotse": A, "number": case.number}
    await desk.settles(case, NoticeKind.MAIL, lane, Delivered(MessageId(0)), data)
    assert (await desk.kinds(lane)).count("mail") == 2
    await desk.settles(case, NoticeKind.MAIL, lane, REFUSED, data)
    assert "unreachable" not in await desk.kinds(EMPLOYER)


async def test_a_mail_that_gets_out_after_somebody_took_it(desk: Desk) -> None:
    """Linked meanwhile, and taken: nothing is told about a mail."""
    case = await desk.opened(contact="chef@firma.example")
    await desk.link(A, LOTSE)
    await desk.cases.take(case.id, A)
    lane, data = mailing.lane(case.id), {"what": mailing.CASE, "lotse": A, "number": case.number}
    await desk.settles(case, NoticeKind.MAIL, lane, Delivered(MessageId(0)), data)
    await desk.settles(case, NoticeKind.MAIL, lane, Undeliverable("no such user", blocked=False), data)
    assert await desk.kinds(EMPLOYER) == ["taken"]
    async with desk.store.transaction() as tx:
        await mailing.erased(tx, case.id, 0)  # no mail got out: nobody has to delete one
        assert not await mailing.climb(tx, replace(case, id=type(case.id)(99)), 0)
    assert (await desk.kinds(lane)).count("mail") == 1


# -- absence -------------------------------------------------------------------------------------------------------


@pytest.fixture
async def away(desk: Desk, shipped: Edition) -> Absences:
    """A is linked; the absences, with the packaged directory."""
    await desk.link(A, LOTSE)
    return Absences(desk.store, desk.clock, Library(shipped), desk.promise, wake_outbox=desk.nothing)


def absence_of(desk: Desk, stage: Stage, *, starts: int = -1, acting: str = "") -> Absence:
    """An absence of A that begins in so many days and lasts ten."""
    now = desk.clock.now()
    start, end = to_ms(now + timedelta(days=starts)), to_ms(now + timedelta(days=10))
    return Absence(A, LOTSE, start, end, acting, acting, stage, to_ms(now))


@pytest.mark.parametrize(("stage", "starts"), [(Stage.AWAY, -1), (Stage.PLANNED, 2), (Stage.ANNOUNCED, -1)])
async def test_a_step_that_somebody_else_took(desk: Desk, away: Absences, stage: Stage, starts: int) -> None:
    """The absence was changed since the sweep looked: nothing is told twice."""
    stale = absence_of(desk, stage, starts=starts)
    async with desk.store.transaction() as tx:
        assert not await away._step(tx, stale)
        assert not await away._step(tx, replace(stale, ends_at=to_ms(desk.clock.now())))
        assert not await away._changed(tx, stale)
    assert await desk.kinds(LOTSE) == []


async def test_an_absence_without_anybody_ends(desk: Desk, away: Absences) -> None:
    """Nobody stood in, or who did is unlinked: only the Lotse is told."""
    for acting in ("", B):
        async with desk.store.transaction() as tx:
            await absence_rows.put(tx, absence_of(desk, Stage.ENDING, acting=acting))
        assert await away.end(A, desk.update())
    assert await desk.kinds(LOTSE) == ["absence_over"] * 2
    assert await desk.kinds(OTHER) == []


async def test_nobody_stands_in_any_more(desk: Desk, away: Absences) -> None:
    """The employer presses the button of a while ago."""
    case = await desk.opened()
    async with desk.store.transaction() as tx:
        await absence_rows.put(tx, absence_of(desk, Stage.AWAY, acting=B))
    assert isinstance(await away.ask_stand_in(case.id, EMPLOYER, desk.update()), TooLate)
    assert await away.ask_stand_in(case.id, OTHER, desk.update()) == NotYours()
    await desk.cases.close(case.id, Party.EMPLOYER, EMPLOYER)
    assert isinstance(await away.ask_stand_in(case.id, EMPLOYER, desk.update()), TooLate)


async def test_who_left_the_directory_has_nobody_new(desk: Desk, away: Absences) -> None:
    """Nothing is told about stand-ins of somebody who is no Lotse any longer."""
    gone = absence_of(desk, Stage.AWAY, acting=B)
    assert away._acting(Roster(Directory({}), {}, {}), gone) == B


async def test_only_on_mondays(desk: Desk, shipped: Edition) -> None:
    """Office hours once a week, and that day is a holiday: the reminder comes the day before."""
    lotse = replace(shipped.directory.lotsen[LotseId(A)], sprechzeiten="Mo 9-12")
    edition = replace(shipped, directory=Directory({LotseId(A): lotse}))
    absences = Absences(desk.store, desk.clock, Library(edition), desk.promise, wake_outbox=desk.nothing)
    desk.clock.wind(days=1)
    friday = absences.today().replace(year=2027, month=4, day=2)  # after Easter Monday
    start = to_ms(desk.clock.now().replace(year=friday.year, month=friday.month, day=friday.day))
    assert absences._reminder(A, start) == to_ms(
        desk.clock.now().replace(year=2027, month=4, day=1, hour=7, minute=0, second=0, microsecond=0)
    )


async def test_the_same_days_once_more(desk: Desk, away: Absences) -> None:
    """Entered twice: one absence, and whoever stands in is told once."""
    today = away.today()
    days = Days(today, today + timedelta(days=5))
    for _ in range(2):
        await away.enter(A, LOTSE, days, "", desk.update())
    assert (await away.of(A)) is not None
