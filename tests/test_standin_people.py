"""People: what they can do, what they see, and what no phone could do."""

import argparse
import asyncio
import json
import sys
from typing import Any

import pytest

from bot.demo import ImpossibleError, StandIn
from bot.demo.__main__ import _serve, main
from bot.demo.files import picture
from tests.standin_fixture import Api, HandClock, api, plain_api, strict_telegram, telegram

__all__ = ["api", "telegram"]


def _inline(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


async def test_a_press_finds_the_newest_button(telegram: StandIn, api: Api) -> None:
    """By text or by data, in the newest message that has it or in a given one; edits change what can be pressed."""
    anna = telegram.user("Anna")
    await anna.starts()
    rows = _inline([{"text": "Ja", "callback_data": "1"}, {"text": "Seite", "url": "https://www.kofa.de/"}])
    old = await api("sendMessage", chat_id=anna.id, text="alt", reply_markup=rows)
    new = await api(
        "sendMessage",
        chat_id=anna.id,
        text="neu",
        reply_markup=_inline([{"text": "Ja", "callback_data": "2"}]),
    )
    await api("getUpdates", offset=-1)
    await anna.presses("Ja")
    await anna.presses("Ja", message=old["message_id"])
    await anna.presses(data="1", message=anna.received[0])
    with pytest.raises(ImpossibleError, match="no button 'Seite'"):
        await anna.presses("Seite")
    await api("editMessageReplyMarkup", chat_id=anna.id, message_id=new["message_id"])
    with pytest.raises(ImpossibleError, match="no button '2'"):
        await anna.presses(data="2")
    await anna.forges_press("2", new["message_id"])
    with pytest.raises(ImpossibleError, match="no message 1"):
        await anna.forges_press("2", 1)
    queries = [update["callback_query"] for update in (await api("getUpdates"))[1:]]
    assert [(query["data"], query["message"]["text"]) for query in queries] == [
        ("2", "neu"),
        ("1", "alt"),
        ("1", "alt"),
        ("2", "neu"),
    ]
    assert len({query["chat_instance"] for query in queries}) == 1
    for query in queries:
        await api("answerCallbackQuery", callback_query_id=query["id"])
    assert anna.alerts == []


async def test_the_reply_keyboard_types(telegram: StandIn, api: Api) -> None:
    """A key sends its text, the own contact or a place; it stays until removed; force_reply has no keys."""
    anna = telegram.user("Anna")
    await anna.starts()
    keys = [
        ["Menü", {"text": "Nummer", "request_contact": True}],
        [{"text": "Ort", "request_location": True}],
    ]
    telegram.journal.allow("unknown field 'keyboard'")  # plain strings as keys are Telegram's old form
    await api("sendMessage", chat_id=anna.id, text="Tasten", reply_markup={"keyboard": keys})
    assert anna.keyboard == [["Menü", "Nummer"], ["Ort"]]
    for key in ("Menü", "Nummer", "Ort"):
        await anna.presses(key)
    shown = anna.sees[-3:]
    assert (
        shown[0].text,
        shown[1].media and shown[1].media.kind,
        shown[2].media and shown[2].media.kind,
    ) == (
        "Menü",
        "contact",
        "location",
    )
    assert shown[1].media is not None
    assert shown[1].media.wire["user_id"] == anna.id
    await api("sendMessage", chat_id=anna.id, text="fort", reply_markup={"remove_keyboard": True})
    assert anna.keyboard == []
    await api("sendMessage", chat_id=anna.id, text="Bitte?", reply_markup={"force_reply": True})
    assert anna.keyboard == []


async def test_what_no_phone_could_do(telegram: StandIn, api: Api) -> None:
    """Foreign edits, replies to nothing, an empty text, a blocked bot: the test is wrong, not the bot."""
    anna = telegram.user("Anna")
    with pytest.raises(ImpossibleError, match="has not written"):
        _ = anna.last
    hello = await anna.starts()
    bots = await api("sendMessage", chat_id=anna.id, text="x")
    for wrong in (
        anna.edits(bots["message_id"], "y"),
        anna.edits(12345, "y"),
        anna.deletes(12345),
        anna.reacts(12345),
        anna.reacts(hello, "✅"),
        anna.starts("ein Leerzeichen"),
        anna.starts("x" * 65),
        anna.says("  "),
        anna.says("x" * 4097),
        anna.says("x", reply_to=12345),
        anna.presses("Ja"),
        anna.sends_files([("a", b"a")], kind="film"),
    ):
        with pytest.raises(ImpossibleError):
            await wrong
    await anna.blocks()
    await anna.blocks()
    for wrong in (anna.says("x"), anna.edits(hello, "x"), anna.reacts(hello)):
        with pytest.raises(ImpossibleError, match="has blocked the bot"):
            await wrong
    await anna.starts()
    kinds = [kind for update in await api("getUpdates") for kind in update if kind != "update_id"]
    assert kinds == ["message", "my_chat_member", "my_chat_member", "message"]


async def test_what_is_seen(telegram: StandIn, api: Api) -> None:
    """Edits, deletions, pins, reactions, actions, copies and forwards as the reader sees them."""
    anna, bernd = telegram.user("Anna"), telegram.user("Bernd", last_name="Brot")
    await anna.starts()
    await bernd.starts()
    question = await anna.says("<b>Frage</b>", html=True)
    assert question.html == "<b>Frage</b>"
    photo = await anna.sends_photo("Brief", reply_to=question)
    await api("sendChatAction", chat_id=bernd.id, action="typing")
    relay = {"chat_id": bernd.id, "from_chat_id": anna.id}
    await api("copyMessage", **relay, message_id=question.id)
    await api("copyMessage", **relay, message_id=photo.id, caption="<i>neu</i>", parse_mode="HTML")
    await api("copyMessage", **relay, message_id=photo.id)
    await api("forwardMessage", **relay, message_id=question.id, protect_content=True)
    copied, captioned, kept, forwarded = bernd.received
    assert (copied.text, copied.forwarded, copied.reply_to) == ("Frage", False, None)
    assert (captioned.html, kept.text) == ("<i>neu</i>", "Brief")
    assert captioned.media is not None
    assert captioned.media.data == picture()
    assert (forwarded.forwarded, forwarded.protected) == (True, True)
    assert forwarded.wire["forward_origin"]["sender_user"]["id"] == anna.id
    await api("pinChatMessage", chat_id=bernd.id, message_id=copied.id)
    await api(
        "setMessageReaction",
        chat_id=bernd.id,
        message_id=copied.id,
        reaction=[{"type": "emoji", "emoji": "👀"}],
    )
    await bernd.reacts(copied, "👍")
    await bernd.reacts(copied, "")
    pinned = bernd.received[0]
    assert (pinned.pinned, pinned.reactions) == (True, ("👀",))
    await api("deleteMessage", chat_id=bernd.id, message_id=copied.id)
    await bernd.deletes(captioned)
    assert [message.id for message in bernd.received] == [kept.id, forwarded.id]
    assert bernd.actions == ["typing"]
    assert repr(bernd) == f"<Bernd {bernd.id}>"
    assert repr(anna.sees[1]) == f"<user #{question.id} 'Frage' >"
    await api("unpinChatMessage", chat_id=bernd.id, message_id=kept.id)


async def test_the_menu_is_that_of_the_narrowest_scope(telegram: StandIn, api: Api) -> None:
    """Chat before private chats before default; the language before none."""
    anna, bob = telegram.user("Anna", language_code="de"), telegram.user("Bob", language_code="en")
    await anna.starts()

    async def offer(name: str, **where: Any) -> None:
        await api("setMyCommands", commands=[{"command": name, "description": name}], **where)

    assert anna.menu == []
    await offer("default")
    await offer("privat", scope={"type": "all_private_chats"})
    await offer("deutsch", scope={"type": "all_private_chats"}, language_code="de")
    assert (anna.menu, bob.menu) == (["deutsch"], ["privat"])
    await offer("nur_anna", scope={"type": "chat", "chat_id": anna.id})
    assert anna.menu == ["nur_anna"]
    await api("deleteMyCommands", scope={"type": "chat", "chat_id": anna.id})
    assert anna.menu == ["deutsch"]
    assert await api("getMyCommands") == [{"command": "default", "description": "default"}]


async def test_the_profile_by_language(telegram: StandIn, api: Api) -> None:
    """An empty text takes a language's own one away again."""
    await api("setMyName", name="Lotse")
    await api("setMyName", name="Pilot", language_code="en")
    assert (await api("getMyName"), await api("getMyName", language_code="en")) == (
        {"name": "Lotse"},
        {"name": "Pilot"},
    )
    await api("setMyName", name="", language_code="en")
    assert await api("getMyName", language_code="en") == {"name": "Lotse"}
    assert (await api("getMe"))["first_name"] == "Lotse"


async def test_times_are_those_of_the_clock() -> None:
    """Messages carry the injected time plus what was wound."""
    clock = HandClock()
    async with strict_telegram(now=clock) as telegram, plain_api(telegram) as api:
        anna = telegram.user("Anna")
        first = await anna.starts()
        telegram.advance(90)
        clock.wind(seconds=10)
        second = await api("sendMessage", chat_id=anna.id, text="x")
        assert second["date"] - first.date == 100
        edited = await api("editMessageText", chat_id=anna.id, message_id=second["message_id"], text="y")
        assert edited["edit_date"] == second["date"]


async def test_the_stand_in_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """``python -m bot.demo`` says where it listens and with which token; its people have pressed Start."""
    options = argparse.Namespace(judge="off", limits="off", pace=1.0, port=0, seed=1, users=2)
    serving = asyncio.create_task(_serve(options))
    told = ""
    while not told:
        await asyncio.wait((serving,), timeout=0.01)
        told = capsys.readouterr().out
    where = json.loads(told)
    async with StandIn.running() as other, plain_api(other) as any_api:
        status, body = await type(any_api)(
            any_api.session, f"{where['base_url']}/bot{where['token']}"
        ).answer("getUpdates")
    assert (status, len(body["result"])) == (200, 2)
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving


def test_without_the_packages_it_ends_with_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2 and what to install."""
    monkeypatch.setitem(sys.modules, "tdjson", None)
    monkeypatch.setattr(sys, "argv", ["bot.demo"])
    assert main() == 2
    assert capsys.readouterr().err == (
        'Der Telegram-Ersatz braucht die Pakete tdjson und aiogram: pip install "lotsenbot[demo]".\n'
    )
