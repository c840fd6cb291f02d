"""The outbox: per chat in order, chats side by side, nothing lost, nothing repeated without need, never silent."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.clock import to_ms
from bot.model import (
    ChatId,
    Delivered,
    MessageId,
    Notice,
    NoticeKind,
    Outcome,
    Outgoing,
    RetryAt,
    Undeliverable,
)
from bot.outbox import Outbox
from bot.storage import StorageError, Store, Transaction
from bot.tables import outbox as rows
from tests import full_disk
from tests.wound_clock import WoundClock

ANNA, BERT = ChatId(1), ChatId(2)


class Post:
    """The other end: renders the text of a notice, "sends" it, notes what was settled; each step can be told to fail."""

    def __init__(self, store: Store, clock: WoundClock) -> None:
        self.store = store
        self.clock = clock
        self.sent: list[tuple[ChatId, str]] = []
        self.settled: list[tuple[str, str]] = []
        self.rendering: Callable[[str], Outgoing | None] = Outgoing
        self.sending: Callable[[ChatId, str, int], Awaitable[Outcome]] | None = None
        self.settling: Callable[[Transaction, str], Awaitable[None]] | None = None
        self.number = 0

    async def render(self, notice: Notice) -> Outgoing | None:
        return self.rendering(notice.data["text"])

    async def deliver(self, chat: ChatId, message: Outgoing, attempts: int) -> Outcome:
        if self.sending is not None:
            outcome = await self.sending(chat, message.html, attempts)
            if not isinstance(outcome, Delivered):
                return outcome
        self.sent.append((chat, message.html))
        return Delivered(MessageId(len(self.sent)))

    async def settle(self, tx: Transaction, notice: Notice, outcome: Delivered | Undeliverable) -> None:
        self.settled.append((notice.data["text"], type(outcome).__name__))
        if self.settling is not None:
            await self.settling(tx, notice.data["text"])

    @property
    def texts(self) -> list[str]:
        """What was sent, in order."""
        return [text for _, text in self.sent]

    async def put(self, chat: ChatId, *texts: str, wake: Outbox | None = None) -> None:
        """Commit notices, and wake the outbox as every caller does."""
        async with self.store.transaction() as tx:
            for text in texts:
                self.number += 1
                await rows.put(
                    tx,
                    chat,
                    NoticeKind.APOLOGY,
                    dedupe=f"{self.number}",
                    now=to_ms(self.clock.now()),
                    data={"text": text},
                )
        if wake is not None:
            wake.wake()

    async def states(self) -> list[str]:
        """The states of all rows in order."""
        return [row["state"] for row in await self.store.read.all("SELECT state FROM outbox ORDER BY id")]

    @asynccontextmanager
    async def outbox(self) -> AsyncIterator[Outbox]:
        """A running outbox."""
        outbox = Outbox(self.store, self.clock, deliver=self.deliver, render=self.render, settle=self.settle)
        async with outbox.running():
            yield outbox


@pytest.fixture
def post(store: Store, clock: WoundClock) -> Post:
    """The other end of the outbox."""
    return Post(store, clock)


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


# -- the database in trouble -------------------------------------------------------------------------------------------


async def test_a_message_is_not_repeated_while_the_disk_is_full(post: Post) -> None:
    """Sent, but that cannot be written down: it is written when there is space, and not sent again."""

    async def fills(_chat: ChatId, _text: str, _attempts: int) -> Outcome:
        await full_disk.fill(post.store)
        return Delivered(MessageId(0))

    post.sending = fills
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

    async def fills(_chat: ChatId, _text: str, _attempts: int) -> Outcome:
        await full_disk.fill(post.store)
        return Delivered(MessageId(0))

    post.sending = fills
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
