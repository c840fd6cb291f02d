"""Finding without asking: answers shared in any chat, what is asked most, codes for letters."""

from io import BytesIO

from PIL import Image

from bot.demo.seen import Seen
from handlers.buttons import ShowNews, encode
from handlers.codes import _png
from tests.conftest import Bot
from tests.gate_at_hand import NEW, OLD, answer, command, edit, faq, press
from tests.test_replies import TOO_OLD

QUESTION = "eq dauer monate"


async def test_an_answer_is_shared_in_any_chat(bot: Bot) -> None:
    """Cards of the nearest entries; the one chosen is the answer with source and date, and a link to the bot."""
    query = await bot.employer.asks_inline("zuschuss eq")
    await bot.quiet()
    assert query.answer is not None
    cards = {card["id"]: card for card in query.answer["results"]}
    assert "eq-zuschuss" in cards
    card = cards["eq-zuschuss"]
    assert card["title"] == "Wie viel Zuschuss gibt es für eine EQ?"
    assert "<b>" not in card["description"]
    url = card["reply_markup"]["inline_keyboard"][0][0]["url"]
    assert url.endswith("?start=f_eq-zuschuss")

    sent = await bot.employer.chooses(query, "eq-zuschuss")
    assert "Wie viel Zuschuss gibt es für eine EQ?" in sent.text
    assert "📖 § 54a SGB III" in sent.text
    assert "🗓 Stand" in sent.text


async def test_inline_without_words_shows_what_is_asked_most(bot: Bot) -> None:
    """Nothing as long as too little was asked; then that."""
    empty = await bot.employer.asks_inline(" ")
    await bot.quiet()
    assert empty.answer is not None
    assert empty.answer["results"] == []
    await ask_often(bot)
    query = await bot.employer.asks_inline("")
    await bot.quiet()
    assert query.answer is not None
    assert [card["id"] for card in query.answer["results"]] == ["eq-dauer"]


async def test_an_inline_query_that_is_too_old(bot: Bot) -> None:
    """Who has typed on is not waiting; nothing breaks."""
    bot.telegram.journal.allow("query is too old")
    bot.telegram.faults.add(TOO_OLD, method="answerInlineQuery")
    await bot.employer.asks_inline("eq")
    await bot.quiet()
    assert await answer(bot)


async def ask_often(bot: Bot) -> None:
    """Five times the same."""
    for _ in range(5):
        assert "Vier bis zwölf Monate" in await answer(bot, QUESTION)


async def test_most_asked_stands_in_the_menu(bot: Bot) -> None:
    """From five times on; fewer are not shown."""
    await bot.employer.starts()
    await command(bot, "/themen", bot.employer)
    assert "⭐ Oft gefragt" not in bot.employer.last.labels
    await ask_often(bot)

    await command(bot, "/themen", bot.employer)
    assert bot.employer.last.labels[0] == "⭐ Oft gefragt"
    text = await press(bot, "⭐ Oft gefragt", bot.employer)
    assert text.startswith("Oft gefragt")
    assert "1. Wie lange dauert eine EQ?" in text or "1. " in text
    assert "Vier bis zwölf Monate" in await press(bot, "1", bot.employer)


async def test_codes_for_letters(bot: Bot) -> None:
    """A picture with the link and what it leads to; what is scanned is counted, small counts stay hidden."""
    await bot.admin.starts()
    assert "Ich sende den Code als Bild" in await command(bot, "/qr")
    assert "Aufgerufen" not in bot.admin.last.text
    for code, what in (("f_eq-dauer", "Wie lange"), ("t_T05", "Einstieg"), ("r_50667", "Köln")):
        shown = await command(bot, f"/qr {code}")
        assert f"?start={code}" in shown, code
        assert what in shown
    for code in ("f_gibt-es-nicht", "t_T99", "r_00000", "x_y", "<b>"):
        assert "Das gibt es nicht" in await command(bot, f"/qr {code}")

    await scan(bot, "f_eq-dauer")
    assert "Vier bis zwölf Monate" in bot.employer.last.text
    assert "f_eq-dauer: unter 5" in await command(bot, "/qr")
    for _ in range(4):
        await scan(bot, "f_eq-dauer")
    assert "f_eq-dauer: 5" in await command(bot, "/qr")
    await scan(bot, "f_gibt-es-nicht")
    assert "gibt-es-nicht" not in await command(bot, "/qr")


async def test_a_code_of_a_region(bot: Bot) -> None:
    """The place is proposed at the next handoff; what the person said before goes first."""
    await scan(bot, "r_50667")
    assert bot.employer.last.text.startswith("📍 Ihre Region: 50667 Köln")
    await scan(bot, "r_10115")
    await command(bot, "/lotse Wer hilft uns mit der EQ?", bot.employer)
    assert any("50667 Köln" in label for label in bot.employer.last.labels)
    assert not any("10115" in label for label in bot.employer.last.labels)
    await scan(bot, "r_99999")
    assert "Ihre Region" not in bot.employer.last.text


async def test_a_shared_location_names_the_kreis(bot: Bot) -> None:
    """Where a place is asked for, a location does as well; its coordinates are kept nowhere. Elsewhere it is refused."""
    await bot.employer.starts()
    await bot.employer.sends_location(50.94, 6.96)
    await bot.quiet()
    assert "Köln" not in bot.employer.last.text
    await command(bot, "/lotse Wer hilft uns mit der EQ?", bot.employer)
    await bot.employer.sends_location(50.94, 6.96)
    await bot.quiet()
    assert "Köln" in bot.employer.last.text
    assert "Köln" in bot.employer.last.labels[0] or bot.employer.last.labels[0].startswith("Ja")
    await bot.employer.presses(bot.employer.last.labels[0])
    await bot.quiet()
    assert "Handwerk" in " ".join(bot.employer.last.labels)
    await command(bot, "/meinedaten", bot.employer)
    assert "50.94" not in bot.employer.last.text


