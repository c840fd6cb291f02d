"""Direct replies when Telegram refuses or the line is bad: what was pressed is done all the same."""

import pytest
from telegram.error import BadRequest

from bot.demo.faults import Blocked, Refused, ServerError, TooManyRequests
from bot.refusals import Refusal
from tests.case_at_hand import live_case, to_preview
from tests.conftest import HWK_KOELN, Bot

TOO_OLD = Refused("Bad Request: query is too old and response timeout expired or query ID is invalid")


def cards(bot: Bot) -> int:
    """How many cards the Lotse has got."""
    return sum("Dürfen wir das?" in message.text for message in bot.lotse.received)


async def test_a_press_too_old_to_acknowledge_still_counts(bot: Bot) -> None:
    """After an outage the spinner can no longer be ended; the case is opened, once, and nobody apologises."""
    await bot.link(HWK_KOELN, bot.lotse)
    await to_preview(bot, "Dürfen wir das?")
    bot.telegram.faults.add(TOO_OLD, method="answerCallbackQuery")
    bot.telegram.journal.allow("was never answered")
    await bot.employer.presses("✅ Einverstanden, senden")
    await bot.quiet()

    assert "Fallnummer: TEST0001" in bot.employer.last.text
    assert cards(bot) == 1


@pytest.mark.parametrize("fault", [ServerError(502, html=True), TooManyRequests(5)])
async def test_a_press_that_cannot_be_acknowledged_counts(
    bot: Bot, fault: ServerError | TooManyRequests
) -> None:
    """The acknowledgement fails for good; the case is opened, once."""
    await bot.link(HWK_KOELN, bot.lotse)
    await to_preview(bot, "Dürfen wir das?")
    bot.telegram.faults.add(fault, method="answerCallbackQuery", times=3)
    await bot.employer.presses("✅ Einverstanden, senden")
    await bot.weather()

    assert "Fallnummer: TEST0001" in bot.employer.last.text
    assert cards(bot) == 1
    bot.telegram.journal.allow("was never answered")


async def test_a_message_that_cannot_be_changed_is_said_anew(bot: Bot) -> None:
    """The message under the button is gone: the same words come as a new message."""
    await bot.link(HWK_KOELN, bot.lotse)
    await to_preview(bot, "Dürfen wir das?")
    preview = bot.employer.last
    bot.telegram.faults.add(Refused("Bad Request: message to edit not found"), method="editMessageText")
    await bot.employer.presses("✅ Einverstanden, senden")
    await bot.quiet()

    assert "Fallnummer: TEST0001" in bot.employer.last.text
    assert bot.employer.last.id > preview.id


async def test_an_unchanged_message_is_fine(bot: Bot) -> None:
    """Pressing twice shows the same: no error, no second message."""
    await bot.employer.starts()
    await bot.employer.says("/themen")
    await bot.quiet()
    label = bot.employer.last.labels[0]
    number = len(bot.employer.received)
    menu = bot.employer.last
    bot.telegram.faults.add(
        Refused(
            "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
        ),
        method="editMessageText",
    )
    await bot.employer.presses(label, message=menu)
    await bot.quiet()

    assert len(bot.employer.received) == number


async def test_an_unknown_refusal_is_reported(bot: Bot) -> None:
    """What nobody foresaw is tried three times, then the person and the admin are told."""
    bot.telegram.journal.allow("was never answered|was answered before")
    await bot.admin.starts()
    await bot.employer.starts()
    await bot.employer.says("/themen")
    await bot.quiet()
    menu = bot.employer.last
    for method in ("editMessageText", "answerCallbackQuery"):
        bot.telegram.faults.add(Refused("Bad Request: something new"), method=method, times=3)
        await bot.employer.presses(menu.labels[0], message=menu)
        await bot.weather()
        assert "ist etwas schiefgegangen" in bot.employer.last.text
        assert "dreimal nicht bearbeitet" in bot.admin.last.text
        await bot.employer.says("/hilfe")
        await bot.quiet()


async def test_a_press_on_a_message_that_telegram_hides(bot: Bot) -> None:
    """Very old messages arrive without content: the answer is a new message."""
    await bot.link(HWK_KOELN, bot.lotse)
    await to_preview(bot, "Dürfen wir das?")
    bot.telegram.journal.allow("query is too old")
    press = {
        "id": "77",
        "from": bot.employer.user.wire(),
        "message": {
            "message_id": bot.employer.last.id,
            "date": 0,
            "chat": {"id": bot.employer.id, "type": "private"},
        },
        "chat_instance": "1",
        "data": bot.employer.last.buttons[0].data,
    }
    bot.telegram.inject({"callback_query": press})
    await bot.quiet()

    assert "Fallnummer: TEST0001" in bot.employer.last.text


async def test_a_press_without_any_message_is_acknowledged(bot: Bot) -> None:
    """A button of an inline message: there is no chat to answer in."""
    bot.telegram.journal.allow("query is too old")
    bot.telegram.inject(
        {
            "callback_query": {
                "id": "78",
                "from": bot.employer.user.wire(),
                "inline_message_id": "x",
                "chat_instance": "1",
                "data": "1:t",
            }
        }
    )
    await bot.quiet()

    assert bot.telegram.journal.counts["answerCallbackQuery"] == 1


async def test_who_blocks_during_the_answer_is_no_failure(bot: Bot) -> None:
    """The employer blocks the bot at the moment of the reply: no retry, nobody is alarmed, the words are passed on."""
    await bot.admin.starts()
    await live_case(bot)
    admin_saw = len(bot.admin.received)
    bot.telegram.faults.add(Blocked(), method="sendMessage", chat=bot.employer.id)
    await bot.employer.says("Noch eine Frage")
    await bot.quiet()

    assert "Noch eine Frage" in bot.lotse.last.text
    assert len(bot.admin.received) == admin_saw


def test_refusals_are_known_whatever_their_case() -> None:
    """python-telegram-bot changes the case of Telegram's codes."""
    assert Refusal.CANNOT_EDIT.meant_by(BadRequest("Bad Request: MESSAGE_ID_INVALID"))
    assert not Refusal.CANNOT_EDIT.meant_by(BadRequest("Bad Request: chat not found"))
    assert Refusal.NOBODY_THERE.meant_by(BadRequest("Bad Request: PEER_ID_INVALID"))
