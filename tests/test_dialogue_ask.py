"""Dialogues: an employer asks and browses."""

import pytest

from tests.conftest import Bot, keys

pytestmark = pytest.mark.wire


async def test_a_stored_phrasing_is_answered_word_for_word(bot: Bot) -> None:
    """The curated text with title, folded details, legal basis, source, date, related questions and the Lotse."""
    await bot.employer.starts()
    await bot.employer.says("duldung ausbildung erlaubt")
    await bot.quiet()

    answer = bot.employer.last
    assert answer.text.startswith(
        "Darf ich eine Person mit Duldung ausbilden?\nJa, wenn die Ausländerbehörde die Beschäftigung erlaubt.\n"
    )
    assert "Mehr dazu\n• Zuerst die Erlaubnis" in answer.text
    assert "📖 § 60c AufenthG\n🔗 § 60c AufenthG\n🗓 Stand 08/2026" in answer.text
    assert keys(bot.employer.last) == [
        ["Was ist die 3+2-Regelung?"],
        ["Wie viel Zuschuss gibt es für eine EQ?"],
        ["👍 Hat geholfen", "👎 Nein"],
        ["👤 Mit dem Lotsen sprechen"],
    ]


async def test_start_offers_three_questions(bot: Bot) -> None:
    """/start greets, says what the bot is, and its examples can be pressed."""
    await bot.employer.starts()
    await bot.quiet()

    assert "keine Rechtsberatung" in bot.employer.last.text
    await bot.employer.presses("Was ist die 3+2-Regelung?")
    await bot.quiet()
    assert bot.employer.last.text.startswith("Was ist die 3+2-Regelung?")


async def test_a_person_comes_first_where_the_editors_say_so(bot: Bot) -> None:
    """hand_over, unverified and overdue entries put the Lotse's button first and say why."""
    await bot.employer.starts()
    for question, notice in (
        ("Was bedeutet 3+2?", "Gilt für Bayern: Bitte fragen Sie die Regierung."),
        ("Wann gilt die Identität als geklärt?", "Bitte vor Ort prüfen: Die Fristen unterscheiden sich"),
        ("eq zuschuss höhe", "sollte bis 31.08.2026 geprüft werden"),
    ):
        await bot.employer.says(question)
        await bot.quiet()
        assert notice in bot.employer.last.text
        assert keys(bot.employer.last)[0] == ["👤 Das mit dem Lotsen klären"]


async def test_what_fits_nothing_is_offered_to_the_lotse(bot: Bot) -> None:
    """No guess: an honest sentence and a way to a person."""
    await bot.employer.starts()
    await bot.employer.says("Wie kocht man eigentlich Spaghetti Carbonara richtig?")
    await bot.quiet()

    assert "keine geprüfte Antwort" in bot.employer.last.text
    assert ["👤 Mit dem Lotsen sprechen"] in keys(bot.employer.last)


async def test_small_talk_starts_no_search(bot: Bot) -> None:
    """Greetings and thanks get a short answer without buttons."""
    await bot.employer.starts()
    for words, answer in (
        ("Hallo!", "Guten Tag!"),
        ("Vielen Dank", "Gern geschehen!"),
        ("Bist du ein Roboter?", "Ich bin ein Programm"),
    ):
        await bot.employer.says(words)
        await bot.quiet()
        assert bot.employer.last.text.startswith(answer)
        assert keys(bot.employer.last) == []


async def test_the_menu_is_edited_in_place(bot: Bot) -> None:
    """Topics, pages, an entry and back again: one message."""
    await bot.employer.starts()
    await bot.employer.says("/themen")
    await bot.quiet()
    menu = bot.employer.last.id
    steps = [
        ("Alltag im Betrieb", "1. Was gilt bei Berufsschule?"),
        ("nächste ›", "9. Was gilt bei Krankmeldung?"),
        ("9", "Was gilt bei Krankmeldung?"),
        ("‹ Zurück", "9. Was gilt bei Krankmeldung?"),
        ("‹ vorige", "1. Was gilt bei Berufsschule?"),
        ("‹ Zurück", "Themen"),
    ]
    for label, text in steps:
        await bot.employer.presses(label)
        await bot.quiet()
        assert bot.employer.last.id == menu
        assert text in bot.employer.last.text


