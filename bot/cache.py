"""A folder of blobs keyed by the hash of what they were made from; losing it costs time, never correctness."""

import hashlib
import logging
import mmap
import os
from collections.abc import Callable
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

log = logging.getLogger(__name__)

_KEPT = 4  # blobs in the folder of one name: the version in use, the one that may replace it, and those one returns to

_T = TypeVar("_T")


class Cache:
    """Blobs by name and digest; ``folder`` may be unwritable or ``None``, then nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    @property
    def folder(self) -> Path | None:
        """Where the blobs are, for a process that shares them."""
        return self._folder

    @property
    def is_writable(self) -> bool:
        """Whether blobs can be kept."""
        if self._folder is None:
            return False
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
        return self._folder.is_dir() and os.access(self._folder, os.W_OK)

    def has(self, name: str, digest: str) -> bool:
        """Whether the blob is there."""
        return self._folder is not None and self._path(name, digest).exists()

    def get(self, name: str, digest: str) -> bytes | None:
        """The blob made from what ``digest`` stands for, if it is there."""
        if self._folder is None:
            return None
        path = self._path(name, digest)
        try:
            blob = path.read_bytes()
        except OSError:
            return None
        _used_now(path)
        return blob

    def mapped(self, name: str, digest: str) -> memoryview | None:
        """As :meth:`get`, left on the disk until it is looked at: memory that the machine can take back at any time.

        A blob that another takes the place of stays as long as somebody looks at it.
        """
        if self._folder is None:
            return None
        path = self._path(name, digest)
        try:
            with path.open("rb") as file:
                blob = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except (OSError, ValueError):  # an empty file cannot be mapped
            return None
        _used_now(path)
        return blob

    def put(self, name: str, digest: str, blob: bytes) -> None:
        """Keep a blob and drop those of this name used longest ago; written beside and renamed, so a crash leaves no half."""
        if self._folder is None:
            return
        path = self._path(name, digest)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_suffix(f".{os.getpid()}.new")  # another process may write the same
            unfinished.write_bytes(blob)
            unfinished.replace(path)
            others = [other for other in self._folder.glob(f"{name}-*.bin") if other != path]
            for old in sorted(others, key=_used, reverse=True)[_KEPT - 1 :]:
                with suppress(OSError):
                    old.unlink()
        except OSError as error:
            log.warning("cache %s could not be written: %s", name, type(error).__name__)

    def _path(self, name: str, digest: str) -> Path:
        if self._folder is None:
            raise LookupError
        return self._folder / f"{name}-{digest[:32]}.bin"


class Memory:
    """Immutable values of this process, by name and digest: what a reload does not change is not read again."""

    def __init__(self, kept: int = 2) -> None:
        """``kept``: values of one name; two are the one in use and the one that may replace it, and an index is large."""
        self._kept = kept
        self._values: dict[tuple[str, str], Any] = {}

    def get(self, name: str, digest: str, make: Callable[[], _T]) -> _T:
        """The value made from what ``digest`` stands for; those of this name used longest ago are forgotten."""
        value: _T = self._values.pop((name, digest)) if (name, digest) in self._values else make()
        self._values[name, digest] = value
        for old in [key for key in self._values if key[0] == name][: -self._kept]:
            self._values.pop(old, None)
        return value


def _used_now(path: Path) -> None:
    with suppress(OSError):  # a cache that can only be read keeps its order
        os.utime(path)


def _used(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # another process dropped it
        return 0.0


def code_digest(package: str) -> str:
    """SHA-256 over the source, word lists and weights of ``package``: another program may read the same knowledge differently."""
    whole = hashlib.sha256()
    for item in sorted(files(package).iterdir(), key=lambda item: item.name):
        if item.name.endswith((".py", ".txt", ".tsv", ".npz")):
            whole.update(item.name.encode() + b"\0" + item.read_bytes() + b"\0")
    return whole.hexdigest()


def combined(*digests: str) -> str:
    """One digest for several."""
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()
