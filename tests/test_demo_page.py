"""The page of the demo in a real browser: what a messenger has to do, shown with a bot that the test plays itself."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, FilePayload, expect

from bot.demo.files import picture as grey_picture
from tests.demo_page import NARROW, Phones, phones

pytest_plugins = ("tests.browser_fixtures",)
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(loop_scope="module")
async def narrow(browser: Browser) -> AsyncIterator[Phones]:
    """The three phones in a narrow window."""
    async with phones(browser, size=NARROW) as open_page:
        yield open_page


def keys(*rows: tuple[dict[str, object], ...]) -> dict[str, object]:
    """``reply_markup`` with these inline buttons."""
    return {"inline_keyboard": [list(row) for row in rows]}


async def test_markup_becomes_elements(shown: Phones) -> None:
    """Every entity of the Bot API has its element; links leave the page in a tab of their own."""
    await shown.say(
        "<b>fett <i>und kursiv</i></b> <u>u</u> <s>s</s> <code>§ 60c</code> <pre>a\nb</pre>"
        '<a href="https://www.gesetze-im-internet.de/">Gesetz</a> /hilfe <tg-spoiler>geheim</tg-spoiler>'
    )

    message = shown.last()
    await expect(message.locator("strong em")).to_have_text("und kursiv")
    await expect(message.locator("u")).to_have_text("u")
    await expect(message.locator("s")).to_have_text("s")
    await expect(message.locator("button.code")).to_have_text("§ 60c")
    await expect(message.locator("pre")).to_have_text("a\nb")
    link = message.get_by_role("link", name="Gesetz")
    await expect(link).to_have_attribute("href", "https://www.gesetze-im-internet.de/")
    await expect(link).to_have_attribute("rel", re.compile("noopener"))
    await message.get_by_label("Verdeckten Text zeigen").click()
    await expect(message.locator(".revealed")).to_have_text("geheim")
    await message.get_by_role("button", name="/hilfe").click()
    await expect(shown.last().locator(".words")).to_contain_text("/hilfe")
    assert shown.anna.sees[-1].text == "/hilfe"


async def test_words_never_become_markup(shown: Phones) -> None:
    """HTML in a text, in a name of a button and in a file name is shown as it is written."""
    evil = "<img src=x onerror=alert(1)>"
    await shown.anna.says(evil)
    await expect(shown.last().locator(".words")).to_contain_text(evil)
    await shown.anna.sends_document(f"{evil}.pdf")
    await expect(shown.last().locator(".card strong")).to_have_text(f"{evil}.pdf")
    await shown.say("?", reply_markup=keys(({"text": evil, "callback_data": "x"},)))

    await expect(shown.last().locator(".key")).to_have_text(evil)
    assert await shown.phone().locator("li.message img").count() == 0


async def test_only_harmless_addresses_are_links(shown: Phones) -> None:
    """An address with another scheme than http, https, mailto, tel or tg stays plain words."""
    await shown.telegram.user("Anna").says("javascript:alert(1)")
    message = shown.anna.sees[-1].id
    await shown.bot(
        "sendMessage",
        chat_id=shown.anna.id,
        text="klick mich",
        entities=[{"type": "text_link", "offset": 0, "length": 10, "url": "https://example.org/"}],
    )

    await expect(shown.last().get_by_role("link", name="klick mich")).to_have_count(1)
    assert await shown.page.locator(f"#m-{message} a[href^=javascript]").count() == 0


async def test_a_long_quote_folds(shown: Phones) -> None:
    """An expandable quote shows three lines until it is unfolded; a short one has nothing to unfold."""
    lines = "\n".join(f"• Zeile {n} mit einigen Worten" for n in range(12))
    await shown.say(f"Kurz.\n<blockquote expandable>{lines}</blockquote>\nEnde")
    quote = shown.last().locator(".foldable")
    folded = await quote.bounding_box()
    toggle = quote.get_by_role("button", name="Mehr anzeigen")
    await expect(toggle).to_have_attribute("aria-expanded", "false")

    await toggle.press("Enter")

    await expect(quote.get_by_role("button", name="Weniger anzeigen")).to_have_attribute(
        "aria-expanded", "true"
    )
    unfolded = await quote.bounding_box()
    assert folded is not None
    assert unfolded is not None
    assert unfolded["height"] > 2 * folded["height"]
    await shown.say("<blockquote expandable>Nur eine Zeile</blockquote>")
    await expect(shown.last().locator(".quote-toggle")).to_be_hidden()


async def test_a_button_works_until_the_bot_answers(shown: Phones) -> None:
    """A pressed button is busy until answerCallbackQuery; its text comes as a note, an alert as a dialog."""
    await shown.say("Wählen:", reply_markup=keys(({"text": "Ja", "callback_data": "ja"},)))
    key = shown.last().get_by_role("button", name="Ja")
    for text, alert in (("Danke!", False), ("Bitte lesen", True)):
        await key.click()
        await expect(key).to_have_attribute("aria-busy", "true")
        await shown.telegram.until(lambda: shown.telegram.bot.callbacks)
        callback = list(shown.telegram.bot.callbacks)[-1]
        await shown.bot("answerCallbackQuery", callback_query_id=callback, text=text, show_alert=alert)
        await expect(key).not_to_have_attribute("aria-busy", "true")
        where = shown.page.get_by_role("dialog") if alert else shown.phone().locator(".toast")
        await expect(where).to_contain_text(text)
    await shown.page.keyboard.press("Enter")
    await expect(shown.page.get_by_role("dialog")).to_have_count(0)


async def test_copy_and_link_buttons(shown: Phones) -> None:
    """A copy button fills the clipboard; a link to the bot opens on the phone one chooses."""
    await shown.say(
        "Kontakt",
        reply_markup=keys(
            ({"text": "Nummer kopieren", "copy_text": {"text": "+49 30 23125 001"}},),
            ({"text": "Einladung", "url": f"https://t.me/{shown.telegram.bot.username}?start=l_abc"},),
        ),
    )
    await shown.last().get_by_role("button", name="Nummer kopieren").click()
    await expect(shown.phone().locator(".toast")).to_contain_text("+49 30 23125 001")
    assert await shown.page.evaluate("() => navigator.clipboard.readText()") == "+49 30 23125 001"

    await shown.last().get_by_role("button", name="Einladung").click()
    await shown.page.get_by_role("menuitem", name="Lukas").click()

    await expect(shown.last(2).locator(".words")).to_have_text(re.compile("^/start"))
    assert shown.lukas.sees[-1].text == "/start l_abc"


async def test_edits_happen_in_place_and_keep_the_focus(shown: Phones) -> None:
    """An edited message stays where it is, and the keyboard stays in its buttons."""
    menu = await shown.say("Menü", reply_markup=keys(({"text": "Weiter", "callback_data": "1"},)))
    await shown.say("darunter")
    key = shown.page.locator(f"#m-{menu} .key")
    await key.focus()

    await shown.bot(
        "editMessageText",
        chat_id=shown.anna.id,
        message_id=menu,
        text="Seite 2",
        reply_markup=keys(({"text": "Zurück", "callback_data": "0"},)),
    )

    await expect(key).to_have_text("Zurück")
    await expect(key).to_be_focused()
    await expect(shown.last().locator(".words")).to_contain_text("darunter")
    await shown.bot("deleteMessage", chat_id=shown.anna.id, message_id=menu)
    await expect(key).to_have_count(0)


async def test_reply_keyboard_and_commands(shown: Phones) -> None:
    """Keys of the bot appear under the field and send; „/“ shows the commands of this person."""
    await shown.bot(
        "setMyCommands",
        commands=[
            {"command": "hilfe", "description": "So geht es"},
            {"command": "themen", "description": "Alle Themen"},
        ],
    )
    await shown.say(
        "Wo?",
        reply_markup={"keyboard": [[{"text": "Köln"}, {"text": "Standort", "request_location": True}]]},
    )
    await shown.phone().get_by_role("button", name="Standort").click()
    await expect(shown.last().locator(".card")).to_contain_text("Standort")
    await shown.phone().get_by_role("button", name="Köln").click()
    await expect(shown.last().locator(".words")).to_contain_text("Köln")
    await shown.say("Danke", reply_markup={"remove_keyboard": True})
    await expect(shown.phone().locator(".reply-keys")).to_be_hidden()

    field = shown.phone().get_by_role("textbox")
    await field.press_sequentially("/")
    await expect(shown.phone().get_by_role("option")).to_have_count(2)
    await field.press("ArrowDown")
    await field.press("Enter")

    await expect(shown.last().locator(".words")).to_contain_text("/themen")


async def test_typing_is_shown_until_the_message_comes(shown: Phones) -> None:
    """„schreibt …“ stands in the head until the bot has written."""
    await shown.bot("sendChatAction", chat_id=shown.anna.id, action="typing")
    await expect(shown.phone().locator(".types")).to_have_text("schreibt …")

    await shown.say("da")

    await expect(shown.phone().locator(".types")).to_have_count(0)


async def test_files_both_ways(shown: Phones) -> None:
    """A picture and a document of the person, and a document of the bot, are shown and can be fetched."""
    attach = shown.phone().get_by_role("button", name="Datei anhängen")
    for kind, name, data, shape in (
        ("Foto", "bild.png", grey_picture(), ".photo"),
        ("Dokument", "Vertrag.pdf", b"%PDF-1.4 Vertrag", "a.card"),
    ):
        async with shown.page.expect_file_chooser() as choosing:
            await attach.click()
            await shown.page.get_by_role("menuitem", name=kind).click()
        chooser = await choosing.value
        await chooser.set_files(FilePayload(name=name, mimeType="", buffer=data))
        await expect(shown.last().locator(shape)).to_be_visible()
    await expect(shown.phone().locator("li.message .photo img")).to_have_js_property("naturalWidth", 640)
    card = shown.last().locator("a.card")
    await expect(card).to_contain_text("Vertrag.pdf")
    async with shown.page.expect_download() as fetching:
        await card.click()
    assert (await (await fetching.value).path()).read_bytes() == b"%PDF-1.4 Vertrag"
    await shown.bot.upload("sendDocument", {"document": ("Liste.csv", b"a;b")}, chat_id=str(shown.anna.id))
    await expect(shown.last().locator("a.card")).to_contain_text("Liste.csv")


async def test_everything_without_a_mouse(shown: Phones) -> None:
    """Alt+2 goes to the second phone; arrows, A and Enter answer, edit and open menus; Escape leads back."""
    page, keyboard = shown.page, shown.page.keyboard
    await shown.say("Frage an Lukas", 2)
    await keyboard.press("Alt+2")
    field = shown.phone(2).get_by_role("textbox")
    await expect(field).to_be_focused()
    await shown.phone(2).locator(".messages").focus()
    await keyboard.press("ArrowUp")
    await keyboard.press("a")
    await keyboard.type("Zeile 1")
    await keyboard.press("Shift+Enter")
    await keyboard.type("Zeile 2")
    await keyboard.press("Enter")
    await expect(shown.last(2).locator(".answered")).to_contain_text("Frage an Lukas")
    assert shown.lukas.sees[-1].text == "Zeile 1\nZeile 2"

    await keyboard.press("ArrowUp")
    await expect(field).to_have_value("Zeile 1\nZeile 2")
    await keyboard.type("!")
    await keyboard.press("Enter")
    await expect(shown.last(2).locator(".foot")).to_contain_text("bearbeitet")

    await shown.phone(2).locator(".messages").focus()
    await keyboard.press("ArrowUp")
    await keyboard.press("Enter")
    await expect(page.get_by_role("menuitem", name="Antworten")).to_be_focused()
    await keyboard.press("Escape")
    await expect(shown.last(2)).to_be_focused()
    await keyboard.press("Escape")
    await expect(field).to_be_focused()


async def test_blocking_closes_the_field(shown: Phones) -> None:
    """Blocked from the menu of the chat, the phone offers to lift the block and nothing else."""
    await shown.phone().get_by_role("button", name="Menü dieses Chats").click()
    await shown.page.get_by_role("menuitem", name="Bot blockieren").click()
    await shown.page.get_by_role("dialog").get_by_role("button", name="Blockieren").click()
    await expect(shown.phone().get_by_role("textbox")).to_be_hidden()
    status, _ = await shown.bot.refusal("sendMessage", chat_id=shown.anna.id, text="Hallo")
    assert status == 403

    await shown.phone().get_by_role("button", name="Blockierung aufheben").click()

    await expect(shown.phone().get_by_role("textbox")).to_be_visible()


async def test_many_messages_do_not_move_what_is_read(shown: Phones) -> None:
    """Scrolled up, the list stays where it is when messages come; a button with their number leads to the end."""
    for number in range(60):
        await shown.bot("sendMessage", chat_id=shown.anna.id, text=f"Nachricht {number}")
    await expect(shown.last().locator(".words")).to_contain_text("Nachricht 59")
    await expect(shown.last()).to_be_in_viewport()
    await shown.phone().hover()  # read
    middle = shown.phone().locator("li.message").nth(20)
    await middle.scroll_into_view_if_needed()
    before = await middle.bounding_box()

    for number in range(60, 65):
        await shown.say(f"Nachricht {number}")

    assert await middle.bounding_box() == before
    to_end = shown.phone().get_by_role("button", name="Zur neuesten Nachricht")
    await expect(to_end).to_have_text("5")
    await to_end.click()
    await expect(shown.last()).to_be_in_viewport()


async def test_a_narrow_window_has_tabs(narrow: Phones) -> None:
    """One phone at a time; the tabs carry the number of unread messages and obey the arrow keys."""
    tabs = narrow.page.get_by_role("tab")
    await expect(tabs).to_have_count(3)
    await expect(narrow.phone(2)).to_be_hidden()
    await narrow.say("Neu", 2)
    await expect(tabs.nth(1)).to_have_text("Lotse1")

    await tabs.nth(0).focus()
    await narrow.page.keyboard.press("ArrowRight")

    await expect(narrow.phone(2)).to_be_visible()
    await expect(narrow.phone(1)).to_be_hidden()
    await expect(narrow.last(2)).to_be_in_viewport()
    await expect(tabs.nth(1)).to_have_text("Lotse")
    width = await narrow.page.evaluate("() => document.documentElement.scrollWidth")
    assert width <= NARROW[0]


async def test_the_drawer_shows_calls_violations_and_faults(shown: Phones) -> None:
    """Calls with their JSON, violations in red; a fault strikes, a restart is survived."""
    shown.telegram.journal.allow("refused with 400")
    await shown.page.get_by_role("button", name="Für Entwicklung").click()
    await shown.say("sichtbar")
    row = shown.page.locator(".call").first
    await expect(row).to_contain_text("sendMessage")
    await row.click()
    await expect(shown.page.locator(".detail")).to_contain_text('"text": "sichtbar"')

    await shown.page.get_by_role("button", name="429").click()
    await expect(shown.page.locator(".drawer-note")).to_contain_text("Bereit")
    assert (await shown.bot.refusal("sendMessage", chat_id=shown.anna.id, text="x"))[0] == 429
    await expect(shown.page.locator(".call").first).to_contain_text("429")

    await shown.page.get_by_role("button", name="Neustart").click()
    await shown.bot("getMe")
    await shown.say("wieder da")
    await expect(shown.last().locator(".words")).to_contain_text("wieder da")
    # The browser itself tells of the connections that broke off.
    shown.errors[:] = [line for line in shown.errors if "net::ERR" not in line]


async def test_violations_are_red(browser: Browser) -> None:
    """What a careful client would not have done stands in the drawer, also when it happened before."""
    async with phones(browser) as shown:
        await shown.page.get_by_role("button", name="Für Entwicklung").click()
        await shown.bot.refusal("sendMessage", chat_id=shown.anna.id, text="")
        await expect(shown.page.locator(".violations")).to_contain_text("sendMessage")
        await expect(shown.page.locator(".call.wrong")).to_have_count(1)
        await expect(shown.page.locator(".drawer-toggle .wrong")).to_have_text(re.compile(r"[1-9]"))
        shown.telegram.journal.violations.clear()
