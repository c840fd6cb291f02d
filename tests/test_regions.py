"""Text or position to place, Kreis and chambers."""

import csv
import gzip
import json
import zlib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import region_entries, region_pack, region_tables
from knowledge.problems import KnowledgeError
from knowledge.region_names import parse_kreis, parse_name, plain, strict
from knowledge.region_places import (
    MOST_BUTTONS,
    Abroad,
    Ambiguous,
    ChamberKind,
    Found,
    Guess,
    LandOnly,
    Place,
    Reason,
    RegionResult,
    Unknown,
)
from knowledge.region_polygons import Polygons, distance_km
from knowledge.regions import Regions, digest_of_folder

FOLDER = files("knowledge") / "data" / "regions"
CASES = list(
    csv.DictReader((Path(__file__).parent / "data" / "regions_cases.csv").read_text("utf-8").splitlines())
)
QUICK = settings(deadline=None, max_examples=150)


@pytest.fixture(scope="module")
def regions() -> Regions:
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
    return [place.key for place in places_of(result)]


def status_of(result: RegionResult) -> str:
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


@pytest.mark.parametrize("case", CASES, ids=[case["eingabe"] for case in CASES])
def test_every_collected_input_gives_its_place(regions: Regions, case: dict[str, str]) -> None:
    """The 75 inputs that were collected come to the place, Land or question that was expected."""
    typed = case["eingabe"]
    if typed.startswith("geo:"):
        lat, lon = (float(number) for number in typed.removeprefix("geo:").split(","))
        result = regions.locate(lat, lon)
    else:
        result = regions.find(typed)
    expected = set(filter(None, case["kreise"].split("|")))

    assert status_of(result) == case["status"]
    if isinstance(result, Ambiguous):
        assert expected <= {kreis for place in places_of(result) for kreis in place.kreise}
    else:
        assert expected == {kreis for place in places_of(result)[:1] for kreis in place.kreise}
    if case["land"]:
        assert isinstance(result, LandOnly)
        assert result.land.code == case["land"]
    if case["ihk"]:
        assert places_of(result)[0].ihk.name == case["ihk"]


def test_all_cases_are_there() -> None:
    """No case got lost."""
    assert len(CASES) == 75


