"""German as employers type it, brought to one spelling: folding, normalising, words and stems.

Everything here is a pure function of the text, bounded in time for any input (Telegram allows 4,096 code points), and
idempotent: ``fold(fold(x)) == fold(x)`` and ``normalise(normalise(x)) == normalise(x)``. The same functions read the
FAQ and the question, so a folding that merges two rare words costs far less than a spelling that is not recognised.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import Stemmer

LONGEST = 4096  # code points looked at: Telegram's limit of a message
MOST_WORDS = 256  # words of a message that count: a question is short, a pasted letter is not

_STEMMER = Stemmer.Stemmer("german", 0)  # no cache inside: stateless, so it may be shared

_DROPPED = frozenset({"Mn", "Me", "Mc", "Cf", "Cs", "Co", "Cn"})  # accents, joiners, unassigned
_ACCENTS = re.compile("[\u0300-\u036f]+")
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "a",  # as "ae" below
        "œ": "o",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ı": "i",
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "−": "-",
        "’": "'",
        "‘": "'",
        "´": "'",
        "`": "'",
        "„": '"',
        "“": '"',
        "”": '"',
        "»": '"',
        "«": '"',
    }
)
# "Koeln" is "Köln" is "Koln". Not "ue" after a vowel or q (bauen, neue, Quelle), where it is no umlaut; not before a
# further e, so that folding twice is folding once.
_DIGRAPH = re.compile(r"([ao]|(?<![aeiouq])u)e(?!e)")
_ESCAPED = re.compile(r"\\.|[^\\]+", re.DOTALL)

# Laws whose name after a bare number makes it a paragraph: "24 AufenthG".
_LAW = r"(?:aufenthg|asylg|asylblg|beschv|bbig|hwo|bqfg|agg|bgb|sgb|arbzg|milog|kschg|jarbschg|estg|gewo|nachwg|stag)"
_SECTION = re.compile(
    r"(?:§[§ ]{0,4}|(?<!\w)(?:paragraf|paragraph|par)(?:en)? )(\d{1,4})(?: ?([a-z]))?(?!\w)"
)
_BARE_SECTION = re.compile(r"(?<![§\w])(\d{1,3}[a-z])(?!\w)")
_BEFORE_LAW = re.compile(
    rf"(?<![§\w])(?<!abs )(?<!absatz )(\d{{1,4}})(?= (?:(?:abs|absatz) \d{{1,2}}[a-z]? )?{_LAW}(?!\w))"
)
_THREE_PLUS_TWO = re.compile(r"(?<![\w+])(?:3|drei) ?(?:\+|plus|und) ?(?:2|zwei)(?![\w+])")
_NUMBERED = re.compile(r"\d|drei|sgb")  # what each of the patterns for laws needs
_BOOK = re.compile(r"(?<!\w)sgb ?(iii|ii|iv|ix|viii|vii|vi|v|xii|xi|xiv|x|i|\d{1,2})(?!\w)")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7"} | {
    "viii": "8",
    "ix": "9",
    "x": "10",
    "xi": "11",
    "xii": "12",
    "xiv": "14",
}
# "Azubi*innen", "Mitarbeiter:in", "Ausbilder/-in", "Bewerber(innen)": the words without the ending that names both genders.
_BOTH_GENDERS = re.compile(r"(?<=[a-z])(?:[*:_]|/-?|\()in(?:nen)?\b\)?")
_CAPITALS = re.compile(r"\b[A-ZÄÖÜ]{2,6}\b")
_GAP = re.compile(r"(?:[^\w§+]|_)+")
_WORD = re.compile(r"(?<![\w+])3\+2(?![\w+])|§\d{1,4}(?:[a-z](?!\w))?|[^\W_]+")

# Frequent forms whose stem Snowball cannot know: German changes the vowel, and questions are full of them.
_IRREGULAR = {
    form: stem
    for stem, forms in {
        "beinah": "fast beinahe",  # "fast den ganzen Lohn" has nothing to do with fasting
        "durf": "darf darfst durft durfte durften",
        "konn": "kann kannst konnt konnte konnten koennt",
        "muss": "musst mussen musste mussten mus",
        "soll": "sollst sollt sollte sollten",
        "woll": "will willst wollt wollte wollten mochte mochten mochtest",
        "hab": "habe haben hast hat habt hatte hatten hattest",
        "sein": "bin bist ist sind seid war waren warst ware waren",
        "werd": "wird wirst werde werden wurde wurden worden geworden",
        "geb": "gibt gibst gab gaben gegeben gebe",
        "nehm": "nimmt nimmst nahm nahmen genommen",
        "gelt": "gilt galt galten gegolten",
        "find": "fand fanden gefunden",
        "bekomm": "bekam bekamen",
        "dauer": "dauer dauert dauern dauerte",
        "zahl": "gezahlt zahlt zahlen zahle",
        "lern": "gelernt",
        "arbeit": "gearbeitet",
    }.items()
    for form in forms.split()
}


def fold(text: str) -> str:
    """``text`` in lower case without umlauts, ß and accents; other characters, line breaks and length roughly kept.

    "Köln", "Koeln" and "Koln" become "koln", "Straße" becomes "strasse", typographic dashes and quotes become plain.
    Looks at the first ``LONGEST`` code points only.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text[:LONGEST])[:LONGEST].casefold())
    if not plain.isascii():
        # The accents of common letters first: German rarely has others, and looking at each character takes long.
        plain = _ACCENTS.sub("", plain)
        if not plain.isascii():
            plain = "".join(char for char in plain if unicodedata.category(char) not in _DROPPED)
    return _DIGRAPH.sub(r"\1", plain.translate(_LETTERS))[:LONGEST]


