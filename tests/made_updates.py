"""Updates of every kind of the Bot API, made from aiogram's models and filled with what hostile people send."""

import random
import types
from datetime import datetime, timedelta
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from bot.demo.models import loaded, ready

_types = loaded().types
Chat, Update, User = _types.Chat, ready(_types.Update), _types.User

MARK = "<u>böse</u>"
NASTY = (
    MARK,
    "<b>offen",
    "</blockquote></b>",
    "&lt;&amp;&#x41;&",
    '<a href="tg://user?id=1">x</a>',
    "*fett* _kursiv_ [x](tg://user?id=1) `c` ||s||",
    "Z" + "\u0301" * 4095,
    "\u202eabc\u202c שלום مرحبا",
    "\u200b\u200d\ufeff\u2060",
    "a\x00b",
    "\x00",
    "\ud7ff\ue000\uffff",
    "👩‍👩‍👧‍👦" * 500,
    "W" * 4096,
    "\n" * 300,
    "' OR 1=1; DROP TABLE cases; --",
    "{0} {x} %s %n $(rm) {{7*7}}",
    "/start l_\x00",
    "/fall TEST0001",
    "/entkoppeln WL091",
    "١٢٣٤٥",
    "𝟓𝟎𝟔𝟔𝟕",
    "50667",
    "1:C:1",
    "0:T",
    "9:zz:1:2:3",
    "eq dauer monate",
)
KINDS = tuple(name for name in Update.model_fields if name != "update_id")
_DEEP = 4


class Maker:
    """Makes updates of one person; the same seed makes the same updates."""

    def __init__(self, seed: int, person: int, now: datetime) -> None:
        self._chance = random.Random(seed)
        self._person = person
        self._now = int(now.timestamp())
        self._group = self._chance.random() < 0.2

    def update(self, kind: str, number: int) -> dict[str, Any]:
        """An update of this kind as JSON."""
        return {"update_id": number, kind: self._value(Update.model_fields[kind].annotation, 0)}

    def _model(self, model: type[BaseModel], depth: int) -> dict[str, Any]:
        if model is Chat:
            if self._group:
                return {
                    "id": -100123,
                    "type": self._chance.choice(("group", "supergroup", "channel")),
                    "title": MARK,
                }
            return {"id": self._person, "type": "private", "first_name": MARK}
        if model is User:
            return {
                "id": self._person,
                "is_bot": False,
                "first_name": MARK,
                "last_name": "\x00",
                "username": "x_y",
            }
        found = {}
        for name, field in ready(model).model_fields.items():
            if (
                not field.is_required()
                and field.default is None
                and (depth >= _DEEP or self._chance.random() < 0.6 + 0.1 * depth)
            ):
                continue
            value = self._value(field.annotation, depth + 1)
            if value is not None:
                found[field.alias or name] = value
        return found

    def _value(self, annotation: Any, depth: int) -> Any:
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self._value(arguments[0], depth)
        if origin is Literal:
            return self._chance.choice(arguments)
        if origin in {Union, types.UnionType}:
            return self._value(
                self._chance.choice([kind for kind in arguments if kind is not type(None)]), depth
            )
        if origin is list:
            count = self._chance.randint(0, 2) if depth < _DEEP else 0
            return [self._value(arguments[0], depth + 1) for _ in range(count)]
        if origin is dict:
            return {}
        if not isinstance(annotation, type):
            return None
        return self._plain(annotation, depth)

    def _plain(self, kind: type, depth: int) -> Any:
        if issubclass(kind, BaseModel):
            return self._model(kind, depth)
        if issubclass(kind, Enum):
            return self._chance.choice([member.value for member in kind])
        if issubclass(kind, bool):
            return self._chance.random() < 0.5
        if issubclass(kind, datetime | timedelta):
            return self._now
        if issubclass(kind, int):
            return self._chance.choice((0, 1, 7, 100, 2**31 - 1))
        if issubclass(kind, float):
            return self._chance.choice((0.0, 52.5, -180.0))
        return self._chance.choice(NASTY)
