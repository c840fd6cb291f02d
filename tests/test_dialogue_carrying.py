"""What goes between the two people of a case stays one thing on both sides: quotes, edits, taking back, albums."""

from tests.case_at_hand import live_case
from tests.conftest import Bot


async def album_sent(bot: Bot) -> None:
    """The parts of an album are awaited for a moment."""
    await bot.quiet()
    bot.clock.wind(seconds=2)
    await bot.quiet()


async def test_an_edited_answer_changes_at_the_employer(bot: Bot) -> None:
    """In place, marked; nobody gets a second message; also after a restart."""
    await live_case(bot)
    sent = await bot.lotse.says("Das kostet 100 Euro.", reply_to=bot.lotse.last.id)
    await bot.quiet()
    words = bot.employer.last
    count = len(bot.employer.received)
    await bot.restart()
    await bot.lotse.edits(sent, "Das kostet nichts.")
    await bot.quiet()

    assert len(bot.employer.received) == count
    assert bot.employer.last.id == words.id
    assert bot.employer.last.text.endswith("Das kostet nichts.\n\n(geändert)")
    assert bot.lotse.last.text == "✓ Ihre Änderung ist weitergegeben."


async def test_an_edit_may_be_longer_or_shorter(bot: Bot) -> None:
    """Words of two messages become one and two again."""
    await live_case(bot)
    long = " ".join(f"zahl{number}" for number in range(480))
    sent = await bot.lotse.says(long, reply_to=bot.lotse.last.id)
    await bot.quiet()
    count = len(bot.employer.received)
    await bot.lotse.edits(sent, "Kurz.")
    await bot.quiet()
    assert len(bot.employer.received) == count - 1
    assert bot.employer.last.text.endswith("Kurz.\n\n(geändert)")
    await bot.lotse.edits(sent, long)
    await bot.quiet()

    assert len(bot.employer.received) == count
    assert "zahl479" in bot.employer.last.text


async def test_an_edit_with_personal_data_waits_for_a_decision(bot: Bot) -> None:
    """The employer's changed words are screened like the first ones."""
    await live_case(bot)
    sent = await bot.employer.says("Es geht um meinen Azubi.")
    await bot.quiet()
    await bot.employer.edits(sent, "Es geht um meinen Azubi, geboren am 03.04.2004.")
    await bot.quiet()
    assert "03.04.2004" not in bot.lotse.last.text
    await bot.employer.presses("✅ Ohne diese Angaben weiter")
    await bot.quiet()

    assert "geändert" in bot.lotse.last.text
    assert "03.04.2004" not in bot.lotse.last.text


async def test_an_older_edit_does_not_come_back(bot: Bot) -> None:
    """An edit with personal data is asked about, then comes a clean one: the button of the older changes nothing."""
    await live_case(bot)
    sent = await bot.employer.says("Er ist 17.")
    await bot.quiet()
    await bot.employer.edits(sent, "Er ist geboren am 03.04.2004.")
    await bot.quiet()
    await bot.employer.edits(sent, "Er ist 18.")
    await bot.quiet()
    assert "Er ist 18." in bot.lotse.last.text
    await bot.employer.presses("Trotzdem mitschicken")
    await bot.quiet()
    assert "Er ist 18." in bot.lotse.last.text
    assert "03.04.2004" not in "".join(message.text for message in bot.lotse.received)


async def test_an_edit_that_reaches_nobody_is_not_called_carried(bot: Bot) -> None:
    """The Lotse is gone when the employer decides about the personal data in it."""
    await live_case(bot)
    sent = await bot.employer.says("Er ist 17.")
    await bot.quiet()
    await bot.employer.edits(sent, "Er ist geboren am 03.04.2004.")
    await bot.lotse.says("/entkoppeln")
    await bot.quiet()
    await bot.employer.presses("✅ Ohne diese Angaben weiter")
    await bot.quiet()
    assert not any("weitergegeben" in message.text for message in bot.employer.received)


async def test_words_that_wait_are_changed_where_they_wait(bot: Bot) -> None:
    """Edited before the case was chosen: the changed words go."""
    await live_case(bot)
    sent = await bot.lotse.says("Alter Text")
    await bot.quiet()
    await bot.lotse.edits(sent, "Neuer Text")
    await bot.quiet()
    await bot.lotse.presses("Fall TEST0001 · 50667 Köln")
    await bot.quiet()

    assert bot.employer.last.text.endswith("Neuer Text")


