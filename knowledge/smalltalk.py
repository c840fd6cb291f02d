"""Messages that are no questions (greetings, thanks, tests, a bare postcode), and courtesy around those that are.

A message is small talk only when nothing else is in it: each of its words belongs to a small-talk phrase or fills a gap.
So a wrong guess costs nothing: whoever greets and asks in one message is answered.
"""

import re
import unicodedata
from collections.abc import Set as AbstractSet
from enum import StrEnum
from functools import cache
from typing import Final

from knowledge.function_words import FUNCTION_WORDS, QUESTION_WORDS
from knowledge.message import Message, read
from knowledge.wordgroups import Found, WordGroups


class SmallTalkKind(StrEnum):
    """What a message that asks nothing is; the value names the short answer."""

    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    OK = "ok"
    YES = "yes"
    NO = "no"
    HOW_ARE_YOU = "how_are_you"
    WHO = "who"
    HUMAN = "human"  # "bist du ein Mensch?"
    CAPABILITIES = "capabilities"  # also "Hilfe", "Menü"
    INSULT = "insult"
    PRAISE = "praise"
    UNHELPFUL = "unhelpful"  # the last answer did not help: offer the Lotse, do not call them
    CONFUSED = "confused"
    APOLOGY = "apology"
    TEST = "test"
    CHITCHAT = "chitchat"
    GIBBERISH = "gibberish"
    POSTCODE = "postcode"  # with or without the place's name
    CONTACT = "contact"  # a bare phone number or mail address
    LINK = "link"
    EMOJI = "emoji"
    NUMBER = "number"
    PUNCTUATION = "punctuation"  # also the empty message
    OWN_DATA = "own_data"  # what the bot keeps about the writer, and who reads it
    FOREIGN = "foreign"  # not German; see knowledge.languages


