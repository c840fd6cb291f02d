"""What the people of the random walk do, and what the model knows of it: who may see which word from then on."""

import asyncio
import re
from collections.abc import Awaitable
from datetime import timedelta
from typing import Any

from bot.clock import to_ms
from bot.demo import Person
from bot.demo.seen import Button, buttons
from bot.demo.state import Message
from bot.model import ChatId
from tests.conftest import ADMIN
from tests.walk_company import BRANCHES, PLACES, Company
from tests.walk_ledger import NUMBER, Ledger

_NUMBERS = re.compile(r"WALK\d{4}")
_SENDS = ("✅ Einverstanden, senden", "✅ Einverstanden, per E-Mail senden")
# Buttons of a case; the steps of a handoff are one step of the walk.
_PRESSED = (
    "Übernehmen", "Zurückholen", "Antworten", "Schließen", "Ja, schließen", "Nein, offen lassen", "↩️ Rückgängig",
    "Fall ", "👍", "👎", "Ja, weitergeben", "Nein, nicht senden", "Abbrechen", "Das ist eine Frage",
    "✍️ Letztes Wort", "Ohne Wort schließen", "↩️ Gleicher Fall",
    "↪️ Abgeben", "🔎 Andere", "Willkommenslotse ", "Ohne Notiz anbieten", "Ablehnen", "Angebot zurückziehen",
    "📝 Notiz", "📝 Interne Notiz", "An den Betrieb senden",
    "✅ Eintragen", "Alle übergeben", "Nur ", "Bei mir lassen", "Abwesenheit beenden", "An die Vertretung geben",
)  # fmt: skip

# After these the next message is something of its own.
_STEPS = (
    ("Antworten", "reply"),
    ("📝 Notiz", "note"),
    ("✍️ Letztes Wort", "word"),
    ("🔎", "search"),
    ("Willkommenslotse ", "note"),
)


