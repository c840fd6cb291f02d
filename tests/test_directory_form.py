"""The file of the Lotsen: its problems and notices, the coverage report, office hours."""

from datetime import time
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.coverage import coverage
from knowledge.directory import Body, Branch, Directory, LotseId, parse
from knowledge.office_hours import OfficeHours, parse_hours
from knowledge.regions import Regions
from tests.lotsen_at_hand import good, lotse, problems, read, sample_directory
from tests.regions_at_hand import germany

DATA = files("knowledge") / "data"
QUICK = settings(deadline=None, max_examples=100)


@pytest.fixture(scope="module")
def regions() -> Regions:
    return germany()


@pytest.fixture(scope="module")
def sample() -> Directory:
    return sample_directory()


# ---- problems and notices


def test_every_problem_is_named_at_once(regions: Regions) -> None:
    """File, line, id and what to do, for all Lotsen of the file."""
    parsed = read(
        regions,
        lotse("A", kreise=["5315", "05315000", "99999"], vertretung=["A", "X"]),
        lotse("A", email=None),
        lotse("B", branchen=["ihk"]),
        koordination={"NW": "Y"},
    )

    assert problems(parsed) == [
        'lotsen.yaml:11: [A] „5315“: die führende Null fehlt. Bitte "05315" schreiben.',
        'lotsen.yaml:12: [A] „05315000“ ist eine Gemeinde. Hier steht der Kreis: "05315".',
        "lotsen.yaml:13: [A] „99999“ ist kein Kreis. Gebraucht wird der Schlüssel mit 5 Ziffern oder ein Land wie BY.",
        "lotsen.yaml:16: [A] Niemand vertritt sich selbst. Bitte löschen.",
        "lotsen.yaml:17: [A] Die Vertretung „X“ gibt es nicht. Id berichtigen oder löschen.",
        "lotsen.yaml:18: [A] Die id „A“ gibt es schon in Zeile 4. Bitte eine andere wählen.",
        "lotsen.yaml:18: [A] Es fehlt „email“ oder „telefon“. Eins von beiden angeben.",
        "lotsen.yaml:35: [B] „branchen“ gilt nur für art „andere“: Kammern ergeben sich aus der Art. Bitte löschen.",
        "lotsen.yaml:2: „Y“ ist bei „koordination“ unbekannt. Id berichtigen oder Zeile löschen.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"name": None}, "[A] Das Feld „name“ fehlt. Bitte ergänzen."),
        ({"nahme": "x"}, "[A] Das Feld „nahme“ gibt es nicht."),
        ({"art": "LWK"}, "[A] „LWK“ ist bei „art“ nicht möglich."),
        ({"land": "XX"}, "[A] „XX“ ist bei „land“ nicht möglich."),
        ({"kreise": []}, "[A] „kreise“ ist leer."),
        ({"kreise": [5315]}, "[A] „kreise“ muss Text sein. Zahlen"),
        ({"id": "klein"}, "„klein“ hat nicht die Form, die „id“ braucht."),
        ({"email": "keine"}, "[A] „keine“ hat nicht die Form, die „email“ braucht."),
        ({"telefon": "anrufen"}, "[A] „anrufen“ hat nicht die Form, die „telefon“ braucht."),
        ({"name": "<b>A</b>"}, "[A] „<b>A</b>“ hat nicht die Form, die „name“ braucht."),
        ({"sprechzeiten": "immer"}, "[A] „sprechzeiten“: bitte so schreiben: Mo-Do 9-16, Fr 9-12:30."),
        ({"sprechzeiten": "Mo-Xx 9-16"}, "[A] „sprechzeiten“: „xx“ ist kein Wochentag"),
        ({"sprechzeiten": "Mo 25-26"}, "[A] „sprechzeiten“: „25“ ist keine Uhrzeit."),
        ({"kreise": ["05315", 5316]}, "lotsen.yaml:10: [A] „kreise“ muss Text sein."),
        ({"sprechzeiten": "Mo 16-9"}, "[A] „sprechzeiten“: „Mo 16-9“ endet nicht nach dem Anfang."),
    ],
)
def test_a_wrong_field_is_explained(regions: Regions, changed: dict[str, Any], expected: str) -> None:
    """Each wrong field gives one German sentence with the id."""
    found = problems(read(regions, lotse("A", **changed)))

    assert [expected in problem for problem in found] == [True]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"lotsen: [", "Das ist kein g\u00fcltiges YAML"),
        (b"\xff", "lotsen.yaml:1: Die Datei ist nicht in UTF-8 gespeichert."),
        (b"muster: true\n", "Das Feld „lotsen“ fehlt."),
        (b"lotsen: []\n", "Die Liste „lotsen“ ist leer."),
        (b"lotsen: [x]\n", "Felder erwartet"),
        (b"", "Felder erwartet"),
    ],
)
def test_a_file_that_is_no_directory_is_a_problem(regions: Regions, content: bytes, expected: str) -> None:
    """Broken files are named in one sentence."""
    found = problems(parse({"lotsen.yaml": content}, regions))

    assert [expected in problem for problem in found] == [True]


def test_a_missing_file_is_a_problem(regions: Regions) -> None:
    """Without a directory no question reaches a person."""
    assert problems(parse({}, regions)) == [
        "lotsen.yaml: Die Datei fehlt: ohne sie kann keine Frage an einen Menschen gehen. Muster: „lotsenbot init“."
    ]