@pytest.mark.parametrize(
    ("typed", "kind", "reason", "labels"),
    [
        ("ich bin in Köln-Ehrenfeld", Guess, Reason.PART, ["Köln"]),
        ("PLZ ist 50667 danke", Found, None, ["50667 Köln"]),
        ("bei Rosenheim", Ambiguous, Reason.AROUND, ["Rosenheim", "Landkreis Rosenheim"]),
        ("bei Köln", Guess, Reason.AROUND, ["Köln"]),
        ("in der Nähe von Ulm", Guess, Reason.AROUND, ["Ulm"]),
        ("wir sind ein Malerbetrieb in Münchn", Guess, Reason.TYPO, ["München", "Landkreis München"]),
        ("Köln und Bonn", Ambiguous, Reason.SEVERAL, ["Köln", "Bonn"]),
        ("Garmisch", Guess, Reason.PART, ["Garmisch-Partenkirchen"]),
        ("Kissingen", Guess, Reason.PART, ["Bad Kissingen"]),
        ("Homburg", Found, None, ["Homburg", "Bad Homburg vor der Höhe"]),
        ("Waren", Found, None, ["Waren (Müritz)"]),
        ("Bodensee", Ambiguous, Reason.PART, ["Bodensee", "Bodenseekreis"]),
        ("Weil der Stadt", Found, None, ["Weil der Stadt"]),
        ("Am Mellensee", Found, None, ["Am Mellensee"]),
        ("Mellensee", Found, None, ["Am Mellensee"]),
        ("Rothenburg o.d.T.", Found, None, ["Rothenburg ob der Tauber"]),
        ("Lutherstadt Eisleben", Found, None, ["Lutherstadt Eisleben"]),
        ("Bad Homburg vdH", Guess, Reason.PART, ["Bad Homburg vor der Höhe"]),
        ("M'gladbach", Found, None, ["Mönchengladbach"]),
        ("Freie und Hansestadt Hamburg", Found, None, ["Hamburg"]),
        ("Neustadt Sachsen", Found, None, ["Neustadt in Sachsen"]),
        ("Halle Gütersloh", Found, None, ["Halle (Westf.)"]),
        ("Bochum Wattenscheid", Found, None, ["Wattenscheid (Bochum)"]),
        ("Halle Sachsen Anhalt", Found, None, ["Halle (Saale)"]),
        ("Region Hannover", Found, None, ["Region Hannover"]),
        ("Landkreis Rosenhiem", Guess, Reason.TYPO, ["Landkreis Rosenheim"]),
        ("Wiesloch, Rhein-Neckar-Kreis", Found, None, ["Wiesloch"]),
        ("Papenburg Landkreis Emsland", Found, None, ["Papenburg"]),
        ("meine Schwester sagt Köln", Guess, Reason.PART, ["Köln"]),
        (
            "Vorpommern",
            Ambiguous,
            Reason.SAME_NAME,
            ["Landkreis Vorpommern-Rügen", "Landkreis Vorpommern-Greifswald"],
        ),
        ("Kreis Heidelberg", Guess, Reason.PART, ["Heidelberg"]),
        ("Rosenheim Land", Found, None, ["Landkreis Rosenheim"]),
        ("Eifelkreis", Guess, Reason.PART, ["Eifelkreis Bitburg-Prüm"]),
        ("Rügen", Guess, Reason.PART, ["Landkreis Vorpommern-Rügen"]),
        ("Hochtaunus", Found, None, ["Hochtaunuskreis"]),
        ("Emsland", Ambiguous, Reason.KREIS_SPLIT, ["Landkreis Emsland (übrige Orte)", "Papenburg"]),
        ("Munster", Ambiguous, Reason.SAME_NAME, ["Münster", "Munster"]),
        ("Kassel", Found, None, ["Kassel", "Landkreis Kassel"]),
        ("Stadt Brandenburg", Found, None, ["Brandenburg an der Havel"]),
        ("22145 Braak", Found, None, ["22145 Braak"]),
        ("54636 Rittersdorf", Found, None, ["54636 Rittersdorf"]),
        ("53520", Ambiguous, Reason.PLZ_BORDER, ["53520 Landkreis Ahrweiler", "53520 Landkreis Vulkaneifel"]),
        ("7919", Ambiguous, Reason.ZERO, ["07919 Pausa-Mühltroff", "07919 Kirschkau"]),
        ("50667 München", Ambiguous, Reason.SEVERAL, ["50667 Köln", "München", "Landkreis München"]),
        ("50667 oder 53111", Ambiguous, Reason.SEVERAL, ["50667 Köln", "53111 Bonn"]),
        ("50667 oder 99999", Guess, Reason.SEVERAL, ["50667 Köln"]),
        ("50441 Köln", Found, None, ["Köln"]),
        ("50441 Hamburg", Ambiguous, Reason.SEVERAL, ["Hamburg", "Köln"]),
        ("00000 Köln", Guess, Reason.PART, ["Köln"]),
        ("1067 Dresden", Found, None, ["Dresden"]),
        ("seit 2019 in Köln", Found, None, ["Köln"]),
        ("seit 1996 Münchn", Guess, Reason.TYPO, ["München", "Landkreis München"]),
        ("Hauptstr. 5, 50667 Köln", Found, None, ["50667 Köln"]),
        ("５０６６７", Found, None, ["50667 Köln"]),
    ],
)
def test_what_people_write_is_understood_or_asked(
    regions: Regions, typed: str, kind: type, reason: Reason | None, labels: list[str]
) -> None:
    """A PLZ or an exact name is taken, everything else is a question with the likeliest place first."""
    result = regions.find(typed)

    assert type(result) is kind
    assert getattr(result, "reason", None) is reason
    assert [place.label for place in places_of(result)][: len(labels)] == labels


