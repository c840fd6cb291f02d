"""Logging: one line an event, ids and outcomes, never a user's words, never the token."""

import logging
import re
import sys

# No word boundary before it: in addresses the token follows "bot".
_TOKEN = re.compile(r"(?<!\d)\d{3,}:[A-Za-z0-9_-]{5,}")
# At DEBUG these log whole updates; at INFO httpx and aiohttp log addresses that hold the token.
QUIET = ("telegram", "aiohttp", "aiosqlite", "httpx", "asyncio")


class RedactingFormatter(logging.Formatter):
    """Formats as usual, then removes anything shaped like a bot token, tracebacks included.

    A formatter and not a filter on "telegram", because a filter there misses "telegram.Bot" and every other library.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The formatted line without tokens."""
        return _TOKEN.sub("<token>", super().format(record))


def set_up(level: str) -> None:
    """Log to standard error at ``level``; libraries that print users' words or addresses stay at WARNING."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
