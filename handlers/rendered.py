"""Answers rendered once: an entry looks the same for everyone of a Land until the edition or the day changes."""

from datetime import date

from bot.library import Edition
from bot.model import Outgoing
from handlers import render
from knowledge.entry import Entry, EntryId


class Rendered:
    """The answers of one edition on one day."""

    def __init__(self) -> None:
        self._edition: Edition | None = None
        self._day = date.min
        self._answers: dict[tuple[EntryId, str], Outgoing] = {}

    def answer(self, entry: Entry, edition: Edition, today: date, land: str = "") -> Outgoing:
        """``render.answer`` of an entry of ``edition``; what another edition or day said is forgotten."""
        if edition is not self._edition or today != self._day:
            self._edition, self._day, self._answers = edition, today, {}
        key = (entry.id, land if entry.variants else "")
        found = self._answers.get(key)
        if found is None:
            found = self._answers[key] = render.answer(entry, edition.knowledge, today, land=land)
        return found
