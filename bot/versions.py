"""What answers: accepted versions of the knowledge as whole copies on disk, and candidates that wait for a decision.

The editors' folder is a working copy; a version is what somebody accepted. Every directory is written beside its place and
renamed, so that a crash leaves either all of it or nothing. Layout of ``DATA_DIR/versions``:

    7-1f2e3d4c/            version 7: the YAML and CSV files of a knowledge folder, and meta.json
    pruefung-1f2e3d4c…/    a candidate: the same files; with pruefung.json once it may be accepted
    .…                     unfinished, removed at the next writing
"""

import logging
import os
import re
import shutil
import threading
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.library import Edition
from knowledge import source
from knowledge.additions import Addition
from knowledge.news import News
from knowledge.problems import KnowledgeError, Problem
from knowledge.source import TextFile

log = logging.getLogger(__name__)

KEPT = 5  # versions
NEWS_LAST = timedelta(days=60)
_CANDIDATES_KEPT = 3
_META, _NOTE, _TOLD = "meta.json", "pruefung.json", "gemeldet"
_CANDIDATE = "pruefung-"
_VERSION_NAME = re.compile(r"(\d{1,9})-[0-9a-f]{8}")
_PREFIX = re.compile(r"[0-9a-f]{16}")
PREFIX = 16  # characters of a digest that name a candidate


class Origin(StrEnum):
    """Where a version comes from."""

    FOLDER = "folder"  # KNOWLEDGE_DIR
    PACKAGED = "packaged"  # the knowledge that comes with the program
    FILE = "file"  # the version before, with a file that was sent
    CHAT = "chat"  # the version before, with a phrasing or an entry from the chat
    ROLLBACK = "rollback"  # an earlier version


@dataclass(frozen=True, slots=True)
class Meta:
    """Who accepted what, and when; the content of ``meta.json``."""

    number: int
    digest: str  # SHA-256 over names and contents of all files
    author: int  # chat id of the person; 0: the program itself
    at: datetime
    origin: Origin
    entries: int
    lotsen: int
    returned_to: int = 0  # for a rollback: the number of the version
    news: tuple[News, ...] = ()  # what was new or changed lately, newest first
    cause: str = ""  # for Origin.CHAT: what it was added for

    @classmethod
    def of(
        cls,
        edition: Edition,
        author: int,
        at: datetime,
        origin: Origin,
        *,
        returned_to: int = 0,
        news: tuple[News, ...] = (),
        cause: str = "",
    ) -> "Meta":
        """For a version that is not written yet: ``Versions`` sets number and digest."""
        entries, lotsen = len(edition.knowledge.entries), len(edition.directory.lotsen)
        return cls(0, "", author, at, origin, entries, lotsen, returned_to, news, cause)


@dataclass(frozen=True, slots=True)
class Version:
    """An accepted version; ``path`` can be read like any knowledge folder."""

    meta: Meta
    path: Path


@dataclass(frozen=True, slots=True)
class Note:
    """What a candidate that passed the gate was compared with; the content of ``pruefung.json``."""

    base: int  # number of the version it was compared with
    digest: str
    origin: Origin
    file: str = ""  # for Origin.FILE and Origin.CHAT: its name relative to the folder
    addition: Addition | None = None  # for Origin.CHAT
    cause: str = ""  # for Origin.CHAT: what it is added for


@dataclass(frozen=True, slots=True)
class Candidate:
    """Files that may become a version; ``path`` can be read like any knowledge folder."""

    note: Note
    path: Path

    @property
    def prefix(self) -> str:
        """The name of the candidate in a button."""
        return self.note.digest[:PREFIX]


@cache
def _meta_form() -> TypeAdapter[Meta]:
    return TypeAdapter(Meta)


@cache
def _note_form() -> TypeAdapter[Note]:
    return TypeAdapter(Note)


def read_files(folder: Traversable) -> tuple[TextFile, ...]:
    """What a version consists of: all YAML files of a knowledge folder, and the CSV files beside them.

    Raises ``KnowledgeError`` when the folder cannot be read.
    """
    files = source.read_folder(folder)
    try:
        tables = sorted(item.name for item in folder.iterdir() if item.name.endswith(".csv"))
        return (*files, *(TextFile(name, folder.joinpath(name).read_bytes()) for name in tables))
    except OSError as error:
        message = f"Der Ordner ist nicht lesbar ({error.strerror})."
        raise KnowledgeError([Problem(".", 0, "", message)]) from error


