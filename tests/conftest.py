"""Fixtures: a local Telegram, a clock to wind, the whole bot between them, and the three people."""

import asyncio
import base64
import fcntl
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from math import inf
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from bot import polling
from bot.app import App, opened
from bot.cache import Cache, Memory
from bot.config import Settings
from bot.demo import Person, StandIn
from bot.demo.seen import Seen
from bot.editions import Editions
from bot.library import Edition
from bot.model import ChatId
from bot.secrets import Vault
from bot.storage import Store
from bot.surroundings import Surroundings
from bot.traffic import UNLIMITED
from bot.updates import Patience
from tests.desk_at_hand import Desk
from tests.outbox_at_hand import post
from tests.overheard import assert_nothing_private, logged_by_us
from tests.patience import ends
from tests.short_ways import ShortWay, in_place
from tests.standin_fixture import api, strict_telegram, telegram
from tests.wound_clock import WoundClock

__all__ = ["api", "post", "telegram"]

# Speed is measured in benchmarks; a busy machine must not fail a property.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.load_profile("suite")

# In memory where there is such a folder: what a disk does is no subject of tests that only commit to it.
_MEMORY_DISK, _ENOUGH = Path("/dev/shm"), 4 * 2**30  # noqa: S108 - pytest makes a folder of its own in it
if _MEMORY_DISK.is_dir() and shutil.disk_usage(_MEMORY_DISK).free > _ENOUGH:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY_DISK))

# RetryAfter cannot be constructed under warnings-as-errors without it (python-telegram-bot 22).
os.environ["PTB_TIMEDELTA"] = "1"

KEY = base64.b64encode(bytes(range(32))).decode()
ADMIN = 900_001
LOTSE = 900_002
EMPLOYER = 900_003
DEPUTY = 900_010
# Who serves Handwerk and IHK in Köln in the directory of tests/data/knowledge.
HWK_KOELN = "WL091"
IHK_KOELN = "WL019"


@dataclass
class Bot:
    """The whole bot, polling a local Telegram; ``restart`` is what a new process would see."""

    telegram: StandIn
    clock: WoundClock
    settings: Settings
    around: Surroundings
    employer: Person
    lotse: Person
    admin: Person
    app: App = field(init=False)
    _stack: AsyncExitStack = field(init=False)

    async def start(self) -> None:
        """Open everything and poll."""
        self._stack = AsyncExitStack()
        self.app = await self._stack.enter_async_context(opened(self.settings, self.around))
        stop = asyncio.Event()
        poll = asyncio.create_task(
            polling.Polling(self.app.line.fetch, self.app.updates, self.clock).run(stop)
        )

        async def end() -> None:
            stop.set()
            await poll

        self._stack.push_async_callback(end)

    async def stop(self) -> None:
        """Stop as SIGTERM does."""
        await self._stack.aclose()

    async def restart(self) -> None:
        """Stop and start again on the same data."""
        await self.stop()
        await self.start()

    async def quiet(self) -> None:
        """Wait until every update is handled and the outbox has nothing due."""
        quiet = asyncio.create_task(self._quiet())
        try:
            if not await ends(quiet):
                pytest.fail(f"the bot never became quiet; {self.clock}\n{self.telegram.situation()}")
            await quiet
        finally:
            quiet.cancel()

    async def _quiet(self) -> None:
        await self.telegram.idle(inf)
        await self.app.updates.finished()
        await self.app.outbox.drained()
        await self.telegram.idle(inf)

    async def weather(self) -> None:
        """Wind the clock, second by second, until the bot is quiet."""
        quiet = asyncio.create_task(self.quiet())
        while not await self.telegram.changes.until(quiet.done, 0.02):
            self.clock.wind(seconds=1)
        await quiet

    async def link(self, lotse_id: str, person: Person) -> None:
        """Link a Lotse as an admin would, without the dialogue."""
        await person.starts()
        await self.admin.starts()
        token = await self.app.linking.invite(lotse_id, ChatId(self.admin.id))
        await self.app.linking.press(token, ChatId(person.id), "Lotsin")
        await self.quiet()
        await self.admin.presses("Ja, verbinden")
        await self.quiet()

    async def reloads(self) -> None:
        """Check the folder and take over what changed, as an admin would; the report is the message before the last."""
        await self.admin.says("/reload")
        await self.quiet()
        await self.admin.presses("Übernehmen")
        await self.quiet()


def keys(message: Seen) -> list[list[str]]:
    """The labels under a message, row by row."""
    return [[button.text for button in row] for row in message.rows]


