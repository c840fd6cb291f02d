"""What changes for people who ask: each question in the gravest list that fits, and in one only."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.changes import Change, Changes, Group, Side, compare, questions_of
from knowledge.entry import Knowledge, Topic, TopicId
from knowledge.evaluation import Verdict
from knowledge.questions import Golden, Questions
from tests.plain_entry import plain_entry

NOTHING = Verdict("handoff")


def knowledge(**phrasings: tuple[str, ...]) -> Knowledge:
    """Entries with these phrasings; the title and the fact are made from the id."""
    entries = tuple(
        plain_entry(id_, texts, title=f"Titel {id_}", facts=(f"T01-{number:02}",))
        for number, (id_, texts) in enumerate(phrasings.items(), 1)
    )
    return Knowledge((Topic(TopicId("T01"), "", entries),))


BOTH = knowledge(eins=("a",), zwei=("b",))


def direct(entry: str) -> Verdict:
    """Answered at once."""
    return Verdict("answer", (entry,))


def choice(*entries: str) -> Verdict:
    """Offered."""
    return Verdict("choice", entries)


def changed(
    before: Verdict, after: Verdict, *, old: Knowledge = BOTH, new: Knowledge = BOTH, questions: Questions
) -> dict[str, list[str]]:
    """The lists a change of the test set's one question ends in; everything else stays as it is."""
    (asked,) = questions.texts
    side = dict.fromkeys(questions_of(old, new, questions), NOTHING)
    found = compare(Side(old, {**side, asked: before}), Side(new, {**side, asked: after}), questions)
    return lists(found)


def lists(changes: Changes) -> dict[str, list[str]]:
    """The questions of the lists that are not empty."""
    return {
        field.name: [change.question for change in getattr(changes, field.name)]
        for field in fields(changes)
        if getattr(changes, field.name)
    }


@pytest.mark.parametrize(
    ("before", "after", "where"),
    [
        (direct("eins"), direct("eins"), ""),
        (direct("eins"), direct("zwei"), "lost"),
        (direct("eins"), NOTHING, "lost"),
        (choice("eins", "zwei"), choice("zwei", "eins"), "lost"),
        (choice("zwei"), direct("zwei"), "lost"),  # now answered at once, and wrong
        (NOTHING, direct("zwei"), "lost"),
        (direct("zwei"), direct("zwei"), ""),  # wrong as before
        (direct("zwei"), choice("zwei"), ""),
        (direct("eins"), choice("eins", "zwei"), "hesitant"),
        (choice("eins"), direct("eins"), "gained"),
        (direct("zwei"), direct("eins"), "gained"),
        (NOTHING, choice("eins"), "gained"),
        (choice("zwei"), NOTHING, "moved"),
        (NOTHING, choice("zwei"), "moved"),
        (choice("eins"), choice("eins", "zwei"), ""),
    ],
)
def test_golden_questions(before: Verdict, after: Verdict, where: str) -> None:
    """Right is ``eins``: worse is lost, better is gained, another wrong one has moved."""
    questions = Questions((Golden("frage", ("T01-01",), 1),))

    assert changed(before, after, questions=questions) == ({where: ["frage"]} if where else {})


@pytest.mark.parametrize(
    ("before", "after", "where"),
    [
        (NOTHING, direct("eins"), "answered"),
        (direct("eins"), NOTHING, "gained"),
        (direct("eins"), direct("zwei"), "moved"),
        (choice("eins"), choice("zwei"), ""),
        (NOTHING, choice("eins"), ""),
    ],
)
@pytest.mark.parametrize("far", [False, True])
def test_questions_to_refuse(before: Verdict, after: Verdict, where: str, *, far: bool) -> None:
    """Only an answer at once is wrong."""
    questions = Questions(far=("frage",)) if far else Questions(near=("frage",))

    assert changed(before, after, questions=questions) == ({where: ["frage"]} if where else {})


