"""Text or position → place → Kreis → chambers.

The rules, in this order: five digits win over words; four digits lack a zero; an unknown number is judged by its
neighbours; a name is exact, or it is a question. Nothing but an exact PLZ or name is ever taken without asking.
"""

import math
import re
import unicodedata
import zlib
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from knowledge import region_pack, region_tables
from knowledge.problems import Problem
from knowledge.region_catalogue import Catalogue
from knowledge.region_corrections import CORRECTIONS_FILE
from knowledge.region_index import Named, NameIndex
from knowledge.region_names import LONGEST
from knowledge.region_places import (
    MOST_BUTTONS,
    Abroad,
    ChamberKind,
    Found,
    Guess,
    Kammer,
    Kreis,
    Land,
    LandOnly,
    Place,
    Reason,
    RegionResult,
    Unknown,
    offer,
)
from knowledge.region_polygons import POLYGONS_FILE, Polygons, distance_km
from knowledge.region_tables import FILES, Tables, digest_of, read_files

_FIRST_PLZ, _LAST_PLZ = "01001", "99998"
_BESIDE = 10  # numbers between a single receiver's PLZ and its neighbour
_LARGE_TOWN_PLZ = 5
_ABROAD_KM = 15  # simplified borders gape; farther from every PLZ than this is another country or the sea

_FIVE = re.compile(r"(?<![0-9])[0-9]{5}(?![0-9])")
_FOUR = re.compile(r"(?<![0-9.,/+])[0-9]{4}(?![0-9.,/])")
_DIALLING_CODE = re.compile(
    r"(?:^|[^0-9])(?:\+[0-9]{1,4}|0[0-9]{1,3})[)\s/-]*$"
)  # "0221 50667" is a telephone
_YEAR = re.compile(r"19|20")

_MAGIC = b"lotsenbot regions 2\n"  # another number with another layout
_DIGEST = 64  # letters of a SHA-256
_SIZES = 12  # checksum, length of the JSON, length of the polygons: four bytes each


