"""Callback data: at most 64 bytes, readable again, and never misread."""

from dataclasses import fields
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import buttons
from handlers.buttons import Button, decode, encode

KINDS = get_args(Button)
WORDS = st.from_regex(r"[a-z0-9-]{1,40}", fullmatch=True)


def some(kind: type[Button]) -> st.SearchStrategy[Button]:
    """Buttons of one kind with values as the program uses them."""
    values = [st.integers(-1, 10**12) if slot.type is int else WORDS for slot in fields(kind)]
    return st.builds(kind, *values)


@given(st.one_of(*(some(kind) for kind in KINDS)))
def test_what_was_written_is_read(button: Button) -> None:
    """Every button survives the way over Telegram within 64 bytes."""
    data = encode(button)

    assert 1 <= len(data.encode()) <= 64
    assert decode(data) == button


@given(st.text(max_size=80))
def test_anything_can_be_read(data: str) -> None:
    """Forged or foreign callback data is refused or read, never an error."""
    decode(data)


@given(st.text(min_size=1, max_size=300).filter(lambda text: text.strip()))
def test_a_long_search_is_cut_at_a_word(text: str) -> None:
    """A search text that does not fit is shortened, not refused."""
    data = encode(buttons.Ask(text))

    assert len(data.encode()) <= 64
    assert isinstance(decode(data), buttons.Ask) or not data.partition("q:")[2]


@pytest.mark.parametrize(
    "data",
    [
        "",
        ":",
        "0:T",
        "2:T",
        "1:?",
        "1:T:x",
        "1:k:",
        "1:k:abc",
        "1:k:1:2",
        "1:t:T01",
        "1:k:" + "9" * 30,
        "1:e:a\x00b",
        "1:k:１",
    ],
)
def test_rubbish_is_nobody(data: str) -> None:
    """Other versions, missing and superfluous parts, words for numbers."""
    assert decode(data) is None


def test_every_kind_has_a_letter() -> None:
    """A kind without a letter could not be sent."""
    assert {
        type(decode(encode(kind(*(0 if slot.type is int else "a" for slot in fields(kind))))))
        for kind in KINDS
    } == set(KINDS)


def test_too_long_an_id_is_an_error_at_once() -> None:
    """An id that does not fit is a bug of ours and must not reach Telegram."""
    with pytest.raises(ValueError, match="ShowEntry"):
        encode(buttons.ShowEntry("x" * 70))
