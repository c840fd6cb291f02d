"""Vague messages get one concrete question back; concrete ones are searched."""

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.entry import AskBack, Synonyms
from knowledge.message import read
from knowledge.vague import Vague
from knowledge.wordlists import SYNONYMS_FILE, load_wordlists


@pytest.fixture(scope="module")
def vague() -> Vague:
    """The packaged questions back."""
    content = files("knowledge").joinpath("data", SYNONYMS_FILE).read_bytes()
    synonyms, _, problems = load_wordlists({SYNONYMS_FILE: content}, None)
    assert problems == []
    return Vague(synonyms)


VAGUE = (
    "Duldung", "duldung?", "Hilfe bei Azubi", "Ich habe eine Frage", "Flüchtling einstellen", "Infos zu Förderung", "Anerkennung",
    "AA", "LEA", "BAB", "frage zur BAB", "GU", "was gilt bei duldung", "Ich möchte einen Flüchtling einstellen", "Geflüchtete einstellen", "Praktikum",
    "Frage zur Arbeitserlaubnis", "ukraine", "Dultung", "Ich brauche Hilfe", "Thema Kündigung", "Deutschkurs", "Geld",
)  # fmt: skip
VAGUE_ASIDE = (
    "Fragen zur Ausbildung", "Asyl", "Ich hätte gern Informationen", "flüchtlinge", "Wie ist das mit der Duldung?", "Papiere",
    "Habe ein Problem", "arbeitserlaubnis", "Es geht um ein Praktikum", "Zuschüsse?", "bitte um Auskunft", "azubis",
)  # fmt: skip
CONCRETE = (
    "Was ist eine Duldung?", "Duldung Probezeit", "Kann ich einen Geduldeten ausbilden?", "Wie lange dauert ein Praktikum?",
    "Ausbildungsvertrag", "Duldung light", "Darf Duldung arbeiten", "Förderung für EQ", "kein Pass", "", "?", "Mindestlohn",
    "Anerkennung Berufsabschluss", "ausbilden mit Duldung", "Wo beantrage ich die Arbeitserlaubnis?", "Hallo",
    "Praktikum unbezahlt", "Wer bekommt Förderung?", "Duldung Förderung", "Deutschkurs während der Ausbildung",
)  # fmt: skip


@pytest.mark.parametrize("text", VAGUE + VAGUE_ASIDE)
def test_a_vague_message_gets_a_question_back(vague: Vague, text: str) -> None:
    """One word, or "Hilfe bei …": the bot asks what about it, with at least two choices."""
    ask = vague.ask_back(read(text))
    assert ask is not None
    assert ask.question.endswith("?")
    assert len(ask.options) >= 2


@pytest.mark.parametrize("text", CONCRETE)
def test_a_concrete_message_is_searched(vague: Vague, text: str) -> None:
    """A second subject, a modal verb or a question word makes a message concrete."""
    assert vague.ask_back(read(text)) is None


def test_without_lists_nothing_is_vague() -> None:
    """An editor who deletes the lists gets searches instead."""
    assert Vague(Synonyms()).ask_back(read("Duldung")) is None
    assert Vague(Synonyms()).ask_back(read("Ich habe eine Frage")) is None


def test_two_words_of_one_key_are_one_subject() -> None:
    """Synonyms of one question back do not make the message concrete; two different subjects do."""
    one, two = AskBack("Eins?", (("a", "a"), ("b", "b"))), AskBack("Zwei?", (("c", "c"), ("d", "d")))
    vague = Vague(Synonyms(ambiguous={"Lehre": one, "Azubi": one, "Förderung": two}))
    assert vague.ask_back(read("Azubi Lehre")) is one
    assert vague.ask_back(read("Azubi Förderung")) is None


@given(st.text(max_size=200))
def test_any_text_can_be_looked_at(vague: Vague, text: str) -> None:
    """No text makes it fail."""
    ask = vague.ask_back(read(text))
    assert ask is None or ask.options
