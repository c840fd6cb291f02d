"""What needs a person: danger to life, urgent cases and individual cases, told apart from general questions."""

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.message import read
from knowledge.triggers import TriggerMatcher
from knowledge.wordlists import HANDOVER_FILE, load_wordlists
from tests import trigger_fresh as fresh
from tests.trigger_cases import (
    DANGER,
    DANGER_ASIDE,
    DANGER_LATER,
    HAND_OVER,
    HAND_OVER_ASIDE,
    NORMAL,
    NORMAL_ASIDE,
    NORMAL_LATER,
    URGENT,
    URGENT_ASIDE,
    URGENT_LATER,
)


@pytest.fixture(scope="module")
def matcher() -> TriggerMatcher:
    """The packaged lists."""
    content = files("knowledge").joinpath("data", HANDOVER_FILE).read_bytes()
    _, triggers, problems = load_wordlists({HANDOVER_FILE: content}, None)
    assert problems == []
    return TriggerMatcher(triggers)


@pytest.mark.parametrize(("wanted", "text"), [(w, t) for w, ts in URGENT.items() for t in ts])
def test_urgent_cases_are_named(matcher: TriggerMatcher, wanted: str, text: str) -> None:
    """A deportation tomorrow, an arrest, a deadline, customs in the house: a person today."""
    trigger = matcher.match(read(text)).urgent
    assert trigger is not None
    assert trigger.id == wanted


@pytest.mark.parametrize("text", URGENT_ASIDE + URGENT_LATER + fresh.URGENT)
def test_urgent_cases_are_found(matcher: TriggerMatcher, text: str) -> None:
    """The same in words that the lists were not made from."""
    assert matcher.match(read(text)).urgent is not None


@pytest.mark.parametrize("text", DANGER + DANGER_ASIDE + DANGER_LATER + fresh.DANGER)
def test_danger_to_life_comes_with_first_aid(matcher: TriggerMatcher, text: str) -> None:
    """Suicide, violence, acute medical danger: 112 and the TelefonSeelsorge before anything else."""
    trigger = matcher.match(read(text)).danger
    assert trigger is not None
    assert "112" in trigger.first_aid


@pytest.mark.parametrize("text", HAND_OVER + HAND_OVER_ASIDE)
def test_individual_cases_are_handed_over(matcher: TriggerMatcher, text: str) -> None:
    """A concrete person with facts of the case needs a person."""
    assert matcher.match(read(text)).hand_over is not None


@pytest.mark.parametrize("text", NORMAL + NORMAL_ASIDE + NORMAL_LATER + fresh.NORMAL)
def test_general_questions_stay_questions(matcher: TriggerMatcher, text: str) -> None:
    """A general question on a grave subject is answered like any other."""
    met = matcher.match(read(text))
    assert (met.danger, met.urgent, met.hand_over) == (None, None, None)


@pytest.mark.parametrize("text", [t for ts in URGENT.values() for t in ts])
def test_spelling_does_not_matter(matcher: TriggerMatcher, text: str) -> None:
    """Capitals and lost umlauts change nothing."""
    assert matcher.match(read(text.upper())).urgent is not None
    plain = text.translate(str.maketrans("äöüß", "aous"))
    assert matcher.match(read(plain)).urgent is not None


@given(st.text(max_size=500))
def test_any_text_can_be_looked_at(matcher: TriggerMatcher, text: str) -> None:
    """No text makes the matching fail."""
    met = matcher.match(read(text))
    for trigger in (met.danger, met.urgent, met.hand_over):
        assert trigger is None or trigger.id


@pytest.mark.parametrize(
    "text",
    [
        "Der Bescheid ist ergangen",
        "Wie kann er den Abschluss im Ausland erlangt haben?",
        "Aufenthaltstitel erlangen durch Ausbildung",
        "Der Azubi ist heute nicht erschienen",
        "Er hat im Unterricht geschlafen",
        "Ich habe ihn nicht angetroffen",
        "Wir haben Material eingespart",
        "Er arbeitet in einer ambulanten Pflegeeinrichtung",
        "Vermietung einer Wohnung an den Azubi",
        "Seine Lebensgefährtin wohnt bei ihm",
        "Der Termin ist angesagt",
        "Welche Regel wird angewendet?",
    ],
)
def test_a_common_word_is_no_misspelt_danger(matcher: TriggerMatcher, text: str) -> None:
    """ "ergangen" differs from "erhängen" by two letters, and is spelt as it is meant."""
    met = matcher.match(read(text))
    assert (met.danger, met.urgent) == (None, None)
