"""Whoever is away or out of reach is never promised: not by a new case, the ladder, words to a case, or after a reload."""

import re
from pathlib import Path
from typing import Any

import pytest

from bot.clock import to_ms
from bot.config import Settings
from bot.demo import Person
from bot.model import ChatId, NoticeKind
from bot.tables import outbox
from tests.case_at_hand import open_case
from tests.conftest import HWK_KOELN, IHK_KOELN, Bot, keys
from tests.test_dialogue_absence import (
    BONN,
    COORDINATOR,
    another,
    goes_away,
    later,
    presses,
    says,
    told,
)
from tests.test_dialogue_waiting import rang


async def test_words_to_a_lotse_who_is_away(bot: Bot, deputy: Person) -> None:
    """The case was kept: the employer reads that nobody may answer soon, and gives it to the deputy by a tap, once."""
    await open_case(bot)
    await presses(bot, bot.lotse, "Übernehmen")
    await goes_away(bot, bot.lotse)
    assert "bleiben bei Ihnen" in await presses(bot, bot.lotse, "Bei mir lassen")
    await bot.employer.says("Haben Sie schon etwas gehört?")
    await bot.quiet()
    assert (
        "ist abwesend bis einschließlich Sa, 12.09.2026 und antwortet vielleicht erst danach"
        in bot.employer.last.text
    )
    assert rang(bot)[-1] is False
    assert "abwesend bis einschließlich" in await says(bot, bot.employer, "/status")
    ask = next(m for m in bot.employer.received if ["An die Vertretung geben"] in keys(m))
    await bot.employer.presses("An die Vertretung geben", message=ask)
    await bot.employer.forges_press("1:vh:1", ask)
    await bot.quiet()
    assert told(deputy, "Fall TEST0001") == 1
    assert told(bot.employer, "deshalb jetzt bei der Vertretung") == 1
    await bot.lotse.says(
        "Ich antworte trotzdem", reply_to=next(m.id for m in bot.lotse.received if "TEST0001" in m.text)
    )
    await bot.quiet()
    assert told(bot.employer, "Ich antworte trotzdem") == 0


async def test_the_ladder_passes_over_who_is_away(bot: Bot, deputy: Person) -> None:
    """A deputy who is away is not asked."""
    bonn = await another(bot, BONN, 2)
    await open_case(bot)
    await goes_away(bot, deputy, "bis 12.09.")
    await later(bot, hours=4.1)
    await later(bot, hours=24)
    assert told(bonn, "Fall TEST0001") == 1
    assert told(deputy, "Fall TEST0001") == 0


async def test_everybody_is_away(bot: Bot, deputy: Person) -> None:
    """Up the ladder to the contact card: of somebody who is not away, also without Telegram."""
    coordinator = await another(bot, COORDINATOR, 3)
    await open_case(bot)
    for person in (coordinator, deputy):
        await goes_away(bot, person, "bis 30.09.")
    await says(bot, bot.lotse, "/abwesend bis 30.09.")
    assert "Gerade kann Sie niemand vertreten" in bot.lotse.last.text
    await presses(bot, bot.lotse, "✅ Eintragen")
    await later(bot, hours=24)
    await later(bot, hours=24)
    last = bot.employer.last.text
    assert "niemand Ihren Fall TEST0001 übernommen" in last
    assert "Willkommenslotse IHK Bonn/Rhein-Sieg" in last
    assert told(coordinator, "Fall TEST") == told(deputy, "Fall TEST") == 0


async def test_a_new_case_when_everybody_is_away(bot: Bot) -> None:
    """No promise: the contact card, of somebody who is not away, and why."""
    await bot.link(HWK_KOELN, bot.lotse)
    await says(bot, bot.lotse, "/abwesend bis 12.09.")
    await presses(bot, bot.lotse, "✅ Eintragen")
    await bot.employer.starts()
    await bot.employer.says("/lotse Was bedeutet 3+2?")
    await bot.employer.says("50667")
    await bot.quiet()
    card = await presses(bot, bot.employer, "🔧 Handwerk")
    assert "Willkommenslotsin HWK zu Köln" in card
    assert "ist abwesend bis einschließlich Sa, 12.09.2026" in card
    assert "Ihr Kontakt vor Ort\nWillkommenslotsin IHK zu Köln" in card
    assert "nicht weitergegeben" in card
    assert "Vertretung: niemand" in await says(bot, bot.lotse, "/abwesend")


