"""The Lotsen: the form of the file, who serves whom, who stands in, what is not covered."""

from collections.abc import Mapping
from datetime import time
from importlib.resources import files
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.coverage import coverage
from knowledge.directory import Body, Branch, Directory, LotseId, ParsedDirectory, Relation, parse
from knowledge.office_hours import OfficeHours, parse_hours
from knowledge.region_places import Place
from knowledge.regions import Regions

DATA = files("knowledge") / "data"
QUICK = settings(deadline=None, max_examples=100)


@pytest.fixture(scope="module")
def regions() -> Regions:
    return Regions.load(DATA / "regions")


@pytest.fixture(scope="module")
def sample(regions: Regions) -> Directory:
    parsed = parse({"lotsen.yaml": (DATA / "lotsen.yaml").read_bytes()}, regions)
    assert parsed.problems == ()
    assert parsed.directory is not None
    return parsed.directory


def lotse(lotse_id: str, **changed: Any) -> dict[str, Any]:
    """The fields of one Lotse as an editor writes them; ``None`` leaves a field out."""
    fields: dict[str, Any] = {
        "id": lotse_id,
        "name": f"Muster {lotse_id}",
        "organisation": "IHK zu Köln",
        "art": "IHK",
        "ort": "Köln",
        "land": "NW",
        "kreise": ["05315"],
        "email": "lotse@ihk.example",
        **changed,
    }
    return {name: value for name, value in fields.items() if value is not None}


def read(regions: Regions, *lotsen: Mapping[str, Any], **top: Any) -> ParsedDirectory:
    """The directory of a file with these Lotsen."""
    text = yaml.safe_dump(
        {**top, "lotsen": [dict(one) for one in lotsen]}, allow_unicode=True, sort_keys=False
    )
    return parse({"lotsen.yaml": text.encode()}, regions)


def good(regions: Regions, *lotsen: Mapping[str, Any], **top: Any) -> Directory:
    parsed = read(regions, *lotsen, **top)
    assert parsed.problems == ()
    assert parsed.directory is not None
    return parsed.directory


def place(regions: Regions, key: str) -> Place:
    found = regions.by_key(key)
    assert found is not None
    return found


def served(directory: Directory, where: Place, branch: Branch) -> list[tuple[str, Relation]]:
    return [(item.lotse.id, item.relation) for item in directory.serving(where, branch).candidates]


# ---- the sample


def test_the_sample_is_marked_and_invented(sample: Directory) -> None:
    """140 Lotsen, marked as a sample, with addresses and numbers that nobody has."""
    assert sample.muster
    assert len(sample.lotsen) == 140
    for one in sample.lotsen.values():
        assert "(Muster)" in one.name
        assert one.email.endswith(".example")
        assert one.telefon.startswith("+49 30 23125 ")


def test_the_sample_leaves_nothing_to_mend(sample: Directory) -> None:
    """No gaps, no lonely rings of deputies, every office found."""
    assert sample.notices == ()


def test_every_kreis_is_served(regions: Regions, sample: Directory) -> None:
    """For every Kreis the Lotsen of its IHK and of its HWK are responsible, and no others."""
    for ags in regions.kreise:
        where = place(regions, f"k{ags}")
        for branch, kammer in ((Branch.IHK, where.ihk.name), (Branch.HANDWERK, where.hwk.name)):
            responsible = sample.serving(where, branch).responsible
            assert {item.lotse.kammer for item in responsible} == {kammer}


def test_every_land_has_a_coordinator_of_its_own(regions: Regions, sample: Directory) -> None:
    """The coordinator works in the Land; an unknown Land has none."""
    for code in regions.lands:
        coordinator = sample.coordinator(code)
        assert coordinator is not None
        assert coordinator.land == code
    assert sample.coordinator("XX") is None


def test_every_lotse_of_the_sample_has_deputies_in_the_land(sample: Directory) -> None:
    """Deputies come from the same Land and never name the Lotse again."""
    for one in sample.lotsen.values():
        chain = sample.deputies(one.id)
        assert chain
        assert one not in chain
        assert {deputy.land for deputy in chain} == {one.land}


# ---- who serves


