"""What editors add from the chat: one phrasing, or one entry, put into the YAML as lines of their own.

No other byte of the file changes, so comments and order stay. Every result is read again and compared with what was
meant; what cannot be done so is refused, never guessed.
"""

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from knowledge.lines import FastLoader
from knowledge.source import FAQ_FOLDER, TextFile

_ENTRIES, _ID, _PHRASINGS, _TOPIC = "eintraege", "id", "formulierungen", "thema"
_GONE = "Den Eintrag „{entry}“ gibt es in der geltenden Fassung nicht mehr. Bitte öffnen Sie die Lücke noch einmal."
_NO_TOPIC = "Ein Thema „{topic}“ gibt es nicht."
_UNUSUAL = "Die Datei ist anders aufgebaut als gewohnt. Bitte tragen Sie es dort von Hand ein."


class AdditionError(Exception):
    """It cannot be added; the text is a German sentence for the editor."""

    def __init__(self, message: str, file: str = "") -> None:
        super().__init__(message)
        self.file = file


@dataclass(frozen=True, slots=True)
class Addition:
    """A phrasing for an ``entry``, or with ``topic`` a new entry: ``form`` holds its fields as JSON."""

    entry: str
    phrasing: str = ""
    topic: str = ""
    form: str = ""

    def to(self, files: tuple[TextFile, ...]) -> TextFile:
        """The file of ``files`` that changes, with the addition; raises ``AdditionError``."""
        for file in files:
            if file.name.startswith(f"{FAQ_FOLDER}/"):
                changed = self.to_content(file)
                if changed is not None:
                    return TextFile(file.name, changed)
        message = _NO_TOPIC.format(topic=self.topic) if self.topic else _GONE.format(entry=self.entry)
        raise AdditionError(message)

    def to_content(self, file: TextFile) -> bytes | None:
        """The content of ``file`` with the addition; ``None`` when it does not belong there."""
        try:
            text = file.content.decode()
            if not self._may_be_in(text):
                return None
            value = yaml.load(text, FastLoader)  # noqa: S506  # a safe loader
            # The Python loader: its marks count code points of the very text that is cut here.
            root = yaml.compose(text, yaml.SafeLoader)
        except (UnicodeDecodeError, yaml.YAMLError):
            return None
        if not isinstance(root, yaml.MappingNode) or not isinstance(value, dict):
            return None
        entries = _child(root, _ENTRIES)
        if self.topic:
            if value.get(_TOPIC) != self.topic:
                return None
            form = _plain(json.loads(self.form))
            wanted = copy.deepcopy(value)
            wanted[_ENTRIES].append(form)
            return _inserted(text, entries, _block(form), wanted, file.name)
        for number, entry in enumerate(value.get(_ENTRIES) or ()):
            if isinstance(entry, dict) and entry.get(_ID) == self.entry:
                if self.phrasing in (entry.get(_PHRASINGS) or ()):
                    return file.content
                wanted = copy.deepcopy(value)
                wanted[_ENTRIES][number][_PHRASINGS].append(self.phrasing)
                node = _child(entries.value[number], _PHRASINGS) if entries is not None else None
                return _inserted(text, node, [_scalar(self.phrasing)], wanted, file.name)
        return None

    def _may_be_in(self, text: str) -> bool:
        """Reading a whole file takes long; most are another topic's."""
        return (self.topic or self.entry) in text


def _child(node: yaml.Node, name: str) -> yaml.SequenceNode | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == name and isinstance(value, yaml.SequenceNode):
                return value
    return None


def _inserted(
    text: str, sequence: yaml.SequenceNode | None, lines: list[str], wanted: Any, file: str
) -> bytes:
    """``text`` with one more item at the end of a block sequence."""
    if sequence is None or sequence.flow_style or not sequence.value:
        raise AdditionError(_UNUSUAL, file)
    newline = "\r\n" if "\r\n" in text else "\n"
    end = _end(sequence.value[-1])
    place = end.index
    if end.column:
        line_end = text.find("\n", place)
        place = line_end + 1 if line_end >= 0 else len(text)
    indent = " " * sequence.start_mark.column
    block = newline.join(
        f"{indent}{'  ' if number else '- '}{line}" if line else "" for number, line in enumerate(lines)
    )
    before = text[:place]
    if before and not before.endswith("\n"):
        before += newline
    changed = f"{before}{block}{newline}{text[place:]}"
    try:
        read = yaml.load(changed, FastLoader)  # noqa: S506  # a safe loader
    except yaml.YAMLError:
        read = None
    if read != wanted:
        raise AdditionError(_UNUSUAL, file)
    return changed.encode()


def _end(node: yaml.Node) -> yaml.Mark:
    """Where the last value in ``node`` ends: a block's own end is where the next begins, behind all comments."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(node, yaml.MappingNode) else last
    return node.end_mark


def _scalar(text: str) -> str:
    """``text`` as one YAML value on one line: bare where that is read as this text."""
    try:
        if yaml.safe_load(f"- {text}") == [text] and text == text.strip():
            return text
    except yaml.YAMLError:
        pass
    return json.dumps(text, ensure_ascii=False)


def _block(form: Mapping[str, Any]) -> list[str]:
    """The fields of an entry as lines."""
    lines: list[str] = []
    for name, value in form.items():
        match value:
            case str() if "\n" in value:
                lines += [
                    f"{name}: |",
                    *(f"  {line}" if line else "" for line in value.rstrip("\n").split("\n")),
                ]
            case str():
                lines.append(f"{name}: {_scalar(value)}")
            case bool():
                lines.append(f"{name}: {str(value).lower()}")
            case date():
                lines.append(f"{name}: {value.isoformat()}")
            case []:
                lines.append(f"{name}: []")
            case [dict(), *_]:
                lines.append(f"{name}:")
                for item in value:
                    lines += [
                        f"{'  ' if number else '- '}{key}: {_scalar(text)}"
                        for number, (key, text) in enumerate(item.items())
                    ]
            case _:
                lines += [f"{name}:", *(f"- {_scalar(item)}" for item in value)]
    return lines


def _plain(form: dict[str, Any]) -> dict[str, Any]:
    """The fields as YAML reads them: dates as dates, several lines with a line end."""
    found = dict(form)
    for name, value in form.items():
        if name == "pruefen_bis":
            found[name] = date.fromisoformat(value)
        elif isinstance(value, str) and "\n" in value:
            found[name] = value.rstrip("\n") + "\n"
    return found