# In the order in which they decide when several occur: "ok danke" is thanks, "hallo, wer bist du" asks who.
_TERMS = {
    SmallTalkKind.HUMAN: [
        "bist du … Bot", "bist du … Roboter", "bist du … Mensch", "bist du … Computer", "bist du … Maschine", "bist du … KI",
        "bist du echt", "bist du ChatGPT", "bist du … ChatGPT", "bist du … Chatbot", "bist du … Automat", "bist du real",
        "bist du … Mensch oder … Maschine", "bist du … Mensch oder … Bot", "sind Sie … Bot", "sind Sie … Roboter",
        "sind Sie … Mensch", "sind Sie … Computer", "sind Sie … Maschine", "sind Sie … KI", "sind Sie echt", "sind Sie … Chatbot",
        "spreche ich … Mensch", "spreche ich … Bot", "spreche ich … Computer", "schreibe ich … Mensch", "schreibe ich … Bot",
        "schreibe ich … Computer", "rede ich … Mensch", "rede ich … Bot", "rede ich … Maschine", "ist das … Bot",
        "ist das … Roboter", "ist das … KI", "ist das … Computer", "ist das … Mensch", "ist das hier … Bot", "echter Mensch oder",
        "bist/sind du/Sie … Person/Automat/Programm/Software", "bist/sind du/Sie … echt/echte/echter", "bist/biste/bisch/sind ein/eine/einer/echter Roboter/Bot/Mensch/Maschine/KI/Computer/Chatbot/Automat",
        "schreib/schreibe/red/rede/sprech/spreche/chatte/chatt/schreiben/reden ich/wir … KI/Bot/Maschine/Roboter/Computer/Mensch/Menschen/Chatbot",
        "antwortet/schreibt/sitzt … KI/Roboter/Computer", "mit … Computer/Roboter/Bot/Maschine/Menschen zu tun", "antwortet … Mensch", "antwortet … Maschine", "antwortet … Bot", "Mensch oder Maschine", "Mensch oder … Maschine",
        "Mensch oder … Bot", "künstliche Intelligenz", "are you … human", "are you … bot", "are you … robot",
    ],
    SmallTalkKind.WHO: [
        "wer bist du", "wer sind Sie", "wer seid ihr", "wie heißt du", "wie heißen Sie", "wie ist dein Name", "wie ist Ihr Name",
        "was bist du", "was sind Sie", "wer steckt dahinter", "wer steckt … dahinter", "wer hat dich", "programmiert", "gebaut",
        "erfunden", "wer betreibt", "von wem ist/stammt das/der/dieser", "ist das … offiziell", "dein Name", "Ihr Name", "mit wem schreibe ich", "mit wem spreche ich", "mit wem rede ich",
        "mit wem habe ich … tun", "wie alt bist du", "woher kommst du", "wo wohnst du", "wem gehörst du", "stell dich … vor",
        "stellen Sie sich … vor", "who are you", "wer bist den du", "wer bisn du", "wer bist n du",
        "wer antwortet/schreibt/redet/spricht … hier", "wer antwortet/schreibt mir", "wer ist da/hier/dort", "wer spricht/schreibt/redet da/hier/dort", "bin ich hier bei/richtig", "bin ich bei … hier",
        "wer seid", "wer steckt … hinter", "wen habe ich vor mir", "deinen Namen", "Ihren Namen", "wie du heißt", "wie Sie heißen", "wie nennt man", "wie nennst du",
    ],
    SmallTalkKind.CAPABILITIES: [
        "was kannst du", "was kann der/dieser/diese/so … Bot/Chatbot", "womit/wobei hilfst du", "womit/wobei helfen Sie", "was bringt mir … Bot", "i have a question", "have a question", "i need help", "can you help me", "was können Sie", "was machst du", "was tust du", "womit kannst du", "womit können Sie", "wobei kannst du",
        "wobei können Sie", "wie kannst du … helfen", "wie können Sie … helfen", "wie funktioniert das", "wie funktioniert das hier",
        "wie funktionierst du", "wie funktioniert der Bot", "wie funktioniert dieser Bot", "wie funktioniert der Chat",
        "wie geht das hier", "wie bedient man", "wie benutze ich", "was kann ich … fragen", "was kann ich hier", "was kann man … fragen",
        "was darf ich … fragen", "welche Fragen", "welche Themen", "stellen", "beantworten", "Hilfe", "hilf mir", "Help", "Menü",
        "Start", "Anleitung", "Bedienung", "Übersicht", "kannst du mir helfen", "können Sie mir helfen", "kannst du helfen",
        "können Sie helfen", "kannst du mir … helfen", "können Sie mir … helfen", "was ist das hier", "was ist das für … Bot",
        "wozu bist du", "wofür bist du", "wozu dient", "wofür ist", "what can you do", "Befehle", "Funktionen",
        "wie kannst du … unterstützen", "wie können Sie … unterstützen", "was weißt du", "was wissen Sie", "Aufgaben hast du",
        "Aufgaben haben Sie", "Fähigkeiten", "wofür bist du", "wofür sind Sie", "wozu sind Sie", "was du kannst", "was Sie können",
        "was tun Sie", "was Sie tun", "deine Aufgaben", "Ihre Aufgaben", "was soll ich eingeben", "was soll ich schreiben",
    ],
    SmallTalkKind.OWN_DATA: [
        "lösch/lösche/löscht/löschen … meine/meiner/unsere/mein/meinen Daten/Angaben/Nachrichten/Chat/Verlauf/Fragen/Account/Konto",
        "meine/unsere/alle/meiner Daten/Angaben/Nachrichten … löschen/gelöscht/lösche/löscht/entfernen", "Löschung meiner/unserer Daten", "Datenlöschung", "Daten löschen",
        "was passiert/geschieht mit meinen/unseren Daten", "meine/unsere Daten … sicher", "welche/was Daten/meine … speichert/gespeichert/sammelt/habt",
        "speichert/speichern/sammelt ihr/Sie/du … Daten/Nachrichten/Chat/Fragen/Chats", "was … speichert/speicherst/sammelt/sammelst ihr/du/man", "was speichern Sie", "was … von/über mir/mich … gespeichert",
        "wer liest … mit", "liest … jemand/wer/einer mit", "wer kann … mitlesen/sehen", "wer sieht das/die/meine", "Datenschutz", "Datenschutzerklärung", "Datenschutzhinweise",
        "Datenschutzhinweis", "Impressum", "DSGVO Auskunft", "Auskunft nach DSGVO", "Datenauskunft", "mein Recht auf Löschung",
    ],
    SmallTalkKind.INSULT: [
        "Arschloch", "Arsch", "Idiot*", "Depp", "Deppen*", "scheiß*", "scheiss*", "Kacke", "fick*", "leck mich", "blöd", "blöder", "blöde",
        "bescheuert", "dumm", "dumme", "dummer", "doof", "doofer", "Mist", "Müll", "nutzlos", "unfähig", "*idiot", "Hurensohn",
        "Schlampe", "Wichser", "Spast*", "Trottel", "halt die Klappe", "halt die Fresse", "halts Maul", "halt … Maul", "verpiss dich",
        "verarschen", "Dreck", "Drecks*", "Schrott", "unbrauchbar", "Schwachsinn", "Blödsinn", "Quatsch", "Käse", "Humbug", "fuck*", "ich hasse dich", "Saftladen",
        "Sauladen", "Mistding", "Mistbot", "Vollpfosten", "Penner", "hirnlos", "behindert", "Bullshit", "shit",
        "hasse", "verachte", "verabscheue", "mag dich … nicht", "nervig", "nervst", "du nervst",
    ],
    SmallTalkKind.CONFUSED: [
        "verstehe ich nicht", "ich verstehe nicht", "ich verstehe das nicht", "versteh ich nicht", "nicht verstanden", "hä", "häh", "hää",
        "wie bitte", "kapiere ich nicht", "kapier ich nicht", "was meinst du", "was meinen Sie", "was heißt das", "was soll das heißen",
        "was bedeutet das", "wie meinst/meinen du/Sie", "wie meinst/meinen du/Sie das", "wie jetzt", "versteh/verstehe/kapier/raff ich/i nicht/nich/ned", "ich komme nicht mit", "bin verwirrt", "keine Ahnung", "verstehe nur Bahnhof", "verstehe das nicht",
        "verstanden … nicht", "nicht … verstanden", "weiß nicht was du meinst", "was du meinst", "was Sie meinen", "nicht … verstehe",
    ],
    SmallTalkKind.UNHELPFUL: [
        "hilft mir nicht", "hilft nicht", "hilft mir … nicht", "nicht hilfreich", "wenig hilfreich", "keine Hilfe", "falsche Antwort",
        "nicht meine Frage", "ist falsch", "stimmt nicht", "stimmt so nicht", "Frage nicht beantwortet", "beantwortet … Frage nicht",
        "beantwortet … nicht", "du verstehst mich nicht", "Sie verstehen mich nicht", "verstehst … nicht", "wollte ich nicht wissen",
        "meinte ich nicht", "meine ich nicht", "nicht gefragt", "Antwort passt nicht", "passt nicht", "bringt mir nichts",
        "bringt mir … nichts", "bringt nichts", "nicht gemeint", "war nicht hilfreich", "nicht weitergeholfen", "nicht weiter",
        "hat mir nicht geholfen", "hat nicht geholfen", "hat mir … nicht geholfen", "falsch verstanden", "schlechte Antwort",
        "na toll/super/prima/klasse", "toll/super/prima danke für nichts", "danke für nichts", "keine Antwort auf meine Frage", "das ist keine Antwort", "nützt mir nichts",
    ],
    SmallTalkKind.TEST: [
        "Test", "Tests", "Testtest", "tester", "teste", "testen", "Testnachricht", "Probe", "Probenachricht", "funktioniert das", "funktioniert es",
        "hörst du mich", "bist du da", "bist du noch da", "sind Sie da", "sind Sie noch da", "geht das", "Testlauf", "ping", "kommt das/es/was an", "kommt … Nachricht/Nachrichten an", "geht/funktioniert der/dieser Bot", "geht das hier",
        "1 2 3", "testing",
    ],
    SmallTalkKind.HOW_ARE_YOU: [
        "wie geht es", "wie geht es dir", "wie geht es Ihnen", "wie geht es euch", "wie geht", "alles gut bei", "alles klar bei",
        "wie läuft es", "wie läuft s", "wie läuft", "was geht", "alles fit", "was machst du so", "wie ist das Befinden", "wie stehts",
        "wie steht es", "how are you",
        "Befinden", "geht es dir gut", "geht es Ihnen gut", "läuft es", "läuft es bei dir", "was läuft",
    ],
    SmallTalkKind.CHITCHAT: [
        "Witz", "erzähl*", "Wetter", "wie spät", "wie viel Uhr", "Uhrzeit", "ich liebe dich", "liebst du", "singen", "tanzen",
        "Sinn des Lebens", "kannst du … singen", "hast du Freunde", "hast du Hunger", "was isst du", "magst du", "willst du mich heiraten",
        "heiraten", "Fußball", "wer gewinnt", "welcher Tag ist heute", "welches Datum",
    ],
    SmallTalkKind.THANKS: [
        "danke", "dankeschön", "danke schön", "dankesehr", "vielen Dank", "Dank", "besten Dank", "tausend Dank", "herzlichen Dank",
        "thx", "thanks", "thank you", "merci", "bedanke mich", "ich danke", "bedanken", "für die/Ihre/deine/eure … Hilfe/Auskunft/Info/Infos/Mühe/Unterstützung/Rückmeldung", "für alles", "vielmals", "dank dir/Ihnen/euch", "dank schön", "a lot", "für die Hilfe", "für Ihre Hilfe",
        "für deine Hilfe", "für die Auskunft", "für Ihre Auskunft", "für die Info", "für die Infos", "für die Information",
        "für die Informationen", "für die … Antwort", "für Ihre … Antwort", "für deine … Antwort", "für die Antwort", "für die Mühe",
        "für Ihre Mühe", "im Voraus", "verbindlichsten", "dir auch", "Ihnen auch",
        "danken", "möchte … danken", "mir … geholfen", "thank you very/so much", "thanks a lot", "dankschee", "vergelts Gott", "merci vielmals", "danke vielmals",
    ],
    SmallTalkKind.PRAISE: [
        "super", "toll", "klasse", "prima", "perfekt", "sehr gut", "spitze", "top", "genial", "wunderbar", "ausgezeichnet", "cool", "geil",
        "großartig", "mega", "fantastisch", "wow", "bravo", "hat geklappt", "hat funktioniert", "Problem gelöst", "hat mir geholfen", "hat geholfen", "hat mir … geholfen", "hilft mir",
        "hilft mir weiter", "hilfreich", "gut gemacht", "gemacht", "gute Antwort", "gute Arbeit", "guter Service", "Service", "weiter so",
        "gefällt mir", "genau das habe ich gesucht", "genau was ich gesucht habe", "du bist toll", "du bist gut", "danach habe ich gesucht",
        "sehr nett", "nett", "freut mich", "beeindruckend", "schnelle Antwort",
        "tolle Hilfe", "große Hilfe", "gute Hilfe", "schlau", "klug", "hast mir … geholfen", "hat uns … geholfen", "du weißt alles",
    ],
    SmallTalkKind.APOLOGY: [
        "sorry", "Entschuldigung", "entschuldige", "entschuldigen Sie", "tut mir leid", "Verzeihung", "ups", "oops", "vertippt", "falscher/falsche/falschen Chat/Nummer/Empfänger/Kanal", "war nicht für Sie/dich/euch",
        "verschrieben", "falsch geschrieben", "aus Versehen", "Versehen", "hoppla", "pardon",
        "tut mir … leid", "um Entschuldigung", "um Verzeihung", "verzeihen Sie", "bedauere", "vergib mir",
    ],
    SmallTalkKind.FAREWELL: [
        "tschüss", "tschüs", "tschau", "tschö", "Auf Wiedersehen", "Wiedersehen", "auf Wiederhören", "ciao", "bye", "bis bald", "bis dann",
        "bis später", "bis zum nächsten Mal", "bis nächstes Mal", "schönen Tag noch", "schönen Tag", "schönes Wochenende",
        "schönen Feierabend", "Feierabend", "schönen Abend", "mach es gut", "machs gut", "machen Sie es gut", "ade", "gute Nacht",
        "frohe Weihnachten", "guten Rutsch", "frohes neues Jahr", "frohe Ostern", "frohes Fest", "Wiederschauen", "pfiat di",
        "das war alles", "das wars", "das war es", "keine weiteren Fragen", "keine Fragen mehr", "keine Frage mehr", "man sieht sich",
        "bis zum", "nächsten Mal", "good bye", "goodbye", "uf wiederluege", "Wiederschaun", "bis denn", "baba", "servas", "pfiati", "tschaui", "mit ö", "auf bald", "bis gleich", "bis nachher", "tschöö", "haut rein", "man liest sich", "see you", "tschüssi", "tschüssle", "bis denne", "bis dahin", "bis die Tage",
        "bis Montag", "bis Dienstag", "bis Mittwoch", "bis Donnerstag", "bis Freitag", "bis Samstag", "bis Sonntag", "bis morgen",
        "bis irgendwann", "melde mich … später", "melde mich wieder", "das ist alles", "das wäre alles", "das wäre es", "nichts mehr",
        "gar nichts", "weiteren Fragen mehr", "Hochachtungsvoll", "hab … keine Fragen", "habe … keine Fragen",
    ],
    SmallTalkKind.NO: ["nein", "nee", "nö", "no", "nope", "nicht nötig", "auf keinen Fall", "brauche ich nicht", "nichts davon", "nein danke",
                       "hat sich erledigt/geklärt", "schon erledigt", "erledigt"],
    SmallTalkKind.YES: ["ja", "jaja", "ja ja", "jau", "jep", "jup", "jo", "joa", "jawohl", "yes", "yep", "gerne", "gern", "sehr gerne", "unbedingt", "na klar", "aber ja"],
    SmallTalkKind.OK: [
        "ok", "okay", "oki", "okidoki", "okiedokie", "okey", "okee", "alles klar", "alles klaro", "klaro", "roger", "alles roger", "so lala", "das reicht", "reicht mir", "reicht", "das genügt", "verstehe schon", "verstanden", "aha", "achso", "ach so", "ach ja", "passt", "in Ordnung", "geht klar",
        "gut", "gut zu wissen", "mhm", "hm", "hmm", "verstehe", "ich verstehe", "klar", "genau", "stimmt", "na gut", "alles gut", "richtig",
        "weiß ich Bescheid", "Bescheid", "notiert", "kein Problem", "keine Ursache", "gern geschehen", "nichts zu danken", "interessant",
        "soso", "na dann", "einverstanden", "schon gut", "egal", "macht nichts", "k", "jo passt", "schade", "leider", "oh", "ah", "ach", "tja",
        "na", "mach ich", "mache ich", "machen wir", "lol", "haha", "hihi", "bitte", "bitte schön", "bitteschön", "bitte sehr", "bitte gern", "bitte gerne",
    ],
    SmallTalkKind.GREETING: [
        "hallo", "hallöle", "mojn", "moinmoin", "moien", "gude", "grüaß Gott", "hi there", "hello there", "hallole", "halli", "hallo erstmal", "hallöchen", "hallochen", "hi", "hey", "hej", "heyho", "moin", "moinsen", "servus", "Grüß Gott", "Gott", "guten Tag",
        "guten Morgen", "guten Abend", "guten Mittag", "gute Tag", "Mahlzeit", "=tag", "tach", "tachchen", "Grüezi", "grüß dich", "grüß Sie",
        "grüß euch", "grüße", "grüessli", "salut", "salü", "hello", "good morning", "hallihallo", "huhu", "nabend", "Morgen zusammen",
        "n Abend", "zusammen", "sehr geehrte Damen und Herren", "sehr geehrte Damen", "sehr geehrter Herr", "sehr geehrte Frau",
        "liebes Team", "liebe Lotsen", "lieber Lotse", "mein Name ist", "ich heiße", "ich bin neu", "schönen guten", "na du", "salam",
        "salam aleikum", "bonjour", "hola", "Welt",
    ],
}  # fmt: skip
_FILLERS = """
du sie ihr ich sehr so auch mal hier der die das den dem ein eine einen bot chatbot und aber da denn ja na oh ach mir dir ihnen
dich euch lieber liebe liebes team zusammen ganz echt wirklich schon noch nur bitte bist ist war hat habe jetzt heute erst leute
alle allerseits frau herr was für alles eben halt mit dein deine ihre ihr wieder doch ist's ob oder es gut schnelle super total
voll einfach lotse lotsenbot antwort nachricht wie viel vielen lieben leider nicht diese dieser hab mal man kann sind aus 123 erstmal insgesamt jo jetzt very much so
""".split()


