"""The weekly digest → HTML, with a way into each of its parts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.library import Edition
from bot.model import Case, Key, Outgoing
from handlers import buttons, render_survey, texts_waiting, texts_weekly
from handlers.render import key, plain, shortened

_TITLE, _LABEL = 70, 44
_MOST_NAMES = 5


def weekly(week: Mapping[str, Any], oldest: Case | None, edition: Edition, now: datetime) -> Outgoing:
    """``week``: the fields of ``bot.weekly.Week``, and "admin"; ``oldest``: its case, if it still waits."""
    waiting = "\n".join(_waiting(week, oldest, now)) or texts_weekly.NOTHING
    blocks = [f"{texts_weekly.HEADING}\n{waiting}"]
    disliked = [(entry, _title(entry, edition, _TITLE), count) for entry, count in week["disliked"]]
    confused = [
        (
            one,
            texts_weekly.PAIR.format(one=_title(one, edition, _TITLE), other=_title(other, edition, _TITLE)),
            count,
        )
        for one, other, count in week["confused"]
    ]
    for text, found in ((texts_weekly.DISLIKED, disliked), (texts_weekly.CONFUSED, confused)):
        if found:
            blocks.append(text.format(lines="\n".join(_line(name, count) for _, name, count in found)))
    laender = render_survey.laender(week["laender"], week["laender_rest"])
    if laender:
        lines = "\n".join(_line(name, count) for name, count in laender)
        blocks.append(texts_weekly.LAENDER.format(lines=lines))
    if len(blocks) > 1:
        blocks.append(texts_weekly.NOTE)
    return Outgoing("\n\n".join(blocks), tuple(_keys(week, edition)))


def _waiting(week: Mapping[str, Any], oldest: Case | None, now: datetime) -> list[str]:
    lines = []
    if week["gaps"]:
        lines.append(texts_weekly.GAPS.format(count=week["gaps"]))
    if week["due"]:
        lines.append(texts_weekly.DUE.format(due=week["due"], overdue=week["overdue"]))
    if week["laws"]:
        lines.append(texts_weekly.LAWS.format(count=week["laws"]))
    if oldest is not None:
        age = texts_waiting.age(now - oldest.opened_at)
        lines.append(texts_weekly.OLDEST.format(number=plain(oldest.number), age=age))
    if week["blocked"]:
        names = ", ".join(map(plain, week["blocked"][:_MOST_NAMES]))
        more = len(week["blocked"]) - _MOST_NAMES
        shown = texts_weekly.MORE.format(names=names, count=more) if more > 0 else names
        lines.append(texts_weekly.BLOCKED.format(names=shown))
    if week["unlinked"]:
        lines.append(texts_weekly.UNLINKED.format(count=week["unlinked"]))
    return lines


def _keys(week: Mapping[str, Any], edition: Edition) -> list[tuple[Key, ...]]:
    first = [(texts_weekly.KEY_GAPS, "gaps")] if week["gaps"] else []
    first += [(texts_weekly.KEY_DUE, "due")] if week["due"] else []
    first += [(texts_weekly.KEY_LAWS, "laws")] if week["laws"] else []
    last = [(texts_weekly.KEY_SURVEY, "survey")]
    last += [(texts_weekly.KEY_COVERAGE, "coverage")] if week["admin"] else []
    rows = [tuple(key(label, buttons.OpenReport(report)) for label, report in row) for row in (first, last)]
    entries = [(texts_weekly.KEY_DISLIKED, entry) for entry, _ in week["disliked"]]
    entries += [(texts_weekly.KEY_CONFUSED, entry) for pair in week["confused"] for entry in pair[:2]]
    rows[1:1] = [
        (key(label.format(title=_title(entry, edition, _LABEL)), buttons.ShowEntry(entry)),)
        for entry, label in {entry: label for label, entry in reversed(entries)}.items()
    ]
    return [row for row in rows if row]


def _line(name: str, count: int) -> str:
    if not count:
        return texts_weekly.LINE.format(name=plain(name))
    return texts_weekly.COUNTED.format(name=plain(name), count=count)


def _title(entry: str, edition: Edition, longest: int) -> str:
    found = edition.knowledge.get(entry)
    return shortened(found.title, longest) if found else entry
