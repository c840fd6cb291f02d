"""Answers on the wire, whole and broken: headers, resets, half bodies."""

import asyncio
import socket
import struct

from aiohttp import web

from bot.demo.dispatch import Reply
from bot.demo.envelope import Json, to_text

_TOO_MANY_REQUESTS = 429
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


def proxy_page(code: int) -> web.Response:
    """What the proxy in front of the Bot API says when that is down."""
    title = _PROXY_TITLES.get(code, f"{code} Error")
    return web.Response(status=code, text=_PROXY_PAGE.format(title), content_type="text/html")


def reset(request: web.Request) -> web.Response:
    """Reset the connection; the returned response reaches nobody."""
    reset_transport(request.transport)
    return web.Response()


def reset_transport(transport: asyncio.Transport | None) -> None:
    """Close at once with RST instead of an orderly end."""
    if transport is None or transport.is_closing():
        return
    connection = transport.get_extra_info("socket")
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
    transport.abort()


async def cut(request: web.Request, reply: Reply) -> web.StreamResponse:
    """Send the first half of the answer under the length of the whole, then close."""
    body = text_of(reply).encode()
    answer = web.StreamResponse(status=reply.status, headers={"Content-Type": "application/json"})
    answer.content_length = len(body)
    await answer.prepare(request)
    await answer.write(body[: len(body) // 2])
    if request.transport is not None:
        request.transport.close()
    return answer


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
