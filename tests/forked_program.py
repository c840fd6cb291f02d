"""The program on one folder and one local Telegram, started by ``tests.forking`` as often as a test kills it."""

import asyncio
import base64
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.config import Settings
from bot.demo import StandIn

ROOT = Path(__file__).parent.parent
LONG_S = 600.0  # real seconds; a busy machine must not fail a property
_ADMIN = 900_001


@dataclass
class Program:
    """The program on one folder, forked anew for each run."""

    settings: Settings
    _process: asyncio.subprocess.Process
    pid: int = 0

    @classmethod
    @asynccontextmanager
    async def at_hand(
        cls, telegram: StandIn, folder: Path, *, cache: Path, knowledge: Path, undo_seconds: int
    ) -> AsyncIterator["Program"]:
        """A process that has read everything and forks the program, on an empty folder below ``folder``, when asked."""
        data = folder / "data"
        data.mkdir()
        (data / "cache").symlink_to(cache)
        telegram.user("Ada", id=_ADMIN).opens()
        # A press that one run took and did not live to write down is taken once more by the next.
        telegram.journal.allow("was answered before")
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "PTB_TIMEDELTA": "1",
            "BOT_TOKEN": telegram.token,
            "TELEGRAM_URL": telegram.base_url,
            "DATA_DIR": str(data),
            "ADMIN_IDS": str(_ADMIN),
            "DATA_KEY": base64.b64encode(bytes(32)).decode(),
            "KNOWLEDGE_DIR": str(knowledge),
            "UNDO_SECONDS": str(undo_seconds),
        }
        with (folder / "stderr").open("ab") as errors:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.forking",
                cwd=ROOT,
                env=environment,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
            )
            program = cls(Settings.from_env(environment), process)
            try:
                assert await program._line() == "ready", (folder / "stderr").read_text("utf-8")[-2000:]
                yield program
            finally:
                process.kill()
                if program.pid:
                    os.kill(program.pid, signal.SIGKILL)
                await process.wait()

    async def _line(self) -> str:
        assert self._process.stdout is not None
        async with asyncio.timeout(LONG_S):
            return (await self._process.stdout.readline()).decode().strip()

    async def start(self) -> None:
        """A new run."""
        assert self._process.stdin is not None
        self._process.stdin.write(b"\n")
        self.pid = int(await self._line())

    async def end(self, number: signal.Signals) -> int:
        """Send a signal and wait for the end; the exit code (negative: the signal that ended it)."""
        pid, self.pid = self.pid, 0
        os.kill(pid, number)
        return int(await self._line())
