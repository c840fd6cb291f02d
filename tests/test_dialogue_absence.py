"""/abwesend and /zurueck: days, who stands in, open cases, new cases, the end; wound through to the last day."""

import pytest

from bot.demo import Person
from tests.case_at_hand import consents, open_case, to_preview
from tests.conftest import HWK_KOELN, Bot, keys

BONN = "WL018"
COORDINATOR = "WL013"
ENTER = "✅ Eintragen"


async def another(bot: Bot, lotse: str, number: int) -> Person:
    """One more Lotse, linked."""
    person = bot.telegram.user(f"Lotse {number}", id=900_010 + number)
    await bot.link(lotse, person)
    return person


async def says(bot: Bot, person: Person, words: str) -> str:
    """Say it, and read the answer."""
    await person.says(words)
    await bot.quiet()
    return person.last.text


async def presses(bot: Bot, person: Person, label: str) -> str:
    """Press it, and read what the message says then, or the newest one."""
    await person.presses(label)
    await bot.quiet()
    return person.last.text


async def goes_away(bot: Bot, person: Person, words: str = "bis 12.09.") -> None:
    """Enter an absence with whoever is proposed."""
    await says(bot, person, f"/abwesend {words}")
    await presses(bot, person, ENTER)


async def later(bot: Bot, **span: float) -> None:
    """Wind the clock and let the sweep do what is due."""
    bot.clock.wind(**span)
    await bot.app.absences.step()
    await bot.app.ladder.climb()
    await bot.quiet()


def told(person: Person, words: str) -> int:
    """How many messages hold these words."""
    return sum(words in message.text for message in person.received)


async def test_the_whole_absence(bot: Bot, deputy: Person) -> None:
    """Proposed, entered, told; a new case goes to the deputy at once; the last day is announced; welcome back."""
    assert "nicht als abwesend" in await says(bot, bot.lotse, "/abwesend")
    proposal = await says(bot, bot.lotse, "/abwesend bis 04.09.")
    assert "Abwesend bis einschließlich Fr, 04.09.2026?" in proposal
    assert "Vertretung: Willkommenslotsin IHK zu Köln (Muster)" in proposal
    assert told(deputy, "vertreten Sie") == 0
    entered = await presses(bot, bot.lotse, ENTER)
    assert "✓ Eingetragen: abwesend bis einschließlich Fr, 04.09.2026." in entered
    assert "kein offener Fall" in entered
    assert "In dieser Zeit vertreten Sie" in deputy.last.text
    assert "Sie sind abwesend bis einschließlich Fr, 04.09.2026" in await says(bot, bot.lotse, "/abwesend")

    count = len(bot.lotse.received)
    await open_case(bot)
    previews = [m.text for m in bot.employer.received]
    assert "geht an Willkommenslotsin IHK zu Köln" in previews[-1]
    assert "🌴 in Vertretung für Willkommenslotsin HWK zu Köln (Muster)" in deputy.last.text
    await presses(bot, deputy, "Übernehmen")
    assert len(bot.lotse.received) == count

    await later(bot, days=3)  # Friday, ten o'clock
    assert "letzte Tag Ihrer Abwesenheit" in bot.lotse.last.text
    await later(bot, hours=15)  # Saturday, one o'clock
    welcome = bot.lotse.last
    assert "Willkommen zurück" in welcome.text
    assert "bei der Vertretung: 1\n• TEST0001 50667 Köln: 🔵 Übernommen" in welcome.text
    assert "Sie vertreten Willkommenslotsin HWK zu Köln (Muster)" in deputy.last.text
    assert "nicht mehr" in deputy.last.text
    await to_preview(bot, "Was bedeutet 3+2?")
    await consents(bot)
    assert "Fall TEST0002" in bot.lotse.last.text


async def test_the_preview_says_who_answers(bot: Bot, deputy: Person) -> None:
    """Before consent: who is away and until when, and the deputy's name and contact."""
    await goes_away(bot, bot.lotse)
    await bot.employer.starts()
    await bot.employer.says("/lotse Was bedeutet 3+2?")
    await bot.employer.says("50667")
    await bot.quiet()
    preview = await presses(bot, bot.employer, "🔧 Handwerk")
    assert preview.startswith(
        "🌴 Willkommenslotsin HWK zu Köln (Muster) (Musterdaten: erfundener Kontakt) ist abwesend bis einschließlich Sa, 12.09.2026."
    )
    assert "Das geht an:\nWillkommenslotsin IHK zu Köln (Muster)" in preview
    assert keys(bot.employer.last)[0] == ["✅ Einverstanden, senden"]


