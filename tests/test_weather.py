"""Bad weather between bot and Telegram: every employer gets the answer, in order, twice only where an answer was lost."""

import asyncio
from itertools import pairwise
from math import inf
from typing import Any

import pytest

from bot.app import opened, run
from bot.config import Settings
from bot.demo import StandIn
from bot.demo.faults import (
    Action,
    Blocked,
    CutBody,
    Refused,
    ResetAfter,
    ResetBefore,
    Rubbish,
    ServerError,
    TooManyRequests,
)
from bot.surroundings import Surroundings
from handlers import texts
from tests.case_at_hand import to_preview
from tests.conftest import HWK_KOELN, Bot
from tests.patience import ends
from tests.wound_clock import WoundClock

pytestmark = pytest.mark.wire

ANSWER = "Wie lange dauert eine EQ?"
NOT_EXECUTED = [
    TooManyRequests(retry_after=40),
    TooManyRequests(retry_after=3, parameters=False),
    ServerError(code=502, html=True),
    ServerError(code=500),
    ServerError(code=504),
    ResetBefore(),
    Rubbish(),
    Rubbish(body="", status=200),
    Rubbish(body='{"ok": tr', status=500),
    Rubbish(body="[]", status=200),
]
ANSWER_LOST = [ResetAfter(), CutBody()]


def name(action: Action) -> str:
    """For the names of the tests."""
    return repr(action)


async def settled(bot: Bot, seconds: int = 120) -> None:
    """Wind on until everything that waits for a later time had its time."""
    await bot.weather()
    for _ in range(4):
        bot.clock.wind(seconds=seconds)
        await bot.weather()


def starting(bot: Bot, words: str) -> int:
    """How many messages of the employer begin so."""
    return sum(message.text.startswith(words) for message in bot.employer.received)


@pytest.mark.parametrize("action", NOT_EXECUTED, ids=name)
async def test_a_direct_reply_comes_once(bot: Bot, action: Action) -> None:
    """What Telegram did not execute is sent again until it is there, and never twice."""
    await bot.employer.starts()
    await bot.quiet()
    bot.telegram.faults.add(action, method="sendMessage", chat=bot.employer.id, times=3)
    await bot.employer.says("eq dauer monate")
    await settled(bot)

    assert starting(bot, ANSWER) == 1


@pytest.mark.parametrize("action", ANSWER_LOST, ids=name)
async def test_a_lost_answer_may_come_twice(bot: Bot, action: Action) -> None:
    """Telegram has no idempotency key: what it executed while its answer was lost is said once more, not oftener."""
    await bot.employer.starts()
    await bot.quiet()
    bot.telegram.faults.add(action, method="sendMessage", chat=bot.employer.id)
    await bot.employer.says("eq dauer monate")
    await settled(bot)

    assert starting(bot, ANSWER) == 2


@pytest.mark.parametrize("action", [*NOT_EXECUTED, *ANSWER_LOST], ids=name)
async def test_a_card_reaches_the_lotse(bot: Bot, action: Action) -> None:
    """The same for what waits in the outbox."""
    await bot.link(HWK_KOELN, bot.lotse)
    await to_preview(bot)
    bot.telegram.faults.add(action, method="sendMessage", chat=bot.lotse.id, times=1)
    await bot.employer.presses("✅ Einverstanden, senden")
    await settled(bot)

    cards = [message for message in bot.lotse.received if "Fall TEST0001" in message.text]
    assert len(cards) == (2 if action in ANSWER_LOST else 1)
    assert "Fallnummer: TEST0001" in bot.employer.last.text


