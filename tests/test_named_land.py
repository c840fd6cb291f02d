"""Which Land a question names."""

import pytest

from knowledge.named_land import named_land
from knowledge.schema import LAENDER


@pytest.mark.parametrize(("code", "name"), LAENDER.items())
def test_every_land_by_its_name(code: str, name: str) -> None:
    """In a question, in lower case, without umlauts, and with a space for the hyphen."""
    for way in (name, name.lower(), name.replace("ü", "ue"), name.replace("-", " ")):
        assert named_land(f"Berufsschulpflicht in {way} für Ältere?") == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("bildungsurlaub nrw", "NW"),
        ("Lehrling in BaWü", "BW"),
        ("meck pomm azubi", "MV"),
        ("Gilt das auch in Sachsen-Anhalt?", "ST"),
        ("niedersachsens Regel", ""),  # a genitive is no loss: the firm's Land is asked for
        ("Regel in Bayern und in Hessen", ""),
        ("Bayern und Bayern", "BY"),
        ("Die Bayernpartie", ""),
        ("Darf der Azubi nachts Berliner backen?", ""),
        ("Wir braten Hamburger", ""),
        ("Darf mein Azubi arbeiten?", ""),
        ("", ""),
    ],
)
def test_what_else_is_said(text: str, code: str) -> None:
    """Short forms count, two Länder are none, a part of a word is none."""
    assert named_land(text) == code
