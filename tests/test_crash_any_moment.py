"""``kill -9`` at random moments under questions, handoffs and answers in bad weather: nothing lost, nothing doubled.

``make soak`` does the same two hundred times (``benchmarks/kills.py``).
"""

import random
from pathlib import Path

from bot.demo import StandIn
from tests.forked_program import Program
from tests.kill_scene import Scene
from tests.kill_verdict import judge

KILLS = 10


async def test_killed_ten_times_at_a_random_moment(
    telegram: StandIn, tmp_path: Path, cache_folder: Path, knowledge_folder: Path
) -> None:
    """Telegram's journal and the database agree after every kill; what came twice had to."""
    seed = random.SystemRandom().randrange(10**6)
    async with Program.at_hand(
        telegram, tmp_path, cache=cache_folder, knowledge=knowledge_folder, undo_seconds=0
    ) as program:
        scene = Scene(telegram, program, random.Random(seed))
        await scene.play(KILLS, questions=5, handoffs=1)
    verdict = judge(scene)

    assert verdict.problems == [], f"seed {seed}\n" + "\n".join(verdict.problems)
    assert verdict.figures["kills"] == KILLS
    assert verdict.figures["cases"] == KILLS
