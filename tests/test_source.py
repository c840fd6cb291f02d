"""YAML → knowledge, or every problem at once."""

import json
from pathlib import Path

import pytest

from knowledge import source
from knowledge.problems import KnowledgeError, Problem
from knowledge.source import TextFile

ENTRY = """\
  - id: {id}
    titel: Was ist {id}?
    formulierungen: [{id} eins, {id} zwei, {id} drei, {id} vier, {id} fünf, {id} sechs, {id} sieben, {id} acht]
    antwort: |
      Das ist die Antwort auf die Frage.
    rechtsgrundlage: [§ 60c AufenthG]
    quellen: [{{name: Gesetz, url: "https://www.gesetze-im-internet.de/"}}]
    stand: 2026-08
    pruefen_bis: 2027-02-28
    zustaendig: recht
    fakten: [T07-02]
"""


def topic(*entries: str, number: int = 1) -> TextFile:
    """A file with these entries."""
    text = f"thema: T{number:02d}\ntitel: Thema {number}\neintraege:\n{''.join(entries)}"
    return TextFile(f"faq/t{number:02d}.yaml", text.encode())


def entry(id_: str, **changes: str) -> str:
    """A good entry, with fields replaced or (value empty) dropped."""
    text = ENTRY.format(id=id_)
    for field, value in changes.items():
        lines = text.splitlines(keepends=True)
        start = next((n for n, line in enumerate(lines) if line.strip().startswith(f"{field}:")), len(lines))
        end = start + 1
        while end < len(lines) and lines[end].startswith("      "):
            end += 1
        text = "".join([*lines[:start], *([f"    {field}: {value}\n"] if value else []), *lines[end:]])
    return text


def problems(*files: TextFile) -> list[Problem]:
    """The problems of these files."""
    with pytest.raises(KnowledgeError) as caught:
        source.parse(files)
    return list(caught.value.problems)


def test_a_good_file_is_read() -> None:
    """Every field of an entry arrives."""
    knowledge = source.parse((topic(entry("a", verwandt="[b]"), entry("b")),))

    first = knowledge.entries["a"]  # type: ignore[index]  # an id of a test
    assert first.title == "Was ist a?"
    assert len(first.phrasings) == 8
    assert first.answer == "Das ist die Antwort auf die Frage."
    assert first.related == ("b",)
    assert first.as_of == "2026-08"
    assert first.facts == ("T07-02",)
    assert knowledge.get("nicht da") is None


def test_four_kinds_of_problems_at_once() -> None:
    """A YAML error, an unknown field, a dead link and an over-long answer: four problems, each with its line."""
    broken = TextFile("faq/t02.yaml", b"thema: T02\ntitel: [offen\n")
    wrong = topic(
        entry("a", antwrot="falsch"),
        entry("b", antwort="|\n      " + "lang " * 300),
        number=1,
    )
    dead = topic(entry("c", verwandt="[gibt-es-nicht]"), number=3)

    found = problems(broken, wrong, dead)

    assert [(problem.file, problem.entry) for problem in found] == [
        ("faq/t01.yaml", "a"),
        ("faq/t01.yaml", "b"),
        ("faq/t02.yaml", ""),
        ("faq/t03.yaml", "c"),
    ]
    assert [problem.line for problem in found] == [15, 19, 3, 15]
    assert "„antwrot“ gibt es nicht" in found[0].message
    assert "zu lang" in found[1].message
    assert "kein gültiges YAML" in found[2].message
    assert "„gibt-es-nicht“ ist kein Eintrag" in found[3].message


