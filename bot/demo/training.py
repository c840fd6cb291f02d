"""Three prepared cases for a Lotse to practise on: an urgent one, one that is taken and waits for an answer, a new one.

Other firms than Anna's ask, by the real way of a handoff; what the Lotse sees is what Lotsen see. Prepared again, the
firms erase what they asked before, so that old cards say so and nothing is left to do in them.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.demo import sample
from bot.demo.envelope import Json
from bot.demo.people import Person
from bot.demo.standin import StandIn
from handlers import texts_cases, texts_privacy, texts_undo

_PATIENCE = 30.0  # s for the bot to answer
URGENT = "Unser Azubi soll nächste Woche abgeschoben werden. Was können wir tun?"
ASKED_AGAIN = "Unsere Auszubildende hat ihre Duldung bis März. Kann sie die Ausbildung danach weitermachen?"
NEW = "Was ist eine Einstiegsqualifizierung und wer zahlt sie?"
FOLLOW_UP = "Und bis wann müssen wir die Verlängerung beantragen?"
_TAKEN, _ANSWERED, _CLOSED = (texts_cases.STATES[state] for state in ("taken", "answered", "closed"))
_TAKEN_WORD = "übernommen"
_ACCOUNTS = (("Britta", URGENT), ("Emil", ASKED_AGAIN), ("Zora", NEW))

# What the page shows, and by which card it knows that it is done: one of ``states`` begins it, one of ``cards`` is in it.
STEPS: tuple[Json, ...] = (
    {
        "title": "Das Dringende zuerst",
        "text": f"Suchen Sie die Karte mit ❗ und tippen Sie auf „{texts_cases.KEY_TAKE}“. Der Betrieb erfährt es sofort.",
        "cards": [URGENT],
        "states": [_TAKEN, _ANSWERED, _CLOSED],
    },
    {
        "title": "Antworten",
        "text": f"„{texts_cases.KEY_REPLY}“ unter der Karte, dann schreiben. Der Bot zeigt, an wen es geht; „{texts_undo.KEY_UNDO}“ nimmt es kurz zurück.",
        "cards": [URGENT],
        "states": [_ANSWERED, _CLOSED],
    },
    {
        "title": "Die offene Frage",
        "text": f"Dieser Fall ist schon Ihrer, und der Betrieb fragt: „{FOLLOW_UP}“ Antworten Sie direkt auf diese Nachricht.",
        "cards": [ASKED_AGAIN],
        "states": [_ANSWERED, _CLOSED],
    },
    {
        "title": "Mit einem Entwurf",
        "text": "Übernehmen Sie den neuen Fall. Unter der Karte stehen passende Entwürfe: antippen, lesen, senden.",
        "cards": [NEW],
        "states": [_ANSWERED, _CLOSED],
    },
    {
        "title": "Schließen",
        "text": f"Ist alles gesagt: „{texts_cases.KEY_CLOSE}“. Der Betrieb wird gefragt, ob es geholfen hat.",
        "cards": [URGENT, ASKED_AGAIN, NEW],
        "states": [_CLOSED],
    },
)


@dataclass(slots=True)
class Training:
    """Prepares the cases, once at a time."""

    telegram: StandIn
    lotse: Person
    _firms: list[Person] = field(default_factory=list)
    _one: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def prepare(self) -> Json:
        """Three cases on the Lotse's phone; returns what there is to do."""
        async with self._one:
            for firm in self._firms:
                await self._erase(firm)
            self._firms = self._firms or [self.telegram.user(name) for name, _ in _ACCOUNTS]
            for firm, (_, question) in zip(self._firms, _ACCOUNTS, strict=True):
                await self._hand_over(firm, question)
            await self._take_and_ask(self._firms[1])
        return {"steps": list(STEPS)}

    async def _erase(self, firm: Person) -> None:
        await firm.says("/loeschen")
        await self._press(firm, texts_privacy.KEY_ERASE)
        await self._until(lambda: firm.last.text.startswith(texts_privacy.ERASED))

    async def _hand_over(self, firm: Person, question: str) -> None:
        """The way of every employer, from Start to consent."""
        await firm.starts()
        await self._until(lambda: bool(firm.received))
        shown = firm.last.id
        await firm.says(question)
        await self._until(lambda: firm.last.id > shown)
        await firm.says("/lotse")
        await self._until(lambda: texts_cases.HANDOFF_PLACE[:12] in firm.last.text)
        await firm.says(sample.PLACE)
        await self._press(firm, sample.BRANCH)
        await self._press(firm, texts_cases.KEY_SEND)
        await self._until(lambda: self._card(question) is not None)

    async def _take_and_ask(self, firm: Person) -> None:
        card = self._card(ASKED_AGAIN)
        await self.lotse.presses(texts_cases.KEY_TAKE, message=card)
        await self._until(lambda: _TAKEN_WORD in firm.last.text)
        await firm.says(FOLLOW_UP)
        # Of the last time there are such words too.
        await self._until(
            lambda: any(FOLLOW_UP in one.text and one.id > (card or 0) for one in self.lotse.received)
        )

    def _card(self, question: str) -> int | None:
        """The Lotse's newest card of this question."""
        cards = [
            message.id
            for message in self.lotse.received
            if question in message.text and texts_cases.KEY_TAKE in message.labels
        ]
        return cards[-1] if cards else None

    async def _press(self, person: Person, label: str) -> None:
        await self._until(lambda: label in person.last.labels)
        await person.presses(label)

    async def _until(self, condition: Callable[[], bool]) -> None:
        await self.telegram.until(condition, _PATIENCE)
