"""The control API: people act over HTTP, the page watches by server-sent events, strangers are kept out."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from bot.demo import StandIn
from bot.demo.files import picture
from tests.standin_fixture import Api, api, telegram

__all__ = ["api", "telegram"]

BUTTONS = {"inline_keyboard": [[{"text": "Ja", "callback_data": "j"}]]}
ANNA = 5001


@dataclass(frozen=True, slots=True)
class Page:
    """What the page's script would do."""

    session: aiohttp.ClientSession
    url: str

    async def get(self, route: str, **query: Any) -> Any:
        """JSON of a GET that must succeed."""
        async with self.session.get(f"{self.url}/{route}", params=query) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def post(self, route: str, **values: Any) -> Any:
        """JSON of a POST that must succeed."""
        async with self.session.post(f"{self.url}/{route}", json=values) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def error(self, route: str, **values: Any) -> str:
        """What a POST that makes no sense is told."""
        async with self.session.post(f"{self.url}/{route}", json=values) as response:
            assert response.status == 400
            return str((await response.json())["error"])


@pytest.fixture
async def page(telegram: StandIn) -> AsyncIterator[Page]:
    """The page of ``telegram``, with one user."""
    async with aiohttp.ClientSession() as session:
        page = Page(session, f"{telegram.base_url}/_fake")
        await page.post("users", first_name="Anna", id=ANNA, language_code="de")
        yield page


async def test_a_dialogue_over_http(telegram: StandIn, api: Api, page: Page) -> None:
    """Start, say, press, edit, react: each makes its update, the transcript shows both sides."""
    await page.post("start", chat=ANNA, payload="x")
    said = (await page.post("say", chat=ANNA, text="Hallo <b>"))["message"]
    assert (said["html"], said["from_bot"]) == ("Hallo &lt;b&gt;", False)
    answer = await api(
        "sendMessage", chat_id=ANNA, text="<b>Ja?</b>", parse_mode="HTML", reply_markup=BUTTONS
    )
    await page.post("say", chat=ANNA, text="Antwort", reply_to=answer["message_id"])
    press = (await page.post("press", chat=ANNA, text="Ja"))["callback"]
    await api("answerCallbackQuery", callback_query_id=press)
    await page.post("press", chat=ANNA, data="j", message=answer["message_id"])
    await page.post("edit", chat=ANNA, message=said["id"], text="Hallo!")
    await page.post("react", chat=ANNA, message=answer["message_id"], emoji="👍")
    await page.post("delete", chat=ANNA, message=said["id"])
    await page.post("contact", chat=ANNA)
    await page.post("location", chat=ANNA, latitude=50.9, longitude=6.9)
    await page.post("sticker", chat=ANNA)
    await page.post("voice", chat=ANNA, seconds=2)
    await page.post("forward", chat=ANNA, text="weiter", hidden_name="Jemand")

    transcript = await page.get("transcript", chat=ANNA)
    messages = transcript["messages"]
    assert [(m["html"], m["edits"], m["deleted"]) for m in messages[1:4]] == [
        ("Hallo!", 1, True),
        ("<b>Ja?</b>", 0, False),
        ("Antwort", 0, False),
    ]
    assert messages[2]["reactions"] == {str(ANNA): [{"type": "emoji", "emoji": "👍"}]}
    assert messages[2]["wire"]["reply_markup"] == BUTTONS
    assert transcript["user"]["opened"] is True
    updates = await api("getUpdates")
    kinds = [kind for update in updates for kind in update if kind != "update_id"]
    assert kinds == ["message"] * 3 + ["callback_query"] * 2 + ["edited_message"] + ["message"] * 5
    unanswered = await page.get("violations")
    assert unanswered == {"violations": [], "unanswered": []}


