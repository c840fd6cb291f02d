"""Follow-ups take up the last answer; a question with its own subject does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.followup import continues

PERMIT = "Wer beantragt die Arbeitserlaubnis, und wo?"
TOLERATED = "Ab wann darf ein Asylbewerber außerhalb der Aufnahmeeinrichtung arbeiten?"
EQ = "Was bekommt der Betrieb für eine EQ?"

FOLLOWS = (
    ("und wie lange dauert das?", PERMIT, "Arbeitserlaubnis"),
    ("was kostet das", PERMIT, "Arbeitserlaubnis"),
    ("wo?", PERMIT, "Arbeitserlaubnis"),
    ("wie beantrage ich das?", EQ, "EQ"),
    ("und bei Duldung?", TOLERATED, "arbeiten"),
    ("und bei Minderjährigen?", PERMIT, "Arbeitserlaubnis"),
    ("Ok danke, und wie lange?", EQ, "EQ"),
    ("Gilt das auch für Praktikanten?", PERMIT, "Arbeitserlaubnis"),
    ("bei Ukrainern auch?", TOLERATED, "arbeiten"),
    ("und was ist mit Minijob?", PERMIT, "Arbeitserlaubnis"),
    ("warum?", EQ, "EQ"),
    ("und dann?", PERMIT, "Arbeitserlaubnis"),
    ("wie hoch ist der", EQ, "EQ"),
    ("bis wann muss ich das beantragen", EQ, "EQ"),
    ("und wer zahlt?", EQ, "EQ"),
)
FOLLOWS_ASIDE = (
    ("Wie viel?", EQ, "EQ"),
    ("und wie geht das?", EQ, "EQ"),
    ("danke! und wann?", PERMIT, "Arbeitserlaubnis"),
    ("und mit Gestattung?", "Kann ich eine Person mit Duldung ausbilden?", "ausbilden"),
    ("ist das in der Pflege auch so?", PERMIT, "Arbeitserlaubnis"),
    ("was muss ich dafür tun?", EQ, "EQ"),
    ("und für Teilzeit", EQ, "EQ"),
    ("welche Unterlagen?", PERMIT, "Arbeitserlaubnis"),
    ("wie ist es bei Ukrainern?", TOLERATED, "Aufnahmeeinrichtung"),
)
STANDS_ALONE = (
    ("Was ist eine Einstiegsqualifizierung?", PERMIT),
    ("Wie viel Mindestlohn zahle ich einem Praktikanten ohne Ausbildung?", PERMIT),
    ("Kann ich eine Person mit Duldung ausbilden?", EQ),
    ("Muss ich meinen Azubi für die Berufsschule freistellen?", PERMIT),
    ("Mein Azubi kommt ständig zu spät", EQ),
    ("Duldung", PERMIT),
    ("Welche Förderung gibt es für Sprachkurse in Hessen?", PERMIT),
    ("", PERMIT),
    ("danke", PERMIT),
    ("Wohnung finden", PERMIT),
    ("Ausbildungsvertrag kündigen Probezeit", PERMIT),
)


@pytest.mark.parametrize(("text", "title", "carried"), FOLLOWS + FOLLOWS_ASIDE)
def test_a_follow_up_carries_words_of_the_last_answer(text: str, title: str, carried: str) -> None:
    """What was spoken about, or what was asked of it, is searched with the new message."""
    found = continues(text, title)
    assert found is not None
    assert carried in found.carried
    assert carried in found.search


@pytest.mark.parametrize(("text", "title"), STANDS_ALONE)
def test_a_message_with_its_own_subject_is_no_follow_up(text: str, title: str) -> None:
    """A full question stands alone whatever was asked before."""
    assert continues(text, title) is None


def test_the_new_subject_replaces_the_old_one() -> None:
    """ "und bei Duldung?" after a question about asylum seekers no longer asks about asylum seekers."""
    found = continues("und bei Duldung?", TOLERATED)
    assert found is not None
    assert "Asylbewerber" not in found.carried


def test_a_question_with_a_pronoun_may_stand_alone() -> None:
    """ "Darf er Überstunden machen?" may continue, but has a subject: both readings are to be searched."""
    found = continues("Darf er Überstunden machen?", PERMIT)
    assert found is not None
    assert not found.sure


@given(st.text(max_size=200), st.text(max_size=90))
def test_any_text_can_be_a_follow_up(text: str, title: str) -> None:
    """No pair of texts makes it fail."""
    found = continues(text, title)
    assert found is None or found.search
