"""A new entry as editors fill it in in a chat: a form of plain lines, read back into the fields of the YAML.

What is missing (a statute or programme, a source, a date, enough phrasings) makes the entry a draft: marked as not verified.
"""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from knowledge.language import words
from knowledge.schema import MAX_ANSWER, MAX_TITLE, MIN_PHRASINGS

UNVERIFIED: Final = "Entwurf aus dem Chat. Rechtsgrundlage, Quelle und Stand sind noch nicht geprüft."
ROLES: Final = ("recht", "foerderung", "kammer", "soziales", "lotsen")
_REVIEW_DRAFT = timedelta(days=30)
_LONGEST_ID = 40
_LABELS: Final = {
    "titel": "title",
    "thema": "topic",
    "frage": "phrasing",
    "antwort": "answer",
    "mehr": "details",
    "grundlage": "basis",
    "programm": "programme",
    "quelle": "source",
    "stand": "as_of",
    "prüfen bis": "review_by",
    "zuständig": "role",
}
_LINE = re.compile(rf"({'|'.join(_LABELS)})\s*:\s*(.*)", re.IGNORECASE)
_SOURCE = re.compile(r"(.{2,200}?)\s*\|\s*(https://\S+)")
_MONTH = re.compile(r"(?:(0?[1-9]|1[0-2])[./](20\d\d)|(20\d\d)-(0[1-9]|1[0-2]))")
_DAY = re.compile(r"(?:(\d{1,2})\.(\d{1,2})\.(20\d\d)|(20\d\d)-(\d\d)-(\d\d))")


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """The fields as they stand; empty where nothing is given. ``answer`` and ``details`` are HTML of the white list."""

    title: str = ""
    topic: str = ""
    phrasings: tuple[str, ...] = ()
    answer: str = ""
    details: str = ""
    basis: tuple[str, ...] = ()
    programme: str = ""
    sources: tuple[tuple[str, str], ...] = ()
    as_of: str = ""
    review_by: str = ""
    role: str = "lotsen"

    def text(self) -> str:
        """The form to copy, fill in and send back."""
        lines = [f"Titel: {self.title}", f"Thema: {self.topic}"]
        lines += [f"Frage: {phrasing}" for phrasing in self.phrasings or ("",)]
        lines += [f"Antwort: {self.answer}", *([f"Mehr: {self.details}"] if self.details else [])]
        lines += [f"Grundlage: {law}" for law in self.basis or ("",)]
        lines += [f"Programm: {self.programme}"] if self.programme else []
        lines += [f"Quelle: {name} | {url}" for name, url in self.sources] or ["Quelle: "]
        lines += [f"Stand: {self.as_of}", f"Prüfen bis: {self.review_by}", f"Zuständig: {self.role}"]
        return "\n".join(lines)

    @property
    def missing(self) -> tuple[str, ...]:
        """What makes it a draft, in German."""
        found = {
            "Grundlage oder Programm": not self.basis and not self.programme,
            "Quelle": not self.sources,
            "Stand": not self.as_of,
            "Prüfen bis": not self.review_by,
            f"mindestens {MIN_PHRASINGS} Fragen": len(self.phrasings) < MIN_PHRASINGS,
        }
        return tuple(name for name, lacks in found.items() if lacks)

    def fields(self, entry_id: str, today: date) -> dict[str, Any]:
        """The fields of the YAML, dates as text; a draft is reviewed soon."""
        found: dict[str, Any] = {
            "id": entry_id,
            "titel": self.title,
            "formulierungen": list(self.phrasings),
            "antwort": self.answer,
        }
        if self.details:
            found["details"] = self.details
        if self.basis:
            found["rechtsgrundlage"] = list(self.basis)
        if self.programme:
            found["programm"] = self.programme
        found["quellen"] = [{"name": name, "url": url} for name, url in self.sources]
        found["stand"] = self.as_of or f"{today:%Y-%m}"
        found["pruefen_bis"] = self.review_by or (today + _REVIEW_DRAFT).isoformat()
        found["zustaendig"] = self.role
        if self.missing:
            found |= {"entwurf": True, "ungeprueft": UNVERIFIED}
        return found


