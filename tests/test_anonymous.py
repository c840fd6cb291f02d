"""What is left of a message when nothing may tell who wrote it or whom it is about."""

import pytest

from knowledge.anonymous import LONGEST, anonymous, anonymous_answer, masked
from knowledge.language import words

KNOWN = set(
    words(
        "darf mein Azubi im Lager arbeiten kann er nach bleiben was ist die Duldung Regelung Herr Frau aus Köln fragt meldet sich bei"
        " Monate Euro zahlt das Amt gibt es Ausbildungsplatz Lkw Fahrer"
    )
)


def known(word: str) -> bool:
    """A small German."""
    return word in KNOWN or not word.isalpha()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Darf Yusuf Abdi im Lager arbeiten?", "Darf … im Lager arbeiten?"),
        ("DARF MEHMET ARBEITEN", "DARF … ARBEITEN"),
        ("Kann er nach § 60c Abs. 2 AufenthG bleiben?", "Kann er nach § 60c Abs. 2 AufenthG bleiben?"),
        ("Was ist die 3+2 Regelung 2026?", "Was ist die 3+2 Regelung …"),
        ("Frau Köln fragt nach Monate", "Frau … fragt nach Monate"),
        ("darf er arbeiten? yusuf@firma.de, www.firma.de", "darf er arbeiten? …"),
        ("Azubi, geb. 01.02.2003, Tel. 0171 2345678", "Azubi, geb …"),
        ("Lkw-Fahrer: Abdul-Rahman Öztürk", "Lkw-Fahrer …"),
        ("0171 2345678", ""),
        ("Yusuf", ""),
        ("", ""),
    ],
)
def test_names_and_numbers_go(text: str, left: str) -> None:
    """Sections and "3+2" stay."""
    assert anonymous(text, known) == left


def test_a_long_message_is_cut_at_a_word() -> None:
    """A phrasing is at most so long."""
    left = anonymous("darf mein azubi arbeiten " * 60, known)
    assert len(left) <= LONGEST
    assert left.endswith(("darf", "mein", "azubi", "arbeiten"))


def test_an_answer_keeps_lines_and_amounts() -> None:
    """How much and how long is what was asked; whose number it is goes."""
    answer = "Frau Amiri meldet sich bei Yusuf.\n\nDas Amt zahlt 276 Euro, 12 Monate.\nTel. 0171 2345678, er ist 17."
    left = anonymous_answer(answer, known).splitlines()
    assert left[0] == "Frau … meldet sich bei …."
    assert left[2] == "Das Amt zahlt 276 Euro, 12 Monate."
    assert not any(number in left[3] for number in ("0171", "17"))


def test_masked_words_are_those_not_allowed() -> None:
    """Whatever their first letter."""
    assert masked("darf mahmoud im Lager arbeiten", known) == "darf … im Lager arbeiten"
