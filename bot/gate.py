"""The gate between the editors' working copy and what answers: check, show what changes, accept, return.

One method a step. What is accepted was checked against the version it replaces; a candidate whose version is no longer the
newest is stale. Everything slow happens before the swap, in a thread or in a process of its own.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from bot.clock import Clock
from bot.editions import Editions
from bot.gating import Broken, Comparison, Judge, Progress, Unusable
from bot.library import Edition, Library
from bot.model import ChatId
from bot.sent_files import Written, added, into_folder, place_of, with_file
from bot.succession import Orphan
from bot.versions import NEWS_LAST, Candidate, Meta, Note, Origin, Version, Versions, read_files
from knowledge import directory, source
from knowledge.additions import Addition, AdditionError
from knowledge.directory import Directory
from knowledge.directory_form import DIRECTORY_FILE
from knowledge.news import News, following
from knowledge.problems import KnowledgeError, Problem
from knowledge.source import TextFile

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many questions a candidate may lose, and how many it may newly answer that must be refused."""

    lost: int
    answered: int


@dataclass(frozen=True, slots=True)
class Passed:
    """It may be accepted; ``orphans`` are open cases whose Lotse it removes."""

    candidate: Candidate
    comparison: Comparison
    orphans: tuple[Orphan, ...]


@dataclass(frozen=True, slots=True)
class TooMuchLost:
    """It would answer worse than ``limits`` allow; nothing changed."""

    comparison: Comparison
    limits: Limits


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing changed; this has to be mended first."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Same:
    """It is what is in use."""

    version: Version


@dataclass(frozen=True, slots=True)
class NothingToEdit:
    """There is no folder of the editors."""


@dataclass(frozen=True, slots=True)
class Busy:
    """Another check is running."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The check broke or the disk refused; nothing changed, and the log says why."""


@dataclass(frozen=True, slots=True)
class BadName:
    """No file of a knowledge folder is called so."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """In use from now on; ``written`` tells what happened to the editors' folder when a file was sent."""

    version: Version
    written: Written | None = None


@dataclass(frozen=True, slots=True)
class Already:
    """Somebody was quicker: this is in use."""

    version: Version


@dataclass(frozen=True, slots=True)
class Stale:
    """What the button names is gone, or was checked against a version that is no longer in use."""


@dataclass(frozen=True, slots=True)
class Discarded:
    """Forgotten."""


Checked = Passed | TooMuchLost | Refused | Same | Busy | Failed
Settled = Accepted | Already | Stale | Refused | Failed


class Heirs(Protocol):
    """Open cases whose Lotse leaves the directory (``bot.succession.Succession``)."""

    async def orphans(self, before: Directory, after: Directory) -> tuple[Orphan, ...]: ...

    async def hand_on(self, before: Directory, after: Directory) -> int: ...