@pytest.mark.parametrize(
    ("typed", "land"),
    [
        ("Bayern", "BY"),
        ("Bundesland Bremen", "HB"),
        ("Land Brandenburg", "BB"),
        ("Niedersachen", "NI"),
        ("Bayren", "BY"),
        ("Oberfranken", "BY"),
        ("ST", "ST"),
    ],
)
def test_a_land_is_never_a_place(regions: Regions, typed: str, land: str) -> None:
    """A Land or a large part of it, also misspelt, only leads to the next question."""
    assert regions.find(typed) == LandOnly(regions.lands[land])


def test_brandenburg_is_asked(regions: Regions) -> None:
    """The town and the Land of the same name are both offered."""
    result = regions.find("Brandenburg")

    assert isinstance(result, Ambiguous)
    assert result.lands == (regions.lands["BB"],)
    assert [place.kreis for place in result.places] == ["12051"]


@pytest.mark.parametrize(
    "typed", ["Wien", "Zürich", "Allgäu", "asdfgh", "ja", "Tel 0221 50667", "Wie geht das?", "١٢٣٤٥"]
)
def test_what_is_no_place_is_not_guessed(regions: Regions, typed: str) -> None:
    """Foreign towns, regions of several Länder, telephone numbers and other words name no place."""
    assert regions.find(typed) == Unknown()


@pytest.mark.parametrize("typed", ["00000", "01000", "99999", "99999 00000"])
def test_a_number_that_cannot_be_a_plz_is_named(regions: Regions, typed: str) -> None:
    """The answer can say which number is wrong."""
    assert regions.find(typed) == Unknown(typed[:5])


WEIRD = [
    "",
    " ",
    "\x00",
    "\u0308" * 4096,
    "o" + "\u0308" * 4095,
    "🏗️" * 2048,
    "\u202e" * 4096,
    "ﷺ" * 4096,
    "5" * 4096,
    "50667" * 800,
    "50667 " * 700,
    "1067 " * 800,
    "Neustadt " * 450,
    "am an der im bei " * 240,
    "Kreis " * 680,
    "a" * 4096,
    "((((((((((",
    "\ud800",
    "Кёльн",
    "東京",
]


@pytest.mark.parametrize("typed", WEIRD, ids=[str(number) for number in range(len(WEIRD))])
def test_weird_text_never_raises(regions: Regions, typed: str) -> None:
    """Nothing that a phone can send breaks the look-up, and buttons stay few."""
    result = regions.find(typed)

    assert not isinstance(result, Ambiguous) or len(result.places) <= MOST_BUTTONS


@QUICK
@given(text=st.text(max_size=300))
def test_no_text_raises(regions: Regions, text: str) -> None:
    """Arbitrary text comes to some result."""
    assert status_of(regions.find(text))


WORDS = [
    "Neustadt", "Frankfurt", "bei", "Kreis", "Land", "Stadt", "St.", "50667", "1067", "07919", "oder", "Sachsen",
    "Anhalt", "an", "der", "Rosenheim", "Köln", "o.d.", "(", "/", "-", "LK", "Region", "Bad", "firma", "00000", "Weil",
]  # fmt: skip


@QUICK
@given(chosen=st.lists(st.sampled_from(WORDS), max_size=12), glue=st.sampled_from([" ", "", "-", ", "]))
def test_no_mixture_of_place_words_raises(regions: Regions, chosen: list[str], glue: str) -> None:
    """Words that the rules look for come to some result in every order, and all of its keys lead back."""
    for place in places_of(regions.find(glue.join(chosen))):
        assert regions.by_key(place.key) == place


@QUICK
@given(data=st.data())
def test_every_gemeinde_is_found_by_its_name(regions: Regions, data: st.DataObject) -> None:
    """The official name, also in capitals, with ae or with its dots dropped, leads to the Gemeinde or offers it."""
    gemeinde = data.draw(st.sampled_from(list(regions.tables.gemeinden.values())))
    umlauts = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
    dropped = str.maketrans("äöüÄÖÜ", "aouAOU")
    variants = (
        gemeinde.name,
        gemeinde.name.upper(),
        gemeinde.name.translate(umlauts),
        gemeinde.name.translate(dropped),
    )

    for variant in variants:
        assert f"g{gemeinde.ags}" in keys_of(regions.find(variant))


