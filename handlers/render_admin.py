"""What admins read: why an answer was given, lists of Lotsen."""

from collections.abc import Sequence

from bot.model import Outgoing
from handlers import texts, texts_admin
from handlers.render import plain, shortened
from knowledge.directory import Lotse
from knowledge.understanding import Explanation

_EXPLAINED = 3000  # code points: marks of the escaping must fit into a message as well


def many_lotsen(lotsen: Sequence[Lotse]) -> Outgoing:
    """Several match: the admin repeats with the id."""
    lines = "\n".join(f"<code>{plain(lotse.id)}</code> {plain(lotse.name)}" for lotse in lotsen)
    return Outgoing(texts.INVITE_MANY.format(lotsen=lines))


def explanation(question: str, why: Explanation) -> Outgoing:
    """Why this answer: the step that decided, score parts, runners-up, thresholds."""
    return Outgoing(f"<b>{plain(shortened(question, 200))}</b>\n\n{plain(shortened(why.text(), _EXPLAINED))}")


def alarm(what: str, count: int, refs: Sequence[str]) -> Outgoing:
    """Something is wrong; several of a kind in one message."""
    one, several = texts_admin.ALARMS[what]
    return Outgoing((one if count == 1 else several).format(count=count, refs=plain(", ".join(refs))))
