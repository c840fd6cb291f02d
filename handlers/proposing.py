"""„Als FAQ vorschlagen“: the Lotse's side.

Offered under words that the Lotse wrote: a text, or the caption of a photo or document (of which nothing goes along). Not
under a draft or canned text that was sent unchanged: that is the FAQ's already.
"""

from dataclasses import dataclass

from telegram import CallbackQuery, Message, Update

from bot.model import CaseId, MessageId, Outgoing
from bot.proposals import Proposals
from handlers import buttons, render_proposals, texts_cases, texts_proposals
from handlers.desk import Desk
from handlers.replies import Context, acknowledge, chat_of, say, show
from knowledge.anonymous import anonymous_answer, anonymous_question

_LONGEST_ANSWER = 2400  # code points: what an entry holds with its details


@dataclass(frozen=True, slots=True)
class Proposing:
    """The words are those the pressed message answers; nothing of them is kept before the Lotse has seen what goes."""

    desk: Desk
    proposals: Proposals

    async def on_button(
        self,
        update: Update,
        context: Context,
        query: CallbackQuery,
        button: buttons.ProposeFaq | buttons.ProposeAs,
    ) -> None:
        """Show what would be proposed; propose it."""
        chat = chat_of(update)
        case = await self.desk.as_lotse(chat, CaseId(button.case))
        words = _answered(query)
        if case is None or words is None:
            text = texts_proposals.WORDS_GONE if case else texts_cases.NOT_YOURS
            await acknowledge(query, text, alert=True)
            return
        edition = self.desk.library.current
        known = edition.understanding.index.knows_word
        question = anonymous_question(case.question, known)
        answer = anonymous_answer((words.text or words.caption or "")[:_LONGEST_ANSWER], known)
        if not question or not answer:
            await acknowledge(query, texts_proposals.TOO_LITTLE, alert=True)
            return
        await acknowledge(query)
        nearest = next(iter(edition.understanding.search(question, limit=1)), None)
        number = MessageId(words.message_id)
        if isinstance(button, buttons.ProposeFaq):
            await say(context, chat, render_proposals.preview(case.id, question, answer, nearest, number))
            return
        entry = nearest.id if nearest is not None and not button.new else ""
        cause = f"{case.id}:{number}"
        fresh = await self.proposals.propose(case.lotse, question, answer, entry, cause=cause)
        await show(
            context, query, Outgoing(texts_proposals.PROPOSED if fresh else texts_proposals.PROPOSED_BEFORE)
        )


def _answered(query: CallbackQuery) -> Message | None:
    """The person's own words that the pressed message is the answer to."""
    shown = query.message
    words = shown.reply_to_message if isinstance(shown, Message) else None
    if words is None or words.from_user is None or words.from_user.is_bot:
        return None
    if not (words.text or words.caption):
        return None
    return words