async def test_a_message_is_taken_back(bot: Bot) -> None:
    """By reply to one's own; gone at the other side; a later edit does not bring it back."""
    await live_case(bot)
    sent = await bot.lotse.says("Falsch!", reply_to=bot.lotse.last.id)
    await bot.quiet()
    assert "Falsch!" in bot.employer.last.text
    await bot.lotse.says("/zurueckholen", reply_to=sent.id)
    await bot.quiet()
    assert "wird auf der anderen Seite gelöscht" in bot.lotse.last.text
    assert not any("Falsch!" in message.text for message in bot.employer.received)
    await bot.lotse.edits(sent, "Doch falsch!")
    await bot.quiet()
    assert not any("falsch!" in message.text.lower() for message in bot.employer.received)


async def test_after_48_hours_nothing_is_taken_back(bot: Bot) -> None:
    """Telegram does not allow it; the Lotse is told. Without a reply the way is explained."""
    await live_case(bot)
    sent = await bot.lotse.says("Schon alt", reply_to=bot.lotse.last.id)
    await bot.quiet()
    bot.clock.wind(hours=49)
    await bot.lotse.says("/zurueckholen", reply_to=sent.id)
    await bot.quiet()
    assert "nur 48 Stunden" in bot.lotse.last.text
    assert "Schon alt" in bot.employer.last.text
    await bot.lotse.says("/zurueckholen")
    await bot.quiet()
    assert "So geht es" in bot.lotse.last.text


async def test_nobody_takes_back_what_somebody_else_wrote(bot: Bot) -> None:
    """A reply to a message of the bot is no message of one's own."""
    await live_case(bot)
    await bot.lotse.says("Bleibt stehen", reply_to=bot.lotse.last.id)
    await bot.quiet()
    await bot.employer.says("/zurueckholen", reply_to=bot.employer.last.id)
    await bot.quiet()

    assert "Ihre eigene Nachricht" in bot.employer.last.text
    assert any("Bleibt stehen" in message.text for message in bot.employer.received)


async def test_replies_quote_at_the_other_side(bot: Bot) -> None:
    """A reply to words of the other shows there as a reply to them; one to one's own words likewise."""
    await live_case(bot)
    question = await bot.employer.says("Und wann?")
    await bot.quiet()
    at_lotse = bot.lotse.last
    await bot.lotse.says("Morgen", reply_to=at_lotse.id)
    await bot.quiet()
    assert bot.employer.last.reply_to == question.id
    await bot.employer.says("Ich meinte: um wie viel Uhr?", reply_to=question.id)
    await bot.quiet()

    assert bot.lotse.last.reply_to == at_lotse.id


async def test_an_album_of_four_photos_stays_an_album(bot: Bot) -> None:
    """From the employer after one question, in one call, in order; protected at the Lotse's."""
    await live_case(bot)
    await bot.employer.sends_album(4)
    await bot.quiet()
    await bot.employer.presses("Ja, weitergeben")
    await bot.quiet()

    photos = [message for message in bot.lotse.received if message.media]
    assert len(photos) == 4
    assert len({photo.album for photo in photos}) == 1
    assert photos[0].album
    assert all(photo.protected for photo in photos)
    assert len(bot.telegram.journal.calls("copyMessages")) == 1


async def test_an_album_of_the_lotse_stays_an_album(bot: Bot) -> None:
    """Its parts come one by one and go out in one call, with one heading and one confirmation, across a restart too."""
    await live_case(bot)
    card = bot.lotse.last
    await bot.lotse.sends_files([(f"{n}.png", b"%PDF") for n in range(3)], kind="document", reply_to=card.id)
    await bot.quiet()
    assert not any(message.media for message in bot.employer.received)
    await bot.restart()
    await album_sent(bot)

    files = [message for message in bot.employer.received if message.media]
    assert len(files) == 3
    assert len({file.album for file in files}) == 1
    assert sum("mehrere Fotos oder Dateien" in message.text for message in bot.employer.received) == 1
    assert sum(message.text == "✓ Weitergegeben." for message in bot.lotse.received) == 1
    await bot.employer.says("Danke für das zweite", reply_to=files[1].id)
    await bot.quiet()
    assert bot.lotse.last.reply_to is not None


async def test_places_and_contacts(bot: Bot) -> None:
    """A contact shows an account, so both sides are asked; „Antworten“ takes files too."""
    await live_case(bot)
    await bot.lotse.presses("Antworten")
    await bot.lotse.sends_location(50.94, 6.96)
    await bot.quiet()
    assert bot.employer.last.media is not None
    assert bot.employer.last.media.kind == "location"
    await bot.lotse.presses("Antworten")
    await bot.lotse.sends_contact()
    await bot.quiet()
    assert "zeigt Name und Telefonnummer" in bot.lotse.last.text
    assert bot.employer.last.media.kind == "location"
    await bot.lotse.presses("Ja, weitergeben")
    await bot.quiet()

    assert bot.employer.last.media is not None
    assert bot.employer.last.media.kind == "contact"