async def test_files_both_ways(telegram: StandIn, api: Api, page: Page) -> None:
    """Upload one file or an album; the page reads the bytes by file_id, without a token."""
    form = aiohttp.FormData({"chat": str(ANNA), "kind": "photo", "caption": "Brief"})
    form.add_field("file", picture(), filename="brief.png")
    async with page.session.post(f"{page.url}/upload", data=form) as response:
        message = (await response.json())["message"]
    assert message["wire"]["caption"] == "Brief"
    async with page.session.get(f"{page.url}/file?id={message['wire']['photo'][-1]['file_id']}") as response:
        assert await response.read() == picture()
    album = aiohttp.FormData({"chat": str(ANNA), "reply_to": str(message["id"])})
    for name in ("a.pdf", "b.pdf"):
        album.add_field("file", b"%PDF", filename=name)
    async with page.session.post(f"{page.url}/upload", data=album) as response:
        parts = (await response.json())["messages"]
    assert [part["wire"]["document"]["file_name"] for part in parts] == ["a.pdf", "b.pdf"]
    assert len({part["wire"]["media_group_id"] for part in parts}) == 1
    for broken in ({"kind": "film", "x": b"1"}, {}):
        form = aiohttp.FormData(
            {"chat": str(ANNA), "kind": broken.get("kind", "voice")}, default_to_multipart=True
        )
        if "x" in broken:
            form.add_field("file", broken["x"], filename="a.bin")
        async with page.session.post(f"{page.url}/upload", data=form) as response:
            assert response.status == 400
    async with page.session.get(f"{page.url}/file?id=nichts") as response:
        assert response.status == 400


async def test_inline_mode_over_http(telegram: StandIn, api: Api, page: Page) -> None:
    """The page waits for the bot's results and chooses one."""
    asking = asyncio.create_task(page.post("inline", chat=ANNA, query="duld"))
    await telegram.until(lambda: telegram.bot.inline_queries)
    number = next(iter(telegram.bot.inline_queries))
    content = {"message_text": "<b>Duldung</b>", "parse_mode": "HTML"}
    result = {"type": "article", "id": "e1", "title": "Duldung", "input_message_content": content}
    await api("answerInlineQuery", inline_query_id=number, results=[result], cache_time=0, is_personal=True)
    answer = await asking
    assert answer["answer"]["results"][0]["shown"]["html"] == "<b>Duldung</b>"
    await page.post("choose", chat=ANNA, query=answer["query"], result="e1")
    assert (await api("getUpdates"))[-1]["chosen_inline_result"]["result_id"] == "e1"
    assert "no result 'e2'" in await page.error("choose", chat=ANNA, query=answer["query"], result="e2")
    assert "no inline query" in await page.error("choose", chat=ANNA, query="5", result="e2")


async def _events(page: Page, telegram: StandIn, until: str) -> list[tuple[str, Any]]:
    """The events up to the first of a kind."""
    found: list[tuple[str, Any]] = []
    async with page.session.get(f"{page.url}/events") as response:
        assert response.headers["Content-Type"] == "text/event-stream"
        async for line in response.content:
            text = line.decode().rstrip("\n")
            if text.startswith("event: "):
                found.append((text.removeprefix("event: "), None))
            elif text.startswith("data: "):
                found[-1] = (found[-1][0], json.loads(text.removeprefix("data: ")))
                if found[-1][0] == until:
                    return found
    raise AssertionError(f"the stream ended: {found}")


async def test_every_change_is_an_event(telegram: StandIn, api: Api, page: Page) -> None:
    """Messages, edits, typing, alerts, blocks, time and calls; polls that went well are left out."""
    watching = asyncio.create_task(_events(page, telegram, "reset"))
    await telegram.until(lambda: telegram.changes.heard)
    await page.post("start", chat=ANNA)
    keys = {"keyboard": [[{"text": "Menü"}]]}
    await api("sendMessage", chat_id=ANNA, text="Tasten", reply_markup=keys)
    sent = await api("sendMessage", chat_id=ANNA, text="?", reply_markup=BUTTONS)
    await api("sendChatAction", chat_id=ANNA, action="typing")
    press = (await page.post("press", chat=ANNA, text="Ja"))["callback"]
    await api("answerCallbackQuery", callback_query_id=press, text="Gern", show_alert=True)
    await api("editMessageText", chat_id=ANNA, message_id=sent["message_id"], text="fertig")
    await api("pinChatMessage", chat_id=ANNA, message_id=sent["message_id"])
    await api("setMyCommands", commands=[{"command": "start", "description": "Los"}])
    await api("getUpdates")
    await page.post("block", chat=ANNA)
    await page.post("unblock", chat=ANNA)
    await page.post("advance_time", seconds=60)
    await page.post("users", id=ANNA, language_code="en")
    await page.post("reset")
    events = await watching
    chat = [(kind, data) for kind, data in events if kind != "call"]
    assert [kind for kind, _ in chat] == (
        "hello message message message typing alert edit pin profile block block time user reset".split()
    )
    by_kind = dict(chat)
    assert by_kind["alert"]["text"] == "Gern"
    assert by_kind["edit"]["message"]["html"] == "fertig"
    assert by_kind["edit"]["keyboard"] == keys
    assert by_kind["pin"]["pinned"] == [sent["message_id"]]
    assert by_kind["user"]["language_code"] == "en"
    calls = [data["method"] for kind, data in events if kind == "call"]
    assert "sendMessage" in calls
    assert "getUpdates" not in calls
    assert (await page.get("transcript", chat=ANNA))["messages"] == []


