"""A button acts on the words it was asked about, never on newer ones; nothing that was written is lost."""

import pytest

from bot.demo import Person
from bot.demo.seen import Seen
from handlers import buttons
from tests.case_at_hand import card_of, live_case, takes
from tests.conftest import Bot, keys

BORN = "Mein Azubi, geboren am {day}.03.2001, bekam einen Bescheid"


def question_about(person: Person, words: Seen) -> Seen:
    """The bot's question about these words, as it is now."""
    return next(message for message in person.received if message.reply_to == words.id)


def said_to(person: Person) -> str:
    """Everything the bot shows to this person."""
    return "\n".join(message.text for message in person.received)


@pytest.fixture
async def two_cases(bot: Bot) -> None:
    """Two cases of one employer, both in the hand of the same Lotse."""
    await live_case(bot)
    await bot.employer.says("/lotse Noch etwas anderes")
    await bot.employer.says("50667")
    await bot.quiet()
    await bot.employer.presses("🔧 Handwerk")
    await bot.quiet()
    await bot.employer.presses("✅ Einverstanden, senden")
    await bot.quiet()
    await takes(bot)


@pytest.mark.usefixtures("two_cases")
async def test_two_quick_texts_are_both_asked_about(bot: Bot) -> None:
    """Two live cases, two texts, two questions; each goes where it is said to go, in any order."""
    first = await bot.employer.says("Erstens: zum ersten Fall")
    second = await bot.employer.says("Zweitens: zum zweiten Fall")
    await bot.quiet()
    await bot.restart()
    await bot.employer.presses("Fall TEST0002 · 50667 Köln", message=question_about(bot.employer, second))
    await bot.quiet()
    assert "Zweitens" in bot.lotse.last.text
    assert "TEST0002" in bot.lotse.last.text
    await bot.employer.presses("Fall TEST0001 · 50667 Köln", message=question_about(bot.employer, first))
    await bot.quiet()

    assert "Erstens" in bot.lotse.last.text
    assert "TEST0001" in bot.lotse.last.text


@pytest.mark.usefixtures("two_cases")
async def test_a_lotse_loses_no_word_either(bot: Bot) -> None:
    """The same at the Lotse's; /abbrechen ends all that still waits."""
    first = await bot.lotse.says("Ja, morgen")
    await bot.lotse.says("Nein, nie")
    await bot.quiet()
    await bot.lotse.presses("Fall TEST0001 · 50667 Köln", message=question_about(bot.lotse, first))
    await bot.quiet()
    assert bot.employer.last.text.endswith("Ja, morgen")
    await bot.lotse.says("/abbrechen")
    await bot.quiet()
    assert "abgebrochen" in bot.lotse.last.text
    await bot.lotse.presses("Fall TEST0001 · 50667 Köln")
    await bot.quiet()
    assert "erledigt oder abgelaufen" in bot.lotse.alerts[-1]
    assert "Nein, nie" not in said_to(bot.employer)


async def test_the_data_of_the_older_text_are_not_those_of_the_newer(bot: Bot) -> None:
    """Two texts with personal data: „Trotzdem“ under the first sends the first."""
    await live_case(bot)
    first = await bot.employer.says(BORN.format(day=11))
    second = await bot.employer.says(BORN.format(day=22))
    await bot.quiet()
    await bot.employer.presses("Trotzdem mitschicken", message=question_about(bot.employer, first))
    await bot.quiet()
    assert "11.03.2001" in said_to(bot.lotse)
    assert "22.03.2001" not in said_to(bot.lotse)
    await bot.employer.presses("Abbrechen", message=question_about(bot.employer, second))
    await bot.quiet()
    assert "22.03.2001" not in said_to(bot.lotse)
    assert "nichts gesendet" in said_to(bot.employer)


async def test_an_old_question_of_a_case_cancels_no_handoff(bot: Bot) -> None:
    """Words wait for a decision, a new handoff begins: each „Abbrechen“ ends its own."""
    await live_case(bot)
    words = await bot.employer.says(BORN.format(day=11))
    await bot.employer.says("/lotse Etwas Neues")
    await bot.quiet()
    await bot.employer.presses("Abbrechen", message=question_about(bot.employer, words))
    await bot.employer.says("50667")
    await bot.quiet()
    assert "Welcher Bereich passt" in bot.employer.last.text


async def test_a_file_goes_only_when_its_own_question_is_answered(bot: Bot) -> None:
    """A harmless photo, then a secret one: the first „Ja“ sends the first; pressed once more it sends nothing."""
    await live_case(bot)
    await bot.employer.sends_photo(caption="Unser Betrieb")
    await bot.quiet()
    first = bot.employer.last
    await bot.employer.sends_photo(caption="Ausweis")
    await bot.quiet()
    second = bot.employer.last
    await bot.employer.presses("Ja, weitergeben", message=first)
    await bot.quiet()
    assert [message.text for message in bot.lotse.received if message.media] == ["Unser Betrieb"]
    await bot.employer.forges_press(buttons.encode(buttons.SendMedia()), first)
    await bot.quiet()
    assert "erledigt oder abgelaufen" in bot.employer.alerts[-1]
    await bot.employer.presses("Nein, nicht senden", message=second)
    await bot.quiet()
    assert [message.text for message in bot.lotse.received if message.media] == ["Unser Betrieb"]


