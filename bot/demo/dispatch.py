"""From a method's name and arguments to its answer, with the judges' opinion and a line in the journal."""

import time
from dataclasses import dataclass
from typing import Any

from bot.demo import (
    arguments,
    methods_media,
    methods_messages,
    methods_profile,
    methods_queries,
    methods_updates,
)
from bot.demo.arguments import Arguments
from bot.demo.envelope import Answer, ApiError, Json
from bot.demo.invocation import Invocation, Methods
from bot.demo.journal import Call
from bot.demo.methods_updates import Updates, Webhooks
from bot.demo.state import BotAccount, World
from bot.demo.webhook import Execute

METHODS: Methods = {
    **methods_messages.METHODS,
    **methods_media.METHODS,
    **methods_profile.METHODS,
    **methods_queries.METHODS,
}
OK = 200


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes over the wire: the HTTP status and the JSON object; ``raw`` instead of it where it is ready-made."""

    status: int
    body: Json
    raw: str = ""


@dataclass(slots=True)
class Dispatcher:
    """Executes calls and counts those that run (a waiting getUpdates is rest, not work)."""

    world: World
    webhooks: Webhooks
    running: int = 0

    def begin(self, bot: BotAccount, name: str, given: Arguments) -> Call:
        """Write the call into the journal under the method's proper name."""
        proper = self.world.judges.method_name(name) or name
        return self.world.journal.begin(self.world.now(), bot.id, proper, given.readable())

    async def execute(self, bot: BotAccount, name: str, given: Arguments, call: Call) -> Reply:
        """Run the method and judge question and answer; never raises for what a client did."""
        try:
            result = await self._result(Invocation(self.world, bot, given, call), name.lower())
        except ApiError as error:
            return Reply(error.code, error.body())
        if isinstance(result, Updates):
            return Reply(OK, {"ok": True, "result": result.ids}, f'{{"ok":true,"result":{result.raw}}}')
        answer = result if isinstance(result, Answer) else Answer(result)
        if self.world.judging():
            for problem in self.world.judges.answer(call.method, answer.result):
                self.world.journal.violation(f"the stand-in's own {problem}", call)
        return Reply(OK, answer.body())

    async def _result(self, this: Invocation, name: str) -> Any:
        world = self.world
        if world.judges.method_name(name) is None:
            raise ApiError(404, "Not Found: method not found")
        if world.judging():
            asked = world.judges.request(name, this.arguments.values, this.arguments.uploads.keys())
            world.journal.judged(asked, this.call)
        match name:
            case "getupdates":
                return await methods_updates.get_updates(this)
            case "setwebhook":
                return await self.webhooks.set(this, self._executor(this.bot))
            case "deletewebhook":
                return await self.webhooks.delete(this)
            case "getwebhookinfo":
                return self.webhooks.info(this)
            case _ if name in METHODS:
                return METHODS[name](this)
            case _:
                raise ApiError(501, "fake: method not modelled")

    def _executor(self, bot: BotAccount) -> Execute:
        async def execute(wanted: Json) -> None:
            """A method call that a webhook gave as its answer; nobody hears how it ended."""
            started = time.perf_counter()
            given = arguments.from_json({name: value for name, value in wanted.items() if name != "method"})
            call = self.begin(bot, wanted["method"], given)
            self.finish(call, await self.execute(bot, wanted["method"], given, call), started)

        return execute

    def finish(self, call: Call, reply: Reply, started: float) -> None:
        """Write the answer into the journal and wake whoever waits."""
        shown = reply.body.get("result") if reply.status == OK else reply.body
        self.world.journal.finish(call, reply.status, shown, (time.perf_counter() - started) * 1000)
        self.world.changes.emit("call", call.as_json)
