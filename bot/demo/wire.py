"""Answers on the wire, whole and broken: headers, resets, half bodies."""

import asyncio
import socket
import struct
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol, TypeVar

from aiohttp import web

from bot.demo.dispatch import Reply
from bot.demo.envelope import Json, to_text

T_co = TypeVar("T_co", covariant=True)

_TOO_MANY_REQUESTS = 429
_LOOK_AFTER_CLIENT = 0.05  # s: a stalled request looks this often whether its client has given up
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER: on, 0 s
_PROXY_PAGE = (
    "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n"
    "<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n"
)
_PROXY_TITLES = {500: "500 Internal Server Error", 502: "502 Bad Gateway", 504: "504 Gateway Time-out"}


def response(reply: Reply) -> web.Response:
    """The answer as Telegram sends it."""
    answer = web.Response(status=reply.status, text=text_of(reply), content_type="application/json")
    parameters: Json = reply.body.get("parameters") or {}
    if reply.status == _TOO_MANY_REQUESTS and "retry_after" in parameters:
        answer.headers["Retry-After"] = str(parameters["retry_after"])
    return answer


def text_of(reply: Reply) -> str:
    """The body of the answer."""
    return reply.raw or to_text(reply.body)


def proxy_page(code: int) -> str:
    """What the proxy in front of the Bot API says when that is down."""
    return _PROXY_PAGE.format(_PROXY_TITLES.get(code, f"{code} Error"))


class Peer(Protocol[T_co]):
    """Whoever called a method, and how answers reach it: whole, broken or not at all."""

    def answer(self, reply: Reply) -> T_co:
        """The answer as Telegram sends it."""

    def text(self, status: int, text: str, kind: str) -> T_co:
        """Something else."""

    def reset(self) -> T_co:
        """The connection is reset; what is returned reaches nobody."""

    async def cut(self, reply: Reply) -> T_co:
        """The first half of the answer, then the end."""

    async def gone(self) -> None:
        """Until it gives up."""


@dataclass(frozen=True, slots=True)
class HttpPeer:
    """Who called over HTTP."""

    request: web.Request
    closed: asyncio.Event  # the server has ended

    def answer(self, reply: Reply) -> web.StreamResponse:
        """The answer as Telegram sends it."""
        return response(reply)

    def text(self, status: int, text: str, kind: str) -> web.StreamResponse:
        """Something else."""
        return web.Response(status=status, text=text, content_type=kind)

    def reset(self) -> web.StreamResponse:
        """Reset the connection; the returned response reaches nobody."""
        reset_transport(self.request.transport)
        return web.Response()

    async def cut(self, reply: Reply) -> web.StreamResponse:
        """Send the first half of the answer under the length of the whole, then close."""
        body = text_of(reply).encode()
        answer = web.StreamResponse(status=reply.status, headers={"Content-Type": "application/json"})
        answer.content_length = len(body)
        with suppress(ConnectionResetError):  # whoever called has gone already
            await answer.prepare(self.request)
            await answer.write(body[: len(body) // 2])
        if self.request.transport is not None:
            self.request.transport.close()
        return answer

    async def gone(self) -> None:
        """Until the client gives up or the stand-in ends."""
        while (
            self.request.transport is not None
            and not self.request.transport.is_closing()
            and not self.closed.is_set()
        ):
            with suppress(TimeoutError):
                await asyncio.wait_for(self.closed.wait(), _LOOK_AFTER_CLIENT)


def reset_transport(transport: asyncio.Transport | None) -> None:
    """Close at once with RST instead of an orderly end."""
    if transport is None or transport.is_closing():
        return
    connection = transport.get_extra_info("socket")
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
    transport.abort()


def part(request: web.Request, data: bytes, mime: str) -> web.Response:
    """A file, or the range of it that was asked for."""
    try:
        wanted = request.http_range
    except ValueError:
        return web.Response(status=416)
    if wanted.start is None and wanted.stop is None:
        return web.Response(body=data, content_type=mime, headers={"Accept-Ranges": "bytes"})
    start, stop, _step = wanted.indices(len(data))
    if start >= stop:
        return web.Response(status=416)
    headers = {"Content-Range": f"bytes {start}-{stop - 1}/{len(data)}", "Accept-Ranges": "bytes"}
    return web.Response(status=206, body=data[start:stop], content_type=mime, headers=headers)
