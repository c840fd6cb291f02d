"""Every answer and every update of the stand-in has exactly the fields two client libraries know.

Beside the stand-in's own judging (aiogram), python-telegram-bot reads everything and must have nothing left over.
"""

from collections.abc import Iterator
from typing import Any

import telegram as ptb
from telegram import TelegramObject

from bot.demo import Person, StandIn
from bot.demo.dispatch import METHODS
from bot.demo.files import picture
from bot.demo.judges import Judges
from tests.standin_fixture import Api, api, telegram

__all__ = ["api", "telegram"]

BUTTONS = {
    "inline_keyboard": [
        [{"text": "Ja", "callback_data": "j"}, {"text": "Seite", "url": "https://www.kofa.de/"}],
        [
            {"text": "Kopieren", "copy_text": {"text": "030"}},
            {"text": "Teilen", "switch_inline_query": "duldung"},
        ],
    ]
}


def left_over(value: Any, path: str = "") -> Iterator[str]:
    """Fields PTB did not know, at any depth."""
    if isinstance(value, TelegramObject):
        yield from (f"{path}{type(value).__name__}: {name}" for name in value.api_kwargs)
        for name in value.to_dict(recursive=False):
            yield from left_over(getattr(value, name, None), f"{path}{type(value).__name__}.")
    elif isinstance(value, list | tuple):
        for part in value:
            yield from left_over(part, path)


async def _everything_people_do(anna: Person, api: Api) -> None:
    hello = await anna.starts("ep_duldung")
    await anna.says("Grüße @anna", reply_to=hello)
    await anna.edits(await anna.says("Tipfehler"), "Tippfehler")
    photo = await anna.sends_photo("Bild")
    await anna.edits(photo, "Bild, neu")
    await anna.sends_document(caption="Vertrag")
    await anna.sends_voice()
    await anna.sends_video_note()
    await anna.sends_sticker()
    await anna.sends_album(3, "drei")
    await anna.sends_album(2, documents=True)
    await anna.sends_contact()
    await anna.sends_contact(name="Meister Röhrich")
    await anna.sends_location(50.9, 6.9)
    await anna.forwards("weiter", of=anna)
    await anna.forwards("weiter", hidden_name="Unbekannt")
    await anna.sends({"dice": {"emoji": "🎲", "value": 6}})
    await api("sendMessage", chat_id=anna.id, text="?", reply_markup=BUTTONS)
    press = await anna.presses("Ja")
    assert not hasattr(press, "text")
    await anna.reacts(anna.last)
    query = await anna.asks_inline("duld")
    result = {
        "type": "article",
        "id": "1",
        "title": "Duldung",
        "input_message_content": {"message_text": "<b>D</b>", "parse_mode": "HTML"},
    }
    await api("answerInlineQuery", inline_query_id=query.id, results=[result], cache_time=5)
    assert (await anna.chooses(query, "1")).text == "D"
    await anna.blocks()
    await anna.unblocks()
    await api("answerCallbackQuery", callback_query_id=next(iter(anna.bot.callbacks)))


async def test_every_update_is_understood_whole(telegram: StandIn, api: Api) -> None:
    """Nothing a person can do makes an update with a field PTB or aiogram does not know."""
    await api("getUpdates", allowed_updates=ptb.Update.ALL_TYPES)
    anna = telegram.user("Anna", last_name="Arendt", username="anna")
    await _everything_people_do(anna, api)
    updates = await api("getUpdates")
    assert len(updates) > 25
    kinds = {kind for update in updates for kind in update} - {"update_id"}
    assert kinds == {
        "message",
        "edited_message",
        "callback_query",
        "inline_query",
        "chosen_inline_result",
        "my_chat_member",
        "message_reaction",
    }
    for update in updates:
        read = ptb.Update.de_json(update, None)
        assert list(left_over(read)) == []
        assert read.effective_user is not None
        assert read.effective_user.id == anna.id


