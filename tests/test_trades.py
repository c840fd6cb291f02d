"""The branch of trade that is typed instead of pressed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.directory import Branch
from knowledge.trades import branch_of


@pytest.mark.parametrize(
    ("text", "branch"),
    [
        ("Handwerk", Branch.HANDWERK),
        ("wir sind eine Baeckerei in Köln", Branch.HANDWERK),
        ("Metzgerrei", Branch.HANDWERK),
        ("Maler- und Lackierbetrieb", Branch.HANDWERK),
        ("Heizung, Sanitär", Branch.HANDWERK),
        ("IHK", Branch.IHK),
        ("Wir sind ein Hotel", Branch.IHK),
        ("Industrie, Handel, Gastro, Dienstleistung", Branch.IHK),
        ("Ich habe eine Zahnarztpraxis", Branch.FREIE),
        ("freier beruf", Branch.FREIE),
        ("Das weiß ich leider nicht", Branch.UNBEKANNT),
        ("keine Ahnung", Branch.UNBEKANNT),
        ("Hotel mit Bäckerei", None),
        ("kein Handwerk", None),
        ("Handwerk oder Industrie, weiß ich nicht", None),
        ("Autohaus", None),
        ("ja", None),
        ("Es handelt sich um einen Pflegebetrieb", None),
        ("In der Praxis ist das so", None),
        ("Die IHK hat gesagt ich soll mich melden", None),
        ("Muss ich das der Handwerkskammer melden?", None),
        ("Werkstatt für behinderte Menschen", None),
        ("Wir haben eine Praxis", Branch.FREIE),
        ("", None),
    ],
)
def test_one_branch_or_none(text: str, branch: Branch | None) -> None:
    """Two branches, or a trade that both chambers have, are for the buttons to tell."""
    assert branch_of(text) is branch


@given(st.text(max_size=200))
def test_any_text_names_one_branch_or_none(text: str) -> None:
    """It never fails, and trailing signs change nothing."""
    assert branch_of(text + " !") is branch_of(text + " ?")
