"""/abdeckung: who serves which Kreis and can be reached, with a map. For admins, and coordinators for their Land."""

import asyncio
from dataclasses import dataclass

from telegram import Update

from bot.clock import Clock
from bot.coverage_map import draw
from bot.library import Library
from bot.linking import Linking
from bot.model import ChatId, Outgoing
from handlers import render_coverage, texts_coverage
from handlers.render import moment, plain
from handlers.replies import Context, chat_of, refuse, say
from handlers.roles import Roles
from knowledge.coverage import Coverage, coverage


@dataclass(frozen=True, slots=True)
class CoverageDesk:
    """Shows the truth about reachability; who may see it is asked at each command."""

    library: Library
    linking: Linking
    roles: Roles
    clock: Clock

    async def on_command(self, update: Update, context: Context) -> None:
        """All Länder with a map; with a Land or Kreis behind it, that one."""
        chat = chat_of(update)
        query = " ".join(context.args or ()).strip()
        laender = await self._may_see(chat)
        if not laender and not self.roles.is_admin(chat):
            await refuse(context, chat, "abdeckung")
            return
        edition = self.library.current
        found = coverage(edition.regions, edition.directory)
        reach = await self._reach()
        if not query and self.roles.is_admin(chat):
            await say(context, chat, render_coverage.overview(found, len(edition.directory.lotsen), reach))
            await self._send_map(context, chat, found, reach)
            return
        for wanted in [query] if query else sorted(laender):
            await say(context, chat, self._one(chat, wanted, found, reach, laender))

    async def _may_see(self, chat: ChatId) -> frozenset[str]:
        """The Länder (codes) that this chat coordinates."""
        lotse = await self.linking.lotse_of(chat)
        koordination = self.library.current.directory.koordination
        return frozenset(land for land, who in koordination.items() if lotse and who == lotse)

    async def _reach(self) -> dict[str, str]:
        """For every linked Lotse of the directory: linked, away or blocked."""
        away = await self.linking.away()
        lotsen = self.library.current.directory.lotsen
        links = [link for link in await self.linking.links() if link.lotse in lotsen]
        return {
            link.lotse: "blocked" if link.blocked else "away" if link.lotse in away else "linked"
            for link in links
        }

    def _one(
        self,
        chat: ChatId,
        query: str,
        found: Coverage,
        reach: render_coverage.Reach,
        laender: frozenset[str],
    ) -> Outgoing:
        wanted, admin = query.casefold(), self.roles.is_admin(chat)
        shown = [land for land in found.laender if admin or land.land.code in laender]
        for land in shown:
            if wanted in {land.land.code.casefold(), land.land.name.casefold()}:
                return render_coverage.land(land, reach)
        rows = [row for land in shown for row in land.kreise]
        for row in rows:
            if wanted in {row.kreis.ags, row.kreis.label.casefold(), row.kreis.name.casefold()}:
                return render_coverage.kreis(row, reach)
        return Outgoing(texts_coverage.UNKNOWN.format(query=plain(query[:60])))

    async def _send_map(
        self, context: Context, chat: ChatId, found: Coverage, reach: render_coverage.Reach
    ) -> None:
        shades = {row.kreis.ags: render_coverage.shade(row, reach) for row in found.rows}
        png = await asyncio.to_thread(draw, self.library.current.regions, shades, texts_coverage.MAP_LABELS)
        caption = texts_coverage.MAP.format(at=moment(self.clock.now()))
        await context.bot.send_photo(chat, png, caption=caption, filename="abdeckung.png")
