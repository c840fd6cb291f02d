"""/faellig: what has to be reviewed soon, by who is responsible."""

from tests.conftest import Bot


async def test_due_entries_by_role(bot: Bot) -> None:
    """The overdue one is marked; what is due later than in 30 days is not named; when all are due they are counted."""
    await bot.admin.starts()
    await bot.admin.says("/faellig")
    await bot.quiet()
    text = bot.admin.last.text
    assert "Zu prüfen in den nächsten 30 Tagen: 1" in text
    assert "Recht\n⚠️ 31.08.2026 · Wie viel Zuschuss gibt es für eine EQ? (eq-zuschuss)" in text

    bot.clock.wind(days=300)
    await bot.admin.says("/faellig")
    await bot.quiet()
    assert "Zu prüfen in den nächsten 30 Tagen: 15" in bot.admin.last.text


async def test_nothing_is_due(bot: Bot) -> None:
    """Then it says so."""
    bot.clock.jump(days=-60)
    await bot.admin.starts()
    await bot.admin.says("/faellig")
    await bot.quiet()

    assert "kein Eintrag zur Prüfung fällig" in bot.admin.last.text


async def test_employers_are_refused(bot: Bot) -> None:
    """The list is the editors' business."""
    await bot.employer.starts()
    await bot.employer.says("/faellig")
    await bot.quiet()

    assert "vorbehalten" in bot.employer.last.text
