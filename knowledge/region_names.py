"""Place names brought to keys: folding, words, and what in a name is its base and what only tells it apart.

"Neustadt an der Aisch", "Neustadt a.d. Aisch" and "Neustadt/Aisch" all have the base "neustadt" and the qualifier
"aisch". A base is written without spaces, so that "Groß-Gerau", "Groß Gerau" and "Grossgerau" are one.
"""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 400  # code points looked at: where a company is takes no more
MOST_WORDS = 40

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "'": None, "’": None, "´": None}
)
_WORD = re.compile(r"[a-z]+")
_BILINGUAL = re.compile(r" [-–] ")
_SQUASHED = str.maketrans({"y": "i"})

CONNECTORS = frozenset(
    "a am an auf b bei d dem den der die hinter i im in ob u und unter v vom von vor vorm zu zum zur".split()
)
# Said before a name, never needed to find it.
_TITLES = frozenset(
    "goethestadt hansestadt landeshauptstadt lutherstadt universitaetsstadt universitatsstadt".split()
)
_ABBREVIATED = {
    "erzgeb": "erzgebirge",
    "nb": "niederbayern",
    "ndb": "niederbayern",
    "ofr": "oberfranken",
    "oldb": "oldenburg",
    "opf": "oberpfalz",
    "rbge": "ruebenberge",
    "ufr": "unterfranken",
    "weinstr": "weinstrasse",
    "wstr": "weinstrasse",
}
_GENERIC_PARTS = frozenset("gross klein hohen nieder unter ober sankt markt stadt rhein main".split())
_SHORTEST_PART = 5


def strict(text: str) -> str:
    """Lower case with ä as ae: "Köln" and "Koeln" are one, "Koln" is not."""
    return _folded(text, umlauts=True)


def plain(text: str) -> str:
    """Lower case with the dots left off: "Köln" is "koln"."""
    return _folded(text, umlauts=False)


def squashed(key: str) -> str:
    """A strict or plain key with everything merged that people mix up: for typos only, far too coarse otherwise."""
    for pair, single in (("ae", "a"), ("oe", "o"), ("ue", "u"), ("ss", "s"), ("ph", "f"), ("th", "t")):
        key = key.replace(pair, single)
    return key.translate(_SQUASHED)


def _folded(text: str, *, umlauts: bool) -> str:
    # NFKC may make one code point 18, so it is cut twice.
    text = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST].casefold()
    if umlauts:
        text = text.translate(_UMLAUTS)
    if text.isascii():  # most names: four times as fast
        return text.replace("'", "")
    text = unicodedata.normalize("NFD", text).translate(_LETTERS)
    return "".join(char for char in text if not unicodedata.combining(char))


def words(folded: str) -> list[str]:
    """The words of a folded text, abbreviations written out; digits are no words."""
    found = [_ABBREVIATED.get(word, word) for word in _WORD.findall(folded)]
    # "St." before a name is Sankt; alone it is the code of Sachsen-Anhalt. "o.d." is "ob der".
    following = [*found[1:], ""]
    return [
        "sankt" if word == "st" and after else "ob" if word == "o" and after in {"d", "der"} else word
        for word, after in zip(found, following, strict=False)
    ]


@dataclass(frozen=True, slots=True)
class ParsedName:
    """An official name taken apart; ``bases`` are pairs of strict and plain keys."""

    bases: tuple[tuple[str, str], ...]
    qualifiers: tuple[str, ...]  # strict words
    parts: tuple[str, ...]  # strict keys of the halves of a hyphenated base


def parse_name(official: str) -> ParsedName:
    """What in ``official`` is the name and what tells it apart from others of that name."""
    first, *others = _BILINGUAL.split(official)  # "Cottbus - Chóśebuz": both are names
    head, *tail = re.split(r"[(/,]", first, maxsplit=1)
    named = _without_titles(words(strict(head)))
    lead = next((number for number, word in enumerate(named) if word not in CONNECTORS), 0)
    cut = next((at for at in range(lead + 1, len(named)) if named[at] in CONNECTORS), len(named))
    rest = named[cut:] + (words(strict(tail[0])) if tail else [])
    rest += [word for other in others for word in words(strict(other))]
    short = named if head.isascii() else _without_titles(words(plain(head)))
    bases = [("".join(named[:cut]), "".join(short[:cut]))]
    if lead:  # "Am Mellensee" is also called Mellensee
        bases.append(("".join(named[lead:cut]), "".join(short[lead:cut])))
    bases += [("".join(words(strict(other))), "".join(words(plain(other)))) for other in others]
    pieces = ["".join(words(strict(piece))) for piece in head.split("-")] if "-" in head else []
    parts = [piece for piece in pieces if len(piece) >= _SHORTEST_PART and piece not in _GENERIC_PARTS]
    return ParsedName(
        bases=tuple(bases),
        qualifiers=tuple(word for word in rest if word not in CONNECTORS),
        parts=tuple(parts),
    )


def parse_kreis(name: str) -> ParsedName:
    """As :func:`parse_name`, but "Kreis" is no part of a name: "Rhein-Sieg-Kreis" has the base "rheinsieg"."""
    whole = parse_name(name)
    named = re.sub(r"(?i)\b(land|stadt)?kreis\b", " ", name)
    without = parse_name(named)
    bases = [*without.bases, *whole.bases]
    # "Hochtaunuskreis" is also called Hochtaunus.
    bases += [
        (a.removesuffix("kreis"), b.removesuffix("kreis")) for a, b in without.bases if a.endswith("kreis")
    ]
    pieces = words(strict(re.split(r"[(/,]", named, maxsplit=1)[0]))
    parts = tuple(piece for piece in pieces if len(piece) >= _SHORTEST_PART and piece not in _GENERIC_PARTS)
    return ParsedName(tuple(dict.fromkeys(bases)), without.qualifiers, parts if len(pieces) > 1 else ())


def _without_titles(named: list[str]) -> list[str]:
    kept = [word for word in named if word not in _TITLES]
    return kept or named


def drop_titles(named: list[str]) -> list[str]:
    """The words of a query without "Hansestadt", "Lutherstadt" …"""
    return _without_titles(named)
