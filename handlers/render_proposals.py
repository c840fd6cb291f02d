"""Proposals of Lotsen and the form of a new entry → what Lotsen and editors see."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.model import CaseId, Key, MessageId, Outgoing
from bot.tables.proposals import Proposal
from handlers import buttons, render_gaps, texts_gaps, texts_proposals
from handlers.render import key, plain, shortened
from knowledge.entry import Entry, Knowledge
from knowledge.entry_form import EntryDraft

_LABEL = 48
_QUESTION, _ANSWER, _FORM = 300, 2000, 3000
_MOST = 12


def propose_key(case: CaseId) -> Key:
    """Under the confirmation of a Lotse's words."""
    return key(texts_proposals.KEY_PROPOSE, buttons.ProposeFaq(case))


def preview(case: CaseId, question: str, answer: str, nearest: Entry | None, reply_to: MessageId) -> Outgoing:
    """What would be proposed, as the answer to the words it is made of."""
    found = (
        texts_proposals.NEAREST.format(title=plain(nearest.title))
        if nearest is not None
        else texts_proposals.NO_NEAREST
    )
    text = texts_proposals.PREVIEW.format(
        question=plain(shortened(question, _QUESTION)),
        answer=plain(shortened(answer, _ANSWER)),
        nearest=found,
    )
    rows = [(key(texts_proposals.KEY_PHRASING, buttons.ProposeAs(case, 0)),)] if nearest is not None else []
    rows += [
        (key(texts_proposals.KEY_ENTRY, buttons.ProposeAs(case, 1)),),
        (key(texts_proposals.KEY_NOT, buttons.KeepOpen(case)),),
    ]
    return Outgoing(text, tuple(rows), reply_to=reply_to)


def notice(number: int, lotse: str) -> Outgoing:
    """To editors: there is one. ``lotse`` is HTML."""
    show = key(texts_proposals.KEY_SHOW, buttons.ShowProposal(number))
    return Outgoing(texts_proposals.NOTICE.format(lotse=lotse), ((show,),))


def waiting(proposals: Sequence[Proposal]) -> Outgoing:
    """Those to decide about."""
    if not proposals:
        return Outgoing(texts_proposals.NONE)
    rows = tuple(
        (key(shortened(f"{item.id} · {item.question}", _LABEL), buttons.ShowProposal(item.id)),)
        for item in proposals[:_MOST]
    )
    return Outgoing(texts_proposals.LIST.format(count=len(proposals)), rows)


def proposal(
    item: Proposal, lotse: str, nearest: Sequence[Entry], wished: Entry | None, changed: str = ""
) -> Outgoing:
    """Question, answer, nearest entries, and what can be made of it. ``lotse`` is HTML."""
    if item.state != "open":
        return Outgoing(texts_proposals.DECIDED[item.state])
    wish = (
        texts_proposals.WISH_PHRASING.format(title=plain(wished.title))
        if wished is not None
        else texts_proposals.WISH_ENTRY
    )
    text = texts_proposals.PROPOSAL.format(
        number=item.id,
        lotse=lotse,
        wish=wish,
        question=plain(shortened(item.question, _QUESTION)),
        answer=plain(shortened(item.answer, _ANSWER)),
        entries=render_gaps.lettered(nearest),
    )
    if changed:
        text += "\n\n" + texts_gaps.CHANGED.format(text=plain(changed))
    rows = [
        *render_gaps.add_keys(nearest, lambda entry: buttons.AddProposed(item.id, entry)),
        (key(texts_gaps.KEY_CHANGE, buttons.ChangeProposed(item.id)),),
        (key(texts_proposals.KEY_ENTRY, buttons.EntryOfProposal(item.id)),),
        (key(texts_proposals.KEY_DECLINE, buttons.DeclineProposal(item.id)),),
    ]
    return Outgoing(text, tuple(rows))


def settled(data: Mapping[str, Any], knowledge: Knowledge) -> Outgoing:
    """To the Lotse: what became of it."""
    question = plain(shortened(data["question"], _QUESTION))
    if data["state"] == "declined":
        return Outgoing(texts_proposals.SETTLED_DECLINED.format(question=question))
    entry = knowledge.get(data["entry"])
    text = texts_proposals.SETTLED_ENTRY if data["new"] else texts_proposals.SETTLED_PHRASING
    return Outgoing(text.format(question=question, title=plain(entry.title if entry else data["entry"])))


def as_markup(answer: str) -> str:
    """The plain words of a Lotse as an answer of the FAQ, which is HTML."""
    return plain(answer)


def form(draft: EntryDraft, knowledge: Knowledge) -> Outgoing:
    """The form to copy and fill in."""
    text = shortened(draft.text(), _FORM)
    return Outgoing(texts_proposals.FORM.format(form=plain(text), topics=plain(topics(knowledge))))


def topics(knowledge: Knowledge) -> str:
    """Every topic with its id, as plain text."""
    return ", ".join(f"{topic.id} {topic.title}" for topic in knowledge.topics)


def form_problems(problems: Sequence[str]) -> Outgoing:
    """What cannot be read."""
    lines = "\n".join(f"• {plain(problem)}" for problem in problems)
    return Outgoing(texts_proposals.FORM_PROBLEMS.format(problems=lines))


def form_preview(draft: EntryDraft) -> Outgoing:
    """What would be written. The answer is shown as typed: whether its marks are allowed is for the gate to say."""
    state = (
        texts_proposals.FORM_DRAFT.format(missing=plain(", ".join(draft.missing)))
        if draft.missing
        else texts_proposals.FORM_WHOLE
    )
    text = texts_proposals.FORM_PREVIEW.format(
        title=plain(draft.title), answer=plain(draft.answer), state=state
    )
    return Outgoing(text, ((key(texts_proposals.KEY_CHECK, buttons.CheckEntry()),),))