@QUICK
@given(data=st.data())
def test_every_kreis_is_found_by_its_label(regions: Regions, data: st.DataObject) -> None:
    """ "Landkreis München" is not München."""
    kreis = data.draw(st.sampled_from(list(regions.kreise.values())))

    first = places_of(regions.find(kreis.label))[0]

    assert first.kreis == kreis.ags
    assert kreis.is_town or first.key == f"k{kreis.ags}"


@QUICK
@given(data=st.data())
def test_one_wrong_letter_is_never_taken_silently(regions: Regions, data: st.DataObject) -> None:
    """A misspelt large town is a question, unless the letters happen to be another name."""
    large = [gemeinde for gemeinde in regions.tables.gemeinden.values() if gemeinde.inhabitants > 100_000]
    name = data.draw(st.sampled_from(large)).name
    at = data.draw(st.integers(0, len(name) - 1))
    typed = name[:at] + data.draw(st.sampled_from("xqy")) + name[at + 1 :]

    result = regions.find(typed)

    if isinstance(result, Found):
        named = {strict(result.place.label), plain(result.place.label)}
        assert any(strict(part) in whole for part in typed.split() for whole in named)


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


# ---- dump and restore


@pytest.fixture(scope="module")
def dumped(regions: Regions) -> bytes:
    return regions.dump()


def test_a_dump_restores_the_same_regions(regions: Regions, dumped: bytes) -> None:
    """Restored regions answer every case as the loaded ones, positions too, and dump the same bytes."""
    restored = Regions.restore(dumped)
    restored.warm()

    assert restored.digest == regions.digest == digest_of_folder(FOLDER)
    assert restored.tables == regions.tables
    assert restored.dump() == dumped
    for case in CASES:
        assert restored.find(case["eingabe"]) == regions.find(case["eingabe"])
    assert restored.locate(50.9413, 6.9583) == regions.locate(50.9413, 6.9583)


@pytest.mark.parametrize("cut", [0, 10, 25, 1000, -1])
def test_a_damaged_dump_is_refused(dumped: bytes, cut: int) -> None:
    """A dump that was cut off is no dump."""
    with pytest.raises(ValueError, match="dump of regions"):
        Regions.restore(dumped[:cut])


def test_a_dump_with_a_wrong_byte_is_refused(dumped: bytes) -> None:
    """A flipped byte is noticed."""
    with pytest.raises(ValueError, match="damaged"):
        Regions.restore(dumped[:5000] + bytes([dumped[5000] ^ 1]) + dumped[5001:])


def test_a_dump_of_another_version_is_refused() -> None:
    """Correct lengths and checksum around other contents."""
    text = b"0" * 64 + b'{"tables":{}}'
    data = b"".join(number.to_bytes(4, "big") for number in (zlib.crc32(text), len(text), 0)) + text
    with pytest.raises(ValueError, match="another version"):
        Regions.restore(b"lotsenbot regions 1\n" + data)


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
    return Polygons.read(gzip.compress(json.dumps(areas).encode()))


def _square(west: float, south: float, size: float) -> list[tuple[float, float]]:
    return [
        (west, south),
        (west + size, south),
        (west + size, south + size),
        (west, south + size),
        (west, south),
    ]


def test_a_hole_is_outside() -> None:
    """An area has parts, and a part may have holes, which may hold another area."""
    polygons = _polygons(
        ("01234", [[_square(8, 50, 1), _square(8.4, 50.4, 0.2)], [_square(10, 50, 1)]]),
        ("99999", [[_square(8.4, 50.4, 0.2)]]),
    )

    assert polygons.find(50.1, 8.1) == ("01234",)
    assert polygons.find(50.5, 10.5) == ("01234",)
    assert polygons.find(50.5, 8.5) == ("99999",)
    assert polygons.find(52.0, 8.5) == ()


