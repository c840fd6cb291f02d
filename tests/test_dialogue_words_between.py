"""What an employer types where a button or a place is waited for, or a person is in charge: emergencies, and more words."""

import pytest

from bot.demo.files import picture
from tests.case_at_hand import chooses, consents, live_case, open_case, to_preview
from tests.conftest import HWK_KOELN, Bot, keys

DANGER = "Mein Azubi schreibt gerade, dass er sich umbringen will"


async def to_the_preview(bot: Bot) -> None:
    """A draft for the Lotse of Köln that only waits for consent."""
    await bot.link(HWK_KOELN, bot.lotse)
    await to_preview(bot, "Können Sie mich beraten?")


@pytest.mark.parametrize("step", ["question", "place", "branch", "preview", "search", "case"])
async def test_danger_to_life_is_answered_at_every_step(bot: Bot, step: str) -> None:
    """112 and the TelefonSeelsorge come first, whatever the bot was waiting for."""
    match step:
        case "question":
            await bot.employer.starts()
            await bot.employer.says("/lotse")
        case "place":
            await bot.employer.starts()
            await bot.employer.says("/lotse Können Sie mich beraten?")
        case "branch":
            await bot.employer.starts()
            await bot.employer.says("/lotse Können Sie mich beraten?")
            await bot.quiet()
            await bot.employer.says("50667")
        case "preview":
            await to_the_preview(bot)
        case "search":
            await bot.employer.starts()
            await bot.employer.says("/suche")
        case _:
            await live_case(bot)
    await bot.quiet()
    before = len(bot.employer.received)
    await bot.employer.says(DANGER)
    await bot.quiet()

    assert "112" in bot.employer.received[before].text
    assert "116 123" in bot.employer.received[before].text
    if step == "case":
        assert DANGER in bot.lotse.last.text


async def test_an_urgent_question_typed_at_its_step_is_an_urgent_case(bot: Bot) -> None:
    """The card says so, and so do the steps of the ladder: not only what was asked of the bot before counts."""
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.employer.starts()
    await bot.employer.says("/lotse")
    await bot.quiet()
    await bot.employer.says("Mein Azubi soll morgen abgeschoben werden")
    await bot.quiet()
    await chooses(bot)
    await consents(bot)

    assert "❗ dringend" in bot.lotse.last.text


async def test_urgent_words_in_an_open_case_make_it_urgent(bot: Bot) -> None:
    """What was harmless when it was handed over climbs faster from now on, and its card says so."""
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot)
    card = bot.lotse.last
    assert "❗ dringend" not in card.text
    assert "bitte übernehmen bis 01.09.2026, 14:00 Uhr" in card.text
    await bot.employer.says("Die Polizei hat ihn gerade abgeholt!", reply_to=bot.employer.last.id)
    await bot.quiet()

    card = next(message for message in bot.lotse.received if message.id == card.id)
    assert "❗ dringend" in card.text
    assert "bitte übernehmen bis 01.09.2026, 10:30 Uhr" in card.text


async def test_urgent_words_in_place_of_the_place_are_kept(bot: Bot) -> None:
    """They are no place: they go to the Lotse with the question, and the place is asked again."""
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.employer.starts()
    await bot.employer.says("/lotse Können Sie mich beraten?")
    await bot.quiet()
    await bot.employer.says("Die Polizei hat ihn gerade abgeholt!")
    await bot.quiet()
    await chooses(bot)

    assert "Können Sie mich beraten?\nDie Polizei hat ihn gerade abgeholt!" in bot.employer.last.text


async def test_more_words_under_the_preview_belong_to_the_question(bot: Bot) -> None:
    """They are shown before they are sent; the buttons of the older preview no longer send anything."""
    await to_the_preview(bot)
    older = bot.employer.last
    await bot.employer.says("Es geht um einen Azubi im zweiten Lehrjahr.")
    await bot.quiet()
    newer = bot.employer.last
    assert "Können Sie mich beraten?\nEs geht um einen Azubi im zweiten Lehrjahr." in newer.text

    await bot.employer.presses("✅ Einverstanden, senden", message=older)
    await bot.quiet()
    assert not [m for m in bot.lotse.received if "zweiten Lehrjahr" in m.text]
    assert keys(next(m for m in bot.employer.received if m.id == older.id)) == []

    await bot.employer.presses("✅ Einverstanden, senden", message=newer)
    await bot.quiet()
    assert "Es geht um einen Azubi im zweiten Lehrjahr." in bot.lotse.last.text


