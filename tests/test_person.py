"""The wish for a person: recognised in everyday wording, and not confused with questions about persons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.message import read
from knowledge.person import wants_person

WISHES = (
    "kann mich mal jemand anrufen",
    "ich will mit einem Menschen sprechen",
    "Rückruf bitte",
    "gibt's da eine Telefonnummer von einem Berater?",
    "hallo ist da jemand echtes?",
    "Ich möchte mit einem Berater sprechen",
    "Bitte rufen Sie mich zurück",
    "ruft mich bitte an 0171 2345678",
    "Kann ich mit einem echten Menschen reden?",
    "ich möchte mit keinem Bot schreiben",
    "Ich will keinen Computer, ich will einen Menschen",
    "Verbinden Sie mich bitte mit einem Mitarbeiter",
    "Wie kann ich Sie telefonisch erreichen?",
    "Mensch bitte",
    "berater",
    "Ich hätte gern ein persönliches Gespräch",
    "Könnten Sie sich bei mir melden?",
    "bitte um rueckruf wegen meinem azubi",
    "ich brauche jemanden der mir das erklärt",
    "Haben Sie eine Hotline?",
    "Unter welcher Nummer kann ich jemanden erreichen?",
    "Ich würde gerne telefonieren",
    "kann ich einen termin mit einem lotsen machen",
    "Mein Azubi aus Gambia hat Duldung. Kann mich bitte jemand anrufen?",
    "kan mich jemnad anruffen bitte",
    "ich will mit jemandem über die Ausländerbehörde sprechen",
    "Schicken Sie mir bitte einen Ansprechpartner vorbei",
    "Lieber persönlich",
    "Kann man bei euch auch mit wem telefonieren?",
    "Geben Sie mir die Nummer vom Lotsen",
    "Wer kann mich dazu persönlich beraten?",
    "Ich möchte beraten werden",
    "Leiten Sie mich bitte weiter",
    "Wann kann mich jemand anrufen?",
    "ich komme so nicht weiter, kann ich mit jemand reden",
    "ICH WILL MIT EINEM MENSCHEN SPRECHEN!!!",
    "I want to talk to a human",
)

QUESTIONS = (
    "Wie finde ich einen Ansprechpartner für Sprachkurse?",
    "Wer ist mein Ansprechpartner bei der Ausländerbehörde?",
    "Was macht ein Willkommenslotse?",
    "Muss ich die Person anrufen?",
    "Muss ich beim Jobcenter anrufen?",
    "Darf ich den Azubi zu Hause anrufen?",
    "Was mache ich, wenn sich mein Azubi nicht bei mir meldet?",
    "Die Ausländerbehörde ruft mich nicht zurück",
    "Was darf ich im Vorstellungsgespräch fragen?",
    "Brauche ich einen Termin bei der Ausländerbehörde?",
    "Wie viele Menschen mit Duldung arbeiten?",
    "Kann ich eine Person mit Duldung ausbilden?",
    "Wo bekomme ich die Sozialversicherungsnummer her?",
    "Was kostet der Willkommenslotse?",
    "Muss ich mit dem Vormund sprechen?",
    "Wer ist zuständig für die Beschäftigungserlaubnis?",
    "Muss mein Mitarbeiter Deutsch sprechen?",
    "Wie gut muss ein Azubi Deutsch sprechen können?",
    "Ich habe mit der Agentur gesprochen und die sagen nein",
    "Wie melde ich jemanden bei der Krankenkasse an?",
    "Gibt es einen Dolmetscher für das Gespräch mit dem Bewerber?",
    "Wie lange darf jemand zur Probe arbeiten?",
    "Darf mir der Bewerber seine Papiere per WhatsApp schicken?",
    "Bitte nicht anrufen, nur schriftlich: Brauche ich eine Erlaubnis?",
    "Kann jemand mit Duldung bei mir anfangen?",
    "Ich suche jemanden für die Backstube, der sofort anfangen kann",
    "Ich brauche einen Mitarbeiter für die Küche",
    "Wie erreiche ich geflüchtete Bewerber?",
    "Wann meldet sich das Amt bei mir?",
    "Kann mich der Zoll kontrollieren?",
    "Mein Azubi möchte einen Termin bei der Beratungsstelle",
    "Kann die Ausländerbehörde mich anrufen?",
    "Kann ich einen Menschen ohne Papiere beschäftigen?",
    "Ist ein Berater der Handwerkskammer kostenlos?",
    "Bist du ein Mensch?",
    "Spreche ich mit einem Menschen?",
)

# Written together with the lists above, put aside while the rules were made, run once at the end.
WISHES_ASIDE = (
    "Ich möchte gern persönlich beraten werden",
    "könnt ihr mich mal anrufen?",
    "rufen sie mich an",
    "Bitte um Anruf",
    "wo kann ich anrufen",
    "Gibt es bei Ihnen jemanden, mit dem ich reden kann?",
    "ich möchte einen menschlichen Ansprechpartner",
    "telefonnummer?",
    "Bitte mit einem Kollegen verbinden",
    "Ich will nicht mit einer Maschine reden",
    "Kann ich da auch persönlich vorbeikommen?",
    "Wen kann ich anrufen?",
    "ich möchte den willkommenslotsen sprechen",
    "Kontakt zum Lotsen bitte",
    "kann ich einen richtigen berater haben",
    "ich brauch n menschen",
    "Bitte melden Sie sich",
    "Wie kann ich mit Ihnen Kontakt aufnehmen?",
    "Ich möchte lieber telefonieren als schreiben",
    "Kann mir das bitte jemand persönlich erklären",
    "hätte gerne einen rückruf morgen vormittag",
    "Gibt es auch eine Telefonberatung?",
    "echte person bitte",
    "Ist hier auch mal ein Mensch?",
    "Ich bräuchte mal jemanden am Telefon",
    "bitte weiterleiten an einen Menschen",
    "ich möchte das lieber mit einem Fachmann besprechen",
    "Können Sie einen Termin mit mir ausmachen?",
    "ansprechpartner in meiner nähe bitte",
    "Kan ich mit ein Mensch sprechn",
)

QUESTIONS_ASIDE = (
    "Wie spreche ich mit dem Azubi über seine Flucht?",
    "Soll ich die Eltern anrufen?",
    "Wer hilft mir bei der Suche nach Azubis?",
    "Wo finde ich den Lotsen meiner Region?",
    "Wie viele Personen darf ich einstellen?",
    "Darf eine Person aus Syrien bei mir arbeiten?",
    "Mein Berater bei der Kammer sagt, das geht nicht. Stimmt das?",
    "Wann bekommt man einen Termin beim Ausländeramt?",
    "Jemand hat bei mir geklingelt und will arbeiten, geht das?",
    "Wie melde ich einen Unfall?",
    "Muss ich mich bei der Kammer melden, wenn er abbricht?",
    "Der Mitarbeiter spricht kaum Deutsch, was tun?",
    "Kann mir jemand den Unterschied zwischen Duldung und Gestattung erklären?",
    "Was bedeutet Ansprechpartner im Antrag?",
    "Ich möchte einen Menschen mit Fluchthintergrund ausbilden",
    "Welche Telefonnummer hat das BAMF?",
    "Der Azubi hat mich angerufen, er ist krank. Muss ich zahlen?",
    "Darf ich Bewerber telefonisch interviewen?",
    "Welche Beratung bekommt mein Azubi bei Problemen?",
    "Wer berät mich zur Förderung?",
    "Wie läuft das Beratungsgespräch bei der Agentur ab?",
    "Muss ein Mensch mit Gestattung im Heim wohnen?",
    "Kann ich ihn auf dem Handy erreichen lassen, während er in der Schule ist?",
    "Soll sich der Bewerber selbst bei der Behörde melden?",
    "Ich möchte jemanden aus der Ukraine einstellen",
)


@pytest.mark.parametrize("text", WISHES + WISHES_ASIDE)
def test_a_wish_for_a_person_is_recognised(text: str) -> None:
    """Whoever wants to speak with a human being is understood, however it is worded or misspelt."""
    assert wants_person(read(text))


@pytest.mark.parametrize("text", QUESTIONS + QUESTIONS_ASIDE)
def test_a_question_about_persons_is_no_wish_for_one(text: str) -> None:
    """Questions that mention people, calls or advisers are questions."""
    assert not wants_person(read(text))


@pytest.mark.parametrize("text", WISHES)
def test_case_and_umlauts_do_not_matter(text: str) -> None:
    """The same wish in capitals or without umlauts is the same wish."""
    assert wants_person(read(text.upper()))
    assert wants_person(read(text.replace("ü", "u").replace("ö", "o").replace("ä", "a").replace("ß", "ss")))


@given(st.text(max_size=300))
def test_any_text_can_be_asked_about(text: str) -> None:
    """No text makes the recognition fail."""
    assert wants_person(read(text)) in {True, False}
