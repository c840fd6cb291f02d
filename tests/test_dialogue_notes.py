"""Notes about a case: for those who have it, never for the employer; what is typed as a note becomes no answer."""

import json

import pytest

from bot.model import ChatId
from tests.case_at_hand import card_of, live_case, offers_to_colleague, open_case
from tests.conftest import IHK_KOELN, Bot, keys

SECRET = "Chef wirkt überfordert"


@pytest.fixture
async def card(bot: Bot) -> int:
    """A case the Lotse has taken; the number of its card."""
    await live_case(bot)
    return card_of(bot.lotse).id


def employer_knows(bot: Bot) -> bool:
    """Whether any word of the note reached the employer."""
    return any("überfordert" in message.text for message in bot.employer.received)


async def test_by_the_button(bot: Bot, card: int) -> None:
    """The next message is the note, also as a reply to the bot's question; it stands on the card, across a restart."""
    await bot.lotse.presses("📝 Notiz", message=card_of(bot.lotse))
    await bot.quiet()
    assert "interne Notiz zum Fall TEST0001" in bot.lotse.last.text
    await bot.restart()
    await bot.lotse.says(SECRET, reply_to=bot.lotse.last.id)
    await bot.quiet()
    assert "gespeichert" in bot.lotse.last.text
    assert SECRET in card_of(bot.lotse).text
    assert card_of(bot.lotse).id == card
    await bot.lotse.says("Und nun?")
    await bot.quiet()
    assert bot.lotse.last.text == "Zu welchem Fall gehört diese Nachricht?"
    assert not employer_knows(bot)


async def test_a_reply_while_a_note_is_awaited_is_asked_about(bot: Bot, card: int) -> None:
    """The card is answered instead of the question: nothing goes anywhere before a tap, then where it was meant."""
    for words, tap in ((SECRET, "📝 Interne Notiz"), ("Ich rufe an.", "An den Betrieb senden")):
        await bot.lotse.presses("📝 Notiz", message=card_of(bot.lotse))
        await bot.quiet()
        await bot.lotse.says(words, reply_to=card)
        await bot.quiet()
        assert "interne Notiz" in bot.lotse.last.text
        assert keys(bot.lotse.last)[:2] == [["📝 Interne Notiz"], ["An den Betrieb senden"]]
        assert "Ich rufe an." not in bot.employer.last.text
        await bot.lotse.presses(tap)
        await bot.quiet()
    assert SECRET in card_of(bot.lotse).text
    assert "Ich rufe an." not in card_of(bot.lotse).text
    assert bot.employer.last.text.endswith("Ich rufe an.")
    assert not employer_knows(bot)


async def test_by_command(bot: Bot, card: int) -> None:
    """As a reply, with the number, or about the only case; without text all are shown; an edit changes the note."""
    sent = await bot.lotse.says(f"/notiz {SECRET}", reply_to=card)
    await bot.quiet()
    await bot.lotse.says("/notiz test0001 zweite Notiz")
    await bot.lotse.says("/notiz dritte Notiz")
    await bot.quiet()
    for number in range(3):
        await bot.lotse.says(f"/notiz weitere {number}")
    await bot.quiet()
    assert "und 3 ältere" in card_of(bot.lotse).text
    await bot.lotse.edits(sent, f"/notiz {SECRET}, freundlich")
    await bot.quiet()
    assert bot.lotse.last.text == "📝 Notiz geändert."
    await bot.lotse.says("/notiz")
    await bot.quiet()
    shown = bot.lotse.last
    assert shown.protected
    for text in (f"{SECRET}, freundlich", "zweite Notiz", "dritte Notiz", "weitere 2"):
        assert text in shown.text
    assert not employer_knows(bot)
    assert all("Notiz" not in message.text for message in bot.employer.received)


async def test_without_a_clear_case_nothing_is_kept(bot: Bot, card: int) -> None:
    """Two cases: the bot does not guess. A number of nobody, an employer: refused."""
    await open_case(bot, "Noch eine Frage")
    await bot.lotse.says(f"/notiz {SECRET}")
    await bot.quiet()
    assert "So geht es" in bot.lotse.last.text
    await bot.lotse.says("/notiz TEST0002")
    await bot.quiet()
    assert bot.lotse.last.text == "Zum Fall TEST0002 gibt es keine Notiz."
    await bot.employer.says(f"/notiz TEST0001 {SECRET}")
    await bot.quiet()
    assert "für verbundene Lotsinnen und Lotsen" in bot.employer.last.text


