"""What the documents say is what the program does: every setting, command, option and exit code is written down."""

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.commands import Exit, _parser
from bot.config import Settings
from handlers import texts, texts_admin

ROOT = Path(__file__).parent.parent
OPERATION = (ROOT / "docs" / "betrieb.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
HANDBOOKS = "".join(file.read_text("utf-8") for file in sorted((ROOT / "docs").glob("*.md")))
# Everything /hilfe says to anybody, whatever their role.
HELP = "".join(
    value
    for module in (texts, texts_admin)
    for name, value in vars(module).items()
    if name.startswith("HELP") and isinstance(value, str)
)
# Telegram's own button for /start; /help is the English name of /hilfe.
KNOWN_WITHOUT_HELP = {"start", "hilfe", "help"}


def chat_commands() -> set[str]:
    """Every command that ``handlers.register`` gives to a handler."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / "handlers" / "__init__.py").read_text("utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "CommandHandler"
        ):
            names = ast.literal_eval(node.args[0])
            found |= {names} if isinstance(names, str) else set(names)
    return found


def programs() -> dict[str, argparse.ArgumentParser]:
    """The command line: name of a command → what it takes."""
    [commands] = [action for action in _parser()._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(commands.choices)


def options() -> Iterator[tuple[str, str]]:
    """Every option of every command."""
    for name, program in programs().items():
        for action in program._actions:
            for option in action.option_strings:
                if option.startswith("--") and option != "--help":
                    yield name, option


@pytest.mark.parametrize("name", [item.alias for item in Settings.model_fields.values()])
def test_every_setting_is_in_the_handbook(name: str) -> None:
    """In the table of docs/betrieb.md; .env.example is made from the program (tests/test_config.py)."""
    assert re.search(rf"^\| `{name}` \|", OPERATION, re.MULTILINE), f"{name} fehlt in docs/betrieb.md"


def test_the_handbook_knows_no_other_settings() -> None:
    """A setting that was removed from the program is removed from the table."""
    named = set(re.findall(r"^\| `([A-Z_]{3,})` \|", OPERATION, re.MULTILINE))
    assert named <= {item.alias for item in Settings.model_fields.values()}


@pytest.mark.parametrize("name", sorted(programs()))
def test_every_program_command_is_documented(name: str) -> None:
    """In README and in the handbook."""
    assert f"`lotsenbot {name}" in README
    assert f"lotsenbot {name}" in OPERATION


@pytest.mark.parametrize(("name", "option"), sorted(options()))
def test_every_option_is_documented(name: str, option: str) -> None:
    """Where its command is: ``lotsenbot NAME`` and the option in one line of README or of a handbook."""
    lines = (README + HANDBOOKS).splitlines()
    assert any(f"lotsenbot {name}" in line and option in line for line in lines), f"lotsenbot {name} {option}"


@pytest.mark.parametrize("code", list(Exit))
def test_every_exit_code_is_explained(code: Exit) -> None:
    """In the table of the handbook."""
    assert re.search(rf"^\| {code.value} \| ", OPERATION, re.MULTILINE)


@pytest.mark.parametrize("command", sorted(chat_commands() - KNOWN_WITHOUT_HELP))
def test_every_chat_command_has_a_help_line(command: str) -> None:
    """Somebody reads of it in /hilfe."""
    assert re.search(rf"/{command}\b", HELP), f"/{command} fehlt in /hilfe"


def test_menus_offer_only_what_exists() -> None:
    """Every command in a menu or in /hilfe has a handler."""
    offered = {
        command
        for module in (texts, texts_admin)
        for name, menu in vars(module).items()
        if name.startswith("COMMANDS")
        for command in menu
    }
    assert offered <= chat_commands()
    assert set(re.findall(r"(?<![\w<])/([a-z]+)\b", HELP)) <= chat_commands()


def test_links_between_documents_lead_somewhere() -> None:
    """Every relative link of README and docs."""
    for file in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", file.read_text("utf-8")):
            assert (file.parent / target).exists(), f"{file.name}: {target}"


def test_every_picture_is_shown_and_described() -> None:
    """Each picture of a document is there and says in words what it shows; none lies about unseen."""
    shown = set()
    for file in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        text = file.read_text("utf-8")
        for tag in re.findall(r"<img [^>]+>", text):
            [source], [words] = re.findall(r'src="([^"]+)"', tag), re.findall(r'alt="([^"]+)"', tag)
            assert (file.parent / source).is_file(), f"{file.name}: {source}"
            assert len(words) >= 30, f"{file.name}: {source}"
            shown.add((file.parent / source).resolve())
        shown |= {(file.parent / source).resolve() for source in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)}
    assert set((ROOT / "docs" / "images").iterdir()) <= shown


def test_the_unit_starts_not_again_where_that_would_not_help() -> None:
    """Exit codes for settings, a second instance and the like are not restarted by systemd."""
    unit = (ROOT / "deploy" / "lotsenbot.service").read_text("utf-8")
    [codes] = re.findall(r"^RestartPreventExitStatus=(.+)$", unit, re.MULTILINE)
    assert {int(code) for code in codes.split()} == {Exit.SETTINGS, Exit.SECOND_INSTANCE}
    assert re.search(r"^Restart=on-failure$", unit, re.MULTILINE)
