"""A case changes hands: offered with a note, accepted, declined, called back, lapsed; always one who has it."""

import pytest

from bot.demo import Person
from bot.demo.faults import Blocked, TooManyRequests
from bot.demo.seen import Seen
from bot.model import ChatId
from bot.tables import chats
from tests.case_at_hand import card_of, later, open_case, takes
from tests.conftest import IHK_KOELN, Bot, keys

IHK_BONN = "WL018"
A, B = "Willkommenslotsin HWK zu Köln (Muster)", "Willkommenslotsin IHK zu Köln (Muster)"


@pytest.fixture
async def colleague(bot: Bot, deputy: Person) -> Person:
    """A Lotse and a colleague from the other chamber of the town; the Lotse has taken a case."""
    await open_case(bot)
    await takes(bot)
    return deputy


async def asks_colleague(bot: Bot, *, message: Seen | None = None) -> None:
    """The Lotse picks the colleague; the note is awaited."""
    await bot.lotse.presses("↪️ Abgeben", message=message or card_of(bot.lotse))
    await bot.quiet()
    label = next(row[0] for row in keys(bot.lotse.last) if row[0].startswith("Willkommenslotsin IHK zu"))
    await bot.lotse.presses(label)
    await bot.quiet()


async def offers(bot: Bot, note: str = "") -> None:
    """The whole offer."""
    await asks_colleague(bot)
    if note:
        await bot.lotse.says(note)
    else:
        await bot.lotse.presses("Ohne Notiz anbieten")
    await bot.quiet()


async def test_offered_with_a_note_and_accepted(bot: Bot, colleague: Person) -> None:
    """The employer hears one sentence at the end and nothing before; words then go to the new Lotse only."""
    told = len(bot.employer.received)
    await offers(bot, "Ist eigentlich ein Handelsbetrieb.")
    assert f"ist {B} angeboten" in bot.lotse.last.text
    assert f"{B} angeboten bis" in card_of(bot.lotse).text
    assert colleague.last.text.startswith(f"↪️ {A} möchte Ihnen einen Fall übergeben")
    assert "Was bedeutet 3+2?" in colleague.last.text
    assert "Ist eigentlich ein Handelsbetrieb." in colleague.last.text
    assert colleague.last.protected
    assert keys(colleague.last) == [["Übernehmen", "Ablehnen"]]
    assert len(bot.employer.received) == told

    await bot.employer.says("Sind Sie noch da?")
    await bot.quiet()
    assert "Sind Sie noch da?" in bot.lotse.last.text
    assert "Sind Sie noch da?" not in colleague.last.text

    told = len(bot.employer.received)
    offer = colleague.last
    await colleague.presses("Übernehmen", message=offer)
    await bot.quiet()
    assert len(bot.employer.received) == told + 1
    assert bot.employer.last.text.startswith(f"👤 {B}")
    assert f"hat Ihren Fall TEST0001 von {A}" in bot.employer.last.text
    assert card_of(colleague).text.startswith("🔵 Übernommen von")
    assert "Ist eigentlich ein Handelsbetrieb." in card_of(colleague).text
    assert "Sie haben den Fall TEST0001 übernommen" in next(
        m.text for m in colleague.received if m.id == offer.id
    )
    assert f"{B} hat den Fall TEST0001 übernommen" in bot.lotse.last.text

    await bot.employer.says("Guten Tag")
    await bot.quiet()
    assert "Guten Tag" in colleague.last.text
    assert "Guten Tag" not in bot.lotse.last.text


async def test_replies_of_the_former_lotse_reach_nobody(bot: Bot, colleague: Person) -> None:
    """By reply, after „Antworten“ pressed before, a photo, an edit: told kindly who has it, the employer hears nothing."""
    card = card_of(bot.lotse)
    said = await bot.lotse.says("Ich schaue nach.", reply_to=card.id)
    await bot.quiet()
    await bot.lotse.presses("Antworten", message=card_of(bot.lotse))
    await bot.quiet()
    await offers(bot)
    await bot.lotse.presses("Antworten", message=card_of(bot.lotse))
    await bot.quiet()
    await colleague.presses("Übernehmen")
    await bot.quiet()
    told = [m.text for m in bot.employer.received]
    await bot.lotse.says("Noch von mir")
    await bot.quiet()
    assert f"Den Fall TEST0001 hat jetzt {B}" in bot.lotse.last.text
    await bot.lotse.says("Noch einmal", reply_to=card.id)
    await bot.quiet()
    assert "ging nicht an den Betrieb" in bot.lotse.last.text
    await bot.lotse.sends_photo(reply_to=card.id)
    await bot.quiet()
    assert "ging nicht an den Betrieb" in bot.lotse.last.text
    await bot.lotse.edits(said, "Ich schaue doch nicht nach.")
    await bot.quiet()
    assert "ging nicht an den Betrieb" in bot.lotse.last.text
    assert [m.text for m in bot.employer.received] == told
    shown = next(m for m in bot.lotse.received if m.id == card.id)
    assert shown.text.startswith(f"↪️ Weitergegeben an {B}")
    assert "geht nicht mehr an den Betrieb" in shown.text
    assert keys(shown) == []


