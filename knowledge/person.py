"""The wish for a person: "kann mich mal jemand anrufen", "ich will mit einem Menschen sprechen".

General rules over groups of words, sentence by sentence: who (a human being of ours, not an applicant or an office), does
what (talk, call, meet), for whom (me). A question about people or calls ("Muss ich die Person anrufen?") obeys none.
"""

from functools import cache
from itertools import pairwise

from knowledge.function_words import FUNCTION_WORDS
from knowledge.message import Message
from knowledge.wordgroups import Found, WordGroups

_GROUPS = {
    "anyone": ["auch einer", "mal einer", "mal wen", "da wer", "kann … wer", "ma wer", "mal wer", "hier wer", "einer von Ihnen", "einer von euch", "einer von eurem Team", "jemand", "jemanden", "jemandem", "irgendwer", "irgendwem", "irgendjemand", "irgendjemanden", "wem", "wen",
               "someone", "somebody", "anybody", "anyone"],
    "human": ["Mensch", "richtige/richtigen/echte/echten Leute/Menschen", "echten/echte/richtigen/richtige/realen Leuten/Leute", "echte Person", "echten Person", "richtige Person", "richtigen Person", "reale Person",
              "realen Person", "einer Person", "eine Person die", "lebende Person", "lebenden Person", "echtes", "jemand echtes",
              "echter Mensch", "menschlich", "Berater", "Beraterin", "Lotse", "Lotsin", "Willkommenslotse",
              "Willkommenslotsin", "Ansprechpartner", "Ansprechpartnerin", "Ansprechperson", "Kontaktperson",
              "Sachbearbeiter", "Fachmann", "Fachfrau", "Fachberater", "Experte", "Expertin", "Kundenberater",
              "Kundendienst", "Kollegen", "Kollegin", "echten/richtigen/echter/richtiger Mitarbeiter/Berater/Kollegen",
              "mit Mitarbeiter", "Mitarbeiter sprechen", "echte Beratung", "jemand Echten",
              "eurer Mitarbeiter", "Ihrer Mitarbeiter", "human", "real person", "advisor", "adviser", "agent"],
    # Whom one asks to speak to, without being the word for anybody of ours.
    "partner": ["mit Frau/Herrn/Herr *", "einem Mitarbeiter", "einen Mitarbeiter", "einer Mitarbeiterin", "Fachkraft", "Chef", "Chefin", "Leitung", "Vorgesetzten", "Verantwortlichen", "Zuständigen", "Profi", "Spezialisten",
                "Person", "Team", "Zentrale", "jemand anderem", "Kammer", "Handwerkskammer", "IHK", "HWK"],
    "own_adviser": ["mein Berater", "meine Beraterin", "meinem Berater", "unser Berater", "mein Lotse", "mein Kollege",
                    "meinem Kollegen", "meine Kollegin", "meinen Kollegen"],
    "to_you": ["mit Ihnen", "mit euch", "mit dir", "Sie … erreichen", "euch … erreichen", "Sie … anrufen",
               "euch … anrufen", "Sie … telefonisch", "zu Ihnen", "zu euch", "Ihnen … telefonieren"],
    "your_side": ["bei Ihnen", "bei euch", "von Ihnen", "von euch"],
    "you": ["Sie", "Ihnen", "euch", "ihr", "dir", "du", "Ihre", "eure", "you"],
    "talk": ["durchgehen", "durchsprechen", "sprechen", "spreche", "reden", "rede", "telefonieren", "telefoniere", "unterhalten", "besprechen",
             "Auskunft", "quatschen", "talk", "speak"],
    "write": ["statt schreiben", "schreiben", "chatten", "unterhalten", "kommunizieren", "schreibe", "sprechen", "reden"],
    "call": ["zruckrufen", "zrückrufen", "mich/uns … erreichen unter", "mich/uns unter … erreichen", "rufen Sie mich", "ruft mich", "ruf mich", "rufen Sie uns", "ruft uns", "rufe mich", "anrufen", "anruft", "zurückrufen", "zurückruft", "ruf … an", "rufe … an", "rufen … an", "ruft … an", "ruf … zurück",
             "rufen … zurück", "ruft … zurück", "durchrufen", "durchklingeln", "kontaktieren", "melden", "meldet", "melde", "klingeln", "call me"],
    "be_called": ["angerufen werden", "zurückgerufen werden", "kontaktiert werden", "angerufen … werden"],
    "to_phone": ["ruft/ruf/rufe/rufen … durch", "sprechen statt", "reden statt", "telefonieren statt", "telefonieren", "telefoniere", "anrufen", "Telefonat", "Telefongespräch", "anklingeln", "durchrufen", "durchklingeln", "telefonisch sprechen"],
    "visit": ["vorbeischicken", "schicken/schickt/schick … vorbei", "kommt/komm/kommen … zu uns/mir", "kommt/komm/kommen … vorbei", "zu uns … kommen", "zu mir … kommen", "in den Betrieb kommen", "besuchen", "besucht", "vorbeikommen", "vorbeischauen", "zu uns kommen", "zu mir kommen", "rausfahren", "vorbei kommen", "vorbei … kommen", "vorbeikommt", "rauskommen", "vor Ort"],
    "callback": ["Rückruftermin", "hätte/hätten gern/gerne … gesprochen", "rufen Sie … zurück", "ruft … zurück", "ruf … zurück", "ruft/rufen … bitte an", "Rückmeldung", "Kontakt mit mir", "Kontakt mit uns", "Kontaktaufnahme", "nehmen … Kontakt", "Rückruf", "Anruf", "Rückrufbitte", "Rückrufwunsch", "Telefonat", "Telefongespräch", "callback"],
    "report": ["melden", "meldet", "melde"],
    "report_to_me": ["meldet sich … jemand/wer/keiner/niemand/einer", "meldet … keiner/niemand", "jemand … meldet", "jemand meldet", "jemand … melden", "jemand melden", "wer meldet", "Sie sich … melden", "melden Sie sich", "meldet euch", "melde dich", "bei mir", "bei uns", "mit mir in Verbindung",
                     "mit uns in Verbindung", "mit mir in Kontakt"],
    "forward": ["verbinden", "verbinde", "weiterverbinden", "weiterleiten", "durchstellen", "weitergeleitet",
                "gib mir", "gebt mir", "geben Sie mir", "hol mir", "holt mir", "holen Sie mir", "schick mir", "schicken Sie mir",
                "leiten … weiter", "leite … weiter", "stellen … durch", "weitervermitteln", "übergeben"],
    "number": ["Telefonnummer", "Rufnummer", "Handynummer", "Nummer", "Hotline", "Durchwahl", "Kontaktdaten", "Kontakt",
               "Telefonberatung", "Servicenummer", "Kontaktmöglichkeit", "Telefonkontakt", "Beratungshotline"],
    "offered": ["gibt es", "haben Sie", "habt ihr", "hast du", "geben Sie", "gebt", "gib", "unter welcher", "wie ist",
                "wie lautet", "kann ich", "könnte ich", "bekomme ich"],
    "phone": ["telefonisch", "Telefon", "in Kontakt", "Kontakt aufnehmen", "Kontakt treten", "erreichen", "erreiche", "erreichbar"],
    "by_phone": ["telefonisch", "am/per/übers Telefon"],
    "meeting": ["Termin", "Beratungstermin", "Telefontermin", "Beratungsgespräch", "Gespräch", "Gesprächstermin",
                "Beratung", "beraten werden", "vorbeikommen", "vorbeischauen", "persönlich treffen", "Videocall"],
    "in_person": ["=persönlich", "=persönliche", "=persönlichen", "=persönliches", "=persönlicher"],
    "served": ["beraten", "beraten werden", "erklären", "erklärt", "weiterhelfen", "weiterhilft", "helfen", "hilft",
               "vorbeikommen", "Gespräch", "Beratung", "Termin", "sprechen", "reden", "klären", "Kontakt"],
    "explain": ["schicken", "vermitteln", "nennen", "erklären", "erklärt", "weiterhelfen", "weiterhilft", "helfen", "hilft", "berät", "beraten", "zuhört",
                "auskennt", "Ahnung", "Hilfe", "Unterstützung", "unterstützt", "unterstützen", "beantwortet", "sagt", "zeigt"],
    "me": ["mich", "mir", "uns", "me"],
    "i": ["ich", "wir", "man", "mich", "mir", "uns", "i", "me"],
    "wish": ["ich will", "ich möchte", "ich würde", "ich =hätte", "ich brauche", "ich bräuchte", "ich brauch", "ich wünsche",
             "ich suche", "ich wollte", "wir möchten", "wir wollen", "wir brauchen", "wir =bräuchten", "=bräuchten wir", "wir =hätten", "wir würden",
             "möchte ich", "würde ich", "=hätte ich", "bräuchte ich", "=hätte gern", "=hätte gerne", "möchte gern",
             "möchte gerne", "würde gern", "würde gerne", "will … haben", "will mit", "möchte mit", "wollte mit", "würde mit", "wäre nett", "wäre schön", "wäre gut", "wäre super", "wäre toll",
             "wäre lieb", "freuen", "lieber", "bitte", "kann ich", "könnte ich",
             "können wir", "könnten wir", "können Sie", "könnten Sie", "könnt ihr", "kann man", "schicken Sie",
             "geben Sie", "ich will", "i want", "i need"],
    "third": ["Azubi", "Azubis", "Azubine", "Lehrling", "Auszubildende", "Bewerber", "Bewerberin", "Praktikant",
              "Ausländerbehörde", "Ausländeramt", "Amt", "Ämter", "Behörde", "Jobcenter", "Arbeitsagentur", "Agentur",
              "Arbeitsamt", "Zoll", "Polizei", "Vormund", "Eltern", "Vater", "Mutter", "Schule", "Berufsschule", "Lehrer",
              "Dolmetscher", "Übersetzer", "Kunde", "Kunden", "BAMF", "Krankenkasse", "Botschaft", "Konsulat", "Arzt",
              "Anwalt", "Gericht", "Finanzamt", "Sozialamt", "Jugendamt", "Rathaus", "Gemeinde", "Beratungsstelle",
              "mein Mitarbeiter", "meinem Mitarbeiter", "meinen Mitarbeiter", "der Mitarbeiter", "dem Mitarbeiter",
              "den Mitarbeiter", "er", "ihn", "ihm", "Flüchtling", "Geflüchtete*", "Deutsch", "Englisch", "Sprache",
              "Deutschkenntnisse", "Vorstellungsgespräch", "Bewerbungsgespräch", "die Person", "der Person",
              "diese Person", "dieser Person"],
    "question": ["wer ist", "wer sind", "wer macht", "was ist", "was sind", "was macht", "was machen", "was mache",
                 "was kostet", "was darf", "was muss", "was bedeutet", "was tun", "wie finde", "wo finde", "wie viel",
                 "wie viele", "wieviel", "wie lange", "wie läuft", "wie gut", "wie melde", "muss ich", "muss man",
                 "müssen wir", "darf ich", "darf man", "dürfen wir", "soll ich", "soll man", "sollte ich", "brauche ich",
                 "hat/haben die/unsere/eure/meine IHK/HWK/Kammer/Handwerkskammer/Kreishandwerkerschaft/Innung",
                 "welche", "welches", "welchen", "warum", "wieso", "ab wann", "bis wann",
                 "muss jemand", "darf jemand", "soll jemand", "muss ein", "darf ein", "soll ein", "muss eine", "darf eine"],
    "unwanted": ["nicht … anrufen", "nicht … angerufen", "nicht anrufen", "keinen Rückruf", "kein Rückruf", "keinen Anruf",
                 "kein Anruf", "nicht … telefonieren", "keine Anrufe", "nicht … zurückrufen", "ohne Rückruf", "nicht erreichbar", "erreiche … nicht",
                 "melden … an", "meldet … an"],
    "machine": ["Bot", "Chatbot", "Roboter", "Computer", "Maschine", "Automat", "KI", "Programm", "Software",
                "Sprachcomputer", "Textbausteine", "robot"],
    "not": ["kein", "keine", "keinen", "keinem", "keiner", "nicht mit", "not", "no"],
    "present": ["sitzt … bei euch/Ihnen", "jemand erreichbar", "ist da", "ist hier", "ist dort", "ist denn da", "gibt es hier", "gibt es da", "gibt es bei", "gibt es denn",
                "sitzt da", "sitzt hier", "bei euch", "bei Ihnen", "da noch", "da wer", "jemand da", "jemand hier",
                "hört mich", "liest hier", "liest das", "anyone there"],
    "speaking": ["bist du", "sind Sie ein", "sind Sie eine", "sind Sie echt", "ist das ein", "ist das eine", "seid ihr", "spreche ich", "rede ich", "schreibe ich", "chatte ich"],
    "employ": ["kündigen", "entlassen", "abmahnen", "Elternzeit", "Mutterschutz", "Urlaub", "Lohn", "Gehalt", "Zeugnis", "ausbilden", "einstellen", "beschäftigen", "arbeiten", "anfangen", "anstellen", "übernehmen", "Küche",
               "Backstube", "finden", "Duldung", "Gestattung", "Papiere", "Fluchthintergrund", "Migrationshintergrund"],
    "where_to_call": ["wo kann ich anrufen", "wen kann ich anrufen", "wo anrufen", "wo rufe ich an", "wen rufe ich an",
                      "wo kann man anrufen", "wen kann man anrufen", "wo kann ich … anrufen", "wen kann ich … fragen"],
    "for_me": ["für mich", "für uns"],
    "for": ["für", "von der", "von dem", "der Agentur"],
    "topic": ["wegen", "über", "bezüglich", "betreffend", "zu dem Thema", "es geht um", "geht es um", "hinsichtlich"],
    "filler": ["mündlich", "Büro", "Automaten", "tippen", "blöd", "mühsam", "umständlich", "lästig", "nähe", "Region", "schnell", "dringend", "direkt", "lieber", "Telefon", "heute", "morgen", "vormittag",
               "nachmittag", "Uhr", "ausmachen", "vereinbaren", "sofort", "richtig", "vorbei", "erst", "zuständig", "gesucht", "suche", "brauche", "Chat", "live", "zuständigen", "kurz", "einmal", "Anliegen",
               "schwierig", "kompliziert", "nett", "schön", "gewünscht", "erbeten", "erwünscht", "möglich", "Möglichkeit", "wäre",
               "haben", "bekommen", "anders", "Lust", "nämlich", "dringende", "Fragen", "Frage"],
}  # fmt: skip
_TOPIC_ENDS = ("talk", "call", "callback", "phone", "meeting", "number")
# Words that are a wish by themselves when a sentence has no other subject.
_STRONG = ("human", "callback", "number", "phone", "in_person", "to_phone", "be_called")
# "Was kann der Lotse für uns tun?", "Der Lotse meldet sich nicht": about the person, no wish for one.
_ASKING = frozenset(
    "was wobei welcher wen wem warum wieso wofur nicht kein keine keinen keinem niemand".split()
)
_ABLE = frozenset("kann konnte konnten konnt konnen mag wollen wollt willst mochten".split())
_FEW = 2  # words beyond the wish itself that may remain