async def test_reopened_while_away(bot: Bot, deputy: Person) -> None:
    """A closed case that is opened again goes to whoever stands in."""
    await open_case(bot)
    await presses(bot, bot.lotse, "Übernehmen")
    await presses(bot, bot.lotse, "Schließen")
    await presses(bot, bot.lotse, "Ohne Wort schließen")
    await goes_away(bot, bot.lotse)
    await bot.employer.presses("Fall TEST0001 wieder öffnen")
    await bot.quiet()
    await later(bot, minutes=1)
    assert told(deputy, "Fall TEST0001") == 1
    assert "deshalb jetzt bei der Vertretung" in bot.employer.last.text


async def test_a_reload_removes_the_deputy(bot: Bot, deputy: Person, knowledge_folder: Path) -> None:
    """The next one stands in, and the absent Lotse reads it once."""
    bonn = await another(bot, BONN, 2)
    await goes_away(bot, bot.lotse)
    directory = knowledge_folder / "lotsen.yaml"
    text = re.sub(rf"(?ms)^- id: {IHK_KOELN}$.*?(?=^- id)", "", directory.read_text("utf-8"))
    directory.write_text(text.replace(f"  - {IHK_KOELN}\n", ""), "utf-8")
    await bot.reloads()
    await later(bot)
    await later(bot)
    assert (
        told(bot.lotse, "steht nicht mehr im Verzeichnis. Jetzt vertritt Sie Willkommenslotse IHK Bonn") == 1
    )
    await open_case(bot)
    assert told(bonn, "Fall TEST0001") == 1


async def test_no_digest_and_away_in_the_coverage(bot: Bot, deputy: Person) -> None:
    """Nothing rings; /abdeckung says why."""
    await open_case(bot)
    await presses(bot, bot.lotse, "Übernehmen")
    await goes_away(bot, bot.lotse)
    bot.clock.wind(hours=23)
    assert await bot.app.digest.send() == 0
    assert "WL091 Willkommenslotsin HWK zu Köln (Muster) 🌴 abwesend" in await says(
        bot, bot.admin, "/abdeckung Köln"
    )
    await bot.admin.says("/abdeckung")
    await bot.quiet()
    assert any("In Telegram erreichbar: 1 · abwesend: 1" in m.text for m in bot.admin.received)


async def test_my_absence_is_mine(bot: Bot, deputy: Person) -> None:
    """/meinedaten shows it, /loeschen leaves it to the Lotse's link, /entkoppeln ends it."""
    await goes_away(bot, bot.lotse)
    stored = await bot.app.privacy.stored(ChatId(bot.lotse.id))
    assert stored["alle_zeilen"]["absences"][0]["lotse"] == HWK_KOELN
    assert "absences" not in (await bot.app.privacy.stored(ChatId(deputy.id)))["alle_zeilen"]
    phone = bot.telegram.user("Neues Handy", id=900_099)
    await bot.link(HWK_KOELN, phone)
    assert "Sie sind abwesend" in await says(bot, phone, "/abwesend")
    await says(bot, phone, "/entkoppeln")
    assert await bot.app.absences.of(HWK_KOELN) is None
    await bot.link(HWK_KOELN, bot.lotse)
    assert "nicht als abwesend" in await says(bot, bot.lotse, "/abwesend")


