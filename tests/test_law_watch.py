"""The law watch: every citation leads to a provision, and what changes names exactly the entries that cite it."""

import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot import init, law_check, law_command, law_fetch
from bot.commands import Exit, main
from bot.editions import packaged
from bot.law_texts import Shelf, UnreadableLawError, read_xml
from knowledge import citations, law_watch, source
from knowledge.entry import Knowledge
from knowledge.law_watch import Watch, read_watch
from knowledge.lint import lint
from knowledge.source import TextFile
from knowledge.statutes import Change, Statute, as_markdown, differing, read_markdown

TODAY = date(2026, 11, 28)
SHIPPED = Path(str(packaged()))
SMALL = Path(__file__).parent / "data" / "knowledge"
CHANGED, MISSING, MOVED = "§ 60c AufenthG", "§ 54a SGB III", "§ 26 BBiG"
XML = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE dokumente SYSTEM "http://www.gesetze-im-internet.de/dtd/1.01/gii-norm.dtd">
<dokumente builddate="20260819" doknr="BJNR149910013">
<norm><metadaten><jurabk>BeschV</jurabk><langue>Verordnung</langue></metadaten></norm>
<norm><metadaten><jurabk>BeschV</jurabk><enbez>§ 4</enbez><titel format="parat">(weggefallen)</titel></metadaten></norm>
<norm><metadaten><jurabk>BeschV</jurabk><enbez>§ 32</enbez><titel format="parat">Beschäftigung von Personen
 mit Duldung</titel></metadaten><textdaten><text format="XML"><Content><P>(1) Die Zustimmung<FnR ID="F1"/> gilt
 für</P><P>(2) <DL Type="arabic"><DT>1.</DT><DD Font="normal"><LA>Praktika,</LA></DD><DT>2.</DT><DD><LA>eine
 Ausbildung.</LA></DD></DL></P></Content></text></textdaten></norm>
</dokumente>"""
MARKDOWN = """% BeschV

# § 4 – (weggefallen)

# § 32 – Beschäftigung von Personen mit Duldung

(1) Die Zustimmung gilt für

(2)

1. Praktika,

