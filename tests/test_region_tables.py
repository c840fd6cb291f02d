"""The region tables: loading, dumping, the operator's corrections."""

from pathlib import Path

import pytest

from knowledge import region_pack, region_tables
from knowledge.problems import KnowledgeError
from knowledge.region_places import (
    MOST_BUTTONS,
    Ambiguous,
    ChamberKind,
    Unknown,
)
from knowledge.regions import Regions, digest_of_folder
from tests.regions_at_hand import CASES, FOLDER, SMALL, germany, keys_of, small


@pytest.fixture(scope="module")
def regions() -> Regions:
    return germany()


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


def test_a_dump_of_another_version_is_refused(dumped: bytes) -> None:
    """The number of the layout is part of the dump; the tables themselves are looked at, too."""
    with pytest.raises(ValueError, match="no dump of regions"):
        Regions.restore(dumped.replace(b"regions 2", b"regions 1", 1))
    with pytest.raises(ValueError, match="another version"):
        region_pack.unpack(b'{"tables":{}}')


# ---- loading


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
