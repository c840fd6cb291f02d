"""The way by mail, from the wish for a person to the Lotse's mailbox, against a real mail server on this machine."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.config import Settings
from bot.demo import StandIn
from bot.model import ChatId
from bot.surroundings import Surroundings
from tests.case_at_hand import asked_to_preview, later, live_case, open_case, to_preview
from tests.conftest import HWK_KOELN, IHK_KOELN, Bot, keys, running
from tests.gate_at_hand import command, goes, press
from tests.mail_at_hand import Mailbox, mail_server
from tests.wound_clock import WoundClock

CONTACT = "chef@firma.example"
SEND = "✅ Einverstanden, per E-Mail senden"


@pytest.fixture
async def box() -> AsyncIterator[Mailbox]:
    """The mail server."""
    async with mail_server() as opened:
        yield opened


@pytest.fixture
async def mailing(
    box: Mailbox, telegram_by_hand: StandIn, clock: WoundClock, settings: Settings, around: Surroundings
) -> AsyncIterator[Bot]:
    """The whole bot, with a mail server."""
    changed = settings.model_copy(
        update={
            "smtp_host": "127.0.0.1",
            "smtp_port": box.port,
            "smtp_tls": "none",
            "smtp_from": "bot@amt.example",
        }
    )
    async with running(telegram_by_hand, clock, changed, around) as bot:
        await bot.admin.starts()  # who may be told that something is stuck
        yield bot


async def ask(bot: Bot, contact: str = CONTACT, question: str = "Was bedeutet 3+2?") -> None:
    """Everything up to the preview."""
    await to_preview(bot, question)
    await bot.employer.says(contact)
    await bot.quiet()


async def send(bot: Bot, contact: str = CONTACT, question: str = "Was bedeutet 3+2?") -> None:
    """The same, and consent."""
    await ask(bot, contact, question)
    await bot.employer.presses(SEND)
    await bot.quiet()


async def test_the_whole_way(mailing: Bot, box: Mailbox) -> None:
    """Contact asked, shown in the preview, mailed; the employer is told what is known, and asked a day later."""
    bot = mailing
    await to_preview(bot, "Was bedeutet 3+2?")
    offer = bot.employer.last
    assert "Willkommenslotsin HWK zu Köln (Muster)" in offer.text
    assert "Wohin soll die Antwort?" in offer.text
    assert keys(offer)[0] == ["📞 Nummer kopieren"]

    await bot.employer.says("Was geht das Sie an?")
    await bot.quiet()
    assert "nicht als E-Mail-Adresse oder Telefonnummer lesen" in bot.employer.last.text
    await bot.employer.says(f"bitte an {CONTACT}")
    await bot.quiet()
    preview = bot.employer.last.text
    assert preview.startswith("Das geht per E-Mail an:\nWillkommenslotsin HWK zu Köln (Muster)")
    assert f"Die Antwort kommt an: {CONTACT}" in preview
    assert box.taken == []

    await bot.employer.presses(SEND)
    await bot.quiet()
    told = [message.text for message in bot.employer.received[-2:]]
    assert "geht per E-Mail an Willkommenslotsin HWK zu Köln (Muster)" in told[0]
    assert "Fallnummer: TEST0001" in told[0]
    assert "Der Mailserver hat sie angenommen. Ob sie schon gelesen wurde, weiß ich nicht." in told[1]
    assert "am 01.09.2026" not in told[1]

    [got] = box.taken
    assert box.envelopes == [("bot@amt.example", ["willkommenslotsen@hwk-zu-koeln.example"])]
    assert got["Subject"] == "Frage eines Betriebs in 50667 Köln (Fall TEST0001)"
    assert got["Reply-To"] == CONTACT
    text = got.get_content()
    assert "> Was bedeutet 3+2?" in text
    assert f"Bitte antworten Sie dem Betrieb direkt: {CONTACT}" in text
    assert "„Antworten“ in Ihrem Mailprogramm geht an diese Adresse." in text
    assert "Musterdaten" in text
    assert "Anna" not in str(got)

    await bot.employer.says("/status")
    await bot.quiet()
    assert f"per E-Mail verschickt am 01.09.2026, 10:00 Uhr; Antwort an {CONTACT}" in bot.employer.last.text
    await later(bot, hours=4.5)
    assert "per E-Mail verschickt" in bot.employer.last.text
    await later(bot, hours=24)
    asked = bot.employer.last
    assert "ging am 01.09.2026, 10:00 Uhr per E-Mail an Willkommenslotsin HWK" in asked.text
    assert "+49 30 23125 091" in asked.text
    assert keys(asked) == [["📞 Nummer kopieren"], ["✉️ E-Mail-Adresse kopieren"]]
    await bot.employer.says("/status")
    await bot.quiet()
    assert "keinen offenen Fall" in bot.employer.last.text
    assert len(box.taken) == 1


async def test_a_telephone_is_enough(mailing: Bot, box: Mailbox) -> None:
    """Then nobody can reply to the mail, and it says so; what was answered before and markup stay plain text."""
    bot = mailing
    await bot.employer.starts()
    await bot.employer.says("Was bedeutet 3+2?")
    await bot.quiet()
    await send(bot, "0221 123456", "Geht das <b>auch</b> & wie?")
    [got] = box.taken
    assert "Reply-To" not in got
    text = got.get_content()
    assert "> Geht das <b>auch</b> & wie?" in text
    assert "0221 123456" in text
    assert "nur eine Telefonnummer angegeben" in text
    assert "Schon gezeigte Antworten:\r\n- Was ist die 3+2-Regelung?" in text


async def test_contact_and_text_can_be_changed(mailing: Bot, box: Mailbox) -> None:
    """Before anything is sent; third persons are found in the text as always."""
    bot = mailing
    await ask(bot)
    await bot.employer.presses("✏️ Kontakt ändern")
    await bot.quiet()
    await bot.employer.says("neu@firma.example")
    await bot.quiet()
    await bot.employer.presses("✏️ Text ändern")
    await bot.quiet()
    await bot.employer.says("Mein Bewerber Ahmad Karimi, geboren 1.2.2001, hat eine Duldung.")
    await bot.quiet()
    assert "Angaben über eine Person" in bot.employer.last.text
    await bot.employer.presses("✅ Ohne diese Angaben weiter")
    await bot.quiet()
    assert "Die Antwort kommt an: neu@firma.example" in bot.employer.last.text
    await bot.employer.presses(SEND)
    await bot.quiet()
    [got] = box.taken
    assert got["Reply-To"] == "neu@firma.example"
    assert "1.2.2001" not in got.get_content()


async def test_without_consent_nothing_goes_out(mailing: Bot, box: Mailbox) -> None:
    """Cancelled."""
    await ask(mailing)
    await mailing.employer.presses("Abbrechen")
    await mailing.quiet()
    assert box.taken == []


async def test_a_server_that_is_busy(mailing: Bot, box: Mailbox) -> None:
    """4xx twice, a restart in between: it arrives once, told once, with the name it always had."""
    box.replies = ["451 later", "451 later"]
    await send(mailing)
    assert "wenn die E-Mail verschickt ist" in mailing.employer.last.text
    await mailing.employer.says("/status")
    await mailing.quiet()
    assert "wird per E-Mail verschickt" in mailing.employer.last.text
    mailing.clock.wind(seconds=61)
    await mailing.quiet()
    await mailing.restart()
    mailing.clock.wind(seconds=121)
    await mailing.quiet()
    [got] = box.taken
    assert got["Message-ID"] == "<fall-test0001@amt.example>"
    assert sum("Mailserver hat sie angenommen" in one.text for one in mailing.employer.received) == 1


async def test_a_server_that_refuses(mailing: Bot, box: Mailbox) -> None:
    """5xx: the employer has the contact card at once, the admin a word, and nothing is open."""
    box.refuses = "550 no such user"
    await send(mailing)
    bad = mailing.employer.last
    assert "konnte ich die E-Mail an Willkommenslotsin HWK zu Köln (Muster)" in bad.text.replace("\n", " ")
    assert "+49 30 23125 091" in bad.text
    assert keys(bad) == [["📞 Nummer kopieren"], ["✉️ E-Mail-Adresse kopieren"]]
    assert "nicht per E-Mail verschickt werden (Grund: 550)" in mailing.admin.last.text
    await mailing.employer.says("/status")
    await mailing.quiet()
    assert "keinen offenen Fall" in mailing.employer.last.text


async def test_a_server_that_never_comes_back(mailing: Bot, box: Mailbox) -> None:
    """Four working hours of 4xx: the contact card, and the mail is not sent behind it."""
    box.replies = ["451 later"] * 40
    await send(mailing)
    await later(mailing, hours=3.9)
    assert "wenn die E-Mail verschickt ist" in mailing.employer.last.text
    await later(mailing, hours=0.2)
    assert "konnte ich die E-Mail" in mailing.employer.last.text
    box.replies = []
    await later(mailing, hours=48)
    assert box.taken == []


async def test_withdrawn(mailing: Bot, box: Mailbox) -> None:
    """Ended by the employer: before it went out nothing goes, afterwards a second mail says so in the same thread."""
    box.replies = ["451 later"]
    await send(mailing)
    await end(mailing)
    mailing.clock.wind(minutes=5)
    await mailing.quiet()
    assert box.taken == []

    await send(mailing)
    await end(mailing)
    first, second = box.taken
    assert second["Subject"] == "Erledigt: Fall TEST0002"
    assert second["In-Reply-To"] == first["Message-ID"]


async def end(bot: Bot) -> None:
    """/status and the button."""
    await bot.employer.says("/status")
    await bot.quiet()
    label = next(text for row in keys(bot.employer.last) for text in row)
    await bot.employer.presses(label)
    await bot.quiet()


async def test_erased(mailing: Bot, box: Mailbox) -> None:
    """/meinedaten shows the contact; /loeschen removes it and asks the Lotse to do the same."""
    await send(mailing)
    stored = await mailing.app.privacy.stored(ChatId(mailing.employer.id))
    assert stored["faelle"][0]["antwort_an"] == CONTACT
    assert CONTACT in json.dumps(stored["alle_zeilen"])
    await mailing.employer.says("/loeschen")
    await mailing.quiet()
    await mailing.employer.presses("Ja, alles löschen")
    await mailing.quiet()
    first, second = box.taken
    assert second["Subject"] == "Bitte löschen: Fall TEST0001"
    assert second["In-Reply-To"] == first["Message-ID"]
    assert CONTACT not in second.get_content()
    assert "Gelöscht" in mailing.employer.last.text
    assert CONTACT not in json.dumps(await mailing.app.privacy.stored(ChatId(mailing.employer.id)))


async def test_urgent(mailing: Bot) -> None:
    """Calling comes first."""
    await asked_to_preview(mailing, "Mein Azubi sitzt in Abschiebehaft, was tun?")
    assert mailing.employer.last.text.startswith("❗ Wenn es eilt, rufen Sie bitte an.")


async def test_who_is_linked_gets_no_mail(mailing: Bot, box: Mailbox) -> None:
    """Telegram first: the handoff is as it was, and no contact is asked for."""
    bot = mailing
    await bot.link(HWK_KOELN, bot.lotse)
    await to_preview(bot, "Was bedeutet 3+2?")
    preview = bot.employer.last
    await bot.employer.presses("✅ Einverstanden, senden", message=preview)
    await bot.quiet()
    assert "Fall TEST0001" in bot.lotse.last.text
    assert box.taken == []


async def test_blocked_between_preview_and_consent(mailing: Bot, box: Mailbox) -> None:
    """What was agreed to was Telegram: the employer is asked for a contact and agrees anew."""
    bot = mailing
    await bot.link(HWK_KOELN, bot.lotse)
    await to_preview(bot, "Was bedeutet 3+2?")
    await bot.lotse.blocks()
    await bot.quiet()
    await bot.employer.presses("✅ Einverstanden, senden")
    await bot.quiet()
    assert "Wohin soll die Antwort?" in bot.employer.last.text
    assert box.taken == []
    await bot.employer.says(CONTACT)
    await bot.quiet()
    await bot.employer.presses(SEND)
    await bot.quiet()
    assert len(box.taken) == 1

    # Further words go nowhere, and the case that is in the mailbox goes on; also once the Lotse is back in Telegram.
    for back in (False, True):
        if back:
            await bot.lotse.unblocks()
        await bot.employer.says("Noch etwas: es eilt nicht", reply_to=bot.employer.last.id)
        await bot.quiet()
        assert "kann ich nichts nachreichen" in bot.employer.last.text
    assert not any("nicht verschicken" in m.text for m in bot.employer.received)
    assert not any("es eilt nicht" in m.text for m in bot.lotse.received)
    await later(bot, hours=72)
    assert "Haben Sie schon eine Antwort?" in bot.employer.last.text


async def test_by_mail_instead(mailing: Bot, box: Mailbox) -> None:
    """The Lotse blocks the bot in mid-case: one tap, and the same question goes by mail; nobody else can press it."""
    bot = mailing
    await live_case(bot)
    await bot.lotse.blocks()
    await bot.employer.says("Sind Sie noch da?")
    await bot.quiet()
    bad = bot.employer.last
    assert "in Telegram nicht erreichen" in bad.text
    [data] = [button.data for row in bad.rows for button in row if button.text == "✉️ Per E-Mail schicken"]
    await bot.admin.forges_press(data or "", bot.admin.last)
    await bot.quiet()
    assert "Diesen Fall gibt es für Sie nicht." in bot.admin.alerts

    await bot.employer.presses("✉️ Per E-Mail schicken")
    await bot.quiet()
    await bot.employer.says("0221 123456")
    await bot.quiet()
    await bot.employer.presses(SEND)
    await bot.quiet()
    [got] = box.taken
    assert "> Was bedeutet 3+2?" in got.get_content()
    await bot.employer.presses("✉️ Per E-Mail schicken", message=bad)
    await bot.quiet()
    assert "Wohin soll die Antwort?" in bot.employer.last.text


async def test_no_mail_to_somebody_who_left(mailing: Bot, knowledge_folder: Path) -> None:
    """The Lotse leaves the directory before taking the case: the next one is named, and no button leads nowhere."""
    bot = mailing
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot)
    directory = knowledge_folder / "lotsen.yaml"
    text = re.sub(rf"(?ms)^- id: {HWK_KOELN}$.*?(?=^- id|\Z)", "", directory.read_text("utf-8"))
    directory.write_text(text.replace(f"  - {HWK_KOELN}\n", ""), "utf-8")
    await bot.reloads()
    await later(bot)
    assert "ist nicht mehr zuständig" in bot.employer.last.text
    assert "schreiben Sie eine E-Mail" in bot.employer.last.text
    assert ["✉️ Per E-Mail schicken"] not in keys(bot.employer.last)


async def test_linked_meanwhile(mailing: Bot, box: Mailbox) -> None:
    """A Lotse who is linked after the mail takes the case in Telegram: from then on it is a case like any other."""
    bot = mailing
    await send(bot)
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.lotse.says("/fall TEST0001")
    await bot.quiet()
    await bot.lotse.presses("Übernehmen")
    await bot.quiet()
    assert "übernommen" in bot.employer.last.text
    await later(bot, hours=100)
    assert "übernommen" in bot.employer.last.text
    stored = await bot.app.privacy.stored(ChatId(bot.employer.id))
    assert stored["faelle"][0]["antwort_an"] is None
    assert len(box.taken) == 1


async def test_words_after_the_mail(mailing: Bot, box: Mailbox) -> None:
    """They cannot follow it: the employer is told so, never that the mail did not go out, and is still asked later."""
    bot = mailing
    await send(bot)
    assert "ist verschickt" in bot.employer.last.text
    await bot.employer.says("Noch etwas: es eilt nicht", reply_to=bot.employer.last.id)
    await bot.quiet()
    assert "kann ich nichts nachreichen" in bot.employer.last.text
    assert not any("nicht verschicken" in m.text for m in bot.employer.received)
    assert len(box.taken) == 1
    await later(bot, hours=72)
    assert "Haben Sie schon eine Antwort?" in bot.employer.last.text


async def test_a_case_by_mail_is_handed_to_nobody(mailing: Bot, box: Mailbox) -> None:
    """Its Lotse links later and goes away: the employer agreed to that mailbox, and the case keeps its own next step."""
    bot = mailing
    await send(bot)
    assert box.taken
    await bot.link(HWK_KOELN, bot.lotse)
    deputy = bot.telegram.user("Dora", id=900_010)
    await bot.link("WL019", deputy)
    await bot.lotse.says("/abwesend bis 12.09.")
    await bot.quiet()
    await bot.lotse.presses("✅ Eintragen")
    await bot.quiet()
    assert not any("Fall TEST0001" in message.text for message in deputy.received)
    assert not any("Vertretung" in message.text for message in bot.employer.received)
    await later(bot, hours=24)
    await later(bot, hours=24)
    assert "Haben Sie schon eine Antwort?" in bot.employer.last.text


async def test_a_mailed_question_is_not_changed(mailing: Bot, box: Mailbox) -> None:
    """The mail is out: an edit of the question is not carried, and the employer is told so."""
    bot = mailing
    await bot.employer.starts()
    sent = await bot.employer.says("/lotse Was bedeutet 3+2?")
    await bot.employer.says("50667")
    await bot.quiet()
    await bot.employer.presses("🔧 Handwerk")
    await bot.quiet()
    await bot.employer.says(CONTACT)
    await bot.quiet()
    await bot.employer.presses(SEND)
    await bot.quiet()
    assert box.taken
    await bot.employer.edits(sent, "/lotse Was bedeutet 3+2 bei Duldung?")
    await bot.quiet()
    assert "Dorthin kann ich nichts nachreichen" in bot.employer.last.text


async def test_a_mailed_case_stays_when_its_lotse_leaves(mailing: Bot, box: Mailbox) -> None:
    """The mail is with whom the employer agreed to: no false word that it could not be sent, and nobody else gets it."""
    bot = mailing
    await send(bot)
    await bot.quiet()
    assert len(box.taken) == 1
    before = len(bot.employer.received)
    await bot.link(IHK_KOELN, bot.lotse)
    goes(bot)
    await command(bot, "/reload")
    await press(bot, "Übernehmen")
    await later(bot, minutes=1)

    assert len(bot.employer.received) == before
    assert not any("TEST0001" in message.text for message in bot.lotse.received)
    await later(bot, hours=30)
    assert "TEST0001" in bot.employer.last.text
    assert "nicht verschicken" not in bot.employer.last.text