async def test_declined_goes_back(bot: Bot, colleague: Person) -> None:
    """The sender is told and has it still; the employer never knew."""
    told = len(bot.employer.received)
    await offers(bot)
    offer = colleague.last
    await colleague.says("Was ist das?", reply_to=offer.id)
    await bot.quiet()
    assert "noch bei Willkommenslotsin HWK zu Köln" in colleague.last.text
    await colleague.presses("Ablehnen", message=offer)
    await bot.quiet()
    assert f"{B} kann den Fall TEST0001" in bot.lotse.last.text
    assert "bleibt bei" in next(m.text for m in colleague.received if m.id == offer.id)
    assert ["📝 Notiz", "↪️ Abgeben"] in keys(card_of(bot.lotse))
    await colleague.forges_press("1:xa:1", offer)
    await bot.quiet()
    assert "gilt nicht mehr" in colleague.alerts[-1]
    assert len(bot.employer.received) == told
    await bot.lotse.says("Ich bin noch da", reply_to=card_of(bot.lotse).id)
    await bot.quiet()
    assert bot.employer.last.text.endswith("Ich bin noch da")


async def test_called_back(bot: Bot, colleague: Person) -> None:
    """The offer says so; after a restart too; it can be made again."""
    await offers(bot)
    offer = colleague.last
    await bot.restart()
    await bot.lotse.presses("Angebot zurückziehen", message=card_of(bot.lotse))
    await bot.quiet()
    gone = next(m for m in colleague.received if m.id == offer.id)
    assert "gilt nicht mehr" in gone.text
    assert keys(gone) == []
    await offers(bot, "Bitte doch")
    await colleague.presses("Übernehmen")
    await bot.quiet()
    assert card_of(colleague).text.startswith("🔵 Übernommen von")


async def test_accepted_and_called_back_at_once(bot: Bot, colleague: Person) -> None:
    """Both press before the bot has answered either: one wins, and both are told the truth."""
    await offers(bot)
    offer = colleague.last
    await colleague.presses("Übernehmen", message=offer)
    await bot.lotse.presses("Angebot zurückziehen", message=card_of(bot.lotse))
    await bot.quiet()
    taken = [m for m in bot.employer.received if "übernommen und antwortet" in m.text]
    if "Sie haben den Fall" in next(m.text for m in colleague.received if m.id == offer.id):
        assert "von" in taken[-1].text
        assert bot.lotse.alerts
    else:
        assert len(taken) == 1
        assert colleague.alerts
    rows = await bot.app.linking._store.read.all("SELECT lotse, offered_to, state FROM cases")
    assert [(row["offered_to"], row["state"]) for row in rows] == [("", "taken")]


async def test_nobody_answers_the_offer(bot: Bot, colleague: Person) -> None:
    """After the working hours a Lotse has for a new case it is over: the sender is reminded who has it."""
    await offers(bot)
    offer = colleague.last
    bot.clock.wind(hours=3.9)
    await bot.app.transfers.lapse()
    await bot.quiet()
    assert "angeboten bis" in card_of(bot.lotse).text
    bot.clock.wind(hours=24)
    for _ in range(2):
        await bot.app.transfers.lapse()
    await bot.quiet()
    assert sum("nicht rechtzeitig" in m.text for m in bot.lotse.received) == 1
    assert "nicht rechtzeitig übernommen" in bot.lotse.last.text
    assert "gilt nicht mehr" in next(m.text for m in colleague.received if m.id == offer.id)
    assert ["📝 Notiz", "↪️ Abgeben"] in keys(card_of(bot.lotse))


