"""Dialogues: an answer that differs by Land is given for the employer's own, or says that it differs."""

import pytest

from tests.conftest import Bot, keys

QUESTION = "Wann gilt die Identität als geklärt?"
VARIES = "Das ist je nach Bundesland verschieden"


async def ask(bot: Bot, *messages: str) -> str:
    """The last answer to these messages."""
    for words in messages:
        await bot.employer.says(words)
        await bot.quiet()
    return bot.employer.last.text


async def test_who_has_not_said_a_land_sees_that_it_differs(bot: Bot) -> None:
    """Which Länder are known is said, and none of their rules is shown as if it held everywhere."""
    await bot.employer.starts()
    answer = await ask(bot, QUESTION)

    assert VARIES in answer
    assert "Hinterlegt ist es für: Bayern, Nordrhein-Westfalen, Sachsen." in answer
    assert "hilft die" not in answer
    assert keys(bot.employer.last)[:2] == [["👤 Das mit dem Lotsen klären"], ["📍 Mein Bundesland wählen"]]


async def test_the_land_is_chosen_and_remembered(bot: Bot) -> None:
    """Sixteen buttons in place of the others; then the answer is for that Land, also the next time."""
    await bot.employer.starts()
    await ask(bot, QUESTION)
    await bot.employer.presses("📍 Mein Bundesland wählen")
    await bot.quiet()
    assert len([label for row in keys(bot.employer.last) for label in row]) == 16
    await bot.employer.presses("Sachsen")
    await bot.quiet()

    assert "Gilt für Sachsen: In Sachsen hilft die Landesdirektion." in bot.employer.last.text
    assert "NRW" not in bot.employer.last.text
    assert ["📍 Anderes Bundesland"] in keys(bot.employer.last)
    bot.clock.wind(hours=2)
    assert "Gilt für Sachsen" in await ask(bot, "eq zuschuss höhe", QUESTION)


@pytest.mark.parametrize("said", ["NRW", "und in Nordrhein-Westfalen?", "50667", "wir sind in Köln"])
async def test_the_land_is_typed(bot: Bot, said: str) -> None:
    """Who is told to write the Land or the PLZ is understood, and gets the same answer for there."""
    await bot.employer.starts()

    assert "Gilt für Nordrhein-Westfalen: In NRW hilft" in await ask(bot, QUESTION, said)


async def test_a_town_that_is_also_a_word_is_no_place_here(bot: Bot) -> None:
    """ "Lehre" lies in Niedersachsen; here it is a question."""
    await bot.employer.starts()

    assert "Niedersachsen" not in await ask(bot, QUESTION, "Lehre")


async def test_a_land_without_a_rule_says_so(bot: Bot) -> None:
    """Nothing is known for Hessen: not silence, and not another Land's rule."""
    await bot.employer.starts()
    answer = await ask(bot, QUESTION, "Hessen")

    assert "Hessen: Die Länder regeln das verschieden, und für Ihres ist hier nichts hinterlegt." in answer
    assert "hilft die" not in answer


async def test_the_land_in_the_question(bot: Bot) -> None:
    """It goes before the one that was said before, and asking for another Land is no repetition."""
    await bot.employer.starts()
    assert "Gilt für Bayern" in await ask(bot, f"{QUESTION} Wir sind in Bayern.")

    assert "Gilt für Sachsen" in await ask(bot, f"{QUESTION} Betrieb in Sachsen")


async def test_the_firms_place_is_known(bot: Bot) -> None:
    """From a printed code for a region; in the menu and behind a link as well."""
    await bot.employer.says("/start r_50667")
    await bot.quiet()
    assert "Gilt für Nordrhein-Westfalen" in await ask(bot, QUESTION)

    await bot.employer.says("/start f_identitaet")
    await bot.quiet()
    assert "Gilt für Nordrhein-Westfalen" in bot.employer.last.text


async def test_few_variants_are_shown_to_everyone(bot: Bot) -> None:
    """One or two fit into the answer: nobody is asked."""
    await bot.employer.starts()

    assert "Gilt für Bayern: Bitte fragen Sie die Regierung." in await ask(bot, "Was bedeutet 3+2?")


async def test_inline_cards_are_for_the_land_that_is_typed(bot: Bot) -> None:
    """Whoever reads the card may be anywhere: without a Land it says that it differs."""
    await bot.employer.starts()
    texts = []
    for words in ("identität geklärt", "identität geklärt bayern"):
        query = await bot.employer.asks_inline(words)
        await bot.quiet()
        assert query.answer is not None
        card = next(card for card in query.answer["results"] if card["id"] == "identitaet")
        texts.append(card["input_message_content"]["message_text"])

    assert VARIES in texts[0]
    assert "In Bayern hilft die Regierung." in texts[1]
