"""Versions on disk: whole or not there, the last five, candidates; what answers after a start; files that are sent."""

import logging
import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.accepted import Begun, begin, tell_waiting
from bot.cache import Cache, Memory
from bot.editions import Editions
from bot.model import NoticeKind
from bot.sent_files import Written, into_folder, place_of, with_file
from bot.storage import StorageError, Store
from bot.versions import KEPT, Meta, Note, Origin, Versions, read_files
from knowledge import source
from knowledge.entry import EntryId
from knowledge.news import News
from knowledge.problems import KnowledgeError
from knowledge.source import TextFile
from tests.gate_at_hand import NEW, OLD, edit
from tests.wound_clock import WoundClock

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
META = Meta(0, "", 7, NOW, Origin.FOLDER, 15, 5)


def some_files(text: str = "x") -> tuple[TextFile, ...]:
    """Files as a folder has them; what is in them does not matter here."""
    return (TextFile("faq/a.yaml", text.encode()), TextFile("lotsen.yaml", b"y"))


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    """An empty directory of versions."""
    return Versions(tmp_path / "versions")


def test_a_version_is_a_whole_copy(versions: Versions) -> None:
    """Numbered, dated, with the digest in its name; it reads like the folder it was made from."""
    version = versions.record(some_files(), META)

    digest = source.digest(some_files())
    assert version.meta == replace(META, number=1, digest=digest)
    assert version.path.name == f"1-{digest[:8]}"
    assert read_files(version.path) == some_files()
    assert versions.newest() == versions.get(1) == version
    assert versions.is_whole(version)
    assert sorted(path.name for path in version.path.rglob("*")) == [
        "a.yaml",
        "faq",
        "lotsen.yaml",
        "meta.json",
    ]


def test_the_last_five_are_kept(versions: Versions) -> None:
    """Older ones go, numbers go on; the same content may come again."""
    for number in range(7):
        versions.record(some_files(str(number % 2)), META)

    assert [version.meta.number for version in versions.all()] == [7, 6, 5, 4, 3]
    assert len(versions.all()) == KEPT
    assert versions.get(2) is None


