"""Mail against a real mail server on this machine: what each of its answers means, and what goes over the wire."""

import asyncio
import socket
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.mail import Carriers, MailDelivery, message
from bot.mail_server import MailServer
from bot.model import ChatId, Delivered, Mail, MessageId, Outcome, Outgoing, RetryAt, Undeliverable
from tests.mail_at_hand import PASSWORD, USER, Mailbox, certificate, mail_server
from tests.wound_clock import WoundClock

LETTER = Mail(
    "lotsin@hwk.example",
    "Frage eines Betriebs in Köln (Fall A)",
    "Grüße\n.\nEnde: äöüß „ja“",
    "fall-a",
    reply_to="chef@firma.example",
)


async def sent(server: MailServer, clock: WoundClock, attempts: int = 0, **how: Any) -> Outcome:
    """What becomes of the letter."""
    return await MailDelivery(server, clock, **how)(LETTER, attempts)


async def test_it_arrives_as_written(clock: WoundClock) -> None:
    """Umlauts, a line with a single dot, who it is from and where an answer goes."""
    async with mail_server() as box:
        assert await sent(box.server(), clock) == Delivered(MessageId(0))
    [got] = box.taken
    assert got.get_content().replace("\r\n", "\n") == LETTER.text + "\n"
    assert got.get_content_type() == "text/plain"
    assert got["Subject"] == LETTER.subject
    assert got["From"] == "Lotsenbot <lotsenbot@amt.example>"
    assert got["Reply-To"] == "chef@firma.example"
    assert got["Message-ID"] == "<fall-a@amt.example>"
    assert got["Auto-Submitted"] == "auto-generated"
    assert "In-Reply-To" not in got
    assert box.envelopes == [("lotsenbot@amt.example", ["lotsin@hwk.example"])]


async def test_a_second_mail_continues_the_first(clock: WoundClock) -> None:
    """Mail programs show them as one conversation."""
    made = message(
        replace(LETTER, name="erledigt-a", answers="fall-a", reply_to=""), "bot@amt.example", clock
    )
    assert made["In-Reply-To"] == made["References"] == "<fall-a@amt.example>"
    assert "Reply-To" not in made


@pytest.mark.parametrize("field", ["subject", "to", "reply_to", "name", "answers"])
async def test_no_header_can_be_broken(clock: WoundClock, field: str) -> None:
    """A line break in any of them is refused, and nothing is sent."""
    bad = replace(LETTER, **{field: "x@y.example\r\nBcc: z@y.example"})
    async with mail_server() as box:
        assert await MailDelivery(box.server(), clock)(bad, 0) == Undeliverable("adresse", blocked=False)
    assert box.taken == []


@pytest.mark.parametrize(
    ("reply", "reason"), [("451 later", "451"), ("421 too many", "421"), ("452 full", "452")]
)
async def test_later_is_tried_again(clock: WoundClock, reply: str, reason: str) -> None:
    """4xx: the pause doubles up to half an hour; the repeat has the same Message-ID."""
    async with mail_server() as box:
        box.replies = [reply, reply, reply]
        for attempts, seconds in ((0, 60), (1, 120), (9, 1800)):
            wanted = RetryAt(clock.now() + timedelta(seconds=seconds), reason)
            assert await sent(box.server(), clock, attempts) == wanted
        assert await sent(box.server(), clock, 10) == Delivered(MessageId(0))
    assert [one["Message-ID"] for one in box.taken] == ["<fall-a@amt.example>"]


async def test_never_is_never(clock: WoundClock) -> None:
    """5xx, for the mail or for the person."""
    async with mail_server() as box:
        box.replies = ["554 spam"]
        assert await sent(box.server(), clock) == Undeliverable("554", blocked=False)
        box.refuses = "550 no such user"
        assert await sent(box.server(), clock) == Undeliverable("550", blocked=False)
        box.refuses = "450 greylisted"
        assert isinstance(await sent(box.server(), clock), RetryAt)


async def test_nobody_listens(clock: WoundClock) -> None:
    """Connection refused: later."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = replace(Mailbox().server(), port=free.getsockname()[1])
        outcome = await sent(server, clock)
    assert outcome == RetryAt(clock.now() + timedelta(seconds=60), "SMTPConnectError")


async def test_a_server_that_says_nothing(clock: WoundClock) -> None:
    """Neither a greeting that never comes nor an answer that never comes holds the bot up."""

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(silent, "127.0.0.1", 0) as listening:
        server = replace(Mailbox().server(), port=listening.sockets[0].getsockname()[1])
        assert isinstance(await sent(server, clock, patience=0.2), RetryAt)
    async with mail_server() as box:
        box.stalled = asyncio.Event()
        assert isinstance(await sent(box.server(), clock, patience=0.2), RetryAt)
        assert box.taken == []


# The server warns of its own ways: TLS from the first byte it does not see, and a field it deprecates itself.
@pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning", "ignore:Session.login_data")
async def test_encrypted(clock: WoundClock, tmp_path: Path) -> None:
    """STARTTLS and TLS from the first byte, with signing in; a stranger's certificate is not trusted."""
    serving, trusting = certificate(tmp_path)
    for kind in ("starttls", "tls"):
        async with mail_server(serving, implicit=kind == "tls", login=True) as box:
            server = box.server(tls=kind, user=USER, password=PASSWORD)
            assert await sent(server, clock, tls=trusting) == Delivered(MessageId(0)), kind
            assert await sent(server, clock) == Undeliverable("tls", blocked=False), kind
            wrong = box.server(tls=kind, user=USER, password="falsch")
            assert await sent(wrong, clock, tls=trusting) == Undeliverable("anmeldung", blocked=False), kind
            assert len(box.taken) == 1


async def test_nothing_goes_out_unencrypted_instead(clock: WoundClock, tmp_path: Path) -> None:
    """The server does not offer STARTTLS."""
    _, trusting = certificate(tmp_path)
    async with mail_server() as box:
        assert await sent(box.server(tls="starttls"), clock, tls=trusting) == Undeliverable(
            "tls", blocked=False
        )
    assert box.taken == []


async def test_without_a_server(clock: WoundClock) -> None:
    """A mail that waits when the setting is emptied is given up; messages to Telegram go on."""

    async def telegram(chat: ChatId, message: Outgoing, attempts: int) -> Outcome:
        assert (chat, message.html, attempts) == (1, "x", 0)
        return Delivered(MessageId(7))

    carriers = Carriers(telegram, MailDelivery(None, clock))
    assert await carriers(ChatId(-1), Outgoing("", mail=LETTER), 0) == Undeliverable("aus", blocked=False)
    assert await carriers(ChatId(1), Outgoing("x"), 0) == Delivered(MessageId(7))
