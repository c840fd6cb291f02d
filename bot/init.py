"""``lotsenbot init``: a folder with the packaged knowledge, for the operator to edit."""

from importlib.resources.abc import Traversable
from pathlib import Path

from bot.editions import packaged
from knowledge import source

_SCHEMA_FILE = "faq.schema.json"
_NOT_COPIED = {
    "regions",
    "__init__.py",
    "__pycache__",
}  # region tables stay with the program; corrections are a file of their own


def fill(folder: Path) -> int | None:
    """Copy the packaged knowledge to ``folder``; ``None`` when that is not empty. Returns the number of files."""
    if folder.exists() and any(folder.iterdir()):
        return None
    count = _copy(packaged(), folder)
    (folder / _SCHEMA_FILE).write_text(source.json_schema(), "utf-8")
    return count + 1


def _copy(origin: Traversable, target: Path) -> int:
    target.mkdir(parents=True, exist_ok=True)
    count = 0
    for item in origin.iterdir():
        if item.name in _NOT_COPIED:
            continue
        if item.is_dir():
            count += _copy(item, target / item.name)
        else:
            (target / item.name).write_bytes(item.read_bytes())
            count += 1
    return count
