"""Encryption of fields about people: what is sealed opens with the same key and purpose, and with nothing else."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.secrets import Vault, WrongKeyError

VAULT = Vault(bytes(range(32)))
# Lone surrogates too: a message must never be lost because of a strange character.
texts = st.text(st.characters())
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(text=texts, purpose=st.text(max_size=20))
def test_sealed_text_opens(text: str, purpose: str) -> None:
    """Any text, any purpose."""
    assert VAULT.open(VAULT.seal(text, purpose), purpose) == text


@given(value=values)
def test_sealed_values_open(value: Any) -> None:
    """Any JSON value."""
    assert VAULT.open_json(VAULT.seal_json(value, "x"), "x") == value


def test_nothing_of_the_text_shows() -> None:
    """Neither words nor repetition: the same text is sealed differently every time."""
    first, second = (VAULT.seal("Anna Muster", "cases.question") for _ in range(2))
    assert first != second
    assert b"Anna" not in first
    assert b"Muster" not in first


def test_only_the_same_key_opens() -> None:
    """Another key is told apart from damage by nobody: both are refused."""
    with pytest.raises(WrongKeyError):
        Vault(bytes(32)).open(VAULT.seal("x", "a"), "a")


def test_only_the_same_purpose_opens() -> None:
    """A value moved to another column does not open."""
    with pytest.raises(WrongKeyError):
        VAULT.open(VAULT.seal("x", "cases.question"), "outbox.payload")


@given(where=st.integers(0, 200), bit=st.integers(0, 7))
def test_every_changed_bit_is_noticed(where: int, bit: int) -> None:
    """Version, nonce, text and tag are all protected."""
    sealed = bytearray(VAULT.seal("ein Satz über einen Menschen", "x"))
    sealed[where % len(sealed)] ^= 1 << bit
    with pytest.raises(WrongKeyError):
        VAULT.open(bytes(sealed), "x")


@given(length=st.integers(0, 40))
def test_cut_values_are_refused(length: int) -> None:
    """Also when hardly anything is left."""
    sealed = VAULT.seal("ein Satz über einen Menschen", "x")
    with pytest.raises(WrongKeyError):
        VAULT.open(sealed[:length], "x")
