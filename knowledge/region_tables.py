"""The region tables: read from CSV with every problem at once, kept as plain values.

Sources and licences: ``data/regions/LICENSES.md``. A correction file of the operator overrides chambers
(``knowledge.region_corrections``).
"""

import csv
import hashlib
import io
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, NamedTuple, cast, get_args

from knowledge.problems import KnowledgeError, Problem
from knowledge.region_corrections import Correction, read_corrections
from knowledge.region_places import ChamberKind, Confidence, Kammer, Kreis, Land

FILES = (
    "kreise.csv",
    "kammern.csv",
    "kammer_ausnahmen.csv",
    "gemeinden.csv",
    "plz.csv",
    "plz_gemeinde.csv",
    "ortsteile.csv",
    "aliase.csv",
)


VAGUE = "-"  # target of an alias that names a region of several Länder


class Gemeinde(NamedTuple):
    """A Gemeinde with its PLZ areas; ``inhabitants`` is an estimate, good for order only."""

    ags: str
    name: str
    kreis: str
    inhabitants: int
    plz: tuple[str, ...]


class PlzArea(NamedTuple):
    """A PLZ with an area: its centre and its Gemeinden, the main one first."""

    plz: str
    lat: float
    lon: float
    gemeinden: tuple[str, ...]


class Ortsteil(NamedTuple):
    """A quarter or village that is no Gemeinde (any more)."""

    name: str
    plz: str
    kreis: str
    lat: float
    lon: float
    inhabitants: int


@dataclass(frozen=True)
class Tables:
    """All region data of one folder; ``problems`` are those of the correction file, which stop nothing."""

    kreise: Mapping[str, Kreis]
    kammern: Mapping[tuple[ChamberKind, str], Kammer]
    exceptions: Mapping[
        tuple[str, ChamberKind], Kammer
    ]  # Gemeinde AGS and kind → chamber that is not the Kreis's
    gemeinden: Mapping[str, Gemeinde]
    plz: Mapping[str, PlzArea]
    ortsteile: tuple[Ortsteil, ...]
    aliases: tuple[tuple[str, str], ...]  # what people type, and the key or Land code it means
    problems: tuple[Problem, ...] = ()

    @cached_property
    def lands(self) -> Mapping[str, Land]:
        """Every Land by code."""
        return {kreis.land.code: kreis.land for kreis in self.kreise.values()}

    def kammer(self, kreis: str, kind: ChamberKind, gemeinde: str) -> Kammer:
        """The chamber of this kind for a Gemeinde of a Kreis (empty Gemeinde: the Kreis as a whole)."""
        own = self.kreise[kreis]
        return self.exceptions.get((gemeinde, kind)) or (own.ihk if kind is ChamberKind.IHK else own.hwk)


@dataclass(slots=True)
class _Reader:
    """Rows of one CSV file as typed values; what cannot be read becomes a problem, never an exception."""

    name: str
    content: bytes
    problems: list[Problem]
    row: dict[str, str] = field(default_factory=dict)
    line: int = 0

    def rows(self, columns: tuple[str, ...]) -> Iterator["_Reader"]:
        """This reader, set to one row after the other."""
        try:
            reader = csv.reader(io.StringIO(self.content.decode("utf-8-sig"), newline=""), strict=True)
            header = next(reader, [])
            missing = [column for column in columns if column not in header]
            if missing:
                self.complain(1, f"Es fehlt die Spalte „{missing[0]}“.")
                return
            for values in reader:
                self.row, self.line = dict(zip(header, values, strict=False)), reader.line_num
                if len(values) == len(header):
                    yield self
                elif values:
                    self.complain(
                        self.line, f"Die Zeile hat {len(values)} Felder; erwartet werden {len(header)}."
                    )
        except (UnicodeDecodeError, csv.Error) as error:
            self.complain(self.line, f"Das ist keine CSV-Datei in UTF-8 ({error}).")

    def complain(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.name, line, "", message))

    def text(self, column: str) -> str:
        return self.row[column].strip()

    def number(self, column: str) -> float:
        try:
            value = float(self.row[column])
        except ValueError:
            value = math.nan
        if math.isfinite(value):
            return value
        self.complain(self.line, f"„{self.row[column]}“ in der Spalte „{column}“ ist keine Zahl.")
        return 0.0

    def known(self, column: str, values: Mapping[str, object]) -> bool:
        """Whether the column names something that exists; otherwise that is a problem."""
        if self.text(column) in values:
            return True
        self.complain(self.line, f"„{self.row[column]}“ in der Spalte „{column}“ ist unbekannt.")
        return False

    def confidence(self, column: str) -> Confidence:
        if self.text(column) in get_args(Confidence):
            return cast("Confidence", self.text(column))
        self.complain(self.line, f"„{self.row[column]}“ in der Spalte „{column}“: erlaubt sind A, B, C.")
        return "C"


