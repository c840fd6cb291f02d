"""The gate in dialogue: /reload shows what would change and asks; „Übernehmen“ once; nothing else changes an answer."""

import asyncio
import logging
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.config import Settings
from bot.demo import StandIn
from bot.surroundings import Surroundings
from handlers.buttons import AcceptCandidate, RollBack, encode
from tests.case_at_hand import open_case
from tests.conftest import ADMIN, HWK_KOELN, IHK_KOELN, Bot, running
from tests.gate_at_hand import NEW, OLD, answer, command, edit, faq, folder_of, press
from tests.wound_clock import WoundClock

EDITOR = 900_010
SLOW = 120.0  # s; a process of its own loads everything anew
# Two phrasings of eq-dauer go to eq-zuschuss: one that the test set expects where it was, one that it does not know.
MOVED = (
    ("  - eq dauer monate\n", "  - wie viele wochen eq\n"),
    ("  - Höchstdauer Einstiegsqualifizierung\n", "  - maximaldauer der eq\n"),
    ("  - 276 Euro EQ\n", "  - 276 Euro EQ\n  - eq dauer monate\n  - Höchstdauer Einstiegsqualifizierung\n"),
)


async def test_nothing_changes_before_somebody_takes_over(bot: Bot) -> None:
    """/reload shows what would change and asks; „Übernehmen“ uses it at once; again there is nothing to do."""
    await bot.admin.starts()
    edit(faq(bot), (OLD, NEW))

    report = await command(bot, "/reload")
    assert report.startswith(
        "Geprüft. 15 Einträge, 120 Formulierungen, 5 Lotsen.\n\nGeändert (1): eq-dauer\n"
    )
    assert "Keine Frage des Prüfsatzes" in report
    assert bot.admin.last.labels == ["Übernehmen", "Verwerfen"]
    assert NEW not in await answer(bot)

    assert "Übernommen. Ab jetzt gilt Fassung 2: 15 Einträge, 5 Lotsen." in await press(bot, "Übernehmen")
    assert bot.admin.received[-2].labels == []
    assert NEW in await answer(bot, "Höchstdauer Einstiegsqualifizierung")
    assert "Fassung 2 mit 15 Einträgen gilt weiter" in await command(bot, "/reload")


async def test_progress_is_shown_in_one_message(bot: Bot) -> None:
    """Lesen, Prüfen, Vergleichen and the report are edits of one message."""
    await bot.admin.starts()
    await bot.quiet()
    edit(faq(bot), (OLD, NEW))
    before = len(bot.admin.received)

    await command(bot, "/reload")

    edits = [call.params["text"] for call in bot.telegram.journal.calls("editMessageText")]
    assert len(bot.admin.received) == before + 1
    words = ("⏳ Prüfen …", "⏳ Vergleichen …", "Geprüft.")
    assert [next(word for word in words if word in text) for text in edits] == list(words)


async def test_discarding_keeps_everything(bot: Bot) -> None:
    """„Verwerfen“ forgets the candidate; its buttons are stale then, and the folder keeps the work."""
    await bot.admin.starts()
    edit(faq(bot), (OLD, NEW))
    await command(bot, "/reload")
    report = bot.admin.last
    accept, discard = (row[0].data for row in report.rows)

    assert (await press(bot, "Verwerfen")).startswith("Verworfen.")
    for data in (accept, discard, encode(AcceptCandidate("rubbish"))):
        await bot.admin.forges_press(data, report)
        await bot.quiet()
        assert bot.admin.last.text.startswith("Das passt nicht mehr")
    assert NEW not in await answer(bot)
    assert NEW in faq(bot).read_text()


async def test_a_bad_folder_changes_nothing(bot: Bot) -> None:
    """A YAML error, an unknown field, a dead link and an over-long answer: four problems with lines, old knowledge stays."""
    await bot.admin.starts()
    faq(bot, "t06-alltag.yaml").write_text("thema: T06\ntitel: [offen\n")
    duldung = faq(bot, "t01-duldung.yaml")
    good = duldung.read_text()
    edit(duldung, ("  zustaendig: recht", "  zustaendig: recht\n  antwrot: falsch"))
    edit(faq(bot), ("Auch in Teilzeit ab 20 Stunden.", "lang " * 300))
    faq(bot, "t07-neu.yaml").write_text(
        good.replace("- eq-zuschuss", "- gibt-es-nicht").replace("thema: T01", "thema: T07")
    )

    report = await command(bot, "/reload")

    assert report.startswith("Nichts geändert.")
    assert bot.admin.last.labels == []
    assert "faq/t01-duldung.yaml:" in report
    assert "„antwrot“ gibt es nicht" in report
    assert "zu lang" in report
    assert "kein gültiges YAML" in report
    assert "„gibt-es-nicht“ ist kein Eintrag" in report
    assert "Auch in Teilzeit ab 20 Stunden." in await answer(bot)


