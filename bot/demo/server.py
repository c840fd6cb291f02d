"""The stand-in over HTTP: ``/bot<token>/<method>`` and ``/file/bot<token>/<path>`` on 127.0.0.1."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import assert_never

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

LOOPBACK = "127.0.0.1"
_MOST_REQUEST_BYTES = 64 * 2**20
_LOOK_AFTER_CLIENT = 0.05  # s: a stalled request looks this often whether its client has given up
_SHUTDOWN = 0.1  # s
_log = logging.getLogger(__name__)


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
        server = self._runner.server
        for connection in list(server.connections if server else ()):
            wire.reset_transport(connection.transport)

    async def close(self) -> None:
        """End everything."""
        self.closed.set()
        for bot in self._world.bots.values():
            bot.queue.abort("")
        await self._runner.cleanup()

    # -- calls ------------------------------------------------------------------------------------------------

    async def _on_call(self, request: web.Request) -> web.StreamResponse:
        started = time.perf_counter()
        name = request.match_info["method"]
        try:
            bot = self._world.bot_of(request.match_info["token"])
        except ApiError as error:
            self._world.journal.violation(f"a call with a wrong token: {error.description}")
            return wire.response(Reply(error.code, error.body()))
        try:
            given = await arguments.read(request)
        except ApiError as error:
            call = self._dispatcher.begin(bot, name, Arguments())
            return self._finished(call, Reply(error.code, error.body()), started)
        call = self._dispatcher.begin(bot, name, given)
        works = call.method != "getUpdates"  # a waiting getUpdates is rest, not work
        self._dispatcher.running += works
        try:
            return await self._answered(request, bot, given, call, started)
        finally:
            self._dispatcher.running -= works
            self._world.changes.notify()

    async def _answered(
        self, request: web.Request, bot: BotAccount, given: Arguments, call: Call, started: float
    ) -> web.StreamResponse:
        """The answer with whatever fault strikes: before the method, instead of it, or after it."""
        for action in self._faults.strike(call.method, given):
            call.fault = f"{call.fault} {type(action).__name__}".lstrip()
            match action:
                case faults.Delay(seconds=seconds):
                    await asyncio.sleep(seconds)
                case faults.TooManyRequests(retry_after=seconds, parameters=told):
                    error = too_many_requests(seconds)
                    body = error.body() if told else ApiError(error.code, error.description).body()
                    return self._finished(call, Reply(429, body), started)
                case faults.Refused(description=description, code=code, parameters=parameters):
                    error = ApiError(code, description, parameters)
                    return self._finished(call, Reply(code, error.body()), started)
                case faults.ServerError(code=code, html=html):
                    error = ApiError(code, "Internal Server Error: restart" if code == 500 else "Bad Gateway")  # noqa: PLR2004 - HTTP
                    answer = self._finished(call, Reply(code, error.body()), started)
                    return wire.proxy_page(code) if html else answer
                case faults.SecondPoller():
                    return self._finished(call, Reply(409, ApiError(409, OTHER_POLL).body()), started)
                case faults.Rubbish(body=rubbish, status=status):
                    self._dispatcher.finish(call, Reply(status, {"rubbish": rubbish}), started)
                    return web.Response(status=status, text=rubbish)
                case faults.ResetBefore():
                    self._dispatcher.finish(call, Reply(0, {}), started)
                    return wire.reset(request)
                case faults.Restart():
                    self._dispatcher.finish(call, Reply(0, {}), started)
                    self.drop_connections()
                    return wire.reset(request)
                case faults.ResetAfter():
                    self._finished(call, await self._executed(bot, given, call), started)
                    return wire.reset(request)
                case faults.DelayAfter(seconds=seconds):
                    reply = await self._executed(bot, given, call)
                    self._world.changes.notify()
                    await asyncio.sleep(seconds)
                    return self._finished(call, reply, started)
                case faults.CutBody():
                    reply = await self._executed(bot, given, call)
                    self._finished(call, reply, started)
                    return await wire.cut(request, reply)
                case faults.Stall(executed=executed):
                    reply = await self._executed(bot, given, call) if executed else Reply(0, {})
                    self._finished(call, reply, started)
                    await self._hold(request)
                    return wire.reset(request)
                case faults.Blocked():
                    self._block(bot, given)
                case faults.DuplicateUpdate(new_id=new_id):
                    bot.queue.repeat(new_id=new_id, now=self._world.now())
                case _ as never:
                    assert_never(never)
        return self._finished(call, await self._executed(bot, given, call), started)

    def _finished(self, call: Call, reply: Reply, started: float) -> web.Response:
        self._dispatcher.finish(call, reply, started)
        return wire.response(reply)

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

    async def _hold(self, request: web.Request) -> None:
        """Until the client gives up or the stand-in ends."""
        while (
            request.transport is not None and not request.transport.is_closing() and not self.closed.is_set()
        ):
            with suppress(TimeoutError):
                await asyncio.wait_for(self.closed.wait(), _LOOK_AFTER_CLIENT)

    # -- files and strangers ----------------------------------------------------------------------------------

    async def _on_file(self, request: web.Request) -> web.StreamResponse:
        for action in self._faults.strike("file", Arguments()):
            match action:
                case faults.Delay(seconds=seconds):
                    await asyncio.sleep(seconds)
                case faults.ServerError(code=code):
                    return wire.proxy_page(code)
                case _:
                    return wire.reset(request)
        try:
            self._world.bot_of(request.match_info["token"])
            file = self._world.files.at(request.match_info["path"])
            if file is None:
                raise ApiError(404, "Not Found")  # noqa: TRY301 - one way out for all refusals
        except ApiError as error:
            return wire.response(Reply(error.code, error.body()))
        return wire.part(request, file.data, file.mime)

    async def _on_nothing(self, request: web.Request) -> web.StreamResponse:
        # Only the first letters: a mistyped address may hold a token.
        self._world.journal.violation(f"a request to nowhere: {request.method} {request.path[:5]}…")
        return wire.response(Reply(404, ApiError(404, "Not Found").body()))
