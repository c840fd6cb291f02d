"""What is added from the chat changes the lines that were meant and nothing else."""

import difflib
import json
import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot import init
from knowledge import source
from knowledge.additions import Addition, AdditionError, _block
from knowledge.entry import EntryId
from knowledge.source import TextFile

SMALL = """\
# Kopf
thema: T05
titel: Einstieg
eintraege:
  # vor dem Eintrag
  - id: eq-dauer  # Nummer
    titel: Wie lange dauert das?
    formulierungen:
      - eq dauer   # kurz
      - "Wie lange: genau?"
      # Ende der Liste
    antwort: |
      Kurz.

      Lang.
# Fuß
"""
# What YAML reads as something else, or not at all, when it stands bare.
NASTY = (
    "ja",
    "12",
    "- a",
    "a: b",
    "#x",
    "a #b",
    '"',
    "'",
    "@x",
    "%",
    "null",
    "2026-08",
    "*a",
    "&b",
    "ä{",
    "[",
    "!x",
    "x:",
)
FORM = {
    "id": "neu",
    "titel": "Gibt es das: ja oder nein?",
    "formulierungen": ["a: b", "wie geht das"],
    "antwort": "<b>Ja.</b>\n\n• Zeile # mit Raute",
    "quellen": [{"name": "BAMF: Seite", "url": "https://www.bamf.de/x"}],
    "stand": "2026-11",
    "pruefen_bis": "2027-01-31",
    "zustaendig": "lotsen",
    "entwurf": True,
    "ungeprueft": "Noch nicht geprüft.",
}


def changed_lines(old: bytes, new: bytes) -> list[str]:
    """What ``git diff`` would show."""
    lines = difflib.unified_diff(old.decode().splitlines(), new.decode().splitlines(), n=0, lineterm="")
    return [line for line in lines if line[0] in "+-" and not line.startswith(("+++", "---"))]


def test_a_phrasing_is_one_more_line() -> None:
    """Behind the last one, with its indentation; the comments stay."""
    file = TextFile("faq/t05.yaml", SMALL.encode())
    new = Addition("eq-dauer", "wie lange eq: bitte").to((file,))
    assert changed_lines(file.content, new.content) == ['+      - "wie lange eq: bitte"']
    assert (
        new.content.decode().index("genau?")
        < new.content.decode().index("bitte")
        < new.content.decode().index("# Ende")
    )
    assert Addition("eq-dauer", "eq dauer").to((file,)).content == file.content


@pytest.mark.parametrize("text", NASTY)
def test_whatever_is_added_is_read_back(text: str) -> None:
    """Also what YAML would take for a number, a comment or a key."""
    new = Addition("eq-dauer", text).to((TextFile("faq/t05.yaml", SMALL.encode()),))
    assert yaml.safe_load(new.content)["eintraege"][0]["formulierungen"][-1] == text


@given(
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp")), min_size=1, max_size=60)
)
def test_any_words(text: str) -> None:
    """Read back as they were given, one line longer."""
    file = TextFile("faq/t05.yaml", SMALL.encode())
    new = Addition("eq-dauer", text).to((file,)).content
    assert yaml.safe_load(new)["eintraege"][0]["formulierungen"][-1] == text
    assert new.count(b"\n") - SMALL.count("\n") in {0, 1}


def test_an_entry_is_appended_before_what_follows() -> None:
    """As lines of its own; the foot stays."""
    file = TextFile("faq/t05.yaml", SMALL.encode())
    new = Addition("neu", topic="T05", form=json.dumps(FORM)).to((file,))
    assert all(line.startswith("+") for line in changed_lines(file.content, new.content))
    read = yaml.safe_load(new.content)["eintraege"]
    assert len(read) == 2
    assert read[1]["antwort"] == f"{FORM['antwort']}\n"
    assert read[1]["quellen"] == FORM["quellen"]
    assert b"# Fu" in new.content


