"""The Lotsen: who serves whom, who stands in."""

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.directory import Branch, Directory, LotseId, Relation
from knowledge.regions import Regions
from tests.lotsen_at_hand import good, lotse, place, sample_directory, served
from tests.regions_at_hand import germany

DATA = files("knowledge") / "data"
QUICK = settings(deadline=None, max_examples=100)


@pytest.fixture(scope="module")
def regions() -> Regions:
    return germany()


@pytest.fixture(scope="module")
def sample() -> Directory:
    return sample_directory()


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
