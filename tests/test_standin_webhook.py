"""Delivery by webhook: secret, order within a line, repetition until it is taken, method calls in the answer."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.demo import StandIn
from tests.standin_fixture import Api, HandClock, api, plain_api, strict_telegram, telegram

__all__ = ["api", "telegram"]

Answer = Callable[[dict[str, Any]], Awaitable[web.Response]]


async def _fine(_update: dict[str, Any]) -> web.Response:
    return web.Response()


@dataclass(slots=True)
class Hook:
    """A bot that listens: what came, and how to answer."""

    url: str = ""
    answer: Answer = _fine
    got: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)

    def kinds(self) -> list[str]:
        """The kinds of the updates in the order of their coming."""
        return [kind for update in self.got for kind in update if kind != "update_id"]

    async def on_update(self, request: web.Request) -> web.Response:
        """Note the update, then answer."""
        assert request.headers["Content-Type"] == "application/json"
        self.got.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        return await self.answer(self.got[-1])


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    """A listening bot on a free port."""
    async with _listening() as listening:
        yield listening


@asynccontextmanager
async def _listening() -> AsyncIterator[Hook]:
    listening = Hook()
    application = web.Application()
    application.router.add_post("/hook", listening.on_update)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    listening.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield listening
    await runner.cleanup()


async def test_updates_come_with_the_secret_and_are_confirmed_by_200(
    telegram: StandIn, api: Api, hook: Hook
) -> None:
    """setWebhook delivers what waits already and what comes later; getUpdates is refused meanwhile."""
    anna = telegram.user("Anna")
    await anna.says("vorher")
    status, body = await api.answer("setWebhook", url=hook.url, secret_token="geheim-1", max_connections=5)
    assert (status, body) == (200, {"ok": True, "result": True, "description": "Webhook was set"})
    await anna.says("nachher")
    await telegram.idle()
    assert [update["message"]["text"] for update in hook.got] == ["vorher", "nachher"]
    assert hook.secrets == ["geheim-1", "geheim-1"]
    assert await api.refusal("getUpdates") == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
    info = await api("getWebhookInfo")
    assert info == {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "max_connections": 5,
        "ip_address": "127.0.0.1",
    }
    stats = telegram.journal.stats()
    assert (stats["delivered"], stats["confirmed"], stats["webhook_attempts"]) == (2, 2, 2)


async def test_set_and_delete_say_what_they_did(hook: Hook) -> None:
    """The four descriptions; a waiting poll is ended."""
    async with strict_telegram(pace=0) as telegram, plain_api(telegram) as api:
        poll = asyncio.create_task(api.refusal("getUpdates", timeout=20))
        await telegram.until(lambda: telegram.bot.queue.polled)
        calls: list[tuple[str, dict[str, Any]]] = [
            ("setWebhook", {"url": hook.url}),
            ("setWebhook", {"url": hook.url}),
            ("deleteWebhook", {}),
            ("setWebhook", {"url": ""}),
        ]
        told = [(await api.answer(method, **arguments))[1]["description"] for method, arguments in calls]
        assert told == [
            "Webhook was set",
            "Webhook is already set",
            "Webhook was deleted",
            "Webhook is already deleted",
        ]
        assert await poll == (409, "Conflict: terminated by setWebhook request")


async def test_twice_a_second_is_too_often(hook: Hook) -> None:
    """429 with a second to wait."""
    async with strict_telegram(pace=100) as telegram, plain_api(telegram) as api:
        await api("setWebhook", url=hook.url)
        status, body = await api.answer("setWebhook", url=hook.url)
        assert (status, body["parameters"]) == (429, {"retry_after": 1})


async def test_a_failed_delivery_comes_again_and_holds_its_line_only(
    telegram: StandIn, api: Api, hook: Hook
) -> None:
    """The same update again until 2xx; the chat's next message waits, a press and other chats do not."""
    anna, bernd = telegram.user("Anna"), telegram.user("Bernd")
    await anna.starts()
    await api(
        "sendMessage",
        chat_id=anna.id,
        text="?",
        reply_markup={"inline_keyboard": [[{"text": "Ja", "callback_data": "j"}]]},
    )
    await api("getUpdates", offset=-1)
    refused: list[int] = []

    async def answer(update: dict[str, Any]) -> web.Response:
        if update.get("message", {}).get("text") == "eins" and len(refused) < 3:
            refused.append(update["update_id"])
            return web.Response(status=500)
        return web.Response()

    hook.answer = answer
    await api("setWebhook", url=hook.url, drop_pending_updates=True)
    await anna.says("eins")
    await anna.says("zwei")
    press = await anna.presses("Ja")
    await bernd.says("drei")
    await telegram.idle()
    assert len(set(refused)) == 1
    told = [update.get("message", {}).get("text", "press") for update in hook.got]
    assert told.count("eins") == 4
    assert told.index("zwei") > max(n for n, text in enumerate(told) if text == "eins")
    assert max(told.index("press"), told.index("drei")) < told.index("zwei")
    info = await api("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    assert telegram.journal.redelivered == 3
    await api("answerCallbackQuery", callback_query_id=press.id)


async def test_retry_after_of_the_bot_is_obeyed(telegram: StandIn, api: Api, hook: Hook) -> None:
    """The pause is the one the answer asks for (scaled), not the growing one."""
    loop = asyncio.get_running_loop()
    times: list[float] = []

    async def answer(_update: dict[str, Any]) -> web.Response:
        times.append(loop.time())
        return web.Response(status=503, headers={"Retry-After": "7"}) if len(times) == 1 else web.Response()

    hook.answer = answer
    await api("setWebhook", url=hook.url)
    await telegram.user("Anna").says("Hallo")
    await telegram.idle()
    assert times[1] - times[0] >= 0.07


async def test_a_method_call_in_the_answer_is_executed(telegram: StandIn, api: Api, hook: Hook) -> None:
    """One call, but no query and no webhook method."""
    anna = telegram.user("Anna")
    replies: dict[str, Any] = {
        "eins": {"method": "sendMessage", "chat_id": anna.id, "text": "aus dem Haken"},
        "zwei": {"method": "deleteWebhook"},
        "drei": {"method": "getMe"},
        "vier": "kein JSON",
    }

    async def answer(update: dict[str, Any]) -> web.Response:
        reply = replies[update["message"]["text"]]
        return web.Response(text=reply) if isinstance(reply, str) else web.json_response(reply)

    hook.answer = answer
    await api("setWebhook", url=hook.url)
    for text in replies:
        await anna.says(text)
    await telegram.idle()
    assert [message.text for message in anna.received] == ["aus dem Haken"]
    assert telegram.journal.calls("getMe") == telegram.journal.calls("deleteWebhook") == []


async def test_nobody_listens_and_the_update_gets_too_old() -> None:
    """A refused connection is an error like any other; after its time the update is dropped."""
    clock = HandClock()
    async with strict_telegram(now=clock) as telegram, plain_api(telegram) as api:
        async with _listening() as gone:
            pass
        await api("setWebhook", url=gone.url)
        await telegram.user("Anna").says("Hallo")
        await telegram.until(lambda: telegram.journal.webhook_attempts > 1)
        assert "Cannot connect" in (await api("getWebhookInfo"))["last_error_message"]
        clock.wind(days=2)
        await telegram.idle()
        await telegram.until(lambda: telegram.journal.expired == 1)


async def test_deleting_while_an_update_is_on_its_way(telegram: StandIn, api: Api, hook: Hook) -> None:
    """What was not taken stays for getUpdates, or is dropped on demand."""
    never = asyncio.Event()

    async def answer(_update: dict[str, Any]) -> web.Response:
        await never.wait()
        return web.Response()

    hook.answer = answer
    await api("setWebhook", url=hook.url)
    await telegram.user("Anna").says("Hallo")
    await telegram.until(lambda: hook.got)
    await api("deleteWebhook")
    assert len(await api("getUpdates")) == 1
    await api("deleteWebhook", drop_pending_updates=True)
    assert await api("getUpdates") == []
    never.set()


async def test_an_update_can_be_delivered_twice(telegram: StandIn, api: Api, hook: Hook) -> None:
    """With its id (a lost answer) or as a new one."""
    await api("setWebhook", url=hook.url)
    await telegram.user("Anna").says("Hallo")
    await telegram.idle()
    telegram.redeliver()
    await telegram.idle()
    telegram.redeliver(new_id=True)
    await telegram.idle()
    first, second, third = hook.got
    assert first == second
    assert third == first | {"update_id": first["update_id"] + 1}
