"""Answer later, and corrections: what employers asked to be told, each of it opt-in, and sent only when an admin says so."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.clock import Clock, from_ms, to_ms
from bot.library import Library
from bot.model import ChatId, NoticeKind
from bot.retention import CORRECTED_FOR
from bot.storage import Store
from bot.tables import outbox
from bot.tables import promises as rows
from bot.tables.promises import Waiting
from knowledge import thirdparty
from knowledge.decision import Answer

log = logging.getLogger(__name__)

MOST_QUESTIONS = 10  # of one chat
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Promised:
    """What a chat asked to be told."""

    questions: tuple[str, ...]
    corrections: bool


@dataclass(frozen=True, slots=True)
class TooMany:
    """So many questions of this chat wait already."""


class Promises:
    """Remembers wishes, counts who waits for an edition, tells them once."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        library: Library,
        admins: Iterable[ChatId],
        *,
        wake_outbox: Callable[[], None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._library = library
        self._admins = tuple(admins)
        self._wake_outbox = wake_outbox

    async def of(self, chat: ChatId) -> Promised:
        """What this chat asked to be told."""
        read = self._store.read
        questions = tuple(item.question for item in await rows.waiting(read, chat))
        return Promised(questions, await rows.wishes(read, chat))

    async def tell_later(self, chat: ChatId, question: str) -> str | TooMany:
        """Remember a question that had no answer, without personal data of others; returns it as it is kept."""
        kept = thirdparty.screen(question[:_LONGEST]).redacted
        async with self._store.transaction() as tx:
            known = await rows.waiting(tx, chat)
            if kept in {item.question for item in known}:
                return kept
            if len(known) >= MOST_QUESTIONS:
                return TooMany()
            await rows.ask_later(tx, chat, kept, to_ms(self._clock.now()))
        return kept

    async def forget_questions(self, chat: ChatId) -> None:
        """No question of this chat waits any longer."""
        async with self._store.transaction() as tx:
            await rows.forget_questions(tx, chat)

    async def want_corrections(self, chat: ChatId, entries: Sequence[str]) -> None:
        """From now on; ``entries``: the answer under which it was asked for."""
        now = to_ms(self._clock.now())
        async with self._store.transaction() as tx:
            await rows.wish(tx, chat, now)
            await rows.got(tx, chat, entries, now)

    async def unwanted_corrections(self, chat: ChatId) -> None:
        """No longer, and what was stored for it is removed."""
        async with self._store.transaction() as tx:
            await rows.unwish(tx, chat)

    async def wants_corrections(self, chat: ChatId) -> bool:
        """Whether this chat asked for corrections."""
        return await rows.wishes(self._store.read, chat)

    async def got(self, chat: ChatId, entries: Sequence[str]) -> None:
        """The chat was given these answers; remembered only for who wants corrections."""
        if not entries or not await self.wants_corrections(chat):
            return
        async with self._store.transaction() as tx:
            await rows.got(tx, chat, entries, to_ms(self._clock.now()))

    async def look(self) -> bool:
        """After another edition came into use: tell the admins, once, how many wait for what is in it."""
        news = self._library.news
        edition = f"{self._library.current.knowledge.digest[:16]}:{to_ms(news[0].at) if news else 0}"
        read = self._store.read
        if await rows.looked(read, edition):
            return False
        last = await rows.looked_last(read)
        corrected = [item for item in news if not item.added and to_ms(item.at) > last]
        counts = [
            (item.entry, to_ms(item.at), len(await self._to_correct(item.entry, to_ms(item.at))))
            for item in corrected
        ]
        data = {
            "later": len(await self._answered()),
            "corrections": [count for count in counts if count[2]],
        }
        now = to_ms(self._clock.now())
        async with self._store.transaction() as tx:
            await rows.look(tx, edition, now)
            if data["later"] or data["corrections"]:
                for admin in self._admins:
                    dedupe = f"promises:{edition}:{admin}"
                    await outbox.put(tx, admin, NoticeKind.PROMISES, dedupe=dedupe, now=now, data=data)
        self._wake_outbox()
        return True

    async def send_answers(self) -> int:
        """Tell everybody whose question has an answer now, each once and with all that answers it; returns how many."""
        found = await self._answered()
        now = to_ms(self._clock.now())
        told = 0
        async with self._store.transaction() as tx:
            waiting = {item.id for item in await rows.waiting(tx)}
            for item, entries in found:
                if item.id not in waiting:  # somebody else pressed at the same moment
                    continue
                for place in range(len(entries)):  # a message for each: together they may be too long for one
                    await outbox.put(
                        tx,
                        item.chat,
                        NoticeKind.LATER_ANSWER,
                        dedupe=f"later:{item.id}:{item.at}:{place}",
                        now=now,
                        data={"question": item.question, "entries": entries, "place": place},
                    )
                if await rows.wishes(tx, item.chat):
                    await rows.got(tx, item.chat, entries, now)
                await rows.answered(tx, item.id)
                told += 1
        log.info("later answers to %d", told)
        self._wake_outbox()
        return told

    async def send_correction(self, entry: str, at: int) -> int:
        """Tell everybody who got the answer before it was corrected at ``at`` (ms), each once; returns how many."""
        chats = await self._to_correct(entry, at)
        now = to_ms(self._clock.now())
        async with self._store.transaction() as tx:
            told = [
                await outbox.put(
                    tx,
                    chat,
                    NoticeKind.CORRECTION,
                    dedupe=f"correction:{entry}:{at}:{chat}",
                    now=now,
                    data={"entry": entry},
                )
                for chat in chats
            ]
            for chat in chats:  # so they are not told again when the row of the outbox is forgotten
                await rows.got(tx, chat, [entry], now)
        log.info("corrections to %d", sum(told))
        self._wake_outbox()
        return sum(told)

    async def _answered(self) -> list[tuple[Waiting, list[str]]]:
        """Questions that are answered at once now, and with which entries."""
        waiting = await rows.waiting(self._store.read)
        understanding = self._library.current.understanding

        def ask() -> list[tuple[Waiting, list[str]]]:
            found = ((item, understanding.find(item.question)) for item in waiting)
            return [
                (item, [str(hit.entry.id) for hit in decision.hits])
                for item, decision in found
                if isinstance(decision, Answer) and not decision.open
            ]

        return await asyncio.to_thread(ask) if waiting else []

    async def _to_correct(self, entry: str, at: int) -> list[ChatId]:
        since = to_ms(from_ms(at) - CORRECTED_FOR)
        return [
            item.chat for item in await rows.got_between(self._store.read, since, at) if item.entry == entry
        ]
