"""The judgement on a candidate: is it whole, and what changes for people who ask? Runs beside the bot.

``python -m bot.gating OLD NEW --cache DIR --out FILE`` is the process that the bot starts, so that answers go on meanwhile:
it writes the stages it reaches to standard output, one a line, and the judgement as JSON to FILE.
"""

import argparse
import asyncio
import logging
import os
import sys
import tempfile
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from bot.cache import Cache, code_digest, combined
from bot.editions import Editions
from bot.library import Edition
from knowledge.changes import Changes, Side, compare, questions_of
from knowledge.coverage import coverage
from knowledge.directory import Body
from knowledge.evaluation import Verdict, Verdicts, evaluate, verdicts
from knowledge.problems import KnowledgeError, Problem
from knowledge.understanding import Understanding

log = logging.getLogger(__name__)

_Key = TypeVar("_Key", bound=str)

_NICENESS = 10  # answering goes first


class Stage(StrEnum):
    """How far a judgement is."""

    READ = "read"
    ASK = "ask"
    COMPARE = "compare"


_STAGES = {str(stage): stage for stage in Stage}


@dataclass(frozen=True, slots=True)
class KreisLost:
    """A Kreis that loses its last Lotse of these bodies, or altogether (``bodies`` empty)."""

    kreis: str
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a swap changes: ids, Lotsen, answers."""

    entries: int
    phrasings: int
    lotsen: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    lotsen_added: tuple[str, ...]
    lotsen_changed: tuple[str, ...]
    lotsen_removed: tuple[str, ...]
    kreise_lost: tuple[KreisLost, ...]
    changes: Changes
    golden_right: int
    golden_right_before: int
    golden: int
    dropped: int  # questions that are no longer in the test set
    stored_missed: int  # titles and phrasings that do not find their own entry


@dataclass(frozen=True, slots=True)
class Unusable:
    """The candidate has problems that have to be mended first."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """The judgement itself failed; the log says why."""


Judgement = Comparison | Unusable
Progress = Callable[[Stage], Coroutine[Any, Any, None]]


@cache
def _judgement_form() -> TypeAdapter[Judgement]:
    return TypeAdapter(Judgement)


@cache
def _verdicts_form() -> TypeAdapter[dict[str, Verdict]]:
    return TypeAdapter(dict[str, Verdict])


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges candidates; ``apart``: in a process of its own, which may take ``longest`` seconds, else in a thread."""

    editions: Editions
    apart: bool
    longest: float = 600.0

    async def __call__(self, old: Path, new: Path, progress: Progress) -> Judgement | Broken:
        """What happens if the knowledge of folder ``new`` replaces that of ``old``."""
        if self.apart:
            return await self._in_a_process(old, new, progress)
        loop = asyncio.get_running_loop()

        def tell(stage: Stage) -> None:
            asyncio.run_coroutine_threadsafe(progress(stage), loop).result()

        return await asyncio.to_thread(judge, self.editions.at(old), self.editions.at(new), tell)

    async def _in_a_process(self, old: Path, new: Path, progress: Progress) -> Judgement | Broken:
        cache = self.editions.cache.folder
        if cache is not None:
            cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="pruefung-", dir=cache) as folder:
            out = Path(folder) / "urteil.json"
            command = ["-m", "bot.gating", str(old), str(new), "--out", str(out)]
            if cache is not None:
                command += ["--cache", str(cache)]
            if not self.editions.sample_allowed:
                command.append("--real")
            code = await _run(command, progress, self.longest)
            try:
                return _judgement_form().validate_json(out.read_bytes())
            except (OSError, ValueError):
                log.error("the judgement ended with code %s and without a result", code)  # noqa: TRY400  # the process has written its own traceback
                return Broken()


