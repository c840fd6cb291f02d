"""A message without whatever may tell who wrote it or whom it is about: for what is kept of questions without an answer.

Stricter than ``knowledge.thirdparty``, which asks before it removes something: here nobody is asked. All numbers go but
those of sections ("§ 60c") and "3+2"; every capitalised word goes that is neither German nor a word of the knowledge.
"""

import re
import unicodedata
from collections.abc import Callable

from knowledge.language import words
from knowledge.message import read
from knowledge.splitting import asked
from knowledge.thirdparty import screen

GONE = "…"  # what stands in place of something that was taken out
LONGEST = 200  # code points: a phrasing of the knowledge is no longer (``knowledge.schema``)
_READ = 1000  # code points looked at: what follows in a longer message is a story
_FEWEST_LETTERS = 3

_ADDRESS = re.compile(r"\S*@\S+|(?:https?://|www\.)\S+", re.IGNORECASE)
_KEPT = (
    r"(?:§{1,2}|\b(?:Paragraf|Paragraph|Absatz|Abs\.|Satz)) ?\d{1,4}(?: ?[a-z]\b)?"
    r"|\b(?:3|drei) ?(?:\+|plus) ?(?:2|zwei)\b|\bSGB ?\d{1,2}\b"
)
_NUMBER = re.compile(rf"(?P<kept>{_KEPT})|[^\s§]*\d\S*", re.IGNORECASE)
_AMOUNT = r"\b\d{1,3}(?:[.,]\d{1,3})? ?(?:€|Euro|EUR|%|Prozent|Stunden?|Std\.|Tagen?|Wochen?|Monaten?|Werktagen?)(?!\w)"
_NUMBER_BUT_AMOUNT = re.compile(rf"(?P<kept>{_KEPT}|{_AMOUNT})|[^\s§]*\d\S*", re.IGNORECASE)
# "Herr Müller", "Frau Schneider": names even where they are words.
_ADDRESSED = re.compile(
    r"\b(Herrn?|Frau|namens|Familie|Name ist|heiße|heisse)((?: [^\W\d_a-zäöüß][\w'’-]*){1,3})"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_MARKS = frozenset(  # words beside the number of a section; a person is called none of them
    "Abs Nr SGB VO II III IV VI VIII IX XII AufenthG AsylG AsylbLG BeschV BBiG HwO BQFG AGG BGB ArbZG MiLoG KSchG JArbSchG EStG GewO"
    " NachwG StAG".split()
)
_GAPS = re.compile(rf"(?:[\s,;:.()/-]*{GONE}){{2,}}")


def anonymous(text: str, known: Callable[[str], bool]) -> str:
    """``text`` without names, numbers and addresses, each replaced by ``GONE``; empty when too little is left.

    ``known``: whether a folded word is German or a word of the knowledge.
    """
    return _short(_without(" ".join(text[:_READ].split()), known, _NUMBER))


def anonymous_question(text: str, known: Callable[[str], bool]) -> str:
    """The same, of a story only what it asks: the rest tells of people."""
    return anonymous(asked(read(text)) or text, known)


def anonymous_answer(text: str, known: Callable[[str], bool]) -> str:
    """As ``anonymous``, for an answer: lines stay, and numbers that say how much or how long, for they are what was asked."""
    lines = (_without(" ".join(line.split()), known, _NUMBER_BUT_AMOUNT) for line in text.split("\n"))
    return "\n".join(lines).strip()


def _without(text: str, known: Callable[[str], bool], numbers: re.Pattern[str]) -> str:
    plain = unicodedata.normalize("NFC", text)
    for finding in reversed(screen(plain).findings):
        plain = f"{plain[: finding.start]}{GONE}{plain[finding.end :]}"
    plain = _ADDRESS.sub(GONE, plain)
    plain = numbers.sub(lambda match: match[0] if match["kept"] else GONE, plain)
    plain = _ADDRESSED.sub(rf"\1 {GONE}", plain)
    plain = _WORD.sub(lambda match: match[0] if _harmless(match[0], known) else GONE, plain)
    return _GAPS.sub(f" {GONE}", plain).strip()


def masked(text: str, allowed: Callable[[str], bool]) -> str:
    """``text`` with ``GONE`` in place of every word that is not ``allowed``, whatever its first letter."""
    shown = _WORD.sub(lambda match: match[0] if all(map(allowed, words(match[0]))) else GONE, text)
    return _GAPS.sub(f" {GONE}", shown).strip()


def _harmless(word: str, known: Callable[[str], bool]) -> bool:
    return not word[0].isupper() or len(word) == 1 or word in _MARKS or all(map(known, words(word)))


def _short(text: str) -> str:
    if sum(map(str.isalpha, text)) < _FEWEST_LETTERS:
        return ""
    if len(text) <= LONGEST:
        return text
    cut = text.rfind(" ", 0, LONGEST)
    return text[: cut if cut > 0 else LONGEST].rstrip(" ,;:–-")