async def test_a_wait_is_obeyed(bot: Bot) -> None:
    """Told to wait 40 seconds, nothing is sent to this chat for 40 seconds, and others are served meanwhile."""
    other = bot.telegram.user("Olaf")
    other.opens()
    await bot.employer.starts()
    await bot.quiet()
    bot.telegram.faults.add(TooManyRequests(retry_after=40), method="sendMessage", chat=bot.employer.id)
    await bot.employer.says("eq dauer monate")
    await bot.telegram.until(lambda: any(at > 39 for at in waiting(bot.clock)))
    await other.says("eq dauer monate")
    await bot.telegram.until(lambda: other.received)
    bot.clock.wind(seconds=39)
    await bot.telegram.idle(20)
    assert starting(bot, ANSWER) == 0
    bot.clock.wind(seconds=2)
    await bot.quiet()

    assert starting(bot, ANSWER) == 1


def waiting(clock: WoundClock) -> list[float]:
    """How many seconds each sleeper still sleeps."""
    return [at - clock.monotonic() for at, *_ in clock._sleepers]


async def test_a_storm_of_429(bot: Bot) -> None:
    """Everything is refused for a while, to everybody: all are answered once, and nobody is called before the time is up."""
    crowd = [bot.telegram.user(f"Betrieb {number}") for number in range(12)]
    bot.telegram.faults.add(TooManyRequests(retry_after=9), method="sendMessage", times=30)
    for person in crowd:
        person.opens()
        await person.says("eq dauer monate")
    await settled(bot)

    for person in crowd:
        assert [message.text.partition("\n")[0] for message in person.received] == [ANSWER]
        calls = bot.telegram.journal.calls("sendMessage", person.id)
        for refused, again in pairwise(calls):
            assert refused.status == 429
            assert (again.at - refused.at).total_seconds() >= 9


async def test_order_is_kept(bot: Bot) -> None:
    """Questions of one chat are answered in the order they came, whatever the weather."""
    await bot.employer.starts()
    await bot.quiet()
    bot.telegram.faults.add(ServerError(code=502), method="sendMessage", times=2)
    bot.telegram.faults.add(TooManyRequests(retry_after=7), method="sendMessage", nth=2)
    bot.telegram.faults.add(ResetBefore(), method="sendMessage", nth=3)
    for question in ("Was gilt bei Urlaub?", "Was gilt bei Zeugnis?", "Was gilt bei Überstunden?"):
        await bot.employer.says(question)
        bot.clock.wind(seconds=6)  # further apart than parts of one question are
    await settled(bot)

    titles = [message.text.partition("\n")[0] for message in bot.employer.received]
    assert titles[-3:] == ["Was gilt bei Urlaub?", "Was gilt bei Zeugnis?", "Was gilt bei Überstunden?"]


async def test_blocked_in_the_middle(bot: Bot) -> None:
    """Who blocks the bot while it answers is left alone: no retries, no report; back again, they are answered."""
    await bot.employer.starts()
    await bot.quiet()
    bot.telegram.faults.add(Blocked(), method="sendMessage", chat=bot.employer.id)
    await bot.employer.says("eq dauer monate")
    await settled(bot)
    assert starting(bot, ANSWER) == 0

    await bot.employer.starts()
    await bot.employer.says("Was gilt bei Urlaub?")
    await settled(bot)
    assert bot.employer.last.text.startswith("Was gilt bei Urlaub?")


async def test_refused_for_good(bot: Bot) -> None:
    """What Telegram refuses three times is set aside: the employer gets an apology, the admin a report."""
    await bot.admin.starts()
    await bot.employer.starts()
    await bot.quiet()
    bot.telegram.faults.add(
        Refused("Bad Request: can't parse"), method="sendMessage", chat=bot.employer.id, times=3
    )
    await bot.employer.says("eq dauer monate")
    await settled(bot)

    assert starting(bot, ANSWER) == 0
    assert bot.employer.last.text == texts.APOLOGY
    assert bot.admin.received[-1].text != bot.admin.received[0].text


