"""A stream of questions and handoffs, and the program killed in the midst of it again and again, under bad weather.

People do each thing once and patiently wait for what must follow; what they did and what should come of it is written
down for ``tests.kill_verdict``. Used by ``tests/test_crash_any_moment.py`` (10 kills) and ``benchmarks/kills.py`` (200).
"""

import asyncio
import random
import re
import signal
import sqlite3
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bot.demo import Person, StandIn
from bot.demo.faults import (
    CutBody,
    ResetAfter,
    ResetBefore,
    Rubbish,
    ServerError,
    Stall,
    TooManyRequests,
)
from bot.demo.seen import Seen
from bot.model import ChatId
from bot.secrets import Vault
from bot.storage import DATABASE, Store
from bot.tables import people
from tests.copied_database import copied
from tests.forked_program import LONG_S, Program

QUESTIONS = {
    "eq dauer monate": "Wie lange dauert eine EQ?",
    "Was gilt bei Urlaub?": "Was gilt bei Urlaub?",
    "Was gilt bei Zeugnis?": "Was gilt bei Zeugnis?",
    "Was bedeutet 3+2?": "Was ist die 3+2-Regelung?",
}
# Lotse → a place and a branch that lead to them in tests/data/knowledge.
CHAMBERS = {"WL091": ("50667", "🔧 Handwerk"), "WL019": ("50667", "🏭"), "WL013": ("40213", "🏭")}
WHICH = "Zu welchem Fall gehört diese Nachricht?"
# Faults on the wire and how probable each is, for every call that says something. A stall ends with the next kill.
WEATHER = (
    (TooManyRequests(retry_after=1), 0.03),
    (ServerError(code=502, html=True), 0.03),
    (ServerError(code=500), 0.02),
    (Rubbish(), 0.02),
    (ResetBefore(), 0.04),
    (ResetAfter(), 0.04),
    (CutBody(), 0.03),
    (Stall(), 0.01),
    (Stall(executed=True), 0.01),
)
PATIENCE_S = 20.0  # after which somebody who sees nothing happen presses again
STRUCK = ("sendMessage", "editMessageText", "answerCallbackQuery", "getUpdates")


