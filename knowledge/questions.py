"""The frozen test set ``questions.yaml``: golden questions, questions to refuse, wishes for a person.

The file lies in the knowledge folder, so that editors can extend it; a folder without it is simply not measured by it.
Its questions are written without a look at the entries, and must never become phrasings: then they would measure nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from knowledge.entry import Entry, EntryId
from knowledge.language import normalise
from knowledge.lines import Lines, Path
from knowledge.problems import Problem
from knowledge.schema import Form
from knowledge.wordlists import read_file

GOLDEN_FILE = "questions.yaml"

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=500)]
_Fact = Annotated[str, StringConstraints(pattern=r"^T\d\d-\d\d$")]


class GoldForm(Form):
    """A question and the fact ids of which the right entry answers one."""

    frage: _Text
    fakten: Annotated[tuple[_Fact, ...], Field(min_length=1)]


class RefusalForm(Form):
    """A question that must not be answered directly; ``nah``: of a neighbouring subject, ``fern``: of another world."""

    frage: _Text
    art: Literal["nah", "fern"]


class PersonForm(Form):
    """A wish to speak with a human being."""

    frage: _Text


class QuestionsForm(Form):
    """The file ``questions.yaml``."""

    gold: tuple[GoldForm, ...] = ()
    ablehnen: tuple[RefusalForm, ...] = ()
    mensch: tuple[PersonForm, ...] = ()


@dataclass(frozen=True, slots=True)
class Golden:
    """Right is every entry that answers one of ``facts``; ``line`` is where the question stands, from 1."""

    text: str
    facts: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Questions:
    """The test set; empty when the folder has none."""

    golden: tuple[Golden, ...] = ()
    near: tuple[str, ...] = ()
    far: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Every question."""
        return (*(item.text for item in self.golden), *self.near, *self.far, *self.persons)


def read_questions(files: Mapping[str, bytes]) -> tuple[Questions, tuple[Problem, ...]]:
    """The test set of a folder and what is wrong with it; ``files``: contents by name relative to the folder."""
    problems: list[Problem] = []
    read = read_file(files, GOLDEN_FILE, QuestionsForm, problems)
    if read is None:
        return Questions(), tuple(problems)
    form, lines = read
    problems += _twice(form, lines)
    return (
        Questions(
            tuple(
                Golden(item.frage, item.fakten, lines.of(("gold", number)))
                for number, item in enumerate(form.gold)
            ),
            tuple(item.frage for item in form.ablehnen if item.art == "nah"),
            tuple(item.frage for item in form.ablehnen if item.art == "fern"),
            tuple(item.frage for item in form.mensch),
        ),
        tuple(problems),
    )


def notices(questions: Questions, entries: Iterable[Entry]) -> Iterator[Problem]:
    """Golden questions that measure nothing: no entry can be right, or the question is a phrasing itself."""
    answered: set[str] = set()
    stored: dict[str, EntryId] = {}
    for entry in entries:
        answered |= set(entry.facts)
        stored |= {normalise(text): entry.id for text in (entry.title, *entry.phrasings)}
    for item in questions.golden:
        if answered.isdisjoint(item.facts):
            message = (
                f"Kein Eintrag beantwortet {', '.join(item.facts)}: Diese Prüffrage kann nichts finden. "
                "Bei einem Eintrag „fakten“ ergänzen oder die Nummer hier berichtigen."
            )
            yield Problem(GOLDEN_FILE, item.line, "", message)
        elif owner := stored.get(normalise(item.text)):
            message = f"Diese Prüffrage ist eine Formulierung von „{owner}“ und misst nichts. Eine von beiden löschen."
            yield Problem(GOLDEN_FILE, item.line, owner, message)


def _twice(form: QuestionsForm, lines: Lines) -> Iterator[Problem]:
    """The same question in two places would count twice, or have to be answered and refused."""
    seen: dict[str, Path] = {}
    parts: Mapping[str, tuple[GoldForm | RefusalForm | PersonForm, ...]]
    parts = {"gold": form.gold, "ablehnen": form.ablehnen, "mensch": form.mensch}
    for part, items in parts.items():
        for number, item in enumerate(items):
            here: Path = (part, number)
            first = seen.setdefault(" ".join(item.frage.casefold().split()), here)
            if first != here:
                message = f"Diese Frage steht schon in Zeile {lines.of(first)}. Eine der beiden löschen."
                yield Problem(GOLDEN_FILE, lines.of(here), "", message)
