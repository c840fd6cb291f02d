"""Injected faults: rules that pick a call, and what then happens to it instead of, before or after the normal answer."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.demo.arguments import Arguments
from bot.demo.envelope import Json


@dataclass(frozen=True, slots=True)
class TooManyRequests:
    """429; without ``parameters`` a client cannot know how long to wait."""

    retry_after: int = 1
    parameters: bool = True


@dataclass(frozen=True, slots=True)
class Blocked:
    """The user of the chat blocks the bot at this moment: 403 now and from now on, and a my_chat_member update."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Any error of the Bot API; not executed."""

    description: str = "Bad Request: chat not found"
    code: int = 400
    parameters: Json | None = None


@dataclass(frozen=True, slots=True)
class ServerError:
    """500, 502 or 504; as JSON (500 by default), or as the HTML page of the proxy in front."""

    code: int = 500
    html: bool = False


@dataclass(frozen=True, slots=True)
class ResetBefore:
    """The connection is reset; the method was not executed."""


@dataclass(frozen=True, slots=True)
class ResetAfter:
    """The method is executed, then the connection is reset: the answer is lost."""


@dataclass(frozen=True, slots=True)
class DelayAfter:
    """The method is executed, and everybody sees it; the answer comes this many real seconds later."""

    seconds: float


@dataclass(frozen=True, slots=True)
class CutBody:
    """The method is executed, the answer breaks off in the middle."""


@dataclass(frozen=True, slots=True)
class Rubbish:
    """An answer that is not what it should be; not executed."""

    body: str = "<html>no json</html>"
    status: int = 200


@dataclass(frozen=True, slots=True)
class Stall:
    """The request is taken and never answered; ``executed`` says whether the method was nevertheless executed."""

    executed: bool = False


@dataclass(frozen=True, slots=True)
class Delay:
    """The call waits this many real seconds, then goes on (and may meet the next rule)."""

    seconds: float


@dataclass(frozen=True, slots=True)
class DuplicateUpdate:
    """getUpdates gives the last update once more, with the same id or, with ``new_id``, as a new one."""

    new_id: bool = False


@dataclass(frozen=True, slots=True)
class SecondPoller:
    """getUpdates answers 409, as if another instance of the bot polled."""


@dataclass(frozen=True, slots=True)
class Restart:
    """All connections are dropped, nothing is forgotten; the call that met this is not executed."""


Action: TypeAlias = (
    TooManyRequests
    | Blocked
    | Refused
    | ServerError
    | ResetBefore
    | ResetAfter
    | DelayAfter
    | CutBody
    | Rubbish
    | Stall
    | Delay
    | DuplicateUpdate
    | SecondPoller
    | Restart
)
ACTIONS: dict[str, type[Action]] = {
    action.__name__: action
    for action in (
        TooManyRequests,
        Blocked,
        Refused,
        ServerError,
        ResetBefore,
        ResetAfter,
        DelayAfter,
        CutBody,
        Rubbish,
        Stall,
        Delay,
        DuplicateUpdate,
        SecondPoller,
        Restart,
    )
}


@dataclass(slots=True)
class Rule:
    """Which calls are struck by what. ``nth`` counts matching calls from 1; ``times`` ``None`` means for ever."""

    action: Action
    method: str | None = None
    chat: int | None = None
    text: str | None = None  # regular expression over text or caption
    nth: int = 1
    times: int | None = 1
    probability: float = 1.0
    met: int = 0
    struck: int = 0

    def strikes(self, method: str, arguments: Arguments, chance: random.Random) -> bool:
        """Whether this call is struck; counts it."""
        if not self._matches(method, arguments):
            return False
        self.met += 1
        if self.met < self.nth or (self.times is not None and self.struck >= self.times):
            return False
        if self.probability < 1.0 and chance.random() >= self.probability:
            return False
        self.struck += 1
        return True

    def _matches(self, method: str, arguments: Arguments) -> bool:
        if self.method is not None and self.method.lower() != method.lower():
            return False
        if self.chat is not None and arguments.text("chat_id") != str(self.chat):
            return False
        words = arguments.text("text") or arguments.text("caption")
        return self.text is None or re.search(self.text, words) is not None


@dataclass(slots=True)
class Faults:
    """The rules, in the order in which they were added; ``chance`` is seeded, so probabilities repeat."""

    chance: random.Random
    rules: list[Rule] = field(default_factory=list)

    def add(
        self,
        action: Action,
        *,
        method: str | None = None,
        chat: int | None = None,
        text: str | None = None,
        nth: int = 1,
        times: int | None = 1,
        probability: float = 1.0,
    ) -> Rule:
        """Add a rule; without ``method`` it strikes any call but getUpdates; downloads are the method ``file``."""
        rule = Rule(action, method, chat, text, nth, times, probability)
        self.rules.append(rule)
        return rule

    def remove(self, rule: Rule) -> None:
        """End a rule."""
        self.rules.remove(rule)

    def clear(self) -> None:
        """End all rules."""
        self.rules.clear()

    def strike(self, method: str, arguments: Arguments) -> Iterator[Action]:
        """What happens to this call: any number of delays, then at most one other action."""
        for rule in self.rules:
            if rule.method is None and method.lower() in ("getupdates", "file"):
                continue
            if rule.strikes(method, arguments, self.chance):
                yield rule.action
                if not isinstance(rule.action, Delay):
                    return
