"""The company of the random walk: the whole bot on a local Telegram, 20 employers and 10 Lotsen, used walk after walk.

Each walk begins with empty chats and an empty database at the same moment; only the program text, the knowledge and
the open ports stay.
"""

import asyncio
import shutil
import sqlite3
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import yaml

from bot.cache import Memory
from bot.clock import to_ms
from bot.config import Settings
from bot.demo import Person, StandIn
from bot.demo.state import Message
from bot.model import ChatId
from bot.secrets import Vault
from bot.storage import DATABASE, Store
from bot.surroundings import Surroundings
from bot.tables import people
from bot.traffic import UNLIMITED
from bot.updates import Patience
from tests.conftest import ADMIN, KEY, Bot
from tests.mail_at_hand import Mailbox, mail_server
from tests.overheard import logged_by_us
from tests.short_ways import ShortWay, in_place
from tests.standin_fixture import PACE
from tests.wound_clock import WoundClock

EMPLOYERS = 20
START = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)  # a Tuesday, ten in the morning in Germany
_PATIENCE_S = 30.0
_HOURS = ("Mo-Fr 9-16", "Mo, Mi, Do 9-15", "Mo-Fr 8-12, Mo-Do 13-16")
# id: (body, Kreise, deputies); colleagues of one chamber share its work. The first of each Land coordinates it.
NRW = {
    "WL013": ("IHK Düsseldorf", ("05111", "05158"), ()),
    "WL091": ("HWK zu Köln", ("05314", "05315", "05316"), ("WL019", "WL018")),
    "WL092": ("HWK zu Köln", ("05314", "05315", "05316"), ("WL091",)),
    "WL019": ("IHK zu Köln", ("05315", "05316"), ("WL091", "WL018")),
    "WL020": ("IHK zu Köln", ("05315", "05316"), ("WL019",)),
    "WL018": ("IHK Bonn/Rhein-Sieg", ("05314", "05382"), ("WL019", "WL092")),
    "WL101": ("HWK Düsseldorf", ("05111", "05158"), ()),
}
BERLIN = {
    "WL065": ("IHK Berlin", ("11000",), ()),
    "WL066": ("IHK Berlin", ("11000",), ("WL067", "WL065")),
    "WL067": ("HWK Berlin", ("11000",), ("WL066",)),
}
LAND_OF = {lotse: land for land, crowd in (("NW", NRW), ("BE", BERLIN)) for lotse in crowd}
PLACES = ("50667", "53111", "40213", "10115")
BRANCHES = ("🔧 Handwerk", "🏭 Industrie, Handel, Gastro, Dienstleistung")


def write_directory(folder: Path) -> None:
    """The ten Lotsen of the walk, as ``lotsen.yaml`` of this folder."""
    crowd = [
        {
            "id": lotse,
            "name": f"Willkommenslotse {lotse} (Muster)",
            "organisation": body,
            "art": body.partition(" ")[0],
            "ort": "Berlin" if lotse in BERLIN else "Köln",
            "land": LAND_OF[lotse],
            "kreise": list(kreise),
            "rolle": "Willkommenslotse",
            "email": f"{lotse.lower()}@kammer.example",
            "telefon": f"+49 30 23125 {lotse[2:]}",
            "vertretung": list(deputies),
            "sprechzeiten": _HOURS[number % len(_HOURS)],
        }
        for number, (lotse, (body, kreise, deputies)) in enumerate((NRW | BERLIN).items())
    ]
    written = {"muster": True, "koordination": {"NW": "WL013", "BE": "WL065"}, "lotsen": crowd}
    (folder / "lotsen.yaml").write_text(yaml.safe_dump(written, allow_unicode=True), "utf-8")