def begun(question: str, phrasings: Iterable[str], answer: str, topic: str) -> EntryDraft:
    """A form filled in with what is known; a long answer is folded behind its first paragraphs."""
    title = question.strip().rstrip("?!. ")
    title = f"{title[: MAX_TITLE - 1].rsplit(' ', 1)[0] if len(title) >= MAX_TITLE else title}?"
    first, rest = _folded(answer.strip())
    return EntryDraft(title[:1].upper() + title[1:], topic, tuple(dict.fromkeys(phrasings)), first, rest)


def parse(text: str) -> tuple[EntryDraft, tuple[str, ...]]:
    """What the form says, and German sentences about what cannot be read."""
    found: dict[str, list[str]] = {}
    last = ""
    for line in text.splitlines():
        match = _LINE.match(line.strip())
        if match:
            last = _LABELS[match[1].lower()]
            found.setdefault(last, []).append(match[2].strip())
        elif last in {"answer", "details"}:
            found[last][-1] += f"\n{line.rstrip()}"
        elif last and line.strip():
            found[last][-1] += f" {line.strip()}"
    problems: list[str] = []
    one = {name: values[0].strip() for name, values in found.items()}
    several = {
        name: tuple(value for value in map(str.strip, values) if value) for name, values in found.items()
    }
    draft = EntryDraft(
        title=one.get("title", ""),
        topic=one.get("topic", "").upper(),
        phrasings=tuple(dict.fromkeys(several.get("phrasing", ()))),
        answer=one.get("answer", ""),
        details=one.get("details", ""),
        basis=several.get("basis", ()),
        programme=one.get("programme", ""),
        role=one.get("role", "lotsen").lower() or "lotsen",
    )
    sources = []
    for line in several.get("source", ()):
        match = _SOURCE.fullmatch(line)
        if match:
            sources.append((match[1].strip(), match[2]))
        else:
            problems.append("Quelle: bitte „Name | https://…“ schreiben.")
    if not draft.title.endswith("?"):
        problems.append("Titel: bitte als Frage mit „?“.")
    if not draft.phrasings:
        problems.append("Frage: mindestens eine Zeile, wie Betriebe fragen.")
    if not draft.answer:
        problems.append("Antwort: fehlt.")
    if draft.role not in ROLES:
        problems.append(f"Zuständig: eins von {', '.join(ROLES)}.")
    return replace(
        draft,
        sources=tuple(sources),
        as_of=_month(one.get("as_of", ""), problems),
        review_by=_day(one.get("review_by", ""), problems),
    ), tuple(problems)


def new_id(title: str, taken: Container[str]) -> str:
    """A speaking id that no entry has."""
    slug = "-".join(re.sub(r"[^a-z0-9]", "", word) for word in words(title))
    slug = re.sub("-{2,}", "-", slug).strip("-") or "eintrag"
    if len(slug) > _LONGEST_ID - 3:
        slug = slug[: _LONGEST_ID - 3].rsplit("-", 1)[0].strip("-")
    number, found = 2, slug
    while found in taken:
        found, number = f"{slug}-{number}", number + 1
    return found


def _month(text: str, problems: list[str]) -> str:
    match = _MONTH.fullmatch(text)
    if text and match is None:
        problems.append("Stand: bitte Monat und Jahr, z. B. 11/2026.")
    return f"{match[2] or match[3]}-{int(match[1] or match[4]):02}" if match else ""


def _day(text: str, problems: list[str]) -> str:
    match = _DAY.fullmatch(text)
    try:
        if match:
            return date(
                int(match[3] or match[4]), int(match[2] or match[5]), int(match[1] or match[6])
            ).isoformat()
    except ValueError:
        match = None
    if text:
        problems.append("Prüfen bis: bitte ein Datum, z. B. 31.05.2027.")
    return ""


def _folded(answer: str) -> tuple[str, str]:
    if len(answer) <= MAX_ANSWER:
        return answer, ""
    cut = max(answer.rfind("\n", 0, MAX_ANSWER), answer.rfind(". ", 0, MAX_ANSWER) + 1)
    cut = cut if cut > 0 else answer.rfind(" ", 0, MAX_ANSWER)
    return answer[:cut].strip(), answer[cut:].strip()