def test_what_cannot_be_read_is_left_out(
    versions: Versions, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """A damaged note of a version, a stray file; its number is not given again."""
    versions.record(some_files(), META)
    second = versions.record(some_files("2"), META)
    (second.path / "meta.json").write_text("{")
    (tmp_path / "versions" / "notes.txt").touch()

    with caplog.at_level(logging.WARNING):
        assert [version.meta.number for version in versions.all()] == [1]
    assert "cannot be read" in caplog.text
    assert versions.record(some_files("3"), META).meta.number == 3


def test_a_changed_version_is_not_whole(versions: Versions) -> None:
    """Its digest tells."""
    version = versions.record(some_files(), META)
    (version.path / "lotsen.yaml").write_text("z")
    assert not versions.is_whole(version)
    shutil.rmtree(version.path)
    assert not versions.is_whole(version)


def test_a_crash_leaves_nothing_half(versions: Versions, tmp_path: Path) -> None:
    """What was being written is no version, and is removed at the next writing."""
    half = tmp_path / "versions" / ".0123" / "faq"
    half.mkdir(parents=True)

    assert versions.all() == ()
    versions.record(some_files(), META)
    assert not half.exists()


def test_candidates(versions: Versions) -> None:
    """Only an approved one can be named, by the beginning of its digest; promoted, it is the next version."""
    digest = source.digest(some_files())
    path = versions.stage(some_files())
    assert versions.candidate(digest[:16]) is None

    candidate = versions.approve(path, Note(0, digest, Origin.FILE, "faq/a.yaml"))
    assert versions.candidate(candidate.prefix) == candidate
    assert versions.candidate("../../etc") is None
    assert versions.all() == ()

    version = versions.promote(candidate, META)
    assert version.meta == replace(META, number=1, digest=digest)
    assert versions.newest() == version
    assert versions.candidate(candidate.prefix) is None
    assert read_files(version.path) == some_files()


def test_few_candidates_wait(versions: Versions) -> None:
    """The newest three; the same one staged again starts anew."""
    prefixes = []
    for number in range(5):
        files = some_files(str(number))
        path = versions.stage(files)
        os.utime(path, (number, number))
        prefixes.append(versions.approve(path, Note(1, source.digest(files), Origin.FOLDER)).prefix)
        os.utime(path, (number, number))

    assert [prefix for prefix in prefixes if versions.candidate(prefix)] == prefixes[2:]
    versions.stage(some_files("4"))
    assert versions.candidate(prefixes[4]) is None


def test_csv_files_belong_to_a_version(tmp_path: Path) -> None:
    """And the schema for editors' programs does not."""
    (tmp_path / "faq").mkdir()
    (tmp_path / "regionen-korrekturen.csv").write_text("ags")
    (tmp_path / "faq.schema.json").write_text("{}")

    assert [file.name for file in read_files(tmp_path)] == ["regionen-korrekturen.csv"]


# -- what answers after a start -----------------------------------------------------------------------------


@pytest.fixture
def small(knowledge_folder: Path, cache_folder: Path, memory: Memory) -> Editions:
    """Editions of a folder that the test may change."""
    return Editions(knowledge_folder, Cache(cache_folder), memory=memory)


def answer_of(begun: Begun) -> str:
    """The words that tests change."""
    entries = begun.edition.knowledge.entries
    return next(entry.answer for entry in entries.values() if entry.id == "eq-dauer")


def test_the_first_start_accepts_the_folder(small: Editions, versions: Versions) -> None:
    """As version 1, by the program."""
    begun = begin(small, versions, NOW)

    assert begun.waiting == ""
    newest = versions.newest()
    assert newest is not None
    meta = newest.meta
    assert (meta.number, meta.author, meta.origin, meta.entries, meta.lotsen) == (1, 0, Origin.FOLDER, 15, 5)


def test_later_changes_wait(small: Editions, versions: Versions, knowledge_folder: Path) -> None:
    """The accepted version answers, though the folder is changed, broken or gone."""
    begin(small, versions, NOW)
    file = knowledge_folder / "faq" / "t05-eq.yaml"
    edit(file, (OLD, NEW))

    begun = begin(small, versions, NOW)
    assert (NEW in answer_of(begun), begun.waiting) == (False, source.digest(read_files(knowledge_folder)))
    file.write_text("thema: [")
    assert begin(small, versions, NOW).waiting
    shutil.rmtree(knowledge_folder)
    assert begin(small, versions, NOW) == Begun(begun.edition, "", folder=True)
    assert len(versions.all()) == 1


@pytest.mark.parametrize("how", ["damaged", "no longer valid"])
def test_a_version_that_cannot_be_used(
    small: Editions, versions: Versions, knowledge_folder: Path, caplog: pytest.LogCaptureFixture, how: str
) -> None:
    """The folder takes its place and is recorded; the log says so."""
    begin(small, versions, NOW)
    (version,) = versions.all()
    bad = b"thema: ["
    if how == "damaged":
        (version.path / "faq" / "t05-eq.yaml").write_bytes(bad)
    else:  # as if a newer program demanded more
        versions.record(with_file(read_files(version.path), TextFile("faq/t05-eq.yaml", bad)), META)
    edit(knowledge_folder / "faq" / "t05-eq.yaml", (OLD, NEW))

    with caplog.at_level(logging.WARNING):
        begun = begin(small, versions, NOW)

    assert NEW in answer_of(begun)
    assert begun.news == ()  # nothing can be compared with what cannot be read
    assert "the folder is used instead" in caplog.text
    newest = versions.newest()
    assert newest is not None
    assert newest.meta.digest == source.digest(read_files(knowledge_folder))


def test_when_the_folder_cannot_be_used_either(
    small: Editions, versions: Versions, knowledge_folder: Path
) -> None:
    """An older version answers, and is the newest then; what only the lint of a newer program refuses answers too; without
    any there is no start."""
    begin(small, versions, NOW)
    (first,) = versions.all()
    bad = TextFile("faq/t05-eq.yaml", b"thema: [")
    broken = versions.record(with_file(read_files(first.path), bad), META)
    (knowledge_folder / "faq" / "t05-eq.yaml").write_bytes(bad.content)

    begun = begin(small, versions, NOW)
    newest = versions.newest()
    assert newest is not None
    assert OLD in answer_of(begun)
    assert (newest.meta.number, newest.meta.returned_to, newest.meta.origin) == (3, 1, Origin.ROLLBACK)

    unlinted = TextFile("faq/t05-eq.yaml", edited(first.path, ("?\n  formulierungen", "\n  formulierungen")))
    accepted = versions.record(with_file(read_files(first.path), unlinted), META)
    with pytest.raises(KnowledgeError, match="keine Frage"):
        small.at(accepted.path).load()
    assert OLD in answer_of(begin(small, versions, NOW))
    assert versions.newest() == accepted

    for path in (first.path, newest.path, accepted.path):
        shutil.rmtree(path)
    assert versions.newest() == broken
    with pytest.raises(KnowledgeError):
        begin(small, versions, NOW)


def test_packaged_knowledge_follows_the_program(
    small: Editions, versions: Versions, knowledge_folder: Path
) -> None:
    """Without a folder a new program's knowledge is in use at once, unless somebody took over something else meanwhile."""
    shipped = replace(small, folder=None, shipped=knowledge_folder)
    begin(shipped, versions, NOW)
    edit(knowledge_folder / "faq" / "t05-eq.yaml", (OLD, NEW))

    begun = begin(shipped, versions, NOW)
    assert NEW in answer_of(begun)
    assert begun.waiting == ""
    assert begun.news == (News(EntryId("eq-dauer"), NOW, added=False),)
    assert begin(shipped, versions, NOW).news == begun.news  # also after the next start
    assert [version.meta.origin for version in versions.all()] == [Origin.PACKAGED, Origin.PACKAGED]

    old = versions.get(1)
    assert old is not None
    versions.record(read_files(old.path), replace(META, origin=Origin.ROLLBACK))
    begun = begin(shipped, versions, NOW)
    assert (OLD in answer_of(begun), begun.waiting) == (
        True,
        "",
    )  # the program's own knowledge was in use before
    edit(knowledge_folder / "faq" / "t05-eq.yaml", (NEW, "Ganz neu."))
    begun = begin(shipped, versions, NOW)
    assert OLD in answer_of(begun)
    assert begun == Begun(begun.edition, source.digest(read_files(knowledge_folder)), folder=False)


def test_without_room_for_a_version_there_is_no_start(small: Editions, tmp_path: Path) -> None:
    """A German sentence for the operator."""
    (tmp_path / "file").touch()

    with pytest.raises(StorageError, match="DATA_DIR prüfen"):
        begin(small, Versions(tmp_path / "file" / "versions"), NOW)


def edited(folder: Path, change: tuple[str, str]) -> bytes:
    """The FAQ file of a folder with other words."""
    text = (folder / "faq" / "t05-eq.yaml").read_text()
    assert change[0] in text
    return text.replace(*change).encode()


async def test_admins_are_told_once(
    small: Editions, versions: Versions, store: Store, clock: WoundClock, knowledge_folder: Path
) -> None:
    """For each state of the folder one notice for each admin, however often the program starts."""

    async def start() -> bool:
        return await tell_waiting(begin(small, versions, NOW), versions, store, clock, (1, 2))

    assert not await start()
    edit(knowledge_folder / "faq" / "t05-eq.yaml", (OLD, NEW))
    assert await start()
    assert not await start()
    rows = await store.read.all("SELECT chat_id, kind FROM outbox ORDER BY chat_id")
    assert [(row["chat_id"], row["kind"]) for row in rows] == [
        (1, NoticeKind.KNOWLEDGE_WAITING),
        (2, NoticeKind.KNOWLEDGE_WAITING),
    ]
    edit(knowledge_folder / "faq" / "t05-eq.yaml", (NEW, "Noch etwas."))
    assert await start()
    (versions._folder / "gemeldet").unlink()
    (versions._folder / "gemeldet").mkdir()
    assert await start()  # not remembered, and told again only once: the row is there already
    assert len(await store.read.all("SELECT 1 FROM outbox")) == 4


# -- files that are sent ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("t05-eq.yaml", "faq/t05-eq.yaml"),
        ("t05-eq (1).yaml", "faq/t05-eq.yaml"),
        ("T18 neu.yaml", None),
        ("übergänge.yml", "faq/übergänge.yml"),
        ("lotsen.yaml", "lotsen.yaml"),
        ("lotsen(2).yaml", "lotsen.yaml"),
        ("handover.yaml", "handover.yaml"),
        ("questions.yaml", "questions.yaml"),
        ("../lotsen.yaml", None),
        ("..yaml", None),
        (".yaml", None),
        ("a/b.yaml", None),
        ("a\\b.yaml", None),
        ("a.yaml\n", None),
        ("brief.txt", None),
        ("", None),
    ],
)
def test_where_a_file_belongs(name: str, place: str | None) -> None:
    """Beside the FAQ when it is one of the lists, else in it; a second download is the same file; nothing leads elsewhere."""
    assert place_of(name) == place


