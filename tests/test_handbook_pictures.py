"""The pictures of the handbooks, taken from the real demo. Only ``make pictures`` makes them: LOTSENBOT_PICTURES=1."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from bot.demo import sample
from bot.demo.show import Show, showing
from handlers import texts_cases
from tests.demo_page import picture, visiting

pytest_plugins = ("tests.browser_fixtures",)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(os.environ.get("LOTSENBOT_PICTURES") != "1", reason="only „make pictures“ makes them"),
]

BETRIEB, LOTSE, ADMIN = 1, 2, 3
PHONE = (430, 900)  # CSS pixels: one phone, the tabs above it
SHARP = 2  # pixels for each of CSS, so that letters stay sharp
MARGIN = 14  # CSS pixels above and below what is shown
# What stands above the first message is not shown, and no field has the keyboard.
ALONE = """(item, margin) => {
  for (let above = item.previousElementSibling; above; above = above.previousElementSibling)
    above.style.visibility = "hidden";
  item.style.scrollMarginTop = `${margin}px`;
  item.scrollIntoView({ block: "start" });
  document.activeElement?.blur();
}"""
TOGETHER = "item => { for (const other of item.parentElement.children) other.style.visibility = ''; }"
SLOW = 300_000  # ms: a reload asks thousands of questions, here beside a browser
UNDO_S = 20  # long enough for a picture of it on a busy machine

ENTRY = "probezeit-dauer"
FILE = "faq/t06-ausbildung-im-betrieb.yaml"
THANKS = "Danke, ich rufe morgen früh an. Bis wann sollte der Vertrag fertig sein?"
QUESTION = "Wie lange dauert die Probezeit beim Azubi?"


@pytest_asyncio.fixture(loop_scope="module")
async def show(tmp_path: Path, shipped_cache: Path) -> AsyncIterator[Show]:
    """The demo on a free port."""
    async with showing(0, tmp_path, shipped_cache, undo_seconds=UNDO_S) as started:
        yield started


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
    """The phone from message ``first`` to its newest one, exactly as tall as they need."""
    path = picture(name, committed=True)
    assert path is not None
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
    await first.evaluate(ALONE, MARGIN)
    await page.locator(f"#phone-{number}").screenshot(path=path)
    await first.evaluate(TOGETHER)
    await page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})


def edit(show: Show, *changes: tuple[str, str]) -> None:
    """Change the file of the entry in the knowledge folder, as an editor would."""
    file = show.knowledge / FILE
    text = file.read_text("utf-8")
    start = text.index(f"- id: {ENTRY}\n")
    before, entry = text[:start], text[start:]
    for old, new in changes:
        assert old in entry, old
        entry = entry.replace(old, new, 1)
    file.write_text(before + entry, "utf-8")


async def test_pictures_for_editors(browser: Browser, show: Show) -> None:
    """The entry as an employer sees it; why; a reload that is refused; one that may be accepted."""
    async with one_phone(browser, show) as page:
        await write(page, BETRIEB, QUESTION)
        await expect(newest(page, BETRIEB)).to_contain_text("Stand ")
        await take(page, BETRIEB, "eintrag.png", with_text(page, BETRIEB, QUESTION))

        await turn_to(page, ADMIN)
        await write(page, ADMIN, "/pruefen wie lange ist die probezeit in der lehre")
        await expect(newest(page, ADMIN)).to_contain_text("Entschieden hat")
        await take(page, ADMIN, "pruefen.png", with_text(page, ADMIN, "/pruefen"))

        edit(
            show,
            ("details: |", "detials: |"),
            ("pruefen_bis: 2027-07-31", "pruefen_bis: 31.07.2027"),
        )
        await write(page, ADMIN, "/reload")
        await expect(newest(page, ADMIN)).to_contain_text("berichtigt werden", timeout=SLOW)
        await take(page, ADMIN, "reload-fehler.png", with_text(page, ADMIN, "/reload"))

        edit(
            show,
            ("detials: |", "details: |"),
            ("pruefen_bis: 31.07.2027", "pruefen_bis: 2027-07-31"),
            (
                "      - probezeit in der lehre wie lange\n",
                "      - probezeit in der lehre wie lange\n      - Wie viele Wochen Probezeit hat ein Lehrling?\n",
            ),
        )
        await write(page, ADMIN, "/reload")
        await expect(newest(page, ADMIN)).to_contain_text("Geändert (1)", timeout=SLOW)
        await take(page, ADMIN, "reload-bericht.png", with_text(page, ADMIN, "/reload"))


async def test_pictures_for_lotsen(browser: Browser, show: Show) -> None:
    """The card, the reply and the question before closing, and the same case as the employer sees it."""
    async with one_phone(browser, show) as page:
        await write(page, BETRIEB, sample.QUESTION)
        await expect(newest(page, BETRIEB)).to_contain_text("Stand ")
        await press(page, BETRIEB, "Lotsen")
        await write(page, BETRIEB, sample.PLACE)
        await press(page, BETRIEB, sample.BRANCH)
        await press(page, BETRIEB, texts_cases.KEY_SEND)
        await expect(newest(page, BETRIEB)).to_contain_text("Fallnummer")

        await turn_to(page, LOTSE)
        card = newest(page, LOTSE)
        await expect(card).to_contain_text(sample.QUESTION)
        card = page.locator(f"#{await card.get_attribute('id')}")
        await take(page, LOTSE, "lotse-karte.png", card)

        await press(page, LOTSE, texts_cases.KEY_TAKE)
        await expect(card).to_contain_text("Übernommen")
        await card.hover()
        await card.get_by_role("button", name="Antworten").first.click()
        await write(page, LOTSE, sample.REPLY)
        await expect(newest(page, LOTSE)).to_contain_text("Geht in")
        await take(page, LOTSE, "lotse-rueckgaengig.png", with_text(page, LOTSE, sample.REPLY))

        await turn_to(page, BETRIEB)
        await expect(newest(page, BETRIEB)).to_contain_text(sample.REPLY, timeout=SLOW)
        await write(page, BETRIEB, THANKS)
        await expect(newest(page, BETRIEB)).to_contain_text("Weitergegeben an")
        await take(page, BETRIEB, "lotse-betrieb.png", with_text(page, BETRIEB, "Fallnummer"))

        await turn_to(page, LOTSE)
        await expect(newest(page, LOTSE)).to_contain_text(THANKS)
        await press(page, LOTSE, texts_cases.KEY_CLOSE)
        await expect(newest(page, LOTSE)).to_contain_text("noch ein letztes Wort")
        await take(page, LOTSE, "lotse-antwort.png", card)
