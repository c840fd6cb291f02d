"""The judgement on a candidate: problems, what changes, which Kreise lose their Lotse; in this process and in its own."""

import json
import logging
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cache import Cache, Memory
from bot.editions import Editions
from bot.gating import (
    Broken,
    Comparison,
    Judge,
    KreisLost,
    Stage,
    Unusable,
    differences,
    judge,
    kreise_lost,
    main,
)
from tests.gate_at_hand import NEW, OLD, edit


@pytest.fixture
def small(cache_folder: Path, memory: Memory) -> Editions:
    """Editions of folders that a test names."""
    return Editions(None, Cache(cache_folder), memory=memory)


@pytest.fixture
def old(knowledge_folder: Path, tmp_path: Path) -> Path:
    """What is in use; ``knowledge_folder`` is what may replace it."""
    return Path(shutil.copytree(knowledge_folder, tmp_path / "old"))


def test_what_changes(small: Editions, old: Path, knowledge_folder: Path) -> None:
    """Entries, Lotsen, the test set before and after; the stages in order; asked again, nothing is asked twice."""
    edit(knowledge_folder / "faq" / "t05-eq.yaml", (OLD, NEW))
    edit(knowledge_folder / "lotsen.yaml", ("+49 30 23125 091", "+49 30 23125 999"))
    edit(knowledge_folder / "questions.yaml", ("- {frage: eq dauer monate, fakten: [T05-03]}\n", ""))
    stages: list[Stage] = []

    found = judge(small.at(old), small.at(knowledge_folder), stages.append)

    assert stages == [Stage.READ, Stage.ASK, Stage.COMPARE]
    assert isinstance(found, Comparison)
    assert (found.entries, found.phrasings, found.lotsen) == (15, 120, 5)
    assert (found.added, found.changed, found.removed) == ((), ("eq-dauer",), ())
    assert (found.lotsen_added, found.lotsen_changed, found.lotsen_removed) == ((), ("WL091",), ())
    assert (found.golden, found.dropped, found.stored_missed, found.kreise_lost) == (2, 1, 0, ())
    assert judge(small.at(old), small.at(knowledge_folder), stages.append) == found


def test_a_candidate_with_problems(small: Editions, old: Path, knowledge_folder: Path) -> None:
    """Every problem, and no comparison."""
    (knowledge_folder / "lotsen.yaml").unlink()
    stages: list[Stage] = []

    found = judge(small.at(old), small.at(knowledge_folder), stages.append)

    assert isinstance(found, Unusable)
    assert found.problems[0].file == "lotsen.yaml"
    assert stages == [Stage.READ]


async def _watch(_stage: Stage) -> None:
    """Nobody watches."""


async def test_in_a_process_of_its_own(small: Editions, old: Path, knowledge_folder: Path) -> None:
    """The same judgement; with the real Telegram the invented directory is a problem there too."""
    edit(knowledge_folder / "faq" / "t05-eq.yaml", (OLD, NEW))
    there = await Judge(small, apart=True)(old, knowledge_folder, _watch)

    assert there == await Judge(small, apart=False)(old, knowledge_folder, _watch)
    real = await Judge(replace(small, sample_allowed=False), apart=True)(old, knowledge_folder, _watch)
    assert isinstance(real, Unusable)
    assert "Muster-Verzeichnis" in real.problems[0].message


def test_what_the_process_writes(
    old: Path, knowledge_folder: Path, cache_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The stages, one a line, and the judgement as JSON."""
    out = tmp_path / "urteil.json"

    assert main([str(old), str(knowledge_folder), "--cache", str(cache_folder), "--out", str(out)]) == 0

    assert capsys.readouterr().out == "read\nask\ncompare\n"
    assert json.loads(out.read_bytes())["entries"] == 15


async def test_a_process_that_takes_too_long(small: Editions, old: Path, knowledge_folder: Path) -> None:
    """It is ended, and nothing is said about the candidate."""
    assert await Judge(small, apart=True, longest=0.01)(old, knowledge_folder, _watch) == Broken()


async def test_a_process_that_breaks(
    small: Editions, old: Path, knowledge_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """What is in use has problems, which cannot be: the process ends with its traceback and no result."""
    (old / "lotsen.yaml").unlink()
    with caplog.at_level(logging.ERROR):
        found = await Judge(small, apart=True)(old, knowledge_folder, _watch)

    assert found == Broken()
    assert "without a result" in caplog.text


def test_kreise_that_lose_their_lotse(small: Editions, old: Path, knowledge_folder: Path) -> None:
    """The last of a body, or the last of all; who never had one loses nobody."""
    file = knowledge_folder / "lotsen.yaml"
    text = file.read_text()
    file.write_text(text[: text.index("- id: WL091")].replace("  - WL091\n", ""))
    edit(file, ("  - '05111'\n  - 05158\n", "  - '05111'\n"))
    before, after = small.at(old).load(), small.at(knowledge_folder).load()

    lost = kreise_lost(before, after)

    assert KreisLost("Mettmann", ()) in lost
    assert {item.bodies for item in lost if item.kreis != "Mettmann"} == {("HWK",)}
    assert len(lost) == 8
    assert [item.kreis for item in lost] == sorted(item.kreis for item in lost)
    assert kreise_lost(after, before) == kreise_lost(before, before) == ()


def test_differences() -> None:
    """Added, changed, removed, in the order of the files."""
    assert differences({"a": 1, "b": 2, "c": 3}, {"d": 0, "b": 2, "a": 9}) == (("d",), ("a",), ("c",))