class TestFairness:
    """Distribution over those who are there."""

    @pytest.fixture
    def knowledge_folder(self, knowledge_folder: Path) -> Path:
        """A colleague of the same chamber serves Köln as well."""
        directory = knowledge_folder / "lotsen.yaml"
        colleague = (
            "- id: WL900\n  name: Kollegin (Muster)\n  organisation: HWK zu Köln\n  art: HWK\n"
            "  ort: Köln\n  land: NW\n  kreise: ['05315']\n  email: kollegin@hwk.example\n"
        )
        directory.write_text(directory.read_text("utf-8") + colleague, "utf-8")
        return knowledge_folder

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        """Every Lotse is full with two cases."""
        return settings.model_copy(update={"load_cap": 2})

    async def test_who_is_away_takes_no_part(self, bot: Bot, deputy: Person) -> None:
        """All cases go to the colleague of the district, not to the deputy, also over the cap."""
        colleague = bot.telegram.user("Kollegin", id=900_020)
        await bot.link("WL900", colleague)
        await goes_away(bot, bot.lotse)
        for number in range(3):
            await open_case(bot, f"Frage {number}: Was bedeutet 3+2?")
            bot.clock.wind(seconds=1)
        assert told(colleague, "· Fall TEST") == 3
        assert told(deputy, "· Fall TEST") == told(bot.lotse, "· Fall TEST") == 0


async def test_what_waited_too_long_is_not_said(bot: Bot, deputy: Person) -> None:
    """Words about an absence that were not delivered before its end; a reminder that comes late says what is true now."""
    now, day = to_ms(bot.clock.now()), 24 * 3600 * 1000
    over = {"lotse": HWK_KOELN, "deputy": IHK_KOELN, "starts": now - 2 * day, "ends": now - day}
    heard = len(bot.lotse.received)
    for kind in (NoticeKind.ABSENCE_SOON, NoticeKind.ABSENCE_ENDS_SOON, NoticeKind.DEPUTY_NAMED):
        await put(bot, kind, over)
    assert len(bot.lotse.received) == heard
    await put(bot, NoticeKind.ABSENCE_SOON, over | {"ends": now + day}, "late")
    assert "Ihre Abwesenheit hat begonnen" in bot.lotse.last.text


async def put(bot: Bot, kind: NoticeKind, data: dict[str, Any], cause: str = "") -> None:
    """Something waits for the Lotse."""
    async with bot.app.linking._store.transaction() as tx:
        await outbox.put(tx, ChatId(bot.lotse.id), kind, dedupe=f"{kind}{cause}", now=0, data=data)
    bot.app.outbox.wake()
    await bot.quiet()


async def test_old_and_forged_buttons(bot: Bot, deputy: Person) -> None:
    """Days that are over or none at all, oneself as deputy, nothing entered, nobody left to take a case."""
    await says(bot, bot.lotse, "/abwesend")
    shown = bot.lotse.last
    for data, answer in (
        (f"1:va:20260801:20260803:{IHK_KOELN}", "Diese Tage sind schon vorbei"),
        (f"1:va:99999999:1:{IHK_KOELN}", "früheren Version"),
        ("1:vb:20260912:20260901:0", "früheren Version"),
        (f"1:va:20260901:20260912:{HWK_KOELN}", "nicht mehr zur Wahl"),
        ("1:va:20260901:20260912:", "nicht mehr zur Wahl"),
        ("1:vd", "nicht als abwesend eingetragen"),
    ):
        await bot.lotse.forges_press(data, shown)
        await bot.quiet()
        assert answer in bot.lotse.alerts[-1], data
    await bot.lotse.forges_press("1:ve", shown)
    await bot.quiet()
    assert "nicht als abwesend eingetragen" in next(m.text for m in bot.lotse.received if m.id == shown.id)
    assert await bot.app.absences.of(HWK_KOELN) is None
    await open_case(bot)
    await presses(bot, bot.lotse, "Übernehmen")
    await goes_away(bot, bot.lotse)
    await deputy.blocks()
    await bot.quiet()
    assert "keine Vertretung erreichbar" in await presses(bot, bot.lotse, "Alle übergeben (1)")
    assert "TEST0001" in await says(bot, bot.lotse, "/faelle")
