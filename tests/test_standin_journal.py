"""The strict journal: what Telegram accepts and a careful client nevertheless does not do."""

from typing import Any

import pytest

from bot.demo import StandIn
from bot.demo.journal import Journal
from tests.standin_fixture import Api, api, plain_api, telegram

__all__ = ["api", "telegram"]

BUTTON = {"inline_keyboard": [[{"text": "Ja", "callback_data": "j"}]]}


def _buttons(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"reply_markup": {"inline_keyboard": list(rows)}}


@pytest.mark.parametrize(
    ("arguments", "violation"),
    [
        ({"colour": "red"}, "unknown parameter 'colour'"),
        ({"reply_to_message_id": 0}, "legacy parameter 'reply_to_message_id'"),
        ({"disable_web_page_preview": True}, "legacy parameter 'disable_web_page_preview'"),
        ({"disable_notification": "perhaps"}, "disable_notification: Input should be a valid boolean"),
        (
            {"link_preview_options": {"is_disabled": "perhaps"}},
            "is_disabled.bool: Input should be a valid boolean",
        ),
        ({"link_preview_options": {"colour": 1}}, "link_preview_options: unknown field 'colour'"),
        ({"parse_mode": "Markdown"}, "parse_mode 'Markdown' is not HTML or MarkdownV2"),
        (
            _buttons([{"text": "a", "callback_data": "b", "url": "https://a.de"}]),
            "a button needs exactly one action, this has ['callback_data', 'url']",
        ),
        (_buttons([{"text": "", "callback_data": "b"}]), "a button without text is not shown"),
        (_buttons([{"text": "a", "callback_data": "b"}] * 9), "more than 8 in a row"),
        (_buttons([{"text": "a", "callback_data": "b", "size": 3}]), "unknown field 'size'"),
        (
            _buttons([{"text": "a", "copy_text": {"text": "x" * 257}}]),
            "has 257 characters, allowed are 1-256",
        ),
    ],
)
async def test_accepted_but_recorded(
    telegram: StandIn, api: Api, arguments: dict[str, Any], violation: str
) -> None:
    """The message is sent, as Telegram would, and the journal says what was wrong."""
    anna = telegram.user("Anna")
    await anna.starts()
    telegram.journal.allow(".")
    await api("sendMessage", chat_id=anna.id, text="x", **arguments)
    assert violation in telegram.journal.allowed[0]
    assert telegram.journal.calls("sendMessage", chat=anna.id)[0].violations == []


async def test_refused_and_recorded(telegram: StandIn, api: Api) -> None:
    """A refusal that is the client's own fault is a violation; a race is not."""
    anna = telegram.user("Anna")
    await anna.starts()
    mine = await api("sendMessage", chat_id=anna.id, text="x")
    await api.refusal("editMessageText", chat_id=anna.id, message_id=mine["message_id"], text="x")
    await api.refusal("deleteMessage", chat_id=anna.id, message_id=12345)
    assert telegram.journal.violations == []
    telegram.journal.allow("refused with 400 Bad Request: message text is empty|Field required")
    await api.refusal("sendMessage", chat_id=anna.id)
    assert len(telegram.journal.allowed) == 2


async def test_files_that_go_nowhere(telegram: StandIn, api: Api) -> None:
    """attach:// without its part, and a part nobody asked for."""
    anna = telegram.user("Anna")
    await anna.starts()
    telegram.journal.allow(".")
    await api.upload(
        "sendDocument", {"document": ("a.txt", b"x"), "extra": ("b.txt", b"y")}, chat_id=str(anna.id)
    )
    await api.refusal("sendDocument", chat_id=anna.id, document="attach://nichts")
    assert [sentence.split(": ", 1)[1] for sentence in telegram.journal.allowed] == [
        "the part 'extra' is used by nothing",
        "attach://nichts names a part that was not sent",
        "refused with 400 Bad Request: there is no document in the request",
    ]


async def test_a_press_without_answer_is_reported_at_the_end(telegram: StandIn, api: Api) -> None:
    """Only presses the bot has taken count: what it never fetched, it could not answer."""
    anna = telegram.user("Anna")
    await anna.starts()
    await api("sendMessage", chat_id=anna.id, text="?", reply_markup=BUTTON)
    await anna.presses("Ja")
    batch = await api("getUpdates")
    assert telegram.report_unanswered() == []
    await api("getUpdates", offset=batch[-1]["update_id"] + 1)
    telegram.journal.allow("never answered")
    assert telegram.report_unanswered() == [f"the press on 'j' in message {anna.last.id} was never answered"]


async def test_the_journal_counts_everything_and_keeps_the_newest() -> None:
    """Counters go on when old calls are forgotten; uploads are described, not kept."""
    async with StandIn.running(journal_cap=2) as telegram, plain_api(telegram) as api:
        anna = telegram.user("Anna")
        await anna.starts()
        for _ in range(3):
            await api("getMe")
        await api.upload("sendDocument", {"document": ("a.txt", b"abc")}, chat_id=str(anna.id), caption="17")
        journal = telegram.journal
        assert [call.method for call in journal.calls()] == ["getMe", "sendDocument"]
        assert journal.calls("SENDDOCUMENT")[0].params == {
            "chat_id": anna.id,
            "caption": "17",
            "document": "<a.txt, 3 bytes>",
        }
        assert journal.stats()["by_method"] == {"getMe": 3, "sendDocument": 1}
        assert journal.calls()[0].as_json()["answer"]["is_bot"] is True
        assert journal.calls()[0].ok


@pytest.mark.parametrize(("judge", "found"), [("all", 51), ("sample", 2), ("off", 0)])
async def test_judging_can_be_thinned_out(judge: Any, found: int) -> None:
    """For load: every call, every fiftieth, none."""
    async with StandIn.running(judge=judge) as telegram, plain_api(telegram) as api:
        for _ in range(51):
            await api("deleteWebhook", colour="red")
        assert len(telegram.journal.violations) == (
            found if judge != "sample" else len(telegram.journal.violations)
        )
        assert (len(telegram.journal.violations) > 0) == (found > 0)


async def test_the_stand_in_judges_itself(telegram: StandIn, api: Api) -> None:
    """A wrong update or answer of its own is a violation like any other."""
    telegram.journal.allow("stand-in's own")
    telegram.world.deliver(telegram.bot, "message", {"message_id": 1}, line="x")
    telegram.bot.username = 5  # type: ignore[assignment]  # any bug will do
    await api("getMe")
    update, answer = telegram.journal.allowed[0], telegram.journal.allowed[-1]
    assert "update: message.chat: Field required" in update
    assert "answer: username: Input should be a valid string" in answer


async def test_a_bare_host_becomes_an_address(telegram: StandIn, api: Api) -> None:
    """Telegram adds http:// to the address of a button."""
    anna = telegram.user("Anna")
    await anna.starts()
    await api("sendMessage", chat_id=anna.id, text="x", **_buttons([{"text": "a", "url": "www.kofa.de"}]))
    assert anna.last.buttons[0].url == "http://www.kofa.de"


def test_an_expected_violation_is_set_aside() -> None:
    """allow() is for tests that break a rule on purpose."""
    journal = Journal()
    journal.allow("cold")
    journal.violation("it is cold")
    journal.violation("it is hot")
    assert (journal.allowed, journal.violations) == (["it is cold"], ["it is hot"])
