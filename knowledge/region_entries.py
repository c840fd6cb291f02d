"""Every name by which a place can be called, and the lists to look them up in."""

from collections.abc import Iterable
from typing import NamedTuple

from knowledge.region_names import ParsedName, drop_titles, parse_kreis, parse_name, strict, words
from knowledge.region_tables import Ortsteil, Tables

_QUARTER = 4
_KEY_LETTERS = 17


class Entry(NamedTuple):
    """One name of one place; a place may have several."""

    key: str  # of the place: "g05315000", "k05315", "o44866-wattenscheid"
    strict: str
    plain: str
    qualifiers: tuple[str, ...]
    kreis: str
    inhabitants: int
    is_part: bool  # only half of a hyphenated name

    @property
    def weight(self) -> float:
        """Inhabitants for the order: who means a quarter says the town, so quarters come later."""
        return self.inhabitants / _QUARTER if self.key[0] == "o" else self.inhabitants


def ortsteil_key(ortsteil: Ortsteil) -> str:
    """The stable key of an Ortsteil, at most 24 ASCII characters."""
    return f"o{ortsteil.plz}-{''.join(words(strict(ortsteil.name)))[:_KEY_LETTERS]}"


def build(tables: Tables) -> tuple[Entry, ...]:
    """Every name of every place in ``tables``."""
    entries: list[Entry] = []
    gemeinden: set[tuple[str, str]] = set()  # names of Gemeinden with their Kreis

    def add(key: str, parsed: ParsedName, kreis: str, inhabitants: int) -> None:
        for a, b in parsed.bases:
            entries.append(Entry(key, a, b, parsed.qualifiers, kreis, inhabitants, is_part=False))
        entries.extend(
            Entry(key, part, part, parsed.qualifiers, kreis, inhabitants, is_part=True)
            for part in parsed.parts
        )

    for gemeinde in tables.gemeinden.values():
        parsed = parse_name(gemeinde.name)
        base = parsed.bases[0][0]
        gemeinden |= {(base, gemeinde.kreis), (base + "".join(parsed.qualifiers), gemeinde.kreis)}
        add(f"g{gemeinde.ags}", parsed, gemeinde.kreis, gemeinde.inhabitants)
    for name, target in tables.aliases:
        if target[1:] in tables.gemeinden:
            gemeinde = tables.gemeinden[target[1:]]
            alias = "".join(drop_titles(words(strict(name))))
            gemeinden.add((alias, gemeinde.kreis))
            add(target, ParsedName(((alias, alias),), (), ()), gemeinde.kreis, gemeinde.inhabitants)
    for ortsteil in tables.ortsteile:
        parsed = parse_name(ortsteil.name.replace(" - ", "-"))  # not bilingual: "Wilhelmitor - Süd"
        # The list of places repeats many Gemeinden under a slightly different name.
        if (parsed.bases[0][0], ortsteil.kreis) not in gemeinden:
            named = ParsedName(parsed.bases, parsed.qualifiers, ())
            add(ortsteil_key(ortsteil), named, ortsteil.kreis, ortsteil.inhabitants)
    for kreis in tables.kreise.values():
        if not kreis.is_town:
            add(f"k{kreis.ags}", parse_kreis(kreis.name), kreis.ags, 0)
    return tuple(entries)


def by_name(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The entries by strict key and by plain key."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.strict, []).append(entry)
        if entry.plain != entry.strict:
            found.setdefault(entry.plain, []).append(entry)
    return found
