"""The same echo bot, written with two client libraries, passes the same dialogue with the stand-in."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from bot.demo import StandIn
from bot.demo.models import loaded, ready
from tests.standin_fixture import strict_telegram


async def _on_text(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("Danke", callback_data="1:ok")]])
    await update.message.reply_html(f"<b>{update.message.text_html}</b>", reply_markup=buttons, do_quote=True)


async def _on_press(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.callback_query is not None
    await update.callback_query.answer("Gern.")
    await update.callback_query.edit_message_text("fertig")


@asynccontextmanager
async def ptb_echo(telegram: StandIn) -> AsyncIterator[None]:
    """The echo bot in python-telegram-bot."""
    builder = Application.builder().token(telegram.token).job_queue(None)
    application = builder.base_url(f"{telegram.base_url}/bot").build()
    application.add_handlers([MessageHandler(filters.TEXT, _on_text), CallbackQueryHandler(_on_press)])
    async with application:
        assert application.updater is not None
        await application.start()
        await application.updater.start_polling()
        yield
        await application.updater.stop()
        await application.stop()


@asynccontextmanager
async def aiogram_echo(telegram: StandIn) -> AsyncIterator[None]:
    """The echo bot in aiogram."""
    aiogram = loaded()
    types, client = aiogram.types, aiogram.client
    ready(types.Update | types.Message | types.User)  # what it reads answers with
    dispatcher = aiogram.Dispatcher()

    async def on_text(message: Any) -> None:
        button = types.InlineKeyboardButton(text="Danke", callback_data="1:ok")
        buttons = types.InlineKeyboardMarkup(inline_keyboard=[[button]])
        await message.reply(f"<b>{message.html_text}</b>", reply_markup=buttons, parse_mode="HTML")

    async def on_press(query: Any) -> None:
        await query.answer("Gern.")
        assert isinstance(query.message, types.Message)
        await query.message.edit_text("fertig")

    dispatcher.message.register(on_text, aiogram.F.text)
    dispatcher.callback_query.register(on_press)
    server = client.telegram.TelegramAPIServer.from_base(telegram.base_url)
    session = client.session.aiohttp.AiohttpSession(api=server)
    bot = aiogram.Bot(telegram.token, session=session)
    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False, polling_timeout=1))
    yield
    await dispatcher.stop_polling()
    await polling
    await session.close()


@pytest.mark.parametrize("echo", [ptb_echo, aiogram_echo])
async def test_the_same_dialogue_in_two_libraries(
    echo: Callable[[StandIn], AbstractAsyncContextManager[None]],
) -> None:
    """Text, reply, formatting, button, alert and edit come out the same, and nothing was wrong with any call."""
    async with strict_telegram() as telegram:
        anna = telegram.user("Anna", username="anna")
        async with echo(telegram):
            question = await anna.says("Grüße < & 😀")
            await telegram.until(lambda: anna.received)
            assert anna.last.text == "Grüße < & 😀"
            assert anna.last.html == "<b>Grüße &lt; &amp; 😀</b>"
            assert anna.last.reply_to == question.id
            assert anna.last.labels == ["Danke"]

            await anna.presses("Danke")
            await telegram.until(lambda: anna.last.text == "fertig")
            await telegram.idle()
        assert anna.alerts == ["Gern."]
        assert anna.last.edited
        assert anna.last.buttons == ()
        assert [message.from_bot for message in anna.sees] == [False, True]
