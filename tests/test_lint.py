"""Problems beyond the form: each is found at its file and line, and the shipped knowledge has none."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cache import Cache
from bot.editions import Editions, packaged
from knowledge import lint, source
from knowledge.entry import Knowledge
from knowledge.positions import Positions, Remark
from knowledge.problems import Findings, KnowledgeError, Problem
from knowledge.schema import LAENDER
from knowledge.source import TextFile

LISTS = {
    "quellen.yaml": """\
gesetze:
  AufenthG: aufenthg_2004
  SGB III: sgb_3
  GG: gg
  VO (EU) 2024/1348: ""
adressen:
  www.gesetze-im-internet.de: Bundesministerium der Justiz
  www.bamf.de: Bundesamt
  "*.ihk.de": Kammern
""",
    "fakten.yaml": "fragen:\n  - T07-02\n",
    "synonyms.yaml": "nie_zeigen: [Asylant, Wirtschafts Flüchtling]\n",
}
ENTRY = """\
  - id: {id}
    titel: Was ist {id}?
    formulierungen:
{phrasings}
    antwort: |
      Das ist die Antwort auf die Frage.
      Zweite Zeile.
    rechtsgrundlage: [§ 60c AufenthG]
    quellen:
      - name: § 60c AufenthG
        url: https://www.gesetze-im-internet.de/aufenthg_2004/__60c.html
    stand: 2026-08
    pruefen_bis: 2027-02-28
    zustaendig: recht
    verwandt: [{related}]
    fakten: [T07-02]
