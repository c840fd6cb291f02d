"""A message out, an outcome back: what Telegram says becomes a fact, never an exception."""

from datetime import timedelta

import pytest

from bot.delivery import TelegramDelivery
from bot.demo import StandIn, faults
from bot.model import ChatId, Delivered, Key, MessageId, Outgoing, RetryAt, Undeliverable
from tests.telegram_bot import talking
from tests.wound_clock import WoundClock


async def test_everything_a_message_can_carry(telegram: StandIn, clock: WoundClock) -> None:
    """Markup, buttons of three kinds, a reply, protection; the outcome names the message."""
    anna = telegram.user("Anna")
    question = await anna.starts()
    keys = (
        (Key("Ja", data="1:x"), Key("Nummer", copy="+49 30 1")),
        (Key("Seite", url="https://example.org"),),
        (),
    )
    async with talking(telegram, clock) as bot:
        outcome = await TelegramDelivery(bot, clock)(
            ChatId(anna.id),
            Outgoing("<b>Guten Tag</b>", keys, reply_to=MessageId(question.id), protected=True, silent=True),
            0,
        )

    assert outcome == Delivered(MessageId(anna.last.id))
    assert anna.last.html == "<b>Guten Tag</b>"
    assert [[(b.data, b.copy, b.url) for b in row] for row in anna.last.rows] == [
        [("1:x", "", ""), ("", "+49 30 1", "")],
        [("", "", "https://example.org")],
    ]
    assert anna.last.reply_to == question.id
    assert anna.last.protected


async def test_a_reply_to_a_deleted_message_arrives(telegram: StandIn, clock: WoundClock) -> None:
    """The words matter more than what they answer."""
    anna = telegram.user("Anna")
    question = await anna.starts()
    await anna.deletes(question)
    async with talking(telegram, clock) as bot:
        await TelegramDelivery(bot, clock)(
            ChatId(anna.id), Outgoing("Guten Tag", reply_to=MessageId(question.id)), 0
        )

    assert anna.last.text == "Guten Tag"


async def test_editing(telegram: StandIn, clock: WoundClock) -> None:
    """In place; the same once more is fine; a message that is gone is said anew; any other refusal is a fact."""
    anna = telegram.user("Anna")
    await anna.starts()
    async with talking(telegram, clock) as bot:
        deliver = TelegramDelivery(bot, clock)
        first = await deliver(ChatId(anna.id), Outgoing("eins"), 0)
        assert isinstance(first, Delivered)
        edit = Outgoing("zwei", edits=first.message)
        assert await deliver(ChatId(anna.id), edit, 0) == first
        assert await deliver(ChatId(anna.id), edit, 0) == first
        assert [message.text for message in anna.received] == ["zwei"]

        await anna.deletes(first.message)
        again = await deliver(ChatId(anna.id), edit, 0)
        assert again == Delivered(MessageId(anna.last.id)) != first
        assert anna.last.text == "zwei"

        telegram.faults.add(faults.Refused("Bad Request: MESSAGE_TOO_LONG"), method="editMessageText")
        refused = await deliver(ChatId(anna.id), Outgoing("drei", edits=again.message), 0)
        assert refused == Undeliverable("Message_too_long", blocked=False)


async def test_copying(telegram: StandIn, clock: WoundClock) -> None:
    """A photo of one chat arrives in the other without its sender."""
    anna, bert = telegram.user("Anna"), telegram.user("Bert")
    await bert.starts()
    photo = await anna.sends_photo("Schild")
    async with talking(telegram, clock) as bot:
        copy = Outgoing("", copies=(ChatId(anna.id), (MessageId(photo.id),)), protected=True)
        outcome = await TelegramDelivery(bot, clock)(ChatId(bert.id), copy, 0)

    assert outcome == Delivered(MessageId(bert.last.id))
    assert bert.last.media is not None
    assert not bert.last.forwarded


async def test_an_album_stays_together(telegram: StandIn, clock: WoundClock) -> None:
    """Several messages are copied as one, in the order they were sent; the outcome names all of them."""
    anna, bert = telegram.user("Anna"), telegram.user("Bert")
    await bert.starts()
    album = tuple(MessageId(photo.id) for photo in await anna.sends_album(3))
    async with talking(telegram, clock) as bot:
        copy = Outgoing("", copies=(ChatId(anna.id), album[::-1]))
        outcome = await TelegramDelivery(bot, clock)(ChatId(bert.id), copy, 0)

    first, *more = (MessageId(message.id) for message in bert.received)
    assert outcome == Delivered(first, tuple(more))
    assert [message.media is not None for message in bert.received] == [True] * 3


