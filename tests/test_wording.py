"""What may be said, although it looks like what must not be."""

import pytest

from knowledge.wording import Wording


@pytest.mark.parametrize(
    "text",
    [
        "Nicht alles ist eine Garantie.",
        "Das dürfen Sie ablehnen.",
        "Sie dürfen nicht ohne Erlaubnis beschäftigen.",
        "Sie dürfen nur mit Erlaubnis beginnen.",
        "Ihr Azubi muss zur Schule.",
        "Illegale Beschäftigung ist verboten. Das Chancen-Aufenthaltsrecht ist ausgelaufen.",
        "Nach 140 Stunden endet der Kurs.",
        "Der Asylantrag der Asylbewerberin läuft.",
    ],
)
def test_what_may_be_said(text: str) -> None:
    """Rules, prohibitions and numbers that only look like what must not be said."""
    assert list(Wording.of(("Asylant",)).problems(text)) == []


def test_no_hidden_words_nothing_hidden() -> None:
    """An empty list hides nothing; an empty term is no term."""
    assert list(Wording.of(()).problems("Asylant")) == []
    assert list(Wording.of((" ",)).problems("Asylant")) == []
