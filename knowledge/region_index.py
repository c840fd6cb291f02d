"""From the words of a message to the keys of places: exact, by a part of the name, among other words, by typo.

Only the exact way is sure; everything else carries the reason why a person must confirm it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from knowledge.region_entries import Entry, build, by_name
from knowledge.region_names import CONNECTORS, squashed, strict, words
from knowledge.region_places import Reason
from knowledge.region_query import AROUND, BEFORE_NAMES, FILLERS, KREIS, OPTIONAL, Query, listen
from knowledge.region_tables import VAGUE, Tables

FAR_LARGER = 20  # a town is meant without asking when it has so many times the inhabitants of its namesakes
_TOWN_LIKE_A_LAND = 20_000  # "Brandenburg" is asked, "Sachsen (bei Ansbach)" is not
_LARGE = 10_000  # a name among other words counts only when it is so large, or after "in", "bei" …
_LONGEST_NAME = 6  # words
_LAND_WORDS = 3
_LONGEST_TYPO = 40  # letters
_SHORTEST = 3  # letters of a name worth a guess
_WINDOW = 4  # points below the best that are still offered
_CUTOFFS = ((4, 90), (6, 84), (_LONGEST_TYPO, 80))  # up to so many letters, so many points are needed
_SURE_LAND, _LIKELY_LAND = 90, 80  # points, as above
_SHORTEST_LAND = 5
_QUALIFIED = 10  # a qualifier of the name itself counts more than its Kreis or Land


_SILENT = CONNECTORS | OPTIONAL | KREIS  # words that need no explanation


@dataclass(frozen=True, slots=True)
class Named:
    """Keys of places, likeliest first; ``single`` says that the first is meant and the rest are alternatives.

    ``reason`` ``None`` means sure. ``land`` is set when the words (also) name a whole Land.
    """

    keys: tuple[str, ...]
    single: bool
    reason: Reason | None
    land: str = ""


@dataclass(frozen=True, slots=True)
class _KreisWords:
    """What tells a place apart by where it lies."""

    land: str
    words: tuple[str, ...]
    is_town: bool


@dataclass(frozen=True)
class NameIndex:
    """All names; immutable, the parts needed only for typos are made on first use."""

    entries: tuple[Entry, ...]
    lands: Mapping[str, str]  # what people call a Land, as strict key → code
    vague: frozenset[str]  # regions of several Länder: no Land, and no misspelt town either
    kreise: Mapping[str, "_KreisWords"]  # by AGS

    @classmethod
    def of(cls, tables: Tables, entries: Iterable[Entry] | None = None) -> "NameIndex":
        """The index over ``tables``; ``entries`` saves taking the names apart again."""
        names = {"".join(words(strict(land.name))): code for code, land in tables.lands.items()}
        towns = {name for name, code in names.items() if code in {"BE", "HB", "HH"}}
        aliases = {"".join(words(strict(name))): target for name, target in tables.aliases}
        kreise = {
            kreis.ags: _KreisWords(kreis.land.code, tuple(words(strict(kreis.name))), kreis.is_town)
            for kreis in tables.kreise.values()
        }
        lands = {name: code for name, code in names.items() if name not in towns}
        lands |= {name: target for name, target in aliases.items() if target in tables.lands}
        vague = frozenset(name for name, target in aliases.items() if target == VAGUE)
        return cls(tuple(build(tables) if entries is None else entries), lands, vague, kreise)

    @cached_property
    def _places(self) -> Mapping[str, list[Entry]]:
        return by_name(entry for entry in self.entries if entry.key[0] != "k" and not entry.is_part)

    @cached_property
    def _kreis_names(self) -> Mapping[str, list[Entry]]:
        return by_name(entry for entry in self.entries if entry.key[0] == "k" and not entry.is_part)

    @cached_property
    def _parts(self) -> Mapping[str, list[Entry]]:
        return by_name(entry for entry in self.entries if entry.is_part)

    @cached_property
    def _typo_keys(self) -> Mapping[str, tuple[list[str], list[list[Entry]]]]:
        """By kind of place: squashed names, and the entries that each stands for."""
        made: dict[str, dict[str, list[Entry]]] = {"g": {}, "o": {}, "k": {}}
        for entry in self.entries:
            if not entry.is_part:
                for key in {entry.strict, entry.strict + "".join(entry.qualifiers)}:
                    made[entry.key[0]].setdefault(squashed(key), []).append(entry)
        return {kind: (list(found), list(found.values())) for kind, found in made.items()}

    @cached_property
    def _typo_lands(self) -> list[str]:
        # Short aliases ("HE", "Bay") are near to anything; "Brandenbrug" may be the town.
        return [land for land in self.lands if len(land) >= _SHORTEST_LAND and land not in self._places]

    def warm(self) -> None:
        """Make now what the first look-ups would otherwise make."""
        _ = (self._places, self._kreis_names, self._parts, self._typo_keys, self._typo_lands)

    def find(self, text: str) -> Named | None:
        """What ``text`` names; never raises, and looks at the first words only."""
        heard = listen(text)
        if not heard.all:
            return None
        if "".join(heard.core) in self.vague:  # the lake is meant more often than the village Bodensee
            named = self._exact(heard, heard.core)
            return Named(named.keys, named.single, Reason.PART) if named else None
        return (
            self._land(heard)
            or self._kreis(heard)
            or self._exact(heard, heard.core)
            or self._exact(heard, heard.all)  # "Waren" and "Meine" are also towns
            or self._unmarked_kreis(heard.core)
            or self._unmarked_kreis([word for word in heard.core if word != "land"])  # "Rosenheim Land"
            or self._part(heard)
            or self._beside(heard)
            or self._among_words(heard)
            or self._typo(heard)
        )

    def mentioned(self, text: str) -> frozenset[str]:
        """Keys of every Gemeinde whose name stands somewhere in ``text``, however unlikely it is meant."""
        core = listen(text).core
        found = (entry for _, _, entries in self._spans(core, self._places) for entry in entries)
        return frozenset(entry.key for entry in found)

    def _land(self, heard: Query) -> Named | None:
        name = "".join(heard.core)
        code = (self.lands.get("land" + name) if heard.land else None) or self.lands.get(name)
        if code is None:
            return None
        towns = {
            entry.key: entry for entry in self._places.get(name, ()) if entry.inhabitants >= _TOWN_LIKE_A_LAND
        }
        if towns and not heard.land:
            return Named(tuple(towns), single=False, reason=Reason.LAND_OR_TOWN, land=code)
        return Named((), single=True, reason=None, land=code)

    def _exact(self, heard: Query, core: Sequence[str]) -> Named | None:
        hits, score = self._complete(core, self._places)
        if not hits:
            return None
        named = self._decide(hits, qualified=score >= _QUALIFIED)
        if heard.kreis and not score:  # "Landkreis Heidelberg": there is none, so the town is only a guess
            return Named(named.keys, named.single, named.reason or Reason.PART)
        if not heard.around:
            return named
        districts = [key for key in named.keys[1:] if key[0] == "k"]
        if named.single and districts:
            return Named((named.keys[0], *districts), single=False, reason=Reason.AROUND)
        return Named(named.keys, named.single, Reason.AROUND)

    def _kreis(self, heard: Query) -> Named | None:
        """A Kreis that is called one: "Landkreis München", "Region Hannover"."""
        whole = heard.around + "".join(heard.core)
        several = bool(heard.around) or len(heard.core) > 1
        if several and whole in self._kreis_names and whole not in self._places:
            return self._unmarked_kreis((whole,))
        if not heard.kreis:
            return None
        core = tuple(word for word in heard.core if word not in KREIS)
        parts = (entry for entry in self._parts.get("".join(core), ()) if entry.key[0] == "k")
        return (
            self._unmarked_kreis(core)
            or _one_or_many(parts, Reason.PART)
            or self._fuzzy(["".join(core)], "k")
        )

    def _unmarked_kreis(self, core: Sequence[str]) -> Named | None:
        hits, _ = self._complete(core, self._kreis_names)
        return _one_or_many(hits, None)

    def _beside(self, heard: Query) -> Named | None:
        """ "Dachau bei München": the name before the "bei"; what comes behind only says where that is."""
        beside = next((place for place, word in enumerate(heard.core) if place and word in AROUND), None)
        named = self._exact(heard, heard.core[:beside]) if beside else None
        return Named(named.keys, named.single, named.reason or Reason.PART) if named else None

    def _part(self, heard: Query) -> Named | None:
        """Half of a hyphenated name ("Garmisch"), or a spa without its Bad ("Kissingen")."""
        core = [word for word in heard.core if word not in OPTIONAL]
        base = "".join(core)
        hits = [*self._parts.get(base, ()), *self._places.get(f"bad{base}", ())]
        towns = [entry for entry in hits if entry.key[0] == "g"]
        if not towns:
            return _one_or_many(hits, Reason.PART)
        named = self._decide(towns)
        return Named(named.keys, named.single, Reason.PART)

    def _among_words(self, heard: Query) -> Named | None:
        """Names in a sentence of which not every word was understood."""
        spots = [
            [entry for entry in entries if self._worth(heard, start, length, entry)]
            for start, length, entries in _apart(self._spans(heard.all, self._places))
        ]
        named = [self._decide(entries) for entries in spots if entries]
        if not named:
            return None
        if len(named) == 1:
            return Named(named[0].keys, named[0].single, Reason.PART)
        firsts = (one.keys[:1] if one.single else one.keys for one in named)
        keys = tuple(dict.fromkeys(key for keys in firsts for key in keys))
        return Named(keys, single=len(keys) == 1, reason=Reason.SEVERAL if len(keys) > 1 else Reason.PART)

    def _worth(self, heard: Query, start: int, length: int, entry: Entry) -> bool:
        first = heard.all[start]
        if length == 1 and (len(first) < _SHORTEST or first in FILLERS | CONNECTORS | OPTIONAL):
            return False
        if start and heard.all[start - 1] in BEFORE_NAMES:
            return True
        return entry.key[0] == "g" and entry.inhabitants >= _LARGE

    def _typo(self, heard: Query) -> Named | None:
        kept = [word for word in heard.core if word not in CONNECTORS | OPTIONAL]
        queries = ["".join(kept)]
        queries += [
            word
            for before, word in zip(heard.all, heard.all[1:], strict=False)
            if before in BEFORE_NAMES and word in kept and len(kept) > 1
        ]
        return (
            self._misspelt_land(queries[0], _SURE_LAND)
            or self._fuzzy(queries, "gok")
            or self._misspelt_land(queries[0], _LIKELY_LAND)
        )

    def _misspelt_land(self, name: str, cutoff: int) -> Named | None:
        """A misspelt Land needs no confirmation: it only leads to the question for the PLZ."""
        if not _SHORTEST_LAND <= len(name) <= _LONGEST_TYPO:
            return None
        hit = process.extractOne(name, self._typo_lands, scorer=fuzz.ratio, score_cutoff=cutoff)
        return Named((), single=True, reason=None, land=self.lands[hit[0]]) if hit else None

    def _fuzzy(self, queries: Iterable[str], kinds: str) -> Named | None:
        best: dict[str, tuple[float, Entry]] = {}
        for query in queries:
            if not _SHORTEST <= len(query) <= _LONGEST_TYPO:
                continue
            key = squashed(query)
            cutoff = next(points for letters, points in _CUTOFFS if len(key) <= letters)
            for kind in kinds:
                names, entries = self._typo_keys[kind]
                # WRatio and partial_ratio are no use here: short names match everything.
                hits = process.extract(key, names, scorer=fuzz.ratio, score_cutoff=cutoff, limit=20)
                for _, score, number in hits:
                    for entry in entries[number]:
                        points = score if kind == "g" else score - _WINDOW
                        if points > best.get(entry.key, (0.0,))[0]:
                            best[entry.key] = (points, entry)
            if best:
                break
        if not best:
            return None
        top = max(points for points, _ in best.values())
        near = [(points, entry) for points, entry in best.values() if points >= top - _WINDOW]
        near.sort(key=lambda item: (-item[0], -item[1].inhabitants, item[1].key))
        keys = tuple(entry.key for _, entry in near)
        first = near[0][1]
        far_larger = all(first.inhabitants >= FAR_LARGER * entry.inhabitants for _, entry in near[1:])
        return Named(keys, single=far_larger, reason=Reason.TYPO)

    def _complete(self, core: Sequence[str], names: Mapping[str, list[Entry]]) -> tuple[list[Entry], int]:
        """Entries whose base stands in ``core`` and whose qualifiers, Kreis or Land explain every other word.

        Also how well: 0 when there was nothing to explain, ``_QUALIFIED`` or more with a qualifier of the name.
        """
        by_length: dict[int, list[tuple[int, Entry]]] = {}
        for start, length, entries in self._spans(core, names):
            rest = [*core[:start], *core[start + length :]]
            for entry in entries:
                score = self._explained(entry, rest)
                if score is not None:
                    by_length.setdefault(length, []).append((score, entry))
        if not by_length:
            return [], 0
        hits = by_length[max(by_length)]
        best = max(score for score, _ in hits)
        return [entry for score, entry in hits if score == best], best

    def _spans(
        self, core: Sequence[str], names: Mapping[str, list[Entry]]
    ) -> Iterator[tuple[int, int, list[Entry]]]:
        """Start, length and entries of every run of words that is a name, longest first."""
        for length in range(min(_LONGEST_NAME, len(core)), 0, -1):
            for start in range(len(core) - length + 1):
                found = names.get("".join(core[start : start + length]))
                if found:
                    yield start, length, found

    def _explained(self, entry: Entry, rest: Sequence[str]) -> int | None:
        """How well ``rest`` fits the entry; ``None`` when a word of it does not fit at all."""
        kreis = self.kreise[entry.kreis]
        score = number = 0
        while number < len(rest):
            word = rest[number]
            if any(_abbreviates(word, qualifier) for qualifier in entry.qualifiers):
                score += _QUALIFIED
            elif (length := self._land_at(rest, number, kreis.land)) > 0:
                score += 1
                number += length - 1
            elif any(len(word) >= _SHORTEST and _abbreviates(word, other) for other in kreis.words):
                score += 1
            elif word not in _SILENT:
                return None
            number += 1
        return score

    def _land_at(self, rest: Sequence[str], start: int, land: str) -> int:
        """How many words from ``start`` name the Land; the longest reading counts ("Sachsen Anhalt")."""
        for length in range(min(_LAND_WORDS, len(rest) - start), 0, -1):
            code = self.lands.get("".join(rest[start : start + length]))
            if code is not None:
                return length if code == land else 0
        return 0

    def _decide(self, hits: Iterable[Entry], *, qualified: bool = False) -> Named:
        """One place, if it is by far the largest of its name; otherwise all, largest first."""
        best: dict[str, Entry] = {}
        for entry in hits:
            best.setdefault(entry.key, entry)
        places = sorted(best.values(), key=lambda entry: (-entry.weight, entry.key))
        districts = [] if qualified else self._namesake_kreise(places)
        spas = [] if qualified else [entry.key for entry in self._places.get("bad" + places[0].strict, ())]
        keys = (*(entry.key for entry in places), *districts, *spas)  # "Homburg" may be Bad Homburg
        if len(places) == 1:
            sure = not districts or self.kreise[places[0].kreis].is_town
        else:
            sure = places[0].inhabitants >= FAR_LARGER * max(1, places[1].inhabitants)
            # A quarter, however large, is never preferred to a Gemeinde without asking.
            sure = sure and (places[0].key[0] == "g" or all(other.key[0] == "o" for other in places))
            # Whoever typed "Munster" may mean Munster, however much larger Münster is.
            sure = sure and not any(
                other.strict == places[0].plain != places[0].strict for other in places[1:]
            )
        return Named(keys, single=sure, reason=None if sure else Reason.SAME_NAME)

    def _namesake_kreise(self, places: Sequence[Entry]) -> list[str]:
        """Landkreise called like the place that it does not lie in: "Landkreis München" beside München."""
        own = {entry.kreis for entry in places}
        found = self._kreis_names.get(places[0].strict, ())
        return [entry.key for entry in found if entry.kreis not in own and not entry.qualifiers]


def _one_or_many(hits: Iterable[Entry], unsure: Reason | None) -> Named | None:
    """The places of these entries, none preferred: one is meant (as sure as ``unsure`` says), or all are offered."""
    keys = tuple(dict.fromkeys(entry.key for entry in hits))
    if len(keys) > 1:
        return Named(keys, single=False, reason=Reason.SAME_NAME)
    return Named(keys, single=True, reason=unsure) if keys else None


def _abbreviates(word: str, whole: str) -> bool:
    """Whether one is the beginning of the other: "westf" and "westfalen", "m" and "main"."""
    return whole.startswith(word) or (len(whole) >= _SHORTEST and word.startswith(whole))


def _apart(spans: Iterable[tuple[int, int, list[Entry]]]) -> list[tuple[int, int, list[Entry]]]:
    """The spans that do not overlap, longest first."""
    taken: set[int] = set()
    kept: list[tuple[int, int, list[Entry]]] = []
    for start, length, entries in spans:
        if taken.isdisjoint(range(start, start + length)):
            taken.update(range(start, start + length))
            kept.append((start, length, entries))
    return kept
