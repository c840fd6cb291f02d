"""The flood guard: one gentle notice, then silence for a minute; what is urgent or in a case always passes."""

from collections.abc import AsyncIterator
from itertools import pairwise

import hypothesis
import pytest
from hypothesis import strategies as st

from bot.config import Settings
from bot.demo import Person, StandIn
from bot.flood import Flood, Limits, Verdict
from bot.surroundings import Surroundings
from tests.case_at_hand import consents, to_preview
from tests.conftest import HWK_KOELN, Bot, running
from tests.wound_clock import WoundClock

LIMIT = 5
FLOODED = "sehr viele Nachrichten"
NOON = 1_788_000_000.0


def test_an_allowance_then_one_notice_then_silence() -> None:
    """Five pass, the sixth is told, the rest is silence; a minute later all is well again."""
    flood = Flood(Limits(LIMIT, 0))
    found = [flood.weigh(1, NOON) for _ in range(8)]

    assert found == [*[Verdict.PASS] * 5, Verdict.NOTICE, Verdict.SILENCE, Verdict.SILENCE]
    assert flood.weigh(1, NOON + 59) is Verdict.SILENCE
    assert [flood.weigh(1, NOON + 60) for _ in range(6)] == [*[Verdict.PASS] * 5, Verdict.NOTICE]


def test_who_writes_at_the_pace_of_the_limit_is_never_stopped() -> None:
    """The allowance fills up all the time."""
    flood = Flood(Limits(LIMIT, 0))

    assert {flood.weigh(1, NOON + number * 60 / LIMIT) for number in range(100)} == {Verdict.PASS}


def test_one_person_stops_nobody_else() -> None:
    """Each has an allowance of their own."""
    flood = Flood(Limits(LIMIT, 0))
    for _ in range(10):
        flood.weigh(1, NOON)

    assert flood.weigh(2, NOON) is Verdict.PASS


def test_under_pressure_everybody_gets_a_few() -> None:
    """When all together send too much, each person has three a minute, and nobody's first message is refused."""
    flood = Flood(Limits(LIMIT, 20))
    assert [flood.weigh(person, NOON) for person in range(100)] == [Verdict.PASS] * 100
    assert [flood.weigh(1, NOON) for _ in range(4)] == [
        *[Verdict.PASS] * 3,
        Verdict.NOTICE,
    ]
    assert [flood.weigh(1000, NOON + 120) for _ in range(5)] == [Verdict.PASS] * 5, "the pressure is gone"


def test_without_limits_all_passes() -> None:
    """0 switches it off."""
    flood = Flood(Limits(0, 0))

    assert {flood.weigh(1, NOON) for _ in range(1000)} == {Verdict.PASS}


def test_it_forgets_the_people_seen_longest_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    """A million forged senders do not fill the memory."""
    monkeypatch.setattr("bot.flood._REMEMBERED", 10)
    flood = Flood(Limits(LIMIT, 0))
    for person in range(100):
        flood.weigh(person, NOON)

    assert list(flood._people) == list(range(90, 100))


def test_a_clock_that_jumps_locks_nobody_out() -> None:
    """Set back by an hour, a person who was silenced is heard again at once; forward gives one allowance, not more."""
    flood = Flood(Limits(LIMIT, 0))
    for _ in range(7):
        flood.weigh(1, NOON)

    assert flood.weigh(1, NOON - 3600) is Verdict.PASS
    assert [flood.weigh(1, NOON + 3600) for _ in range(6)].count(Verdict.PASS) == 5


@hypothesis.given(st.lists(st.floats(0, 30), min_size=1, max_size=200))
def test_at_most_one_notice_a_minute(gaps: list[float]) -> None:
    """Whoever writes whenever: two notices are a minute apart, and no minute passes more than two allowances."""
    flood = Flood(Limits(LIMIT, 0))
    now = NOON
    notices, passed = [], []
    for gap in gaps:
        now += gap
        verdict = flood.weigh(1, now)
        if verdict is Verdict.NOTICE:
            notices.append(now)
        elif verdict is Verdict.PASS:
            passed.append(now)

    assert all(later - earlier >= 60 for earlier, later in pairwise(notices))
    assert all(later - earlier >= 60 for earlier, later in zip(passed, passed[2 * LIMIT :], strict=False))


# -- in dialogue ------------------------------------------------------------------------------------------------


@pytest.fixture
async def guarded(
    telegram_by_hand: StandIn, clock: WoundClock, settings: Settings, around: Surroundings
) -> AsyncIterator[Bot]:
    """The whole bot with a small allowance."""
    tight = settings.model_copy(update={"flood_per_minute": LIMIT})
    async with running(telegram_by_hand, clock, tight, around) as bot:
        yield bot