def test_a_link_into_a_broken_file_is_not_dead() -> None:
    """Each thing is said once: the other file's problem, not the link to it."""
    found = problems(topic(entry("a", verwandt="[b]")), topic(entry("b", stand="gestern"), number=2))

    assert [problem.entry for problem in found] == ["b"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"titel": ""}, "Das Feld „titel“ fehlt"),
        ({"antwort": ""}, "Das Feld „antwort“ fehlt"),
        ({"formulierungen": "[eine]"}, "mindestens 8 Angaben"),
        ({"pruefen_bis": "bald"}, "kein Datum"),
        ({"zustaendig": "niemand"}, "nicht möglich. Erlaubt"),
        ({"uebergabe": "vielleicht"}, "ja oder nein"),
        ({"antwort": "Lohn < 2000 Euro im Monat und mehr"}, "„&lt;“"),
        ({"antwort": "zu kurz"}, "zu kurz"),
        ({"stand": "2026-13"}, "nicht die Form"),
        ({"quellen": "[{name: xy, url: 'http://unsicher.example'}]"}, "nicht die Form"),
        ({"quellen": "nur Text"}, "Liste"),
        ({"verwandt": "[a, b, c, d, e]"}, "höchstens 4"),
        ({"programm": "[1]"}, "muss Text sein"),
        ({"rechtsgrundlage": ""}, "„rechtsgrundlage“ oder „programm“"),
        ({"verwandt": "[a]"}, "verweist auf sich selbst"),
        ({"titel": "Was ist\u003cb\u003e das?"}, "nicht die Form"),
        ({"titel": "x" * 91}, "höchstens 90"),
    ],
)
def test_each_mistake_has_its_sentence(changes: dict[str, str], sentence: str) -> None:
    """What is wrong and what to do, in German, with the entry's id where it has one."""
    found = problems(topic(entry("a", **changes)))

    assert len(found) == 1
    assert sentence in found[0].message
    assert found[0].file == "faq/t01.yaml"
    assert found[0].line > 3


def test_ids_and_wordings_occur_once() -> None:
    """The same id or the same phrasing twice is named with where the other one stands."""
    found = problems(topic(entry("a")), topic(entry("a"), number=2))

    assert "gibt es schon in faq/t01.yaml:4" in found[0].message
    assert sum("steht auch bei „a“" in problem.message for problem in found) == 8


def test_topics_occur_once() -> None:
    """Two files of one topic."""
    twice = TextFile("faq/other.yaml", topic(entry("b")).content)

    assert "steht schon in" in problems(topic(entry("a")), twice)[0].message


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"thema: T01\ntitel: \xff\n", "UTF-8"),
        (b"a: 1\na: 2\n", "zweimal"),
        (b"- nur\n- eine Liste\n", "Felder erwartet"),
        (b"", "Felder erwartet"),
        (b"a: \x00", "UTF-8"),
    ],
)
def test_files_that_are_none(content: bytes, sentence: str) -> None:
    """Wrong encoding, a key given twice, another kind of document, an empty file."""
    assert sentence in problems(TextFile("faq/x.yaml", content))[0].message


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    """A folder that is missing or holds no FAQ says what is expected."""
    (tmp_path / "faq").mkdir()
    for folder in (tmp_path, tmp_path / "fehlt"):
        with pytest.raises(KnowledgeError) as caught:
            source.load(folder)
        assert "faq" in str(caught.value)


def test_pages_lead_to_entries() -> None:
    """A curated page is read; a link of it that leads nowhere is a problem with its line."""
    page = "seiten:\n  - id: p\n    titel: Seite\n    einleitung: Worum es geht.\n    abschnitte:\n      - titel: Eins\n        eintraege: [{id}]\n"
    good = TextFile("seiten.yaml", page.format(id="a").encode())
    bad = TextFile("seiten.yaml", page.format(id="weg").encode())

    assert source.parse((topic(entry("a")), good)).pages[0].sections[0].entries == ("a",)
    assert [(problem.file, problem.line) for problem in problems(topic(entry("a")), bad)] == [
        ("seiten.yaml", 7)
    ]


def test_the_digest_is_of_names_and_contents() -> None:
    """Renaming a file or moving a byte from one file to the next changes the digest; order does not."""
    one, two = TextFile("a", b"12"), TextFile("b", b"3")

    assert source.digest((one, two)) == source.digest((two, one))
    assert source.digest((one, two)) != source.digest((TextFile("a", b"1"), TextFile("b", b"23")))


def test_the_json_schema_knows_every_field() -> None:
    """The schema for editors comes from the same models."""
    schema = json.loads(source.json_schema())

    assert set(schema["$defs"]["EntryForm"]["properties"]) >= {
        "id",
        "titel",
        "antwort",
        "fakten",
        "pruefen_bis",
    }
    assert schema["$defs"]["EntryForm"]["additionalProperties"] is False
