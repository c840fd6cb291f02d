"""The editors' word lists: read as they are meant, and every mistake named with its line."""

from importlib.resources import files

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge.entry import AskBack, EntryId
from knowledge.message import read
from knowledge.triggers import TriggerMatcher
from knowledge.wordlists import HANDOVER_FILE, SYNONYMS_FILE, load_wordlists

NO_IDS: frozenset[str] = frozenset()


def problems_of(name: str, text: str, ids: frozenset[str] | None = NO_IDS) -> list[str]:
    """The problems of one file, as an editor reads them."""
    return [str(problem) for problem in load_wordlists({name: text.encode()}, ids)[2]]


def test_missing_files_are_empty_lists() -> None:
    """A folder without word lists is a folder whose bot knows no synonyms."""
    synonyms, triggers, problems = load_wordlists({}, NO_IDS)
    assert synonyms.groups == {}
    assert triggers.urgent == ()
    assert problems == []


@pytest.mark.parametrize("name", [SYNONYMS_FILE, HANDOVER_FILE])
def test_the_packaged_lists_are_yaml_to_every_reader(name: str) -> None:
    """Our reader forgives a question mark in a plain value; the editors' programs may not, and would show an error."""
    text = files("knowledge").joinpath("data", name).read_text("utf-8")
    assert yaml.safe_load(text)


def test_the_packaged_lists_have_no_problems() -> None:
    """What is shipped can be loaded, and is not empty."""
    folder = files("knowledge").joinpath("data")
    content = {name: folder.joinpath(name).read_bytes() for name in (SYNONYMS_FILE, HANDOVER_FILE)}
    synonyms, triggers, problems = load_wordlists(content, None)
    assert problems == []
    assert "Asylant" in synonyms.hidden
    assert synonyms.abbreviations["EQ"] == "Einstiegsqualifizierung"
    assert synonyms.general is not None
    assert all("112" in trigger.first_aid for trigger in triggers.danger)
    assert triggers.urgent
    assert triggers.hand_over


def test_synonyms_are_read() -> None:
    """Groups, abbreviations, questions back and hidden words."""
    text = """
gruppen: {Azubi: [Lehrling, Stift]}
abkuerzungen: {EQ: Einstiegsqualifizierung}
mehrdeutig:
  Anerkennung:
    frage: Welche meinen Sie?
    auch: [anerkannt]
    auswahl: [{text: Beruf, suche: Berufsabschluss}, {text: Asyl, suche: Asylverfahren}]
nie_zeigen: [Asylant]
"""
    synonyms, _, problems = load_wordlists({SYNONYMS_FILE: text.encode()}, NO_IDS)
    assert problems == []
    assert synonyms.groups == {"Azubi": ("Lehrling", "Stift")}
    asked = AskBack("Welche meinen Sie?", (("Beruf", "Berufsabschluss"), ("Asyl", "Asylverfahren")))
    assert synonyms.ambiguous == {"Anerkennung": asked, "anerkannt": asked}
    assert synonyms.general is None
    assert synonyms.hidden == ("Asylant",)


