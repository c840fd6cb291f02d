"""The browser and the pages in it, for modules that name this one in ``pytest_plugins``.

Not in ``conftest.py``: every process of every test run would import Playwright.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser

from bot.demo.show import Show, showing
from tests.demo_page import Phones, browsing, phones


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """One browser for all tests of a file."""
    async with browsing() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="module")
async def shown(browser: Browser) -> AsyncIterator[Phones]:
    """The three phones, wide."""
    async with phones(browser) as open_page:
        yield open_page


@pytest_asyncio.fixture(loop_scope="module")
async def show(tmp_path: Path, shipped_cache: Path) -> AsyncIterator[Show]:
    """The demo on a free port, with a clean journal at the end."""
    async with showing(0, tmp_path, shipped_cache) as started:
        yield started
        assert started.telegram.journal.violations == []