async def test_the_colleague_cannot_be_reached(bot: Bot, colleague: Person) -> None:
    """Blocked before the offer arrives, or known to be: the sender is told and has it still."""
    await asks_colleague(bot)
    # As if blocked while the bot was down: it learns it from the refusal.
    bot.telegram.faults.add(Blocked(), method="sendMessage", chat=colleague.id)
    await bot.lotse.presses("Ohne Notiz anbieten")
    await bot.quiet()
    assert "in Telegram nicht erreichbar" in bot.lotse.last.text
    assert "angeboten" not in card_of(bot.lotse).text
    await bot.lotse.presses("↪️ Abgeben", message=card_of(bot.lotse))
    await bot.quiet()
    assert "gerade niemand sonst in Telegram verbunden" in bot.lotse.last.text


async def test_before_it_is_taken(bot: Bot, colleague: Person) -> None:
    """A case of the wrong chamber is handed over unread: the employer hears of the one who takes it, and nobody else."""
    await open_case(bot, "Noch eine Frage")
    await asks_colleague(bot)
    await bot.lotse.presses("Ohne Notiz anbieten")
    await bot.quiet()
    await later(bot, hours=1)
    await colleague.says("/faelle")
    await bot.quiet()
    assert "Ihnen angeboten: 1" in colleague.last.text
    await colleague.presses("Übernehmen: TEST0002")
    await bot.quiet()
    assert bot.employer.last.text.startswith(f"👤 {B}")
    assert "hat Ihren Fall TEST0002 übernommen" in bot.employer.last.text
    assert card_of(colleague).text.startswith("🔵 Übernommen von")


async def test_to_another_chamber(bot: Bot, colleague: Person) -> None:
    """By its name or a postcode; who is not linked is named with a contact, never offered."""
    bonn = bot.telegram.user("Bo", id=900_012)
    await bot.link(IHK_BONN, bonn)
    await bot.lotse.presses("↪️ Abgeben", message=card_of(bot.lotse))
    await bot.quiet()
    await bot.lotse.presses("🔎 Andere Kammer oder Person")
    await bot.quiet()
    await bot.lotse.says("Hinterdupfing")
    await bot.quiet()
    assert "finde ich niemanden" in bot.lotse.last.text
    await bot.lotse.says("Berlin")
    await bot.quiet()
    assert "nicht erreichbar" in bot.lotse.last.text
    assert keys(bot.lotse.last) == [["Abbrechen"]]
    await bot.lotse.says("53111", reply_to=bot.lotse.last.id)
    await bot.quiet()
    assert keys(bot.lotse.last)[0][0].startswith("Willkommenslotse IHK Bonn")
    await bot.lotse.says("ihk bonn")
    await bot.quiet()
    await bot.lotse.presses(keys(bot.lotse.last)[0][0])
    await bot.quiet()
    await bot.lotse.says("Der Betrieb zieht nach Bonn.")
    await bot.quiet()
    assert "Der Betrieb zieht nach Bonn." in bonn.last.text
    await bonn.presses("Übernehmen")
    await bot.quiet()
    assert "IHK Bonn" in bot.employer.last.text
    assert colleague.last.text.startswith("✅")


async def test_a_step_can_be_stopped(bot: Bot, colleague: Person) -> None:
    """„Abbrechen“: nothing is offered, and the next text is no note."""
    await asks_colleague(bot)
    await bot.lotse.presses("Abbrechen")
    await bot.quiet()
    await bot.lotse.says("Und jetzt?")
    await bot.quiet()
    assert bot.lotse.last.text == "Zu welchem Fall gehört diese Nachricht?"
    assert colleague.last.text.startswith("✅")


async def test_every_button_that_led_to_a_step_stops_it(bot: Bot, colleague: Person) -> None:
    """A colleague was found by a search: „Abbrechen“ under the question before ends the note; where nothing ends, nothing is said to."""
    await bot.lotse.presses("↪️ Abgeben", message=card_of(bot.lotse))
    await bot.quiet()
    menu = asked = bot.lotse.last
    for search in ("ihk köln", "IHK Köln"):
        await bot.lotse.presses("🔎 Andere Kammer oder Person", message=menu)
        await bot.quiet()
        asked = bot.lotse.last
        await bot.lotse.says(search)
        await bot.quiet()
        await bot.lotse.presses(keys(bot.lotse.last)[0][0], message=bot.lotse.last)
        await bot.quiet()
        if search == "ihk köln":
            await bot.lotse.presses("Abbrechen", message=asked)
            await bot.quiet()
            assert "abgebrochen" in next(m.text for m in bot.lotse.received if m.id == asked.id)
            await bot.lotse.says("Und jetzt?")
            await bot.quiet()
            assert bot.lotse.last.text == "Zu welchem Fall gehört diese Nachricht?"
    await bot.lotse.presses("Ohne Notiz anbieten", message=bot.lotse.last)
    await bot.quiet()
    assert keys(colleague.last) == [["Übernehmen", "Ablehnen"]]
    await bot.lotse.presses("Abbrechen", message=asked)
    await bot.quiet()
    assert "abgebrochen" not in next(m.text for m in bot.lotse.received if m.id == asked.id)