async def test_away_between_preview_and_consent(bot: Bot, deputy: Person) -> None:
    """Nobody gets a question without consent to that person: a new preview comes first."""
    await bot.employer.starts()
    await bot.employer.says("/lotse Was bedeutet 3+2?")
    await bot.employer.says("50667")
    await bot.quiet()
    assert "Willkommenslotsin HWK zu Köln" in await presses(bot, bot.employer, "🔧 Handwerk")
    await goes_away(bot, bot.lotse)
    preview = await presses(bot, bot.employer, "✅ Einverstanden, senden")
    assert "Ihre Frage geht deshalb an die Vertretung" in preview
    assert told(deputy, "Fall TEST") == told(bot.lotse, "Fall TEST") == 0
    assert "Fallnummer: TEST0001" in await presses(bot, bot.employer, "✅ Einverstanden, senden")
    assert told(deputy, "Fall TEST0001") == 1


async def test_open_cases_are_offered(bot: Bot, deputy: Person) -> None:
    """Untaken ones go at once, taken ones by a tap; each employer hears one honest sentence, each card tells it."""
    await open_case(bot, "Erste Frage: Was bedeutet 3+2?")
    taken = bot.lotse.last
    await presses(bot, bot.lotse, "Übernehmen")
    await open_case(bot, "Zweite Frage: Was bedeutet 3+2?")
    await goes_away(bot, bot.lotse)
    assert "Bei Ihnen liegen noch offene Fälle: 1." in bot.lotse.last.text
    sentence = (
        "ist abwesend (bis einschließlich Sa, 12.09.2026). Ihr Fall TEST0002 ist deshalb jetzt bei der "
        "Vertretung: Willkommenslotsin IHK zu Köln (Muster)"
    )
    assert sentence in bot.employer.last.text
    assert told(deputy, "Fall TEST0002") == 1
    assert told(deputy, "Fall TEST0001") == 0
    answer = await presses(bot, bot.lotse, "Alle übergeben (1)")
    assert "Übergeben an Willkommenslotsin IHK zu Köln (Muster)" in answer
    assert told(bot.employer, "deshalb jetzt bei der Vertretung") == 2
    assert told(deputy, "Fall TEST0001") == 1
    card = next(m for m in bot.lotse.received if m.id == taken.id)
    assert card.text.startswith("↪️ Weitergegeben an Willkommenslotsin IHK zu Köln")
    bot.clock.wind(minutes=1)
    await presses(bot, deputy, "Übernehmen")
    assert "hat Ihren Fall TEST0001 übernommen" in bot.employer.last.text
    assert "keinen offenen Fall" in await says(bot, bot.lotse, "/faelle")


async def test_handing_over_twice_is_once(bot: Bot, deputy: Person) -> None:
    """The same press again, an old message's button, a restart in between: one card, one sentence."""
    await open_case(bot)
    await presses(bot, bot.lotse, "Übernehmen")
    await goes_away(bot, bot.lotse)
    offer = bot.lotse.last
    await presses(bot, bot.lotse, "Alle übergeben (1)")
    await bot.restart()
    await bot.lotse.forges_press("1:ve", offer)
    await bot.lotse.forges_press("1:vf:1", offer)
    await bot.quiet()
    assert told(deputy, "Fall TEST0001") == 1
    assert told(bot.employer, "deshalb jetzt bei der Vertretung") == 1
    assert "schon weiter" in bot.lotse.alerts[-1]


async def test_the_first_one_takes_a_handed_over_case_back(bot: Bot, deputy: Person) -> None:
    """As long as nobody has it; of the two one wins."""
    await open_case(bot)
    card = bot.lotse.last
    await presses(bot, bot.lotse, "Übernehmen")
    await goes_away(bot, bot.lotse)
    await presses(bot, bot.lotse, "Alle übergeben (1)")
    bot.clock.wind(minutes=1)
    await bot.lotse.presses("Zurückholen", message=next(m for m in bot.lotse.received if m.id == card.id))
    await bot.quiet()
    assert "Willkommenslotsin HWK zu Köln" in bot.employer.last.text
    assert "hat Ihren Fall TEST0001 übernommen" in bot.employer.last.text
    assert deputy.last.text.startswith("↪️ Weitergegeben an Willkommenslotsin HWK zu Köln")


