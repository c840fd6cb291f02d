"""Messages that are no questions, and courtesy around messages that are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.message import read
from knowledge.smalltalk import SmallTalkKind, small_talk, strip_courtesy

K = SmallTalkKind

SEEN = {
    K.GREETING: ("Hallo", "guten tag", "Moin!", "hi", "Servus", "Grüß Gott", "Hallo zusammen", "guten morgen 😊",
                 "Hallo, mein Name ist Müller", "hallooo", "Sehr geehrte Damen und Herren", "tach", "Hey du"),
    K.THANKS: ("danke", "Vielen Dank!", "danke schön", "ok danke", "Danke für die Hilfe", "super, danke!", "merci", "thx",
               "Dankeschön 👍", "vielen lieben dank", "danke dir", "DANKE!!!"),
    K.FAREWELL: ("tschüss", "Auf Wiedersehen", "bis bald", "ciao", "schönen Tag noch", "Schönes Wochenende", "tschuess",
                 "das war alles", "Gute Nacht"),
    K.OK: ("ok", "Okay", "alles klar", "verstanden", "aha", "passt", "in Ordnung", "ach so", "gut"),
    K.YES: ("ja", "Ja bitte", "jep", "gerne"),
    K.NO: ("nein", "nö", "nein danke", "nee", "doch nicht", "Stopp", "hat sich erledigt"),
    K.OWN_DATA: ("lösch meine daten", "Bitte löschen Sie meine Daten", "Was speichert ihr", "Wer liest das hier alles mit?",
                 "was passiert mit meinen daten", "Datenschutz", "Impressum"),
    K.HOW_ARE_YOU: ("wie geht's?", "Wie geht es dir?", "Hallo, wie geht es Ihnen?", "alles gut bei dir?"),
    K.WHO: ("wer bist du?", "Wer sind Sie?", "wie heißt du", "Wie heissen Sie?", "wer steckt dahinter?", "von wem ist das hier"),
    K.HUMAN: ("bist du ein Roboter?", "Bist du ein Mensch?", "Spreche ich mit einem Menschen?", "sind sie echt", "bist du eine KI",
              "Ist das ein Bot?"),
    K.CAPABILITIES: ("Was kannst du?", "was können sie alles", "Hilfe", "wie funktioniert das hier?", "Womit kannst du mir helfen?",
                     "was kann ich dich fragen", "Menü", "Kannst du mir helfen?", "help"),
    K.INSULT: ("du Idiot", "Arschloch", "So ein Scheiß!", "blöder Bot", "leck mich", "du bist dumm", "verpiss dich"),
    K.PRAISE: ("super", "Toll gemacht!", "das hat mir geholfen", "sehr hilfreich", "super hat geklappt", "perfekt 👍", "klasse", "gut gemacht"),
    K.UNHELPFUL: ("das hilft mir nicht", "na toll", "danke für nichts", "falsche Antwort", "Das war nicht meine Frage", "das ist falsch", "nicht hilfreich"),
    K.CONFUSED: ("hä?", "Verstehe ich nicht", "ich verstehe das nicht", "wie bitte?", "was meinen Sie?"),
    K.APOLOGY: ("sorry", "Entschuldigung", "tut mir leid", "ups, vertippt"),
    K.TEST: ("test", "Test test", "ich teste nur", "1 2 3 test", "testnachricht"),
    K.CHITCHAT: ("Erzähl mir einen Witz", "wie wird das Wetter?", "Wie spät ist es?", "ich liebe dich"),
    K.GIBBERISH: ("asdfgh", "zzz qqq", "jjjjjj", "qwertz", "sdfkjsdf", "aaaaaaa", "xxx", "asd asd", "hjklöä"),
    K.POSTCODE: ("50667", "50667 Köln", "PLZ 50667", "D-10115", "meine plz ist 80331"),
    K.CONTACT: ("0171 2345678", "max@firma.de", "+49 221 1234567", "Tel. 0221/123456"),
    K.LINK: ("https://www.kofa.de/seite", "www.ihk.de", "http://t.me/foo?start=1"),
    K.EMOJI: ("👍", "😂😂", "🙏🏽 ❤️", "🇩🇪"),
    K.NUMBER: ("3", "12", "2024", "1.", "4 5"),
    K.PUNCTUATION: ("?", "???", "...", "!", "", "   ", "-", "\u200b"),
}  # fmt: skip

ASIDE = {
    K.GREETING: ("Grüezi", "Schönen guten Tag", "Guten Abend!", "Hallöchen", "hallo bot", "Moin moin", "Mahlzeit",
                 "Guten Tag liebes Team", "na du"),
    K.THANKS: ("Besten Dank", "Ich danke Ihnen", "danke das wars", "Vielen Dank für Ihre Auskunft", "alles klar vielen dank", "merci vielmals", "dankschee", "thank you very much",
               "danke für die schnelle Antwort", "Tausend Dank!!"),
    K.FAREWELL: ("Tschau", "bis dann", "bye", "Schönen Feierabend", "Machs gut", "ich habe keine weiteren Fragen", "Frohe Weihnachten",
                 "ciao bis denne"),
    K.OK: ("oki", "na gut", "alles klar, verstanden", "gut zu wissen", "geht klar", "jo passt"),
    K.HOW_ARE_YOU: ("wie gehts dir so", "Na, wie läuft's?", "alles fit?"),
    K.WHO: ("Wer bist du denn", "wer hat dich programmiert?", "was bist du", "mit wem schreibe ich?", "wer bisn du"),
    K.HUMAN: ("bist du echt?", "antwortet hier ein Mensch oder eine Maschine?", "bist du ChatGPT", "Sind Sie ein Computer?"),
    K.CAPABILITIES: ("was machst du", "Wobei können Sie mir helfen?", "Wie funktioniert der Bot?", "welche Fragen kann ich stellen?",
                     "wie geht das hier"),
    K.INSULT: ("Scheiße", "halt die Fresse", "du bist so doof", "Vollidiot!", "fuck you", "Saftladen"),
    K.PRAISE: ("Du bist toll", "spitze!", "das war sehr hilfreich", "wow super Service", "prima, genau das habe ich gesucht"),
    K.UNHELPFUL: ("das bringt mir nichts", "das habe ich nicht gefragt", "Antwort passt nicht", "das wollte ich nicht wissen"),
    K.CONFUSED: ("versteh ich nicht", "kapier ich nicht", "was heißt das", "ich komme nicht mit"),
    K.TEST: ("nur ein Test", "teste", "funktioniert das?", "test 123"),
    K.CHITCHAT: ("wie ist das wetter heute", "kannst du singen?", "was ist der Sinn des Lebens"),
    K.GIBBERISH: ("dfghjk", "qqqq", "asdf jklö", "lkjlkjlkj", "wertzui", "hhhhh hhh"),
    K.POSTCODE: ("10115 Berlin", "Postleitzahl: 04109", "86150 augsburg"),
    K.EMOJI: ("👏👏👏", "😊", "1️⃣"),
    K.PUNCTUATION: (".", "?!", "---"),
}  # fmt: skip

QUESTIONS = (
    "Hallo, darf ich einen Geduldeten ausbilden?",
    "danke, und was kostet das?",
    "Moin, was ist eine EQ?",
    "ok und wie lange dauert das",
    "Guten Tag, ich habe einen Bewerber aus Syrien",
    "Was kann ich tun?",
    "EQ",
    "IHK",
    "HWK",
    "BvB",
    "3+2",
    "§ 60c",
    "Test für die Berufsschule",
    "Deutschtest B1",
    "Hilfe bei Azubi",
    "Wer hilft mir bei der Ausbildung?",
    "Mein Azubi ist dumm und faul, kann ich kündigen?",
    "Kollegen machen dumme Sprüche im Team",
    "Ja, er hat eine Duldung",
    "Nein, er hat keine Arbeitserlaubnis",
    "super, und bei Minderjährigen?",
    "wie geht es nach der Ausbildung weiter?",
    "Wie funktioniert die EQ?",
    "Was machst du, wenn der Azubi nicht kommt?",
    "Mindestlohn",
    "Bis wann muss ich das melden?",
    "Wer sind die Lotsen?",
    "Wie heißt das Amt?",
    "Darf er das?",
    "und jetzt?",
    "Muss ich mich bedanken?",
    "gute Sprachkenntnisse nötig?",
    "Guter Azubi aus Eritrea, was nun?",
    "60c",
    "b1",
    "Bewerbung",
    "Praktikum",
    "50667 Köln Lotse",
    "kein Pass",
    "Ausbildung",
    "Wie kann ich helfen?",
    "Bis zu welchem Alter?",
    "bis dahin muss er arbeiten?",
)


@pytest.mark.parametrize(
    ("kind", "text"), [(k, t) for lists in (SEEN, ASIDE) for k, ts in lists.items() for t in ts]
)
def test_what_is_no_question_is_named(kind: SmallTalkKind, text: str) -> None:
    """A greeting, thanks, test or bare postcode is recognised as what it is."""
    assert small_talk(read(text)) is kind


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_is_no_small_talk(text: str) -> None:
    """Courtesy around a question, or a short question, does not make it small talk."""
    assert small_talk(read(text)) is None


def test_a_known_abbreviation_is_not_gibberish() -> None:
    """A word of the FAQ is never taken for gibberish, whatever its letters."""
    assert small_talk(read("fbgv")) is SmallTalkKind.GIBBERISH
    assert small_talk(read("fbgv"), known=frozenset({"fbgv"})) is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Hallo, darf ich ausbilden?", "darf ich ausbilden?"),
        ("Guten Tag! Ich habe mal eine Frage: Was ist eine EQ?", "Was ist eine EQ?"),
        ("danke, und was kostet das?", "und was kostet das?"),
        ("Was ist eine EQ? Vielen Dank im Voraus", "Was ist eine EQ?"),
        ("Was ist eine EQ?\nMit freundlichen Grüßen\nMax Müller, Bäckerei Müller", "Was ist eine EQ?"),
        ("Was ist eine EQ? LG Max", "Was ist eine EQ?"),
        ("Sehr geehrte Damen und Herren, was ist BAB? MfG", "was ist BAB?"),
        ("Was ist eine EQ?", "Was ist eine EQ?"),
        ("Was ist eine gute Tat?", "Was ist eine gute Tat?"),
        ("Hallo, § 60c gilt wann?", "§ 60c gilt wann?"),
        ("§ 60c AufenthG", "§ 60c AufenthG"),
        ("perfektes Deutsch nötig?", "perfektes Deutsch nötig?"),
        ("gut Deutsch sprechen nötig?", "gut Deutsch sprechen nötig?"),
        ("Gut, und bei Duldung?", "und bei Duldung?"),
        ("Entschädigung, wenn er geht?", "Entschädigung, wenn er geht?"),
        (
            "Viele Grüße an alle, die ausbilden: was ist eine EQ, und wer darf sie machen, wie lange, mit wem, und warum nicht?",
            "Viele Grüße an alle, die ausbilden: was ist eine EQ, und wer darf sie machen, wie lange, mit wem, und warum nicht?",
        ),
        ("Hallo", ""),
        ("", ""),
        ("ok. und bei Duldung", "und bei Duldung"),
        ("Hallo Frau Schmidt, was ist BAB", "was ist BAB"),
        ("Darf er am Tag der Prüfung frei nehmen", "Darf er am Tag der Prüfung frei nehmen"),
    ],
)
def test_courtesy_is_stripped_from_a_question(text: str, rest: str) -> None:
    """Greeting, thanks and signature go; the question stays as it was typed."""
    assert strip_courtesy(read(text)) == rest


@given(st.text(max_size=300))
def test_any_text_can_be_looked_at(text: str) -> None:
    """No text makes it fail, and what is left of a text is part of it."""
    message = read(text)
    small_talk(message)
    assert strip_courtesy(message) in message.text
