"""YAML → knowledge, or every problem of every file at once with file, line, entry and what to do."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from operator import eq
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from knowledge.entry import Entry, EntryId, Knowledge, Link, Page, Section, Topic, TopicId, Variant
from knowledge.law_watch import read_watch
from knowledge.lines import Lines, Path, load_with_lines
from knowledge.problems import KnowledgeError, Problem
from knowledge.schema import EntryForm, PageForm, PagesForm, TopicForm, explain
from knowledge.wordlists import load_wordlists

FAQ_FOLDER = "faq"
PAGES_FILE = "seiten.yaml"

_FormT = TypeVar("_FormT", bound=BaseModel)
_ID_LINE = re.compile(rb"^\s*(?:-\s+)?id:\s*[\"']?([a-z0-9-]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file of the folder: its name relative to it, and its content."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _Placed:
    """An entry and where it stands, for problems that show only when all files are seen together."""

    form: EntryForm
    file: str
    path: Path
    lines: Lines

    def problem(self, message: str, *path: str | int) -> Problem:
        return Problem(self.file, self.lines.of((*self.path, *path)), self.form.id, message)


def read_folder(folder: Traversable) -> tuple[TextFile, ...]:
    """All YAML files of ``folder`` and its ``faq`` folder, in a stable order.

    Raises ``KnowledgeError`` when the folder is missing or a file cannot be read.
    """
    try:
        faq = folder.joinpath(FAQ_FOLDER)
        names = sorted(item.name for item in faq.iterdir() if item.name.endswith((".yaml", ".yml")))
        files = [TextFile(f"{FAQ_FOLDER}/{name}", faq.joinpath(name).read_bytes()) for name in names]
        others = sorted(item.name for item in folder.iterdir() if item.name.endswith((".yaml", ".yml")))
        files += [TextFile(name, folder.joinpath(name).read_bytes()) for name in others]
    except OSError as error:
        message = f"Der Ordner ist nicht lesbar ({error.strerror}). Erwartet wird ein Ordner „{FAQ_FOLDER}“ mit YAML-Dateien."
        raise KnowledgeError([Problem(FAQ_FOLDER, 0, "", message)]) from error
    return tuple(files)


def load(folder: Traversable) -> Knowledge:
    """The knowledge of ``folder``; raises ``KnowledgeError`` with every problem of every file."""
    return parse(read_folder(folder))


def parse(files: tuple[TextFile, ...]) -> Knowledge:
    """The knowledge these files hold; raises ``KnowledgeError`` with every problem of every file."""
    problems: list[Problem] = []
    topics: list[Topic] = []
    placed: list[_Placed] = []
    broken_ids: set[str] = set()
    seen_topics: dict[str, str] = {}
    for file in files:
        if not file.name.startswith(f"{FAQ_FOLDER}/"):
            continue
        read = _read_form(file, TopicForm, problems, entries_at=("eintraege",))
        if read is None:
            # Links into a file that has a problem of its own are not dead: say each thing once.
            broken_ids |= {match.group(1).decode() for match in _ID_LINE.finditer(file.content)}
            continue
        form, lines = read
        if form.thema in seen_topics:
            message = (
                f"Das Thema „{form.thema}“ steht schon in {seen_topics[form.thema]}. Eine Datei je Thema."
            )
            problems.append(Problem(file.name, lines.of(("thema",)), "", message))
        seen_topics[form.thema] = file.name
        placed += [
            _Placed(entry, file.name, ("eintraege", number), lines)
            for number, entry in enumerate(form.eintraege)
        ]
        topics.append(_topic(form))
    if not topics and not problems:
        message = "Hier liegt keine FAQ-Datei. Erwartet wird mindestens eine Datei faq/<thema>.yaml."
        problems.append(Problem(FAQ_FOLDER, 0, "", message))
    entry_ids = frozenset(item.form.id for item in placed) | broken_ids
    problems += _across_entries(placed, entry_ids)
    pages = _pages(files, entry_ids, problems)
    by_name = {file.name: file.content for file in files}
    synonyms, triggers, word_problems = load_wordlists(by_name, entry_ids)
    problems += word_problems
    watch, watch_problems = read_watch(by_name)
    problems += watch_problems
    if problems:
        raise KnowledgeError(problems)
    topics.sort(key=lambda topic: topic.id)
    entries = [entry for topic in topics for entry in topic.entries]
    under_review = watch.under_review(entries)
    return Knowledge(tuple(topics), pages, synonyms, triggers, digest(files), under_review)


def digest(files: tuple[TextFile, ...]) -> str:
    """SHA-256 over names and contents: the same folder gives the same digest on every machine."""
    whole = hashlib.sha256()
    for file in sorted(files, key=lambda item: item.name):
        for part in (file.name.encode(), file.content):
            whole.update(len(part).to_bytes(8, "big"))
            whole.update(part)
    return whole.hexdigest()


def json_schema() -> str:
    """The JSON Schema of one FAQ file, for editors whose program checks while typing."""
    return json.dumps(TopicForm.model_json_schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _read_form(
    file: TextFile, model: type[_FormT], problems: list[Problem], *, entries_at: Path = ()
) -> tuple[_FormT, Lines] | None:
    """The file as ``model``; ``None`` when it has problems, which are added to ``problems``."""
    try:
        text = file.content.decode()
    except UnicodeDecodeError as error:
        line = file.content.count(b"\n", 0, error.start) + 1
        message = "Die Datei ist nicht in UTF-8 gespeichert. Im Editor „UTF-8“ wählen und neu speichern."
        problems.append(Problem(file.name, line, "", message))
        return None
    loaded = load_with_lines(text, file.name)
    if loaded.problems:
        problems.extend(loaded.problems)
        return None
    try:
        return model.model_validate(loaded.value), loaded.lines
    except ValidationError as error:
        source_lines = text.split("\n")
        details = error.errors()
        for detail in details:
            path: Path = detail["loc"]
            if detail["type"] == "too_short" and any(
                len(other["loc"]) > len(path) == sum(map(eq, other["loc"], path)) for other in details
            ):
                continue  # pydantic counts only valid items: the invalid ones are reported themselves
            line = loaded.lines.of(path)
            if "line" in detail.get("ctx", {}) and source_lines[line - 1].rstrip().endswith(
                ("|", "|-", ">", ">-")
            ):
                line += 1 + int(detail["ctx"]["line"])
            entry = _entry_id(loaded.value, path, entries_at)
            problems.append(Problem(file.name, line, entry, explain(detail)))
        return None


def _entry_id(value: object, path: Path, entries_at: Path) -> str:
    """The id of the entry that ``path`` leads into, if it has one."""
    depth = len(entries_at)
    if not depth or path[:depth] != entries_at or len(path) <= depth:
        return ""
    for step in path[: depth + 1]:
        match value, step:
            case dict(), str():
                value = value.get(step)
            case list(), int():
                value = value[step] if step < len(value) else None
            case _:
                return ""
    return str(value.get("id", "")) if isinstance(value, dict) else ""


def _across_entries(placed: list[_Placed], entry_ids: frozenset[str]) -> Iterator[Problem]:
    """What only shows when all entries are seen together: ids given twice, phrasings given twice, dead links."""
    by_id: dict[str, _Placed] = {}
    phrasings: dict[str, _Placed] = {}
    for item in placed:
        other = by_id.setdefault(item.form.id, item)
        if other is not item:
            where = f"{other.file}:{other.lines.of(other.path)}"
            yield item.problem(
                f"Die id „{item.form.id}“ gibt es schon in {where}. Bitte eine andere wählen.", "id"
            )
    for item in placed:
        for number, wanted in enumerate(item.form.verwandt):
            if wanted not in entry_ids:
                yield item.problem(
                    f"„{wanted}“ ist kein Eintrag. Id berichtigen oder Zeile löschen.", "verwandt", number
                )
            elif wanted == item.form.id:
                yield item.problem("Der Eintrag verweist auf sich selbst. Bitte löschen.", "verwandt", number)
        for number, phrasing in enumerate(item.form.formulierungen):
            key = " ".join(phrasing.casefold().split())
            other = phrasings.setdefault(key, item)
            if other is not item:
                message = f"„{phrasing}“ steht auch bei „{other.form.id}“. Nur einer von beiden kann gefunden werden."
                yield item.problem(message, "formulierungen", number)
        if item.form.entwurf and not item.form.ungeprueft:
            yield item.problem("Ein Entwurf braucht „ungeprueft“: was an der Antwort noch zu prüfen ist.")
        if not item.form.entwurf and not item.form.rechtsgrundlage and not item.form.programm:
            yield item.problem("Es fehlt „rechtsgrundlage“ oder „programm“. Eins von beiden angeben.")


def _topic(form: TopicForm) -> Topic:
    topic = TopicId(form.thema)
    return Topic(topic, form.titel, tuple(_entry(entry, topic) for entry in form.eintraege))


def _entry(form: EntryForm, topic: TopicId) -> Entry:
    return Entry(
        id=EntryId(form.id),
        topic=topic,
        title=form.titel,
        phrasings=form.formulierungen,
        answer=form.antwort,
        details=form.details,
        legal_basis=form.rechtsgrundlage,
        programme=form.programm,
        sources=tuple(Link(source.name, source.url) for source in form.quellen),
        as_of=form.stand,
        review_by=form.pruefen_bis,
        role=form.zustaendig,
        related=tuple(EntryId(entry) for entry in form.verwandt),
        facts=form.fakten,
        hand_over=form.uebergabe,
        urgent=form.dringend,
        unverified=form.ungeprueft,
        variants=tuple(Variant(variant.land, variant.text) for variant in form.varianten),
    )


def _pages(
    files: tuple[TextFile, ...], entry_ids: frozenset[str], problems: list[Problem]
) -> tuple[Page, ...]:
    file = next((file for file in files if file.name == PAGES_FILE), None)
    read = _read_form(file, PagesForm, problems) if file else None
    if read is None:
        return ()
    form, lines = read
    for path, wanted in _page_links(form):
        if wanted not in entry_ids:
            message = f"„{wanted}“ ist kein Eintrag. Id berichtigen oder Zeile löschen."
            problems.append(Problem(PAGES_FILE, lines.of(path), "", message))
    return tuple(_page(page) for page in form.seiten)


def _page_links(form: PagesForm) -> Iterator[tuple[Path, str]]:
    for page_number, page in enumerate(form.seiten):
        for section_number, section in enumerate(page.abschnitte):
            for number, wanted in enumerate(section.eintraege):
                yield ("seiten", page_number, "abschnitte", section_number, "eintraege", number), wanted


def _page(form: PageForm) -> Page:
    sections = tuple(
        Section(part.titel, tuple(EntryId(entry) for entry in part.eintraege)) for part in form.abschnitte
    )
    return Page(form.id, form.titel, form.einleitung, sections)
