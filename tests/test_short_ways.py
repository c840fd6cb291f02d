"""The short ways of tests do what the long ones do: bad weather has the same names, the journal the same lines."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from telegram.error import NetworkError, TelegramError, TimedOut

from bot.demo import StandIn, faults
from bot.secrets import Vault
from bot.storage import StorageError, Store
from bot.transport import AiohttpRequest
from tests.short_ways import ShortWay, in_place
from tests.telegram_bot import talking
from tests.wound_clock import WoundClock


def ways(telegram: StandIn) -> list[Callable[[], AiohttpRequest]]:
    """The short one and the long one."""
    return [partial(ShortWay, telegram), AiohttpRequest]


@pytest.mark.parametrize(
    "fault",
    [
        faults.ServerError(502, html=True),
        faults.ServerError(500),
        faults.ResetBefore(),
        faults.ResetAfter(),
        faults.CutBody(),
        faults.Restart(),
        faults.Rubbish(),
        faults.TooManyRequests(7),
        faults.TooManyRequests(7, parameters=False),
        faults.Refused(),
        faults.Blocked(),
        faults.Delay(0.01),
        faults.DelayAfter(0.01),
    ],
    ids=str,
)
async def test_the_same_weather(telegram: StandIn, clock: WoundClock, fault: faults.Action) -> None:
    """What the bot hears, what Telegram did and what stands in the journal, by both ways."""
    seen = []
    for way in ways(telegram):
        anna = telegram.user("Anna")
        await anna.starts()
        async with talking(telegram, clock, new_request=way) as bot:
            telegram.faults.add(fault, method="sendMessage")
            heard: Any = None
            try:
                await bot.send_message(
                    anna.id, "Grüße & <b>mehr</b>", parse_mode="HTML", rate_limit_args="once"
                )
            except TelegramError as error:
                heard = type(error), str(error).partition(".")[0]
        call = telegram.journal.calls(method="sendMessage")[-1]
        shown = [message.html for message in anna.received]
        seen.append((heard, shown, call.fault, call.status, {**call.params, "chat_id": 0}))

    assert seen[0] == seen[1]
    assert seen[0][2] == type(fault).__name__


async def test_a_file_travels_by_both_ways(telegram: StandIn, clock: WoundClock) -> None:
    """An upload and a download."""
    for way in ways(telegram):
        anna = telegram.user("Anna")
        await anna.starts()
        async with talking(telegram, clock, new_request=way) as bot:
            await bot.send_document(anna.id, b"content \xff", filename="a.pdf", caption="Hier ist er.")
            media = anna.last.media
            assert media is not None
            assert (media.name, media.data, anna.last.text) == ("a.pdf", b"content \xff", "Hier ist er.")
            file = await bot.get_file(media.file_id)
            assert bytes(await file.download_as_bytearray()) == b"content \xff"


@pytest.mark.parametrize("executed", [False, True])
async def test_a_silent_line_ends(telegram: StandIn, clock: WoundClock, *, executed: bool) -> None:
    """Who gives up waiting does not undo what Telegram does."""
    anna = telegram.user("Anna")
    await anna.starts()
    async with talking(telegram, clock, new_request=lambda: ShortWay(telegram, read_timeout=0.01)) as bot:
        telegram.faults.add(faults.Stall(executed=executed), method="sendMessage")
        with pytest.raises(TimedOut):
            await bot.send_message(anna.id, "Guten Tag", rate_limit_args="once")
        await telegram.until(lambda: not telegram.dispatcher.running)

    assert len(anna.received) == executed


async def test_nobody_listens_by_the_short_way(telegram: StandIn, clock: WoundClock) -> None:
    """A Telegram that is away is away, and back afterwards; what was under way is lost."""
    anna = telegram.user("Anna")
    await anna.starts()
    async with talking(telegram, clock, new_request=lambda: ShortWay(telegram)) as bot:
        telegram.faults.add(faults.Delay(5), method="sendMessage")
        under_way = asyncio.create_task(bot.send_message(anna.id, "Hallo", rate_limit_args="once"))
        await telegram.until(lambda: telegram.dispatcher.running)
        async with telegram.offline():
            with pytest.raises(NetworkError):
                await under_way
            with pytest.raises(NetworkError):
                await bot.send_message(anna.id, "Hallo", rate_limit_args="once")
        await bot.send_message(anna.id, "Wieder da", rate_limit_args="once")

    assert "Wieder da" in [message.text for message in anna.received]


async def test_a_database_in_place(tmp_path: Path) -> None:
    """Others have their turn at every statement, as with a thread, and see only what was committed."""
    insert = "INSERT INTO schedule (what, due_at) VALUES (?, ?)"
    seen: list[int] = []
    async with Store.opened(tmp_path / "x.db", Vault(bytes(32)), connecting=in_place) as store:

        async def look() -> None:
            while len(seen) < 6:
                seen.append(len(await store.read.all("SELECT 1 FROM schedule")))

        looking = asyncio.create_task(look())
        async with store.transaction() as tx:
            for name in ("a", "b"):
                await tx.run(insert, name, 1)
            during = len(seen)
        await looking

        async def again() -> None:
            async with store.transaction() as tx:
                await tx.run(insert, "c", 1)
                await tx.run(insert, "a", 1)

        with pytest.raises(StorageError, match="UNIQUE"):
            await again()
        assert during >= 2
        assert seen[:during] == [0] * during
        assert seen[-1] == 2
        assert len(await store.read.all("SELECT 1 FROM schedule")) == 2
