"""A case that changes hands, and notes about it → HTML."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.library import Edition
from bot.model import Case, Key, MessageId, NoticeKind, Outgoing
from bot.tables.notes import Note
from handlers import buttons, texts, texts_cases, texts_transfer, texts_waiting
from handlers.render import case_place, key, moment, plain, shortened
from knowledge.directory import Lotse, LotseId

_LABEL = 44
_ON_CARD = 3  # notes
_NOTE_ON_CARD = 200
_LONGEST_QUESTION = 2500
_LONGEST_LIST = 3600
STOP: Final = key(texts.KEY_CANCEL, buttons.StopStep())
_TOLD: Final = {
    NoticeKind.OFFER_DECLINED: texts_transfer.OFFER_DECLINED,
    NoticeKind.OFFER_LAPSED: texts_transfer.OFFER_LAPSED,
    NoticeKind.OFFER_FAILED: texts_transfer.OFFER_FAILED,
    NoticeKind.OFFER_TAKEN: texts_transfer.OFFER_TAKEN,
}
KINDS: Final = frozenset({*_TOLD, NoticeKind.OFFER, NoticeKind.OFFER_OVER})


def name_of(lotse: str, edition: Edition) -> str:
    """A Lotse of the directory in a sentence, escaped; also when the directory lost the row meanwhile."""
    known = edition.directory.lotsen.get(LotseId(lotse))
    return plain(known.name) if known is not None else "eine andere Stelle"


def place_of(case: Case, edition: Edition) -> str:
    """Where the firm is, escaped."""
    return plain(case_place(case, edition))


def notice(
    kind: NoticeKind, data: dict[str, str], case: Case, edition: Edition, notes: Sequence[Note]
) -> Outgoing | None:
    """What the outbox says about an offer; ``None`` when it is no longer true."""
    names = {
        "to": name_of(data.get("to", ""), edition),
        "number": plain(case.number),
        "place": place_of(case, edition),
    }
    match kind:
        case NoticeKind.OFFER:
            return _offer(case, data, edition, notes) if case.offered_to == data["to"] else None
        case NoticeKind.OFFER_OVER:
            return Outgoing(
                texts_transfer.OFFER_OVER.format(**names),
                edits=MessageId(int(data["message"])),
                protected=True,
            )
        case _:
            return Outgoing(_TOLD[kind].format(**names))


def _offer(case: Case, data: dict[str, str], edition: Edition, notes: Sequence[Note]) -> Outgoing:
    text = texts_transfer.OFFER.format(
        by=name_of(data["by"], edition),
        number=plain(case.number),
        urgent=texts_cases.CARD_URGENT if case.urgent else "",
        place=place_of(case, edition),
        branch=texts_cases.BRANCH_WORDS.get(case.branch, ""),
        opened=moment(case.opened_at),
        question=plain(shortened(case.question, _LONGEST_QUESTION)),
        notes=on_card(case, notes, edition),
        due=moment(case.offer_due_at) if case.offer_due_at else "",
    )
    accept = key(texts_transfer.KEY_ACCEPT, buttons.AcceptOffer(case.id))
    decline = key(texts_transfer.KEY_DECLINE, buttons.DeclineOffer(case.id))
    return Outgoing(text, ((accept, decline),), protected=True)


def offered(case: Case, edition: Edition) -> str:
    """The card's line about an offer; empty without one."""
    if not case.offered_to:
        return ""
    due = moment(case.offer_due_at) if case.offer_due_at else ""
    return texts_transfer.CARD_OFFERED.format(to=name_of(case.offered_to, edition), due=due)


def on_card(case: Case, notes: Sequence[Note], edition: Edition) -> str:
    """The newest notes in short; all of them come with /notiz."""
    if not notes:
        return ""
    lines = [_line(note, edition, _NOTE_ON_CARD) for note in notes[-_ON_CARD:]]
    if len(notes) > _ON_CARD:
        more = texts_transfer.NOTES_MORE.format(count=len(notes) - _ON_CARD, number=plain(case.number))
        lines.insert(0, more)
    return texts_transfer.CARD_NOTES.format(notes="\n".join(lines))


def all_notes(case: Case, notes: Sequence[Note], edition: Edition) -> Outgoing:
    """Every note of a case, the newest in full when they are too long together."""
    if not notes:
        return Outgoing(texts_transfer.NOTES_NONE.format(number=plain(case.number)))
    shown: list[str] = []
    left = _LONGEST_LIST
    for note in reversed(notes):
        line = _line(note, edition, max(left, 1))
        left -= len(note.text) + 60
        shown.insert(0, line)
        if left <= 0:
            break
    text = texts_transfer.NOTES_OF_CASE.format(number=plain(case.number), notes="\n\n".join(shown))
    return Outgoing(text, protected=True)


