"""The whole demo in a real browser: the real bot, the packaged knowledge, three people, a question and its answer."""

import re

import pytest
from playwright.async_api import Browser, Page, expect

from bot.demo import sample
from bot.demo.show import Show
from handlers import texts_admin, texts_cases
from tests.demo_page import NARROW, picture, visiting
from tests.phone_at_hand import newest, press, write

pytest_plugins = ("tests.browser_fixtures",)
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

LINE = "Gerade geändert"
SLOW = 120_000  # ms: a reload checks all of the knowledge


async def test_from_a_question_to_the_lotse_and_back(browser: Browser, show: Show) -> None:
    """An employer asks, reads, hands over; the Lotse takes the case and answers; the admin reloads."""
    async with visiting(browser, show.address) as page:
        done = page.locator(".step.done")
        await expect(page.locator("#phone-1 .intro")).to_contain_text("Was kann dieser Bot?")
        await page.locator("#phone-1").get_by_role("button", name="Starten").click()
        await expect(newest(page, 1)).to_contain_text("Guten Tag!")

        await write(page, 1, sample.QUESTION)
        await expect(newest(page, 1)).to_contain_text("Stand ")
        await expect(newest(page, 1).locator(".foldable")).to_be_visible()
        await expect(done).to_have_count(1)

        await press(page, 1, "Lotsen")
        await expect(newest(page, 1)).to_contain_text("Postleitzahl")
        await write(page, 1, sample.PLACE)
        await press(page, 1, sample.BRANCH)
        await expect(newest(page, 1)).to_contain_text(f"{sample.LOTSE.name} (Muster)")
        await press(page, 1, texts_cases.KEY_SEND)
        await expect(newest(page, 1)).to_contain_text("Fallnummer")
        await expect(newest(page, 2)).to_contain_text(sample.QUESTION)
        await expect(done).to_have_count(2)

        await press(page, 2, texts_cases.KEY_TAKE)
        await expect(page.locator("#phone-2 .toast")).to_have_text(texts_cases.TAKEN_BY_YOU)
        await expect(newest(page, 1)).to_contain_text("übernommen")
        await expect(done).to_have_count(3)

        await newest(page, 2).hover()
        await newest(page, 2).get_by_role("button", name="Antworten").first.click()
        await write(page, 2, sample.REPLY)
        await expect(newest(page, 1)).to_contain_text(sample.REPLY)
        await expect(done).to_have_count(4)
        await expect(newest(page, 2)).to_contain_text("Geht an den Betrieb")

        await page.request.post(f"{show.address}/page/edit")
        await write(page, 3, "/reload")
        await page.locator("#phone-3 .key", has_text=texts_admin.KEY_ACCEPT).click(timeout=SLOW)
        await expect(newest(page, 3)).to_contain_text(texts_admin.ACCEPTED_WORD, timeout=SLOW)
        await expect(done).to_have_count(5)
        await photograph(browser, show, page)


async def photograph(browser: Browser, show: Show, page: Page) -> None:
    """The picture of the README, when it was asked for; dark and narrow ones for the eyes of developers."""
    readme = picture("demo.png", committed=True)
    if readme is None:
        return
    await page.set_viewport_size({"width": 1440, "height": 1170})
    await page.locator("h1").click()
    answer = page.locator("#phone-1 li.message", has=page.locator(".foldable")).last
    await answer.evaluate("item => item.scrollIntoView({ block: 'start' })")
    await expect(page.locator(".toast")).to_have_count(0, timeout=SLOW)
    await expect(page.locator(".phone:focus-within")).to_have_count(0)
    await page.screenshot(path=readme)
    async with visiting(browser, show.address, dark=True) as dark:
        await dark.screenshot(path=picture("demo-dark.png"))
    async with visiting(browser, show.address, size=NARROW) as narrow:
        await narrow.screenshot(path=picture("demo-narrow.png"))


async def test_the_guided_example_does_it_all(browser: Browser, show: Show) -> None:
    """Five buttons, one after the other, lead through the whole story; the changed answer is in use afterwards."""
    async with visiting(browser, show.address, size=NARROW) as page:
        for number in range(1, 6):
            await page.locator("li[aria-current] .do").click()
            await expect(page.locator(".step.done")).to_have_count(number, timeout=SLOW)
        await expect(page.locator("#phone-3")).to_be_visible()
        await expect(newest(page, 3)).to_contain_text(texts_admin.ACCEPTED_WORD)
        assert re.search(r"Alles gesehen", await page.locator(".guide-count").inner_text())

        changed = [
            entry for entry in show.app.library.current.knowledge.entries.values() if LINE in entry.details
        ]
        assert len(changed) == 1

        await page.get_by_role("button", name="Anleitung schließen").click()
        await expect(page.locator("#guide")).to_be_hidden()
        await page.reload()
        await expect(page.locator("#phone-1")).to_be_visible()
        await expect(page.locator("#guide")).to_be_hidden()
