"""The outbox while the machine's clock is set: nobody waits longer, nothing that is held goes early."""

import asyncio
from datetime import timedelta

from bot.clock import to_ms
from bot.model import ChatId, Delivered, MessageId, NoticeKind, Outcome, RetryAt
from bot.storage import Store
from bot.tables import outbox as rows
from tests.outbox_at_hand import ANNA, Post
from tests.wound_clock import WoundClock


async def test_a_clock_set_back_delays_nothing(store: Store, clock: WoundClock) -> None:
    """The machine's clock jumps an hour back after the row was written."""
    post = Post(store, clock)
    await post.put(ANNA, "a1")
    post.clock.jump(hours=-1)
    async with post.outbox():
        await post.clock.wind_until(lambda: post.texts == ["a1"])

    assert post.clock.monotonic() <= 31


async def test_a_clock_set_back_lengthens_no_wait(store: Store, clock: WoundClock) -> None:
    """Told to wait 20 seconds, then the clock is set back an hour: it is 20 seconds all the same."""
    post = Post(store, clock)

    async def busy_once(_chat: ChatId, _text: str, attempts: int) -> Outcome:
        if attempts == 0:
            return RetryAt(post.clock.now() + timedelta(seconds=20), "retry_after")
        return Delivered(MessageId(0))

    post.sending = busy_once
    await post.put(ANNA, "a1")
    async with post.outbox():
        async with asyncio.timeout(30):
            while not await store.read.all("SELECT 1 FROM outbox WHERE attempts = 1"):  # noqa: ASYNC110  # nobody announces it
                await asyncio.sleep(0)
        await post.clock.wind_until(lambda: post.clock.monotonic() > 3)
        post.clock.jump(hours=-1)
        await post.clock.wind_until(lambda: post.texts == ["a1"])

    assert 20 <= post.clock.monotonic() <= 55


async def test_a_clock_set_back_takes_no_time_from_words_put_since(store: Store, clock: WoundClock) -> None:
    """What is held for a while by the new clock is held as long as was meant."""
    post = Post(store, clock)
    async with post.outbox() as outbox:
        await post.clock.wind_until(lambda: post.clock.monotonic() > 3)
        post.clock.jump(hours=-1)
        async with post.store.transaction() as tx:
            now = to_ms(post.clock.now())
            await rows.put(
                tx,
                ANNA,
                NoticeKind.APOLOGY,
                dedupe="held",
                now=now,
                due=now + 25_000,
                data={"text": "a1"},
            )
        outbox.wake()
        await post.clock.wind_until(lambda: post.texts == ["a1"])

    assert post.clock.monotonic() >= 28
