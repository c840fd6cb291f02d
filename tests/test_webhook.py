"""Webhook: the whole bot behind it; answered 200 only when an update is handled or stored, closed to everybody else."""

import asyncio
import io
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from bot import app, webhook
from bot.config import Settings
from bot.demo import Person, StandIn
from bot.demo.faults import Refused
from bot.model import ChatId, UpdateId
from bot.secrets import Vault
from bot.storage import Statement, Store, Transaction
from bot.surroundings import Surroundings
from bot.tables import people
from bot.tables import updates as rows
from bot.updates import Patience, Updates
from tests import full_disk
from tests.conftest import ADMIN, HWK_KOELN
from tests.standin_fixture import plain_api
from tests.wound_clock import WoundClock

pytestmark = pytest.mark.wire

SECRET = "geheim-geheim-geheim-1"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONG_S = 20.0


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


# -- the whole bot ----------------------------------------------------------------------------------------------


@pytest.fixture
def hooked(settings: Settings) -> Settings:
    """Settings of a bot behind a webhook."""
    port = free_port()
    return settings.model_copy(
        update={
            "webhook_url": f"http://127.0.0.1:{port}/telegram/hook",
            "webhook_secret": type(settings.bot_token)(SECRET),
            "webhook_listen": f"127.0.0.1:{port}",
        }
    )


@asynccontextmanager
async def answering(settings: Settings, around: Surroundings, telegram: StandIn) -> AsyncIterator[None]:
    """The program as ``lotsenbot run`` runs it, until SIGTERM; when it listens, the block begins."""
    telegram.user("Ada", id=ADMIN).opens()
    stop = asyncio.Event()
    program = asyncio.create_task(app.run(settings, stop, around))
    try:
        await telegram.until(lambda: telegram.journal.counts["setWebhook"] or program.done(), LONG_S)
        yield
    finally:
        stop.set()
        await program


async def until_said(telegram: StandIn, person: Person, words: str) -> None:
    """Wait until the person's newest message from the bot holds ``words``."""
    await telegram.until(lambda: person.received and words in person.last.text, LONG_S)


