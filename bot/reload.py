"""Reload: read and check everything beside the running bot, then swap one reference; or change nothing."""

import asyncio
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.library import Edition, Library
from knowledge.problems import KnowledgeError, Problem

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reloaded:
    """The new edition is in use; ids of what changed."""

    entries: int
    phrasings: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    lotsen: int
    lotsen_added: tuple[str, ...]
    lotsen_changed: tuple[str, ...]
    lotsen_removed: tuple[str, ...]
    same: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing changed; this has to be mended first."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Busy:
    """Another reload is running."""


class Reloader:
    """Loads a new edition and swaps it in."""

    def __init__(
        self, library: Library, load: Callable[[], Edition], prepare: tuple[str, ...] | None
    ) -> None:
        """``prepare``: the command of a process that fills the cache first, so that indexing does not hold up
        answers here; ``None`` does without."""
        self._library = library
        self._load = load
        self._prepare = prepare
        self._lock = asyncio.Lock()

    async def reload(self) -> Reloaded | Refused | Busy:
        """All or nothing."""
        if self._lock.locked():
            return Busy()
        async with self._lock:
            try:
                if self._prepare is not None:
                    await _run(self._prepare)
                edition = await asyncio.to_thread(self._load)
            except KnowledgeError as error:
                log.info("reload refused: %d problems", len(error.problems))
                return Refused(error.problems)
            old = self._library.current
            self._library.swap(edition)
            result = compare(old, edition)
            log.info(
                "reloaded: %d added, %d changed, %d removed",
                len(result.added),
                len(result.changed),
                len(result.removed),
            )
            return result


async def _run(command: tuple[str, ...]) -> None:
    """Let a process of its own check and index; its problems are found again, cheaply, by the load that follows."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        await process.wait()
    except asyncio.CancelledError:
        process.kill()
        await process.wait()
        raise


def compare(old: Edition, new: Edition) -> Reloaded:
    """What a swap from ``old`` to ``new`` changes."""
    added, changed, removed = _differences(old.knowledge.entries, new.knowledge.entries)
    lotsen_added, lotsen_changed, lotsen_removed = _differences(old.directory.lotsen, new.directory.lotsen)
    return Reloaded(
        entries=len(new.knowledge.entries),
        phrasings=sum(len(entry.phrasings) for entry in new.knowledge.entries.values()),
        added=added,
        changed=changed,
        removed=removed,
        lotsen=len(new.directory.lotsen),
        lotsen_added=lotsen_added,
        lotsen_changed=lotsen_changed,
        lotsen_removed=lotsen_removed,
        same=old.knowledge.digest == new.knowledge.digest and old.directory == new.directory,
    )


def _differences(old: Any, new: Any) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    added = tuple(key for key in new if key not in old)
    changed = tuple(key for key in new if key in old and old[key] != new[key])
    removed = tuple(key for key in old if key not in new)
    return added, changed, removed
