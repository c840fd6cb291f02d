"""HTTP to Telegram: every kind of bad line is one of python-telegram-bot's errors, and none of them tells the token."""

import asyncio

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

from bot.demo import StandIn, faults
from bot.traffic import seconds
from bot.transport import AiohttpRequest, Line
from tests.telegram_bot import talking
from tests.wound_clock import WoundClock

NOBODY = "http://127.0.0.1:9/bot1:secret-token/getMe"  # nobody listens on the discard port


async def test_files_travel_both_ways(telegram: StandIn, clock: WoundClock) -> None:
    """An upload is a multipart form, a download comes back byte by byte."""
    anna = telegram.user("Anna")
    await anna.starts()
    async with talking(telegram, clock) as bot:
        await bot.send_document(anna.id, b"content \xff", filename="a.pdf", caption="Hier ist er.")
        media = anna.last.media
        assert media is not None
        assert (media.name, media.data, anna.last.text) == ("a.pdf", b"content \xff", "Hier ist er.")
        file = await bot.get_file(media.file_id)

        assert bytes(await file.download_as_bytearray()) == b"content \xff"


@pytest.mark.parametrize(
    ("fault", "error", "said"),
    [
        (faults.ServerError(502, html=True), NetworkError, "Bad Gateway"),
        (faults.ServerError(500), NetworkError, "Internal Server Error"),
        (faults.ResetBefore(), NetworkError, "aiohttp."),
        (faults.ResetAfter(), NetworkError, "aiohttp."),
        (faults.CutBody(), NetworkError, "aiohttp."),
        (faults.Rubbish(), NetworkError, "without a result"),
        (faults.Rubbish(body=""), NetworkError, "without a result"),
        (faults.Rubbish(body='{"ok":false}'), NetworkError, "without a result"),
        (faults.Rubbish(body='"result" is missing'), NetworkError, "no JSON object"),
        (faults.Rubbish(body='["result"]'), NetworkError, "no JSON object"),
        (faults.TooManyRequests(7, parameters=False), NetworkError, "Too Many Requests"),
        (faults.TooManyRequests(7), RetryAfter, "Flood control"),
        (faults.Stall(), TimedOut, "Timed out"),
        (faults.Refused("Forbidden: bot was blocked by the user", 403), Forbidden, "blocked"),
    ],
)
async def test_bad_weather_has_a_name(
    telegram: StandIn, clock: WoundClock, fault: faults.Action, error: type[Exception], said: str
) -> None:
    """What the other side does → what python-telegram-bot raises; the token is in none of it."""
    anna = telegram.user("Anna")
    await anna.starts()
    # Only silence may run out of time: on a busy machine any answer can take longer than that.
    patience = 0.2 if isinstance(fault, faults.Stall) else 15.0
    async with talking(telegram, clock, read_timeout=patience) as bot:
        telegram.faults.add(fault, method="sendMessage")
        async with asyncio.timeout(20):  # real seconds; without an end of its own a silent line has none
            with pytest.raises(error) as raised:
                await bot.send_message(anna.id, "Guten Tag", rate_limit_args="once")

    assert type(raised.value) is error
    assert said in str(raised.value)
    assert telegram.token.partition(":")[2] not in repr(raised.value)


async def test_rubbish_is_not_logged(
    telegram: StandIn, clock: WoundClock, caplog: pytest.LogCaptureFixture
) -> None:
    """An answer that cannot be read may hold what a user has written."""
    async with talking(telegram, clock) as bot:
        telegram.faults.add(faults.Rubbish(body='{"result": "Duldung von Herrn M."'), method="sendMessage")
        with pytest.raises(NetworkError):
            await bot.send_message(1, "Guten Tag", rate_limit_args="once")

    assert "Herrn M." not in caplog.text


async def test_nobody_listens() -> None:
    """Refused: a network error without the address, which holds the token."""
    request = AiohttpRequest(connect_timeout=1.0)
    await request.initialize()
    try:
        with pytest.raises(NetworkError) as raised:
            await request.do_request(NOBODY, "POST")
    finally:
        await request.shutdown()

    assert "secret-token" not in str(raised.value)
    assert raised.value.__cause__ is None