async def test_a_missing_folder_changes_nothing(bot: Bot) -> None:
    """The folder was moved away: a problem like any other."""
    await bot.admin.starts()
    folder_of(bot).rename(folder_of(bot).with_name("weg"))

    assert "Der Ordner ist nicht lesbar" in await command(bot, "/reload")
    assert OLD in await answer(bot)


async def test_what_changes_for_people_who_ask_is_named(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    """A phrasing that moved, a golden question that is lost, a question to refuse that is answered; nothing of it is logged."""
    await bot.admin.starts()
    edit(
        faq(bot),
        *MOVED,
        ("  - 276 Euro EQ\n", "  - 276 Euro EQ\n  - Was kostet die Zulassung meines Lastwagens?\n"),
    )

    with caplog.at_level(logging.INFO):
        report = await command(bot, "/reload")

    assert (
        "❗ 1 Frage findet nicht mehr, was sie finden soll:\n• eq dauer monate\n   eq-dauer → eq-zuschuss"
        in report
    )
    assert "❗ 1 Frage, die offen bleiben soll, wird jetzt beantwortet:\n• Was kostet die Zulassung" in report
    assert (
        "findet jetzt einen anderen Eintrag:\n• Höchstdauer Einstiegsqualifizierung\n   eq-dauer → eq-zu"
        in report
    )
    assert "Prüfsatz:" in report
    assert bot.admin.last.labels == ["Übernehmen", "Verwerfen"]
    assert "Zulassung" not in caplog.text
    assert "eq dauer" not in caplog.text


async def test_what_loses_too_much_is_refused(
    telegram_by_hand: StandIn, clock: WoundClock, settings: Settings, around: Surroundings
) -> None:
    """Beyond GATE_MAX_LOST and GATE_MAX_NEW_ANSWERS there is a list and no button."""
    strict = settings.model_copy(update={"gate_max_lost": 0, "gate_max_new_answers": 0})
    async with running(telegram_by_hand, clock, strict, around) as bot:
        await bot.admin.starts()
        edit(
            faq(bot),
            *MOVED,
            ("  - 276 Euro EQ\n", "  - 276 Euro EQ\n  - Wie wird das Wetter morgen in Köln?\n"),
        )

        report = await command(bot, "/reload")

        assert report.startswith("Nichts geändert: Der Bot würde schlechter antworten.")
        assert "höchstens 0 sind erlaubt (GATE_MAX_LOST)" in report
        assert "höchstens 0 sind erlaubt (GATE_MAX_NEW_ANSWERS)" in report
        assert "• Wie wird das Wetter morgen in Köln?" in report
        assert bot.admin.last.labels == []
        assert not list((strict.data_dir / "versions").glob("pruefung-*"))
        assert OLD in await answer(bot)


async def test_the_directory_goes_through_the_same_gate(bot: Bot) -> None:
    """A changed Lotse is named; one who goes leaves Kreise and open cases behind; a mistake stops it."""
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot)
    file = folder_of(bot) / "lotsen.yaml"
    good = file.read_text()
    edit(file, ("+49 30 23125 091", "+49 30 23125 999"))
    assert "Lotsen geändert (1): WL091" in await command(bot, "/reload")

    without = good[: good.index("- id: WL091")].replace("  - WL091\n", "")
    file.write_text(without)
    report = await command(bot, "/reload")
    assert "Lotsen entfernt (1): WL091" in report
    assert "⚠️ 7 Kreise verlieren ihren letzten Lotsen:" in report
    assert "Köln, Stadt (HWK)" in report or "Köln (HWK)" in report
    assert (
        "⚠️ 1 offener Fall verliert den zuständigen Lotsen:\n"
        "• TEST0001: bisher Willkommenslotsin HWK zu Köln (Muster), niemand sonst ist erreichbar" in report
    )

    file.write_text(good.replace("organisation: HWK zu Köln", "organisatoin: HWK zu Köln"))
    report = await command(bot, "/reload")
    assert report.startswith("Nichts geändert.")
    assert "lotsen.yaml:" in report