async def test_search_lists_entries(bot: Bot) -> None:
    """/suche with a word, or with the word in the next message; pressing a number answers."""
    await bot.employer.starts()
    await bot.employer.says("/suche Probezeit")
    await bot.quiet()
    assert "1. Was gilt bei Probezeit?" in bot.employer.last.text

    await bot.employer.says("/suche")
    await bot.employer.says("Zeugnis")
    await bot.quiet()
    assert "1. Was gilt bei Zeugnis?" in bot.employer.last.text
    await bot.employer.presses("1")
    await bot.quiet()
    assert bot.employer.last.text.startswith("Was gilt bei Zeugnis?")


async def test_buttons_work_after_a_restart(bot: Bot) -> None:
    """A new process knows what an old button means."""
    await bot.employer.starts()
    await bot.employer.says("duldung ausbildung erlaubt")
    await bot.quiet()
    await bot.restart()
    await bot.employer.presses("Wie viel Zuschuss gibt es für eine EQ?")
    await bot.quiet()

    assert "276 Euro" in bot.employer.last.text


async def test_a_button_whose_entry_is_gone_says_so(bot: Bot) -> None:
    """After a reload that removed the entry: an alert in kind words, no error."""
    await bot.employer.starts()
    await bot.employer.says("duldung ausbildung erlaubt")
    await bot.quiet()
    assert bot.settings.knowledge_dir is not None
    folder = bot.settings.knowledge_dir / "faq"
    (folder / "t05-eq.yaml").unlink()
    file = folder / "t01-duldung.yaml"
    file.write_text(file.read_text().replace("  - eq-zuschuss\n", ""))
    await bot.admin.starts()
    await bot.reloads()
    assert "Entfernt (2): eq-zuschuss, eq-dauer" in bot.admin.received[-2].text

    await bot.employer.presses("Wie viel Zuschuss gibt es für eine EQ?")
    await bot.quiet()
    assert "gibt es nicht mehr" in bot.employer.alerts[-1]


async def test_rating_counts_once_and_offers_help(bot: Bot) -> None:
    """👍 thanks, 👎 offers the Lotse; a second press of the same message does not count."""
    await bot.employer.starts()
    await bot.employer.says("eq dauer monate")
    await bot.quiet()
    answer = bot.employer.last
    await bot.employer.presses("👍 Hat geholfen", message=answer)
    await bot.employer.presses("👎 Nein", message=answer)
    await bot.quiet()

    assert bot.employer.alerts == ["Danke, das freut uns!", "Danke für die Rückmeldung."]
    assert bot.employer.last.text.startswith("Schade.")


@pytest.mark.parametrize("command", ["/hilfe", "/help"])
async def test_help(bot: Bot, command: str) -> None:
    """What the bot can do, the notice of the region data; for admins their commands too."""
    await bot.employer.starts()
    await bot.employer.says(command)
    await bot.admin.starts()
    await bot.admin.says(command)
    await bot.quiet()

    assert "OpenStreetMap-Mitwirkende" in bot.employer.last.text
    assert "/reload" not in bot.employer.last.text
    assert "/reload" in bot.admin.last.text


async def test_what_is_not_text_gets_an_honest_answer(bot: Bot) -> None:
    """Photos, voice, stickers, edits, unknown commands: one sentence each, never silence."""
    await bot.employer.starts()
    question = await bot.employer.says("eq dauer monate")
    await bot.quiet()
    for send, answer in (
        (bot.employer.sends_photo, "ich verstehe nur Text"),
        (bot.employer.sends_voice, "Sprachnachrichten"),
        (bot.employer.sends_sticker, "ich verstehe nur Text"),
    ):
        await send()
        await bot.quiet()
        assert answer in bot.employer.last.text
    await bot.employer.edits(question, "eq zuschuss höhe")
    await bot.quiet()
    assert "geänderte Nachricht" in bot.employer.last.text
    await bot.employer.says("/gibtesnicht")
    await bot.quiet()
    assert "kenne ich nicht" in bot.employer.last.text
    await bot.employer.says("/abbrechen")
    await bot.quiet()
    assert "Gerade läuft nichts" in bot.employer.last.text


async def test_links_open_entries_and_topics(bot: Bot) -> None:
    """/start f_… and t_… answer; a link to what is gone says so; rubbish greets."""
    for payload, text in (
        ("f_eq-dauer", "Wie lange dauert eine EQ?"),
        ("f_weg", "gibt es so nicht mehr"),
        ("t_T05", "Einstiegsqualifizierung"),
        ("t_T99", "Themen"),
        ("quatsch", "Guten Tag!"),
    ):
        await bot.employer.starts(payload)
        await bot.quiet()
        assert text in bot.employer.last.text


