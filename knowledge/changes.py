"""What changes for people who ask when one edition replaces another: the same questions, both verdicts, side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from knowledge.entry import Knowledge
from knowledge.evaluation import Verdict, Verdicts, right_entries, stored_texts
from knowledge.language import normalise
from knowledge.questions import Questions


class Group(StrEnum):
    """Where a question comes from, and so what is right for it."""

    GOLDEN = "golden"  # an entry with one of its facts
    STORED = "stored"  # the entry whose phrasing it is, or was
    GONE = "gone"  # phrasing of an entry that is removed: nothing is right
    NEAR = "near"  # no direct answer
    FAR = "far"
    PERSON = "person"  # the offer of a person


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose first entry or kind of answer is another one."""

    question: str
    group: Group
    before: Verdict
    after: Verdict


@dataclass(frozen=True, slots=True)
class Changes:
    """Each changed question stands in one list, the gravest that fits."""

    lost: tuple[Change, ...] = ()  # was right and is not, or is now answered with a wrong entry
    answered: tuple[Change, ...] = ()  # to be refused, and now answered at once
    moved: tuple[Change, ...] = ()  # another entry comes first
    hesitant: tuple[Change, ...] = ()  # the right entry, no longer answered at once
    gained: tuple[Change, ...] = ()  # was not right, or not answered at once, and is


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two editions; ``verdicts`` on at least ``questions_of(…)``."""

    knowledge: Knowledge
    verdicts: Verdicts


@dataclass(frozen=True, slots=True)
class _Asked:
    text: str
    group: Group
    right_before: frozenset[str]
    right_after: frozenset[str]


def questions_of(old: Knowledge, new: Knowledge, questions: Questions) -> tuple[str, ...]:
    """Every text that ``compare`` needs verdicts on."""
    return tuple(item.text for item in _asked(old, new, questions))


def compare(old: Side, new: Side, questions: Questions) -> Changes:
    """What happens to the test set and to the phrasings of both editions."""
    found: dict[str, list[Change]] = {}
    for item in _asked(old.knowledge, new.knowledge, questions):
        change = Change(item.text, item.group, old.verdicts[item.text], new.verdicts[item.text])
        if kind := _kind(item, change):
            found.setdefault(kind, []).append(change)
    return Changes(**{kind: tuple(changes) for kind, changes in found.items()})


def _kind(item: _Asked, change: Change) -> str:
    """The name of the list in ``Changes``; empty when nothing to speak of changed."""
    before, after = change.before, change.after
    match item.group:
        case Group.NEAR | Group.FAR:
            if before.direct != after.direct:
                return "answered" if after.direct else "gained"
            return "moved" if after.direct and before.first != after.first else ""
        case Group.PERSON:
            if before.kind == after.kind or "person" not in {before.kind, after.kind}:
                return ""
            return "lost" if before.kind == "person" else "gained"
        case Group.GONE:
            return "moved" if after.direct and before.first != after.first else ""
        case Group.GOLDEN | Group.STORED:
            return _kind_of_known(item, before, after)


def _kind_of_known(item: _Asked, before: Verdict, after: Verdict) -> str:
    was_right, is_right = before.first in item.right_before, after.first in item.right_after
    newly_wrong = after.direct and not is_right and not (before.direct and before.first == after.first)
    if (was_right and not is_right) or newly_wrong:
        return "lost"
    if is_right and (not was_right or (after.direct and not before.direct)):
        return "gained"
    if before.first != after.first:
        return "moved"
    return "hesitant" if is_right and before.direct and not after.direct else ""


def _asked(old: Knowledge, new: Knowledge, questions: Questions) -> Iterator[_Asked]:
    """Every question once; what it is in the test set goes before what it is as a phrasing."""
    seen: set[str] = set()
    for item in (*_of_test_set(old, new, questions), *_of_phrasings(old, new)):
        key = normalise(item.text)
        if key not in seen:
            seen.add(key)
            yield item


def _of_test_set(old: Knowledge, new: Knowledge, questions: Questions) -> Iterator[_Asked]:
    nothing: frozenset[str] = frozenset()
    for item in questions.golden:
        before, after = right_entries(old, item.facts), right_entries(new, item.facts)
        yield _Asked(item.text, Group.GOLDEN, frozenset(before), frozenset(after))
    parts: Mapping[Group, tuple[str, ...]]
    parts = {Group.NEAR: questions.near, Group.FAR: questions.far, Group.PERSON: questions.persons}
    for group, texts in parts.items():
        for text in texts:
            yield _Asked(text, group, nothing, nothing)


def _of_phrasings(old: Knowledge, new: Knowledge) -> Iterator[_Asked]:
    """What is stored now, then what was: a phrasing that was deleted is still how people ask for its entry."""
    was, now = stored_texts(old), stored_texts(new)
    for text, entry in now.items():
        # In the old edition the phrasing may have been another entry's, which was right then.
        before = frozenset({was.get(text, entry)})
        yield _Asked(text, Group.STORED, before, frozenset({entry}))
    for text, entry in was.items():
        if text not in now:
            group = Group.STORED if entry in new.entries else Group.GONE
            yield _Asked(text, group, frozenset({entry}), frozenset({entry}))
