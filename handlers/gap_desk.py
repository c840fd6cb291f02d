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
from knowledge.gaps import Gap, wording_of

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
        match button:
            case buttons.TurnGaps(page=page):
                await show(context, query, render_gaps.gap(await self.gaps.shown(), page))
            case buttons.PickWording(gap=number):
                await self.conversations.end_dialog(chat)
                await show(context, query, await self._view(number))
            case buttons.ChangeWording(gap=number):
                gap = await self.gaps.gap(number)
                if gap is None:
                    await show(context, query, Outgoing(texts_gaps.GONE))
                    return
                await self.conversations.wait_for(chat, WORDING_DIALOG, {"gap": number})
                await say(context, chat, render_gaps.ask_wording(gap.text(number)))
            case buttons.AddWording(seen=seen, entry=entry):
                gap = await self.as_seen(context, query, chat, seen)
                if gap is None:
                    return
                number = wording_of(seen)
                changed = await changed_wording(self.conversations, chat, "gap", number)
                addition = Addition(entry, changed or gap.text(number))
                await self.editors.check_phrasing(context, chat, addition, cause_of_gap(gap))
            case buttons.IgnoreGap(seen=seen):
                gap = await self.as_seen(context, query, chat, seen)
                if gap is None:
                    return
                await self.gaps.settle(gap.members, "ignored")
                await show(context, query, Outgoing(texts_gaps.IGNORED))
                await say(context, chat, render_gaps.gap(await self.gaps.shown(), 0))
            case _:
                assert_never(button)

    async def as_seen(self, context: Context, query: CallbackQuery, chat: ChatId, seen: int) -> Gap | None:
        """The gap that the pressed message shows; if it is not that any more, the message says so and shows what is."""
        number = wording_of(seen)
        gap = await self.gaps.gap(number)
        if gap is not None and gap.seen(number) == seen:
            return gap
        changed = await changed_wording(self.conversations, chat, "gap", number)
        await show(context, query, await self._view(number, changed, before=texts_gaps.CHANGED_MEANWHILE))
        return None

    async def on_wording(self, context: Context, chat: ChatId, text: str, data: dict[str, Any]) -> None:
        """The words that the editor wants for the gap."""
        words = typed_wording(text)
        if not words:
            await say(context, chat, Outgoing(texts_gaps.BAD_WORDING))
            return
        await self.conversations.wait_for(chat, WORDING_DIALOG, {"gap": data["gap"], "text": words})
        await say(context, chat, await self._view(data["gap"], words))

    async def _view(self, number: int, changed: str = "", *, before: str = "") -> Outgoing:
        """The gap of this wording, after the words ``before``."""
        gaps = await self.gaps.shown()
        for place, gap in enumerate(gaps):
            if any(wording.id == number for wording in gap.wordings):
                return render_gaps.gap(gaps, place, number, changed, before=before)
        return Outgoing(texts_gaps.GONE)


def cause_of_gap(gap: Gap) -> str:
    """What is checked from now on settles these wordings and no others (``handlers.editors``)."""
    return f"gap:{','.join(map(str, gap.members))}"


async def changed_wording(conversations: Conversations, chat: ChatId, of: str, number: int) -> str:
    """The editor's own words for this "gap" or "proposal"; empty when there are none."""
    waiting = (await conversations.situation(chat)).dialog
    if waiting is None or waiting.kind != WORDING_DIALOG or waiting.data.get(of) != number:
        return ""
    return str(waiting.data.get("text", ""))


def typed_wording(text: str) -> str:
    """The wording that an editor typed; empty when it is none."""
    words = " ".join(text.split(" ")).strip()
    return words if _WORDING.fullmatch(words) else ""
