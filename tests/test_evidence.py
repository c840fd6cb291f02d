"""What measuring the search turns into: notices at the phrasing, at the confusable entry, at the one never found."""

from knowledge import lint, source
from knowledge.entry import EntryId
from knowledge.evidence import Evidence, Misled
from tests.test_lint import entry, folder, line_of

A, B = EntryId("alpha"), EntryId("beta")
FILES = folder(entry("alpha", "beta"), entry("beta", "alpha"))


def notices(evidence: Evidence) -> list[tuple[str, int, str]]:
    """Entry, line and first words of the notices."""
    found = lint.lint(source.parse(FILES), FILES, evidence)
    assert found.problems == ()
    return [(notice.entry, notice.line, notice.message) for notice in found.notices]


def test_nothing_measured_nothing_said() -> None:
    """Empty evidence gives no notice."""
    assert notices(Evidence()) == []


def test_a_phrasing_that_leads_elsewhere_for_sure() -> None:
    """It stands at its line, with the entry it leads to; a doubtful one is left to the count of confusions."""
    found = notices(Evidence(misled=(Misled(A, "alpha drei", B, 0.91), Misled(A, "alpha vier", B, 0.5))))

    assert [(entry_, line) for entry_, line, _ in found] == [("alpha", line_of(FILES, "alpha drei"))]
    assert "sicher zu „beta“ (91%)" in found[0][2]


def test_a_phrasing_that_finds_nothing() -> None:
    """A lonely phrasing needs company."""
    found = notices(Evidence(misled=(Misled(B, "beta eins", None, 0.0),)))

    assert [(entry_, line) for entry_, line, _ in found] == [("beta", line_of(FILES, "beta eins"))]
    assert "findet ohne sich selbst nichts" in found[0][2]


def test_entries_taken_for_each_other() -> None:
    """Three phrasings in either direction make two entries confusable, said once."""
    misled = (Misled(A, "alpha eins", B, 0.4), Misled(B, "beta eins", A, 0.4), Misled(B, "beta zwei", A, 0.4))
    found = notices(Evidence(misled=misled))

    assert [(entry_, line) for entry_, line, _ in found] == [
        ("alpha", line_of(FILES, "titel: Was ist alpha"))
    ]
    assert "leicht mit „beta“ verwechselt (3 Formulierungen" in found[0][2]
    assert notices(Evidence(misled=misled[:2])) == []


def test_an_entry_no_golden_question_finds() -> None:
    """Known only when golden questions were asked."""
    assert [entry_ for entry_, _, _ in notices(Evidence(reached=frozenset({A})))] == ["beta"]
    assert notices(Evidence(reached=frozenset({A, B}))) == []


def test_evidence_about_what_is_gone() -> None:
    """Measured before the last change: entries and phrasings that no longer exist are passed over."""
    gone = EntryId("weg")

    assert notices(Evidence(misled=(Misled(gone, "x", A, 0.9), Misled(A, "nicht da", B, 0.9)))) == []
    assert (
        notices(
            Evidence(
                misled=tuple(Misled(B, f"beta {n}", EntryId("aaa"), 0.1) for n in ("eins", "zwei", "drei"))
            )
        )
        == []
    )


def test_golden_questions_and_entries_meet() -> None:
    """Every entry is asked for by a golden question, every golden question has an entry; else a notice says so."""
    golden = 'gold:\n  - {frage: "ein Wort", fakten: [T07-02]}\n  - {frage: "zwei Worte", fakten: [T08-01]}\n'
    files = folder(entry("alpha", "beta"), entry("beta", "alpha"), questions_yaml=golden)
    found = lint.lint(source.parse(files), files).notices
    assert [(notice.file, notice.line) for notice in found] == [("questions.yaml", 3)]

    files = folder(
        entry("alpha", "beta"), entry("beta", "alpha"), questions_yaml=golden.replace("T07-02", "T01-01")
    )
    found = lint.lint(source.parse(files), files).notices
    assert [(notice.file, notice.entry) for notice in found] == [
        ("faq/t01.yaml", "alpha"),
        ("faq/t01.yaml", "beta"),
        ("questions.yaml", ""),
        ("questions.yaml", ""),
    ]
