"""An e-mail out, an outcome back: the only place where the errors of a mail server are translated."""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from email.utils import format_datetime

import aiosmtplib

from bot.clock import Clock
from bot.delivery import Deliver
from bot.mail_server import MailServer
from bot.model import ChatId, Delivered, Mail, MessageId, Outcome, Outgoing, RetryAt, Undeliverable

log = logging.getLogger(__name__)

NAME = "Lotsenbot"
AUTH, TLS, ADDRESS, OFF = (
    "anmeldung",
    "tls",
    "adresse",
    "aus",
)  # why nothing can be sent, beside codes like 550
_SHORTEST_S, _LONGEST_S = 60, 1800
_PATIENCE_S = 20.0
_AT_ONCE = 4  # connections; mail servers count them
_PERMANENT = 500


class MailError(Exception):
    """The mail was not taken; ``lasting`` when trying again would change nothing."""

    def __init__(self, reason: str, *, lasting: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.lasting = lasting


@dataclass(frozen=True, slots=True)
class MailDelivery:
    """Delivery through the operator's mail server, for the outbox."""

    server: MailServer | None
    clock: Clock
    tls: ssl.SSLContext | None = None  # the certificates to trust; the machine's when missing
    patience: float = _PATIENCE_S  # real seconds for one mail
    _turn: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))

    async def __call__(self, mail: Mail, attempts: int) -> Outcome:
        """Hand it over; ``attempts`` made so far set the back-off."""
        if self.server is None:
            return Undeliverable(OFF, blocked=False)
        try:
            async with self._turn, connected(self.server, self.tls, self.patience) as client:
                with _translated():
                    content = message(mail, self.server.sender, self.clock).as_bytes(policy=WIRE)
                    await client.sendmail(self.server.sender, [mail.to], content)
        except MailError as error:
            if error.lasting:
                log.warning("the mail server refuses for good: %s", error.reason)
                return Undeliverable(error.reason, blocked=False)
            wait = min(_SHORTEST_S * 2**attempts, _LONGEST_S)
            return RetryAt(self.clock.now() + timedelta(seconds=wait), error.reason)
        return Delivered(MessageId(0))


@dataclass(frozen=True, slots=True)
class Carriers:
    """Telegram for messages, the mail server for mail (``bot.delivery.Deliver``)."""

    telegram: Deliver
    mail: MailDelivery

    async def __call__(self, chat: ChatId, message: Outgoing, attempts: int) -> Outcome:
        """By the way the message is meant for."""
        if message.mail is not None:
            return await self.mail(message.mail, attempts)
        return await self.telegram(chat, message, attempts)


def message(mail: Mail, sender: str, clock: Clock) -> EmailMessage:
    """The mail as it goes over the wire; a line break in a header raises ``ValueError``."""
    domain = sender.rpartition("@")[2]
    made = EmailMessage(policy=WIRE)
    made["From"] = Address(NAME, addr_spec=sender)
    made["To"] = mail.to
    made["Subject"] = mail.subject
    made["Date"] = format_datetime(clock.now().astimezone(UTC))
    # The same whenever it is sent again: mail programs and people recognise the repeat.
    made["Message-ID"] = f"<{mail.name}@{domain}>"
    if mail.answers:
        made["In-Reply-To"] = made["References"] = f"<{mail.answers}@{domain}>"
    if mail.reply_to:
        made["Reply-To"] = mail.reply_to
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(mail.text, charset="utf-8", cte="quoted-printable")
    return made


@asynccontextmanager
async def connected(
    server: MailServer, tls: ssl.SSLContext | None, patience: float
) -> AsyncIterator[aiosmtplib.SMTP]:
    """A connection, encrypted and signed in as the settings say. Raises ``MailError``, also within the block after ``patience``."""
    client = aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        use_tls=server.tls == "tls",
        start_tls=server.tls == "starttls",
        username=server.user or None,
        password=server.password or None,
        tls_context=tls,
        timeout=patience,
    )
    try:
        with _translated():
            async with asyncio.timeout(patience):
                await client.connect()
        try:
            async with asyncio.timeout(patience):
                yield client
        except TimeoutError:
            raise MailError("TimeoutError", lasting=False) from None
        # What was taken is taken, however the goodbye goes.
        with suppress(aiosmtplib.SMTPException, OSError, TimeoutError):
            await client.quit(timeout=1)
    finally:
        client.close()


@contextmanager
def _translated() -> Iterator[None]:
    """The library's errors as ``MailError``, most specific first; no text of the server, which may name people."""
    try:
        yield
    except aiosmtplib.SMTPAuthenticationError as error:
        raise MailError(AUTH, lasting=error.code >= _PERMANENT) from None
    except aiosmtplib.SMTPRecipientsRefused as error:
        code = error.recipients[0].code
        raise MailError(str(code), lasting=code >= _PERMANENT) from None
    except aiosmtplib.SMTPResponseException as error:
        raise MailError(str(error.code), lasting=error.code >= _PERMANENT) from None
    except (ssl.SSLCertVerificationError, aiosmtplib.SMTPConnectError) as error:
        forged = isinstance(error, ssl.SSLCertVerificationError) or isinstance(
            error.__cause__, ssl.SSLCertVerificationError
        )
        raise MailError(TLS if forged else type(error).__name__, lasting=forged) from None
    except (OSError, TimeoutError) as error:  # refused, broken off, silent
        raise MailError(type(error).__name__, lasting=False) from None
    except aiosmtplib.SMTPException:
        # What the server does not offer: STARTTLS or signing in. Nothing goes out unencrypted instead.
        raise MailError(TLS, lasting=True) from None
    except ValueError:  # an address that cannot be written
        raise MailError(ADDRESS, lasting=True) from None
