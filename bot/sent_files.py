"""A file that an editor sends in a chat: where it belongs, what stands there, how it gets into the editors' folder."""

import logging
import re
from dataclasses import dataclass
from pathlib import Path

from bot.versions import write_whole
from knowledge.additions import Addition, AdditionError
from knowledge.checklist import QUESTIONS_FILE, SOURCES_FILE
from knowledge.directory_form import DIRECTORY_FILE
from knowledge.law_watch import LAWS_FILE
from knowledge.questions import GOLDEN_FILE
from knowledge.source import FAQ_FOLDER, PAGES_FILE, TextFile
from knowledge.wordlists import HANDOVER_FILE, SYNONYMS_FILE

log = logging.getLogger(__name__)

LARGEST = 1_000_000  # bytes; the largest file of the shipped FAQ has a tenth of it
_NAME = re.compile(r"[A-Za-z0-9ÄÖÜäöüß][A-Za-z0-9ÄÖÜäöüß._-]{0,80}\.ya?ml")
_COPY = re.compile(r" ?\(\d+\)(?=\.ya?ml$)")  # "t05 (1).yaml": what a phone calls a second download
_BESIDE_FAQ = frozenset(
    {
        PAGES_FILE,
        SYNONYMS_FILE,
        HANDOVER_FILE,
        DIRECTORY_FILE,
        SOURCES_FILE,
        QUESTIONS_FILE,
        GOLDEN_FILE,
        LAWS_FILE,
    }
)


@dataclass(frozen=True, slots=True)
class Written:
    """The file is in the editors' folder (``done``); ``kept``: where their own unaccepted work on it is kept."""

    done: bool
    kept: str = ""


def place_of(name: str) -> str | None:
    """The file's place in a knowledge folder; ``None`` when no file there can have this name."""
    plain = _COPY.sub("", name)
    if not _NAME.fullmatch(plain):
        return None
    return plain if plain in _BESIDE_FAQ else f"{FAQ_FOLDER}/{plain}"


def with_file(files: tuple[TextFile, ...], file: TextFile) -> tuple[TextFile, ...]:
    """The files with this one added, or in place of the one of its name."""
    return (*(other for other in files if other.name != file.name), file)


def into_folder(folder: Path, name: str, *, new: Path, base: Path) -> Written:
    """Put file ``name`` of folder ``new`` into the editors' folder.

    What stands there and is not what was accepted before (in ``base``) is somebody's unfinished work: it is kept beside.
    """
    target = folder / name
    try:
        content = (new / name).read_bytes()
        there = _content(target)
        kept = ""
        if there is not None and there not in {content, _content(base / name)}:
            beside = target.with_name(f"{target.name}.vorher")
            write_whole(beside, there)
            kept = beside.relative_to(folder).as_posix()
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, content)
    except OSError as error:
        log.warning("a file that was sent is not in the folder: %s", type(error).__name__)
        return Written(done=False)
    return Written(done=True, kept=kept)


def added(folder: Path, name: str, addition: Addition, *, new: Path, base: Path) -> Written:
    """Put the addition that file ``name`` of folder ``new`` has into the editors' folder, beside their unfinished work there."""
    target = folder / name
    try:
        there = _content(target)
        if there is None or there == _content(base / name):
            content: bytes | None = (new / name).read_bytes()
        else:
            content = addition.to_content(TextFile(name, there))
        if content is None:
            return Written(done=False)
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, content)
    except (OSError, AdditionError) as error:
        log.warning("an addition is not in the folder: %s", type(error).__name__)
        return Written(done=False)
    return Written(done=True)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
