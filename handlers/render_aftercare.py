"""What an employer is shown when a case has ended."""

from datetime import timedelta

from bot.model import Case, CaseState, Key, MessageId, Outgoing
from bot.outcomes import Done, NotReachable, NotYours, TooLate
from handlers import buttons, texts_cases, texts_desk, texts_mail
from handlers.render import key, plain


def closed(case: Case) -> Outgoing:
    """The end, with the question whether it helped, and the way back."""
    text = texts_cases.CASE_CLOSED_TO_EMPLOYER.format(number=plain(case.number)) + texts_desk.DID_IT_HELP
    yes = key(texts_desk.KEY_HELPED, buttons.CaseHelped(case.id, 1))
    no = key(texts_desk.KEY_NOT_HELPED, buttons.CaseHelped(case.id, 0))
    return Outgoing(text, ((yes, no), *reopening(case)))


def not_helped(case: Case, reopens_for: timedelta) -> Outgoing:
    """It did not help."""
    return Outgoing(texts_desk.NOT_HELPED.format(span=_days(reopens_for)), reopening(case))


def _days(span: timedelta) -> str:
    return f"{span.days} Tage" if span.days != 1 else "einen Tag"


def reopening(case: Case) -> tuple[tuple[Key, ...], ...]:
    """The button that opens a case again."""
    label = texts_desk.KEY_REOPEN.format(number=case.number)
    return ((key(label, buttons.ReopenCase(case.id)),),)


def not_carried(case: Case, reply_to: MessageId | None, *, employer: bool) -> Outgoing:
    """Words or files that go nowhere: the case is over, or its Lotse has only a mail of it."""
    if case.by_mail and case.state is not CaseState.CLOSED:
        return Outgoing(texts_mail.NOTHING_MORE.format(number=plain(case.number)), reply_to=reply_to)
    keys = reopening(case) if employer else ()
    return Outgoing(texts_cases.CASE_CLOSED_ALREADY, keys, reply_to=reply_to)


def reopened(
    outcome: Done | TooLate | NotYours | NotReachable, reopens_for: timedelta, *, words: bool
) -> Outgoing:
    """What came of the wish to open a case again; ``words``: something was written with it."""
    match outcome:
        case Done(case=case):
            text = texts_desk.REOPENED_WITH_WORDS if words else texts_desk.REOPENED_BY_YOU
            return Outgoing(text.format(number=plain(case.number)))
        case TooLate():
            return Outgoing(texts_desk.REOPEN_TOO_LATE.format(span=_days(reopens_for)))
        case NotReachable():
            return Outgoing(texts_desk.REOPEN_UNREACHABLE)
        case NotYours():
            return Outgoing(texts_cases.NOT_YOURS)
