"""Dialogues about urgent cases, danger and individual cases: a person first, honest about the hour."""

from tests.case_at_hand import open_case
from tests.conftest import HWK_KOELN, Bot, keys


async def test_danger_to_life_names_help_before_anything_else(bot: Bot) -> None:
    """112 and the TelefonSeelsorge stand first."""
    await bot.employer.starts()
    await bot.employer.says("Mein Azubi sagt, er will sich umbringen")
    await bot.quiet()

    text = bot.employer.last.text
    assert "112" in text
    assert "116 123" in text
    assert text.index("112") < text.index("Willkommenslotse")


async def test_an_urgent_case_gets_a_person_first(bot: Bot) -> None:
    """Nothing is sent on by itself: the button leads to preview and consent."""
    await bot.employer.starts()
    await bot.employer.says("Die Polizei hat heute meinen Azubi abgeholt, er soll morgen abgeschoben werden")
    await bot.quiet()

    urgent = next(m for m in bot.employer.received if "klingt dringend" in m.text)
    assert keys(urgent)[0] == ["👤 Mit dem Lotsen sprechen"]
    assert "Sprechzeiten" not in urgent.text


async def test_at_night_it_says_when_somebody_is_there(bot: Bot) -> None:
    """No false hope outside office hours."""
    bot.clock.wind(hours=14)
    await bot.employer.starts()
    await bot.employer.says("Morgen ist die Abschiebung von unserem Lehrling")
    await bot.quiet()

    urgent = next(m for m in bot.employer.received if "klingt dringend" in m.text)
    assert "außerhalb der üblichen Sprechzeiten; sie beginnen wieder am 02.09.2026, 09:00 Uhr" in urgent.text


async def test_an_urgent_case_is_marked_on_the_card(bot: Bot) -> None:
    """The Lotse sees at once that it cannot wait."""
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot, "Die Polizei hat heute meinen Azubi abgeholt, er soll morgen abgeschoben werden")

    assert "❗ dringend" in bot.lotse.last.text


async def test_a_general_question_is_no_emergency(bot: Bot) -> None:
    """Asking about the rules is a question like any other."""
    await bot.employer.starts()
    await bot.employer.says("Schutz vor Abschiebung während der Lehre")
    await bot.quiet()

    assert bot.employer.last.text.startswith("Was ist die 3+2-Regelung?")


async def test_danger_that_no_list_names_is_heard(bot: Bot) -> None:
    """Other words than any editor thought of: whom to call stands first, then the way to a person."""
    await bot.employer.starts()
    await bot.employer.says("Mein Lehrling steht oben auf dem Gerüst und sagt er springt")
    await bot.quiet()
    shown = next(message for message in bot.employer.received if "112" in message.text)
    assert shown.text.index("112") < shown.text.index("Willkommenslotse")
    assert keys(shown)[0] == ["👤 Mit dem Lotsen sprechen"]


async def test_whom_to_call_stays_when_something_is_added_at_once(bot: Bot) -> None:
    """Words right behind a cry for help edit no answer: the emergency number must not vanish behind a guess."""
    await bot.employer.starts()
    await bot.employer.says("Mein Lehrling steht oben auf dem Gerüst und sagt er springt")
    await bot.quiet()
    aid = next(message for message in bot.employer.received if "112" in message.text)
    await bot.employer.says("Er hat sich gestern gefreut, darf ich eine Person mit Duldung ausbilden?")
    await bot.quiet()
    now = next(message for message in bot.employer.received if message.id == aid.id)
    assert now.text == aid.text
    assert bot.employer.last.id != aid.id


async def test_under_an_urgent_case_a_guess_is_only_offered(bot: Bot) -> None:
    """What the index is not sure of stands under „Meinten Sie?“, not as the answer to somebody in a hurry."""
    await bot.employer.starts()
    await bot.employer.says("Die Frist läuft morgen ab, und der Betrieb braucht Geld")
    await bot.quiet()
    assert any("klingt dringend" in message.text for message in bot.employer.received)
    assert bot.employer.last.text.startswith("Meinten Sie")