@lru_cache(maxsize=16_384)
def fold_word(word: str) -> str:
    """As :func:`fold`, for one word; remembered, because every message is read and German repeats itself."""
    return fold(word)


def fold_pattern(pattern: str) -> str:
    r"""A regular expression folded as :func:`fold` folds text, its escapes (``\b``, ``\W``) left alone."""
    return "".join(piece if piece.startswith("\\") else fold(piece) for piece in _ESCAPED.findall(pattern))


def normalise(text: str) -> str:
    """The canonical form in which two spellings of one question are the same string: folded words, one space apart.

    "3 + 2" and "drei plus zwei" become "3+2"; "§ 60 c", "60c" and "Paragraf 60c" become "§60c"; "SGB III" becomes
    "sgb3"; "Azubi*innen" becomes "azubi". Punctuation, emoji and control characters are gone. Empty when the text holds no word.
    """
    return " ".join(words(text))


@lru_cache(maxsize=64)
def words(text: str) -> tuple[str, ...]:
    """The words of :func:`normalise`, in order, at most ``MOST_WORDS``; of the last few texts they are remembered."""
    folded = _GAP.sub(" ", _BOTH_GENDERS.sub("", fold(text)))
    if _NUMBERED.search(folded):  # most messages name no law
        folded = _THREE_PLUS_TWO.sub(" 3+2 ", folded)
        folded = _SECTION.sub(r" §\1\2 ", folded)
        folded = _BARE_SECTION.sub(r"§\1", folded)
        folded = _BEFORE_LAW.sub(r"§\1", folded)
        folded = _BOOK.sub(lambda match: "sgb" + _ROMAN.get(match[1], match[1]), folded)
    return tuple(_WORD.findall(folded)[:MOST_WORDS])


def short_names(text: str) -> frozenset[str]:
    """The folded words of ``text`` that are written in capitals like an abbreviation; none in a text that is all capitals."""
    return frozenset() if text.isupper() else frozenset(map(fold, _CAPITALS.findall(text[:LONGEST])))


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """The Snowball stem of one folded word; frequent irregular forms (darf, gibt, gilt) share the stem of their verb.

    A word with a digit or a sign ("3+2", "§60c") is its own stem.
    """
    irregular = _IRREGULAR.get(word)
    if irregular is not None:
        return irregular
    return word if not word.isalpha() else str(_STEMMER.stemWord(word))


def stems(words_: Iterable[str]) -> tuple[str, ...]:
    """The stems of folded words, in order."""
    return tuple(stem(word) for word in words_)