def test_gaps_are_notices(regions: Regions) -> None:
    """Kreise that nobody serves, Länder that nobody coordinates, strange districts and towns stop nothing."""
    directory = good(
        regions,
        lotse("A", kreise=["NW"], koordination=None, ort="Nirgendwo"),
        lotse("B", organisation="Qqqq", kreise=["05314"]),
        koordination={"NW": "A"},
    )
    told = [str(notice) for notice in directory.notices]

    assert any(
        "[A] Bonn (05314) gehört nach kreise.csv zu „IHK Bonn/Rhein-Sieg“ (Konfidenz A)" in line
        for line in told
    )
    assert any(
        "[A] Der Ort „Nirgendwo“ wurde in Nordrhein-Westfalen nicht eindeutig gefunden" in line
        for line in told
    )
    assert any("„Qqqq“ steht nicht in kammern.csv; zuständig nur nach „kreise“." in line for line in told)
    assert any("Bayern: niemand von einer IHK ist zuständig für Ingolstadt" in line for line in told)
    assert any("Bayern: niemand koordiniert." in line for line in told)
    assert not any("Nordrhein-Westfalen: niemand von einer IHK" in line for line in told)
    assert not any("Nordrhein-Westfalen: niemand koordiniert" in line for line in told)


@pytest.mark.parametrize(
    ("ort", "land", "near"),
    [("Köln", "NW", 50.9), ("Frankfurt", "BB", 52.3), ("Halle", "NW", 52.0), ("Münchn", "BY", 48.1)],
)
def test_the_office_is_found_in_its_land(regions: Regions, ort: str, land: str, near: float) -> None:
    """An ambiguous town is the one in the Land of the Lotse."""
    directory = good(
        regions, lotse("A", organisation="Verband", art="andere", ort=ort, land=land, kreise=[land])
    )

    assert abs(directory.lotsen[LotseId("A")].lat - near) < 0.2


def test_a_land_stands_for_its_kreise(regions: Regions) -> None:
    """ "BY" is all 96 Kreise of Bayern."""
    directory = good(
        regions, lotse("A", art="FB", organisation="Verband", ort="München", land="BY", kreise=["BY"])
    )
    one = directory.lotsen[LotseId("A")]

    assert len(one.kreise) == 96
    assert one.art is Body.FB
    assert one.branchen == {Branch.FREIE}


def test_two_readings_of_one_file_are_equal(regions: Regions, sample: Directory) -> None:
    """A reload can tell that nothing changed."""
    again = parse({"lotsen.yaml": (DATA / "lotsen.yaml").read_bytes()}, regions).directory

    assert again == sample


# ---- coverage


def test_the_sample_covers_every_kreis(regions: Regions, sample: Directory) -> None:
    """401 Kreise, none without a chamber's Lotse, 202 with an unverified chamber."""
    report = coverage(regions, sample)

    assert len(report.rows) == 401
    assert len(report.laender) == 16
    assert report.unserved == ()
    assert len(report.unverified) == 202
    assert all(kammer.confidence == "C" for row in report.unverified for kammer in row.unverified)
    assert all(land.coordinator for land in report.laender)


def test_gaps_show_in_the_coverage(regions: Regions) -> None:
    """A Kreis with an IHK Lotse only lacks the Handwerk."""
    report = coverage(regions, good(regions, lotse("A")))
    koeln = next(row for row in report.rows if row.kreis.ags == "05315")

    assert koeln.missing == (Branch.HANDWERK,)
    assert [one.id for one in koeln.lotsen[Body.IHK]] == ["A"]
    assert len(report.unserved) == 401


# ---- office hours


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("Mo-Fr 9-16", (OfficeHours((0, 1, 2, 3, 4), time(9), time(16)),)),
        (
            "mo - do 8:30–16.15 Uhr, Fr 8-12",
            (OfficeHours((0, 1, 2, 3), time(8, 30), time(16, 15)), OfficeHours((4,), time(8), time(12))),
        ),
        ("Mo, Mi, Do 9-15", (OfficeHours((0, 2, 3), time(9), time(15)),)),
        ("Fr-Mo 9-12", (OfficeHours((0, 4, 5, 6), time(9), time(12)),)),
    ],
)
def test_office_hours_are_read(text: str, expected: tuple[OfficeHours, ...]) -> None:
    """The ways in which people write them."""
    assert parse_hours(text) == expected


@pytest.mark.parametrize("text", ["Mo-Fr", "9-16", "Mo 9", "Mo-Fr 9-16 und mehr", "Mo 9:75-16", "Mo 9-16,,"])
def test_unclear_office_hours_are_refused(text: str) -> None:
    """What cannot be read is not guessed."""
    with pytest.raises(ValueError, match=r"schreiben|Uhrzeit"):
        parse_hours(text)


def test_office_hours_hold() -> None:
    """From the first minute until before the last."""
    hours = OfficeHours((0, 4), time(9), time(12))

    assert hours.hold(0, time(9))
    assert hours.hold(4, time(11, 59))
    assert not hours.hold(0, time(12))
    assert not hours.hold(1, time(10))


@given(text=st.text(max_size=80))
def test_no_text_breaks_office_hours(text: str) -> None:
    """Arbitrary text is hours or a ValueError."""
    try:
        found = parse_hours(text)
    except ValueError:
        return
    assert all(one.start < one.end and set(one.days) <= set(range(7)) for one in found)
