"""From ``lotsenbot run`` to the first ``getUpdates``: the real program beside the stand-in, its time, CPU time and memory.

Then it is asked (``--questions``), and its memory is looked at again.
"""

import argparse
import asyncio
import base64
import os
import shutil
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import Process
from pathlib import Path
from typing import NamedTuple

from benchmarks.throughput import distinct_questions
from bot.demo import StandIn
from bot.demo.state import BotAccount

ROOT = Path(__file__).parent.parent
_LONG = 600.0
_TICKS = os.sysconf("SC_CLK_TCK")


class Start(NamedTuple):
    """One start: seconds to the first poll, seconds of CPU until then, and megabytes."""

    wall: float
    cpu: float
    resident: int
    peak: int
    settled: int  # resident when everything that is done after the first poll is done, and the questions are answered


def memory(process: Process) -> tuple[int, int]:
    """Resident memory of a process and the most it had, in MB."""
    text = Path(f"/proc/{process.pid}/status").read_text()
    found = {line.split(":")[0]: line.split()[1] for line in text.splitlines() if line.startswith("Vm")}
    return int(found["VmRSS"]) // 1024, int(found["VmHWM"]) // 1024


def cpu(process: Process) -> float:
    """Seconds of CPU that a process has used, with the children it has waited for."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICKS


async def one(telegram: StandIn, number: int, data: Path, questions: list[str]) -> Start:
    """Start the program with its data in ``data``, ask it the questions, end it."""
    token = f"70000000{number:02}:benchmark-token-of-nobody"
    account: BotAccount = telegram.add_bot(token=token)
    environment = {
        **os.environ,
        "BOT_TOKEN": token,
        "ADMIN_IDS": "1",
        "DATA_DIR": str(data),
        "DATA_KEY": base64.b64encode(bytes(32)).decode(),
        "TELEGRAM_URL": f"http://127.0.0.1:{telegram.server.port}",
        "FLOOD_PER_MINUTE": "0",
        "FLOOD_OVERALL_PER_MINUTE": "0",
        "PYTHONPATH": str(ROOT),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    started = time.perf_counter()
    command = (sys.executable, "-m", "bot", "run")
    process = await asyncio.create_subprocess_exec(*command, cwd=data, env=environment)
    try:
        await telegram.until(lambda: account.queue.polled, _LONG)
        wall, used = time.perf_counter() - started, cpu(process)
        resident, peak = memory(process)
        await asyncio.sleep(2)  # what is warmed after the first poll
        for place, text in enumerate(questions):
            person = telegram.user(f"Start {number}", id=3_000_000 + 10_000 * number + place, bot=account)
            person.opens()
            await person.says(text)
        await telegram.idle(_LONG)
        return Start(wall, used, resident, max(peak, memory(process)[1]), memory(process)[0])
    finally:
        process.terminate()
        await process.wait()


def report(label: str, starts: list[Start]) -> str:
    """Medians of some starts, in one line."""
    wall, used, resident, peak, settled = (statistics.median(column) for column in zip(*starts, strict=True))
    return (
        f"{label}: first poll after {wall:.2f} s ({used:.2f} s of CPU), memory then {resident:.0f} MB, "
        f"later {settled:.0f} MB, at most {peak:.0f} MB"
    )


async def main(runs: int, questions: int) -> None:
    """One start without anything, then some from what it kept."""
    asked = distinct_questions(questions) if questions else []
    data = Path(tempfile.mkdtemp())
    try:
        async with StandIn.running(judge="off", journal_cap=10, pace=0.001) as telegram:
            print(report("without a cache", [await one(telegram, 0, data, asked)]), flush=True)
            starts = [await one(telegram, run, data, asked) for run in range(1, runs + 1)]
            print(report("from the cache", starts), flush=True)
    finally:
        shutil.rmtree(data)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--questions", type=int, default=300)
    given = parser.parse_args()
    asyncio.run(main(given.runs, given.questions))