# Near to a word above, and meant as typed.
_AS_TYPED = frozenset(
    "gesteuert getestet stelle gestellt bestellen erstellen hilfen funktion starten".split()
)


@cache
def _keywords() -> WordGroups:
    """What small talk consists of; compiled at the first message, not at the start."""
    return WordGroups(
        {**{kind.value: terms for kind, terms in _TERMS.items()}, "filler": _FILLERS},
        known=_AS_TYPED,
    )


# Little words that begin a question of their own: "danke, und er?", "ok darf ich das".
_ASKING = QUESTION_WORDS | frozenset(
    "darf durfen kann konnen konnte muss mussen soll sollen er ihn ihm bei brauche braucht gilt ob wenn mit ohne fur".split()
)
_NAMED = ("mein Name ist", "ich heiße")


@cache
def _names() -> WordGroups:
    """What a name stands behind."""
    return WordGroups({"named": _NAMED})


_NAME_WORDS = 3
_INSULT_TOPICS = 1
# Phrases that mean the same whatever little words stand around them.
_UNMISTAKABLE = frozenset(
    {SmallTalkKind.HUMAN, SmallTalkKind.WHO, SmallTalkKind.CHITCHAT, SmallTalkKind.UNHELPFUL}
)

_LINK = re.compile(
    r"(?:https?://|www\.|t\.me/)\S+|(?:[a-z0-9äöüß-]{2,40}\.){1,4}(?:de|com|org|net|eu|info|at|ch|berlin|bayern|hamburg)(?:/\S*)?",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"(?:(?:Tel(?:efon)?|Mobil|Handy|Mail|E-Mail)\.?:? ?)?"
    r"(?:[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}|(?:\+|00?)[1-9][\d /()-]{5,18}\d)",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"(?:(?:meine )?(?:PLZ|Postleitzahl)(?: ist| lautet)?:? )?(?:D-? ?)?\d{5},?"
    r"(?: (?:(?:Bad|Sankt|St\.?|Groß|Klein|Neu|Alt|Markt|Schwäbisch) )?[^\W\d_]{2,30}(?:-[^\W\d_]{2,20}){0,3}"
    r"(?: (?:am|an der|in der|im|bei|ob der|vor der|auf) [^\W\d_]{2,30})?)?",
    re.IGNORECASE,
)
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_KEYCAP = "\u20e3"

