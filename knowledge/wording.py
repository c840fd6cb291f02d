"""What the bot must never say: words that are not shown, promises, judgements of a single case.

The list of formulations follows the rules for general information under the RDG (§ 2 Abs. 1, § 2 Abs. 3 Nr. 5): the bot
explains rules and names offices; it does not tell an employer what is allowed in his case.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge import markup
from knowledge.positions import Remark

_PERSON = r"(?:Azubi|Auszubildende\w*|Lehrling|Mitarbeiter(?:in)?|Bewerber(?:in)?|Praktikant(?:in)?)"

_FORBIDDEN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), advice)
    for pattern, advice in (
        (
            r"\bgarantier(?:t|te|ten|en)\b",
            "Nichts ist garantiert. Bitte „in der Regel“ schreiben oder sagen, wer entscheidet.",
        ),
        (
            r"\bSie dürfen\b(?! (?:nicht|nichts|nur|erst|nie|niemals|niemand\w*|kein\w*)\b)",
            "Der Bot erlaubt nichts. Bitte die Regel nennen: „In der Regel ist … möglich“, „Die Ausländerbehörde entscheidet“.",
        ),
        (
            r"\bsicher vor (?:der |einer )?Abschiebung\b|\bvor (?:der |einer )?Abschiebung (?:sicher|geschützt)\b",
            "Niemand ist sicher vor Abschiebung. Bitte sagen, was die Duldung oder der Titel bewirkt und wann er endet.",
        ),
        (
            r"\bdas ist (?:\w+ )?legal\b|\b(?:ganz|völlig|absolut) legal\b",
            "Das ist ein Urteil über den Einzelfall. Bitte die Regel mit Fundstelle nennen.",
        ),
        (
            r"\bErfolgs(?:aussicht|chance)\w*|\b(?:gute|beste|hohe)n? (?:Chancen|Aussichten)\b",
            "Aussichten eines Antrags schätzt der Bot nicht ein. Bitte die Voraussetzungen nennen.",
        ),
        (
            r"\bMusterklausel\w*|\bKlauselmuster\w*",
            "Klauseln gibt der Bot nicht vor. Bitte an Kammer oder Anwalt verweisen.",
        ),
        (
            rf"\bIhr(?:e|en|em)? {_PERSON} (?:darf|hat Anspruch|bekommt (?:die|eine) Erlaubnis|kann bleiben)\b",
            "Das beurteilt einen Einzelfall. Bitte allgemein schreiben: „Menschen mit Duldung …“, „In der Regel …“.",
        ),
        (
            r"\b140\b(?=[^.\n]*lotse)|lotsen\b[^.\n]*\b140\b",
            "Die Zahl 140 ist veraltet und darf nicht als heutige Zahl der Lotsen erscheinen.",
        ),
    )
)

_REFUGEE = re.compile(r"\bFlüchtling(?:e|en|s)?\b(?!-)")
# Names of offices and the legal term stay as they are.
_LEGAL_TERM = re.compile(
    r"\b(?:(?:ein )?anerkannte[rn]? Flüchtling(?:e|en|s)?|(?:Migration und|integrieren|Reiseausweis für) Flüchtlinge)\b",
    re.IGNORECASE,
)


_ENDING = r"(?:e|en|n|er|ern|s|es|in|innen)?"


@dataclass(frozen=True, slots=True)
class Wording:
    """Checks texts that employers read; ``hidden``: words that the bot understands and never uses, in any case."""

    hidden: re.Pattern[str] | None

    @classmethod
    def of(cls, hidden: tuple[str, ...]) -> "Wording":
        """The checks for a list of hidden words as editors write it."""
        terms = [r"\s+".join(map(re.escape, term.split())) for term in hidden if term.strip()]
        terms.sort(key=len, reverse=True)  # the longest first, so that the message names the whole word
        whole = rf"(?<!\w)(?:{'|'.join(terms)}){_ENDING}(?!\w)"
        return cls(re.compile(whole, re.IGNORECASE) if terms else None)

    def problems(self, text: str, *path: str | int) -> Iterator[Remark]:
        """What must not be said in this HTML; ``path`` is where the text stands."""
        for row, line in _rows(text):
            if self.hidden is not None and (found := self.hidden.search(line)):
                message = f"„{found.group()}“ steht unter „nie_zeigen“. Bitte anders schreiben, z. B. „Geflüchtete“."
                yield Remark(message, path, row)
            for pattern, advice in _FORBIDDEN:
                if found := pattern.search(line):
                    yield Remark(f"„{found.group()}“: {advice}", path, row)

    def notices(self, text: str, *path: str | int) -> Iterator[Remark]:
        """What would better be said in another way."""
        for row, line in _rows(text):
            if found := _REFUGEE.search(_LEGAL_TERM.sub("", line)):
                message = f"„{found.group()}“: Antworten sagen „Geflüchtete“, außer beim Rechtsbegriff „anerkannter Flüchtling“."
                yield Remark(message, path, row)


def _rows(text: str) -> Iterator[tuple[int, str]]:
    return enumerate(markup.visible(text).split("\n"), 1)
