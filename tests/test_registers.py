"""The registers of the phrasings: what an entry leaves out is named, and no shipped entry leaves any out."""

import pytest

from bot.editions import packaged
from knowledge import source
from knowledge.registers import Registers
from tests.plain_entry import plain_entry

ALL = (
    "Muss der Azubi die Prüfung wiederholen?",
    "prüfung azubi durchgefallen",
    "Er ist zweimal durchgefallen und sein Vertrag endet im Sommer, was nun?",
    "durchgerasselt, und jetzt",
    "pruefung nicht geschafft",
)


def test_every_shipped_entry_is_asked_for_in_every_register() -> None:
    """Full question, keywords, with circumstances, without the terms of its title, without umlauts."""
    entries = tuple(source.load(packaged()).entries.values())
    registers = Registers(entries)

    assert {entry.id: found for entry in entries if (found := list(registers.missing(entry)))} == {}


@pytest.mark.parametrize(
    ("left_out", "named"),
    [
        ((0, 2), "als ganze Frage"),
        ((1, 3, 4), "in Stichwörtern"),
        ((2,), "mit Umständen davor"),
        ((2, 3), "ohne die Fachwörter"),
        ((4,), "ohne Umlaute"),
    ],
)
def test_a_register_that_is_missing_is_named(left_out: tuple[int, ...], named: str) -> None:
    """With an example of what is meant."""
    entry = plain_entry("a", ALL, title="Muss der Azubi die Prüfung wiederholen?")
    assert not list(Registers([entry]).missing(entry))

    kept = tuple(text for number, text in enumerate(ALL) if number not in left_out)
    less = plain_entry("a", kept, title=entry.title)

    assert any(found.startswith(named) for found in Registers([less]).missing(less))


def test_a_word_is_only_spelt_out_where_the_faq_has_the_umlaut() -> None:
    """ "neue" and "muss" are German as they are."""
    entry = plain_entry("a", ("neue Azubis", "Was muss ich tun?"), title="Was gilt für Neue?")

    assert any(found.startswith("ohne Umlaute") for found in Registers([entry]).missing(entry))
