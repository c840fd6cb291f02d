"""Dialogues: several questions in one message, none of them sure."""

from tests.conftest import Bot, keys


async def test_every_unsure_question_has_choices_of_its_own(bot: Bot) -> None:
    """Two "Meinten Sie?", each for its question; choosing in one leaves the other, and the last offers a person."""
    await bot.employer.starts()
    await bot.employer.says("Was kostet mich die EQ? Wer erlaubt die Ausbildung?")
    await bot.quiet()

    money, permit = bot.employer.received[-2:]
    assert money.text.startswith(
        "Zu Ihrer Frage „Was kostet mich die EQ?“ bin ich nicht sicher.\nMeinten Sie"
    )
    assert permit.text.startswith("Zu Ihrer Frage „Wer erlaubt die Ausbildung?“ bin ich nicht sicher.")
    assert ["👤 Mit dem Lotsen sprechen"] not in keys(money)
    assert ["👤 Mit dem Lotsen sprechen"] in keys(permit)

    await bot.employer.presses("1 · Wie viel Zuschuss gibt es für eine EQ?", message=money)
    await bot.quiet()
    money, permit = bot.employer.received[-2:]
    assert money.text.startswith("Wie viel Zuschuss gibt es für eine EQ?")
    await bot.employer.presses("1 · Darf ich eine Person mit Duldung ausbilden?", message=permit)
    await bot.quiet()
    assert bot.employer.last.text.startswith("Darf ich eine Person mit Duldung ausbilden?")


async def test_a_half_that_nothing_fits_is_named(bot: Bot) -> None:
    """The question about something else is said to be open once, with a way to a person."""
    await bot.employer.starts()
    await bot.employer.says("Was bedeutet 3+2? Und wo kaufe ich Kopfhörer und Reifen?")
    await bot.quiet()

    answer, left = bot.employer.received[-2:]
    assert answer.text.startswith("Was ist die 3+2-Regelung?")
    assert "„wo kaufe ich Kopfhörer und Reifen?“" in left.text
    assert keys(left)[0] == ["👤 Mit dem Lotsen sprechen"]
