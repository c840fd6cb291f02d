"""Which entries are new, and which say something else, when one edition of the knowledge follows another."""

from dataclasses import dataclass
from datetime import datetime

from knowledge.entry import Entry, EntryId, Knowledge


@dataclass(frozen=True, slots=True)
class News:
    """An entry that was added or changed, and when that was taken over."""

    entry: EntryId
    at: datetime
    added: bool


def following(
    before: tuple[News, ...], old: Knowledge, new: Knowledge, at: datetime, since: datetime
) -> tuple[News, ...]:
    """What is new in ``new``, newest first, then what was still new ``before``; nothing from before ``since``."""
    fresh = tuple(
        News(entry.id, at, entry.id not in old.entries)
        for entry in new.entries.values()
        if entry.id not in old.entries or _words(entry) != _words(old.entries[entry.id])
    )
    told = {news.entry for news in fresh}
    kept = tuple(
        news for news in before if news.entry not in told and news.entry in new.entries and news.at >= since
    )
    return fresh + kept


def _words(entry: Entry) -> tuple[object, ...]:
    """What people read as the answer: wordings that are only searched, and dates of review, are none of it."""
    return (entry.title, entry.answer, entry.details, entry.legal_basis, entry.programme, entry.variants)
