"""A statute has changed: the answer says so, editors compare old and new, review, and the warning goes."""

import logging
from pathlib import Path

import pytest

from bot.commands import Exit, main
from handlers.buttons import LawReviewed, encode
from tests.conftest import Bot
from tests.gate_at_hand import answer, command, folder_of, press

OLD = "Die Agentur für Arbeit kann eine Einstiegsqualifizierung fördern."
NEW = "Die Agentur für Arbeit muss eine Einstiegsqualifizierung <immer> fördern."
WARNING = "§ 54a SGB III hat sich seit der letzten Prüfung geändert."


def statutes(place: Path, text: str) -> Path:
    """What the publisher has."""
    place.mkdir(exist_ok=True)
    (place / "SGB_3.md").write_text(f"# § 54a – Einstiegsqualifizierung\n\n(1) {text}\n\n(2) Das Nähere.\n")
    return place


def watched(bot: Bot, tmp_path: Path) -> None:
    """The text was read, and then it changed."""
    folder = str(folder_of(bot))
    for text, code in ((OLD, Exit.OK), (NEW, Exit.PROBLEMS)):
        assert main(["gesetze", folder, "--from", str(statutes(tmp_path / "texte", text))]) == code


async def test_from_the_change_to_the_review(bot: Bot, tmp_path: Path) -> None:
    """The entries that cite it are marked and offer the Lotse first; „Einträge sind geprüft“ and /reload end that."""
    await bot.admin.starts()
    assert "als geändert vorgemerkt" in await command(bot, "/gesetze")
    watched(bot, tmp_path)
    assert WARNING not in await answer(bot)
    assert "Vormerkungen zu Gesetzen" in await command(bot, "/reload")
    await press(bot, "Übernehmen")

    assert WARNING in await answer(bot)
    assert "Lotse" in bot.employer.last.labels[0]
    assert "Gesetz geändert: 2" in await command(bot, "/faellig")
    listed = await command(bot, "/gesetze")
    assert "Geänderte Vorschriften: 1" in listed
    assert "§ 54a SGB III hat einen neuen Wortlaut (bemerkt am" in listed
    assert "Einträge: eq-zuschuss, eq-dauer" in listed

    shown = await press(bot, "§ 54a SGB III")
    assert f"Bisher:\n(1) {OLD}" in shown
    assert f"Neu:\n(1) {NEW}" in shown
    assert "Das Nähere" not in shown
    assert bot.admin.last.labels == ["Einträge sind geprüft"]
    reviewed = bot.admin.last

    assert "als geprüft eingetragen" in await press(bot, "Einträge sind geprüft")
    await command(bot, "/reload")
    await press(bot, "Übernehmen")
    assert WARNING not in await answer(bot)
    await bot.admin.forges_press(encode(LawReviewed("§ 54a SGB III")), reviewed)
    await bot.quiet()
    assert any(seen.text == "Das ist nicht mehr vorgemerkt." for seen in bot.admin.received)


async def test_a_folder_that_cannot_be_written(
    bot: Bot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing changes, and it says so."""
    await bot.admin.starts()
    watched(bot, tmp_path)
    await bot.reloads()
    await command(bot, "/gesetze")
    await press(bot, "§ 54a SGB III")
    (folder_of(bot) / "gesetze" / ".SGB_III.md.neu").mkdir()

    with caplog.at_level(logging.ERROR):
        assert (await press(bot, "Einträge sind geprüft")).startswith("Nichts geändert")
    assert "the law watch could not be written" in caplog.text
    assert "Geänderte Vorschriften: 1" in await command(bot, "/gesetze")


async def test_employers_are_refused(bot: Bot) -> None:
    """By command and by a forged button."""
    await bot.employer.starts()
    assert "vorbehalten" in await command(bot, "/gesetze", bot.employer)
    await bot.employer.forges_press(encode(LawReviewed("§ 54a SGB III")), bot.employer.last)
    await bot.quiet()
    assert "vorbehalten" in bot.employer.alerts[-1]
