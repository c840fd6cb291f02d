"""Where every field of every entry stands in the editors' files, for problems that are found after reading."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.lines import Lines, Path, load_with_lines
from knowledge.problems import Problem
from knowledge.source import FAQ_FOLDER, TextFile

_BLOCK = ("|", "|-", "|+", ">", ">-", ">+")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say about a field: ``path`` within the entry or file, ``row`` of a text of several lines, from 1."""

    message: str
    path: Path = ()
    row: int = 0


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    lines: Lines
    source: tuple[str, ...]

    def problem(self, owner: str, remark: Remark, above: Path = ()) -> Problem:
        line = self.lines.of((*above, *remark.path))
        if remark.row and self.source[line - 1].rstrip().endswith(_BLOCK):
            line += remark.row
        return Problem(self.name, line, owner, remark.message)


@dataclass(frozen=True, slots=True)
class Positions:
    """Files by name and entries by id; both were read without a problem, so every entry has a place."""

    _files: Mapping[str, _File]
    _entries: Mapping[str, tuple[_File, Path]]  # id of entry → its file and the path to it

    @classmethod
    def of(cls, files: tuple[TextFile, ...]) -> "Positions":
        """The positions in these files; files that cannot be read are left out."""
        found: dict[str, _File] = {}
        entries: dict[str, tuple[_File, Path]] = {}
        for file in files:
            text = file.content.decode(errors="replace")
            loaded = load_with_lines(text, file.name)
            place = _File(file.name, loaded.lines, tuple(text.split("\n")))
            found[file.name] = place
            listed = loaded.value.get("eintraege") if isinstance(loaded.value, dict) else None
            if not file.name.startswith(f"{FAQ_FOLDER}/") or not isinstance(listed, list):
                continue
            for number, entry in enumerate(listed):
                if isinstance(entry, dict):
                    entries.setdefault(str(entry.get("id")), (place, ("eintraege", number)))
        return cls(found, entries)

    def in_entry(self, entry: str, remark: Remark) -> Problem:
        """The remark as a problem of this entry."""
        place = self._entries.get(entry)
        if place is None:
            return Problem(FAQ_FOLDER, 0, entry, remark.message)
        file, above = place
        return file.problem(entry, remark, above)

    def in_file(self, file: str, remark: Remark, *, owner: str = "") -> Problem:
        """The remark as a problem of a file; of the whole file when it is not there."""
        place = self._files.get(file)
        return Problem(file, 0, owner, remark.message) if place is None else place.problem(owner, remark)

    def file_of(self, entry: str) -> str:
        """The file in which an entry stands."""
        place = self._entries.get(entry)
        return place[0].name if place else FAQ_FOLDER