@cache
def _words() -> WordGroups:
    """The groups, compiled at the first message and not at the start."""
    known = ("annehmen", "abrufen", "aufrufen", "ausrufen", "berufen", "anlaufen", "breiten")
    return WordGroups(_GROUPS, known=frozenset(known))


def wants_person(message: Message) -> bool:
    """Whether the writer asks to speak with a human being, or to be called."""
    found = _words().scan(message)
    if not found.has("human", "anyone", "call", "callback", "number", "phone", "meeting", "machine", "in_person", "to_you",
                     "forward", "talk", "be_called", "to_phone", "visit"):  # fmt: skip
        return False
    about = _about(message, found)
    third = found.covered("third", "own_adviser") - about
    return any(
        _asks_for_person(
            _Sentence(message, found, sentence.first, sentence.last, third=third, about=about),
        )
        for sentence in message.sentences
    )


class _Sentence:
    """One sentence and what occurs in it."""

    def __init__(
        self,
        message: Message,
        found: Found,
        first: int,
        last: int,
        *,
        third: frozenset[int],
        about: frozenset[int],
    ) -> None:
        self.length = last - first
        self._range = (first, last)
        self._found = found
        self.third = any(first <= number < last for number in third)
        self.asks = any(message.words[number].form in _ASKING for number in range(first, last))
        # "Kann nicht mal jemand anrufen?" asks, where "nicht anrufen" forbids.
        forms = [message.words[number].form for number in range(first, last)]
        self.polite = not _ABLE.isdisjoint(forms) and any(
            one in {"nicht", "nich", "net"} and other in {"mal", "einmal", "vielleicht"}
            for one, other in pairwise(forms)
        )
        covered = found.covered()
        self.topics = sum(
            number not in covered and number not in about and not _says_nothing(message.words[number].form)
            for number in range(first, last)
        )

    def has(self, *groups: str) -> bool:
        return any(self._found.within(group, *self._range) for group in groups)