class Company:
    """Everything a walk acts upon; ``begin`` and ``end`` frame one walk."""

    def __init__(self, folder: Path, cache: Path, memory: Memory) -> None:
        self._folder = folder
        self._data = folder / "data"
        self._data.mkdir()
        (self._data / "cache").symlink_to(cache)
        self._knowledge = folder / "wissen"
        shutil.copytree(Path(__file__).parent / "data" / "knowledge", self._knowledge)
        write_directory(self._knowledge)
        self._memory = memory
        self._linked = b""
        self._database = sqlite3.connect(":memory:")  # until the first walk begins
        self._stack = AsyncExitStack()
        self.clock = WoundClock(START)
        self.telegram: StandIn
        self.post: Mailbox
        self.bot: Bot
        self.employers: list[Person] = []
        self.lotsen: dict[str, Person] = {}
        self.log: list[str] = []

    async def open(self) -> None:
        """Start the local Telegram and the mail server."""
        running = StandIn.running(now=self.clock.now, seed=1, pace=PACE, judge="off", journal_cap=100_000)
        self.telegram = await self._stack.enter_async_context(running)
        self.post = await self._stack.enter_async_context(mail_server())

    async def close(self) -> None:
        """End it."""
        self._database.close()
        await self._stack.aclose()

    async def begin(self) -> None:
        """Everybody is there, every Lotse is linked, nothing was said yet."""
        self.clock.jump(seconds=(START - self.clock.now()).total_seconds())
        self.telegram.reset()
        self.post.taken.clear()
        # A press whose acknowledgement was lost on the wire is acknowledged once more.
        self.telegram.journal.allow("was answered before")
        self._database.close()
        for file in self._data.glob(f"{DATABASE}*"):
            file.unlink()
        self.employers = [
            self.telegram.user(f"Betriebskonto{number:02}", id=1_000 + number) for number in range(EMPLOYERS)
        ]
        self.lotsen = {
            lotse: self.telegram.user(f"Lotsenkonto{lotse}", id=2_000 + number)
            for number, lotse in enumerate(LAND_OF)
        }
        admin = self.telegram.user("Ada", id=ADMIN)
        for person in (*self.employers, *self.lotsen.values(), admin):
            person.opens()
        settings = self._settings()
        (self._data / DATABASE).write_bytes(self._linked or await self._all_linked(settings))
        self._listening = logged_by_us()
        self.log = self._listening.__enter__()
        self.bot = Bot(
            self.telegram,
            self.clock,
            settings,
            self._around(),
            employer=self.employers[0],
            lotse=self.lotsen["WL091"],
            admin=admin,
        )
        await self.bot.start()
        self._database = sqlite3.connect(self._data / DATABASE, isolation_level=None)
        self._database.row_factory = sqlite3.Row

    async def _all_linked(self, settings: Settings) -> bytes:
        """A new database in which every Lotse is linked; made once and then copied."""
        file = self._data / DATABASE
        async with Store.opened(file, Vault(settings.key())) as store, store.transaction() as tx:
            for lotse, person in self.lotsen.items():
                await people.link(tx, lotse, ChatId(person.id), to_ms(self.clock.now()))
        self._linked = file.read_bytes()  # closing it has emptied its log
        return self._linked

    async def end(self) -> None:
        """Stop the bot; chats, journal and database can still be read."""
        await self.bot.stop()
        self._listening.__exit__(None, None, None)

    def _settings(self) -> Settings:
        return Settings.from_env(
            {
                "BOT_TOKEN": self.telegram.token,
                "ADMIN_IDS": str(ADMIN),
                "DATA_KEY": KEY,
                "DATA_DIR": str(self._data),
                "TELEGRAM_URL": self.telegram.base_url,
                "KNOWLEDGE_DIR": str(self._knowledge),
                "SMTP_HOST": "127.0.0.1",
                "SMTP_PORT": str(self.post.port),
                "SMTP_TLS": "none",
                "SMTP_FROM": "bot@amt.example",
                "FLOOD_PER_MINUTE": "0",
                "FLOOD_OVERALL_PER_MINUTE": "0",
            }
        )

    def _around(self) -> Surroundings:
        numbers, tokens = count(1), count(1)
        return Surroundings(
            clock=self.clock,
            pace=UNLIMITED,
            patience=Patience(),
            new_number=lambda: f"WALK{next(numbers):04d}",
            new_token=lambda: f"token-{next(tokens)}",
            prepare_reload=False,
            memory=self._memory,
            new_request=lambda: ShortWay(self.telegram),
            connecting=in_place,
        )

    # -- time -------------------------------------------------------------------------------------------------

    async def through_weather(self, act: Coroutine[Any, Any, None]) -> None:
        """Do it. In bad weather whoever waits for a better moment, at a start as well, needs the clock for it."""
        doing = asyncio.create_task(act)
        while self.telegram.faults.rules and not (await asyncio.wait({doing}, timeout=0.03))[0]:
            self.clock.wind(seconds=1)
        await doing

    async def settled(self) -> None:
        """Wait until nothing is under way."""
        faults = self.telegram.faults
        await self.through_weather(self.bot.quiet())
        for rule in [rule for rule in faults.rules if rule.times is not None and rule.struck >= rule.times]:
            faults.remove(rule)

    async def sweeps(self) -> None:
        """Do what the minute's sweep does for cases, at once."""
        app = self.bot.app
        await app.absences.step()
        await app.ladder.climb()
        await app.transfers.lapse()
        await app.digest.send()

    # -- looking ----------------------------------------------------------------------------------------------

    def rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        """Rows of the bot's database, read from outside; sealed columns stay sealed."""
        return self._database.execute(sql, values).fetchall()

    def chat(self, person: Person) -> list[Message]:
        """Every message of a chat, deleted ones included, oldest first."""
        chat = self.telegram.bot.chats.get(person.id)
        return list(chat.messages.values()) if chat is not None else []

    @property
    def everybody(self) -> list[Person]:
        """Employers, then Lotsen."""
        return [*self.employers, *self.lotsen.values()]
