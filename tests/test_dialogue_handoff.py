"""Dialogues of two and three people: from the wish for a person to the Lotse's answer and the end of the case."""

import pytest

from tests.case_at_hand import asked_for_branch, live_case, open_case
from tests.conftest import HWK_KOELN, IHK_KOELN, LOTSE, Bot, keys

pytestmark = pytest.mark.wire


async def test_the_whole_story(bot: Bot) -> None:
    """Asked, handed over, taken, answered by reply, written back, closed; the employer is told at each step."""
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.employer.starts()
    await bot.employer.says("Was bedeutet 3+2?")
    await bot.quiet()
    await bot.employer.presses("👤 Das mit dem Lotsen klären")
    await bot.quiet()
    assert "Wo ist Ihr Betrieb?" in bot.employer.last.text
    await bot.employer.says("50667 Köln")
    await bot.quiet()
    assert "50667 Köln" in bot.employer.last.text
    await bot.employer.presses("🔧 Handwerk")
    await bot.quiet()
    preview = bot.employer.last.text
    assert "Willkommenslotsin HWK zu Köln (Muster)" in preview
    assert "Musterdaten" in preview
    assert "Was bedeutet 3+2?" in preview
    assert [message.text for message in bot.lotse.received][-1].startswith("✅ Sie sind jetzt")

    await bot.employer.presses("✅ Einverstanden, senden")
    await bot.quiet()
    assert "Fallnummer: TEST0001" in bot.employer.last.text
    card = bot.lotse.last
    assert card.text.startswith("🟡 Offen · Fall TEST0001\n📍 50667 Köln · Handwerk")
    assert "Was bedeutet 3+2?" in card.text
    assert "Schon gezeigt:\n• Was ist die 3+2-Regelung?" in card.text
    assert card.protected
    assert keys(card) == [["Übernehmen", "↪️ Abgeben"]]

    await bot.lotse.presses("Übernehmen")
    await bot.quiet()
    assert "hat Ihren Fall TEST0001 übernommen" in bot.employer.last.text
    assert bot.lotse.last.id == card.id
    assert bot.lotse.last.text.startswith("🔵 Übernommen")

    await bot.lotse.says("Gern. <Wann> passt es & wo?", reply_to=card.id)
    await bot.quiet()
    assert bot.employer.last.text.endswith("(Fall TEST0001):\n\nGern. <Wann> passt es & wo?")
    assert "Lotta" not in bot.employer.last.text

    await bot.employer.says("Morgen um zehn")
    await bot.quiet()
    assert "Betrieb in 50667 Köln (Fall TEST0001):\n\nMorgen um zehn" in bot.lotse.last.text
    assert "Anna" not in bot.lotse.last.text

    await bot.lotse.presses("Schließen", message=next(m for m in bot.lotse.received if m.id == card.id))
    await bot.quiet()
    await bot.lotse.presses("Ohne Wort schließen")
    await bot.quiet()
    assert "abgeschlossen" in bot.employer.last.text
    shown = next(m for m in bot.lotse.received if m.id == card.id)
    assert shown.text.startswith("⚪ Geschlossen")
    assert keys(shown) == []

    await bot.employer.says("eq dauer monate")
    await bot.quiet()
    assert bot.employer.last.text.startswith("Wie lange dauert eine EQ?")


async def test_a_restart_between_each_two_steps_changes_nothing(bot: Bot) -> None:
    """Dialogue, case and outbox are rows."""
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.restart()
    await bot.employer.starts()
    await bot.employer.says("Was bedeutet 3+2?")
    await bot.quiet()
    await bot.restart()
    await bot.employer.says("/lotse")
    await bot.quiet()
    await bot.restart()
    await bot.employer.says("Köln")
    await bot.quiet()
    await bot.restart()
    await bot.employer.presses("🔧 Handwerk")
    await bot.quiet()
    await bot.restart()
    await bot.employer.presses("✅ Einverstanden, senden")
    await bot.quiet()
    await bot.restart()
    await bot.lotse.presses("Übernehmen")
    await bot.quiet()
    await bot.restart()
    await bot.lotse.presses("Antworten")
    await bot.quiet()
    await bot.restart()
    await bot.lotse.says("Meine Antwort")
    await bot.quiet()

    assert bot.employer.last.text.endswith("Meine Antwort")