@pytest.mark.parametrize("word", ["ja", "Einverstanden", "ok senden"])
async def test_consent_is_a_button_and_no_word(bot: Bot, word: str) -> None:
    """A typed yes neither sends nor becomes part of the question."""
    await to_the_preview(bot)
    preview = bot.employer.last
    await bot.employer.says(word)
    await bot.quiet()
    assert bot.employer.last.text.startswith("Bitte wählen Sie einen der Knöpfe")

    await bot.employer.presses("✅ Einverstanden, senden", message=preview)
    await bot.quiet()
    assert "Können Sie mich beraten?" in bot.lotse.last.text
    assert word not in bot.lotse.last.text.splitlines()


async def test_personal_data_in_more_words_is_asked_about(bot: Bot) -> None:
    """What was added is screened as the question was."""
    await to_the_preview(bot)
    await bot.employer.says("Er heißt Ahmad Testmann, geboren am 01.02.2003, AZR-Nummer 123456789012.")
    await bot.quiet()

    assert "Einverstanden" not in str(keys(bot.employer.last))
    assert "AZR" in bot.employer.last.text


async def test_danger_under_a_photo_of_a_case_is_answered(bot: Bot) -> None:
    """The photo waits for a tap; whom to call does not."""
    await live_case(bot)
    before = len(bot.employer.received)
    await bot.employer.sends_photo("Er liegt hier und ist bewusstlos")
    await bot.quiet()

    assert "112" in bot.employer.received[before].text


async def test_urgent_words_for_a_closed_case_make_it_urgent(bot: Bot) -> None:
    """„Gleicher Fall“ with urgent words: its card says so."""
    await live_case(bot)
    card = bot.lotse.last
    await bot.lotse.presses("Schließen", message=card)
    await bot.quiet()
    await bot.lotse.presses("Ohne Wort schließen")
    await bot.quiet()
    bot.clock.wind(minutes=10)
    await bot.employer.says("Können Sie noch einmal mit mir darüber reden?", reply_to=bot.employer.last.id)
    await bot.quiet()
    await bot.employer.says("Die Polizei hat ihn gerade abgeholt!", reply_to=bot.employer.received[-2].id)
    await bot.quiet()
    await bot.employer.presses("↩️ Gleicher Fall TEST0001")
    await bot.quiet()

    assert "❗ dringend" in str([message.text for message in bot.lotse.received])


async def test_danger_after_an_urgent_question_is_answered_too(bot: Bot) -> None:
    """That something urgent was asked before takes nothing away."""
    await bot.employer.starts()
    await bot.employer.says("Mein Azubi soll morgen abgeschoben werden")
    await bot.quiet()
    before = len(bot.employer.received)
    await bot.employer.says(f"/lotse {DANGER}")
    await bot.quiet()

    assert "112" in bot.employer.received[before].text


async def test_yes_under_an_urgent_preview_is_still_no_word(bot: Bot) -> None:
    """Urgent is the draft; „ja“ is not."""
    await bot.link(HWK_KOELN, bot.lotse)
    await to_preview(bot, "Mein Azubi soll morgen abgeschoben werden")
    await bot.employer.says("ja")
    await bot.quiet()

    assert bot.employer.last.text.startswith("Bitte wählen Sie einen der Knöpfe")


async def test_a_question_of_last_week_is_not_offered_as_this_one(bot: Bot) -> None:
    """/lotse after days asks what it is about."""
    await bot.employer.starts()
    await bot.employer.says("Was bedeutet 3+2?")
    await bot.quiet()
    bot.clock.wind(hours=7 * 24)
    await bot.employer.says("/lotse")
    await bot.quiet()

    assert "Worum geht es?" in bot.employer.last.text


async def test_the_words_under_the_second_photo_of_an_album_are_answered(bot: Bot) -> None:
    """Whichever photo carries them."""
    await bot.employer.starts()
    photos = [("1.png", picture()), ("2.png", picture())]
    await bot.employer.sends_files(photos, kind="photo", caption="Was bedeutet 3+2?", captioned=1)
    await bot.quiet()

    assert bot.employer.last.text.startswith("Was ist die 3+2-Regelung?")


async def test_the_words_under_a_picture_are_answered(bot: Bot) -> None:
    """The picture is not looked at, and that is said; what is asked under it is a question like any other."""
    await bot.employer.starts()
    await bot.employer.sends_photo("Was bedeutet 3+2?")
    await bot.quiet()

    said = [message.text for message in bot.employer.received]
    assert "nicht ansehen" in said[-2]
    assert said[-1].startswith("Was ist die 3+2-Regelung?")


async def test_an_album_is_refused_once(bot: Bot) -> None:
    """Four photos are one message to whoever sends them."""
    await bot.employer.starts()
    await bot.quiet()
    before = len(bot.employer.received)
    await bot.employer.sends_album(4)
    await bot.quiet()

    assert len(bot.employer.received) == before + 1