async def test_an_hour_without_telegram(bot: Bot) -> None:
    """Nobody can be reached for an hour: then every question is answered; Telegram itself forgets presses."""
    await bot.link(HWK_KOELN, bot.lotse)
    await to_preview(bot)
    others = [bot.telegram.user(f"Betrieb {number}") for number in range(5)]
    async with bot.telegram.offline():
        await bot.employer.says("/abbrechen")
        for person in others:
            person.opens()
            await person.says("Was gilt bei Urlaub?")
            await person.says("eq dauer monate")
        for _ in range(60):
            bot.clock.wind(minutes=1)
            await asyncio.sleep(0)
    await settled(bot)

    assert "Es wurde nichts gesendet" in bot.employer.last.text
    for person in others:
        assert person.received, "nobody answered"
        assert ANSWER in "\n".join(message.text for message in person.received)


async def test_the_network_goes_while_a_card_is_under_way(bot: Bot) -> None:
    """The case is stored; as soon as Telegram is back the card and the confirmation arrive, each once."""
    await bot.link(HWK_KOELN, bot.lotse)
    await to_preview(bot)
    bot.telegram.faults.add(ResetBefore(), method="sendMessage", chat=bot.lotse.id, times=4)
    bot.telegram.faults.add(ResetBefore(), method="editMessageText", chat=bot.employer.id, times=4)
    await bot.employer.presses("✅ Einverstanden, senden")
    await settled(bot, 600)

    assert "Fallnummer: TEST0001" in bot.employer.last.text
    assert sum("Fall TEST0001" in message.text for message in bot.lotse.received) == 1


async def tried_in_vain(telegram: StandIn, clock: WoundClock, program: asyncio.Task[Any]) -> None:
    """Until it has called Telegram once more and waits for its next try, instead of having ended."""
    await telegram.until(lambda: clock.sleepers or program.done(), inf)
    assert not program.done()


async def test_no_network_at_the_start(
    telegram_by_hand: StandIn, clock: WoundClock, settings: Settings, around: Surroundings
) -> None:
    """The program waits for the network instead of ending."""
    stack = opened(settings, around)
    async with telegram_by_hand.offline():
        start = asyncio.create_task(stack.__aenter__())
        for _ in range(5):
            await tried_in_vain(telegram_by_hand, clock, start)
            clock.wind(minutes=1)
    while not start.done():
        clock.wind(seconds=10)
        await asyncio.wait({start}, timeout=0.05)
    app = await start
    try:
        assert app.bot.username
    finally:
        await stack.__aexit__(None, None, None)


async def test_stopped_while_it_waits_for_the_network(
    telegram_by_hand: StandIn, clock: WoundClock, settings: Settings, around: Surroundings
) -> None:
    """Who stops the program does not have to wait for the network as well."""
    stop = asyncio.Event()
    async with telegram_by_hand.offline():
        running = asyncio.create_task(run(settings, stop, around))
        await tried_in_vain(telegram_by_hand, clock, running)
        stop.set()
        assert await ends(running), "it still waits for the network"
        await running


@pytest.mark.parametrize("action", [*NOT_EXECUTED, *ANSWER_LOST], ids=name)
async def test_fetching_survives(bot: Bot, action: Action) -> None:
    """Trouble at getUpdates: the question is fetched later and answered once."""
    await bot.employer.starts()
    await bot.quiet()
    bot.telegram.faults.add(action, method="getUpdates", times=2)
    await bot.employer.says("eq dauer monate")
    await settled(bot)

    assert starting(bot, ANSWER) == 1


async def test_a_stored_case_is_confirmed_at_the_second_try(bot: Bot) -> None:
    """The case was written and telling so failed: the repeated update opens no second one and shows the number."""
    await bot.link(HWK_KOELN, bot.lotse)
    await to_preview(bot)
    bot.telegram.faults.add(
        Refused("Bad Request: can't parse"), method="editMessageText", chat=bot.employer.id
    )
    bot.telegram.journal.allow("was answered before")
    await bot.employer.presses("✅ Einverstanden, senden")
    await settled(bot)

    assert "Fallnummer: TEST0001" in bot.employer.last.text
    assert sum("Fall TEST" in message.text for message in bot.lotse.received) == 1
