"""The two people of a case: who a chat is in it, where the other one is reached, what both are shown.

Every step asks this anew from the database: a case that was passed on is nobody else's from then on.
"""

from bot.model import Case, CaseId, ChatId, NoticeKind, Party
from bot.storage import Reader, Transaction
from bot.tables import absences, outbox, people
from bot.tables import cases as rows
from bot.tables.people import Link

# Words of a person in one message: Telegram takes 4,096 code points, our heading needs some of them.
LONGEST_WORDS = 3000


async def case_of(tx: Transaction, case_id: CaseId, party: Party, chat: ChatId) -> Case | None:
    """The case, if ``chat`` is this party of it."""
    case = await rows.get(tx, case_id)
    if case is None:
        return None
    if party is Party.EMPLOYER:
        return case if case.employer == chat else None
    link = await people.link_of_chat(tx, chat)
    return case if link is not None and link.lotse == case.lotse else None


async def other_side(tx: Transaction, case: Case, party: Party) -> ChatId | None:
    """The chat of the other one; ``None`` when the Lotse is not linked any more."""
    if party is Party.LOTSE:
        return case.employer
    link = await people.link_of_lotse(tx, case.lotse)
    return link.chat if link is not None else None


async def there(tx: Transaction, lotse: str, now: int) -> Link | None:
    """The link of a Lotse who can be asked at this moment (ms): has not blocked the bot and is not away."""
    link = await people.link_of_lotse(tx, lotse)
    if link is None or link.blocked or await absences.now_of(tx, lotse, now) is not None:
        return None
    return link


async def in_charge(reader: Reader, case: Case, chat: ChatId) -> bool:
    """Whether ``chat`` is that of the Lotse who has the case now."""
    link = await people.link_of_lotse(reader, case.lotse)
    return link is not None and link.chat == chat


async def update_card(tx: Transaction, case: Case, dedupe: str, now: int) -> None:
    """The Lotse's card will show the case as it is then."""
    link = await people.link_of_lotse(tx, case.lotse)
    if link is not None:
        await outbox.put(tx, link.chat, NoticeKind.CARD_UPDATE, case=case.id, dedupe=dedupe, now=now)


async def card_moved(tx: Transaction, case: Case, before: Link | None, dedupe: str, now: int) -> None:
    """The card of whoever had the case until now says who has it; ``case``: as it was while it was there."""
    if before is not None and case.card is not None:
        kind, data = NoticeKind.CARD_UPDATE, {"message": case.card[1]}
        await outbox.put(tx, before.chat, kind, case=case.id, dedupe=dedupe, now=now, data=data)


async def offer_over(tx: Transaction, case: Case, dedupe: str, now: int) -> None:
    """Whoever was offered the case sees that it is not any longer; ``case``: as it was while it was offered."""
    link = await people.link_of_lotse(tx, case.offered_to) if case.offered_to else None
    if link is not None and case.offer_message is not None:
        kind, data = NoticeKind.OFFER_OVER, {"message": case.offer_message}
        await outbox.put(tx, link.chat, kind, case=case.id, dedupe=dedupe, now=now, data=data)


async def unreachable(tx: Transaction, case: Case, now: int, data: dict[str, str] | None = None) -> bool:
    """The Lotse cannot be reached: the case ends and the employer gets the contact; ``False`` when it had ended before."""
    if not await rows.close(tx, case.id, "unreachable", now):
        return False
    await offer_over(tx, case, f"case{case.id}:offer-over:{now}", now)
    kind, dedupe = NoticeKind.UNREACHABLE, f"case{case.id}:unreachable:{now}"
    await outbox.put(tx, case.employer, kind, case=case.id, dedupe=dedupe, now=now, data=data)
    return True


async def put_words(
    tx: Transaction, target: ChatId, kind: NoticeKind, text: str, *, case: CaseId, cause: str, now: int
) -> None:
    """One or more messages that hold ``text``; nothing when this cause has already sent it."""
    for number, part in enumerate(parts(text, LONGEST_WORDS)):
        data = {"text": part}
        await outbox.put(tx, target, kind, case=case, dedupe=f"{cause}:{number}", now=now, data=data)


def parts(text: str, longest: int) -> tuple[str, ...]:
    """``text`` in pieces of at most ``longest`` code points, cut at a line or word where there is one."""
    pieces = []
    while len(text) > longest:
        cut = max(text.rfind("\n", 0, longest), text.rfind(" ", 0, longest)) + 1 or longest
        pieces.append(text[:cut])
        text = text[cut:]
    return (*pieces, text)
