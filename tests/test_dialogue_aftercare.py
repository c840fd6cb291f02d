"""After the end of a case: did it help, open it again; and /frage while a person is in charge."""

from tests.case_at_hand import later, live_case, swept
from tests.conftest import Bot


async def closed_case(bot: Bot) -> None:
    """A case that the Lotse has taken and closed."""
    await live_case(bot)
    await bot.lotse.presses("Schließen")
    await bot.quiet()
    await bot.lotse.presses("Ohne Wort schließen")
    await bot.quiet()
    bot.clock.wind(minutes=1)
    await swept(bot)  # the round that this began


async def test_it_did_not_help_and_is_opened_again(bot: Bot) -> None:
    """Asked, answered with no, opened: the Lotse gets a card, takes it, closes it a second time; each step is told."""
    await closed_case(bot)
    assert "Hat Ihnen das geholfen?" in bot.employer.last.text
    await bot.employer.presses("👎 Nein")
    await bot.quiet()
    await bot.restart()
    await bot.employer.presses("Fall TEST0001 wieder öffnen")
    await bot.quiet()
    assert "ist wieder offen" in bot.employer.last.text
    assert "wieder geöffnet" in bot.lotse.received[-2].text
    assert bot.lotse.last.text.startswith("🟡 Offen · Fall TEST0001")

    await bot.lotse.presses("Übernehmen")
    await bot.quiet()
    assert "hat Ihren Fall TEST0001 übernommen" in bot.employer.last.text
    await bot.lotse.presses("Schließen")
    await bot.quiet()
    await bot.lotse.presses("Ohne Wort schließen")
    await bot.quiet()
    assert "ist abgeschlossen" in bot.employer.last.text
    await bot.employer.presses("👍 Ja")
    await bot.quiet()
    assert "Danke" in bot.employer.last.text


async def test_an_opened_case_climbs_like_a_new_one(bot: Bot) -> None:
    """Nobody takes it: reminded, and in the end the contact card; no silence."""
    await closed_case(bot)
    await bot.employer.presses("Fall TEST0001 wieder öffnen")
    await bot.quiet()
    await later(bot, hours=4.1)
    assert "noch einmal erinnert" in bot.employer.last.text
    await later(bot, hours=24)
    assert "niemand Ihren Fall" in bot.employer.last.text


async def test_after_14_days_it_stays_closed(bot: Bot) -> None:
    """The employer is told the way to a new one."""
    await closed_case(bot)
    bot.clock.wind(days=15)
    await bot.employer.presses("Fall TEST0001 wieder öffnen")
    await bot.quiet()

    assert "/lotse" in bot.employer.alerts[-1]


async def test_a_lotse_who_left_meanwhile_is_passed_over(bot: Bot) -> None:
    """Blocked since: the ladder goes on at once instead of waiting."""
    await closed_case(bot)
    await bot.lotse.blocks()
    await bot.quiet()
    await bot.employer.presses("Fall TEST0001 wieder öffnen")
    await bot.quiet()
    await later(bot)

    assert "in Telegram nicht erreichen" in bot.employer.last.text


async def test_frage_asks_the_bot_while_a_person_is_in_charge(bot: Bot) -> None:
    """All other words go to the Lotse; these do not."""
    await live_case(bot)
    await bot.employer.says("/frage eq dauer monate")
    await bot.quiet()
    assert bot.employer.last.text.startswith("Wie lange dauert eine EQ?")
    assert "eq dauer" not in bot.lotse.last.text
    await bot.employer.says("/frage")
    await bot.quiet()

    assert "So fragen Sie mich" in bot.employer.last.text
