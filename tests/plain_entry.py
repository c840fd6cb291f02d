"""An entry with nothing in it, to be filled with what a test is about."""

from dataclasses import replace
from datetime import date

from knowledge.entry import Entry, EntryId, TopicId


def plain_entry(id_: str, phrasings: tuple[str, ...] = (), **fields: object) -> Entry:
    """An entry of this id; ``fields``: what else is given, by name."""
    plain = Entry(
        id=EntryId(id_),
        topic=TopicId("T01"),
        title="",
        phrasings=phrasings,
        answer="",
        details="",
        legal_basis=(),
        programme="",
        sources=(),
        as_of="2026-08",
        review_by=date(2027, 2, 28),
        role="recht",
        related=(),
        facts=(),
        hand_over=False,
        urgent=False,
        unverified="",
        variants=(),
    )
    return replace(plain, **fields)  # type: ignore[arg-type]  # fields by name, from a strategy
