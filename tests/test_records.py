"""Values as JSON and back: nothing is lost, and what is damaged or of another type is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Literal, NewType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editions import packaged
from knowledge import records, source
from knowledge.entry import Knowledge

Name = NewType("Name", str)


class Colour(StrEnum):
    """Two will do."""

    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Inner:
    """Within another."""

    name: Name
    at: time | None


@dataclass(frozen=True, slots=True)
class Outer:
    """One field of every kind that knowledge has."""

    text: str
    whole: int
    part: float
    yes: bool
    day: date
    colour: Colour
    sure: Literal["ja", "nein"]
    texts: tuple[str, ...]
    pair: tuple[str, int]
    set_: frozenset[Colour]
    inner: tuple[Inner, ...]
    by_name: Mapping[Name, Inner]
    maybe: Inner | None


# Any text, lone surrogates too: an answer comes back letter by letter.
texts = st.text(st.characters(exclude_categories=()))
inner = st.builds(Inner, texts.map(Name), st.none() | st.times())
outer = st.builds(
    Outer,
    texts,
    st.integers(),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(),
    st.sampled_from(Colour),
    st.sampled_from(["ja", "nein"]),
    st.lists(texts).map(tuple),
    st.tuples(texts, st.integers()),
    st.frozensets(st.sampled_from(Colour)),
    st.lists(inner, max_size=3).map(tuple),
    st.dictionaries(texts.map(Name), inner, max_size=3),
    st.none() | inner,
)


@given(outer)
def test_what_was_dumped_comes_back(value: Outer) -> None:
    """Field by field, in the same types."""
    restored = records.restore(Outer, records.dump(value))

    assert restored == value
    assert type(restored.colour) is Colour
    assert list(restored.by_name) == list(value.by_name)


@given(outer, st.data())
def test_a_changed_byte_is_noticed(value: Outer, data: st.DataObject) -> None:
    """A damaged file never gives another answer."""
    dumped = bytearray(records.dump(value))
    place = data.draw(st.integers(0, len(dumped) - 1))
    dumped[place] ^= data.draw(st.integers(1, 255))

    with pytest.raises(ValueError, match="damaged"):
        records.restore(Outer, bytes(dumped))


@pytest.mark.parametrize("cut", [0, 3, 4, 20])
def test_a_cut_off_dump_is_noticed(cut: int) -> None:
    """Also when hardly anything is left."""
    with pytest.raises(ValueError, match="damaged"):
        records.restore(Inner, records.dump(Inner(Name("a name that is long enough"), None))[:cut])


@pytest.mark.parametrize("value", [Inner(Name("a"), None), "text", ("a", "b", "c"), None, 3])
def test_what_another_type_dumped_is_refused(value: object) -> None:
    """The number of fields and their shape must fit."""
    with pytest.raises(ValueError, match=r".+"):
        records.restore(Outer, records.dump(value))


def test_a_type_without_a_reader_is_a_mistake_of_ours() -> None:
    """What cannot be read back is told at once."""
    with pytest.raises(ValueError, match="another set"):
        records.restore(set, records.dump(()))


def test_the_knowledge_comes_back() -> None:
    """All that ships."""
    knowledge = source.load(packaged())

    assert records.restore(Knowledge, records.dump(knowledge)) == knowledge
