"""The gate → HTML: how far a check is, what a candidate changes, what came of it, the versions to return to."""

from collections.abc import Callable, Iterable, Sequence
from typing import assert_never

from bot import gate
from bot.gating import Comparison, KreisLost, Stage
from bot.model import ChatId, Key, Outgoing
from bot.succession import Orphan
from bot.versions import Origin, Version
from handlers import buttons, render, texts_admin
from handlers.render import key, plain, shortened
from knowledge.changes import Change
from knowledge.directory import Directory, LotseId
from knowledge.evaluation import Verdict
from knowledge.problems import Problem

_MOST = (10, 6, 4, 2)  # lines of each list: as many as one message holds
_LONGEST = 3900  # of 4,096 code points, Bot API "sendMessage"; HTML is never shorter than what it shows
_MOST_PROBLEMS = 15
_LONGEST_PROBLEM = 220
_QUESTION = 80
_IDS_A_LINE = 2  # ids take less room than questions

Checked = gate.Checked | gate.NothingToEdit | gate.BadName


def progress(stage: Stage) -> Outgoing:
    """What is done and what runs."""
    return Outgoing(texts_admin.PROGRESS[stage] + texts_admin.PROGRESS_HINT)


def checked(outcome: Checked, directory: Directory) -> Outgoing:
    """The result of a check; ``directory`` is the one in use, for the names of Lotsen that go."""
    match outcome:
        case gate.Passed(candidate=candidate):
            keys = (
                (key(texts_admin.KEY_ACCEPT, buttons.AcceptCandidate(candidate.prefix)),),
                (key(texts_admin.KEY_DISCARD, buttons.DiscardCandidate(candidate.prefix)),),
            )
            return Outgoing(_fitting(lambda most: _report(outcome, directory, most)), keys)
        case gate.TooMuchLost():
            return Outgoing(_fitting(lambda most: _too_much(outcome, most)))
        case gate.Refused(problems=problems):
            return refused(problems)
        case gate.Same(version=version):
            meta = version.meta
            return Outgoing(texts_admin.SAME.format(number=meta.number, entries=meta.entries))
        case gate.NothingToEdit():
            return Outgoing(texts_admin.NOTHING_TO_EDIT)
        case gate.Busy():
            return Outgoing(texts_admin.BUSY)
        case gate.Failed():
            return Outgoing(texts_admin.FAILED)
        case gate.BadName():
            return Outgoing(texts_admin.FILE_NAME)
        case _:
            assert_never(outcome)


def refused(problems: Sequence[Problem]) -> Outgoing:
    """What has to be mended first, with file and line."""
    lines = [f"• {plain(shortened(str(problem), _LONGEST_PROBLEM))}" for problem in problems[:_MOST_PROBLEMS]]
    if left := len(problems) - len(lines):
        lines.append(texts_admin.REFUSED_MORE.format(count=left))
    return Outgoing(_counted(texts_admin.REFUSED, len(problems)) + "\n\n" + "\n".join(lines))


def settled(outcome: gate.Settled, *, editable: bool) -> Outgoing:
    """What came of a button; ``editable``: there is a folder of the editors."""
    match outcome:
        case gate.Accepted():
            return Outgoing("\n".join(_accepted(outcome, editable=editable)))
        case gate.Already(version=version):
            return Outgoing(texts_admin.ALREADY.format(number=version.meta.number))
        case gate.Stale():
            return Outgoing(texts_admin.STALE)
        case gate.Refused(problems=problems):
            return refused(problems)
        case gate.Failed():
            return Outgoing(texts_admin.FAILED)
        case _:
            assert_never(outcome)


def versions(found: Sequence[Version], reader: ChatId) -> Outgoing:
    """The versions that are kept, newest first, with a button for each but the one in use."""
    lines = [_version(version, reader, current=not number) for number, version in enumerate(found)]
    text = texts_admin.ROLLBACK if len(found) > 1 else texts_admin.ROLLBACK_ONLY_ONE
    keys: list[tuple[Key, ...]] = []
    for version in found[1:]:
        meta = version.meta
        label = texts_admin.KEY_VERSION.format(number=meta.number, at=render.moment(meta.at))
        keys.append((key(label, buttons.RollBack(meta.number)),))
    return Outgoing(text.format(versions="\n\n".join(lines)), tuple(keys))


