"""/qr: a QR code as a picture that leads to an entry, a topic or a region, and how often each was followed."""

import asyncio
from dataclasses import dataclass
from io import BytesIO

from telegram import Update
from telegram.constants import ParseMode

from bot.finding import FEWEST, Finding
from bot.library import Library
from bot.model import Outgoing
from handlers import texts_finding
from handlers.render import deep_link, echoed, plain
from handlers.replies import Context, chat_of, refuse, say
from handlers.roles import Roles
from handlers.topics import ENTRY_PREFIX, REGION_PREFIX, TOPIC_PREFIX

_SCALE = 12  # pixels of one dot: large enough for print
_BORDER = 4  # dots around it, which readers need
_MOST = 20


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes for a chamber's letters."""

    library: Library
    finding: Finding
    roles: Roles

    async def on_qr(self, update: Update, context: Context) -> None:
        """/qr f_eintrag | t_Thema | r_PLZ; alone it says how, and what was counted."""
        chat = chat_of(update)
        if not self.roles.is_editor(chat):
            await refuse(context, chat, "qr", role="editor")
            return
        code = context.args[0] if context.args else ""
        if not code:
            await say(context, chat, Outgoing(texts_finding.QR_USAGE + await self._counts()))
            return
        what = self._named(code)
        if not what:
            await say(context, chat, Outgoing(texts_finding.QR_UNKNOWN.format(code=echoed(code))))
            return
        link = deep_link(context.bot.username, code)
        picture = await asyncio.to_thread(_png, link)
        caption = texts_finding.QR_CAPTION.format(what=plain(what), link=plain(link))
        await context.bot.send_photo(
            chat, picture, caption=caption, parse_mode=ParseMode.HTML, filename=f"{code}.png"
        )

    def _named(self, code: str) -> str:
        """What the code leads to; empty when it leads nowhere."""
        edition = self.library.current
        if code.startswith(ENTRY_PREFIX):
            entry = edition.knowledge.get(code.removeprefix(ENTRY_PREFIX))
            return entry.title if entry else ""
        if code.startswith(TOPIC_PREFIX):
            topic = edition.knowledge.topic(code.removeprefix(TOPIC_PREFIX))
            return topic.title if topic else ""
        if code.startswith(REGION_PREFIX):
            place = edition.regions.by_key(f"p{code.removeprefix(REGION_PREFIX)}")
            return place.label if place else ""
        return ""

    async def _counts(self) -> str:
        counted = (await self.finding.codes())[:_MOST]
        lines = [
            texts_finding.QR_COUNT.format(
                code=plain(code), count=count if count >= FEWEST else texts_finding.QR_FEW
            )
            for code, count in counted
        ]
        return texts_finding.QR_COUNTS.format(lines="\n".join(lines)) if lines else ""


def _png(link: str) -> bytes:
    # Only here: a bot that answers needs no pictures, and should start without loading this.
    import segno  # noqa: PLC0415

    picture = BytesIO()
    segno.make(link, error="m").save(picture, kind="png", scale=_SCALE, border=_BORDER)
    return picture.getvalue()
