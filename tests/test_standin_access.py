"""Refusals beside the table: who may be written to, wrong addresses, time limits, flood control, ways of asking."""

import json

import aiohttp
import pytest

from bot.demo import StandIn
from tests.standin_fixture import Api, HandClock, api, greeted, plain_api, strict_telegram, telegram

__all__ = ["api", "telegram"]


async def test_a_blocked_bot_and_a_deleted_account_are_forbidden(telegram: StandIn, api: Api) -> None:
    """403 with the two texts; blocking is innocent, so the journal stays clean."""
    anna, _ = await greeted(telegram)
    await anna.blocks()
    assert await api.refusal("sendMessage", chat_id=anna.id, text="x") == (
        403,
        "Forbidden: bot was blocked by the user",
    )
    await anna.unblocks()
    anna.user.deleted = True
    assert await api.refusal("sendMessage", chat_id=anna.id, text="x") == (
        403,
        "Forbidden: user is deactivated",
    )


async def test_who_never_pressed_start_cannot_be_written_to(telegram: StandIn, api: Api) -> None:
    """ "chat not found", and a violation, because a careful bot knows who wrote to it."""
    telegram.journal.allow("never opened the chat|refused with 400")
    lotse = telegram.user("Lotse")
    assert await api.refusal("sendMessage", chat_id=lotse.id, text="x") == (
        400,
        "Bad Request: chat not found",
    )
    assert "never opened the chat" in telegram.journal.allowed[0]
    await lotse.starts()
    await api("sendMessage", chat_id=lotse.id, text="x")


@pytest.mark.parametrize(
    ("path", "code", "description"),
    [
        ("/bot{token}x/getMe", 401, "Unauthorized"),
        ("/bot123:abc/getMe", 401, "Unauthorized"),
        ("/botnonsense/getMe", 404, "Not Found"),
        ("/bot{token}/getNothing", 404, "Not Found: method not found"),
        ("/bot{token}/", 404, "Not Found: method not found"),
        ("/somewhere", 404, "Not Found"),
        ("/file/bot{token}/documents/file_9.pdf", 404, "Not Found"),
        ("/bot{token}/sendDice", 501, "fake: method not modelled"),
    ],
)
async def test_wrong_addresses(path: str, code: int, description: str) -> None:
    """Wrong tokens, wrong methods, and methods that exist but are not modelled never look like a success."""
    async with StandIn.running() as telegram, aiohttp.ClientSession() as session:
        async with session.get(telegram.base_url + path.format(token=telegram.token)) as response:
            body = await response.json()
        assert (response.status, body) == (
            code,
            {"ok": False, "error_code": code, "description": description},
        )
        assert telegram.journal.violations or "/file/" in path


async def test_own_and_foreign_messages_can_be_deleted_for_48_hours() -> None:
    """Afterwards "message can't be deleted"; deleteMessages skips what is unknown or too old."""
    clock = HandClock()
    async with strict_telegram(now=clock) as telegram, plain_api(telegram) as api:
        anna, names = await greeted(telegram)
        clock.wind(hours=47)
        assert await api("deleteMessage", chat_id=anna.id, message_id=names["HERS"])
        clock.wind(hours=2)
        assert await api.refusal("deleteMessage", chat_id=anna.id, message_id=names["BOTS"]) == (
            400,
            "Bad Request: message can't be deleted",
        )
        fresh = await api("sendMessage", chat_id=anna.id, text="neu")
        assert await api(
            "deleteMessages", chat_id=anna.id, message_ids=[1, names["BOTS"], fresh["message_id"]]
        )
        assert [message.id for message in anna.sees] == [names["BOTS"]]


async def test_a_callback_query_ends() -> None:
    """After its life the press can no longer be answered; a second answer is accepted but recorded."""
    clock = HandClock()
    async with StandIn.running(now=clock) as telegram, plain_api(telegram) as api:
        anna, _ = await greeted(telegram)
        await api(
            "sendMessage",
            chat_id=anna.id,
            text="?",
            reply_markup={"inline_keyboard": [[{"text": "Ja", "callback_data": "j"}]]},
        )
        press = await anna.presses("Ja")
        await api("answerCallbackQuery", callback_query_id=press.id, text="eins")
        await api("answerCallbackQuery", callback_query_id=press.id)
        assert telegram.journal.violations == [
            f"answerCallbackQuery #4: the callback query {press.id} was answered before"
        ]
        late = await anna.presses(data="j")
        clock.wind(minutes=16)
        code, description = await api.refusal("answerCallbackQuery", callback_query_id=late.id)
        assert (code, description[:30]) == (400, "Bad Request: query is too old ")


