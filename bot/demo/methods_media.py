"""Files, albums, places and contacts of the bot, and getFile.

Source: tdlib/telegram-bot-api, ``Client.cpp`` ``get_input_file``, ``process_send_*_query``, ``get_location``,
``get_contact``; td ``MessagesManager.cpp`` ``send_message_group``.
"""

from collections.abc import Callable
from typing import Any

from bot.demo.envelope import ApiError, Json, refused
from bot.demo.files import MOST_DOWNLOAD_BYTES, File
from bot.demo.invocation import Invocation, Method, Methods, caption_fields
from bot.demo.methods_messages import post, sent

_MOST_IN_ALBUM = 10
_SMALLEST_ALBUM = 2
_ALONE_IN_ALBUM = ("document", "audio")
_NAMES = {
    "photo": "Photo",
    "document": "Document",
    "voice": "VoiceNote",
    "video_note": "VideoNote",
    "video": "Video",
    "audio": "Audio",
    "sticker": "Sticker",
}
_LATITUDES, _LONGITUDES = 90.0, 180.0


def _file(this: Invocation, kind: str, given: str, part: str, absent: str) -> File:
    """The file an argument means: an uploaded part, or a file_id of the same kind."""
    upload = this.arguments.uploads.get(
        given.removeprefix("attach://") if given.startswith("attach://") else part
    )
    if upload and (not given or given.startswith("attach://")):
        return this.world.files.add(kind, upload.name, upload.data, upload.content_type)
    if not given or given.startswith("attach://"):
        raise refused(absent)
    if given.startswith(("http://", "https://")):
        raise ApiError(501, "fake: files by address not modelled")
    file = this.world.files.get(given)
    if file.kind != kind:
        raise refused(f"can't use file of type {_NAMES[file.kind]} as {_NAMES[kind]}")
    return file


def _media(this: Invocation, kind: str, file: File, extra: Json) -> Json:
    """The field of the message that shows the file; ``extra`` holds durations and sizes the bot told."""
    wire = file.wire()
    match kind:
        case "photo":
            return {"photo": this.world.files.photo_sizes(file)}
        case "voice":
            wire |= {"duration": extra.get("duration") or 0, "mime_type": file.mime}
        case "video_note":
            wire |= {"duration": extra.get("duration") or 0, "length": extra.get("length") or 240}
        case "video":
            shape = {"width": extra.get("width") or 320, "height": extra.get("height") or 240}
            wire |= shape | {
                "duration": extra.get("duration") or 0,
                "file_name": file.name,
                "mime_type": file.mime,
            }
        case "audio":
            told = {name: extra[name] for name in ("title", "performer") if extra.get(name)}
            wire |= {
                "duration": extra.get("duration") or 0,
                "file_name": file.name,
                "mime_type": file.mime,
            } | told
        case _:
            wire |= {"file_name": file.name, "mime_type": file.mime}
    return {kind: wire}


def _sender(kind: str) -> Method:
    """The method that sends one file of a kind."""

    def send(this: Invocation) -> Json:
        this.writable()
        file = _file(
            this,
            kind,
            this.arguments.text(kind),
            kind,
            f"there is no {kind.replace('_', ' ')} in the request",
        )
        content = _media(this, kind, file, this.arguments.readable())
        if kind != "video_note":
            content |= this.caption()
        return sent(this, content)

    return send


def send_media_group(this: Invocation) -> list[Json]:
    """sendMediaGroup: 2 to 10 files that belong together; returns the messages."""
    chat = this.writable()
    listed = this.arguments.json("media", "can't parse media JSON object")
    if not isinstance(listed, list):
        raise refused("expected an Array of InputMedia")
    if not listed:
        raise refused("there are no messages to send")
    if len(listed) > _MOST_IN_ALBUM:
        raise refused("too many messages to send as an album")
    if len(listed) < _SMALLEST_ALBUM:
        this.world.journal.violation("an album has 2 to 10 files", this.call)
    contents = [_album_part(this, part) for part in listed]
    kinds = {part["type"] for part in listed}
    for kind in _ALONE_IN_ALBUM:
        if kind in kinds and len(kinds) > 1:
            raise refused(f"{_NAMES[kind]} can't be mixed with other media types")
    group = str(this.world.random.randrange(10**16, 10**17))
    return [chat.wire(post(this, chat, content, None, group=group)) for content in contents]


def _album_part(this: Invocation, part: Any) -> Json:
    if not isinstance(part, dict) or part.get("type") not in ("photo", "video", "document", "audio"):
        raise refused("can't parse InputMedia: Type is unsupported")
    kind = part["type"]
    file = _file(
        this, kind, str(part.get("media") or ""), "", f"can't parse InputMedia: Media not found ({kind})"
    )
    caption = this.world.formatted(part.get("caption") or "", part.get("parse_mode") or "")
    return _media(this, kind, file, part) | caption_fields(caption)


def send_location(this: Invocation) -> Json:
    """sendLocation."""
    place = {}
    for name, most in (("latitude", _LATITUDES), ("longitude", _LONGITUDES)):
        if not this.arguments.text(name):
            raise refused(f"{name} is empty")
        value = this.arguments.number(name)
        if value is None or abs(value) > most:
            raise refused("wrong location specified")
        place[name] = value
    return sent(this, {"location": place})


def send_contact(this: Invocation) -> Json:
    """sendContact."""
    for name in ("phone_number", "first_name"):
        if not this.arguments.text(name):
            raise refused(f'parameter "{name}" is required')
    names = ("phone_number", "first_name", "last_name", "vcard")
    return sent(
        this, {"contact": {name: this.arguments.text(name) for name in names if this.arguments.text(name)}}
    )


def get_file(this: Invocation) -> Json:
    """getFile: where to download a file of up to 20 MB."""
    file = this.world.files.get(this.arguments.text("file_id"))
    if len(file.data) > MOST_DOWNLOAD_BYTES:
        raise refused("file is too big")
    return file.wire() | {"file_path": file.path}


_SENDERS: dict[str, Callable[[Invocation], Json]] = {
    f"send{kind.replace('_', '')}": _sender(kind)
    for kind in ("photo", "document", "voice", "video_note", "video", "audio")
}
METHODS: Methods = _SENDERS | {
    "sendmediagroup": send_media_group,
    "sendlocation": send_location,
    "sendcontact": send_contact,
    "getfile": get_file,
}
