"""Questions without an answer: kept without names, shown once three have asked, made into phrasings by editors."""

import re

from bot.config import Settings
from bot.demo import Person, StandIn
from bot.demo.seen import Seen
from bot.model import ChatId
from bot.surroundings import Surroundings
from handlers.buttons import AddWording, IgnoreGap, decode, encode
from tests.case_at_hand import open_case
from tests.conftest import HWK_KOELN, Bot, running
from tests.gate_at_hand import command, faq, folder_of, press
from tests.whole_rows import whole
from tests.wound_clock import WoundClock

EDITOR = 900_010
ASKED = (
    "Zahlt jemand Yusuf den Führerschein?",
    "führerschein bezahlen",
    "Wer bezahlt den Führerschein nach 17 Wochen?",
)


async def asks(bot: Bot, text: str, number: int) -> Person:
    """Somebody asks, whom the bot has not seen before."""
    person = bot.telegram.user(f"Betrieb{number}", id=910_000 + number)
    await person.starts()
    await person.says(text)
    await bot.quiet()
    if "Nichts davon" in person.last.labels:
        await press(bot, "Nichts davon", person)
    return person


async def three_ask(bot: Bot) -> None:
    """Three firms ask the same without an answer."""
    for number, text in enumerate(ASKED):
        await asks(bot, text, number)


async def test_from_the_gap_to_the_phrasing(bot: Bot) -> None:
    """Shown once three have asked, without the name; one tap checks it, „Übernehmen“ writes one line, the gap is gone."""
    await bot.admin.starts()
    for number, text in enumerate(ASKED[:2]):
        await asks(bot, text, number)
    assert (await command(bot, "/luecken")).startswith("Keine Lücken.")
    await asks(bot, ASKED[2], 2)

    shown = await command(bot, "/luecken")
    assert re.match(r"Lücke 1 von 1\n3 Chats, 3× (ohne Antwort|„Nichts davon“)\n", shown)
    assert "Yusuf" not in shown
    assert "17" not in shown
    assert "Zahlt jemand … den Führerschein?" in shown
    assert "führerschein bezahlen" in shown
    before = {path: path.read_text() for path in folder_of(bot).rglob("*.yaml")}
    chosen = next(label for label, line in _numbered(shown) if line == "führerschein bezahlen")
    await press(bot, chosen)
    entry = next(line for line in shown.splitlines() if line.startswith("A. ")).removeprefix("A. ")

    report = await press(bot, add_key(bot))
    assert f"Neue Formulierung für „{entry}“:\n„führerschein bezahlen“" in bot.admin.received[-2].text
    assert "Geändert (1)" in report
    assert {path: path.read_text() for path in before} == before  # nothing before somebody takes over
    assert "Ab jetzt gilt Fassung 2" in await press(bot, "Übernehmen")

    changed = {path: path.read_text() for path in before if path.read_text() != before[path]}
    [(path, text)] = changed.items()
    added = [line for line in text.splitlines() if line not in before[path].splitlines()]
    assert added == ["  - führerschein bezahlen"]
    assert text.replace("  - führerschein bezahlen\n", "") == before[path]
    asker = await asks(bot, "führerschein bezahlen", 9)
    assert asker.last.text.startswith(entry)
    assert (await command(bot, "/luecken")).startswith("Keine Lücken.")
    assert "aus dem Chat" in await command(bot, "/rollback")
    assert "gilt weiter" in await command(bot, "/reload")


def _numbered(shown: str) -> list[tuple[str, str]]:
    """The wordings with their numbers."""
    lines = [line.removeprefix("▶️").strip() for line in shown.splitlines()]
    return [(line[0], line[3:]) for line in lines if line[:1].isdigit() and line[1:3] == ". "]


async def test_every_kind_of_gap_is_kept(bot: Bot) -> None:
    """Refused, „Nichts davon“, 👎, handed over: no chat, no name, no number; what was answered is not kept."""
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.employer.starts()
    await bot.employer.says("eq dauer monate")
    await bot.quiet()
    assert await kept(bot) == []
    await bot.employer.presses("👎 Nein")
    await bot.quiet()
    bot.clock.wind(minutes=30)
    await bot.employer.says("Zuschuss Monate EQ Betrag Dauer 12")
    await bot.quiet()
    assert "Nichts davon" in bot.employer.last.labels[-1]
    await bot.employer.presses(bot.employer.last.labels[-1])
    await bot.quiet()
    bot.clock.wind(minutes=30)
    await bot.employer.says("Wie kocht man eigentlich Spaghetti richtig?")
    await bot.quiet()
    await open_case(bot, "Wer hilft Herrn Amiri mit dem Führerschein?")
    assert await kept(bot) == [
        ("not_helped", "eq dauer monate"),
        ("none_of_these", "Zuschuss Monate EQ Betrag Dauer …"),
        ("refused", "Wie kocht man eigentlich … richtig?"),
        ("handed_over", "Wer hilft … mit dem Führerschein?"),
    ]
    rows = await bot.app.linking._store.read.all("SELECT * FROM gaps")
    assert str(bot.employer.id) not in str(whole(rows))
    mine = await bot.app.privacy.stored(ChatId(bot.employer.id))
    assert mine["fragen_ohne_antwort"][0] == {"grund": "not_helped", "frage": "eq dauer monate"}


