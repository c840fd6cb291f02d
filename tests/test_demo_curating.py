"""What employers ask becomes an answer, on the demo page: gaps, proposals, answers that come later, a new directory.

On a small FAQ, so that a check takes seconds. With LOTSENBOT_PICTURES=1 they take the pictures of the handbooks.
"""

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Protocol

import pytest
from playwright.async_api import Browser, Page, expect

from bot.demo import Person, sample
from bot.demo.sample import Cast
from bot.demo.show import Show, showing
from handlers import (
    texts,
    texts_admin,
    texts_cases,
    texts_promises,
    texts_proposals,
)
from tests.gate_at_hand import NEW, OLD, edit
from tests.phone_at_hand import (
    BETRIEB,
    LOTSE,
    OFFICE,
    newest,
    one_phone,
    press,
    take,
    turn_to,
    with_text,
    write,
)

pytest_plugins = ("tests.browser_fixtures",)
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

PATIENCE = 60.0  # s for the bot to answer somebody off the page
CHECKED = 90_000  # ms for the gate, in a process of its own
SMALL = Path(__file__).parent / "data" / "knowledge"
SHOES = "Muss ich Sicherheitsschuhe stellen?"
ALSO_SHOES = ("sicherheitsschuhe azubi", "Wer stellt Sicherheitsschuhe?")
CLOTHES = "Was gilt bei Arbeitskleidung?"
HOME = "Darf der Azubi im Homeoffice lernen?"
REPLY = (
    "Guten Tag Frau Albers, für die Berufsschule: ja, wenn die Schule es erlaubt. Im Betrieb muss jemand da sein, der ausbildet. "
    "Rufen Sie mich gern an: 0221 1234567."
)
# What the admin makes of it: no salutation, no holes, one more way to ask.
EDITED = (
    ("Guten Tag Frau …, für", "Für"),
    (" Rufen Sie mich gern an …", ""),
    ("\nFrage:", "\nFrage: azubi homeoffice berufsschule\nFrage:"),
)
STRIPPED = "Im Betrieb muss jemand da sein, der ausbildet."


class Shows(Protocol):
    """A demo on the small FAQ; ``office``: whose the third phone is."""

    def __call__(self, office: Cast = sample.ADMIN) -> AbstractAsyncContextManager[Show]: ...


@pytest.fixture
def shows(tmp_path: Path, cache_folder: Path) -> Shows:
    """One of them at a time."""

    @asynccontextmanager
    async def shows_one(office: Cast = sample.ADMIN) -> AsyncIterator[Show]:
        shutil.copytree(SMALL, tmp_path / "wissen")
        async with showing(0, tmp_path, cache_folder, office=office) as show:
            yield show
            assert show.telegram.journal.violations == []

    return shows_one


async def asks_in_vain(show: Show, person: Person, question: str) -> None:
    """Another firm asks, on a phone that nobody sees, and takes none of what is offered."""
    await person.starts()
    await show.telegram.until(lambda: bool(person.received), PATIENCE)
    await person.says(question)
    await show.telegram.until(
        lambda: {texts.KEY_NONE, texts_promises.KEY_LATER} & set(person.last.labels), PATIENCE
    )
    if texts.KEY_NONE in person.last.labels:
        await person.presses(texts.KEY_NONE)
        await show.telegram.until(lambda: texts_promises.KEY_LATER in person.last.labels, PATIENCE)


async def takes_nothing(page: Page) -> None:
    """None of what is offered, if anything is: a better search may offer something or nothing."""
    known = page.locator(
        f"#phone-{BETRIEB} .key", has_text=re.compile(f"{texts.KEY_NONE}|{texts_promises.KEY_LATER}")
    )
    await expect(known.last).to_be_visible()
    if await known.last.inner_text() == texts.KEY_NONE:
        await press(page, BETRIEB, texts.KEY_NONE)
        await expect(known.last).to_have_text(texts_promises.KEY_LATER)


async def told(show: Show, person: Person, words: str) -> None:
    """Wait until the newest message of somebody off the page holds these words."""
    await show.telegram.until(lambda: person.received and words in person.last.text, PATIENCE)


