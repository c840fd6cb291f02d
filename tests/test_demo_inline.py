"""Inline mode on the page of the demo: „@bot Wort“ in a phone shows cards, and the chosen one is seen as it arrives."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.demo_page import Phones

pytest_plugins = ("tests.browser_fixtures",)
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


def card(entry: str, title: str, html: str) -> dict[str, Any]:
    """A result as the bot sends it."""
    return {
        "type": "article",
        "id": entry,
        "title": title,
        "description": "Kurz gesagt",
        "input_message_content": {"message_text": html, "parse_mode": "HTML"},
    }


async def answered(shown: Phones, words: str, *cards: dict[str, Any]) -> None:
    """The bot answers the newest query, which must have these words."""
    queries = shown.telegram.bot.inline_queries
    await shown.telegram.until(lambda: any(q.query == words and q.answer is None for q in queries.values()))
    number = next(n for n, q in queries.items() if q.query == words and q.answer is None)
    await shown.bot("answerInlineQuery", inline_query_id=number, results=list(cards), cache_time=0)


async def test_cards_for_the_words_behind_the_name(shown: Phones) -> None:
    """Only with the bot's name in front; arrows walk, Enter sends; what arrives elsewhere is shown with its markup."""
    field = shown.phone().get_by_label("Nachricht von Anna")
    cards = shown.phone().get_by_role("listbox", name="Karten")
    name = shown.telegram.bot.username
    await field.fill(f"{name} duldung")
    await expect(cards).to_be_hidden()
    await field.fill(f"@{name} duldung")
    await answered(
        shown,
        "duldung",
        card("eins", "Was ist eine Duldung?", "<b>Eins</b>"),
        card("zwei", "Zweite", "<b>Zwei</b> hier"),
    )
    await expect(cards.get_by_role("option")).to_have_count(2)
    await expect(cards).to_contain_text("Was ist eine Duldung?")
    await field.press("ArrowDown")
    await field.press("Enter")

    shared = shown.page.get_by_role("dialog", name="So kommt es im anderen Chat an")
    await expect(shared.locator("strong")).to_have_text("Zwei")
    await expect(shared).to_contain_text("Zwei hier")
    await shared.get_by_role("button", name="OK").click()
    await expect(field).to_have_value("")
    await expect(cards).to_be_hidden()


async def test_cards_go_away(shown: Phones) -> None:
    """With Escape, without a result, and when the name is no longer in front."""
    field = shown.phone().get_by_label("Nachricht von Anna")
    cards = shown.phone().get_by_role("listbox", name="Karten")
    name = shown.telegram.bot.username
    for words, leave in (("eins", "Escape"), ("zwei", "")):
        await field.fill(f"@{name} {words}")
        await answered(shown, words, card("a", "Karte", "Text"))
        await expect(cards.get_by_role("option")).to_have_count(1)
        if leave:
            await field.press(leave)
        else:
            await field.fill("etwas anderes")
        await expect(cards).to_be_hidden()
    await field.fill(f"@{name} nichts")
    await answered(shown, "nichts")
    await expect(cards).to_be_hidden()
    await field.fill(f"@{name} klick")
    await answered(shown, "klick", card("b", "Karte", "Angeklickt"))
    await cards.get_by_role("option").click()
    await expect(shown.page.get_by_role("dialog")).to_contain_text("Angeklickt")