@given(st.text(max_size=40))
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    """Whatever a client sends."""
    place = place_of(name + ".yaml")

    assert place is None or (Path("/wissen") / place).resolve().is_relative_to("/wissen")


def test_a_file_is_added_or_replaced() -> None:
    """By its name."""
    assert with_file(some_files(), TextFile("lotsen.yaml", b"z"))[-1].content == b"z"
    assert len(with_file(some_files(), TextFile("lotsen.yaml", b"z"))) == 2
    assert len(with_file(some_files(), TextFile("faq/b.yaml", b"z"))) == 3


def test_a_sent_file_gets_into_the_folder(tmp_path: Path) -> None:
    """New, replaced; somebody's unfinished work on it is kept beside; a folder that cannot be written is told."""
    new, base, folder = tmp_path / "new", tmp_path / "base", tmp_path / "folder"
    for path in (new, base, folder):
        (path / "faq").mkdir(parents=True)
    (new / "faq" / "a.yaml").write_text("new")

    assert into_folder(folder, "faq/a.yaml", new=new, base=base) == Written(done=True)
    assert into_folder(folder, "faq/a.yaml", new=new, base=base) == Written(done=True)
    (folder / "faq" / "a.yaml").write_text("accepted")
    (base / "faq" / "a.yaml").write_text("accepted")
    assert into_folder(folder, "faq/a.yaml", new=new, base=base) == Written(done=True)
    (folder / "faq" / "a.yaml").write_text("unfinished")
    kept = into_folder(folder, "faq/a.yaml", new=new, base=base)
    assert kept == Written(done=True, kept="faq/a.yaml.vorher")
    assert (folder / "faq" / "a.yaml").read_text() == "new"
    assert (folder / kept.kept).read_text() == "unfinished"
    shutil.rmtree(folder)
    folder.touch()
    assert into_folder(folder, "faq/a.yaml", new=new, base=base) == Written(done=False)