async def test_the_page_sees_calls_counters_and_violations(telegram: StandIn, api: Api, page: Page) -> None:
    """What the bot called, what was wrong, what is injected, whether it is quiet."""
    telegram.journal.allow("nothing")
    await api("getMe")
    await api("deleteWebhook", colour="red")
    calls = (await page.get("calls", after=1))["calls"]
    assert [(call["method"], call["violations"]) for call in calls] == [
        ("deleteWebhook", ["unknown parameter 'colour'"])
    ]
    assert (await page.get("calls", method="getme", chat=ANNA))["calls"] == []
    assert (await page.get("violations"))["violations"] == ["deleteWebhook #2: unknown parameter 'colour'"]
    rule = await page.post(
        "faults", action="TooManyRequests", **{"with": {"retry_after": 9}}, method="getMe", times=2
    )
    assert (rule["action"], rule["with"]) == ("TooManyRequests", {"retry_after": 9, "parameters": True})
    assert (await api.answer("getMe"))[0] == 429
    listed = await page.get("faults")
    assert listed["rules"][0]["struck"] == 1
    assert listed["actions"]["Delay"] == ["seconds"]
    async with page.session.delete(f"{page.url}/faults") as response:
        assert response.status == 200
    await api("getMe")
    assert await page.error("faults", action="Earthquake") == "no such fault: 'Earthquake'"
    stats = await page.get("stats")
    assert (stats["by_method"]["getMe"], stats["bots"][0]["pending"]) == (3, 0)
    assert await page.post("wait", quiet=0.01) == {"idle": True}
    injected = await page.post("inject", update={"message": {"message_id": 1}})
    assert (await api("getUpdates"))[0]["update_id"] == injected["update_id"]
    assert await page.post("wait", timeout=0.02) == {"idle": False}
    await page.post("redeliver", new_id=True)
    assert len(await api("getUpdates", offset=injected["update_id"] + 1)) == 1
    users = await page.get("users")
    assert (users["bot"]["username"], users["users"][0]["first_name"]) == ("lotsen_bot", "Anna")
    await page.post("reset")
    assert (await page.get("stats"))["calls"] == 0


async def test_nonsense_is_told_what_is_wrong(telegram: StandIn, page: Page) -> None:
    """400 with a sentence."""
    assert await page.error("say", chat=1, text="x") == "there is no user 1"
    assert await page.error("say", chat=ANNA) == "KeyError: 'text'"
    assert await page.error("say", chat=ANNA, text="x", bot=3) == "there is no bot 3"
    assert "no button 'Nein'" in await page.error("press", chat=ANNA, text="Nein")
    assert "no message 7 to reply to" in await page.error("say", chat=ANNA, text="x", reply_to=7)
    assert "1 to 4096 characters" in await page.error("say", chat=ANNA, text=" ")
    assert await page.error("users") == "first_name is missing"
    assert await page.error("inject") == "update must be an object with one kind of update"
    await page.post("block", chat=ANNA)
    assert "has blocked the bot" in await page.error("say", chat=ANNA, text="x")
    for body in ("{", "[]"):
        async with page.session.post(f"{page.url}/say", data=body) as response:
            assert response.status == 400


async def test_a_restart_from_the_page(telegram: StandIn, page: Page) -> None:
    """The page's own connection breaks as well, after its answer or before."""
    with suppress(aiohttp.ClientError):
        await page.post("restart")
    assert (await page.get("stats"))["running"] == 0


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:1"}, 200),
        ({"Host": "[::1]:1"}, 200),
        ({"Host": "rebinding.example"}, 403),
        ({"Host": "127.0.0.1.example:80"}, 403),
        ({"Host": ""}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:8000"}, 200),
    ],
)
async def test_only_this_machine_may_steer(
    telegram: StandIn, page: Page, headers: dict[str, str], status: int
) -> None:
    """A web page that points its name at 127.0.0.1, or posts across origins, is refused; there are no CORS headers."""
    async with page.session.get(f"{page.url}/stats", headers=headers) as response:
        assert response.status == status
        assert not [name for name in response.headers if name.startswith("Access-Control")]
