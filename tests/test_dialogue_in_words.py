"""Dialogues of people who type where a button is offered: a telephone number, a change of mind, a question in between."""

import pytest

from tests.case_at_hand import chooses, consents, live_case
from tests.conftest import HWK_KOELN, Bot


async def test_the_wish_for_a_person_promises_nothing_yet(bot: Bot) -> None:
    """Nothing is on its way before place and consent, and it says so; how to reach the writer goes along."""
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.employer.starts()
    await bot.employer.says("Was bedeutet 3+2?")
    await bot.quiet()
    bot.clock.wind(seconds=60)
    await bot.employer.says("Ruft mich bitte an 0171 2345678, ab 10 Uhr")
    await bot.quiet()
    assert "Noch ist nichts gesendet" in bot.employer.last.text
    await bot.employer.presses("👤 Mit dem Lotsen sprechen")
    await chooses(bot)
    assert "Was bedeutet 3+2?\n\nRuft mich bitte an 0171 2345678, ab 10 Uhr" in bot.employer.last.text


async def test_the_number_goes_along_with_however_long_a_question(bot: Bot) -> None:
    """The question is shortened, never how to reach the writer; asking once more with other words does not lose it."""
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.employer.starts()
    await bot.employer.says("Wo kaufe ich Fahrräder? " + "Wirklich. " * 397)
    await bot.quiet()
    bot.clock.wind(seconds=60)
    await bot.employer.says("Ruft mich bitte an 0171 2345678, ab 10 Uhr")
    await bot.quiet()
    bot.clock.wind(seconds=60)
    await bot.employer.says("Wo kaufe ich denn Fahrräder? " + "Im Ernst. " * 397)
    await bot.quiet()
    await bot.employer.presses("👤 Mit dem Lotsen sprechen")
    await chooses(bot)
    await consents(bot)
    assert any("0171 2345678, ab 10 Uhr" in message.text for message in bot.lotse.received)


async def test_a_wish_without_a_number_is_no_part_of_the_question(bot: Bot) -> None:
    """And a later question is not sent with the number of an earlier one."""
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.employer.starts()
    for words in (
        "Was bedeutet 3+2?",
        "Ruft mich an: 0171 2345678",
        "eq dauer monate",
        "Ich will einen Menschen sprechen",
    ):
        await bot.employer.says(words)
        await bot.quiet()
        bot.clock.wind(seconds=60)
    await bot.employer.presses("👤 Mit dem Lotsen sprechen")
    await chooses(bot)
    assert "Ihre Nachricht:\neq dauer monate\n" in bot.employer.last.text


@pytest.mark.parametrize("words", ["abbrechen", "Abbrechen!", "doch nicht", "zurück", "Stopp"])
async def test_a_change_of_mind_in_words_ends_the_handoff(bot: Bot, words: str) -> None:
    """ "abbrechen" is no place called Brechen."""
    await bot.employer.starts()
    await bot.employer.says("/lotse Bitte um Rat")
    await bot.quiet()
    await bot.employer.says(words)
    await bot.quiet()
    assert bot.employer.last.text == "Gut, ich habe das abgebrochen. Es wurde nichts gesendet."
    await bot.employer.says("50667")
    await bot.quiet()
    assert "Welcher Bereich" not in bot.employer.last.text


async def test_a_question_in_place_of_the_place_is_told_the_way_out(bot: Bot) -> None:
    """ "Diesen Ort kenne ich nicht" is no answer to a question."""
    await bot.employer.starts()
    await bot.employer.says("/lotse Bitte um Rat")
    await bot.employer.says("Wann ist denn bei euch jemand da?")
    await bot.quiet()
    assert "Dann tippen Sie auf „Abbrechen“" in bot.employer.last.text
    await bot.employer.says("Qwxyz")
    await bot.quiet()
    assert bot.employer.last.text.startswith("Diesen Ort kenne ich nicht")


async def test_a_lotse_who_calls_a_reply_off_in_words_sends_nothing(bot: Bot) -> None:
    """But what may be meant for the firm is carried: "Stopp" is an answer, and a reply to the card is one."""
    await live_case(bot)
    before = len(bot.employer.received)
    await bot.lotse.presses("Antworten")
    await bot.lotse.says("abbrechen")
    await bot.quiet()
    assert len(bot.employer.received) == before
    assert "abgebrochen" in bot.lotse.last.text
    await bot.lotse.presses("Antworten")
    await bot.lotse.says("Stopp")
    await bot.quiet()
    assert bot.employer.last.text.endswith("Stopp")


@pytest.mark.parametrize("words", ["Nürnberg", "Bayern", "Dachau"])
async def test_the_name_of_a_place_is_treated_as_its_postcode(bot: Bot, words: str) -> None:
    """Whoever types only where they are is told what for, not that the bot gives up."""
    await bot.employer.starts()
    await bot.employer.says(words)
    await bot.quiet()
    assert "wer Ihnen in Ihrer Region weiterhilft" in bot.employer.last.text