async def test_colleagues_and_the_coordinator(bot: Bot, card: int) -> None:
    """/fall shows the card to the district without notes; who coordinates the Land sees them and may write one."""
    colleague, coordinator = bot.telegram.user("Dora", id=900_010), bot.telegram.user("Koko", id=900_011)
    await bot.link(IHK_KOELN, colleague)
    await bot.link("WL013", coordinator)
    await bot.lotse.says(f"/notiz {SECRET}", reply_to=card)
    await bot.quiet()
    await colleague.says("/fall TEST0001")
    await coordinator.says("/fall TEST0001")
    await bot.quiet()
    assert "Was bedeutet 3+2?" in colleague.last.text
    assert SECRET not in colleague.last.text
    assert SECRET in coordinator.last.text
    await colleague.says("/notiz TEST0001 Neugier")
    await coordinator.says("/notiz TEST0001 Bitte beeilen")
    await bot.quiet()
    assert colleague.last.text == "Diesen Fall gibt es für Sie nicht."
    assert "Bitte beeilen" in card_of(bot.lotse).text
    await colleague.says("/notiz TEST0001")
    await bot.quiet()
    assert colleague.last.text == "Diesen Fall gibt es für Sie nicht."


async def test_access_and_erasure(bot: Bot, card: int) -> None:
    """The writer is shown the note, the employer that there is one and whom to ask; with the case it is gone."""
    await bot.lotse.says(f"/notiz {SECRET}", reply_to=card)
    await bot.quiet()
    mine = await bot.app.privacy.stored(ChatId(bot.lotse.id))
    assert mine["eigene_notizen"][0]["text"] == SECRET
    theirs = await bot.app.privacy.stored(ChatId(bot.employer.id))
    assert theirs["notizen_zu_ihren_faellen"]["anzahl"] == 1
    assert SECRET not in json.dumps(theirs, ensure_ascii=False)
    await bot.employer.says("/loeschen")
    await bot.quiet()
    await bot.employer.presses("Ja, alles löschen")
    await bot.quiet()
    assert await bot.app.linking._store.read.all("SELECT * FROM notes") == ()


async def test_the_newest_notes_are_shown_in_full(bot: Bot, card: int) -> None:
    """Long ones fit into one message, and the card stays one."""
    for number in range(4):
        await bot.lotse.says(f"/notiz {number} {'lang ' * 500}", reply_to=card)
    await bot.quiet()
    await bot.lotse.says("/notiz TEST0001")
    await bot.quiet()
    assert "📝" in bot.lotse.last.text
    assert ": 3 lang" in bot.lotse.last.text
    assert card_of(bot.lotse).id == card


async def test_the_coordinator_of_nothing(bot: Bot, card: int) -> None:
    """A Lotse elsewhere is refused like everybody."""
    far = bot.telegram.user("Fern", id=900_013)
    await bot.link("WL065", far)
    await far.says(f"/notiz TEST0001 {SECRET}")
    await bot.quiet()
    assert far.last.text == "Diesen Fall gibt es für Sie nicht."


async def test_a_former_lotse_changes_no_note(bot: Bot, card: int) -> None:
    """The case went to a colleague: what was written for the colleague stays, and the writer is told where the case is."""
    colleague = bot.telegram.user("Dora", id=900_010)
    await bot.link(IHK_KOELN, colleague)
    sent = await bot.lotse.says(f"/notiz {SECRET}", reply_to=card)
    await bot.quiet()
    await offers_to_colleague(bot)
    await colleague.presses("Übernehmen")
    await bot.quiet()
    await bot.lotse.edits(sent, "/notiz Alles bestens")
    await bot.quiet()
    assert "hat jetzt Willkommenslotsin IHK zu Köln (Muster)" in bot.lotse.last.text
    assert "bleibt dort, wie sie war" in bot.lotse.last.text
    assert SECRET in card_of(colleague).text
    assert "Alles bestens" not in card_of(colleague).text
