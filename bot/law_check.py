"""The law watch over a knowledge folder: compare the cited provisions with what was reviewed, mark, take marks away."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path

from bot.versions import write_whole
from knowledge import citations, law_watch, source, statutes
from knowledge.citations import Citation
from knowledge.entry import Entry, EntryId, Knowledge, LawMark
from knowledge.law_watch import LAWS_FILE, NEW_FOLDER, TEXTS_FOLDER, LawRead, Watch
from knowledge.statutes import Change, Changed, Statute

Read = Callable[[str], Statute | None]


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A citation that leads to no provision, or to no such Absatz of it."""

    entry: EntryId
    citation: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the comparison found; ``texts`` and ``new_texts`` are the files to write, by law."""

    watch: Watch
    changed: tuple[Changed, ...]
    entries: Mapping[str, tuple[EntryId, ...]]  # "§ 60c AufenthG" → who cites it
    unresolved: tuple[Unresolved, ...]
    unverified: tuple[str, ...]  # laws that are cited and were not at hand
    cited: int  # citations in all entries
    not_at_hand: int  # of them in laws that were not at hand
    provisions: int
    texts: Mapping[str, Statute] = field(default_factory=dict)
    new_texts: Mapping[str, Statute] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Cited:
    entry: Entry
    text: str
    citation: Citation


def watch_of(folder: Traversable) -> Watch:
    """The watch of a knowledge folder; what is wrong with its file is said where the folder is read."""
    files = {file.name: file.content for file in source.read_folder(folder)}
    return law_watch.read_watch(files)[0]


def texts_of(folder: Traversable, law: str, *, new: bool = False) -> Statute | None:
    """The stored texts of a law: as reviewed, or as they are ``new``."""
    place = folder.joinpath(TEXTS_FOLDER)
    path = (place.joinpath(NEW_FOLDER) if new else place).joinpath(f"{_file(law)}.md")
    return statutes.read_markdown(law, path.read_text("utf-8")) if path.is_file() else None


def examine(knowledge: Knowledge, watch: Watch, reviewed: Read, current: Read, today: date) -> Outcome:
    """Compare every cited provision: ``reviewed`` gives the stored texts of a law, ``current`` those of today."""
    by_law: dict[str, list[_Cited]] = {}
    for entry in knowledge.entries.values():
        for text in entry.legal_basis:
            citation = citations.parse(text)
            if citation is not None:
                by_law.setdefault(citation.law, []).append(_Cited(entry, text, citation))
    laws, marks = dict(watch.laws), [mark for mark in watch.marks if mark.law not in by_law]
    changed: list[Changed] = []
    unresolved: list[Unresolved] = []
    unverified: list[str] = []
    texts: dict[str, Statute] = {}
    new_texts: dict[str, Statute] = {}
    for law, cited in sorted(by_law.items()):
        now = current(law)
        if now is None:
            unverified.append(law)
            marks += [mark for mark in watch.marks if mark.law == law]
            continue
        found = _of_law(law, cited, reviewed(law), now)
        changed += found
        gone = {item.label for item in found}
        unresolved += [
            Unresolved(item.entry.id, item.text) for item in cited if not _resolves(item.citation, now, gone)
        ]
        since = {mark.label: mark.since for mark in watch.marks if mark.law == law}
        marks += [
            LawMark(law, item.label, item.what, since.get(item.label, today), item.where) for item in found
        ]
        texts[law] = _reviewed(cited, reviewed(law), now, gone)
        new_texts[law] = Statute(
            law, {label: now.provisions[label] for label in sorted(gone) if label in now.provisions}
        )
        prints = {label: item.fingerprint for label, item in texts[law].provisions.items()}
        laws[law] = LawRead(today, frozenset(now.provisions), prints)
    outcome = Watch(laws, tuple(marks))
    return Outcome(
        outcome,
        tuple(changed),
        {mark.name: _citing(by_law[mark.law], mark) for mark in marks if mark.law in by_law},
        tuple(unresolved),
        tuple(unverified),
        cited=sum(map(len, by_law.values())),
        not_at_hand=sum(len(by_law[law]) for law in unverified),
        provisions=sum(len(item.provisions) for item in texts.values()),
        texts=texts,
        new_texts=new_texts,
    )


def _of_law(law: str, cited: Iterable[_Cited], before: Statute | None, now: Statute) -> list[Changed]:
    """What became of the provisions that are still cited."""
    if before is None:
        return []
    wanted = {item.label for one in cited for item in before.cited(one.citation)}
    still = Statute(law, {label: item for label, item in before.provisions.items() if label in wanted})
    return list(statutes.changes(still, now))


def _resolves(citation: Citation, now: Statute, gone: set[str]) -> bool:
    """A citation of what changed is for the review, not a mistake of the editor."""
    found = now.cited(citation)
    if not found:
        return f"{citation.kind} {citation.section}" in gone
    if not citation.paragraph or any(item.has_paragraph(citation.paragraph) for item in found):
        return True
    return any(item.label in gone for item in found)


def _reviewed(cited: Iterable[_Cited], before: Statute | None, now: Statute, gone: set[str]) -> Statute:
    """The texts to compare with from now on: of what changed the old one, until somebody has reviewed it."""
    old = before.provisions if before is not None else {}
    wanted = {item.label for one in cited for item in now.cited(one.citation)} | gone
    order = [*now.provisions, *(label for label in old if label not in now.provisions)]
    return Statute(
        now.law,
        {label: old[label] if label in gone else now.provisions[label] for label in order if label in wanted},
    )


def _citing(cited: Iterable[_Cited], mark: LawMark) -> tuple[EntryId, ...]:
    return tuple(dict.fromkeys(one.entry.id for one in cited if law_watch.meets(one.citation, mark)))


def write(folder: Path, outcome: Outcome) -> None:
    """Keep the outcome in a knowledge folder; ``gesetze.yaml`` comes last, so that a crash only repeats the work."""
    place = folder / TEXTS_FOLDER
    for law, statute in outcome.texts.items():
        _keep(place / f"{_file(law)}.md", statute)
    for law, statute in outcome.new_texts.items():
        _keep(place / NEW_FOLDER / f"{_file(law)}.md", statute)
    write_whole(folder / LAWS_FILE, law_watch.dump(outcome.watch).encode())


def accept(folder: Path, watch: Watch, names: Iterable[str]) -> Watch:
    """The entries that cite these provisions ("§ 60c AufenthG") are reviewed: today's text is the one to compare with."""
    wanted = set(names)
    laws = dict(watch.laws)
    for mark in watch.marks:
        if mark.name not in wanted:
            continue
        reviewed, new = texts_of(folder, mark.law), texts_of(folder, mark.law, new=True)
        kept = dict(reviewed.provisions) if reviewed else {}
        waiting = dict(new.provisions) if new else {}
        kept.pop(mark.label, None)
        if mark.label in waiting and mark.what != Change.MISSING:
            kept[mark.label] = waiting.pop(mark.label)
        _keep(folder / TEXTS_FOLDER / f"{_file(mark.law)}.md", Statute(mark.law, kept))
        _keep(folder / TEXTS_FOLDER / NEW_FOLDER / f"{_file(mark.law)}.md", Statute(mark.law, waiting))
        laws[mark.law] = replace(
            laws[mark.law], fingerprints={label: item.fingerprint for label, item in kept.items()}
        )
    left = Watch(laws, tuple(mark for mark in watch.marks if mark.name not in wanted))
    write_whole(folder / LAWS_FILE, law_watch.dump(left).encode())
    return left


def _keep(path: Path, statute: Statute) -> None:
    """Write the texts; a law of which nothing is left has no file."""
    if not statute.provisions:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, statutes.as_markdown(statute).encode())


def _file(law: str) -> str:
    return law.replace(" ", "_").replace("/", "-")
