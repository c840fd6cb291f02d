"""Who stands in: the order is followed without end in no loop, and ends only with somebody who is there."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import ChatId
from bot.standing_in import Presence, Roster
from bot.tables.absences import Absence, Stage
from bot.tables.people import Link
from knowledge.directory import Directory, LotseId
from tests.lotsen_at_hand import good, lotse
from tests.regions_at_hand import germany

IDS = ("A", "B", "C", "D", "E")
NOW = 50


@cache
def five() -> Directory:
    """Five Lotsen of one Land without deputies."""
    return good(germany(), *(lotse(one) for one in IDS))


def directory(deputies: dict[str, list[str]], coordinator: str = "") -> Directory:
    """The five with these deputies."""
    lotsen = {
        one: replace(known, vertretung=tuple(map(LotseId, deputies.get(one, []))))
        for one, known in five().lotsen.items()
    }
    return replace(five(), lotsen=lotsen, koordination={"NW": LotseId(coordinator)} if coordinator else {})


def away(one: str, deputy: str = "", start: int = 0, end: int = 100) -> Absence:
    """An absence from ``start`` until before ``end``."""
    return Absence(one, ChatId(1), start, end, deputy, deputy, Stage.AWAY, end)


def roster(known: Directory, *absences: Absence, linked: str = "ABCDE", blocked: str = "") -> Roster:
    """This directory with these links and absences."""
    links = {one: Link(one, ChatId(ord(one)), one in blocked) for one in linked}
    return Roster(known, links, {absence.lotse: absence for absence in absences})


def found(of: Roster, one: str, start: int = NOW, end: int | None = None) -> str:
    """Who stands in, or an empty text."""
    link = of.stand_in(one, start, end).link
    return link.lotse if link is not None else ""


NAMES = st.lists(st.sampled_from(IDS), max_size=3, unique=True)


@given(
    deputies=st.dictionaries(st.sampled_from(IDS), NAMES),
    absent=st.dictionaries(st.sampled_from(IDS), st.sampled_from(["", *IDS])),
    linked=st.sets(st.sampled_from(IDS)),
    coordinator=st.sampled_from(["", *IDS]),
)
def test_loops_end(
    deputies: dict[str, list[str]], absent: dict[str, str], linked: set[str], coordinator: str
) -> None:
    """Whatever points to whom: everybody at most once, never oneself, and only who is there is found."""
    absences = [away(one, deputy) for one, deputy in absent.items()]
    of = roster(directory(deputies, coordinator), *absences, linked="".join(sorted(linked)))
    for one in IDS:
        chain = list(of.chain(one))
        assert len(set(chain)) == len(chain)
        assert one not in chain
        there = [other for other in chain if of.presence(other, NOW) is Presence.THERE]
        stand_in = of.stand_in(one, NOW)
        assert found(of, one) == (there[0] if there else "")
        assert all(passed.why is not Presence.THERE for passed in stand_in.passed)
        assert of.to_call(one, NOW) in IDS


def test_the_chosen_one_goes_first() -> None:
    """Then the deputies of the directory, theirs, the coordinator."""
    of = roster(directory({"A": ["B"], "B": ["C"]}, "E"), away("A", "D"))
    assert list(of.chain("A")) == ["D", "B", "C", "E"]
    assert found(of, "A") == "D"


@pytest.mark.parametrize(
    ("others", "who"),
    [
        ([], "B"),
        ([away("B")], "C"),
        ([away("B", "A")], "C"),
        ([away("B"), away("C")], "E"),
        ([away("B"), away("C"), away("E")], ""),
        ([away("B", start=60)], "B"),  # later
        ([away("B", end=50)], "B"),  # over
    ],
)
def test_who_is_away_is_passed_over(others: list[Absence], who: str) -> None:
    """At this moment; at the end there is the coordinator, or nobody."""
    of = roster(directory({"A": ["B", "C"]}, "E"), away("A"), *others)
    assert found(of, "A") == who


def test_a_whole_span_is_asked_for() -> None:
    """Away for one moment of it is not there."""
    of = roster(directory({"A": ["B", "C"]}), away("B", start=60, end=61))
    assert found(of, "A", 50, 60) == "B"
    assert found(of, "A", 50, 70) == "C"


def test_why_somebody_was_passed_over() -> None:
    """Away with a way back to the one who asks, blocked, not linked."""
    of = roster(directory({"A": ["B", "C", "D", "E"]}), away("B", "A"), linked="ABCE", blocked="C")
    passed = of.stand_in("A", NOW).passed
    assert [(one.lotse, one.why, one.loop) for one in passed] == [
        ("B", Presence.AWAY, True),
        ("C", Presence.BLOCKED, False),
        ("D", Presence.UNLINKED, False),
    ]
    assert of.presence("Z", NOW) is Presence.GONE