async def test_without_a_reachable_lotse_nothing_is_promised(bot: Bot) -> None:
    """Nobody is linked: the contact card with copy buttons, and the question is not passed on."""
    await bot.employer.starts()
    await bot.employer.says("Was bedeutet 3+2?")
    await bot.employer.says("/lotse")
    await bot.employer.says("50667")
    await bot.quiet()
    await bot.employer.presses("🏭 Industrie, Handel, Gastro, Dienstleistung")
    await bot.quiet()

    card = bot.employer.last
    assert "Willkommenslotsin IHK zu Köln (Muster)" in card.text
    assert "nicht weitergegeben" in card.text
    assert [button.copy for row in card.rows for button in row] == [
        "+49 30 23125 019",
        "willkommenslotsen@ihk-zu-koeln.example",
    ]


async def test_a_lotse_who_blocked_the_bot_is_not_promised(bot: Bot) -> None:
    """Blocked before: contact card at once. Blocked while the card is on its way: the employer is told the truth."""
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.employer.starts()
    await bot.employer.says("Was bedeutet 3+2?")
    await bot.employer.says("/lotse")
    await bot.employer.says("50667")
    await bot.quiet()
    await bot.employer.presses("🔧 Handwerk")
    await bot.quiet()
    preview = bot.employer.last
    await bot.lotse.blocks()
    await bot.quiet()
    await bot.employer.presses("✅ Einverstanden, senden", message=preview)
    await bot.quiet()

    assert "nicht weitergegeben" in bot.employer.last.text
    assert "willkommenslotsen@hwk-zu-koeln.example" in bot.employer.last.text


async def test_a_block_during_a_case_is_told(bot: Bot) -> None:
    """The Lotse blocks the bot in mid-case: the employer gets the contact. The employer blocks: the Lotse is told."""
    await live_case(bot)
    await bot.employer.blocks()
    await bot.lotse.says("Hallo?", reply_to=bot.lotse.last.id)
    await bot.quiet()
    assert "kam nicht an" in bot.lotse.last.text

    await bot.employer.unblocks()
    await bot.lotse.blocks()
    await bot.employer.says("Sind Sie noch da?")
    await bot.quiet()
    assert "in Telegram nicht erreichen" in bot.employer.last.text


async def test_unknown_branch_shows_both_chambers(bot: Bot) -> None:
    """Who does not know the branch sees both and picks."""
    await bot.link(IHK_KOELN, bot.lotse)
    await bot.employer.starts()
    await bot.employer.says("Was bedeutet 3+2?")
    await bot.employer.says("/lotse")
    await bot.employer.says("50667")
    await bot.quiet()
    await bot.employer.presses("Weiß ich nicht")
    await bot.quiet()
    assert {"IHK zu Köln"} <= {label for row in keys(bot.employer.last) for label in row}
    assert "HWK zu Köln" in bot.employer.last.text
    await bot.employer.presses("IHK zu Köln")
    await bot.quiet()

    assert "Das geht an:" in bot.employer.last.text


async def test_places_are_confirmed_when_not_exact(bot: Bot) -> None:
    """Typos, several places of a name, Länder, nonsense: a question each, never a silent guess."""
    await bot.employer.starts()
    await bot.employer.says("/lotse Frage an einen Menschen")
    await bot.quiet()
    for place, answer in (
        ("Wuppertall", "Meinten Sie"),
        ("Frankfurt", "Diesen Ort gibt es mehrmals."),
        ("Bayern", "Bayern ist groß."),
        ("Wien", "kenne ich nicht"),
        ("00000", "gibt es nicht"),
        ("xyzxyz", "kenne ich nicht"),
    ):
        await bot.employer.says(place)
        await bot.quiet()
        assert answer in bot.employer.last.text, place
    await bot.employer.says("Frankfurt")
    await bot.quiet()
    label = keys(bot.employer.last)[0][0]
    await bot.employer.presses(label)
    await bot.quiet()
    assert "Welcher Bereich" in bot.employer.last.text
    await bot.employer.presses("Anderer Ort")
    await bot.quiet()
    assert "Wo ist Ihr Betrieb?" in bot.employer.last.text