class Versions:
    """The directory of versions and candidates. One process at a time; writing raises ``OSError``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writing = threading.Lock()  # checks and swaps run side by side

    def all(self) -> tuple[Version, ...]:
        """Every version that can be told, newest first."""
        found = (self._version(path) for path in self._folder.glob("*") if _VERSION_NAME.fullmatch(path.name))
        return tuple(
            sorted((item for item in found if item), key=lambda item: item.meta.number, reverse=True)
        )

    def newest(self) -> Version | None:
        """The accepted version, if there is one."""
        return next(iter(self.all()), None)

    def get(self, number: int) -> Version | None:
        """The version of this number, if it is still kept."""
        return next((item for item in self.all() if item.meta.number == number), None)

    def is_whole(self, version: Version) -> bool:
        """Whether the files are those that were accepted."""
        try:
            return source.digest(read_files(version.path)) == version.meta.digest
        except KnowledgeError:
            return False

    def record(self, files: tuple[TextFile, ...], meta: Meta) -> Version:
        """Keep these files as the newest version; ``meta.number`` and ``meta.digest`` are set here."""
        with self._writing:
            meta = replace(meta, number=self._next_number(), digest=source.digest(files))
            unfinished = self._write(files)
            write_whole(unfinished / _META, _meta_form().dump_json(meta, indent=2))
            return self._finish(unfinished, meta)

    def stage(self, files: tuple[TextFile, ...]) -> Path:
        """Write down a candidate; it cannot be accepted before ``approve``."""
        path = self._folder / f"{_CANDIDATE}{source.digest(files)}"
        with self._writing:
            unfinished = self._write(files)
            self.drop(path)
            unfinished.rename(path)
        return path

    def approve(self, path: Path, note: Note) -> Candidate:
        """The candidate passed the gate; only the newest few are kept."""
        write_whole(path / _NOTE, _note_form().dump_json(note))
        others = [other for other in self._folder.glob(f"{_CANDIDATE}*") if other != path]
        for old in sorted(others, key=lambda other: other.stat().st_mtime)[: 1 - _CANDIDATES_KEPT]:
            self.drop(old)
        return Candidate(note, path)

    def candidate(self, prefix: str) -> Candidate | None:
        """The candidate that a button names, if it passed and is still there."""
        if not _PREFIX.fullmatch(prefix):
            return None
        for path in self._folder.glob(f"{_CANDIDATE}{prefix}*"):
            try:
                note = _note_form().validate_json((path / _NOTE).read_bytes())
            except (OSError, ValidationError):
                continue
            return Candidate(note, path)
        return None

    def promote(self, candidate: Candidate, meta: Meta) -> Version:
        """Make a candidate the newest version; ``meta.number`` and ``meta.digest`` are set here."""
        with self._writing:
            meta = replace(meta, number=self._next_number(), digest=candidate.note.digest)
            write_whole(candidate.path / _META, _meta_form().dump_json(meta, indent=2))
            version = self._finish(candidate.path, meta)
        (version.path / _NOTE).unlink(missing_ok=True)
        return version

    def drop(self, path: Path) -> None:
        """Forget a candidate."""
        shutil.rmtree(path, ignore_errors=True)

    def told(self) -> str:
        """The digest of the changes that admins were told about last."""
        try:
            return (self._folder / _TOLD).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            return ""

    def remember_told(self, digest: str) -> None:
        """Admins know about these changes."""
        write_whole(self._folder / _TOLD, digest.encode())

    def _next_number(self) -> int:
        # From the names, not from what can be read: a number is never given twice.
        names = (_VERSION_NAME.fullmatch(path.name) for path in self._folder.glob("*"))
        return max((int(match[1]) for match in names if match), default=0) + 1

    def _version(self, path: Path) -> Version | None:
        try:
            return Version(_meta_form().validate_json((path / _META).read_bytes()), path)
        except (OSError, ValidationError) as error:
            log.warning("version %s cannot be read: %s", path.name, type(error).__name__)
            return None

    def _write(self, files: tuple[TextFile, ...]) -> Path:
        """All files in a fresh directory that nobody takes for a version."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for left in self._folder.glob(".*"):
            shutil.rmtree(left, ignore_errors=True)
        unfinished = self._folder / f".{source.digest(files)}"
        for file in files:
            target = unfinished / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            write_whole(target, file.content)
        return unfinished

    def _finish(self, unfinished: Path, meta: Meta) -> Version:
        path = self._folder / f"{meta.number}-{meta.digest[:8]}"
        unfinished.rename(path)
        _sync(self._folder)
        for old in self.all()[KEPT:]:
            shutil.rmtree(old.path, ignore_errors=True)
        return Version(meta, path)


def write_whole(path: Path, blob: bytes) -> None:
    """Written beside and renamed, and on the disk when this returns."""
    unfinished = path.with_name(f".{path.name}.neu")
    with unfinished.open("wb") as file:
        file.write(blob)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    """A rename is on the disk only when its directory is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
