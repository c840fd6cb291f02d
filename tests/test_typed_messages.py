"""Messages as employers type them: what each is, by the packaged knowledge; ordinary questions trigger nothing."""

import pytest

from bot.library import Edition
from knowledge.decision import Person, SmallTalk, Urgent
from knowledge.languages import recognise
from knowledge.message import read
from knowledge.understanding import Understanding
from tests import typed_messages as typed


@pytest.fixture(scope="module")
def packaged(shipped: Edition) -> Understanding:
    """The understanding of the packaged knowledge."""
    return shipped.understanding


@pytest.mark.parametrize("text", typed.PERSON)
def test_who_wants_a_person_gets_one(packaged: Understanding, text: str) -> None:
    """To be called, to speak with somebody, no machine."""
    assert packaged.find(text) == Person()


@pytest.mark.parametrize("text", typed.DANGER)
def test_danger_comes_first(packaged: Understanding, text: str) -> None:
    """112 and the TelefonSeelsorge before anything else."""
    decision = packaged.find(text)
    assert isinstance(decision, Urgent)
    assert decision.danger
    assert "112" in decision.trigger.first_aid


@pytest.mark.parametrize("text", typed.URGENT)
def test_urgent_is_urgent(packaged: Understanding, text: str) -> None:
    """Deportation, arrest, hearing, a deadline within days, customs in the house."""
    assert isinstance(packaged.find(text), Urgent)


@pytest.mark.parametrize(
    "text",
    typed.NO_PERSON + typed.NOT_URGENT + typed.NO_DANGER + typed.QUESTIONS,
)
def test_ordinary_questions_trigger_nothing(packaged: Understanding, text: str) -> None:
    """They are searched, whatever words they share with the wish for a person, with danger or small talk."""
    assert not isinstance(packaged.find(text), Person | SmallTalk | Urgent)


@pytest.mark.parametrize(("text", "wanted"), typed.SMALL_TALK)
def test_what_asks_nothing_is_told_by_its_kind(packaged: Understanding, text: str, wanted: str) -> None:
    """Each gets its own short answer; another language gets one sentence in it."""
    decision = packaged.find(text)
    if "en" in wanted.split() and not isinstance(decision, SmallTalk):
        return  # an English question that finds an entry
    assert isinstance(decision, SmallTalk)
    assert {decision.kind, decision.language} & set(wanted.split())


@pytest.mark.parametrize("text", typed.GERMAN)
def test_borrowed_words_and_names_stay_german(text: str) -> None:
    """A name from elsewhere, an English trade word."""
    assert recognise(read(text)) is None
