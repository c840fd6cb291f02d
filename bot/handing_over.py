"""A case goes to whoever stands in: one statement with one winner, both Lotsen and the employer are told in the same transaction."""

from bot import parties
from bot.model import Case, NoticeKind
from bot.steps import Promise
from bot.storage import Transaction
from bot.tables import cases as rows
from bot.tables import outbox, people
from bot.tables.absences import Absence
from bot.tables.people import Link


async def hand_over(
    tx: Transaction, case: Case, to: Link, absence: Absence, promise: Promise, now: int, *, told: str = ""
) -> bool:
    """``False`` when somebody was faster, or the case went by mail: that has a next step of its own, and the employer agreed
    to this Lotse's mailbox. Then nothing changed and nobody is told anything. ``told``: the cause, when a press is one."""
    if case.by_mail:
        return False
    if not await rows.hand_over(tx, case, to.lotse, promise(to.lotse, urgent=case.urgent), now):
        return False
    await parties.offer_over(tx, case, f"case{case.id}:offer-over:{now}", now)
    own = await people.link_of_lotse(tx, case.lotse)
    cause = f"case{case.id}:{case.lotse}:{to.lotse}:{now}"
    await parties.card_moved(tx, case, own, f"{cause}:card:handed", now)
    await outbox.put(tx, to.chat, NoticeKind.CARD, case=case.id, dedupe=f"{cause}:card", now=now)
    await outbox.put(
        tx,
        case.employer,
        NoticeKind.HANDED_OVER,
        case=case.id,
        dedupe=told or f"{cause}:handed",
        now=now,
        data={"from": case.lotse, "lotse": to.lotse, "starts": absence.starts_at, "ends": absence.ends_at},
    )
    return True
