"""What was loaded is not looked through by the garbage collector, and is gone when it is replaced all the same."""

import gc
import os
import subprocess
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import heap
from bot.__main__ import main
from bot.cache import Cache
from bot.editions import Editions
from bot.library import Edition, Library


@pytest.fixture
def counted_only() -> Iterator[None]:
    """Without the collector, as for what it does not look through: an object is gone when nobody refers to it."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("counted_only")
def test_an_edition_that_answered_is_gone_when_it_is_replaced(
    knowledge_folder: Path, cache_folder: Path
) -> None:
    """Otherwise each reload would leave a whole index behind."""

    def loaded() -> Edition:
        return Editions(None, Cache(cache_folder), shipped=knowledge_folder).load()

    library = Library(loaded())
    understanding = library.current.understanding
    understanding.find("Was kostet eine Ausbidlung für uns, und wer zahlt den Deutschkurs?")
    understanding.explain("Abschibung morgen um 6 Uhr")
    understanding.search("Duldung")
    assert understanding.index.ranker is not None
    old = [
        weakref.ref(thing)
        for thing in (
            understanding,
            understanding.index,
            understanding.index.ranker,
            understanding.index.ranker.reader,
            understanding.index.ranker.columns,
        )
    ]
    library.swap(loaded())
    del understanding
    assert [thing() for thing in old] == [None] * len(old)


def test_what_is_loaded_is_looked_through_no_more() -> None:
    """Neither at the start nor after a reload."""
    before, thresholds = gc.get_freeze_count(), gc.get_threshold()
    gc.set_threshold(700, 10, 10)  # Python's own; another test may have run a program here
    try:
        heap.lasting()
        assert gc.get_freeze_count() > before
        assert gc.get_threshold() > (700, 10, 10)
    finally:
        gc.unfreeze()
        gc.set_threshold(*thresholds)


def test_a_library_says_when_something_was_loaded(knowledge_folder: Path, cache_folder: Path) -> None:
    """The edition of the start is there to stay, and each that replaces it."""
    edition = Editions(None, Cache(cache_folder), shipped=knowledge_folder).load()
    said: list[str] = []
    library = Library(edition, loaded=lambda: said.append("loaded"))
    assert said == ["loaded"]
    library.swap(edition)
    assert said == ["loaded", "loaded"]


def test_nothing_is_looked_through_while_an_edition_is_made() -> None:
    """Nearly all that is made then stays; of two loads at a time the first to end lets the collector go on."""
    assert gc.isenabled()
    with heap.loading():
        assert not gc.isenabled()
        with heap.loading():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_only_run_puts_the_collector_off(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was disabled at the start works when everything is loaded; other commands are short."""
    # The heap of this process stays as it is.
    monkeypatch.setattr(heap, "returned", lambda: None)
    monkeypatch.setattr("sys.argv", ["lotsenbot", "key"])
    assert main() == 0
    assert gc.isenabled()
    assert len(capsys.readouterr().out) > 40
    monkeypatch.setattr("sys.argv", ["lotsenbot", "run"])
    monkeypatch.setattr("bot.commands._environment", dict)
    thresholds = gc.get_threshold()
    try:
        assert main() == 2
        assert not gc.isenabled()
        heap.lasting()
        assert gc.isenabled()
    finally:
        gc.enable()
        gc.unfreeze()
        gc.set_threshold(*thresholds)


def test_memory_that_is_free_again_is_given_back() -> None:
    """Where the C library can be told so; elsewhere nothing happens. In a process of its own: it cannot be undone."""
    told = "from bot import heap; heap.returned(); b = bytes(1_000_000); print(len(b))"
    done = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True)

    assert done.stdout == "1000000\n"


def test_numpy_computes_in_one_thread() -> None:
    """However the bot's modules are loaded: two threads on busy cores make an index four times as slow."""
    code = "import bot.editions, numpy, os; a = numpy.ones((900, 900), 'f'); a @ a; print(len(os.listdir('/proc/self/task')))"
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True
    )

    assert ran.stdout.strip() == "1"