_ROWS = ("qwertzuiopu", "asdfghjkloa", "yxcvbnm", "qwertyuiop", "zxcvbnm")  # folded, German and English
_RUN = 4  # neighbouring keys in a row that no German word has
_VOWELS = frozenset("aeiouy")
_CONSONANTS = re.compile(r"[^aeiouy\d]{6,}")
_LONGEST_ABBREVIATION = 5  # letters
_NO_VOWELS = 3  # letters: from here a word without a vowel is an abbreviation or nonsense
# Abbreviations without a vowel that an employer may type.
_ABBREVIATIONS = frozenset(
    "hwk hwks lwk bvb bvj btz btg bfd bsk dtz dgb dgbb dtb dsgvo gmbh kg ggmbh jc jmd kmu mbe ggf bzw ggü hr fr hrn ltd std sgb sfj"
    " stvg svg bbg nrw rlp bw bgb hgb stgb bgh bsg bmf bmas bfb fks ptj plz tvl tvöd pflbg plg pkw lkw kfz sms msg pdf gdb bgm bg dhl dm"
    " vwl wlan zdh zdf bwl tqs tq vhs vg vgl zzgl drk awo hrb wtf thx fsj fsp rbk rv sv svnr svr hm hmm mhm pst psst nrn mfg lg str nr".split()
)


