"""Plain German for a boss on a phone: what makes an answer hard to read. Only notices come from it; facts go before style."""

import re
from collections.abc import Iterator
from typing import Final

from knowledge import markup
from knowledge.entry import Entry
from knowledge.positions import Remark

MOST_LINES = 8  # of an answer, bullets counted: what a phone shows without scrolling
MOST_WORDS = 25  # of a sentence of an answer
_MOST_FOLDED = 30  # of a sentence that is folded away; a list of branches may be long
_WORD: Final = re.compile(r"\w[\w-]*")
# A point ends a sentence, unless it belongs to "Abs. 2", "z. B." or a number.
_END: Final = re.compile(
    r"(?<!\bAbs\.)(?<!\bNr\.)(?<!\bz\.)(?<!\bB\.)(?<!\bd\.)(?<!\bh\.)(?<![0-9]\.)(?<=[.!?:])\s+|\n"
)
_PROMISE: Final = re.compile(
    r"\b(?:auf jeden Fall|auf alle Fälle|mit Sicherheit|ganz sicher|problemlos|ohne Probleme|definitiv)\b",
    re.IGNORECASE,
)
_OFFICIAL: Final = re.compile(
    r"\b(?:hinsichtlich|seitens|zwecks|mittels|diesbezüglich|obliegt|Inanspruchnahme|nach Maßgabe|unter Berücksichtigung)\b"
)
_NO_UMLAUT: Final = re.compile(
    r"\b\w*(?:fuer|ueber|koenn|moeg|muess|waer|haett|wuerd|pruef|auslaend|beschaeft|behoerd|foerder|zurueck)\w*",
    re.IGNORECASE,
)


def notices(entry: Entry) -> Iterator[Remark]:
    """What an editor should say more plainly in this entry."""
    lines = [line for line in markup.visible(entry.answer).split("\n") if line.strip()]
    if len(lines) > MOST_LINES:
        message = f"Die Antwort hat {len(lines)} Zeilen, gut lesbar sind höchstens {MOST_LINES}. Bitte kürzen oder nach „details“ verschieben."
        yield Remark(message, ("antwort",))
    for html, path, most in (
        (entry.answer, ("antwort",), MOST_WORDS),
        (entry.details, ("details",), _MOST_FOLDED),
        (entry.unverified, ("ungeprueft",), _MOST_FOLDED),
    ):
        yield from _said(markup.visible(html), path, most)
    for number, variant in enumerate(entry.variants):
        yield from _said(markup.visible(variant.text), ("varianten", number, "text"), _MOST_FOLDED)


def _said(text: str, path: tuple[str | int, ...], most: int) -> Iterator[Remark]:
    for sentence in _END.split(text):
        if (count := len(_WORD.findall(sentence))) > most:
            begin = " ".join(sentence.split()[:6])
            yield Remark(
                f"„{begin} …“ hat {count} Wörter. Bitte zwei Sätze daraus machen (höchstens {most}).", path
            )
    for pattern, advice in (
        (_PROMISE, "klingt wie ein Versprechen. Bitte die Regel nennen und wer entscheidet."),
        (_OFFICIAL, "ist Amtsdeutsch. Bitte einfacher sagen."),
        (_NO_UMLAUT, "steht ohne Umlaut."),
        (re.compile(r"\S {2,}\S"), "hat doppelte Leerzeichen."),
    ):
        if found := pattern.search(text):
            yield Remark(f"„{found.group()}“ {advice}", path)
