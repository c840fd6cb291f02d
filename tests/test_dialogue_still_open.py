"""What an employer writes while nobody has taken the case yet: the truth about it, not a second offer to send it."""

import pytest

from tests.case_at_hand import asked_for_branch, open_case
from tests.conftest import HWK_KOELN, Bot, keys


@pytest.mark.parametrize(
    "words", ["wann meldet sich denn jemand", "Wo kaufe ich Fahrräder?", "kann mich bitte jemand anrufen"]
)
async def test_whoever_waits_is_told_where_the_case_stands(bot: Bot, words: str) -> None:
    """Number, who has it, until when; and the words can go along."""
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot)
    bot.clock.wind(seconds=300)
    await bot.employer.says(words)
    await bot.quiet()
    told = bot.employer.last
    assert told.text.startswith(
        "Ihr Anliegen ist nicht vergessen.\n\nTEST0001 · 🟡 gesendet, noch nicht übernommen"
    )
    assert "Willkommenslotsin HWK zu Köln" in told.text
    assert "nicht weitergegeben" in told.text
    assert keys(told) == [["Fall TEST0001 · 50667 Köln"], ["Das ist eine Frage an den Bot"], ["Abbrechen"]]
    await bot.employer.presses("Fall TEST0001 · 50667 Köln")
    await bot.quiet()
    assert any(words in message.text for message in bot.lotse.received)


async def test_what_the_bot_knows_it_answers_meanwhile(bot: Bot) -> None:
    """A case that waits is no reason to ask first, and "ok" is answered as ever."""
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot)
    bot.clock.wind(seconds=300)
    await bot.employer.says("eq dauer monate")
    await bot.quiet()
    assert bot.employer.last.text.startswith("Wie lange dauert eine EQ?")
    await bot.employer.says("ok")
    await bot.quiet()
    assert bot.employer.last.text.startswith("Gut.")


async def test_many_waiting_cases_fit_into_one_message(bot: Bot) -> None:
    """Telegram takes 4,096 characters: the first ten are told, and where the others are."""
    await bot.link(HWK_KOELN, bot.lotse)
    for number in range(17):
        await open_case(bot, f"Frage {number} zur Abwicklung")
    bot.clock.wind(seconds=300)
    await bot.employer.says("kann mich bitte jemand anrufen")
    await bot.quiet()
    told = bot.employer.last.text
    assert "TEST0010" in told
    assert "TEST0011" not in told
    assert "Dazu 7 weitere: /status" in told
    assert len(keys(bot.employer.last)) == 17 + 2


async def test_a_trade_that_is_also_a_village_moves_nobody(bot: Bot) -> None:
    """Only a postcode corrects the place where the branch is asked; "Kalk" would lead to that of Köln."""
    await bot.link(HWK_KOELN, bot.lotse)
    await asked_for_branch(bot, place="80331")
    for words in ("Glashütte", "Kalk", "Essen"):
        await bot.employer.says(words)
        await bot.quiet()
        assert bot.employer.last.text.startswith("Bitte wählen Sie einen der Knöpfe oben")


async def test_a_place_can_be_corrected_where_the_branch_is_asked(bot: Bot) -> None:
    """A PLZ mistyped is put right by typing it again, and the preview says that nothing is sent."""
    await bot.link(HWK_KOELN, bot.lotse)
    await asked_for_branch(bot, place="80331")
    assert "80331 München" in bot.employer.last.text
    await bot.employer.says("50667")
    await bot.quiet()
    assert "50667 Köln" in bot.employer.last.text
    await bot.employer.presses("🔧 Handwerk")
    await bot.quiet()
    assert "Noch ist nichts gesendet" in bot.employer.last.text
