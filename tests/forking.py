"""The program as a process that is there in a moment: started by ``fork`` from one that has read everything already.

``python -m tests.forking`` with the program's environment reads one line of standard input for each start, answers
with the number of the new process, waits for its end and answers with its exit code (negative: the signal that ended it).
Everything else is the program as ``lotsenbot run`` starts it.
"""

import asyncio
import os
import signal
import sys
from dataclasses import replace

from bot import app, logs
from bot.cache import Cache, Memory
from bot.config import Settings
from bot.editions import Editions
from bot.surroundings import Surroundings
from bot.traffic import UNLIMITED


async def until_terminated(settings: Settings, around: Surroundings) -> None:
    """The program until SIGTERM."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await app.run(settings, stop, around)


def main() -> None:
    """Read everything once, then fork at each line."""
    settings = Settings.from_env(os.environ)
    logs.set_up(settings.log_level, settings.log_format)
    memory = Memory()
    Editions(settings.knowledge_dir, Cache(settings.data_dir / "cache"), memory=memory).load()
    around = replace(Surroundings.real(), pace=UNLIMITED, prepare_reload=False, memory=memory)
    print("ready", flush=True)  # noqa: T201 - the answer to whoever started this
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            os.close(0)
            asyncio.run(until_terminated(settings, around))
            os._exit(0)
        print(child, flush=True)  # noqa: T201 - as above
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 - as above


if __name__ == "__main__":
    main()
