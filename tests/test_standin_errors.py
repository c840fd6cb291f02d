"""The stand-in refuses what Telegram refuses, with Telegram's codes and texts (telegram-bot-api, Client.cpp)."""

from typing import Any

import pytest

from bot.demo import Person, StandIn
from bot.demo.files import picture
from tests.standin_fixture import Api, api, greeted, telegram

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
    anna, names = await greeted(telegram)
    telegram.journal.allow(EVERYTHING)
    names |= await _with_photo_and_press(anna, api)
    filled = {
        name: names.get(value, value) if isinstance(value, str) else value
        for name, value in arguments.items()
    }
    assert await api.refusal(method, **filled) == (400, f"Bad Request: {description}")