def test_polygons_survive_a_dump() -> None:
    """What was dumped finds the same; other bytes are refused."""
    polygons = _polygons(("01234", [[_square(8, 50, 1)]]))
    restored = Polygons.restore(polygons.dump())

    assert restored.find(50.5, 8.5) == ("01234",)
    for damaged in (b"", polygons.dump()[:-4], polygons.dump() + bytes(4)):
        with pytest.raises(ValueError, match="polygons"):
            Polygons.restore(damaged)


def test_no_areas_at_all_is_possible() -> None:
    """An empty file finds nothing."""
    assert _polygons().find(50.0, 8.0) == ()


@pytest.mark.parametrize("content", [b"", b"x", gzip.compress(b"{"), gzip.compress(b'[["01234", 5]]')])
def test_a_broken_polygon_file_is_a_problem(content: bytes) -> None:
    """What is no file of areas is named as such."""
    with pytest.raises(KnowledgeError, match="plz_polygone"):
        Polygons.read(content)


def test_distances_are_great_circles() -> None:
    """Köln to Berlin is about 477 km; a place to itself nothing."""
    away = distance_km(50.9375, 6.9603, [52.52, 50.9375], [13.405, 6.9603])

    assert round(float(away[0])) == 477
    assert float(away[1]) == 0.0


# ---- loading

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
    areas = [("50667", [[_square(6.85, 50.88, 0.05)]]), ("50321", [[_square(6.85, 50.78, 0.05)]])]
    (folder / "plz_polygone.json.gz").write_bytes(gzip.compress(json.dumps(areas).encode()))
    return folder


def test_tiny_tables_are_enough(tmp_path: Path) -> None:
    """The code knows nothing about Germany that is not in the tables."""
    regions = Regions.load(small(tmp_path))

    assert keys_of(regions.find("Cologne")) == ["g05315000"]
    assert keys_of(regions.find("Vochem")) == ["o50321-vochem"]
    assert keys_of(regions.find("Kreis Erft")) == ["k05362", "g05362001"]
    assert regions.find("Eifel") == Unknown()
    assert keys_of(regions.find("99998")) == ["k05315"]
    assert keys_of(regions.find("01001")) == ["g05362001"]
    assert keys_of(regions.locate(50.8, 6.87)) == ["g05362001"]