async def test_codes_are_the_editors_business(bot: Bot) -> None:
    """An employer is refused."""
    await bot.employer.starts()
    assert "vorbehalten" in await command(bot, "/qr t_T05", bot.employer)


async def scan(bot: Bot, code: str) -> Seen:
    """The employer scans a code: Telegram sends /start with it."""
    await bot.employer.says(f"/start {code}")
    await bot.quiet()
    return bot.employer.last


def test_the_picture_is_a_png() -> None:
    """Large enough for print."""
    picture = Image.open(BytesIO(_png("https://t.me/lotsenbot?start=f_eq-dauer")))
    assert picture.format == "PNG"
    assert picture.size[0] >= 300


async def test_what_is_new_stands_in_the_menu(bot: Bot) -> None:
    """Entries that a reload brought or changed, for 60 days, also after a restart; other phrasings are no news."""
    await command(bot, "/themen", bot.employer)
    assert "🆕 Neu und geändert" not in bot.employer.last.labels
    edit(faq(bot), (OLD, NEW))
    edit(faq(bot, "t06-alltag.yaml"), ("id: zeugnis", "id: arbeitszeugnis"))
    await bot.admin.starts()
    await bot.reloads()
    await bot.restart()

    await command(bot, "/themen", bot.employer)
    text = await press(bot, "🆕 Neu und geändert", bot.employer)
    assert "Wie lange dauert eine EQ?\n    geändert am 01.09.2026" in text
    assert text.count("neu am 01.09.2026") == 1
    assert text.count(" am ") == 2
    assert NEW in await press(bot, "1", bot.employer)
    bot.clock.wind(days=61)
    await bot.employer.forges_press(encode(ShowNews()), bot.employer.last)
    await bot.quiet()
    assert "hat sich nichts geändert" in bot.employer.last.text
    await command(bot, "/themen", bot.employer)
    assert "🆕 Neu und geändert" not in bot.employer.last.labels


async def test_an_old_change_is_kept_beside_a_new_one(bot: Bot) -> None:
    """The next reload adds to the news; going back is news as well."""
    await bot.admin.starts()
    edit(faq(bot), (OLD, NEW))
    await bot.reloads()
    bot.clock.wind(days=10)
    edit(faq(bot, "t06-alltag.yaml"), ("id: zeugnis", "id: arbeitszeugnis"))
    await bot.reloads()
    found = [(str(news.entry), news.added, f"{news.at:%d.%m.}") for news in bot.app.library.news]
    assert found == [("arbeitszeugnis", True, "11.09."), ("eq-dauer", False, "01.09.")]
    await command(bot, "/rollback")
    await bot.admin.presses(bot.admin.last.labels[-1])
    await bot.quiet()
    assert {str(news.entry) for news in bot.app.library.news} >= {"zeugnis", "eq-dauer"}


async def test_the_key_that_shares_the_position(bot: Bot) -> None:
    """Shown only to who asks for it, gone after the position, a typed place or the end of the dialogue."""
    await bot.employer.starts()
    for answer_with, words in (
        ("📍 Meinen Standort senden", "nicht gespeichert"),
        ("50667", "ohne Standort"),
        ("/abbrechen", "nichts gesendet"),
        ("Abbrechen", "ohne Standort"),
    ):
        await command(bot, "/lotse Wer hilft uns mit der EQ?", bot.employer)
        assert bot.employer.keyboard == []
        await press(bot, "📍 Standort teilen (optional)", bot.employer)
        assert bot.employer.keyboard == [["📍 Meinen Standort senden"]]
        assert "Koordinaten speichere ich nicht" in bot.employer.last.text
        if answer_with.startswith("📍"):
            await press(bot, answer_with, bot.employer)
        elif answer_with == "Abbrechen":
            await bot.employer.presses(next(label for label in labels(bot) if "bbrechen" in label))
            await bot.quiet()
        else:
            await command(bot, answer_with, bot.employer)
        assert bot.employer.keyboard == [], answer_with
        assert any(words in message.text for message in bot.employer.received[-2:]), answer_with
        await command(bot, "/meinedaten", bot.employer)
        assert "52.52" not in bot.employer.last.text


def labels(bot: Bot) -> list[str]:
    """All buttons on the employer's screen, newest first."""
    return [label for message in reversed(bot.employer.received) for label in message.labels]


async def test_an_answer_shared_into_the_own_chat_is_no_question(bot: Bot) -> None:
    """Telegram sends it back to the bot as a message of the person, via the bot."""
    await bot.employer.starts()
    await bot.quiet()
    count = len(bot.employer.received)
    me = bot.telegram.bot.wire()
    person = bot.employer.user.wire()
    chat = {"id": bot.employer.id, "type": "private", "first_name": "Anna"}
    message = {"message_id": 9_000, "date": 1, "from": person, "chat": chat, "via_bot": me}
    bot.telegram.inject({"message": {**message, "text": "Wie lange dauert eine EQ?"}})
    await bot.quiet()
    assert len(bot.employer.received) == count
