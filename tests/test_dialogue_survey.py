"""/statistik: words, pictures and a table for editors; no small count, no person, no word of anybody."""

import csv
from collections.abc import Mapping
from io import BytesIO, StringIO

from PIL import Image

from bot.clock import to_ms
from bot.survey_charts import Bars, Column, Columns, Theme, draw
from tests.conftest import Bot
from tests.gate_at_hand import answer, command

WEEK_MS = 7 * 24 * 3_600_000
HOUR_MS = 3_600_000


async def count(bot: Bot, kind: str, found: Mapping[str, int], *, weeks_ago: int = 1) -> None:
    """As if so much had been counted in that week."""
    at = to_ms(bot.clock.now()) - weeks_ago * WEEK_MS
    async with bot.app.linking._store.transaction() as tx:
        for entry, number in found.items():
            for one in range(number):
                cause = f"{kind}:{entry}:{weeks_ago}:{one}"
                sql = "INSERT INTO signals (at, kind, entry, dedupe) VALUES (?, ?, ?, ?)"
                await tx.run(sql, at, kind, entry, cause)


async def cases(bot: Bot, land: str, number: int) -> None:
    """As if so many cases of this Land had been opened last week, answered after one hour, two hours, …"""
    async with bot.app.linking._store.transaction() as tx:
        for one in range(number):
            opened = to_ms(bot.clock.now()) - WEEK_MS
            await tx.run(
                "INSERT INTO cases (number, employer_chat, lotse, land, kreis, place, branch, state, question, context,"
                " source_update, opened_at, answered_at) VALUES (?, 7, '', ?, '', '', '', 'answered', X'01', X'01', ?, ?, ?)",
                f"{land}{one}",
                land,
                hash((land, one)) % 10**9,
                opened,
                opened + (one + 1) * HOUR_MS,
            )


async def filled(bot: Bot) -> None:
    """Two weeks of questions."""
    await count(bot, "question", {"answer": 20, "choice": 6, "handoff": 3, "person": 2, "smalltalk": 50})
    await count(bot, "question", {"answer": 9}, weeks_ago=3)
    await count(
        bot, "asked", {"eq-dauer": 11, "eq-zuschuss": 5, "probezeit": 4, "urlaub": 3, "gibt-es-nicht": 40}
    )
    await count(bot, "chosen", {"eq-dauer": 2})
    await count(bot, "helped", {"eq-dauer": 9, "eq-zuschuss": 3})
    await count(bot, "not_helped", {"eq-dauer": 6})
    await cases(bot, "NW", 12)
    await cases(bot, "BY", 2)


async def test_the_numbers_in_words(bot: Bot) -> None:
    """What is below five is put together or left out; the week that runs is not counted."""
    await bot.admin.starts()
    await filled(bot)
    await count(bot, "asked", {"eq-dauer": 100}, weeks_ago=0)
    await bot.admin.says("/statistik")
    await bot.quiet()
    text, *pictures = bot.admin.received[-5:]
    assert "08.06.2026 bis 30.08.2026" in text.text
    assert "40 Fragen, im Schnitt 13 je Woche seit 10.08.2026\n" in text.text
    assert "• beantwortet: 29 (72 %)" in text.text
    assert "• an einen Menschen verwiesen: 5 (12 %)" in text.text
    assert "• Wie lange dauert eine EQ?: 13" in text.text
    assert "• Nordrhein-Westfalen: 12" in text.text
    assert "Bayern" not in text.text
    assert "übrige" not in text.text
    assert "Hälfte der Fälle: innerhalb von 6 Stunden · neun von zehn: innerhalb von 11 Stunden" in text.text
    assert "👍 ja: 12 (67 %)" in text.text
    assert "gibt-es-nicht" not in text.text
    assert [picture.media.kind for picture in pictures if picture.media] == ["photo"] * 4
    assert [picture.text for picture in pictures] == [
        "Fragen je Woche",
        "Am meisten gefragt",
        "Nach Thema",
        "Fälle nach Land",
    ]


async def test_the_table(bot: Bot) -> None:
    """A document that a spreadsheet opens; the same numbers, no others."""
    await bot.admin.starts()
    await filled(bot)
    await command(bot, "/statistik")
    await bot.admin.presses("⬇️ Tabelle (CSV)")
    await bot.quiet()
    media = bot.admin.last.media
    assert media is not None
    assert (media.kind, media.name) == ("document", "statistik-2026-08-24.csv")
    assert media.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(media.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Bereich", "Was", "Von", "Bis", "Anzahl"]
    assert ["Fragen", "", "10.08.2026", "16.08.2026", "9"] in rows
    assert ["Eintrag", "Wie lange dauert eine EQ?", "08.06.2026", "30.08.2026", "13"] in rows
    assert ["Minuten bis zur ersten Antwort", "Hälfte der Fälle", "08.06.2026", "30.08.2026", "330"] in rows
    numbers = [int(row[4]) for row in rows[1:]]
    assert min(numbers) >= 5
    assert not [row for row in rows if "Bayern" in row]


async def test_pictures_for_the_night(bot: Bot) -> None:
    """Dark paper by button, as large as a phone shows them."""
    await bot.admin.starts()
    await filled(bot)
    await command(bot, "/statistik")
    for label, paper in (("🌙 Bilder dunkel", (23, 33, 43)), ("☀️ Bilder hell", (255, 255, 255))):
        await bot.admin.presses(label)
        await bot.quiet()
        media = bot.admin.last.media
        assert media is not None
        picture = Image.open(BytesIO(media.data)).convert("RGB")
        assert picture.width == 1080
        assert picture.getpixel((2, 2)) == paper


async def test_too_little_to_show(bot: Bot) -> None:
    """Said so, with nothing else; also when a button is pressed later, when the numbers are too old."""
    await bot.admin.starts()
    assert "noch zu wenige Zahlen" in await command(bot, "/statistik")
    assert bot.admin.last.labels == []
    await filled(bot)
    await command(bot, "/statistik")
    bot.clock.wind(days=7 * 14)
    await bot.admin.presses("⬇️ Tabelle (CSV)")
    await bot.quiet()
    assert "noch zu wenige Zahlen" in bot.admin.last.text


async def test_questions_are_counted_as_they_were_understood(bot: Bot) -> None:
    """An answer, nothing found, a wish for a person; small talk is no question."""
    await answer(bot)
    for words in ("Hallo", "Ich möchte mit einem Menschen sprechen", "Wie repariere ich meinen Toaster?"):
        await command(bot, words, bot.employer)
        bot.clock.wind(minutes=20)
    rows = await bot.app.linking._store.read.all(
        "SELECT entry FROM signals WHERE kind = 'question' ORDER BY id"
    )
    assert [row["entry"] for row in rows] == ["answer", "person", "handoff"]


async def test_only_for_editors(bot: Bot) -> None:
    """An employer is refused."""
    await bot.employer.starts()
    assert "vorbehalten" in await command(bot, "/statistik", bot.employer)


def test_panels_are_drawn() -> None:
    """Whatever stands in a title: no formula is read from it."""
    bars = Bars("Was $x_1$ & <b>", [("$\\frac{1}{0}$", 7, "7")])
    columns = Columns("Fragen", [Column("1.6.", 2, 9, "9"), Column("15.6.", 1, 30, "30")])
    one, two = draw([bars], Theme.LIGHT), draw([bars, columns], Theme.LIGHT)
    sizes = [Image.open(BytesIO(png)).size for png in (one, two)]
    assert sizes[0][0] == sizes[1][0] == 1080
    assert sizes[0][1] < sizes[1][1]
