"""The strict journal: every call with its answer, and everything a careful client would not have done."""

import re
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.demo.envelope import Json

# Refusals a careful client meets as well: the other side was faster, or the world moved on.
_INNOCENT = re.compile(
    "message is not modified|message to (edit|delete|copy|forward|react|pin|unpin|be replied) not found"
    "|message can't be deleted|query is too old"
)
_OWN_FAULT = frozenset((400, 401, 404, 501))


@dataclass(slots=True)
class Call:
    """One call of a method: what was asked, what was answered, how long it took, what was wrong with it."""

    number: int
    at: datetime
    bot_id: int
    method: str
    params: Json
    status: int = 0  # HTTP status; 0: no answer was sent
    answer: Any = None
    ms: float = 0.0
    fault: str = ""  # the injected fault, if one struck
    violations: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether the method was executed and said so."""
        return self.status == 200  # noqa: PLR2004 - HTTP

    @property
    def chat_id(self) -> int | None:
        """The chat the call was about."""
        chat = self.params.get("chat_id")
        return chat if isinstance(chat, int) else None

    def as_json(self) -> Json:
        """For the control API."""
        return {
            "number": self.number,
            "at": self.at.isoformat(),
            "bot": self.bot_id,
            "method": self.method,
            "params": self.params,
            "status": self.status,
            "answer": self.answer,
            "ms": round(self.ms, 2),
            "fault": self.fault,
            "violations": list(self.violations),
        }

    def __str__(self) -> str:
        return (
            f"#{self.number} {self.method} {self.params} -> {self.status} {self.answer} {self.fault}".rstrip()
        )


class Journal:
    """Calls (the last ``cap`` of them), counts of all, and violations.

    ``violations`` is a list of sentences that every test asserts empty. A test that provokes one on purpose says so
    beforehand with ``allow``.
    """

    def __init__(self, cap: int = 10_000) -> None:
        self.violations: list[str] = []
        self.allowed: list[str] = []
        self.counts: Counter[str] = Counter()  # calls by method
        self.refusals: Counter[str] = Counter()  # answers that are not 200, by "status method"
        self.delivered = 0  # updates handed out for the first time
        self.redelivered = 0  # updates handed out again
        self.confirmed = 0  # updates confirmed by the next getUpdates or a 2xx of the webhook
        self.expired = 0  # updates that became too old before anybody fetched them
        self.webhook_attempts = 0
        self.number = 0
        self._calls: deque[Call] = deque(maxlen=cap)
        self._allow: list[re.Pattern[str]] = []

    def allow(self, pattern: str) -> None:
        """Violations that match this regular expression are expected from now on (and kept in ``allowed``)."""
        self._allow.append(re.compile(pattern))

    def calls(self, method: str | None = None, chat: int | None = None) -> list[Call]:
        """The calls kept, oldest first; only of one method (any case) or about one chat."""
        wanted = method.lower() if method else None
        return [
            call
            for call in self._calls
            if (wanted is None or call.method.lower() == wanted) and (chat is None or call.chat_id == chat)
        ]

    def begin(self, at: datetime, bot_id: int, method: str, params: Json) -> Call:
        """A call has come in."""
        self.number += 1
        self.counts[method] += 1
        call = Call(self.number, at, bot_id, method, params)
        self._calls.append(call)
        return call

    def finish(self, call: Call, status: int, answer: Any, ms: float) -> None:
        """The call was answered; a refusal that is the client's own fault is a violation, an injected fault is not."""
        call.status, call.answer, call.ms = status, answer, ms
        if status == 200:  # noqa: PLR2004 - HTTP
            return
        self.refusals[f"{status} {call.method}"] += 1
        description = answer.get("description", "") if isinstance(answer, dict) else str(answer)
        if status in _OWN_FAULT and not call.fault and not _INNOCENT.search(description):
            self.violation(f"refused with {status} {description}", call)

    def violation(self, text: str, call: Call | None = None) -> None:
        """Something a careful client would not have done."""
        sentence = f"{call.method} #{call.number}: {text}" if call else text
        if any(pattern.search(sentence) for pattern in self._allow):
            self.allowed.append(sentence)
            return
        self.violations.append(sentence)
        if call:
            call.violations.append(text)

    def judged(self, problems: Iterable[str], call: Call) -> None:
        """What the judges said of a call."""
        for problem in problems:
            self.violation(problem, call)

    def clear(self) -> None:
        """Forget calls, counters and violations; the numbers of calls go on."""
        self.violations.clear()
        self.allowed.clear()
        self.counts.clear()
        self.refusals.clear()
        self._calls.clear()
        self.delivered = self.redelivered = self.confirmed = self.expired = self.webhook_attempts = 0

    def excerpt(self, last: int = 12) -> str:
        """The last calls, one a line, for error messages; the polls that found nothing are left out."""
        shown = [c for c in self._calls if not (c.method == "getUpdates" and c.ok and not c.answer)]
        return "\n".join(str(call)[:400] for call in shown[-last:])

    def stats(self) -> Json:
        """Counters for benchmarks and the control API."""
        return {
            "calls": sum(self.counts.values()),
            "by_method": dict(self.counts),
            "refusals": dict(self.refusals),
            "delivered": self.delivered,
            "redelivered": self.redelivered,
            "confirmed": self.confirmed,
            "expired": self.expired,
            "webhook_attempts": self.webhook_attempts,
            "violations": len(self.violations),
        }