# Only as the whole message: "Vergiss es. Ich kann nicht mehr" is something else. Folded, as ``Message.forms`` gives them.
CANCELLED: Final = frozenset({"abbrechen", "abbruch", "bitte abbrechen", "abbrechen bitte"})
CALLED_OFF: Final = CANCELLED | {
    *("doch nicht", "lieber nicht", "lieber doch nicht", "stopp", "stop", "halt", "cancel"),
    *("vergiss es", "vergessen sie es", "lass gut sein", "lassen sie es"),
}


def small_talk(message: Message, known: AbstractSet[str] = frozenset()) -> SmallTalkKind | None:
    """What kind of small talk ``message`` is; ``None`` when it may be a question.

    ``known``: folded words of the FAQ, which are never gibberish.
    """
    text = message.text.strip()
    if kind := _by_shape(text):
        return kind
    forms = message.forms()
    if all(form.isdigit() for form in forms):
        return SmallTalkKind.TEST if " ".join(forms) == "1 2 3" else SmallTalkKind.NUMBER
    if " ".join(forms) in CALLED_OFF:
        return SmallTalkKind.NO
    raws = [message.text[word.start : word.end] for word in message.words]
    if all(_is_gibberish(form, raw) and form not in known for form, raw in zip(forms, raws, strict=True)):
        return SmallTalkKind.GIBBERISH
    if _STRETCHED.search(text):
        message = read(_STRETCHED.sub(r"\1", text))
    return _by_words(message, known)


