"""``python -m bot.demo``: the stand-in alone, for bots in other processes: benchmarks, kill tests, trying out.

Prints one line of JSON, ``{"base_url": …, "token": …}``, and serves until it is interrupted.
"""

import argparse
import asyncio
import json
import sys

from bot.demo import StandIn, StandInUnavailableError


async def _serve(options: argparse.Namespace) -> None:
    running = StandIn.running(
        judge=options.judge, limits=options.limits, pace=options.pace, port=options.port, seed=options.seed
    )
    async with running as telegram:
        for number in range(options.users):
            await telegram.user(f"Person {number + 1}").starts()
        sys.stdout.write(json.dumps({"base_url": telegram.base_url, "token": telegram.token}) + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> int:
    """Serve; 2 and one sentence if the packages are missing."""
    parser = argparse.ArgumentParser(
        prog="python -m bot.demo", description="Lokaler Ersatz für Telegrams Bot-API"
    )
    parser.add_argument("--port", type=int, default=0, help="0: irgendein freier Port")
    parser.add_argument(
        "--judge", choices=("all", "sample", "off"), default="all", help="wie viele Aufrufe geprüft werden"
    )
    parser.add_argument(
        "--limits", choices=("off", "telegram"), default="off", help="Telegrams Mengenbegrenzung"
    )
    parser.add_argument(
        "--pace", type=float, default=1.0, help="Sekunden, die eine Sekunde Wartezeit des Servers dauert"
    )
    parser.add_argument("--seed", type=int, default=1, help="gleiche Zahl: gleiche Kennungen")
    parser.add_argument("--users", type=int, default=0, help="so viele Personen haben schon »Start« gedrückt")
    try:
        asyncio.run(_serve(parser.parse_args()))
    except StandInUnavailableError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
