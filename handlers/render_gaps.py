"""Questions without an answer → what editors see: one gap, its wordings, the nearest entries, and what can be done."""

from collections.abc import Callable, Sequence

from bot.model import Key, Outgoing
from handlers import buttons, texts_gaps
from handlers.render import key, plain, shortened
from knowledge.entry import Entry, EntryId
from knowledge.gaps import Gap

_MOST = 8  # wordings in one message
_A_ROW = 4
_LABEL = 48
_LETTERS = "ABC"


def gap(gaps: Sequence[Gap], place: int, chosen: int = 0, changed: str = "", *, before: str = "") -> Outgoing:
    """The gap at ``place``; ``chosen``: the wording that buttons add, ``changed``: the editor's words instead of it."""
    if not gaps:
        return Outgoing(texts_gaps.NONE)
    place = min(max(place, 0), len(gaps) - 1)
    shown = gaps[place]
    known = {wording.id for wording in shown.wordings}
    chosen = chosen if chosen in known else shown.wordings[0].id
    text = before + texts_gaps.GAP.format(
        number=place + 1,
        count=len(gaps),
        chats=shown.chats,
        reasons=", ".join(f"{count}× {texts_gaps.REASONS[why]}" for why, count in shown.why.items()),
        wordings=_wordings(shown, chosen, changed),
        entries=lettered(shown.nearest),
    )
    return Outgoing(text, _keys(shown, place, len(gaps), chosen))


def _wordings(shown: Gap, chosen: int, changed: str) -> str:
    lines = [
        f"{'▶️' if wording.id == chosen else ''} {number}. {plain(wording.text)}".strip()
        for number, wording in enumerate(shown.wordings[:_MOST], 1)
    ]
    if left := len(shown.wordings) - len(lines):
        lines.append(texts_gaps.MORE.format(count=left))
    if changed:
        lines.append(texts_gaps.CHANGED.format(text=plain(changed)))
    return "\n".join(lines)


def _keys(shown: Gap, place: int, count: int, chosen: int) -> tuple[tuple[Key, ...], ...]:
    rows: list[tuple[Key, ...]] = []
    if len(shown.wordings) > 1:
        numbers = [
            key(str(number), buttons.PickWording(wording.id))
            for number, wording in enumerate(shown.wordings[:_MOST], 1)
        ]
        rows += [tuple(numbers[start : start + _A_ROW]) for start in range(0, len(numbers), _A_ROW)]
    seen = shown.seen(chosen)
    rows += add_keys(shown.nearest, lambda entry: buttons.AddWording(seen, entry))
    rows.append((key(texts_gaps.KEY_CHANGE, buttons.ChangeWording(chosen)),))
    rows.append((key(texts_gaps.KEY_ENTRY, buttons.EntryOfGap(seen)),))
    rows.append((key(texts_gaps.KEY_IGNORE, buttons.IgnoreGap(seen)),))
    turn = []
    if place > 0:
        turn.append(key("‹ größere", buttons.TurnGaps(place - 1)))
    if place < count - 1:
        turn.append(key("kleinere ›", buttons.TurnGaps(place + 1)))
    return (*rows, tuple(turn)) if turn else tuple(rows)


def lettered(entries: Sequence[Entry]) -> str:
    """The nearest entries, named A to C."""
    lines = [f"{letter}. {plain(entry.title)}" for letter, entry in zip(_LETTERS, entries, strict=False)]
    return "\n".join(lines) or texts_gaps.NO_ENTRY


def add_keys(
    entries: Sequence[Entry], button: Callable[[EntryId], buttons.CuratingButton]
) -> list[tuple[Key, ...]]:
    """A row for each of them: add the wording there."""
    return [
        (
            key(
                shortened(texts_gaps.KEY_ADD.format(letter=letter, title=entry.title), _LABEL),
                button(entry.id),
            ),
        )
        for letter, entry in zip(_LETTERS, entries, strict=False)
    ]


def ask_wording(text: str) -> Outgoing:
    """The words to copy and change."""
    return Outgoing(texts_gaps.ASK_WORDING.format(text=plain(text)))
