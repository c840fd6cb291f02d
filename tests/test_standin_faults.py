"""Injected faults as a client meets them, with and without the effect."""

import asyncio
from typing import Any

import aiohttp
import pytest

from bot.demo import StandIn
from bot.demo.faults import (
    Blocked,
    CutBody,
    Delay,
    DelayAfter,
    DuplicateUpdate,
    Refused,
    ResetAfter,
    ResetBefore,
    Restart,
    Rubbish,
    SecondPoller,
    ServerError,
    Stall,
    TooManyRequests,
)
from tests.standin_fixture import Api, api, telegram

__all__ = ["api", "telegram"]


@pytest.mark.parametrize(
    ("action", "status", "body"),
    [
        (
            TooManyRequests(retry_after=3),
            429,
            {"description": "Too Many Requests: retry after 3", "parameters": {"retry_after": 3}},
        ),
        (
            TooManyRequests(retry_after=3, parameters=False),
            429,
            {"description": "Too Many Requests: retry after 3"},
        ),
        (Refused("Bad Request: CHAT_RESTRICTED"), 400, {"description": "Bad Request: CHAT_RESTRICTED"}),
        (
            Refused(
                "Bad Request: group chat was upgraded to a supergroup chat",
                parameters={"migrate_to_chat_id": -5},
            ),
            400,
            {
                "description": "Bad Request: group chat was upgraded to a supergroup chat",
                "parameters": {"migrate_to_chat_id": -5},
            },
        ),
        (ServerError(), 500, {"description": "Internal Server Error: restart"}),
        (ServerError(502), 502, {"description": "Bad Gateway"}),
    ],
)
async def test_an_error_instead_of_the_method(
    telegram: StandIn, api: Api, action: Any, status: int, body: dict[str, Any]
) -> None:
    """Code and body as Telegram's; nothing was sent; the next call is fine; no violation, it was injected."""
    anna = telegram.user("Anna")
    await anna.starts()
    rule = telegram.faults.add(action, method="sendMessage")
    assert await api.answer("sendMessage", chat_id=anna.id, text="x") == (
        status,
        {"ok": False, "error_code": status} | body,
    )
    assert anna.received == []
    await api("sendMessage", chat_id=anna.id, text="x")
    assert rule.struck == 1
    assert [call.fault for call in telegram.journal.calls("sendMessage")] == [type(action).__name__, ""]


@pytest.mark.parametrize(
    ("action", "status", "text"),
    [
        (ServerError(502, html=True), 502, "<h1>502 Bad Gateway</h1>"),
        (Rubbish(), 200, "no json"),
        (Rubbish(body="", status=200), 200, ""),
    ],
)
async def test_an_answer_that_is_no_json(
    telegram: StandIn, api: Api, action: Any, status: int, text: str
) -> None:
    """The proxy's page, rubbish, nothing at all."""
    telegram.faults.add(action)
    async with api.session.post(f"{api.url}/getMe") as response:
        assert response.status == status
        assert text in await response.text()


@pytest.mark.parametrize(
    ("action", "executed"),
    [
        (ResetBefore(), False),
        (Restart(), False),
        (ResetAfter(), True),
        (CutBody(), True),
        (Stall(), False),
        (Stall(executed=True), True),
    ],
)
async def test_no_answer_comes_and_the_message_may_have_been_sent(
    telegram: StandIn, api: Api, action: Any, executed: bool
) -> None:
    """The client cannot know; the world can."""
    anna = telegram.user("Anna")
    await anna.starts()
    telegram.faults.add(action, method="sendMessage", chat=anna.id)
    timeout = aiohttp.ClientTimeout(total=0.2 if isinstance(action, Stall) else 5)
    call = api.session.post(f"{api.url}/sendMessage", json={"chat_id": anna.id, "text": "x"}, timeout=timeout)
    with pytest.raises((aiohttp.ClientError, TimeoutError)):
        async with call as response:
            await response.read()
    assert [message.text for message in anna.received] == ["x"] * executed
    await telegram.until(lambda: not telegram.dispatcher.running)


