"""The outbox: per chat in order, chats side by side, nothing lost, nothing repeated without need, never silent."""

import asyncio
from datetime import timedelta

from bot.clock import to_ms
from bot.model import (
    ChatId,
    Delivered,
    MessageId,
    NoticeKind,
    Outcome,
    Outgoing,
    RetryAt,
    Undeliverable,
)
from bot.storage import StorageError
from bot.tables import outbox as rows
from tests.outbox_at_hand import ANNA, BERT, Post


async def delivered(_chat: ChatId, _text: str, _attempts: int) -> Outcome:
    """Nothing special."""
    return Delivered(MessageId(0))


async def test_a_chat_in_order_chats_side_by_side(post: Post) -> None:
    """A slow message of one chat holds up its next one and nobody else's."""
    gate = asyncio.Event()

    async def slow(chat: ChatId, _text: str, _attempts: int) -> Outcome:
        if chat == ANNA:
            await gate.wait()
        return Delivered(MessageId(0))

    post.sending = slow
    async with post.outbox() as outbox:
        await post.put(ANNA, "a1", "a2", wake=outbox)
        await post.put(BERT, "b1", "b2", wake=outbox)
        await post.clock.wind_until(lambda: post.texts == ["b1", "b2"], step=0)
        gate.set()
        await outbox.drained()

    assert post.texts == ["b1", "b2", "a1", "a2"]
    assert await post.states() == ["sent"] * 4
    assert post.settled == [(text, "Delivered") for text in post.texts]


async def test_words_are_forgotten_once_sent(post: Post) -> None:
    """A sent row keeps the number of its message and nothing of its content."""
    async with post.outbox() as outbox:
        await post.put(ANNA, "a1", wake=outbox)
        await outbox.drained()
    row = await post.store.read.one("SELECT * FROM outbox")
    assert row is not None

    assert rows.from_row(row, post.store.read).data == {}
    assert await rows.sent_message(post.store.read, row["id"]) == 1
    assert await rows.sent_message(post.store.read, 99) is None


async def test_the_same_cause_speaks_once(post: Post) -> None:
    """A repeated update finds its row; while it is kept, and only while it is settled it may be forgotten."""
    now = to_ms(post.clock.now())
    async with post.store.transaction() as tx:
        assert await rows.put(tx, ANNA, NoticeKind.APOLOGY, dedupe="u1", now=now, data={"text": "x"})
        assert not await rows.put(tx, ANNA, NoticeKind.APOLOGY, dedupe="u1", now=now, data={"text": "y"})
        await rows.forget_done(tx, now + 1)
    async with post.outbox() as outbox:
        await outbox.drained()
    post.clock.wind(hours=1)
    async with post.store.transaction() as tx:
        await rows.forget_done(tx, to_ms(post.clock.now()))

    assert post.texts == ["x"]
    assert await post.states() == []


async def test_retry_after_is_obeyed(post: Post) -> None:
    """Not a moment too early, the others of the chat wait behind it, other chats do not."""

    async def later_once(_chat: ChatId, text: str, attempts: int) -> Outcome:
        if text == "a1" and attempts == 0:
            return RetryAt(post.clock.now() + timedelta(seconds=30), "retry_after")
        return Delivered(MessageId(0))

    post.sending = later_once
    async with post.outbox() as outbox:
        await post.put(ANNA, "a1", "a2", wake=outbox)
        await post.put(BERT, "b1", wake=outbox)
        await outbox.drained()
        assert post.texts == ["b1"]
        post.clock.wind(seconds=29)
        await outbox.drained()
        assert post.texts == ["b1"]
        post.clock.wind(seconds=1)
        await outbox.drained()

    assert post.texts == ["b1", "a1", "a2"]


async def test_what_was_put_without_a_sign_is_found(post: Post) -> None:
    """A process that died between commit and wake: the outbox looks by itself every thirty seconds."""
    async with post.outbox() as outbox:
        await post.clock.wind_until(lambda: post.clock.sleepers == 1, step=0)  # it has looked
        await post.put(ANNA, "a1")
        post.clock.wind(seconds=29)
        assert post.clock.sleepers == 1
        post.clock.wind(seconds=1)
        await post.clock.wind_until(lambda: post.texts == ["a1"], step=0)
        await outbox.drained()

    assert post.clock.monotonic() == 30


async def test_what_an_earlier_process_left_goes_out_at_the_start(post: Post) -> None:
    """Rows are the memory."""
    await post.put(ANNA, "a1")
    async with post.outbox() as outbox:
        await outbox.drained()

    assert post.texts == ["a1"]


