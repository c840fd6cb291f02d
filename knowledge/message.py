"""A message as words and sentences: read once, then looked at by every rule that needs no index.

Words keep their place in the text, so that a part of what the employer typed can be cut out again; their ``form`` is
folded (``language.fold``), so that lost umlauts, ß and capitals change nothing. Colloquial short forms are spelt out
("gibt's" is read as "gibt es"). Reading is linear in the length and never fails.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from knowledge.function_words import FUNCTION_WORDS
from knowledge.language import LONGEST, MOST_WORDS, fold, fold_word, stem

DATE = "<datum>"
TIME = "<uhrzeit>"
NUMBER = "<zahl>"

_MONTHS = (
    "Januar|Jänner|Februar|Feber|März|Maerz|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
)
_TOKEN = re.compile(
    rf"""
    (?P<date>(?<![\d.])\d{{1,2}}\.[ ]?(?:\d{{1,2}}\.(?:[ ]?(?:19|20)?\d\d(?!\d))?|(?:{_MONTHS})(?:[ ](?:19|20)\d\d)?(?!\w))
      |(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d))
    |(?P<time>(?<![\d.,])\d{{1,2}}(?:[:.]\d\d)?[ ]?Uhr(?!\w)|(?<![\d.,:])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:]))
    |(?P<word>3[ ]?\+[ ]?2(?!\d)|[^\W_]+)
    |(?P<stop>[.!?;…\n]+)
    |(?P<comma>[,:–—()/]|[ ]-[ ])
    """,
    re.VERBOSE | re.IGNORECASE,
)

# Spoken German as it is typed; the right side is what the rules are written in.
_SPELT_OUT = {
    short: tuple(full.split())
    for short, full in {
        "gibts": "gibt es",
        "gibs": "gibt es",
        "gehts": "geht es",
        "ists": "ist es",
        "kanns": "kann es",
        "hats": "hat es",
        "wars": "war es",
        "wirds": "wird es",
        "ichs": "ich es",
        "wenns": "wenn es",
        "obs": "ob es",
        "machts": "macht es",
        "fürs": "für das",
        "ne": "eine",
        "nen": "einen",
        "nem": "einem",
        "ner": "einer",
        "nich": "nicht",
        "net": "nicht",
        "ned": "nicht",
        "nix": "nichts",
        "hab": "habe",
        "hätt": "hätte",
        "würd": "würde",
        "möcht": "möchte",
        "brauch": "brauche",
        "bräucht": "bräuchte",
        "wär": "wäre",
        "nehm": "nehme",
        "is": "ist",
        "isch": "ist",
        "kriegt": "bekommt",
        "aufm": "auf dem",
        "beim": "bei dem",
        "zum": "zu dem",
        "zur": "zu der",
        "vom": "von dem",
        "kannste": "kannst du",
        "haste": "hast du",
        "biste": "bist du",
        "könnse": "können sie",
        "habense": "haben sie",
        "vllt": "vielleicht",
        "bzgl": "bezüglich",
        "pls": "bitte",
        "mfg": "freundlichen grüßen",
        "vlg": "viele grüße",
        "lg": "liebe grüße",
    }.items()
}
_EXPANDED = {fold(short): tuple(fold(word) for word in full) for short, full in _SPELT_OUT.items()}
_CLITIC = frozenset({"'", "’", "‘", "´", "`"})

# A full stop after these ends no sentence.
_ABBREVIATIONS = frozenset(
    "abs art ca bzw usw evtl ggf inkl nr str tel dr hr fr vgl max min mind zzgl gem lt sog st std mio ing prof bspw etc"
    " jan feb mrz apr jun jul aug sep sept okt nov dez".split()
)
_NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")
_REMEMBERED = 16_384  # typed words of which it is kept how they are read
_GLUED = 4  # a sentence of so few words ("Schon morgen!") is read together with the one before it


class Word(NamedTuple):
    """One word: ``form`` is folded, ``start`` and ``end`` are its place in ``Message.text``."""

    form: str
    stem: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: the words ``first`` to ``last`` (exclusive), its place in the text, and whether it asks."""

    first: int
    last: int
    start: int
    end: int
    question: bool


