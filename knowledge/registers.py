"""The registers in which employers ask: what the phrasings of an entry leave out. Only notices come from it.

Five of six can be told by their form. Whether a phrasing sounds like somebody who is still learning German, only a reader
can say, so the sixth is not looked for here.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from knowledge.entry import Entry
from knowledge.function_words import QUESTION_WORDS
from knowledge.language import fold, words

_LONG = 9  # words from which a phrasing tells something around the question
_FEW = 5  # words up to which it is a list of keywords
_TERM = 6  # letters from which a word of the title counts as its term
_WORD: Final = re.compile(r"[^\W\d_]+")
_SPECIAL: Final = re.compile("[äöüß]")
_SPELT_OUT: Final = re.compile("ae|oe|ue|ss")
# A verb that asks or tells makes keywords a sentence.
_VERBS = frozenset(
    fold(word)
    for word in """
    muss müssen darf dürfen kann können soll sollen will wollen ist sind war hat haben wird werden gibt gilt bekommt zahlt braucht
    """.split()
)


class Registers:
    """What is looked for; ``spelt`` are the words that are written with ä, ö, ü or ß somewhere in the FAQ."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._spelt = frozenset(
            fold(word)
            for entry in entries
            for text in (entry.title, *entry.phrasings)
            for word in _WORD.findall(text.lower())
            if _SPECIAL.search(word)
        )

    def missing(self, entry: Entry) -> Iterator[str]:
        """The registers of which no phrasing is, as editors call them, each with an example."""
        title = {word for word in words(entry.title) if len(word) >= _TERM}
        for wanted, found in (
            ("als ganze Frage („Muss der Azubi …?“)", map(_is_question, entry.phrasings)),
            ("in Stichwörtern („probezeit azubi dauer“)", map(_is_keywords, entry.phrasings)),
            (
                f"mit Umständen davor, ab {_LONG} Wörtern („Er kommt jeden Tag zu spät, was kann ich da machen?“)",
                (len(_WORD.findall(text)) >= _LONG for text in entry.phrasings),
            ),
            (
                "ohne die Fachwörter des Titels (wie jemand fragt, der sie nicht kennt)",
                (title.isdisjoint(words(text)) for text in entry.phrasings),
            ),
            ("ohne Umlaute („fuer“, „muessen“)", map(self._is_without_umlauts, entry.phrasings)),
        ):
            if not any(found):
                yield wanted

    def _is_without_umlauts(self, text: str) -> bool:
        return any(
            _SPELT_OUT.search(word) and not _SPECIAL.search(word) and fold(word) in self._spelt
            for word in _WORD.findall(text.lower())
        )


def _is_question(text: str) -> bool:
    return text.endswith("?") and len(_WORD.findall(text)) >= _FEW


def _is_keywords(text: str) -> bool:
    found = words(text)
    return len(found) <= _FEW and not text.endswith("?") and QUESTION_WORDS.union(_VERBS).isdisjoint(found)
