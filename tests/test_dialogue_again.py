"""What an employer writes after a case has ended: plain questions are answered, words for a person are asked about."""

import pytest

from tests.case_at_hand import card_of, later, open_case
from tests.conftest import Bot, keys
from tests.test_dialogue_aftercare import closed_case

ASKED = "Gehört das zu Ihrem abgeschlossenen Fall"
WORDS = "Der Termin am Dienstag klappt doch nicht"  # nothing the bot knows
CHOICES = [
    ["↩️ Gleicher Fall TEST0001"],
    ["✏️ Neues Anliegen"],
    ["Das ist eine Frage an den Bot"],
    ["Abbrechen"],
]


async def test_the_same_case(bot: Bot) -> None:
    """Asked; a tap, after a restart, opens the case again with the words: on the card, and as a message to answer."""
    await closed_case(bot)
    await bot.employer.says(WORDS)
    await bot.quiet()
    assert ASKED in bot.employer.last.text
    assert "nicht weitergegeben" in bot.employer.last.text
    assert keys(bot.employer.last) == CHOICES
    assert not any(WORDS in m.text for m in bot.lotse.received)
    await bot.restart()
    await bot.employer.presses("↩️ Gleicher Fall TEST0001")
    await bot.quiet()
    assert "ist wieder offen, Ihre Nachricht ist dabei" in bot.employer.last.text
    assert f"Was bedeutet 3+2?\n\n➕ {WORDS}" in card_of(bot.lotse).text
    assert bot.lotse.last.text == f"🏢 Betrieb in 50667 Köln (Fall TEST0001):\n\n{WORDS}"
    await bot.lotse.says("Gern.", reply_to=bot.lotse.last.id)
    await bot.quiet()
    assert bot.employer.last.text.endswith("(Fall TEST0001):\n\nGern.")


async def test_another_language(bot: Bot) -> None:
    """Words in English right after the end may be for the Lotse, who reads it."""
    await closed_case(bot)
    await bot.employer.says("The appointment on Tuesday does not work for me")
    await bot.quiet()
    assert ASKED in bot.employer.last.text


async def test_something_new(bot: Bot) -> None:
    """The words become the question of a new handoff."""
    await closed_case(bot)
    await bot.employer.says(WORDS)
    await bot.quiet()
    await bot.employer.presses("✏️ Neues Anliegen")
    await bot.quiet()
    await bot.employer.presses("Ja, 50667 Köln")
    await bot.quiet()
    await bot.employer.presses("🔧 Handwerk")
    await bot.quiet()
    assert WORDS in bot.employer.last.text
    await bot.employer.presses("✅ Einverstanden, senden")
    await bot.quiet()
    assert card_of(bot.lotse).text.startswith("🟡 Offen · Fall TEST0002")


async def test_a_question_to_the_bot(bot: Bot) -> None:
    """Then it says what it would have said, and is not asked about the same again once a day has passed."""
    await closed_case(bot)
    await bot.employer.says(WORDS)
    await bot.quiet()
    await bot.employer.presses("Das ist eine Frage an den Bot")
    await bot.quiet()
    assert ASKED not in bot.employer.last.text
    assert bot.lotse.last.text == "Der Fall ist beendet."
    bot.clock.wind(hours=25)
    await bot.employer.says(WORDS)
    await bot.quiet()
    assert ASKED not in bot.employer.last.text


@pytest.mark.parametrize("words", ["eq dauer monate", "Danke schön!", "Was bedeutet 3+2?"])
async def test_plain_questions_are_answered(bot: Bot, words: str) -> None:
    """A minute after the end: no question back, the answer."""
    await closed_case(bot)
    await bot.employer.says(words)
    await bot.quiet()
    assert ASKED not in bot.employer.last.text


async def test_urgent_is_urgent(bot: Bot) -> None:
    """First aid and the way to a person come before any question about old cases."""
    await closed_case(bot)
    await bot.employer.says("Die Polizei hat heute meinen Azubi abgeholt, er soll morgen abgeschoben werden")
    await bot.quiet()
    assert not any(ASKED in m.text for m in bot.employer.received)


async def test_the_wish_for_a_person_is_asked_about_for_14_days(bot: Bot) -> None:
    """Also days later and after questions to the bot; not when a case can no longer be opened."""
    await closed_case(bot)
    bot.clock.wind(days=5)
    await bot.employer.says("eq dauer monate")
    await bot.quiet()
    bot.clock.wind(minutes=20)
    await bot.employer.says("Ich möchte mit einem Menschen sprechen")
    await bot.quiet()
    assert ASKED in bot.employer.last.text
    bot.clock.wind(days=10)
    await bot.employer.says("Ich möchte mit einem Menschen sprechen")
    await bot.quiet()
    assert ASKED not in bot.employer.last.text


async def test_a_reply_in_a_closed_case(bot: Bot) -> None:
    """Also when the bot could answer it: who replies to the Lotse means the Lotse."""
    await closed_case(bot)
    await bot.employer.says("eq dauer monate", reply_to=bot.employer.last.id)
    await bot.quiet()
    assert ASKED in bot.employer.last.text
    assert keys(bot.employer.last) == CHOICES
    await bot.employer.presses("↩️ Gleicher Fall TEST0001")
    await bot.quiet()
    assert "eq dauer monate" in bot.lotse.last.text


