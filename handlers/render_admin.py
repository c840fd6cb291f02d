"""What admins read: the result of a reload, why an answer was given, lists of Lotsen."""

from collections.abc import Sequence

from bot.model import Outgoing
from bot.reload import Reloaded
from handlers import texts
from handlers.render import plain, shortened
from knowledge.directory import Lotse
from knowledge.problems import Problem
from knowledge.understanding import Explanation

_MOST_PROBLEMS = 15
_MOST_IDS = 30
_LONGEST_PROBLEM = 220


def reloaded(done: Reloaded) -> Outgoing:
    """What changed."""
    if done.same:
        return Outgoing(texts.RELOAD_SAME.format(entries=done.entries))
    changes = "".join(
        heading.format(count=len(ids), ids=_ids(ids))
        for heading, ids in (
            (texts.RELOAD_ADDED, done.added),
            (texts.RELOAD_CHANGED, done.changed),
            (texts.RELOAD_REMOVED, done.removed),
        )
        if ids
    )
    lotsen = [
        f"{word} {_ids(ids)}"
        for word, ids in (
            ("neu", done.lotsen_added),
            ("geändert", done.lotsen_changed),
            ("entfernt", done.lotsen_removed),
        )
        if ids
    ]
    directory = texts.RELOAD_DIRECTORY.format(
        lotsen=done.lotsen, changes=f" ({'; '.join(lotsen)})" if lotsen else ""
    )
    text = texts.RELOAD_DONE.format(
        entries=done.entries, phrasings=done.phrasings, changes=changes + directory
    )
    return Outgoing(text)


def refused(problems: Sequence[Problem]) -> Outgoing:
    """What has to be mended first, with file and line."""
    lines = [f"• {plain(shortened(str(problem), _LONGEST_PROBLEM))}" for problem in problems[:_MOST_PROBLEMS]]
    text = texts.RELOAD_FAILED.format(count=len(problems), problems="\n".join(lines))
    left = len(problems) - _MOST_PROBLEMS
    return Outgoing(text + (texts.RELOAD_MORE.format(count=left) if left > 0 else ""))


def many_lotsen(lotsen: Sequence[Lotse]) -> Outgoing:
    """Several match: the admin repeats with the id."""
    lines = "\n".join(f"<code>{plain(lotse.id)}</code> {plain(lotse.name)}" for lotse in lotsen)
    return Outgoing(texts.INVITE_MANY.format(lotsen=lines))


def explanation(question: str, why: Explanation) -> Outgoing:
    """Why this answer: the step that decided, score parts, runners-up, thresholds."""
    return Outgoing(f"<b>{plain(shortened(question, 200))}</b>\n\n{plain(why.text())}")


def _ids(ids: Sequence[str]) -> str:
    more = len(ids) - _MOST_IDS
    return plain(", ".join(ids[:_MOST_IDS])) + (f" … und {more} weitere" if more > 0 else "")
