"""What was loaded is not looked through by the garbage collector, and is gone when it is replaced all the same."""

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import heap
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
    try:
        heap.lasting()
        assert gc.get_freeze_count() > before
        assert gc.get_threshold() > thresholds
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
