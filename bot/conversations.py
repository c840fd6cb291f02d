"""What the bot remembers of the people it talks to: the talk, the dialogue that waits, where their firm is.

Two things wait for a person. A dialogue waits for the next message; there is one in each chat. Words that the person wrote wait
for an answer to a question about them, under the message that asks: as many as there are such questions, and a button acts on
what it was asked about, never on newer words.

Steps of dialogues are written in the commit that marks their update as done. An update that comes again after a kill
then finds the step it answers, not the one it led to: "40213" stays the answer to "Wo ist Ihr Betrieb?".
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.clock import Clock, to_ms
from bot.model import ChatId, MessageId, Profile, Talk, UpdateId
from bot.storage import Statement, Store
from bot.tables import asked, chats, situation
from bot.tables.situation import Situation, Waiting

_DIALOG_LASTS = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Signal:
    """What a user tells without words; see ``Conversations.signal``."""

    kind: str
    entry: str
    cause: str


class Conversations:
    """Reads and writes the memory of a chat."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._at_end: dict[UpdateId, Sequence[Statement]] = {}
        # Steps of updates that are being handled; of each chat that is one at a time (``bot.updates``).
        self._steps: dict[ChatId, Waiting | None] = {}
        self._asked: dict[ChatId, dict[MessageId, Waiting | None]] = {}

    async def situation(self, chat: ChatId) -> Situation:
        """Everything the next message of ``chat`` depends on."""
        now = self._clock.now()
        since = to_ms(now - _DIALOG_LASTS)
        found = await situation.of(self._store.read, chat, now=to_ms(now), dialogs_since=since)
        return replace(found, dialog=self._steps[chat]) if chat in self._steps else found

    async def is_in_case(self, chat: ChatId) -> bool:
        """Whether ``chat`` has a case that is not closed, or is a Lotse's."""
        return await situation.is_in_case(self._store.read, chat)

    async def remember(self, chat: ChatId, talk: Talk) -> None:
        """Keep what was talked about, for follow-ups and for a handoff."""
        await self._store.append(self._remembered(chat, talk))

    def remember_at_end(
        self,
        update: UpdateId,
        chat: ChatId,
        talk: Talk,
        signals: Sequence[Signal] = (),
        also: Sequence[Statement] = (),
    ) -> None:
        """Keep it, count what was asked, and write what others have to say (``also``), in the commit that marks ``update`` as done.

        A question that comes again after a kill is then answered as if it came for the first time, not with "the same
        answer as just now".
        """
        self._at_end[update] = (*map(self._counted, signals), self._remembered(chat, talk), *also)

    def at_end_of(self, update: UpdateId, chat: ChatId) -> Sequence[Statement]:
        """What is left to write when ``update`` of ``chat`` has been handled, or nothing; asked once, also when that failed."""
        vault, now = self._store.vault, to_ms(self._clock.now())
        written = [*self._at_end.pop(update, ())]
        for message, words in self._asked.pop(chat, {}).items():
            if words is None:
                written.append(asked.dropped(chat, message))
            else:
                written.append(asked.saved(vault, chat, message, words.kind, words.data, now))
        if chat in self._steps:
            step = self._steps.pop(chat)
            if step is None:
                written.append(chats.dialog_ended(chat))
            else:
                written.append(chats.dialog_saved(vault, chat, step.kind, step.data, now))
        return written

    def _remembered(self, chat: ChatId, talk: Talk) -> Statement:
        return chats.remember(self._store.vault, chat, talk, to_ms(self._clock.now()))

    async def wait_for(self, chat: ChatId, kind: str, data: dict[str, Any]) -> None:
        """The next message of ``chat`` belongs to this dialogue: written when its present update is done."""
        # As it will be read: tuples become lists.
        self._steps[chat] = Waiting(kind, json.loads(json.dumps(data)))

    async def end_dialog(self, chat: ChatId) -> bool:
        """No dialogue waits any longer, written when the present update is done; ``False`` when none did."""
        waited = (await self.situation(chat)).dialog is not None
        self._steps[chat] = None
        return waited

    async def ask_about(self, chat: ChatId, message: MessageId, kind: str, data: dict[str, Any]) -> None:
        """Words in ``data`` wait for the answer to our ``message``: written when the present update is done."""
        self._asked.setdefault(chat, {})[message] = Waiting(kind, json.loads(json.dumps(data)))

    async def asked(self, chat: ChatId) -> dict[MessageId, Waiting]:
        """All words of ``chat`` that wait for an answer, by the message that asks, oldest first."""
        since = to_ms(self._clock.now() - _DIALOG_LASTS)
        found = {**await asked.of_chat(self._store.read, chat, since), **self._asked.get(chat, {})}
        return {message: words for message, words in found.items() if words is not None}

    async def asked_in(self, chat: ChatId, message: MessageId | None) -> Waiting | None:
        """The words that our ``message`` asks about; ``None`` when they were decided about, or it asks about none."""
        return (await self.asked(chat)).get(message) if message is not None else None

    async def decided(self, chat: ChatId, message: MessageId) -> None:
        """Nothing waits for the answer to this message any longer: written when the present update is done."""
        self._asked.setdefault(chat, {})[message] = None

    async def profile(self, chat: ChatId) -> Profile | None:
        """Where the firm is, if it was said before."""
        return await chats.profile(self._store.read, chat)

    async def live_in(self, chat: ChatId, place: str) -> None:
        """The firm's place, as a printed code said it; what the person said before goes first."""
        async with self._store.transaction() as tx:
            if await chats.profile(tx, chat) is None:
                await chats.save_profile(tx, chat, Profile(place, ""), to_ms(self._clock.now()))

    async def blocked(self, chat: ChatId, *, blocked: bool) -> None:
        """The person blocked the bot, or came back."""
        async with self._store.transaction() as tx:
            await chats.set_blocked(tx, chat, to_ms(self._clock.now()) if blocked else None)

    async def signal(self, kind: str, entry: str, *, cause: str) -> None:
        """Count what users say without words; ``cause`` makes a repeat count once. No chat is stored, not even in the cause: of that only a keyed hash is kept."""
        await self._store.append(self._counted(Signal(kind, entry, cause)))

    def _counted(self, signal: Signal) -> Statement:
        sql = "INSERT INTO signals (at, kind, entry, dedupe) VALUES (?, ?, ?, ?) ON CONFLICT (dedupe) DO NOTHING"
        dedupe = self._store.vault.digest(signal.cause)
        return Statement(sql, (to_ms(self._clock.now()), signal.kind, signal.entry, dedupe))
