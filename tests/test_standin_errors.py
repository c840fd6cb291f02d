"""The stand-in refuses what Telegram refuses, with Telegram's codes and texts (telegram-bot-api, Client.cpp)."""

import json
from typing import Any

import aiohttp
import pytest

from bot.demo import Person, StandIn
from bot.demo.files import picture
from tests.standin_fixture import Api, HandClock, api, plain_api, strict_telegram, telegram

__all__ = ["api", "telegram"]

EVERYTHING = "."  # these tests break rules on purpose


def _inline(*buttons: Any) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content"
    " and reply markup of the message"
)
REFUSALS: list[tuple[str, dict[str, Any], str]] = [
    ("sendMessage", {"text": "x"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": 999, "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": "@anna", "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": "ANNA"}, "message text is empty"),
    ("sendMessage", {"chat_id": "ANNA", "text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"),
    ("sendMessage", {"chat_id": "ANNA", "text": "   "}, "text must be non-empty"),
    ("sendMessage", {"chat_id": "ANNA", "text": "x" * 4097}, "message is too long"),
    ("sendMessage", {"chat_id": "ANNA", "text": "x" * 32769}, "text is too long"),
    (
        "sendMessage",
        {"chat_id": "ANNA", "text": "a <h1>", "parse_mode": "HTML"},
        'can\'t parse entities: Unsupported start tag "h1" at byte offset 2',
    ),
    (
        "sendMessage",
        {"chat_id": "ANNA", "text": "a <b>", "parse_mode": "HTML"},
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    ("sendMessage", {"chat_id": "ANNA", "text": "a", "parse_mode": "BBCode"}, "unsupported parse_mode"),
    (
        "sendMessage",
        {"chat_id": "ANNA", "text": "ä", "entities": [{"type": "bold", "offset": 0, "length": 2}]},
        "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 1",
    ),
    (
        "sendMessage",
        {"chat_id": "ANNA", "text": "a", "reply_markup": "{"},
        "can't parse reply keyboard markup JSON object",
    ),
    ("sendMessage", {"chat_id": "ANNA", "text": "a", "reply_markup": []}, "object expected as reply markup"),
    (
        "sendMessage",
        {"chat_id": "ANNA", "text": "a", "reply_markup": _inline({"text": "a"})},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        "sendMessage",
        {"chat_id": "ANNA", "text": "a", "reply_markup": _inline({"callback_data": "a"})},
        "can't parse inline keyboard button: Can't find field \"text\"",
    ),
    (
        "sendMessage",
        {"chat_id": "ANNA", "text": "a", "reply_markup": _inline({"text": "a", "callback_data": "ü" * 33})},
        "BUTTON_DATA_INVALID",
    ),
    (
        "sendMessage",
        {"chat_id": "ANNA", "text": "a", "reply_markup": {"inline_keyboard": [{"text": "a"}]}},
        'field "inline_keyboard" must be an Array of Arrays',
    ),
    (
        "sendMessage",
        {"chat_id": "ANNA", "text": "a", "reply_markup": _inline({"text": "a", "url": "http://localhost"})},
        "inline keyboard button URL 'http://localhost' is invalid: Wrong HTTP URL",
    ),
    (
        "sendMessage",
        {"chat_id": "ANNA", "text": "a", "reply_markup": {"keyboard": [[5]]}},
        "can't parse keyboard button: KeyboardButton must be a String or an Object",
    ),
    (
        "sendMessage",
        {
            "chat_id": "ANNA",
            "text": "a",
            "reply_markup": {"inline_keyboard": [[{"text": "x" * 99, "callback_data": "d"}]] * 99},
        },
        "reply markup is too long",
    ),
    (
        "sendMessage",
        {"chat_id": "ANNA", "text": "a", "reply_parameters": {"message_id": 99999}},
        "message to be replied not found",
    ),
    (
        "sendMessage",
        {"chat_id": "ANNA", "text": "a", "reply_to_message_id": 99999},
        "message to be replied not found",
    ),
    ("editMessageText", {"chat_id": "ANNA", "text": "a"}, "message identifier is not specified"),
    ("editMessageText", {"chat_id": "ANNA", "message_id": 99999, "text": "a"}, "message to edit not found"),
    ("editMessageText", {"chat_id": "ANNA", "message_id": "HERS", "text": "a"}, "message can't be edited"),
    ("editMessageText", {"chat_id": "ANNA", "message_id": "BOTS", "text": "Hallo"}, NOT_MODIFIED),
    ("editMessageText", {"inline_message_id": "x", "text": "Hallo"}, "MESSAGE_ID_INVALID"),
    ("editMessageReplyMarkup", {"chat_id": "ANNA", "message_id": "BOTS"}, NOT_MODIFIED),
    (
        "editMessageReplyMarkup",
        {"chat_id": "ANNA", "message_id": "BOTS", "reply_markup": {"keyboard": [["a"]]}},
        "inline keyboard expected",
    ),
    (
        "editMessageCaption",
        {"chat_id": "ANNA", "message_id": "BOTS", "caption": "a"},
        "there is no caption in the message to edit",
    ),
    ("deleteMessage", {"chat_id": "ANNA", "message_id": 99999}, "message to delete not found"),
    ("deleteMessages", {"chat_id": "ANNA", "message_ids": []}, "message identifiers are not specified"),
    (
        "deleteMessages",
        {"chat_id": "ANNA", "message_ids": list(range(101))},
        "too many message identifiers specified",
    ),
    (
        "copyMessage",
        {"chat_id": "ANNA", "from_chat_id": "ANNA", "message_id": 99999},
        "message to copy not found",
    ),
    (
        "forwardMessage",
        {"chat_id": "ANNA", "from_chat_id": "ANNA", "message_id": 99999},
        "message to forward not found",
    ),
    ("copyMessage", {"chat_id": "ANNA", "message_id": 1}, "from_chat_id is empty"),
    ("pinChatMessage", {"chat_id": "ANNA", "message_id": 99999}, "message to pin not found"),
    ("unpinChatMessage", {"chat_id": "ANNA"}, "message to unpin not found"),
    ("setMessageReaction", {"chat_id": "ANNA", "message_id": 99999}, "message to react not found"),
    (
        "setMessageReaction",
        {"chat_id": "ANNA", "message_id": "HERS", "reaction": [{"type": "emoji", "emoji": "👍"}] * 2},
        "REACTIONS_TOO_MANY",
    ),
    (
        "setMessageReaction",
        {"chat_id": "ANNA", "message_id": "HERS", "reaction": [{"type": "emoji", "emoji": "✅"}]},
        "REACTION_INVALID",
    ),
    ("editMessageText", {"chat_id": "ANNA", "message_id": "FORWARD", "text": "a"}, "message can't be edited"),
    ("answerCallbackQuery", {"callback_query_id": "PRESS", "url": "https://www.kofa.de/"}, "URL_INVALID"),
    ("sendChatAction", {"chat_id": "ANNA", "action": "sleep"}, "wrong parameter action in request"),
    (
        "answerCallbackQuery",
        {"callback_query_id": "1"},
        "query is too old and response timeout expired or query ID is invalid",
    ),
    (
        "answerInlineQuery",
        {"inline_query_id": "1", "results": []},
        "query is too old and response timeout expired or query ID is invalid",
    ),
    ("getFile", {"file_id": "x"}, "wrong file_id or the file is temporarily unavailable"),
    ("sendDocument", {"chat_id": "ANNA"}, "there is no document in the request"),
    ("sendVideoNote", {"chat_id": "ANNA"}, "there is no video note in the request"),
    ("sendPhoto", {"chat_id": "ANNA", "photo": "x"}, "wrong file_id or the file is temporarily unavailable"),
    ("sendMediaGroup", {"chat_id": "ANNA", "media": 5}, "expected an Array of InputMedia"),
    ("sendMediaGroup", {"chat_id": "ANNA", "media": []}, "there are no messages to send"),
    (
        "sendMediaGroup",
        {"chat_id": "ANNA", "media": [{"type": "photo", "media": "x"}] * 11},
        "too many messages to send as an album",
    ),
    ("sendLocation", {"chat_id": "ANNA", "latitude": 5}, "longitude is empty"),
    ("sendLocation", {"chat_id": "ANNA", "latitude": 500, "longitude": 1}, "wrong location specified"),
    ("sendContact", {"chat_id": "ANNA", "first_name": "x"}, 'parameter "phone_number" is required'),
    ("setMyCommands", {"commands": [{"command": "Start", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    (
        "setMyCommands",
        {"commands": [{"command": "start", "description": ""}]},
        "BOT_COMMAND_DESCRIPTION_INVALID",
    ),
    (
        "setMyCommands",
        {"commands": [{"description": "x"}]},
        "can't parse BotCommand: Can't find field \"command\"",
    ),
    ("setMyCommands", {"commands": [], "scope": {"type": "chat", "chat_id": 999}}, "chat not found"),
    ("setMyCommands", {"commands": [], "language_code": "deutsch"}, "invalid language code specified"),
    ("sendLocation", {"chat_id": "ANNA", "latitude": "x", "longitude": 1}, "wrong location specified"),
    (
        "sendMessage",
        {"chat_id": "ANNA", "text": "a", "reply_markup": {"inline_keyboard": 5}},
        'field "inline_keyboard" must be of type Array',
    ),
    (
        "sendMessage",
        {"chat_id": "ANNA", "text": "a", "reply_markup": _inline(5)},
        "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
    ),
    (
        "sendMessage",
        {"chat_id": "ANNA", "text": "a", "reply_markup": _inline({"text": 5})},
        'can\'t parse inline keyboard button: Field "text" must be of type String',
    ),
    (
        "setMyCommands",
        {"commands": [], "scope": {"chat_id": 5}},
        "can't parse BotCommandScope: Can't find field \"type\"",
    ),
    (
        "setMyCommands",
        {"commands": [], "scope": {"type": "chat_member", "chat_id": "ANNA", "user_id": 1}},
        "can't parse BotCommandScope: Unsupported type specified",
    ),
    ("setMyCommands", {"commands": 5}, "expected an Array of BotCommand"),
    ("setMyCommands", {"commands": [{"command": "a", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
    (
        "editMessageText",
        {"chat_id": "ANNA", "message_id": "FOTO", "text": "a"},
        "there is no text in the message to edit",
    ),
    ("answerCallbackQuery", {"callback_query_id": "PRESS", "text": "x" * 201}, "MESSAGE_TOO_LONG"),
    (
        "setWebhook",
        {"url": "https://bot.example.org/x"},
        "bad webhook: Failed to resolve host: Name or service not known",
    ),
    ("setWebhook", {"url": "http://[/x"}, "invalid webhook URL specified"),
    ("setMyDescription", {"description": "x" * 513}, "bot description is too long"),
    ("setMyShortDescription", {"short_description": "x" * 121}, "bot short description is too long"),
    ("setMyName", {"name": "x" * 65}, "bot name is too long"),
    ("setChatMenuButton", {"menu_button": {"type": "fridge"}}, "menu button has invalid type"),
    ("setWebhook", {"url": "http://example.org/x"}, "bad webhook: An HTTPS URL must be provided for webhook"),
    (
        "setWebhook",
        {"url": "https://example.org:444/x"},
        "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
    ),
    ("setWebhook", {"url": "nonsense"}, "invalid webhook URL specified"),
    (
        "setWebhook",
        {"url": "http://127.0.0.1:1/x", "secret_token": "ä"},
        "secret token contains unallowed characters",
    ),
    ("setWebhook", {"url": "http://127.0.0.1:1/x", "secret_token": "x" * 257}, "secret token is too long"),
]


async def _with_anna(telegram: StandIn) -> tuple[Person, dict[str, Any]]:
    """Anna, and what the table's capital words stand for."""
    anna = telegram.user("Anna", username="anna")
    hers = await anna.starts()
    async with plain_api(telegram) as api:
        mine = await api("sendMessage", chat_id=anna.id, text="Hallo")
    return anna, {"ANNA": anna.id, "HERS": hers.id, "BOTS": mine["message_id"]}


async def _with_photo_and_press(anna: Person, api: Api) -> dict[str, Any]:
    photo = await api.upload("sendPhoto", {"photo": ("a.png", picture())}, chat_id=str(anna.id))
    forward = await api(
        "forwardMessage", chat_id=anna.id, from_chat_id=anna.id, message_id=photo["message_id"]
    )
    press = await anna.forges_press("x", photo["message_id"])
    return {"FOTO": photo["message_id"], "FORWARD": forward["message_id"], "PRESS": press.id}


@pytest.mark.parametrize(
    ("method", "arguments", "description"), REFUSALS, ids=[f"{row[0]}-{n}" for n, row in enumerate(REFUSALS)]
)
async def test_a_bad_request_is_refused_in_telegrams_words(
    telegram: StandIn, api: Api, method: str, arguments: dict[str, Any], description: str
) -> None:
    """400, the prefix, and the text of the official server; nothing was sent."""
    anna, names = await _with_anna(telegram)
    telegram.journal.allow(EVERYTHING)
    names |= await _with_photo_and_press(anna, api)
    filled = {
        name: names.get(value, value) if isinstance(value, str) else value
        for name, value in arguments.items()
    }
    assert await api.refusal(method, **filled) == (400, f"Bad Request: {description}")


async def test_a_blocked_bot_and_a_deleted_account_are_forbidden(telegram: StandIn, api: Api) -> None:
    """403 with the two texts; blocking is innocent, so the journal stays clean."""
    anna, _ = await _with_anna(telegram)
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
        anna, names = await _with_anna(telegram)
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
        anna, _ = await _with_anna(telegram)
        await api(
            "sendMessage",
            chat_id=anna.id,
            text="?",
            reply_markup=_inline({"text": "Ja", "callback_data": "j"}),
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
    anna, _ = await _with_anna(telegram)
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
    anna, _ = await _with_anna(telegram)
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
