"""The real program as a process: killed, stopped, started twice, started wrongly; nobody is forgotten."""

import asyncio
import os
import re
import shutil
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.config import Settings
from bot.demo import Person, StandIn
from bot.demo.faults import SecondPoller
from bot.model import ChatId
from bot.secrets import Vault
from bot.storage import Store
from bot.tables import people
from tests.conftest import ADMIN, KEY
from tests.copied_database import copied

ROOT = Path(__file__).parent.parent
LONG_S = 600.0  # real seconds; a busy machine must not fail a property
# Three chambers, so that the cards are not slowed down by the pace of one chat.
CHAMBERS = {"WL091": ("50667", "🔧 Handwerk"), "WL019": ("50667", "🏭"), "WL013": ("40213", "🏭")}


@dataclass
class Program:
    """``python -m bot run`` on one folder; it may run several times, one after the other."""

    telegram: StandIn
    folder: Path
    environment: dict[str, str]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[asyncio.subprocess.Process]:
        """One run; killed at the end of the block if it still runs."""
        with (self.folder / "stderr").open("ab") as errors:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", cwd=self.folder, env=self.environment, stderr=errors
            )
            try:
                yield process
            finally:
                if process.returncode is None:
                    process.kill()
                await process.wait()

    async def ends(self, process: asyncio.subprocess.Process) -> int:
        """The exit code of a run that ends by itself."""
        async with asyncio.timeout(LONG_S):
            return await process.wait()

    @property
    def said(self) -> str:
        """Everything on standard error so far."""
        return (self.folder / "stderr").read_text("utf-8")

    def settings(self) -> Settings:
        """The settings it runs with."""
        return Settings.from_env(self.environment)