2. eine Ausbildung.
"""


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """The shipped FAQ."""
    return source.load(packaged())


@pytest.fixture(scope="module")
def watch() -> Watch:
    """The shipped fingerprints."""
    return read_watch({file.name: file.content for file in source.read_folder(packaged())})[0]


def shipped(law: str) -> Statute | None:
    """The shipped texts."""
    return law_check.texts_of(packaged(), law)


def citing(knowledge: Knowledge, law: str, section: str) -> set[str]:
    """Who cites a section, counted without the law watch."""
    found = set()
    for entry in knowledge.entries.values():
        for citation in map(citations.parse, entry.legal_basis):
            if citation and citation.law == law and citation.includes(section):
                found.add(str(entry.id))
    return found


def test_every_shipped_citation_is_known(knowledge: Knowledge, watch: Watch) -> None:
    """Statutes that were read know every citation; fingerprints are those of the shipped texts; nothing is marked."""
    files = source.read_folder(packaged())
    assert [item for entry in knowledge.entries.values() for item in watch.problems(entry)] == []
    assert "führt zu keiner Vorschrift" not in str(lint(knowledge, files).problems)
    for law, read in watch.laws.items():
        texts = shipped(law)
        assert texts is not None, law
        assert {label: item.fingerprint for label, item in texts.provisions.items()} == read.fingerprints
    outcome = law_check.examine(knowledge, watch, shipped, shipped, TODAY)
    assert outcome.unresolved == ()
    assert outcome.watch.marks == ()
    assert set(outcome.unverified) == {
        "StVG", "SvEV", "ZKG", "ZIdPrüfV", "VO (EU) 2022/1280", "VO (EU) 2024/1348",
    }  # fmt: skip
    assert knowledge.under_review == {}


def test_three_changed_sections_name_exactly_their_entries(knowledge: Knowledge, watch: Watch) -> None:
    """One has other words, one is gone, one stands elsewhere: the entries that cite them, and no others."""

    def current(law: str) -> Statute | None:
        statute = shipped(law)
        if statute is None:
            return None
        provisions = dict(statute.provisions)
        match law:
            case "AufenthG":
                old = provisions["§ 60c"]
                new = old.text.replace("zwei Jahren", "drei Jahren").replace("Eine Duldung", "Keine Duldung")
                assert new != old.text
                provisions["§ 60c"] = type(old)("§", "60c", new)
            case "SGB III":
                del provisions["§ 54a"]
            case "BBiG":
                old = provisions.pop("§ 26")
                provisions["§ 26a"] = type(old)("§", "26a", old.text)
            case _:
                pass
        return Statute(law, provisions)

    outcome = law_check.examine(knowledge, watch, shipped, current, TODAY)

    assert {(item.name, item.what) for item in outcome.changed} == {
        (CHANGED, Change.CHANGED),
        (MISSING, Change.MISSING),
        (MOVED, Change.MOVED),
    }
    assert {mark.name: mark.where for mark in outcome.watch.marks} == {
        CHANGED: "", MISSING: "", MOVED: "§ 26a",
    }  # fmt: skip
    assert set(outcome.entries) == {CHANGED, MISSING, MOVED}
    assert set(outcome.entries[CHANGED]) == citing(knowledge, "AufenthG", "60c")
    assert set(outcome.entries[MISSING]) == citing(knowledge, "SGB III", "54a")
    assert set(outcome.entries[MOVED]) == citing(knowledge, "BBiG", "26")
    assert outcome.unresolved == ()
    reviewed = outcome.watch.under_review(knowledge.entries.values())
    assert set(reviewed) == citing(knowledge, "AufenthG", "60c") | citing(
        knowledge, "SGB III", "54a"
    ) | citing(knowledge, "BBiG", "26")
    report = law_command.report(outcome, written=True)
    assert "§ 54a SGB III gibt es nicht mehr (bemerkt am 28.11.2026)." in report
    assert "§ 26 BBiG steht jetzt in § 26a" in report
    assert "bisher: (1)" in report
    assert '--geprueft "' in report


def test_a_copy_with_three_sections_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By command, on files: exactly the entries whose YAML names them are marked, one in a range of sections among them."""
    folder, laws = tmp_path / "wissen", tmp_path / "texte"
    init.fill(folder)
    laws.mkdir()
    for file in (folder / "gesetze").glob("*.md"):
        shutil.copy(file, laws / file.name.replace("_", " "))
    one = next(
        path for path in sorted((folder / "faq").iterdir()) if "      - § 54a SGB III\n" in path.read_text()
    )
    one.write_text(one.read_text().replace("- § 54a SGB III", "- §§ 54–55 SGB III", 1))
    assert main(["gesetze", str(folder), "--from", str(laws)]) == Exit.OK, capsys.readouterr().out

    change(laws / "AufenthG.md", "60c", lambda text: text.replace("Eine Duldung", "Keine Duldung"))
    change(laws / "SGB III.md", "54a", lambda _: "")
    change(laws / "BBiG.md", "26", lambda text: text.replace("# § 26 ", "# § 26z ", 1))
    assert main(["gesetze", str(folder), "--from", str(laws)]) == Exit.PROBLEMS

    said = capsys.readouterr().out
    assert [line[2:].split(" (")[0] for line in said.splitlines() if line.startswith("■")] == [
        f"{CHANGED} hat einen neuen Wortlaut", f"{MOVED} steht jetzt in § 26z", f"{MISSING} gibt es nicht mehr",
    ]  # fmt: skip
    named = {
        "AufenthG": naming(folder, "- § 60c( |,)[^\n]*AufenthG"),
        "BBiG": naming(folder, "- § 26( |,)[^\n]*BBiG"),
        "SGB III": naming(folder, "- (§ 54a( |,)[^\n]*|§§ 54–55 )SGB III"),
    }
    assert all(len(entries) > 3 for entries in named.values())
    marked = source.load(folder).under_review
    for law, entries in named.items():
        assert {
            str(entry) for entry, marks in marked.items() if any(mark.law == law for mark in marks)
        } == entries


def change(file: Path, section: str, how: Callable[[str], str]) -> None:
    """Change one section of a statute."""
    text = file.read_text("utf-8")
    start = text.index(f"# § {section} ")
    end = text.find("\n# §", start)
    old = text[start : end if end > 0 else len(text)]
    assert how(old) != old
    file.write_text(text.replace(old, how(old)), "utf-8")


