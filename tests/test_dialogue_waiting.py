"""What people are told about waiting: card, /status, morning digest, quiet hours."""

from tests.case_at_hand import open_case
from tests.conftest import HWK_KOELN, Bot


async def test_the_card_tells_who_how_long_and_what_became_of_the_answer(bot: Bot) -> None:
    """Offen with the time to take it, Übernommen von …, Beantwortet with the time it took and the delivery."""
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot)
    assert "⏳ bitte übernehmen bis 01.09.2026, 14:00 Uhr" in bot.lotse.last.text
    bot.clock.wind(hours=3)
    await bot.lotse.presses("Übernehmen")
    await bot.quiet()
    card = bot.lotse.last
    assert card.text.startswith("🔵 Übernommen von Willkommenslotsin HWK zu Köln (Muster)")
    assert "der Betrieb wartet seit 3 Stunden" in card.text
    await bot.lotse.says("Ja, das geht.", reply_to=card.id)
    await bot.quiet()
    now = next(message for message in bot.lotse.received if message.id == card.id)
    assert "Ihre letzte Nachricht ist zugestellt" in now.text
    await bot.lotse.says("/fall TEST0001")
    await bot.quiet()
    assert "erste Antwort nach 3 Stunden" in bot.lotse.last.text
    assert "Ihre letzte Nachricht ist zugestellt (01.09.2026, 13:00 Uhr)" in bot.lotse.last.text


async def test_status_promises_only_what_was_measured(bot: Bot) -> None:
    """Nothing before five answers; then their real median."""
    await bot.link(HWK_KOELN, bot.lotse)
    for number in range(5):
        await open_case(bot, f"Frage {number}: Was bedeutet 3+2?")
        await bot.employer.says("/status")
        await bot.quiet()
        assert "kann ich noch nicht sagen" in bot.employer.last.text
        assert "Übernimmt bis 01.09.2026" in bot.employer.last.text
        card = bot.lotse.last
        bot.clock.wind(minutes=number * 10)
        await bot.lotse.says("So geht es.", reply_to=card.id)
        await bot.quiet()
        await bot.employer.presses(f"Fall TEST000{number + 1} beenden", message=bot.employer.received[-2])
        await bot.quiet()
    await open_case(bot, "Noch eine: Was bedeutet 3+2?")
    await bot.employer.says("/status")
    await bot.quiet()
    assert (
        "Die Hälfte der letzten 5 Anliegen wurde innerhalb von 20 Minuten beantwortet"
        in bot.employer.last.text
    )


async def test_a_case_of_the_own_district_may_be_read_not_answered(bot: Bot) -> None:
    """A colleague of the same Kreis sees the card without buttons; a reply to it is no word in the case."""
    await bot.link(HWK_KOELN, bot.lotse)
    colleague, stranger = bot.telegram.user("Kollegin"), bot.telegram.user("Fremde")
    await bot.link("WL019", colleague)
    await bot.link("WL001", stranger)
    await open_case(bot)
    await colleague.says("/fall TEST0001")
    await bot.quiet()
    assert "Diesen Fall hat Willkommenslotsin HWK zu Köln (Muster)" in colleague.last.text
    assert colleague.last.rows == ()
    told = len(bot.employer.received)
    await colleague.says("Ich weiß es!", reply_to=colleague.last.id)
    await bot.quiet()
    assert len(bot.employer.received) == told
    await stranger.says("/fall TEST0001")
    await bot.quiet()
    assert "gibt es für Sie nicht" in stranger.last.text


async def test_the_morning_digest_comes_once(bot: Bot) -> None:
    """When the office hours begin, to those with open cases, one message a day; it rings not at night."""
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot)
    day = rang(bot)[-1]
    bot.clock.wind(hours=14)
    await open_case(bot, "Nachts: Was bedeutet 3+2?")
    assert (day, rang(bot)[-1]) == (True, False)
    bot.clock.wind(hours=9)
    for _ in range(3):
        assert await bot.app.digest.send() in {0, 1}
        await bot.quiet()
    digests = [message for message in bot.lotse.received if "Guten Morgen" in message.text]
    assert [message.text for message in digests] == [
        "☀️ Guten Morgen. Ihre offenen Fälle: 2, davon noch nicht übernommen: 2."
    ]
    await bot.lotse.presses("Fälle zeigen", message=digests[0])
    await bot.quiet()
    assert any("Ihre offenen Fälle: 2 (älteste zuerst)" in message.text for message in bot.lotse.received)


def rang(bot: Bot) -> list[bool]:
    """For every message to the Lotse: whether the phone rang."""
    calls = bot.telegram.journal.calls("sendMessage", bot.lotse.id)
    return [not call.params.get("disable_notification") for call in calls]
