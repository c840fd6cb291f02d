"""``gesetze.yaml``: which provisions the statutes have, the fingerprints of those the FAQ cites, and what has changed since.

The program writes this file (``lotsenbot gesetze``); editors read it and take marks away by saying "reviewed".
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from knowledge import citations
from knowledge.citations import Citation
from knowledge.entry import Entry, EntryId, LawMark
from knowledge.problems import Problem
from knowledge.schema import Form
from knowledge.statutes import Change
from knowledge.wordlists import read_file

LAWS_FILE = "gesetze.yaml"
TEXTS_FOLDER = "gesetze"  # beside the file: <law>.md, the cited provisions as they were reviewed
NEW_FOLDER = "neu"  # in there: the same for provisions that have changed since

_HEADER = """\
# Welche Vorschriften die Gesetze haben, und die Fingerabdrücke derer, die die FAQ nennt. Geschrieben von „lotsenbot gesetze“;
# bitte nicht von Hand ändern. Die geprüften Texte liegen im Ordner „gesetze“, geänderte in „gesetze/neu“.
# Amtliche Werke (§ 5 UrhG), Text von www.gesetze-im-internet.de.

"""
_Law = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=40)]
_Label = Annotated[str, StringConstraints(pattern=r"^(§|Art\.|Anlage) [0-9A-Za-z]{1,6}$")]
_Fingerprint = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


class LawForm(Form):
    """One statute: when it was read, every section it has, and the fingerprints of the cited ones."""

    gelesen: date
    vorhanden: str
    abdruck: Mapping[_Label, _Fingerprint] = Field(default_factory=dict)


class MarkForm(Form):
    """A provision that has changed since its entries were reviewed."""

    gesetz: _Law
    vorschrift: _Label
    was: Change
    seit: date
    wohin: str = ""


class WatchForm(Form):
    """The file ``gesetze.yaml``."""

    gesetze: Mapping[_Law, LawForm] = Field(default_factory=dict)
    vorgemerkt: tuple[MarkForm, ...] = ()


@dataclass(frozen=True, slots=True)
class LawRead:
    """What is known of a statute."""

    read: date
    labels: frozenset[str]
    fingerprints: Mapping[str, str]

    def resolves(self, citation: Citation) -> bool:
        """Whether the citation leads to a provision."""
        if not citation.until:
            return f"{citation.kind} {citation.section}" in self.labels
        return any(
            label.startswith("§ ") and citation.includes(label.removeprefix("§ ")) for label in self.labels
        )


@dataclass(frozen=True, slots=True)
class Watch:
    """The content of the file; laws that were never at hand are in neither."""

    laws: Mapping[str, LawRead] = field(default_factory=dict)
    marks: tuple[LawMark, ...] = ()

    def problems(self, entry: Entry) -> Iterator[tuple[str, int]]:
        """Citations that lead to no provision of a statute that was read: a sentence, and the number of the citation."""
        for number, text in enumerate(entry.legal_basis):
            citation = citations.parse(text)
            law = self.laws.get(citation.law) if citation is not None else None
            if citation is None or law is None or law.resolves(citation) or self._marked(citation):
                continue
            message = (
                f"„{text}“ führt zu keiner Vorschrift: Im {citation.law} (gelesen am {law.read:%d.%m.%Y}) gibt es sie nicht. "
                "Fundstelle berichtigen."
            )
            yield message, number

    def notices(self, entry: Entry) -> Iterator[tuple[str, int]]:
        """The same for citations of provisions that have changed."""
        for number, text in enumerate(entry.legal_basis):
            for mark in self.marks_of((text,)):
                message = f"{said(mark)} Den Eintrag prüfen (/gesetze)."
                yield message, number

    def marks_of(self, legal_basis: Iterable[str]) -> tuple[LawMark, ...]:
        """The marks on provisions that these citations name."""
        cited = [citation for citation in map(citations.parse, legal_basis) if citation is not None]
        return tuple(mark for mark in self.marks if any(meets(citation, mark) for citation in cited))

    def under_review(self, entries: Iterable[Entry]) -> Mapping[EntryId, tuple[LawMark, ...]]:
        """The entries that cite what has changed."""
        found = ((entry.id, self.marks_of(entry.legal_basis)) for entry in entries) if self.marks else ()
        return {entry: marks for entry, marks in found if marks}

    def _marked(self, citation: Citation) -> bool:
        return any(meets(citation, mark) for mark in self.marks)


def meets(citation: Citation, mark: LawMark) -> bool:
    """Whether the citation names the marked provision, alone or in a range."""
    kind, _, section = mark.label.partition(" ")
    return citation.law == mark.law and citation.kind == kind and citation.includes(section)


def said(mark: LawMark) -> str:
    """What happened, as a German sentence."""
    how = {
        Change.CHANGED: "hat einen neuen Wortlaut",
        Change.MOVED: f"steht jetzt in {mark.where}",
        Change.MISSING: "gibt es nicht mehr",
    }[Change(mark.what)]
    return f"{mark.name} {how} (bemerkt am {mark.since:%d.%m.%Y})."


def read_watch(files: Mapping[str, bytes]) -> tuple[Watch, tuple[Problem, ...]]:
    """The watch of a folder and what is wrong with its file; ``files``: contents by name."""
    problems: list[Problem] = []
    found = read_file(files, LAWS_FILE, WatchForm, problems)
    if found is None:
        return Watch(), tuple(problems)
    form = found[0]
    laws = {
        law: LawRead(item.gelesen, frozenset(map(_label, item.vorhanden.split())), dict(item.abdruck))
        for law, item in form.gesetze.items()
    }
    marks = tuple(
        LawMark(item.gesetz, item.vorschrift, item.was, item.seit, item.wohin) for item in form.vorgemerkt
    )
    return Watch(laws, marks), tuple(problems)


def dump(watch: Watch) -> str:
    """The file for a watch: one line a fingerprint, so that a change is one line."""
    lines = [_HEADER + "gesetze:"]
    for law, item in sorted(watch.laws.items()):
        lines += [f"  {law}:", f"    gelesen: {item.read:%Y-%m-%d}"]
        lines.append(f'    vorhanden: "{" ".join(sorted(map(_short, item.labels), key=_order))}"')
        lines.append("    abdruck:" if item.fingerprints else "    abdruck: {}")
        lines += [
            f'      {label}: "{item.fingerprints[label]}"'
            for label in sorted(item.fingerprints, key=lambda label: _order(_short(label)))
        ]
    lines.append("vorgemerkt:" if watch.marks else "vorgemerkt: []")
    for mark in watch.marks:
        lines += [f"  - gesetz: {mark.law}", f"    vorschrift: {mark.label}", f"    was: {mark.what}"]
        lines.append(f"    seit: {mark.since:%Y-%m-%d}")
        if mark.where:
            lines.append(f"    wohin: {mark.where}")
    return "\n".join(lines) + "\n"


def _short(label: str) -> str:
    """Without spaces: "60c", "Art.4", "Anlage.II"."""
    kind, _, section = label.partition(" ")
    return section if kind == "§" else f"{kind.removesuffix('.')}.{section}"


def _label(short: str) -> str:
    kind, dot, section = short.partition(".")
    if not dot:
        return f"§ {short}"
    return f"{'Art.' if kind == 'Art' else kind} {section}"


def _order(short: str) -> tuple[str, int, str]:
    kind, dot, section = short.rpartition(".")
    digits = section.rstrip("abcdefghijklmnopqrstuvwxyz")
    return (kind + dot, int(digits) if digits.isdecimal() else 0, section)
