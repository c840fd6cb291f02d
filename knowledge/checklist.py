"""What the FAQ is checked against: the laws and pages it may name, and the questions it must answer.

``quellen.yaml`` and ``fakten.yaml`` lie in the knowledge folder, so that editors can extend them; a folder without one
of them is simply not checked for it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import StringConstraints

from knowledge.problems import Problem
from knowledge.schema import Form
from knowledge.wordlists import read_file

SOURCES_FILE = "quellen.yaml"
QUESTIONS_FILE = "fakten.yaml"
STATUTES_HOST = "www.gesetze-im-internet.de"

_HOST = re.compile(r"https://([^/?#:]+)(?=[/?#]|$)")

_Law = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=40)]
_Folder = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]*$", max_length=40)]
_Host = Annotated[str, StringConstraints(pattern=r"^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$", max_length=100)]
_Owner = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=120)]
_Question = Annotated[str, StringConstraints(pattern=r"^T\d\d-\d\d$")]


class SourcesForm(Form):
    """The file ``quellen.yaml``."""

    gesetze: Mapping[_Law, _Folder]
    adressen: Mapping[_Host, _Owner]


class QuestionsForm(Form):
    """The file ``fakten.yaml``."""

    fragen: tuple[_Question, ...]


@dataclass(frozen=True, slots=True)
class Official:
    """Laws with their folder on gesetze-im-internet.de ("" where there is none), and who runs which host."""

    laws: Mapping[str, str] = field(default_factory=dict)
    hosts: Mapping[str, str] = field(default_factory=dict)

    def owner(self, url: str) -> str | None:
        """Who runs the page of this https address; ``None`` when its host is not on the list."""
        match = _HOST.match(url)
        if match is None:
            return None
        host = match[1].lower()
        labels = host.split(".")
        above = ("*." + ".".join(labels[place:]) for place in range(1, len(labels)))
        return next((self.hosts[name] for name in (host, *above) if name in self.hosts), None)

    def law_of(self, folder: str) -> str | None:
        """The law that stands in this folder of gesetze-im-internet.de."""
        return next((law for law, its in self.laws.items() if its == folder), None)


@dataclass(frozen=True, slots=True)
class Checklist:
    """``None``: the folder has no such list, and nothing is checked against it."""

    official: Official | None = None
    questions: tuple[str, ...] | None = None


def read_checklist(files: Mapping[str, bytes]) -> tuple[Checklist, tuple[Problem, ...]]:
    """The lists of a folder and what is wrong with them; ``files``: contents by name relative to the folder."""
    problems: list[Problem] = []
    sources = read_file(files, SOURCES_FILE, SourcesForm, problems)
    questions = read_file(files, QUESTIONS_FILE, QuestionsForm, problems)
    return (
        Checklist(
            Official(dict(sources[0].gesetze), dict(sources[0].adressen)) if sources else None,
            questions[0].fragen if questions else None,
        ),
        tuple(problems),
    )
