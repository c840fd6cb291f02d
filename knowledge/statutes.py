"""Texts of statutes: their provisions by section, whether a citation leads to one, and what changed between two readings.

Two readings are compared word by word: layout, punctuation and the marks of a file format change nothing, so the official
XML and a Markdown copy of the same text have the same fingerprint.
"""

import difflib
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from rapidfuzz import fuzz

from knowledge.citations import Citation, Kind

_WORD = re.compile(r"\w+")
_LABEL = re.compile(r"(?P<kind>§|Art\.?|Artikel|Anlage)\s?(?P<section>[0-9]+[a-z]?|[IVX]{1,5}|[A-Z])\b")
_SEVERAL = re.compile(r"§§\s?(?P<first>\d+[a-z]?)\s(?P<link>bis|und)\s(?P<last>\d+[a-z]?)\b")
_HEADING = re.compile(r"^# (?P<label>.+)$", re.MULTILINE)
_GONE = re.compile(r"\(?(?:weggefallen|aufgehoben)\)?", re.IGNORECASE)
_PARAGRAPH = re.compile(r"^\((\d+[a-z]?)\)", re.MULTILINE)
_FINGERPRINT = 16  # hexadecimal digits
_SAME = 92.0  # how alike (0 to 100) two texts are when one has only moved
_SHORTEST_MOVE = 12  # words; "(weggefallen)" stands in many places and has moved to none of them


@dataclass(frozen=True, slots=True)
class Provision:
    """One section, article or annex."""

    kind: Kind
    section: str
    text: str  # heading and text, paragraphs apart by an empty line

    @property
    def label(self) -> str:
        """As the FAQ writes it: "§ 60c", "Art. 4"."""
        return f"{self.kind} {self.section}"

    @property
    def fingerprint(self) -> str:
        """The same for the same words, whatever stands between them."""
        words = " ".join(_WORD.findall(self.text.casefold()))
        return hashlib.sha256(words.encode()).hexdigest()[:_FINGERPRINT]

    @property
    def gone(self) -> bool:
        """Whether nothing stands here any longer."""
        return not _WORD.findall(_GONE.sub("", self.text))

    def has_paragraph(self, number: str) -> bool:
        """Whether there is this Absatz; a section without numbers is its own first."""
        found = _PARAGRAPH.findall(self.text)
        return number in found or (not found and number == "1")


@dataclass(frozen=True)
class Statute:
    """The provisions of one law that are in force, by label."""

    law: str
    provisions: Mapping[str, Provision]

    @classmethod
    def of(cls, law: str, parts: Iterator[tuple[str, str]]) -> "Statute":
        """From (label as the publisher writes it, text); what is no provision, or gone, is left out."""
        found: dict[str, Provision] = {}
        for label, text in parts:
            match = _LABEL.match(label)
            if match is None or _SEVERAL.match(label):
                continue
            kind: Kind = "§" if match["kind"] == "§" else "Anlage" if match["kind"] == "Anlage" else "Art."
            provision = Provision(kind, match["section"], text.strip())
            if not provision.gone:
                found.setdefault(provision.label, provision)
        return cls(law, found)

    def cited(self, citation: Citation) -> tuple[Provision, ...]:
        """The provisions a citation of this law leads to; none when it leads nowhere."""
        return tuple(
            item
            for item in self.provisions.values()
            if item.kind == citation.kind and citation.includes(item.section)
        )

    def moved(self, provision: Provision) -> Provision | None:
        """Where the words of a provision stand that is no longer at its place."""
        return self._by_fingerprint.get(provision.fingerprint) or self._alike(provision)

    @cached_property
    def _by_fingerprint(self) -> Mapping[str, Provision]:
        return {item.fingerprint: item for item in self.provisions.values()}

    def _alike(self, provision: Provision) -> Provision | None:
        words = _WORD.findall(provision.text)
        if len(words) < _SHORTEST_MOVE:
            return None
        text = " ".join(words)
        rated = (
            (fuzz.ratio(text, " ".join(_WORD.findall(item.text)), score_cutoff=_SAME), item)
            for item in self.provisions.values()
        )
        best = max(rated, key=lambda pair: pair[0], default=None)
        return best[1] if best is not None and best[0] >= _SAME else None


def read_markdown(law: str, text: str) -> Statute:
    """A statute as Markdown: ``# § 60c – Title`` above each provision."""

    def parts() -> Iterator[tuple[str, str]]:
        headings = list(_HEADING.finditer(text))
        ends = [match.start() for match in headings[1:]] + [len(text)]
        for match, end in zip(headings, ends, strict=True):
            label, _, title = match["label"].partition(" – ")
            yield label, f"{title}\n\n{text[match.end() : end].strip()}"

    return Statute.of(law, parts())


def as_markdown(statute: Statute) -> str:
    """What ``read_markdown`` reads."""
    blocks = []
    for item in statute.provisions.values():
        title, _, text = item.text.partition("\n\n")
        heading = f"# {item.label} – {title}" if text else f"# {item.label}"
        blocks.append(f"{heading}\n\n{text or title}\n")
    return "\n".join(blocks)


class Change(StrEnum):
    """What happened to a provision."""

    CHANGED = "geaendert"
    MOVED = "verschoben"
    MISSING = "weg"


@dataclass(frozen=True, slots=True)
class Changed:
    """A provision that is not as it was when the entries were written."""

    law: str
    label: str
    what: Change
    old: str  # its text then
    new: str  # and now; empty when it is missing
    where: str = ""  # for MOVED: where its words stand now

    @property
    def name(self) -> str:
        """ "§ 60c AufenthG"."""
        return f"{self.label} {self.law}"


def changes(old: Statute, new: Statute) -> Iterator[Changed]:
    """What became of the provisions of ``old``."""
    for label, before in old.provisions.items():
        now = new.provisions.get(label)
        if now is not None and now.fingerprint == before.fingerprint:
            continue
        moved = new.moved(before)
        if moved is not None and moved.label != label:
            yield Changed(old.law, label, Change.MOVED, before.text, moved.text, moved.label)
        elif now is None:
            yield Changed(old.law, label, Change.MISSING, before.text, "")
        else:
            yield Changed(old.law, label, Change.CHANGED, before.text, now.text)


def differing(old: str, new: str) -> list[tuple[str, str]]:
    """The paragraphs that differ, old and new; one of the two is empty when it was added or is gone."""
    before, after = old.split("\n\n"), new.split("\n\n") if new else []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    found = []
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag != "equal":
            found.append(("\n".join(before[old_from:old_to]), "\n".join(after[new_from:new_to])))
    return found
