"""The queue of updates of one bot: confirmed by offset, given out again until then, forgotten when too old.

Source: tdlib/telegram-bot-api, ``Client.cpp`` ``process_get_updates_query``, ``do_get_updates``, ``add_update_impl``.
"""

import asyncio
import json
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.demo.envelope import ApiError, Json, to_text
from bot.demo.journal import Journal

UPDATE_TYPES = (
    "message edited_message channel_post edited_channel_post business_connection business_message"
    " edited_business_message deleted_business_messages guest_message message_reaction message_reaction_count"
    " inline_query chosen_inline_result callback_query shipping_query pre_checkout_query purchased_paid_media poll"
    " poll_answer my_chat_member chat_member chat_join_request chat_boost removed_chat_boost managed_bot"
).split()
_NOT_BY_DEFAULT = frozenset(("chat_member", "message_reaction", "message_reaction_count"))
DEFAULT_TYPES = frozenset(UPDATE_TYPES) - _NOT_BY_DEFAULT

_A_DAY = 86_400
_LIFETIMES = {
    "callback_query": 150,
    "shipping_query": 150,
    "pre_checkout_query": 150,
    "inline_query": 30,
    "chosen_inline_result": 600,
}
_LONGEST_POLL = 50  # s
_MOST_UPDATES = 100
_BATCHING = 0.0015  # s, times the pace, between the arrival of an update and the answer of a waiting poll
_CONFLICT_PAUSE = 3.0  # s: a second conflict within this time is answered that much later
_SAME_OFFSET_WAIT = 3  # s
_SAME_OFFSET_SINGLE = 0.5  # s

OTHER_POLL = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_SET = "Conflict: terminated by setWebhook request"
WEBHOOK_ACTIVE = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


@dataclass(slots=True)
class Pending:
    """An update nobody has confirmed: its JSON as it will be sent, and until when it may be."""

    id: int
    kind: str
    line: str  # order is kept within a line (webhook)
    body: str
    expires: datetime
    deliveries: int = 0


@dataclass(slots=True)
class _Poll:
    """A getUpdates that waits; ``error`` ends it with a conflict."""

    woken: asyncio.Future[str]
    batching: asyncio.TimerHandle | None = None