def test_wishes_for_a_person() -> None:
    """Recognised or not is what counts."""
    wish, questions = Verdict("person"), Questions(persons=("frage",))

    assert changed(wish, NOTHING, questions=questions) == {"lost": ["frage"]}
    assert changed(NOTHING, wish, questions=questions) == {"gained": ["frage"]}
    assert changed(NOTHING, direct("eins"), questions=questions) == {}
    assert changed(wish, wish, questions=questions) == {}


def judged(knowledge_: Knowledge, **found: Verdict) -> Side:
    """Every text finds the entry it is stored for, except those given."""
    stored = {
        text: entry.id for entry in knowledge_.entries.values() for text in (entry.title, *entry.phrasings)
    }
    texts = {text: direct(entry) for text, entry in stored.items()}
    return Side(knowledge_, {**dict.fromkeys(("a", "b", "c", "Titel eins"), NOTHING), **texts, **found})


def test_a_phrasing_that_moves_is_right_in_both() -> None:
    """The editor gave it to another entry: it has moved, nothing is lost."""
    new = knowledge(eins=("c",), zwei=("b", "a"))

    assert lists(compare(judged(BOTH), judged(new), Questions())) == {"gained": ["c"], "moved": ["a"]}


def test_a_phrasing_that_is_deleted_is_still_asked() -> None:
    """It is lost when its entry is there and it no longer leads to it; not when it still does."""
    new = knowledge(eins=(), zwei=("b",))

    assert lists(compare(judged(BOTH), judged(new), Questions())) == {"lost": ["a"]}
    assert lists(compare(judged(BOTH), judged(new, a=direct("eins")), Questions())) == {}


def test_phrasings_of_a_removed_entry_are_not_lost() -> None:
    """It was removed on purpose; what is answered with another entry instead is told."""
    new = knowledge(zwei=("b",))

    assert lists(compare(judged(BOTH), judged(new, a=direct("zwei")), Questions())) == {"moved": ["a"]}


def test_the_test_set_goes_before_the_phrasings() -> None:
    """A golden question that is a phrasing too is asked once, as a golden one, however it is written."""
    questions = Questions((Golden("A", ("T01-02",), 1),))

    texts = questions_of(BOTH, BOTH, questions)

    assert texts.count("A") == 1
    assert "a" not in texts
    side = Side(BOTH, dict.fromkeys(texts, NOTHING))
    (change,) = compare(side, Side(BOTH, {**side.verdicts, "A": direct("eins")}), questions).lost
    assert change == Change("A", Group.GOLDEN, NOTHING, direct("eins"))


_verdicts = st.sampled_from(
    [
        NOTHING,
        Verdict("person"),
        direct("eins"),
        direct("zwei"),
        choice("eins", "zwei"),
        choice("zwei", "eins"),
    ]
)
_SET = Questions((Golden("g", ("T01-01",), 1), Golden("h", ("T01-02",), 2)), ("n",), ("f",), ("p",))
_NEW = knowledge(zwei=("a", "d"), drei=("b",))
_TEXTS = questions_of(BOTH, _NEW, _SET)


@given(was=st.tuples(*[_verdicts] * len(_TEXTS)), now=st.tuples(*[_verdicts] * len(_TEXTS)))
def test_each_question_is_in_one_list(was: tuple[Verdict, ...], now: tuple[Verdict, ...]) -> None:
    """And a question that is understood as before is in none, whatever was removed."""
    before, after = dict(zip(_TEXTS, was, strict=True)), dict(zip(_TEXTS, now, strict=True))

    found = [
        text
        for texts in lists(compare(Side(BOTH, before), Side(_NEW, after), _SET)).values()
        for text in texts
    ]

    assert len(found) == len(set(found))
    assert set(found) <= set(_TEXTS)
    assert compare(Side(BOTH, before), Side(BOTH, before), _SET) == Changes()
