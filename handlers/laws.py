"""/gesetze: provisions that have changed since their entries were reviewed, old text and new, and "reviewed"."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from telegram import CallbackQuery, Update

from bot import law_check
from bot.library import Library
from bot.model import ChatId, Outgoing
from handlers import buttons, render_laws, texts_laws
from handlers.render import plain
from handlers.replies import Context, acknowledge, chat_of, refuse, refuse_press, say, show
from handlers.roles import Roles
from knowledge.entry import EntryId, LawMark

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Laws:
    """What the law watch found; the texts lie in ``origin``, which can be changed when it is the editors' ``folder``."""

    library: Library
    roles: Roles
    origin: Traversable
    folder: Path | None

    async def on_list(self, update: Update, context: Context) -> None:
        """/gesetze."""
        chat = chat_of(update)
        if not self.roles.is_editor(chat):
            await refuse(context, chat, "gesetze", role="editor")
            return
        await say(context, chat, render_laws.overview(self._marks()))

    async def on_button(
        self,
        update: Update,
        context: Context,
        query: CallbackQuery,
        button: buttons.ShowLaw | buttons.LawReviewed,
    ) -> None:
        """Old text and new; or the entries of this provision are reviewed."""
        chat = chat_of(update)
        if not self.roles.is_editor(chat):
            await refuse_press(query, chat, role="editor")
            return
        await acknowledge(query)
        mark = next((mark for mark in self._marks() if mark.name == button.law), None)
        if mark is None:
            await show(context, query, Outgoing(texts_laws.NOT_MARKED))
        elif isinstance(button, buttons.ShowLaw):
            await self._texts(context, chat, mark)
        else:
            await self._reviewed(context, query, mark)

    async def _texts(self, context: Context, chat: ChatId, mark: LawMark) -> None:
        old = await asyncio.to_thread(law_check.texts_of, self.origin, mark.law)
        new = await asyncio.to_thread(law_check.texts_of, self.origin, mark.law, new=True)
        before = old.provisions.get(mark.label) if old else None
        # What has moved is compared at its new place.
        now = new.provisions.get(mark.where or mark.label) if new else None
        entries = self._marks()[mark]
        message = render_laws.side_by_side(
            mark,
            [entry for entry in map(self.library.current.knowledge.get, entries) if entry is not None],
            before.text if before else "",
            now.text if now else "",
            editable=self.folder is not None,
        )
        await say(context, chat, message)

    async def _reviewed(self, context: Context, query: CallbackQuery, mark: LawMark) -> None:
        if self.folder is None:
            await show(context, query, Outgoing(texts_laws.NO_FOLDER))
            return
        try:
            await asyncio.to_thread(_accept, self.folder, mark.name)
        except OSError:
            log.exception("the law watch could not be written")
            await show(context, query, Outgoing(texts_laws.NOT_WRITTEN))
            return
        await show(context, query, Outgoing(texts_laws.REVIEWED.format(law=plain(mark.name))))

    def _marks(self) -> Mapping[LawMark, tuple[EntryId, ...]]:
        """Every mark of the edition in use, and the entries that cite it."""
        found: dict[LawMark, list[EntryId]] = {}
        for entry, marks in self.library.current.knowledge.under_review.items():
            for mark in marks:
                found.setdefault(mark, []).append(entry)
        return {mark: tuple(entries) for mark, entries in found.items()}


def _accept(folder: Path, name: str) -> None:
    law_check.accept(folder, law_check.watch_of(folder), (name,))
