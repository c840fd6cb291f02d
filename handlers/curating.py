"""The one door to those who make answers of questions: gaps, proposals, new entries."""

from dataclasses import dataclass
from typing import assert_never

from telegram import CallbackQuery, Update

from bot.model import ChatId
from bot.tables.situation import Waiting
from handlers import buttons
from handlers.entry_desk import FORM_DIALOG, EntryDesk
from handlers.gap_desk import WORDING_DIALOG, GapDesk
from handlers.proposal_desk import ProposalDesk
from handlers.proposing import Proposing
from handlers.replies import Context, acknowledge, chat_of, refuse_press
from handlers.roles import Roles


@dataclass(frozen=True, slots=True)
class Curating:
    """Sends each button and each text that one of them waits for to its module; all but proposing is for editors."""

    roles: Roles
    gap_desk: GapDesk
    proposing: Proposing
    proposal_desk: ProposalDesk
    entry_desk: EntryDesk

    async def on_button(
        self, update: Update, context: Context, query: CallbackQuery, button: buttons.CuratingButton
    ) -> None:
        """Every button of this kind."""
        if isinstance(button, buttons.ProposeFaq | buttons.ProposeAs):
            await self.proposing.on_button(update, context, query, button)
            return
        chat = chat_of(update)
        if not self.roles.is_editor(chat):
            await refuse_press(query, chat, role="editor")
            return
        await acknowledge(query)
        match button:
            case (
                buttons.TurnGaps()
                | buttons.PickWording()
                | buttons.AddWording()
                | buttons.ChangeWording()
                | buttons.IgnoreGap()
            ):
                await self.gap_desk.on_button(context, query, chat, button)
            case (
                buttons.ShowProposal()
                | buttons.AddProposed()
                | buttons.ChangeProposed()
                | buttons.DeclineProposal()
            ):
                await self.proposal_desk.on_button(context, query, chat, button)
            case buttons.EntryOfGap() | buttons.EntryOfProposal() | buttons.CheckEntry():
                await self.entry_desk.on_button(context, query, chat, button)
            case _:
                assert_never(button)

    async def took(self, context: Context, chat: ChatId, text: str, waiting: Waiting) -> bool:
        """Take a text that was asked for here; ``False`` when it was not, or the person is no editor any longer."""
        if not self.roles.is_editor(chat):
            return False
        if waiting.kind == FORM_DIALOG:
            await self.entry_desk.on_form(context, chat, text, waiting.data)
        elif waiting.kind == WORDING_DIALOG and "proposal" in waiting.data:
            await self.proposal_desk.on_wording(context, chat, text, waiting.data)
        elif waiting.kind == WORDING_DIALOG:
            await self.gap_desk.on_wording(context, chat, text, waiting.data)
        else:
            return False
        return True