def _by_shape(text: str) -> SmallTalkKind | None:
    if not any(char.isalnum() for char in text):
        signs = (char for char in text if unicodedata.category(char) in {"So", "Sk"})
        return SmallTalkKind.EMOJI if any(signs) else SmallTalkKind.PUNCTUATION
    if _KEYCAP in text and not any(char.isalpha() for char in text):
        return SmallTalkKind.EMOJI
    if _LINK.fullmatch(text):
        return SmallTalkKind.LINK
    if _POSTCODE.fullmatch(text):
        return SmallTalkKind.POSTCODE
    if _CONTACT.fullmatch(text):
        return SmallTalkKind.CONTACT
    return None


def _by_words(message: Message, known: AbstractSet[str]) -> SmallTalkKind | None:
    found = _keywords().scan(message)
    named = {end for _, end in _names().scan(message).spans.get("named", ())}
    covered = found.covered() | {end + more for end in named for more in range(_NAME_WORDS)}
    rest = [
        word.form
        for number, word in enumerate(message.words)
        if number not in covered and not word.form.isdigit()
    ]
    topics = [form for form in rest if form not in FUNCTION_WORDS]
    if not message.question and not _ASKING.intersection(rest):
        rest = topics
    kinds = _longest(found)
    asking = bool(message.words[1:]) and message.words[0].form in QUESTION_WORDS
    for kind in _TERMS:
        if kind not in kinds:
            continue
        if kind is SmallTalkKind.OK and asking:
            continue  # "was mach ich jetzt" asks
        if not rest or (kind in _UNMISTAKABLE and not topics):
            return kind
        if kind is SmallTalkKind.GREETING and known and len(rest) == 1 and rest[0] not in known:
            return kind  # "Hallo Max"
        is_insult = kind is SmallTalkKind.INSULT and not message.question
        if is_insult and len(topics) <= _INSULT_TOPICS and not any(form in known for form in topics):
            return kind
    return None


