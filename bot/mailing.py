"""A case that goes to its Lotse by mail: what is sent, and what follows from it for the employer.

Such a case stays open until the employer was asked whether an answer came: it always has a next step. Nobody claims that
a mail was read; the bot knows only that the mail server took it.
"""

from typing import assert_never

from bot.alarms import Alarm, Alarms
from bot.clock import Clock, to_ms
from bot.model import Case, CaseId, CaseState, ChatId, Delivered, Notice, NoticeKind, Undeliverable
from bot.steps import Promise
from bot.storage import Transaction
from bot.tables import cases as rows
from bot.tables import outbox

CASE, WITHDRAWN, ERASED = "fall", "zurueckgezogen", "geloescht"
UNMAILED = "unmailed"  # who closed it: the mail did not get out
MAIL = "mail"  # who closed it: it is in the Lotse's mailbox, and the employer has the contact


def lane(case: CaseId) -> ChatId:
    """The line of the outbox that a case's mails wait in: no person's chat is negative, and one mail holds up no other."""
    return ChatId(-case)


def name(number: str, what: str) -> str:
    """The name of a mail: one row of the outbox, one name."""
    return f"{what}-{number}".lower()


async def put(tx: Transaction, case: Case, what: str, now: int) -> None:
    """A mail to the Lotse of the case; it says nothing that is not in the case by then."""
    await _put(tx, case.id, case.number, case.lotse, what, now)


async def erased(tx: Transaction, case: CaseId, now: int) -> None:
    """Whoever got the data is told that they are to go (GDPR Art. 19); before the case is erased."""
    sent = await rows.mailed_to(tx, case)
    if sent is not None:
        await _put(tx, case, *sent, ERASED, now)


async def _put(tx: Transaction, case: CaseId, number: str, lotse: str, what: str, now: int) -> None:
    data = {"what": what, "lotse": lotse, "number": number}
    kept = None if what == ERASED else case  # the row outlives the case that it says is gone
    dedupe = f"case{case}:mail:{what}:{number}"
    await outbox.put(tx, lane(case), NoticeKind.MAIL, case=kept, dedupe=dedupe, now=now, data=data)


async def withdrawn(tx: Transaction, case: Case, now: int) -> None:
    """The employer ended it: what is not sent yet will not be, what is sent gets a second mail."""
    if case.mailed_at is not None:
        await put(tx, case, WITHDRAWN, now)
    else:
        await outbox.call_off_all(tx, case.id, NoticeKind.MAIL, now)


async def climb(tx: Transaction, case: Case, now: int) -> bool:
    """The step that is due: the mail did not get out in time, or the employer is asked whether an answer came."""
    sent = case.mailed_at is not None
    if not await rows.close(tx, case.id, MAIL if sent else UNMAILED, now):
        return False
    await outbox.call_off_all(tx, case.id, NoticeKind.MAIL, now)
    kind = NoticeKind.MAIL_ASKED if sent else NoticeKind.UNREACHABLE
    await outbox.put(tx, case.employer, kind, case=case.id, dedupe=f"case{case.id}:{kind}:{now}", now=now)
    return True


class Mailing:
    """Draws the consequences of a mail, in the transaction that records its outcome."""

    def __init__(self, clock: Clock, answer_due: Promise, alarms: Alarms) -> None:
        """``answer_due``: when the employer is asked whether an answer came."""
        self._clock = clock
        self._answer_due = answer_due
        self._alarms = alarms

    async def settled(self, tx: Transaction, notice: Notice, outcome: Delivered | Undeliverable) -> None:
        """The mail server took it, or it will never get out."""
        now = to_ms(self._clock.now())
        if isinstance(outcome, Undeliverable):
            ref = (
                outcome.reason if " " not in outcome.reason else "adresse"
            )  # left the directory, or lost the address
            await self._alarms.happened(tx, Alarm.MAIL, ref)
        case = await rows.get(tx, notice.case) if notice.case is not None else None
        if case is None or notice.data["what"] != CASE:
            return
        match outcome:
            case Delivered() if case.state is CaseState.CLOSED:  # while it was on the way
                await put(tx, case, WITHDRAWN, now)
            case Delivered():
                due = self._answer_due(case.lotse, urgent=case.urgent)
                if await rows.mailed(tx, case.id, now, due):
                    await self._tell(tx, case, NoticeKind.MAILED, now)
            case Undeliverable():
                if case.by_mail and await rows.close(tx, case.id, UNMAILED, now):
                    await self._tell(tx, case, NoticeKind.UNREACHABLE, now)
            case _:
                assert_never(outcome)

    async def _tell(self, tx: Transaction, case: Case, kind: NoticeKind, now: int) -> None:
        dedupe = f"case{case.id}:{kind}:{now}"
        await outbox.put(tx, case.employer, kind, case=case.id, dedupe=dedupe, now=now)