def test_many_villages_of_one_plz_become_kreise_unless_one_is_cut(tmp_path: Path) -> None:
    """More than eight Orte are offered by Kreis; where a chamber border runs through that Kreis, as Orte."""
    villages = [f"053620{number:02}" for number in range(10, 18)]
    regions = Regions.load(
        small(
            tmp_path,
            gemeinden=SMALL["gemeinden.csv"] + "".join(f"{ags},Dorf {ags},05362,9\n" for ags in villages),
            plz_gemeinde=SMALL["plz_gemeinde.csv"] + "".join(f"50321,{ags}\n" for ags in villages),
        )
    )

    result = regions.find("50321")

    assert isinstance(result, Ambiguous)
    assert (len(result.places), len(result.more)) == (MOST_BUTTONS, 1)
    assert result.places[0].key == "p50321-05362001"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"kreise": None}, "kreise.csv: Die Datei ist nicht lesbar"),
        ({"plz": "plz,lat,lon\n"}, "plz.csv:1: Es fehlt die Spalte „gemeinde_ags“."),
        ({"plz": ""}, "plz.csv:1: Es fehlt die Spalte „plz“."),
        ({"plz": b"plz,gemeinde_ags,lat,lon\n\xff"}, "plz.csv: Das ist keine CSV-Datei in UTF-8"),
        ({"plz": SMALL["plz.csv"] + "50667,05315000,x,6.9\n"}, "plz.csv:4: „x“ in der Spalte „lat“"),
        ({"plz": SMALL["plz.csv"] + "50667,05315000,nan,6.9\n"}, "plz.csv:4: „nan“ in der Spalte „lat“"),
        ({"plz": SMALL["plz.csv"] + "\n1,2\n"}, "plz.csv:5: Die Zeile hat 2 Felder; erwartet werden 4."),
        ({"plz": SMALL["plz.csv"] + "99999,05315000,1,1\n"}, "plz.csv:4: „99999“ in der Spalte „plz“"),
        (
            {"aliase": "name,ziel\nX,g1\n"},
            "aliase.csv:2: „g1“ in der Spalte „ziel“ ist unbekannt.",
        ),
        (
            {"kammern": SMALL["kammern.csv"].replace("Zwei,Bonn,B", "Zwei,Bonn,X")},
            "kammern.csv:3: „X“ in der Spalte „konfidenz“: erlaubt sind A, B, C.",
        ),
        (
            {"kammern": SMALL["kammern.csv"] + "LWK,Landwirte,Bonn,A\n"},
            "kammern.csv:5: „LWK“ in der Spalte „art“ ist unbekannt.",
        ),
        (
            {"kammer_ausnahmen": "gemeinde_ags,art,kammer,konfidenz\n05362001,hwk,IHK Zwei,A\n"},
            "kammer_ausnahmen.csv:2: „IHK Zwei“ in der Spalte „kammer“ ist unbekannt.",
        ),
        (
            {"kreise": SMALL["kreise.csv"].replace("HWK Eins,B", "HWK Drei,B")},
            "kreise.csv:3: „HWK Drei“ in der Spalte „hwk“ ist unbekannt.",
        ),
    ],
)
def test_broken_tables_are_named_with_their_line(
    tmp_path: Path, changed: dict[str, str | bytes | None], expected: str
) -> None:
    """A table that cannot be used is refused with file, line and reason."""
    with pytest.raises(KnowledgeError) as caught:
        Regions.load(small(tmp_path, **changed))

    assert expected in str(caught.value)


# ---- corrections of the operator


def corrected(tmp_path: Path, text: str | bytes) -> Regions:
    file = tmp_path / "regionen-korrekturen.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    (tmp_path / "tables").mkdir(exist_ok=True)
    return Regions.load(small(tmp_path / "tables"), overrides=file)


def ihk(regions: Regions, kreis: str, gemeinde: str = "") -> tuple[str, str, str]:
    kammer = regions.kammer(kreis, ChamberKind.IHK, gemeinde)
    assert kammer is not None
    return kammer.name, kammer.seat, kammer.confidence


def test_an_operator_corrects_chambers_in_data(tmp_path: Path) -> None:
    """Rows for a Kreis and a Gemeinde override what is shipped, and count as seen."""
    regions = corrected(
        tmp_path, "ags,art,kammer\n05315,ihk,IHK Zwei\n05362001,ihk,IHK Eins\n05362,HWK,HWK Eins\n"
    )

    assert regions.problems == ()
    assert ihk(regions, "05315") == ("IHK Zwei", "Bonn", "A")
    assert ihk(regions, "05362", "05362001") == ("IHK Eins", "Köln", "A")
    assert not regions.kreise["05362"].split
    assert keys_of(regions.find("Kreis Erft")) == ["k05362"]


