"""Webhook mode: handle or park first, answer 200 after; otherwise Telegram sends the update again."""

import hmac
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from aiohttp import web

from bot.storage import StorageError
from bot.updates import Updates

log = logging.getLogger(__name__)

_LARGEST_UPDATE = 2**20
_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@asynccontextmanager
async def listening(updates: Updates, *, url: str, secret: str, host: str, port: int) -> AsyncIterator[int]:
    """Take updates in at the path of ``url``; yields the port that was bound (``port`` 0 picks a free one)."""

    async def receive(request: web.Request) -> web.Response:
        # Without the secret anyone who knows the path could speak for any user.
        given = request.headers.get(_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, secret.encode()):
            return web.Response(status=403)
        try:
            raw = json.loads(await request.read())
        except ValueError:
            return web.Response(status=400)
        if not isinstance(raw, dict) or not isinstance(raw.get("update_id"), int):
            return web.Response(status=400)
        try:
            await updates.receive([raw])
        except StorageError:
            log.exception("update %d could not be stored", raw["update_id"])
            return web.Response(status=503)
        return web.Response()

    application = web.Application(client_max_size=_LARGEST_UPDATE)
    application.router.add_post(urlsplit(url).path or "/", receive)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
