"""What two processes, two taps or a slow wire can do to a case between two looks: the use cases by themselves."""

import pytest

from bot.library import Edition
from bot.model import (
    CaseState,
    ChatId,
    Delivered,
    Draft,
    MessageId,
    NoticeKind,
    Party,
)
from bot.outcomes import Done, NotReachable, NotYours, Opened, TooLate
from bot.storage import Store
from tests.desk_at_hand import BLOCKED, EMPLOYER, LOTSE, OTHER, A, B, Desk, Place
from tests.wound_clock import WoundClock


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
    """Declined when nobody is there to be told."""
    case = await desk.taken()
    await desk.link(B, OTHER)
    await desk.transfers.offer(case.id, LOTSE, B, update=desk.update())
    await desk.unlink(A)
    assert isinstance(await desk.transfers.decline(case.id, OTHER, desk.update()), Done)
    assert "offer_declined" not in await desk.kinds(LOTSE)


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


async def test_what_comes_again_is_done_once(desk: Desk) -> None:
    """The update was handled, but Telegram was not told: the same case, the same file, the same end."""
    await desk.link(A, LOTSE)
    draft, update = Draft("Frage", "place", "handwerk", A), desk.update()
    first = await desk.cases.open(draft, Place(), EMPLOYER, update)
    assert isinstance(first, Opened)
    assert await desk.cases.open(draft, Place(), EMPLOYER, update) == first
    assert len(await desk.cases.of_employer(EMPLOYER)) == 1
    assert await desk.kinds(LOTSE) == ["card"]

    case, photo, update = first.case, [MessageId(7)], desk.update()
    shown = [
        await desk.correspondence.show(case.id, Party.EMPLOYER, EMPLOYER, photo, kind="photo", update=update)
        for _ in range(2)
    ]
    assert all(isinstance(outcome, Done) and outcome.fresh for outcome in shown)
    assert await desk.kinds(LOTSE) == ["card", "to_lotse", "copy"]

    for party, chat, outcome in (
        (Party.EMPLOYER, EMPLOYER, Done),
        (Party.EMPLOYER, EMPLOYER, Done),
        (Party.LOTSE, LOTSE, TooLate),
    ):
        assert isinstance(await desk.cases.close(case.id, party, chat), outcome)
    assert (await desk.kinds(LOTSE)).count("closed") == 1
    assert "closed" not in await desk.kinds(EMPLOYER)


async def test_words_to_a_case_that_closed_too_long_ago(desk: Desk) -> None:
    """It stays closed, and nothing goes anywhere."""
    case = await desk.taken()
    await desk.cases.close(case.id, Party.LOTSE, LOTSE)
    desk.clock.wind(days=15)
    before = await desk.kinds(LOTSE)
    words, update = (MessageId(8), "Noch etwas"), desk.update()
    assert isinstance(await desk.cases.reopen(case.id, EMPLOYER, update=update, words=words), TooLate)
    assert (await desk.now(case)).state is CaseState.CLOSED
    assert await desk.kinds(LOTSE) == before
