"""/faelle and /fall: the Lotse's open cases."""

from tests.case_at_hand import live_case, open_case
from tests.conftest import HWK_KOELN, Bot, keys


async def test_open_cases_oldest_first(bot: Bot) -> None:
    """With age and next step; taken and answered from the list."""
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.lotse.says("/faelle")
    await bot.quiet()
    assert "keinen offenen Fall" in bot.lotse.last.text
    await open_case(bot)
    bot.clock.wind(hours=3)
    await bot.lotse.says("/faelle")
    await bot.quiet()
    assert "TEST0001 · 🟡 Offen\n📍 50667 Köln · seit 3 Stunden" in bot.lotse.last.text
    assert "Weitergabe am 01.09.2026, 14:00 Uhr" in bot.lotse.last.text
    await bot.lotse.presses("Übernehmen: TEST0001")
    await bot.lotse.says("/faelle")
    await bot.quiet()
    assert "wartet auf Ihre Antwort" in bot.lotse.last.text
    await bot.lotse.presses("Antworten: TEST0001")
    await bot.quiet()
    await bot.lotse.says("Meine Antwort")
    await bot.quiet()
    assert bot.employer.last.text.endswith("Meine Antwort")


async def test_a_case_can_be_shown_again(bot: Bot) -> None:
    """/fall shows the card; replies to it reach the employer; other numbers are nobody's."""
    await live_case(bot)
    await bot.lotse.says("/fall test0001")
    await bot.quiet()
    card = bot.lotse.last
    assert card.text.startswith("🔵 Übernommen von Willkommenslotsin HWK zu Köln (Muster)")
    await bot.lotse.says("Noch etwas", reply_to=card.id)
    await bot.quiet()
    assert bot.employer.last.text.endswith("Noch etwas")
    for words, answer in (("/fall FREMD", "gibt es für Sie nicht"), ("/fall", "So geht es")):
        await bot.lotse.says(words)
        await bot.quiet()
        assert answer in bot.lotse.last.text


async def test_many_cases_are_paged(bot: Bot) -> None:
    """Six a page."""
    await bot.link(HWK_KOELN, bot.lotse)
    for number in range(7):
        await open_case(bot, f"Frage {number} zur Abwicklung")
        bot.clock.wind(minutes=1)
    await bot.lotse.says("/faelle")
    await bot.quiet()
    assert "Ihre offenen Fälle: 7" in bot.lotse.last.text
    assert "TEST0007" not in bot.lotse.last.text
    await bot.lotse.presses("nächste ›")
    await bot.quiet()
    assert "TEST0007" in bot.lotse.last.text
    assert keys(bot.lotse.last)[-1] == ["‹ vorige"]


async def test_an_employer_with_many_cases_sees_them_all(bot: Bot) -> None:
    """More than one message can hold are told in several, each with the buttons of its own cases."""
    await bot.link(HWK_KOELN, bot.lotse)
    for number in range(26):
        await open_case(bot, f"Frage {number} zur Abwicklung")
    before = len(bot.employer.received)
    await bot.employer.says("/status")
    await bot.quiet()

    told = bot.employer.received[before:]
    numbers = [f"TEST{number:04}" for number in range(1, 27)]
    assert [number for message in told for number in numbers if number in message.text] == numbers
    assert [labels for message in told for labels in keys(message)] == [
        [f"Fall {number} beenden"] for number in numbers
    ]
    assert [("Ihre offenen Fälle" in message.text) for message in told] == [True, False, False]
    assert ["Wie lange eine Antwort" in message.text for message in told] == [False, False, True]


async def test_the_list_is_for_lotsen(bot: Bot) -> None:
    """Everybody else is sent to /status."""
    await bot.employer.starts()
    for command in ("/faelle", "/fall TEST0001"):
        await bot.employer.says(command)
        await bot.quiet()
        assert "/status" in bot.employer.last.text
