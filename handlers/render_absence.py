"""Absences → HTML."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.absence_days import Days, Unclear
from bot.absences import Handed
from bot.clock import from_ms
from bot.model import Case, Key, Outgoing
from bot.standing_in import Passed, Presence, StandIn
from bot.tables.absences import Absence
from bot.workdays import BERLIN
from handlers import buttons, texts_absence, texts_cases
from handlers.render import key, plain, shortened, turning
from handlers.render_cases import name
from knowledge.directory import Directory, Lotse, LotseId

_LABEL = 44
_A_PAGE = 6
_MOST_CASES = 8
_LINES = 10
_EXAMPLE = timedelta(days=14)

Place = Callable[[Case], str]


def span(starts_at: int, ends_at: int, now: datetime) -> str:
    """The days of an absence, as of ``now``."""
    starts = from_ms(starts_at)
    return texts_absence.span(starts, from_ms(ends_at - 1), begun=starts <= now)


def lotse_name(lotse: str, directory: Directory) -> str:
    """The Lotse in one line, also one who is not in the directory any more."""
    known = directory.lotsen.get(LotseId(lotse))
    return name(known, directory) if known is not None else plain(lotse)


def deputy_name(lotse: str, directory: Directory) -> str:
    """Who stands in, or that nobody does."""
    return lotse_name(lotse, directory) if lotse else texts_absence.NO_DEPUTY


def state(absence: Absence | None, directory: Directory, now: datetime) -> Outgoing:
    """/abwesend without a date: what is entered, and how to enter it."""
    usage = _usage(now)
    if absence is None:
        return Outgoing(texts_absence.NOT_AWAY + usage)
    begun = from_ms(absence.starts_at) <= now
    text = (texts_absence.IS_AWAY if begun else texts_absence.WILL_BE_AWAY).format(
        span=span(absence.starts_at, absence.ends_at, now), deputy=deputy_name(absence.acting, directory)
    )
    return Outgoing(text + usage, _keys_of(absence))


def _usage(now: datetime) -> str:
    start = now.date() + _EXAMPLE
    return texts_absence.USAGE.format(start=f"{start:%d.%m.}", example=f"{start + timedelta(days=9):%d.%m.}")


def unclear(problem: Unclear, today: date) -> Outgoing:
    """A kind sentence and an example."""
    example = f"{today + _EXAMPLE:%d.%m.}"
    return Outgoing(texts_absence.TRY.format(problem=texts_absence.UNCLEAR[problem], example=example))


def days_keys(days: Days) -> tuple[int, int]:
    """First and last day as they stand in a button."""
    return int(f"{days.first:%Y%m%d}"), int(f"{days.last:%Y%m%d}")


def proposal(
    days: Days, found: StandIn, others: Sequence[Absence], directory: Directory, now: datetime
) -> Outgoing:
    """Who could stand in, who could not and why; nothing is stored before the tap."""
    deputy = directory.lotsen.get(LotseId(found.link.lotse)) if found.link is not None else None
    named = texts_absence.PROPOSED_NOBODY
    if deputy is not None:
        text = texts_absence.PROPOSED_COORDINATOR if found.coordinator else texts_absence.PROPOSED
        named = text.format(name=name(deputy, directory), organisation=plain(deputy.organisation))
    lines = "\n".join(_passed(one, directory, now) for one in found.passed)
    absent = ", ".join(lotse_name(one.lotse, directory) for one in others)
    text = texts_absence.PROPOSAL.format(
        span=span(days.starts_at, days.ends_at, now),
        deputy=named,
        passed=texts_absence.PASSED_HEADING.format(lines=lines) if lines else "",
        for_others=texts_absence.FOR_OTHERS.format(names=absent) if absent else "",
        new_cases=texts_absence.NEW_CASES if deputy is not None else "",
    )
    first, last = days_keys(days)
    rows = [(key(texts_absence.KEY_ENTER, buttons.EnterAbsence(first, last, deputy.id if deputy else "")),)]
    if deputy is not None:
        rows.append((key(texts_absence.KEY_OTHERS, buttons.OtherDeputies(first, last, 0)),))
    rows.append((key(texts_absence.KEY_DROP, buttons.DropAbsence()),))
    return Outgoing(text, tuple(rows))


def _passed(one: Passed, directory: Directory, now: datetime) -> str:
    away = span(one.absence.starts_at, one.absence.ends_at, now) if one.absence else ""
    text = texts_absence.PASSED.get(one.why, texts_absence.PASSED[Presence.UNLINKED]).format(
        name=lotse_name(one.lotse, directory), span=away
    )
    return text + (texts_absence.PASSED_LOOP if one.loop else "")


def others(days: Days, free: Sequence[str], page: int, directory: Directory, now: datetime) -> Outgoing:
    """Everybody who could stand in, page by page."""
    first, last = days_keys(days)
    pages = max(1, -(-len(free) // _A_PAGE))
    page = min(max(page, 0), pages - 1)
    known = [directory.lotsen[LotseId(one)] for one in free[page * _A_PAGE : (page + 1) * _A_PAGE]]
    rows = [(key(_choice(one), buttons.EnterAbsence(first, last, one.id)),) for one in known]
    turn = turning(page, pages, lambda number: buttons.OtherDeputies(first, last, number))
    drop = (key(texts_absence.KEY_DROP, buttons.DropAbsence()),)
    text = texts_absence.OTHERS.format(span=span(days.starts_at, days.ends_at, now))
    return Outgoing(text if free else texts_absence.OTHERS_NONE, (*rows, turn, drop))


def _choice(lotse: Lotse) -> str:
    return shortened(f"{lotse.name} · {lotse.organisation}", 60)


def entered(
    absence: Absence, left: Sequence[Case], directory: Directory, place: Place, now: datetime
) -> Outgoing:
    """It is stored; what follows now."""
    begun = from_ms(absence.starts_at) <= now
    text = texts_absence.ENTERED.format(
        span=span(absence.starts_at, absence.ends_at, now), deputy=deputy_name(absence.acting, directory)
    )
    if not begun:
        return Outgoing(text + texts_absence.ENTERED_LATER, _keys_of(absence))
    if absence.acting:
        text += texts_absence.ENTERED_GIVEN
    offered = offer(left, place) if absence.acting else ()
    text += texts_absence.LEFT.format(count=len(left)) if offered else ""
    text += texts_absence.LEFT_NONE if not left else ""
    return Outgoing(text, (*offered, *_keys_of(absence)))


def offer(left: Sequence[Case], place: Place) -> tuple[tuple[Key, ...], ...]:
    """Buttons that hand cases over: all, one, none."""
    if not left:
        return ()
    rows = [(key(texts_absence.KEY_HAND_ALL.format(count=len(left)), buttons.HandOverAll()),)]
    if len(left) > 1:
        rows += [
            (
                key(
                    shortened(
                        texts_absence.KEY_HAND_ONE.format(number=case.number, place=place(case)), _LABEL
                    ),
                    buttons.HandOverCase(case.id),
                ),
            )
            for case in left[:_MOST_CASES]
        ]
    return (*rows, (key(texts_absence.KEY_KEEP_CASES, buttons.KeepCases()),))


def handed(outcome: Handed, directory: Directory, place: Place, *, away: bool) -> Outgoing:
    """What was handed over, and what is left."""
    if outcome.count:
        text = texts_absence.HANDED.format(deputy=lotse_name(outcome.to, directory), count=outcome.count)
    elif not away:
        return Outgoing(texts_absence.NOT_ENTERED)
    else:
        text = texts_absence.HANDED_NOBODY if outcome.left else texts_absence.HANDED_NONE
    offered = offer(outcome.left, place) if outcome.count else ()
    text += texts_absence.LEFT.format(count=len(outcome.left)) if offered else ""
    return Outgoing(text, offered)


def _keys_of(absence: Absence) -> tuple[tuple[Key, ...], ...]:
    last = from_ms(absence.ends_at - 1).astimezone(BERLIN).date()
    first = from_ms(absence.starts_at).astimezone(BERLIN).date()
    change = buttons.OtherDeputies(*days_keys(Days(first, last)), 0)
    return (
        (key(texts_absence.KEY_CHANGE, change),),
        (key(texts_absence.KEY_END, buttons.EndAbsence()),),
    )


def before_preview(shown: Outgoing, absence: Absence, directory: Directory, now: datetime) -> Outgoing:
    """The preview of a question that goes to whoever stands in says so first."""
    return _before(texts_absence.PREVIEW_INSTEAD, shown, absence, directory, now)


def before_contact(shown: Outgoing, absence: Absence, directory: Directory, now: datetime) -> Outgoing:
    """The contact card when nobody stands in."""
    return _before(texts_absence.CONTACT_AWAY, shown, absence, directory, now)


def _before(text: str, shown: Outgoing, absence: Absence, directory: Directory, now: datetime) -> Outgoing:
    away = span(absence.starts_at, absence.ends_at, now)
    return replace(
        shown, html=text.format(lotse=lotse_name(absence.lotse, directory), span=away) + shown.html
    )


def words_wait(
    shown: Outgoing, case: Case, absence: Absence, directory: Directory, now: datetime
) -> Outgoing:
    """The employer wrote to a Lotse who is away: said so, with the way to whoever stands in."""
    away = span(absence.starts_at, absence.ends_at, now)
    text = texts_absence.AWAY_NOW.format(lotse=lotse_name(absence.lotse, directory), span=away)
    ask = key(texts_absence.KEY_ASK_STAND_IN, buttons.AskStandIn(case.id))
    keys = ((ask,), *shown.keys) if absence.acting else shown.keys
    return replace(shown, html=shown.html + text, keys=keys)


def status_line(absence: Absence, now: datetime) -> str:
    """What /status adds about a Lotse who is away."""
    return texts_absence.STATUS_AWAY.format(span=span(absence.starts_at, absence.ends_at, now))


def meanwhile(cases: Sequence[Case], directory: Directory, place: Place) -> str:
    """What others did for a Lotse who is back."""
    if not cases:
        return texts_absence.MEANWHILE_NONE
    lines = [
        texts_absence.MEANWHILE_LINE.format(
            number=plain(case.number),
            place=plain(place(case)),
            state=texts_cases.STATES[case.state],
            lotse=lotse_name(case.lotse, directory),
        )
        for case in cases[-_LINES:]
    ]
    if len(cases) > _LINES:
        lines.append(texts_absence.MEANWHILE_MORE.format(count=len(cases) - _LINES))
    return texts_absence.MEANWHILE.format(count=len(cases), lines="\n".join(lines))
