"""What employers ask and the bot cannot answer: kept without names and numbers, shown to editors once enough have asked."""

import asyncio
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from bot.clock import Clock, to_ms
from bot.library import Edition, Library
from bot.model import ChatId
from bot.storage import Statement, Store
from bot.tables import gaps as rows
from bot.tables.gaps import Kept
from knowledge.anonymous import anonymous_question
from knowledge.decision import Answer
from knowledge.gaps import Gap, Wording, clusters, gaps

_MOST: Final = 600  # newest questions looked at: putting them together takes seconds beyond that


class Why(StrEnum):
    """Why a question is a gap."""

    REFUSED = "refused"  # nothing fits
    NONE_FITS = "none_of_these"  # „Nichts davon“
    NOT_HELPED = "not_helped"  # 👎
    HANDED_OVER = "handed_over"  # a case was opened with it


# What a better index can settle by itself; an answer that did not help is still the answer.
_SETTLED_BY_AN_ANSWER = frozenset({Why.REFUSED, Why.NONE_FITS})


@dataclass
class _Answered:
    """Whether the edition in use answers a wording; asked once an edition."""

    edition: Edition | None = None
    known: dict[str, bool] = field(default_factory=dict)

    def __call__(self, edition: Edition, text: str) -> bool:
        if edition is not self.edition:
            self.edition, self.known = edition, {}
        if text not in self.known:
            self.known[text] = isinstance(edition.understanding.find(text), Answer)
        return self.known[text]


class Gaps:
    """Keeps and shows gaps."""

    def __init__(self, store: Store, clock: Clock, library: Library) -> None:
        self._store = store
        self._clock = clock
        self._library = library
        self._answered = _Answered()
        self._looking = asyncio.Lock()
        self._last: tuple[tuple[tuple[Kept, ...], Edition], tuple[Gap, ...]] | None = None

    async def happened(self, chat: ChatId, text: str, why: Why, entry: str = "") -> None:
        """Keep the question of ``text``, if enough is left of it without names and numbers."""
        if statements := self.kept(chat, text, why, entry):
            await self._store.append(*statements)

    def kept(self, chat: ChatId, text: str, why: Why, entry: str = "") -> tuple[Statement, ...]:
        """The same for the caller's own commit."""
        kept = anonymous_question(text, self._library.current.understanding.index.knows_word)
        if not kept:
            return ()
        return (rows.keep(self._store.vault, chat, why, entry, kept, to_ms(self._clock.now())),)

    async def shown(self) -> tuple[Gap, ...]:
        """What at least three chats asked, the largest first, without what is answered by now or ignored."""
        async with self._looking:  # seconds of work: not twice at once
            seen = (await rows.newest(self._store.read, _MOST), self._library.current)
            if self._last is None or self._last[0][0] != seen[0] or self._last[0][1] is not seen[1]:
                self._last = seen, await asyncio.to_thread(self._put_together, *seen)
            return self._last[1]

    def _put_together(self, kept: tuple[Kept, ...], edition: Edition) -> tuple[Gap, ...]:
        ignored = {item.wording.id for item in kept if item.ignored}
        open_ = [item.wording for item in kept if item.ignored or not self._settled(item.wording, edition)]
        wanted = [
            wording
            for cluster in clusters(open_, edition.understanding)
            if ignored.isdisjoint(wording.id for wording in cluster)
            for wording in cluster
        ]
        return gaps(wanted, edition.understanding)

    def _settled(self, wording: Wording, edition: Edition) -> bool:
        return wording.why in _SETTLED_BY_AN_ANSWER and self._answered(edition, wording.text)

    async def wording(self, number: int) -> tuple[Gap, str] | None:
        """The gap that this wording belongs to, and its words as they are shown; ``None`` when it is gone."""
        for gap in await self.shown():
            for wording in gap.wordings:
                if wording.id == number:
                    return gap, wording.text
        return None

    async def settle(self, number: int, state: str) -> bool:
        """All that ask the same as this one: 'done' or 'ignored'; ``False`` when it is gone."""
        kept = await rows.newest(self._store.read, _MOST)
        wordings = [item.wording for item in kept]
        found = await asyncio.to_thread(clusters, wordings, self._library.current.understanding)
        members = next((ids for ids in map(_ids, found) if number in ids), ())
        async with self._store.transaction() as tx:
            await rows.settle(tx, members, state)
        return bool(members)


def _ids(cluster: tuple[Wording, ...]) -> tuple[int, ...]:
    return tuple(wording.id for wording in cluster)
