"""The steps that most dialogues of a case begin with: to the preview, opened, taken; the card; time going by."""

import asyncio

from bot.demo import Person
from bot.demo.seen import Seen
from bot.sweeping import EVERY
from tests.conftest import HWK_KOELN, Bot, keys

_PATIENCE_S = 60.0  # real seconds for what takes milliseconds
# Who coordinates Nordrhein-Westfalen in the directory of tests/data/knowledge.
COORDINATOR = "WL013"


async def to_preview(bot: Bot, question: str = "Bitte um Rat") -> None:
    """The employer asks for a person with these words and goes through every step but the consent."""
    await bot.employer.starts()
    await bot.employer.says(f"/lotse {question}")
    await chooses(bot)


async def asked_to_preview(
    bot: Bot, question: str = "Was bedeutet 3+2?", *, place: str = "50667", branch: str = "🔧 Handwerk"
) -> None:
    """The same after a question to the bot, which becomes that of the case."""
    await asked_for_branch(bot, question, place=place)
    await bot.employer.presses(branch)
    await bot.quiet()


async def asked_for_branch(bot: Bot, question: str = "Was bedeutet 3+2?", *, place: str = "50667") -> None:
    """A question, the wish for a Lotse, the place: the bot asks which branch it is."""
    await bot.employer.starts()
    await bot.employer.says(question)
    await bot.quiet()
    await bot.employer.says("/lotse")
    await bot.employer.says(place)
    await bot.quiet()


async def chooses(bot: Bot, place: str = "50667", branch: str = "🔧 Handwerk") -> None:
    """Place and branch, for which the bot has asked."""
    await bot.employer.says(place)
    await bot.quiet()
    await bot.employer.presses(branch)
    await bot.quiet()


async def consents(bot: Bot) -> None:
    """The last step of the preview."""
    await bot.employer.presses("✅ Einverstanden, senden")
    await bot.quiet()


async def open_case(
    bot: Bot, question: str = "Was bedeutet 3+2?", *, place: str = "50667", branch: str = "🔧 Handwerk"
) -> None:
    """The employer asks, goes through every step and consents."""
    await asked_to_preview(bot, question, place=place, branch=branch)
    await consents(bot)


async def takes(bot: Bot) -> None:
    """The Lotse takes the newest case."""
    await bot.lotse.presses("Übernehmen")
    await bot.quiet()


async def live_case(bot: Bot) -> None:
    """A case that the Lotse has taken."""
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot)
    await takes(bot)


def card_of(person: Person) -> Seen:
    """The newest card of the case."""
    return next(m for m in reversed(person.received) if "eingegangen" in m.text and m.protected)


async def swept(bot: Bot) -> None:
    """The program's own sweep, which the winding clock woke up, is over: what is due now is done."""
    async with asyncio.timeout(_PATIENCE_S):
        # An event for this would be in the program for tests alone, and a round takes milliseconds.
        while bot.clock.monotonic() - bot.app.monitor.sweep.done_at >= EVERY:  # noqa: ASYNC110  # see above
            await asyncio.sleep(0)


async def later(bot: Bot, **span: float) -> None:
    """Wind the clock and let the sweep do what is due."""
    bot.clock.wind(**span)
    await bot.app.ladder.climb()
    await bot.quiet()


async def offers_to_colleague(bot: Bot) -> None:
    """The Lotse of the HWK offers the case to the one of the IHK, without a note."""
    await bot.lotse.presses("↪️ Abgeben", message=card_of(bot.lotse))
    await bot.quiet()
    label = next(row[0] for row in keys(bot.lotse.last) if row[0].startswith("Willkommenslotsin IHK zu"))
    await bot.lotse.presses(label)
    await bot.quiet()
    await bot.lotse.presses("Ohne Notiz anbieten")
    await bot.quiet()
