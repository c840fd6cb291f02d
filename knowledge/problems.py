"""What is wrong with the editors' files: collected, never raised one by one."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend: ``file`` relative to the folder, ``line`` from 1 (0: the whole file), a German sentence."""

    file: str
    line: int
    entry: str  # id of the entry (or Lotse) concerned, empty when there is none
    message: str  # what is wrong and what to do

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {f'[{self.entry}] ' if self.entry else ''}{self.message}"


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found, in the order of files and lines; ``problems`` must be mended, ``notices`` should be."""

    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()


class KnowledgeError(Exception):
    """The folder cannot be used; ``problems`` says why, all of it at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
