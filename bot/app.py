"""The composition root: with house.py and reception.py the only module that knows all others.

Nested ``async with``, so opening and closing order cannot be wrong: delivery ends before the connection to Telegram, the
database last.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import Application, ExtBot

from bot import accepted, polling, webhook, workdays
from bot.absences import Absences
from bot.alarms import Alarm
from bot.cache import Cache
from bot.claim import claimed
from bot.clock import Clock, to_ms
from bot.config import Settings
from bot.delivery import TelegramDelivery
from bot.digest import Digest
from bot.editions import Editions
from bot.gate import Gate, Limits
from bot.gating import Judge
from bot.house import use_cases
from bot.ladder import Ladder
from bot.library import Library
from bot.linking import Linking
from bot.mail import Carriers, MailDelivery
from bot.model import ChatId, NoticeKind, UpdateId
from bot.monitor import Monitor
from bot.outbox import Outbox
from bot.privacy import Privacy
from bot.promises import Promises
from bot.reception import receive
from bot.secrets import Vault
from bot.settling import Settling
from bot.storage import DATABASE, Statement, Store, Transaction
from bot.succession import Succession
from bot.surroundings import Surroundings
from bot.sweeping import Sweep
from bot.tables import outbox as outbox_rows
from bot.tables import updates as update_rows
from bot.traffic import Traffic
from bot.transfer import Transfers
from bot.transport import AiohttpRequest, Line
from bot.updates import Updates, chat_of
from bot.versions import Versions
from bot.weekly import Weekly
from handlers import menus
from handlers.absence_notices import AbsenceNotices
from handlers.errors import Failures
from handlers.notices import Notices
from handlers.roles import Roles

log = logging.getLogger(__name__)

_KEEP_DONE = timedelta(hours=48)  # Telegram repeats no update after 24 hours


@dataclass(frozen=True, slots=True)
class App:
    """The running program, for those who start it."""

    updates: Updates
    outbox: Outbox
    line: Line
    library: Library
    linking: Linking
    ladder: Ladder
    transfers: Transfers
    absences: Absences
    digest: Digest
    weekly: Weekly
    promises: Promises
    privacy: Privacy
    bot: ExtBot[str]
    clock: Clock
    roles: Roles
    monitor: Monitor


@asynccontextmanager
async def opened(settings: Settings, around: Surroundings) -> AsyncIterator[App]:
    """Everything wired and running, except where updates come from.

    Raises ``KnowledgeError`` and ``StorageError`` before Telegram is asked for anything.
    """
    cache = Cache(settings.data_dir / "cache")
    editions = Editions(
        settings.knowledge_dir,
        cache,
        sample_allowed=settings.local,
        memory=around.memory,
        apart=around.prepare_reload,
    )
    clock = around.clock
    versions, vault = Versions(settings.data_dir / "versions"), Vault(settings.key())
    begun = await asyncio.to_thread(accepted.begin, editions, versions, clock.now())
    library = Library(begun.edition, begun.news, loaded=around.loaded)
    requests = (around.new_request(), around.new_request())
    application = _application(settings, Traffic(clock, around.pace), requests)
    async with Store.opened(settings.data_dir / DATABASE, vault, connecting=around.connecting) as store:
        wired: list[Outbox] = []  # the outbox renders what the use cases know, so they come first

        def wake_outbox() -> None:
            for box in wired:
                box.wake()

        async def committed(chat: ChatId) -> None:
            for box in wired:
                await box.committed(chat)

        house = use_cases(settings, around, store, library, wake_outbox, committed)
        failures = Failures()
        limits = Limits(settings.gate_max_lost, settings.gate_max_new_answers)
        judge = Judge(editions, apart=around.prepare_reload)
        succession = Succession(store, clock, house.ladder.promise, wake_outbox)
        gate = Gate(library, editions, versions, succession, clock, limits=limits, judge=judge)
        receive(application, settings, house, failures, gate)
        async with AsyncExitStack() as stack:
            for request in requests:
                # python-telegram-bot closes them only after a start that went well.
                stack.push_async_callback(request.shutdown)
            await _initialized(application, stack)
            mail = settings.mail_server()
            outbox = Outbox(
                store,
                clock,
                deliver=Carriers(TelegramDelivery(application.bot, clock), MailDelivery(mail, clock)),
                render=Notices(
                    library,
                    house.cases,
                    house.correspondence,
                    house.figures,
                    house.notes,
                    clock,
                    AbsenceNotices(library, house.cases, house.linking, house.absences, clock),
                    mail=mail is not None,
                ),
                settle=Settling(clock, house.mailing),
            )
            wired.append(outbox)
            await stack.enter_async_context(outbox.running())

            async def handle(raw: dict[str, Any]) -> Sequence[Statement]:
                update = Update.de_json(raw, application.bot)
                await application.process_update(update)
                failure = failures.take(update.update_id)
                at_end = house.conversations.at_end_of(UpdateId(update.update_id), chat_of(raw))
                house.metrics.handled(failed=failure is not None)
                if failure is not None:
                    raise failure
                return at_end

            async def give_up(tx: Transaction, update: UpdateId, chat: ChatId) -> None:
                now = to_ms(clock.now())
                if chat > 0:  # a person's; groups have nobody to apologise to
                    await outbox_rows.put(tx, chat, NoticeKind.APOLOGY, dedupe=f"u{update}:apology", now=now)
                await house.alarms.happened(tx, Alarm.ASIDE, str(update))

            updates = Updates(
                store,
                clock,
                handle=handle,
                give_up=give_up,
                wake_outbox=wake_outbox,
                patience=around.patience,
            )
            await stack.enter_async_context(updates.opened())
            sweep = Sweep(
                clock,
                (
                    updates.take_over,
                    house.absences.step,
                    house.ladder.climb,
                    house.transfers.lapse,
                    house.digest.send,
                    house.weekly.send,
                    house.promises.look,
                    house.privacy.forget,
                    house.alarms.look,
                    partial(_forget_done, store, clock),
                ),
            )
            await stack.enter_async_context(sweep.running())
            line = Line(application.bot.request, application.bot.base_url)
            if await accepted.tell_waiting(begun, versions, store, clock, settings.admin_ids):
                outbox.wake()
            yield App(
                updates,
                outbox,
                line,
                library,
                house.linking,
                house.ladder,
                house.transfers,
                house.absences,
                house.digest,
                house.weekly,
                house.promises,
                house.privacy,
                application.bot,
                clock,
                house.roles,
                Monitor(store, clock, house.metrics, sweep),
            )


def _application(
    settings: Settings, traffic: Traffic, requests: tuple[AiohttpRequest, AiohttpRequest]
) -> Application[Any, Any, Any, Any, Any, Any]:
    url = settings.telegram_url.rstrip("/")
    return (
        Application.builder()
        .token(settings.bot_token.get_secret_value())
        .base_url(f"{url}/bot")
        .base_file_url(f"{url}/file/bot")
        .request(requests[0])
        .get_updates_request(requests[1])
        .rate_limiter(traffic)
        .updater(None)
        .job_queue(None)
        .build()
    )


async def _initialized(application: Application[Any, Any, Any, Any, Any, Any], stack: AsyncExitStack) -> None:
    await application.initialize()
    stack.push_async_callback(application.shutdown)
    await application.start()
    stack.push_async_callback(application.stop)


async def _forget_done(store: Store, clock: Clock) -> None:
    before = to_ms(clock.now() - _KEEP_DONE)
    async with store.transaction() as tx:
        await update_rows.forget_done(tx, before)
        await outbox_rows.forget_done(tx, before)


async def present(app: App) -> None:
    """Tell Telegram who the bot is and which commands each person sees."""
    await menus.introduce(app.bot)
    lotsen = {link.chat for link in await app.linking.links()}
    for chat in app.roles.staff | lotsen:
        await menus.show_menu(app.bot, chat, lotse=chat in lotsen, roles=app.roles)


async def run(settings: Settings, stop: asyncio.Event, around: Surroundings) -> None:
    """Run until ``stop``; by webhook when ``WEBHOOK_URL`` is set, else by long polling."""
    with claimed(settings.data_dir):
        ready = asyncio.Event()
        running = asyncio.create_task(_run(settings, stop, ready, around))
        waiting = asyncio.create_task(_give_up_starting(stop, ready, running))
        try:
            await running
        except asyncio.CancelledError:
            if not stop.is_set():
                raise
            log.info("stopped before Telegram was reached")
        finally:
            waiting.cancel()


async def _give_up_starting(stop: asyncio.Event, ready: asyncio.Event, running: asyncio.Task[None]) -> None:
    """Without a network the start waits for it, patiently; who stops the program then must not have to wait as well."""
    await stop.wait()
    if not ready.is_set():
        running.cancel()


async def _run(settings: Settings, stop: asyncio.Event, ready: asyncio.Event, around: Surroundings) -> None:
    async with opened(settings, around) as app:
        settling = asyncio.create_task(_settle_in(app, ready, around))
        try:
            await _serve(settings, app, stop, ready)
        finally:
            settling.cancel()
            with suppress(asyncio.CancelledError):
                await settling


async def _settle_in(app: App, ready: asyncio.Event, around: Surroundings) -> None:
    """What nobody has to wait for: what the first question, place or working day would have to make, and the menus."""
    await ready.wait()
    edition, today = app.library.current, app.clock.now().date()

    def warm() -> None:
        edition.understanding.warm()
        edition.regions.warm()
        workdays.warm(today)

    try:
        await asyncio.to_thread(warm)
    except Exception:
        log.exception("a bug of ours; whoever needs it first makes it then")
    around.loaded()
    try:
        await present(app)  # with patience, when Telegram is away
    except TelegramError as error:
        log.warning("the menus could not be shown: %s", type(error).__name__)
    except Exception:
        log.exception("a bug of ours; the menus stay as they were")


async def _serve(settings: Settings, app: App, stop: asyncio.Event, ready: asyncio.Event) -> None:
    if settings.webhook_url:
        async with app.monitor.listening(settings.metrics_listen, None):
            await _run_webhook(settings, app, stop, ready)
        return
    await app.bot.delete_webhook(drop_pending_updates=False)
    log.info("polling as @%s", app.bot.username)
    ready.set()
    poll = polling.Polling(app.line.fetch, app.updates, app.clock)
    async with app.monitor.listening(settings.metrics_listen, lambda: poll.heard_at):
        await poll.run(stop)


async def _run_webhook(settings: Settings, app: App, stop: asyncio.Event, ready: asyncio.Event) -> None:
    host, _, port = settings.webhook_listen.rpartition(":")
    secret = settings.webhook_secret.get_secret_value()
    async with webhook.listening(
        app.updates, url=settings.webhook_url, secret=secret, host=host, port=int(port)
    ) as bound:
        await app.bot.set_webhook(
            settings.webhook_url,
            secret_token=secret,
            allowed_updates=list(polling.KINDS),
            drop_pending_updates=False,
        )
        log.info("webhook as @%s on port %d", app.bot.username, bound)
        ready.set()
        await stop.wait()
