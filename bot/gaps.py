"""What employers ask and the bot cannot answer: kept without names and numbers, shown to editors once enough have asked."""

import asyncio
from collections.abc import Sequence
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
from knowledge.gaps import Gap, Gathering, Wording

_MOST: Final = 600  # newest questions looked at: after a start, reading that many takes seconds


class Why(StrEnum):
    """Why a question is a gap."""

    REFUSED = "refused"  # nothing fits
    NONE_FITS = "none_of_these"  # „Nichts davon“
    NOT_HELPED = "not_helped"  # 👎
    HANDED_OVER = "handed_over"  # a case was opened with it


# What a better index can settle by itself; an answer that did not help is still the answer.
_SETTLED_BY_AN_ANSWER = frozenset({Why.REFUSED, Why.NONE_FITS})


class _Looked:
    """What one edition says of the wordings: each is asked about once, not whenever somebody looks."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._gathering = Gathering(edition.understanding)
        self._answered: dict[str, bool] = {}
        self._last: tuple[tuple[Kept, ...], tuple[Gap, ...]] = ((), ())

    def gaps(self, kept: tuple[Kept, ...]) -> tuple[Gap, ...]:
        """The gaps among what is kept. Seconds of work for hundreds of new wordings, so callers use a thread."""
        if self._last[0] != kept:
            texts = {item.wording.text for item in kept}
            self._answered = {text: known for text, known in self._answered.items() if text in texts}
            ignored = {item.wording.id for item in kept if item.ignored}
            open_ = [item.wording for item in kept if item.ignored or not self._settled(item.wording)]
            self._last = kept, self._gathering.gaps(open_, ignored)
        return self._last[1]

    def _settled(self, wording: Wording) -> bool:
        if wording.why not in _SETTLED_BY_AN_ANSWER:
            return False
        if wording.text not in self._answered:
            decision = self.edition.understanding.find(wording.text)
            self._answered[wording.text] = isinstance(decision, Answer)
        return self._answered[wording.text]


class Gaps:
    """Keeps and shows gaps."""

    def __init__(self, store: Store, clock: Clock, library: Library) -> None:
        self._store = store
        self._clock = clock
        self._library = library
        self._looking = asyncio.Lock()
        self._looked: _Looked | None = None

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
        """What at least three chats asked, the largest first, without what is answered by now or ignored.

        The one definition of a gap: whoever shows, counts or settles gaps means these.
        """
        async with self._looking:
            kept, edition = await rows.newest(self._store.read, _MOST), self._library.current
            if self._looked is None or self._looked.edition is not edition:
                self._looked = _Looked(edition)
            return await asyncio.to_thread(self._looked.gaps, kept)

    async def gap(self, wording: int) -> Gap | None:
        """The gap in which this wording (id) is shown; ``None`` when it is gone."""
        return next(
            (gap for gap in await self.shown() if any(item.id == wording for item in gap.wordings)), None
        )

    async def settle(self, members: Sequence[int], state: str) -> None:
        """These wordings, and no others that came meanwhile: 'done' or 'ignored'."""
        async with self._store.transaction() as tx:
            await rows.settle(tx, members, state)
