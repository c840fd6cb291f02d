"""A random walk over everything 20 employers and 10 Lotsen can do, in bad weather.

No message reaches anyone but the two people of its case, no case is without a next step, each message arrives or its
writer is told that it did not, and it comes twice only where a fault lost the outcome. A failing walk is shrunk and
printed as a program. ``make soak`` walks 10,000 steps from a new seed, which is printed.
"""

import asyncio
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from bot.cache import Memory
from bot.demo.faults import Action, CutBody, ResetAfter, ResetBefore, ServerError, TooManyRequests
from tests.walk_acts import Acts
from tests.walk_company import Company
from tests.walk_ledger import Ledger

_STEPS = 50
_PARTS = 4  # so that the walks of the suite share the processors
_WALKS = 25  # of each part; a walk takes half a second of a processor
_PICK = st.integers(0, 999)
_WORDS = ("/status", "/faelle", "/status", "eq dauer monate", "/frage eq dauer monate", "/abbrechen")
_HOURS = (0.01, 0.6, 4.1, 24.0)
_ACTS = (  # the first is what a walk is filled up with, before it is random and when it is shrunk: something cheap
    *["ask"] * 2, *["hand over"] * 2, *["reply"] * 5, *["write"] * 3, *["press"] * 12, *["edit"] * 2, *["take back"] * 2,
    *["show"] * 2, *["block"] * 2, "erase", *["later"] * 3, *["storm"] * 3, "restart",
    *["note"] * 2, *["absence"] * 2, "unlink", "reword",
)  # fmt: skip
_WEATHER = (
    ResetAfter(),
    ResetAfter(),
    ResetBefore(),
    CutBody(),
    TooManyRequests(2),
    ServerError(),
    ServerError(502, html=True),
)
_CALLS = (
    None,
    "sendMessage",
    "sendMessage",
    "copyMessage",
    "editMessageText",
    "answerCallbackQuery",
    "deleteMessage",
    "getUpdates",
)


class Walk(Acts, RuleBasedStateMachine):
    """One walk; the rules are what people do, the weather, and time."""

    def __init__(self, company: Company, runner: asyncio.Runner) -> None:
        super().__init__()
        self.company = company
        self.runner = runner
        runner.run(company.begin())
        self.ledger = Ledger(company)

    def teardown(self) -> None:
        """The weather clears, held words go, and everything is looked at once more."""
        try:
            self.runner.run(self._clear_up())
        finally:
            self.runner.run(self.company.end())
        self.ledger.look()
        self.ledger.judge()

    async def _clear_up(self) -> None:
        await self.company.settled()
        self.company.telegram.faults.clear()
        for _ in range(8):
            self.company.clock.wind(seconds=40)
            await self.company.settled()

    @initialize(picks=st.lists(_PICK, min_size=3, max_size=3))
    def begin(self, picks: list[int]) -> None:
        """Every walk has some cases from the beginning."""
        for pick in picks:
            self.hand_over(pick, pick // 4, urgent=False)

    @rule(act=st.sampled_from(_ACTS), who=_PICK, pick=_PICK, calm=st.sampled_from((True, True, False)))
    def step(self, act: str, who: int, pick: int, *, calm: bool) -> None:
        """Somebody does something, or something happens.

        One rule, so that every walk has a bit of everything: of many rules hypothesis switches most off in each walk.
        """
        match act:
            case "hand over":
                self.hand_over(who, pick, urgent=pick % 5 == 0)
            case "reply":
                self.reply(who, pick, calm=calm)
            case "write":
                self.write(who, calm=calm)
            case "press":
                self.press(who, pick, calm=calm)
            case "edit":
                self.edit(who, pick, calm=calm)
            case "take back":
                self.take_back(who, pick, calm=calm)
            case "show":
                self.show(who, pick, album=pick % 3 == 0, answering=pick % 2 == 0)
            case "note":
                self.note(who, pick)
            case "absence":
                self.absence(who, pick)
            case "unlink":
                self.unlink(who)
            case "reword":
                self.edit(who, pick, calm=calm, question=True)
            case "ask":
                self.ask(who, _WORDS[pick % len(_WORDS)])
            case "block":
                self.block(who, calm=calm)
            case "erase":
                self.erase(who)
            case "later":
                self.later(_HOURS[pick % len(_HOURS)])
            case "storm":
                self.storm(_WEATHER[who % len(_WEATHER)], _CALLS[pick % len(_CALLS)], pick % 3 + 1)
            case _:
                self.do(self._restart())

    # -- time and weather --------------------------------------------------------------------------------------

    def later(self, hours: float) -> None:
        """Time passes; the sweep does what is due."""
        self.do(self._later(hours))

    async def _later(self, hours: float) -> None:
        self.company.clock.wind(hours=hours)
        await self.company.sweeps()

    def storm(self, what: Action, call: str | None, times: int) -> None:
        """Something will go wrong on the wire."""
        if call != "getUpdates" or isinstance(what, ResetBefore | ServerError):
            self.company.telegram.faults.add(what, method=call, times=times)

    async def _restart(self) -> None:
        """The bot stops and starts on the same data."""
        await self.company.settled()
        await self.company.through_weather(self.company.bot.restart())


@pytest.fixture
def company(cache_folder: Path, memory: Memory) -> Iterator[tuple[Company, asyncio.Runner]]:
    """The company and the loop it lives in."""
    # In memory where there is such a folder: what a disk does is what tests/test_crash.py is about.
    memory_disk = Path("/dev/shm")  # noqa: S108 - a folder with a random name is made in it
    place = memory_disk if memory_disk.is_dir() else None
    with TemporaryDirectory(dir=place) as folder, asyncio.Runner() as runner:
        company = Company(Path(folder), cache_folder, memory)
        runner.run(company.open())
        yield company, runner
        runner.run(company.close())


@pytest.mark.parametrize("part", range(_PARTS))
def test_random_walk(company: tuple[Company, asyncio.Runner], part: int) -> None:
    """What people, time and weather can do in 50 steps, many times over.

    ``make soak`` sets LOTSENBOT_WALKS: so many walks in each part, from seeds that are printed. LOTSENBOT_SEED repeats one.
    """
    walks = int(os.environ.get("LOTSENBOT_WALKS", "0"))
    chance = int(os.environ.get("LOTSENBOT_SEED") or (int.from_bytes(os.urandom(4)) if walks else part))
    print(f"{walks or _WALKS} walks, LOTSENBOT_SEED={chance}")  # noqa: T201 - shown when it fails, and by make soak
    how = settings(
        max_examples=walks or _WALKS,
        stateful_step_count=_STEPS,
        deadline=None,
        database=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(seed(chance)(partial(Walk, *company)), settings=how)  # type: ignore[arg-type]  # any callable
