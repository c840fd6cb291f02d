"""A headless Chromium in front of the demo page, and the page with three people and no bot behind it."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot.demo import Person, StandIn
from bot.demo.site import Site
from tests.standin_fixture import Api, plain_api

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
PATIENCE = 30_000  # ms, for presses and for what has to appear: a busy machine must not fail a story
WIDE, NARROW = (1440, 960), (390, 844)


def chromium() -> str:
    """Where Chromium is; without one the test is skipped, or fails when LOTSENBOT_BROWSER=required."""
    found = next((path for name in NAMES if (path := shutil.which(name))), "")
    if not found:
        sentence = "there is no Chromium on this machine (Debian: apt install chromium)"
        if os.environ.get("LOTSENBOT_BROWSER") == "required":
            pytest.fail(sentence)
        pytest.skip(sentence)
    return found


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    """A browser."""
    path = chromium()
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def visiting(
    browser: Browser,
    address: str,
    *,
    size: tuple[int, int] = WIDE,
    dark: bool = False,
    scale: float = 1,
    errors: list[str] | None = None,
) -> AsyncIterator[Page]:
    """The page of a demo, ``scale`` pixels for each of CSS; its errors (kept in ``errors``), and anything it asks from elsewhere, fail the test."""
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=scale,
        color_scheme="dark" if dark else "light",
        locale="de-DE",
        timezone_id="Europe/Berlin",
        reduced_motion="reduce",
        permissions=["clipboard-read", "clipboard-write"],
    )
    context.set_default_timeout(PATIENCE)
    page = await context.new_page()
    wrong = errors if errors is not None else []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    page.on("request", lambda request: None if request.url.startswith(address) else wrong.append(request.url))
    try:
        await page.goto(address)
        await page.locator("#phone-1").wait_for(state="attached")
        yield page
        assert wrong == []
    finally:
        await context.close()


@dataclass(frozen=True, slots=True)
class Phones:
    """The page without a bot: the test itself calls the Bot API and looks at what people see."""

    page: Page
    telegram: StandIn
    bot: Api
    anna: Person
    lukas: Person
    ada: Person
    errors: list[str]

    def phone(self, number: int = 1) -> Locator:
        """One of the three phones, from the left."""
        return self.page.locator(f"#phone-{number}")

    def last(self, number: int = 1) -> Locator:
        """The newest message on a phone."""
        return self.phone(number).locator("li.message").last

    async def say(self, html: str, number: int = 1, **more: object) -> int:
        """The bot writes to a person; returns the message's id when it is on the screen."""
        person = (self.anna, self.lukas, self.ada)[number - 1]
        sent = await self.bot("sendMessage", chat_id=person.id, text=html, parse_mode="HTML", **more)
        await self.page.locator(f"#m-{sent['message_id']}").wait_for(state="attached")
        return int(sent["message_id"])


@asynccontextmanager
async def phones(browser: Browser, *, size: tuple[int, int] = WIDE) -> AsyncIterator[Phones]:
    """Three people who have pressed Start, with a clean journal at the end."""
    site = Site()
    errors: list[str] = []
    async with StandIn.running(routes=site.routes(), pace=0.01) as telegram:
        people = (telegram.user("Anna"), telegram.user("Lukas"), telegram.user("Ada"))
        roles = ("Betrieb", "Lotse", "Admin")
        site.people = [
            {"id": person.id, "name": person.user.first_name, "role": role, "does": "probiert"}
            for person, role in zip(people, roles, strict=True)
        ]
        for person in people:
            await person.starts()
        async with (
            plain_api(telegram) as bot,
            visiting(browser, telegram.base_url, size=size, errors=errors) as page,
        ):
            yield Phones(page, telegram, bot, *people, errors)
        assert telegram.journal.violations == []


def picture(name: str, *, committed: bool = False) -> Path | None:
    """Where a picture goes, into the documentation or beside the test's results; ``None`` unless LOTSENBOT_PICTURES=1."""
    if os.environ.get("LOTSENBOT_PICTURES") != "1":
        return None
    root = Path(__file__).parent.parent
    folder = root / "docs" / "images" if committed else root / "test-results"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name
