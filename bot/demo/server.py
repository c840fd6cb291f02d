"""The stand-in over HTTP: ``/bot<token>/<method>`` and ``/file/bot<token>/<path>`` on 127.0.0.1."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import Any, TypeVar, assert_never

from aiohttp import web

from bot.demo import arguments, faults, wire
from bot.demo.arguments import Arguments
from bot.demo.dispatch import Dispatcher, Reply
from bot.demo.envelope import ApiError, too_many_requests
from bot.demo.faults import Faults
from bot.demo.incoming import Desk
from bot.demo.journal import Call
from bot.demo.limits import FloodControl
from bot.demo.polling import OTHER_POLL
from bot.demo.state import BotAccount, World
from bot.demo.wire import Peer

LOOPBACK = "127.0.0.1"
_MOST_REQUEST_BYTES = 64 * 2**20
_SHUTDOWN = 0.1  # s
_log = logging.getLogger(__name__)

T = TypeVar("T")


class Server:
    """Listens on 127.0.0.1; can vanish and come back on the same port."""

    def __init__(
        self, world: World, dispatcher: Dispatcher, rules: Faults, clock: Callable[[], float] | None
    ) -> None:
        self._world = world
        self._dispatcher = dispatcher
        self._faults = rules
        self._clock = clock  # None: no flood control
        self._floods: dict[int, FloodControl] = {}
        self.closed = asyncio.Event()
        self.within: dict[
            asyncio.Task[Any], Callable[[], None]
        ] = {}  # calls from this process: what resets them
        self.application = web.Application(client_max_size=_MOST_REQUEST_BYTES)
        self._runner = web.AppRunner(
            self.application, access_log=None, handle_signals=False, shutdown_timeout=_SHUTDOWN
        )
        self._site: web.TCPSite | None = None
        self.port = 0

    async def open(self, port: int, extra: Iterable[web.AbstractRouteDef] = ()) -> None:
        """Listen on this port (0: any free one); ``extra`` routes come first."""
        routes = self.application.router
        routes.add_routes(extra)
        routes.add_route("*", "/bot{token:[^/]+}/{method:[^/]*}", self._on_call)
        routes.add_get("/file/bot{token:[^/]+}/{path:.*}", self._on_file)
        routes.add_route("*", "/{anything:.*}", self._on_nothing)
        await self._runner.setup()
        self.port = port
        await self.listen()

    async def listen(self) -> None:
        """Take connections (again)."""
        self._site = web.TCPSite(self._runner, LOOPBACK, self.port, reuse_address=True)
        await self._site.start()
        self.port = self._runner.addresses[0][1]

    @property
    def listens(self) -> bool:
        """Whether it takes connections."""
        return self._site is not None

    async def vanish(self) -> None:
        """Drop all connections and take no new ones: clients get "connection refused"."""
        if self._site:
            await self._site.stop()
            self._site = None
        self.drop_connections()

    def drop_connections(self) -> None:
        """Reset every open connection; the state stays."""
        for bot in self._world.bots.values():
            bot.queue.abort("")
        for reset in tuple(self.within.values()):
            reset()
        server = self._runner.server
        for connection in list(server.connections if server else ()):
            wire.reset_transport(connection.transport)

    async def close(self) -> None:
        """End everything."""
        self.closed.set()
        for bot in self._world.bots.values():
            bot.queue.abort("")
        for reset in tuple(self.within.values()):
            reset()
        await asyncio.gather(*self.within, return_exceptions=True)
        await self._runner.cleanup()

    # -- calls ------------------------------------------------------------------------------------------------

    async def call(self, peer: Peer[T], token: str, name: str, read: Callable[[], Awaitable[Arguments]]) -> T:
        """One call of a method, by whoever asks; ``read`` gives its arguments."""
        started = time.perf_counter()
        try:
            bot = self._world.bot_of(token)
        except ApiError as error:
            self._world.journal.violation(f"a call with a wrong token: {error.description}")
            return peer.answer(Reply(error.code, error.body()))
        try:
            given = await read()
        except ApiError as error:
            call = self._dispatcher.begin(bot, name, Arguments())
            return peer.answer(self._finished(call, Reply(error.code, error.body()), started))
        call = self._dispatcher.begin(bot, name, given)
        works = call.method != "getUpdates"  # a waiting getUpdates is rest, not work
        self._dispatcher.running += works
        try:
            return await self._answered(peer, bot, given, call, started)
        finally:
            self._dispatcher.running -= works
            self._world.changes.notify()

    async def _on_call(self, request: web.Request) -> web.StreamResponse:
        token, name = request.match_info["token"], request.match_info["method"]
        return await self.call(
            wire.HttpPeer(request, self.closed), token, name, partial(arguments.read, request)
        )

    async def _answered(
        self, peer: Peer[T], bot: BotAccount, given: Arguments, call: Call, started: float
    ) -> T:
        """The answer with whatever fault strikes: before the method, instead of it, or after it."""
        for action in self._faults.strike(call.method, given):
            call.fault = f"{call.fault} {type(action).__name__}".lstrip()
            match action:
                case faults.Delay(seconds=seconds):
                    await asyncio.sleep(seconds)
                case faults.TooManyRequests(retry_after=seconds, parameters=told):
                    error = too_many_requests(seconds)
                    body = error.body() if told else ApiError(error.code, error.description).body()
                    return peer.answer(self._finished(call, Reply(429, body), started))
                case faults.Refused(description=description, code=code, parameters=parameters):
                    error = ApiError(code, description, parameters)
                    return peer.answer(self._finished(call, Reply(code, error.body()), started))
                case faults.ServerError(code=code, html=html):
                    error = ApiError(code, "Internal Server Error: restart" if code == 500 else "Bad Gateway")  # noqa: PLR2004 - HTTP
                    reply = self._finished(call, Reply(code, error.body()), started)
                    return peer.text(code, wire.proxy_page(code), "text/html") if html else peer.answer(reply)
                case faults.SecondPoller():
                    reply = Reply(409, ApiError(409, OTHER_POLL).body())
                    return peer.answer(self._finished(call, reply, started))
                case faults.Rubbish(body=rubbish, status=status):
                    self._finished(call, Reply(status, {"rubbish": rubbish}), started)
                    return peer.text(status, rubbish, "text/plain")
                case faults.ResetBefore():
                    self._finished(call, Reply(0, {}), started)
                    return peer.reset()
                case faults.Restart():
                    self._finished(call, Reply(0, {}), started)
                    self.drop_connections()
                    return peer.reset()
                case faults.ResetAfter():
                    self._finished(call, await self._executed(bot, given, call), started)
                    return peer.reset()
                case faults.DelayAfter(seconds=seconds):
                    reply = await self._executed(bot, given, call)
                    self._world.changes.notify()
                    await asyncio.sleep(seconds)
                    return peer.answer(self._finished(call, reply, started))
                case faults.CutBody():
                    reply = self._finished(call, await self._executed(bot, given, call), started)
                    return await peer.cut(reply)
                case faults.Stall(executed=executed):
                    reply = await self._executed(bot, given, call) if executed else Reply(0, {})
                    self._finished(call, reply, started)
                    await peer.gone()
                    return peer.reset()
                case faults.Blocked():
                    self._block(bot, given)
                case faults.DuplicateUpdate(new_id=new_id):
                    bot.queue.repeat(new_id=new_id, now=self._world.now())
                case _ as never:
                    assert_never(never)
        return peer.answer(self._finished(call, await self._executed(bot, given, call), started))

    def _finished(self, call: Call, reply: Reply, started: float) -> Reply:
        self._dispatcher.finish(call, reply, started)
        return reply

    async def _executed(self, bot: BotAccount, given: Arguments, call: Call) -> Reply:
        if self._clock:
            flood = self._floods.setdefault(bot.id, FloodControl(self._clock))
            wait = flood.retry_after(call.method, given)
            if wait:
                return Reply(429, too_many_requests(wait).body())
        try:
            return await self._dispatcher.execute(bot, call.method, given, call)
        except Exception as error:  # noqa: BLE001 - its own fault must fail the test, not look like one of Telegram's
            _log.exception("the stand-in broke in %s", call.method)
            self._world.journal.violation(f"the stand-in broke: {error!r}", call)
            return Reply(500, ApiError(500, "fake: the stand-in broke").body())

    def _block(self, bot: BotAccount, given: Arguments) -> None:
        user = self._world.users.get(given.integer("chat_id", high=2**62))
        if user:
            Desk(self._world, bot, user).block(blocked=True)

    # -- files and strangers ----------------------------------------------------------------------------------

    async def _on_file(self, request: web.Request) -> web.StreamResponse:
        peer = wire.HttpPeer(request, self.closed)
        for action in self._faults.strike("file", Arguments()):
            match action:
                case faults.Delay(seconds=seconds):
                    await asyncio.sleep(seconds)
                case faults.ServerError(code=code):
                    return peer.text(code, wire.proxy_page(code), "text/html")
                case _:
                    return peer.reset()
        try:
            self._world.bot_of(request.match_info["token"])
            file = self._world.files.at(request.match_info["path"])
            if file is None:
                raise ApiError(404, "Not Found")  # noqa: TRY301 - one way out for all refusals
        except ApiError as error:
            return peer.answer(Reply(error.code, error.body()))
        return wire.part(request, file.data, file.mime)

    async def _on_nothing(self, request: web.Request) -> web.StreamResponse:
        # Only the first letters: a mistyped address may hold a token.
        self._world.journal.violation(f"a request to nowhere: {request.method} {request.path[:5]}…")
        return wire.response(Reply(404, ApiError(404, "Not Found").body()))
