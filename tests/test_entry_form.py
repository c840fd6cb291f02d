"""The form of a new entry in a chat: what is written is read back, what is missing makes a draft."""

import json
from datetime import date

import pytest

from knowledge import source
from knowledge.additions import Addition
from knowledge.entry import EntryId
from knowledge.entry_form import EntryDraft, begun, new_id, parse
from knowledge.source import TextFile
from tests.test_additions import SMALL

TODAY = date(2026, 11, 28)
WHOLE = EntryDraft(
    title="Zahlt jemand den Führerschein?",
    topic="T05",
    phrasings=tuple(f"führerschein frage {number}" for number in range(8)),
    answer="<b>Manchmal.</b>\n\n• Das Jobcenter fragen.",
    details="Noch mehr.",
    basis=("§ 44 SGB III",),
    programme="",
    sources=(("§ 44 SGB III", "https://www.gesetze-im-internet.de/sgb_3/__44.html"),),
    as_of="2026-10",
    review_by="2027-05-31",
    role="foerderung",
)


def test_what_is_written_is_read_back() -> None:
    """The whole form, and one with hardly anything."""
    for draft in (WHOLE, EntryDraft(title="Geht das?", phrasings=("geht das",), answer="Ja.")):
        assert parse(draft.text()) == (draft, ())


def test_a_whole_entry_is_no_draft() -> None:
    """Statute, source, dates and eight phrasings: nothing says that it is unverified."""
    assert WHOLE.missing == ()
    fields = WHOLE.fields("fuehrerschein", TODAY)
    assert "entwurf" not in fields
    assert "ungeprueft" not in fields
    assert (fields["stand"], fields["pruefen_bis"]) == ("2026-10", "2027-05-31")


def test_a_draft_loads_and_says_so() -> None:
    """Without statute, source and dates the entry is unverified and due in a month; the YAML is accepted."""
    draft = begun(
        "zahlt jemand den führerschein",
        ["führerschein bezahlen"],
        "Fragen Sie das Jobcenter vor dem Kurs.",
        "T05",
    )
    assert draft.title == "Zahlt jemand den führerschein?"
    assert draft.missing == (
        "Grundlage oder Programm",
        "Quelle",
        "Stand",
        "Prüfen bis",
        "mindestens 8 Fragen",
    )
    form = json.dumps(draft.fields("neu", TODAY))
    whole = SMALL[: SMALL.index("  # vor")]
    base = f"{whole}  - id: alt\n" + "".join(
        f"    {line}\n"
        for line in (
            "titel: Gibt es das schon lange?",
            "formulierungen: [a1, a2, a3, a4, a5, a6, a7, a8]",
            "antwort: Ja, das gibt es schon lange.",
            "programm: Praxis",
            "quellen: [{name: BAMF, url: 'https://www.bamf.de/'}]",
            "stand: 2026-08",
            "pruefen_bis: 2027-05-31",
            "zustaendig: recht",
        )
    )
    file = Addition("neu", topic="T05", form=form).to((TextFile("faq/t05.yaml", base.encode()),))
    entry = source.parse((file,)).entries[EntryId("neu")]
    assert "noch nicht geprüft" in entry.unverified
    assert entry.review_by == date(2026, 12, 28)
    assert entry.sources == ()


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("Titel: Zahlt jemand den Führerschein?", "Titel: Führerschein", "Titel: bitte als Frage"),
        (" | https", " https", "Quelle: bitte „Name | https://…“"),
        ("Stand: 2026-10", "Stand: neulich", "Stand: bitte Monat und Jahr"),
        ("Prüfen bis: 2027-05-31", "Prüfen bis: 31.02.2027", "Prüfen bis: bitte ein Datum"),
        ("Zuständig: foerderung", "Zuständig: ich", "Zuständig: eins von"),
        ("Antwort: ", "Anwort: ", "Antwort: fehlt."),
    ],
)
def test_what_cannot_be_read_is_said(old: str, new: str, problem: str) -> None:
    """One sentence each, with an example."""
    text = WHOLE.text()
    assert old in text
    assert any(problem in found for found in parse(text.replace(old, new))[1])


def test_dates_as_germans_write_them() -> None:
    """11/2026 and 31.5.2027."""
    text = WHOLE.text().replace("2026-10", "11/2026").replace("2027-05-31", "31.5.2027")
    found, problems = parse(text)
    assert (found.as_of, found.review_by, problems) == ("2026-11", "2027-05-31", ())


def test_a_long_answer_is_folded() -> None:
    """At the end of a sentence; nothing is lost."""
    long = "Ein Satz mit Inhalt. " * 80
    draft = begun("x" * 120 + " wie lange noch", ["x"], long, "T05")
    assert len(draft.answer) <= 900
    assert draft.answer.endswith(".")
    assert f"{draft.answer} {draft.details}" == long.strip()
    assert len(draft.title) <= 90


def test_ids_are_speaking_and_new() -> None:
    """From the title; numbered when there is one."""
    assert new_id("Zahlt jemand den Führerschein?", set()) == "zahlt-jemand-den-fuhrerschein"
    assert new_id("Geht das?", {"geht-das", "geht-das-2"}) == "geht-das-3"
    assert new_id("???", set()) == "eintrag"
    assert len(new_id("wort " * 30, set())) <= 40