def read_files(folder: Traversable | Path, names: tuple[str, ...]) -> dict[str, bytes]:
    """The named files of ``folder``; raises ``KnowledgeError`` naming every one that is missing."""
    contents: dict[str, bytes] = {}
    problems: list[Problem] = []
    for name in names:
        try:
            contents[name] = folder.joinpath(name).read_bytes()
        except OSError as error:
            problems.append(Problem(name, 0, "", f"Die Datei ist nicht lesbar ({error.strerror})."))
    if problems:
        raise KnowledgeError(problems)
    return contents


def digest_of(contents: Mapping[str, bytes], corrections: bytes | None) -> str:
    """SHA-256 over names and contents: tells whether packed tables still fit their sources."""
    whole = hashlib.sha256()
    for name, content in [*sorted(contents.items()), ("", corrections or b"")]:
        for part in (name.encode(), content):
            whole.update(len(part).to_bytes(8, "big"))
            whole.update(part)
    return whole.hexdigest()


def parse(
    contents: Mapping[str, bytes],
    corrections: bytes | None,
    corrections_name: str,
    problems_before: tuple[Problem, ...] = (),
) -> Tables:
    """The tables in these files; raises ``KnowledgeError`` with every problem of the files themselves.

    Problems of the correction file end up in ``Tables.problems`` after ``problems_before``; its good rows count.
    """
    problems: list[Problem] = []

    def rows(name: str, *columns: str) -> Iterator[_Reader]:
        return _Reader(name, contents[name], problems).rows(columns)

    kammern = _kammern(rows)
    kreise = _kreise(rows, kammern)
    gemeinden, plz = _gemeinden(rows, kreise)
    exceptions = _exceptions(rows, kammern, gemeinden)
    ortsteile = tuple(
        Ortsteil(
            row.text("name"),
            row.text("plz"),
            row.text("kreis_ags"),
            row.number("lat"),
            row.number("lon"),
            int(row.number("einwohner")),
        )
        for row in rows("ortsteile.csv", "name", "plz", "kreis_ags", "lat", "lon", "einwohner")
        if row.known("plz", plz) and row.known("kreis_ags", kreise)
    )
    lands = (kreis.land.code for kreis in kreise.values())
    targets = dict.fromkeys([*(f"g{ags}" for ags in gemeinden), *lands, VAGUE])
    aliases = tuple(
        (row.text("name"), row.text("ziel"))
        for row in rows("aliase.csv", "name", "ziel")
        if row.known("ziel", targets)
    )
    if problems:
        raise KnowledgeError(problems)
    tables = Tables(kreise, kammern, exceptions, gemeinden, plz, ortsteile, aliases)
    read = read_corrections(corrections or b"", corrections_name, kreise, gemeinden, kammern)
    problems_all = (*problems_before, *(read.problems if corrections is not None else ()))
    return _with_splits(replace(_corrected(tables, read.corrections), problems=problems_all))


_Rows = Callable[..., Iterator[_Reader]]


def _kammern(rows: _Rows) -> dict[tuple[ChamberKind, str], Kammer]:
    found: dict[tuple[ChamberKind, str], Kammer] = {}
    kinds = {kind.value: kind for kind in ChamberKind}
    for row in rows("kammern.csv", "art", "kammer", "sitz", "konfidenz"):
        if row.known("art", kinds):
            kind, name = kinds[row.text("art")], row.text("kammer")
            found[kind, name] = Kammer(kind, name, row.text("sitz"), row.confidence("konfidenz"))
    return found


