"""Reads a knowledge folder into an edition; what takes long comes from the cache when nothing changed."""

import logging
from dataclasses import dataclass, field, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Self

from bot.cache import Cache, Memory, code_digest, combined
from bot.library import Edition
from knowledge import directory, source
from knowledge.entry import Knowledge
from knowledge.lint import Findings, lint
from knowledge.problems import KnowledgeError, Problem
from knowledge.questions import read_questions
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
        problems: list[Problem] = []
        texts = source.read_folder(self.origin)
        code = code_digest("knowledge")
        regions = self._regions(code)
        problems += regions.problems
        try:
            knowledge = self.memory.get(
                "knowledge", combined(code, source.digest(texts)), lambda: source.parse(texts)
            )
        except KnowledgeError as error:
            problems += error.problems
            knowledge = None
        findings = self._findings(knowledge, texts, code) if knowledge is not None else Findings()
        if linted:
            problems += findings.problems
        by_name = {file.name: file.content for file in texts}
        found = directory.parse(by_name, regions)
        problems += found.problems
        if found.directory is not None and found.directory.muster and not self.sample_allowed:
            problems.append(Problem(DIRECTORY_FILE, 0, "", SAMPLE_REFUSED))
        if problems or knowledge is None or found.directory is None:
            raise KnowledgeError(problems)
        understanding = self._understanding(knowledge, code)
        questions, _ = read_questions(by_name)
        return Edition(knowledge, understanding, found.directory, regions, findings.notices, questions)

    def at(self, folder: Path) -> Self:
        """The same for another folder."""
        return replace(self, folder=folder)

    def _understanding(self, knowledge: Knowledge, code: str) -> Understanding:
        # Most edits change what is only shown: they need no new index.
        key = combined(code, Understanding.basis(knowledge))

        def build() -> Understanding:
            cached = self.cache.get("understanding", key)
            understanding = Understanding.build(knowledge, cached=cached)
            if cached is None:
                self.cache.put("understanding", key, understanding.dump())
            return understanding

        return self.memory.get("understanding", combined(code, knowledge.digest), build)

    def _findings(self, knowledge: Knowledge, texts: tuple[source.TextFile, ...], code: str) -> Findings:
        key = combined(code, knowledge.digest)
        cached = self.cache.get("findings", key)
        if cached is not None:
            return Findings.restore(cached)
        findings = lint(knowledge, texts)
        self.cache.put("findings", key, findings.dump())
        return findings

    def _regions(self, code: str) -> Regions:
        folder = packaged() / "regions"
        corrections = self.folder / CORRECTIONS_FILE if self.folder is not None else None
        key = combined(code, digest_of_folder(folder, overrides=corrections))

        def read() -> Regions:
            cached = self.cache.get("regions", key)
            if cached is not None:
                try:
                    return Regions.restore(cached)
                except ValueError:
                    log.warning("the cached regions are damaged and are built anew")
            regions = Regions.load(folder, overrides=corrections)
            self.cache.put("regions", key, regions.dump())
            return regions

        return self.memory.get("regions", key, read)
