"""After the end of a case: do these words belong to it, or are they something new? They wait until that is said."""

from collections.abc import Sequence

from bot.library import Edition
from bot.model import Case, Outgoing
from handlers import buttons, render_transfer, texts, texts_cases, texts_desk
from handlers.render import key, moment, plain


def question(cases: Sequence[Case], edition: Edition) -> Outgoing:
    """One button for each case that can be opened again, one for something new, one for the bot."""
    rows = [
        (key(texts_desk.KEY_SAME_CASE.format(number=case.number), buttons.SameCase(case.id)),)
        for case in cases
    ]
    rows += [
        (key(texts_desk.KEY_NEW_MATTER, buttons.NewMatter()),),
        (key(texts_cases.KEY_ASK_BOT, buttons.AskBot()),),
        (key(texts.KEY_CANCEL, buttons.CancelDraft()),),
    ]
    lines = "\n".join(
        texts_desk.CLOSED_CASE.format(
            number=plain(case.number),
            lotse=render_transfer.name_of(case.lotse, edition),
            closed=moment(case.closed_at) if case.closed_at else "",
        )
        for case in cases
    )
    return Outgoing(texts_desk.SAME_OR_NEW.format(cases=lines), tuple(rows))
