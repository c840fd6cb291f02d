"""How a bot gets its updates: getUpdates, setWebhook, deleteWebhook, getWebhookInfo.

Source: tdlib/telegram-bot-api, ``Client.cpp`` ``process_set_webhook_query``, ``do_set_webhook``, ``JsonWebhookInfo``.
"""

import asyncio
import re
from dataclasses import dataclass
from typing import Any, cast

from yarl import URL

from bot.demo.envelope import Answer, ApiError, Json, refused, too_many_requests
from bot.demo.invocation import Invocation
from bot.demo.polling import DEFAULT_TYPES, UPDATE_TYPES, WEBHOOK_SET
from bot.demo.state import BotAccount, World
from bot.demo.webhook import DEFAULT_CONNECTIONS, Execute, Hook, Sender

_MOST_SECRET = 256
_SECRET = re.compile(r"[A-Za-z0-9_-]*\Z")
_PORTS = (80, 88, 443, 8443)
_MOST_CONNECTIONS = 100
_SET_PAUSE = 1.0  # s between two setWebhook


@dataclass(frozen=True, slots=True)
class Updates:
    """The updates of a getUpdates: ready-made JSON, and the ids in it."""

    raw: str
    ids: list[int]


def _allow(this: Invocation) -> bool:
    """Remember ``allowed_updates``; the server ignores what it cannot read."""
    try:
        listed: Any = this.arguments.json("allowed_updates", "")
    except ApiError:
        return False
    return this.bot.queue.allow(listed if isinstance(listed, list) else None)


async def get_updates(this: Invocation) -> Updates:
    """getUpdates."""
    arguments, queue = this.arguments, this.bot.queue
    if not queue.webhook_url:
        _allow(this)
    offset, limit, timeout = (
        arguments.integer("offset"),
        arguments.integer("limit", 100),
        arguments.integer("timeout"),
    )
    batch = await queue.poll(offset, limit, timeout, this.world.now)
    return Updates(f"[{','.join(update.body for update in batch)}]", [update.id for update in batch])


@dataclass(slots=True)
class Webhooks:
    """The senders of all bots, by bot id."""

    world: World
    pace: float
    senders: dict[int, Sender]
    next_set: dict[int, float]

    async def set(self, this: Invocation, execute: Execute) -> Answer:
        """setWebhook; an empty address deletes."""
        url = this.arguments.text("url")
        if not url:
            return await self.delete(this)
        self._not_too_often(this.bot)
        hook = _hook(this)
        drop = this.arguments.boolean("drop_pending_updates")
        before = self.senders.get(this.bot.id)
        if before and before.hook == hook and not drop:
            _allow(this)
            return Answer(result=True, description="Webhook is already set")
        this.bot.queue.abort(WEBHOOK_SET)
        await self._close(this.bot)
        if drop:
            this.bot.queue.clear()
        _checked(hook)
        _allow(this)
        this.bot.queue.webhook_url = hook.url
        sender = Sender(hook, this.bot.queue, self.world.now, self.world.random, self.pace, execute)
        self.senders[this.bot.id] = sender
        sender.start()
        return Answer(result=True, description="Webhook was set")

    async def delete(self, this: Invocation) -> Answer:
        """deleteWebhook."""
        existed = await self._close(this.bot)
        if this.arguments.boolean("drop_pending_updates"):
            this.bot.queue.clear()
        return Answer(
            result=True, description="Webhook was deleted" if existed else "Webhook is already deleted"
        )

    def info(self, this: Invocation) -> Json:
        """getWebhookInfo."""
        queue, sender = this.bot.queue, self.senders.get(this.bot.id)
        info: Json = {"url": queue.webhook_url, "has_custom_certificate": False}
        info["pending_update_count"] = len(queue.waiting(self.world.now()))
        if sender:
            if sender.trouble.date:
                info |= {"last_error_date": sender.trouble.date, "last_error_message": sender.trouble.message}
            info |= {
                "max_connections": sender.hook.connections,
                "ip_address": sender.hook.ip_address or "127.0.0.1",
            }
        if queue.allowed != DEFAULT_TYPES:
            info["allowed_updates"] = [name for name in UPDATE_TYPES if name in queue.allowed]
        return info

    async def close(self) -> None:
        """Stop all senders."""
        for bot in self.world.bots.values():
            await self._close(bot)

    async def _close(self, bot: BotAccount) -> bool:
        sender = self.senders.pop(bot.id, None)
        bot.queue.webhook_url = ""
        if sender:
            await sender.close()
        return sender is not None

    def _not_too_often(self, bot: BotAccount) -> None:
        now = asyncio.get_running_loop().time()
        if now < self.next_set.get(bot.id, now):
            raise too_many_requests(1)
        self.next_set[bot.id] = now + _SET_PAUSE * self.pace


def _hook(this: Invocation) -> Hook:
    arguments = this.arguments
    secret = arguments.text("secret_token")
    if len(secret) > _MOST_SECRET:
        raise refused("secret token is too long")
    if not _SECRET.match(secret):
        raise refused("secret token contains unallowed characters")
    connections = arguments.integer("max_connections", DEFAULT_CONNECTIONS, 1, _MOST_CONNECTIONS)
    return Hook(arguments.text("url"), secret, connections, arguments.text("ip_address"))


def _checked(hook: Hook) -> None:
    """Telegram's rules, but plain http on this machine is allowed (as the official server does in local mode)."""
    try:
        url = URL(hook.url)
    except ValueError:
        raise refused("invalid webhook URL specified") from None
    if not url.host:
        raise refused("invalid webhook URL specified")
    if url.host in ("127.0.0.1", "localhost", "::1") and url.scheme in ("http", "https"):
        return
    if url.scheme != "https":
        raise refused("bad webhook: An HTTPS URL must be provided for webhook")
    if cast("int", url.port) not in _PORTS:
        raise refused("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    raise refused(
        "bad webhook: Failed to resolve host: Name or service not known"
    )  # the stand-in has no network