async def test_a_copy_answers_a_message(telegram: StandIn, clock: WoundClock) -> None:
    """What a photo answers is kept."""
    anna, bert = telegram.user("Anna"), telegram.user("Bert")
    question = await bert.starts()
    photo = await anna.sends_photo("Schild")
    async with talking(telegram, clock) as bot:
        copy = Outgoing("", copies=(ChatId(anna.id), (MessageId(photo.id),)), reply_to=MessageId(question.id))
        await TelegramDelivery(bot, clock)(ChatId(bert.id), copy, 0)

    assert bert.last.reply_to == question.id


async def test_the_words_under_a_photo(telegram: StandIn, clock: WoundClock) -> None:
    """They are changed in place; where that cannot be done any more, the photo is copied once more."""
    anna, bert = telegram.user("Anna"), telegram.user("Bert")
    await bert.starts()
    photo = await anna.sends_photo("Schild")
    copies = (ChatId(anna.id), (MessageId(photo.id),))
    async with talking(telegram, clock) as bot:
        deliver = TelegramDelivery(bot, clock)
        first = await deliver(ChatId(bert.id), Outgoing("", copies=copies), 0)
        assert isinstance(first, Delivered)
        edit = Outgoing("<b>Neu</b>", edits=first.message, caption=True, copies=copies)
        assert await deliver(ChatId(bert.id), edit, 0) == first
        assert [message.html for message in bert.received] == ["<b>Neu</b>"]
        await bert.deletes(first.message)
        again = await deliver(ChatId(bert.id), edit, 0)

    assert again == Delivered(MessageId(bert.last.id)) != first
    assert bert.last.media is not None


async def test_deleting(telegram: StandIn, clock: WoundClock) -> None:
    """Every message of an album goes; what is gone already is fine; any other refusal is a fact."""
    anna = telegram.user("Anna")
    await anna.starts()
    async with talking(telegram, clock) as bot:
        deliver = TelegramDelivery(bot, clock)
        for words in ("eins", "zwei"):
            await deliver(ChatId(anna.id), Outgoing(words), 0)
        numbers = tuple(MessageId(message.id) for message in anna.received)
        delete = Outgoing("", deletes=numbers)
        assert await deliver(ChatId(anna.id), delete, 0) == Delivered(numbers[0])
        assert anna.received == []
        assert await deliver(ChatId(anna.id), delete, 0) == Delivered(numbers[0])

        telegram.faults.add(faults.Refused("Bad Request: message can't be deleted"), method="deleteMessage")
        assert await deliver(ChatId(anna.id), delete, 0) == Undeliverable(
            "Message can't be deleted", blocked=False
        )


@pytest.mark.parametrize(
    ("refusal", "blocked"),
    [
        (faults.Blocked(), True),
        (faults.Refused("Forbidden: user is deactivated", 403), True),
        (faults.Refused("Bad Request: chat not found"), True),
        (faults.Refused("Bad Request: PEER_ID_INVALID"), True),
        (
            faults.Refused(
                "Bad Request: group chat was upgraded to a supergroup chat",
                400,
                {"migrate_to_chat_id": -1001},
            ),
            True,
        ),
        (faults.Refused("Bad Request: message is too long"), False),
    ],
)
async def test_never(telegram: StandIn, clock: WoundClock, refusal: faults.Action, blocked: bool) -> None:
    """It will not arrive; whether the person is out of reach or only this message was refused."""
    anna = telegram.user("Anna")
    await anna.starts()
    telegram.faults.add(refusal, method="sendMessage")
    async with talking(telegram, clock) as bot:
        outcome = await TelegramDelivery(bot, clock)(ChatId(anna.id), Outgoing("Guten Tag"), 0)

    assert isinstance(outcome, Undeliverable)
    assert outcome.blocked is blocked
    assert anna.received == []


@pytest.mark.parametrize(
    ("fault", "attempts", "wait"),
    [
        (faults.TooManyRequests(37), 0, 37),
        (faults.TooManyRequests(37, parameters=False), 0, 1),
        (faults.ServerError(502, html=True), 0, 1),
        (faults.ServerError(500), 3, 8),
        (faults.ResetBefore(), 5, 32),
        (faults.CutBody(), 50, 300),
        (faults.Stall(), 1, 2),
        (faults.Rubbish(), 0, 1),
        (faults.Refused("Unauthorized", 401), 0, 1),
    ],
)
async def test_not_now(
    telegram: StandIn, clock: WoundClock, fault: faults.Action, attempts: int, wait: int
) -> None:
    """Asked once only, at once told when to try again: as Telegram says, or doubling up to five minutes."""
    anna = telegram.user("Anna")
    await anna.starts()
    telegram.faults.add(fault, method="sendMessage")
    async with talking(telegram, clock, read_timeout=0.1) as bot:
        outcome = await TelegramDelivery(bot, clock)(ChatId(anna.id), Outgoing("Guten Tag"), attempts)

    assert isinstance(outcome, RetryAt)
    assert outcome.at == clock.now() + timedelta(seconds=wait)
    assert telegram.journal.counts["sendMessage"] == 1
