"""The independent judges: TDLib's own parser for texts, aiogram's models for requests, answers and updates.

tdjson is imported here and nowhere else, aiogram in ``models``; they belong to the extra ``demo``.
"""

import ast
import importlib
import inspect
import json
import re
import textwrap
import typing
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from types import UnionType
from typing import Any, cast

from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.demo.envelope import Json, refused, to_text
from bot.demo.models import loaded, ready


class StandInUnavailableError(Exception):
    """Der Telegram-Ersatz braucht die Pakete tdjson und aiogram: pip install "lotsenbot[demo]"."""

    def __str__(self) -> str:
        return str(type(self).__doc__)


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text and its entities as the Bot API shows them (offsets in UTF-16 units)."""

    text: str
    entities: tuple[Json, ...] = ()


# TDLib's class → the Bot API's name (Client.cpp, JsonEntity); what is missing there is not shown to bots.
_ENTITY_NAMES = {
    "Mention": "mention",
    "Hashtag": "hashtag",
    "Cashtag": "cashtag",
    "BotCommand": "bot_command",
    "Url": "url",
    "EmailAddress": "email",
    "PhoneNumber": "phone_number",
    "Bold": "bold",
    "Italic": "italic",
    "Underline": "underline",
    "Strikethrough": "strikethrough",
    "Spoiler": "spoiler",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "Code": "code",
    "Pre": "pre",
    "PreCode": "pre",
    "TextUrl": "text_link",
    "MentionName": "text_mention",
    "CustomEmoji": "custom_emoji",
    "DateTime": "date_time",
}
_PARSE_MODES: Mapping[str, Json] = {
    "html": {"@type": "textParseModeHTML"},
    "markdownv2": {"@type": "textParseModeMarkdown", "version": 2},
    "markdown": {"@type": "textParseModeMarkdown", "version": 1},
}
# Without one of these a text can hold nothing that TDLib finds by itself.
_DETECTABLE = re.compile(r"[/@#$:]|\.\S")
_LIMIT = re.compile(r"(?:(\d+)-|up to )(\d+) (characters|bytes)", re.IGNORECASE)
_BUTTON_ACTIONS = frozenset(
    "url callback_data web_app login_url switch_inline_query switch_inline_query_current_chat"
    " switch_inline_query_chosen_chat copy_text callback_game pay".split()
)
_MOST_BUTTONS = 100
_MOST_BUTTONS_IN_A_ROW = 8


class Judges:
    """TDLib and aiogram, loaded once; raises ``StandInUnavailableError`` when one of them is not installed."""

    def __init__(self) -> None:
        try:
            self._tdlib = importlib.import_module("tdjson")
            aiogram = loaded()
            decorations = importlib.import_module("aiogram.utils.text_decorations")
        except ModuleNotFoundError as missing:
            raise StandInUnavailableError from missing
        self._types = aiogram.types
        self._decoration = decorations.html_decoration
        self._methods: dict[str, Any] = {
            method.__api_method__.lower(): method
            for method in (getattr(aiogram.methods, name) for name in aiogram.methods.__all__)
            if isinstance(getattr(method, "__api_method__", None), str)
        }
        documented = inspect.getsource(self._types.ReactionTypeEmoji)
        self._reactions = frozenset(re.findall(r'"([^"\s]+)"', documented))
        self._execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})

    # -- texts ------------------------------------------------------------------------------------------------

    def parsed(self, text: str, mode: str) -> Formatted:
        """``text`` without its markup, as the official server parses it; raises its errors word for word."""
        wanted = _PARSE_MODES.get(mode.lower())
        if wanted is None:
            raise refused("unsupported parse_mode")
        if wanted["@type"] == "textParseModeHTML" and "<" not in text and "&" not in text:
            return Formatted(text)
        answer = self._execute({"@type": "parseTextEntities", "text": text, "parse_mode": wanted})
        if answer["@type"] == "error":
            raise refused(answer["message"])
        return Formatted(answer["text"], tuple(_entities(answer["entities"])))

    def found(self, text: str) -> tuple[Json, ...]:
        """What Telegram finds in a text by itself: commands, mentions, addresses, hashtags."""
        if not _DETECTABLE.search(text):
            return ()
        return tuple(_entities(self._execute({"@type": "getTextEntities", "text": text})["entities"]))

    def html(self, formatted: Formatted) -> str:
        """Text and entities as HTML, everything else escaped (aiogram's writer)."""
        if not formatted.entities:
            return cast("str", self._decoration.quote(formatted.text))
        entities = [self._types.MessageEntity.model_validate(entity) for entity in formatted.entities]
        return cast("str", self._decoration.unparse(formatted.text, entities))

    def _execute(self, request: Json) -> Json:
        return cast("Json", json.loads(self._tdlib.td_execute(to_text(request).encode()).decode()))

    # -- shapes -----------------------------------------------------------------------------------------------

    def method_name(self, name: str) -> str | None:
        """The method as Telegram spells it, or nothing if Telegram has no such method; any case."""
        method = self._methods.get(name.lower())
        return method.__api_method__ if method else None

    def is_reaction(self, emoji: str) -> bool:
        """Whether Telegram allows this emoji as a reaction (the list stands in aiogram's copy of the documentation)."""
        return emoji.replace("\ufe0f", "") in self._reactions

    def request(self, method: str, values: Mapping[str, str], uploads: AbstractSet[str]) -> list[str]:
        """What is wrong with a request, although Telegram may accept it; empty if nothing is."""
        model = ready(self._methods[method.lower()])
        problems: list[str] = []
        arguments: Json = {name: f"attach://{name}" for name in uploads if name in model.model_fields}
        for name, value in values.items():
            field = model.model_fields.get(name)
            if field is None:
                problems.append(f"unknown parameter {name!r}")
                continue
            if (field.json_schema_extra or {}).get("deprecated"):
                problems.append(f"legacy parameter {name!r}")
            try:
                arguments[name] = json.loads(value) if _is_structure(field.annotation) else value
            except ValueError:
                problems.append(f"parameter {name!r} is not JSON")
        try:
            request = model.model_validate(arguments)
        except ValidationError as error:
            return problems + _sentences(error)
        attached = {link.removeprefix("attach://") for link in _attachments(arguments)}
        problems += [f"attach://{name} names a part that was not sent" for name in sorted(attached - uploads)]
        problems += [f"the part {name!r} is used by nothing" for name in sorted(uploads - attached)]
        if values.get("parse_mode", "HTML") not in ("HTML", "MarkdownV2"):
            problems.append(f"parse_mode {values['parse_mode']!r} is not HTML or MarkdownV2")
        problems += _oddities(request, "")
        return problems

    def answer(self, method: str, result: Any) -> list[str]:
        """What is wrong with an answer of the stand-in itself: a missing, mistyped or unknown field."""
        return _judged(_adapter(self._methods[method.lower()].__returning__), result, "answer")

    def update(self, update: Json) -> list[str]:
        """What is wrong with an update of the stand-in itself."""
        return _judged(_adapter(self._types.Update), update, "update")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(ready(kind))


def _judged(adapter: TypeAdapter[Any], value: Any, what: str) -> list[str]:
    try:
        judged = adapter.validate_python(value)
    except ValidationError as error:
        return [f"{what}: {sentence}" for sentence in _sentences(error)]
    return list(_unknown_fields(judged, what))


def _sentences(error: ValidationError) -> list[str]:
    found = error.errors(include_url=False)
    # aiogram's own placeholder for "not given" is a member of many unions: nothing a caller could send.
    told = [e for e in found if "instance of Default" not in e["msg"]] or found
    return sorted({f"{'.'.join(map(str, e['loc'][:4]))}: {e['msg']}" for e in told})


def _entities(found: list[Json]) -> Iterator[Json]:
    for entity in found:
        kind = entity["type"]
        name = _ENTITY_NAMES.get(kind["@type"].removeprefix("textEntityType"))
        if name is None:
            continue
        shown: Json = {"type": name, "offset": entity["offset"], "length": entity["length"]}
        if name == "text_link":
            shown["url"] = kind["url"]
        elif name == "text_mention":
            shown["user_id"] = kind["user_id"]  # becomes the user, or is dropped, where users are known
        elif name == "custom_emoji":
            shown["custom_emoji_id"] = str(kind["custom_emoji_id"])
        elif name == "pre" and kind.get("language"):
            shown["language"] = kind["language"]
        elif name == "date_time":
            shown |= {"unix_time": kind["unix_time"]} | _date_time_format(kind.get("formatting_type"))
        yield shown


def _date_time_format(kind: Json | None) -> Json:
    """The letters of ``<tg-time format=…>`` (Bot API, date-time entity formatting); nothing where none were given."""
    if kind is None:
        return {}
    if kind["@type"].endswith("Relative"):
        return {"date_time_format": "r"}
    date, time = (_precision(kind[part]) for part in ("date_precision", "time_precision"))
    letters = {"Short": "d", "Long": "D"}.get(date, "") + {"Short": "t", "Long": "T"}.get(time, "")
    return {"date_time_format": ("w" if kind.get("show_day_of_week") else "") + letters}


def _precision(part: Json) -> str:
    return str(part["@type"]).removeprefix("dateTimePartPrecision")


@cache
def _is_structure(annotation: Any) -> bool:
    """Whether a parameter of this type travels as JSON (lists and objects) rather than as plain text."""
    if typing.get_origin(annotation) in (list, dict):
        return True
    if typing.get_origin(annotation) in (UnionType, typing.Union, typing.Annotated):
        return any(_is_structure(part) for part in typing.get_args(annotation))
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _attachments(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value.startswith("attach://"):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _attachments(part)
    elif isinstance(value, list):
        for part in value:
            yield from _attachments(part)


def _children(value: Any, path: str) -> Iterator[tuple[Any, str]]:
    if isinstance(value, BaseModel):
        for name in value.model_fields_set & type(value).model_fields.keys():
            yield getattr(value, name), f"{path}.{name}" if path else name
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value):
            yield part, f"{path}[{number}]"


def _unknown_fields(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, BaseModel):
        yield from (f"{path}: unknown field {name!r}" for name in value.model_extra or ())
    for part, place in _children(value, path):
        yield from _unknown_fields(part, place)


def _oddities(value: Any, path: str) -> Iterator[str]:
    """Unknown fields, lengths beyond the documented ones, and keyboards no phone can show, at any depth."""
    if isinstance(value, BaseModel):
        yield from (f"{path or 'request'}: unknown field {name!r}" for name in value.model_extra or ())
        yield from _lengths(value, path)
        yield from _keyboard(value, path)
    for part, place in _children(value, path):
        yield from _oddities(part, place)


def _lengths(value: BaseModel, path: str) -> Iterator[str]:
    for name, (low, high, unit) in _limits(type(value)).items():
        text = getattr(value, name, None)
        if isinstance(text, str) and name in value.model_fields_set:
            length = len(text.encode()) if unit == "bytes" else len(text)
            if not low <= length <= high:
                yield f"{path}.{name}".lstrip(".") + f" has {length} {unit}, allowed are {low}-{high}"


def _keyboard(value: BaseModel, path: str) -> Iterator[str]:
    match type(value).__name__:
        case "InlineKeyboardButton":
            actions = value.model_fields_set & _BUTTON_ACTIONS
            if len(actions) != 1:
                yield f"{path}: a button needs exactly one action, this has {sorted(actions)}"
            if not getattr(value, "text", ""):
                yield f"{path}: a button without text is not shown"
        case "InlineKeyboardMarkup":
            rows = getattr(value, "inline_keyboard", [])
            if sum(map(len, rows)) > _MOST_BUTTONS or any(len(row) > _MOST_BUTTONS_IN_A_ROW for row in rows):
                yield f"{path}: more than {_MOST_BUTTONS} buttons, or more than {_MOST_BUTTONS_IN_A_ROW} in a row"
        case _:
            pass


@cache
def _limits(model: type[BaseModel]) -> Mapping[str, tuple[int, int, str]]:
    """The documented lengths by field, read from aiogram's docstrings; those that count after parsing are left out."""
    if not model.__module__.startswith("aiogram."):
        return {}
    limits: dict[str, tuple[int, int, str]] = {}
    body = cast("ast.ClassDef", ast.parse(textwrap.dedent(inspect.getsource(model))).body[0]).body
    for field, words in pairwise(body):
        match field, words:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                found = _LIMIT.search(text)
                if found and "pars" not in text and name != "message_text":
                    limits[name] = (int(found[1] or 0), int(found[2]), found[3].lower())
            case _:
                pass
    return limits
