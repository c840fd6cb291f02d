"""Photos, documents and voice in a case: copied without the sender's account, towards a Lotse only after a tap."""

import pytest

from tests.case_at_hand import live_case
from tests.conftest import Bot, keys

pytestmark = pytest.mark.wire


async def test_a_photo_goes_to_the_lotse_after_a_tap(bot: Bot) -> None:
    """The warning first; then a line that says what comes, and a copy that cannot be forwarded."""
    await live_case(bot)
    await bot.employer.sends_photo()
    await bot.quiet()
    assert "Daten anderer Menschen" in bot.employer.last.text
    assert bot.lotse.last.media is None
    await bot.employer.presses("Ja, weitergeben")
    await bot.quiet()

    heading, photo = bot.lotse.received[-2:]
    assert heading.text == "🏢 Betrieb in 50667 Köln (Fall TEST0001) schickt ein Foto:"
    assert photo.media is not None
    assert photo.media.kind == "photo"
    assert photo.protected
    assert not photo.forwarded
    assert bot.employer.last.text == "✓ Weitergegeben."


async def test_no_is_no(bot: Bot) -> None:
    """Nothing is sent; an old button then says that the step is over."""
    await live_case(bot)
    await bot.employer.sends_document()
    await bot.quiet()
    question = bot.employer.last
    await bot.employer.presses("Nein, nicht senden")
    await bot.quiet()
    assert "nichts weitergegeben" in bot.employer.last.text
    assert bot.lotse.last.media is None
    assert keys(next(m for m in bot.employer.received if m.id == question.id)) == []


async def test_an_album_is_asked_about_once(bot: Bot) -> None:
    """Four photos: one question, four copies in order."""
    await live_case(bot)
    await bot.employer.sends_album(4)
    await bot.quiet()
    assert sum("Daten anderer Menschen" in m.text for m in bot.employer.received) == 1
    await bot.employer.presses("Ja, weitergeben")
    await bot.quiet()

    assert [m.media.kind for m in bot.lotse.received if m.media] == ["photo"] * 4


async def test_an_album_after_antworten_is_one_answer(bot: Bot) -> None:
    """The button says to which case the first photo belongs, and the first photo where the others do."""
    await live_case(bot)
    await bot.lotse.presses("Antworten")
    await bot.quiet()
    await bot.lotse.sends_album(3)
    await bot.quiet()
    bot.clock.wind(seconds=2)  # so long the parts of an album wait for each other
    await bot.quiet()

    assert [m.media.kind for m in bot.employer.received if m.media] == ["photo"] * 3
    assert not any("Zu welchem Fall" in message.text for message in bot.lotse.received)
    await bot.lotse.sends_photo()
    await bot.quiet()
    assert bot.lotse.last.text == "Zu welchem Fall gehört diese Nachricht?"


async def test_the_lotse_answers_with_a_document(bot: Bot) -> None:
    """By replying; the employer's reply to the copy reaches the Lotse; without a reply the case is asked."""
    await live_case(bot)
    await bot.lotse.sends_document()
    await bot.quiet()
    assert bot.lotse.last.text == "Zu welchem Fall gehört diese Nachricht?"
    card = next(m for m in bot.lotse.received if m.text.startswith("🔵"))
    await bot.lotse.sends_voice(reply_to=card.id)
    await bot.quiet()
    heading, voice = bot.employer.received[-2:]
    assert "schickt Ihnen eine Sprachnachricht:" in heading.text
    assert voice.media is not None
    assert voice.media.kind == "voice"
    await bot.employer.says("Danke, verstanden", reply_to=voice.id)
    await bot.quiet()
    assert "Danke, verstanden" in bot.lotse.last.text


async def test_after_the_end_nothing_is_carried(bot: Bot) -> None:
    """A photo in reply to a closed case is refused in words, with the way to open the case again."""
    await live_case(bot)
    await bot.lotse.says("Antwort", reply_to=bot.lotse.last.id)
    await bot.quiet()
    words = bot.employer.last
    await bot.employer.says("/status")
    await bot.quiet()
    await bot.employer.presses("Fall TEST0001 beenden")
    await bot.employer.sends_photo(reply_to=words.id)
    await bot.quiet()
    await bot.employer.presses("Ja, weitergeben")
    await bot.quiet()

    assert "nicht weitergegeben" in bot.employer.last.text
    assert keys(bot.employer.last) == [["Fall TEST0001 wieder öffnen"]]