"""
WORDS = (
    *"eins zwei drei vier fünf sechs sieben acht neun zehn".split(),
    "mehr als fuenf",
    "kommt öfter als zehn Mal vor, was mache ich dann damit?",
)  # in every register


def entry(id_: str, related: str, changes: Mapping[str, str] | None = None) -> str:
    """A good entry; ``changes``: text to replace → other text."""
    phrasings = "\n".join(f"      - {id_} {word}" for word in WORDS)
    text = ENTRY.format(id=id_, related=related, phrasings=phrasings)
    for old, new in (changes or {}).items():
        assert old in text
        text = text.replace(old, new)
    return text


def folder(*entries: str, **lists: str) -> tuple[TextFile, ...]:
    """A folder with these entries, line 4 being the first line of the first, and the lists above."""
    topic = f"thema: T01\ntitel: Thema\neintraege:\n{''.join(entries)}"
    others = {**LISTS, **{name.replace("_", "."): text for name, text in lists.items()}}
    return (
        TextFile("faq/t01.yaml", topic.encode()),
        *(TextFile(name, text.encode()) for name, text in others.items() if text),
    )


def found(files: tuple[TextFile, ...]) -> Findings:
    """What the lint says about a folder that can be read."""
    return lint.lint(source.parse(files), files)


def line_of(files: tuple[TextFile, ...], text: str, file: str = "faq/t01.yaml") -> int:
    """The line of the first occurrence of a text in a file."""
    content = next(item.content.decode() for item in files if item.name == file)
    return content[: content.index(text)].count("\n") + 1


@pytest.fixture(scope="module")
def shipped() -> Knowledge:
    """The FAQ that comes with the program."""
    return source.load(packaged())


def test_the_shipped_knowledge_has_no_problems() -> None:
    """Everything that comes with the program passes its own check."""
    files = source.read_folder(packaged())

    assert [str(problem) for problem in lint.lint(source.parse(files), files).problems] == []


def test_a_good_folder_has_neither_problems_nor_notices() -> None:
    """Two entries that name each other: nothing to say."""
    assert found(folder(entry("alpha", "beta"), entry("beta", "alpha"))) == Findings()


@pytest.mark.parametrize(
    ("old", "new", "at", "sentence"),
    [
        ("[§ 60c AufenthG]", "[§ 60c AufenthG, § 1 Nr 2 GG]", "rechtsgrundlage", "keine lesbare Fundstelle"),
        ("[§ 60c AufenthG]", "[§ 60c AufenthG, § 9 AufentG]", "rechtsgrundlage", "„AufentG“ kennt quellen.yaml nicht"),
        ("[§ 60c AufenthG]", "[§ 60b AufenthG]", "        url:", "führt zu § 60c AufenthG; unter „rechtsgrundlage“"),
        ("name: § 60c AufenthG", "name: § 60d AufenthG", "        url:", "heißt „§ 60d AufenthG“, führt aber zu § 60c"),
        ("name: § 60c AufenthG", "name: § 60c SGB III (Wort)", "        url:", "führt aber zum AufenthG"),
        ("aufenthg_2004/__60c", "aufenthg/__60c", "        url:", "Ordner „aufenthg“ kennt quellen.yaml nicht"),
        ("__60c.html", "60c.html", "        url:", "hat nicht die Form"),
        ("www.gesetze-im-internet.de/aufenthg_2004/__60c.html", "asyl-tipps.example/60c", "        url:", "gehört zu keiner Seite"),
        ("www.gesetze-im-internet.de/aufenthg_2004/__60c.html", "www.bamf.de.example/", "        url:", "gehört zu keiner Seite"),
        ("Zweite Zeile.", 'Siehe <a href="https://boese.example/">hier</a>.', "antwort", "gehört zu keiner Seite"),
        ("    zustaendig", "    varianten: [{land: BY, text: 'Siehe <a href=\"https://boese.example/\">hier</a>.'}]\n    zustaendig", "varianten", "gehört zu keiner Seite"),
        ("Was ist alpha?", "Das ist alpha", "    titel", "keine Frage"),
        ("2027-02-28", "2026-07-31", "pruefen_bis", "vor dem Stand 2026-08"),
        ("2027-02-28", "2028-03-01", "pruefen_bis", "19 Monate nach dem Stand"),
        ("Zweite Zeile.", "Kein Asylant.", "Kein Asylant", "„Asylant“ steht unter „nie_zeigen“"),
        ("Zweite Zeile.", "Kein wirtschafts  flüchtling.", "Kein wirt", "„nie_zeigen“"),
        ("Zweite Zeile.", "Das ist garantiert.", "Das ist gar", "Nichts ist garantiert"),
        ("Zweite Zeile.", "Sie dürfen ihn sicher einstellen.", "Sie dürfen", "Der Bot erlaubt nichts"),
        ("Zweite Zeile.", "<b>Ihr Azubi darf</b> bleiben.", "<b>Ihr", "beurteilt einen Einzelfall"),
        ("    zustaendig", "    varianten: [{land: BY, text: Das ist legal.}]\n    zustaendig", "varianten", "Urteil über den Einzelfall"),
        ("    zustaendig", "    programm: Musterklausel\n    zustaendig", "programm", "Klauseln gibt der Bot nicht vor"),
        ("    zustaendig", "    ungeprueft: Gute Chancen bestehen.\n    zustaendig", "ungeprueft", "schätzt der Bot nicht ein"),
        ("name: § 60c AufenthG", "name: Für Asylanten", "- name", "nie_zeigen"),
        ("[T07-02]", "[T07-02, T99-01]", "fakten", "T99-01 gibt es in fakten.yaml nicht"),
    ],
)  # fmt: skip
def test_each_problem_at_its_line(old: str, new: str, at: str, sentence: str) -> None:
    """One mistake, one problem, at the line where it stands, with what to do."""
    files = folder(entry("alpha", "beta", {old: new}), entry("beta", "alpha"))
    problems = found(files).problems

    assert [(problem.file, problem.entry) for problem in problems] == [("faq/t01.yaml", "alpha")]
    assert sentence in problems[0].message
    assert problems[0].line == line_of(files, at)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.frankfurt-main.ihk.de/x",
        "https://koeln.ihk.de",
        "https://www.bamf.de?x=1",
        "https://WWW.BAMF.DE/",
        "https://www.gesetze-im-internet.de/aufenthg_2004/",
        "https://www.gesetze-im-internet.de/aufenthg_2004/anlage_2.html",
    ],
)
def test_official_pages_pass(url: str) -> None:
    """Listed hosts, hosts below a listed domain, a whole law and its annexes."""
    change = {
        "name: § 60c AufenthG": "name: Seite",
        "https://www.gesetze-im-internet.de/aufenthg_2004/__60c.html": url,
    }

    assert found(folder(entry("alpha", "beta", change), entry("beta", "alpha"))).problems == ()


def test_an_article_of_the_constitution_may_be_linked() -> None:
    """Laws with articles have addresses of their own."""
    change = {
        "[§ 60c AufenthG]": "[Art. 4 Abs. 1 GG]",
        "name: § 60c AufenthG": "name: Art. 4 GG (Religion)",
        "aufenthg_2004/__60c.html": "gg/art_4.html",
    }

    assert found(folder(entry("alpha", "beta", change), entry("beta", "alpha"))).problems == ()


def test_without_lists_only_readability_is_checked() -> None:
    """A folder without quellen.yaml and fakten.yaml may name any law, page and question."""
    change = {
        "[§ 60c AufenthG]": "[§ 1 XyzG]",
        "www.gesetze-im-internet.de/aufenthg_2004/__60c.html": "example.org/",
        "[T07-02]": "[T99-99]",
    }
    files = folder(
        entry("alpha", "beta", change),
        entry("beta", "alpha"),
        quellen_yaml="",
        fakten_yaml="",
        synonyms_yaml="",
    )

    assert found(files) == Findings()


def test_broken_lists_are_problems_of_their_own() -> None:
    """A misspelt host, folder or number: the line in its file; what they would check is left unchecked."""
    files = folder(
        entry("alpha", "beta"),
        entry("beta", "alpha"),
        quellen_yaml="gesetze:\n  AufenthG: Aufenthalts Gesetz\nadressen:\n  nichts: Niemand\n",
        fakten_yaml="fragen: [T7-2]\n",
    )

    assert [(problem.file, problem.line) for problem in found(files).problems] == [
        ("fakten.yaml", 1),
        ("quellen.yaml", 2),
        ("quellen.yaml", 4),
    ]


def test_a_question_nobody_answers() -> None:
    """Each number of fakten.yaml is answered, or its line is named."""
    files = folder(
        entry("alpha", "beta"), entry("beta", "alpha"), fakten_yaml="fragen:\n  - T07-02\n  - T08-01\n"
    )

    assert [(problem.file, problem.line) for problem in found(files).problems] == [("fakten.yaml", 3)]
    assert "T08-01 beantwortet kein Eintrag" in found(files).problems[0].message


def test_the_same_words_in_two_entries() -> None:
    """Another order or spelling of the same words is a problem; nearly the same a notice; other numbers are neither."""
    files = folder(
        entry(
            "alpha",
            "beta",
            {
                "alpha zwei": "Ausländerbehörde Antrag",
                "alpha drei": "Wie lange dauert die Genehmigung bei der Behörde?",
                "alpha vier": "Voraussetzungen der Duldung nach Paragraf 60c im Gesetz",
            },
        ),
        entry(
            "beta",
            "alpha",
            {
                "beta zwei": "antrag auslaenderbehoerde",
                "beta drei": "Wie lange dauert die Genehmigung bei den Behörden?",
                "beta vier": "Voraussetzungen der Duldung nach Paragraf 60b im Gesetz",
            },
        ),
    )
    findings = found(files)

    assert [(item.entry, item.line) for item in findings.problems] == [("beta", line_of(files, "antrag aus"))]
    assert (
        "besteht aus denselben Wörtern wie „Ausländerbehörde Antrag“ bei „alpha“"
        in findings.problems[0].message
    )
    assert [(item.entry, item.line) for item in findings.notices] == [("beta", line_of(files, "bei den Beh"))]
    assert "fast gleich" in findings.notices[0].message


def test_a_title_counts_as_a_phrasing() -> None:
    """A title that is another entry's phrasing is found too."""
    files = folder(entry("alpha", "beta"), entry("beta", "alpha", {"Was ist beta?": "Alpha vier?"}))

    assert [(item.entry, item.line) for item in found(files).problems] == [
        ("beta", line_of(files, "Alpha vier?"))
    ]


