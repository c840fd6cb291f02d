"""Files of the stand-in: kept in memory, found by file_id, downloaded by file_path.

Limits: tdlib/telegram-bot-api ``Client.h`` (download 20 MB) and the Bot API's page on sending files (photos 10 MB, others
50 MB).
"""

import mimetypes
import random
import struct
import zlib
from dataclasses import dataclass, field

from bot.demo.envelope import ApiError, Json, refused

MOST_BYTES = 50 * 2**20
MOST_PHOTO_BYTES = 10 * 2**20
MOST_DOWNLOAD_BYTES = 20 * 2**20
_PHOTO_SIZES = (90, 320, 1280)
_LONGEST_SIDES = 10_000
_WIDEST_RATIO = 20
_FOLDERS = {
    "photo": "photos",
    "document": "documents",
    "voice": "voice",
    "video_note": "video_notes",
    "video": "videos",
    "audio": "music",
    "sticker": "stickers",
}
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # markers before height and width
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@dataclass(frozen=True, slots=True)
class File:
    """One file; ``kind`` is the field of the message that shows it."""

    file_id: str
    unique_id: str
    kind: str
    name: str
    mime: str
    data: bytes
    path: str

    def wire(self) -> Json:
        """The fields every file object of the Bot API has."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.data)}


@dataclass(slots=True)
class FileStore:
    """All files by file_id and by path."""

    random: random.Random
    _by_id: dict[str, File] = field(default_factory=dict)
    _by_path: dict[str, File] = field(default_factory=dict)
    _sizes: dict[str, list[Json]] = field(default_factory=dict)

    def add(self, kind: str, name: str, data: bytes, mime: str = "") -> File:
        """Keep a file; it gets a file_id, a unique id and a path."""
        if not data:
            raise refused("file must be non-empty")
        if len(data) > MOST_BYTES:
            raise ApiError(413, "Request Entity Too Large")
        if kind == "photo" and len(data) > MOST_PHOTO_BYTES:
            raise refused("PHOTO_SAVE_FILE_INVALID")
        if mime in ("", "application/octet-stream"):
            mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
        suffix = "." + name.rsplit(".", 1)[-1] if "." in name else ""
        path = f"{_FOLDERS[kind]}/file_{len(self._by_path)}{suffix}"
        file = File(self._token(60), self._token(16), kind, name, mime, data, path)
        self._by_id[file.file_id] = self._by_path[path] = file
        return file

    def get(self, file_id: str) -> File:
        """The file with this id; the Bot API's error if there is none."""
        if file_id not in self._by_id:
            raise refused("wrong file_id or the file is temporarily unavailable")
        return self._by_id[file_id]

    def at(self, path: str) -> File | None:
        """The file with this path."""
        return self._by_path.get(path)

    def _token(self, length: int) -> str:
        return "".join(self.random.choices(_ALPHABET, k=length))

    def photo_sizes(self, file: File) -> list[Json]:
        """The ``PhotoSize`` list of a picture, smallest first; refuses what is no picture or too long a strip."""
        if file.unique_id in self._sizes:
            return self._sizes[file.unique_id]
        width, height = dimensions(file.data)
        if width + height > _LONGEST_SIDES or max(width, height) > _WIDEST_RATIO * min(width, height):
            raise refused("PHOTO_INVALID_DIMENSIONS")
        longest = max(width, height)
        edges = sorted({edge for edge in _PHOTO_SIZES if edge < longest} | {min(longest, _PHOTO_SIZES[-1])})
        sizes = []
        for edge in edges:
            scaled = {"width": max(1, width * edge // longest), "height": max(1, height * edge // longest)}
            thumb = file if edge == edges[-1] else self._smaller(file, edge)
            sizes.append(thumb.wire() | scaled)
            self._sizes[thumb.unique_id] = sizes  # any size sent again shows the same picture
        return sizes

    def _smaller(self, file: File, edge: int) -> File:
        """A smaller size has an id of its own; the stand-in does not really shrink pictures."""
        size = File(
            self._token(60),
            self._token(16),
            file.kind,
            file.name,
            file.mime,
            file.data,
            f"{file.path}.{edge}",
        )
        self._by_id[size.file_id] = self._by_path[size.path] = size
        return size


def dimensions(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG, GIF, JPEG or WebP in pixels; the Bot API's error for anything else."""
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        width, height = struct.unpack(">II", data[16:24])
        return int(width), int(height)
    if data[:6] in (b"GIF87a", b"GIF89a"):
        width, height = struct.unpack("<HH", data[6:10])
        return int(width), int(height)
    if data[:3] == b"\xff\xd8\xff":
        return _jpeg_dimensions(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return 512, 512  # three layouts of the header; the exact size matters to nobody here
    raise refused("IMAGE_PROCESS_FAILED")


def _jpeg_dimensions(data: bytes) -> tuple[int, int]:
    position = 2
    while position + 9 < len(data) and data[position] == 0xFF:  # noqa: PLR2004 - the marker byte of JPEG
        marker, length = data[position + 1], int.from_bytes(data[position + 2 : position + 4])
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return int(width), int(height)
        position += 2 + length
    raise refused("IMAGE_PROCESS_FAILED")


def picture(width: int = 640, height: int = 480, grey: int = 200) -> bytes:
    """A plain grey PNG, for people who send "a photo"."""
    row = b"\x00" + bytes([grey]) * width

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(row * height))
        + chunk(b"IEND", b"")
    )