async def test_a_gap_becomes_an_answer(browser: Browser, shows: Shows) -> None:
    """Three firms ask in vain, Anna wants to be told; the editor accepts a wording; it is answered, and Anna is told."""
    async with shows(sample.EDITOR) as show, one_phone(browser, show) as page:
        await write(page, BETRIEB, SHOES)
        await takes_nothing(page)
        await press(page, BETRIEB, texts_promises.KEY_LATER)
        await expect(newest(page, BETRIEB)).to_contain_text("Notiert")
        await take(page, BETRIEB, "bescheid-bestellt.png", with_text(page, BETRIEB, texts_promises.KEY_LATER))
        for number, question in enumerate(ALSO_SHOES):
            await asks_in_vain(show, show.telegram.user(f"Betrieb {number}"), question)
        await show.admin.starts()

        await turn_to(page, OFFICE)
        await write(page, OFFICE, "/luecken")
        gap = newest(page, OFFICE)
        await expect(gap).to_contain_text("3 Chats")
        await expect(gap).to_contain_text(CLOTHES)
        await take(page, OFFICE, "luecken.png", with_text(page, OFFICE, "/luecken"))
        await press(page, OFFICE, CLOTHES)
        await takes_over(page, "Geändert (1)", "luecken-pruefen.png", "Neue Formulierung")
        await write(page, OFFICE, "/luecken")
        await expect(newest(page, OFFICE)).to_contain_text("Keine Lücken.")

        await told(show, show.admin, "Fragen, auf die es jetzt eine Antwort gibt: 1")
        await show.admin.presses("Antworten senden (1)")
        await turn_to(page, BETRIEB)
        await expect(newest(page, BETRIEB)).to_contain_text("Sie hatten gefragt")
        await expect(newest(page, BETRIEB)).to_contain_text(CLOTHES)
        await take(page, BETRIEB, "bescheid.png", newest(page, BETRIEB))
        await write(page, BETRIEB, "/start")
        await write(page, BETRIEB, SHOES)
        await expect(newest(page, BETRIEB)).to_contain_text(CLOTHES)


async def takes_over(page: Page, report: str, name: str = "", first: str = "") -> None:
    """„Übernehmen“ under the report of the gate, as soon as it is there."""
    await expect(newest(page, OFFICE)).to_contain_text(report, timeout=CHECKED)
    if name:
        await take(page, OFFICE, name, with_text(page, OFFICE, first))
    await press(page, OFFICE, texts_admin.KEY_ACCEPT)
    # An offer to tell those who waited may come right behind.
    await expect(with_text(page, OFFICE, texts_admin.ACCEPTED_WORD)).to_be_visible(timeout=CHECKED)


async def hands_over(page: Page, question: str) -> None:
    """From the question to the case."""
    await write(page, BETRIEB, question)
    await takes_nothing(page)
    await press(page, BETRIEB, "Lotsen")
    await write(page, BETRIEB, sample.PLACE)
    await press(page, BETRIEB, sample.BRANCH)
    await press(page, BETRIEB, texts_cases.KEY_SEND)
    await expect(newest(page, BETRIEB)).to_contain_text("Fallnummer")


async def test_a_lotses_answer_becomes_an_entry(browser: Browser, shows: Shows) -> None:
    """Proposed without names, filled in and approved by the admin; the Lotse is told, and so is who wanted to be told."""
    async with shows() as show, one_phone(browser, show) as page:
        curious = show.telegram.user("Carla")
        await asks_in_vain(show, curious, HOME)
        await curious.presses(texts_promises.KEY_LATER)
        await told(show, curious, "Notiert")
        await hands_over(page, HOME)

        await turn_to(page, LOTSE)
        await press(page, LOTSE, texts_cases.KEY_TAKE)
        card = newest(page, LOTSE)
        await expect(card).to_contain_text("Übernommen")
        await card.hover()
        await card.get_by_role("button", name="Antworten").first.click()
        await write(page, LOTSE, REPLY)
        await press(page, LOTSE, texts_proposals.KEY_PROPOSE)
        await expect(newest(page, LOTSE)).to_contain_text("Antwort: Guten Tag Frau …, für die Berufsschule")
        await expect(newest(page, LOTSE)).to_contain_text("Rufen Sie mich gern an …")
        await take(page, LOTSE, "lotse-vorschlag.png", newest(page, LOTSE))
        await press(page, LOTSE, texts_proposals.KEY_ENTRY)
        await expect(newest(page, LOTSE)).to_contain_text("Die Redaktion sieht Ihren Vorschlag")

        await turn_to(page, OFFICE)
        await press(page, OFFICE, texts_proposals.KEY_SHOW)
        await expect(newest(page, OFFICE)).to_contain_text(STRIPPED)
        await take(page, OFFICE, "vorschlag.png", with_text(page, OFFICE, "Vorschlag für die FAQ"))
        await press(page, OFFICE, texts_proposals.KEY_ENTRY)
        form = await newest(page, OFFICE).locator("pre").inner_text()
        await take(page, OFFICE, "formular.png", newest(page, OFFICE))
        for was, is_now in EDITED:
            assert was in form
            form = form.replace(was, is_now, 1)
        await write(page, OFFICE, form)
        await expect(newest(page, OFFICE)).to_contain_text("Wird ein Entwurf")
        await press(page, OFFICE, texts_proposals.KEY_CHECK)
        await takes_over(page, "Neu (1)")
        await turn_to(page, LOTSE)
        await expect(newest(page, LOTSE)).to_contain_text("Ihr Vorschlag ist aufgenommen")
        await turn_to(page, OFFICE)
        await expect(newest(page, OFFICE)).to_contain_text("Fragen, auf die es jetzt eine Antwort gibt: 1")
        await take(page, OFFICE, "bescheid-senden.png", newest(page, OFFICE))
        await press(page, OFFICE, "Antworten senden (1)")
        await told(show, curious, STRIPPED)
        assert "Bitte vor Ort prüfen" in curious.last.text


