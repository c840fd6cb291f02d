"""A person's hands on the demo page: one phone in front, pressing, typing, and pictures of what stands there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Locator, Page, expect

from bot.demo.show import Show
from tests.demo_page import picture, visiting

BETRIEB, LOTSE, OFFICE = 1, 2, 3
PHONE = (430, 900)  # CSS pixels: one phone, the tabs above it
SHARP = 2  # pixels for each of CSS, so that letters stay sharp
MARGIN = 14  # CSS pixels above and below what is shown
SLOW = 300_000  # ms: a reload asks thousands of questions, here beside a browser
# What stands above the first message is not shown, nor the arrow to newer ones, and no field has the keyboard.
ALONE = """(item, margin) => {
  for (let above = item.previousElementSibling; above; above = above.previousElementSibling)
    above.style.opacity = 0;
  item.style.scrollMarginTop = `${margin}px`;
  item.scrollIntoView({ block: "start" });
  document.activeElement?.blur();
  for (const arrow of document.querySelectorAll(".to-end")) arrow.style.opacity = 0;
}"""
TOGETHER = "item => { for (const other of item.parentElement.children) other.style.opacity = ''; }"


@asynccontextmanager
async def one_phone(browser: Browser, show: Show) -> AsyncIterator[Page]:
    """The page in a window as narrow as a phone, without the guide."""
    async with visiting(browser, show.address, size=PHONE, scale=SHARP) as page:
        await page.get_by_role("button", name="Anleitung schließen").click()
        await page.locator(f"#phone-{BETRIEB}").get_by_role("button", name="Starten").click()
        await expect(newest(page, BETRIEB)).to_contain_text("Guten Tag!")
        yield page


async def turn_to(page: Page, number: int) -> None:
    """Bring a phone to the front."""
    await page.get_by_role("tab").nth(number - 1).click()
    await expect(page.locator(f"#phone-{number}")).to_be_visible()


def newest(page: Page, number: int) -> Locator:
    """The newest message on a phone."""
    return page.locator(f"#phone-{number} li.message").last


def with_text(page: Page, number: int, text: str) -> Locator:
    """The newest message on a phone that holds ``text``."""
    return page.locator(f"#phone-{number} li.message", has_text=text).last


async def write(page: Page, number: int, text: str) -> None:
    """Type a text and send it with Enter."""
    field = page.locator(f"#phone-{number}").get_by_role("textbox")
    await field.fill(text)
    await field.press("Enter")


async def press(page: Page, number: int, label: str) -> None:
    """Press the newest button with this label."""
    await page.locator(f"#phone-{number} .key", has_text=label).last.click()


async def take(page: Page, number: int, name: str, first: Locator) -> None:
    """A picture for a handbook, when it was asked for: a phone from message ``first`` to its newest one, as tall as they need."""
    path = picture(name, committed=True)
    if path is None:
        return
    await expect(page.locator(".toast")).to_have_count(0, timeout=SLOW)
    top, bottom = await first.bounding_box(), await newest(page, number).bounding_box()
    screen = await page.locator(f"#phone-{number} .screen").bounding_box()
    assert top is not None
    assert bottom is not None
    assert screen is not None
    needed = bottom["y"] + bottom["height"] - top["y"] + 2 * MARGIN
    size = page.viewport_size
    assert size is not None
    height = round(size["height"] - screen["height"] + needed)
    await page.set_viewport_size({"width": size["width"], "height": height})
    await page.mouse.move(0, 0)  # what a pointer brings up over a message is not there on a phone
    await first.evaluate(ALONE, MARGIN)
    await page.locator(f"#phone-{number}").screenshot(path=path)
    await first.evaluate(TOGETHER)
    await page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