def add_key(bot: Bot) -> str:
    """The button that adds the wording to the nearest entry."""
    return next(label for label in bot.admin.last.labels if label.startswith("➕ zu A"))


async def adds_to(bot: Bot, entry: str, who: Person | None = None) -> None:
    """That button, for another entry."""
    who = who or bot.admin
    data = next(key.data for row in who.last.rows for key in row if "➕ zu A" in key.text)
    button = decode(data)
    assert isinstance(button, AddWording)
    await who.forges_press(encode(AddWording(button.seen, entry)), who.last)
    await bot.quiet()


async def kept(bot: Bot) -> list[tuple[str, str]]:
    """What is kept."""
    read = bot.app.linking._store.read
    rows = await read.all("SELECT why, wording FROM gaps ORDER BY id")
    return [(row["why"], read.vault.open(row["wording"], "gaps.wording")) for row in rows]


async def test_erased_on_request_and_forgotten_in_time(bot: Bot) -> None:
    """/loeschen removes what this chat asked; after RETENTION_GAP_DAYS all of it goes, hashes too."""
    await three_ask(bot)
    person = await asks(bot, ASKED[1], 0)
    await command(bot, "/loeschen", person)
    await press(bot, "Ja, alles löschen", person)
    assert len(await kept(bot)) == 2
    bot.clock.wind(hours=24 * 91)
    await bot.app.privacy.forget()
    assert await kept(bot) == []


async def test_one_chat_is_one_voice(bot: Bot) -> None:
    """The same person three times is no gap yet, in whatever words."""
    await bot.admin.starts()
    for text in (*ASKED, ASKED[0]):
        await asks(bot, text, 1)
        bot.clock.wind(minutes=30)
    assert (await command(bot, "/luecken")).startswith("Keine Lücken.")


async def test_a_word_of_one_chat_is_blacked_out(bot: Bot) -> None:
    """A name in small letters is known to nobody: it is shown only when three have used it."""
    await bot.admin.starts()
    await three_ask(bot)
    await asks(bot, "mahmoud: führerschein wer bezahlt", 4)
    shown = await command(bot, "/luecken")
    assert "mahmoud" not in shown
    assert "…: führerschein wer bezahlt" in shown
    # What has a hole cannot be added as it is.
    await press(bot, next(number for number, line in _numbered(shown) if "…" in line))
    assert "Bitte erst ändern" in await press(bot, add_key(bot))


async def test_changing_the_wording(bot: Bot) -> None:
    """✏️ asks for the words, shows them, and they are what is checked; nonsense is refused kindly."""
    await bot.admin.starts()
    await three_ask(bot)
    await command(bot, "/luecken")
    assert "Führerschein" in await press(bot, "✏️ Wortlaut ändern")
    assert "2 bis 200 Zeichen" in await command(bot, "zwei\nZeilen")
    assert "✏️ Ihr Wortlaut: Führerschein: wer?" in await command(bot, "Führerschein: wer?")
    await press(bot, add_key(bot))
    await press(bot, "Übernehmen")
    files = "".join(path.read_text() for path in folder_of(bot).rglob("*.yaml"))
    assert '  - "Führerschein: wer?"\n' in files


async def test_ignoring(bot: Bot) -> None:
    """Gone for good, also when a fourth firm asks the same; the old buttons say so."""
    await bot.admin.starts()
    await three_ask(bot)
    await command(bot, "/luecken")
    message = bot.admin.last
    await press(bot, "🙈 Ignorieren")
    assert bot.admin.last.text.startswith("Keine Lücken.")
    await asks(bot, "bezahlen führerschein", 5)
    assert (await command(bot, "/luecken")).startswith("Keine Lücken.")
    for button in (IgnoreGap(1), AddWording(1, "eq-dauer")):
        await bot.admin.forges_press(encode(button), message)
        await bot.quiet()
        assert "gibt es nicht mehr" in message_of(bot, message.id)


def message_of(bot: Bot, number: int) -> str:
    """A message as it stands now."""
    return next(seen.text for seen in bot.admin.received if seen.id == number)


async def test_what_changed_meanwhile_is_shown_first(bot: Bot) -> None:
    """A fourth firm asked after the gap was shown: the old buttons do nothing but show it as it is now; the new ones work."""
    await bot.admin.starts()
    await three_ask(bot)
    await command(bot, "/luecken")
    old = bot.admin.last
    await asks(bot, "wer bezahlt den führerschein", 4)
    for label in ("🙈 Ignorieren", "🆕 Neuer Eintrag", add_key(bot)):
        await bot.admin.forges_press(_data(old, label), old)
        await bot.quiet()
        text = message_of(bot, old.id)
        assert text.startswith("Hier hat sich inzwischen etwas geändert")
        assert "\n4 Chats, " in text
        assert bot.admin.last.id == old.id
    assert await states(bot) == ["open"] * 4
    await press(bot, "🙈 Ignorieren")
    assert await states(bot) == ["ignored"] * 4