@pytest.fixture
def program(telegram: StandIn, tmp_path: Path, cache_folder: Path, knowledge_folder: Path) -> Program:
    """The program on an empty folder, with the cache of all tests."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "cache").symlink_to(cache_folder)
    telegram.user("Ada", id=ADMIN).opens()
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "BOT_TOKEN": telegram.token,
        "UNDO_SECONDS": "0",
        "TELEGRAM_URL": telegram.base_url,
        "ADMIN_IDS": str(ADMIN),
        "DATA_KEY": KEY,
        "DATA_DIR": str(data),
        "KNOWLEDGE_DIR": str(knowledge_folder),
    }
    return Program(telegram, tmp_path, environment)


async def linked(program: Program) -> dict[str, Person]:
    """A person behind each of the chambers, linked before the program starts."""
    lotsen = {lotse: program.telegram.user(f"Lotse {lotse}") for lotse in CHAMBERS}
    settings = program.settings()
    async with Store.opened(settings.data_dir / "lotsenbot.db", Vault(settings.key())) as store:
        for lotse, person in lotsen.items():
            person.opens()
            async with store.transaction() as tx:
                await people.link(tx, lotse, ChatId(person.id), now=0)
    return lotsen


async def asking(telegram: StandIn, count: int) -> list[Person]:
    """So many people whose question waits at Telegram."""
    crowd = [telegram.user(f"Betrieb {number}") for number in range(count)]
    for person in crowd:
        person.opens()
        await person.says("eq dauer monate")
    return crowd


def answers(crowd: list[Person]) -> Counter[int]:
    """How many people have how many answers."""
    return Counter(len(person.received) for person in crowd)


async def test_killed_while_three_hundred_wait(program: Program) -> None:
    """SIGKILL after a third of the answers: everybody is answered, twice only if "done" was not yet on the disk."""
    telegram = program.telegram
    first_update = telegram.bot.queue.next_id
    crowd = await asking(telegram, 300)
    async with program.running() as first:
        await telegram.until(lambda: telegram.journal.counts["sendMessage"] >= 100, LONG_S)
        first.kill()
        await first.wait()
    # What was on the wire is executed, or was never asked for.
    await telegram.until(lambda: not telegram.dispatcher.running, LONG_S)
    answered = {person.id for person in crowd if person.received}
    assert len(answered) < 300, "killed too late to show anything"
    with copied(program.settings().data_dir) as database:
        done = {
            number for (number,) in database.execute("SELECT update_id FROM updates WHERE state = 'done'")
        }
    written = {crowd[update - first_update].id for update in done}
    assert written <= answered, "written down as done and not answered"
    async with program.running():
        await telegram.until(lambda: all(person.received for person in crowd), LONG_S)
        await telegram.idle(LONG_S)

    twice = {person.id for person in crowd if len(person.received) == 2}
    assert answers(crowd)[1] + len(twice) == 300, answers(crowd)
    assert twice == answered - written
    assert {person.last.text.partition("\n")[0] for person in crowd} == {"Wie lange dauert eine EQ?"}


async def test_killed_while_twenty_consent(program: Program) -> None:
    """SIGKILL while handoffs are being written: one case for each press, a card for each case, none lost."""
    telegram = program.telegram
    # A press that the first run took is taken once more by the second.
    telegram.journal.allow("was answered before")
    lotsen = await linked(program)
    crowd = [telegram.user(f"Betrieb {number}") for number in range(20)]
    async with program.running() as first:
        for number, person in enumerate(crowd):
            place, _ = CHAMBERS[list(CHAMBERS)[number % 3]]
            person.opens()
            await person.says(f"/lotse Frage Nummer {number}.")
            await person.says(place)
        await telegram.until(lambda: all(has_key(person, "🔧") for person in crowd), LONG_S)
        for number, person in enumerate(crowd):
            _, branch = CHAMBERS[list(CHAMBERS)[number % 3]]
            await person.presses(key(person, branch))
        await telegram.until(lambda: all(has_key(person, "✅") for person in crowd), LONG_S)
        for person in crowd:
            await person.presses(key(person, "✅"))
        await telegram.until(lambda: len(confirmed(crowd)) >= 5, LONG_S)
        first.kill()
        await first.wait()
    assert len(confirmed(crowd)) < 20, "killed too late to show anything"
    async with program.running():
        await telegram.until(lambda: len(confirmed(crowd)) == 20 and len(set(cards(lotsen))) == 20, LONG_S)
        await telegram.idle(LONG_S)

    found = cards(lotsen)
    # A card may come twice only if it was on the wire at the kill, and in each chat one message is.
    assert len(found) <= 20 + len(lotsen), found
    assert sorted(question for _, question in set(found)) == sorted(
        f"Frage Nummer {number}." for number in range(20)
    )
    assert {number for number, _ in found} == {case for person in crowd for case in confirmed([person])}


def key(person: Person, start: str) -> str:
    """The newest button whose label begins so."""
    return next(
        label for message in reversed(person.received) for label in message.labels if label.startswith(start)
    )


def has_key(person: Person, start: str) -> bool:
    """Whether there is such a button."""
    return any(label.startswith(start) for message in person.received for label in message.labels)


def confirmed(crowd: list[Person]) -> set[str]:
    """The numbers of the cases that the employers were told."""
    texts = [message.text for person in crowd for message in person.received]
    return {found[1] for text in texts if (found := re.search(r"Fallnummer: (\w+)", text))}


def cards(lotsen: dict[str, Person]) -> list[tuple[str, str]]:
    """Number and question of every card the Lotsen see."""
    texts = [message.text for person in lotsen.values() for message in person.received]
    return [
        (number[1], question[0])
        for text in texts
        if (number := re.search(r"Fall (\w+)", text)) and (question := re.search(r"Frage Nummer \d+\.", text))
    ]


async def test_sigterm_ends_well(program: Program) -> None:
    """Exit code 0; what was handled is confirmed, so the next run does nothing twice."""
    telegram = program.telegram
    [anna] = await asking(telegram, 1)
    async with program.running() as process:
        await telegram.until(lambda: anna.received, LONG_S)
        process.send_signal(signal.SIGTERM)

        assert await program.ends(process) == 0
    assert list(telegram.world.pending()) == []
    assert len(anna.received) == 1
    assert "Traceback" not in program.said


async def test_a_second_poller_ends_it(program: Program) -> None:
    """Three conflicts in ten seconds: exit code 3, one German sentence, nothing restarts it into a quarrel."""
    program.telegram.faults.add(SecondPoller(), method="getUpdates", times=None)
    async with program.running() as process:
        assert await program.ends(process) == 3
    assert program.said.splitlines()[-1].startswith("Ein anderes Programm ruft schon die Nachrichten")
    assert "Traceback" not in program.said


async def test_a_wrong_token_ends_it(program: Program) -> None:
    """A token Telegram does not know: exit code 2, one German sentence, and the token is not repeated."""
    wrong = "7000000099:" + "f" * 35
    program.environment["BOT_TOKEN"] = wrong
    program.telegram.journal.allow("Unauthorized|token")
    async with program.running() as process:
        assert await program.ends(process) == 2
    assert program.said.splitlines()[-1].startswith("BOT_TOKEN wird von Telegram nicht anerkannt.")
    assert wrong not in program.said
    assert "Traceback" not in program.said


async def test_wrong_knowledge_ends_it(program: Program, knowledge_folder: Path) -> None:
    """A folder with problems: exit code 2, file and line of each, and Telegram was asked for nothing."""
    shutil.copy(knowledge_folder / "faq" / "t05-eq.yaml", knowledge_folder / "faq" / "t05-kopie.yaml")
    async with program.running() as process:
        assert await program.ends(process) == 2
    assert re.search(r"t05-(eq|kopie)\.yaml:\d+", program.said)
    assert program.telegram.journal.number == 0
