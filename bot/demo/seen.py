"""A message as its reader sees it: text, buttons, who wrote it. Snapshots for tests and for the page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.demo.envelope import Json
from bot.demo.files import FileStore
from bot.demo.judges import Formatted
from bot.demo.state import Chat, Message

_MEDIA = ("photo", "document", "voice", "video_note", "video", "audio", "sticker", "location", "contact")


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message; ``data`` or ``url`` or ``copy`` is what it does, others are in ``wire``."""

    text: str
    data: str = ""
    url: str = ""
    copy: str = ""
    wire: Json | None = None


@dataclass(frozen=True, slots=True)
class Media:
    """What a message carries beside words; files have data, a location and a contact have none."""

    kind: str
    wire: Any
    data: bytes = b""
    name: str = ""
    file_id: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """One message now. ``text`` is the text or the caption without markup."""

    id: int
    text: str
    entities: tuple[Json, ...]
    rows: tuple[tuple[Button, ...], ...]
    from_bot: bool
    edits: int
    reply_to: int | None
    media: Media | None
    protected: bool
    pinned: bool
    forwarded: bool
    reactions: tuple[str, ...]
    album: str
    date: int
    wire: Json
    _html: Callable[[Formatted], str]

    @property
    def html(self) -> str:
        """Text and markup as Telegram's HTML."""
        return self._html(Formatted(self.text, self.entities))

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons, row after row."""
        return tuple(button for row in self.rows for button in row)

    @property
    def labels(self) -> list[str]:
        """The texts of all buttons."""
        return [button.text for button in self.buttons]

    @property
    def edited(self) -> bool:
        """Whether the message was ever changed."""
        return self.edits > 0

    def __repr__(self) -> str:
        who = "bot" if self.from_bot else "user"
        return f"<{who} #{self.id} {self.text!r} {self.labels or ''} {self.media.kind if self.media else ''}>".replace(
            "  ", " "
        )


def buttons(fields: Json) -> tuple[tuple[Button, ...], ...]:
    """The inline buttons of a message, by row."""
    rows = fields.get("reply_markup", {}).get("inline_keyboard", [])
    return tuple(tuple(_button(wire) for wire in row) for row in rows)


def _button(wire: Json) -> Button:
    copy = wire.get("copy_text", {}).get("text", "")
    return Button(wire["text"], wire.get("callback_data", ""), wire.get("url", ""), copy, wire)


def seen(chat: Chat, message: Message, files: FileStore, html: Callable[[Formatted], str]) -> Seen:
    """The message as it is on the screen now."""
    body = message.body
    return Seen(
        id=message.id,
        text=body.text,
        entities=body.entities,
        rows=buttons(message.fields),
        from_bot=message.from_bot,
        edits=len(message.history),
        reply_to=message.reply_to,
        media=_media(message.fields, files),
        protected=message.protected,
        pinned=message.id in chat.pinned,
        forwarded="forward_origin" in message.fields,
        reactions=tuple(r.get("emoji", "?") for given in message.reactions.values() for r in given),
        album=message.fields.get("media_group_id", ""),
        date=message.fields["date"],
        wire=chat.wire(message),
        _html=html,
    )


def _media(fields: Json, files: FileStore) -> Media | None:
    for kind in _MEDIA:
        if kind in fields:
            wire = fields[kind][-1] if kind == "photo" else fields[kind]
            if "file_id" not in wire:
                return Media(kind, wire)
            file = files.get(wire["file_id"])
            return Media(kind, wire, file.data, file.name, file.file_id)
    return None
