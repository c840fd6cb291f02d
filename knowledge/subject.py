"""What a question is about: the words worth carrying over to the question after it."""

from knowledge.function_words import FUNCTION_WORDS
from knowledge.language import fold, stem
from knowledge.message import Message, Word

# Verbs and nouns that say what is asked of a subject, and are no subject themselves.
_ASKED = frozenset(
    stem(fold(word))
    for word in """
    dauern dauert dauer kosten kostet zahlen zahlt bezahlen lange hoch viel beantragen beantragt antrag bekommen bekommt gelten gilt
    brauchen braucht beachten funktionieren funktioniert ablaufen läuft anfangen anfängt beginnen beginnt enden endet melden meldet
    anmelden stellen stellt unterschreiben finden findet helfen hilft erlaubt verboten möglich nötig notwendig wichtig passiert
    passieren bedeutet bedeuten heißt unterschied voraussetzung voraussetzungen regeln regelung zuständig frage fragen antwort info
    infos information möchten kümmern machen arbeiten arbeitet ausbilden einstellen beschäftigen dürfen stunden tage wochen monate
    jahre frist ab wann voraus nochmal genau eigentlich zustimmen ausfüllen prüfen verlängern gedacht genau kündigen umziehen abmelden sicher
    """.split()
)

_PEOPLE = frozenset(
    stem(fold(word))
    for word in """
    azubi azubis azubine auszubildende auszubildender auszubildenden lehrling lehrlinge stift mitarbeiter mitarbeiterin angestellte
    angestellter arbeiter kollege kollegin geselle bewerber bewerberin flüchtling flüchtlinge geflüchtete geflüchteter ausländer
    mensch menschen person personen mann frau junge mädchen chef chefin betrieb firma
    """.split()
)


def content(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words that name something: no function words, no numbers."""
    return tuple(word for word in words if word.form not in FUNCTION_WORDS and not word.form.isdigit())


def topics(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words that can be the subject of a question: content, without what is merely asked of it."""
    return tuple(word for word in content(words) if word.stem not in _ASKED)


def only_points(words: tuple[Word, ...]) -> bool:
    """Whether the words point at something ("wie lange dauert das?"; "Kosten?" does so by itself) and name nothing."""
    if topics(words):
        return False
    return len(content(words)) == len(words) == 1 or any(word.form in _POINTING for word in words)


def only_people(words: tuple[Word, ...]) -> bool:
    """Whether the words name somebody ("mitarbeiter", "mein Azubi") and nothing that could be asked about them."""
    named = content(words)
    return bool(named) and all(word.stem in _PEOPLE for word in named)


def subject(message: Message, words: tuple[Word, ...]) -> tuple[str, ...]:
    """The words of ``words`` to carry over, as typed: the nouns when capitals were used, else all topics."""
    found = topics(words)
    typed = [(message.text[word.start : word.end], word) for word in found]
    nouns = [text for text, word in typed if text[:1].isupper() or not text.isalpha()]
    return tuple(dict.fromkeys(nouns or [text for text, _ in typed]))


def stands_alone(message: Message, words: tuple[Word, ...], *, capitals: bool) -> bool:
    """Whether ``words`` of ``message`` name a subject of their own, so that nothing must be carried over.

    ``capitals``: whether the writer uses them; then a single word in small letters is a verb ("teilnehmen").
    """
    found = topics(words)
    if len(found) != 1:
        return len(found) > 1
    if any(word.form in _POINTING for word in words):
        return False
    typed = message.text[found[0].start : found[0].end]
    return not capitals or typed[:1].isupper() or not typed.isalpha()


def uses_capitals(message: Message) -> bool:
    """Whether nouns are written with a capital: a word that begins no sentence does."""
    first = {sentence.first for sentence in message.sentences}
    return any(
        message.text[word.start].isupper() and not message.text[word.start : word.end].isupper()
        for number, word in enumerate(message.words)
        if number not in first
    )


# Without a noun after it "das" points back; articles are too frequent to count.
_POINTING = frozenset(
    fold(word) for word in "das dies dafür dabei dazu davon damit darüber es dann da".split()
)