async def test_a_wrong_token_is_told_apart(telegram: StandIn, clock: WoundClock) -> None:
    """The one error that no patience mends."""
    telegram.journal.allow("wrong token")
    line = Line(AiohttpRequest(), f"{telegram.base_url}/bot123:unknown-token")
    await line._request.initialize()
    try:
        with pytest.raises(InvalidToken):
            await line.fetch(offset=None, limit=1, wait=0, kinds=("message",))
    finally:
        await line._request.shutdown()


async def test_opening_and_closing_again() -> None:
    """Twice is the same as once; before and after nothing can be sent."""
    request = AiohttpRequest(read_timeout=3.0)
    assert request.read_timeout == 3.0
    await request.shutdown()
    with pytest.raises(NetworkError, match="not open"):
        await request.do_request(NOBODY, "POST")
    await request.initialize()
    session = request._session
    await request.initialize()
    assert request._session is session
    await request.shutdown()
    await request.shutdown()
    with pytest.raises(NetworkError):
        await request.post(NOBODY)


async def test_updates_come_raw(telegram: StandIn, clock: WoundClock) -> None:
    """Kinds and fields of the future included; what lies below ``offset`` is confirmed."""
    anna = telegram.user("Anna")
    await anna.starts()
    telegram.inject({"message": {"chat": "of a new kind"}})
    async with talking(telegram, clock) as bot:
        line = Line(bot.request, bot.base_url)
        batch = await line.fetch(offset=None, limit=100, wait=0, kinds=("message",))
        assert [update["message"].get("text") for update in batch] == ["/start", None]
        rest = await line.fetch(offset=batch[0]["update_id"] + 1, limit=1, wait=0, kinds=("message",))
        assert rest == batch[1:]
        await line.fetch(offset=batch[1]["update_id"] + 1, limit=1, wait=0, kinds=("message",))

    assert not telegram.world.pending()


@pytest.mark.parametrize("body", ['{"result": true}', '{"result": [1]}', '{"result": [{"update_id": "1"}]}'])
async def test_updates_that_are_none(telegram: StandIn, clock: WoundClock, body: str) -> None:
    """An answer without updates in it is bad weather: the loop pauses instead of asking at full speed."""
    telegram.faults.add(faults.Rubbish(body=body), method="getUpdates")
    async with talking(telegram, clock) as bot:
        with pytest.raises(NetworkError, match="updates that are none"):
            await Line(bot.request, bot.base_url).fetch(offset=None, limit=1, wait=0, kinds=())


async def test_a_cancelled_call_leaves_the_line_usable(telegram: StandIn, clock: WoundClock) -> None:
    """A long poll is cancelled at every stop."""
    async with talking(telegram, clock) as bot:
        line = Line(bot.request, bot.base_url)
        poll = asyncio.create_task(line.fetch(offset=None, limit=1, wait=30, kinds=("message",)))
        await telegram.until(lambda: telegram.bot.queue.polled)
        poll.cancel()
        with pytest.raises(asyncio.CancelledError):
            await poll
        assert (await bot.get_me()).username == telegram.bot.username


def test_retry_after_is_read_in_both_forms() -> None:
    """A number of seconds, or a timedelta."""
    assert seconds(7) == 7.0
    assert seconds(RetryAfter(7).retry_after) == 7.0


async def test_a_message_is_sent_whole_and_only_its_id_comes_back(
    telegram: StandIn, clock: WoundClock
) -> None:
    """Links, keys, umlauts and emoji arrive; what Telegram repeats of them is not read."""
    anna = telegram.user("Anna")
    await anna.starts()
    async with talking(telegram, clock) as bot:
        keys = InlineKeyboardMarkup([[InlineKeyboardButton("Öffnen ›", callback_data="1:x")]])
        sent = await bot.send_message(
            anna.id,
            '„Grüße“ 🗓 <a href="https://example.org/?a=1&amp;b=2">hier</a>',
            parse_mode="HTML",
            reply_markup=keys,
        )

    assert anna.last.text == "„Grüße“ 🗓 hier"
    assert anna.last.labels == ["Öffnen ›"]
    assert anna.last.entities
    assert sent.message_id == anna.last.id
    assert (sent.chat.id, sent.text, sent.entities, sent.reply_markup) == (anna.id, None, (), None)