async def test_protected_messages_stay_where_they_are(telegram: StandIn, api: Api) -> None:
    """Neither copied nor forwarded; the message says so."""
    anna, _ = await greeted(telegram)
    telegram.journal.allow("the message can't be")
    secret = await api("sendMessage", chat_id=anna.id, text="geheim", protect_content=True)
    assert secret["has_protected_content"] is True
    assert anna.last.protected
    where = {"chat_id": anna.id, "from_chat_id": anna.id, "message_id": secret["message_id"]}
    assert await api.refusal("copyMessage", **where) == (400, "Bad Request: the message can't be copied")
    assert await api.refusal("forwardMessage", **where) == (
        400,
        "Bad Request: the message can't be forwarded",
    )


async def test_every_way_of_asking_is_understood(telegram: StandIn) -> None:
    """GET with a query string, urlencoded, multipart and JSON bodies; any case of the method's name; loose booleans."""
    anna, _ = await greeted(telegram)
    base = f"{telegram.base_url}/bot{telegram.token}"
    fields = {"chat_id": str(anna.id), "text": "gleich", "protect_content": "Yes"}
    async with aiohttp.ClientSession() as session:
        form = aiohttp.FormData(fields, default_to_multipart=True)
        requests = [
            session.get(f"{base}/SENDMESSAGE", params=fields),
            session.post(f"{base}/sendmessage", data=fields),
            session.post(f"{base}/SendMessage", data=form),
            session.post(
                f"{base}/sendMessage", json={"chat_id": anna.id, "text": "gleich", "protect_content": True}
            ),
            session.post(
                f"{base}/sendMessage?protect_content=1", data={"chat_id": anna.id, "text": "gleich"}
            ),
        ]
        for request in requests:
            async with request as response:
                assert (await response.json())["result"]["has_protected_content"] is True
                assert response.headers["Content-Type"].startswith("application/json")
        for broken in ("{", "[]"):
            headers = {"Content-Type": "application/json"}
            async with session.post(f"{base}/getMe", data=broken, headers=headers) as response:
                body = await response.json()
            assert body["description"] == "Bad Request: can't parse parameters JSON object"
    assert [message.text for message in anna.received[1:]] == ["gleich"] * 5
    telegram.journal.violations.clear()


async def test_flood_control_says_how_long_to_wait() -> None:
    """Three at once in a chat, then one a second; 429 in the body and in the header; another chat is free."""
    seconds = [0.0]
    async with (
        strict_telegram(limits="telegram", limit_clock=lambda: seconds[0]) as telegram,
        plain_api(telegram) as api,
    ):
        anna, bernd = telegram.user("Anna"), telegram.user("Bernd")
        await anna.starts()
        await bernd.starts()
        for _ in range(3):
            await api("sendMessage", chat_id=anna.id, text="x")
        async with api.session.post(
            f"{api.url}/sendMessage", json={"chat_id": anna.id, "text": "x"}
        ) as response:
            assert (response.status, response.headers["Retry-After"]) == (429, "1")
            assert json.loads(await response.text()) == {
                "ok": False,
                "error_code": 429,
                "description": "Too Many Requests: retry after 1",
                "parameters": {"retry_after": 1},
            }
        await api("sendChatAction", chat_id=anna.id, action="typing")
        await api("sendMessage", chat_id=bernd.id, text="x")
        seconds[0] += 1
        await api("sendMessage", chat_id=anna.id, text="x")
        assert telegram.journal.refusals == {"429 sendMessage": 1}


async def test_thirty_a_second_in_all() -> None:
    """The thirty-first message within a second is refused whoever gets it."""
    async with (
        strict_telegram(limits="telegram", limit_clock=lambda: 0.0) as telegram,
        plain_api(telegram) as api,
    ):
        people = [telegram.user(f"P{number}") for number in range(31)]
        for person in people:
            await person.starts()
        codes = [(await api.answer("sendMessage", chat_id=person.id, text="x"))[0] for person in people]
        assert codes == [200] * 30 + [429]
