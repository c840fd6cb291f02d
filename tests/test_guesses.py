"""What the index is not sure of is offered, however urgent the matter: never said to be the answer."""

import pytest

from bot.library import Edition
from knowledge.decision import Choice, Handoff, SmallTalk, Unclear, Urgent, hits_of
from knowledge.understanding import Understanding


@pytest.fixture
def packaged(shipped: Edition) -> Understanding:
    """The packaged knowledge."""
    return shipped.understanding


def test_what_is_only_guessed_is_no_information_for_an_urgent_case(packaged: Understanding) -> None:
    """What the index is not sure of is offered; under a matter that cannot wait nothing else is said to be the answer."""
    guessed = packaged.find("seine duldung läuft übermorgen aus")
    assert isinstance(guessed, Urgent)
    assert guessed.hits
    assert not guessed.sure
    known = packaged.find("Mein Azubi soll abgeschoben werden – was jetzt?")
    assert isinstance(known, Urgent)
    assert known.sure


def test_whose_the_child_is_makes_a_difference(packaged: Understanding) -> None:
    """The apprentice's wife is not the apprentice: the duties of the firm are not said to be the answer."""
    herself = packaged.find("Meine Azubine ist schwanger")
    assert [hit.entry.id for hit in hits_of(herself)] == ["azubi-schwanger"]
    assert isinstance(packaged.find("Frau von meinem Azubi ist schwanger darf sie bleiben"), Choice)


@pytest.mark.parametrize("text", ["kosten?", "ist das sicher?", "abmelden", "was mach ich jetzt"])
def test_what_names_no_subject_is_never_answered(packaged: Understanding, text: str) -> None:
    """One word of asking, or "das" alone: entries are offered, however sure one of them looks; and it is no "ok"."""
    assert isinstance(packaged.find(text), Choice | Unclear | Handoff)


def test_eq_plus_is_not_eq(packaged: Understanding) -> None:
    """The name of an entry finds it, and not the one whose name it begins with."""
    assert [hit.entry.id for hit in hits_of(packaged.find("Was ist EQ plus?"))] == ["eq-plus"]


def test_what_only_points_is_not_answered_among_several_questions_either(packaged: Understanding) -> None:
    """ "… und was das kostet" behind the wish to employ somebody is no question about the cost of an apprentice."""
    found = packaged.find(
        "ich wollte fragen ob wir jemanden einstellen können der noch im asylverfahren ist und wie lange das dauert "
        "und was das kostet und ob wir da zuschüsse kriegen"
    )
    said = [] if isinstance(found, Choice) else [hit.entry.id for hit in hits_of(found)]
    assert "ausbildungskosten" not in said


@pytest.mark.parametrize("text", ["bis morgen!", "ok dann bis morgen", "tschüss bis freitag"])
def test_a_farewell_is_no_matter_that_cannot_wait(packaged: Understanding, text: str) -> None:
    """Neither here nor on the card of a case, which it would mark as urgent."""
    assert packaged.find(text) == SmallTalk("farewell")
    assert packaged.alarm(text) is None