async def test_menus_that_are_refused_keep_nobody_waiting(
    hooked: Settings, around: Surroundings, telegram_by_hand: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    """They are shown when updates already come; what is wrong with them is in the log."""
    telegram, anna = telegram_by_hand, telegram_by_hand.user("Anna")
    telegram.faults.add(Refused("Bad Request: no"), method="setMyDescription", times=1)
    async with answering(hooked, around, telegram):
        await anna.starts()
        await anna.says("eq dauer monate")
        await until_said(telegram, anna, "Wie lange dauert eine EQ?")
        await telegram.until(lambda: "the menus could not be shown: BadRequest" in caplog.messages, LONG_S)


async def test_question_handoff_and_answer(
    hooked: Settings, around: Surroundings, telegram_by_hand: StandIn
) -> None:
    """An employer asks, hands over, the Lotse answers: all of it by webhook, and nothing waits at the end."""
    telegram = telegram_by_hand
    anna, lotta = telegram.user("Anna"), telegram.user("Lotta")
    lotta.opens()
    async with (
        Store.opened(hooked.data_dir / "lotsenbot.db", Vault(hooked.key())) as store,
        store.transaction() as tx,
    ):
        await people.link(tx, HWK_KOELN, ChatId(lotta.id), now=0)
    async with answering(hooked, around, telegram):
        await anna.starts()
        await anna.says("eq dauer monate")
        await until_said(telegram, anna, "Wie lange dauert eine EQ?")
        await anna.says("/lotse Bitte um Rat")
        await until_said(telegram, anna, "Postleitzahl")
        await anna.says("50667")
        await telegram.until(lambda: "🔧 Handwerk" in anna.last.labels, LONG_S)
        await anna.presses("🔧 Handwerk")
        await telegram.until(lambda: "✅ Einverstanden, senden" in anna.last.labels, LONG_S)
        await anna.presses("✅ Einverstanden, senden")
        await until_said(telegram, lotta, "Bitte um Rat")
        await telegram.quiet(0.2, LONG_S)  # nobody answers before the outcome is stored
        await lotta.says("Ich rufe Sie morgen an.", reply_to=lotta.last)
        await telegram.until(lambda: any("morgen an" in m.text for m in anna.received), LONG_S)
        async with plain_api(telegram) as api:
            info = await api("getWebhookInfo")
        assert info["allowed_updates"] == [
            "message",
            "edited_message",
            "inline_query",
            "callback_query",
            "my_chat_member",
        ]
        await telegram.idle(LONG_S)

    assert telegram.journal.counts["getUpdates"] == 0
    assert list(telegram.world.pending()) == []
    assert sum("Bitte um Rat" in message.text for message in lotta.received) == 1


async def test_what_waited_at_telegram_and_what_comes_twice(
    hooked: Settings, around: Surroundings, telegram_by_hand: StandIn
) -> None:
    """Written while the bot was away: answered at the start; delivered again: not answered again."""
    telegram = telegram_by_hand
    anna = telegram.user("Anna")
    anna.opens()
    await anna.says("eq dauer monate")
    async with answering(hooked, around, telegram):
        await until_said(telegram, anna, "Wie lange dauert eine EQ?")
        await telegram.idle(LONG_S)
        telegram.redeliver()
        await telegram.idle(LONG_S)
        await anna.says("Was gilt bei Urlaub?")
        await until_said(telegram, anna, "Was gilt bei Urlaub?")

    assert len(anna.received) == 2


# -- the door ---------------------------------------------------------------------------------------------------


@dataclass
class Door:
    """A listening webhook with a handler that notes what comes."""

    store: Store
    session: aiohttp.ClientSession
    url: str = ""
    texts: list[str] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle(self, raw: dict[str, Any]) -> tuple[Statement, ...]:
        """Note it, as soon as the gate is open."""
        await self.gate.wait()
        self.texts.append(raw["message"]["text"])
        return ()

    async def give_up(self, tx: Transaction, update: UpdateId, chat: ChatId) -> None:
        """Nobody is told."""

    async def status(self, update: Any, **headers: str) -> int:
        """The HTTP status for this update, as JSON or as bytes."""
        body = {"data": update} if isinstance(update, bytes | io.BytesIO) else {"json": update}
        async with self.session.post(self.url, headers={HEADER: SECRET, **headers}, **body) as answer:
            return answer.status


@pytest.fixture
async def door(store: Store, clock: WoundClock) -> AsyncIterator[Door]:
    """The door of a bot that parks what takes longer than a moment."""
    async with aiohttp.ClientSession() as session:
        found = Door(store, session)
        found.gate.set()
        intake = Updates(
            store,
            clock,
            handle=found.handle,
            give_up=found.give_up,
            wake_outbox=lambda: None,
            patience=Patience(park=timedelta(seconds=0.05), grace=timedelta(0)),
        )
        async with (
            intake.opened(),
            webhook.listening(
                intake, url="https://bot.example/hook", secret=SECRET, host="127.0.0.1", port=0
            ) as port,
        ):
            found.url = f"http://127.0.0.1:{port}/hook"
            yield found


def update(number: int = 1, text: str = "eins") -> dict[str, Any]:
    """An update as Telegram sends it."""
    return {"update_id": number, "message": {"message_id": 1, "chat": {"id": 1}, "text": text}}


async def test_handled_then_confirmed(door: Door) -> None:
    """200 after it was handled."""
    assert await door.status(update()) == 200
    assert door.texts == ["eins"]


@pytest.mark.parametrize("secret", ["", "falsch", SECRET[:-1], SECRET + "x", "\udcfc"])
async def test_without_the_secret_nothing_is_handled(door: Door, secret: str) -> None:
    """Who knows the path only can speak for nobody."""
    if secret.isascii():
        assert await door.status(update(), **{HEADER: secret}) == 403
    else:  # bytes that are no text; aiohttp's client would not send them
        host = door.url.removeprefix("http://").partition("/")[0]
        reader, writer = await asyncio.open_connection(*host.split(":"))
        writer.write(
            f"POST /hook HTTP/1.1\r\nHost: {host}\r\nContent-Length: 2\r\n{HEADER}: ".encode()
            + b"\xfc\r\n\r\n{}"
        )
        assert (await reader.readline()).split()[1] == b"403"
        writer.close()
        await writer.wait_closed()

    assert door.texts == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"kein json",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"1",
        b"{}",
        b'{"update_id": "1"}',
        b'{"update_id": null}',
        b'{"update_id": 1e3}',
    ],
)
async def test_rubbish_is_refused(door: Door, body: bytes) -> None:
    """What is no update is refused, and the next one is handled."""
    assert await door.status(body) == 400
    assert await door.status(update()) == 200
    assert door.texts == ["eins"]


async def test_a_giant_body_is_refused(door: Door) -> None:
    """More than any update of Telegram's."""
    assert await door.status(io.BytesIO(b" " * (2**20 + 1))) == 413


async def test_another_path_is_nobody(door: Door) -> None:
    """Only the path of the settings."""
    door.url += "/anders"
    assert await door.status(update()) == 404


async def test_a_slow_one_is_confirmed_when_it_is_stored(door: Door) -> None:
    """200 as soon as it is a row: from then on a restart does not lose it, and the next one is served."""
    door.gate.clear()
    assert await door.status(update(1)) == 200
    assert [parked.update for parked in await rows.waiting(door.store.read, 2**62)] == [1]
    assert door.texts == []
    door.gate.set()
    assert await door.status(update(2, "zwei")) == 200
    assert sorted(door.texts) == ["eins", "zwei"]


async def test_a_full_disk_is_not_confirmed(door: Door) -> None:
    """503: Telegram keeps what could not be stored, and repeats it."""
    door.gate.clear()
    await full_disk.fill(door.store)
    assert await door.status(update()) == 503
    await full_disk.clear(door.store)
    door.gate.set()
    assert await door.status(update()) == 200
    assert door.texts == ["eins"]