async def test_closing_ends_an_offer(bot: Bot, colleague: Person) -> None:
    """By the employer too; whoever is offered the case cannot take it any more."""
    await offers(bot)
    offer = colleague.last
    await bot.employer.says("/status")
    await bot.quiet()
    await bot.employer.presses("Fall TEST0001 beenden")
    await bot.quiet()
    assert "gilt nicht mehr" in next(m.text for m in colleague.received if m.id == offer.id)
    await colleague.forges_press("1:xa:1", offer)
    await bot.quiet()
    assert "gilt nicht mehr" in colleague.alerts[-1]


async def test_two_offers_of_one_case(bot: Bot, colleague: Person) -> None:
    """An old choice of colleagues offers nothing twice."""
    await asks_colleague(bot)
    prompt = bot.lotse.last
    await bot.lotse.presses("Ohne Notiz anbieten")
    await bot.quiet()
    offered = len(colleague.received)
    await bot.lotse.forges_press(f"1:xp:1:{IHK_KOELN}", prompt)
    await bot.quiet()
    assert "schon jemandem angeboten" in bot.lotse.alerts[-1]
    assert len(colleague.received) == offered


async def test_steps_of_a_case_that_is_somebody_elses_by_now(bot: Bot, colleague: Person) -> None:
    """A note, a search and buttons that were left open: refused in words, nobody reached, nothing offered."""
    await offers(bot)
    offer, card = colleague.last, card_of(bot.lotse)
    await colleague.presses("Übernehmen", message=offer)
    await bot.quiet()
    told = [m.text for m in bot.employer.received]
    store = bot.app.linking._store
    for kind, data in (
        ("note", {"case": 1}),
        ("last-word", {"case": 1}),
        ("transfer-search", {"case": 1}),
        ("transfer-note", {"case": 1, "to": IHK_BONN}),
    ):
        await store.append(chats.dialog_saved(store.vault, ChatId(bot.lotse.id), kind, data, 2**41))
        await bot.lotse.says("Zu spät")
        await bot.quiet()
        assert f"Den Fall TEST0001 hat jetzt {B}" in bot.lotse.last.text, kind
    for press in ("1:xn:1", "1:xl:1", "1:xt:1", "1:xr:1"):
        await bot.lotse.forges_press(press, card)
        await bot.quiet()
        assert "gibt es für Sie nicht" in bot.lotse.alerts[-1]
    for press in ("1:xd:1", "1:xa:1"):
        await bot.lotse.forges_press(press, card)
        await bot.quiet()
        assert "gilt nicht mehr" in bot.lotse.alerts[-1]
    assert [m.text for m in bot.employer.received] == told
    assert "Zu spät" not in "".join(m.text for m in colleague.received)
    rows = await store.read.all("SELECT lotse, offered_to FROM cases")
    assert [(row["lotse"], row["offered_to"]) for row in rows] == [(IHK_KOELN, "")]


async def test_an_offer_to_a_chat_that_is_nobodys_any_more(bot: Bot, colleague: Person) -> None:
    """It waited, and meanwhile somebody else is the colleague: whoever was does not read it, the sender is told."""
    bot.telegram.faults.add(TooManyRequests(3600), chat=colleague.id, text="möchte Ihnen")
    await offers(bot, "Ist eigentlich ein Handelsbetrieb.")
    await colleague.says("/entkoppeln")
    await bot.quiet()
    await bot.link(IHK_KOELN, bot.telegram.user("Emil", id=900_011))
    await later(bot, hours=1.1)
    assert not any("möchte Ihnen einen Fall" in m.text for m in colleague.received)
    assert "in Telegram nicht erreichbar" in bot.lotse.last.text
    assert "angeboten" not in card_of(bot.lotse).text