def test_groups_stand_for_their_words_also_within_phrases() -> None:
    """A group's name in "alle_von", in a list and in brackets within a phrase is replaced by its words."""
    text = """
wortgruppen:
  mein: [mein, unser]
  azubi: [Azubi, Lehrling]
  person: ["(mein) (azubi)"]
ueberlesen: [guten Morgen]
nicht_berichtigen: [Abschreibung]
dringend:
  - id: weg
    titel: Ist weg
    eintraege: [eins]
    wenn:
      - alle_von: [person, [verschwunden, weg]]
        nicht_mit: [azubi weg]
"""
    _, triggers, problems = load_wordlists({HANDOVER_FILE: text.encode()}, frozenset({"eins"}))
    assert problems == []
    (trigger,) = triggers.urgent
    assert trigger.entries == (EntryId("eins"),)
    assert trigger.conditions[0].all_of == (("mein/unser Azubi/Lehrling",), ("verschwunden", "weg"))
    assert triggers.ignored == ("guten Morgen",)
    matcher = TriggerMatcher(triggers)
    assert matcher.match(read("unser Lehrling ist weg")).urgent is trigger
    assert matcher.match(read("der Lehrling ist weg")).urgent is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("gruppen: {Azubi: [Lehrling], Lehrling: [Stift]}", "auch in der Gruppe „Azubi“"),
        ("gruppen: {Azubi: [Lehrling, lehrling]}", "zweimal in dieser Gruppe"),
        ("gruppen: {Azubi: ['!']}", "enthält kein Wort"),
        ("gruppen: {Azubi: []}", "mindestens 1"),
        ("gruppn: {}", "gibt es nicht"),
        ("mehrdeutig: {AA: {frage: 'Was denn?', auswahl: [{text: eins, suche: zwei}]}}", "mindestens 2"),
        ("gruppen: a: b", "kein gültiges YAML"),
        ("- 1", "Felder erwartet"),
    ],
)
def test_mistakes_in_synonyms_are_named(text: str, said: str) -> None:
    """Each mistake is one German sentence with its line."""
    found = problems_of(SYNONYMS_FILE, text)
    assert len(found) == 1
    assert said in found[0]
    assert found[0].startswith("synonyms.yaml:1: ")


HEAD = "uebergabe:\n  - id: eins\n    titel: Erster\n    wenn:\n"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (HEAD + "      - alle_von: [unbekannt]", 5, "Die Wortgruppe „unbekannt“ gibt es nicht"),
        (HEAD + "      - alle_von: [['(fehlt) da']]", 5, "„fehlt“"),
        (HEAD + "      - alle_von: [['…']]", 5, "enthält kein Wort"),
        (HEAD + "      - alle_von: [[a]]\n        nicht_mit: ['(fehlt)']", 6, "„fehlt“"),
        (HEAD + "      - alle_von: []", 5, "mindestens 1"),
        (HEAD + "      - alle_vn: [[a]]", 5, "fehlt"),
        (HEAD + "      - alle_von: [[a]]\n    eintraege: [nirgends]", 6, "kein Eintrag"),
        (HEAD + "      - alle_von: [[a]]\n  - id: eins\n    titel: Zweiter\n    wenn: [{alle_von: [[b]]}]", 6, "gibt es hier schon"),
        (HEAD.replace("uebergabe", "gefahr") + "      - alle_von: [[a]]", 2, "112"),
        (HEAD + "      - alle_von: [[a]]\n    hinweis: <div>Nein</div>", 6, "nicht erlaubt"),
        ("wortgruppen: {a: ['(b) c']}", 1, "„b“"),
        ("ueberlesen: ['?']", 1, "enthält kein Wort"),
    ],
)  # fmt: skip
def test_mistakes_in_triggers_are_named(text: str, line: int, said: str) -> None:
    """The line is that of the mistake, not of the file's beginning."""
    found = problems_of(HANDOVER_FILE, text)
    assert any(said in problem and problem.startswith(f"handover.yaml:{line}: ") for problem in found), found


def test_a_file_that_is_no_utf8_is_named() -> None:
    """Editors on old systems learn what to do."""
    _, _, problems = load_wordlists({SYNONYMS_FILE: b"a: 1\nb: \xff"}, NO_IDS)
    assert [problem.line for problem in problems] == [2]
    assert "UTF-8" in problems[0].message


def test_the_trigger_is_named_with_its_problem() -> None:
    """An editor with many triggers sees which one is meant."""
    assert "[eins]" in problems_of(HANDOVER_FILE, HEAD + "      - alle_von: [unbekannt]")[0]


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No content of the files makes loading fail otherwise than by problems."""
    content = text.encode("utf-8", "surrogatepass")
    _, triggers, problems = load_wordlists({SYNONYMS_FILE: content, HANDOVER_FILE: content}, NO_IDS)
    assert problems or not triggers.danger
