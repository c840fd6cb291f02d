"""One brake for everything sent, and one patience for bad weather: measured on a clock wound by hand."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.demo import StandIn, faults
from bot.traffic import ONCE, UNLIMITED, Pace, Traffic
from tests.telegram_bot import talking
from tests.wound_clock import WoundClock

Answer = bool | dict[str, Any] | list[dict[str, Any]]


class Line:
    """Calls through ``Traffic``: when each went out, and what it raised."""

    def __init__(self, clock: WoundClock, pace: Pace) -> None:
        self.clock = clock
        self.traffic = Traffic(clock, pace)
        self.went: list[tuple[float, int | None]] = []
        self.fails: list[Exception] = []

    def call(
        self, chat: int | None = 1, *, endpoint: str = "sendMessage", once: bool = False
    ) -> "asyncio.Task[Answer]":
        """Start a call."""

        async def answer() -> Answer:
            self.went.append((self.clock.monotonic(), chat))
            if self.fails:
                raise self.fails.pop(0)
            return True

        callback: Callable[..., Coroutine[Any, Any, Answer]] = answer
        data = {"chat_id": chat} if chat is not None else {}
        return asyncio.ensure_future(
            self.traffic.process_request(callback, (), {}, endpoint, data, ONCE if once else None)
        )

    async def all_done(self, *tasks: "asyncio.Task[Answer]", step: float = 0.05) -> None:
        """Wind the clock in small steps until all calls have ended."""
        for _ in range(20_000):
            for _ in range(3):
                await asyncio.sleep(0)
            if all(task.done() for task in tasks):
                return
            self.clock.wind(seconds=step)
        pytest.fail("a call never ended")

    def seconds(self, chat: int | None = None) -> list[int]:
        """The seconds (rounded) at which calls went out, of all or of one chat."""
        return [round(at) for at, to in self.went if chat is None or to == chat]


def calls_within(times: list[float], span: float) -> int:
    """The most calls in any ``span`` seconds."""
    return max(sum(start <= at < start + span for at in times) for start in times)


async def test_unlimited_is_unlimited(clock: WoundClock) -> None:
    """Nothing waits."""
    line = Line(clock, UNLIMITED)
    await asyncio.gather(*(line.call(1) for _ in range(100)))

    assert clock.monotonic() == 0


async def test_one_a_second_in_a_chat_after_a_short_burst(clock: WoundClock) -> None:
    """Three at once, then one a second; another chat is not held up."""
    line = Line(clock, Pace())
    tasks = [line.call(1) for _ in range(6)] + [line.call(2)]
    await line.all_done(*tasks)

    assert line.seconds(1) == [0, 0, 0, 1, 2, 3]
    assert line.seconds(2) == [0]


async def test_thirty_a_second_overall(clock: WoundClock) -> None:
    """A hundred chats at once: never more than Telegram takes, and not much less."""
    line = Line(clock, Pace())
    await line.all_done(*(line.call(chat) for chat in range(1, 101)))
    times = [at for at, _ in line.went]

    assert calls_within(times, 1.0) <= 34  # thirty and the burst
    assert max(times) < 4


async def test_after_rest_the_burst_is_back_and_no_more(clock: WoundClock) -> None:
    """An hour of silence does not save up an hour of messages."""
    line = Line(clock, Pace())
    await line.all_done(*(line.call(1) for _ in range(5)))
    clock.wind(hours=1)
    line.went.clear()
    start = clock.monotonic()
    await line.all_done(*(line.call(1) for _ in range(5)))

    assert [round(at - start) for at, _ in line.went] == [0, 0, 0, 1, 2]


@pytest.mark.parametrize("endpoint", ["answerCallbackQuery", "getMe", "sendChatAction", "setMyCommands"])
async def test_what_sends_no_message_does_not_wait(clock: WoundClock, endpoint: str) -> None:
    """Ending a spinner costs nothing of the chat's pace."""
    line = Line(clock, Pace())
    await asyncio.gather(*(line.call(1, endpoint=endpoint) for _ in range(50)))

    assert clock.monotonic() == 0


async def test_an_edit_counts_overall_only(clock: WoundClock) -> None:
    """Telegram's one a second is for new messages; a channel by name has no number to count by."""
    line = Line(clock, Pace())
    await line.all_done(*(line.call(1, endpoint="editMessageText") for _ in range(6)), line.call(None))

    assert max(at for at, _ in line.went) < 1


