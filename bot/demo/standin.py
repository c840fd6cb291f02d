"""``StandIn``: a local Telegram for tests, demo and benchmarks."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, Literal

from aiohttp import web

from bot.demo.changes import Changes
from bot.demo.control import Control
from bot.demo.dispatch import Dispatcher
from bot.demo.envelope import Json
from bot.demo.faults import Faults
from bot.demo.journal import Journal
from bot.demo.judges import Judges
from bot.demo.methods_updates import Webhooks
from bot.demo.people import Person
from bot.demo.polling import UpdateQueue
from bot.demo.profile import Profile
from bot.demo.server import LOOPBACK, Server
from bot.demo.state import BotAccount, Judging, User, World

_FIRST_USER_ID = 1_000_001
_FIRST_BOT_ID = 7_000_000_001


class NotIdleError(AssertionError):
    """The bot did not become quiet, or a condition did not become true, in time."""


def utc_now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


class StandIn:
    """A local Telegram: start it with ``async with StandIn.running() as telegram``.

    ``base_url`` is for clients (PTB: ``f"{base_url}/bot"`` and ``f"{base_url}/file/bot"``), ``token`` that of the one
    bot it begins with. It lives in the running event loop; a bot may run in the same loop or in another process.
    """

    def __init__(self, world: World, *, pace: float, limit_clock: Callable[[], float] | None) -> None:
        self.world = world
        self.pace = pace
        self.faults = Faults(world.random)
        self.webhooks = Webhooks(world, pace, {}, {})
        self.dispatcher = Dispatcher(world, self.webhooks)
        self.server = Server(world, self.dispatcher, self.faults, limit_clock)
        self.bot = self.add_bot()

    @classmethod
    @asynccontextmanager
    async def running(
        cls,
        *,
        now: Callable[[], datetime] = utc_now,
        seed: int = 1,
        judge: Judging = "all",
        pace: float = 1.0,
        limits: Literal["off", "telegram"] = "off",
        limit_clock: Callable[[], float] = time.monotonic,
        port: int = 0,
        journal_cap: int = 10_000,
        routes: Iterable[web.AbstractRouteDef] = (),
    ) -> AsyncIterator["StandIn"]:
        """Listen on 127.0.0.1 (``port`` 0: any free one) until the block ends.

        ``now`` is the clock (aware), ``seed`` makes ids repeatable, ``judge`` says how many calls are judged, ``pace``
        is how many real seconds one second of the server's own pauses takes (conflicts, webhook retries), ``limits``
        switches flood control on (``limit_clock`` counts its seconds), ``journal_cap`` is how many calls are kept, ``routes`` are
        served beside the stand-in's own (the page).
        Raises ``StandInUnavailableError`` without tdjson and aiogram.
        """
        world = World(now=now, seed=seed, judges=Judges(), judge=judge, journal=Journal(journal_cap))
        telegram = cls(world, pace=pace, limit_clock=limit_clock if limits == "telegram" else None)
        control = Control(telegram, telegram.server.closed)
        await telegram.server.open(port, [*control.routes(), *routes])
        try:
            yield telegram
        finally:
            await telegram.webhooks.close()
            await telegram.server.close()

    # -- who is there -----------------------------------------------------------------------------------------

    @property
    def base_url(self) -> str:
        """Where the stand-in listens."""
        return f"http://{LOOPBACK}:{self.server.port}"

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

    def add_bot(self, name: str = "Lotsenbot", username: str = "", token: str = "") -> BotAccount:
        """One more bot; without a ``token`` it gets one."""
        bots = self.world.bots
        token = token or f"{_FIRST_BOT_ID + len(bots)}:{self.world.random.getrandbits(160):040x}"
        username = username or f"lotsen{len(bots) or ''}_bot"
        queue = UpdateQueue(
            self.journal, self.world.random.randrange(10**8, 10**9), self.changes.notify, self.pace
        )
        bot = BotAccount(token, int(token.partition(":")[0]), username, queue, Profile(name))
        bots[bot.token] = bot
        return bot

    def user(
        self,
        first_name: str,
        *,
        id: int | None = None,  # noqa: A002 - Telegram's word
        last_name: str = "",
        username: str = "",
        language_code: str = "de",
        bot: BotAccount | None = None,
    ) -> Person:
        """A person with an account who has not yet opened the chat; a known id gives the same person again."""
        number = _FIRST_USER_ID + len(self.world.users) if id is None else id
        user = self.world.users.setdefault(
            number, User(number, first_name, last_name, username, language_code)
        )
        return Person(self.world, bot or self.bot, user)

    # -- time and quiet ---------------------------------------------------------------------------------------

    def advance(self, seconds: float) -> None:
        """Wind the stand-in's clock."""
        self.world.advance(seconds)

    async def until(self, condition: Callable[[], Any], timeout: float = 5.0) -> None:  # noqa: ASYNC109 - raises with the journal
        """Wait until ``condition()`` is true; looked at after every change of the stand-in. Raises ``NotIdleError``."""
        if not await self.changes.until(condition, timeout):
            raise NotIdleError(f"waited {timeout} s in vain\n{self.situation()}")

    async def idle(self, timeout: float = 5.0) -> None:  # noqa: ASYNC109 - raises with the journal
        """Wait until every update was delivered and confirmed and no call runs.

        A bot that confirms only what it has handled is then done with it; what it sends later by itself (an outbox) is
        not waited for: use ``until`` for that.
        """
        await self.until(self._is_idle, timeout)

    async def quiet(self, seconds: float, timeout: float) -> bool:  # noqa: ASYNC109 - returns, not raises
        """Wait until the bot is idle and has called nothing for ``seconds``; false if that never was within ``timeout``."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        while loop.time() < deadline:
            if not await self.changes.until(self._is_idle, deadline - loop.time()):
                break
            if not await self._calls_again_within(seconds):
                return True
        return False

    async def _calls_again_within(self, seconds: float) -> bool:
        def calls() -> int:
            return self.journal.number - self.journal.counts["getUpdates"]

        before = calls()
        return await self.changes.until(lambda: calls() != before, seconds)

    def _is_idle(self) -> bool:
        return not self.dispatcher.running and self.world.is_quiet()

    def situation(self) -> str:
        """What waits, what runs, what was called last: for error messages."""
        waiting = [f"{bot.username}: {update.body[:500]}" for bot, update in self.world.pending()]
        polled = [bot.username for bot in self.world.bots.values() if bot.queue.polled]
        return (
            f"unconfirmed updates: {waiting}\ncalls running: {self.dispatcher.running}; polling: {polled}\n"
            f"last calls:\n{self.journal.excerpt()}\nviolations: {self.journal.violations}"
        )

    # -- trouble ----------------------------------------------------------------------------------------------

    def inject(self, update: Json, *, bot: BotAccount | None = None) -> int | None:
        """Queue any update (a group, a kind of the future) as it is; its ``update_id`` is replaced. Returns the id."""
        kind, payload = next((name, value) for name, value in update.items() if name != "update_id")
        target = bot or self.bot
        update_id = target.queue.push(kind, payload, line=f"injected:{kind}", now=self.world.now())
        self.changes.notify()
        return update_id

    def redeliver(self, *, new_id: bool = False, bot: BotAccount | None = None) -> None:
        """Deliver the newest delivered update once more, by polling or webhook: under its id or as a new one."""
        (bot or self.bot).queue.repeat(new_id=new_id, now=self.world.now())

    def restart(self) -> None:
        """Drop all connections; nothing is forgotten."""
        self.server.drop_connections()

    @asynccontextmanager
    async def offline(self) -> AsyncIterator[None]:
        """Nobody listens while the block runs; then the stand-in is back on the same port with all it knew."""
        await self.server.vanish()
        try:
            yield
        finally:
            await self.server.listen()

    def reset(self) -> None:
        """Forget chats, updates, faults and the journal; users, bots and webhooks stay."""
        for bot in self.world.bots.values():
            bot.chats.clear()
            bot.callbacks.clear()
            bot.inline_queries.clear()
            bot.queue.clear()
        self.faults.clear()
        self.journal.clear()
        self.changes.emit("reset", dict)

    def unanswered(self) -> list[str]:
        """Presses that the bot has taken and not answered (the phone shows a spinning wheel)."""
        return [
            f"the press on {callback.data!r} in message {callback.message_id} was never answered"
            for bot in self.world.bots.values()
            for callback in bot.callbacks.values()
            if not callback.answers and callback.update_id in bot.queue.confirmed_presses
        ]

    def report_unanswered(self) -> list[str]:
        """Record unanswered presses as violations: for the end of a test."""
        silent = self.unanswered()
        for sentence in silent:
            self.journal.violation(sentence)
        return silent