async def test_a_draft_can_be_changed_and_cancelled(bot: Bot) -> None:
    """The text can be rewritten at the preview; cancelling sends nothing; old buttons then say so."""
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.employer.starts()
    await bot.employer.says("/lotse")
    await bot.quiet()
    assert "Worum geht es?" in bot.employer.last.text
    await bot.employer.says("Erster Text")
    await bot.employer.says("50667")
    await bot.quiet()
    await bot.employer.presses("🔧 Handwerk")
    await bot.quiet()
    await bot.employer.says("einfach so getippt")
    await bot.quiet()
    assert "Erster Text\neinfach so getippt" in bot.employer.last.text
    await bot.employer.presses("✏️ Text ändern")
    await bot.employer.says("Zweiter Text")
    await bot.quiet()
    assert "Zweiter Text" in bot.employer.last.text
    assert "Erster Text" not in bot.employer.last.text
    preview = bot.employer.last
    await bot.employer.says("/abbrechen")
    await bot.quiet()
    assert "Es wurde nichts gesendet" in bot.employer.last.text
    await bot.employer.presses("✅ Einverstanden, senden", message=preview)
    await bot.quiet()
    assert "abgelaufen" in bot.employer.alerts[-1]
    assert bot.lotse.last.text.startswith("✅ Sie sind jetzt")


async def test_the_place_is_remembered(bot: Bot) -> None:
    """The second handoff offers the place of the first."""
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot)
    await bot.employer.says("/lotse Noch eine Frage")
    await bot.quiet()
    assert "50667 Köln" in bot.employer.last.text
    await bot.employer.presses("Ja, 50667 Köln")
    await bot.quiet()
    await bot.employer.presses("🔧 Handwerk")
    await bot.quiet()
    await bot.employer.presses("✅ Einverstanden, senden")
    await bot.quiet()
    assert "Fall TEST0002" in bot.lotse.last.text


async def test_plain_text_of_a_lotse_with_cases_asks_which(bot: Bot) -> None:
    """Nothing is guessed: the Lotse says which case; a question to the bot is possible too."""
    await live_case(bot)
    before = len(bot.employer.received)
    await bot.lotse.says("Das ist meine Antwort")
    await bot.quiet()
    assert len(bot.employer.received) == before
    assert keys(bot.lotse.last) == [
        ["Fall TEST0001 · 50667 Köln"],
        ["Das ist eine Frage an den Bot"],
        ["Abbrechen"],
    ]
    await bot.lotse.presses("Fall TEST0001 · 50667 Köln")
    await bot.quiet()
    assert bot.employer.last.text.endswith("Das ist meine Antwort")

    await bot.lotse.says("eq dauer monate")
    await bot.quiet()
    await bot.lotse.presses("Das ist eine Frage an den Bot")
    await bot.quiet()
    assert bot.lotse.last.text.startswith("Wie lange dauert eine EQ?")


async def test_a_stranger_cannot_touch_a_case(bot: Bot) -> None:
    """Forged callback data of somebody else's case: taking, answering, closing and sending are refused."""
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot)
    stranger = bot.telegram.user("Fremd", id=666)
    await stranger.starts()
    await bot.quiet()
    message = stranger.last
    for data in ("1:k:1", "1:a:1", "1:c:1", "1:C:1", "1:w:1", "1:y:1", "1:z:1"):
        bot.telegram.inject(
            {
                "callback_query": {
                    "id": f"forged{data}",
                    "from": {"id": 666, "is_bot": False, "first_name": "Fremd"},
                    "message": message.wire,
                    "chat_instance": "1",
                    "data": data,
                }
            }
        )
    await bot.telegram.idle()
    assert bot.lotse.last.text.startswith("🟡 Offen")
    assert "übernommen" not in bot.employer.last.text
    bot.telegram.journal.violations.clear()  # answers to presses that the stand-in never saw


async def test_a_repeated_update_opens_one_case(bot: Bot) -> None:
    """Telegram repeats the press on "senden": one case, one card."""
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot)
    bot.telegram.redeliver()
    await bot.quiet()

    assert sum("Fall TEST" in message.text for message in bot.lotse.received) == 1


