"""Hostile people: updates of every kind filled with malformed words, forged presses. No crash, no leak, one answer."""

import random

import pytest

from bot.config import Settings
from handlers import buttons
from tests.case_at_hand import open_case
from tests.conftest import HWK_KOELN, Bot
from tests.made_updates import KINDS, MARK, Maker

ROUNDS = 12
FIRST_UPDATE = 10**9


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Without the flood guard: everything reaches the handlers."""
    return settings.model_copy(update={"flood_per_minute": 0})


async def unharmed(bot: Bot) -> None:
    """Nothing failed, and nobody's markup was sent as markup."""
    rows = await bot.app.linking._store.read.all("SELECT update_id FROM updates WHERE state <> 'done'")
    assert [row["update_id"] for row in rows] == []
    for call in bot.telegram.journal.calls():
        said = f"{call.params.get('text', '')}{call.params.get('caption', '')}"
        assert MARK not in said, call
        assert '<a href="tg:' not in said, call


# python-telegram-bot warns of fields that Telegram has replaced; outside of tests that is no error.
@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_updates_of_every_kind(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    """From aiogram's models: each is handled at the first try, answered at most once, and reaches nobody else."""
    crowd = [bot.employer, bot.lotse, bot.telegram.user("Olaf")]
    await bot.link(HWK_KOELN, bot.lotse)
    for person in crowd:
        await person.starts()
    await bot.quiet()
    number = FIRST_UPDATE
    for kind in KINDS:
        for seed in range(ROUNDS):
            person = crowd[seed % len(crowd)]
            before = {other.id: len(other.received) for other in (*crowd, bot.admin)}
            number += 1
            raw = Maker(seed, person.id, bot.clock.now()).update(kind, number)
            await bot.app.updates.receive([raw])
            failed = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
            assert failed == [], raw
            await bot.app.updates.finished()
            more = {other.id: len(other.received) - before[other.id] for other in (*crowd, bot.admin)}
            assert more.pop(person.id) <= 1, raw
            assert set(more.values()) == {0}, raw
    await unharmed(bot)


LETTERS = tuple(buttons._LETTERS)


def forged(chance: random.Random) -> str:
    """Callback data that nobody was offered."""
    version = chance.choice(("1", "1", "1", "0", "2", "", "١"))
    letter = chance.choice((*LETTERS, "?", "", "\x00"))
    values = [
        chance.choice(("0", "1", "-1", "9" * 18, "9" * 19, "x", "", "50667", "\x00", MARK))
        for _ in range(chance.randint(0, 3))
    ]
    return ":".join((version, letter, *values)).encode()[:64].decode("utf-8", "ignore") or "x"


async def test_forged_presses(bot: Bot) -> None:
    """Of other people, old versions, with rubbish: every press ends its spinner, nobody else hears of it."""
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot)
    stranger = bot.telegram.user("Olaf")
    await stranger.starts()
    await bot.quiet()
    heard = [(person.received, person.alerts) for person in (bot.employer, bot.lotse, bot.admin)]
    chance = random.Random(1)
    for _ in range(150):
        before = len(stranger.received)
        await stranger.forges_press(forged(chance), stranger.last)
        await bot.quiet()
        assert len(stranger.received) - before <= 2
    assert heard == [(person.received, person.alerts) for person in (bot.employer, bot.lotse, bot.admin)]
    await unharmed(bot)
