"""Regions for tests: all of Germany (read once a process), tiny tables to break, and readers of results."""

import csv
import gzip
import json
from functools import cache
from importlib.resources import files
from pathlib import Path

from knowledge.region_places import (
    Abroad,
    Ambiguous,
    Found,
    Guess,
    LandOnly,
    Place,
    Reason,
    RegionResult,
    Unknown,
)
from knowledge.regions import Regions

FOLDER = files("knowledge") / "data" / "regions"
CASES = list(
    csv.DictReader((Path(__file__).parent / "data" / "regions_cases.csv").read_text("utf-8").splitlines())
)


@cache
def germany() -> Regions:
    """The packaged regions; immutable, so all tests share them."""
    return Regions.load(FOLDER)


def places_of(result: RegionResult) -> list[Place]:
    """All places of a result, the meant one first."""
    match result:
        case Found(place=place, others=others) | Guess(place=place, others=others):
            return [place, *others]
        case Ambiguous(places=places, more=more):
            return [*places, *more]
        case LandOnly() | Abroad() | Unknown():
            return []


def keys_of(result: RegionResult) -> list[str]:
    """Their keys."""
    return [place.key for place in places_of(result)]


def status_of(result: RegionResult) -> str:
    """The word that the collected cases use for such a result."""
    match result:
        case Found():
            return "kreis"
        case Guess(reason=reason):
            return "vermutung" if reason is Reason.PLZ_UNKNOWN else "kreis"
        case Ambiguous():
            return "mehrdeutig"
        case LandOnly():
            return "land"
        case Abroad():
            return "ausland"
        case Unknown():
            return "unbekannt"


def square(west: float, south: float, size: float) -> list[tuple[float, float]]:
    """A closed ring of longitude and latitude."""
    return [
        (west, south),
        (west + size, south),
        (west + size, south + size),
        (west, south + size),
        (west, south),
    ]


SMALL = {
    "kreise.csv": "kreis_ags,kreis_name,typ,land,bundesland,lat,lon,ihk,ihk_konfidenz,hwk,hwk_konfidenz\n"
    "05315,Köln,Kreisfreie Stadt,NW,Nordrhein-Westfalen,50.9,6.9,IHK Eins,C,HWK Eins,A\n"
    "05362,Erft,Kreis,NW,Nordrhein-Westfalen,50.9,6.7,IHK Eins,C,HWK Eins,B\n",
    "kammern.csv": "art,kammer,sitz,konfidenz\nIHK,IHK Eins,Köln,C\nIHK,IHK Zwei,Bonn,B\nHWK,HWK Eins,Köln,B\n",
    "kammer_ausnahmen.csv": "gemeinde_ags,art,kammer,konfidenz\n05362001,ihk,IHK Zwei,A\n",
    "gemeinden.csv": "ags,name,kreis_ags,einwohner\n05315000,Köln,05315,1000000\n05362001,Brühl,05362,40000\n",
    "plz.csv": "plz,gemeinde_ags,lat,lon\n50667,05315000,50.9,6.9\n50321,05362001,50.8,6.9\n",
    "plz_gemeinde.csv": "plz,gemeinde_ags\n50667,05315000\n50321,05362001\n",
    "ortsteile.csv": "name,plz,kreis_ags,lat,lon,einwohner\nVochem,50321,05362,50.8,6.9,5000\n",
    "aliase.csv": "name,ziel\nCologne,g05315000\nNRW,NW\nEifel,-\n",
}


def small(folder: Path, **changed: str | bytes | None) -> Path:
    """A folder of tiny tables; ``changed`` replaces files by the stem of their names, ``None`` leaves one out."""
    for name, text in SMALL.items():
        content = changed.get(name.removesuffix(".csv"), text)
        if content is not None:
            (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    areas = [("50667", [[square(6.85, 50.88, 0.05)]]), ("50321", [[square(6.85, 50.78, 0.05)]])]
    (folder / "plz_polygone.json.gz").write_bytes(gzip.compress(json.dumps(areas).encode()))
    return folder
