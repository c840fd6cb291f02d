"""Which answers to "In welchem Land?" are one: never an emergency, a wish for a person, or a guess."""

import pytest

from bot.library import Edition
from handlers.home_land import land_said
from knowledge.decision import Decision, Handoff, Person, Unclear


@pytest.mark.parametrize(
    ("text", "decision", "land"),
    [
        ("Bayern", Person(), "BY"),
        ("Brandenburg", Person(), "BB"),
        ("53520", Handoff(), "RP"),  # on the border of two chambers of one Land
        ("53520", Unclear("?", ()), "RP"),
        ("53520", Person(), ""),
        ("Lehre", Unclear("?", ()), ""),
        ("Köln und Bonn", Handoff(), ""),
        ("bei Rosenheim", Handoff(), ""),
    ],
)
def test_land_said(shipped: Edition, text: str, decision: Decision, land: str) -> None:
    """By what the text would mean without the question before it."""
    assert land_said(shipped, text, lambda: decision) == land
