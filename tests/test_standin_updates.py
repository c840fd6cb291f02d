"""getUpdates as the official server has it: offsets, conflicts, allowed kinds, expiry; and idle() on top of it."""

import asyncio
from typing import Any

import pytest

from bot.demo import NotIdleError, StandIn
from tests.standin_fixture import Api, HandClock, api, plain_api, strict_telegram, telegram

__all__ = ["api", "telegram"]

OTHER = (
    409,
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
)


def _ids(updates: list[dict[str, Any]]) -> list[int]:
    return [update["update_id"] for update in updates]


async def test_an_update_comes_again_until_a_higher_offset_confirms_it(telegram: StandIn, api: Api) -> None:
    """Ids are consecutive; what was not confirmed is delivered again and counted as such."""
    anna = telegram.user("Anna")
    for text in ("eins", "zwei", "drei"):
        await anna.says(text)
    first = await api("getUpdates")
    assert [update["message"]["text"] for update in first] == ["eins", "zwei", "drei"]
    start = first[0]["update_id"]
    assert _ids(first) == [start, start + 1, start + 2]

    assert _ids(await api("getUpdates", offset=start + 1)) == [start + 1, start + 2]
    assert _ids(await api("getUpdates", offset=start + 3)) == []
    stats = telegram.journal.stats()
    assert (stats["delivered"], stats["redelivered"], stats["confirmed"]) == (3, 2, 3)


async def test_offset_and_limit_are_clamped(telegram: StandIn, api: Api) -> None:
    """A negative offset keeps only the newest; one from the future confirms nothing; limit is 1 to 100."""
    anna = telegram.user("Anna")
    for number in range(103):
        await anna.says(str(number))
    everything = await api("getUpdates", limit=500)
    assert len(everything) == 100
    assert len(await api("getUpdates", offset=everything[0]["update_id"], limit=0)) == 1
    future = everything[0]["update_id"] + 10_000
    assert len(await api("getUpdates", offset=future)) == 100
    kept = await api("getUpdates", offset=-2)
    assert [update["message"]["text"] for update in kept] == ["101", "102"]


async def test_the_same_offset_at_once_gets_one_update_only(telegram: StandIn, api: Api) -> None:
    """Who asks again without confirming is throttled: within half a second a single update."""
    async with strict_telegram(pace=100) as slow, plain_api(slow) as ask:
        anna = slow.user("Anna")
        await anna.says("eins")
        await anna.says("zwei")
        assert len(await ask("getUpdates", offset=0)) == 2
        assert len(await ask("getUpdates", offset=0)) == 1


async def test_a_waiting_poll_is_answered_when_something_happens(telegram: StandIn, api: Api) -> None:
    """The poll sleeps on the server; updates within two milliseconds come as one batch; an empty poll ends in time."""
    anna = telegram.user("Anna")
    poll = asyncio.create_task(api("getUpdates", timeout=30))
    await telegram.until(lambda: telegram.bot.queue.polled)
    await anna.says("eins")
    await anna.says("zwei")
    batch = await poll
    assert [update["message"]["text"] for update in batch] == ["eins", "zwei"]
    assert await api("getUpdates", offset=batch[-1]["update_id"] + 1, timeout=0) == []


async def test_of_two_polls_the_older_is_ended(telegram: StandIn, api: Api) -> None:
    """409 with Telegram's text for the older one; the newer one goes on waiting and gets the update."""
    anna = telegram.user("Anna")
    older = asyncio.create_task(api.refusal("getUpdates", timeout=30))
    await telegram.until(lambda: telegram.bot.queue.polled)
    newer = asyncio.create_task(api("getUpdates", timeout=30))
    assert await older == OTHER
    await telegram.until(lambda: telegram.bot.queue.polled)
    await anna.says("Hallo")
    assert len(await newer) == 1


async def test_repeated_conflicts_are_told_later(telegram: StandIn, api: Api) -> None:
    """The second conflict within three seconds waits that long (scaled), so that pollers do not fight."""
    loop = asyncio.get_running_loop()
    polls = []
    started = loop.time()
    for _ in range(3):
        polls.append(asyncio.create_task(api.answer("getUpdates", timeout=30)))
        await telegram.until(lambda: telegram.journal.counts["getUpdates"] == len(polls))
        await telegram.until(lambda: telegram.bot.queue.polled)
    assert (await polls[0])[0] == (await polls[1])[0] == 409
    assert loop.time() - started >= 0.03
    telegram.restart()
    with pytest.raises(Exception, match=r"(?i)disconnected|reset"):
        await polls[2]


