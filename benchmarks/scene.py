"""The scene of a bad morning: 1,000 employers ask, 200 hand over, all Lotsen answer, at once; then a full outbox.

    python -m benchmarks.scene [--asking 1000] [--handing 200] [--waiting 900] [--limits off|telegram|both]

The bot runs in a process of its own; the local Telegram here, without judging. With ``--limits telegram`` its own flood
control counts (one message a second in a chat, thirty in all, independent of the bot's brake), and every 429 is reported.
Times are from the update to the moment the answer was executed, read from the journal. Echo bots: ``throughput.py``.
"""

import argparse
import asyncio
import base64
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from benchmarks.throughput import ROOT, distinct_questions
from bot.cache import Cache
from bot.demo import Person, StandIn
from bot.editions import Editions
from bot.library import Edition
from bot.model import ChatId, NoticeKind
from bot.secrets import Vault
from bot.storage import DATABASE, Store
from bot.tables import outbox, people
from knowledge.region_places import Found

_KEY = bytes(32)
_LONG = 900.0
_BRANCHES = {"HWK": "🔧 Handwerk", "IHK": "🏭"}
Limits = Literal["off", "telegram"]


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of one kind of waiting."""

    name: str
    seconds: list[float]

    def row(self) -> str:
        """A row of the table."""
        ordered = sorted(self.seconds)
        p50, p99 = statistics.median(ordered), ordered[int(len(ordered) * 0.99)]
        return f"| {self.name} | {len(ordered)} | {1000 * p50:.0f} ms | {1000 * p99:.0f} ms |"


def ways(edition: Edition) -> dict[str, tuple[str, str]]:
    """Lotse → a place and the beginning of a branch that lead to the chamber."""
    found = {}
    for lotse in edition.directory.lotsen.values():
        branch = _BRANCHES.get(lotse.art.value)
        place = edition.regions.find(lotse.ort)
        if branch and isinstance(place, Found):
            found[str(lotse.id)] = (lotse.ort, branch)
    return found


class Morning:
    """One run of the scene on one local Telegram."""

    def __init__(self, telegram: StandIn, folder: Path, *, limits: Limits) -> None:
        self.telegram = telegram
        self.folder = folder
        self.limits = limits
        self.said: dict[int, datetime] = {}
        self.answered: list[float] = []

    def process(self) -> subprocess.Popen[bytes]:
        """The bot."""
        environment = {
            **os.environ,
            "DATA_DIR": str(self.folder),
            "DATA_KEY": base64.b64encode(_KEY).decode(),
            "CACHE_DIR": str(ROOT / ".cache" / "bench"),
            "UNDO_SECONDS": "0",
            "PTB_TIMEDELTA": "1",
            "PYTHONPATH": str(ROOT),
            "PACE": "telegram" if self.limits == "telegram" else "",
        }
        script = str(ROOT / "benchmarks" / "contestants.py")
        command = [sys.executable, script, "lotsenbot", self.telegram.base_url, self.telegram.token]
        return subprocess.Popen(command, env=environment, cwd=ROOT)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait long."""
        await self.telegram.until(condition, _LONG)

    async def _until_more(self, person: Person, before: int) -> None:
        await self.until(lambda: self._count(person) > before)

    def _count(self, person: Person) -> int:
        # ``person.sees`` would build every message, at each change, for hundreds who wait.
        return len(person._desk.chat.messages)  # noqa: SLF001 - only their number is looked at

    async def asks(self, person: Person, text: str) -> None:
        """One question."""
        self.said[person.id] = datetime.now(UTC)
        await person.says(text)

    async def hands_over(self, person: Person, number: int, place: str, branch: str) -> float:
        """Every step, as fast as the bot answers; returns the seconds from consent to the Lotse's words."""
        await person.says(f"/lotse Frage Nummer {number}.")
        await self._until_more(person, self._count(person))
        await person.says(place)
        await self._until_more(person, self._count(person))
        key = next(label for label in person.last.labels if label.startswith(branch))
        await person.presses(key)
        await self.until(lambda: any("✅" in label for label in person.last.labels))
        consented = time.monotonic()
        await person.presses("✅ Einverstanden, senden")
        await self.until(lambda: "Antwort" in person.last.text and "Fall " in person.last.text)
        return time.monotonic() - consented

    async def answers(self, adviser: Person) -> None:
        """A Lotse answers every card."""
        done: set[int] = set()
        while True:
            count = self._count(adviser)
            for seen in adviser.received:
                if seen.id not in done and seen.text.startswith("🟡 Offen"):
                    done.add(seen.id)
                    await adviser.says("Antwort: Ich rufe Sie an.", reply_to=seen.id)
                    count += 1
            await self._until_more(adviser, count)

    async def play(self, edition: Edition, asking: int, handing: int) -> None:
        """The scene; prints a table."""
        lotsen = ways(edition)
        advisers = []
        async with Store.opened(self.folder / DATABASE, Vault(_KEY)) as store:
            for lotse in lotsen:
                adviser = self.telegram.user(f"Lotse {lotse}")
                adviser.opens()
                advisers.append(adviser)
                async with store.transaction() as tx:
                    await people.link(tx, lotse, ChatId(adviser.id), now=0)
        crowd = [self.telegram.user(f"Betrieb {number}") for number in range(asking)]
        chiefs = [self.telegram.user(f"Chef {number}") for number in range(handing)]
        for person in (*crowd, *chiefs):
            person.opens()
        bot = self.process()
        desks = []
        try:
            await self.until(lambda: self.telegram.bot.queue.polled)
            before, started = self.telegram.journal.confirmed, time.monotonic()
            desks = [asyncio.create_task(self.answers(adviser)) for adviser in advisers]
            handed = [
                asyncio.create_task(self.hands_over(person, n, *list(lotsen.values())[n % len(lotsen)]))
                for n, person in enumerate(chiefs)
            ]
            for person, text in zip(crowd, distinct_questions(asking), strict=True):
                await self.asks(person, text)
            waited = await asyncio.gather(*handed)
            await self.until(lambda: all(self._count(person) > 1 for person in crowd))
            await self.telegram.idle(_LONG)
            seconds = time.monotonic() - started
            self.report(crowd, waited, self.telegram.journal.confirmed - before, seconds, len(advisers))
        finally:
            for desk in desks:
                desk.cancel()
            bot.terminate()
            bot.wait(60)

    def report(
        self, crowd: list[Person], handed: list[float], updates: int, seconds: float, advisers: int
    ) -> None:
        """What came of it."""
        first: dict[int, float] = {}
        for call in self.telegram.journal.calls("sendMessage"):
            if call.ok and call.chat_id is not None and call.chat_id in self.said:
                first.setdefault(
                    call.chat_id, (call.at - self.said[call.chat_id]).total_seconds() + call.ms / 1000
                )
        refused = self.telegram.journal.refusals.get("429 sendMessage", 0)
        sent = self.telegram.journal.counts["sendMessage"] - refused
        print(f"\n### Limits {self.limits}: {len(crowd)} ask, {len(handed)} hand over, {advisers} Lotsen\n")
        print(
            f"{updates} updates in {seconds:.1f} s: {updates / seconds:.0f}/s; {sent} new messages: ", end=""
        )
        print(f"{sent / seconds:.1f}/s; 429: {refused}; load {os.getloadavg()[0]:.1f}\n")
        print("| from … to … | count | p50 | p99 |\n| --- | --- | --- | --- |")
        print(Times("question to answer", [first[person.id] for person in crowd]).row())
        print(Times("consent to the Lotse's words", handed).row(), flush=True)