async def _run(command: Sequence[str], progress: Progress, longest: float) -> int | None:
    """Run our own program; its standard error is ours. ``None`` when it took too long."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE
    )
    try:
        async with asyncio.timeout(longest):
            if process.stdout is not None:
                async for line in process.stdout:
                    stage = _STAGES.get(line.decode().strip())
                    if stage is not None:
                        await progress(stage)
            return await process.wait()
    except TimeoutError:
        return None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def judge(old: Editions, new: Editions, tell: Callable[[Stage], None]) -> Judgement:
    """The judgement, in this process."""
    tell(Stage.READ)
    try:
        after = new.load()
    except KnowledgeError as error:
        return Unusable(error.problems)
    tell(Stage.ASK)
    before = old.load(linted=False)
    texts = questions_of(before.knowledge, after.knowledge, after.questions)
    verdicts_after = _verdicts(after, texts, new.cache)
    tell(Stage.COMPARE)
    verdicts_before = _verdicts(before, texts, old.cache)
    return _compared(before, verdicts_before, after, verdicts_after)


def _compared(before: Edition, was: Verdicts, after: Edition, now: Verdicts) -> Comparison:
    added, changed, removed = differences(before.knowledge.entries, after.knowledge.entries)
    lotsen = differences(before.directory.lotsen, after.directory.lotsen)
    golden = evaluate(after.understanding, after.knowledge, after.questions, known=now)
    golden_before = evaluate(before.understanding, before.knowledge, after.questions, known=was)
    return Comparison(
        entries=len(after.knowledge.entries),
        phrasings=sum(len(entry.phrasings) for entry in after.knowledge.entries.values()),
        lotsen=len(after.directory.lotsen),
        added=added,
        changed=changed,
        removed=removed,
        lotsen_added=lotsen[0],
        lotsen_changed=lotsen[1],
        lotsen_removed=lotsen[2],
        kreise_lost=kreise_lost(before, after),
        changes=compare(Side(before.knowledge, was), Side(after.knowledge, now), after.questions),
        golden_right=golden.first.count,
        golden_right_before=golden_before.first.count,
        golden=golden.first.of,
        dropped=len(set(before.questions.texts) - set(after.questions.texts)),
        stored_missed=golden.stored.of - golden.stored.count,
    )


def differences(
    old: Mapping[_Key, object], new: Mapping[_Key, object]
) -> tuple[tuple[_Key, ...], tuple[_Key, ...], tuple[_Key, ...]]:
    """The keys that were added, changed and removed."""
    added = tuple(key for key in new if key not in old)
    changed = tuple(key for key in new if key in old and old[key] != new[key])
    removed = tuple(key for key in old if key not in new)
    return added, changed, removed


def kreise_lost(before: Edition, after: Edition) -> tuple[KreisLost, ...]:
    """The Kreise that nobody lists any longer, or nobody of the IHK or HWK, though somebody did."""
    if before.directory == after.directory:
        return ()
    had = {row.kreis.ags: row for row in coverage(before.regions, before.directory).rows}
    found = []
    for row in coverage(after.regions, after.directory).rows:
        earlier = had.get(row.kreis.ags)
        if earlier is None:
            continue
        if not any(row.lotsen.values()) and any(earlier.lotsen.values()):
            found.append(KreisLost(row.kreis.name, ()))
            continue
        bodies = [body for body in (Body.IHK, Body.HWK) if earlier.lotsen[body] and not row.lotsen[body]]
        if bodies:
            found.append(KreisLost(row.kreis.name, tuple(bodies)))
    return tuple(sorted(found, key=lambda item: item.kreis))


def _verdicts(edition: Edition, texts: Iterable[str], cache: Cache) -> Verdicts:
    """The edition's verdicts on ``texts``; what was judged before comes from the cache."""
    key = combined(code_digest("knowledge"), Understanding.basis(edition.knowledge))
    blob = cache.get("verdicts", key)
    known = _verdicts_form().validate_json(blob) if blob is not None else {}
    found = verdicts(edition.understanding, texts, known)
    if not found.keys() <= known.keys():
        cache.put("verdicts", key, _verdicts_form().dump_json(known | found))
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """The process that the bot starts."""
    parser = argparse.ArgumentParser(prog="python -m bot.gating")
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--real", action="store_true", help="the invented directory is a problem")
    given = parser.parse_args(arguments)
    editions = Editions(None, Cache(given.cache), sample_allowed=not given.real)

    def tell(stage: Stage) -> None:
        sys.stdout.write(f"{stage}\n")
        sys.stdout.flush()

    judgement = judge(editions.at(given.old), editions.at(given.new), tell)
    given.out.write_bytes(_judgement_form().dump_json(judgement))
    return 0


if __name__ == "__main__":
    os.nice(_NICENESS)
    sys.exit(main())