async def _everything_a_bot_does(anna: Person, api: Api) -> None:
    chat = {"chat_id": anna.id}
    first = await api("sendMessage", **chat, text="<b>Hallo</b>", parse_mode="HTML", reply_markup=BUTTONS)
    here = chat | {"message_id": first["message_id"]}
    there = {"from_chat_id": anna.id, "message_id": first["message_id"]}
    await api(
        "sendMessage",
        **chat,
        text="Tasten",
        reply_markup={"keyboard": [[{"text": "Nummer", "request_contact": True}]]},
    )
    await api(
        "sendMessage",
        **chat,
        text="fort",
        reply_markup={"remove_keyboard": True},
        reply_parameters={"message_id": 102},
    )
    await api("editMessageText", **here, text="Neu", link_preview_options={"is_disabled": True})
    await api("editMessageReplyMarkup", **here, reply_markup=BUTTONS)
    await api("copyMessage", **chat, **there)
    await api("forwardMessage", **chat, **there)
    await api("pinChatMessage", **here)
    await api("getChat", **chat)
    await api("unpinChatMessage", **chat)
    await api("setMessageReaction", **here, reaction=[{"type": "emoji", "emoji": "👍"}])
    await api("sendChatAction", **chat, action="typing")
    text = {key: str(value) for key, value in chat.items()}
    for kind, name in (
        ("photo", "a.png"),
        ("document", "a.pdf"),
        ("voice", "a.ogg"),
        ("videoNote", "a.mp4"),
        ("video", "a.mp4"),
        ("audio", "a.mp3"),
    ):
        part = "video_note" if kind == "videoNote" else kind
        method = f"send{kind[0].upper()}{kind[1:]}"
        await api.upload(
            method, {part: (name, picture())}, **text, **({} if kind == "videoNote" else {"caption": "c"})
        )
    photos = [
        {"type": "photo", "media": "attach://a", "caption": "<i>c</i>", "parse_mode": "HTML"},
        {"type": "photo", "media": "attach://b"},
    ]
    await api.upload(
        "sendMediaGroup", {"a": ("a.png", picture()), "b": ("b.png", picture())}, **text, media=photos
    )
    await api("editMessageCaption", **chat, message_id=anna.last.id, caption="neu")
    await api("getFile", file_id=anna.last.media.file_id)  # type: ignore[union-attr]  # a photo has one
    await api("sendLocation", **chat, latitude=52.5, longitude=13.4)
    await api("sendContact", **chat, phone_number="+4930", first_name="Lotse", last_name="Lang")
    await api(
        "setMyCommands",
        commands=[{"command": "start", "description": "Los"}],
        scope={"type": "all_private_chats"},
        language_code="de",
    )
    assert anna.menu == ["start"]
    await api("getMyCommands", scope={"type": "all_private_chats"}, language_code="de")
    await api("deleteMyCommands", scope={"type": "all_private_chats"}, language_code="de")
    for name in ("Name", "Description", "ShortDescription"):
        parameter = {"Name": "name", "Description": "description", "ShortDescription": "short_description"}[
            name
        ]
        await api(f"setMy{name}", **{parameter: "Lotsenbot"})
        assert (await api(f"getMy{name}"))[parameter] == "Lotsenbot"
    await api("setChatMenuButton", menu_button={"type": "commands"})
    await api("setChatMenuButton", **chat, menu_button={"type": "default"})
    await api("deleteMessage", **here)
    for method in ("getMe", "getWebhookInfo", "logOut", "close"):
        await api(method)


async def test_every_answer_is_understood_whole(telegram: StandIn, api: Api) -> None:
    """Nothing a bot can call is answered with a field PTB or aiogram does not know."""
    anna = telegram.user("Anna", username="anna")
    await anna.starts()
    await _everything_a_bot_does(anna, api)
    readers: dict[str, type[TelegramObject]] = {
        "getMe": ptb.User,
        "getChat": ptb.ChatFullInfo,
        "getFile": ptb.File,
        "getWebhookInfo": ptb.WebhookInfo,
        "copyMessage": ptb.MessageId,
        "getMyCommands": ptb.BotCommand,
        "getMyName": ptb.BotName,
        "getMyDescription": ptb.BotDescription,
        "getMyShortDescription": ptb.BotShortDescription,
    }
    seen = set()
    for call in telegram.journal.calls():
        answers = call.answer if isinstance(call.answer, list) else [call.answer]
        for answer in answers:
            if isinstance(answer, dict):
                read = readers.get(call.method, ptb.Message).de_json(answer, None)
                assert list(left_over(read)) == [], call
        seen.add(call.method)
    assert len(seen) > 35


def test_every_modelled_method_exists() -> None:
    """The names of the methods are those of the Bot API."""
    judges = Judges()
    assert [name for name in METHODS if judges.method_name(name) is None] == []


async def test_ids_repeat_with_the_seed() -> None:
    """The same seed gives the same tokens, ids and file ids; runs can be compared."""

    async def run() -> list[Any]:
        async with StandIn.running(seed=7) as telegram:
            anna = telegram.user("Anna")
            await anna.starts()
            photo = await anna.sends_photo()
            query = await anna.asks_inline("x")
            assert photo.media is not None
            return [telegram.token, photo.id, photo.media.file_id, query.id, telegram.bot.queue.next_id]

    assert await run() == await run()