@dataclass(slots=True)
class UpdateQueue:
    """Updates in the order of their ids; ids are consecutive."""

    journal: Journal
    next_id: int
    notify: Callable[[], None]
    pace: float  # real seconds for one second of the server's own pauses
    allowed: frozenset[str] = DEFAULT_TYPES
    webhook_url: str = ""
    on_push: Callable[[Pending], None] | None = None  # the webhook's sender
    handed: deque[Pending] = field(default_factory=lambda: deque(maxlen=100))  # the newest deliveries
    confirmed_presses: set[int] = field(
        default_factory=set
    )  # updates with callback queries that the bot has taken
    _updates: dict[int, Pending] = field(default_factory=dict)
    _again: list[Pending] = field(default_factory=list)
    _poll: _Poll | None = None
    _last_offset: int | None = None
    _last_start: float = float("-inf")
    _next_conflict: float = float("-inf")

    def push(self, kind: str, payload: Json, *, line: str, now: datetime) -> int | None:
        """Add an update unless the bot does not want its kind; returns its id."""
        if kind in UPDATE_TYPES and kind not in self.allowed:
            return None
        lifetime = timedelta(seconds=_LIFETIMES.get(kind, _A_DAY))
        self.add(self.next_id, kind, to_text(payload), line, now + lifetime)
        self.next_id += 1
        return self.next_id - 1

    def add(self, update_id: int, kind: str, body: str, line: str, expires: datetime) -> None:
        """Put an update with a given id into the queue (a duplicate has the id of an older one)."""
        whole = f'{{"update_id":{update_id},{to_text(kind)}:{body}}}'
        update = self._updates[update_id] = Pending(update_id, kind, line, whole, expires)
        if self.on_push:
            self.on_push(update)
        elif self._poll:
            self._wake_soon(self._poll)

    def waiting(self, now: datetime) -> list[Pending]:
        """The unconfirmed updates, oldest first; what became too old is dropped and counted."""
        for update in [u for u in self._updates.values() if u.expires <= now]:
            del self._updates[update.id]
            self.journal.expired += 1
        return list(self._updates.values())

    def is_waiting(self, update: Pending, now: datetime) -> bool:
        """Whether this very update is neither confirmed nor too old."""
        if self._updates.get(update.id) is update and update.expires <= now:
            self.waiting(now)
        return self._updates.get(update.id) is update

    def is_empty(self, now: datetime) -> bool:
        """Whether nothing is left to confirm."""
        return all(update.expires <= now for update in self._updates.values())

    def __len__(self) -> int:
        return len(self._updates)

    def allow(self, names: Iterable[object] | None) -> bool:
        """Remember which kinds the bot wants; an empty or unknown list means the default. True if that changed."""
        if names is None:
            return False
        wanted = frozenset(str(name).lower() for name in names) & frozenset(UPDATE_TYPES)
        before, self.allowed = self.allowed, wanted or DEFAULT_TYPES
        return before != self.allowed

    def repeat(self, *, new_id: bool, now: datetime) -> None:
        """Deliver the newest delivered update once more, although it may be confirmed: under its id or a new one."""
        if not self.handed:
            return
        update = self.handed[-1]
        if new_id or self.on_push:
            body = to_text(json.loads(update.body)[update.kind])
            update_id = self.next_id if new_id else update.id
            self.next_id += new_id
            self.add(update_id, update.kind, body, update.line, now + timedelta(seconds=_A_DAY))
        else:
            self._again.append(update)
            if self._poll:
                self._wake_soon(self._poll)

    def confirm(self, update_id: int) -> None:
        """The bot has this update: it will not come again."""
        update = self._updates.pop(update_id, None)
        if update:
            self.journal.confirmed += 1
            if update.kind == "callback_query":
                self.confirmed_presses.add(update_id)
            self.notify()

    def clear(self, *, keep: int = 0) -> None:
        """Drop all but the newest ``keep`` updates."""
        for update_id in list(self._updates)[: len(self._updates) - keep]:
            del self._updates[update_id]
        self.notify()

    def handed_out(self, update: Pending) -> None:
        """Count a delivery."""
        update.deliveries += 1
        self.handed.append(update)
        if update.deliveries == 1:
            self.journal.delivered += 1
        else:
            self.journal.redelivered += 1

    async def poll(self, offset: int, limit: int, timeout: int, now: Callable[[], datetime]) -> list[Pending]:  # noqa: ASYNC109 - Telegram's parameter
        """getUpdates. Ranges as Telegram clamps them: limit 1-100, timeout 0-50 s."""
        loop = asyncio.get_running_loop()
        if self.webhook_url:
            await self.conflict(WEBHOOK_ACTIVE)
        limit, timeout = max(1, min(_MOST_UPDATES, limit)), max(0, min(_LONGEST_POLL, timeout))
        start, wait = loop.time(), float(timeout)
        if offset == self._last_offset:
            if timeout < _SAME_OFFSET_WAIT and start < self._last_start + _SAME_OFFSET_WAIT * self.pace:
                wait = _SAME_OFFSET_WAIT * self.pace
            if start < self._last_start + _SAME_OFFSET_SINGLE * self.pace:
                limit = 1
        self._last_offset, self._last_start = offset, start
        self._confirm_below(offset, now())
        if wait and not self._again and not self.waiting(now()):
            await self._wait(wait)
        batch = [*self._again, *self.waiting(now())][:limit]
        self._again.clear()
        for update in batch:
            self.handed_out(update)
        self.notify()
        return batch

    def _confirm_below(self, offset: int, now: datetime) -> None:
        if offset < 0:
            self.clear(keep=-offset)
        elif offset <= self.next_id:  # an offset from the future is taken for none
            for update in [u for u in self.waiting(now) if u.id < offset]:
                self.confirm(update.id)

    async def _wait(self, seconds: float) -> None:
        self.abort(OTHER_POLL)
        poll = self._poll = _Poll(asyncio.get_running_loop().create_future())
        self.notify()
        await asyncio.wait((poll.woken,), timeout=seconds)
        if self._poll is poll:
            self._poll = None
        if poll.batching:
            poll.batching.cancel()
        if poll.woken.done() and poll.woken.result():
            await self.conflict(poll.woken.result())

    def abort(self, message: str) -> None:
        """End the waiting getUpdates with a conflict; an empty message ends it with nothing."""
        if self._poll and not self._poll.woken.done():
            self._poll.woken.set_result(message)
        self._poll = None

    @property
    def polled(self) -> bool:
        """Whether a getUpdates waits right now."""
        return self._poll is not None

    def _wake_soon(self, poll: _Poll) -> None:
        if poll.batching is None:
            poll.batching = poll.woken.get_loop().call_later(_BATCHING * self.pace, _wake, poll)

    async def conflict(self, message: str) -> None:
        """Raise 409; repeated conflicts are told later, so that two pollers do not fight at full speed."""
        loop = asyncio.get_running_loop()
        if loop.time() < self._next_conflict:
            await asyncio.sleep(_CONFLICT_PAUSE * self.pace)
        else:
            self._next_conflict = loop.time() + _CONFLICT_PAUSE * self.pace
        raise ApiError(409, message)


def _wake(poll: _Poll) -> None:
    if not poll.woken.done():
        poll.woken.set_result("")