@pytest.mark.usefixtures("two_cases")
async def test_a_second_tap_takes_no_buttons_away(bot: Bot) -> None:
    """„Fall X“ tapped twice: what came in its place, the next question or „Fall abschließen“, keeps its buttons."""
    private = await bot.employer.says(BORN.format(day=11))
    harmless = await bot.employer.says("Wann passt es Ihnen?")
    await bot.quiet()
    for words in (private, harmless):
        asked = question_about(bot.employer, words)
        data = asked.rows[0][0].data
        await bot.employer.presses(data=data, message=asked)
        await bot.quiet()
        shown = question_about(bot.employer, words)
        assert shown.rows
        assert shown.text != asked.text
        await bot.employer.forges_press(data, asked)
        await bot.quiet()
        assert bot.employer.alerts[-1] == "Diese Frage ist schon erledigt oder abgelaufen."
        assert question_about(bot.employer, words).rows == shown.rows
    await bot.employer.presses("Trotzdem mitschicken")
    await bot.quiet()
    assert "11.03.2001" in said_to(bot.lotse)


@pytest.mark.usefixtures("two_cases")
async def test_a_photo_without_a_clear_case_is_asked_about(bot: Bot) -> None:
    """Employer: which case, then the warning. Lotse: which case, and it goes."""
    await bot.employer.sends_photo(caption="Bild")
    await bot.quiet()
    assert "Zu welchem Fall" in bot.employer.last.text
    assert keys(bot.employer.last)[-1] == ["Abbrechen"]
    await bot.employer.presses("Fall TEST0002 · 50667 Köln")
    await bot.quiet()
    assert "Daten anderer Menschen" in bot.employer.last.text
    assert not any(message.media for message in bot.lotse.received)
    await bot.employer.presses("Ja, weitergeben")
    await bot.quiet()
    assert any(message.media for message in bot.lotse.received)
    await bot.lotse.sends_photo(caption="Zurück")
    await bot.quiet()
    await bot.lotse.presses("Fall TEST0001 · 50667 Köln")
    await bot.quiet()
    assert "TEST0001" in bot.employer.received[-2].text
    assert bot.employer.last.text == "Zurück"


@pytest.mark.usefixtures("two_cases")
async def test_a_contact_without_a_clear_case_is_warned_about(bot: Bot) -> None:
    """A Lotse's contact shows an account: after the case the warning comes."""
    await bot.lotse.sends_contact()
    await bot.quiet()
    await bot.lotse.presses("Fall TEST0001 · 50667 Köln")
    await bot.quiet()
    assert "zeigt Name und Telefonnummer" in bot.lotse.last.text
    await bot.lotse.presses("Nein, nicht senden")
    await bot.quiet()
    assert not any(message.media for message in bot.employer.received)


@pytest.mark.usefixtures("two_cases")
async def test_a_photo_in_reply_goes_where_it_answers(bot: Bot) -> None:
    """„Antworten“ at one case, then a photo as a reply to the other: the reply counts."""
    cards = [message for message in bot.lotse.received if "eingegangen" in message.text]
    await bot.lotse.presses("Antworten", message=next(card for card in cards if "TEST0001" in card.text))
    await bot.quiet()
    await bot.lotse.sends_photo(reply_to=next(card for card in cards if "TEST0002" in card.text))
    await bot.quiet()
    assert "TEST0002" in bot.employer.received[-2].text
    await bot.lotse.says("Und nun?")
    await bot.quiet()
    assert "Zu welchem Fall" in bot.lotse.last.text


@pytest.mark.usefixtures("two_cases")
@pytest.mark.parametrize("photo", [False, True])
async def test_a_last_word_waits_for_nothing_else(bot: Bot, photo: bool) -> None:
    """„Letztes Wort“ at one case, then a reply in the other: the next text closes nothing and is asked about."""
    cards = [message for message in bot.lotse.received if "eingegangen" in message.text]
    one, other = (next(card for card in cards if number in card.text) for number in ("TEST0001", "TEST0002"))
    await bot.lotse.presses("Schließen", message=one)
    await bot.quiet()
    await bot.lotse.presses("✍️ Letztes Wort schreiben")
    await bot.quiet()
    await (bot.lotse.sends_photo(reply_to=other) if photo else bot.lotse.says("Zum anderen", reply_to=other))
    await bot.quiet()
    await bot.lotse.says("Alles Gute")
    await bot.quiet()

    assert "Zu welchem Fall" in bot.lotse.last.text
    assert "Alles Gute" not in said_to(bot.employer)
    assert "abgeschlossen" not in said_to(bot.employer)


