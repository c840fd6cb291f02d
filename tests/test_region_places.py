"""Keys and positions to places, and the chambers of places."""

import gzip
import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import region_entries
from knowledge.problems import KnowledgeError
from knowledge.region_names import parse_kreis, parse_name, plain, strict
from knowledge.region_places import (
    Abroad,
    Ambiguous,
    ChamberKind,
    Found,
    Guess,
    LandOnly,
    Place,
    Unknown,
)
from knowledge.region_polygons import Polygons, distance_km
from knowledge.regions import Regions
from tests.regions_at_hand import germany, keys_of, places_of, square, status_of

QUICK = settings(deadline=None, max_examples=150)


@pytest.fixture(scope="module")
def regions() -> Regions:
    return germany()


def test_all_keys_lead_back(regions: Regions) -> None:
    """Every PLZ, Kreis and Ortsteil has a key of at most 24 ASCII characters that finds it again."""
    seen: set[str] = set()
    for place in _all_places(regions):
        assert regions.by_key(place.key) == place
        assert len(place.key) <= 24
        assert place.key.isascii()
        assert place.key not in seen
        seen.add(place.key)


def _all_places(regions: Regions) -> Iterator[Place]:
    for plz in regions.tables.plz:
        yield from regions._catalogue.of_plz(plz)
    for key in (
        *(f"k{ags}" for ags in regions.kreise),
        *(f"g{ags}" for ags in list(regions.tables.gemeinden)[::10]),
        *(region_entries.ortsteil_key(ortsteil) for ortsteil in regions.tables.ortsteile),
    ):
        place = regions.by_key(key)
        assert place is not None, key
        yield place


@pytest.mark.parametrize(
    "key",
    [
        "",
        "p",
        "p00000",
        "p5066",
        "p22145",
        "p22145-99999999",
        "g00000000",
        "k00000",
        "o44866-x",
        "x1",
        "p50667\n",
    ],
)
def test_a_key_that_is_none_gives_nothing(regions: Regions, key: str) -> None:
    """Old or foreign callback data finds no place, also a PLZ that needs a choice."""
    assert regions.by_key(key) is None


def test_a_kreis_is_a_place(regions: Regions) -> None:
    """A Kreis can be asked for directly."""
    place = regions.place_of_kreis("05315")

    assert place is not None
    assert (place.label, place.kreis, place.gemeinde_ags) == ("Köln", "05315", "")
    assert regions.place_of_kreis("99999") is None


@QUICK
@given(lat=st.floats(), lon=st.floats())
def test_no_position_raises(regions: Regions, lat: float, lon: float) -> None:
    """Also infinities and what is no number."""
    assert status_of(regions.locate(lat, lon))


@pytest.mark.parametrize("position", [(float("nan"), 7.0), (50.0, float("inf")), (91.0, 7.0), (50.0, -181.0)])
def test_what_is_no_position_is_unknown(regions: Regions, position: tuple[float, float]) -> None:
    """Impossible coordinates are not taken for a place abroad."""
    assert regions.locate(*position) == Unknown()


@QUICK
@given(lat=st.floats(47.0, 55.3), lon=st.floats(5.5, 15.5))
def test_a_position_is_always_confirmed_and_not_kept(regions: Regions, lat: float, lon: float) -> None:
    """What comes of a position is a question about a Kreis; the place has the centre of the Kreis."""
    result = regions.locate(lat, lon)

    assert not isinstance(result, Found | LandOnly)
    for place in places_of(result):
        assert regions.by_key(place.key) == place


def test_a_position_on_a_chamber_border_is_asked(regions: Regions) -> None:
    """22145 lies in two Länder, so the position of its centre is not enough."""
    area = regions.tables.plz["22145"]

    result = regions.locate(area.lat, area.lon)

    assert isinstance(result, Ambiguous)
    assert keys_of(result) == ["k02000", "k01062"]


def test_a_position_in_a_cut_kreis_keeps_the_gemeinde(regions: Regions) -> None:
    """Witten belongs to another IHK than its Kreis, so the Kreis alone would be wrong."""
    area = regions.tables.plz["58452"]

    result = regions.locate(area.lat, area.lon)

    assert isinstance(result, Guess)
    assert (result.place.key, result.place.ihk.name) == ("g05954036", "IHK Mittleres Ruhrgebiet")


def test_near_the_border_the_nearest_plz_counts(regions: Regions) -> None:
    """Just outside all areas (in the Rhine, at sea) is not abroad yet; Vienna is."""
    assert keys_of(regions.locate(54.19, 7.86)) == ["k01056"]
    assert regions.locate(48.2083, 16.3725) == Abroad()


def test_a_kreis_has_chambers(regions: Regions) -> None:
    """Kreis, kind and Gemeinde decide the chamber; an unknown Kreis has none."""
    ihk = regions.kammer("03454", ChamberKind.IHK)
    cut = regions.kammer("03454", ChamberKind.IHK, "03454041")
    kreis = regions.kreis("03454")

    assert ihk is not None
    assert cut is not None
    assert kreis is not None
    assert (ihk.name, cut.name) == (
        "IHK Osnabrück - Emsland - Grafschaft Bentheim",
        "IHK für Ostfriesland und Papenburg",
    )
    assert (cut.seat, cut.confidence, kreis.split) == ("Emden", "A", True)
    assert regions.kammer("99999", ChamberKind.IHK) is None
    assert regions.kreis("99999") is None


