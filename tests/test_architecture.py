"""The import rules of docs/architecture.md, one table, enforced."""

import ast
import sys
from importlib.resources import files
from pathlib import Path

import pytest

ROOT = Path(str(files("knowledge"))).parent
STDLIB_AND_OURS = {"bot", "handlers", "knowledge"}
KNOWLEDGE_MAY = {"yaml", "pydantic", "pydantic_core", "rapidfuzz", "numpy", "Stemmer"}
IMPURE = {"os", "time", "random", "sqlite3", "subprocess", "socket", "urllib.request", "logging.handlers"}


def modules(package: str) -> list[Path]:
    """Every source file of a package."""
    return sorted((ROOT / package).rglob("*.py"))


def imports(file: Path) -> set[str]:
    """The full names of all modules a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative imports hide the layer"
            found.add(node.module or "")
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def third_party(names: set[str]) -> set[str]:
    """Top-level packages that are neither the standard library's nor ours."""
    tops = {name.partition(".")[0] for name in names}
    return tops - set(sys.stdlib_module_names) - STDLIB_AND_OURS


@pytest.mark.parametrize("file", modules("knowledge"), ids=str)
def test_knowledge_is_pure(file: Path) -> None:
    """knowledge/ knows no Telegram, database, environment or clock, and neither bot nor handlers."""
    names = imports(file)

    assert third_party(names) <= KNOWLEDGE_MAY
    assert not {name for name in names if name.partition(".")[0] in {"bot", "handlers"}}
    assert not names & IMPURE
    text = file.read_text()
    for clock in (".now(", ".today(", ".utcnow("):
        assert clock not in text, f"{file} asks the clock"


@pytest.mark.parametrize("file", modules("handlers"), ids=str)
def test_handlers_are_thin(file: Path) -> None:
    """handlers/ never touch storage, outbox, the composition root, the environment or a database."""
    names = imports(file)

    assert not names & {
        "bot.storage",
        "bot.outbox",
        "bot.app",
        "bot.house",
        "bot.reception",
        "bot.config",
        "os",
        "yaml",
        "sqlite3",
        "aiosqlite",
    }


def test_storage_alone_knows_the_database() -> None:
    """Only bot/storage.py imports aiosqlite."""
    users = {file.relative_to(ROOT).as_posix() for file in modules("bot") if "aiosqlite" in imports(file)}

    assert users == {"bot/storage.py"}


def test_nothing_imports_the_composition_root() -> None:
    """The composition root is imported by those who start the program, and by nobody else."""
    root = {"bot.app", "bot.house", "bot.reception"}
    allowed = {"bot/commands.py"} | {f"{module.replace('.', '/')}.py" for module in root}
    users = {
        file.relative_to(ROOT).as_posix()
        for package in ("bot", "handlers", "knowledge")
        for file in modules(package)
        if imports(file) & (root | {"bot.app.run"})
    }

    assert {user for user in users if not user.startswith("bot/demo/")} <= allowed


def test_one_place_escapes_html() -> None:
    """Only handlers/render.py calls html.escape; everybody else calls its ``plain``."""
    users = {
        file.relative_to(ROOT).as_posix()
        for package in ("bot", "handlers")
        for file in modules(package)
        if "html" in imports(file) or "html.escape" in imports(file)
        if not file.is_relative_to(ROOT / "bot" / "demo")
    }

    assert users == {"handlers/render.py"}


def test_one_place_writes_callback_data() -> None:
    """Callback data are only made by handlers/buttons.py (through ``encode``) and handlers/render.py (``key``)."""
    users = {
        file.relative_to(ROOT).as_posix()
        for package in ("bot", "handlers")
        for file in modules(package)
        if not file.is_relative_to(ROOT / "bot" / "demo")
        and ("encode(button" in file.read_text() or "data=buttons" in file.read_text())
    }

    assert users <= {"handlers/buttons.py", "handlers/render.py"}


def test_no_file_is_long_and_none_is_a_drawer() -> None:
    """No file much over 400 lines, no module named like a drawer for odds and ends."""
    sources = [file for package in ("bot", "handlers", "knowledge", "tests") for file in modules(package)]
    long = {
        file.name: len(file.read_text().splitlines())
        for file in sources
        if len(file.read_text().splitlines()) > 440
    }
    drawers = {
        file.name
        for file in sources
        if file.stem in {"utils", "helpers", "common", "manager", "misc", "core"}
    }

    assert long == {}
    assert drawers == set()