class Gate:
    """Decides what answers."""

    def __init__(
        self,
        library: Library,
        editions: Editions,
        versions: Versions,
        heirs: Heirs,
        clock: Clock,
        *,
        limits: Limits,
        judge: Judge,
    ) -> None:
        self._library = library
        self._editions = editions
        self._versions = versions
        self._heirs = heirs
        self._clock = clock
        self._limits = limits
        self._judge = judge
        self._checking = asyncio.Lock()
        self._swapping = asyncio.Lock()

    async def check_folder(self, progress: Progress) -> Checked | NothingToEdit:
        """Look at the editors' folder; without one, at packaged knowledge that was never in use here."""
        folder = self._editions.folder
        try:
            files = await asyncio.to_thread(read_files, self._editions.origin)
        except KnowledgeError as error:
            return Refused(error.problems)
        if folder is None:
            known = {version.meta.digest for version in await self.versions()}
            if source.digest(files) in known:
                return NothingToEdit()
        origin = Origin.FOLDER if folder is not None else Origin.PACKAGED
        return await self._check(lambda _: (files, ""), Note(0, "", origin), progress)

    async def check_file(self, name: str, content: bytes, progress: Progress) -> Checked | BadName:
        """Look at what is in use with one file added or replaced."""
        place = place_of(name)
        if place is None:
            return BadName()
        file = TextFile(place, content)
        return await self._check(
            lambda base: (with_file(base, file), place), Note(0, "", Origin.FILE), progress
        )

    async def check_addition(
        self, addition: Addition, cause: str, progress: Progress
    ) -> Checked | NothingToEdit:
        """Look at what is in use with a phrasing or an entry added; ``cause`` comes back when it is accepted."""
        if self._editions.folder is None:
            return NothingToEdit()

        def files_on(base: tuple[TextFile, ...]) -> tuple[tuple[TextFile, ...], str]:
            file = addition.to(base)
            return with_file(base, file), file.name

        note = Note(0, "", Origin.CHAT, addition=addition, cause=cause)
        try:
            return await self._check(files_on, note, progress)
        except AdditionError as error:
            return Refused((Problem(error.file or ".", 0, addition.entry, str(error)),))

    async def _check(
        self,
        files_on: Callable[[tuple[TextFile, ...]], tuple[tuple[TextFile, ...], str]],
        about: Note,
        progress: Progress,
    ) -> Checked:
        """``files_on``: the files to look at instead of those in use, and the name of the one that was sent or added to."""
        if self._checking.locked():
            return Busy()
        async with self._checking:
            try:
                base = await self._newest()
                files, name = await asyncio.to_thread(lambda: files_on(read_files(base.path)))
                digest = source.digest(files)
                if digest == base.meta.digest:
                    return Same(base)
                path = await asyncio.to_thread(self._versions.stage, files)
                note = replace(about, base=base.meta.number, digest=digest, file=name)
                outcome: Checked | None = None
                try:
                    outcome = await self._judged(base, path, note, progress)
                finally:
                    if not isinstance(outcome, Passed):
                        self._versions.drop(path)
            except OSError:
                log.exception("a candidate could not be checked")
                return Failed()
        return outcome

    async def _judged(self, base: Version, path: Path, note: Note, progress: Progress) -> Checked:
        judgement = await self._judge(base.path, path, progress)
        match judgement:
            case Broken():
                return Failed()
            case Unusable(problems=problems):
                log.info("candidate refused: %d problems", len(problems))
                return Refused(problems)
            case Comparison(changes=changes):
                if len(changes.lost) > self._limits.lost or len(changes.answered) > self._limits.answered:
                    log.info(
                        "candidate refused: %d lost, %d answered", len(changes.lost), len(changes.answered)
                    )
                    return TooMuchLost(judgement, self._limits)
                orphans = await self._orphans(path) if judgement.lotsen_removed else ()
                candidate = await asyncio.to_thread(self._versions.approve, path, note)
                log.info("candidate %s passed", candidate.prefix)
                return Passed(candidate, judgement, orphans)

    async def _orphans(self, path: Path) -> tuple[Orphan, ...]:
        """The open cases whose Lotse the candidate removes; it was read without a problem before."""
        edition = self._library.current
        content = await asyncio.to_thread((path / DIRECTORY_FILE).read_bytes)
        after = await asyncio.to_thread(directory.parse, {DIRECTORY_FILE: content}, edition.regions)
        if after.directory is None:
            return ()
        return await self._heirs.orphans(edition.directory, after.directory)

    async def accept(self, prefix: str, author: ChatId) -> Settled:
        """Use the candidate of this button; of several who press at once, one swaps."""
        async with self._swapping:
            newest = await self._newest()
            candidate = await asyncio.to_thread(self._versions.candidate, prefix)
            if candidate is None:
                return Already(newest) if newest.meta.digest.startswith(prefix) else Stale()
            if candidate.note.base != newest.meta.number:
                self._versions.drop(candidate.path)
                return Stale()
            return await self._use(
                candidate.path,
                candidate.note.digest,
                lambda edition, _: self._promoted(candidate, newest, edition, author),
            )

    async def discard(self, prefix: str) -> Discarded | Stale:
        """Forget the candidate of this button; the working copy stays as it is."""
        async with self._swapping:
            candidate = await asyncio.to_thread(self._versions.candidate, prefix)
            if candidate is None:
                return Stale()
            self._versions.drop(candidate.path)
            return Discarded()

    async def versions(self) -> tuple[Version, ...]:
        """What one can return to, newest first; the first is in use."""
        return await asyncio.to_thread(self._versions.all)

    async def roll_back(self, number: int, author: ChatId) -> Settled:
        """Use an earlier version again; that too is recorded as a new one."""
        async with self._swapping:
            newest = await self._newest()
            version = await asyncio.to_thread(self._versions.get, number)
            if version is None:
                return Stale()
            if version.meta.digest == newest.meta.digest:
                return Already(newest)

            def record(edition: Edition, files: tuple[TextFile, ...]) -> Accepted:
                meta = Meta.of(
                    edition,
                    author,
                    self._clock.now(),
                    Origin.ROLLBACK,
                    returned_to=number,
                    news=self._news(newest, edition),
                )
                return Accepted(self._versions.record(files, meta))

            return await self._use(version.path, version.meta.digest, record)

    async def _use(
        self, path: Path, digest: str, keep: Callable[[Edition, tuple[TextFile, ...]], Accepted]
    ) -> Settled:
        """Load, keep as a version, swap, in this order: a crash in between ends with the new version or the old one."""
        try:
            files = await asyncio.to_thread(read_files, path)
            if source.digest(files) != digest:
                log.error("%s is damaged", path.name)
                return Stale()
            edition = await asyncio.to_thread(self._editions.at(path).load)
            accepted = await asyncio.to_thread(keep, edition, files)
        except KnowledgeError as error:
            return Refused(error.problems)
        except OSError:
            log.exception("a version could not be kept")
            return Failed()
        started = self._clock.monotonic()
        before = self._library.current.directory
        self._library.swap(edition, accepted.version.meta.news)
        took = (self._clock.monotonic() - started) * 1000
        log.info("version %d is in use, swapped in %.1f ms", accepted.version.meta.number, took)
        await self._heirs.hand_on(before, edition.directory)
        return accepted

    def _promoted(self, candidate: Candidate, base: Version, edition: Edition, author: ChatId) -> Accepted:
        """The candidate as a version; a file that was sent goes to the editors' folder first, so that a crash in
        between leaves it there to be offered again."""
        note, folder = candidate.note, self._editions.folder
        written = None
        if note.origin is Origin.FILE and folder is not None:
            written = into_folder(folder, note.file, new=candidate.path, base=base.path)
        elif note.addition is not None and folder is not None:
            written = added(folder, note.file, note.addition, new=candidate.path, base=base.path)
        meta = Meta.of(
            edition,
            author,
            self._clock.now(),
            note.origin,
            news=self._news(base, edition),
            cause=note.cause,
        )
        return Accepted(self._versions.promote(candidate, meta), written)

    def _news(self, before: Version, edition: Edition) -> tuple[News, ...]:
        now = self._clock.now()
        old = self._library.current.knowledge
        return following(before.meta.news, old, edition.knowledge, now, now - NEWS_LAST)

    async def _newest(self) -> Version:
        """What is in use: ``bot.accepted.begin`` has recorded at least one version."""
        newest = await asyncio.to_thread(self._versions.newest)
        if newest is None:
            raise FileNotFoundError
        return newest
