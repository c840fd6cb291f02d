"""Plain German: what the lint calls hard to read, and that nothing shipped is."""

from dataclasses import replace

import pytest

from bot.editions import packaged
from knowledge import plain_words, source
from knowledge.entry import Variant
from tests.plain_entry import plain_entry

LONG = "Der Betrieb, " + "der heute ausbildet und morgen auch, " * 5 + "fragt die Kammer."


def test_nothing_shipped_is_hard_to_read() -> None:
    """Every answer, its details and variants keep to the rules."""
    found = {
        entry.id: [remark.message for remark in plain_words.notices(entry)]
        for entry in source.load(packaged()).entries.values()
    }

    assert {entry: messages for entry, messages in found.items() if messages} == {}


@pytest.mark.parametrize(
    ("answer", "named"),
    [
        (LONG, "35 Wörter"),
        ("Ja.\n" * 9, "9 Zeilen"),
        ("Das klappt auf jeden Fall.", "auf jeden Fall"),
        ("Hinsichtlich der Kosten fragt man. Es obliegt der Kammer.", "obliegt"),
        ("Die Auslaenderbehoerde entscheidet.", "ohne Umlaut"),
        ("Ein  Leerzeichen zu viel.", "doppelte"),
    ],
)
def test_what_is_hard_to_read(answer: str, named: str) -> None:
    """One notice each, at the field."""
    remarks = list(plain_words.notices(plain_entry("a", answer=answer)))

    assert [remark.path for remark in remarks] == [("antwort",)]
    assert named in remarks[0].message


def test_variants_are_read_too() -> None:
    """With their number."""
    entry = replace(plain_entry("a"), variants=(Variant("BY", "Kurz."), Variant("NW", LONG)))

    assert [remark.path for remark in plain_words.notices(entry)] == [("varianten", 1, "text")]


def test_what_is_no_end_of_a_sentence() -> None:
    """ "§ 4a Abs. 5", "z. B." and dates do not cut a sentence; a colon does."""
    cut = (
        "Das gilt seit dem 12. Juni für § 60c Abs. 2 Nr. 3, z. B. bei der Ausbildung im Betrieb: "
        + "wort " * 20
    )

    assert list(plain_words.notices(plain_entry("a", answer=cut))) == []


@pytest.mark.parametrize("point", ["§ 60c Abs. 2", "§ 4a Nr. 5", "z. B. im Betrieb", "d. h. im Betrieb"])
def test_a_long_sentence_is_not_cut_at_its_points(point: str) -> None:
    """13 words before a point that ends nothing and 13 after it are one sentence."""
    remarks = list(plain_words.notices(plain_entry("a", answer="wort " * 13 + point + " wort" * 13 + ".")))

    assert len(remarks) == 1
