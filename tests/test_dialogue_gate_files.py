"""Files that editors send, /rollback, and what answers after a restart; through the real stack."""

import pytest

from bot.config import Settings, SettingsError
from bot.sent_files import with_file
from bot.versions import Versions, read_files
from handlers import texts, texts_admin
from handlers.buttons import RollBack, encode
from knowledge.source import TextFile
from tests.conftest import Bot
from tests.gate_at_hand import NEW, OLD, answer, command, edit, faq, folder_of, press


async def send(bot: Bot, name: str, content: str) -> str:
    """What the bot says last to a file of the admin."""
    await bot.admin.sends_document(name, content.encode())
    await bot.quiet()
    return bot.admin.last.text


async def test_a_file_goes_through_the_gate(bot: Bot) -> None:
    """It replaces the one of its name; taken over, it lies in the folder too."""
    await bot.admin.starts()
    changed = faq(bot).read_text().replace(OLD, NEW)

    report = await send(bot, "t05-eq (1).yaml", changed)
    assert report.startswith("faq/t05-eq.yaml ist geprüft. 15 Einträge")
    assert "Geändert (1): eq-dauer" in report
    assert OLD in faq(bot).read_text()
    assert NEW not in await answer(bot)

    done = await press(bot, "Übernehmen")
    assert "gilt Fassung 2" in done
    assert "Die Datei liegt jetzt auch im Wissensordner." in done
    assert faq(bot).read_text() == changed
    assert NEW in await answer(bot)
    assert "nichts geändert" in await command(bot, "/reload")


async def test_a_new_topic_and_a_list_beside_the_faq(bot: Bot) -> None:
    """A file of another name is one more topic; that of a list replaces the list."""
    await bot.admin.starts()
    new = faq(bot).read_text().replace("thema: T05", "thema: T18").replace("id: eq-", "id: neu-")
    assert "steht auch bei" in await send(bot, "t18.yaml", new)
    for old in ("eq", "EQ", "Einstiegsqualifizierung", "Langzeitpraktikum"):
        new = new.replace(f" {old}", f" Vorstufe {old}").replace(f"- {old}", f"- Vorstufe {old}")
    report = await send(bot, "t18.yaml", new.replace("Was zahlt", "Zahlt").replace("Ab wann", "Wann"))
    assert "Neu (2): neu-zuschuss, neu-dauer" in report

    lotsen = (folder_of(bot) / "lotsen.yaml").read_text()
    report = await send(bot, "lotsen.yaml", lotsen.replace("+49 30 23125 091", "+49 30 23125 999"))
    assert "Lotsen geändert (1): WL091" in report
    await press(bot, "Übernehmen")
    assert "23125 999" in (folder_of(bot) / "lotsen.yaml").read_text()


async def test_a_file_changes_only_itself(bot: Bot) -> None:
    """Unfinished work in the folder is not taken over with it, and is kept beside the file when it is on the same one."""
    await bot.admin.starts()
    changed = faq(bot).read_text().replace(OLD, NEW)
    faq(bot, "t06-alltag.yaml").write_text("thema: [mitten in der Arbeit")
    edit(faq(bot), (OLD, "Unfertig"))

    await send(bot, "t05-eq.yaml", changed)
    done = await press(bot, "Übernehmen")

    assert "daneben in faq/t05-eq.yaml.vorher" in done
    assert "Unfertig" in faq(bot, "t05-eq.yaml.vorher").read_text()
    assert NEW in await answer(bot)
    assert "mitten in der Arbeit" in faq(bot, "t06-alltag.yaml").read_text()
    assert await answer(bot, "Was gilt bei Urlaub?")


async def test_a_folder_that_cannot_be_written(bot: Bot) -> None:
    """The file is in use, and the admin knows what to do."""
    await bot.admin.starts()
    await send(bot, "t05-eq.yaml", faq(bot).read_text().replace(OLD, NEW))
    folder_of(bot).rename(folder_of(bot).with_name("weg"))
    folder_of(bot).touch()

    assert "konnte die Datei nicht geschrieben werden" in await press(bot, "Übernehmen")
    assert NEW in await answer(bot)


async def test_files_that_are_no_knowledge(bot: Bot) -> None:
    """Problems with file and line, a name that fits nowhere, too large; a file of anyone else is a file like any other."""
    await bot.admin.starts()
    assert "faq/t05-eq.yaml:2" in await send(bot, "t05-eq.yaml", "thema: [")
    assert bot.admin.last.labels == []
    assert await send(bot, "was ist.das.yaml", "thema: T05") == plain(texts_admin.FILE_NAME)
    assert await send(bot, "t05-eq.yaml", "#" * 1_000_001) == texts_admin.FILE_SIZE
    assert await send(bot, "Vertrag.pdf", "%PDF") == texts.UNSUPPORTED
    assert "nichts geändert" in await send(bot, "t05-eq.yaml", faq(bot).read_text())
    assert OLD in await answer(bot)

    await bot.employer.sends_document("t05-eq.yaml", b"thema: T05")
    await bot.quiet()
    assert bot.employer.last.text == texts.UNSUPPORTED