def naming(folder: Path, citation: str) -> set[str]:
    """The entries whose YAML has such a line; read without the knowledge or the law watch."""
    found: set[str] = set()
    for file in (folder / "faq").glob("*.yaml"):
        entry, in_list = "", False
        for line in file.read_text("utf-8").splitlines():
            if begin := re.match(r"  - id: (\S+)", line):
                entry = begin[1]
            if re.match(r"    \w+:", line):
                in_list = line.startswith("    rechtsgrundlage:")
            if in_list and re.search(f"{citation}$", line):
                found.add(entry)
    return found


def test_xml_and_markdown_are_the_same() -> None:
    """The official XML, its zip and a Markdown copy have the same provisions and fingerprints; what is gone is left out."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("BJNR149910013.xml", XML)
    for statute in (
        read_xml("BeschV", XML.encode()),
        read_xml("BeschV", packed.getvalue()),
        read_markdown("BeschV", MARKDOWN),
    ):
        assert list(statute.provisions) == ["§ 32"]
        assert statute.provisions["§ 32"].fingerprint == (
            read_markdown("BeschV", as_markdown(statute)).provisions["§ 32"].fingerprint
        )
    official = read_xml("BeschV", XML.encode()).provisions["§ 32"]
    assert official.fingerprint == read_markdown("BeschV", MARKDOWN).provisions["§ 32"].fingerprint
    assert "1. Praktika," in official.text
    assert official.has_paragraph("2")
    assert not official.has_paragraph("3")


@pytest.mark.parametrize(
    "content",
    [
        b"<html></html>",
        b"PK\x03\x04 nothing",
        b"not XML",
        b'<!DOCTYPE a [<!ENTITY x "y">]><dokumente>&x;</dokumente>',
    ],
)
def test_rubbish_is_no_statute(content: bytes) -> None:
    """A page of an error, a broken zip, an entity bomb."""
    with pytest.raises(UnreadableLawError):
        read_xml("BeschV", content)


def test_where_statutes_lie(tmp_path: Path) -> None:
    """By abbreviation as Markdown, SGB by number, by the publisher's folder as XML; else it is not at hand."""
    (tmp_path / "SGB_3.md").write_text("# § 54a – EQ\n\nText.\n")
    (tmp_path / "beschv_2013").mkdir()
    (tmp_path / "beschv_2013" / "BJNR.xml").write_text(XML)
    (tmp_path / "bbig_2005.xml").write_text(XML)
    shelf = Shelf(tmp_path)
    assert shelf.read("SGB III", "sgb_3") == read_markdown("SGB III", "# § 54a – EQ\n\nText.\n")
    assert shelf.read("BeschV", "beschv_2013") is not None
    assert shelf.read("BBiG", "bbig_2005") is not None
    assert shelf.read("ZKG", "") is None