def _kreise(rows: _Rows, kammern: Mapping[tuple[ChamberKind, str], Kammer]) -> dict[str, Kreis]:
    found: dict[str, Kreis] = {}
    by_kind = {
        kind: {name: k for (k_kind, name), k in kammern.items() if k_kind is kind} for kind in ChamberKind
    }
    columns = ("kreis_ags", "kreis_name", "typ", "land", "bundesland", "lat", "lon")
    for row in rows("kreise.csv", *columns, "ihk", "ihk_konfidenz", "hwk", "hwk_konfidenz"):
        if row.known("ihk", by_kind[ChamberKind.IHK]) and row.known("hwk", by_kind[ChamberKind.HWK]):
            ihk, hwk = by_kind[ChamberKind.IHK][row.text("ihk")], by_kind[ChamberKind.HWK][row.text("hwk")]
            found[row.text("kreis_ags")] = Kreis(
                ags=row.text("kreis_ags"),
                name=row.text("kreis_name").split(",")[0],
                kind=row.text("typ"),
                land=Land(row.text("land"), row.text("bundesland")),
                lat=row.number("lat"),
                lon=row.number("lon"),
                ihk=replace(ihk, confidence=row.confidence("ihk_konfidenz")),
                hwk=replace(hwk, confidence=row.confidence("hwk_konfidenz")),
            )
    return found


def _gemeinden(rows: _Rows, kreise: Mapping[str, Kreis]) -> tuple[dict[str, Gemeinde], dict[str, PlzArea]]:
    names = {
        row.text("ags"): (row.text("name"), row.text("kreis_ags"), int(row.number("einwohner")))
        for row in rows("gemeinden.csv", "ags", "name", "kreis_ags", "einwohner")
        if row.known("kreis_ags", kreise)
    }
    plz_of: dict[str, list[str]] = {ags: [] for ags in names}
    areas: dict[str, list[str]] = {}
    for row in rows("plz_gemeinde.csv", "plz", "gemeinde_ags"):
        if row.known("gemeinde_ags", names):
            plz_of[row.text("gemeinde_ags")].append(row.text("plz"))
            areas.setdefault(row.text("plz"), []).append(row.text("gemeinde_ags"))
    plz: dict[str, PlzArea] = {}
    for row in rows("plz.csv", "plz", "gemeinde_ags", "lat", "lon"):
        if row.known("plz", areas):
            key, main = row.text("plz"), row.text("gemeinde_ags")
            others = (ags for ags in areas[key] if ags != main)
            plz[key] = PlzArea(key, row.number("lat"), row.number("lon"), (main, *others))
    return {ags: Gemeinde(ags, *names[ags], tuple(plz_of[ags])) for ags in names}, plz


def _exceptions(
    rows: _Rows, kammern: Mapping[tuple[ChamberKind, str], Kammer], gemeinden: Mapping[str, Gemeinde]
) -> dict[tuple[str, ChamberKind], Kammer]:
    found: dict[tuple[str, ChamberKind], Kammer] = {}
    for row in rows("kammer_ausnahmen.csv", "gemeinde_ags", "art", "kammer", "konfidenz"):
        named = {
            name: kammer for (kind, name), kammer in kammern.items() if kind.value.lower() == row.text("art")
        }
        if row.known("gemeinde_ags", gemeinden) and row.known("kammer", named):
            kammer = named[row.text("kammer")]
            key = (row.text("gemeinde_ags"), kammer.kind)
            found[key] = replace(kammer, confidence=row.confidence("konfidenz"))
    return found


def _corrected(tables: Tables, corrections: tuple[Correction, ...]) -> Tables:
    kreise, exceptions = dict(tables.kreise), dict(tables.exceptions)
    kammern = dict(tables.kammern)
    for correction in corrections:
        kammer = correction.kammer
        kammern.setdefault((kammer.kind, kammer.name), kammer)
        if correction.ags in kreise:
            column = kammer.kind.value.lower()
            kreise[correction.ags] = replace(kreise[correction.ags], **cast("Any", {column: kammer}))
        else:
            exceptions[correction.ags, kammer.kind] = kammer
    return replace(tables, kreise=kreise, kammern=kammern, exceptions=exceptions)


def _with_splits(tables: Tables) -> Tables:
    """``Kreis.split`` where a Gemeinde has another chamber than its Kreis."""
    split = {
        tables.gemeinden[ags].kreis
        for (ags, kind), kammer in tables.exceptions.items()
        if kammer.name != tables.kammer(tables.gemeinden[ags].kreis, kind, "").name
    }
    marked = {ags: replace(kreis, split=ags in split) for ags, kreis in tables.kreise.items()}
    return replace(tables, kreise=marked)
