"""What is stored is shown on request, removed on request, and forgotten when its time is over."""

import json

from bot.surroundings import Surroundings
from tests.case_at_hand import open_case
from tests.conftest import HWK_KOELN, Bot

SECRET = "Hund-Katze-Maus-Frage"


async def stored(bot: Bot) -> dict[str, object]:
    """What /meinedaten sends."""
    await bot.employer.says("/meinedaten")
    await bot.quiet()
    media = [message.media for message in bot.employer.received if message.media is not None]
    loaded: dict[str, object] = json.loads(media[-1].data)
    return loaded


async def test_the_policy_names_the_real_periods(bot: Bot) -> None:
    """/datenschutz is built from the settings."""
    await bot.employer.starts()
    await bot.employer.says("/datenschutz")
    await bot.quiet()

    assert "Gespräch 30 Tage, geschlossene Fälle 180 Tage" in bot.employer.last.text
    assert "nicht Ende-zu-Ende-verschlüsselt" in bot.employer.last.text


async def test_access_shows_everything(bot: Bot) -> None:
    """Talk, place, step that waits, cases: as a JSON file."""
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot, SECRET)
    await bot.employer.says("/lotse")
    await bot.quiet()
    data = await stored(bot)

    assert data["telegram_chat"] == bot.employer.id
    assert data["gespraech"]["question"] == SECRET  # type: ignore[index]  # JSON of a test
    assert data["betrieb"] == {"place": "p50667", "branch": "handwerk"}
    assert data["faelle"][0]["frage"] == SECRET  # type: ignore[index]  # JSON of a test
    assert data["begonnener_schritt"]["art"] == "handoff"  # type: ignore[index]  # JSON of a test


async def test_erasure_is_complete_and_told_to_the_lotse(bot: Bot) -> None:
    """Afterwards nothing is left; the Lotse's card says so; words of the Lotse no longer arrive."""
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot, SECRET)
    card = bot.lotse.last
    await bot.lotse.presses("Übernehmen")
    await bot.quiet()
    await bot.employer.says("/loeschen")
    await bot.quiet()
    await bot.employer.presses("Nein, behalten")
    await bot.quiet()
    assert (await stored(bot))["faelle"]
    await bot.employer.says("/loeschen")
    await bot.quiet()
    await bot.employer.presses("Ja, alles löschen")
    await bot.quiet()
    assert "Gelöscht" in bot.employer.last.text

    shown = next(message for message in bot.lotse.received if message.id == card.id)
    assert shown.text.startswith("⚪ Vom Betrieb gelöscht")
    assert SECRET not in shown.text
    count = len(bot.employer.received)
    await bot.lotse.says("Antwort", reply_to=card.id)
    await bot.quiet()
    assert len(bot.employer.received) == count
    data = await stored(bot)
    assert data["faelle"] == []
    assert data["betrieb"] is None
    assert data["gespraech"]["question"] == ""  # type: ignore[index]  # JSON of a test


async def test_the_file_shows_no_words_of_a_user(bot: Bot) -> None:
    """A dump of the database holds no plain text of any person."""
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot, SECRET)
    await bot.lotse.presses("Übernehmen")
    await bot.quiet()
    await bot.lotse.says("Geheime-Antwort-Wort", reply_to=bot.lotse.last.id)
    await bot.quiet()
    await bot.stop()
    dump = b"".join(file.read_bytes() for file in bot.settings.data_dir.glob("lotsenbot.db*"))
    await bot.start()

    for words in (SECRET, "Geheime-Antwort-Wort", "Anna", "Lotta", "50667 Köln"):
        assert words.encode() not in dump


async def test_closed_cases_and_old_talks_are_forgotten(bot: Bot, around: Surroundings) -> None:
    """After their period; an open case stays however old it is."""
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot, SECRET)
    await bot.employer.says("/status")
    await bot.quiet()
    await bot.employer.presses("Fall TEST0001 beenden")
    await bot.quiet()
    await open_case(bot, "Noch eine " + SECRET)
    bot.clock.wind(days=31)
    await bot.app.privacy.forget()
    data = await stored(bot)
    assert data["gespraech"]["question"] == ""  # type: ignore[index]  # JSON of a test
    assert len(data["faelle"]) == 2  # type: ignore[arg-type]  # JSON of a test
    bot.clock.wind(days=150)
    await bot.app.privacy.forget()

    cases = (await stored(bot))["faelle"]
    assert [case["nummer"] for case in cases] == ["TEST0002"]  # type: ignore[attr-defined]  # JSON of a test
