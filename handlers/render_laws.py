"""The law watch as messages: what changed, old text and new."""

import difflib
import re
from collections.abc import Mapping, Sequence
from itertools import islice

from bot.model import Outgoing
from handlers import buttons, texts_laws
from handlers.render import key, plain, shortened
from knowledge.entry import Entry, EntryId, LawMark
from knowledge.law_watch import said
from knowledge.statutes import differing

_MOST = 20  # provisions in one message
_MOST_ENTRIES = 10
_ROOM = 1500  # code points of one of the two texts, before the marks of what differs
_TITLE = 60
_WORDS = re.compile(r"\s+|\S+")


def overview(marks: Mapping[LawMark, Sequence[EntryId]]) -> Outgoing:
    """Every provision that has changed, with a button each."""
    if not marks:
        return Outgoing(texts_laws.NONE)
    shown = list(islice(marks.items(), _MOST))
    lines = [
        texts_laws.LINE.format(said=plain(said(mark)), entries=plain(", ".join(entries[:_MOST_ENTRIES])))
        for mark, entries in shown
    ]
    if len(marks) > _MOST:
        lines.append(texts_laws.MORE.format(count=len(marks) - _MOST))
    rows = tuple((key(mark.name, buttons.ShowLaw(mark.name)),) for mark, _ in shown)
    return Outgoing(texts_laws.OVERVIEW.format(count=len(marks), lines="\n".join(lines)), rows)


def side_by_side(mark: LawMark, entries: Sequence[Entry], old: str, new: str, *, editable: bool) -> Outgoing:
    """The paragraphs that differ: before and now, what differs in them in bold."""
    pairs = differing(old, new)
    before, was_cut = _marked([(one, other) for one, other in pairs])
    now, is_cut = _marked([(other, one) for one, other in pairs])
    listed = "\n".join(
        texts_laws.ENTRY.format(title=plain(shortened(entry.title, _TITLE)), id=plain(entry.id))
        for entry in entries[:_MOST_ENTRIES]
    )
    blocks = [
        texts_laws.HEADING.format(said=plain(said(mark)), entries=listed),
        texts_laws.OLD.format(text=before),
        texts_laws.NEW.format(text=now),
    ]
    text = "\n\n".join(blocks) + (texts_laws.CUT if was_cut or is_cut else "")
    rows = ((key(texts_laws.KEY_REVIEWED, buttons.LawReviewed(mark.name)),),) if editable else ()
    return Outgoing(text, rows)


def _marked(pairs: Sequence[tuple[str, str]]) -> tuple[str, bool]:
    """The first texts, with what the second ones do not have in bold; and whether something was left out."""
    pieces: list[str] = []
    room = _ROOM
    for number, (text, other) in enumerate(pairs):
        if not text:
            continue
        if pieces:
            pieces.append("\n\n")
        cut = text[:room]
        pieces.append(_bold(cut, other))
        room -= len(cut)
        if len(cut) < len(text) or (room <= 0 and number < len(pairs) - 1):
            return "".join(pieces) + "…", True
    return "".join(pieces) or texts_laws.NOTHING, False


def _bold(text: str, other: str) -> str:
    ours, theirs = _WORDS.findall(text), _WORDS.findall(other)
    if not theirs:
        return plain(text)
    parts = []
    for tag, first, last, _, _ in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        piece = plain("".join(ours[first:last]))
        parts.append(f"<b>{piece}</b>" if tag in {"replace", "delete"} and piece.strip() else piece)
    return "".join(parts)
