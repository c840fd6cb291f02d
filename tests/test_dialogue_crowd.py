"""Several people at one time: two who take, a Lotse with five cases, an employer who leaves in mid-case."""

import pytest

from bot.demo import Person
from tests.case_at_hand import card_of, later, live_case, open_case
from tests.conftest import HWK_KOELN, Bot, keys

pytestmark = pytest.mark.wire

TAKEN = "hat Ihren Fall TEST0001 übernommen"


async def opens_case(bot: Bot, person: Person, question: str) -> None:
    """A case of another employer, through every step."""
    await person.starts()
    await person.says(f"/lotse {question}")
    await person.says("50667")
    await bot.quiet()
    for press in ("🔧 Handwerk", "✅ Einverstanden, senden"):
        await person.presses(press)
        await bot.quiet()


async def test_two_take_at_once(bot: Bot, deputy: Person) -> None:
    """The first Lotse and the deputy press before either is answered: one has it, the other is told, the employer hears one."""
    await open_case(bot)
    card = bot.lotse.last
    await later(bot, hours=4.1)
    await later(bot, hours=24)
    await bot.lotse.presses("Zurückholen", message=next(m for m in bot.lotse.received if m.id == card.id))
    await deputy.presses("Übernehmen", message=card_of(deputy))
    await bot.quiet()

    assert sum(TAKEN in m.text for m in bot.employer.received) == 1
    [row] = await bot.app.linking._store.read.all("SELECT state, lotse FROM cases")
    winner, loser = (bot.lotse, deputy) if row["lotse"] == HWK_KOELN else (deputy, bot.lotse)
    assert row["state"] == "taken"
    assert any("gibt es für Sie nicht" in alert or "schon weiter" in alert for alert in loser.alerts)
    await bot.employer.says("An wen geht das?")
    await bot.quiet()
    assert "An wen geht das?" in winner.last.text
    assert not any("An wen geht das?" in m.text for m in loser.received)


async def test_five_open_cases_and_plain_text(bot: Bot) -> None:
    """Nothing goes before a tap; then to the employer who was chosen and to nobody else, with a restart in between."""
    await bot.link(HWK_KOELN, bot.lotse)
    firms = [bot.telegram.user(f"Betrieb {number}", id=910_000 + number) for number in range(5)]
    for number, firm in enumerate(firms):
        await opens_case(bot, firm, f"Frage von Betrieb {number}")
        await bot.lotse.presses("Übernehmen", message=bot.lotse.last)
        await bot.quiet()
    heard = [len(firm.received) for firm in firms]
    await bot.lotse.says("Passt Ihnen Donnerstag?")
    await bot.quiet()
    asked = bot.lotse.last
    assert asked.text == "Zu welchem Fall gehört diese Nachricht?"
    assert [row[0] for row in keys(asked)] == [
        *(f"Fall TEST000{number} · 50667 Köln" for number in range(1, 6)),
        "Das ist eine Frage an den Bot",
        "Abbrechen",
    ]
    assert [len(firm.received) for firm in firms] == heard
    await bot.restart()
    await bot.lotse.presses("Fall TEST0004 · 50667 Köln", message=asked)
    await bot.quiet()
    assert firms[3].last.text.endswith("(Fall TEST0004):\n\nPasst Ihnen Donnerstag?")
    heard[3] += 1
    assert [len(firm.received) for firm in firms] == heard
    assert "Geht an den Betrieb in 50667 Köln, Fall TEST0004" in bot.lotse.last.text


async def test_the_employer_leaves_in_mid_case_and_comes_back(bot: Bot) -> None:
    """Answers and files do not arrive: the Lotse is told of each, the card too; back again, the case goes on."""
    await live_case(bot)
    await bot.employer.blocks()
    await bot.quiet()
    await bot.lotse.says("Rufen Sie mich an", reply_to=card_of(bot.lotse).id)
    await bot.quiet()
    assert "kam nicht an: Der Betrieb ist in Telegram nicht mehr erreichbar" in bot.lotse.last.text
    told = sum("kam nicht an" in m.text for m in bot.lotse.received)
    await bot.lotse.sends_document("Merkblatt.pdf", reply_to=card_of(bot.lotse).id)
    await bot.quiet()
    assert sum("kam nicht an" in m.text for m in bot.lotse.received) == told + 1
    await bot.lotse.says("/fall TEST0001")
    await bot.quiet()
    assert "⚠️ Ihre letzte Nachricht kam nicht an" in bot.lotse.last.text

    await bot.employer.unblocks()
    await bot.quiet()
    await bot.employer.says("Bin wieder da")
    await bot.quiet()
    assert "Bin wieder da" in bot.lotse.last.text
    await bot.lotse.says("Schön!", reply_to=bot.lotse.last.id)
    await bot.quiet()
    assert bot.employer.last.text.endswith("Schön!")


async def test_a_lotse_replies_to_the_card_of_a_closed_case(bot: Bot) -> None:
    """Told that it is closed; words, a file and the old buttons reach nobody."""
    await live_case(bot)
    card = card_of(bot.lotse)
    await bot.lotse.presses("Schließen", message=card)
    await bot.quiet()
    await bot.lotse.presses("Ohne Wort schließen")
    await bot.quiet()
    told = len(bot.employer.received)
    await bot.lotse.says("Noch etwas", reply_to=card.id)
    await bot.quiet()
    assert "schon abgeschlossen" in bot.lotse.last.text
    await bot.lotse.sends_photo(reply_to=card.id)
    await bot.quiet()
    assert "schon abgeschlossen" in bot.lotse.last.text
    alerts = len(bot.lotse.alerts)
    for data in ("1:a:1", "1:xl:1", "1:xt:1", "1:I:1:+anruf"):
        await bot.lotse.forges_press(data, card)
        await bot.quiet()
    assert len(bot.lotse.alerts) == alerts + 4
    assert len(bot.employer.received) == told
