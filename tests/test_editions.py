"""Reading a folder again from the cache: the same edition, whatever state the cache is in."""

import logging
from fnmatch import fnmatch
from pathlib import Path

import pytest

from bot.cache import Cache, Memory
from bot.editions import Content, Editions, main
from bot.library import Edition
from knowledge import records
from knowledge.problems import Findings, KnowledgeError
from knowledge.questions import Questions


def read(folder: Path, cache: Path) -> Edition:
    """As a new process would."""
    return Editions(folder, Cache(cache), memory=Memory()).load()


def same(one: Edition, other: Edition) -> bool:
    """Whether both say the same."""
    return (one.knowledge, one.directory, one.questions, one.notices) == (
        other.knowledge,
        other.directory,
        other.questions,
        other.notices,
    )


def own_copy(cache_folder: Path, cache: Path, *, without: str = "") -> Path:
    """A cache folder of which a test may change the files; those that fit the pattern ``without`` are left out."""
    cache.mkdir()
    for path in cache_folder.glob("*.bin"):
        if not fnmatch(path.name, without):
            (cache / path.name).symlink_to(path)
    return cache


def test_what_was_read_comes_from_the_cache(
    knowledge_folder: Path, cache_folder: Path, tmp_path: Path
) -> None:
    """Not from the YAML; an edited file is read anew."""
    first = read(knowledge_folder, cache_folder)
    cache = own_copy(cache_folder, tmp_path / "cache", without="content-*")
    read(knowledge_folder, cache)
    (kept,) = cache.glob("content-*.bin")
    said = Content(first.knowledge, first.directory, Questions(far=("nur hier",)), (), Findings())
    kept.write_bytes(records.dump(said))
    again = read(knowledge_folder, cache)
    for faq in (knowledge_folder / "faq").iterdir():
        faq.write_text(faq.read_text("utf-8").replace("titel: ", "titel: Neu ", 1), "utf-8")
    edited = read(knowledge_folder, cache_folder)

    assert again.questions.far == ("nur hier",)
    assert again.knowledge == first.knowledge
    assert edited.questions == first.questions
    assert {topic.title[:3] for topic in edited.knowledge.topics} == {"Neu"}


@pytest.mark.parametrize("name", ["content", "regions", "understanding"])
def test_a_damaged_cache_costs_only_time(
    name: str, knowledge_folder: Path, cache_folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever lies there is made anew and kept."""
    first = read(knowledge_folder, cache_folder)
    cache = own_copy(cache_folder, tmp_path / "cache")
    for path in cache.glob(f"{name}-*.bin"):
        path.unlink()
        path.write_bytes(b"x" * 5000)
    with caplog.at_level(logging.WARNING):
        again = read(knowledge_folder, cache)
        caplog.clear()
        read(knowledge_folder, cache)

    assert same(first, again)
    assert again.regions.find("50667") == first.regions.find("50667")
    assert caplog.messages == []
    assert any(path.stat().st_size != 5000 for path in cache.glob(f"{name}-*.bin"))


def test_what_the_cache_has_not_is_made_apart(
    knowledge_folder: Path, cache_folder: Path, tmp_path: Path
) -> None:
    """By a process of its own, which leaves it there; what it makes is what this one would make."""
    first = read(knowledge_folder, cache_folder)
    cache = own_copy(cache_folder, tmp_path / "cache", without="content-*")
    editions = Editions(knowledge_folder, Cache(cache), apart=True)
    editions._fill()
    (kept,) = cache.glob("content-*.bin")
    before = kept.stat().st_ino

    assert same(first, editions.load())
    assert kept.stat().st_ino == before


@pytest.mark.parametrize("writable", [True, False])
def test_what_cannot_be_made_apart_is_made_here(
    writable: bool, knowledge_folder: Path, cache_folder: Path, tmp_path: Path
) -> None:
    """Then its problems are told as ever, and without a folder for the cache there is an edition all the same."""
    (tmp_path / "file").touch()
    cache = own_copy(cache_folder, tmp_path / "cache") if writable else tmp_path / "file"
    if writable:
        next((knowledge_folder / "faq").iterdir()).write_text("thema: [", "utf-8")
        with pytest.raises(KnowledgeError, match="kein gültiges YAML"):
            Editions(knowledge_folder, Cache(cache), apart=True).load()
        assert main(["--folder", str(knowledge_folder), "--cache", str(cache)]) == 1
    else:
        memory = Memory()
        Editions(knowledge_folder, Cache(cache_folder), memory=memory).load()
        assert not Cache(cache).is_writable
        assert Editions(knowledge_folder, Cache(cache), memory=memory, apart=True).load().knowledge.topics


def test_a_process_that_hangs_is_not_waited_for(
    knowledge_folder: Path, cache_folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The bot starts all the same, and the log says why it took so long."""
    cache = own_copy(cache_folder, tmp_path / "cache", without="content-*")
    with caplog.at_level(logging.WARNING):
        edition = Editions(knowledge_folder, Cache(cache), apart=True, longest=0.01).load()

    assert edition.knowledge.topics
    assert "took longer than 0 s and was ended" in caplog.text


def test_the_process_that_fills_the_cache(knowledge_folder: Path, cache_folder: Path, tmp_path: Path) -> None:
    """Afterwards everything is there."""
    cache = own_copy(cache_folder, tmp_path / "cache", without="content-*")

    assert main(["--folder", str(knowledge_folder), "--cache", str(cache)]) == 0
    assert len(list(cache.glob("content-*.bin"))) == 1