async def test_groups_and_channels_are_left_alone(bot: Bot) -> None:
    """What is said in a group or channel is none of the bot's business, and nothing breaks."""
    group = {"id": -100, "type": "supergroup", "title": "Gruppe"}
    sender = {"id": 5, "is_bot": False, "first_name": "X"}
    bot.telegram.inject(
        {"message": {"message_id": 1, "date": 1, "chat": group, "from": sender, "text": "/start"}}
    )
    bot.telegram.inject(
        {
            "edited_message": {
                "message_id": 1,
                "date": 1,
                "edit_date": 2,
                "chat": group,
                "from": sender,
                "text": "x",
            }
        }
    )
    bot.telegram.inject(
        {
            "channel_post": {
                "message_id": 2,
                "date": 1,
                "chat": {"id": -200, "type": "channel", "title": "K"},
                "text": "x",
            }
        }
    )
    bot.telegram.inject({"something_new": {"chat": group}})
    await bot.quiet()

    assert bot.telegram.journal.calls("sendMessage") == []


async def test_a_fragment_right_behind_edits_the_answer(bot: Bot) -> None:
    """Two messages in a burst are one question: the first is answered at once, then that answer is edited."""
    await bot.employer.starts()
    await bot.employer.says("Ich habe da mal was zur Einstiegsqualifizierung")
    await bot.quiet()
    first = bot.employer.last
    bot.clock.wind(seconds=2)
    await bot.employer.says("wie viele monate dauer")
    await bot.quiet()

    assert bot.employer.last.id == first.id
    assert bot.employer.last.edits == 1
    assert bot.employer.last.text.startswith("Wie lange dauert eine EQ?")


async def test_a_second_question_is_no_fragment(bot: Bot) -> None:
    """A whole question right behind another one gets an answer of its own."""
    await bot.employer.starts()
    await bot.employer.says("eq dauer monate")
    await bot.quiet()
    await bot.employer.says("eq zuschuss höhe")
    await bot.quiet()

    assert [m.text.partition("\n")[0] for m in bot.employer.received[-2:]] == [
        "Wie lange dauert eine EQ?",
        "Wie viel Zuschuss gibt es für eine EQ?",
    ]


async def test_a_sure_answer_is_not_taken_back_for_a_guess(bot: Bot) -> None:
    """A second question right behind an answered one that is not sure itself: the answer stays, this one gets its choices below."""
    await bot.employer.starts()
    await bot.employer.says("eq dauer monate")
    await bot.quiet()
    answered = bot.employer.last
    await bot.employer.says("Wer erlaubt die Ausbildung?")
    await bot.quiet()

    assert answered.edits == 0
    assert bot.employer.last.id != answered.id
    assert bot.employer.last.text.startswith("Meinten Sie")


async def test_the_same_answer_twice_leads_to_a_person(bot: Bot) -> None:
    """Instead of repeating itself the bot offers the Lotse, and the answer once more on request."""
    await bot.employer.starts()
    await bot.employer.says("eq dauer monate")
    await bot.quiet()
    bot.clock.wind(seconds=30)
    await bot.employer.says("Wie viele Monate geht die Einstiegsqualifizierung?")
    await bot.quiet()

    assert "wieder die Antwort von eben" in bot.employer.last.text
    assert keys(bot.employer.last)[0] == ["👤 Mit dem Lotsen sprechen"]
    await bot.employer.presses("Antwort noch einmal zeigen")
    await bot.quiet()
    assert bot.employer.last.text.startswith("Wie lange dauert eine EQ?")


async def test_not_understood_twice_leads_to_a_person(bot: Bot) -> None:
    """One rephrase at most; then a person."""
    await bot.employer.starts()
    await bot.employer.says("Wie kocht man eigentlich Spaghetti Carbonara richtig?")
    await bot.quiet()
    assert "keine geprüfte Antwort" in bot.employer.last.text
    bot.clock.wind(seconds=30)
    await bot.employer.says("Also Nudeln mit Speck und Ei meine ich")
    await bot.quiet()
    assert "komme hier allein nicht weiter" in bot.employer.last.text


async def test_what_of_several_questions_stays_open_is_said(bot: Bot) -> None:
    """The sure half is answered; the other is named with a way to a person, never dropped."""
    await bot.employer.starts()
    await bot.employer.says("Was bedeutet 3+2? Und wo kaufe ich Fahrräder für meine Kinder?")
    await bot.quiet()

    assert any(message.text.startswith("Was ist die 3+2-Regelung?") for message in bot.employer.received)
    assert "keine geprüfte Antwort: „wo kaufe ich Fahrräder für meine Kinder?“" in bot.employer.last.text
    assert keys(bot.employer.last)[0] == ["👤 Mit dem Lotsen sprechen"]
