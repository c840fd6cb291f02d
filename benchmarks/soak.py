"""``make soak``: the bot under load for minutes; tasks, connections, file handles, threads and memory must not grow.

    python -m benchmarks.soak [--minutes 10] [--updates 0]

The bot runs in this process, the local Telegram in another. After each round of questions everything is at rest and
counted. ``--updates 100000`` ends after so many instead, and memory then is that after 10,000, ±10 %. Exit code 1 when
something grew from the first fifth of the rounds to the last. The other soak is ``kills.py``.
"""

import argparse
import asyncio
import base64
import gc
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp

from benchmarks.throughput import ROOT, TOKEN, distinct_questions
from bot import app, polling
from bot.config import Settings
from bot.surroundings import Surroundings
from bot.traffic import UNLIMITED

_ROUND = 200  # questions a round
_WARM_UP = 0.1  # of the whole: caches and pools fill
_MAY_GROW = {"tasks": 3.0, "connections": 3.0, "file handles": 3.0, "threads": 1.0}
_COMPARED = 10_000  # updates after which memory is compared with that of the end
_MEMORY_MAY_GROW = 0.10


@dataclass(frozen=True, slots=True)
class Count:
    """What is held while nothing happens."""

    updates: int
    tasks: int
    connections: int
    handles: int
    threads: int
    memory_mb: float

    @classmethod
    def now(cls, updates: int) -> "Count":
        """Count after a collection of garbage."""
        gc.collect()
        handles = [_target(link) for link in Path("/proc/self/fd").iterdir()]
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        return cls(
            updates,
            len(asyncio.all_tasks()),
            sum(target.startswith("socket:") for target in handles),
            len(handles),
            threading.active_count(),
            pages * os.sysconf("SC_PAGE_SIZE") / 2**20,
        )


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:  # the handle of this very look
        return ""


async def under_load(settings: Settings, control: str, *, minutes: float, updates: int) -> list[Count]:
    """Rounds of questions until the time or the number of updates is over."""
    around = replace(Surroundings.real(), pace=UNLIMITED, prepare_reload=False)
    stop = asyncio.Event()
    counts: list[Count] = []
    questions = distinct_questions(5 * _ROUND)
    async with (
        app.opened(settings, around) as running,
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(600), raise_for_status=True) as session,
    ):
        poll = asyncio.create_task(
            polling.Polling(running.line.fetch, running.updates, running.clock).run(stop)
        )
        await session.post(f"{control}/wait_for_poll")
        ends, asked, shown = time.monotonic() + 60 * minutes, 0, time.monotonic()
        while (asked < updates) if updates else (time.monotonic() < ends):
            first = asked % len(questions)
            await session.post(f"{control}/ask", json=questions[first : first + _ROUND])
            await session.post(f"{control}/wait_until_answered")
            await running.updates.finished()  # those that were parked are confirmed before they are done
            await running.outbox.drained()
            asked += _ROUND
            counts.append(Count.now(asked))
            if time.monotonic() - shown > 30:
                shown = time.monotonic()
                print(counts[-1], flush=True)
        stop.set()
        await poll
    return counts


def grown(counts: Sequence[Count]) -> list[str]:
    """What the last fifth holds more than the first one after the warm-up; prints the table."""
    all_counts, counts = counts, counts[int(len(counts) * _WARM_UP) :]
    fifth = max(1, len(counts) // 5)
    failures = []
    wanted: dict[str, Callable[[Count], float]] = {
        "tasks": lambda count: count.tasks,
        "connections": lambda count: count.connections,
        "file handles": lambda count: count.handles,
        "threads": lambda count: count.threads,
        "memory, MB": lambda count: count.memory_mb,
    }
    print(
        f"\n| held at rest | after {counts[0].updates} updates | after {counts[-1].updates} |\n| --- | --- | --- |"
    )
    for name, read in wanted.items():
        before = statistics.median(map(read, counts[:fifth]))
        after = statistics.median(map(read, counts[-fifth:]))
        print(f"| {name} | {before:.0f} | {after:.0f} |")
        if after - before > _MAY_GROW.get(name, before * _MEMORY_MAY_GROW):
            failures.append(name)
    if all_counts[-1].updates >= 2 * _COMPARED:
        early = next(count for count in all_counts if count.updates >= _COMPARED)
        change = all_counts[-1].memory_mb / early.memory_mb - 1
        print(
            f"\nmemory after {early.updates} updates {early.memory_mb:.0f} MB, after {all_counts[-1].updates} ",
            end="",
        )
        print(f"{all_counts[-1].memory_mb:.0f} MB: {100 * change:+.1f} %, load {os.getloadavg()[0]:.1f}")
        if abs(change) > _MEMORY_MAY_GROW:
            failures.append("memory from 10,000 updates to the end")
    return failures


def main() -> int:
    """Run, print, judge."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--updates", type=int, default=0)
    given = parser.parse_args()
    os.environ["PTB_TIMEDELTA"] = "1"
    command = [sys.executable, str(ROOT / "benchmarks" / "load_server.py"), TOKEN]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
    assert server.stdout is not None
    ports = json.loads(server.stdout.readline())
    try:
        with tempfile.TemporaryDirectory() as folder:
            cache = ROOT / ".cache" / "bench"
            cache.mkdir(parents=True, exist_ok=True)
            (Path(folder) / "cache").symlink_to(cache)
            settings = Settings.from_env(
                {
                    "BOT_TOKEN": TOKEN,
                    "ADMIN_IDS": "1",
                    "FLOOD_PER_MINUTE": "0",
                    "FLOOD_OVERALL_PER_MINUTE": "0",
                    "DATA_DIR": folder,
                    "DATA_KEY": base64.b64encode(bytes(32)).decode(),
                    "TELEGRAM_URL": f"http://127.0.0.1:{ports['port']}",
                }
            )
            control = f"http://127.0.0.1:{ports['control']}"
            counts = asyncio.run(under_load(settings, control, minutes=given.minutes, updates=given.updates))
    finally:
        server.terminate()
        server.wait(10)
    failures = grown(counts)
    print(f"grown: {', '.join(failures)}" if failures else "nothing has grown")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