def _line(note: Note, edition: Edition, longest: int) -> str:
    return texts_transfer.NOTE_LINE.format(
        lotse=name_of(note.lotse, edition), at=moment(note.at), text=plain(shortened(note.text, longest))
    )


def hand_over_key(case: Case) -> Key:
    """Hand it over, or take the offer back."""
    if case.offered_to:
        return key(texts_transfer.KEY_RECALL, buttons.RecallOffer(case.id))
    return key(texts_transfer.KEY_TRANSFER, buttons.TransferCase(case.id))


def to_whom(case: Case, reachable: Sequence[Lotse], edition: Edition) -> Outgoing:
    """The colleagues who can be asked, and the way to everybody else."""
    text = texts_transfer.TO_WHOM.format(number=plain(case.number), place=place_of(case, edition))
    rows = (*_people(case, reachable), (key(texts_transfer.KEY_SEARCH, buttons.SearchColleague(case.id)),))
    return Outgoing(text + ("" if reachable else texts_transfer.TO_WHOM_NOBODY), (*rows, (STOP,)))


def found(case: Case, words: str, reachable: Sequence[Lotse], others: Sequence[Lotse]) -> Outgoing:
    """Who fits what was typed; those who cannot be reached in Telegram are named, not promised."""
    if not reachable and not others:
        return Outgoing(texts_transfer.FOUND_NONE.format(words=plain(words)), ((STOP,),))
    text = texts_transfer.FOUND.format(words=plain(words), number=plain(case.number))
    if others:
        names = "\n".join(f"• {plain(lotse.name)}, {plain(lotse.telefon or lotse.email)}" for lotse in others)
        text += texts_transfer.NOT_LINKED.format(names=names)
    return Outgoing(text, (*_people(case, reachable), (STOP,)))


def _people(case: Case, lotsen: Sequence[Lotse]) -> tuple[tuple[Key, ...], ...]:
    return tuple(
        (key(shortened(f"{lotse.name} · {lotse.ort}", _LABEL), buttons.OfferTo(case.id, lotse.id)),)
        for lotse in lotsen
    )


def ask_note(case: Case, to: str, edition: Edition) -> Outgoing:
    """A word for the one who gets it?"""
    text = texts_transfer.ASK_NOTE.format(number=plain(case.number), to=name_of(to, edition))
    now = key(texts_transfer.KEY_WITHOUT_NOTE, buttons.OfferNow(case.id, to))
    return Outgoing(text, ((now,), (STOP,)))


def note_or_answer(note: Case, answer: Case, edition: Edition) -> Outgoing:
    """A reply while a note is awaited: nothing is guessed, a note at the employer's would be the worst."""
    text = texts_transfer.NOTE_OR_ANSWER.format(
        note=plain(note.number), answer=plain(answer.number), place=place_of(answer, edition)
    )
    rows = (
        (key(texts_transfer.KEY_AS_NOTE, buttons.KeepAsNote(note.id)),),
        (key(texts_transfer.KEY_AS_ANSWER, buttons.SendToCase(answer.id)),),
        (STOP,),
    )
    return Outgoing(text, rows)


def offers(cases: Sequence[Case], edition: Edition, now: datetime) -> Outgoing:
    """What a Lotse is offered, above the own cases; one row of buttons a case."""
    lines = [texts_transfer.OFFERS.format(count=len(cases))]
    lines += [
        texts_transfer.OFFERS_LINE.format(
            number=plain(case.number),
            urgent=texts_cases.CARD_URGENT if case.urgent else "",
            by=name_of(case.lotse, edition),
            place=place_of(case, edition),
            age=texts_waiting.age(now - case.opened_at),
            due=moment(case.offer_due_at) if case.offer_due_at else "",
        )
        for case in cases
    ]
    rows = tuple(
        (key(texts_transfer.KEY_OFFER.format(number=case.number), buttons.TakeCase(case.id)),)
        for case in cases
    )
    return Outgoing("\n\n".join(lines), rows)


def close_question(case: Case, edition: Edition, *, lotse: bool) -> Outgoing:
    """Closing cannot be undone by a slip of the thumb; a Lotse can end with a last word."""
    keep = key(texts_cases.KEY_KEEP_OPEN, buttons.KeepOpen(case.id))
    if not lotse:
        rows: tuple[tuple[Key, ...], ...] = (
            (key(texts_cases.KEY_CLOSE_SURELY, buttons.CloseSurely(case.id)), keep),
        )
        text = texts_cases.CLOSE_QUESTION
    else:
        word = key(texts_transfer.KEY_LAST_WORD, buttons.LastWord(case.id))
        without = key(texts_transfer.KEY_WITHOUT_WORD, buttons.CloseSurely(case.id))
        rows = ((word,), (without, keep))
        text = texts_transfer.LAST_WORD_QUESTION
    return Outgoing(text.format(number=plain(case.number), place=place_of(case, edition)), rows)
