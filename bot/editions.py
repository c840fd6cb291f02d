"""Reads a knowledge folder into an edition; what takes long comes from the cache when nothing changed."""

import logging
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
    shipped: Traversable = field(default_factory=packaged)

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
        regions = self.memory.get("regions", places, lambda: self._regions(places))
        key = combined(code, places, source.digest(texts))
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
