"""Several questions in one message are told apart; harmless "und" is not cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.message import read
from knowledge.splitting import MOST_QUESTIONS, split

SPLIT = {
    "Brauche ich eine Erlaubnis und wie lange dauert das?": ("Brauche ich eine Erlaubnis", "wie lange dauert das?"),
    "Was ist eine EQ? Und was ist BAB?": ("Was ist eine EQ?", "Und was ist BAB?"),
    "1. Was ist eine EQ?\n2. Wer zahlt die Fahrkarte?": ("Was ist eine EQ?", "Wer zahlt die Fahrkarte?"),
    "Fragen: 1) Wie lang ist die Probezeit 2) Muss ich Mindestlohn zahlen": (
        "Wie lang ist die Probezeit", "Muss ich Mindestlohn zahlen"),
    "darf er umziehen und wer zahlt den führerschein": ("darf er umziehen", "wer zahlt den führerschein"),
    "Muss ich die Berufsschule bezahlen, und darf er am Wochenende arbeiten?": (
        "Muss ich die Berufsschule bezahlen", "darf er am Wochenende arbeiten?"),
    "Wir suchen einen Azubi. Wie finde ich Bewerber? Was kostet mich ein Azubi?": (
        "Wie finde ich Bewerber?", "Was kostet mich ein Azubi?"),
    "- Wie lange gilt die Duldung?\n- Braucht er einen Pass?": ("Wie lange gilt die Duldung?", "Braucht er einen Pass?"),
    "Was brauche ich für 3+2 und muss die IHK zustimmen?": ("Was brauche ich für 3+2", "muss die IHK zustimmen?"),
    "Bekomme ich Zuschuss? Bekommt der Azubi BAB? Wer zahlt den Deutschkurs?": (
        "Bekomme ich Zuschuss?", "Bekommt der Azubi BAB?", "Wer zahlt den Deutschkurs?"),
    "wie lange ist die probezeit, was muss ich zahlen": ("wie lange ist die probezeit", "was muss ich zahlen"),
    "Ich wollte fragen, ob er arbeiten darf und wer die Erlaubnis beantragt": (
        "Ich wollte fragen, ob er arbeiten darf", "wer die Erlaubnis beantragt"),
}  # fmt: skip

SPLIT_ASIDE = {
    "Hallo, ich hab zwei Fragen: Was kostet mich die EQ und wie lange geht die?": ("Was kostet mich die EQ", "wie lange geht die?"),
    "Ich möchte wissen wie viel Urlaub er hat und ob er am Samstag arbeiten darf": (
        "Ich möchte wissen wie viel Urlaub er hat", "ob er am Samstag arbeiten darf"),
    "Darf mein Azubi Überstunden machen und muss ich die bezahlen?": ("Darf mein Azubi Überstunden machen", "muss ich die bezahlen?"),
    "Was kostet der Lotse? Wo finde ich ihn?": ("Was kostet der Lotse?", "Wo finde ich ihn?"),
    "Wie beantrage ich EGZ und wie hoch ist der?": ("Wie beantrage ich EGZ", "wie hoch ist der?"),
    "a) Was ist eine Gestattung? b) Was ist eine Duldung?": ("Was ist eine Gestattung?", "Was ist eine Duldung?"),
    "Gibt es Förderung für den Sprachkurs oder muss ich den selbst zahlen?": (
        "Gibt es Förderung für den Sprachkurs", "muss ich den selbst zahlen?"),
    "Mein Bewerber ist 17. Wer unterschreibt den Vertrag? Und wie viel Urlaub hat er?": (
        "Wer unterschreibt den Vertrag?", "Und wie viel Urlaub hat er?"),
}  # fmt: skip

ONE = (
    "Was ist mit Pass und Identität?",
    "Wo und wann muss ich den Antrag stellen?",
    "Wer beantragt die Arbeitserlaubnis, und wo?",
    "Was gilt für Urlaub und Krankheit?",
    "Mein Azubi ist krank und ich weiß nicht, was ich tun soll.",
    "Was ist der Unterschied zwischen Duldung und Gestattung?",
    "Kann ich einen Azubi aus Syrien oder Afghanistan einstellen?",
    "Ich habe einen Azubi. Er hat Duldung. Darf er arbeiten?",
    "Wie lange und wie oft?",
    "Wer zahlt was und wann?",
    "duldung und arbeiten",
    "Wann, wie und wo melde ich ihn an?",
    "Darf er arbeiten? Bitte um Antwort.",
    "Was passiert, wenn er die Prüfung nicht besteht?",
    "Hallo! Wie geht das mit der EQ?",
    "Er kommt zu spät und fehlt oft. Was nun?",
    "Geht das? Wirklich?",
    "Was muss ich tun, wenn mein Azubi kündigt und auszieht?",
    "z. B. Abs. 2 Satz 1, was heißt das?",
    "Muss ich das Amt informieren, wenn die Ausbildung endet, und bis wann?",
    "Am 1. September fängt er an. Brauche ich noch was?",
    "",
    "?",
    "😊",
)


@pytest.mark.parametrize(("text", "parts"), [*SPLIT.items(), *SPLIT_ASIDE.items()])
def test_several_questions_are_told_apart(text: str, parts: tuple[str, ...]) -> None:
    """Two sentences that ask, a list, or "und wie …" within one sentence."""
    assert tuple(part.text for part in split(read(text))) == parts


@pytest.mark.parametrize("text", ONE)
def test_one_question_stays_one(text: str) -> None:
    """ "und" between words, bare question words and context do not split."""
    assert len(split(read(text))) <= 1


def test_a_second_half_without_subject_inherits_the_first_ones() -> None:
    """ "wie lange dauert das?" is searched with what "das" is."""
    first, second = split(read("Brauche ich eine Beschäftigungserlaubnis und wie lange dauert das?"))
    assert first.carried == ()
    assert second.carried == ("Beschäftigungserlaubnis",)
    assert second.search == "wie lange dauert das? Beschäftigungserlaubnis"


def test_a_second_half_with_its_own_subject_inherits_nothing() -> None:
    """ "Was ist BAB?" needs no words of the question before it."""
    _, second = split(read("Was ist eine EQ? Und was kostet ein Deutschkurs für Azubis?"))
    assert second.carried == ()


def test_context_stays_with_its_question() -> None:
    """What is told before a question belongs to it."""
    first, second = split(
        read("Mein Bewerber ist 17 Jahre. Wer unterschreibt den Vertrag? Er wohnt im Heim. Darf er umziehen?")
    )
    assert first.context == "Mein Bewerber ist 17 Jahre."
    assert second.context == "Er wohnt im Heim."


@given(st.text(max_size=400))
def test_any_text_can_be_split(text: str) -> None:
    """No text makes it fail; every part is a part of the text, and there are only so many."""
    message = read(text)
    parts = split(message)
    assert len(parts) <= MOST_QUESTIONS
    assert all(part.text in message.text for part in parts)


@given(
    st.lists(
        st.sampled_from(["wie", "lange", "und", "?", ".", "1.", "darf", "er", "was", ",", "Pass", "\n", "-"]),
        max_size=60,
    )
)
def test_any_words_can_be_split(pieces: list[str]) -> None:
    """Nor does any order of the words that matter here."""
    message = read(" ".join(pieces))
    assert all(part.text.strip() for part in split(message))