def _version(version: Version, reader: ChatId, *, current: bool) -> str:
    meta = version.meta
    if not meta.author:
        who = texts_admin.BY_PROGRAM
    elif meta.author == reader:
        who = texts_admin.BY_YOU
    else:
        who = texts_admin.BY_PERSON.format(chat=meta.author)
    return texts_admin.VERSION.format(
        number=meta.number,
        current=texts_admin.VERSION_CURRENT if current else "",
        at=render.moment(meta.at),
        who=who,
        entries=meta.entries,
        lotsen=meta.lotsen,
        digest=meta.digest[:8],
        origin=texts_admin.ORIGINS[meta.origin].format(to=meta.returned_to),
    )


def _accepted(outcome: gate.Accepted, *, editable: bool) -> Iterable[str]:
    meta = outcome.version.meta
    back = meta.origin is Origin.ROLLBACK
    text = texts_admin.ROLLED_BACK if back else texts_admin.ACCEPTED
    yield text.format(number=meta.number, to=meta.returned_to, entries=meta.entries, lotsen=meta.lotsen)
    written = outcome.written
    if written is not None and not written.done:
        yield texts_admin.NOT_WRITTEN
    elif written is not None:
        yield (
            texts_admin.WRITTEN_KEPT.format(kept=plain(written.kept)) if written.kept else texts_admin.WRITTEN
        )
    if back and editable:
        yield texts_admin.FOLDER_STAYS
    yield texts_admin.HOW_TO_RETURN


def _fitting(compose: Callable[[int], str]) -> str:
    """The text with the longest lists that fit into one message."""
    return next((text for most in _MOST if len(text := compose(most)) <= _LONGEST), compose(_MOST[-1]))


def _report(outcome: gate.Passed, directory: Directory, most: int) -> str:
    found, changes = outcome.comparison, outcome.comparison.changes
    file = outcome.candidate.note.file
    heading = texts_admin.REPORT_FILE if file else texts_admin.REPORT
    blocks = [
        heading.format(
            file=plain(file), entries=found.entries, phrasings=found.phrasings, lotsen=found.lotsen
        ),
        _contents(found, most),
        _warnings(found, outcome.orphans, directory, most),
        _questions(texts_admin.LOST, changes.lost, most),
        _questions(texts_admin.ANSWERED, changes.answered, most),
        _questions(texts_admin.MOVED, changes.moved, most),
        _figures(found),
    ]
    return "\n\n".join(block for block in blocks if block)


def _too_much(outcome: gate.TooMuchLost, most: int) -> str:
    changes, limits = outcome.comparison.changes, outcome.limits
    blocks = [texts_admin.TOO_MUCH]
    if len(changes.lost) > limits.lost:
        blocks.append(texts_admin.TOO_MUCH_LOST.format(count=len(changes.lost), limit=limits.lost))
    if len(changes.answered) > limits.answered:
        blocks.append(
            texts_admin.TOO_MUCH_ANSWERED.format(count=len(changes.answered), limit=limits.answered)
        )
    blocks += [
        _questions(texts_admin.LOST, changes.lost, most),
        _questions(texts_admin.ANSWERED, changes.answered, most),
        _contents(outcome.comparison, most),
        texts_admin.TOO_MUCH_ADVICE,
    ]
    return "\n\n".join(block for block in blocks if block)


def _contents(found: Comparison, most: int) -> str:
    """Which entries and Lotsen are new, changed, gone."""
    lists = (
        (texts_admin.REPORT_ADDED, found.added),
        (texts_admin.REPORT_CHANGED, found.changed),
        (texts_admin.REPORT_REMOVED, found.removed),
        (texts_admin.LOTSEN_ADDED, found.lotsen_added),
        (texts_admin.LOTSEN_CHANGED, found.lotsen_changed),
        (texts_admin.LOTSEN_REMOVED, found.lotsen_removed),
    )
    lines = [
        heading.format(count=len(ids), ids=_some(map(plain, ids), len(ids), most * _IDS_A_LINE))
        for heading, ids in lists
        if ids
    ]
    return "\n".join(lines) or texts_admin.REPORT_AROUND