def _says_nothing(form: str) -> bool:
    """Whether a word names no subject: a little word, or part of a telephone number."""
    return form in FUNCTION_WORDS or form.isdigit()


def _asks_for_person(part: _Sentence) -> bool:
    unwanted = part.has("unwanted") and not part.polite
    if (unwanted or part.has("speaking")) and not part.has("machine"):
        return False
    if part.has("human") and part.has("report") and part.has("report_to_me"):
        return True  # "er soll sich bei mir melden": the pronoun is the person who is asked for
    if part.third:
        return False
    if part.has("where_to_call"):
        return part.topics == 0
    if part.has("machine") and part.has("not") and part.has("write", "wish", "human"):
        return True
    to_you_by_phone = part.has("to_you") and part.has("call", "to_phone", "phone", "number")
    if part.has("question") and not part.has("your_side") and not to_you_by_phone:
        return False
    return _wants_talk(part) or _wants_call(part) or _wants_contact(part) or _wants_meeting(part)


def _wants_talk(part: _Sentence) -> bool:
    if part.has("talk") and part.has("human", "anyone", "to_you"):
        return True
    if part.has("talk") and part.has("wish") and (part.topics == 0 or part.has("partner")):
        return True
    if part.topics == 0 and part.has(*_STRONG) and not part.has("employ") and not part.asks:
        return True  # nothing else is in the sentence
    if part.has("present") and part.has("human", "anyone") and part.topics == 0 and not part.has("employ"):
        return True
    if part.has("forward") and part.has("human", "me") and part.topics <= _FEW:
        return True
    few = part.topics <= _FEW and not part.has("employ")
    if part.has("human") and few and (part.has("wish") or (part.topics == 0 and part.length <= _FEW)):
        return True
    return part.has("anyone") and part.has("explain") and part.topics == 0 and not part.has("employ")


