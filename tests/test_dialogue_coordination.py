"""The coordinator of a Land: sees what hangs there and takes it over; nobody else does, and nothing else is seen."""

import pytest

from bot.demo import Person
from handlers import buttons
from tests.case_at_hand import COORDINATOR, later, open_case
from tests.conftest import HWK_KOELN, Bot, keys


@pytest.fixture
async def coordinator(bot: Bot) -> Person:
    """The coordinator of Nordrhein-Westfalen, linked, and the Lotse of the HWK."""
    person = bot.telegram.user("Koko", id=900_011)
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.link(COORDINATOR, person)
    return person


async def looks(bot: Bot, person: Person) -> str:
    """/faelle and the button of the Land."""
    await person.says("/faelle")
    await bot.quiet()
    await person.presses(next(label for label in person.last.labels if "Hängende Fälle" in label))
    await bot.quiet()
    return person.last.text


async def test_what_hangs_is_seen_and_taken(bot: Bot, coordinator: Person) -> None:
    """After the reminder, not before; one tap takes it, employer and former Lotse are told, the talk goes on there."""
    await open_case(bot)
    assert await looks(bot, coordinator) == "Im Land hängt gerade kein Fall."
    await later(bot, hours=4.1)
    text = await looks(bot, coordinator)
    assert "Hängende Fälle im Land: 1" in text
    assert "TEST0001 · 🟡 Offen\n📍 50667 Köln" in text
    assert "bei Willkommenslotsin HWK zu Köln (Muster)" in text
    assert "Was bedeutet 3+2?" not in text

    await coordinator.presses("Übernehmen: TEST0001")
    await bot.quiet()
    assert "übernommen" in bot.employer.last.text
    assert "IHK Düsseldorf" in bot.employer.last.text
    card = next(m for m in coordinator.received if "Fall TEST0001" in m.text and m.text.startswith("🔵"))
    assert "↪️ Abgeben" in [label for row in keys(card) for label in row]
    assert [m for m in bot.lotse.received if "Was Sie jetzt noch dazu schreiben, geht nicht mehr" in m.text]
    await coordinator.says("Ich kümmere mich.", reply_to=card.id)
    await bot.quiet()
    assert bot.employer.last.text.endswith("Ich kümmere mich.")
    count = len(bot.employer.received)
    await later(bot, hours=200)
    assert len(bot.employer.received) == count
    assert await looks(bot, coordinator) == "Im Land hängt gerade kein Fall."


async def test_taken_and_silent(bot: Bot, coordinator: Person) -> None:
    """A day after it was taken without a word; an answered case does not hang."""
    await open_case(bot)
    await bot.lotse.presses("Übernehmen")
    await bot.quiet()
    bot.clock.wind(hours=23)
    assert await looks(bot, coordinator) == "Im Land hängt gerade kein Fall."
    bot.clock.wind(hours=2)
    assert "🔵 Übernommen" in await looks(bot, coordinator)
    await bot.lotse.says("Hier bin ich.", reply_to=next(m for m in bot.lotse.received if "📍" in m.text).id)
    await bot.quiet()
    await coordinator.presses("Übernehmen: TEST0001")
    await bot.quiet()
    assert "Diesen Fall gibt es für Sie nicht." in coordinator.alerts


async def test_others_see_nothing_of_it(bot: Bot, coordinator: Person) -> None:
    """No button for the Lotse, none by forging; a coordinator of another Land is a Lotse like any other."""
    await open_case(bot)
    await later(bot, hours=4.1)
    await bot.lotse.says("/faelle")
    await bot.quiet()
    assert not [label for label in bot.lotse.last.labels if "Land" in label]
    await bot.lotse.forges_press(buttons.encode(buttons.ShowLand(0)), bot.lotse.last)
    await bot.lotse.forges_press(buttons.encode(buttons.TakeForLand(1)), bot.lotse.last)
    await bot.quiet()
    assert bot.lotse.alerts[-2:] == ["Das ist der Koordination des Landes vorbehalten."] * 2
    assert coordinator.received


async def test_two_take_at_once(bot: Bot, coordinator: Person) -> None:
    """The Lotse and the coordinator: one has it, and the employer hears of one at a time."""
    await open_case(bot)
    await later(bot, hours=4.1)
    await looks(bot, coordinator)
    await bot.lotse.presses("Übernehmen")
    await coordinator.presses("Übernehmen: TEST0001")
    await bot.quiet()
    told = [m.text for m in bot.employer.received if "übernommen" in m.text and "Fall TEST0001" in m.text]
    assert told
    assert sum("IHK Düsseldorf" in text for text in told) <= 1
