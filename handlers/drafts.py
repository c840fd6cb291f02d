"""Drafts under the card: the nearest entries and canned texts, put before the Lotse for editing; nothing is sent by itself."""

from dataclasses import dataclass
from typing import assert_never

from telegram import CallbackQuery, Update

from bot.model import Case, CaseId
from handlers import buttons, render_drafts, texts_drafts
from handlers.desk import REPLY_DIALOG, Desk
from handlers.replies import Context, acknowledge, chat_of, say
from knowledge.entry import EntryId

DraftButton = buttons.InsertDraft | buttons.SendDraftAsIs | buttons.ShowCanned

_CANNED = "+"  # before the name of a canned text; ids of entries have none


@dataclass(frozen=True, slots=True)
class Drafts:
    """Whether the case is the Lotse's is asked anew at each tap."""

    desk: Desk

    async def on_button(
        self, update: Update, context: Context, query: CallbackQuery, button: DraftButton
    ) -> None:
        """A draft is shown, sent as it is, or the canned texts are listed."""
        chat = chat_of(update)
        case = await self.desk.open_case(query, chat, CaseId(button.case))
        if case is None:
            return
        match button:
            case buttons.ShowCanned():
                await acknowledge(query)
                await say(context, chat, render_drafts.canned_list(case, self.desk.place(case)))
            case buttons.InsertDraft(draft=name) | buttons.SendDraftAsIs(draft=name):
                text = self._text(case, name)
                if text is None:
                    await acknowledge(query, texts_drafts.DRAFT_GONE, alert=True)
                    return
                if isinstance(button, buttons.SendDraftAsIs):
                    await self.desk.send_ready(update, context, query, case.id, text)
                    return
                await acknowledge(query)
                await self.desk.conversations.wait_for(chat, REPLY_DIALOG, {"case": case.id})
                shown = render_drafts.draft(case, self.desk.place(case), name, text)
                await self.desk.say_in_case(context, chat, case.id, shown)
            case _:
                assert_never(button)

    def _text(self, case: Case, name: str) -> str | None:
        if name.startswith(_CANNED):
            found = texts_drafts.CANNED.get(name.removeprefix(_CANNED))
            return found[1] if found else None
        entry = self.desk.library.current.knowledge.get(EntryId(name))
        return render_drafts.entry_as_words(entry, case.land) if entry else None