def test_only_what_differs_is_shown() -> None:
    """Paragraphs that are the same are left out; one that is new stands alone."""
    assert differing("(1) a\n\n(2) b", "(1) a\n\n(2) c\n\n(3) d") == [("(2) b", "(2) c\n(3) d")]
    assert differing("(1) a", "") == [("(1) a", "")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small knowledge folder and statutes beside it."""
    place = tmp_path / "wissen"
    shutil.copytree(SMALL, place)
    laws = tmp_path / "texte"
    laws.mkdir()
    cited: dict[str, set[str]] = {}
    for entry in source.load(place).entries.values():
        for citation in map(citations.parse, entry.legal_basis):
            assert citation is not None
            if citation.kind == "§" and not citation.until:
                cited.setdefault(citation.law, set()).add(citation.section)
    for law, sections in cited.items():
        texts = (f"# § {section} – Titel\n\n" + ABSAETZE.format(section) for section in sorted(sections))
        (laws / f"{law}.md").write_text("\n".join(texts))
    return place


ABSAETZE = (
    "\n\n".join(f"({number}) Wort für Wort {{0}} im Absatz {number}." for number in range(1, 13)) + "\n"
)


def run(folder: Path, *more: str) -> int:
    """``lotsenbot gesetze`` on the folder with the statutes beside it."""
    return main(["gesetze", str(folder), "--from", str(folder.parent / "texte"), *more])


def test_from_change_to_review(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """First reading, a change, the mark in the knowledge, "reviewed": every step by command."""
    before = {path: path.read_bytes() for path in (folder / "faq").iterdir()}
    assert run(folder) == Exit.OK, capsys.readouterr().out
    assert source.load(folder).under_review == {}
    law = folder.parent / "texte" / "SGB III.md"
    law.write_text(law.read_text().replace("Wort 54a im Absatz 1.", "Wort 54a im Absatz 1, ab 2027."))
    capsys.readouterr()

    assert run(folder) == Exit.PROBLEMS
    said = capsys.readouterr().out
    assert "■ § 54a SGB III hat einen neuen Wortlaut" in said
    assert "neu:    (1) Wort für Wort 54a im Absatz 1, ab 2027." in said
    marked = source.load(folder)
    assert "eq-zuschuss" in marked.under_review
    findings = lint(marked, source.read_folder(folder))
    assert any("§ 54a SGB III hat einen neuen Wortlaut" in item.message for item in findings.notices)
    assert (folder / "gesetze.yaml").read_text() == law_watch.dump(
        read_watch({"gesetze.yaml": (folder / "gesetze.yaml").read_bytes()})[0]
    )

    assert run(folder) == Exit.PROBLEMS  # again: still to be reviewed
    assert main(["gesetze", str(folder), "--geprueft", "§ 54a SGB III", "--geprueft", "§ 1 XYZ"]) == Exit.OK
    said = capsys.readouterr().out
    assert "Geprüft: § 54a SGB III.\nNicht vorgemerkt: § 1 XYZ.\nNichts ist mehr vorgemerkt." in said
    assert source.load(folder).under_review == {}
    assert run(folder) == Exit.OK
    assert {path: path.read_bytes() for path in (folder / "faq").iterdir()} == before


def test_a_citation_of_nothing_is_a_problem(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A section or Absatz that does not exist is named by the command; the lint refuses the section."""
    run(folder)
    eq = folder / "faq" / "t05-eq.yaml"
    eq.write_text(eq.read_text().replace("§ 54a", "§ 54z", 1))
    files = source.read_folder(folder)
    problems = [str(item) for item in lint(source.parse(files), files).problems]
    assert any("führt zu keiner Vorschrift: Im SGB III (gelesen am" in item for item in problems)
    capsys.readouterr()
    assert run(folder) == Exit.PROBLEMS
    assert "Führen zu keiner Vorschrift (1):" in capsys.readouterr().out


def test_a_broken_file_of_the_watch_is_a_problem() -> None:
    """Like any other file of the folder."""
    found, problems = read_watch({"gesetze.yaml": b"gesetze:\n  BBiG:\n    gelesen: gestern\n"})
    assert found == Watch()
    assert problems[0].file == "gesetze.yaml"


async def test_fetched_once_until_it_changes(tmp_path: Path) -> None:
    """The second time the publisher is asked whether it changed; a law that is not there keeps what was fetched."""
    asked: list[str] = []
    state = {"etag": '"1"', "up": True}

    async def serve(request: web.Request) -> web.Response:
        asked.append(request.headers.get("If-None-Match", ""))
        if not state["up"] or request.match_info["law"] != "beschv_2013":
            raise web.HTTPNotFound
        if asked[-1] == state["etag"]:
            return web.Response(status=304)
        return web.Response(body=XML.encode(), headers={"ETag": str(state["etag"])})

    app = web.Application()
    app.router.add_get("/{law}/xml.zip", serve)
    async with TestServer(app) as server:
        url = str(server.make_url("/"))
        first = await law_fetch.fetch(url, ["beschv_2013", "zkg"], tmp_path)
        assert (first.new, first.failed) == (("beschv_2013",), ("zkg",))
        assert (await law_fetch.fetch(url, ["beschv_2013"], tmp_path)).same == ("beschv_2013",)
        state["etag"] = '"2"'
        assert (await law_fetch.fetch(url, ["beschv_2013"], tmp_path)).new == ("beschv_2013",)
        state["up"] = False
        assert (await law_fetch.fetch(url, ["beschv_2013"], tmp_path)).failed == ("beschv_2013",)
    assert sorted(asked) == ["", "", '"1"', '"1"', '"2"']
    gone = await law_fetch.fetch(url, ["beschv_2013"], tmp_path)
    assert gone.failed == ("beschv_2013",)
    assert Shelf(tmp_path).read("BeschV", "beschv_2013") is not None


def test_lint_wants_nothing_of_unread_laws() -> None:
    """Without the file, or for a law nobody has read, nothing is said."""
    files = tuple(source.read_folder(SMALL))
    assert not any("keiner Vorschrift" in item.message for item in lint(source.parse(files), files).problems)
    empty = (*files, TextFile("gesetze.yaml", b"gesetze: {}\n"))
    assert source.parse(empty).under_review == {}