async def drain(telegram: StandIn, folder: Path, waiting: int) -> None:
    """A full outbox at the start, one message a chat, under Telegram's limits: how fast it drains, and whether 429 comes."""
    async with Store.opened(folder / DATABASE, Vault(_KEY)) as store, store.transaction() as tx:
        for number in range(waiting):
            person = telegram.user(f"Wartend {number}")
            person.opens()
            await outbox.put(tx, ChatId(person.id), NoticeKind.APOLOGY, dedupe=f"{number}", now=0)
    bot = Morning(telegram, folder, limits="telegram").process()
    try:
        counts = telegram.journal.counts
        await telegram.until(lambda: counts["sendMessage"] >= waiting // 10, _LONG)
        begun, started = counts["sendMessage"], time.monotonic()
        await telegram.until(lambda: counts["sendMessage"] >= waiting, _LONG)
        rate = (counts["sendMessage"] - begun) / (time.monotonic() - started)
        refused = sum(count for name, count in telegram.journal.refusals.items() if name.startswith("429"))
        print(f"\nOutbox of {waiting}: {rate:.1f} messages/s, 429: {refused}, load {os.getloadavg()[0]:.1f}")
    finally:
        bot.terminate()
        bot.wait(60)


async def main() -> None:
    """Everything that was asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--asking", type=int, default=1000)
    parser.add_argument("--handing", type=int, default=200)
    parser.add_argument("--waiting", type=int, default=900)
    parser.add_argument("--limits", choices=("off", "telegram", "both"), default="both")
    given = parser.parse_args()
    edition = Editions(None, Cache(ROOT / ".cache" / "bench")).load()
    chosen: tuple[Limits, ...] = ("off", "telegram") if given.limits == "both" else (given.limits,)
    for limits in chosen:
        async with _telegram(limits) as telegram:
            with tempfile.TemporaryDirectory() as folder:
                await Morning(telegram, Path(folder), limits=limits).play(
                    edition, given.asking, given.handing
                )
    if "telegram" in chosen and given.waiting:
        async with _telegram("telegram") as telegram:
            with tempfile.TemporaryDirectory() as folder:
                await drain(telegram, Path(folder), given.waiting)


def _telegram(limits: Limits) -> AbstractAsyncContextManager[StandIn]:
    return StandIn.running(judge="off", pace=0.001, limits=limits, journal_cap=100_000)


if __name__ == "__main__":
    asyncio.run(main())