async def test_blocking_in_the_middle_of_a_dialogue(telegram: StandIn, api: Api) -> None:
    """403 now and later, and the bot is told by my_chat_member."""
    anna = telegram.user("Anna")
    await anna.starts()
    telegram.faults.add(Blocked(), method="sendMessage")
    for _ in range(2):
        assert (await api.refusal("sendMessage", chat_id=anna.id, text="x"))[0] == 403
    assert (await api("getUpdates"))[-1]["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    await anna.unblocks()
    await api("sendMessage", chat_id=anna.id, text="x")


async def test_a_delay_and_then_the_next_fault(telegram: StandIn, api: Api) -> None:
    """Delays add up with what follows."""
    telegram.faults.add(Delay(0.03), method="getMe", times=None)
    telegram.faults.add(ServerError(), method="getme", nth=2)
    started = asyncio.get_running_loop().time()
    await api("getMe")
    assert asyncio.get_running_loop().time() - started >= 0.03
    assert (await api.answer("getMe"))[0] == 500
    assert telegram.journal.calls("getMe")[1].fault == "Delay ServerError"


async def test_the_answer_comes_later_than_the_message(telegram: StandIn, api: Api) -> None:
    """The person sees the message while the bot still waits to hear of it."""
    anna = telegram.user("Anna")
    await anna.starts()
    telegram.faults.add(DelayAfter(0.05), method="sendMessage", chat=anna.id)
    call = asyncio.create_task(api("sendMessage", chat_id=anna.id, text="x"))
    await telegram.until(lambda: anna.received)
    assert not call.done()
    assert (await call)["message_id"] == anna.last.id


async def test_a_rule_picks_its_calls(telegram: StandIn, api: Api) -> None:
    """By chat, by words, by count, by chance; a removed rule strikes no more."""
    anna, bernd = telegram.user("Anna"), telegram.user("Bernd")
    await anna.starts()
    await bernd.starts()
    rule = telegram.faults.add(ServerError(), method="sendMessage", chat=anna.id, text="^b", nth=2, times=2)

    async def codes(*texts: str, chat: int = anna.id) -> list[int]:
        return [(await api.answer("sendMessage", chat_id=chat, text=text))[0] for text in texts]

    assert await codes("ba", "a", "bb", "bc", "bd") == [200, 200, 500, 500, 200]
    assert await codes("ba", "bb", chat=bernd.id) == [200, 200]
    telegram.faults.remove(rule)
    telegram.faults.add(ServerError(), method="sendMessage", probability=0.5, times=None)
    assert 2 < (await codes(*"abcdefghijklmnopqrstuvwxyz")).count(500) < 24
    telegram.faults.clear()
    assert await codes("a") == [200]


async def test_polling_faults(telegram: StandIn, api: Api) -> None:
    """A second poller, and the same update once more although it is confirmed."""
    anna = telegram.user("Anna")
    await anna.says("Hallo")
    batch = await api("getUpdates")
    telegram.faults.add(SecondPoller(), method="getUpdates")
    assert (await api.refusal("getUpdates"))[0] == 409
    telegram.faults.add(DuplicateUpdate(), method="getUpdates")
    telegram.faults.add(DuplicateUpdate(new_id=True), method="getUpdates")
    after = batch[0]["update_id"] + 1
    assert await api("getUpdates", offset=after) == batch
    assert await api("getUpdates", offset=after) == [batch[0] | {"update_id": after}]


async def test_a_waiting_poll_is_woken_by_a_repetition(telegram: StandIn, api: Api) -> None:
    """redeliver() reaches a bot that polls."""
    telegram.redeliver()
    await telegram.user("Anna").says("Hallo")
    batch = await api("getUpdates")
    poll = asyncio.create_task(api("getUpdates", offset=batch[0]["update_id"] + 1, timeout=20))
    await telegram.until(lambda: telegram.bot.queue.polled)
    telegram.redeliver()
    assert await poll == batch


async def test_a_restart_forgets_nothing(telegram: StandIn, api: Api) -> None:
    """Connections break, also waiting ones; messages, updates and the port stay; while offline nobody answers."""
    anna = telegram.user("Anna")
    poll = asyncio.create_task(api("getUpdates", timeout=20))
    await telegram.until(lambda: telegram.bot.queue.polled)
    telegram.restart()
    with pytest.raises(aiohttp.ClientError):
        await poll
    async with telegram.offline():
        await anna.says("Hallo")
        with pytest.raises(aiohttp.ClientConnectorError):
            await api("getMe")
    assert len(await api("getUpdates")) == 1


async def test_downloads_fail_too(telegram: StandIn, api: Api) -> None:
    """The method name ``file`` means downloads."""
    photo = await telegram.user("Anna").sends_photo()
    assert photo.media is not None
    path = (await api("getFile", file_id=photo.media.file_id))["file_path"]
    url = f"{telegram.base_url}/file/bot{telegram.token}/{path}"
    telegram.faults.add(Delay(0.001), method="file", times=None)
    telegram.faults.add(ServerError(502), method="file")
    telegram.faults.add(ResetBefore(), method="file", times=2)  # aiohttp asks once more by itself
    async with api.session.get(url) as response:
        assert response.status == 502
    with pytest.raises(aiohttp.ClientError):
        await api.session.get(url)
    async with api.session.get(url) as response:
        assert await response.read() == photo.media.data


async def test_a_fault_of_the_stand_in_itself_fails_the_test(
    telegram: StandIn, api: Api, caplog: pytest.LogCaptureFixture
) -> None:
    """A crash inside is 500 and a violation, never a mystery."""
    telegram.journal.allow("the stand-in broke")
    telegram.bot.profile.names = None  # type: ignore[assignment]  # any bug will do
    assert await api.answer("getMyName") == (
        500,
        {"ok": False, "error_code": 500, "description": "fake: the stand-in broke"},
    )
    assert "AttributeError" in telegram.journal.allowed[0]
    assert "the stand-in broke in getMyName" in caplog.text
