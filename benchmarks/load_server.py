"""The stand-in in a process of its own, without judging, steered by ``throughput.py`` over a second port."""

import asyncio
import json
import signal
import sys

from aiohttp import web

from bot.demo import Person, StandIn
from bot.demo.state import BotAccount

_LONG = 600.0


async def main(token: str) -> None:
    """Listen until terminated; prints both ports as one line of JSON."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with StandIn.running(judge="off", journal_cap=10, pace=0.001) as telegram:
        bot: BotAccount = telegram.add_bot(token=token)
        people = [telegram.user(f"Load {number}", id=2_000_000 + number, bot=bot) for number in range(5000)]
        for person in people:
            person.opens()

        async def wait_for_poll(_request: web.Request) -> web.Response:
            await telegram.until(lambda: bot.queue.polled, _LONG)
            return web.Response()

        async def answered(person: Person, text: str) -> None:
            """Ask, and wait for the first message that answers."""
            before = len(person.received)
            await person.says(text)
            await telegram.until(lambda: len(person.received) > before, _LONG)

        async def ask(request: web.Request) -> web.Response:
            for person, text in zip(people, await request.json(), strict=False):
                await person.says(text)
            return web.Response()

        async def pace(request: web.Request) -> web.Response:
            """Ask at an even pace; the seconds from each update to the first message that answers it."""
            wanted = await request.json()
            loop = asyncio.get_running_loop()
            begins = loop.time()

            async def one(number: int, text: str) -> float:
                # Others than those who warmed the bot up: what somebody adds within seconds changes the answer that is there.
                person = people[-1 - number]
                await asyncio.sleep(begins + number / wanted["rate"] - loop.time())
                asked = loop.time()
                await answered(person, text)
                return loop.time() - asked

            times = await asyncio.gather(*(one(n, text) for n, text in enumerate(wanted["questions"])))
            return web.json_response(times)

        async def keep_up(request: web.Request) -> web.Response:
            """Ask so that a given number of questions is always waiting for its first answer; the seconds it took."""
            wanted = await request.json()
            waiting = zip(people, wanted["questions"], strict=False)
            begins = asyncio.get_running_loop().time()

            async def one_after_the_other() -> None:
                for person, text in waiting:
                    await answered(person, text)

            await asyncio.gather(*(one_after_the_other() for _ in range(wanted["together"])))
            return web.json_response(asyncio.get_running_loop().time() - begins)

        async def wait_until_answered(_request: web.Request) -> web.Response:
            await telegram.idle(_LONG)
            return web.Response()

        control = web.Application(client_max_size=2**24)
        control.router.add_post("/wait_for_poll", wait_for_poll)
        control.router.add_post("/ask", ask)
        control.router.add_post("/pace", pace)
        control.router.add_post("/keep_up", keep_up)
        control.router.add_post("/wait_until_answered", wait_until_answered)
        runner = web.AppRunner(control, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        print(json.dumps({"port": telegram.server.port, "control": runner.addresses[0][1]}), flush=True)
        await stop.wait()
        await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
