"""Messages too vague to search: "Duldung", "Hilfe bei Azubi", "ich habe eine Frage"; one concrete question goes back.

What is asked back stands in the editors' ``synonyms.yaml``; this module only decides whether a message consists of little
else than a word that they listed.
"""

from knowledge.entry import AskBack, Synonyms
from knowledge.function_words import FUNCTION_WORDS, QUESTION_WORDS
from knowledge.language import fold, stem, words
from knowledge.message import Message
from knowledge.wordgroups import WordGroups

# Words with which one asks for help in general.
_HELP = frozenset(
    fold(word)
    for word in """
    Frage Fragen Hilfe Info Infos Information Informationen Auskunft Thema Problem Probleme Anliegen Unterstützung Rat Tipp Tipps Beratung
    helfen wissen erfahren interessiere interessiert interessieren informieren erklären kümmern Sache allgemein allgemeine alles mehr
    genauer näheres suche suchen geht
    """.split()
)
_GENERALLY = frozenset({"mit", "bei", "zu", "zum", "zur", "uber", "wegen"})  # "was gilt bei Duldung?"
# A modal verb makes even a short message concrete: "darf Duldung arbeiten".
_CONCRETE = frozenset(
    "darf durfen kann konnen muss mussen soll sollen nicht kein keine ohne warum wieso wann wo wer wieviel".split()
)
_CAN = frozenset({"kann", "konnen", "konnte", "konnten"})
_LONGEST = 8  # words


class Vague:
    """The questions back of one knowledge, compiled; immutable."""

    def __init__(self, synonyms: Synonyms) -> None:
        self._asks: dict[frozenset[str], AskBack] = {}
        groups: dict[str, list[str]] = {}  # by stem, so that the inflections of one word count once
        for key, ask in synonyms.ambiguous.items():
            for word in words(key):
                groups.setdefault(stem(word), []).append(word)
            self._asks[frozenset(stem(word) for word in words(key))] = ask
        self._asks.pop(frozenset(), None)
        self._general = synonyms.general
        self._groups = WordGroups(groups)

    def ask_back(self, message: Message) -> AskBack | None:
        """What to ask back, or ``None`` when the message says what it is about."""
        forms = message.forms()
        if not forms or len(forms) > _LONGEST or not _concrete(forms).isdisjoint(forms):
            return None
        if not QUESTION_WORDS.isdisjoint(forms) and _GENERALLY.isdisjoint(forms):
            return None  # "was ist Duldung?" can be answered
        found = self._groups.scan(message)
        covered = found.covered()
        others = [
            form
            for number, form in enumerate(forms)
            if number not in covered and form not in FUNCTION_WORDS and form not in _HELP
        ]
        if others:
            return None
        if found.spans:
            return self._named(frozenset(found.spans))
        return self._general if not _HELP.isdisjoint(forms) else None

    def _named(self, found: frozenset[str]) -> AskBack | None:
        """What to ask back about the listed words that were found: those of one key, or a single one."""
        whole = self._asks.get(found)
        if whole is not None:
            return whole
        asks = {id(ask): ask for key, ask in self._asks.items() if key <= found}
        covered = frozenset(word for key in self._asks if key <= found for word in key)
        # Two subjects ("Duldung Förderung") are no longer vague; synonyms of one subject are.
        return next(iter(asks.values())) if len(asks) == 1 and covered == found else None


def _concrete(forms: tuple[str, ...]) -> frozenset[str]:
    """The words that make a message concrete; "können Sie mir bei einem Azubi helfen?" is no question about an ability."""
    return _CONCRETE - _CAN if "helfen" in forms else _CONCRETE
