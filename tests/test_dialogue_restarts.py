"""A restart between each two steps of a case changes nothing: every story is told twice, and everybody reads the same."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.config import Settings
from bot.demo import Person
from bot.surroundings import Surroundings
from tests.case_at_hand import card_of
from tests.conftest import HWK_KOELN, IHK_KOELN, Bot, keys, running
from tests.standin_fixture import strict_telegram
from tests.wound_clock import WoundClock

Story = Callable[[Bot, Person], AsyncIterator[None]]


async def opened(bot: Bot) -> AsyncIterator[None]:
    """From the question to the Lotse who takes the case."""
    await bot.employer.says("Was bedeutet 3+2?")
    yield
    await bot.employer.presses("👤 Das mit dem Lotsen klären")
    yield
    await bot.employer.says("50667")
    yield
    await bot.employer.presses("🔧 Handwerk")
    yield
    await bot.employer.presses("✅ Einverstanden, senden")
    yield
    await bot.lotse.presses("Übernehmen", message=card_of(bot.lotse))
    yield


async def answered_and_closed(bot: Bot, _colleague: Person) -> AsyncIterator[None]:
    """Asked by plain text, edited, written back with a photo, undone, closed with a word, opened again."""
    async for _ in opened(bot):
        yield
    sent = await bot.lotse.says("Gern, wann?")
    yield
    await bot.lotse.presses("Fall TEST0001 · 50667 Köln")
    yield
    await bot.lotse.edits(sent, "Gern, um wie viel Uhr?")
    yield
    bot.clock.wind(seconds=31)
    yield
    await bot.employer.says("Um zehn. Mein Azubi ist geboren am 03.04.2004.")
    yield
    await bot.employer.presses("✅ Ohne diese Angaben weiter")
    yield
    await bot.employer.sends_photo()
    yield
    await bot.employer.presses("Ja, weitergeben")
    yield
    await bot.lotse.presses("Antworten", message=card_of(bot.lotse))
    yield
    await bot.lotse.says("Falsch!")
    yield
    await bot.lotse.presses("↩️ Rückgängig")
    yield
    await bot.lotse.presses("Schließen", message=card_of(bot.lotse))
    yield
    await bot.lotse.presses("✍️ Letztes Wort schreiben")
    yield
    await bot.lotse.says("Alles Gute!")
    yield
    bot.clock.wind(seconds=31)
    yield
    await bot.employer.presses("👎 Nein")
    yield
    await bot.employer.says("Der Termin am Dienstag klappt doch nicht")
    yield
    await bot.employer.presses("↩️ Gleicher Fall TEST0001")
    yield


async def handed_over(bot: Bot, colleague: Person) -> AsyncIterator[None]:
    """A note, searched, offered, declined, offered again, accepted; words of both sides; closed by the employer."""
    async for _ in opened(bot):
        yield
    await bot.lotse.presses("📝 Notiz", message=card_of(bot.lotse))
    yield
    await bot.lotse.says("Ist am Telefon schwer zu erreichen")
    yield
    for note, answer in (("Bitte übernehmen", "Ablehnen"), ("", "Übernehmen")):
        await bot.lotse.presses("↪️ Abgeben", message=card_of(bot.lotse))
        yield
        await bot.lotse.presses("🔎 Andere Kammer oder Person")
        yield
        await bot.lotse.says("ihk köln")
        yield
        await bot.lotse.presses(keys(bot.lotse.last)[0][0])
        yield
        await (bot.lotse.says(note) if note else bot.lotse.presses("Ohne Notiz anbieten"))
        yield
        await colleague.presses(answer)
        yield
    await bot.employer.says("Guten Tag")
    yield
    former = next(m for m in bot.lotse.received if m.text.startswith("↪️ Weitergegeben"))
    await bot.lotse.says("Bin raus", reply_to=former.id)
    yield
    await colleague.says("Guten Tag!", reply_to=colleague.last.id)
    yield
    bot.clock.wind(seconds=31)
    yield
    await bot.employer.says("/status")
    yield
    await bot.employer.presses("Fall TEST0001 beenden")
    yield


async def nobody_takes_it(bot: Bot, _colleague: Person) -> AsyncIterator[None]:
    """Reminder, deputy, taken back."""
    steps = opened(bot)
    for _ in range(5):
        await anext(steps)
        yield
    for hours in (4.1, 24):
        bot.clock.wind(hours=hours)
        await bot.app.ladder.climb()
        yield
    await bot.lotse.presses("Zurückholen")
    yield


def folder_with_cache(settings: Settings, where: Path, name: str) -> Path:
    """A data folder of its own that shares what was read from the knowledge."""
    folder = where / name
    folder.mkdir()
    (folder / "cache").symlink_to((settings.data_dir / "cache").resolve())
    return folder


@asynccontextmanager
async def house(settings: Settings, around: Surroundings, folder: Path) -> AsyncIterator[tuple[Bot, Person]]:
    """A bot and a Telegram of its own, as operators have it, with two Lotsen."""
    clock, numbers, tokens = WoundClock(), count(1), count(1)
    around = replace(
        around,
        clock=clock,
        new_number=lambda: f"TEST{next(numbers):04d}",
        new_token=lambda: f"token-{next(tokens)}",
    )
    async with strict_telegram(now=clock.now) as telegram:
        changed = settings.model_copy(
            update={
                "bot_token": SecretStr(telegram.token),
                "telegram_url": telegram.base_url,
                "data_dir": folder,
                "undo_seconds": 30,
            }
        )
        async with running(telegram, clock, changed, around) as bot:
            colleague = telegram.user("Dora", id=900_010)
            await bot.link(HWK_KOELN, bot.lotse)
            await bot.link(IHK_KOELN, colleague)
            await bot.employer.starts()
            await bot.quiet()
            yield bot, colleague


@pytest.mark.parametrize("story", [answered_and_closed, handed_over, nobody_takes_it])
async def test_a_restart_between_each_two_steps(
    settings: Settings, around: Surroundings, tmp_path: Path, story: Story
) -> None:
    """Told without a restart, and with one after every step: the same chats to the last word and button."""
    told = []
    for restarts in (False, True):
        async with house(settings, around, folder_with_cache(settings, tmp_path, str(restarts))) as (
            bot,
            colleague,
        ):
            async for _ in story(bot, colleague):
                await bot.quiet()
                if restarts:
                    await bot.restart()
                    await bot.quiet()
            people = (bot.employer, bot.lotse, colleague)
            told.append([[(m.text, keys(m)) for m in person.received] for person in people])
    assert told[1] == told[0]
