"""Drafts → what the Lotse sees, and the plain text that an employer would get."""

from bot.model import Case, Key, Outgoing
from bot.parties import LONGEST_WORDS
from handlers import buttons, texts_drafts
from handlers.render import bare, key, plain, shortened
from knowledge.entry import Entry
from knowledge.schema import LAENDER

_LABEL = 44


def draft_keys(case: Case, drafts: tuple[Entry, ...]) -> tuple[tuple[Key, ...], ...]:
    """One row a draft, and the way to the canned texts."""
    rows = [
        (
            key(
                shortened(texts_drafts.KEY_DRAFT.format(title=entry.title), _LABEL),
                buttons.InsertDraft(case.id, entry.id),
            ),
        )
        for entry in drafts
    ]
    return (*rows, (key(texts_drafts.KEY_CANNED, buttons.ShowCanned(case.id)),))


def canned_list(case: Case, place: str) -> Outgoing:
    """Which canned text?"""
    rows = tuple(
        (key(label, buttons.InsertDraft(case.id, f"+{name}")),)
        for name, (label, _) in texts_drafts.CANNED.items()
    )
    text = texts_drafts.CHOOSE_CANNED.format(place=plain(place), number=plain(case.number))
    return Outgoing(text, rows)


def draft(case: Case, place: str, name: str, text: str) -> Outgoing:
    """The draft to copy and change, or to send as it is; it says to whom it would go."""
    shown = texts_drafts.DRAFT.format(place=plain(place), number=plain(case.number), text=plain(text))
    return Outgoing(shown, ((key(texts_drafts.KEY_SEND_AS_IS, buttons.SendDraftAsIs(case.id, name)),),))


def entry_as_words(entry: Entry, land: str) -> str:
    """The curated answer as plain text, word for word, with basis, source and date; for this Land its own paragraph."""
    variants = [
        texts_drafts.VARIANT.format(land=LAENDER[variant.land], text=bare(variant.text))
        for variant in entry.variants
        if variant.land == land
    ]
    year, month = entry.as_of.split("-")
    origin = texts_drafts.ORIGIN.format(
        basis=", ".join((*entry.legal_basis, *([entry.programme] if entry.programme else ()))),
        links=" · ".join(f"{link.name}: {link.url}" for link in entry.sources),
        month=month,
        year=year,
    )
    unverified = [texts_drafts.UNVERIFIED.format(reason=entry.unverified)] if entry.unverified else []
    return shortened("\n\n".join((bare(entry.answer), *variants, *unverified, origin)), LONGEST_WORDS)