def test_excel_and_new_chambers_are_understood(tmp_path: Path) -> None:
    """Semicolons, a byte order mark, empty lines and a chamber that is not in the list."""
    text = (
        "\ufeffags;art;kammer;sitz;konfidenz;quelle\r\n\r\n05315;ihk;IHK Neu;Kerpen;b;https://x.example\r\n"
    )
    regions = corrected(tmp_path, text)

    assert regions.problems == ()
    assert ihk(regions, "05315") == ("IHK Neu", "Kerpen", "B")
    assert (ChamberKind.IHK, "IHK Neu") in regions.kammern


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("5315,ihk,IHK Zwei,,,", ":2: [5315] „5315“: die führende Null fehlt."),
        ("99999,ihk,IHK Zwei,,,", ":2: [99999] „99999“ ist weder ein Kreis"),
        ("05315,lwk,IHK Zwei,,,", ":2: [05315] „lwk“ ist bei „art“ nicht möglich."),
        ("05315,ihk,,,,", ":2: [05315] Der Name der Kammer fehlt."),
        (
            "05315,ihk,IHK Zwie,,,",
            ":2: [05315] „IHK Zwie“ steht nicht in kammern.csv. Meinten Sie „IHK Zwei“?",
        ),
        ("05315,ihk,Qqqqqqq,,,", ":2: [05315] „Qqqqqqq“ steht nicht in kammern.csv. Für eine neue"),
        ("05315,ihk,IHK Zwei,,D,", ":2: [05315] „D“ ist bei „konfidenz“ nicht möglich."),
        (
            "05362,ihk,IHK Zwei,,,\n05362,ihk,IHK Eins,,,",
            ":3: [05362] Für 05362 steht die IHK schon weiter oben.",
        ),
    ],
)
def test_a_bad_correction_is_a_problem_and_changes_nothing(tmp_path: Path, row: str, expected: str) -> None:
    """File, line and what to do; the shipped chamber stays, good rows count."""
    regions = corrected(tmp_path, f"ags,art,kammer,sitz,konfidenz,quelle\n{row}\n05362001,hwk,HWK Eins,,C,\n")

    assert [expected in str(problem) for problem in regions.problems] == [True]
    assert ihk(regions, "05315")[0] == "IHK Eins"
    kammer = regions.kammer("05362", ChamberKind.HWK, "05362001")
    assert kammer is not None
    assert kammer.confidence == "C"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"ags,art\n", "Erste Zeile: die Spalte „kammer“ fehlt."),
        (b"ags,art,kammer,ort\n", "Erste Zeile: die Spalte „ort“ ist unbekannt."),
        (b"", "Erste Zeile: die Spalte „ags“ fehlt."),
        ("ags,art,kammer\n05315,ihk,Köln\n".encode("latin-1"), ":2: Die Datei ist nicht in UTF-8"),
        (b'ags,art,kammer\n05315,ihk,"' + b"x" * 200_000, "Das ist keine CSV-Zeile"),
    ],
)
def test_a_correction_file_that_is_none_is_a_problem(tmp_path: Path, content: bytes, expected: str) -> None:
    """The whole file is refused with one sentence, and the shipped chambers serve."""
    regions = corrected(tmp_path, content)

    assert [expected in str(problem) for problem in regions.problems] == [True]


def test_a_missing_correction_file_is_none(tmp_path: Path) -> None:
    """Most operators have none; one that cannot be read is said."""
    folder = small(tmp_path)
    missing = Regions.load(folder, overrides=tmp_path / "regionen-korrekturen.csv")
    unreadable = Regions.load(folder, overrides=tmp_path)

    assert missing.problems == ()
    assert missing.digest == digest_of_folder(folder)
    assert ["nicht lesbar" in str(problem) for problem in unreadable.problems] == [True]


def test_corrections_change_the_digest_and_are_dumped(tmp_path: Path) -> None:
    """A dump made with other corrections does not fit; problems come back with it."""
    regions = corrected(tmp_path, "ags,art,kammer\n05315,ihk,IHK Zwei\n5,ihk,IHK Zwei\n")
    folder, file = tmp_path / "tables", tmp_path / "regionen-korrekturen.csv"

    assert regions.digest == digest_of_folder(folder, overrides=file)
    assert regions.digest != digest_of_folder(folder)
    restored = Regions.restore(regions.dump())
    assert restored.tables == regions.tables
    assert len(restored.problems) == 1


def test_tables_pack_as_they_are(regions: Regions) -> None:
    """Packing and unpacking loses nothing."""
    packed = region_pack.pack(regions.tables, regions.names.entries)

    assert region_pack.unpack(packed) == (regions.tables, regions.names.entries)
    empty = region_tables.Tables({}, {}, {}, {}, {}, (), ())
    assert region_pack.unpack(region_pack.pack(empty, ())) == (empty, ())
