"""``reply_markup`` as the official server reads it, with its errors; what comes back is what a message shows.

Source: tdlib/telegram-bot-api, ``Client.cpp`` ``get_reply_markup``, ``get_inline_keyboard_button``, ``get_keyboard_button``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.demo.arguments import Arguments
from bot.demo.envelope import ApiError, Json, refused

_MOST_DATA_BYTES = 64
_MOST_KEYBOARD_BYTES = 10_240
_BUTTON_LOOKS = ("text", "icon_custom_emoji_id", "style")
# In the order in which the server looks for them: the first one wins, others are ignored.
_ACTIONS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
)
_MAY_BE_EMPTY = frozenset(_ACTIONS) - {"url", "callback_data"}


@dataclass(frozen=True, slots=True)
class Inline:
    """Buttons under the message."""

    wire: Json


@dataclass(frozen=True, slots=True)
class Keyboard:
    """Buttons instead of the phone's keyboard; ForceReply and ReplyKeyboardRemove come here too (``wire`` tells)."""

    wire: Json | None  # None: removed


Markup: TypeAlias = Inline | Keyboard | None


def read(arguments: Arguments) -> Markup:
    """The ``reply_markup`` of a call."""
    value = arguments.json("reply_markup", "can't parse reply keyboard markup JSON object")
    return None if value is None else parsed(value)


def parsed(value: Any) -> Markup:
    """A decoded ``reply_markup``."""
    if not isinstance(value, dict):
        raise refused("object expected as reply markup")
    if keyboard := _rows(value, "keyboard", "keyboard button", _key):
        return Keyboard(value | {"keyboard": keyboard})
    if inline := _rows(value, "inline_keyboard", "inline keyboard button", _button):
        if sum(len(str(row).encode()) for row in inline) > _MOST_KEYBOARD_BYTES:
            raise refused("reply markup is too long")
        return Inline({"inline_keyboard": inline})
    if value.get("remove_keyboard"):
        return Keyboard(None)
    return Keyboard(value) if value.get("force_reply") else None


def _rows(value: Json, field: str, what: str, read_button: Callable[[Any], Json]) -> list[list[Json]]:
    rows = value.get(field)
    if rows is None:
        return []
    if not isinstance(rows, list):
        raise refused(f'Field "{field}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise refused(f'Field "{field}" must be an Array of Arrays')
    try:
        buttons = [[read_button(button) for button in row] for row in rows]
    except _ButtonError as error:
        raise refused(f"can't parse {what}: {error}") from None
    # A button without text is not shown, a row without buttons neither (td, ReplyMarkup.cpp).
    return [row for row in ([button for button in row if button["text"]] for row in buttons) if row]


class _ButtonError(Exception):
    """A button that cannot be read."""


def _text_of(button: Any, what: str) -> str:
    if not isinstance(button, dict):
        raise _ButtonError(f"{what} must be an Object")
    text = button.get("text")
    if text is None:
        raise _ButtonError('Can\'t find field "text"')
    if not isinstance(text, str):
        raise _ButtonError('Field "text" must be of type String')
    return text


def _key(button: Any) -> Json:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict):
        raise _ButtonError("KeyboardButton must be a String or an Object")
    _text_of(button, "KeyboardButton")
    return button


def _button(button: Any) -> Json:
    text = _text_of(button, "InlineKeyboardButton")
    for action in _ACTIONS:
        value = button.get(action)
        if value or (value is not None and action in _MAY_BE_EMPTY):
            if action == "callback_data" and len(str(value).encode()) > _MOST_DATA_BYTES:
                raise refused("BUTTON_DATA_INVALID")
            if action == "url":
                value = _address(str(value))
            return {name: button[name] for name in _BUTTON_LOOKS if name in button} | {
                "text": text,
                action: value,
            }
    raise _ButtonError("Text buttons are unallowed in the inline keyboard")


def _address(url: str) -> str:
    """Addresses of buttons: http, https and tg links; a bare host gets http, as on the official server."""
    if "://" not in url and not url.startswith("tg:"):
        url = f"http://{url}"
    scheme, _, host = url.partition("://")
    if (
        scheme not in ("http", "https", "tg", "ton")
        or not host
        or ("." not in host and scheme.startswith("http"))
    ):
        raise _wrong_address(url)
    return url


def _wrong_address(url: str) -> ApiError:
    return refused(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
