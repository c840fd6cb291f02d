"""A random walk over everything 20 employers and 10 Lotsen can do, in bad weather.

No message reaches anyone but the two people of its case, no case is without a next step, each message arrives or its
writer is told that it did not, and it comes twice only where a fault lost the outcome. A failing walk is shrunk and
printed as a program. ``make soak`` walks 10,000 steps from a new seed, which is printed.
"""

import asyncio
import os
from collections.abc import Awaitable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from bot.cache import Memory
from bot.demo import Person
from bot.demo.faults import Action, CutBody, ResetAfter, ResetBefore, ServerError, TooManyRequests
from bot.demo.seen import Button, buttons
from bot.demo.state import Message
from tests.walk_company import BRANCHES, PLACES, Company
from tests.walk_ledger import NUMBER, Ledger

_STEPS = 50
_PARTS = 4  # so that the walks of the suite share the processors
_WALKS = 6  # of each part; a walk takes two seconds of a processor
_PICK = st.integers(0, 999)
# Buttons of a case; the steps of a handoff are one step of the walk.
_PRESSED = (
    "Übernehmen", "Zurückholen", "Antworten", "Schließen", "Ja, schließen", "Nein, offen lassen", "↩️ Rückgängig",
    "Fall ", "👍", "👎", "Ja, weitergeben", "Nein, nicht senden", "Abbrechen", "Das ist eine Frage",
)  # fmt: skip
_WORDS = ("/status", "/faelle", "/status", "eq dauer monate", "/frage eq dauer monate", "/abbrechen")
_HOURS = (0.01, 0.6, 4.1, 24.0)
_ACTS = (
    *["hand over"] * 2, *["reply"] * 5, *["write"] * 3, *["press"] * 9, *["edit"] * 2, *["take back"] * 2,
    *["show"] * 2, *["ask"] * 2, *["block"] * 2, "erase", *["later"] * 3, *["storm"] * 3, "restart",
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


class Walk(RuleBasedStateMachine):
    """One walk; the rules are what people do, the weather, and time."""

    def __init__(self, company: Company, runner: asyncio.Runner) -> None:
        super().__init__()
        self.company = company
        self.runner = runner
        runner.run(company.begin())
        self.ledger = Ledger(company)

    def do(self, act: Awaitable[Any], *, calm: bool = True) -> None:
        """One act; ``calm``: the next one waits until the bot is done with it."""

        async def step() -> None:
            self.company.clock.wind(seconds=7)
            await act
            if calm:
                await self.company.settled()

        self.runner.run(step())
        if calm:
            self.ledger.look()

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

    # -- who and what ------------------------------------------------------------------------------------------

    def someone(self, pick: int) -> Person:
        """Somebody who has something to do with a case, if anybody has."""
        busy = {case.employer for case in self.ledger.cases.values()}
        busy |= {
            self.company.lotsen[lotse].id for case in self.ledger.cases.values() for lotse in case.lotsen
        }
        people = [person for person in self.company.everybody if person.id in busy] or self.company.employers
        return people[pick % len(people)]

    def reachable(self, person: Person) -> bool:
        """Whether the chat is open in both directions."""
        return not self.company.telegram.bot.chats[person.id].blocked

    def of_a_case(self, person: Person, pick: int) -> tuple[Message, str] | None:
        """A message of the bot that names one case, and its number."""
        found = [
            (message, numbers.pop())
            for message in self.company.chat(person)[-25:]
            if message.from_bot
            and not message.deleted
            and len(numbers := set(NUMBER.findall(message.body.text))) == 1
        ]
        return found[pick % len(found)] if found else None

    def own(self, person: Person, pick: int) -> Message | None:
        """A message with a marker that this person wrote."""
        mine = {
            said.message for said in self.ledger.said.values() if said.chat == person.id and not said.question
        }
        found = [
            message for message in self.company.chat(person) if message.id in mine and not message.deleted
        ]
        return found[pick % len(found)] if found else None

    def live_of(self, person: Person, *, calm: bool) -> list[str]:
        """The case to which an employer's plain words go."""
        cases = self.ledger.of_employer(person.id)
        if not calm:
            return [case.number for case in cases]
        live = [case.number for case in cases if case.live]
        return live if len(live) == 1 else []

    # -- what people do ----------------------------------------------------------------------------------------

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

    def hand_over(self, who: int, pick: int, *, urgent: bool) -> None:
        """An employer goes the whole way to a Lotse."""
        person = self.company.employers[who % 7 if who % 3 else who % len(self.company.employers)]
        if not self.reachable(person):
            return
        self.do(self._hand_over(person, pick, urgent=urgent))

    async def _hand_over(self, person: Person, pick: int, *, urgent: bool) -> None:
        word = self.ledger.next_word()
        question = (
            f"Mein Azubi soll morgen abgeschoben werden {word}" if urgent else f"Wie geht das mit {word}"
        )
        number = f"WALK{len(self.ledger.cases) + 1:04}"
        sent = await person.says(f"/lotse {question}")
        self.ledger.write(word, person.id, sent.id, [number], question=True)
        await self.company.settled()
        await person.says(PLACES[pick % len(PLACES)])
        await self.company.settled()
        for label in (BRANCHES[pick // 4 % 2], "✅ Einverstanden, senden"):
            if label not in self._labels(person):
                return
            await person.presses(label)
            await self.company.settled()

    def _labels(self, person: Person) -> list[str]:
        last = [message for message in self.company.chat(person) if message.from_bot and not message.deleted][
            -1:
        ]
        return [button.text for message in last for row in buttons(message.fields) for button in row]

    def reply(self, who: int, pick: int, *, calm: bool) -> None:
        """Somebody answers a message that names a case."""
        person = self.someone(who)
        found = self.of_a_case(person, pick) if self.reachable(person) else None
        if found is not None:
            message, number = found
            self.do(self._write(person, [number], reply_to=message.id), calm=calm)

    def write(self, who: int, *, calm: bool) -> None:
        """Somebody just types."""
        person = self.someone(who)
        if self.reachable(person):
            after = self.ledger.replying.pop(person.id, None)
            meant = [after] if after is not None else self.live_of(person, calm=calm)
            self.do(self._write(person, meant), calm=calm)

    async def _write(self, person: Person, numbers: list[str], reply_to: int | None = None) -> None:
        word = self.ledger.next_word()
        sent = await person.says(f"Bitte {word}", reply_to=reply_to)
        parties = [number for number in numbers if self.ledger.party(person.id, number)]
        self.ledger.write(word, person.id, sent.id, parties)
        self.ledger.pending[person.id] = [word]

    def press(self, who: int, pick: int, *, calm: bool) -> None:
        """Somebody presses any button of a case that is on the screen."""
        person = self.someone(who)
        shown = [
            (message, button)
            for message in self.company.chat(person)[-15:]
            if message.from_bot and not message.deleted
            for row in buttons(message.fields)
            for button in row
            if button.data and button.text.startswith(_PRESSED)
        ]
        if shown and self.reachable(person):
            message, button = shown[pick % len(shown)]
            self._pressed(person, message, button)
            self.do(person.presses(data=button.data, message=message.id), calm=calm)

    def _pressed(self, person: Person, message: Message, button: Button) -> None:
        numbers = NUMBER.findall(f"{message.body.text} {button.text}")
        if " · " in button.text:
            for word in self.ledger.pending.get(person.id, []):
                self.ledger.assign(word, numbers[-1])
        elif button.text == "Antworten" and self.ledger.party(person.id, numbers[0]):
            self.ledger.replying[person.id] = numbers[0]
        elif button.text == "↩️ Rückgängig" and message.reply_to is not None:
            self.ledger.called_off.add((person.id, message.reply_to))

    def edit(self, who: int, pick: int, *, calm: bool) -> None:
        """Somebody changes what was written."""
        person = self.someone(who)
        message = self.own(person, pick) if self.reachable(person) else None
        if message is not None:
            self.do(self._edit(person, message), calm=calm)

    async def _edit(self, person: Person, message: Message) -> None:
        word = self.ledger.next_word()
        before = [
            said
            for said in self.ledger.said.values()
            if said.chat == person.id and said.message == message.id
        ]
        said = self.ledger.write(word, person.id, message.id, [])
        said.cases = dict(before[0].cases)
        for waiting in (self.ledger.pending, self.ledger.media):
            if before[0].word in waiting.get(person.id, []):
                waiting[person.id].append(word)
        await person.edits(message.id, f"Geändert {word}")

    def take_back(self, who: int, pick: int, *, calm: bool) -> None:
        """/zurueckholen as a reply to one's own."""
        person = self.someone(who)
        message = self.own(person, pick) if self.reachable(person) else None
        if message is not None:
            self.ledger.called_off.add((person.id, message.id))
            self.do(person.says("/zurueckholen", reply_to=message.id), calm=calm)

    def show(self, who: int, pick: int, *, album: bool, answering: bool) -> None:
        """A photo or an album with a caption, as an answer or just so."""
        person = self.someone(who)
        found = self.of_a_case(person, pick) if answering else None
        if self.reachable(person):
            self.do(self._show(person, found, album=album))

    async def _show(self, person: Person, found: tuple[Message, str] | None, *, album: bool) -> None:
        word = self.ledger.next_word()
        files = [(f"{number}.pdf", b"%PDF-1.4") for number in range(2 if album else 1)]
        sent = await person.sends_files(
            files, kind="document", caption=f"Bild {word}", reply_to=found[0].id if found else None
        )
        after = self.ledger.replying.pop(person.id, None)
        numbers = [found[1]] if found else [after] if after else self.live_of(person, calm=True)
        self.ledger.write(
            word, person.id, sent[0].id, [n for n in numbers if self.ledger.party(person.id, n)]
        )
        self.ledger.media[person.id] = [word]

    def ask(self, who: int, command: str) -> None:
        """A list, or a question to the bot."""
        person = self.someone(who)
        if self.reachable(person) and (command.startswith("/") or not self.ledger.lotse_of(person.id)):
            self.ledger.replying.pop(person.id, None)
            self.do(person.says(command))

    def block(self, who: int, *, calm: bool) -> None:
        """Somebody blocks the bot, or comes back."""
        person = self.someone(who)
        if self.reachable(person):
            self.ledger.silenced.add(person.id)
            self.do(person.blocks(), calm=calm)
        else:
            self.do(person.unblocks(), calm=calm)

    def erase(self, who: int) -> None:
        """/loeschen, and yes."""
        person = self.someone(who)
        if self.reachable(person):
            self.ledger.silenced.add(person.id)
            self.do(self._erase(person))

    async def _erase(self, person: Person) -> None:
        await person.says("/loeschen")
        await self.company.settled()
        if "Ja, alles löschen" in self._labels(person):
            await person.presses("Ja, alles löschen")

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
        await self.company.bot.restart()


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