async def test_a_correction_and_a_new_directory(browser: Browser, shows: Shows) -> None:
    """One reload: who wanted corrections gets the new answer; the Lotse of an open case goes, and its employer reads whom to call."""
    async with shows() as show, one_phone(browser, show) as page:
        await write(page, BETRIEB, "Wie lange dauert eine EQ?")
        await expect(newest(page, BETRIEB)).to_contain_text(OLD)
        await press(page, BETRIEB, texts.KEY_HELPED)
        await press(page, BETRIEB, texts_promises.KEY_CORRECTIONS)
        await expect(newest(page, BETRIEB)).to_contain_text("wesentlich berichtigt")
        await hands_over(page, HOME)
        edit(show.knowledge / "faq" / "t05-eq.yaml", (OLD, NEW))
        directory = show.knowledge / "lotsen.yaml"
        text = directory.read_text("utf-8")
        directory.write_text(text[: text.index("- id: WL091")].replace("  - WL091\n", ""), "utf-8")

        await turn_to(page, OFFICE)
        await write(page, OFFICE, "/reload")
        await takes_over(page, "Lotsen entfernt (1): WL091", "reload-verzeichnis.png", "/reload")
        await expect(newest(page, OFFICE)).to_contain_text("1 haben die frühere Antwort bekommen")
        await press(page, OFFICE, "Korrektur senden (1)")
        await expect(newest(page, OFFICE)).to_contain_text("Gesendet an 1.")
        await turn_to(page, BETRIEB)
        await expect(with_text(page, BETRIEB, "ist nicht mehr zuständig")).to_contain_text("IHK zu Köln")
        await expect(newest(page, BETRIEB)).to_contain_text("Diese Antwort wurde berichtigt.")
        await expect(newest(page, BETRIEB)).to_contain_text(NEW)
        await turn_to(page, LOTSE)
        await expect(newest(page, LOTSE)).to_contain_text("⚪")


async def test_the_other_commands_of_the_office(browser: Browser, shows: Shows) -> None:
    """Nothing to do yet: each list says so, the figures too; a code is a picture, and what it leads to is an answer."""
    async with shows() as show, one_phone(browser, show) as page:
        await turn_to(page, OFFICE)
        for command, words in (
            ("/luecken", "Keine Lücken."),
            ("/vorschlaege", "Keine offenen Vorschläge."),
            ("/faellig", "Zu prüfen"),
            ("/gesetze", "Keine Vorschrift"),
            ("/statistik", "noch zu wenige Zahlen"),
        ):
            await write(page, OFFICE, command)
            await expect(newest(page, OFFICE)).to_contain_text(words)
        await write(page, OFFICE, "/qr f_eq-dauer")
        await expect(newest(page, OFFICE).locator("img")).to_be_visible()
        await turn_to(page, BETRIEB)
        await write(page, BETRIEB, "/start f_eq-dauer")
        await expect(newest(page, BETRIEB)).to_contain_text(OLD)
