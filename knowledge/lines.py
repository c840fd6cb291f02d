"""YAML with line numbers: the value, and for every path into it the line where it stands.

Editors need "file:line", which PyYAML's constructed values no longer know; so the node tree is walked beside them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from knowledge.problems import Problem

Path = tuple[str | int, ...]

# The C loader reads the FAQ about ten times faster; wheels without libyaml fall back to the Python one.
FastLoader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Lines:
    """Line numbers (from 1) by path: ``("eintraege", 3, "antwort") → 120``."""

    by_path: Mapping[Path, int]

    def of(self, path: Path) -> int:
        """The line of ``path`` or of its nearest existing parent; 1 when there is none."""
        while path:
            if path in self.by_path:
                return self.by_path[path]
            path = path[:-1]
        return 1


@dataclass(frozen=True, slots=True)
class Loaded:
    """A YAML document; ``problems`` is not empty when it could not be read, and ``value`` is ``None`` then."""

    value: Any
    lines: Lines
    problems: tuple[Problem, ...] = ()


def load_with_lines(text: str, file: str) -> Loaded:
    """Read one YAML document; syntax errors and keys given twice become problems with their line."""
    lines: dict[Path, int] = {}
    problems: list[Problem] = []
    loader = FastLoader(text)
    try:
        node = loader.get_single_node()
        if node is not None:
            _walk(node, (), lines, problems, file)
        value = loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        what = error.problem or error.context or "unlesbar"
        message = f"Das ist kein gültiges YAML ({what}). Einrückung und Anführungszeichen prüfen."
        return Loaded(None, Lines({}), (Problem(file, line, "", message),))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        message = f"Das ist kein lesbarer Text in UTF-8 ({type(error).__name__}). Datei neu speichern."
        return Loaded(None, Lines({}), (Problem(file, 1, "", message),))
    finally:
        loader.dispose()
    if problems:
        return Loaded(None, Lines(lines), tuple(problems))
    return Loaded(value, Lines(lines))


def _walk(node: yaml.Node, path: Path, lines: dict[Path, int], problems: list[Problem], file: str) -> None:
    lines.setdefault(path, node.start_mark.line + 1)
    match node:
        case yaml.MappingNode():
            seen: set[str] = set()
            for key, child in node.value:
                name = str(key.value)
                line = key.start_mark.line + 1
                if name in seen:
                    message = f"„{name}“ steht hier zweimal. Eine der beiden Angaben löschen."
                    problems.append(Problem(file, line, "", message))
                seen.add(name)
                lines[(*path, name)] = line
                _walk(child, (*path, name), lines, problems, file)
        case yaml.SequenceNode():
            for number, child in enumerate(node.value):
                lines[(*path, number)] = child.start_mark.line + 1
                _walk(child, (*path, number), lines, problems, file)
        case _:
            pass
