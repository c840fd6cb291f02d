"""What measuring the search turns into: notices at the phrasing, at the confusable entry, at the one never found."""

from dataclasses import dataclass

from knowledge import lint, source
from knowledge.evidence import Evidence
from tests.test_lint import entry, folder, line_of

GOLDEN = 'gold:\n  - {frage: "ein Wort", fakten: [T07-02]}\n  - {frage: "zwei Worte", fakten: [T07-02]}\n'
FILES = folder(entry("alpha", "beta"), entry("beta", "alpha"), questions_yaml=GOLDEN)


@dataclass(frozen=True, slots=True)
class Miss:
    """A question that found the wrong entry."""

    question: str
    entries: tuple[str, ...]
    expected: tuple[str, ...]


def misses(owner: str, found: str, count: int) -> list[Miss]:
    """So many phrasings of one entry that lead to another."""
    return [Miss(f"{owner} {number}", (found,), (owner,)) for number in range(count)]


def notices(evidence: Evidence) -> list[tuple[str, int, str]]:
    """Entry, line and sentence of the notices."""
    found = lint.lint(source.parse(FILES), FILES, evidence)
    assert found.problems == ()
    return [(notice.entry, notice.line, notice.message) for notice in found.notices]


def test_nothing_measured_nothing_said() -> None:
    """Empty evidence gives no notice."""
    assert notices(Evidence()) == []
    assert notices(Evidence(golden=())) == []


def test_a_phrasing_that_finds_nothing() -> None:
    """A lonely phrasing needs company; it stands at its line. One that is gone is passed over."""
    found = notices(Evidence([Miss("beta drei", (), ("beta",)), Miss("nicht mehr da", (), ("beta",))]))

    assert [(owner, line) for owner, line, _ in found] == [("beta", line_of(FILES, "beta drei"))]
    assert "findet ohne sich selbst nichts" in found[0][2]


def test_entries_taken_for_each_other() -> None:
    """Four phrasings in either direction make two entries confusable, said once; three do not."""
    found = notices(Evidence([*misses("alpha", "beta", 2), *misses("beta", "alpha", 2)]))

    assert [(owner, line) for owner, line, _ in found] == [("alpha", line_of(FILES, "formulierungen"))]
    assert "leicht mit „beta“ verwechselt (4 Formulierungen" in found[0][2]
    assert notices(Evidence([*misses("alpha", "beta", 1), *misses("beta", "alpha", 2)])) == []


def test_an_entry_that_is_hard_to_find() -> None:
    """Half of its phrasings lead elsewhere: said with where they lead."""
    scattered = [*misses("alpha", "beta", 3), *misses("alpha", "weg", 2), *misses("alpha", "fort", 1)]
    found = notices(Evidence(scattered))

    assert [owner for owner, _, _ in found] == ["alpha"]
    assert "6 von 12 Formulierungen" in found[0][2]
    assert "„beta“, „weg“, „fort“" in found[0][2]
    assert notices(Evidence(scattered[:5])) == []


def test_an_entry_no_golden_question_shows() -> None:
    """All golden questions of an entry fail; when one succeeds, it is reached."""
    failed = [Miss("ein Wort", ("weg",), ("alpha", "beta")), Miss("zwei Worte", (), ("alpha", "beta"))]
    found = notices(Evidence(golden=failed))

    assert [owner for owner, _, _ in found] == ["alpha", "beta"]
    assert "Keine der 2 Prüffragen dazu zeigt diesen Eintrag, zum Beispiel: „ein Wort“" in found[0][2]
    assert notices(Evidence(golden=failed[:1])) == []


def test_evidence_about_what_is_gone() -> None:
    """Measured before the last change: entries that no longer exist are passed over."""
    assert notices(Evidence([*misses("aaa", "beta", 5), Miss("x", (), ("weg",))])) == []


def test_golden_questions_and_entries_meet() -> None:
    """Every entry is asked for by a golden question, every golden question has an entry; else a notice says so."""
    golden = GOLDEN.replace("T07-02", "T08-01", 1)
    files = folder(entry("alpha", "beta"), entry("beta", "alpha"), questions_yaml=golden)
    found = lint.lint(source.parse(files), files).notices
    assert [(notice.file, notice.line) for notice in found] == [("questions.yaml", 2)]

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
