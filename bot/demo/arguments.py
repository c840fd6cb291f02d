"""The arguments of one call, as the official server sees them: strings by name, and uploaded files by part name.

A JSON body is brought to the same form, as the official server does; so every way of asking is answered alike.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, MultipartReader, web

from bot.demo.envelope import Json, refused, to_text

# Read as JSON for the journal only where it cannot be somebody's words.
_WORDS = frozenset(
    "text caption first_name last_name phone_number name description short_description secret_token title performer"
    " callback_query_id inline_query_id file_id data url emoji vcard language_code next_offset".split()
)
_LEADING_INTEGER = re.compile(r"-?\d+")
_JSON_VALUE = re.compile(r"[\[{]|-?\d+(\.\d+)?$|true$|false$")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a multipart request."""

    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Arguments:
    """Arguments by name; empty and missing are the same, as on the official server."""

    values: Mapping[str, str] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The argument, or an empty string."""
        return self.values.get(name, "")

    def integer(self, name: str, default: int = 0, low: int = -(2**31), high: int = 2**31 - 1) -> int:
        """The leading digits of the argument, clamped to the range; never refused."""
        value = self.values.get(name, "")
        if not value:
            return default
        found = _LEADING_INTEGER.match(value)
        return max(low, min(high, int(found[0]) if found else 0))

    def number(self, name: str) -> float | None:
        """A decimal number, or nothing."""
        try:
            return float(self.values.get(name, ""))
        except ValueError:
            return None

    def boolean(self, name: str) -> bool:
        """Only ``true``, ``yes`` and ``1`` are true."""
        return self.values.get(name, "").lower() in ("true", "yes", "1")

    def json(self, name: str, problem: str) -> Any:
        """The argument decoded, ``None`` if missing; ``problem`` is the error text for broken JSON."""
        value = self.values.get(name, "")
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise refused(problem) from None

    def readable(self) -> Json:
        """For the journal: JSON values decoded, words left alone, uploads by their size."""
        shown: Json = {name: _readable(name, value) for name, value in self.values.items()}
        return shown | {
            name: f"<{upload.name}, {len(upload.data)} bytes>" for name, upload in self.uploads.items()
        }


def _readable(name: str, value: str) -> Any:
    if name in _WORDS or not _JSON_VALUE.match(value):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def from_json(body: Any) -> Arguments:
    """A decoded JSON object as arguments; values that are not strings become their JSON text."""
    if not isinstance(body, dict):
        raise refused("can't parse parameters JSON object")
    return Arguments({name: _as_text(value) for name, value in body.items() if value is not None})


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else to_text(value)


async def read(request: web.Request) -> Arguments:
    """The arguments of an HTTP request: query string, and a JSON, urlencoded or multipart body."""
    query = dict(request.query)
    if request.method != "POST" or not request.can_read_body:
        return Arguments(query)
    match request.content_type:
        case "application/json":
            return from_text(query, await request.text())
        case "multipart/form-data":
            return await _read_multipart(query, await request.multipart())
        case _:
            form = await request.post()
            return Arguments(query | {name: value for name, value in form.items() if isinstance(value, str)})


def from_text(query: dict[str, str], text: str) -> Arguments:
    """The arguments of a query string and a JSON body."""
    try:
        body = json.loads(text or "{}")
    except ValueError:
        raise refused("can't parse parameters JSON object") from None
    return Arguments(query | dict(from_json(body).values))


async def _read_multipart(values: dict[str, str], reader: MultipartReader) -> Arguments:
    uploads: dict[str, Upload] = {}
    async for part in reader:
        if not isinstance(part, BodyPartReader) or not part.name:
            continue
        if part.filename is None:
            values[part.name] = await part.text(encoding="utf-8")
        else:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            uploads[part.name] = Upload(part.filename, kind, bytes(await part.read(decode=True)))
    return Arguments(values, uploads)
