"""Flood control as a switch: about one message a second in a chat with a short burst, about thirty a second in all.

The true numbers are not published; these are the ones of the Bot FAQ. Independent of the bot's own limiter on purpose.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.demo.arguments import Arguments

_CHAT_RATE, _CHAT_BURST = 1.0, 3.0
_ALL_RATE, _ALL_BURST = 30.0, 30.0
_LIMITED = ("send", "copymessage", "forwardmessage", "editmessage")
_FREE = frozenset(("sendchataction",))


@dataclass(slots=True)
class _Bucket:
    """Tokens that come back with time."""

    rate: float
    burst: float
    tokens: float
    at: float

    def missing(self, now: float) -> float:
        """Seconds until one token is there; 0 if one is."""
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate)
        self.at = now
        return max(0.0, (1.0 - self.tokens) / self.rate)


@dataclass(slots=True)
class FloodControl:
    """One bot's buckets; ``clock`` counts seconds."""

    clock: Callable[[], float]
    _chats: dict[int, _Bucket] = field(default_factory=dict)
    _all: _Bucket | None = None

    def retry_after(self, method: str, arguments: Arguments) -> int:
        """Take a token for this call: 0 if there was one, otherwise whole seconds to wait (nothing is taken then)."""
        name = method.lower()
        if not name.startswith(_LIMITED) or name in _FREE:
            return 0
        now = self.clock()
        chat_id = arguments.integer("chat_id", low=-(2**62), high=2**62)
        chat = self._chats.setdefault(chat_id, _Bucket(_CHAT_RATE, _CHAT_BURST, _CHAT_BURST, now))
        self._all = self._all or _Bucket(_ALL_RATE, _ALL_BURST, _ALL_BURST, now)
        wait = max(chat.missing(now), self._all.missing(now))
        if wait > 0:
            return math.ceil(wait)
        chat.tokens -= 1
        self._all.tokens -= 1
        return 0
