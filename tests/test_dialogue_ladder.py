"""A case that nobody takes climbs: reminder, deputy, coordinator, contact card; the employer is told at each step."""

from bot.demo import Person
from tests.case_at_hand import COORDINATOR, later, open_case
from tests.conftest import HWK_KOELN, Bot, keys


async def test_the_whole_ladder(bot: Bot, deputy: Person) -> None:
    """Reminder after four working hours, deputy after eight, coordinator, contact card."""
    coordinator = bot.telegram.user("Koko", id=900_011)
    await bot.link(COORDINATOR, coordinator)
    await open_case(bot)
    card = bot.lotse.last
    await later(bot, hours=3.9)
    assert "Fallnummer" in bot.employer.last.text

    await later(bot, hours=0.2)
    assert "wartet noch auf Sie" in bot.lotse.last.text
    assert "noch einmal erinnert" in bot.employer.last.text

    await later(bot, hours=24)
    assert "Fall TEST0001" in deputy.last.text
    assert keys(deputy.last) == [["Übernehmen", "↪️ Abgeben"]]
    assert "an Willkommenslotsin IHK zu Köln (Muster)" in bot.employer.last.text
    passed = next(m for m in bot.lotse.received if m.id == card.id)
    assert passed.text.startswith("↪️ Weitergegeben an Willkommenslotsin IHK zu Köln")
    assert keys(passed) == [["Zurückholen"]]

    await later(bot, hours=24)
    await later(bot, hours=24)
    assert "Fall TEST0001" in coordinator.last.text

    await later(bot, hours=24 * 4)
    await later(bot, hours=24 * 4)
    assert "niemand Ihren Fall TEST0001 übernommen" in bot.employer.last.text
    assert "+49 30 23125 091" in bot.employer.last.text
    assert "von niemandem übernommen" in coordinator.last.text


async def test_each_step_happens_once(bot: Bot, deputy: Person) -> None:
    """Sweeping twice, and after a restart, changes nothing."""
    await open_case(bot)
    await later(bot, hours=4.1)
    count = len(bot.employer.received)
    await later(bot)
    await bot.restart()
    await later(bot)

    assert len(bot.employer.received) == count
    assert deputy.last.text.startswith("✅")


async def test_the_deputy_takes_it(bot: Bot, deputy: Person) -> None:
    """Then nothing climbs any more, the employer talks with the deputy, and the first one can no longer take it."""
    await open_case(bot)
    card = bot.lotse.last
    await later(bot, hours=4.1)
    await later(bot, hours=24)
    await deputy.presses("Übernehmen")
    await bot.quiet()
    assert bot.employer.last.text.startswith("👤 Willkommenslotsin IHK zu Köln")
    assert "hat Ihren Fall TEST0001 übernommen" in bot.employer.last.text
    await bot.lotse.presses("Zurückholen", message=next(m for m in bot.lotse.received if m.id == card.id))
    await bot.quiet()
    assert "schon weiter" in bot.lotse.alerts[-1]

    await bot.employer.says("Guten Tag")
    await bot.quiet()
    assert "Guten Tag" in deputy.last.text
    assert "Guten Tag" not in bot.lotse.last.text
    count = len(bot.employer.received)
    await later(bot, hours=24 * 7)
    assert len(bot.employer.received) == count


async def test_the_first_one_takes_it_back(bot: Bot, deputy: Person) -> None:
    """While nobody has taken it; the deputy's card says where it went, and the deputy can no longer answer."""
    await open_case(bot)
    card = bot.lotse.last
    await later(bot, hours=4.1)
    await later(bot, hours=24)
    await bot.lotse.presses("Zurückholen", message=next(m for m in bot.lotse.received if m.id == card.id))
    await bot.quiet()
    assert bot.employer.last.text.startswith("👤 Willkommenslotsin HWK zu Köln")
    assert "hat Ihren Fall TEST0001 übernommen" in bot.employer.last.text
    assert bot.lotse.last.text.startswith("🔵 Übernommen")
    assert deputy.last.text.startswith("↪️ Weitergegeben an Willkommenslotsin HWK zu Köln")
    await deputy.says("Ich antworte trotzdem", reply_to=deputy.last.id)
    await bot.quiet()
    assert "Den Fall TEST0001 hat jetzt Willkommenslotsin HWK zu Köln" in deputy.last.text


async def test_without_deputies_the_contact_card_follows(bot: Bot) -> None:
    """Nobody else is reachable: after the reminder the employer gets the contact, not silence."""
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot)
    await later(bot, hours=4.1)
    await later(bot, hours=24)

    assert "niemand Ihren Fall" in bot.employer.last.text
    assert bot.lotse.received[-1].text.startswith("🔔") or "von niemandem" in bot.lotse.last.text


async def test_urgent_cases_climb_faster(bot: Bot, deputy: Person) -> None:
    """Half an hour a step."""
    await open_case(bot, "Die Polizei hat heute meinen Azubi abgeholt, er soll morgen abgeschoben werden")
    await later(bot, minutes=31)
    assert "wartet noch auf Sie" in bot.lotse.last.text
    await later(bot, minutes=31)

    assert "Fall TEST0001" in deputy.last.text


async def test_nights_and_weekends_do_not_count(bot: Bot, deputy: Person) -> None:
    """Opened on Friday at noon: the reminder comes on Monday."""
    bot.clock.wind(days=3, hours=5)
    await open_case(bot)
    await later(bot, hours=48)
    assert bot.lotse.last.text.startswith("🟡 Offen")
    await later(bot, hours=24)

    assert "wartet noch auf Sie" in bot.lotse.last.text
