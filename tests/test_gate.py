"""The gate without a folder of the editors, and its outcomes that no dialogue can bring about."""

import shutil
from pathlib import Path

import pytest

from bot.accepted import begin
from bot.cache import Cache, Memory
from bot.editions import Editions
from bot.gate import Accepted, Gate, Limits, NothingToEdit, Passed, Refused, Stale
from bot.gating import Judge, Stage
from bot.library import Library
from bot.model import ChatId
from bot.succession import Orphan
from bot.versions import Origin, Versions
from handlers import render_gate
from knowledge.directory import Directory
from tests.gate_at_hand import NEW, OLD, edit
from tests.wound_clock import WoundClock

ADMIN = ChatId(7)


class NoCases:
    """Nobody has an open case."""

    async def orphans(self, before: Directory, after: Directory) -> tuple[Orphan, ...]:
        """None."""
        del before, after
        return ()

    async def hand_on(self, before: Directory, after: Directory) -> int:
        """None."""
        del before, after
        return 0


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    """An empty directory of versions."""
    return Versions(tmp_path / "versions")


@pytest.fixture
def gate(
    knowledge_folder: Path, cache_folder: Path, memory: Memory, versions: Versions, clock: WoundClock
) -> Gate:
    """A gate whose packaged knowledge is a small one that the test may change."""
    editions = Editions(None, Cache(cache_folder), memory=memory, shipped=knowledge_folder)
    library = Library(begin(editions, versions, clock.now()).edition)
    judge = Judge(editions, apart=False)
    return Gate(library, editions, versions, NoCases(), clock, limits=Limits(5, 3), judge=judge)


async def watch(_stage: Stage) -> None:
    """Nobody watches."""


async def test_packaged_knowledge_cannot_be_edited(gate: Gate) -> None:
    """/reload says so, and how to get a folder."""
    outcome = await gate.check_folder(watch)

    assert outcome == NothingToEdit()
    assert "lotsenbot init wissen" in render_gate.checked(outcome, Directory({})).html


async def test_a_new_program_brings_knowledge(gate: Gate, knowledge_folder: Path, versions: Versions) -> None:
    """When something else was taken over meanwhile, it goes through the gate like the editors' work."""
    file = knowledge_folder / "faq" / "t05-eq.yaml"
    sent = await gate.check_file("t05-eq.yaml", file.read_bytes().replace(OLD.encode(), NEW.encode()), watch)
    assert isinstance(sent, Passed)
    accepted = await gate.accept(sent.candidate.prefix, ADMIN)
    assert isinstance(accepted, Accepted)
    assert (accepted.version.meta.origin, accepted.written) == (Origin.FILE, None)
    assert await gate.check_folder(watch) == NothingToEdit()

    edit(file, (OLD, "Aus dem neuen Programm."))
    brought = await gate.check_folder(watch)
    assert isinstance(brought, Passed)
    assert brought.comparison.changed == ("eq-dauer",)
    assert isinstance(await gate.accept(brought.candidate.prefix, ADMIN), Accepted)
    newest = versions.newest()
    assert newest is not None
    assert (newest.meta.number, newest.meta.origin, newest.meta.author) == (3, Origin.PACKAGED, ADMIN)


async def test_a_candidate_damaged_on_the_disk(gate: Gate, knowledge_folder: Path) -> None:
    """What is taken over is what was checked, byte for byte."""
    file = knowledge_folder / "faq" / "t05-eq.yaml"
    sent = await gate.check_file("t05-eq.yaml", file.read_bytes().replace(OLD.encode(), NEW.encode()), watch)
    assert isinstance(sent, Passed)
    (sent.candidate.path / "lotsen.yaml").write_bytes(b"lotsen: []")

    assert await gate.accept(sent.candidate.prefix, ADMIN) == Stale()
    shutil.rmtree(sent.candidate.path)
    assert await gate.accept(sent.candidate.prefix, ADMIN) == Stale()


async def test_packaged_knowledge_that_cannot_be_read(gate: Gate, knowledge_folder: Path) -> None:
    """A problem like any other."""
    shutil.rmtree(knowledge_folder)

    assert isinstance(await gate.check_folder(watch), Refused)
