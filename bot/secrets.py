"""Encryption at rest of fields about people: AES-256-GCM from ``cryptography``, key kept apart from the data.

A sealed value is ``version (1 byte) | nonce (12 bytes) | ciphertext and tag``. The purpose (table and column) is
authenticated with it, so a value moved to another column does not open.
"""

import hmac
import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_VERSION = b"\x01"
_NONCE = 12


class WrongKeyError(Exception):
    """The data were written with another key."""


class Vault:
    """Seals and opens values with one key of 32 bytes."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)
        self._digests = hmac.digest(key, b"lotsenbot digest", "sha256")

    def digest(self, text: str) -> str:
        """What is the same for the same ``text``, and tells nobody without the key which text it was."""
        return hmac.digest(self._digests, text.encode("utf-8", "surrogatepass"), "sha256").hex()[:32]

    def seal(self, text: str, purpose: str) -> bytes:
        """``text`` encrypted for ``purpose``."""
        # GCM's nonce must never repeat under one key: the operating system's randomness, not the injected one.
        nonce = os.urandom(_NONCE)
        return (
            _VERSION
            + nonce
            + self._cipher.encrypt(nonce, text.encode("utf-8", "surrogatepass"), purpose.encode())
        )

    def open(self, sealed: bytes, purpose: str) -> str:
        """The text that ``seal`` was given; raises ``WrongKeyError`` for another key, purpose or a damaged value."""
        if sealed[:1] != _VERSION:
            raise WrongKeyError
        nonce, rest = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        try:
            return self._cipher.decrypt(nonce, rest, purpose.encode()).decode("utf-8", "surrogatepass")
        except (InvalidTag, ValueError):  # the latter: too short to be anything
            raise WrongKeyError from None

    def seal_json(self, value: Any, purpose: str) -> bytes:
        """A JSON value, encrypted."""
        return self.seal(json.dumps(value, ensure_ascii=False, separators=(",", ":")), purpose)

    def open_json(self, sealed: bytes, purpose: str) -> Any:
        """The JSON value that ``seal_json`` was given."""
        return json.loads(self.open(sealed, purpose))