async def test_cases_go_on_when_their_lotse_goes(bot: Bot) -> None:
    """The report says who gets an open case; taking over passes it on at once, and everybody is told, once."""
    deputy = bot.telegram.user("Dora", id=EDITOR + 1)
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.link(IHK_KOELN, deputy)
    await open_case(bot)
    file = folder_of(bot) / "lotsen.yaml"
    good = file.read_text()
    file.write_text(good[: good.index("- id: WL091")].replace("  - WL091\n", ""))

    report = await command(bot, "/reload")
    assert "• TEST0001: von Willkommenslotsin HWK zu Köln (Muster) an Willkommenslotsin IHK zu Köln" in report
    assert "TEST0001" not in deputy.last.text
    await press(bot, "Übernehmen")

    assert "Fall TEST0001" in deputy.last.text
    assert "an Willkommenslotsin IHK zu Köln (Muster)" in bot.employer.last.text
    received = len(deputy.received)
    await deputy.presses("Übernehmen")
    await bot.quiet()
    assert len(deputy.received) == received
    assert "TEST0001" in deputy.last.text


async def test_a_case_in_hand_stays(bot: Bot) -> None:
    """Who has taken a case finishes it, though the directory no longer names the person."""
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot)
    card = bot.lotse.last
    await bot.lotse.presses("Übernehmen")
    await bot.quiet()
    file = folder_of(bot) / "lotsen.yaml"
    good = file.read_text()
    file.write_text(good[: good.index("- id: WL091")].replace("  - WL091\n", ""))

    assert "hat ihn übernommen und bearbeitet ihn zu Ende" in await command(bot, "/reload")
    await press(bot, "Übernehmen")
    await bot.lotse.says("Ich rufe Sie morgen an.", reply_to=card.id)
    await bot.quiet()
    assert "Ich rufe Sie morgen an." in bot.employer.last.text


async def test_buttons_work_after_a_restart(bot: Bot) -> None:
    """The candidate waits on the disk: a new process takes it over, though the folder has gone on."""
    await bot.admin.starts()
    edit(faq(bot), (OLD, NEW))
    await command(bot, "/reload")
    edit(faq(bot), (NEW, "Noch nicht fertig"))
    await bot.restart()

    assert "gilt Fassung 2" in await press(bot, "Übernehmen")
    assert NEW in await answer(bot)


async def test_a_button_of_an_older_check_is_stale(bot: Bot) -> None:
    """What was compared with a version that is no longer in use is not taken over."""
    await bot.admin.starts()
    edit(faq(bot), (OLD, NEW))
    await command(bot, "/reload")
    older = bot.admin.last
    edit(faq(bot), (NEW, "Ganz anders."))
    await command(bot, "/reload")
    await press(bot, "Übernehmen")

    await bot.admin.presses("Übernehmen", message=older)
    await bot.quiet()
    assert "Inzwischen gilt eine andere Fassung" in bot.admin.last.text
    assert "Ganz anders." in await answer(bot)


