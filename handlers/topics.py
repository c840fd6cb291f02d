"""Browsing: the topics menu edited in place, pages, search, links to an entry."""

from dataclasses import dataclass, replace
from typing import assert_never

from telegram import CallbackQuery, Update

from bot.clock import Clock
from bot.conversations import Conversations
from bot.finding import LINK, Finding
from bot.library import Library
from bot.model import ChatId, Outgoing, UpdateId
from bot.promises import Promises
from bot.versions import NEWS_LAST
from handlers import buttons, render, texts, texts_finding
from handlers.home_land import land_for
from handlers.replies import Context, acknowledge, chat_of, say, show
from knowledge.entry import Entry, EntryId, Knowledge, Topic
from knowledge.news import News

DIALOG = "search"
ENTRY_PREFIX, TOPIC_PREFIX, REGION_PREFIX = "f_", "t_", "r_"  # of links: t.me/bot?start=f_eq-dauer
_RESULTS = 8


@dataclass(frozen=True, slots=True)
class Topics:
    """The menu and the search."""

    library: Library
    conversations: Conversations
    clock: Clock
    finding: Finding
    promises: Promises

    async def on_topics(self, update: Update, context: Context) -> None:
        """/themen."""
        await say(context, chat_of(update), await self._menu())

    async def _menu(self) -> Outgoing:
        asked = bool(await self.finding.most_asked(1))
        return render.topics(self.library.current.knowledge, asked=asked, news=bool(self._news()))

    def _news(self) -> list[News]:
        """Entries that were new or changed in the last 60 days, newest first."""
        since, known = self.clock.now() - NEWS_LAST, self.library.current.knowledge.entries
        return [news for news in self.library.news if news.at >= since and news.entry in known]

    async def on_search(self, update: Update, context: Context) -> None:
        """/suche Wort; without a word the next message is the word."""
        chat = chat_of(update)
        query = " ".join(context.args or ())
        if not query:
            await self.conversations.wait_for(chat, DIALOG, {})
            await say(context, chat, Outgoing(texts.SEARCH_PROMPT))
            return
        await self.search(context, chat, query)

    async def search(self, context: Context, chat: ChatId, query: str) -> None:
        """The entries nearest to ``query``, as a list to choose from."""
        edition = self.library.current
        found = edition.understanding.search(query, limit=_RESULTS)
        await self.conversations.end_dialog(chat)
        await say(context, chat, render.search_results(query, found))

    async def on_button(
        self,
        update: Update,
        context: Context,
        query: CallbackQuery,
        button: buttons.ShowTopics
        | buttons.MostAsked
        | buttons.ShowNews
        | buttons.ShowTopic
        | buttons.ShowPage
        | buttons.OpenEntry,
    ) -> None:
        """A button of the menu: the message changes in place."""
        knowledge = self.library.current.knowledge
        gone = ""
        match button:
            case buttons.ShowTopics():
                message = await self._menu()
            case buttons.ShowNews():
                message = render.news(self._news()[:_RESULTS], knowledge)
            case buttons.MostAsked():
                message = await self._most_asked(knowledge)
            case buttons.ShowTopic(topic=topic_id, page=page):
                topic = knowledge.topic(topic_id)
                message = render.topic(topic, page) if topic else render.topics(knowledge)
                gone = "" if topic else texts.TOPIC_GONE
            case buttons.ShowPage(page=page_id, section=section):
                shown = next((item for item in knowledge.pages if item.id == page_id), None)
                message = render.page(shown, section, knowledge) if shown else render.topics(knowledge)
                gone = "" if shown else texts.TOPIC_GONE
            case buttons.OpenEntry(entry=entry_id):
                entry = knowledge.get(entry_id)
                if entry is None:
                    await acknowledge(query, texts.ENTRY_GONE, alert=True)
                    await show(context, query, render.topics(knowledge))
                    return
                back = buttons.ShowTopic(entry.topic, _page_of(entry.id, knowledge.topic(entry.topic)))
                chat = chat_of(update)
                situation = await self.conversations.situation(chat)
                talk, land = situation.talk, land_for(self.library.current, situation)
                today = self.clock.now().date()
                message = render.answer(entry, knowledge, today, back=back, land=land)
                await self.promises.got(chat, [entry.id])
                shown_before = tuple(dict.fromkeys((*talk.shown, entry.id)))[-10:]
                await self.conversations.remember(
                    chat, replace(talk, shown=shown_before, last_entry=entry.id)
                )
            case _:
                assert_never(button)
        await acknowledge(query, gone)
        await show(context, query, message)

    async def open_link(self, context: Context, chat: ChatId, payload: str, cause: UpdateId) -> bool:
        """A link to an entry (``f_…``), a topic (``t_…``) or a region (``r_…``, a PLZ); ``False`` when it is none.

        What leads somewhere is counted, for who printed it.
        """
        edition = self.library.current
        knowledge = edition.knowledge
        kind, wanted = payload[:2], payload[2:]
        found: object
        match kind:
            case "f_":
                found = entry = knowledge.get(wanted)
                today = self.clock.now().date()
                land = land_for(edition, await self.conversations.situation(chat))
                message = render.answer(entry, knowledge, today, land=land) if entry else render.entry_gone()
            case "t_":
                found = topic = knowledge.topic(wanted)
                message = render.topic(topic, 0) if topic else render.topics(knowledge)
            case "r_":
                found = place = edition.regions.by_key(f"p{wanted}")
                message = render.start()
                if place is not None:
                    await self.conversations.live_in(chat, place.key)
                    hello = texts_finding.REGION.format(place=render.plain(place.label))
                    message = replace(message, html=hello + message.html)
            case _:
                return False
        if isinstance(found, Entry):
            await self.promises.got(chat, [found.id])
        if found is not None:
            await self.conversations.signal(LINK, payload, cause=f"link:{cause}")
        await say(context, chat, message)
        return True

    async def _most_asked(self, knowledge: Knowledge) -> Outgoing:
        known = map(knowledge.get, await self.finding.most_asked(_RESULTS))
        return render.most_asked([entry for entry in known if entry is not None])


def _page_of(entry: EntryId, topic: Topic | None) -> int:
    entries = topic.entries if topic else ()
    number = next((place for place, item in enumerate(entries) if item.id == entry), 0)
    return number // render.QUESTIONS_A_PAGE
