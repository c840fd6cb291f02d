"""Settings of the way by mail to Lotsen who are not in Telegram."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, Field, SecretStr

from bot.mail_server import MailServer

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class MailSettings(BaseModel):
    """The mail server; without ``SMTP_HOST`` nothing goes by mail."""

    smtp_host: Annotated[
        str,
        Field(
            alias="SMTP_HOST",
            examples=["mail.example.de"],
            pattern=r"^[A-Za-z0-9.:_-]+$",
            description="Mailserver, über den Fälle an Lotsen ohne Telegram gehen. Leer: sie werden als Kontaktkarte gezeigt.",
        ),
    ] = ""
    smtp_port: Annotated[
        int,
        Field(
            alias="SMTP_PORT",
            ge=1,
            le=65535,
            description="Port des Mailservers: 587 für starttls, 465 für tls.",
        ),
    ] = 587
    smtp_tls: Annotated[
        str,
        Field(
            alias="SMTP_TLS",
            pattern=r"^(starttls|tls|none)$",
            description="Verschlüsselung: starttls, tls (ab der ersten Zeile) oder none (nur für einen Mailserver auf demselben Rechner).",
        ),
    ] = "starttls"
    smtp_user: Annotated[
        str, Field(alias="SMTP_USER", description="Anmeldename beim Mailserver. Leer: ohne Anmeldung.")
    ] = ""
    smtp_password: Annotated[
        SecretStr, Field(alias="SMTP_PASSWORD", description="Passwort beim Mailserver.")
    ] = SecretStr("")
    smtp_from: Annotated[
        str,
        Field(
            alias="SMTP_FROM",
            examples=["lotsenbot@example.de"],
            pattern=r"^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$",
            description="Absender der E-Mails. Dieses Postfach muss jemand lesen: Unzustellbares kommt dorthin zurück. Nötig, wenn SMTP_HOST gesetzt ist.",
        ),
    ] = ""

    def mail_server(self) -> MailServer | None:
        """The mail server, if there is one."""
        if not self.smtp_host:
            return None
        return MailServer(
            self.smtp_host,
            self.smtp_port,
            self.smtp_tls,
            self.smtp_from,
            self.smtp_user,
            self.smtp_password.get_secret_value(),
        )

    def mail_problems(self) -> Iterator[str]:
        """What does not fit together, one German sentence each."""
        if not self.smtp_host:
            return
        if not self.smtp_from:
            yield "SMTP_FROM fehlt: die Absenderadresse der E-Mails in .env eintragen, oder SMTP_HOST leeren."
        if self.smtp_tls == "none" and self.smtp_host not in _LOOPBACK:
            yield "SMTP_TLS darf nur bei einem Mailserver auf demselben Rechner none sein: Fälle gehen nicht unverschlüsselt durchs Netz."
        if bool(self.smtp_user) != bool(self.smtp_password.get_secret_value()):
            yield "SMTP_USER und SMTP_PASSWORD gehören zusammen: beide eintragen oder beide leeren."
