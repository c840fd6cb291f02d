"""What employers asked to be told → HTML."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.library import Edition
from bot.model import Key, Outgoing
from bot.promises import Promised
from handlers import buttons, render, texts_promises
from handlers.render import key, plain, shortened

_QUESTION, _TITLE, _LABEL = 200, 80, 34
_MOST = 8
QUESTIONS, CORRECTIONS = "questions", "corrections"  # what can be forgotten


def noted(question: str, days: int) -> Outgoing:
    """The question is kept; it is shown, so that a button under an old message cannot keep the wrong one unseen."""
    text = texts_promises.NOTED.format(question=plain(shortened(question, _QUESTION)), days=days)
    return Outgoing(text, ((_key_forget(),),))


def key_corrections(entry: str) -> tuple[Key, ...]:
    """The row that comes below an answer that helped."""
    return (key(texts_promises.KEY_CORRECTIONS, buttons.WantCorrections(entry)),)


def state(promised: Promised) -> Outgoing:
    """/bescheid."""
    lines = [
        texts_promises.STATE_QUESTION.format(question=plain(shortened(question, _QUESTION)))
        for question in promised.questions
    ]
    questions = (
        texts_promises.STATE_QUESTIONS.format(lines="\n".join(lines))
        if lines
        else texts_promises.STATE_NO_QUESTIONS
    )
    corrections = (
        texts_promises.STATE_CORRECTIONS if promised.corrections else texts_promises.STATE_NO_CORRECTIONS
    )
    rows = [(_key_forget(),)] if lines else []
    if promised.corrections:
        off = buttons.ForgetPromises(CORRECTIONS)
        rows.append((key(texts_promises.KEY_NO_CORRECTIONS, off),))
    else:
        rows.append((key(texts_promises.KEY_CORRECTIONS, buttons.WantCorrections("")),))
    text = texts_promises.STATE.format(questions=questions, corrections=corrections)
    return Outgoing(text, tuple(rows))


def offer(data: Mapping[str, Any], edition: Edition) -> Outgoing:
    """To admins: how many wait for what came into use."""
    lines, rows = [texts_promises.OFFER], []
    if data["later"]:
        lines.append(texts_promises.OFFER_LATER.format(count=data["later"]))
        label = texts_promises.KEY_SEND_LATER.format(count=data["later"])
        rows.append((key(label, buttons.SendAnswers()),))
    for entry, at, count in data["corrections"][:_MOST]:
        found = edition.knowledge.get(entry)
        if found is None:
            continue
        title = plain(shortened(found.title, _TITLE))
        lines.append(texts_promises.OFFER_CORRECTION.format(title=title, count=count))
        label = texts_promises.KEY_SEND_CORRECTION.format(count=count, title=shortened(found.title, _LABEL))
        rows.append((key(label, buttons.SendCorrection(at, entry)),))
    return Outgoing("\n".join((*lines, "", texts_promises.OFFER_NOTE)), tuple(rows))


def later_answer(data: Mapping[str, Any], edition: Edition, today: date) -> Outgoing | None:
    """One of the answers to a question of some time ago; ``None`` when its entry is gone again.

    The question stands above the first of those ("entries") that are there, also when this is not the one at "place" 0.
    """
    entries: Sequence[str] = data["entries"]
    place = data.get("place", 0)
    first = not any(edition.knowledge.get(entry) for entry in entries[:place])
    question = plain(shortened(data["question"], _QUESTION))
    before = texts_promises.LATER_ANSWER.format(question=question) if first else texts_promises.LATER_MORE
    return _answer(entries[place], before, edition, today)


def correction(entry: str, edition: Edition, today: date) -> Outgoing | None:
    """The answer as it is now."""
    return _answer(entry, texts_promises.CORRECTION, edition, today)


def _answer(entry: str, before: str, edition: Edition, today: date) -> Outgoing | None:
    found = edition.knowledge.get(entry)
    return render.answer(found, edition.knowledge, today, before=f"{before}\n") if found else None


def _key_forget() -> Key:
    return key(texts_promises.KEY_FORGET_QUESTIONS, buttons.ForgetPromises(QUESTIONS))
