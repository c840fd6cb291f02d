"""A real mail server on the loopback interface: it takes mail, refuses it, stalls, or speaks TLS, as a test wants."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP as WIRE
from ipaddress import ip_address
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bot.mail_server import MailServer

USER, PASSWORD = "bot", "geheim: ä"


@dataclass
class Mailbox:
    """What the server was given, and how it answers next."""

    port: int = 0
    replies: list[str] = field(default_factory=list)  # answers to the next mails instead of taking them
    refuses: str = ""  # the answer to every recipient instead
    stalled: asyncio.Event | None = None  # set: the mail is answered only when this is
    taken: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)

    def server(self, **changed: str) -> MailServer:
        """This server as a setting."""
        return MailServer(
            "127.0.0.1", self.port, **{"tls": "none", "sender": "lotsenbot@amt.example", **changed}
        )

    async def handle_RCPT(  # noqa: N802  # a name of aiosmtpd
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Whether this person has a mailbox here."""
        if self.refuses:
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  # as above
        """The mail itself."""
        if self.stalled is not None:
            await self.stalled.wait()
        if self.replies and not self.replies[0].startswith("250"):
            return self.replies.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        parsed = BytesParser(EmailMessage, policy=WIRE).parsebytes(content)
        self.taken.append(parsed)
        self.envelopes.append((envelope.mail_from or "", list(envelope.rcpt_tos)))
        return self.replies.pop(0) if self.replies else "250 OK"


@asynccontextmanager
async def mail_server(
    tls: ssl.SSLContext | None = None, *, implicit: bool = False, login: bool = False
) -> AsyncIterator[Mailbox]:
    """Listen on a free port while the block runs."""
    box = Mailbox()

    def sign_in(
        _server: SMTP, _session: Session, _envelope: Envelope, _way: str, given: object
    ) -> AuthResult:
        fits = given == LoginPassword(USER.encode(), PASSWORD.encode())
        return AuthResult(success=fits, handled=False)

    def talk() -> SMTP:
        return SMTP(
            box,
            hostname="mail.example",
            enable_SMTPUTF8=False,
            tls_context=None if implicit else tls,
            require_starttls=tls is not None and not implicit,
            authenticator=sign_in if login else None,
            auth_required=login,
            auth_require_tls=False,
            loop=asyncio.get_running_loop(),
        )

    loop = asyncio.get_running_loop()
    listening = await loop.create_server(talk, "127.0.0.1", 0, ssl=tls if implicit else None)
    box.port = listening.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        if box.stalled is not None:
            box.stalled.set()
        listening.close()


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Contexts of a server on 127.0.0.1 and of somebody who trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(file)
    return serving, ssl.create_default_context(cadata=made.public_bytes(serialization.Encoding.PEM).decode())
