"""„Sagen Sie mir Bescheid“ and corrections: both opt-in, once each, and only when an admin says so."""

import shutil
from pathlib import Path

import pytest

from bot.demo import Person
from bot.model import ChatId, UpdateId
from bot.versions import Versions, read_files
from handlers import render_promises
from knowledge.source import TextFile
from tests.conftest import Bot
from tests.gate_at_hand import NEW, OLD, answer, command, edit, faq, press

GAP = "Wie lagere ich Schokolade im Sommer?"
LATER = "🔔 Sagen Sie mir Bescheid"
CORRECTIONS = "🔔 Bei Korrekturen Bescheid geben"
OFFER = "🔔 Neue Fassung des Wissens"
# An entry that comes with the program, and words of its answer.
SHIPPED, WORDS = "probezeit-dauer", "Mindestens einen Monat, höchstens vier Monate."


async def asks_a_gap(bot: Bot, person: Person, question: str = GAP) -> None:
    """Refused, and „Sagen Sie mir Bescheid“ is pressed."""
    await person.starts()
    await command(bot, question, person)
    assert LATER in person.last.labels
    await press(bot, LATER, person)


def answer_the_gap(bot: Bot) -> None:
    """The editors give an entry the wording of the question."""
    file = faq(bot)
    text = file.read_text()
    place = text.index("id: eq-dauer")
    mark = "formulierungen:\n"
    at = text.index(mark, place) + len(mark)
    indent = text[at : at + len(text[at:]) - len(text[at:].lstrip())]
    file.write_text(f"{text[:at]}{indent}- {GAP}\n{text[at:]}")


async def test_told_once_when_there_is_an_answer(bot: Bot) -> None:
    """After the reload an admin sees how many wait, and presses; then the answer comes, once, with the question."""
    await asks_a_gap(bot, bot.employer)
    assert "Notiert" in bot.employer.last.text
    assert GAP in bot.employer.last.text
    await bot.admin.starts()
    answer_the_gap(bot)
    await bot.reloads()
    offer = next(m for m in bot.admin.received if m.text.startswith(OFFER))
    assert "Fragen, auf die es jetzt eine Antwort gibt: 1" in offer.text
    assert "Notiert" in bot.employer.last.text  # nothing is sent before that

    assert await press(bot, "Antworten senden (1)") == "Gesendet an 1."
    text = bot.employer.last.text
    assert text.startswith("🔔 Sie hatten gefragt:")
    assert GAP in text
    assert "Vier bis zwölf Monate" in text
    assert "📖" in text
    count = len(bot.employer.received)
    assert await press(bot, "Antworten senden (1)") == "Niemand wartet mehr darauf."
    await bot.restart()
    await bot.app.promises.look()
    await bot.quiet()
    assert len(bot.employer.received) == count
    assert len([m for m in bot.admin.received if m.text.startswith(OFFER)]) == 1


async def test_a_question_with_two_answers_gets_both(bot: Bot) -> None:
    """A message for each, the question above the first; who wants corrections gets those of both from now on."""
    await bot.admin.starts()
    await bot.employer.starts()
    await bot.app.promises.want_corrections(ChatId(bot.employer.id), [])
    await bot.app.promises.tell_later(
        ChatId(bot.employer.id), "Wie lange dauert eine EQ? Und wie viel Zuschuss gibt es für eine EQ?"
    )
    answer_the_gap(bot)
    await bot.reloads()
    assert await press(bot, "Antworten senden (1)") == "Gesendet an 1."
    first, second = bot.employer.received[-2:]
    assert first.text.startswith("🔔 Sie hatten gefragt:")
    assert "Vier bis zwölf Monate" in first.text
    assert second.text.startswith("🔔 Zu derselben Frage gehört auch:\n\nWie viel Zuschuss")
    store = bot.app.linking._store
    rows = await store.read.all("SELECT entry FROM answers_got")
    got = {store.vault.open_json(row["entry"], "answers_got.entry") for row in rows}
    assert got == {"eq-dauer", "eq-zuschuss"}