@dataclass(frozen=True, slots=True)
class Message:
    """What was typed (in Unicode's composed form, at most 4,096 code points), its words and its sentences."""

    text: str
    words: tuple[Word, ...]
    sentences: tuple[Sentence, ...]
    clauses: tuple[int, ...]  # numbers of the words before which a comma, colon or bracket stands

    @property
    def question(self) -> bool:
        """Whether a question mark was typed anywhere."""
        return "?" in self.text

    def forms(self) -> tuple[str, ...]:
        """The folded words."""
        return tuple(word.form for word in self.words)

    def passages(self) -> tuple[tuple[int, int], ...]:
        """Ranges of words that belong together: sentences, a very short one joined to the one before it."""
        ranges: list[tuple[int, int]] = []
        for sentence in self.sentences:
            if ranges and sentence.last - sentence.first <= _GLUED:
                ranges[-1] = (ranges[-1][0], sentence.last)
            else:
                ranges.append((sentence.first, sentence.last))
        return tuple(ranges)


def spelt_out(form: str) -> tuple[str, ...]:
    """The words that a folded word stands for: "vom" is "von dem"; usually itself."""
    return _EXPANDED.get(form, (form,))


def read(text: str) -> Message:
    """``text`` as a message; anything beyond ``LONGEST`` code points or ``MOST_WORDS`` words is not looked at."""
    plain = unicodedata.normalize("NFC", text[:LONGEST])
    words: list[Word] = []
    sentences: list[Sentence] = []
    clauses: list[int] = []
    first = 0
    for token in _TOKEN.finditer(plain):
        match token.lastgroup:
            case "date":
                words.append(Word(DATE, DATE, token.start(), token.end()))
            case "time":
                words.append(Word(TIME, TIME, token.start(), token.end()))
            case "word":
                words += _words(token.group(), token.start(), token.end(), plain, words)
            case "comma":
                if not clauses or clauses[-1] != len(words):
                    clauses.append(len(words))
            case _:
                if first < len(words) and _ends_sentence(token.group(), token.end(), plain, words[-1]):
                    asks = "?" in token.group()
                    sentences.append(Sentence(first, len(words), words[first].start, token.end(), asks))
                    first = len(words)
        if len(words) >= MOST_WORDS:
            break
    if first < len(words):
        end = words[-1].end
        sentences.append(Sentence(first, len(words), words[first].start, end, question=False))
    return Message(plain, tuple(words), tuple(sentences), tuple(clauses))


def _form(raw: str) -> str:
    """One word folded."""
    return fold_word(raw).replace(" ", "")


def _words(raw: str, start: int, end: int, text: str, before: list[Word]) -> list[Word]:
    """One typed word as the words it stands for: usually itself, sometimes two ("gibt's")."""
    typed = _typed(raw)
    if typed[0][0] == "s" and before and before[-1].end == start - 1 and text[start - 1] in _CLITIC:
        return [Word("es", "es", start, end)]
    return [Word(form, stem_, start, end) for form, stem_ in typed]


@lru_cache(maxsize=_REMEMBERED)
def _typed(raw: str) -> tuple[tuple[str, str], ...]:
    """Form and stem of each word that a typed one stands for; remembered, because German repeats itself."""
    return tuple((form, stem(form)) for form in spelt_out(_form(raw)))


def _ends_sentence(stop: str, end: int, text: str, last: Word) -> bool:
    if stop != "." or end >= len(text):
        return True
    if not text[end].isspace():
        return False
    if last.form.isdigit():
        # "im 3. Lehrjahr", "am 1. September" go on; "Er ist 17. Wer unterschreibt" does not.
        following = _NEXT_WORD.match(text, end)
        return following is not None and following[1][:1].isupper() and _form(following[1]) in FUNCTION_WORDS
    return len(last.form) > 1 and last.form not in _ABBREVIATIONS
