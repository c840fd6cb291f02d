"""@bot words in any chat: cards of the nearest entries; a tap sends the answer with its source."""

import logging
from dataclasses import dataclass
from typing import Final

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.clock import Clock
from bot.finding import Finding
from bot.library import Edition, Library
from bot.refusals import Refusal
from handlers import render, texts_finding
from handlers.rendered import Rendered
from handlers.replies import Context
from handlers.topics import ENTRY_PREFIX
from knowledge.entry import Entry
from knowledge.markup import visible
from knowledge.named_land import named_land

log = logging.getLogger(__name__)

_CARDS = 8
_DESCRIPTION = 120
_CACHE_S: Final = 300
_LONGEST_QUERY = 256  # Bot API, InlineQuery


@dataclass(frozen=True, slots=True)
class Inline:
    """Answers inline queries; nothing of them is kept."""

    library: Library
    finding: Finding
    clock: Clock
    rendered: Rendered

    async def on_query(self, update: Update, context: Context) -> None:
        """The nearest entries; without words what is asked most."""
        query = update.inline_query
        if query is None:
            return
        edition = self.library.current
        words = query.query.strip()[:_LONGEST_QUERY]
        if words:
            entries = edition.understanding.search(words, limit=_CARDS)
        else:
            known = map(edition.knowledge.get, await self.finding.most_asked(_CARDS))
            entries = tuple(entry for entry in known if entry is not None)
        land = named_land(words)
        cards = [self._card(entry, edition, context.bot.username, land) for entry in entries]
        try:
            await query.answer(cards, cache_time=_CACHE_S, is_personal=False)
        except BadRequest as error:
            # Who has typed on does not wait for the old cards.
            if not Refusal.PRESS_TOO_OLD.meant_by(error):
                raise
            log.info("an inline query was too old")

    def _card(self, entry: Entry, edition: Edition, username: str, land: str) -> InlineQueryResultArticle:
        message = self.rendered.answer(entry, edition, self.clock.now().date(), land)
        link = render.deep_link(username, f"{ENTRY_PREFIX}{entry.id}")
        keys = InlineKeyboardMarkup([[InlineKeyboardButton(texts_finding.KEY_ASK_BOT, url=link)]])
        return InlineQueryResultArticle(
            id=entry.id,
            title=entry.title,
            description=render.shortened(" ".join(visible(entry.answer).split()), _DESCRIPTION),
            input_message_content=InputTextMessageContent(
                message.html,
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            ),
            reply_markup=keys,
        )