def _longest(found: Found) -> frozenset[SmallTalkKind]:
    """The kinds that occur, without those that only stand inside a longer phrase: "danke für die Hilfe" is no "Hilfe"."""
    spans = [(kind, start, end) for kind, places in found.spans.items() for start, end in places]
    return frozenset(
        SmallTalkKind(kind)
        for kind, start, end in spans
        if kind != "filler"
        and not any(
            other != kind and first <= start and end <= last and last - first > end - start
            for other, first, last in spans
        )
    )


def _is_gibberish(form: str, raw: str) -> bool:
    """Whether a word can only be fingers on a keyboard."""
    if not form.isalpha() or form in _ABBREVIATIONS or not form.isascii() or len(form) < _NO_VOWELS:
        return False
    if len(set(form)) == 1:
        return True
    if not _VOWELS.intersection(form):
        return not (raw[:3].isupper() and len(raw) <= _LONGEST_ABBREVIATION) or _on_one_row(form)
    if len(set(form)) <= len(form) // 3:
        return True
    return bool(_CONSONANTS.search(form)) or _on_one_row(form)


def _on_one_row(form: str) -> bool:
    runs = (form[start : start + _RUN] for start in range(max(1, len(form) - _RUN + 1)))
    near = (any(run in row or run in row[::-1] for row in _ROWS) for run in runs)
    return any(near) if len(form) >= _RUN else form in {"asd", "qwe", "qwer", "yxc", "jkl", "asdf"}