def plain(html: str) -> str:
    """A text of ours as it is shown."""
    return html.replace("<code>", "").replace("</code>", "")


async def test_returning_to_an_earlier_version(bot: Bot) -> None:
    """/rollback lists who accepted what and when; one press returns, which is a new version; a restart keeps it."""
    await bot.admin.starts()
    assert "Es gibt noch keine frühere Fassung." in await command(bot, "/rollback")
    assert "Fassung 1 · gilt jetzt\n01.09.2026, 10:00 Uhr · beim Start · 15 Einträge" in bot.admin.last.text
    bot.clock.wind(hours=1)
    edit(faq(bot), (OLD, NEW))
    await bot.reloads()

    shown = await command(bot, "/rollback")
    assert "Fassung 2 · gilt jetzt\n01.09.2026, 11:00 Uhr · von Ihnen · 15 Einträge, 5 Lotsen" in shown
    assert bot.admin.last.labels == ["Zurück zu Fassung 1 vom 01.09.2026, 10:00 Uhr"]
    done = await press(bot, bot.admin.last.labels[0])
    assert "Zurückgekehrt zu Fassung 1. Sie gilt jetzt als Fassung 3" in done
    assert "Der Wissensordner bleibt, wie er ist." in done
    assert OLD in await answer(bot)
    await bot.restart()
    assert OLD in await answer(bot)

    assert "Rückkehr zu Fassung 1" in await command(bot, "/rollback")
    menu = bot.admin.last
    await bot.admin.presses("Zurück zu Fassung 2 vom 01.09.2026, 11:00 Uhr")
    await bot.quiet()
    assert NEW in await answer(bot)
    await bot.admin.forges_press(encode(RollBack(2)), menu)
    await bot.quiet()
    assert "Das ist schon übernommen: Fassung 4 gilt." in bot.admin.last.text
    await bot.admin.forges_press(encode(RollBack(99)), menu)
    await bot.quiet()
    assert bot.admin.last.text.startswith("Das passt nicht mehr")


async def test_only_good_versions_can_be_returned_to(bot: Bot) -> None:
    """What a newer program no longer takes is refused with its problems; what was damaged is gone."""
    await bot.admin.starts()
    edit(faq(bot), (OLD, NEW))
    await bot.reloads()
    first = next((bot.settings.data_dir / "versions").glob("1-*"))
    await command(bot, "/rollback")
    menu, (label,) = bot.admin.last, bot.admin.last.labels
    (first / "lotsen.yaml").unlink()
    assert (await press(bot, label)).startswith("Das passt nicht mehr")

    versions = Versions(bot.settings.data_dir / "versions")
    (second,) = (version for version in versions.all() if version.meta.number == 2)
    bad = with_file(read_files(second.path), TextFile("faq/t05-eq.yaml", b"thema: ["))
    number = versions.record(bad, second.meta).meta.number
    versions.record(read_files(second.path), second.meta)
    await bot.admin.forges_press(encode(RollBack(number)), menu)
    await bot.quiet()
    assert "kein gültiges YAML" in bot.admin.last.text
    assert NEW in await answer(bot)


async def test_after_a_restart_the_accepted_version_answers(bot: Bot) -> None:
    """Edits in the folder wait; admins are told once; a broken folder stops no start."""
    await bot.admin.starts()
    await bot.quiet()
    edit(faq(bot), (OLD, NEW))
    await bot.restart()
    await bot.quiet()

    assert (
        "Im Wissensordner liegen Änderungen, die noch nicht übernommen sind: /reload" in bot.admin.last.text
    )
    assert OLD in await answer(bot)
    faq(bot).write_text("thema: [")
    told = len(bot.admin.received)
    await bot.restart()
    await bot.restart()
    await bot.quiet()
    assert len(bot.admin.received) == told + 1
    assert OLD in await answer(bot)


@pytest.mark.parametrize("name", ["GATE_MAX_LOST", "GATE_MAX_NEW_ANSWERS"])
def test_limits_are_settings(settings: Settings, name: str) -> None:
    """Whole numbers from 0; anything else is said in German."""
    env = {"BOT_TOKEN": settings.bot_token.get_secret_value(), "ADMIN_IDS": "1", "DATA_KEY": "A" * 43 + "="}
    assert Settings.from_env({**env, name: "0"}).model_dump()[name.lower()] == 0
    for wrong in ("-1", "viele"):
        with pytest.raises(SettingsError, match=f"{name} braucht eine ganze Zahl ab 0"):
            Settings.from_env({**env, name: wrong})