async def test_put_during_the_last_look(post: Post) -> None:
    """Rows that come while a chat's task is ending are not forgotten: no second passes, all are there."""
    async with post.outbox() as outbox:

        async def writes(chat: ChatId) -> None:
            for number in range(40):
                await post.put(chat, f"{chat}:{number}", wake=outbox)
                for _ in range(number % 7):
                    await asyncio.sleep(0)

        await asyncio.gather(*(writes(ChatId(chat)) for chat in (1, 2, 3)))
        await post.clock.wind_until(lambda: len(post.sent) == 120, step=0)

    for chat in (1, 2, 3):
        assert [text for to, text in post.sent if to == chat] == [f"{chat}:{number}" for number in range(40)]


async def test_stopping_finishes_what_is_on_the_wire(post: Post) -> None:
    """The message being sent is recorded; the next one waits for the next process."""
    began, gate = asyncio.Event(), asyncio.Event()

    async def slow(_chat: ChatId, _text: str, _attempts: int) -> Outcome:
        began.set()
        await gate.wait()
        return Delivered(MessageId(0))

    post.sending = slow
    async with post.outbox() as outbox:
        await post.put(ANNA, "a1", "a2", wake=outbox)
        await began.wait()
        asyncio.get_running_loop().call_later(0.01, gate.set)

    assert await post.states() == ["sent", "waiting"]


# -- never arrives -----------------------------------------------------------------------------------------------------


async def test_undeliverable_is_settled_and_the_next_goes(post: Post) -> None:
    """A blocked recipient is a fact, not an exception."""

    async def refuses(_chat: ChatId, text: str, _attempts: int) -> Outcome:
        return Undeliverable("blocked", blocked=True) if text == "a1" else Delivered(MessageId(0))

    post.sending = refuses
    async with post.outbox() as outbox:
        await post.put(ANNA, "a1", "a2", wake=outbox)
        await outbox.drained()

    assert post.settled == [("a1", "Undeliverable"), ("a2", "Delivered")]
    assert await post.states() == ["undeliverable", "sent"]


async def test_nothing_left_to_say(post: Post) -> None:
    """A notice whose case is gone is settled without a message."""
    post.rendering = lambda text: None if text == "a1" else Outgoing(text)
    async with post.outbox() as outbox:
        await post.put(ANNA, "a1", "a2", wake=outbox)
        await outbox.drained()

    assert post.texts == ["a2"]
    assert post.settled[0] == ("a1", "Undeliverable")


async def test_a_bug_in_one_message_blocks_no_others(post: Post) -> None:
    """Five attempts, ten seconds apart, then it is given up and what follows from that is done; the next one goes."""
    tried = []

    def breaks(text: str) -> Outgoing:
        if text == "a1":
            tried.append(post.clock.monotonic())
            raise KeyError(text)
        return Outgoing(text)

    post.rendering = breaks
    async with post.outbox() as outbox:
        await post.put(ANNA, "a1", "a2", wake=outbox)
        await post.put(BERT, "b1", wake=outbox)
        await outbox.drained()
        assert post.texts == ["b1"]
        for attempts in range(1, 5):
            post.clock.wind(seconds=9)
            await outbox.drained()
            assert len(tried) == attempts
            post.clock.wind(seconds=1)
            await outbox.drained()

    assert tried == [0, 10, 20, 30, 40]
    assert post.texts == ["b1", "a2"]
    assert ("a1", "Undeliverable") in post.settled


async def test_a_disk_in_trouble_is_no_bug_of_the_message(post: Post) -> None:
    """A message that cannot be rendered because the database is away is tried as long as that lasts."""
    tried = []

    def reads(text: str) -> Outgoing:
        tried.append(text)
        if len(tried) < 9:
            message = "disk I/O error"
            raise StorageError(message, passing=True)
        return Outgoing(text)

    post.rendering = reads
    async with post.outbox() as outbox:
        await post.put(ANNA, "a1", wake=outbox)
        await post.clock.wind_until(lambda: post.texts == ["a1"])

    assert len(tried) == 9


async def test_a_row_that_cannot_be_read_blocks_no_others(post: Post) -> None:
    """Damaged content, and a kind that only a newer version knows: given up, the next one goes."""
    await post.put(ANNA, "a1", "a2", "a3")
    async with post.store.transaction() as tx:
        await tx.run("UPDATE outbox SET payload = X'0102' WHERE id = 1")
        await tx.run("UPDATE outbox SET kind = 'from_the_future' WHERE id = 2")
    async with post.outbox() as outbox:
        await outbox.drained()

    assert post.texts == ["a3"]
    assert await post.states() == ["undeliverable", "undeliverable", "sent"]
