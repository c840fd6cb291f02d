"""A new entry from the chat: a form that is filled in, shown, checked by the gate."""

import json
from dataclasses import dataclass
from typing import Any

from telegram import CallbackQuery

from bot.clock import Clock
from bot.conversations import Conversations
from bot.library import Library
from bot.model import ChatId, Outgoing
from bot.proposals import Proposals
from handlers import buttons, render_proposals, texts_gaps, texts_proposals
from handlers.editors import Editors
from handlers.gap_desk import GapDesk, cause_of_gap
from handlers.replies import Context, say, show
from knowledge import entry_form
from knowledge.additions import Addition
from knowledge.anonymous import GONE
from knowledge.entry_form import EntryDraft
from knowledge.gaps import Gap, wording_of

FORM_DIALOG = "entry_form"  # the next message is the form of a new entry
_PHRASINGS = 8


@dataclass(frozen=True, slots=True)
class EntryDesk:
    """Makes new entries; nothing is written before the gate and „Übernehmen“."""

    library: Library
    conversations: Conversations
    gap_desk: GapDesk
    proposals: Proposals
    editors: Editors
    clock: Clock

    async def on_button(
        self, context: Context, query: CallbackQuery, chat: ChatId, button: buttons.EntryButton
    ) -> None:
        """Begin a form, or have the filled in one checked."""
        if not self.editors.editable:
            await say(context, chat, Outgoing(texts_gaps.NO_FOLDER))
        elif isinstance(button, buttons.CheckEntry):
            await self._check(context, query, chat)
        else:
            await self._begin(context, query, chat, button)

    async def _begin(
        self,
        context: Context,
        query: CallbackQuery,
        chat: ChatId,
        button: buttons.EntryOfGap | buttons.EntryOfProposal,
    ) -> None:
        if isinstance(button, buttons.EntryOfGap):
            gap = await self.gap_desk.as_seen(context, query, chat, button.seen)
            if gap is None:
                return
            cause = cause_of_gap(gap)
            draft = _of_gap(gap, wording_of(button.seen))
        else:
            cause = f"proposal:{button.proposal}"
            found = await self._of_proposal(button.proposal)
            if found is None:
                await show(context, query, Outgoing(texts_proposals.GONE))
                return
            draft = found
        await self.conversations.wait_for(chat, FORM_DIALOG, {"cause": cause})
        await say(context, chat, render_proposals.form(draft, self.library.current.knowledge))

    async def _of_proposal(self, number: int) -> EntryDraft | None:
        item = await self.proposals.get(number)
        if item is None or item.state != "open":
            return None
        nearest = self.library.current.understanding.search(item.question, limit=1)
        phrasings = [] if GONE in item.question else [item.question]
        answer = render_proposals.as_markup(item.answer)
        topic = nearest[0].topic if nearest else ""
        return entry_form.begun(item.question.replace(GONE, ""), phrasings, answer, topic)

    async def on_form(self, context: Context, chat: ChatId, text: str, data: dict[str, Any]) -> None:
        """The filled in form: what cannot be read, or what would be written."""
        draft, problems = entry_form.parse(text)
        knowledge = self.library.current.knowledge
        if knowledge.topic(draft.topic) is None:
            unknown = texts_proposals.UNKNOWN_TOPIC.format(topics=render_proposals.topics(knowledge))
            problems = (*problems, unknown)
        if GONE in draft.text():
            problems = (*problems, texts_proposals.FORM_HOLES)
        if problems:
            await say(context, chat, render_proposals.form_problems(problems))
            return
        await self.conversations.wait_for(chat, FORM_DIALOG, {"cause": data["cause"], "form": text})
        await say(context, chat, render_proposals.form_preview(draft))

    async def _check(self, context: Context, query: CallbackQuery, chat: ChatId) -> None:
        waiting = (await self.conversations.situation(chat)).dialog
        if waiting is None or waiting.kind != FORM_DIALOG or "form" not in waiting.data:
            await show(context, query, Outgoing(texts_proposals.FORM_GONE))
            return
        draft, _ = entry_form.parse(waiting.data["form"])
        entry = entry_form.new_id(draft.title, self.library.current.knowledge.entries)
        form = json.dumps(draft.fields(entry, self.clock.now().date()), ensure_ascii=False)
        # The form keeps waiting: what the gate finds can be mended in it and sent once more.
        await self.editors.check_addition(
            context, chat, Addition(entry, topic=draft.topic, form=form), waiting.data["cause"]
        )


def _of_gap(gap: Gap, wording: int) -> EntryDraft:
    whole = [item.text for item in gap.wordings if GONE not in item.text]
    topic = gap.nearest[0].topic if gap.nearest else ""
    return entry_form.begun(gap.text(wording).replace(GONE, ""), whole[:_PHRASINGS], "", topic)