@cache
def _courtesy() -> WordGroups:
    """What stands before and behind a question."""
    return WordGroups(
        {
            "opening": [
                *_TERMS[SmallTalkKind.GREETING], *_TERMS[SmallTalkKind.THANKS], *_TERMS[SmallTalkKind.APOLOGY], "ok", "okay", "alles klar",
                "aha", "achso", "ach so", "bot", "ich habe … eine Frage", "ich hätte … eine Frage", "ich habe … Frage", "ich hätte … Frage",
                "habe … eine Frage", "wir haben … Frage", "wir hätten … Frage", "kurze Frage", "noch eine Frage", "eine Frage", "nächste Frage",
                "folgende Frage", "eine kurze Frage", "mal eine Frage", "Frage an euch", "Frage an Sie", "meine Frage ist", "meine Frage wäre",
                "ich wollte … fragen", "wollte … fragen", "und zwar", "sagen Sie mal", "sag mal",
                "Frage zu", "Frage zum", "Frage zur", "Frage über", "Frage wegen", "Fragen zu", "Fragen zum", "Fragen zur", "Fragen über",
            ],
            # Courtesy only when a comma or full stop follows: "gut, und bei Duldung?", but "gut Deutsch sprechen".
            "remark": ["super", "prima", "verstanden", "gut", "sehr gut", "ja", "nein", "bitte", "Team", "Leute", "perfekt", "toll", "klasse",
                       "meine Frage", "also", "genau", "alles klar", "das hilft mir", "interessant", "gerne", "gern"],
            "closing": [
                *_TERMS[SmallTalkKind.THANKS], "danke vorab", "vorab", "schon mal", "schonmal", "freue mich auf Ihre Antwort", "besten Gruß",
                "schönen Tag", "schönen Tag noch", "schönes Wochenende", "tschüss",
            ],
            "signed": [
                "freundlichen Grüßen", "freundlichen Gruß", "mit freundlichen Grüßen", "mit freundlichem Gruß", "viele Grüße", "liebe Grüße",
                "lieben Gruß", "beste Grüße", "schöne Grüße", "Gruß", "herzliche Grüße", "vg", "freundliche Grüße", "Grüße aus",
            ],
        },
        exact=True,  # "Entschädigung" is no misspelt "Entschuldigung" here: what is cut away is not searched
    )  # fmt: skip


_SIGNATURE = 14  # words: a longer text after "Viele Grüße" is more than a name and an address


def strip_courtesy(message: Message) -> str:
    """The text of ``message`` without greeting, thanks and signature; empty when nothing else is there."""
    words = message.words
    if not words:
        return ""
    found = _courtesy().scan(message)
    first, last = 0, len(words)
    signed = [start for start, _ in found.spans.get("signed", ()) if start and last - start <= _SIGNATURE]
    if signed:
        last = min(signed)
    pauses = {sentence.last for sentence in message.sentences} | set(message.clauses)
    starts = {start: end for start, end in sorted(found.spans.get("opening", ())) if end <= last}
    remarks = {
        start: end for start, end in sorted(found.spans.get("remark", ())) if end <= last and end in pauses
    }
    while first < last:
        if first in starts or first in remarks:
            first = max(starts.get(first, 0), remarks.get(first, 0))
        elif first and words[first].form in {"herr", "frau", "hr", "fr", "herrn"} and first + 1 < last:
            first += 2
        else:
            break
    ends = {
        end: start for start, end in sorted(found.spans.get("closing", ()), reverse=True) if start >= first
    }
    while last > first and last in ends:
        last = ends[last]
    if first >= last:
        return ""
    # From the end of the word before, so that a "§" or a quotation mark is not lost.
    start = words[first - 1].end if first else 0
    end = words[last].start if last < len(words) else len(message.text)
    return message.text[start:end].strip().lstrip(",;:.!?-–) \n").rstrip(",;:- \n")
