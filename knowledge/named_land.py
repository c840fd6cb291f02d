"""The Land that a question names: "berufsschulpflicht nrw", "Gilt das auch in Sachsen-Anhalt?"."""

import re
from typing import Final

from knowledge.schema import LAENDER

_FOLD: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
# "Berliner" and "Hamburger" are eaten.
_ALSO: Final = {
    "BB": ("brandenburger",),
    "BE": (),
    "BW": ("bawue", "bawu", "ba-wue", "baden-wurttemberg"),
    "BY": ("bayrisch", "bayerisch", "bayrische", "bayerische", "bayrischen", "bayerischen"),
    "HB": ("bremer", "bremerhaven"),
    "HE": ("hessisch", "hessische", "hessischen"),
    "HH": (),
    "MV": ("mecklenburg", "vorpommern", "meck-pomm", "meckpomm", "meck-pom"),
    "NI": ("niedersaechsisch", "niedersaechsische", "niedersaechsischen"),
    "NW": ("nrw", "nordrhein"),
    "RP": ("rlp",),
    "SH": (),
    "SL": ("saarlaendisch", "saarlaendische"),
    "SN": ("saechsisch", "saechsische", "saechsischen"),
    "ST": (),
    "TH": ("thuringen", "thueringisch", "thueringische"),
}


def _folded(text: str) -> str:
    return text.casefold().translate(_FOLD)


def _pattern() -> re.Pattern[str]:
    """Longer names first: "Sachsen" is not "Sachsen-Anhalt". A hyphen may be a space."""
    named = [(name, code) for code, full in LAENDER.items() for name in (_folded(full), *_ALSO[code])]
    named.sort(key=lambda pair: (pair[0][0], -len(pair[0])))
    ways: dict[str, list[str]] = {}
    for number, (name, code) in enumerate(named):
        ways.setdefault(name[0], []).append(f"(?P<{code}{number}>{name[1:].replace('-', '[- ]?')})")
    # By the first letter, so that most words are passed over at once; it stands before the group that tells the Land.
    by_letter = "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in ways.items())
    return re.compile(rf"(?<![a-z])(?:{by_letter})(?![a-z])")


_NAMED: Final = _pattern()


def named_land(text: str) -> str:
    """The code of the one Land that ``text`` names; empty when it names none, or more than one."""
    found = {match.lastgroup[:2] for match in _NAMED.finditer(_folded(text)) if match.lastgroup}
    return found.pop() if len(found) == 1 else ""
