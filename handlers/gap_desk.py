"""/luecken: questions without an answer, and what editors make of them."""

import re
from dataclasses import dataclass
from typing import Any, assert_never

from telegram import CallbackQuery, Update

from bot.conversations import Conversations
from bot.gaps import Gaps
from bot.model import ChatId, Outgoing
from handlers import buttons, render_gaps, texts_gaps
from handlers.editors import Editors
from handlers.replies import Context, chat_of, refuse, say, show
from knowledge.additions import Addition
from knowledge.anonymous import GONE

WORDING_DIALOG = "wording"  # the next message is the wording of this gap
_WORDING = re.compile(rf"[^\n{GONE}]{{2,200}}")


@dataclass(frozen=True, slots=True)
class GapDesk:
    """Shows gaps; what is added goes through the editors' gate."""

    conversations: Conversations
    gaps: Gaps
    editors: Editors

    async def on_list(self, update: Update, context: Context) -> None:
        """/luecken: the largest gap first."""
        chat = chat_of(update)
        if not self.editors.roles.is_editor(chat):
            await refuse(context, chat, "luecken", role="editor")
            return
        await say(context, chat, render_gaps.gap(await self.gaps.shown(), 0))

    async def on_button(
        self, context: Context, query: CallbackQuery, chat: ChatId, button: buttons.GapButton
    ) -> None:
        """Turn, choose, change, add, ignore."""
        if isinstance(button, buttons.TurnGaps):
            await show(context, query, render_gaps.gap(await self.gaps.shown(), button.page))
            return
        text = await self._text(chat, button.gap)
        if text is None:
            await show(context, query, Outgoing(texts_gaps.GONE))
            return
        match button:
            case buttons.PickWording(gap=number):
                await self.conversations.end_dialog(chat)
                await show(context, query, await self._view(number))
            case buttons.ChangeWording(gap=number):
                await self.conversations.wait_for(chat, WORDING_DIALOG, {"gap": number})
                await say(context, chat, render_gaps.ask_wording(text))
            case buttons.AddWording(gap=number, entry=entry):
                await self.editors.check_phrasing(context, chat, Addition(entry, text), f"gap:{number}")
            case buttons.IgnoreGap(gap=number):
                await self.gaps.settle(number, "ignored")
                await show(context, query, Outgoing(texts_gaps.IGNORED))
                await say(context, chat, render_gaps.gap(await self.gaps.shown(), 0))
            case _:
                assert_never(button)

    async def on_wording(self, context: Context, chat: ChatId, text: str, data: dict[str, Any]) -> None:
        """The words that the editor wants for the gap."""
        words = wording_of(text)
        if not words:
            await say(context, chat, Outgoing(texts_gaps.BAD_WORDING))
            return
        await self.conversations.wait_for(chat, WORDING_DIALOG, {"gap": data["gap"], "text": words})
        await say(context, chat, await self._view(data["gap"], words))

    async def _text(self, chat: ChatId, number: int) -> str | None:
        """The wording of this gap: the editor's own if there is one; ``None`` when the gap is gone."""
        found = await self.gaps.wording(number)
        if found is None:
            return None
        return await changed_wording(self.conversations, chat, "gap", number) or found[1]

    async def _view(self, number: int, changed: str = "") -> Outgoing:
        """The gap of this wording."""
        gaps = await self.gaps.shown()
        for place, gap in enumerate(gaps):
            if any(wording.id == number for wording in gap.wordings):
                return render_gaps.gap(gaps, place, number, changed)
        return Outgoing(texts_gaps.GONE)


async def changed_wording(conversations: Conversations, chat: ChatId, of: str, number: int) -> str:
    """The editor's own words for this "gap" or "proposal"; empty when there are none."""
    waiting = (await conversations.situation(chat)).dialog
    if waiting is None or waiting.kind != WORDING_DIALOG or waiting.data.get(of) != number:
        return ""
    return str(waiting.data.get("text", ""))


def wording_of(text: str) -> str:
    """The wording that an editor typed; empty when it is none."""
    words = " ".join(text.split(" ")).strip()
    return words if _WORDING.fullmatch(words) else ""
