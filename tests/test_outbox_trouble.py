"""The outbox while the database is in trouble: nothing lost, nothing repeated without need, never silent."""

import pytest

from bot.model import ChatId, Delivered, MessageId, Outcome, RetryAt, Undeliverable
from bot.storage import StorageError, Transaction
from tests import full_disk
from tests.outbox_at_hand import ANNA, Post
from tests.wound_clock import WoundClock


def sent_on_a_full_disk(post: Post) -> None:
    """Each message arrives, and from then on there is no space to write that down."""

    async def fills(_chat: ChatId, _text: str, _attempts: int) -> Outcome:
        await full_disk.fill(post.store)
        return Delivered(MessageId(0))

    post.sending = fills


async def test_a_message_is_not_repeated_while_the_disk_is_full(post: Post) -> None:
    """Sent, but that cannot be written down: it is written when there is space, and not sent again."""
    sent_on_a_full_disk(post)
    async with post.outbox() as outbox:
        await post.put(ANNA, "a1", wake=outbox)
        await post.clock.wind_until(lambda: post.clock.monotonic() > 100)
        assert post.texts == ["a1"]
        await full_disk.clear(post.store)
        await post.clock.wind_until(lambda: len(post.settled) > 0)
        await outbox.drained()

    assert post.texts == ["a1"]
    assert await post.states() == ["sent"]


async def test_only_a_stop_on_a_full_disk_repeats_it(post: Post) -> None:
    """The process ends before the outcome could be stored: the next one sends it once more."""
    sent_on_a_full_disk(post)
    async with post.outbox() as outbox:
        await post.put(ANNA, "a1", wake=outbox)
        await post.clock.wind_until(lambda: post.texts == ["a1"], step=0)
    await full_disk.clear(post.store)
    post.sending = None
    async with post.outbox() as outbox:
        await outbox.drained()

    assert post.texts == ["a1", "a1"]
    assert await post.states() == ["sent"]


@pytest.mark.parametrize("kind", [KeyError, StorageError])
async def test_a_bug_in_what_follows_repeats_nothing(post: Post, kind: type[Exception]) -> None:
    """Settling fails for good: the message counts as sent all the same."""

    async def breaks(_tx: Transaction, _text: str) -> None:
        message = "always"
        raise kind(message)

    post.settling = breaks
    async with post.outbox() as outbox:
        await post.put(ANNA, "a1", "a2", wake=outbox)
        await outbox.drained()

    assert post.texts == ["a1", "a2"]
    assert await post.states() == ["sent", "sent"]


@pytest.mark.parametrize(
    "outcome",
    [Delivered(MessageId(0)), Undeliverable("blocked", blocked=True), RetryAt(WoundClock().now(), "x")],
)
async def test_erased_while_on_the_wire(post: Post, outcome: Outcome) -> None:
    """The person's data were erased at that moment: nothing is settled, nothing fails."""

    async def erases(_chat: ChatId, _text: str, _attempts: int) -> Outcome:
        async with post.store.transaction() as tx:
            await tx.run("DELETE FROM outbox")
        return outcome

    post.sending = erases
    async with post.outbox() as outbox:
        await post.put(ANNA, "a1", wake=outbox)
        await outbox.drained()

    assert post.settled == []
    assert await post.states() == []


async def test_the_loop_survives_a_database_that_cannot_be_read(post: Post) -> None:
    """Looking for due rows fails for a while: the outbox does not fall silent."""
    async with post.outbox() as outbox:
        async with post.store.transaction() as tx:
            await tx.run("ALTER TABLE outbox RENAME TO away")
        outbox.wake()
        await post.clock.wind_until(lambda: post.clock.monotonic() > 20)
        async with post.store.transaction() as tx:
            await tx.run("ALTER TABLE away RENAME TO outbox")
        await post.put(ANNA, "a1")
        await post.clock.wind_until(lambda: post.texts == ["a1"])


async def test_a_chat_that_cannot_be_read_is_tried_again_in_peace(post: Post) -> None:
    """Reading one chat's line fails: tried again every ten seconds, not in a busy loop."""
    await post.put(ANNA, "a1")
    async with post.store.transaction() as tx:
        await tx.run("ALTER TABLE outbox RENAME COLUMN attempts TO away")
    async with post.outbox():
        before = post.clock.monotonic()
        await post.clock.wind_until(lambda: post.clock.monotonic() > before + 25)
        async with post.store.transaction() as tx:
            await tx.run("ALTER TABLE outbox RENAME COLUMN away TO attempts")
        await post.clock.wind_until(lambda: post.texts == ["a1"])