@pytest.fixture
def clock() -> WoundClock:
    """A clock to wind, at ten in the morning of a Tuesday in Germany."""
    return WoundClock()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A fresh database."""
    async with Store.opened(tmp_path / "x.db", Vault(bytes(32))) as opened_store:
        yield opened_store


@pytest.fixture(scope="session")
def cache_folder() -> Path:
    """One cache of index and regions for all tests and runs: its files are named by what they were made from."""
    folder = Path(__file__).parent.parent / ".cache" / "tests"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def memory() -> Memory:
    """Regions and indexes that were already read by this process."""
    return Memory(kept=4)


@pytest.fixture(scope="session")
def shipped_cache(cache_folder: Path) -> Path:
    """The cache of those who read the packaged knowledge: it is not pushed out by the many small ones."""
    return cache_folder.parent / "shipped"


@pytest.fixture(scope="session")
def shipped(shipped_cache: Path, memory: Memory) -> Edition:
    """The packaged knowledge, read once by each process; the first one builds it, the others wait for that."""
    shipped_cache.mkdir(parents=True, exist_ok=True)
    with (shipped_cache / "being-built").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return Editions(None, Cache(shipped_cache), memory=memory).load()


@pytest.fixture
def knowledge_folder(tmp_path: Path) -> Path:
    """A small FAQ and directory that a test may change."""
    folder = tmp_path / "wissen"
    shutil.copytree(Path(__file__).parent / "data" / "knowledge", folder)
    return folder


@pytest.fixture
def settings(
    telegram_by_hand: StandIn, tmp_path: Path, cache_folder: Path, knowledge_folder: Path
) -> Settings:
    """Settings of a bot on the local Telegram."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "cache").symlink_to(cache_folder)
    return Settings.from_env(
        {
            "BOT_TOKEN": telegram_by_hand.token,
            "ADMIN_IDS": str(ADMIN),
            "DATA_KEY": KEY,
            "DATA_DIR": str(data),
            "TELEGRAM_URL": telegram_by_hand.base_url,
            "KNOWLEDGE_DIR": str(knowledge_folder),
            # Held words need a clock to wind; tests/test_dialogue_undo.py has the usual 30 seconds.
            "UNDO_SECONDS": "0",
        }
    )


@pytest.fixture
async def telegram_by_hand(clock: WoundClock) -> AsyncIterator[StandIn]:
    """A local Telegram on the clock to wind; whatever a test does, no word of a person and no token is logged."""
    with logged_by_us() as lines:
        async with strict_telegram(now=clock.now) as standin:
            yield standin
        assert_nothing_private(lines, standin)


@pytest.fixture
def around(
    clock: WoundClock, memory: Memory, telegram_by_hand: StandIn, request: pytest.FixtureRequest
) -> Surroundings:
    """Surroundings without chance: numbers and tokens count up.

    Short ways to Telegram and the database, unless a test is marked ``wire``: see tests/short_ways.py.
    """
    numbers, tokens = count(1), count(1)
    ways: dict[str, Any] = {}
    if request.node.get_closest_marker("wire") is None:
        ways = {"new_request": partial(ShortWay, telegram_by_hand), "connecting": in_place}
    return Surroundings(
        clock=clock,
        pace=UNLIMITED,
        patience=Patience(),
        new_number=lambda: f"TEST{next(numbers):04d}",
        new_token=lambda: f"token-{next(tokens)}",
        prepare_reload=False,
        memory=memory,
        **ways,
    )


@asynccontextmanager
async def running(
    telegram: StandIn, clock: WoundClock, settings: Settings, around: Surroundings
) -> AsyncIterator[Bot]:
    """The whole bot with the three people, not yet started by any of them."""
    bot = Bot(
        telegram,
        clock,
        settings,
        around,
        employer=telegram.user("Anna", id=EMPLOYER),
        lotse=telegram.user("Lotta", id=LOTSE),
        admin=telegram.user("Ada", id=ADMIN),
    )
    await bot.start()
    try:
        yield bot
    finally:
        await bot.stop()


@pytest.fixture
async def bot(
    telegram_by_hand: StandIn, clock: WoundClock, settings: Settings, around: Surroundings
) -> AsyncIterator[Bot]:
    """The whole bot on the packaged knowledge."""
    async with running(telegram_by_hand, clock, settings, around) as started:
        yield started


@pytest.fixture
def desk(store: Store, clock: WoundClock, shipped: Edition) -> Desk:
    """The use cases of the desk by themselves."""
    return Desk(store, clock, shipped)


@pytest.fixture
async def deputy(bot: Bot) -> Person:
    """The deputy of the Lotse of the HWK; both are linked."""
    person = bot.telegram.user("Dora", id=DEPUTY)
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.link(IHK_KOELN, person)
    return person
