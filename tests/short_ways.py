"""Short ways for tests that are about what the bot does: to the stand-in without sockets, to the database without threads.

The same application, the same bytes of JSON, the same faults and the same journal; the same SQLite. What HTTP and threads do
is the subject of tests/test_transport.py, test_storage*.py, test_weather.py, test_crash.py and all others that do not
ask for these ways.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from math import inf
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import aiohttp
import aiosqlite
from telegram.request import RequestData

from bot.demo import StandIn, arguments
from bot.demo.arguments import Arguments, Upload
from bot.demo.dispatch import Reply
from bot.demo.wire import text_of
from bot.transport import AiohttpRequest


class ShortWay(AiohttpRequest):
    """The bot's own transport; only the bytes go to the stand-in by a call instead of a socket."""

    def __init__(self, telegram: StandIn, *, read_timeout: float = 20.0) -> None:
        super().__init__(read_timeout=read_timeout)
        self._telegram = telegram

    async def _exchange(
        self,
        session: aiohttp.ClientSession,
        method: str,
        url: str,
        data: RequestData | None,
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - as inherited
    ) -> tuple[int, bytes]:
        server = self._telegram.server
        path = urlsplit(url)
        _, whose, name = path.path.split("/", 2)
        if whose == "file" or f"{path.scheme}://{path.netloc}" != self._telegram.base_url:
            return await super()._exchange(session, method, url, data, timeout)
        if not server.listens:
            raise aiohttp.ClientConnectionError

        async def read() -> Arguments:
            return _read(dict(parse_qsl(path.query)), data)

        peer = _Waiting()
        call = asyncio.create_task(server.call(peer, whose.removeprefix("bot"), name, read))
        server.within[call] = peer.reset
        call.add_done_callback(server.within.pop)
        limit = asyncio.get_running_loop().call_later(timeout.sock_read or inf, peer.late)
        try:
            # Who gives up waiting ends nothing: the method is executed all the same, as behind a socket.
            return await peer.answered
        finally:
            limit.cancel()


class _Waiting:
    """``Peer``: who waits for the answer to a call."""

    def __init__(self) -> None:
        self.answered: asyncio.Future[tuple[int, bytes]] = asyncio.get_running_loop().create_future()

    def answer(self, reply: Reply) -> None:
        self.text(reply.status, text_of(reply), "application/json")

    def text(self, status: int, text: str, kind: str) -> None:
        del kind
        if not self.answered.done():
            self.answered.set_result((status, text.encode()))

    def late(self) -> None:
        self._fails(TimeoutError())

    def reset(self) -> None:
        self._fails(aiohttp.ServerDisconnectedError())

    async def cut(self, reply: Reply) -> None:
        del reply
        self._fails(aiohttp.ClientPayloadError())

    async def gone(self) -> None:
        await asyncio.wait({self.answered})

    def _fails(self, error: Exception) -> None:
        if not self.answered.done():
            self.answered.set_exception(error)


def _read(query: dict[str, str], data: RequestData | None) -> Arguments:
    if data is None:
        return Arguments(query)
    if not data.contains_files:
        return arguments.from_text(query, data.json_payload.decode())
    uploads = {
        part: Upload(file, kind, content if isinstance(content, bytes) else content.read())
        for part, (file, content, kind) in (data.multipart_data or {}).items()
    }
    return Arguments(query | data.json_parameters, uploads)


class _Here(aiosqlite.Connection):
    """Statements run where they are awaited; others have their turn before each, as with a thread."""

    async def _execute(self, fn: Any, *args: Any, **kwargs: Any) -> Any:
        await asyncio.sleep(0)
        return fn(*args, **kwargs)


@asynccontextmanager
async def in_place(connect: Callable[[], sqlite3.Connection]) -> AsyncIterator[aiosqlite.Connection]:
    """``bot.storage.Connecting``: a connection without a thread."""
    connection = _Here(connect, iter_chunk_size=64)
    connection._connection = connect()
    try:
        yield connection
    finally:
        connection._connection.close()
        connection._connection = None
