"""What sounds like danger or urgency: learnt from examples, measured on messages that were none of them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library import Edition
from knowledge.alarm import Chances, Sound, alarm
from knowledge.decision import Answer, Decision, Urgent
from knowledge.entry import Triggers
from knowledge.message import read
from knowledge.sounds import Sounds

UNSEEN = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "alarm_unseen.jsonl").read_text("utf-8").splitlines()
]


def decided(edition: Edition, *kinds: str) -> list[Decision]:
    """What each unseen message of these kinds is taken for."""
    return [edition.understanding.find(item["text"]) for item in UNSEEN if item["kind"] in kinds]


def test_most_of_what_nobody_has_seen_before_is_known(shipped: Edition) -> None:
    """Messages written without a look at the lists or the examples: nine in ten are known, one in twenty-five at most is a false alarm."""
    in_need = decided(shipped, "gefahr", "dringend", "beides")
    harmless = decided(shipped, "harmlos")
    assert (len(in_need), len(harmless)) == (150, 528)
    assert sum(isinstance(found, Urgent) for found in in_need) >= 0.9 * len(in_need)
    assert sum(isinstance(found, Urgent) for found in harmless) <= 0.035 * len(harmless)
    # Whom to call for no reason: of them the fewer the better.
    assert sum(isinstance(found, Urgent) and found.danger for found in harmless) <= 0.02 * len(harmless)


@pytest.mark.parametrize(
    "who", ["Mein Azubi hat sich", "Er hat sich gestern", "Unsere Auszubildende hat sich"]
)
def test_what_people_do_every_day_is_no_danger(shipped: Edition, who: str) -> None:
    """ "hat sich" begins half of all bad news, and most of the good; none of these verbs was an example in this form."""
    did = (
        "rasiert umgezogen gesetzt erholt geeinigt verändert eingeschrieben qualifiziert bewährt gelangweilt gesteigert interessiert "
        "gekümmert verschrieben eingebracht gebessert hingesetzt geduscht eingekleidet weitergebildet abgemeldet geschämt"
    )
    alarms = [verb for verb in did.split() if isinstance(shipped.understanding.find(f"{who} {verb}"), Urgent)]
    assert alarms == []


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("Mein Lehrling steht oben auf dem Gerüst und sagt er springt", Sound.DANGER),
        ("er hat sich im Lager eingeschlossen und antwortet nicht mehr, überall ist Blut", Sound.DANGER),
        ("Zwei Streifenwagen bei uns im Hof, die wollen meinen Gesellen mitnehmen", Sound.URGENT),
        ("Wie lange dauert die Einstiegsqualifizierung?", None),
        ("", None),
    ],
)
def test_danger_is_told_from_what_cannot_wait(text: str, sound: Sound | None) -> None:
    """The first gets the emergency number, the second an office today."""
    assert alarm().chances(read(text)).sound() is sound


@given(st.text(max_size=300))
def test_any_text_has_chances(text: str) -> None:
    """Two probabilities that leave room for neither."""
    chances = alarm().chances(read(text))
    assert min(chances.danger, chances.urgent) >= 0
    assert chances.alarming <= 1


def test_the_likelier_of_two_counts_when_both_are_likely_together() -> None:
    """Neither alone is sure, but that something is wrong is."""
    assert Chances(0.3, 0.25).sound() is Sound.DANGER
    assert Chances(0.25, 0.3).sound() is Sound.URGENT
    assert Chances(0.15, 0.2).sound() is None


def test_without_lists_nothing_is_told() -> None:
    """What is said comes from the editors: no list of dangers, no words for one."""
    assert Sounds(Triggers()).of(read("Mein Lehrling steht oben auf dem Gerüst und sagt er springt")) is None


def test_a_stored_question_is_no_alarm(shipped: Edition) -> None:
    """However alarming it sounds, editors wrote the answer to exactly these words."""
    for entry in shipped.knowledge.entries.values():
        assert isinstance(shipped.understanding.find(entry.title), Answer | Urgent)
    sounding = [
        phrasing
        for entry in shipped.knowledge.entries.values()
        for phrasing in entry.phrasings
        if alarm().chances(read(phrasing)).sound() is not None
    ]
    assert sounding
    decisions = [shipped.understanding.find(phrasing) for phrasing in sounding]
    assert not any(isinstance(found, Urgent) and found.trigger.id.startswith("klingt") for found in decisions)
