"""``kill -9`` at random moments under questions, handoffs and answers in bad weather: nothing lost, nothing doubled.

``make soak`` does the same two hundred times (``benchmarks/kills.py``).
"""

import random
from pathlib import Path

from bot.demo import StandIn
from tests.conftest import ADMIN, KEY
from tests.kill_scene import Program, Scene, environment_of
from tests.kill_verdict import judge

KILLS = 10


async def test_killed_ten_times_at_a_random_moment(
    telegram: StandIn, tmp_path: Path, cache_folder: Path, knowledge_folder: Path
) -> None:
    """Telegram's journal and the database agree after every kill; what came twice had to."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "cache").symlink_to(cache_folder)
    telegram.user("Ada", id=ADMIN).opens()
    # A press that one run took and did not live to write down is taken once more by the next.
    telegram.journal.allow("was answered before")
    environment = environment_of(
        telegram,
        data,
        ADMIN_IDS=str(ADMIN),
        DATA_KEY=KEY,
        KNOWLEDGE_DIR=str(knowledge_folder),
        UNDO_SECONDS="0",
    )
    seed = random.SystemRandom().randrange(10**6)
    async with Program.at_hand(tmp_path, environment) as program:
        scene = Scene(telegram, program, random.Random(seed))
        await scene.play(KILLS, questions=5, handoffs=1)
    verdict = judge(scene)

    assert verdict.problems == [], f"seed {seed}\n" + "\n".join(verdict.problems)
    assert verdict.figures["kills"] == KILLS
    assert verdict.figures["cases"] == KILLS
