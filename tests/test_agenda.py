"""The editor-in-chief's list: complete, sorted, and the committed one is the one of today's entries."""

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from bot.commands import main
from bot.editions import packaged
from knowledge import agenda, source
from knowledge.entry import Entry, Knowledge, Topic, TopicId, Variant
from knowledge.schema import LAENDER
from tests.plain_entry import plain_entry

COMMITTED = Path(str(files("knowledge"))).parent / "docs" / "offene-punkte.md"


def knowledge(*entries: Entry) -> Knowledge:
    """A FAQ of one topic with these entries."""
    return Knowledge((Topic(TopicId("T01"), "Thema", entries),))


def test_the_committed_list_is_true() -> None:
    """docs/offene-punkte.md says what the entries say; otherwise: lotsenbot check --offen > docs/offene-punkte.md."""
    assert COMMITTED.read_text("utf-8") == agenda.open_points(source.load(packaged()))


def test_everything_unverified_is_listed_once() -> None:
    """Each entry with „ungeprueft“ stands in the list of its role, with its sentence."""
    shipped = source.load(packaged())
    text = agenda.open_points(shipped)

    for entry in shipped.entries.values():
        if entry.unverified:
            row = f"| `{entry.id}` ({entry.topic}) | {entry.title} | {entry.unverified} |"
            assert text.count(row) == 1


def test_soon_is_six_months_after_reading() -> None:
    """February is soon for August, March is not; the earliest comes first, with what it says in numbers."""
    text = agenda.open_points(
        knowledge(
            plain_entry("spaet", title="Spät?", review_by=date(2027, 3, 1)),
            plain_entry(
                "februar",
                title="Februar?",
                review_by=date(2027, 2, 28),
                answer="<b>276 €</b> seit 01.08.2024",
            ),
            plain_entry(
                "januar",
                title="Januar?",
                review_by=date(2027, 1, 1),
                details=" ".join(f"{number} €" for number in range(1, 12)),
            ),
        )
    )

    assert "### Bald prüfen (2)" in text
    assert text.index("| 01.01.2027 | `januar` (T01) | Januar? | 1 €, 2 €") < text.index(
        "| 28.02.2027 | `februar`"
    )
    assert "| Februar? | 276 €, 01.08.2024 |" in text
    assert "8 €, … |" in text
    assert "9 €" not in text
    assert "`spaet`" not in text


def test_roles_without_open_points_have_no_heading() -> None:
    """A role is named in the overview when it has entries, and has a part of its own when there is something to do."""
    text = agenda.open_points(
        knowledge(
            plain_entry("a", role="kammer", review_by=date(2027, 8, 1), unverified="Eins | zwei"),
            plain_entry("b", role="recht", review_by=date(2027, 8, 1)),
        )
    )

    assert "| Recht | 1 | 0 | 0 |" in text
    assert "## Recht" not in text
    assert "## Kammer\n\n### Ungeprüft (1)" in text
    assert "Eins / zwei" in text
    assert "Soziales | Lotsen |\n" in text
    assert "| Soziales |" not in text.split("## Prüftermine")[0]
    assert "Rechtsstand 08/2026: 2 Einträge" in text


def test_what_differs_by_land_is_listed() -> None:
    """With the Länder that have a text and those that do not; no heading without any."""
    variants = (
        Variant("BY", "Eins."),
        *(Variant(land, "Zwei.") for land in LAENDER if land not in {"BY", "HE"}),
    )
    text = agenda.open_points(
        knowledge(plain_entry("a", title="Eins?", variants=variants), plain_entry("b", title="Zwei?"))
    )

    assert "## Was in den Ländern anders ist (1)" in text
    assert "| `a` (T01) | Eins? | BB, BE, BW, BY, HB, HH, MV, NI, NW, RP, SH, SL, SN, ST, TH | HE |" in text
    assert "Ländern" not in agenda.open_points(knowledge(plain_entry("b", title="Zwei?")))


def test_check_prints_the_list(capsys: pytest.CaptureFixture[str], cache_folder: Path) -> None:
    """„lotsenbot check --offen“ prints the list of the folder and nothing else."""
    folder = Path(str(files("knowledge"))).parent / "tests" / "data" / "knowledge"

    assert main(["check", str(folder), "--offen", "--cache", str(cache_folder)]) == 0
    assert capsys.readouterr().out == agenda.open_points(source.load(folder))
