"""The mail server that cases go out through, as an operator names it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where and how mail is handed over; ``tls`` is ``starttls``, ``tls`` (from the first byte) or ``none``."""

    host: str
    port: int
    tls: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
