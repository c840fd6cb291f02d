"""Text to place, Kreis and chambers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.region_names import plain, strict
from knowledge.region_places import (
    MOST_BUTTONS,
    Ambiguous,
    Found,
    Guess,
    LandOnly,
    Reason,
    Unknown,
)
from knowledge.regions import Regions
from tests.regions_at_hand import CASES, germany, keys_of, places_of, status_of

QUICK = settings(deadline=None, max_examples=150)


@pytest.fixture(scope="module")
def regions() -> Regions:
    return germany()


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
        ("Dachau bei München", Guess, Reason.PART, ["Dachau"]),
        ("Freising nahe München", Guess, Reason.PART, ["Freising"]),
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
