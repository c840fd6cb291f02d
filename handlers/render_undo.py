"""„Rückgängig“: what a Lotse reads while words are held, and once they have gone."""

from collections.abc import Mapping
from typing import Any

from bot.model import Case, CaseState, MessageId, Outgoing, UpdateId
from handlers import buttons, texts_undo
from handlers.render import key, plain, shortened
from handlers.render_proposals import propose_key

_FIRST_WORDS = 300


def held(case: Case, place: str, seconds: int, update: UpdateId, message: MessageId) -> Outgoing:
    """Where the words will go, while they can still be taken back; before the first answer with the question."""
    names = {"place": plain(place), "number": plain(case.number), "seconds": seconds}
    first = case.state is not CaseState.ANSWERED  # also for the one who got the case from somebody else
    question = plain(shortened(case.question, _FIRST_WORDS))
    before = texts_undo.FIRST.format(place=plain(place), question=question) if first else ""
    undo = key(texts_undo.KEY_UNDO, buttons.UndoWords(case.id, update))
    return Outgoing(before + texts_undo.HELD.format(**names), ((undo,),), reply_to=message)


def held_over(case: Case, names: Mapping[str, str], data: Mapping[str, Any]) -> Outgoing:
    """The message that offered to take words back, once it is too late: what became of them."""
    text = (texts_undo.ARRIVED if data["arrived"] else texts_undo.NOT_ARRIVED).format(**names)
    keys = ((propose_key(case.id),),) if data["proposes"] else ()
    return Outgoing(
        text + (texts_undo.HELD_LAST if data["closes"] else ""),
        keys,
        reply_to=MessageId(data["words"]),  # where it has to be said anew
        edits=MessageId(data["message"]),
    )
