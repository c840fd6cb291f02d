"""What an operator watches: /healthz, /metrics, and alarms in Telegram that are grouped."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.alarms import LEAST_FREE, Alarm, Alarms
from bot.demo.faults import Refused, ServerError
from bot.metrics import Metrics
from bot.model import ChatId, NoticeKind
from bot.monitor import Monitor
from bot.storage import Store
from bot.sweeping import EVERY, Sweep
from bot.tables import figures_of_operation, outbox
from handlers import render_admin
from tests.case_at_hand import open_case
from tests.conftest import HWK_KOELN, Bot
from tests.wound_clock import WoundClock

ADMINS = (ChatId(1), ChatId(2))


# -- alarms ------------------------------------------------------------------------------------------------------------


@dataclass
class Disk:
    """A disk with as much space as a test says."""

    free: int = LEAST_FREE


@dataclass
class Watch:
    """Alarms on a database, and what they tell."""

    store: Store
    clock: WoundClock
    disk: Disk = field(default_factory=Disk)
    woken: int = 0

    def __post_init__(self) -> None:
        self.alarms = Alarms(
            self.store, self.clock, ADMINS, free=lambda: self.disk.free, wake_outbox=self._wake
        )

    def _wake(self) -> None:
        self.woken += 1

    async def aside(self, *updates: int) -> None:
        """These updates were set aside."""
        for update in updates:
            async with self.store.transaction() as tx:
                await self.alarms.happened(tx, Alarm.ASIDE, str(update))

    async def told(self) -> list[str]:
        """What each of the admins reads; afterwards nothing of it waits any longer."""
        said: dict[ChatId, list[str]] = {admin: [] for admin in ADMINS}
        rows = await self.store.read.all("SELECT * FROM outbox WHERE kind = 'alarm' ORDER BY id")
        for row in rows:
            data = outbox.from_row(row, self.store.read).data
            said[row["chat_id"]].append(render_admin.alarm(data["what"], data["count"], data["refs"]).html)
        async with self.store.transaction() as tx:
            await tx.run("DELETE FROM outbox WHERE kind = 'alarm'")
        assert said[ADMINS[0]] == said[ADMINS[1]]
        return said[ADMINS[0]]


@pytest.fixture
def watch(store: Store, clock: WoundClock) -> Watch:
    """Alarms that nobody was told of yet."""
    return Watch(store, clock)


async def test_the_first_alarm_comes_at_once_the_others_together(watch: Watch) -> None:
    """A hundred failures in an hour are two messages to each admin, with the newest numbers."""
    await watch.aside(7)
    assert await watch.told() == [
        "⚠️ Die Meldung 7 konnte dreimal nicht bearbeitet werden und liegt jetzt beiseite. Mehr steht im Protokoll."
    ]
    for update in range(100):
        await watch.aside(1000 + update)
        watch.clock.wind(seconds=30)
        await watch.alarms.look()
    assert await watch.told() == []
    watch.clock.wind(minutes=11)
    await watch.alarms.look()
    [text] = await watch.told()
    assert text.startswith("⚠️ <b>100 Meldungen</b> konnten dreimal nicht bearbeitet werden")
    assert "zuletzt 1095, 1096, 1097, 1098, 1099." in text
    assert watch.woken == 1
    watch.clock.wind(hours=5)
    await watch.alarms.look()
    assert await watch.told() == []


async def test_after_a_quiet_hour_the_next_comes_at_once(watch: Watch) -> None:
    """Grouping is for storms."""
    await watch.aside(1)
    watch.clock.wind(hours=1)
    await watch.aside(2)
    assert len(await watch.told()) == 2


async def test_hardly_any_space(watch: Watch) -> None:
    """Told once in six hours as long as it lasts."""
    await watch.alarms.look()
    assert await watch.told() == []
    watch.disk.free = LEAST_FREE - 1
    told = []
    for _ in range(7 * 12):
        await watch.alarms.look()
        told += await watch.told()
        watch.clock.wind(minutes=5)
    assert len(told) == 2
    assert "noch 299 MB frei" in told[0]


async def test_a_message_that_waits_too_long(watch: Watch) -> None:
    """After fifteen minutes; what waits for the morning is not late."""
    async with watch.store.transaction() as tx:
        now = round(watch.clock.now().timestamp() * 1000)
        for chat, due in ((5, 0), (6, now + 8 * 3_600_000)):
            await outbox.put(tx, ChatId(chat), NoticeKind.APOLOGY, dedupe=f"{chat}", now=now)
            await tx.run("UPDATE outbox SET due_at = ? WHERE chat_id = ?", due, chat)
    watch.clock.wind(minutes=15)
    await watch.alarms.look()
    assert await watch.told() == []
    watch.clock.wind(seconds=1)
    await watch.alarms.look()
    [text] = await watch.told()
    assert "Nachrichten warten auf Zustellung" in text
    async with watch.store.transaction() as tx:
        await tx.run("DELETE FROM outbox WHERE chat_id = 5")
        await tx.run("DELETE FROM alarms")
    watch.clock.wind(hours=7)
    await watch.alarms.look()
    assert await watch.told() == []


async def test_admins_are_told_in_telegram(bot: Bot) -> None:
    """The whole way: an update that always fails, the apology, and one message to the admin with its number."""
    bot.admin.opens()
    await bot.employer.starts()
    await bot.quiet()
    for _ in range(2):
        bot.telegram.faults.add(
            Refused("Bad Request: something is wrong"), method="sendMessage", chat=bot.employer.id, times=3
        )
        await bot.employer.says("eq dauer monate")
        await bot.weather()
    texts = [message.text for message in bot.admin.received]
    assert [text for text in texts if "konnte dreimal nicht bearbeitet werden" in text] == texts[-1:]
    assert "Entschuldigung" in bot.employer.last.text


# -- the sweep ---------------------------------------------------------------------------------------------------------


async def test_a_failing_duty_stops_no_other(clock: WoundClock) -> None:
    """The one after it is done all the same, again and again."""
    done: list[str] = []

    async def fails() -> None:
        done.append("fails")
        raise LookupError

    async def works() -> None:
        done.append("works")

    sweep = Sweep(clock, (fails, works))
    async with sweep.running():
        for _ in range(2):
            await asyncio.sleep(0)
            clock.wind(seconds=EVERY)
            for _ in range(5):
                await asyncio.sleep(0)
    assert done == ["fails", "works"] * 2


# -- health and numbers ------------------------------------------------------------------------------------------------


@dataclass
class Page:
    """The two pages as a browser on this machine sees them."""

    session: aiohttp.ClientSession
    port: int
    heard: float = 0.0

    async def get(self, path: str) -> tuple[int, str]:
        """Status and text."""
        async with self.session.get(f"http://127.0.0.1:{self.port}{path}") as response:
            return response.status, await response.text()

    async def numbers(self) -> dict[str, float]:
        """Name with labels → value."""
        status, text = await self.get("/metrics")
        assert status == 200
        return {
            sample.name + "".join(f"{{{value}}}" for value in sample.labels.values()): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        }


@pytest.fixture
async def page(bot: Bot) -> AsyncIterator[Page]:
    """The pages of a running bot."""
    page: Page
    async with (
        aiohttp.ClientSession() as session,
        bot.app.monitor.listening("127.0.0.1:0", lambda: page.heard) as port,
    ):
        page = Page(session, port, bot.clock.monotonic())
        yield page


async def test_health(bot: Bot, page: Page) -> None:
    """200 while all is well; 503 with a sentence when Telegram is silent or the sweep stands still."""
    assert await page.get("/healthz") == (200, "ok")
    page.heard = bot.clock.monotonic() - 121
    assert await page.get("/healthz") == (503, "Telegram hat seit 121 Sekunden nicht geantwortet.")
    page.heard = bot.clock.monotonic() + 10_000
    bot.app.monitor.sweep.done_at -= 5 * EVERY + 1
    assert await page.get("/healthz") == (503, "Die regelmäßigen Arbeiten stehen still.")
    assert await bot.app.monitor.troubles(None) == ["Die regelmäßigen Arbeiten stehen still."]
    assert (await page.get("/anderes"))[0] == 404


async def test_a_broken_database_is_no_health(store: Store, clock: WoundClock) -> None:
    """The sentence names it, on both pages."""
    monitor = Monitor(store, clock, Metrics(), Sweep(clock, ()))
    assert await monitor.troubles(None) == []
    async with store.transaction() as tx:
        await tx.run("DROP TABLE outbox")
    assert await monitor.troubles(None) == ["Die Datenbank antwortet nicht."]
    async with aiohttp.ClientSession() as session, monitor.listening("127.0.0.1:0", None) as port:
        assert await Page(session, port).get("/metrics") == (503, "Die Datenbank antwortet nicht.")


async def test_numbers(bot: Bot, page: Page) -> None:
    """Updates, decisions, confidence, search, outbox, cases: as they happened, and nothing about a person."""
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot, "eq dauer monate bitte ganz geheim")
    await bot.employer.says("eq dauer monate")
    await bot.quiet()
    bot.telegram.faults.add(ServerError(), method="sendMessage", chat=bot.lotse.id, times=1)
    await bot.lotse.presses("Übernehmen")
    await bot.quiet()
    numbers = await page.numbers()
    assert numbers["lotsenbot_updates_total{done}"] > 5
    assert numbers["lotsenbot_decisions_total{answer}"] >= 1
    assert numbers["lotsenbot_confidence_count"] >= 1
    assert numbers["lotsenbot_search_seconds_count"] >= 1
    assert numbers["lotsenbot_cases{taken}"] == 1
    assert numbers["lotsenbot_cases{open}"] == 0
    assert numbers["lotsenbot_outbox_waiting"] == 0
    assert numbers["lotsenbot_outbox_oldest_seconds"] == 0
    assert numbers["lotsenbot_updates_held{aside}"] == 0
    _, text = await page.get("/metrics")
    for private in ("geheim", str(bot.employer.id), "eq-dauer", HWK_KOELN):
        assert private not in text


async def test_what_waits_is_counted(store: Store) -> None:
    """How many, since when, how often in vain."""
    async with store.transaction() as tx:
        for number in range(3):
            await outbox.put(tx, ChatId(number), NoticeKind.APOLOGY, dedupe=f"{number}", now=1000 + number)
        await tx.run("UPDATE outbox SET attempts = 4, due_at = 9000 WHERE chat_id = 1")
    operation = await figures_of_operation.of(store.read, 5000)
    assert (operation.waiting, operation.oldest_ms, operation.retries) == (3, 4000, 4)


async def test_without_an_address_nothing_listens(bot: Bot) -> None:
    """The default: no port is opened."""
    async with bot.app.monitor.listening("", None) as port:
        assert port == 0
