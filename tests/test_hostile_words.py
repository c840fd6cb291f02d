"""Malformed and hostile words at every step of every dialogue: no crash, nobody's markup is sent as markup, one answer.

The words come as raw messages: what Telegram's own clients would trim or refuse comes as well.
"""

from collections.abc import Awaitable, Callable

import pytest

from bot.config import Settings
from bot.demo import Person
from tests.case_at_hand import card_of, open_case
from tests.conftest import DEPUTY, HWK_KOELN, IHK_KOELN, Bot
from tests.made_updates import MARK
from tests.test_dialogue_transfer import asks_colleague
from tests.test_hostile import unharmed

WORDS = (
    f'{MARK}</blockquote></b>&lt;<a href="tg://user?id=1">x</a> *f* _k_ [x](tg://user?id=1) `c` ||s||',
    "Z" + "\u0301" * 4095,
    "\u202eabc\u202c שלום مرحبا\u2067",
    "\u200b\u200d\ufeff\u2060",
    "a\x00b\x00",
    "\ud7ff\ue000\uffff",
    "<" * 4096,
    "\n" * 300 + "x",
    "'; DROP TABLE cases; -- {0} {x} %s %n $(rm) {{7*7}}",
    "١٢٣٤٥ 𝟓𝟎𝟔𝟔𝟕",
    "0:T",
)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Without the flood guard: everything reaches the handlers."""
    return settings.model_copy(update={"flood_per_minute": 0})


@pytest.fixture
async def bot(bot: Bot) -> Bot:
    """With two Lotsen."""
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.link(IHK_KOELN, bot.telegram.user("Dora", id=DEPUTY))
    await bot.employer.starts()
    await bot.quiet()
    return bot


Step = Callable[[Bot], Awaitable[tuple[Person, int | None]]]


async def question(bot: Bot) -> tuple[Person, int | None]:
    """No dialogue waits."""
    return bot.employer, None


async def place(bot: Bot) -> tuple[Person, int | None]:
    """„Wo ist Ihr Betrieb?“"""
    await bot.employer.says("/lotse Bitte um Rat")
    await bot.quiet()
    return bot.employer, None


async def branch(bot: Bot) -> tuple[Person, int | None]:
    """„Welcher Bereich?“"""
    await place(bot)
    await bot.employer.says("50667")
    await bot.quiet()
    return bot.employer, None


async def preview(bot: Bot) -> tuple[Person, int | None]:
    """„Sind Sie einverstanden?“"""
    await branch(bot)
    await bot.employer.presses("🔧 Handwerk")
    await bot.quiet()
    return bot.employer, None


async def handoff_text(bot: Bot) -> tuple[Person, int | None]:
    """„Worum geht es?“; what is written stands in the preview at once."""
    await preview(bot)
    await bot.employer.presses("✏️ Text ändern")
    await bot.quiet()
    return bot.employer, None


async def search(bot: Bot) -> tuple[Person, int | None]:
    """/suche without a word."""
    await bot.employer.says("/suche")
    await bot.quiet()
    return bot.employer, None


async def taken(bot: Bot) -> None:
    """One case that the Lotse has taken."""
    if not any("eingegangen" in message.text for message in bot.lotse.received):
        await open_case(bot)
        await bot.lotse.presses("Übernehmen")
        await bot.quiet()


async def words_of_the_employer(bot: Bot) -> tuple[Person, int | None]:
    """They go to the Lotse."""
    await taken(bot)
    return bot.employer, None


async def reply_of_the_lotse(bot: Bot) -> tuple[Person, int | None]:
    """They go to the employer."""
    await taken(bot)
    return bot.lotse, card_of(bot.lotse).id


async def after_answer(bot: Bot) -> tuple[Person, int | None]:
    """„Antworten“ was pressed."""
    await taken(bot)
    await bot.lotse.presses("Antworten", message=card_of(bot.lotse))
    await bot.quiet()
    return bot.lotse, None


async def which_case(bot: Bot) -> tuple[Person, int | None]:
    """A Lotse answers nothing: the bot asks to which case it belongs."""
    await taken(bot)
    return bot.lotse, None


async def note(bot: Bot) -> tuple[Person, int | None]:
    """„📝 Notiz“ was pressed."""
    await taken(bot)
    await bot.lotse.presses("📝 Notiz", message=card_of(bot.lotse))
    await bot.quiet()
    return bot.lotse, None


async def transfer_note(bot: Bot) -> tuple[Person, int | None]:
    """A colleague was chosen: what is written goes with the offer, which is then called back."""
    await taken(bot)
    recalls = [m for m in bot.lotse.received if "Angebot zurückziehen" in m.labels]
    if recalls:
        await bot.lotse.presses("Angebot zurückziehen", message=recalls[-1])
        await bot.quiet()
    await asks_colleague(bot)
    return bot.lotse, None


async def transfer_search(bot: Bot) -> tuple[Person, int | None]:
    """Another chamber or person is looked for."""
    await taken(bot)
    await bot.lotse.presses("↪️ Abgeben", message=card_of(bot.lotse))
    await bot.quiet()
    await bot.lotse.presses("🔎 Andere Kammer oder Person")
    await bot.quiet()
    return bot.lotse, None


STEPS: tuple[Step, ...] = (
    question,
    place,
    branch,
    preview,
    handoff_text,
    search,
    words_of_the_employer,
    reply_of_the_lotse,
    after_answer,
    which_case,
    note,
    transfer_note,
    transfer_search,
)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
async def test_at_every_step(bot: Bot, caplog: pytest.LogCaptureFixture, step: Step) -> None:
    """Handled at the first try, answered at most once; afterwards the bot serves as before."""
    for words in WORDS:
        person, answers = await step(bot)
        before = len(person.received)
        await person.sends({"text": words}, reply_to=answers)
        await bot.quiet()
        more = [message.text[:80] for message in person.received[before:]]
        assert len(more) <= 1, (words[:20], more)
    failed = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert failed == []
    await unharmed(bot)


OF_AN_ADMIN = (
    "start",
    "suche",
    "lotse",
    "frage",
    "status",
    "qr",
    "einladen",
    "entkoppeln",
    "pruefen",
    "rollback",
)
OF_A_LOTSE = ("fall", "faelle", "notiz", "abwesend", "zurueck", "zurueckholen")


@pytest.mark.parametrize("command", [*OF_AN_ADMIN, *OF_A_LOTSE])
async def test_behind_every_command(bot: Bot, caplog: pytest.LogCaptureFixture, command: str) -> None:
    """As an argument, of somebody who may use the command."""
    person = bot.lotse if command in OF_A_LOTSE else bot.admin
    for words in WORDS:
        before = len(person.received)
        mark = {"type": "bot_command", "offset": 0, "length": len(command) + 1}
        await person.sends({"text": f"/{command} {words}"[:4096], "entities": [mark]})
        await bot.quiet()
        assert len(person.received) - before <= 1, words[:20]
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
    await unharmed(bot)