async def test_long_words_arrive_whole(bot: Bot) -> None:
    """What is longer than one message of ours is carried in several, in order, nothing lost."""
    await live_case(bot)
    words = " ".join(f"zahl{number}" for number in range(480))
    await bot.lotse.says(words, reply_to=bot.lotse.last.id)
    await bot.quiet()

    arrived = "".join(m.text.partition("\n\n")[2] + " " for m in bot.employer.received if "zahl" in m.text)
    assert arrived.split() == words.split()


@pytest.mark.parametrize("who", ["employer", "lotse"])
async def test_after_the_end_words_are_not_carried(bot: Bot, who: str) -> None:
    """A reply to a message of a closed case says that it is closed."""
    await live_case(bot)
    await bot.lotse.says("Antwort", reply_to=bot.lotse.last.id)
    await bot.quiet()
    words = bot.employer.last
    await bot.employer.says("Danke", reply_to=words.id)
    await bot.quiet()
    await bot.employer.presses("Fall beenden")
    await bot.quiet()
    assert "hat den Fall TEST0001 beendet" in bot.lotse.last.text
    person, message = (bot.employer, words) if who == "employer" else (bot.lotse, bot.lotse.received[-2])
    await person.says("noch etwas", reply_to=message.id)
    await bot.quiet()

    assert "nicht weitergegeben" in person.last.text


async def test_the_lotse_chat_is_known_by_its_link_only(bot: Bot) -> None:
    """After /entkoppeln the former Lotse can no longer answer for the case."""
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot)
    card = bot.lotse.last
    await bot.lotse.says("/entkoppeln")
    await bot.quiet()
    await bot.lotse.says("Antwort", reply_to=card.id)
    await bot.quiet()

    assert "gibt es für Sie nicht" in bot.lotse.last.text
    assert bot.lotse.id == LOTSE


async def test_outside_office_hours_it_is_said(bot: Bot) -> None:
    """At night the employer learns when the Lotse's office hours begin again."""
    await bot.link(HWK_KOELN, bot.lotse)
    bot.clock.wind(hours=12)
    await open_case(bot)

    assert "keine Sprechzeit; sie beginnt wieder am 02.09.2026, 09:00 Uhr" in bot.employer.last.text


async def test_status_tells_where_each_case_stands(bot: Bot) -> None:
    """None, open, taken, several; each can be withdrawn, and the Lotse is told."""
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.employer.starts()
    await bot.employer.says("/status")
    await bot.quiet()
    assert "keinen offenen Fall" in bot.employer.last.text
    await open_case(bot)
    await bot.employer.says("/status")
    await bot.quiet()
    assert "TEST0001 · 🟡 gesendet, noch nicht übernommen" in bot.employer.last.text
    await bot.lotse.presses("Übernehmen")
    await bot.quiet()
    await bot.employer.says("/status")
    await bot.quiet()
    assert "TEST0001 · 🔵 übernommen" in bot.employer.last.text
    await bot.employer.presses("Fall TEST0001 beenden")
    await bot.quiet()
    assert "abgeschlossen" in bot.employer.last.text
    assert "hat den Fall TEST0001 beendet" in bot.lotse.last.text


@pytest.mark.parametrize(
    ("typed", "who", "named"),
    [("wir sind eine Bäckerei", HWK_KOELN, "HWK zu Köln"), ("Hotel", IHK_KOELN, "IHK zu Köln")],
)
async def test_a_branch_can_be_typed(bot: Bot, typed: str, who: str, named: str) -> None:
    """Who types the trade instead of pressing a button comes to the same preview; consent is asked as ever."""
    await bot.link(who, bot.lotse)
    await asked_for_branch(bot)
    await bot.employer.says(typed)
    await bot.quiet()
    assert named in bot.employer.last.text
    assert "✅ Einverstanden, senden" in bot.employer.last.labels


async def test_a_trade_of_no_one_branch_is_asked_by_buttons(bot: Bot) -> None:
    """A hotel with a bakery, or words that name no trade: the buttons stay."""
    await bot.link(HWK_KOELN, bot.lotse)
    await asked_for_branch(bot)
    urgent = "Die Polizei holt ihn gerade aus der Bäckerei ab, er wird abgeschoben"
    for typed in ("Hotel mit Bäckerei", "kein Handwerk", "ja", urgent):
        await bot.employer.says(typed)
        await bot.quiet()
        assert bot.employer.last.text.startswith("Bitte wählen Sie einen der Knöpfe oben")