@pytest.mark.usefixtures("shipped")  # made once, not here
async def test_a_new_program_brings_a_correction(bot: Bot, shipped_cache: Path) -> None:
    """Without a folder of the editors nobody reloads: the start finds what the last version said otherwise, and tells."""
    await bot.stop()
    shutil.rmtree(bot.settings.data_dir / "versions")
    bot.settings = bot.settings.model_copy(update={"knowledge_dir": None})
    cache = bot.settings.data_dir / "cache"
    cache.unlink()
    cache.symlink_to(shipped_cache)
    await bot.start()
    await bot.admin.starts()
    await bot.employer.starts()
    await bot.employer.says(f"/start f_{SHIPPED}")
    await bot.quiet()
    await bot.app.promises.want_corrections(ChatId(bot.employer.id), [SHIPPED])
    await bot.stop()
    earlier_program(bot)
    bot.clock.wind(days=10)
    await bot.start()
    await bot.app.promises.look()
    await bot.quiet()
    offer = bot.admin.last
    assert offer.text.startswith(OFFER)
    assert "1 haben die frühere Antwort bekommen" in offer.text
    assert len(offer.labels) == 1
    assert await press(bot, offer.labels[0]) == "Gesendet an 1."
    assert bot.employer.last.text.startswith("🔔 Diese Antwort wurde berichtigt.")
    assert WORDS in bot.employer.last.text
    await bot.restart()
    await bot.app.promises.look()
    await bot.quiet()
    assert len([m for m in bot.admin.received if m.text.startswith(OFFER)]) == 1


def earlier_program(bot: Bot) -> None:
    """What was in use until now is what an earlier program brought: one answer had other words."""
    versions = Versions(bot.settings.data_dir / "versions")
    newest = versions.newest()
    assert newest is not None
    old = tuple(
        TextFile(file.name, file.content.replace(WORDS.encode(), b"Etwas anderes."))
        for file in read_files(newest.path)
    )
    assert sum(b"Etwas anderes." in file.content for file in old) == 1
    shutil.rmtree(newest.path)
    versions.record(old, newest.meta)


async def test_the_wish_is_asked_for_once(bot: Bot) -> None:
    """Who wants corrections is not offered them again, and pressing twice says so."""
    await answer(bot)
    await bot.employer.presses("👍 Hat geholfen")
    await bot.quiet()
    old = bot.employer.last
    await press(bot, CORRECTIONS, bot.employer)
    await bot.employer.presses(CORRECTIONS, message=old)
    await bot.quiet()
    await answer(bot, "zuschuss eq wie viel")
    await bot.employer.presses("👍 Hat geholfen")
    await bot.quiet()
    assert CORRECTIONS not in bot.employer.last.labels


async def test_nobody_waits_no_offer(bot: Bot) -> None:
    """A reload that answers nobody's question asks the admin nothing; who did not ask to be told is not told."""
    await bot.admin.starts()
    await bot.employer.starts()
    await command(bot, GAP, bot.employer)
    answer_the_gap(bot)
    await bot.reloads()
    assert not [m for m in bot.admin.received if m.text.startswith(OFFER)]


async def test_a_correction_is_told_to_who_wants_it(bot: Bot) -> None:
    """The button comes with 👍; who got the answer before is told the new one, once; others are not."""
    await bot.admin.starts()
    other = bot.telegram.user("Otto", id=900_020)
    await other.starts()
    await command(bot, "eq dauer monate", other)
    await answer(bot)
    assert CORRECTIONS not in bot.employer.last.labels
    await bot.employer.presses("👍 Hat geholfen")
    await bot.quiet()
    assert bot.employer.last.labels[-1] == CORRECTIONS
    assert "90 Tagen wesentlich berichtigt" in await press(bot, CORRECTIONS, bot.employer)
    bot.clock.wind(days=10)
    edit(faq(bot), (OLD, NEW))
    await bot.reloads()
    offer = next(m for m in bot.admin.received if m.text.startswith(OFFER))
    assert "Wie lange dauert eine EQ?: 1 haben die frühere Antwort bekommen" in offer.text
    label = next(label for label in offer.labels if label.startswith("Korrektur senden (1)"))
    seen = len(other.received)
    assert await press(bot, label) == "Gesendet an 1."
    assert bot.employer.last.text.startswith("🔔 Diese Antwort wurde berichtigt.")
    assert NEW in bot.employer.last.text
    assert await press(bot, label) == "Niemand wartet mehr darauf."
    assert len(other.received) == seen


async def test_an_answer_of_long_ago_is_not_corrected(bot: Bot) -> None:
    """After 90 days; an answer got after the correction is the right one."""
    await bot.admin.starts()
    await answer(bot)
    await bot.employer.presses("👍 Hat geholfen")
    await bot.quiet()
    await press(bot, CORRECTIONS, bot.employer)
    bot.clock.wind(days=91)
    edit(faq(bot), (OLD, NEW))
    await bot.reloads()
    assert not [m for m in bot.admin.received if m.text.startswith(OFFER)]
    await answer(bot)
    await bot.employer.presses("👍 Hat geholfen")
    await bot.quiet()
    assert CORRECTIONS in bot.employer.last.labels  # the wish has ended with the last answer
    assert await bot.app.promises.send_correction("eq-dauer", 0) == 0