def test_the_numbers_of_the_tables(regions: Regions) -> None:
    """401 Kreise, 79 IHK, 53 HWK, 16 Länder, and 53 PLZ whose chambers must be asked."""
    kinds = [kind for kind, _ in regions.kammern]
    asked = [plz for plz in regions.tables.plz if len(regions._catalogue.of_plz(plz)) > 1]

    assert len(regions.kreise) == 401
    assert (kinds.count(ChamberKind.IHK), kinds.count(ChamberKind.HWK)) == (79, 53)
    assert len(regions.lands) == 16
    assert len(asked) == 53


def test_hanau_is_its_own_kreis(regions: Regions) -> None:
    """Hanau left the Main-Kinzig-Kreis in 2026; its AGS is still that of the old Kreis."""
    place = places_of(regions.find("63450"))[0]

    assert (place.kreis, place.gemeinde_ags) == ("06415", "06435014")


# ---- names


@pytest.mark.parametrize(
    ("name", "bases", "qualifiers"),
    [
        ("Neustadt an der Aisch", ["neustadt"], ["aisch"]),
        ("Halle (Westf.)", ["halle"], ["westf"]),
        ("Weiden i.d.OPf.", ["weiden"], ["oberpfalz"]),
        ("Cottbus - Chóśebuz", ["cottbus", "chosebuz"], ["chosebuz"]),
        ("Am Mellensee", ["ammellensee", "mellensee"], []),
        ("Sankt Ingbert", ["sanktingbert"], []),
        ("St. Blasien", ["sanktblasien"], []),
        ("Groß-Gerau", ["grossgerau"], []),
        ("Oelsnitz/Erzgeb.", ["oelsnitz"], ["erzgebirge"]),
    ],
)
def test_names_are_taken_apart(name: str, bases: list[str], qualifiers: list[str]) -> None:
    """A name has bases without spaces, and qualifiers that tell it from others of that base."""
    parsed = parse_name(name)

    assert [base for base, _ in parsed.bases] == bases
    assert list(parsed.qualifiers) == qualifiers


def test_kreis_is_no_part_of_a_name() -> None:
    """A Kreis is called with and without its "Kreis"."""
    assert {base for base, _ in parse_kreis("Hochtaunuskreis").bases} == {"hochtaunuskreis", "hochtaunus"}
    assert ("rheinsieg", "rheinsieg") in parse_kreis("Rhein-Sieg-Kreis").bases


@given(text=st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    """Folded text stays as it is."""
    assert strict(strict(text)) == strict(text)
    assert plain(plain(text)) == plain(text)


# ---- polygons


def _polygons(*areas: tuple[str, list[list[list[tuple[float, float]]]]]) -> Polygons:
    return Polygons.read(gzip.compress(json.dumps(areas).encode(), mtime=0))


def test_a_hole_is_outside() -> None:
    """An area has parts, and a part may have holes, which may hold another area."""
    polygons = _polygons(
        ("01234", [[square(8, 50, 1), square(8.4, 50.4, 0.2)], [square(10, 50, 1)]]),
        ("99999", [[square(8.4, 50.4, 0.2)]]),
    )

    assert polygons.find(50.1, 8.1) == ("01234",)
    assert polygons.find(50.5, 10.5) == ("01234",)
    assert polygons.find(50.5, 8.5) == ("99999",)
    assert polygons.find(52.0, 8.5) == ()


def test_polygons_survive_a_dump() -> None:
    """What was dumped finds the same; other bytes are refused."""
    polygons = _polygons(("01234", [[square(8, 50, 1)]]))
    restored = Polygons.restore(polygons.dump())

    assert restored.find(50.5, 8.5) == ("01234",)
    for damaged in (b"", polygons.dump()[:-4], polygons.dump() + bytes(4)):
        with pytest.raises(ValueError, match="polygons"):
            Polygons.restore(damaged)


def test_no_areas_at_all_is_possible() -> None:
    """An empty file finds nothing."""
    assert _polygons().find(50.0, 8.0) == ()


@pytest.mark.parametrize(
    "content", [b"", b"x", gzip.compress(b"{", mtime=0), gzip.compress(b'[["01234", 5]]', mtime=0)]
)
def test_a_broken_polygon_file_is_a_problem(content: bytes) -> None:
    """What is no file of areas is named as such."""
    with pytest.raises(KnowledgeError, match="plz_polygone"):
        Polygons.read(content)


def test_distances_are_great_circles() -> None:
    """Köln to Berlin is about 477 km; a place to itself nothing."""
    away = distance_km(50.9375, 6.9603, [52.52, 50.9375], [13.405, 6.9603])

    assert round(float(away[0])) == 477
    assert float(away[1]) == 0.0