def test_notices() -> None:
    """Few phrasings, no next question, no way here, an everyday „Flüchtling“: to be improved, but no problem."""
    short = {f"      - alpha {word}\n": "" for word in WORDS[8:]}
    files = folder(
        entry("alpha", "", {**short, "Zweite Zeile.": "Zeile für Flüchtlinge."}),
        entry(
            "beta",
            "",
            {"Zweite": "Anerkannte Flüchtlinge, Bundesamt für Migration und Flüchtlinge, Flüchtlings-"},
        ),
    )
    findings = found(files)

    assert findings.problems == ()
    assert [(notice.entry, notice.line, notice.message.split(";")[0].split(":")[0]) for notice in findings.notices] == [
        ("alpha", 4, "Kein „verwandt“"),
        ("alpha", 4, "Zu diesem Eintrag führt kein „verwandt“ eines anderen. Bitte bei einem passenden ergänzen."),
        ("alpha", 6, "Nur 8 Formulierungen"),
        ("alpha", line_of(files, "Zeile für"), "„Flüchtlinge“"),
        ("beta", line_of(files, "- id: beta"), "Kein „verwandt“"),
        (
            "beta",
            line_of(files, "- id: beta"),
            "Zu diesem Eintrag führt kein „verwandt“ eines anderen. Bitte bei einem passenden ergänzen.",
        ),
    ]  # fmt: skip


