"""Words shared by the tests of the gate: what editors change, what admins type, what employers are told."""

from pathlib import Path

from bot.demo import Person
from tests.conftest import Bot

OLD, NEW = "Vier bis zwölf Monate.", "Vier bis zwölf Monate, neu."  # the answer of eq-dauer


def folder_of(bot: Bot) -> Path:
    """The editors' folder."""
    assert bot.settings.knowledge_dir is not None
    return bot.settings.knowledge_dir


def faq(bot: Bot, name: str = "t05-eq.yaml") -> Path:
    """A file of the editors' FAQ."""
    return folder_of(bot) / "faq" / name


def edit(file: Path, *changes: tuple[str, str]) -> None:
    """Replace words in a file; each must be there."""
    text = file.read_text()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    file.write_text(text)


async def answer(bot: Bot, question: str = "eq dauer monate") -> str:
    """What an employer is told who has not asked for a while."""
    bot.clock.wind(minutes=30)
    await bot.employer.starts()
    await bot.employer.says(question)
    await bot.quiet()
    return bot.employer.last.text


async def command(bot: Bot, words: str, person: Person | None = None) -> str:
    """What the bot says last to a command of the admin, or of somebody else."""
    who = person or bot.admin
    await who.says(words)
    await bot.quiet()
    return who.last.text


async def press(bot: Bot, label: str, person: Person | None = None) -> str:
    """What the bot says last after a button."""
    who = person or bot.admin
    await who.presses(label)
    await bot.quiet()
    return who.last.text


def directory(bot: Bot) -> Path:
    """The editors' ``lotsen.yaml``."""
    return folder_of(bot) / "lotsen.yaml"


def goes(bot: Bot) -> None:
    """The Lotse of the HWK, the last of the file, is taken out of it."""
    text = directory(bot).read_text()
    directory(bot).write_text(text[: text.index("- id: WL091")].replace("  - WL091\n", ""))