async def flood_of(person: Person, bot: Bot, count: int = 12) -> None:
    """So many messages at one moment."""
    for _ in range(count):
        await person.says("Was gilt bei Urlaub?")
    await bot.quiet()


def notices(person: Person) -> int:
    """How often the person was asked to slow down."""
    return sum(FLOODED in message.text for message in person.received)


async def test_a_flood_is_told_once_and_others_are_served(guarded: Bot) -> None:
    """Five answers, one notice, silence; a minute later the person is answered again."""
    other = guarded.telegram.user("Olaf")
    guarded.employer.opens()
    other.opens()
    await flood_of(guarded.employer, guarded)
    await other.says("eq dauer monate")
    await guarded.quiet()

    assert len(guarded.employer.received) == LIMIT + 1
    assert FLOODED in guarded.employer.last.text
    assert other.last.text.startswith("Wie lange dauert eine EQ?")

    guarded.clock.wind(seconds=61)
    await guarded.employer.says("eq dauer monate")
    await guarded.quiet()
    assert guarded.employer.last.text.startswith("Wie lange dauert eine EQ?")


async def test_urgent_words_always_pass(guarded: Bot) -> None:
    """In the middle of the silence: the urgent message is answered; the silence goes on for the rest."""
    guarded.employer.opens()
    await flood_of(guarded.employer, guarded)
    await guarded.employer.says("Mein Azubi soll morgen abgeschoben werden")
    await guarded.quiet()
    assert any("klingt dringend" in message.text for message in guarded.employer.received)

    before = len(guarded.employer.received)
    await flood_of(guarded.employer, guarded, 3)
    assert len(guarded.employer.received) == before


async def test_an_urgent_word_too_many_uses_up_no_notice(guarded: Bot) -> None:
    """The sixth message is urgent and passes; the seventh is the one that is told."""
    guarded.employer.opens()
    await flood_of(guarded.employer, guarded, LIMIT)
    await guarded.employer.says("Mein Azubi soll morgen abgeschoben werden")
    await guarded.quiet()
    assert notices(guarded.employer) == 0

    await flood_of(guarded.employer, guarded, 3)
    assert notices(guarded.employer) == 1


async def test_presses_are_counted_and_told_in_place(guarded: Bot) -> None:
    """Buttons too: every press ends its spinner, the first one too many says why."""
    await guarded.employer.starts()
    await guarded.quiet()
    start = guarded.employer.last
    for _ in range(10):
        await guarded.employer.presses("📚 Alle Themen", message=start)
    await guarded.quiet()

    assert [text for text in guarded.employer.alerts if FLOODED in text] == guarded.employer.alerts
    assert len(guarded.employer.alerts) == 1


async def test_an_open_case_passes(guarded: Bot) -> None:
    """Who has a case may write as much as there is to say, and so may the Lotse."""
    await guarded.link(HWK_KOELN, guarded.lotse)
    guarded.clock.wind(seconds=61)
    await to_preview(guarded)
    await consents(guarded)
    await flood_of(guarded.employer, guarded)
    await flood_of(guarded.lotse, guarded)
    await flood_of(guarded.admin, guarded)

    assert [notices(person) for person in (guarded.employer, guarded.lotse, guarded.admin)] == [0, 0, 0]


async def test_a_backlog_is_no_flood(guarded: Bot) -> None:
    """What was sent within an hour and arrives at once after an outage is answered."""
    guarded.employer.opens()
    async with guarded.telegram.offline():
        for _ in range(3 * LIMIT):
            await guarded.employer.says("Was gilt bei Urlaub?")
            guarded.clock.wind(minutes=1)
    await guarded.weather()

    assert notices(guarded.employer) == 0


async def test_all_together_are_limited_too(
    telegram_by_hand: StandIn, clock: WoundClock, settings: Settings, around: Surroundings
) -> None:
    """More than the house can answer: each person gets three answers, nobody gets none."""
    tight = settings.model_copy(update={"flood_overall_per_minute": 10})
    async with running(telegram_by_hand, clock, tight, around) as bot:
        crowd = [bot.telegram.user(f"Betrieb {number}") for number in range(20)]
        for _ in range(5):
            for person in crowd:
                person.opens()
                await person.says("Was gilt bei Urlaub?")
        await bot.quiet()

        late = crowd[-1]
        assert [notices(person) for person in crowd] == [1] * 20
        assert len(late.received) == 4