async def test_the_deputy_is_away_too(bot: Bot, deputy: Person) -> None:
    """Said to the Lotse, the next one is proposed; who has no link is named too; at the end the coordinator."""
    bonn = await another(bot, BONN, 2)
    await goes_away(bot, deputy, "bis 20.09.")
    proposal = await says(bot, bot.lotse, "/abwesend bis 12.09.")
    assert "Vertretung: Willkommenslotse IHK Bonn/Rhein-Sieg (Muster)" in proposal
    assert "IHK zu Köln (Muster) (Musterdaten: erfundener Kontakt): selbst abwesend bis" in proposal
    await bonn.blocks()
    await bot.quiet()
    proposal = await says(bot, bot.lotse, "/abwesend bis 12.09.")
    assert "Gerade kann Sie niemand vertreten" in proposal
    assert "an die Vertretung" not in proposal
    assert "hat den Bot blockiert" in proposal
    coordinator = await another(bot, COORDINATOR, 3)
    proposal = await says(bot, bot.lotse, "/abwesend bis 12.09.")
    assert "IHK Düsseldorf (koordiniert Ihr Land)" in proposal
    await presses(bot, bot.lotse, ENTER)
    await open_case(bot)
    assert told(coordinator, "Fall TEST0001") == 1
    assert "kommen zu Ihnen" in next(m.text for m in coordinator.received if "vertreten Sie" in m.text)


async def test_two_who_stand_in_for_each_other(bot: Bot, deputy: Person) -> None:
    """Both away: the loop is said, and a case goes to somebody outside of it."""
    await goes_away(bot, deputy, "ab 03.09. bis 12.09.")
    assert "vertreten Sie" in bot.lotse.last.text
    bonn = await another(bot, BONN, 2)
    proposal = await says(bot, bot.lotse, "/abwesend ab 03.09. bis 12.09.")
    assert "Das ginge im Kreis" in proposal
    assert "In dieser Zeit vertreten Sie selbst Willkommenslotsin IHK zu Köln (Muster)" in proposal
    assert "Vertretung: Willkommenslotse IHK Bonn/Rhein-Sieg (Muster)" in proposal
    await presses(bot, bot.lotse, ENTER)
    await later(bot, days=2)
    assert "Ihre Vertretung hat sich geändert" in deputy.last.text
    await open_case(bot)
    assert told(bonn, "Fall TEST0001") == 1
    assert told(deputy, "Fall TEST") == told(bot.lotse, "Fall TEST") == 0


async def test_the_deputy_goes_away_after_being_chosen(bot: Bot, deputy: Person) -> None:
    """What the deputy has not taken goes on, the absent one is told once, new cases go to the next; and back again."""
    bonn = await another(bot, BONN, 2)
    await goes_away(bot, bot.lotse)
    await open_case(bot)
    assert told(deputy, "Fall TEST0001") == 1
    await says(bot, deputy, "/abwesend bis 03.09.")
    assert "In dieser Zeit vertreten Sie selbst Willkommenslotsin HWK" in deputy.last.text
    await presses(bot, deputy, ENTER)
    assert told(bonn, "Fall TEST0001") == 1
    await later(bot)
    await later(bot)
    changed = "Ihre Vertretung hat sich geändert: Willkommenslotsin IHK zu Köln"
    assert told(bot.lotse, changed) == 1
    assert "ist selbst abwesend. Jetzt vertritt Sie Willkommenslotse IHK Bonn" in bot.lotse.last.text
    await open_case(bot, "Zweite Frage: Was bedeutet 3+2?")
    assert told(bonn, "Fall TEST0002") == 1
    await later(bot, days=3)  # the deputy is back
    await open_case(bot, "Dritte Frage: Was bedeutet 3+2?")
    assert told(deputy, "Fall TEST0003") == 1
    assert "Jetzt vertritt Sie Willkommenslotsin IHK zu Köln" in bot.lotse.last.text


async def test_another_deputy_by_buttons(bot: Bot, deputy: Person) -> None:
    """All who can be reached, not oneself; whoever went away meanwhile is refused and proposed anew."""
    bonn = await another(bot, BONN, 2)
    await says(bot, bot.lotse, "/abwesend bis 12.09.")
    await presses(bot, bot.lotse, "Andere Vertretung")
    labels = [row[0] for row in keys(bot.lotse.last)]
    assert [label.split(" (")[0] for label in labels] == [
        "Willkommenslotsin IHK zu Köln",
        "Willkommenslotse IHK Bonn/Rhein-Sieg",
        "Abbrechen",
    ]
    await goes_away(bot, bonn, "bis 02.09.")
    await presses(bot, bot.lotse, labels[1])
    assert "nicht mehr zur Wahl" in bot.lotse.alerts[-1]
    assert "Vertretung: Willkommenslotsin IHK zu Köln" in bot.lotse.last.text
    assert "nichts eingetragen" in await presses(bot, bot.lotse, "Abbrechen")
    assert "nicht als abwesend" in await says(bot, bot.lotse, "/abwesend")