async def test_resting_chats_are_forgotten(clock: WoundClock) -> None:
    """Months of chats do not grow the memory; a chat that still waits is kept."""
    line = Line(clock, Pace(overall=0.0))
    await asyncio.gather(*(line.call(chat) for chat in range(1, 1025)))
    clock.wind(seconds=10)
    line.fails = [RetryAfter(100)]
    late = line.call(5000, once=True)
    await asyncio.gather(late, return_exceptions=True)

    assert set(line.traffic._chat_free_at) == {5000}
    await line.traffic.initialize()
    await line.traffic.shutdown()


# -- bad weather -------------------------------------------------------------------------------------------------------


async def test_retry_after_is_obeyed(clock: WoundClock) -> None:
    """Not a moment too early; other calls to the chat wait as long, other chats do not."""
    line = Line(clock, Pace())
    line.fails = [RetryAfter(30)]
    first = line.call(1)
    await line.all_done(line.call(2), step=0)
    second = line.call(1)
    await line.all_done(first, second, line.call(2), step=0.5)

    assert line.seconds(1)[0] == 0
    assert all(at >= 30 for at in line.seconds(1)[1:])
    assert max(line.seconds(2)) <= 1


async def test_retry_after_of_a_call_without_a_chat(clock: WoundClock) -> None:
    """Menus are limited too."""
    line = Line(clock, Pace())
    line.fails = [RetryAfter(5)]
    await line.all_done(line.call(None, endpoint="setMyCommands"))

    assert line.seconds() == [0, 5]


async def test_a_direct_reply_is_tried_until_it_succeeds(clock: WoundClock) -> None:
    """The pauses double up to a minute."""
    line = Line(clock, UNLIMITED)
    line.fails = [NetworkError("x"), TimedOut(), *(NetworkError("x") for _ in range(7))]
    await line.all_done(line.call(1), step=0.5)

    assert line.seconds() == [0, 1, 3, 7, 15, 31, 63, 123, 183, 243]


@pytest.mark.parametrize(
    ("endpoint", "tries"), [("answerCallbackQuery", 3), ("answerInlineQuery", 1), ("sendChatAction", 1)]
)
async def test_what_soon_is_worth_nothing_gives_up(clock: WoundClock, endpoint: str, tries: int) -> None:
    """A spinner, an inline list, "typing": a few tries, for the network and for ``retry_after`` alike."""
    for error in (NetworkError("x"), RetryAfter(1)):
        line = Line(clock, UNLIMITED)
        line.fails = [error] * 10
        call = line.call(1, endpoint=endpoint)
        await line.all_done(call)

        assert isinstance(call.exception(), type(error))
        assert len(line.went) == tries


@pytest.mark.parametrize("error", [RetryAfter(5), NetworkError("x"), TimedOut()])
async def test_the_outbox_is_told_at_once(clock: WoundClock, error: Exception) -> None:
    """Its rows remember what is to be tried again."""
    line = Line(clock, UNLIMITED)
    line.fails = [error]
    call = line.call(1, once=True)
    await asyncio.gather(call, return_exceptions=True)

    assert call.exception() is error
    assert clock.monotonic() == 0


@pytest.mark.parametrize("error", [BadRequest("x"), Forbidden("x"), ValueError("x")])
async def test_what_trying_again_would_not_mend(clock: WoundClock, error: Exception) -> None:
    """A refusal is a kind of NetworkError in python-telegram-bot; it goes to the caller at once."""
    line = Line(clock, UNLIMITED)
    line.fails = [error]
    call = line.call(1)
    await asyncio.gather(call, return_exceptions=True)

    assert call.exception() is error
    assert len(line.went) == 1


async def test_with_the_real_library(telegram: StandIn, clock: WoundClock) -> None:
    """A reset, a proxy's page, a flood limit and a lost answer in a row: the message arrives, after 1 + 2 + 7 + 8 s."""
    anna = telegram.user("Anna")
    await anna.starts()
    for fault in (faults.ResetBefore(), faults.ServerError(502, html=True), faults.TooManyRequests(7)):
        telegram.faults.add(fault, method="sendMessage")
    telegram.faults.add(faults.ResetAfter(), method="sendMessage", nth=1)
    async with talking(telegram, clock) as bot:
        sending = asyncio.create_task(bot.send_message(anna.id, "Guten Tag"))
        await clock.wind_until(sending.done, step=0.5)
        await sending

    # The answer that was lost had been executed: Telegram has no key by which it could tell.
    assert [message.text for message in anna.received] == ["Guten Tag"] * 2
    assert 18 <= clock.monotonic() <= 25
