"""The second half of ``make soak``: ``kill -9`` two hundred times at random moments, and the proof that nothing was lost.

    python -m benchmarks.kills [--kills 200] [--seed N]

People ask, hand over and answer in bad weather (``tests/kill_scene.py``); Telegram's journal and the database of every run
are compared (``tests/kill_verdict.py``). Exit code 1 when anything was lost, doubled without need or went to the wrong
person; every such message is printed with its calls.
"""

import argparse
import asyncio
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from bot.demo import StandIn
from tests.forked_program import ROOT, Program
from tests.kill_scene import Scene
from tests.kill_verdict import judge

_JOURNAL = 1_000_000  # calls: all of them are looked at in the end


async def measured(kills: int, seed: int, folder: Path) -> list[str]:
    """Play, judge, print figures; returns the problems."""
    cache = ROOT / ".cache" / "kills"
    cache.mkdir(parents=True, exist_ok=True)
    shutil.copytree(ROOT / "tests" / "data" / "knowledge", folder / "wissen")
    started = time.monotonic()
    async with StandIn.running(pace=0.01, seed=seed, journal_cap=_JOURNAL) as telegram:

        def told(kill: int) -> None:
            if kill % 10 == 0:
                print(f"{kill} kills, {time.monotonic() - started:.0f} s", flush=True)

        # Words of Lotsen are held: they must survive a kill as well.
        async with Program.at_hand(
            telegram, folder, cache=cache, knowledge=folder / "wissen", undo_seconds=1
        ) as program:
            scene = Scene(telegram, program, random.Random(seed))
            await scene.play(kills, questions=5, handoffs=1, told=told)
        verdict = judge(scene)
        faults = Counter(
            call.fault or "none" for call in telegram.journal.calls() if call.method != "getUpdates"
        )
    print(f"\nseed {seed}, {time.monotonic() - started:.0f} s, load {os.getloadavg()[0]:.1f}\n")
    print("| counted | |\n| --- | --- |")
    for name, count in sorted(verdict.figures.items()):
        print(f"| {name} | {count} |")
    for name, count in faults.most_common():
        print(f"| calls with fault: {name} | {count} |")
    print("\n".join(["", *verdict.problems[:20]]))
    if len(verdict.problems) > 0:
        print((folder / "stderr").read_text("utf-8")[-3000:])
    return verdict.problems


def main() -> int:
    """Run, print, judge."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        problems = asyncio.run(measured(given.kills, given.seed, Path(folder)))
    print(f"{len(problems)} problems" if problems else "nothing lost, nothing doubled without need")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