async def test_changing_the_deputy_tells_both(bot: Bot, deputy: Person) -> None:
    """The first one is released, the second named; the absence itself stays."""
    bonn = await another(bot, BONN, 2)
    await goes_away(bot, bot.lotse)
    await says(bot, bot.lotse, "/abwesend")
    await presses(bot, bot.lotse, "Vertretung ändern")
    await presses(bot, bot.lotse, keys(bot.lotse.last)[1][0])
    assert "nicht mehr" in deputy.last.text
    assert "vertreten Sie" in bonn.last.text
    assert "Vertretung: Willkommenslotse IHK Bonn" in await says(bot, bot.lotse, "/abwesend")


async def test_a_planned_absence_step_by_step_with_restarts(bot: Bot, deputy: Person) -> None:
    """Reminder on the last working day with the open cases, its beginning, its end; each once, whatever restarts."""
    await open_case(bot)
    await goes_away(bot, bot.lotse, "ab 07.09. bis 08.09.")  # Monday and Tuesday
    assert "Am letzten Arbeitstag davor" in bot.lotse.last.text
    assert told(bot.employer, "bei der Vertretung") == 0
    await presses(bot, bot.lotse, "Übernehmen")
    for _ in range(2):
        await later(bot, hours=1)
        await bot.restart()
    assert told(bot.lotse, "Erinnerung: Sie sind abwesend") == 0
    await later(bot, days=3)  # Friday
    await bot.restart()
    await later(bot)
    assert told(bot.lotse, "Erinnerung: Sie sind abwesend von Mo, 07.09.2026 bis") == 1
    assert "Bei Ihnen liegen noch offene Fälle: 1." in bot.lotse.last.text
    await later(bot, days=2, hours=12)  # Monday, one o'clock
    await bot.restart()
    await later(bot)
    assert told(bot.lotse, "Ihre Abwesenheit hat begonnen") == 1
    assert keys(bot.lotse.last)[0] == ["Alle übergeben (1)"]
    await later(bot, days=1, hours=9)  # Tuesday
    await bot.restart()
    await later(bot)
    assert told(bot.lotse, "letzte Tag Ihrer Abwesenheit") == 1
    await later(bot, hours=16)
    await bot.restart()
    await later(bot)
    assert told(bot.lotse, "Willkommen zurück") == 1


async def test_what_a_stopped_program_missed(bot: Bot, deputy: Person) -> None:
    """Stopped over the whole absence: only its end is told, nothing that is not true any more."""
    await goes_away(bot, bot.lotse, "ab 07.09. bis 08.09.")
    await bot.stop()
    bot.clock.wind(days=20)
    await bot.start()
    await later(bot)
    assert told(bot.lotse, "Erinnerung") == told(bot.lotse, "hat begonnen") == 0
    assert told(bot.lotse, "Willkommen zurück") == 1


async def test_back_before_time(bot: Bot, deputy: Person) -> None:
    """By command or button, once; a planned one is just called off."""
    assert "nicht als abwesend eingetragen" in await says(bot, bot.lotse, "/zurueck")
    await goes_away(bot, bot.lotse)
    welcome = await says(bot, bot.lotse, "/zurueck")
    assert "Willkommen zurück" in welcome
    assert "kam kein Fall für Sie" in welcome
    assert "nicht als abwesend eingetragen" in await says(bot, bot.lotse, "/zurueck")
    assert told(deputy, "nicht mehr") == 1
    await goes_away(bot, bot.lotse, "ab 07.09. bis 08.09.")
    assert "geplante Abwesenheit ist gelöscht" in await presses(bot, bot.lotse, "Abwesenheit beenden")


async def test_longer_than_thought(bot: Bot, deputy: Person) -> None:
    """The beginning stays, so the greeting tells all of it; the old end does not come."""
    await goes_away(bot, bot.lotse, "bis 03.09.")
    await open_case(bot)
    await later(bot, days=1)
    await goes_away(bot, bot.lotse, "bis 05.09.")
    await later(bot, days=2)  # the fourth
    assert told(bot.lotse, "Willkommen zurück") == 0
    await later(bot, days=2)
    assert "bei der Vertretung: 1" in bot.lotse.last.text


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("irgendwann", "Das Datum habe ich nicht verstanden."),
        ("bis 31.02.", "Diesen Tag gibt es im Kalender nicht."),
        ("bis 31.08.2026", "Dieser Tag ist schon vorbei."),
        ("ab 12.10.2026 bis 03.10.2026", "Der letzte Tag liegt vor dem ersten."),
        ("bis 12.01.2037", "Stimmt das Jahr?"),
    ],
)
async def test_bad_days_get_a_kind_sentence(bot: Bot, words: str, answer: str) -> None:
    """With an example that works."""
    await bot.link(HWK_KOELN, bot.lotse)
    said = await says(bot, bot.lotse, f"/abwesend {words}")
    assert answer in said
    example = said.rpartition("\n")[2]
    assert "Abwesend bis einschließlich Di, 15.09.2026?" in await says(bot, bot.lotse, example)
