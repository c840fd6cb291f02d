"""Rendered answers: made once, and never those of another edition or day."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.cache import Cache, Memory
from bot.editions import Editions
from handlers import render
from handlers.rendered import Rendered


def test_an_answer_is_that_of_its_edition_and_day(
    knowledge_folder: Path, cache_folder: Path, memory: Memory
) -> None:
    """The same object until a reload or midnight; then what ``render`` says anew, an overdue review included."""
    edition = Editions(knowledge_folder, Cache(cache_folder), memory=memory).load()
    entry = next(iter(edition.knowledge.entries.values()))
    today = entry.review_by
    rendered = Rendered()
    first = rendered.answer(entry, edition, today)
    assert first == render.answer(entry, edition.knowledge, today)
    assert rendered.answer(entry, edition, today) is first

    overdue = rendered.answer(entry, edition, today + timedelta(days=1))
    assert overdue == render.answer(entry, edition.knowledge, today + timedelta(days=1))
    assert overdue != first

    reloaded = replace(edition)
    changed = replace(entry, answer="Etwas anderes.")
    assert "Etwas anderes." in rendered.answer(changed, reloaded, today + timedelta(days=1)).html
