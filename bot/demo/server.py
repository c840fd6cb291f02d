"""The stand-in over HTTP: ``/bot<token>/<method>`` and ``/file/bot<token>/<path>`` on 127.0.0.1."""

import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from bot.demo import arguments
from bot.demo.arguments import Arguments
from bot.demo.changes import Changes
from bot.demo.dispatch import Dispatcher, Reply
from bot.demo.envelope import ApiError, Json
from bot.demo.journal import Journal
from bot.demo.judges import Judges
from bot.demo.methods_updates import Webhooks
from bot.demo.people import Person
from bot.demo.polling import UpdateQueue
from bot.demo.profile import Profile
from bot.demo.state import BotAccount, Judging, User, World

_LOOPBACK = "127.0.0.1"
_MOST_REQUEST_BYTES = 64 * 2**20
_FIRST_USER_ID = 1_000_001


class NotIdleError(AssertionError):
    """The bot did not become quiet, or a condition did not become true, in time."""


def utc_now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


class StandIn:
    """A local Telegram: start it with ``async with StandIn.running() as telegram``.

    ``base_url`` is for clients (PTB: ``f"{base_url}/bot"``), ``token`` that of the one bot it begins with.
    """

    def __init__(self, world: World, pace: float) -> None:
        self.world = world
        self.pace = pace
        self.webhooks = Webhooks(world, pace, {}, {})
        self.dispatcher = Dispatcher(world, self.webhooks)
        self.base_url = ""
        self.bot = self.add_bot()
        self.application = web.Application(client_max_size=_MOST_REQUEST_BYTES)
        self.application.router.add_route("*", "/bot{token:[^/]+}/{method:[^/]*}", self._method)
        self.application.router.add_route("*", "/{anything:.*}", self._nothing)

    @classmethod
    @asynccontextmanager
    async def running(
        cls,
        *,
        now: Callable[[], datetime] = utc_now,
        seed: int = 1,
        judge: Judging = "all",
        pace: float = 1.0,
        port: int = 0,
        journal_cap: int = 10_000,
    ) -> AsyncIterator["StandIn"]:
        """Listen on 127.0.0.1 (``port`` 0: any free one) until the block ends.

        ``now`` is the clock (aware), ``seed`` makes ids repeatable, ``judge`` says how many calls are judged, ``pace``
        is how many real seconds one second of the server's own pauses takes (conflicts, webhook retries).
        Raises ``StandInUnavailableError`` without tdjson and aiogram.
        """
        world = World(now=now, seed=seed, judges=Judges(), judge=judge, journal=Journal(journal_cap))
        telegram = cls(world, pace)
        runner = web.AppRunner(
            telegram.application, access_log=None, handle_signals=False, shutdown_timeout=0.1
        )
        await runner.setup()
        try:
            site = web.TCPSite(runner, _LOOPBACK, port)
            await site.start()
            chosen = runner.addresses[0][1]
            telegram.base_url = f"http://{_LOOPBACK}:{chosen}"
            yield telegram
        finally:
            for bot in world.bots.values():
                bot.queue.abort("")
            await telegram.webhooks.close()
            await runner.cleanup()

    # -- who is there -----------------------------------------------------------------------------------------

    @property
    def token(self) -> str:
        """The token of the default bot."""
        return self.bot.token

    @property
    def journal(self) -> Journal:
        """Calls, counters and violations."""
        return self.world.journal

    @property
    def changes(self) -> Changes:
        """Where changes are announced."""
        return self.world.changes

    def add_bot(self, name: str = "Lotsenbot", username: str = "") -> BotAccount:
        """One more bot with a token of its own."""
        number = 7_000_000_001 + len(self.world.bots)
        secret = f"{self.world.random.getrandbits(160):040x}"
        username = username or f"lotsen{len(self.world.bots) or ''}_bot"
        queue = UpdateQueue(
            self.journal, self.world.random.randrange(10**8, 10**9), self.changes.notify, self.pace
        )
        bot = BotAccount(f"{number}:{secret}", number, username, queue, Profile(name))
        self.world.bots[bot.token] = bot
        return bot

    def user(
        self,
        first_name: str,
        *,
        id: int | None = None,  # noqa: A002 - Telegram's word
        last_name: str = "",
        username: str = "",
        language_code: str = "de",
    ) -> Person:
        """A person with an account, who has not yet opened the chat; a known id gives the same person again."""
        number = _FIRST_USER_ID + len(self.world.users) if id is None else id
        known = self.world.users.get(number)
        user = known or User(number, first_name, last_name, username, language_code)
        self.world.users[number] = user
        person = Person(self.world, self.bot, user)
        self.world.chat(self.bot, user)
        return person

    # -- time and quiet ---------------------------------------------------------------------------------------

    def advance(self, seconds: float) -> None:
        """Wind the stand-in's clock."""
        self.world.advance(seconds)

    async def until(self, condition: Callable[[], Any], timeout: float = 5.0) -> None:  # noqa: ASYNC109 - raises with the journal
        """Wait until ``condition()`` is true; looked at after every change of the stand-in. Raises ``NotIdleError``."""
        if not await self.changes.until(condition, timeout):
            raise NotIdleError(f"waited {timeout} s in vain\n{self._situation()}")

    async def idle(self, timeout: float = 5.0) -> None:  # noqa: ASYNC109 - raises with the journal
        """Wait until every update was delivered and confirmed and no call runs.

        A bot that confirms only what it has handled is then done with it; what it sends later by itself (an outbox) is
        not waited for: use ``until`` for that.
        """
        await self.until(lambda: not self.dispatcher.running and not self.world.pending(), timeout)

    def _situation(self) -> str:
        waiting = [f"{bot.username}: {update.body[:200]}" for bot, update in self.world.pending()]
        polled = [bot.username for bot in self.world.bots.values() if bot.queue.polled]
        return (
            f"unconfirmed updates: {waiting}\ncalls running: {self.dispatcher.running}; polling: {polled}\n"
            f"last calls:\n{self.journal.excerpt()}\nviolations: {self.journal.violations}"
        )

    def inject(self, update: Json, *, bot: BotAccount | None = None) -> int | None:
        """Queue any update (a group, a kind of the future) as it is; its ``update_id`` is replaced. Returns the id."""
        kind, payload = next((name, value) for name, value in update.items() if name != "update_id")
        target = bot or self.bot
        update_id = target.queue.push(kind, payload, line=f"injected:{kind}", now=self.world.now())
        self.changes.notify()
        return update_id

    def report_unanswered(self) -> list[str]:
        """Record presses that the bot took and never answered as violations (the phone would show a spinning wheel)."""
        silent = [
            f"the press on {callback.data!r} in message {callback.message_id} was never answered"
            for bot in self.world.bots.values()
            for callback in bot.callbacks.values()
            if not callback.answers and callback.update_id in bot.queue.confirmed_presses
        ]
        for sentence in silent:
            self.journal.violation(sentence)
        return silent

    # -- HTTP -------------------------------------------------------------------------------------------------

    async def _method(self, request: web.Request) -> web.StreamResponse:
        started = time.perf_counter()
        try:
            bot = self.world.bot_of(request.match_info["token"])
        except ApiError as error:
            self.journal.violation(f"a call with a wrong token: {error.description}")
            return _response(Reply(error.code, error.body()))
        name = request.match_info["method"]
        try:
            given = await arguments.read(request)
        except ApiError as error:
            call = self.dispatcher.begin(bot, name, Arguments())
            reply = Reply(error.code, error.body())
        else:
            call = self.dispatcher.begin(bot, name, given)
            works = call.method != "getUpdates"  # a waiting getUpdates is rest, not work
            self.dispatcher.running += works
            try:
                reply = await self.dispatcher.execute(bot, name, given, call)
            finally:
                self.dispatcher.running -= works
        self.dispatcher.finish(call, reply, started)
        return _response(reply)

    async def _nothing(self, request: web.Request) -> web.StreamResponse:
        self.journal.violation(f"a request to nowhere: {request.method} /{request.path.split('/')[1][:4]}…")
        error = ApiError(404, "Not Found")
        return _response(Reply(404, error.body()))


def _response(reply: Reply) -> web.Response:
    text = reply.raw or json.dumps(reply.body, ensure_ascii=False)
    response = web.Response(status=reply.status, text=text, content_type="application/json")
    retry_after = reply.body.get("parameters", {}).get("retry_after") if reply.status == 429 else None  # noqa: PLR2004 - HTTP
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response