class Acts:
    """Everything 20 employers and 10 Lotsen can do."""

    company: Company
    runner: asyncio.Runner
    ledger: Ledger
    quiet: bool = True  # the bot was done with everything before

    def do(self, act: Awaitable[Any], *, calm: bool = True) -> None:
        """One act; ``calm``: the next one waits until the bot is done with it."""

        async def step() -> None:
            self.company.clock.wind(seconds=7)
            await act
            if calm:
                await self.company.settled()

        self.runner.run(step())
        self.quiet = calm
        if calm:
            self.ledger.look()

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

    def own(self, person: Person, pick: int, *, question: bool = False) -> Message | None:
        """A message with a marker that this person wrote."""
        mine = {
            said.message
            for said in self.ledger.said.values()
            if said.chat == person.id and said.question is question
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

    # -- what they do ------------------------------------------------------------------------------------------

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
        if not await self._presses(person, BRANCHES[pick // 4 % 2]):
            return
        if "Wohin soll die Antwort" in self.company.chat(person)[-1].body.text:
            await person.says("chef@firma.example")
            await self.company.settled()
        for label in _SENDS:
            await self._presses(person, label)

    async def _presses(self, person: Person, label: str) -> bool:
        """Press what the newest message of the bot offers; ``False`` when it does not."""
        if label not in self._labels(person):
            return False
        await person.presses(label)
        await self.company.settled()
        return True

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
            steps = self.ledger.steps.pop(person.id, [])
            # A message that is not known as one of the case is as none: the step has the words.
            numbers = [number, *(of for kind, of in steps if kind in {"reply", "word"})]
            note = [of for kind, of in steps if kind == "note"]
            if any(kind == "search" for kind, _ in steps):
                self.ledger.steps[person.id] = steps
            internal = self.writes_note(person)
            words = [*note, number] if internal else [*numbers, *note]
            self.do(self._write(person, words, reply_to=message.id, internal=internal), calm=calm)

    def writes_note(self, person: Person) -> bool | None:
        """Whether the bot has told this person that the next message is a note: from then on it must be none of the employer's.

        ``None`` while what was done before is still under way: it may ask for a note in the next moment.
        """
        if not self.quiet:
            return None
        lately = to_ms(self.company.clock.now() - timedelta(hours=23))
        sql = "SELECT kind FROM dialogs WHERE chat_id = ? AND at > ?"
        rows = self.company.rows(sql, person.id, lately)
        return [row["kind"] for row in rows] in (["note"], ["transfer-note"])

    def write(self, who: int, *, calm: bool) -> None:
        """Somebody just types."""
        person = self.someone(who)
        if not self.reachable(person):
            return
        steps = self.ledger.steps.pop(person.id, [])
        if any(kind == "search" for kind, _ in steps):
            self.ledger.steps[person.id] = steps
        meant = [of for kind, of in steps if kind != "search"] if steps else self.live_of(person, calm=calm)
        self.do(self._write(person, meant, internal=self.writes_note(person)), calm=calm)

    async def _write(
        self,
        person: Person,
        numbers: list[str],
        reply_to: int | None = None,
        *,
        internal: bool | None = False,
    ) -> None:
        word = self.ledger.next_word()
        sent = await person.says(f"Bitte {word}", reply_to=reply_to)
        parties = [number for number in numbers if self.ledger.party(person.id, number)]
        self.ledger.write(word, person.id, sent.id, parties, internal=internal)

    def note(self, who: int, pick: int) -> None:
        """/notiz as a reply to a message of a case."""
        person = self.someone(who)
        found = self.of_a_case(person, pick) if self.reachable(person) else None
        if found is not None and self.ledger.lotse_of(person.id):
            self.do(self._note(person, *found))

    async def _note(self, person: Person, message: Message, number: str) -> None:
        word = self.ledger.next_word()
        sent = await person.says(f"/notiz intern {word}", reply_to=message.id)
        self.ledger.write(word, person.id, sent.id, [number], internal=True)

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
            self._pressed(person, message, button, calm=calm)
            self.do(person.presses(data=button.data, message=message.id), calm=calm)

    def _pressed(self, person: Person, message: Message, button: Button, *, calm: bool) -> None:
        """What the model knows of it before the bot does anything."""
        label, chat = button.text, person.id
        numbers = _NUMBERS.findall(f"{message.body.text} {label}")
        if label.startswith("Fall ") and " · " in label:
            self._decided(chat, message, numbers[-1])
        elif label in {"An den Betrieb senden", "Ja, weitergeben"}:
            if numbers:
                self._decided(chat, message, numbers[-1])
        elif label.startswith("↩️ Gleicher Fall"):
            self._decided(chat, message, _NUMBERS.findall(label)[-1])
        elif label == "📝 Interne Notiz":
            self._decided(chat, message, numbers[0], internal=True)
        elif label == "↩️ Rückgängig" and message.reply_to is not None:
            self.ledger.called_off.add((chat, message.reply_to))
        elif label == "Ohne Notiz anbieten":
            self.ledger.steps.pop(chat, None)
        else:
            kind = next((kind for begins, kind in _STEPS if label.startswith(begins)), "")
            if kind and self.ledger.party(chat, numbers[-1]):
                # Pressed in the hurry it may come too late, and the step before goes on: the model keeps both.
                before = [] if calm else self.ledger.steps.get(chat, [])
                self.ledger.steps[chat] = [*before, (kind, numbers[-1])]

    def _decided(self, chat: int, question: Message, number: str, *, internal: bool = False) -> None:
        for said in self.ledger.written_in(chat, question.reply_to):
            self.ledger.assign(said.word, number)
            said.internal = internal

    def edit(self, who: int, pick: int, *, calm: bool, question: bool = False) -> None:
        """Somebody changes what was written."""
        person = self.someone(who)
        message = self.own(person, pick, question=question) if self.reachable(person) else None
        if message is not None:
            self.do(self._edit(person, message), calm=calm)

    async def _edit(self, person: Person, message: Message) -> None:
        word, before = self.ledger.next_word(), self.ledger.written_in(person.id, message.id)[0]
        said = self.ledger.write(word, person.id, message.id, [], question=before.question)
        said.cases, said.internal = dict(before.cases), before.internal
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
        steps = self.ledger.steps.get(person.id, [])
        numbers = [of for kind, of in steps if kind == "reply"]
        internal = {kind for kind, _ in steps} & {"note", "search"}
        if not internal:  # a file is no note: the step waits on
            self.ledger.steps.pop(person.id, None)
        numbers += [found[1]] if found else [] if numbers else self.live_of(person, calm=True)
        self.ledger.write(
            word,
            person.id,
            sent[0].id,
            [n for n in numbers if self.ledger.party(person.id, n)],
            internal=self.writes_note(person),
        )

    def ask(self, who: int, command: str) -> None:
        """A list, or a question to the bot."""
        person = self.someone(who)
        if self.reachable(person) and (command.startswith("/") or not self.ledger.lotse_of(person.id)):
            if command == "/abbrechen":
                self.ledger.steps.pop(person.id, None)
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

    # -- Lotsen --------------------------------------------------------------------------------------------------

    def absence(self, who: int, pick: int) -> None:
        """A Lotse goes away for some days, or is back."""
        person = self._lotse(who)
        if self.reachable(person):
            self.do(self._away(person, pick) if pick % 3 else person.says("/zurueck"))

    async def _away(self, person: Person, pick: int) -> None:
        last = self.company.clock.now() + timedelta(days=pick % 5)
        await person.says(f"/abwesend bis {last:%d.%m.}")
        await self.company.settled()
        await self._presses(person, "✅ Eintragen")

    def unlink(self, who: int) -> None:
        """A Lotse unlinks the own chat, or is invited again."""
        person = self._lotse(who)
        if self.reachable(person):
            linked = self.company.rows("SELECT 1 FROM links WHERE chat_id = ?", person.id)
            self.do(person.says("/entkoppeln") if linked else self._link(person))

    async def _link(self, person: Person) -> None:
        linking = self.company.bot.app.linking
        token = await linking.invite(self.ledger.lotse_of(person.id), ChatId(ADMIN))
        await linking.press(token, ChatId(person.id), "Lotse")
        await self.company.settled()
        await self._presses(self.company.bot.admin, "Ja, verbinden")

    def _lotse(self, who: int) -> Person:
        lotsen = list(self.company.lotsen.values())
        someone = self.someone(who)
        return someone if someone in lotsen else lotsen[who % len(lotsen)]