@dataclass(frozen=True, slots=True)
class Expected:
    """A message that answers one update directly: who gets it, which words it has, which update it answers."""

    chat: int
    words: str
    update: int


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of the program left behind, read from a copy of its files after its end."""

    last_call: int  # the number of the last call it made
    exit_code: int
    confirmed: frozenset[int]  # updates that Telegram was told to forget
    updates: dict[int, str]  # update → state
    sent: frozenset[tuple[int, int]]  # (chat, message) the outbox knows as delivered


@dataclass
class Scene:
    """Everyone who writes, and the list of what must come of it."""

    telegram: StandIn
    program: Program
    chance: random.Random
    lotsen: dict[str, Person] = field(default_factory=dict)
    expected: list[Expected] = field(default_factory=list)
    owners: dict[int, set[int]] = field(default_factory=dict)  # handoff → who may see its words
    askers: dict[int, str] = field(default_factory=dict)  # chat → the title of the one answer it should get
    numbers: dict[int, str] = field(default_factory=dict)  # handoff → the case number the employer was told
    runs: list[Run] = field(default_factory=list)
    _lines: dict[str, asyncio.Queue[Callable[[], Awaitable[None]]]] = field(default_factory=dict)
    _stories: set[asyncio.Task[None]] = field(default_factory=set)
    _people: dict[str, Person] = field(default_factory=dict)
    _first_update: int = 0
    _handoffs: int = 0
    _asked: int = 0

    # -- the kills --------------------------------------------------------------------------------------------

    async def play(
        self, kills: int, *, questions: int, handoffs: int, told: Callable[[int], None] = lambda _: None
    ) -> None:
        """So many kills, with new people before each start; then a last run in good weather until all is said."""
        await self._link()
        lines = [asyncio.create_task(self._work(lotse)) for lotse in CHAMBERS]
        rules = [
            self.telegram.faults.add(action, method=method, probability=chance, times=None)
            for action, chance in WEATHER
            for method in STRUCK
            if not (isinstance(action, Stall) and method == "getUpdates")
        ]
        try:
            for kill in range(kills):
                self._newcomers(questions, handoffs)
                await self.program.start()
                await self._random_moment()
                self._note(await self.program.end(signal.SIGKILL))
                # Whatever was on the wire is executed or forgotten before the next run begins.
                await self.telegram.until(lambda: not self.telegram.dispatcher.running, LONG_S)
                self._raise_failures(lines)
                told(kill + 1)
            for rule in rules:
                self.telegram.faults.remove(rule)
            await self.program.start()
            while (left := self._unfinished()) > 0:
                moves = await self.telegram.changes.until(partial(self._fewer_than, left), LONG_S)
                self._raise_failures(lines)
                assert moves, self._waiting()
            await self.telegram.idle(LONG_S)
            # What is said to others still waits its turn in the outbox; each delivery is a change.
            while self._waits_to_be_said():
                await self.telegram.changes.until(lambda: not self._waits_to_be_said(), 1.0)
            self._note(await self.program.end(signal.SIGTERM))
        finally:
            for task in (*lines, *self._stories):
                task.cancel()
            await asyncio.gather(*lines, *self._stories, return_exceptions=True)

    async def _random_moment(self) -> None:
        """Some after the start, most while it works: after some time or some calls; at a call's end most is left undone."""
        journal, queue = self.telegram.journal, self.telegram.bot.queue
        if self.chance.random() < 0.8:
            polls = journal.counts["getUpdates"]
            await self.telegram.until(lambda: journal.counts["getUpdates"] > polls or queue.polled, LONG_S)
        calls = journal.number + self.chance.randint(1, 60) if self.chance.random() < 0.6 else 2**62
        await self.telegram.changes.until(lambda: journal.number >= calls, self.chance.uniform(0.05, 1.2))
        await asyncio.sleep(self.chance.choice((0, 0, 0.001, 0.003, 0.01)))

    def _unfinished(self) -> int:
        return sum(not task.done() for task in self._stories)

    def _fewer_than(self, left: int) -> bool:
        return self._unfinished() < left

    def _raise_failures(self, lines: list[asyncio.Task[None]]) -> None:
        for task in (*lines, *self._stories):
            if task.done():
                task.result()

    def _waiting(self) -> str:
        """Who still waits, and what they see: for the error message."""
        chats = {task.get_name() for task in self._stories if not task.done()}
        return "\n\n".join(
            f"{chat}:\n"
            + "\n".join(
                f"  {'<' if seen.from_bot else '>'} {seen.id} {seen.text[:90]!r}" for seen in person.sees
            )
            for chat, person in self._people.items()
            if chat in chats
        )

    def _note(self, exit_code: int) -> None:
        """Look at the files of the run that has just ended, at a copy: what is not on the disk was not committed."""
        queue = self.telegram.bot.queue
        waiting = {update.id for update in queue.waiting(self.telegram.world.now())}
        confirmed = frozenset(range(self._first_update, queue.next_id)) - waiting
        with self.database() as database:
            updates: dict[int, str] = {}
            sent: set[tuple[int, int]] = set()
            if database.execute("SELECT 1 FROM sqlite_master WHERE name = 'outbox'").fetchone():
                updates = dict(database.execute("SELECT update_id, state FROM updates").fetchall())
                rows = database.execute("SELECT chat_id, message_id FROM outbox WHERE state = 'sent'")
                sent = {(chat, message) for chat, message in rows}
        self.runs.append(Run(self.telegram.journal.number, exit_code, confirmed, updates, frozenset(sent)))

    def _waits_to_be_said(self) -> bool:
        with self.database() as database:
            found = database.execute("SELECT 1 FROM outbox WHERE state = 'waiting' LIMIT 1").fetchone()
            return found is not None

    def database(self) -> AbstractContextManager[sqlite3.Connection]:
        """A copy of the database as it is on the disk now."""
        return copied(self.program.settings.data_dir)

    # -- the people -------------------------------------------------------------------------------------------

    async def _link(self) -> None:
        """A person behind each chamber; the first update of the scene is known."""
        self._first_update = self.telegram.bot.queue.next_id
        settings = self.program.settings
        async with Store.opened(settings.data_dir / DATABASE, Vault(settings.key())) as store:
            for lotse in CHAMBERS:
                person = self.lotsen[lotse] = self.telegram.user(f"Lotse {lotse}")
                person.opens()
                self._lines[lotse] = asyncio.Queue()
                async with store.transaction() as tx:
                    await people.link(tx, lotse, ChatId(person.id), now=0)

    def _newcomers(self, questions: int, handoffs: int) -> None:
        for _ in range(questions):
            self._asked += 1
            person = self.telegram.user(f"Betrieb {self._asked}")
            self._begin(person, self._asks(person))
        for _ in range(handoffs):
            self._handoffs += 1
            person = self.telegram.user(f"Chef {self._handoffs}")
            self._begin(person, self._hands_over(person, self._handoffs))

    def _begin(self, person: Person, story: Coroutine[Any, Any, None]) -> None:
        name = person.user.first_name
        self._people[name] = person
        self._stories.add(asyncio.create_task(story, name=name))

    async def _says(self, person: Person, text: str, *, reply_to: int | None = None) -> int:
        """Say something; returns the id of its update. What answers this very message is expected from it."""
        update = self.telegram.bot.queue.next_id
        said = await person.says(text, reply_to=reply_to)
        self.expected.append(Expected(person.id, f"reply:{said.id}", update))
        return update

    async def _sees(self, person: Person, words: str, update: int | None = None) -> Seen:
        """Wait for a message with these words; with ``update`` it is the direct answer to that. The newest such message."""
        if update is not None:
            self.expected.append(Expected(person.id, words, update))
        await self._until(lambda: _newest(person, words) is not None)
        found = _newest(person, words)
        assert found is not None
        return found

    async def _until(self, condition: Callable[[], bool]) -> None:
        """Wait as long as the scene lasts; its own time limit ends it."""
        while not await self.telegram.changes.until(condition, LONG_S):
            pass

    async def _presses(self, person: Person, label: str, done: Callable[[], bool]) -> None:
        """Press until something comes of it: Telegram drops a press that nobody fetched for minutes, and who sees nothing
        happen presses again."""
        while not done():
            if any(label in seen.labels for seen in person.received):
                await person.presses(label)
            await self.telegram.changes.until(done, PATIENCE_S)

    async def _asks(self, person: Person) -> None:
        """One question, and the wait for its answer."""
        person.opens()
        question, title = self.chance.choice(list(QUESTIONS.items()))
        self.askers[person.id] = title
        await self._sees(person, "", await self._says(person, question))

    async def _hands_over(self, person: Person, number: int) -> None:
        """From the wish for a person to the last of three messages between the two."""
        lotse = list(CHAMBERS)[number % len(CHAMBERS)]
        place, branch = CHAMBERS[lotse]
        adviser = self.lotsen[lotse]
        self.owners[number] = {person.id, adviser.id}
        person.opens()
        await self._sees(
            person, "Wo ist Ihr Betrieb?", await self._says(person, f"/lotse Frage Nummer {number}.")
        )
        found = await self._sees(person, "Welcher Bereich passt", await self._says(person, place))
        label = next(label for label in found.labels if label.startswith(branch))
        consent = "✅ Einverstanden, senden"
        await self._presses(person, label, lambda: any(consent in seen.labels for seen in person.received))
        await self._presses(person, consent, lambda: _newest(person, "Fallnummer: ") is not None)
        told = await self._sees(person, "Fallnummer: ")
        case = self.numbers[number] = re.findall(r"Fallnummer: (\w+)", told.text)[0]

        async def answer(words: str, reply: str) -> None:
            card = await self._sees(adviser, words)
            await self._says(adviser, reply, reply_to=card.id)
            await self._until_carried(adviser, case, card.id, lambda: _newest(person, reply) is not None)

        await self._lines[lotse].put(lambda: answer(f"Frage Nummer {number}.", f"Antwort auf {number}."))
        await self._sees(person, f"Antwort auf {number}.")
        await self._says(person, f"Rückfrage {number}.")
        await self._lines[lotse].put(lambda: answer(f"Rückfrage {number}.", f"Schluss {number}."))
        await self._sees(person, f"Schluss {number}.")

    async def _work(self, lotse: str) -> None:
        """A Lotse does one thing after the other."""
        while True:
            await (await self._lines[lotse].get())()

    async def _until_carried(
        self, adviser: Person, case: str, after: int, carried: Callable[[], bool]
    ) -> None:
        """Until the words have arrived; when the bot asks to which case they belong, the Lotse presses it."""

        def asked() -> list[Seen]:
            return [
                seen for seen in adviser.received if seen.text == WHICH and seen.id > after and seen.labels
            ]

        while True:
            await self._until(lambda: carried() or bool(asked()))
            if carried():
                return
            # Of two such questions the older one is from before a kill, and its buttons say so.
            seen = asked()[-1]
            label = next(label for label in seen.labels if label.startswith(f"Fall {case} "))
            await adviser.presses(label, message=seen)
            decided = partial(self._decided, adviser, seen.id)
            await self.telegram.changes.until(lambda: carried() or decided(), PATIENCE_S)  # noqa: B023 - awaited here

    @staticmethod
    def _decided(adviser: Person, question: int) -> bool:
        return not any(seen.text == WHICH for seen in adviser.received if seen.id == question)


def _newest(person: Person, words: str) -> Seen | None:
    return next((seen for seen in reversed(person.received) if words in seen.text), None)


def words_of(text: str) -> Iterator[int]:
    """The handoffs whose words stand in a text."""
    for found in re.finditer(r"(?:Frage Nummer|Antwort auf|Rückfrage|Schluss) (\d+)\.", text):
        yield int(found[1])
