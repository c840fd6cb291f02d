"""The vectors of words: what is near in meaning is near in numbers, and unknown words are taken apart."""

import numpy as np
import pytest

from knowledge.meaning import WIDTH, Meanings, meanings


def near(one: str, other: str) -> float:
    """The cosine of two words."""
    return float(meanings().of([(one, 1.0)]) @ meanings().of([(other, 1.0)]))


@pytest.mark.parametrize(
    ("word", "akin", "foreign"),
    [("kohle", "geld", "schule"), ("chef", "arbeitgeber", "wohnung"), ("lohn", "gehalt", "deutschkurs")],
)
def test_near_words_are_nearer_than_others(word: str, akin: str, foreign: str) -> None:
    """Also where no editor wrote the one for the other."""
    assert near(word, akin) > near(word, foreign)


def test_an_unknown_word_is_taken_apart() -> None:
    """The last part of a compound, with the first if that is known; else a form without its ending; else nothing."""
    small = Meanings(["zahlung", "vor", "raten", "betrieb"], np.eye(4, WIDTH, dtype=np.int8))
    assert small.rows_of("betrieb") == (3,)
    assert small.rows_of("ratenzahlung") == (2, 0)
    assert small.rows_of("xxxxzahlung") == (0,)
    assert small.rows_of("betriebes") == (3,)
    assert small.rows_of("xyz") == ()
    assert small.rows_of("unbekannt") == ()
    assert small.rows_of("x" * 100) == ()


def test_a_meaning_has_unit_length() -> None:
    """And is zero where no word is known; a heavier word pulls more."""
    assert not meanings().of([("xqzwv", 1.0)]).any()
    mixed = meanings().of([("geld", 3.0), ("schule", 1.0)])
    assert float(mixed @ mixed) == pytest.approx(1, abs=1e-5)
    assert float(mixed @ meanings().of([("geld", 1.0)])) > float(mixed @ meanings().of([("schule", 1.0)]))
