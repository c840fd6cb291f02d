"""Citations of statutes as the FAQ writes them: "§ 60c Abs. 2 Satz 1 Nr. 2 AufenthG" and back.

One provision of one law each, in the order German lawyers use: section, Absatz, Unterabsatz, Satz, Halbsatz, Nummer,
Buchstabe, law. A range ("§§ 74–75a SGB III") names whole sections only. ``parse(str(citation)) == citation``.
"""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["§", "Art.", "Anlage"]

_NUMBER = r"[1-9]\d{0,3}"
_LETTERED = rf"{_NUMBER}[a-z]?"
_CITATION = re.compile(
    rf"""
    (?: (?P<range>§§)\ ?(?P<first>{_LETTERED})\ ?[-–]\ ?(?P<until>{_LETTERED})
      | (?P<kind>§|Art\.|Anlage)\ ?(?P<section>{_LETTERED}|(?<=Anlage)\ (?:[IVX]{{1,5}}|[A-Z]))
        (?:\ Abs\.\ ?(?P<paragraph>{_LETTERED}))?
        (?:\ UAbs\.\ ?(?P<subparagraph>{_NUMBER}))?
        (?:\ Satz\ ?(?P<sentence>{_NUMBER}))?
        (?:\ (?:Halbsatz|Hs\.)\ ?(?P<half>{_NUMBER}))?
        (?:\ Nr\.\ ?(?P<number>{_LETTERED}))?
        (?:\ Buchst\.\ ?(?P<letter>[a-z]{{1,2}}))?
    )
    \ (?P<law>
        VO\ \((?:EU|EG|EWG)\)\ (?:Nr\.\ )?\d{{1,4}}/\d{{1,4}}
      | RL\ (?:\(EU\)\ )?\d{{2,4}}/\d{{1,4}}(?:/(?:EU|EG|EWG))?
      | SGB\ (?:I|II|III|IV|V|VI|VII|VIII|IX|X|XI|XII|XIV)
      | (?!SGB)[A-ZÄÖÜ][A-Za-zÄÖÜäöüß]*[A-ZÄÖÜ][a-zäöüß]*\d*(?:\ (?:BW|BY|Bln|Bbg|HB|HH|HE|MV|NI|NRW|RP|SL|SN|ST|SH|TH))?
    )
    """,
    re.VERBOSE,
)
_SPACE = re.compile(r"\s+")
_BROKEN_LAW = re.compile(r"SGB \d|VO \d")


@dataclass(frozen=True, slots=True)
class Citation:
    """One provision; "" and 0 mean "not given". Numbers are text because the law inserts "12a" between 12 and 13."""

    law: str  # "AufenthG", "SGB III", "VO (EU) 2024/1348"
    section: str  # "60c"; an annex may be "II" or "A"
    kind: Kind = "§"
    until: str = ""  # last section of a range; nothing below is given then
    paragraph: str = ""  # Absatz
    subparagraph: int = 0  # Unterabsatz, in law of the European Union
    sentence: int = 0
    half: int = 0  # Halbsatz
    number: str = ""
    letter: str = ""

    def __str__(self) -> str:
        if self.until:
            return f"§§ {self.section}–{self.until} {self.law}"
        parts = (
            f"{self.kind} {self.section}",
            self.paragraph and f"Abs. {self.paragraph}",
            self.subparagraph and f"UAbs. {self.subparagraph}",
            self.sentence and f"Satz {self.sentence}",
            self.half and f"Halbsatz {self.half}",
            self.number and f"Nr. {self.number}",
            self.letter and f"Buchst. {self.letter}",
            self.law,
        )
        return " ".join(str(part) for part in parts if part)

    def includes(self, section: str) -> bool:
        """Whether this citation is of ``section`` or of a range around it (in the same law)."""
        if not self.until:
            return section == self.section
        return _order(self.section) <= _order(section) <= _order(self.until)


def parse(text: str) -> Citation | None:
    """The citation that ``text`` is, whatever its spaces; ``None`` when it is none, or several."""
    match = _CITATION.fullmatch(_SPACE.sub(" ", text).strip())
    if match is None:
        return None
    if match["range"]:
        if _order(match["first"]) >= _order(match["until"]):
            return None
        return Citation(match["law"], match["first"], until=match["until"])
    return Citation(
        match["law"],
        match["section"].strip(),
        _kind(match["kind"]),
        paragraph=match["paragraph"] or "",
        subparagraph=int(match["subparagraph"] or 0),
        sentence=int(match["sentence"] or 0),
        half=int(match["half"] or 0),
        number=match["number"] or "",
        letter=match["letter"] or "",
    )


def advice(text: str) -> str:
    """What is most likely wrong with a text that ``parse`` does not take: a German sentence for the editor."""
    plain = _SPACE.sub(" ", text).strip()
    if "i. V. m." in plain or "i.V.m." in plain or "," in plain or " und " in plain:
        return "Bitte je Zeile nur eine Fundstelle nennen."
    if _BROKEN_LAW.search(plain):
        return "Das Gesetz bitte so schreiben: „SGB III“, „VO (EU) 2024/1348“."
    if not plain.startswith(("§", "Art.", "Anlage")):
        return "Eine Fundstelle beginnt mit „§“, „Art.“ oder „Anlage“. Ein Programm gehört in das Feld „programm“."
    if re.search(r"\bff?\.", plain):
        return "Bitte „f.“ und „ff.“ ausschreiben: „§§ 74–75a SGB III“."
    return (
        "So wird sie gelesen: „§ 60c Abs. 2 Satz 1 Nr. 2 AufenthG“, „§§ 74–75a SGB III“, „Art. 4 Abs. 1 GG“."
    )


def _kind(text: str) -> Kind:
    return "Art." if text == "Art." else "Anlage" if text == "Anlage" else "§"


def _order(section: str) -> tuple[int, str]:
    digits = section.rstrip("abcdefghijklmnopqrstuvwxyz")
    return (int(digits) if digits.isdecimal() else 0, section[len(digits) :])