async def test_allowed_updates_stick(telegram: StandIn, api: Api) -> None:
    """They hold for later calls too; an empty list means the default, which leaves reactions out."""
    anna = telegram.user("Anna")
    hello = await anna.starts()
    await anna.reacts(hello)
    assert [set(update) - {"update_id"} for update in await api("getUpdates")] == [{"message"}]
    await api("getUpdates", offset=-1, allowed_updates=["message_reaction"])
    await anna.says("das will er nicht")
    await anna.reacts(hello, "👎")
    batch = await api("getUpdates")
    assert [set(update) - {"update_id"} for update in batch[1:]] == [{"message_reaction"}]
    assert batch[1]["message_reaction"]["old_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    assert (await api("getWebhookInfo"))["allowed_updates"] == ["message_reaction"]
    telegram.journal.allow("is not JSON|valid list")
    for unreadable in ("{", "5"):
        await api("getUpdates", offset=batch[-1]["update_id"] + 1, allowed_updates=unreadable)
    assert (await api("getWebhookInfo"))["allowed_updates"] == ["message_reaction"]
    await api("getUpdates", offset=batch[-1]["update_id"] + 1, allowed_updates=[])
    await anna.says("das wieder")
    assert len(await api("getUpdates")) == 1
    assert "allowed_updates" not in await api("getWebhookInfo")


@pytest.mark.parametrize(
    ("kind", "seconds"),
    [("callback_query", 150), ("inline_query", 30), ("chosen_inline_result", 600), ("message", 86_400)],
)
async def test_an_update_nobody_fetches_vanishes(kind: str, seconds: int) -> None:
    """Presses after 150 s, inline queries after 30 s, messages after a day; ids go on."""
    clock = HandClock()
    async with strict_telegram(now=clock) as telegram, plain_api(telegram) as api:
        telegram.journal.allow("legacy")
        telegram.inject({kind: {"id": "1"}})
        clock.wind(seconds=seconds - 1)
        assert len(await api("getUpdates")) == 1
        telegram.advance(1)
        assert await api("getUpdates") == []
        assert telegram.journal.expired == 1


async def test_anything_can_be_injected(telegram: StandIn, api: Api) -> None:
    """Groups, channels and kinds of the future come through as they are, whatever is allowed."""
    group = {"message_id": 1, "date": 1, "chat": {"id": -5, "type": "group", "title": "G"}, "text": "x"}
    number = telegram.inject({"message": group, "update_id": 5})
    assert number is not None
    telegram.inject({"mind_reading": {"thought": "?"}})
    batch = await api("getUpdates", allowed_updates=["message"])
    assert batch == [
        {"update_id": number, "message": group},
        {"update_id": number + 1, "mind_reading": {"thought": "?"}},
    ]
    assert telegram.inject({"poll": {}}) is None


async def test_idle_waits_for_confirmation(telegram: StandIn, api: Api) -> None:
    """Delivered is not enough: only the next getUpdates says that the update was handled."""
    anna = telegram.user("Anna")
    await anna.says("Hallo")
    batch = await api("getUpdates")
    with pytest.raises(NotIdleError, match=r"unconfirmed updates: .*Hallo"):
        await telegram.idle(timeout=0.02)
    await api("getUpdates", offset=batch[0]["update_id"] + 1)
    await telegram.idle(timeout=0.02)


async def test_until_names_the_last_calls_when_it_waits_in_vain(telegram: StandIn, api: Api) -> None:
    """The error says what was called, so that a failing test explains itself."""
    await api("getMe")
    with pytest.raises(NotIdleError, match=r"#1 getMe \{\} -> 200"):
        await telegram.until(lambda: False, timeout=0.02)


async def test_two_bots_do_not_see_each_others_chats(telegram: StandIn, api: Api) -> None:
    """Each token has updates, chats and message ids of its own."""
    other = telegram.add_bot("Zweiter", token="42:abc")
    anna = telegram.user("Anna")
    await anna.says("an den ersten")
    await anna.with_bot(other).says("an den zweiten")
    async with plain_api(telegram, other.token) as second:
        assert (await second("getMe"))["id"] == 42
        assert [update["message"]["text"] for update in await second("getUpdates")] == ["an den zweiten"]
    assert [update["message"]["text"] for update in await api("getUpdates")] == ["an den ersten"]
    assert len(anna.sees) == 1
