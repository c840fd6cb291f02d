"""What a trap is: a line of an entry where old websites and old FAQs are wrong, and how a relapse is noticed.

A trap finds its line by words that stay when the value changes, so that the same number may be right elsewhere.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge import markup
from knowledge.entry import Entry

# Amounts and dates of former years, wrong in more than one place.
EQ_OLD = r"\b(?:216|231|247|262) €"
UKRAINE_OLD = r"04\.03\.202[456]"


@dataclass(frozen=True, slots=True)
class Trap:
    """One line of one entry; ``relapses``: what somebody might write again, as (pattern of today's text, old text)."""

    id: str
    entry: str
    line: str  # pattern that finds the line
    right: str  # pattern that must be in it
    relapses: tuple[tuple[str, str], ...]
    wrong: str = r"(?!)"  # pattern that must not be in it


@dataclass(frozen=True, slots=True)
class Guard:
    """What no entry may say in any line, unless the line says ``unless``; ``relapse``: a line that breaks it."""

    id: str
    never: str
    unless: str
    relapse: str


def lines(entry: Entry) -> Iterator[str]:
    """Every line of an entry that employers see."""
    variants = (variant.text for variant in entry.variants)
    for text in (entry.title, entry.answer, entry.details, entry.unverified, *variants):
        yield from markup.visible(text).split("\n")


def faults(entry: Entry, trap: Trap) -> list[str]:
    """What is wrong with the entry at this trap; empty when it says what is right today."""
    found = [line for line in lines(entry) if re.search(trap.line, line)]
    if not found:
        return [f"{entry.id}: the line „{trap.line}“ is gone; does it still say what is right?"]
    return [
        *(f"{entry.id}: „{trap.right}“ is missing in: {x}" for x in found if not re.search(trap.right, x)),
        *(f"{entry.id}: „{trap.wrong}“ is back in: {x}" for x in found if re.search(trap.wrong, x)),
    ]


def breaches(entry: Entry, guard: Guard) -> list[str]:
    """The lines of an entry that say what no entry may say."""
    return [
        f"{entry.id}: {line}"
        for line in lines(entry)
        if re.search(guard.never, line) and not re.search(guard.unless, line)
    ]


def relapsed(entry: Entry, today: str, old: str) -> Entry:
    """The entry as somebody would have changed it back."""
    return replace(
        entry,
        title=re.sub(today, old, entry.title),
        answer=re.sub(today, old, entry.answer),
        details=re.sub(today, old, entry.details),
    )