@dataclass(frozen=True)
class Regions:
    """All regions of Germany at one moment; immutable, parts needed rarely are made on first use."""

    digest: str  # SHA-256 over the source files
    _unpack: Callable[[], tuple[Tables, NameIndex]] = field(repr=False)
    _areas: bytes | memoryview = field(
        repr=False
    )  # of the polygons: the packed file, or what ``Polygons.dump`` gave
    _areas_dumped: bool

    @classmethod
    def load(cls, folder: Traversable | Path, *, overrides: Path | None = None) -> Self:
        """The regions of ``folder`` (the CSV files), chambers corrected by the operator's ``overrides`` file.

        Raises ``KnowledgeError`` when the folder itself is unusable. A missing correction file is none; what is
        wrong in it stands in ``problems``.
        """
        contents = read_files(folder, (*FILES, POLYGONS_FILE))
        corrections, unread = _read_overrides(overrides)
        name = overrides.name if overrides else CORRECTIONS_FILE
        tables = region_tables.parse(contents, corrections, name, unread)
        parts = (tables, NameIndex.of(tables))
        return cls(
            digest_of(contents, corrections), lambda: parts, contents[POLYGONS_FILE], _areas_dumped=False
        )

    def dump(self) -> bytes:
        """Everything, packed for :meth:`restore` on the same machine; about 5 MB."""
        text = self.digest.encode() + region_pack.pack(self.tables, self.names.entries)
        areas = self._polygons.dump()
        sizes = (zlib.crc32(areas, zlib.crc32(text)), len(text), len(areas))
        return _MAGIC + b"".join(size.to_bytes(4, "big") for size in sizes) + text + areas

    @classmethod
    def restore(cls, data: bytes | memoryview) -> Self:
        """What :meth:`dump` gave; raises ``ValueError`` for anything else. Compare ``digest`` with the sources.

        Only looked over here: the tables are unpacked when somebody first looks for a place, or by :meth:`warm`.
        """
        start = len(_MAGIC) + _SIZES
        view = memoryview(data)
        if view[: len(_MAGIC)] != _MAGIC or len(view) < start:
            raise ValueError("no dump of regions")
        checksum, length, rest = (
            int.from_bytes(view[at : at + 4], "big") for at in range(len(_MAGIC), start, 4)
        )
        if len(view) != start + length + rest or zlib.crc32(view[start:]) != checksum:
            raise ValueError("the dump of regions is damaged")
        text, areas = view[start : start + length], view[start + length :]

        def unpack() -> tuple[Tables, NameIndex]:
            tables, entries = region_pack.unpack(bytes(text[_DIGEST:]))
            return tables, NameIndex.of(tables, entries)

        return cls(bytes(text[:_DIGEST]).decode(), unpack, areas, _areas_dumped=True)

    def warm(self) -> None:
        """Make now (half a second) what the first look-ups would otherwise wait for."""
        self.names.warm()
        _ = (self._polygons, self._centres, self._sorted_plz)
        self._catalogue.by_key("o")

    @property
    def tables(self) -> Tables:
        """The tables of the CSV files."""
        return self._parts[0]

    @property
    def names(self) -> NameIndex:
        """Every name and what it may mean."""
        return self._parts[1]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the operator's correction file."""
        return self.tables.problems

    @property
    def kreise(self) -> Mapping[str, Kreis]:
        """Every Kreis by AGS."""
        return self.tables.kreise

    @property
    def lands(self) -> Mapping[str, Land]:
        """Every Land by code."""
        return self.tables.lands

    @property
    def kammern(self) -> Mapping[tuple[ChamberKind, str], Kammer]:
        """Every chamber by kind and name; its confidence is that of the list, not of a Kreis."""
        return self.tables.kammern

    def kreis(self, ags: str) -> Kreis | None:
        """The Kreis of a 5-digit AGS, if there is one."""
        return self.tables.kreise.get(ags)

    def kammer(self, kreis: str, kind: ChamberKind, gemeinde_ags: str = "") -> Kammer | None:
        """The chamber for a Kreis, or for a Gemeinde of it that a chamber border cuts out; unknown Kreis: ``None``."""
        return self.tables.kammer(kreis, kind, gemeinde_ags) if kreis in self.tables.kreise else None

    def by_key(self, key: str) -> Place | None:
        """The place of ``Place.key``; ``None`` when a button or row is older than the data."""
        return self._catalogue.by_key(key)

    def place_of_kreis(self, ags: str) -> Place | None:
        """A Kreis as a place (its main part, if a chamber border runs through it)."""
        return self._catalogue.by_key(f"k{ags}")

    def areas(self) -> Iterator[tuple[str, list[NDArray[np.float64]]]]:
        """The areas of all PLZ, for a map: lines of (longitude, latitude) in degrees."""
        return self._polygons.rings()

    def kreis_of_plz(self, plz: str) -> str:
        """AGS of the Kreis that a PLZ mainly lies in, empty for one without a Gemeinde."""
        area = self.tables.plz.get(plz)
        return self.tables.gemeinden[area.gemeinden[0]].kreis if area and area.gemeinden else ""

    def find(self, text: str) -> RegionResult:
        """Where ``text`` is: a PLZ, a name, a Kreis, a Land, alone or in a sentence. Never raises."""
        text = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST]
        numbers = _plz_in(text)
        words = _FIVE.sub(" ", text)
        match numbers:
            case []:
                return self._four_digits(text) or self._named(self.names.find(words))
            case [plz] if plz in self.tables.plz:
                return self._known_plz(plz, words)
            case [plz]:
                return self._unknown_plz(plz, words)
            case _:
                return self._several_plz(numbers)

    def locate(self, lat: float, lon: float) -> RegionResult:
        """The Kreis of a position (degrees, WGS 84), always to be confirmed. The position is not kept."""
        if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):  # noqa: PLR2004 - degrees
            return Unknown()
        hits = [plz for plz in self._polygons.find(lat, lon) if plz in self.tables.plz]
        plz, lats, lons = self._centres
        away = distance_km(lat, lon, lats, lons)
        if len(hits) != 1:
            nearest = [plz[int(np.argmin(away))]]
            if not hits and float(np.min(away)) > _ABROAD_KM:
                return Abroad()
            # Where simplified borders overlap or gape, the nearer centre decides.
            hits = sorted(hits, key=lambda hit: float(away[plz.index(hit)])) or nearest
        places = self._catalogue.coarse(hits[0])
        if len(places) == 1:
            return Guess(places[0], Reason.LOCATION)
        return offer(places, Reason.LOCATION)

    @cached_property
    def _parts(self) -> tuple[Tables, NameIndex]:
        return self._unpack()

    @cached_property
    def _catalogue(self) -> Catalogue:
        return Catalogue(self.tables)

    @cached_property
    def _polygons(self) -> Polygons:
        return Polygons.restore(self._areas) if self._areas_dumped else Polygons.read(self._areas)

    @cached_property
    def _centres(self) -> tuple[list[str], NDArray[np.float64], NDArray[np.float64]]:
        areas = self.tables.plz.values()
        lats = np.array([area.lat for area in areas])
        return list(self.tables.plz), lats, np.array([area.lon for area in areas])

    @cached_property
    def _sorted_plz(self) -> list[str]:
        return sorted(self.tables.plz)

    def _known_plz(self, plz: str, words: str) -> RegionResult:
        inside = self.tables.plz[plz].gemeinden
        if len(inside) > 1:
            mentioned = self.names.mentioned(words)
            named = [ags for ags in inside if f"g{ags}" in mentioned]
            if len(named) == 1:
                return Found(self._catalogue.of_plz_and_gemeinde(plz, named[0]))
        places = self._catalogue.of_plz(plz)
        if len(places) > 1:
            return offer(places, Reason.PLZ_BORDER)
        others = self._contradiction(words, set(places[0].kreise))
        return offer([*places, *others], Reason.SEVERAL) if others else Found(places[0])

    def _contradiction(self, words: str, kreise: set[str]) -> list[Place]:
        """Places that ``words`` clearly name, if none of them lies in these Kreise ("50667 München")."""
        named = self.names.find(words)
        if named is None or named.reason not in {None, Reason.SAME_NAME}:
            return []
        places = self._places(named.keys)
        return [] if any(place.kreis in kreise for place in places) else places

    def _unknown_plz(self, plz: str, words: str) -> RegionResult:
        """Postfach and bulk receivers: the numerically nearest PLZ is in the same Kreis for 94 of 100."""
        named = self.names.find(words)
        if not _FIRST_PLZ <= plz <= _LAST_PLZ:
            return Unknown(plz) if named is None else self._doubted(named)
        guesses = {
            place.key: place for near in self._neighbours(plz) for place in self._catalogue.coarse(near)
        }
        first, *others = guesses.values()
        if named is not None and named.reason in {None, Reason.SAME_NAME} and named.keys:
            places = self._places(named.keys)
            agreed = [
                place for place in places if any(guess.kreis == place.kreis for guess in guesses.values())
            ]
            if len(agreed) == 1:
                return Found(agreed[0])
            return offer([*places, first], Reason.SEVERAL)
        return Guess(first, Reason.PLZ_UNKNOWN, tuple(others))

    def _neighbours(self, plz: str) -> list[str]:
        """The known PLZ before and after an unknown one, likelier first."""
        at = bisect_left(self._sorted_plz, plz)
        near = self._sorted_plz[max(0, at - 1) : at + 1]
        near.sort(key=lambda other: abs(int(other) - int(plz)))
        after = self._sorted_plz[at] if at < len(self._sorted_plz) else near[0]
        town = self.tables.gemeinden[self.tables.plz[after].gemeinden[0]]
        # In large towns the boxes' numbers come before those of the streets: 50441 is Köln (50667), although
        # Wesseling (50389) is nearer. Numbers of single receivers stand right beside their area.
        if abs(int(near[0]) - int(plz)) > _BESIDE and len(town.plz) >= _LARGE_TOWN_PLZ:
            near.sort(key=lambda other: other != after)
        return near

    def _several_plz(self, numbers: list[str]) -> RegionResult:
        known = [plz for plz in numbers if plz in self.tables.plz]
        if not known:
            return Unknown(numbers[0])
        places = [place for plz in known for place in self._catalogue.of_plz(plz)]
        return offer(places, Reason.SEVERAL) if len(places) > 1 else Guess(places[0], Reason.SEVERAL)

    def _four_digits(self, text: str) -> RegionResult | None:
        """ "1067" is 01067 without its zero, unless the words beside it name a place by themselves."""
        numbers = list(dict.fromkeys(_FOUR.findall(text)))
        if len(numbers) != 1 or "0" + numbers[0] not in self.tables.plz:
            return None
        named = self.names.find(text)
        if named is not None and (named.reason is None or _YEAR.match(numbers[0])):
            return None
        places = self._catalogue.of_plz("0" + numbers[0])
        return offer(places, Reason.ZERO) if len(places) > 1 else Guess(places[0], Reason.ZERO)

    def _doubted(self, named: Named) -> RegionResult:
        """As :meth:`_named`, for words beside a number that cannot be: at best a guess."""
        result = self._named(named)
        return Guess(result.place, Reason.PART, result.others) if isinstance(result, Found) else result

    def _named(self, named: Named | None) -> RegionResult:
        if named is None:
            return Unknown()
        lands = (self.tables.lands[named.land],) if named.land else ()
        if lands and not named.keys:
            return LandOnly(lands[0])
        places = self._places(named.keys)
        first = places[0]
        if named.single and first.key[0] == "k" and self.tables.kreise[first.kreis].split:
            return offer(self._catalogue.parts_of_kreis(first.kreis), Reason.KREIS_SPLIT)
        if not named.single:
            return offer(places, named.reason or Reason.SAME_NAME, lands)
        others = tuple(places[1 : MOST_BUTTONS + 1])
        return Found(first, others) if named.reason is None else Guess(first, named.reason, others)

    def _places(self, keys: tuple[str, ...]) -> list[Place]:
        return [place for key in keys if (place := self._catalogue.by_key(key)) is not None]


def digest_of_folder(folder: Traversable | Path, *, overrides: Path | None = None) -> str:
    """``Regions.digest`` without loading: tells whether a dump still fits. Raises ``KnowledgeError`` like ``load``."""
    return digest_of(read_files(folder, (*FILES, POLYGONS_FILE)), _read_overrides(overrides)[0])


def _plz_in(text: str) -> list[str]:
    """Every group of exactly five digits that is no part of a telephone number, each once."""
    groups = (found[0] for found in _FIVE.finditer(text) if not _DIALLING_CODE.search(text, 0, found.start()))
    return list(dict.fromkeys(groups))


def _read_overrides(file: Path | None) -> tuple[bytes | None, tuple[Problem, ...]]:
    if file is None:
        return None, ()
    try:
        return file.read_bytes(), ()
    except FileNotFoundError:
        return None, ()
    except OSError as error:
        return None, (Problem(file.name, 0, "", f"Die Datei ist nicht lesbar ({error.strerror})."),)
