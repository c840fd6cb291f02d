"""People for tests: ``await anna.says("…")``, ``await anna.presses("Ja")``, ``anna.sees``."""

import re
from collections.abc import Sequence

from bot.demo.envelope import Json
from bot.demo.files import picture
from bot.demo.incoming import Desk, ImpossibleError
from bot.demo.judges import Formatted
from bot.demo.seen import Button, Seen, buttons, seen
from bot.demo.state import BotAccount, Callback, InlineQuery, Message, User, World

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")

__all__ = ["ImpossibleError", "Person"]


class Person:
    """One user in a private chat with one bot. Acts return the message they made."""

    def __init__(self, world: World, bot: BotAccount, user: User) -> None:
        self._desk = Desk(world, bot, user)
        self._world = world
        self.user = user
        self.bot = bot

    def __repr__(self) -> str:
        return f"<{self.user.first_name} {self.user.id}>"

    @property
    def id(self) -> int:
        """The user's id, which is also the id of the private chat."""
        return self.user.id

    def with_bot(self, bot: BotAccount) -> "Person":
        """The same user in the chat with another bot."""
        return Person(self._world, bot, self.user)

    # -- reading ----------------------------------------------------------------------------------------------

    @property
    def sees(self) -> list[Seen]:
        """The messages of the chat that are there now, oldest first, of both sides."""
        return [self._seen(message) for message in self._desk.chat.shown()]

    @property
    def received(self) -> list[Seen]:
        """The bot's messages that are there now, oldest first."""
        return [message for message in self.sees if message.from_bot]

    @property
    def last(self) -> Seen:
        """The bot's newest message; raises if there is none."""
        for message in reversed(self._desk.chat.messages.values()):
            if message.from_bot and not message.deleted:
                return self._seen(message)
        raise ImpossibleError(f"the bot has not written to {self.user.first_name}")

    def _seen(self, message: Message) -> Seen:
        return seen(self._desk.chat, message, self._world.files, self._world.judges.html)

    @property
    def keyboard(self) -> list[list[str]]:
        """The texts of the reply keyboard shown now, by row."""
        return [[key["text"] for key in row] for row in (self._desk.chat.keyboard or {}).get("keyboard", [])]

    @property
    def alerts(self) -> list[str]:
        """The texts the bot answered to this person's presses, oldest first."""
        mine = [callback for callback in self.bot.callbacks.values() if callback.user is self.user]
        return [answer["text"] for callback in mine for answer in callback.answers if answer["text"]]

    @property
    def actions(self) -> list[str]:
        """The chat actions shown so far ("typing", …), oldest first."""
        return list(self._desk.chat.actions)

    @property
    def menu(self) -> list[str]:
        """The commands this person's menu offers."""
        return [c["command"] for c in self.bot.profile.shown_commands(self.id, self.user.language_code)]

    # -- writing ----------------------------------------------------------------------------------------------

    def opens(self) -> None:
        """The chat was opened some time ago: the bot may write, and no update tells of it."""
        self._desk.chat.opened = True

    async def starts(self, payload: str = "") -> Seen:
        """Presses Start (or opens a deep link with this payload); lifts a block."""
        if payload and not _PAYLOAD.match(payload):
            raise ImpossibleError(f"a deep link carries 1 to 64 of A-Z a-z 0-9 _ -, not {payload!r}")
        await self.unblocks()
        return await self.says(f"/start {payload}".rstrip())

    async def says(self, text: str, *, reply_to: Seen | int | None = None, html: bool = False) -> Seen:
        """Sends a text, perhaps as a reply; with ``html`` the words are formatted as the tags say."""
        return self._send(self._desk.text(text, "HTML" if html else ""), reply_to)

    def _send(self, content: Json, reply_to: Seen | int | None = None) -> Seen:
        number = reply_to.id if isinstance(reply_to, Seen) else reply_to
        if number is not None and self._desk.chat.existing(number) is None:
            raise ImpossibleError(f"there is no message {number} to reply to")
        return self._seen(self._desk.send(content, reply_to=number))

    async def edits(self, message: Seen | int, text: str) -> Seen:
        """Changes an own message."""
        return self._seen(self._desk.edit(_number(message), text))

    async def deletes(self, message: Seen | int) -> None:
        """Deletes a message for both sides; the bot is not told."""
        self._desk.delete(_number(message))

    async def presses(
        self, text: str | None = None, *, data: str | None = None, message: Seen | int | None = None
    ) -> Callback | Seen:
        """Presses the button with this text or callback data: in ``message``, or in the newest message that has it.

        A key of the reply keyboard sends its text, or the contact or the location it asks for.
        """
        found = self._button(text, data, None if message is None else _number(message))
        if found:
            return self._desk.press(*found)
        if text is not None and message is None and any(text in row for row in self.keyboard):
            return await self._types_key(text)
        offered = [label for shown in self.received for label in shown.labels] + self.keyboard
        raise ImpossibleError(f"no button {text or data!r} for {self.user.first_name}; there are {offered}")

    async def forges_press(self, data: str, message: Seen | int) -> Callback:
        """Presses a button that is not there, as a changed client or a tap just before an edit can.

        Bot API, CallbackQuery: the message "can contain no callback buttons with this data".
        """
        shown = self._desk.chat.existing(_number(message))
        if shown is None:
            raise ImpossibleError(f"there is no message {_number(message)}")
        return self._desk.press(shown, data)

    def _button(
        self, text: str | None, data: str | None, message_id: int | None
    ) -> tuple[Message, str] | None:
        for message in reversed(self._desk.chat.messages.values()):
            if message.deleted or message_id not in (None, message.id):
                continue
            for button in (b for row in buttons(message.fields) for b in row):
                if _is(button, text, data):
                    return message, button.data
        return None

    async def _types_key(self, text: str) -> Seen:
        rows = (self._desk.chat.keyboard or {})["keyboard"]
        key = next(key for row in rows for key in row if key["text"] == text)
        if key.get("request_contact"):
            return await self.sends_contact()
        if key.get("request_location"):
            return await self.sends_location(52.52, 13.405)
        return await self.says(text)

    async def blocks(self) -> None:
        """Blocks the bot."""
        self._desk.block(blocked=True)

    async def unblocks(self) -> None:
        """Lets the bot write again."""
        self._desk.block(blocked=False)

    async def reacts(self, message: Seen | int, emoji: str = "👍") -> None:
        """Reacts with an emoji; an empty one takes the reaction back."""
        self._desk.react(_number(message), emoji)

    async def asks_inline(self, words: str) -> InlineQuery:
        """Types the bot's name and these words in some chat; the answer appears in ``.answer``."""
        return self._desk.ask_inline(words)

    async def chooses(self, query: InlineQuery, result_id: str) -> Formatted:
        """Sends a result of an inline query to somebody; returns what is sent."""
        return self._desk.choose_inline(query, result_id)

    # -- things -----------------------------------------------------------------------------------------------

    async def sends_contact(
        self, phone: str = "+4930123456", *, of: "Person | None" = None, name: str = ""
    ) -> Seen:
        """Shares the own contact (the default), that of another user, or one from the phone book (``name``)."""
        contact: Json = {"phone_number": phone, "first_name": name or (of or self).user.first_name}
        if not name:
            contact["user_id"] = (of or self).id
        return self._send({"contact": contact})

    async def sends_location(self, latitude: float, longitude: float) -> Seen:
        """Shares a place."""
        return self._send({"location": {"latitude": latitude, "longitude": longitude}})

    async def sends_photo(
        self, caption: str = "", *, data: bytes | None = None, reply_to: Seen | int | None = None
    ) -> Seen:
        """Sends a picture (a grey one by default)."""
        return self._send(self._photo(data) | self._desk.caption(caption), reply_to)

    def _photo(self, data: bytes | None) -> Json:
        files = self._world.files
        return {"photo": files.photo_sizes(files.add("photo", "photo.png", data or picture(), "image/png"))}

    async def sends_document(
        self,
        name: str = "Vertrag.pdf",
        data: bytes = b"%PDF-1.4",
        caption: str = "",
        *,
        reply_to: Seen | int | None = None,
    ) -> Seen:
        """Sends a file."""
        return self._send(self._document(name, data) | self._desk.caption(caption), reply_to)

    def _document(self, name: str, data: bytes) -> Json:
        file = self._world.files.add("document", name, data)
        return {"document": file.wire() | {"file_name": name, "mime_type": file.mime}}

    async def sends_voice(self, seconds: int = 3, *, reply_to: Seen | int | None = None) -> Seen:
        """Sends a voice message."""
        file = self._world.files.add("voice", "voice.ogg", b"OggS" + bytes(seconds), "audio/ogg")
        return self._send({"voice": file.wire() | {"duration": seconds, "mime_type": file.mime}}, reply_to)

    async def sends_video_note(self, seconds: int = 3) -> Seen:
        """Sends a round video message."""
        file = self._world.files.add("video_note", "note.mp4", b"\0\0\0\x18ftypmp42", "video/mp4")
        return self._send({"video_note": file.wire() | {"duration": seconds, "length": 240}})

    async def sends_sticker(self, emoji: str = "👍") -> Seen:
        """Sends a sticker."""
        file = self._world.files.add("sticker", "sticker.webp", b"RIFF\0\0\0\0WEBP", "image/webp")
        looks: Json = {
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
        }
        return self._send({"sticker": file.wire() | looks | {"emoji": emoji}})

    async def sends_album(self, photos: int = 2, caption: str = "", *, documents: bool = False) -> list[Seen]:
        """Sends 2 to 10 pictures (or documents) at once; the caption is that of the first."""
        files = [
            (f"{n + 1}.pdf", b"%PDF-1.4") if documents else (f"{n + 1}.png", picture()) for n in range(photos)
        ]
        return await self.sends_files(files, kind="document" if documents else "photo", caption=caption)

    async def sends_files(
        self,
        files: Sequence[tuple[str, bytes]],
        *,
        kind: str,
        caption: str = "",
        captioned: int = 0,
        reply_to: Seen | int | None = None,
    ) -> list[Seen]:
        """Sends files (name, bytes) as ``photo``, ``document`` or ``voice``; more than one make an album, whose caption
        stands under number ``captioned``."""
        parts = [self._file(kind, name, data) for name, data in files]
        if kind != "voice":
            parts[captioned] |= self._desk.caption(caption)
        if len(parts) > 1:
            group = {"media_group_id": str(self._world.random.randrange(10**16, 10**17))}
            parts = [part | group for part in parts]
        return [self._send(part, reply_to) for part in parts]

    def _file(self, kind: str, name: str, data: bytes) -> Json:
        match kind:
            case "photo":
                return self._photo(data)
            case "document":
                return self._document(name, data)
            case "voice":
                file = self._world.files.add("voice", name, data, "audio/ogg")
                return {"voice": file.wire() | {"duration": 1, "mime_type": file.mime}}
            case _:
                raise ImpossibleError(f"a file is sent as photo, document or voice, not as {kind!r}")

    async def forwards(self, text: str, *, of: "Person | None" = None, hidden_name: str = "") -> Seen:
        """Forwards a text of somebody: of a user, or of one who hides the account behind a name."""
        date = self._world.unix_time() - 60
        origin: Json = {"type": "hidden_user", "sender_user_name": hidden_name or "Jemand", "date": date}
        if of is not None:
            origin = {"type": "user", "sender_user": of.user.wire(), "date": date}
        return self._send(self._desk.text(text) | {"forward_origin": origin})

    async def sends(self, fields: Json, *, reply_to: Seen | int | None = None) -> Seen:
        """Sends a message with these raw Bot API fields (``dice``, ``poll``, a kind of the future)."""
        return self._send(fields, reply_to)


def _number(message: Seen | int) -> int:
    return message.id if isinstance(message, Seen) else message


def _is(button: Button, text: str | None, data: str | None) -> bool:
    if not button.data:
        return False
    return button.data == data if data is not None else button.text == text
