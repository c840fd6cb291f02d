"""Logging: one line an event, ids and outcomes, never a user's words, never the token."""

import json
import logging
import re
import sys
from datetime import UTC, datetime

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


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, and the traceback if there is one; without tokens."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        event = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            event["traceback"] = self.formatException(record.exc_info)
        return _TOKEN.sub("<token>", json.dumps(event, ensure_ascii=False))


def set_up(level: str, form: str = "text") -> None:
    """Log to standard error at ``level``; libraries that print users' words or addresses stay at WARNING."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        JsonFormatter()
        if form == "json"
        else RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
