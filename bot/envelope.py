"""A stream of any length, encrypted and authenticated as a whole: the form of a backup.

``magic | salt (16) | check (16) | chunks``. Each chunk is 1 MiB under AES-256-GCM; its nonce counts and marks the
last one (the STREAM construction), so chunks can be neither cut off nor swapped. The key is derived from the given key
and the salt (HKDF), so no nonce repeats; ``check`` tells a wrong key from a damaged file.
"""

import hmac
import io
import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_MAGIC = b"LOTSENBOT-BACKUP-1\n"
_SALT = _CHECK = _TAG = 16
_KEY = 32
_CHUNK = 2**20


class EnvelopeError(Exception):
    """Not such a file, damaged, cut off, or another key; the text is a German sentence."""


def _derived(key: bytes, salt: bytes) -> tuple[AESGCM, bytes]:
    made = HKDF(SHA256(), _KEY + _CHECK, salt, b"lotsenbot backup").derive(key)
    return AESGCM(made[:_KEY]), made[_KEY:]


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class Sealing(io.RawIOBase):
    """Writes an envelope; only what was closed by ``finish`` can be opened."""

    def __init__(self, target: BinaryIO, key: bytes) -> None:
        super().__init__()
        salt = os.urandom(_SALT)
        self._cipher, check = _derived(key, salt)
        self._target = target
        self._waiting = bytearray()
        self._number = 0
        target.write(_MAGIC + salt + check)

    def writable(self) -> bool:
        """It is for writing."""
        return True

    def write(self, data: object, /) -> int:
        """Take ``data``; whole chunks are written."""
        piece = bytes(data)  # type: ignore[call-overload]  # any buffer, as io demands
        self._waiting += piece
        while len(self._waiting) > _CHUNK:  # one is kept back: it may be the last
            self._put(bytes(self._waiting[:_CHUNK]), last=False)
            del self._waiting[:_CHUNK]
        return len(piece)

    def finish(self) -> None:
        """Write the last chunk."""
        self._put(bytes(self._waiting), last=True)

    def _put(self, chunk: bytes, *, last: bool) -> None:
        self._target.write(self._cipher.encrypt(_nonce(self._number, last=last), chunk, _MAGIC))
        self._number += 1


class Opening(io.RawIOBase):
    """Reads an envelope; nothing is handed out that was not authenticated. Raises ``EnvelopeError``."""

    def __init__(self, source: BinaryIO, key: bytes) -> None:
        super().__init__()
        header = source.read(len(_MAGIC) + _SALT + _CHECK)
        if not header.startswith(_MAGIC) or len(header) < len(_MAGIC) + _SALT + _CHECK:
            raise EnvelopeError("Das ist keine Sicherung des Lotsenbots.")
        self._cipher, check = _derived(key, header[len(_MAGIC) : -_CHECK])
        if not hmac.compare_digest(check, header[-_CHECK:]):
            raise EnvelopeError("Die Sicherung wurde mit einem anderen Schlüssel verschlüsselt als DATA_KEY.")
        self._source = source
        self._number = 0
        self._next = source.read(_CHUNK + _TAG)
        self._ended = False
        self._ready = b""

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: object, /) -> int:
        """Fill ``buffer`` with what follows; 0 at the end, and only when the end is the true one."""
        view = memoryview(buffer)  # type: ignore[arg-type]  # any buffer, as io demands
        while not self._ready and not self._ended:
            self._open_next()
        count = min(len(view), len(self._ready))
        view[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _open_next(self) -> None:
        chunk, self._next = self._next, self._source.read(_CHUNK + _TAG)
        self._ended = not self._next
        try:
            self._ready = self._cipher.decrypt(_nonce(self._number, last=self._ended), chunk, _MAGIC)
        except InvalidTag:
            raise EnvelopeError("Die Sicherung ist beschädigt oder unvollständig.") from None
        self._number += 1
