"""Questions answered end to end beside echo bots, on one stand-in, in one run: updates a second and ratios of medians.

The stand-in runs in a process of its own without judging, so it is not the limit. Each contestant answers the same
number of distinct questions waiting at the start; what counts is the time until the last one is confirmed.
"""

import argparse
import asyncio
import base64
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import aiohttp

from bot.cache import Cache
from bot.editions import Editions
from knowledge.language import normalise

ROOT = Path(__file__).parent.parent
TOKEN = "7000000001:benchmark-token-of-nobody"  # noqa: S105  # known to the stand-in only
CONTESTANTS = ("lotsenbot", "echo-transport", "echo-stock", "echo-aiogram")


def measure(
    contestant: str, questions: list[str], ports: dict[str, int], *, rate: float = 0.0, together: int = 0
) -> tuple[float, list[float]]:
    """Updates a second of one contestant, and the seconds to each answer when asked ``rate`` times a second.

    ``together``: so many questions wait at a time; 0 for all at once.
    """
    with tempfile.TemporaryDirectory() as folder:
        bot = subprocess.Popen(
            [
                sys.executable,
                str(ROOT / "benchmarks" / "contestants.py"),
                contestant,
                f"http://127.0.0.1:{ports['port']}",
                TOKEN,
            ],
            env={
                **os.environ,
                "DATA_DIR": folder,
                "DATA_KEY": base64.b64encode(bytes(32)).decode(),
                "CACHE_DIR": str(ROOT / ".cache" / "bench"),
                "PTB_TIMEDELTA": "1",
                "PYTHONPATH": str(ROOT),
            },
            cwd=ROOT,
        )
        try:
            if rate:
                return rate, asyncio.run(seconds_at_a_pace(questions, ports["control"], rate))
            took = asyncio.run(seconds_to_answer(questions, ports["control"], together))
            return len(questions) / took, []
        finally:
            bot.terminate()
            bot.wait(30)


async def seconds_to_answer(questions: list[str], control: int, together: int) -> float:
    """Ask everything at once when the bot polls, and wait until the last answer's update is confirmed; or so many ``together``."""
    base = f"http://127.0.0.1:{control}"
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(600), raise_for_status=True) as session:
        await session.post(f"{base}/wait_for_poll")
        started = time.perf_counter()
        if together:
            wanted = {"together": together, "questions": questions}
            async with session.post(f"{base}/keep_up", json=wanted) as answer:
                return float(await answer.json())
        await session.post(f"{base}/ask", json=questions)
        await session.post(f"{base}/wait_until_answered")
        return time.perf_counter() - started


async def seconds_at_a_pace(questions: list[str], control: int, rate: float) -> list[float]:
    """From each update to its answer, when they come evenly."""
    base = f"http://127.0.0.1:{control}"
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(600), raise_for_status=True) as session:
        await session.post(f"{base}/wait_for_poll")
        await session.post(
            f"{base}/ask", json=questions[:50]
        )  # connections and caches, as after the first minute
        await session.post(f"{base}/wait_until_answered")
        async with session.post(f"{base}/pace", json={"rate": rate, "questions": questions}) as answer:
            return sorted(await answer.json())


def on_a_fresh_server(
    contestant: str, questions: list[str], *, rate: float = 0.0, together: int = 0
) -> tuple[float, list[float]]:
    """``measure`` with a local Telegram of its own."""
    server = subprocess.Popen(
        [sys.executable, str(ROOT / "benchmarks" / "load_server.py"), TOKEN],
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert server.stdout is not None
    ports = json.loads(server.stdout.readline())
    try:
        return measure(contestant, questions, ports, rate=rate, together=together)
    finally:
        server.terminate()
        server.wait(10)


def distinct_questions(count: int) -> list[str]:
    """The questions of the test set, as they are typed: nothing that the FAQ stores, so that no exact hit shortens the way.

    More than there are come again as others type them: in small letters, without umlauts, then with a number behind.
    """
    asked = [item.text for item in Editions(None, Cache(ROOT / ".cache" / "bench")).load().questions.golden]
    rounds: tuple[Callable[[str], str], ...] = (str, str.lower, lambda text: normalise(text).rstrip("?"))
    typed = list(dict.fromkeys(change(text) for change in rounds for text in asked))
    return [typed[n % len(typed)] + (f" {n}" if n >= len(typed) else "") for n in range(count)]


def compare_together(questions: list[str], names: Sequence[str], waiting: Sequence[int], runs: int) -> None:
    """Print the median updates a second of each contestant while so many questions wait at a time, and ratios."""
    print("| waiting | contestant | median upd/s | lotsenbot : contestant |\n| --- | --- | --- | --- |")
    for together in waiting:
        rates: dict[str, list[float]] = {name: [] for name in names}
        for _ in range(runs):
            for name, measured in rates.items():
                measured.append(on_a_fresh_server(name, questions, together=together)[0])
        medians = {name: statistics.median(values) for name, values in rates.items()}
        for name, median in medians.items():
            ratio = medians.get("lotsenbot", float("nan")) / median
            print(f"| {together} | {name} | {median:.0f} | {ratio:.2f} |", flush=True)


def main() -> None:
    """Print a table and ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", choices=CONTESTANTS, action="append")
    parser.add_argument(
        "--together", type=int, nargs="+", help="compare at so many questions waiting at a time instead"
    )
    given = parser.parse_args()
    questions = distinct_questions(given.questions)
    if given.together:
        compare_together(questions, given.only or CONTESTANTS, given.together, given.runs)
        return
    rates: dict[str, list[float]] = {name: [] for name in given.only or CONTESTANTS}
    for run in range(given.runs):
        for name, measured in rates.items():  # interleaved, so that a noisy minute hits all
            measured.append(on_a_fresh_server(name, questions)[0])
            print(f"run {run + 1} {name}: {measured[-1]:.0f}/s", flush=True)
    medians = {name: statistics.median(values) for name, values in rates.items()}
    print("\n| contestant | median upd/s | best | lotsenbot : contestant |\n| --- | --- | --- | --- |")
    for name, median in medians.items():
        ratio = medians.get("lotsenbot", float("nan")) / median
        print(f"| {name} | {median:.0f} | {max(rates[name]):.0f} | {ratio:.2f} |")
    print(
        "\nFrom update to answer at half of each one's load:\n\n| contestant | upd/s | p50 | p99 |\n| --- | --- | --- | --- |"
    )
    for name, median in medians.items():
        rate, times = on_a_fresh_server(name, questions, rate=median / 2)
        p50, p99 = statistics.median(times), times[int(len(times) * 0.99)]
        print(f"| {name} | {rate:.0f} | {1000 * p50:.0f} ms | {1000 * p99:.0f} ms |", flush=True)


if __name__ == "__main__":
    main()
