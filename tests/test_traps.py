"""The traps: where old websites are wrong, the FAQ says what is right today, and a relapse is noticed."""

from dataclasses import replace

import pytest

from bot.editions import packaged
from knowledge import citations, source
from knowledge.entry import Entry, EntryId, Knowledge
from tests.trap import Guard, Trap, breaches, faults, relapsed
from tests.trap_corrections import CORRECTIONS, GUARDS
from tests.trap_list import TRAPS

ALL = TRAPS + CORRECTIONS

# BBiG → HwO: in crafts the HwO holds instead (§ 3 Abs. 3 BBiG), so both are cited.
CRAFT = {
    "5": {"26"},
    "7a": {"27b", "27c"},
    "8": {"27b", "27c"},
    "27": {"21"},
    "28": {"22"},
    "30": {"22", "22b"},
    "34": {"28", "30"},
    "36": {"30"},
    "43": {"36"},
    "45": {"37"},
    "46": {"37a"},
    "65": {"42q"},
    "76": {"41a"},
}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """The FAQ that comes with the program."""
    return source.load(packaged())


def entry(knowledge: Knowledge, name: str) -> Entry:
    """The entry of this id."""
    return knowledge.entries[EntryId(name)]


@pytest.mark.parametrize("trap", ALL, ids=lambda trap: trap.id)
def test_the_right_value_stands_where_the_old_one_stood(trap: Trap, knowledge: Knowledge) -> None:
    """The line exists, holds the value of today and not the old one."""
    assert faults(entry(knowledge, trap.entry), trap) == []


@pytest.mark.parametrize(
    ("trap", "today", "old"),
    [(trap, today, old) for trap in ALL for today, old in trap.relapses],
    ids=lambda value: value.id if isinstance(value, Trap) else None,
)
def test_a_relapse_is_noticed(trap: Trap, today: str, old: str, knowledge: Knowledge) -> None:
    """Whoever writes the old value, or strikes the sentence, fails the test above."""
    now = entry(knowledge, trap.entry)
    then = relapsed(now, today, old)

    assert then != now, f"{trap.id}: „{today}“ does not stand in the entry"
    assert faults(then, trap) != []


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.id)
def test_no_entry_says_what_is_outdated(guard: Guard, knowledge: Knowledge) -> None:
    """The old value stands nowhere, except where it is called outdated."""
    assert [line for entry in knowledge.entries.values() for line in breaches(entry, guard)] == []


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.id)
def test_an_outdated_line_is_noticed_in_any_entry(guard: Guard, knowledge: Knowledge) -> None:
    """Added to the answer or the details of any entry, the old value is found."""
    for one in list(knowledge.entries.values())[::20]:
        assert breaches(replace(one, answer=f"{one.answer}\n{guard.relapse}"), guard)
        assert breaches(replace(one, details=f"{one.details}\n{guard.relapse}"), guard)


def test_every_trap_of_the_fact_sheet_is_watched() -> None:
    """All twelve, each by at least one line with at least one relapse; ids are unique."""
    watched = {int(trap.id.split("-")[0].removeprefix("T")) for trap in TRAPS}

    assert watched == set(range(1, 13))
    assert all(trap.relapses for trap in ALL)
    assert len({trap.id for trap in ALL}) == len(ALL)


def test_crafts_find_their_own_law(knowledge: Knowledge) -> None:
    """An entry that cites a section of the BBiG which does not hold in crafts cites the HwO beside it."""
    missing = []
    for one in knowledge.entries.values():
        cited = [found for text in one.legal_basis if (found := citations.parse(text))]
        craft = {found.section for found in cited if found.law == "HwO"}
        missing += [
            f"{one.id}: {found}"
            for found in cited
            if found.law == "BBiG" and found.section in CRAFT and not CRAFT[found.section] & craft
        ]

    assert missing == []


@pytest.mark.parametrize(
    ("name", "law", "section"),
    [
        ("asylbewerber-aufnahmeeinrichtung", "AsylG", "61"),
        ("asylbewerber-wohnung", "AsylG", "61"),
        ("beschleunigtes-verfahren", "VO (EU) 2024/1348", "42"),
        ("chancenaufenthalt-ablauf", "AufenthG", "104c"),
        ("sichere-herkunftsstaaten", "AsylG", "29b"),
        ("sichere-herkunftsstaaten", "VO (EU) 2024/1348", "62"),
        ("sichere-herkunftsstaaten", "AufenthG", "104"),
        ("ukraine-karte-abgelaufen", "UkraineAufenthFGV", "2"),
        ("lohnzuschuss-jobcenter", "SGB II", "16e"),
        ("ausbildungsvertrag-inhalt", "BBiG", "11"),
        ("eq-zuschuss", "SGB III", "54a"),
        ("asa-nachhilfe", "SGB III", "74"),
        ("abbruch-melden", "AufenthG", "60c"),
        ("abbruch-melden", "AufenthG", "16g"),
        ("integrationskurs", "AufenthG", "44"),
        ("16g-lebensunterhalt", "BAföG", "12"),
        ("heimatreise", "AufenthG", "47b"),
    ],
)
def test_the_basis_of_a_trap_is_cited(name: str, law: str, section: str, knowledge: Knowledge) -> None:
    """What decides a trap stands in the legal basis of its entry."""
    cited = [citations.parse(text) for text in entry(knowledge, name).legal_basis]

    assert any(found and found.law == law and found.includes(section) for found in cited)
