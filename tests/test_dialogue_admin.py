"""Dialogues of admins: why this answer, linking Lotsen; everyone else is refused."""

import logging

import pytest

from bot.app import opened, present
from bot.config import Settings
from bot.surroundings import Surroundings
from knowledge.problems import KnowledgeError
from tests.conftest import HWK_KOELN, Bot


async def test_why_this_answer(bot: Bot) -> None:
    """/pruefen shows the step, candidates with score parts, and the thresholds."""
    await bot.admin.starts()
    await bot.admin.says("/pruefen wie lang geht so eine eq eigentlich")
    await bot.quiet()
    assert "Entschieden hat:" in bot.admin.last.text
    assert "eq-dauer" in bot.admin.last.text
    await bot.admin.says("/pruefen")
    await bot.quiet()
    assert "So geht es" in bot.admin.last.text


async def test_linking_by_a_one_time_link(bot: Bot) -> None:
    """Invited, pressed, confirmed; the link works once and only for the one who pressed first."""
    await bot.admin.starts()
    await bot.admin.says("/einladen HWK Köln")
    await bot.quiet()
    assert "https://t.me/lotsen_bot?start=l_token-1" in bot.admin.last.text
    assert "Musterdaten" in bot.admin.last.text
    await bot.lotse.starts("l_token-1")
    await bot.quiet()
    assert "Ein Admin bestätigt das noch" in bot.lotse.last.text
    assert f"Lotta (Telegram-Nummer {bot.lotse.id})" in bot.admin.last.text
    await bot.employer.starts("l_token-1")
    await bot.quiet()
    assert "schon benutzt" in bot.employer.last.text

    request = bot.admin.last
    await bot.admin.presses("Ja, verbinden")
    await bot.quiet()
    assert "Verbunden:" in bot.admin.last.text
    assert "Sie sind jetzt als Willkommenslotsin HWK zu Köln (Muster)" in bot.lotse.last.text
    assert request.id == bot.admin.last.id
    assert "entkoppeln" in bot.lotse.menu

    await bot.admin.says(f"/entkoppeln {HWK_KOELN}")
    await bot.quiet()
    assert "Getrennt" in bot.admin.last.text
    assert "nicht mehr mit dem Lotsen-Verzeichnis verbunden" in bot.lotse.last.text
    assert "entkoppeln" not in bot.lotse.menu


async def test_menus_per_role_after_a_start(bot: Bot) -> None:
    """Everybody sees the common commands; admins and linked Lotsen theirs too, also after a restart."""
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.employer.starts()
    await bot.restart()
    await present(bot.app)

    assert bot.employer.menu == [
        "themen",
        "suche",
        "lotse",
        "status",
        "frage",
        "hilfe",
        "bescheid",
        "datenschutz",
        "abbrechen",
    ]
    assert set(bot.admin.menu) >= {"themen", "reload", "einladen", "pruefen", "entkoppeln"}
    assert set(bot.lotse.menu) == {
        "themen",
        "suche",
        "lotse",
        "status",
        "frage",
        "hilfe",
        "bescheid",
        "datenschutz",
        "abbrechen",
        "faelle",
        "entkoppeln",
        "abwesend",
        "zurueck",
        "notiz",
    }


async def test_a_rejected_or_expired_link(bot: Bot) -> None:
    """Rejected: the person is told; after 48 hours a link is void."""
    await bot.admin.starts()
    await bot.admin.says(f"/einladen {HWK_KOELN}")
    await bot.quiet()
    await bot.employer.starts("l_token-1")
    await bot.quiet()
    await bot.admin.presses("Nein, ablehnen")
    await bot.quiet()
    assert "Abgelehnt" in bot.admin.last.text
    assert "nicht bestätigt" in bot.employer.last.text

    await bot.admin.says(f"/einladen {HWK_KOELN}")
    await bot.quiet()
    bot.clock.wind(hours=49)
    await bot.lotse.starts("l_token-2")
    await bot.quiet()
    assert "abgelaufen" in bot.lotse.last.text


async def test_inviting_needs_one_lotse(bot: Bot) -> None:
    """No word, no match, several matches: each says what to do."""
    await bot.admin.starts()
    for words, answer in (
        ("", "So geht es"),
        (" Gibtsnicht", "finde ich nicht"),
        (" Köln", "passt auf mehrere"),
    ):
        await bot.admin.says(f"/einladen{words}")
        await bot.quiet()
        assert answer in bot.admin.last.text
    await bot.admin.says("/entkoppeln")
    await bot.quiet()
    assert "So geht es" in bot.admin.last.text
    for words, answer in (
        (HWK_KOELN, "nicht verbunden"),
        ("WL001", "finde ich nicht"),
        ("Gibtsnicht", "finde ich nicht"),
        ("Köln", "passt auf mehrere"),
        (
            "HWK Köln",
            "Willkommenslotsin HWK zu Köln (Muster) (Musterdaten: erfundener Kontakt) ist nicht verbunden",
        ),
    ):
        await bot.admin.says(f"/entkoppeln {words}")
        await bot.quiet()
        assert answer in bot.admin.last.text


async def test_a_lotse_is_unlinked_by_the_place(bot: Bot) -> None:
    """As invited: "Köln ist nicht verbunden" would be wrong of somebody who is."""
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.admin.says("/entkoppeln hwk köln")
    await bot.quiet()
    assert bot.admin.last.text.startswith("Getrennt: Willkommenslotsin HWK zu Köln")
    assert "nicht mehr mit dem Lotsen-Verzeichnis verbunden" in bot.lotse.last.text


@pytest.mark.parametrize("command", ["/reload", "/pruefen x", "/einladen WL091", "/entkoppeln WL091"])
async def test_everyone_else_is_refused_and_it_is_logged(
    bot: Bot, caplog: pytest.LogCaptureFixture, command: str
) -> None:
    """Employers and Lotsen cannot use an admin's command."""
    await bot.link(HWK_KOELN, bot.lotse)
    with caplog.at_level(logging.WARNING):
        await bot.employer.starts()
        await bot.employer.says(command)
        await bot.lotse.says(command)
        await bot.quiet()

    assert bot.employer.last.text == "Dieser Befehl ist Admins vorbehalten."
    assert bot.lotse.last.text == "Dieser Befehl ist Admins vorbehalten."
    assert f"chat {bot.employer.id} is not an admin and tried {command.split(maxsplit=1)[0]}" in caplog.text


async def test_the_real_telegram_refuses_the_sample(settings: Settings, around: Surroundings) -> None:
    """With Telegram's own address the invented directory is a problem at once, before Telegram is asked for anything."""
    real = settings.model_copy(update={"telegram_url": "https://api.telegram.org"})

    with pytest.raises(KnowledgeError, match="Muster-Verzeichnis"):
        async with opened(real, around):
            pass