@pytest.mark.parametrize("step", ["📝 Notiz", "🔎 Andere Kammer oder Person"])
async def test_a_photo_while_something_internal_is_awaited(bot: Bot, step: str) -> None:
    """As a reply to the card it is asked about; without one it is refused; the step still waits for its text."""
    await live_case(bot)
    card = card_of(bot.lotse)
    if step != "📝 Notiz":
        await bot.lotse.presses("↪️ Abgeben", message=card)
        await bot.quiet()
        card = bot.lotse.last
    await bot.lotse.presses(step, message=card)
    await bot.quiet()
    told = len(bot.employer.received)
    await bot.lotse.sends_photo(caption="Chef wirkt überfordert")
    await bot.quiet()
    assert "ging nicht an den Betrieb" in bot.lotse.last.text
    await bot.lotse.sends_photo(caption="Chef wirkt überfordert", reply_to=card_of(bot.lotse))
    await bot.quiet()
    assert len(bot.employer.received) == told
    assert keys(bot.lotse.last) == [["An den Betrieb senden"], ["Nein, nicht senden"]]
    await bot.lotse.presses("Nein, nicht senden")
    await bot.quiet()
    await bot.lotse.says("Bonn")
    await bot.quiet()
    assert len(bot.employer.received) == told
    assert ("gespeichert" if step == "📝 Notiz" else "Bonn") in bot.lotse.last.text


async def test_a_note_below_a_photo_is_no_answer(bot: Bot) -> None:
    """„/notiz“ as a caption: asked; an album of two is one question, and goes after the tap."""
    await live_case(bot)
    card = card_of(bot.lotse)
    await bot.lotse.sends_photo(caption="/notiz Chef wirkt überfordert", reply_to=card)
    await bot.quiet()
    assert "Interne Notizen können nur Text sein" in bot.lotse.last.text
    assert not any(message.media for message in bot.employer.received)
    await bot.lotse.presses("📝 Notiz", message=card)
    await bot.quiet()
    await bot.lotse.sends_files(
        [("a.pdf", b"%PDF-1.4"), ("b.pdf", b"%PDF-1.4")], kind="document", reply_to=card
    )
    await bot.quiet()
    await bot.lotse.presses("An den Betrieb senden")
    await bot.quiet()
    bot.clock.wind(seconds=2)
    await bot.quiet()
    assert sum(message.media is not None for message in bot.employer.received) == 2


async def test_a_cancelled_search_is_the_one_that_was_pressed(bot: Bot) -> None:
    """Two menus: „Abbrechen“ under the older one leaves the search that came from the newer one."""
    await live_case(bot)
    menus = []
    for _ in range(2):
        await bot.lotse.presses("↪️ Abgeben", message=card_of(bot.lotse))
        await bot.quiet()
        menus.append(bot.lotse.last)
    await bot.lotse.presses("🔎 Andere Kammer oder Person", message=menus[1])
    await bot.quiet()
    await bot.lotse.presses("Abbrechen", message=menus[0])
    await bot.lotse.says("Bonn")
    await bot.quiet()
    assert "Gefunden zu „Bonn“" in bot.lotse.last.text
    await bot.lotse.presses("Abbrechen")
    await bot.quiet()
    await bot.lotse.says("Bonn")
    await bot.quiet()
    assert "Zu welchem Fall" in bot.lotse.last.text


async def test_an_answer_ends_a_search(bot: Bot) -> None:
    """Looking for a colleague, then a reply in the case: a later text is not taken for a search."""
    await live_case(bot)
    await bot.lotse.presses("↪️ Abgeben", message=card_of(bot.lotse))
    await bot.quiet()
    await bot.lotse.presses("🔎 Andere Kammer oder Person")
    await bot.quiet()
    await bot.lotse.says("Ich kümmere mich doch selbst", reply_to=card_of(bot.lotse))
    await bot.quiet()
    assert "doch selbst" in bot.employer.last.text
    await bot.lotse.says("Und noch etwas")
    await bot.quiet()
    assert "Zu welchem Fall" in bot.lotse.last.text


async def test_after_the_end_two_texts_wait_side_by_side(bot: Bot) -> None:
    """„Gleicher Fall oder neues Anliegen?“ about two texts: each keeps its own."""
    await live_case(bot)
    await bot.lotse.presses("Schließen")
    await bot.quiet()
    await bot.lotse.presses("Ohne Wort schließen")
    await bot.quiet()
    closed = bot.employer.last
    first = await bot.employer.says("Doch noch etwas", reply_to=closed)
    second = await bot.employer.says("Ein neues Anliegen", reply_to=closed)
    await bot.quiet()
    await bot.employer.presses("✏️ Neues Anliegen", message=question_about(bot.employer, second))
    await bot.quiet()
    assert "Wo ist Ihr Betrieb" in bot.employer.last.text or "Ist Ihr Betrieb in" in bot.employer.last.text
    await bot.employer.presses("↩️ Gleicher Fall TEST0001", message=question_about(bot.employer, first))
    await bot.quiet()
    assert "Doch noch etwas" in said_to(bot.lotse)
    assert "Ein neues Anliegen" not in said_to(bot.lotse)
