"""Practice for a Lotse in a real browser: three prepared cases, done by hand, ticked off as they are done, and fresh ones."""

import re

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from bot.demo import training
from bot.demo.show import Show
from bot.demo.training import Training
from handlers import texts_cases, texts_transfer
from tests.demo_page import NARROW, picture, visiting

pytest_plugins = ("tests.browser_fixtures",)
pytestmark = [pytest.mark.asyncio(loop_scope="module")]

SLOW = 60_000  # ms for three handoffs on a busy machine


async def test_cases_are_prepared_and_prepared_again(show: Show) -> None:
    """Urgent, taken with a question, new; again: the old cards say that they are erased, the new ones are as before."""
    exercises = Training(show.telegram, show.lotse)
    for _ in range(2):
        assert (await exercises.prepare())["steps"] == list(training.STEPS)
        urgent, again, new = (
            next(message for message in reversed(show.lotse.received) if words in message.text)
            for words in (training.URGENT, training.ASKED_AGAIN, training.NEW)
        )
        assert texts_cases.CARD_URGENT in urgent.text
        assert urgent.text.startswith(texts_cases.STATES["open"])
        assert again.text.startswith(texts_cases.STATES["taken"])
        assert new.text.startswith(texts_cases.STATES["open"])
        assert texts_cases.CARD_URGENT not in new.text
        assert [one for one in show.lotse.received if training.FOLLOW_UP in one.text and one.id > again.id]
    erased = [
        message for message in show.lotse.received if message.text.startswith("⚪ Vom Betrieb gelöscht")
    ]
    assert len(erased) == 3
    assert show.employer.sees == []


async def write(page: Page, text: str) -> None:
    """The Lotse types a text and sends it."""
    field = page.locator("#phone-2").get_by_role("textbox")
    await field.fill(text)
    await field.press("Enter")


def card(page: Page, words: str) -> Locator:
    """The case card that holds these words."""
    return (
        page.locator("#phone-2 li.message", has_text=re.compile(re.escape(words))).filter(has_text="📍").last
    )


@pytest.mark.browser
async def test_the_exercise(browser: Browser, show: Show) -> None:
    """Every step by hand, each ticked off; the page may be loaded again in between."""
    async with visiting(browser, show.address) as page:
        await page.get_by_role("button", name="Üben").click()
        exercise = page.locator("#training")
        await expect(exercise.locator(".step")).to_have_count(5, timeout=SLOW)
        await expect(page.locator("#guide")).to_be_hidden()
        await expect(exercise).to_contain_text("Schritt 1 von 5")
        if path := picture("training.png", committed=True):
            await page.screenshot(path=path)

        urgent = card(page, training.URGENT)
        await exercise.get_by_role("button", name="Zeigen").first.click()
        await urgent.locator(".key", has_text=texts_cases.KEY_TAKE).click()
        await expect(exercise).to_contain_text("Schritt 2 von 5")
        await urgent.locator(".key", has_text=texts_cases.KEY_REPLY).click()
        await write(page, "Ich rufe Sie in zehn Minuten an.")
        await expect(exercise).to_contain_text("Schritt 3 von 5")

        question = page.locator("#phone-2 li.message", has_text=training.FOLLOW_UP).last
        await question.hover()
        await question.get_by_role("button", name="Antworten").first.click()
        await write(page, "Am besten drei Monate vorher.")
        await expect(exercise).to_contain_text("Schritt 4 von 5")

        await page.reload()
        await page.get_by_role("button", name="Üben").click()
        await expect(exercise).to_contain_text("Schritt 4 von 5")
        new = card(page, training.NEW)
        await new.locator(".key", has_text=texts_cases.KEY_TAKE).click()
        await new.locator(".key", has_text="💡").first.click()
        await page.locator("#phone-2 .key", has_text="Unverändert senden").last.click()
        await expect(exercise).to_contain_text("Schritt 5 von 5")
        await urgent.locator(".key", has_text=texts_cases.KEY_CLOSE).click()
        await page.locator("#phone-2 .key", has_text=texts_transfer.KEY_WITHOUT_WORD).last.click()
        await expect(exercise).to_contain_text("Geschafft.")

        await exercise.get_by_role("button", name="Von vorn").click()
        await expect(exercise).to_contain_text("Schritt 1 von 5", timeout=SLOW)
        await exercise.get_by_role("button", name="Übung schließen").click()
        await expect(exercise).to_be_hidden()


@pytest.mark.browser
async def test_on_a_narrow_screen(browser: Browser, show: Show) -> None:
    """The phone of the Lotse comes to the front, and nothing is wider than the screen."""
    async with visiting(browser, show.address, size=NARROW) as page:
        await page.get_by_role("button", name="Üben").click()
        await expect(page.locator("#training .step")).to_have_count(5, timeout=SLOW)
        await expect(page.locator("#phone-2")).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