def _warnings(found: Comparison, orphans: Sequence[Orphan], directory: Directory, most: int) -> str:
    """Who would have nobody any longer."""
    lines = []
    if found.kreise_lost:
        kreise = _some(map(_kreis, found.kreise_lost), len(found.kreise_lost), most)
        count = _counted(texts_admin.KREIS, len(found.kreise_lost))
        lines.append(texts_admin.KREISE_LOST.format(count=count, kreise=kreise))
    if orphans:
        lines_of_cases = (f"• {_orphan(orphan, directory)}" for orphan in orphans)
        cases = _some(lines_of_cases, len(orphans), most, between="\n")
        count = _counted(texts_admin.CASE, len(orphans))
        lines.append(texts_admin.ORPHANS.format(count=count, cases=cases))
    return "\n".join(lines)


def _kreis(lost: KreisLost) -> str:
    return plain(f"{lost.kreis} ({', '.join(lost.bodies)})" if lost.bodies else lost.kreis)


def _orphan(orphan: Orphan, directory: Directory) -> str:
    """Which case it is and where it goes; an heir may be new in the directory, and is then called by the id."""
    number, name = f"<code>{plain(orphan.number)}</code>", _lotse(orphan.lotse, directory)
    if orphan.taken:
        return texts_admin.ORPHAN_TAKEN.format(number=number, lotse=name)
    if orphan.heir:
        return texts_admin.ORPHAN_GOES.format(number=number, lotse=name, heir=_lotse(orphan.heir, directory))
    return texts_admin.ORPHAN_NOBODY.format(number=number, lotse=name)


def _lotse(lotse_id: str, directory: Directory) -> str:
    lotse = directory.lotsen.get(LotseId(lotse_id))
    return plain(lotse.name if lotse else lotse_id)


def _questions(heading: tuple[str, str], changes: Sequence[Change], most: int) -> str:
    if not changes:
        return ""
    lines = [_counted(heading, len(changes)), *map(_change, changes[:most])]
    if left := len(changes[most:]):
        lines.append(texts_admin.MORE.format(count=left))
    return "\n".join(lines)


def _change(change: Change) -> str:
    return texts_admin.CHANGE.format(
        question=plain(shortened(change.question, _QUESTION)),
        before=_found(change.before),
        after=_found(change.after),
    )


def _found(verdict: Verdict) -> str:
    shown = texts_admin.FOUND.get(f"{verdict.kind}+") if verdict.first else None
    return plain((shown or texts_admin.FOUND[verdict.kind]).format(entry=verdict.first))


def _figures(found: Comparison) -> str:
    changes = found.changes
    lines = []
    if not any((changes.lost, changes.answered, changes.moved, changes.hesitant, changes.gained)):
        lines.append(texts_admin.NO_CHANGE)
    counted = (
        (texts_admin.HESITANT, len(changes.hesitant)),
        (texts_admin.GAINED, len(changes.gained)),
        (texts_admin.STORED_MISSED, found.stored_missed),
        (texts_admin.DROPPED, found.dropped),
    )
    lines += [_counted(text, count) for text, count in counted if count]
    if found.golden:
        lines.append(
            texts_admin.GOLDEN.format(
                right=found.golden_right, of=found.golden, before=found.golden_right_before
            )
        )
    return "\n".join(lines)


def _some(items: Iterable[str], count: int, most: int, between: str = ", ") -> str:
    """The first few, the rest counted."""
    shown = between.join(item for item, _ in zip(items, range(most), strict=False))
    return shown if count <= most else f"{shown} {texts_admin.MORE.format(count=count - most)}"


def _counted(forms: tuple[str, str], count: int) -> str:
    return forms[0] if count == 1 else forms[1].format(count=count)