def test_a_register_that_no_phrasing_is_in() -> None:
    """Named at the phrasings, all missing ones in one sentence."""
    files = folder(
        entry("alpha", "beta", {"mehr als fuenf": "mehr als 5", "damit?": "damit"}), entry("beta", "alpha")
    )
    (notice,) = found(files).notices

    assert (notice.entry, notice.line) == ("alpha", line_of(files, "formulierungen"))
    assert notice.message.startswith("Keine Formulierung als ganze Frage (")
    assert "; keine ohne Umlaute (" in notice.message


def test_pages_and_triggers_lead_to_entries_too() -> None:
    """An entry on a page or behind a trigger is not lonely."""
    files = folder(
        entry("alpha", "gamma"),
        entry("beta", "gamma"),
        entry("gamma", "alpha"),
        handover_yaml="dringend:\n  - id: x\n    titel: Dringend\n    eintraege: [beta]\n    wenn: [{alle_von: [[Haft]]}]\n",
    )
    pages = "seiten:\n  - id: p\n    titel: Seite\n    einleitung: Text.\n    abschnitte: [{titel: Eins, eintraege: [beta]}]\n"

    assert found(files).notices == ()
    assert found(folder(entry("alpha", "beta"), entry("beta", "alpha"), seiten_yaml=pages)).notices == ()


