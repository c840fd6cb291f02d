"""A case that was taken by somebody who is away now: it has a next step, and the employer is told."""

from datetime import UTC, datetime

import pytest

from bot.demo import Person
from bot.model import CaseId
from tests.case_at_hand import card_of, live_case, offers_to_colleague, open_case, swept, takes
from tests.conftest import Bot, keys


async def later(bot: Bot, **span: float) -> None:
    """Wind the clock and let the sweep do what is due."""
    bot.clock.wind(**span)
    await swept(bot)
    await bot.app.absences.step()
    await bot.app.ladder.climb()
    await bot.quiet()


async def goes_away(bot: Bot, words: str = "bis 12.09.") -> None:
    """The Lotse enters an absence and keeps the cases."""
    await bot.lotse.says(f"/abwesend {words}")
    await bot.quiet()
    await bot.lotse.presses("✅ Eintragen")
    await bot.quiet()


async def taken_then_away(bot: Bot, question: str = "Was bedeutet 3+2?") -> None:
    """A case of a Lotse who goes away before the answer."""
    await open_case(bot, question)
    await takes(bot)
    await goes_away(bot)


async def due(bot: Bot, case: int = 1) -> datetime | None:
    """When something happens to the case next."""
    found = await bot.app.ladder._store.read.one("SELECT due_at FROM cases WHERE id = ?", CaseId(case))
    assert found is not None
    return datetime.fromtimestamp(found["due_at"] / 1000, UTC) if found["due_at"] is not None else None


def told(person: Person, words: str) -> int:
    """How many messages hold these words."""
    return sum(words in message.text for message in person.received)


async def test_a_kept_case_is_not_kept_in_silence(bot: Bot, deputy: Person) -> None:
    """Taken, then away: the employer is told once and may ask whoever stands in; at the end it is the Lotse's again."""
    await open_case(bot)
    await takes(bot)
    assert await due(bot) is None
    await goes_away(bot)
    await bot.lotse.presses("Bei mir lassen")
    await later(bot, minutes=1)
    assert await due(bot) is not None
    await later(bot, hours=24)
    assert "Ihr Fall TEST0001 ist noch nicht beantwortet." in bot.employer.last.text
    assert "ist abwesend bis einschließlich Sa, 12.09.2026" in bot.employer.last.text
    assert await due(bot) == datetime(2026, 9, 12, 22, 0, tzinfo=UTC)
    await later(bot, hours=48)
    assert told(bot.employer, "noch nicht beantwortet") == 1
    await bot.employer.presses("An die Vertretung geben")
    await bot.quiet()
    assert card_of(deputy).text.startswith("🟡 Offen · Fall TEST0001")


@pytest.mark.usefixtures("deputy")
async def test_back_again_it_is_on_the_list_of_the_morning(bot: Bot) -> None:
    """The absence ends: nothing is planned any more, and nothing more is told."""
    await taken_then_away(bot)
    await later(bot, minutes=1)
    await bot.lotse.says("/zurueck")
    await bot.quiet()
    assert await due(bot) is None
    await later(bot, hours=48)
    assert told(bot.employer, "noch nicht beantwortet") == 0


@pytest.mark.usefixtures("deputy")
async def test_the_clock_ends_it_too(bot: Bot) -> None:
    """The last day passes while the program is asleep."""
    await taken_then_away(bot)
    await later(bot, hours=24)
    await later(bot, hours=24)
    bot.clock.wind(hours=24 * 14)
    await bot.app.ladder.climb()
    await bot.quiet()
    assert await due(bot) is None


@pytest.mark.usefixtures("deputy")
async def test_an_answer_needs_no_next_step(bot: Bot) -> None:
    """Answered from the beach."""
    await taken_then_away(bot)
    await later(bot, minutes=1)
    await bot.lotse.says("Ja, das geht.", reply_to=card_of(bot.lotse))
    await bot.quiet()
    await later(bot, hours=48)
    assert await due(bot) is None
    assert told(bot.employer, "noch nicht beantwortet") == 0


async def test_what_is_urgent_goes_to_whoever_stands_in(bot: Bot, deputy: Person) -> None:
    """At once in the deputy's office hours, without waiting for anybody's tap."""
    await taken_then_away(bot, "Mein Azubi soll morgen abgeschoben werden")
    await later(bot, minutes=1)
    await later(bot, hours=1)
    assert card_of(deputy).text.startswith("🟡 Offen · Fall TEST0001")
    assert told(bot.employer, "jetzt bei der Vertretung") == 1


async def test_without_a_stand_in_the_contact_follows(bot: Bot) -> None:
    """Nobody is there: whom to call; when somebody is again, the employer gets the button."""
    await live_case(bot)
    await goes_away(bot)
    await later(bot, minutes=1)
    await later(bot, hours=24)
    assert "noch nicht beantwortet" in bot.employer.last.text
    assert keys(bot.employer.last)[0] == ["📞 Nummer kopieren"]
    deputy = bot.telegram.user("Dora", id=900_010)
    await bot.link("WL019", deputy)
    await later(bot, minutes=1)
    await later(bot, minutes=1)
    await later(bot, hours=24)
    assert keys(bot.employer.last)[0] == ["An die Vertretung geben"]


async def test_a_handed_over_case_is_told_nothing_stale(bot: Bot, deputy: Person) -> None:
    """Due, but handed over a moment before: the sentence is not said."""
    await taken_then_away(bot)
    await later(bot, minutes=1)
    bot.clock.wind(hours=24)
    await bot.app.ladder.climb()
    await bot.lotse.presses("Alle übergeben (1)")
    await bot.quiet()
    assert card_of(deputy).text.startswith("🟡 Offen · Fall TEST0001")


async def test_offers_are_quiet_for_whom_they_come_to(bot: Bot, deputy: Person) -> None:
    """An offer rings or not by the hours of whom it is offered to, not of who offers it."""
    await open_case(bot)
    await takes(bot)
    await goes_away(bot, "ab 02.09. bis 12.09.")
    await later(bot, hours=24)
    await offers_to_colleague(bot)
    offer = bot.telegram.journal.calls("sendMessage", deputy.id)[-1]
    assert "möchte Ihnen einen Fall übergeben" in offer.params["text"]
    assert not offer.params.get("disable_notification")


async def test_urgent_words_move_a_case_that_waited_for_its_lotse(bot: Bot, deputy: Person) -> None:
    """Told that the Lotse is away, the employer writes what cannot wait: it goes to who stands in, not at the end of the absence."""
    await taken_then_away(bot)
    await bot.lotse.presses("Bei mir lassen")
    await later(bot, minutes=1)
    await later(bot, hours=24)
    assert await due(bot) == datetime(2026, 9, 12, 22, 0, tzinfo=UTC)
    await bot.employer.says("Die Polizei hat ihn gerade abgeholt!")
    await bot.quiet()
    await later(bot, minutes=1)
    await later(bot, hours=1)

    assert card_of(deputy).text.startswith("🟡 Offen · Fall TEST0001 · ❗ dringend")
