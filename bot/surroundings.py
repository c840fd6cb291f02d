"""What the program is run in: clock, pace, patience, randomness; tests bring their own."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from bot import heap
from bot.cache import Memory
from bot.clock import Clock, SystemClock
from bot.storage import Connecting, in_thread
from bot.traffic import Pace
from bot.transport import AiohttpRequest
from bot.updates import Patience

_NUMBER_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0 O 1 I, which people mix up on the phone
_NUMBER_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the program is run in; tests bring their own."""

    clock: Clock
    pace: Pace
    patience: Patience
    new_number: Callable[[], str]
    new_token: Callable[[], str]
    prepare_reload: bool  # knowledge that is not in the cache is read and judged in a process beside the bot
    memory: Memory = field(default_factory=Memory)
    loaded: Callable[[], None] = lambda: None  # what was loaded, now or by a reload, is there to stay
    new_request: Callable[[], AiohttpRequest] = AiohttpRequest
    connecting: Connecting = in_thread

    @classmethod
    def real(cls) -> "Surroundings":
        """The machine's clock, Telegram's pace, the operating system's randomness."""
        return cls(
            SystemClock(),
            Pace(),
            Patience(),
            _new_number,
            lambda: secrets.token_urlsafe(16),
            prepare_reload=True,
            loaded=heap.lasting,
        )


def _new_number() -> str:
    return "".join(secrets.choice(_NUMBER_LETTERS) for _ in range(_NUMBER_LENGTH))
