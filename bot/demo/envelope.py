"""What every answer of the Bot API looks like: results, errors and their texts.

Source: tdlib/telegram-bot-api, ``Query.h`` (envelope) and ``Client.cpp`` ``fail_query_with_error`` (prefix and case).
"""

import json
from dataclasses import dataclass
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

# One encoder for all: json.dumps makes a new one a call as soon as an option is given.
to_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_PREFIXES = {400: "Bad Request", 403: "Forbidden"}


@dataclass(frozen=True, slots=True)
class Answer:
    """A result with the optional description that setWebhook and deleteWebhook give."""

    result: Any
    description: str | None = None

    def body(self) -> Json:
        """The JSON object of the answer."""
        body: Json = {"ok": True, "result": self.result}
        return body | {"description": self.description} if self.description else body


class ApiError(Exception):
    """An error as Telegram words it: HTTP status, description with prefix, optional parameters."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        """The JSON object of the answer."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return body | {"parameters": self.parameters} if self.parameters else body


def refused(message: str, code: int = 400) -> ApiError:
    """An error with Telegram's prefix; the first letter is lower-cased unless the message is an UPPER_CASE code."""
    prefix = _PREFIXES[code]
    second = message[1:2]
    if not (second == "_" or "A" <= second <= "Z"):
        message = message[:1].lower() + message[1:]
    return ApiError(code, f"{prefix}: {message}")


def too_many_requests(retry_after: int) -> ApiError:
    """Flood control: wait ``retry_after`` seconds."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})