async def test_which_answers_were_got_is_kept_only_for_who_wants_it(bot: Bot) -> None:
    """Asked, chosen and opened ones; nothing without the wish, nothing after its end."""
    store = bot.app.linking._store

    async def kept() -> list[str]:
        rows = await store.read.all("SELECT entry FROM answers_got ORDER BY at")
        return [store.vault.open_json(row["entry"], "answers_got.entry") for row in rows]

    await answer(bot)
    assert await kept() == []
    assert "Bei Korrekturen: nein" in await command(bot, "/bescheid", bot.employer)
    await press(bot, CORRECTIONS, bot.employer)
    await answer(bot)
    assert await kept() == ["eq-dauer"]
    await bot.employer.says("/start f_eq-zuschuss")
    await bot.quiet()
    assert sorted(await kept()) == ["eq-dauer", "eq-zuschuss"]
    assert "Bei Korrekturen: ja" in await command(bot, "/bescheid", bot.employer)
    assert "gelöscht" in await press(bot, "Keine Korrekturen mehr", bot.employer)
    assert await kept() == []
    await answer(bot)
    assert await kept() == []


async def test_questions_can_be_seen_and_forgotten(bot: Bot) -> None:
    """Without data of third persons; the same one once; not more than ten; shown and forgotten on request."""
    await asks_a_gap(bot, bot.employer)
    await press(bot, LATER, bot.employer)
    assert GAP in await command(bot, "/bescheid", bot.employer)
    assert bot.employer.last.text.count("•") == 1
    await command(bot, "/meinedaten", bot.employer)
    chat = ChatId(bot.employer.id)
    assert GAP in str((await bot.app.privacy.stored(chat))["alle_zeilen"]["later_questions"])
    for number in range(9):
        await bot.app.promises.tell_later(chat, f"Frage {number}")
    await command(bot, GAP, bot.employer)
    await command(bot, "Wie lagere ich Käse im Winter?", bot.employer)
    await press(bot, LATER, bot.employer)
    assert "kann ich nicht gleichzeitig merken" in bot.employer.last.text
    await command(bot, "/bescheid", bot.employer)
    assert "vergessen" in await press(bot, "Fragen vergessen", bot.employer)
    assert "wartet keine Frage" in await command(bot, "/bescheid", bot.employer)
    kept = await bot.app.promises.tell_later(chat, "Was tun, wenn Ahmad Khalil, geb. 01.02.1999, krank ist?")
    assert "1999" not in str(kept)
    await bot.app.privacy.erase(chat, UpdateId(2**40))
    assert (await bot.app.promises.of(chat)).questions == ()


async def test_a_button_without_a_question(bot: Bot) -> None:
    """When the talk is forgotten, the question has to be asked again."""
    await bot.employer.starts()
    await command(bot, GAP, bot.employer)
    async with bot.app.linking._store.transaction() as tx:
        await tx.run("UPDATE chats SET talk = NULL, talk_at = NULL")
    await bot.employer.presses(LATER)
    await bot.quiet()
    assert "Welche Frage" in bot.employer.alerts[-1]


async def test_what_waits_is_forgotten_after_its_time(bot: Bot) -> None:
    """Questions with the retention of cases, answers after 90 days, the wish with the last of them."""
    await bot.admin.starts()
    await asks_a_gap(bot, bot.employer)
    await command(bot, "/bescheid", bot.employer)
    await press(bot, CORRECTIONS, bot.employer)
    await answer(bot)
    bot.clock.wind(days=89)
    await bot.app.privacy.forget()
    promised = await bot.app.promises.of(ChatId(bot.employer.id))
    assert promised.corrections
    assert promised.questions == (GAP,)
    bot.clock.wind(days=2)
    await bot.app.privacy.forget()
    assert not (await bot.app.promises.of(ChatId(bot.employer.id))).corrections
    bot.clock.wind(days=90)
    await bot.app.privacy.forget()
    assert (await bot.app.promises.of(ChatId(bot.employer.id))).questions == ()


async def test_an_entry_that_is_gone_again_is_not_sent(bot: Bot) -> None:
    """What was written down while the person could not be reached is shown as it is when it is sent."""
    today = bot.clock.now().date()
    edition = bot.app.library.current
    assert render_promises.correction("gibt-es-nicht", edition, today) is None
    data = {"question": GAP, "entries": ["gibt-es-nicht", "eq-dauer"], "place": 0}
    assert render_promises.later_answer(data, edition, today) is None
    second = render_promises.later_answer({**data, "place": 1}, edition, today)
    assert second is not None
    assert GAP in second.html  # the question is above the first that is there
    offer = render_promises.offer({"later": 0, "corrections": [["weg", 0, 3]]}, bot.app.library.current)
    assert offer.keys == ()
