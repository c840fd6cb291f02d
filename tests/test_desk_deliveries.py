"""What follows for a case from a message or a mail that arrived, or did not."""

from dataclasses import replace

import pytest

from bot import mailing
from bot.model import (
    CaseState,
    Delivered,
    MessageId,
    Notice,
    NoticeKind,
    Party,
    Undeliverable,
)
from bot.tables import cases as rows
from bot.tables import people
from tests.desk_at_hand import BLOCKED, EMPLOYER, LOTSE, OTHER, REFUSED, A, B, Desk


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
