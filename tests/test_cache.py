"""The cache on disk and the memory of a process: losing either costs time, never correctness."""

import logging
import os
from pathlib import Path

import pytest

from bot.cache import Cache, Memory, code_digest, combined


def test_a_blob_comes_back_by_name_and_digest(tmp_path: Path) -> None:
    """What was put is read again, also by the next process; another digest is something else."""
    Cache(tmp_path / "new").put("index", "a" * 64, b"blob")

    assert Cache(tmp_path / "new").get("index", "a" * 64) == b"blob"
    assert Cache(tmp_path / "new").get("index", "b" * 64) is None
    assert Cache(tmp_path / "new").get("other", "a" * 64) is None
    assert Cache(tmp_path).folder == tmp_path


def test_without_a_folder_nothing_is_kept() -> None:
    """``None`` is a cache that is always empty."""
    cache = Cache(None)
    cache.put("index", "a", b"blob")

    assert cache.get("index", "a") is None
    with pytest.raises(LookupError):
        cache._path("index", "a")


def test_a_folder_that_cannot_be_written_is_only_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The program goes on without a cache."""
    (tmp_path / "file").touch()
    cache = Cache(tmp_path / "file")
    with caplog.at_level(logging.WARNING):
        cache.put("index", "a", b"blob")

    assert cache.get("index", "a") is None
    assert "cache index could not be written" in caplog.text


def test_those_used_longest_ago_are_dropped(tmp_path: Path) -> None:
    """Four of each name stay; reading counts as use; other names are left alone; no half-written file is left."""
    cache = Cache(tmp_path)
    cache.put("other", "x", b"x")
    for number in range(4):
        cache.put("index", str(number), b"blob")
        os.utime(cache._path("index", str(number)), (number, number))
    assert cache.get("index", "0") == b"blob"
    cache.put("index", "4", b"blob")

    kept = [number for number in range(5) if cache.get("index", str(number))]
    assert kept == [0, 2, 3, 4]
    assert cache.get("other", "x") == b"x"
    assert not list(tmp_path.glob("*.new"))


def test_a_link_to_nowhere_counts_as_oldest(tmp_path: Path) -> None:
    """A file that another process drops at the same moment is no error."""
    cache = Cache(tmp_path)
    (tmp_path / "index-gone.bin").symlink_to(tmp_path / "nowhere")
    for number in range(4):
        cache.put("index", str(number), b"blob")

    assert [number for number in range(4) if cache.get("index", str(number))] == [0, 1, 2, 3]


def test_memory_makes_a_value_once() -> None:
    """The same digest gives the same object, an empty one too; what fails is made again."""
    memory, made = Memory(), []

    def make() -> list[int]:
        made.append(1)
        return []

    def fails() -> list[int]:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011  # raised right above
        memory.get("index", "a", fails)
    first = memory.get("index", "a", make)

    assert memory.get("index", "a", make) is first
    assert memory.get("other", "a", make) is not first
    assert len(made) == 2


def test_memory_forgets_the_oldest() -> None:
    """So many values of a name stay, so months of reloads do not grow it."""
    memory = Memory(kept=4)
    for number in (1, 2, 3, 4, 1, 5):
        memory.get("index", str(number), int)
    memory.get("other", "1", int)

    assert sorted(digest for name, digest in memory._values if name == "index") == ["1", "3", "4", "5"]


def test_digests_tell_contents_apart() -> None:
    """The code of a package and a combination of digests each have one digest."""
    assert code_digest("knowledge") == code_digest("knowledge") != code_digest("bot")
    assert combined("a", "b") != combined("ab") != combined("b", "a")