async def test_after_14_days_a_reply_is_told_the_truth(bot: Bot) -> None:
    """Nothing waits: not passed on."""
    await closed_case(bot)
    message = bot.employer.last.id
    bot.clock.wind(days=15)
    await bot.employer.says("Noch etwas", reply_to=message)
    await bot.quiet()
    assert "nicht weitergegeben" in bot.employer.last.text
    assert keys(bot.employer.last) == [["Fall TEST0001 wieder öffnen"]]


async def test_personal_data_are_decided_about_first(bot: Bot) -> None:
    """The case is opened again with the words that were chosen."""
    await closed_case(bot)
    await bot.employer.says(
        "Mein Azubi, geboren am 03.04.2004, kommt nicht mehr.", reply_to=bot.employer.last.id
    )
    await bot.quiet()
    await bot.employer.presses("↩️ Gleicher Fall TEST0001")
    await bot.quiet()
    assert "Angaben über eine Person" in bot.employer.last.text
    assert "geschlossen" in card_of(bot.lotse).text.lower()
    await bot.employer.presses("✅ Ohne diese Angaben weiter")
    await bot.quiet()
    assert "Ihre Nachricht ist dabei" in bot.employer.last.text
    assert "kommt nicht mehr" in bot.lotse.last.text
    assert not any("03.04.2004" in m.text for m in bot.lotse.received)


async def test_who_is_asked_next_sees_the_words(bot: Bot) -> None:
    """The Lotse left meanwhile: the deputy's card has the words, of a reopened case and of one that nobody has taken."""
    deputy = bot.telegram.user("Dora", id=900_010)
    await bot.link("WL019", deputy)
    await closed_case(bot)
    await bot.lotse.blocks()
    await bot.quiet()
    await bot.employer.says(WORDS)
    await bot.quiet()
    await bot.employer.presses("↩️ Gleicher Fall TEST0001")
    await bot.quiet()
    await later(bot)
    assert f"➕ {WORDS}" in card_of(deputy).text
    opened = bot.employer.last
    assert "Fall TEST0001" in opened.text
    await bot.employer.says("Es eilt etwas.", reply_to=opened.id)
    await bot.quiet()
    await bot.employer.presses("Fall beenden")
    await bot.quiet()
    assert "Es eilt etwas." in card_of(deputy).text


async def test_an_old_button_opens_nothing(bot: Bot) -> None:
    """A new text replaces the one that waits; after /abbrechen the step is over."""
    await closed_case(bot)
    await bot.employer.says(WORDS)
    await bot.quiet()
    asked = bot.employer.last
    await bot.employer.presses("Abbrechen")
    await bot.quiet()
    await bot.employer.forges_press("1:xf:1", asked)
    await bot.quiet()
    assert "abgelaufen" in bot.employer.alerts[-1]


async def test_two_closed_cases(bot: Bot) -> None:
    """Both are offered, the latest first."""
    await closed_case(bot)
    await open_case(bot)
    await bot.lotse.presses("Übernehmen")
    await bot.quiet()
    await bot.employer.says("/status")
    await bot.quiet()
    await bot.employer.presses("Fall TEST0002 beenden")
    await bot.quiet()
    bot.clock.wind(minutes=1)
    await bot.employer.says(WORDS)
    await bot.quiet()
    assert keys(bot.employer.last)[:2] == [["↩️ Gleicher Fall TEST0002"], ["↩️ Gleicher Fall TEST0001"]]


async def test_opened_meanwhile_the_words_still_arrive(bot: Bot) -> None:
    """The same case was opened by the other button first: what is said to be passed on is passed on, once."""
    await closed_case(bot)
    ended = bot.employer.last
    await bot.employer.says(WORDS)
    await bot.quiet()
    asked = bot.employer.last
    await bot.employer.presses("👎 Nein", message=ended)
    await bot.quiet()
    await bot.employer.presses("Fall TEST0001 wieder öffnen")
    await bot.quiet()
    await bot.lotse.presses("Übernehmen", message=card_of(bot.lotse))
    await bot.quiet()
    await bot.employer.presses("↩️ Gleicher Fall TEST0001", message=asked)
    await bot.quiet()
    assert bot.lotse.last.text == f"🏢 Betrieb in 50667 Köln (Fall TEST0001):\n\n{WORDS}"
    assert sum(WORDS in m.text for m in bot.lotse.received) == 1


async def test_the_button_of_an_older_text_does_not_send_the_newer_one(bot: Bot) -> None:
    """Two texts, two questions „An welchen Fall?“: each one's buttons send its own text, once."""
    await closed_case(bot)
    await open_case(bot)
    await bot.lotse.presses("Übernehmen")
    await bot.quiet()
    await bot.lotse.says("Für den einen")
    await bot.quiet()
    older = bot.lotse.last
    await bot.lotse.says("Für den anderen")
    await bot.quiet()
    newer = bot.lotse.last
    label = keys(newer)[0][0]
    await bot.lotse.presses(label, message=older)
    await bot.quiet()
    assert bot.employer.last.text.endswith("Für den einen")
    assert not any("Für den anderen" in m.text for m in bot.employer.received)
    await bot.lotse.presses(label, message=newer)
    await bot.quiet()
    assert bot.employer.last.text.endswith("Für den anderen")