async def test_what_came_after_the_press_stays(bot: Bot) -> None:
    """„Übernehmen“ settles the wordings that were checked, not one that was kept between the two presses."""
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.admin.starts()
    await three_ask(bot)
    await command(bot, "/luecken")
    await press(bot, next(number for number, line in _numbered(bot.admin.last.text) if "…" not in line))
    await press(bot, add_key(bot))
    await bot.employer.starts()
    await open_case(bot, "Wer bezahlt denn nun den Führerschein?")
    await press(bot, "Übernehmen")
    assert await states(bot) == ["done"] * 3 + ["open"]


async def test_one_of_three_is_erased(bot: Bot) -> None:
    """Two are too few to show: the buttons under the old message show and do nothing any more."""
    await bot.admin.starts()
    await three_ask(bot)
    await command(bot, "/luecken")
    old = bot.admin.last
    person = bot.telegram.user("Betrieb0", id=910_000)
    await command(bot, "/loeschen", person)
    await press(bot, "Ja, alles löschen", person)
    for label in old.labels:
        await bot.admin.forges_press(_data(old, label), old)
        await bot.quiet()
        assert "gibt es nicht mehr" in message_of(bot, old.id)
        assert "hrerschein" not in message_of(bot, old.id)
    assert bot.admin.last.id == old.id
    assert await states(bot) == ["open"] * 2


def _data(message: Seen, label: str) -> str:
    """What the button of this label sends."""
    return next(key.data for row in message.rows for key in row if key.text == label)


async def states(bot: Bot) -> list[str]:
    """What became of what is kept, in the order it came."""
    rows = await bot.app.linking._store.read.all("SELECT state FROM gaps ORDER BY id")
    return [row["state"] for row in rows]


async def test_an_entry_that_is_gone(bot: Bot) -> None:
    """A reload removed it meanwhile: said so, nothing written."""
    await bot.admin.starts()
    await three_ask(bot)
    await command(bot, "/luecken")
    await press(bot, next(number for number, line in _numbered(bot.admin.last.text) if "…" not in line))
    await adds_to(bot, "weg")
    assert "„weg“ gibt es in der geltenden Fassung nicht mehr" in bot.admin.last.text


async def test_the_gate_refuses(bot: Bot) -> None:
    """A wording that is another entry's: refused with a reason, no file changed."""
    await bot.admin.starts()
    await three_ask(bot)
    await command(bot, "/luecken")
    await press(bot, "✏️ Wortlaut ändern")
    await command(bot, "duldung ausbildung erlaubt")
    before = {path: path.read_bytes() for path in folder_of(bot).rglob("*") if path.is_file()}
    await adds_to(bot, "eq-dauer")
    assert "Nichts geändert." in bot.admin.last.text
    assert bot.admin.last.labels == []
    assert {path: path.read_bytes() for path in before} == before


async def test_two_editors_and_unfinished_work(
    telegram_by_hand: StandIn, clock: WoundClock, settings: Settings, around: Surroundings
) -> None:
    """Both check, one takes over, the other is told; what somebody was writing in the same file stays beside the new line."""
    both = settings.model_copy(update={"editor_ids": (EDITOR,)})
    async with running(telegram_by_hand, clock, both, around) as bot:
        editor = telegram_by_hand.user("Edda", id=EDITOR)
        await editor.starts()
        await bot.admin.starts()
        await three_ask(bot)
        target = faq(bot)
        target.write_text(f"# angefangen\n{target.read_text()}")
        for who, entry in ((bot.admin, "eq-zuschuss"), (editor, "eq-dauer")):
            shown = await command(bot, "/luecken", who)
            await press(bot, next(number for number, line in _numbered(shown) if "…" not in line), who)
            await adds_to(bot, entry, who)
            assert who.last.labels == ["Übernehmen", "Verwerfen"]
        assert "Die Datei liegt jetzt auch" in await press(bot, "Übernehmen", editor)
        assert "passt nicht mehr" in await press(bot, "Übernehmen")
        assert target.read_text().startswith("# angefangen\n")
        assert "  - Ab wann kann ich mit der EQ starten\n  - führerschein bezahlen\n" in target.read_text()


async def test_without_a_folder(bot: Bot) -> None:
    """The gaps are shown; why nothing can be written is said kindly."""
    bot.settings = bot.settings.model_copy(update={"knowledge_dir": None})
    await bot.restart()
    await bot.admin.starts()
    await three_ask(bot)
    shown = await command(bot, "/luecken")
    await press(bot, next(number for number, line in _numbered(shown) if "…" not in line))
    await press(bot, add_key(bot))
    assert "KNOWLEDGE_DIR" in bot.admin.last.text


async def test_employers_and_lotsen_are_refused(bot: Bot) -> None:
    """By command and by a forged button."""
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.employer.starts()
    for person in (bot.employer, bot.lotse):
        assert "vorbehalten" in await command(bot, "/luecken", person)
        await person.forges_press(encode(IgnoreGap(1)), person.last)
        await bot.quiet()
        assert "vorbehalten" in person.alerts[-1]
