"""Shares of the test set and of the phrasings, each with its failures; the form of the test set; the command."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from bot import evaluating
from bot.commands import main
from bot.editions import packaged
from knowledge import source
from knowledge.decision import Answer, Choice, Decision, Handoff, Hit, Person, SmallTalk, Unclear, Urgent
from knowledge.entry import Knowledge, Topic, TopicId, Trigger
from knowledge.evaluation import (
    TARGETS,
    Failure,
    Share,
    Verdict,
    evaluate,
    left_out,
    right_entries,
    stored_texts,
    verdict,
    verdicts,
)
from knowledge.questions import Golden, Questions, notices, read_questions
from knowledge.understanding import Understanding
from tests.plain_entry import plain_entry

EQ = plain_entry("eq", ("eq dauer", "wie lange eq"), title="Wie lange dauert eine EQ?", facts=("T05-03",))
GELD = plain_entry("geld", ("eq zuschuss",), title="Wie viel Geld gibt es?", facts=("T05-02", "T09-01"))
SMALL = Knowledge((Topic(TopicId("T01"), "Thema", (EQ, GELD)),))
DIRECT_EQ, DIRECT_GELD = Verdict("answer", ("eq",)), Verdict("answer", ("geld",))
STORED = {text: Verdict("answer", (entry,)) for text, entry in stored_texts(SMALL).items()}


def golden(*facts: str) -> tuple[Golden, ...]:
    """One golden question for each fact: g0, g1, …"""
    return tuple(Golden(f"g{number}", (fact,), number + 1) for number, fact in enumerate(facts))


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    """Of nothing: these tests hand in what every question was understood as."""
    return Understanding.build(Knowledge(()))


def test_golden_shares(understanding: Understanding) -> None:
    """First, shown, wrong and direct are counted by what the employer sees; a demanded handover is no direct answer."""
    found = {
        "g0": DIRECT_EQ,
        "g1": DIRECT_GELD,  # wrong
        "g2": Verdict("choice", ("eq", "geld")),
        "g3": Verdict("choice", ("geld", "eq")),
        "g4": Verdict("handoff", ("eq",)),
        "g5": Verdict("urgent", ("geld",)),
        "g6": Verdict("handoff"),
        "g7": Verdict("unclear"),
    }
    questions = Questions(golden(*["T05-03"] * 8))

    report = evaluate(understanding, SMALL, questions, known={**STORED, **found})

    assert (report.first.count, report.first.of) == (3, 8)
    assert [failure.question for failure in report.first.failures] == ["g1", "g3", "g5", "g6", "g7"]
    assert [failure.question for failure in report.shown.failures] == ["g1", "g5", "g6", "g7"]
    assert report.wrong == Share(1, 8, (Failure("g1", "answer", ("geld",), ("eq",)),))
    assert (report.direct.count, report.direct.rate) == (2, 0.25)
    assert report.handed_over == Share(1, 2, (Failure("g5", "urgent", ("geld",), ("eq",)),))
    assert report.missed() == ("first", "shown", "wrong", "direct")
    assert report.meets("handed_over") is None
    listed = evaluating.failure_lists(report)
    assert listed.startswith("Richtiger Eintrag nicht zuerst (5)\n  g1\n      → answer geld  (richtig: eq)\n")
    assert "An einen Menschen, mit anderer Auskunft (1)\n  g5\n      → urgent geld" in listed
    assert "      → handoff  (richtig: eq)" in listed
    assert "    davon an einen Menschen, mit richtiger Auskunft        1 / 2    50,0 %\n" in evaluating.table(
        report
    )


def test_refusals_persons_and_phrasings(understanding: Understanding) -> None:
    """Refusals count what is answered at once, near and far apart; persons and phrasings what is not found."""
    found = {
        "near": Verdict("choice", ("eq",)),
        "near!": DIRECT_EQ,
        "far": Verdict("smalltalk"),
        "mensch": Verdict("person"),
        "mensch?": Verdict("handoff"),
        **STORED,
        "eq zuschuss": Verdict("urgent", ("eq",)),
    }
    questions = Questions(near=("near", "near!"), far=("far",), persons=("mensch", "mensch?"))

    report = evaluate(understanding, SMALL, questions, known=found)

    assert report.near == Share(1, 2, (Failure("near!", "answer", ("eq",)),))
    assert report.far == Share(0, 1)
    assert report.person == Share(1, 2, (Failure("mensch?", "handoff", ()),))
    assert report.stored == Share(4, 5, (Failure("eq zuschuss", "urgent", ("eq",), ("geld",)),))
    assert report.first.rate is None
    assert report.meets("first") is None
    assert report.meets("left_out") is None
    assert report.missed() == ("stored", "near", "person")


def test_a_question_nobody_answers_cannot_be_right(understanding: Understanding) -> None:
    """It is named apart."""
    report = evaluate(understanding, SMALL, Questions(golden("T99-99")), known={**STORED, "g0": DIRECT_EQ})

    assert report.unanswerable == ("g0",)
    assert report.wrong.count == 1
    assert right_entries(SMALL, ["T09-01", "T05-03"]) == ("eq", "geld")


def test_the_report_is_json(understanding: Understanding) -> None:
    """Every share with rate, target and failures."""
    report = evaluate(understanding, SMALL, Questions(golden("T05-03")), known={**STORED, "g0": DIRECT_GELD})
    report = replace(report, left_out=Share(9, 10))

    read = json.loads(json.dumps(report.as_json()))

    assert set(read["shares"]) == {*TARGETS, "handed_over"}
    assert read["shares"]["first"] == {
        "count": 0,
        "of": 1,
        "rate": 0.0,
        "target": ">= 0.9",
        "met": False,
        "failures": [{"question": "g0", "kind": "answer", "entries": ["geld"], "expected": ["eq"]}],
    }
    assert read["shares"]["left_out"]["met"]


def test_verdicts_are_what_is_seen() -> None:
    """All choices, of a handover only the first entry, nothing of small talk; known verdicts are not asked again."""
    hits = (Hit(EQ, 0.9), Hit(GELD, 0.8))
    trigger = Trigger("haft", "Haft", (), (), "")
    seen: list[tuple[Decision, Verdict]] = [
        (Answer(hits), Verdict("answer", ("eq", "geld"))),
        (Choice(hits), Verdict("choice", ("eq", "geld"))),
        (Handoff(hits, trigger), Verdict("handoff", ("eq",))),
        (Urgent(trigger, hits), Verdict("urgent", ("eq",))),
        (Unclear("?", ()), Verdict("unclear")),
        (Person(), Verdict("person")),
        (SmallTalk("thanks"), Verdict("smalltalk")),
    ]
    for decision, expected in seen:
        assert verdict(decision) == expected

    found = verdicts(Understanding.build(SMALL), ["eq dauer", "WIE LANGE EQ"], {"WIE LANGE EQ": DIRECT_GELD})
    assert found == {"eq dauer": DIRECT_EQ, "WIE LANGE EQ": DIRECT_GELD}
    assert Verdict("choice").first == ""


def test_left_out_comes_from_the_index(understanding: Understanding) -> None:
    """What building the index found out is a share like the others; an index too small to tell has none."""
    pairs = (
        ("Ausbildungsvergütung", "lohn"),
        ("Probezeit", "probe"),
        ("Berufsschule", "schule"),
        ("Urlaub", "urlaub"),
    )
    entries = tuple(
        plain_entry(
            id_,
            tuple(f"{word} {more}" for more in ("Höhe", "wie viel", "Regeln", "Dauer", "gilt")),
            title=word,
        )
        for word, id_ in pairs
    )
    known = Knowledge((Topic(TopicId("T01"), "", entries),))
    asked = Understanding.build(known)

    share = left_out(asked, known)
    assert share is not None
    assert share.of == 24
    assert share.rate == pytest.approx(asked.report.accuracy)
    assert [failure.question for failure in share.failures] == [item.phrasing for item in asked.report.astray]
    assert left_out(Understanding.build(Knowledge(())), Knowledge(())) is None


def files(text: str) -> Mapping[str, bytes]:
    """A folder with this test set."""
    return {"questions.yaml": text.encode()}


def test_the_test_set_is_read() -> None:
    """Golden questions with facts and lines, refusals near and far, persons; without a file there are none."""
    questions, problems = read_questions(
        files(
            "gold:\n- {frage: Was ist eine EQ, fakten: [T05-01, T05-02]}\n"
            "ablehnen:\n- {frage: Visum, art: nah}\n- {frage: Wetter, art: fern}\nmensch:\n- {frage: Bitte anrufen}\n"
        )
    )

    assert problems == ()
    assert questions == Questions(
        (Golden("Was ist eine EQ", ("T05-01", "T05-02"), 2),), ("Visum",), ("Wetter",), ("Bitte anrufen",)
    )
    assert questions.texts == ("Was ist eine EQ", "Visum", "Wetter", "Bitte anrufen")
    assert read_questions({}) == (Questions(), ())


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("gold:\n- {frage: Was, fakten: []}\n", 2, "mindestens 1"),
        ("gold:\n- {frage: Was, fakten: [X1]}\n", 2, "nicht die Form"),
        ("gold:\n- {frage: Was, fakte: [T01-01]}\n", 2, "gibt es nicht"),
        ("ablehnen:\n- {frage: Was, art: weit}\n", 2, "nicht möglich"),
        ("gold: [\n", 2, "kein gültiges YAML"),
        (
            "gold:\n- {frage: Was ist, fakten: [T01-01]}\nmensch:\n- {frage: WAS  ist}\n",
            4,
            "steht schon in Zeile 2",
        ),
        ("mensch: [{frage: Ja bitte}, {frage: ja bitte}]\n", 1, "steht schon in Zeile 1"),
    ],
)
def test_problems_of_the_test_set_have_lines(text: str, line: int, words: str) -> None:
    """A wrong fact id, an unknown field, a wrong kind, broken YAML, a question in two places."""
    _, problems = read_questions(files(text))

    assert (problems[0].file, problems[0].line) == ("questions.yaml", line)
    assert words in " ".join(problem.message for problem in problems)


def test_questions_that_measure_nothing_are_noticed() -> None:
    """No entry answers them, or they are phrasings themselves."""
    questions = Questions((Golden("eins", ("T99-99",), 3), Golden("EQ Dauer", ("T05-03",), 4)))

    first, second = notices(questions, (EQ, GELD))

    assert (first.line, second.line, second.entry) == (3, 4, "eq")
    assert "Kein Eintrag beantwortet T99-99" in first.message
    assert "Formulierung von „eq“" in second.message


def test_the_shipped_test_set_is_whole() -> None:
    """It has no problems, and every golden question can be answered."""
    shipped = source.read_folder(packaged())
    questions, problems = read_questions({file.name: file.content for file in shipped})
    entries = source.parse(shipped).entries.values()

    assert problems == ()
    assert len(questions.texts) == 750
    assert [item for item in notices(questions, entries) if "Kein Eintrag" in item.message] == []


def test_the_command(
    knowledge_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    cache_folder: Path,
) -> None:
    """``lotsenbot eval FOLDER``: a German table with targets; the code says whether they are met; JSON; every failure."""
    (tmp_path / "cache").symlink_to(cache_folder)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    (knowledge_folder / "questions.yaml").write_text(
        "gold:\n- {frage: eq dauer monate, fakten: [T05-02]}\n- {frage: eq zuschuss höhe, fakten: [T99-01]}\n"
    )

    assert main(["eval", str(knowledge_folder), "--failures"]) == 1
    shown = capsys.readouterr().out
    assert "✗ Prüffragen: richtiger Eintrag zuerst" in shown
    assert "0 / 2     0,0 %   ≥ 90 %" in shown
    assert "Titel und Formulierungen, wenn sie selbst fehlen" in shown
    assert "  eq dauer monate\n      → answer eq-dauer  (richtig: eq-zuschuss)" in shown
    assert "Prüffragen, die kein Eintrag beantwortet (1)\n  eq zuschuss höhe" in shown

    (knowledge_folder / "questions.yaml").unlink()
    assert main(["eval", str(knowledge_folder), "--json"]) == 0
    read = json.loads(capsys.readouterr().out)
    assert read["shares"]["stored"] == {"count": 135, "of": 135, "rate": 1.0, "target": ">= 1.0", "met": True}

    assert main(["eval", str(knowledge_folder)]) == 0
    shown = capsys.readouterr().out
    assert "Alle gemessenen Ziele erreicht." in shown
    assert "≥ 90 %" in shown


def test_nothing_failed(understanding: Understanding) -> None:
    """Then there is nothing to list."""
    report = evaluate(understanding, SMALL, Questions(), known=STORED)

    assert evaluating.failure_lists(report) == "Keine."