def _wants_call(part: _Sentence) -> bool:
    if part.has("report") and not part.has("report_to_me"):
        return False
    if part.has("call") and (part.has("me", "report_to_me", "anyone") or part.length <= _FEW):
        return True
    if part.has("be_called") and part.has("i"):
        return True
    if part.has("to_phone") and part.has("wish") and part.topics <= _FEW:
        return True
    if part.has("visit") and part.has("human", "anyone", "to_you") and part.topics <= _FEW:
        return True
    return part.has("callback") and (part.has("wish", "i") or part.length <= _FEW)


def _wants_contact(part: _Sentence) -> bool:
    if part.has("to_you") and part.has("phone", "number", "call"):
        return True
    if part.has("phone") and part.has("human", "anyone"):
        return True
    if part.has("phone") and part.has("me") and part.has("explain"):
        return True
    if part.has("by_phone") and part.has("wish") and part.topics == 0 and not part.has("employ"):
        return True
    if part.has("number"):
        if part.has("human", "anyone"):
            return part.has("offered", "wish") or part.topics == 0
        return part.topics == 0 and (
            part.length <= _FEW
            or (part.has("offered", "wish") and (part.has("for_me") or not part.has("for")))
        )
    return False


def _wants_meeting(part: _Sentence) -> bool:
    if part.has("in_person") and (part.has("wish", "served", "human") or part.length <= _FEW):
        return True
    if part.has("meeting"):
        return part.has("wish") or part.length <= _FEW
    return False


def _about(message: Message, found: Found) -> frozenset[int]:
    """The words that name what the talk is to be about: "wegen meinem Azubi", "über die Ausländerbehörde"."""
    ends = found.covered(*_TOPIC_ENDS)
    about: set[int] = set()
    for start in sorted(found.covered("topic")):
        number = start
        while number < len(message.words) and number not in ends:
            about.add(number)
            number += 1
            if any(number == sentence.first for sentence in message.sentences):
                break
    return frozenset(about)