async def test_a_disk_that_refuses(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing changes, and the button stays for another try."""
    await bot.admin.starts()
    edit(faq(bot), (OLD, NEW))
    await command(bot, "/reload")
    (candidate,) = (bot.settings.data_dir / "versions").glob("pruefung-*")
    obstacle = candidate / ".meta.json.neu"
    obstacle.mkdir()
    with caplog.at_level(logging.ERROR):
        assert (await press(bot, "Übernehmen")).startswith("Nichts geändert.")
    assert "a version could not be kept" in caplog.text
    assert NEW not in await answer(bot)

    obstacle.rmdir()
    assert "gilt Fassung 2" in await press(bot, "Übernehmen")
    assert NEW in await answer(bot)


async def test_two_admins_press_at_once(
    telegram_by_hand: StandIn, clock: WoundClock, settings: Settings, around: Surroundings
) -> None:
    """One swaps, the other reads that it is done."""
    two = settings.model_copy(update={"admin_ids": (ADMIN, ADMIN + 50)})
    async with running(telegram_by_hand, clock, two, around) as bot:
        other = telegram_by_hand.user("Berta", id=ADMIN + 50)
        edit(faq(bot), (OLD, NEW))
        for admin in (bot.admin, other):
            await admin.starts()
            await command(bot, "/reload", admin)

        await bot.admin.presses("Übernehmen")
        await other.presses("Übernehmen")
        await bot.quiet()

        said = sorted(admin.last.text.partition(":")[0] for admin in (bot.admin, other))
        assert said == ["Das ist schon übernommen", "✅ Übernommen. Ab jetzt gilt Fassung 2"]
        assert len(list((two.data_dir / "versions").glob("*-*"))) == 2


async def test_two_checks_at_once(
    telegram_by_hand: StandIn, clock: WoundClock, settings: Settings, around: Surroundings
) -> None:
    """The second is asked to wait."""
    two = settings.model_copy(update={"admin_ids": (ADMIN, ADMIN + 50)})
    async with running(telegram_by_hand, clock, two, around) as bot:
        other = telegram_by_hand.user("Berta", id=ADMIN + 50)
        edit(faq(bot), (OLD, NEW))
        for admin in (bot.admin, other):
            await admin.starts()
        await bot.quiet()
        await bot.admin.says("/reload")
        await other.says("/reload")
        await bot.quiet()

        said = sorted(admin.last.text.partition(".")[0] for admin in (bot.admin, other))
        assert said == ["Es läuft schon eine Prüfung", "Geprüft"]


async def test_editors_change_knowledge_and_nothing_else(
    telegram_by_hand: StandIn, clock: WoundClock, settings: Settings, around: Surroundings
) -> None:
    """EDITOR_IDS may check and take over; returning to a version and the admins' other commands stay the admins'."""
    with_editor = settings.model_copy(update={"editor_ids": (EDITOR,)})
    async with running(telegram_by_hand, clock, with_editor, around) as bot:
        editor = telegram_by_hand.user("Edda", id=EDITOR)
        await editor.starts()
        assert "/reload" in await command(bot, "/hilfe", editor)
        assert "/einladen" not in editor.last.text
        edit(faq(bot), (OLD, NEW))
        await command(bot, "/reload", editor)
        assert "gilt Fassung 2" in await press(bot, "Übernehmen", editor)

        for words in ("/rollback", "/pruefen x", "/einladen WL091"):
            assert "Admins vorbehalten" in await command(bot, words, editor)
        await editor.forges_press(encode(RollBack(1)), editor.last)
        await bot.quiet()
        assert "Admins vorbehalten" in editor.alerts[-1]
        assert NEW in await answer(bot)


async def test_nobody_else_can_press(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    """A forged button of an employer is refused and logged."""
    await bot.admin.starts()
    edit(faq(bot), (OLD, NEW))
    await command(bot, "/reload")
    accept = bot.admin.last.rows[0][0].data
    await bot.employer.starts()
    await bot.quiet()
    with caplog.at_level(logging.WARNING):
        await bot.employer.forges_press(accept, bot.employer.last)
        await bot.quiet()

    assert bot.employer.alerts == ["Dieser Befehl ist Admins vorbehalten."]
    assert f"chat {bot.employer.id} pressed an editor's button" in caplog.text
    assert NEW not in await answer(bot)


async def test_checked_in_a_process_of_its_own(
    bot: Bot, around: Surroundings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As in production: answers go on meanwhile; the result is the same."""
    held = tmp_path / "held"
    os.mkfifo(held)
    python = tmp_path / "python"  # begins only when the test says so, however fast the check is
    python.write_text(f'#!/bin/sh\nread -r _ < "{held}"\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o700)
    await bot.stop()
    bot.around = replace(around, prepare_reload=True)
    await bot.start()
    await bot.admin.starts()
    await bot.quiet()
    edit(faq(bot), (OLD, NEW))

    with monkeypatch.context() as changed:
        changed.setattr("sys.executable", str(python))
        await bot.admin.says("/reload")
        await bot.telegram.until(lambda: "Lesen" in bot.admin.last.text)
        try:
            bot.clock.wind(seconds=3)  # the check is parked, and Telegram is asked for more
            await bot.employer.says("eq dauer monate")
            await bot.telegram.until(lambda: bot.employer.received and OLD in bot.employer.last.text)
            assert "Geprüft." not in bot.admin.last.text
        finally:
            await asyncio.to_thread(held.write_text, "\n")
    await bot.telegram.until(lambda: "Geprüft." in bot.admin.last.text, SLOW)
    await bot.quiet()

    assert "Geändert (1): eq-dauer" in bot.admin.last.text
    assert "gilt Fassung 2" in await press(bot, "Übernehmen")
    edit(faq(bot), ("thema: T05", "thema: [T05"))
    await bot.admin.says("/reload")
    await bot.telegram.until(lambda: "kein gültiges YAML" in bot.admin.last.text, SLOW)


async def test_a_check_that_breaks_changes_nothing(
    bot: Bot, around: Surroundings, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process ends without a result, or the disk refuses: said, logged, nothing changed."""
    await bot.stop()
    bot.around = replace(around, prepare_reload=True)
    await bot.start()
    await bot.admin.starts()
    edit(faq(bot), (OLD, NEW))
    with monkeypatch.context() as changed, caplog.at_level(logging.ERROR):
        changed.setattr("sys.executable", "/bin/false")
        assert (await command(bot, "/reload")).startswith("Nichts geändert. Die Prüfung")
    assert "ended with code 1" in caplog.text

    versions = bot.settings.data_dir / "versions"
    versions.rename(versions.with_name("beiseite"))
    versions.touch()
    with caplog.at_level(logging.ERROR):
        assert (await command(bot, "/reload")).startswith("Nichts geändert. Die Prüfung")
    assert "a candidate could not be checked" in caplog.text
    assert OLD in await answer(bot)
