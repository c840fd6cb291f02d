"""The bots that ``throughput.py`` compares, each in a process of its own: contestant, base address, token."""

import asyncio
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message as AiogramMessage
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bot import app, polling, workdays
from bot.config import Settings
from bot.surroundings import Surroundings
from bot.traffic import UNLIMITED
from bot.transport import AiohttpRequest

CONCURRENT = 256


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """One message back."""
    if update.message is not None:
        await update.message.reply_text(update.message.text or "")


async def python_telegram_bot(base: str, token: str, stop: asyncio.Event, *, ours: bool) -> None:
    """An echo bot on python-telegram-bot; ``ours``: on our transport, else as it comes."""
    builder: Any = Application.builder().token(token).base_url(f"{base}/bot").job_queue(None)
    builder = builder.concurrent_updates(CONCURRENT)
    if ours:
        builder = builder.request(AiohttpRequest()).get_updates_request(AiohttpRequest())
    application = builder.build()
    application.add_handlers([MessageHandler(filters.TEXT, echo)])
    async with application:
        await application.start()
        await application.updater.start_polling()
        await stop.wait()
        await application.updater.stop()
        await application.stop()


async def aiogram(base: str, token: str, stop: asyncio.Event) -> None:
    """An echo bot on aiogram."""
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def on_message(message: AiogramMessage) -> None:
        await message.answer(message.text or "")

    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(base), limit=CONCURRENT))
    polls = asyncio.create_task(
        dispatcher.start_polling(bot, handle_signals=False, tasks_concurrency_limit=CONCURRENT)
    )
    await stop.wait()
    await dispatcher.stop_polling()
    await polls
    await bot.session.close()


async def lotsenbot(base: str, token: str, stop: asyncio.Event) -> None:
    """The product; without the brake for Telegram's limits unless ``PACE`` is ``telegram``."""
    settings = Settings.from_env(
        {
            **os.environ,
            "BOT_TOKEN": token,
            "ADMIN_IDS": "1",
            "TELEGRAM_URL": base,
            "FLOOD_PER_MINUTE": "0",
            "FLOOD_OVERALL_PER_MINUTE": "0",
        }
    )
    around = replace(Surroundings.real(), prepare_reload=False)
    if os.environ.get("PACE") != "telegram":
        around = replace(around, pace=UNLIMITED)
    async with app.opened(settings, around) as running:
        # As the program does beside its first poll: what is compiled at the first use is measured by ``starting.py``.
        running.library.current.understanding.warm()
        workdays.warm(running.clock.now().date())
        await polling.Polling(running.line.fetch, running.updates, running.clock).run(stop)


def share_cache() -> None:
    """All runs use one cache of index and regions: a cold start is measured elsewhere."""
    cache = Path(os.environ["CACHE_DIR"])
    cache.mkdir(parents=True, exist_ok=True)
    (Path(os.environ["DATA_DIR"]) / "cache").symlink_to(cache)


async def main(contestant: str, base: str, token: str) -> None:
    """Run until terminated."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    match contestant:
        case "lotsenbot":
            await lotsenbot(base, token, stop)
        case "echo-transport":
            await python_telegram_bot(base, token, stop, ours=True)
        case "echo-stock":
            await python_telegram_bot(base, token, stop, ours=False)
        case _:
            await aiogram(base, token, stop)


if __name__ == "__main__":
    share_cache()
    asyncio.run(main(*sys.argv[1:4]))
