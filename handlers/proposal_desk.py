"""/vorschlaege: what Lotsen propose, and what editors make of it."""

from dataclasses import dataclass
from typing import Any, assert_never

from telegram import CallbackQuery, Update

from bot.conversations import Conversations
from bot.library import Library
from bot.model import ChatId, Outgoing
from bot.proposals import Proposals
from bot.tables.proposals import Proposal
from handlers import buttons, render_cases, render_gaps, render_proposals, texts_gaps, texts_proposals
from handlers.editors import Editors
from handlers.gap_desk import WORDING_DIALOG, changed_wording, typed_wording
from handlers.render import plain
from handlers.replies import Context, chat_of, refuse, say, show
from knowledge.additions import Addition
from knowledge.directory import LotseId
from knowledge.gaps import NEAREST


@dataclass(frozen=True, slots=True)
class ProposalDesk:
    """Shows proposals; what is added goes through the editors' gate."""

    library: Library
    conversations: Conversations
    proposals: Proposals
    editors: Editors

    async def on_list(self, update: Update, context: Context) -> None:
        """/vorschlaege: those nobody has decided about."""
        chat = chat_of(update)
        if not self.editors.roles.is_editor(chat):
            await refuse(context, chat, "vorschlaege", role="editor")
            return
        await say(context, chat, render_proposals.waiting(await self.proposals.waiting()))

    async def on_button(
        self, context: Context, query: CallbackQuery, chat: ChatId, button: buttons.ProposalButton
    ) -> None:
        """Show, change, add, decline."""
        item = await self.proposals.get(button.proposal)
        if item is None or item.state != "open":
            gone = texts_proposals.DECIDED[item.state] if item else texts_proposals.GONE
            await show(context, query, Outgoing(gone))
            return
        match button:
            case buttons.ShowProposal():
                await say(context, chat, self._view(item))
            case buttons.ChangeProposed():
                await self.conversations.wait_for(chat, WORDING_DIALOG, {"proposal": item.id})
                await say(context, chat, render_gaps.ask_wording(item.question))
            case buttons.AddProposed(entry=entry):
                await self._add(context, chat, item, entry)
            case buttons.DeclineProposal():
                await self.proposals.settle(item.id, "declined")
                await show(context, query, Outgoing(texts_proposals.DECLINED))
            case _:
                assert_never(button)

    async def on_wording(self, context: Context, chat: ChatId, text: str, data: dict[str, Any]) -> None:
        """The words that the editor wants for the proposal."""
        words = typed_wording(text)
        item = await self.proposals.get(data["proposal"])
        if not words or item is None:
            await say(context, chat, Outgoing(texts_proposals.GONE if words else texts_gaps.BAD_WORDING))
            return
        await self.conversations.wait_for(chat, WORDING_DIALOG, {"proposal": item.id, "text": words})
        await say(context, chat, self._view(item, words))

    def _view(self, item: Proposal, changed: str = "") -> Outgoing:
        edition = self.library.current
        lotse = edition.directory.lotsen.get(LotseId(item.lotse))
        wished = edition.knowledge.get(item.entry) if item.entry else None
        nearest = edition.understanding.search(item.question, limit=NEAREST)
        if wished is not None:
            nearest = (wished, *(entry for entry in nearest if entry.id != wished.id))[:NEAREST]
        name = render_cases.name(lotse, edition.directory) if lotse else plain(item.lotse)
        return render_proposals.proposal(item, name, nearest, wished, changed)

    async def _add(self, context: Context, chat: ChatId, item: Proposal, entry_id: str) -> None:
        text = await changed_wording(self.conversations, chat, "proposal", item.id) or item.question
        await self.editors.check_phrasing(context, chat, Addition(entry_id, text), f"proposal:{item.id}")
