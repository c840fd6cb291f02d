"""Reports of the gate fit into one message whatever changed, escape what editors wrote, and count right."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import gate
from bot.gate import Limits, Passed, TooMuchLost
from bot.gating import Comparison, KreisLost, Stage
from bot.model import ChatId
from bot.succession import Orphan
from bot.versions import Candidate, Meta, Note, Origin, Version
from handlers import render_gate, texts_admin
from knowledge import markup
from knowledge.changes import Change, Changes, Group
from knowledge.directory import Directory
from knowledge.evaluation import Verdict
from knowledge.problems import Problem

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
NOBODY = Directory({})
NOTE = Note(1, "0123456789abcdef" * 4, Origin.FOLDER)
_MESSAGE = 4096  # code points after parsing, Bot API "sendMessage"


def comparison(changes: Changes | None = None, **changed: object) -> Comparison:
    """Nothing changed but what is given."""
    fields: dict[str, object] = {
        "entries": 2,
        "phrasings": 20,
        "lotsen": 1,
        "added": (),
        "changed": (),
        "removed": (),
        "lotsen_added": (),
        "lotsen_changed": (),
        "lotsen_removed": (),
        "kreise_lost": (),
        "changes": changes or Changes(),
        "golden_right": 0,
        "golden_right_before": 0,
        "golden": 0,
        "dropped": 0,
        "stored_missed": 0,
        **changed,
    }
    return Comparison(**fields)  # type: ignore[arg-type]  # fields by name


def shown(outcome: render_gate.Checked) -> str:
    """The text an admin sees."""
    parsed = markup.parse(render_gate.checked(outcome, NOBODY).html)
    assert parsed.flaws == ()
    return parsed.visible


def passed(found: Comparison, orphans: tuple[Orphan, ...] = ()) -> Passed:
    """It may be taken over."""
    return Passed(Candidate(NOTE, Path()), found, orphans)


_id = st.integers(1, 40).map("i".__mul__)
_ids = st.integers(0, 60).map(lambda count: ("i" * 40,) * count)
_verdict = st.builds(
    Verdict, st.sampled_from(list(texts_admin.FOUND)[:3]), st.lists(_id, max_size=3).map(tuple)
)
_change = st.builds(Change, st.text(min_size=1, max_size=100), st.sampled_from(Group), _verdict, _verdict)
_changes = st.tuples(_change, st.integers(0, 40)).map(lambda drawn: (drawn[0],) * drawn[1])


@settings(max_examples=50)
@given(
    lists=st.tuples(*[_ids] * 6),
    changes=st.tuples(*[_changes] * 5),
    kreise=st.tuples(st.text(min_size=1, max_size=60), st.integers(0, 60)),
    orphans=st.integers(0, 60),
)
def test_every_report_fits_into_one_message(
    lists: tuple[tuple[str, ...], ...],
    changes: tuple[tuple[Change, ...], ...],
    kreise: tuple[str, int],
    orphans: int,
) -> None:
    """Words of editors and of questions are shown as they are; lists are shortened and counted."""
    found = comparison(
        Changes(*changes),
        **dict(
            zip(
                ("added", "changed", "removed", "lotsen_added", "lotsen_changed", "lotsen_removed"),
                lists,
                strict=True,
            )
        ),
        kreise_lost=(KreisLost(kreise[0], ("IHK", "HWK")),) * kreise[1],
    )
    cases = tuple(Orphan(f"FALL{number:04}", "W" * 20) for number in range(orphans))

    for outcome in (passed(found, cases), TooMuchLost(found, Limits(0, 0))):
        assert len(shown(outcome)) <= _MESSAGE


def test_first_ten_the_rest_counted() -> None:
    """One question is one question."""
    moved = tuple(
        Change(f"Frage <{number}>", Group.STORED, Verdict("answer", ("a",)), Verdict("choice", ("b", "a")))
        for number in range(13)
    )

    text = shown(passed(comparison(Changes(moved=moved))))
    assert "13 Fragen finden jetzt einen anderen Eintrag:\n• Frage <0>\n   a → Auswahl: b\n" in text
    assert "Frage <9>" in text
    assert "Frage <10>" not in text
    assert "… und 3 weitere" in text
    assert "1 Frage findet jetzt einen anderen Eintrag:" in shown(
        passed(comparison(Changes(moved=moved[:1])))
    )


def test_figures_and_warnings() -> None:
    """What is counted only, and what is dropped."""
    change = Change("x", Group.GOLDEN, Verdict("handoff", ("a",)), Verdict("urgent"))
    found = comparison(
        Changes(hesitant=(change,), gained=(change, change), lost=(change,)),
        golden=10,
        golden_right=8,
        golden_right_before=9,
        dropped=2,
        stored_missed=1,
        kreise_lost=(KreisLost("Köln", ()), KreisLost("Bonn", ("HWK",))),
    )

    orphans = (Orphan("F1", "WL001"), Orphan("F2", "WL001", "WL002"), Orphan("F3", "WL001", taken=True))
    text = shown(passed(found, orphans))
    assert "• x\n   Lotse, dazu a → dringend" in text
    assert "1 Frage wird nicht mehr direkt beantwortet" in text
    assert "2 Fragen werden besser gefunden." in text
    assert "Prüfsatz: 8 von 10 Fragen finden zuerst den richtigen Eintrag (bisher 9)." in text
    assert "2 Fragen stehen nicht mehr im Prüfsatz." in text
    assert "1 Formulierung findet ihren eigenen Eintrag nicht zuerst." in text
    assert "2 Kreise verlieren ihren letzten Lotsen: Köln, Bonn (HWK)" in text
    assert (
        "3 offene Fälle verlieren den zuständigen Lotsen:\n• F1: bisher WL001, niemand sonst ist erreichbar"
        in text
    )
    assert "• F2: von WL001 an WL002" in text
    assert "• F3: WL001 hat ihn übernommen" in text
    assert "geändert sind Wortlisten" in text


def test_a_refusal_names_the_limit_that_is_crossed() -> None:
    """Only that one."""
    change = Change("x", Group.NEAR, Verdict("handoff"), Verdict("answer", ("a",)))

    text = shown(TooMuchLost(comparison(Changes(answered=(change, change))), Limits(5, 1)))
    assert "2 Fragen würden zu Unrecht beantwortet, höchstens 1 sind erlaubt (GATE_MAX_NEW_ANSWERS)." in text
    assert "GATE_MAX_LOST" not in text


def test_problems_are_listed_with_file_and_line() -> None:
    """The first fifteen, the rest counted."""
    problems = tuple(Problem("faq/a.yaml", number, "id", "Bitte <b> berichtigen.") for number in range(1, 18))

    text = shown(gate.Refused(problems))
    assert text.startswith(
        "Nichts geändert. 17 Stellen müssen zuerst berichtigt werden:\n\n• faq/a.yaml:1: [id] Bitte <b>"
    )
    assert "… und 2 weitere." in text
    assert "1 Stelle muss" in shown(gate.Refused(problems[:1]))


def test_outcomes_of_buttons() -> None:
    """Each is said in a sentence; a rollback without a folder does not speak of one."""
    version = Version(Meta(3, "ab" * 32, 5, NOW, Origin.ROLLBACK, 2, 1, returned_to=1), Path())
    said = {
        outcome: render_gate.settled(outcome, editable=False).html
        for outcome in (
            gate.Accepted(version),
            gate.Already(version),
            gate.Stale(),
            gate.Failed(),
            gate.Refused(()),
        )
    }

    assert "Zurückgekehrt zu Fassung 1." in said[gate.Accepted(version)]
    assert "Wissensordner" not in said[gate.Accepted(version)]
    assert said[gate.Failed()] == texts_admin.FAILED == render_gate.checked(gate.Failed(), NOBODY).html
    assert len(set(said.values())) == len(said)


def test_who_accepted_a_version() -> None:
    """The reader, somebody else, the program."""
    found = [
        Version(Meta(number, "ab" * 32, author, NOW, origin, 2, 1, returned_to=1), Path())
        for number, author, origin in ((3, 5, Origin.ROLLBACK), (2, 6, Origin.FILE), (1, 0, Origin.PACKAGED))
    ]

    text = render_gate.versions(found, ChatId(5)).html
    assert "von Ihnen" in text
    assert "von Nummer 6" in text
    assert "beim Start" in text
    assert "Rückkehr zu Fassung 1" in text


@pytest.mark.parametrize("stage", Stage)
def test_progress(stage: Stage) -> None:
    """Each stage has its words."""
    assert "⏳" in render_gate.progress(stage).html