@pytest.mark.parametrize(
    ("key", "branch", "expected"),
    [
        ("p50667", Branch.IHK, ["IHK zu Köln"]),
        ("p50667", Branch.HANDWERK, ["HWK zu Köln"]),
        ("p50667", Branch.UNBEKANNT, ["IHK zu Köln", "HWK zu Köln"]),
        ("g03454041", Branch.IHK, ["IHK für Ostfriesland und Papenburg"]),
        ("g03454032", Branch.IHK, ["IHK Osnabrück - Emsland - Grafschaft Bentheim"]),
        ("g05954036", Branch.IHK, ["IHK Mittleres Ruhrgebiet"]),
        ("p63450", Branch.IHK, ["IHK Hanau-Gelnhausen-Schlüchtern"]),
        ("g03454041", Branch.FREIE, ["Beispiel-Zahnärztekammer Niedersachsen"]),
        (
            "g05566076",
            Branch.HANDWERK,
            ["HWK Münster", "Kreishandwerkerschaft Steinfurt-Warendorf"],
        ),
        ("g05566076", Branch.IHK, ["IHK Nord Westfalen"]),
        (
            "k15089",
            Branch.FREIE,
            ["Beispiel-Bildungswerk der Wirtschaft Sachsen-Anhalt"],
        ),
    ],
)
def test_place_and_branch_decide(
    regions: Regions, sample: Directory, key: str, branch: Branch, expected: list[str]
) -> None:
    """The chamber of the place and the branch comes first; other bodies follow; nobody else is named."""
    candidates = sample.serving(place(regions, key), branch).candidates

    assert [item.lotse.organisation for item in candidates] == expected


def test_other_bodies_are_also_responsible(regions: Regions, sample: Directory) -> None:
    """A Kreishandwerkerschaft beside the chamber is offered second, with its label."""
    candidates = sample.serving(place(regions, "k05566"), Branch.HANDWERK).candidates

    assert [str(item.relation) for item in candidates] == ["zuständig", "auch zuständig"]
    assert [item.km for item in candidates] == [None, None]


def test_without_anyone_the_nearest_of_the_land_is_named(regions: Regions, sample: Directory) -> None:
    """A doctor in Köln has no Lotse: the chambers next door, near but not responsible, nearest first."""
    candidates = sample.serving(place(regions, "p50667"), Branch.FREIE).candidates

    assert {item.relation for item in candidates} == {Relation.NEARBY}
    assert str(candidates[0].relation) == "nicht zuständig, aber in der Nähe"
    assert len(candidates) == 3
    assert {item.lotse.land for item in candidates} == {"NW"}
    distances = [item.km for item in candidates if item.km is not None]
    assert distances == sorted(distances)
    assert sample.serving(place(regions, "p50667"), Branch.FREIE).responsible == ()


def test_without_anyone_in_the_land_the_nearest_of_all_is_named(regions: Regions) -> None:
    """A single Lotse in Köln is still better than silence for a firm in Kiel."""
    directory = good(regions, lotse("A"), lotse("B", organisation="HWK zu Köln", art="HWK"))

    assert served(directory, place(regions, "k01002"), Branch.IHK) == [("A", Relation.NEARBY)]
    assert served(directory, place(regions, "k01002"), Branch.UNBEKANNT) == [
        ("A", Relation.NEARBY),
        ("B", Relation.NEARBY),
    ]
    only_ihk = good(regions, lotse("A"))
    assert served(only_ihk, place(regions, "k01002"), Branch.HANDWERK) == [("A", Relation.NEARBY)]


def test_nobody_serves_an_empty_directory(regions: Regions) -> None:
    """Without Lotsen there are no candidates, and nothing breaks."""
    empty = Directory({})

    assert empty.serving(place(regions, "p50667"), Branch.IHK).candidates == ()
    assert empty.deputies(LotseId("A")) == ()


def test_a_colleague_of_the_chamber_helps_out_of_district(regions: Regions) -> None:
    """Where the responsible chamber has no Lotse for the Kreis, its other Lotsen are responsible."""
    directory = good(regions, lotse("A", kreise=["05362"]), lotse("B", kreise=["05374"]))

    assert served(directory, place(regions, "k05374"), Branch.IHK) == [("B", Relation.RESPONSIBLE)]
    assert served(directory, place(regions, "k05315"), Branch.IHK) == [
        ("A", Relation.RESPONSIBLE),
        ("B", Relation.RESPONSIBLE),
    ]


def test_an_unknown_spelling_of_a_chamber_serves_its_kreise(regions: Regions) -> None:
    """ "IHK Köln" is not in the list, so only the Kreise decide, and the operator is told the right name."""
    directory = good(regions, lotse("A", organisation="IHK Köln"))

    assert served(directory, place(regions, "k05315"), Branch.IHK) == [("A", Relation.RESPONSIBLE)]
    assert any("Meinten Sie „IHK zu Köln“?" in notice.message for notice in directory.notices)


