"""What admins read: why an answer was given, lists of Lotsen."""

from collections.abc import Sequence

from bot.model import Outgoing
from handlers import texts, texts_admin
from handlers.render import plain, shortened
from knowledge.decision import Hit
from knowledge.directory import Lotse
from knowledge.understanding import Explanation

_SEARCHED, _EXPLAINED = 200, 2000  # code points: marks of the escaping must fit into a message as well


def many_lotsen(lotsen: Sequence[Lotse]) -> Outgoing:
    """Several match: the admin repeats with the id."""
    lines = "\n".join(f"<code>{plain(lotse.id)}</code> {plain(lotse.name)}" for lotse in lotsen)
    return Outgoing(texts.INVITE_MANY.format(lotsen=lines))


def explanation(question: str, why: Explanation) -> Outgoing:
    """Why this answer: the step that decided, the entries found, the thresholds; the figures behind them folded."""
    lines = [texts_admin.WHY_STEP.format(step=plain(why.step))]
    lines += [
        texts_admin.WHY_SEARCHED.format(text=plain(shortened(text, _SEARCHED)))
        for text in why.searched
        if text != question
    ]
    if why.candidates:
        lines += ["", *(_candidate(number, hit) for number, hit in enumerate(why.candidates, 1)), ""]
        limits = why.thresholds
        lines.append(
            texts_admin.WHY_LIMITS.format(
                answer=round(limits.answer * 100), choice=round(limits.choice * 100)
            )
        )
        lines.append(texts_admin.WHY_FIGURES.format(text=plain(shortened(why.text(), _EXPLAINED))))
    return Outgoing(f"<b>{plain(shortened(question, _SEARCHED))}</b>\n\n" + "\n".join(lines))


def _candidate(number: int, hit: Hit) -> str:
    return texts_admin.WHY_CANDIDATE.format(
        number=number, title=plain(hit.entry.title), entry=hit.entry.id, percent=round(hit.confidence * 100)
    )


def alarm(what: str, count: int, refs: Sequence[str]) -> Outgoing:
    """Something is wrong; several of a kind in one message."""
    one, several = texts_admin.ALARMS[what]
    return Outgoing((one if count == 1 else several).format(count=count, refs=plain(", ".join(refs))))
