"""The weekly digest: on the first working day of a week, once, with a way into each part."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.config import Settings
from bot.demo import Person, StandIn
from bot.demo.seen import Seen
from bot.model import ChatId
from bot.surroundings import Surroundings
from bot.weekly import next_due
from bot.workdays import USUAL_HOURS, WorkCalendar
from handlers import buttons
from tests.case_at_hand import open_case
from tests.conftest import HWK_KOELN, IHK_KOELN, Bot, running
from tests.test_dialogue_gaps import ASKED, asks
from tests.test_dialogue_survey import cases, count
from tests.wound_clock import WoundClock

EDITOR = 900_004
HEADING = "📬 Ihr Wochenbericht"


@pytest.fixture
async def house(
    telegram_by_hand: StandIn, clock: WoundClock, settings: Settings, around: Surroundings
) -> AsyncIterator[Bot]:
    """An admin and an editor; it is Tuesday."""
    changed = settings.model_copy(update={"editor_ids": (EDITOR,)})
    async with running(telegram_by_hand, clock, changed, around) as bot:
        await bot.admin.starts()
        await editor(bot).starts()
        await bot.quiet()
        await bot.app.weekly.send()  # plans the next one
        yield bot


def editor(bot: Bot) -> Person:
    """Who may change the knowledge and nothing else."""
    return bot.telegram.user("Edi", id=EDITOR)


async def later(bot: Bot, **span: float) -> None:
    """Wind the clock and let the sweep do what is due."""
    bot.clock.wind(**span)
    await bot.app.weekly.send()
    await bot.quiet()


def digests(person: Person) -> list[Seen]:
    """Those this person got."""
    return [message for message in person.received if message.text.startswith(HEADING)]


async def test_it_comes_on_monday_morning_once(house: Bot) -> None:
    """Not before nine; to admin and editor; a restart repeats nothing; the next one a week later."""
    await later(house, days=5, hours=22.9)
    assert digests(house.admin) == []
    await later(house, hours=0.2)
    assert [len(digests(person)) for person in (house.admin, editor(house))] == [1, 1]
    await house.restart()
    await later(house, hours=1)
    await later(house, days=5, hours=22)
    assert len(digests(house.admin)) == 1
    await later(house, days=1, hours=1)
    assert len(digests(house.admin)) == 2


async def test_after_a_long_outage_it_comes_once(house: Bot) -> None:
    """Not once for every week that was missed."""
    await later(house, days=40)
    await later(house, minutes=1)
    assert len(digests(house.admin)) == 1


@pytest.mark.parametrize(
    ("land", "after", "day"),
    [
        ("", datetime(2027, 3, 25, 9, tzinfo=UTC), "30.03.2027"),  # Easter Monday
        ("", datetime(2026, 9, 1, 8, tzinfo=UTC), "07.09.2026"),
        ("BY", datetime(2026, 12, 31, 8, tzinfo=UTC), "04.01.2027"),
        ("BE", datetime(2027, 3, 5, 8, tzinfo=UTC), "09.03.2027"),  # Frauentag, in Berlin only
        ("", datetime(2027, 3, 5, 8, tzinfo=UTC), "08.03.2027"),
        ("", datetime(2027, 5, 14, 8, tzinfo=UTC), "18.05.2027"),  # Whit Monday
    ],
)
def test_a_holiday_moves_it(land: str, after: datetime, day: str) -> None:
    """To the next working day of the Land."""
    assert f"{next_due(WorkCalendar(land, USUAL_HOURS), after):%d.%m.%Y %H:%M}" == f"{day} 09:00"


def test_without_any_working_day_it_comes_all_the_same() -> None:
    """A week later."""
    after = datetime(2026, 9, 1, 8, tzinfo=UTC)
    assert next_due(WorkCalendar("", ()), after) == after + timedelta(days=7)


async def test_what_it_says_and_where_it_leads(house: Bot) -> None:
    """Every part, small counts without their number, and the reports behind the buttons."""
    await house.link(HWK_KOELN, house.lotse)
    await open_case(house)
    deputy = house.telegram.user("Dora", id=900_010)
    await house.link(IHK_KOELN, deputy)
    await deputy.blocks()
    await house.quiet()
    house.clock.wind(days=5, hours=22.9)
    await count(house, "question", {"handoff": 6, "unclear": 1, "answer": 30}, weeks_ago=0)
    await count(house, "not_helped", {"eq-dauer": 7, "urlaub": 2, "zeugnis": 1}, weeks_ago=0)
    await count(
        house, "none_of_these", {"eq-zuschuss,eq-dauer": 4, "eq-dauer,eq-zuschuss,urlaub": 2}, weeks_ago=0
    )
    await cases(house, "BY", 9)
    async with house.app.linking._store.transaction() as tx:
        await tx.run("UPDATE cases SET opened_at = opened_at + 500000000 WHERE land = 'BY'")
    await later(house, hours=0.2)
    text = digests(house.admin)[0].text
    assert "Lücken" not in text  # what nobody asked three times is none, however many questions had no answer
    assert "• Am längsten ohne Antwort: Fall TEST0001, seit 5 Tagen" in text
    assert f"• Lotsen nicht erreichbar (blockiert): {IHK_KOELN}" in text
    assert "• Lotsen noch nicht verbunden: " in text
    assert "• Wie lange dauert eine EQ?: 7\n• " in text
    assert "Urlaub" in text
    assert ": 2" not in text
    assert "zeugnis" not in text.lower()
    assert "Wie lange dauert eine EQ? / Wie viel Zuschuss gibt es für eine EQ?: 6" in text
    assert "• Bayern: 9" in text
    assert "Nordrhein" not in text
    labels = digests(house.admin)[0].labels
    assert labels[-1] == "🗺 Abdeckung"
    assert digests(editor(house))[0].labels == labels[:-1]

    for label, words in (
        ("📊 Statistik", "Fälle nach Land"),
        ("👎 Wie lange dauert eine EQ?", "Vier bis zwölf Monate"),
    ):
        await editor(house).presses(label)
        await house.quiet()
        assert words in editor(house).last.text
    await house.admin.presses("🗺 Abdeckung")
    await house.quiet()
    assert any("In Telegram erreichbar" in message.text for message in house.admin.received[-2:])


async def test_gaps_are_those_of_luecken(house: Bot) -> None:
    """Their number is the number of /luecken, however few there are; the button opens them."""
    for number, text in enumerate(ASKED[:2]):
        await asks(house, text, number)
    await later(house, days=6)
    assert "Lücken" not in digests(house.admin)[0].text
    await asks(house, ASKED[2], 2)
    await later(house, days=7)
    assert "• Lücken, je von mindestens drei Chats gefragt: 1" in digests(house.admin)[1].text
    await house.admin.presses("🕳 Lücken")
    await house.quiet()
    assert house.admin.last.text.startswith("Lücke 1 von 1")


async def test_entries_to_review(house: Bot) -> None:
    """When their date has come they are counted, and the button opens the list."""
    await later(house, days=700)
    text = digests(house.admin)[0].text
    assert "davon überfällig: " in text
    await house.admin.presses("📅 Zu prüfen")
    await house.quiet()
    assert "Zu prüfen in den nächsten 30 Tagen" in house.admin.last.text


async def test_an_erased_case_is_not_named(house: Bot) -> None:
    """What was written down for somebody who blocked the bot is shown as it is when it is sent."""
    await house.link(HWK_KOELN, house.lotse)
    await open_case(house)
    house.clock.wind(days=6)
    store = house.app.linking._store
    await house.app.weekly.send()
    async with store.transaction() as tx:
        await tx.run("DELETE FROM cases")
    await house.quiet()
    rows = await store.read.all("SELECT * FROM outbox WHERE kind = 'weekly'")
    assert len(rows) == 2
    assert "TEST0001" not in str([store.vault.open_json(row["payload"], "outbox.payload") for row in rows])


async def test_only_editors_open_reports(house: Bot) -> None:
    """An unknown report is an old button."""
    await house.admin.forges_press(buttons.encode(buttons.OpenReport("gibt-es-nicht")), house.admin.last)
    await house.quiet()
    assert house.admin.alerts
    assert ChatId(EDITOR) in house.app.roles.editors
