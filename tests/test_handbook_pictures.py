"""The pictures of the handbooks, taken from the real demo. Only ``make pictures`` makes them: LOTSENBOT_PICTURES=1."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.demo import sample
from bot.demo.show import Show, showing
from handlers import texts_cases
from tests.phone_at_hand import (
    BETRIEB,
    LOTSE,
    OFFICE,
    SLOW,
    newest,
    one_phone,
    press,
    take,
    turn_to,
    with_text,
    write,
)

pytest_plugins = ("tests.browser_fixtures",)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(os.environ.get("LOTSENBOT_PICTURES") != "1", reason="only „make pictures“ makes them"),
]

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

        await turn_to(page, OFFICE)
        await write(page, OFFICE, "/pruefen wie lange ist die probezeit in der lehre")
        await expect(newest(page, OFFICE)).to_contain_text("Entschieden hat")
        await take(page, OFFICE, "pruefen.png", with_text(page, OFFICE, "/pruefen"))

        edit(
            show,
            ("details: |", "detials: |"),
            ("pruefen_bis: 2027-07-31", "pruefen_bis: 31.07.2027"),
        )
        await write(page, OFFICE, "/reload")
        await expect(newest(page, OFFICE)).to_contain_text("berichtigt werden", timeout=SLOW)
        await take(page, OFFICE, "reload-fehler.png", with_text(page, OFFICE, "/reload"))

        edit(
            show,
            ("detials: |", "details: |"),
            ("pruefen_bis: 31.07.2027", "pruefen_bis: 2027-07-31"),
            # Words that are only shown: other phrasings would need a new index, minutes beside a browser.
            ("Eine längere Probezeit ist unwirksam.", "Eine längere Probezeit gilt nicht."),
        )
        await write(page, OFFICE, "/reload")
        await expect(newest(page, OFFICE)).to_contain_text("Geändert (1)", timeout=SLOW)
        await take(page, OFFICE, "reload-bericht.png", with_text(page, OFFICE, "/reload"))


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
