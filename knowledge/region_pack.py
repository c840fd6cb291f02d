"""The tables and names as one JSON text that is read back several times faster than the CSV files.

Long tables are packed by column, a column as one string: splitting a string is far cheaper than parsing 100,000
small ones. No pickle: a cache file must never be able to run code.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from knowledge.problems import Problem
from knowledge.region_entries import Entry
from knowledge.region_places import ChamberKind, Confidence, Kammer, Kreis, Land
from knowledge.region_tables import Gemeinde, Ortsteil, PlzArea, Tables

_CELL = "\x1f"  # unit separator: in no name
_LIST = " "  # within a cell

_Columns = dict[str, Any]


def pack(tables: Tables, entries: Sequence[Entry]) -> bytes:
    """Everything that :func:`unpack` gives back."""
    packed = {
        "kammern": [_kammer_row(kammer) for kammer in tables.kammern.values()],
        "kreise": [_kreis_row(kreis) for kreis in tables.kreise.values()],
        "exceptions": [[ags, *_kammer_row(kammer)] for (ags, _), kammer in tables.exceptions.items()],
        "gemeinden": _columns(
            (g.ags, g.name, g.kreis, g.inhabitants, _LIST.join(g.plz)) for g in tables.gemeinden.values()
        ),
        "plz": _columns((p.plz, p.lat, p.lon, _LIST.join(p.gemeinden)) for p in tables.plz.values()),
        "ortsteile": _columns(tables.ortsteile),
        "aliases": tables.aliases,
        "problems": [[p.file, p.line, p.entry, p.message] for p in tables.problems],
        "entries": _columns(
            (e.key, e.strict, e.plain, _LIST.join(e.qualifiers), e.kreis, e.inhabitants, int(e.is_part))
            for e in entries
        ),
    }
    return json.dumps(packed, ensure_ascii=False, separators=(",", ":")).encode()


def unpack(data: bytes) -> tuple[Tables, tuple[Entry, ...]]:
    """Tables and entries as they were packed; raises ``ValueError`` for a text of another layout."""
    packed = json.loads(data)
    try:
        return _tables(packed), tuple(_entries(packed["entries"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("packed by another version") from error


def _tables(packed: Mapping[str, Any]) -> Tables:
    kammern = [_kammer(row) for row in packed["kammern"]]
    exceptions = [(ags, _kammer(row)) for ags, *row in packed["exceptions"]]
    gemeinden = (
        Gemeinde(ags, name, kreis, int(inhabitants), tuple(plz.split()))
        for ags, name, kreis, inhabitants, plz in _rows(packed["gemeinden"])
    )
    areas = (
        PlzArea(plz, float(lat), float(lon), tuple(inside.split()))
        for plz, lat, lon, inside in _rows(packed["plz"])
    )
    return Tables(
        kreise={row[0]: _kreis(row) for row in packed["kreise"]},
        kammern={(kammer.kind, kammer.name): kammer for kammer in kammern},
        exceptions={(ags, kammer.kind): kammer for ags, kammer in exceptions},
        gemeinden={gemeinde.ags: gemeinde for gemeinde in gemeinden},
        plz={area.plz: area for area in areas},
        ortsteile=tuple(
            Ortsteil(name, plz, kreis, float(lat), float(lon), int(inhabitants))
            for name, plz, kreis, lat, lon, inhabitants in _rows(packed["ortsteile"])
        ),
        aliases=tuple((name, target) for name, target in packed["aliases"]),
        problems=tuple(Problem(*row) for row in packed["problems"]),
    )


def _entries(columns: _Columns) -> Iterator[Entry]:
    for key, strict, plain, qualifiers, kreis, inhabitants, is_part in _rows(columns):
        words = tuple(qualifiers.split()) if qualifiers else ()
        yield Entry(key, strict, plain, words, kreis, int(inhabitants), is_part == "1")


def _columns(rows: Iterable[Sequence[object]]) -> _Columns:
    """The rows turned, each column one string; the number of rows tells no row from one empty cell."""
    turned = list(zip(*rows, strict=True))
    return {
        "rows": len(turned[0]) if turned else 0,
        "columns": [_CELL.join(str(cell) for cell in column) for column in turned],
    }


def _rows(columns: _Columns) -> Iterator[tuple[str, ...]]:
    if not columns["rows"]:
        return iter(())
    return zip(*(column.split(_CELL) for column in columns["columns"]), strict=True)


def _kammer_row(kammer: Kammer) -> list[str]:
    return [kammer.kind.value, kammer.name, kammer.seat, kammer.confidence]


def _kammer(row: Sequence[str]) -> Kammer:
    kind, name, seat, confidence = row
    return Kammer(ChamberKind(kind), name, seat, cast("Confidence", confidence))


def _kreis_row(kreis: Kreis) -> list[Any]:
    own = [
        kreis.ags,
        kreis.name,
        kreis.kind,
        kreis.land.code,
        kreis.land.name,
        kreis.lat,
        kreis.lon,
        kreis.split,
    ]
    return [*own, _kammer_row(kreis.ihk), _kammer_row(kreis.hwk)]


def _kreis(row: Sequence[Any]) -> Kreis:
    ags, name, kind, code, land, lat, lon, split, ihk, hwk = row
    return Kreis(ags, name, kind, Land(code, land), lat, lon, _kammer(ihk), _kammer(hwk), split)
