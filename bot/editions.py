"""Reads a knowledge folder into an edition; what takes long comes from the cache when nothing changed.

``python -m bot.editions --cache DIR`` fills the cache: the process that a bot starts which finds nothing there.
"""

import argparse
import logging
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Self

from bot import heap
from bot.cache import Cache, Memory, code_digest, combined
from bot.library import Edition
from knowledge import directory, records, source
from knowledge.directory import Directory
from knowledge.entry import Knowledge
from knowledge.lint import lint
from knowledge.problems import Findings, KnowledgeError, Problem
from knowledge.questions import Questions, read_questions
from knowledge.regions import Regions, digest_of_folder
from knowledge.understanding import Understanding

log = logging.getLogger(__name__)

CORRECTIONS_FILE = "regionen-korrekturen.csv"
DIRECTORY_FILE = "lotsen.yaml"
SAMPLE_REFUSED = (
    "Das ist das erfundene Muster-Verzeichnis (muster: true). Mit dem echten Telegram startet der Bot nur mit echten "
    "Kontakten: einen Ordner anlegen (lotsenbot init), lotsen.yaml ersetzen und KNOWLEDGE_DIR darauf setzen."
)


def packaged() -> Traversable:
    """The knowledge that comes with the program."""
    return files("knowledge") / "data"


_REGIONS = packaged() / "regions"


@dataclass(frozen=True, slots=True)
class Content:
    """What the files of a folder say, and what is wrong with them; whole when there are no ``problems``."""

    knowledge: Knowledge | None
    directory: Directory | None
    questions: Questions
    problems: tuple[Problem, ...]
    findings: Findings  # of the lint; none without knowledge


@dataclass(frozen=True, slots=True)
class Editions:
    """Loads editions from ``folder`` (``None``: the packaged knowledge)."""

    folder: Path | None
    cache: Cache
    sample_allowed: bool = (
        True  # False with the real Telegram: an invented contact must never be shown as real
    )
    memory: Memory = field(default_factory=Memory)
    apart: bool = (
        False  # what the cache has not is made in a process of its own: it takes twice the memory of the bot
    )
    shipped: Traversable = field(default_factory=packaged)
    longest: float = 900.0  # seconds that process may take

    @property
    def origin(self) -> Traversable:
        """Where the knowledge is read from."""
        return self.folder or self.shipped

    def load(self, *, linted: bool = True) -> Edition:
        """Read, check and index everything; raises ``KnowledgeError`` with every problem of every file at once.

        ``linted=False`` is for what was accepted under the rules of an older program: what the lint finds stops nothing.

        Takes seconds without a cache, so callers in a running bot use a thread or a process.
        """
        with heap.loading():
            return self._loaded(linted=linted)

    def _loaded(self, *, linted: bool) -> Edition:
        texts = source.read_folder(self.origin)
        code = code_digest("knowledge")
        places = combined(code, digest_of_folder(_REGIONS, overrides=self._corrections))
        key = combined(code, places, source.digest(texts))
        if self.apart and not self.cache.has("content", key):
            self._fill()
        regions = self.memory.get("regions", places, lambda: self._regions(places))
        content = self.memory.get("content", key, lambda: self._content(key, texts, regions))
        problems = [*content.problems, *(content.findings.problems if linted else ())]
        if content.directory is not None and content.directory.muster and not self.sample_allowed:
            problems.append(Problem(DIRECTORY_FILE, 0, "", SAMPLE_REFUSED))
        if problems or content.knowledge is None or content.directory is None:
            raise KnowledgeError(problems)
        understanding = self._understanding(content.knowledge, code)
        notices, questions = content.findings.notices, content.questions
        return Edition(content.knowledge, understanding, content.directory, regions, notices, questions)

    def at(self, folder: Path) -> Self:
        """The same for another folder."""
        return replace(self, folder=folder)

    def _understanding(self, knowledge: Knowledge, code: str) -> Understanding:
        # Most edits change what is only shown: they need no new index.
        key = combined(code, Understanding.basis(knowledge))

        def make() -> Understanding:
            cached = self.cache.mapped("understanding", key)
            understanding = Understanding.restored(knowledge, cached) if cached is not None else None
            if understanding is None:
                understanding = Understanding.build(knowledge)
                self.cache.put("understanding", key, understanding.dump())
            return understanding

        return self.memory.get("understanding", combined(code, knowledge.digest), make)

    def _fill(self) -> None:
        """Have the cache filled by another process; where that fails, this one finds out why and says so."""
        if not self.cache.is_writable:
            return
        command = [sys.executable, "-m", "bot.editions", "--cache", str(self.cache.folder)]
        if self.folder is not None:
            command += ["--folder", str(self.folder)]
        log.info("the knowledge is read and its index built")
        try:
            # S603: our own program
            ended = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, timeout=self.longest)  # noqa: S603
        except subprocess.TimeoutExpired:
            log.warning(
                "the process that builds the index took longer than %.0f s and was ended", self.longest
            )
        else:
            if ended.returncode < 0:  # what is wrong in the knowledge is told by this process
                log.warning("the process that builds the index was ended by signal %d", -ended.returncode)

    @property
    def _corrections(self) -> Path | None:
        return None if self.folder is None else self.folder / CORRECTIONS_FILE

    def _content(self, key: str, texts: tuple[source.TextFile, ...], regions: Regions) -> Content:
        """What ``texts`` say; what was read without a problem before is not read from YAML again."""
        cached = self.cache.get("content", key)
        if cached is not None:
            try:
                return records.restore(Content, cached)
            except ValueError:
                log.warning("the cached content is damaged and is read anew")
        content = _read(texts, regions)
        if not content.problems:
            self.cache.put("content", key, records.dump(content))
        return content

    def _regions(self, key: str) -> Regions:
        cached = self.cache.mapped("regions", key)
        if cached is not None:
            try:
                return Regions.restore(cached)
            except ValueError:
                log.warning("the cached regions are damaged and are built anew")
        regions = Regions.load(_REGIONS, overrides=self._corrections)
        self.cache.put("regions", key, regions.dump())
        return regions


def _read(texts: tuple[source.TextFile, ...], regions: Regions) -> Content:
    """What ``texts`` say, with every problem at once."""
    problems = [*regions.problems]
    knowledge: Knowledge | None = None
    try:
        knowledge = source.parse(texts)
    except KnowledgeError as error:
        problems += error.problems
    findings = Findings() if knowledge is None else lint(knowledge, texts)
    by_name = {file.name: file.content for file in texts}
    found = directory.parse(by_name, regions)
    questions, _ = read_questions(by_name)
    return Content(knowledge, found.directory, questions, (*problems, *found.problems), findings)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fill the cache; 1 when there are problems, which whoever reads the folder next will hear of."""
    parser = argparse.ArgumentParser(prog="python -m bot.editions")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    given = parser.parse_args(arguments)
    try:
        Editions(given.folder, Cache(given.cache)).load(linted=False)
    except KnowledgeError:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