def test_the_wrong_chamber_of_a_cut_kreis_is_not_offered(regions: Regions) -> None:
    """Papenburg goes to Emden also when the colleague in Osnabrück lists the Kreis."""
    osnabrueck = lotse(
        "A",
        organisation="IHK Osnabrück - Emsland - Grafschaft Bentheim",
        kreise=["03454"],
        ort="Osnabrück",
        land="NI",
    )
    emden = lotse(
        "B", organisation="IHK für Ostfriesland und Papenburg", kreise=["03402"], ort="Emden", land="NI"
    )
    papenburg = place(regions, "g03454041")

    assert served(good(regions, osnabrueck, emden), papenburg, Branch.IHK) == [("B", Relation.RESPONSIBLE)]
    assert served(good(regions, osnabrueck), papenburg, Branch.IHK) == [("A", Relation.ALSO)]


def test_other_bodies_serve_the_branches_they_name(regions: Regions) -> None:
    """Without "branchen" a body serves all."""
    guild = lotse("A", organisation="Innung", art="andere", branchen=["handwerk"])
    school = lotse("B", organisation="Bildungswerk", art="andere")
    directory = good(regions, guild, school)
    koeln = place(regions, "k05315")

    assert served(directory, koeln, Branch.HANDWERK) == [("A", Relation.ALSO), ("B", Relation.ALSO)]
    assert served(directory, koeln, Branch.IHK) == [("B", Relation.ALSO)]
    assert served(directory, koeln, Branch.UNBEKANNT) == [("A", Relation.ALSO), ("B", Relation.ALSO)]


def test_a_plz_in_two_kreise_finds_both(regions: Regions) -> None:
    """27568 is Bremerhaven and a harbour of Bremen: one chamber, two Kreise."""
    bremen = lotse("A", organisation="Bildungswerk", art="andere", kreise=["04011"], ort="Bremen", land="HB")

    assert served(good(regions, bremen), place(regions, "p27568"), Branch.IHK) == [("A", Relation.ALSO)]


@QUICK
@given(data=st.data(), branch=st.sampled_from(Branch))
def test_somebody_is_always_found_and_nobody_twice(
    regions: Regions, sample: Directory, data: st.DataObject, branch: Branch
) -> None:
    """Every place and branch has a candidate; relations come in order."""
    ags = data.draw(st.sampled_from(list(regions.tables.gemeinden)))

    candidates = sample.serving(place(regions, f"g{ags}"), branch).candidates

    ids = [item.lotse.id for item in candidates]
    assert ids
    assert len(set(ids)) == len(ids)
    order = [list(Relation).index(item.relation) for item in candidates]
    assert order == sorted(order)


# ---- deputies


@QUICK
@given(
    names=st.dictionaries(
        st.sampled_from("ABCDEF"), st.lists(st.sampled_from("ABCDEF"), unique=True), min_size=1
    )
)
def test_any_ring_of_deputies_ends(regions: Regions, names: dict[str, list[str]]) -> None:
    """However deputies refer to each other, the chain is finite, without the Lotse and without doubles."""
    known = {
        name: [other for other in others if other in names and other != name]
        for name, others in names.items()
    }
    directory = good(regions, *(lotse(name, vertretung=others) for name, others in known.items()))

    for name, others in known.items():
        chain = [deputy.id for deputy in directory.deputies(LotseId(name))]
        assert chain[: len(others)] == others
        assert name not in chain
        assert len(set(chain)) == len(chain)


def test_deputies_of_deputies_follow(regions: Regions) -> None:
    """First those the Lotse names, then those whom they name."""
    directory = good(
        regions, lotse("A", vertretung=["B", "C"]), lotse("B", vertretung=["D"]), lotse("C"), lotse("D")
    )

    assert [one.id for one in directory.deputies(LotseId("A"))] == ["B", "C", "D"]


def test_a_lonely_ring_is_a_notice(regions: Regions) -> None:
    """Two who only stand in for each other need a third or a coordinator; the file still loads."""
    pair = (lotse("A", vertretung=["B"]), lotse("B", vertretung=["A"]), lotse("C"))

    alone = good(regions, *pair)
    inside = good(regions, *pair, koordination={"NW": "A"})
    outside = good(regions, *pair, koordination={"NW": "C"})

    def rings(directory: Directory) -> list[str]:
        return [notice.entry for notice in directory.notices if "läuft im Kreis" in notice.message]

    assert (rings(alone), rings(inside), rings(outside)) == (["A", "B"], ["A", "B"], [])


# ---- problems and notices


def problems(parsed: ParsedDirectory) -> list[str]:
    assert parsed.directory is None
    return [str(problem) for problem in parsed.problems]


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