def test_line_ends_of_windows_and_no_last_one() -> None:
    """The new line is as the others."""
    for text in (
        SMALL.replace("\n", "\r\n"),
        SMALL.rstrip("\n"),
        SMALL[: SMALL.index("    antwort")].rstrip(),
    ):
        new = Addition("eq-dauer", "mehr").to((TextFile("faq/t05.yaml", text.encode()),)).content
        assert yaml.safe_load(new)["eintraege"][0]["formulierungen"][-1] == "mehr"
        assert ("\r\n" in text) == (b"mehr\r\n" in new)


def test_what_is_not_there_is_said() -> None:
    """The entry is gone, the topic unknown, the list of an unusual form, the file no YAML."""
    file = TextFile("faq/t05.yaml", SMALL.encode())
    with pytest.raises(AdditionError, match="gibt es in der geltenden Fassung nicht mehr"):
        Addition("weg", "x").to((file, TextFile("faq/kaputt.yaml", b"[")))
    with pytest.raises(AdditionError, match="Ein Thema „T99“ gibt es nicht"):
        Addition("x", topic="T99", form="{}").to((file,))
    flow = b"thema: T05\neintraege:\n- id: eq-dauer\n  formulierungen: [a, b]\n"
    with pytest.raises(AdditionError, match="von Hand"):
        Addition("eq-dauer", "c").to((TextFile("faq/t05.yaml", flow),))


def test_twenty_accepted_changes(tmp_path: Path) -> None:
    """Into an editors' folder full of comments: it still loads, every comment is where it was, and the lines that differ are
    those that were accepted."""
    init.fill(tmp_path)
    names = ("faq/t01-begriffe-papiere.yaml", "faq/t04-praktikum-probe.yaml")
    for name in names:
        (tmp_path / name).write_text(commented((tmp_path / name).read_text("utf-8")), "utf-8")
    before = {name: (tmp_path / name).read_bytes() for name in names}
    ids = [entry["id"] for content in before.values() for entry in yaml.safe_load(content)["eintraege"]]
    phrasings, entries = [], []
    for number in range(20):
        files_now = tuple(TextFile(name, (tmp_path / name).read_bytes()) for name in names)
        if number % 5:
            text = f"{NASTY[number % len(NASTY)]} wortlaut {number}"
            addition = Addition(ids[number * len(ids) // 20], text)
            phrasings.append((addition.entry, text))
        else:
            form = FORM | {"id": f"neu-{number}", "titel": f"Gibt es {number}: ja oder nein?"}
            form["formulierungen"] = [f"a: {number}", f"wie geht das {number}"]
            addition = Addition(f"neu-{number}", topic=("T01", "T04")[number % 2], form=json.dumps(form))
            entries.append(addition.entry)
        small = tuple(
            file for file in files_now if addition.topic or f"id: {addition.entry} ".encode() in file.content
        )
        changed = addition.to(small)
        (tmp_path / changed.name).write_bytes(changed.content)

    lines = {name: changed_lines(before[name], (tmp_path / name).read_bytes()) for name in names}
    assert all(line.startswith("+") for found in lines.values() for line in found)
    block = len(_block(FORM | {"pruefen_bis": date(2027, 1, 31)}))
    assert sum(map(len, lines.values())) == len(phrasings) + block * len(entries)
    for name in names:
        after = (tmp_path / name).read_text("utf-8").splitlines()
        assert [line for line in after if "Bemerkung" in line] == [
            line for line in before[name].decode().splitlines() if "Bemerkung" in line
        ]
    knowledge = source.load(tmp_path)
    assert all(text in knowledge.entries[EntryId(entry)].phrasings for entry, text in phrasings)
    assert set(entries) <= set(knowledge.entries)


def commented(text: str) -> str:
    """What editors write beside their entries: above them, behind values and within lists."""
    text = re.sub(r"(?m)^  - id: (\S+)$", r"  # Bemerkung über \1\n  - id: \1  # Bemerkung dahinter", text)
    return re.sub(
        r"(?m)^    (formulierungen|quellen):$",
        r"    \1:  # Bemerkung zur Liste\n      # Bemerkung in der Liste",
        text,
    )
