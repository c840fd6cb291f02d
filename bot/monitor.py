"""``/healthz`` and ``/metrics`` on this machine: for systemd's and Docker's checks and for Prometheus."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from bot.clock import Clock, to_ms
from bot.metrics import Metrics
from bot.storage import StorageError, Store
from bot.sweeping import EVERY, Sweep
from bot.tables import figures_of_operation

_LATE_SWEEP_S = 5 * EVERY
_LATE_POLL_S = 120.0  # a poll is held open for 30 seconds
_FORM = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Monitor:
    """Tells how the program is; ``heard`` is when Telegram last answered a poll, ``None`` in webhook mode."""

    store: Store
    clock: Clock
    metrics: Metrics
    sweep: Sweep

    async def troubles(self, heard: Callable[[], float] | None) -> list[str]:
        """What is wrong, one German sentence each."""
        found = []
        now = self.clock.monotonic()
        try:
            await self.store.read.one("SELECT 1 FROM outbox LIMIT 1")
        except StorageError:
            found.append("Die Datenbank antwortet nicht.")
        if now - self.sweep.done_at > _LATE_SWEEP_S:
            found.append("Die regelmäßigen Arbeiten stehen still.")
        if heard is not None and now - heard() > _LATE_POLL_S:
            found.append(f"Telegram hat seit {now - heard():.0f} Sekunden nicht geantwortet.")
        return found

    @asynccontextmanager
    async def listening(self, address: str, heard: Callable[[], float] | None) -> AsyncIterator[int]:
        """Answer on ``address`` while the block runs; yields the port. An empty address: nothing is opened, port 0."""
        if not address:
            yield 0
            return

        async def healthz(_request: web.Request) -> web.Response:
            troubles = await self.troubles(heard)
            return web.Response(text="\n".join(troubles) or "ok", status=503 if troubles else 200)

        async def metrics(_request: web.Request) -> web.Response:
            try:
                operation = await figures_of_operation.of(self.store.read, to_ms(self.clock.now()))
            except StorageError:
                return web.Response(text="Die Datenbank antwortet nicht.", status=503)
            return web.Response(body=self.metrics.text(operation), headers={"Content-Type": _FORM})

        application = web.Application()
        application.router.add_get("/healthz", healthz)
        application.router.add_get("/metrics", metrics)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        try:
            host, _, port = address.rpartition(":")
            site = web.TCPSite(runner, host.strip("[]"), int(port))
            await site.start()
            yield runner.addresses[0][1]
        finally:
            await runner.cleanup()
