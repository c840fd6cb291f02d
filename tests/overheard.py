"""What the program logs while a test runs, at every level, and that nothing of it is a person's or a secret.

The fixture ``telegram_by_hand`` uses it, so this is asserted for every dialogue of the suite.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from bot.demo import StandIn
from bot.logs import RedactingFormatter

_OURS = ("bot", "handlers", "knowledge")
_LONG_ENOUGH = 12  # shorter words of people ("50667", "ja") stand in logs by chance


class _Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(RedactingFormatter("%(levelname)s %(name)s: %(message)s"))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        ours = record.name.partition(".")[0] in _OURS and not record.name.startswith("bot.demo")
        # Of libraries what the program lets through: see bot.logs.QUIET.
        if ours or record.levelno >= logging.WARNING:
            self.lines.append(self.format(record))


@contextmanager
def logged_by_us() -> Iterator[list[str]]:
    """The lines that are logged while the block runs, formatted as the program does, DEBUG included."""
    ear = _Ear()
    loggers = [logging.getLogger(name) for name in _OURS]
    levels = [logger.level for logger in loggers]
    root = logging.getLogger()
    root.addHandler(ear)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    try:
        yield ear.lines
    finally:
        root.removeHandler(ear)
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def assert_nothing_private(lines: list[str], telegram: StandIn) -> None:
    """No token, and nothing that a person of this Telegram has written."""
    text = "\n".join(lines)
    assert telegram.token.partition(":")[2] not in text
    for words in _said(telegram):
        # Commands without words are nobody's secret.
        if len(words) >= _LONG_ENOUGH and not words.startswith("/"):
            assert words not in text, f"a person's words were logged: {words!r}"


def _said(telegram: StandIn) -> Iterator[str]:
    for chat in telegram.bot.chats.values():
        yield f"{chat.user.first_name} {chat.user.last_name}" if chat.user.last_name else ""
        for message in chat.messages.values():
            if not message.from_bot:
                for fields in (message.fields, *message.history):
                    yield str(fields.get("text") or fields.get("caption") or "")