def test_words_around_the_entries() -> None:
    """Topic titles, pages, questions back and first aid are read by employers as well."""
    files = folder(
        entry("alpha", "beta"),
        entry("beta", "alpha"),
        seiten_yaml=(
            "seiten:\n  - id: p\n    titel: Das ist legal\n    einleitung: Sie dürfen alles.\n"
            "    abschnitte:\n      - titel: Asylanten\n        eintraege: [alpha]\n"
        ),
        synonyms_yaml=(
            "nie_zeigen: [Asylant]\nmehrdeutig:\n  Wort:\n    frage: Ist er Asylant?\n    auch: [Worte]\n    auswahl:\n"
            "      - {text: Ja, suche: ja bitte}\n      - {text: Nein, suche: nein danke}\n"
            "allgemein:\n  frage: Was ist garantiert?\n  auswahl:\n"
            "      - {text: Ja, suche: ja bitte}\n      - {text: Nein, suche: nein danke}\n"
        ),
        handover_yaml=(
            "gefahr:\n  - id: g\n    titel: Gefahr\n    hinweis: Rufen Sie 112. Das ist garantiert.\n"
            "    wenn: [{alle_von: [[Haft]]}]\n"
        ),
    )
    titled = (
        replace(files[0], content=files[0].content.replace(b"titel: Thema", b"titel: Asylanten")),
        *files[1:],
    )

    assert [(item.file, item.line, item.entry) for item in found(titled).problems] == [
        ("faq/t01.yaml", 2, ""),
        ("handover.yaml", 4, "g"),
        ("seiten.yaml", 3, "p"),
        ("seiten.yaml", 4, "p"),
        ("seiten.yaml", 6, "p"),
        ("synonyms.yaml", 3, "Wort"),
        ("synonyms.yaml", 9, "allgemein"),
    ]


def test_an_answer_too_long_for_telegram() -> None:
    """What the form allows field by field can be too much together."""
    variants = ", ".join(f"{{land: {land}, text: {'x' * 390}}}" for land in sorted(LAENDER))
    change = {
        "Zweite Zeile.": "z" * 850,
        "    zustaendig": f"    details: {'y' * 1990}\n    varianten: [{variants}]\n    zustaendig",
    }
    files = folder(entry("alpha", "beta", change), entry("beta", "alpha"))
    problems = found(files).problems

    assert [(problem.entry, problem.line) for problem in problems] == [("alpha", line_of(files, "antwort"))]
    assert "Telegram nimmt 4096" in problems[0].message


def test_editions_refuse_what_the_lint_refuses(tmp_path: Path) -> None:
    """A promise in an answer stops the load, with or without the cache; notices come with the edition."""
    for file in folder(entry("alpha", "beta", {"Zweite Zeile.": "Das ist garantiert."}), entry("beta", "")):
        path = tmp_path / "wissen" / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    example = (Path(str(packaged())) / "lotsen.yaml").read_bytes()
    (tmp_path / "wissen" / "lotsen.yaml").write_bytes(example)
    editions = Editions(tmp_path / "wissen", Cache(tmp_path / "cache"))

    for _ in range(2):
        with pytest.raises(KnowledgeError) as caught:
            editions.load()
        assert ["garantiert" in problem.message for problem in caught.value.problems] == [True]

    faq = tmp_path / "wissen" / "faq" / "t01.yaml"
    faq.write_text(faq.read_text().replace("Das ist garantiert.", "Zweite Zeile."))
    first = editions.load()
    assert [notice.entry for notice in first.notices] == ["alpha", "beta"]
    assert editions.load().notices == first.notices


def test_positions_of_files_that_say_nothing() -> None:
    """Broken YAML, lists without entries and unknown ids have no line, and raise nothing."""
    files = (
        TextFile("faq/t01.yaml", b"thema: ["),
        TextFile("faq/t02.yaml", b"eintraege: [eins]\n"),
        TextFile("faq/t03.yaml", b"- nur eine Liste\n"),
    )
    at = Positions.of(files)

    assert at.in_entry("nirgends", Remark("m", ("titel",))) == Problem("faq", 0, "nirgends", "m")
    assert at.in_file("fehlt.yaml", Remark("m")) == Problem("fehlt.yaml", 0, "", "m")
    assert at.in_file("faq/t02.yaml", Remark("m", ("eintraege", 0))) == Problem("faq/t02.yaml", 1, "", "m")
    assert at.file_of("nirgends") == "faq"
