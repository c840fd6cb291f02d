"""What is made of the index's answer: choices, what was just read left out, several searches as one."""

from datetime import date

from knowledge.confidence import Band, Thresholds
from knowledge.decision import Hit
from knowledge.entry import Entry, EntryId, Knowledge, Topic, TopicId
from knowledge.lookup import Lookup, Result
from knowledge.search import index_of


def entry(entry_id: str, title: str = "", *phrasings: str) -> Entry:
    """An entry with nothing in it but what is searched."""
    return Entry(
        EntryId(entry_id), TopicId("T01"), title, phrasings, "", "", ("§ 1 BGB",), "", (), "2026-08", date(2027, 1, 1), "recht",
        (), (), hand_over=False, urgent=False, unverified="", variants=(),
    )  # fmt: skip


def result(band: Band, **confidences: float) -> Result:
    """A result with these entries."""
    hits = tuple(Hit(entry(name), confidence) for name, confidence in confidences.items())
    return Result(band, hits, (band,))


def ids(hits: tuple[Hit, ...]) -> list[str]:
    """Their entries."""
    return [hit.entry.id for hit in hits]


def test_a_choice_has_two_or_three_entries() -> None:
    """One is no choice; a third that is hardly ever right only costs attention."""
    assert ids(result("choice", a=0.5, b=0.4, c=0.3, d=0.29).choices()) == ["a", "b", "c"]
    assert ids(result("choice", a=0.5, b=0.4, c=0.001).choices()) == ["a", "b"]
    assert ids(result("choice", a=0.5, b=0.001).choices()) == ["a", "b"]
    assert result("none").choices() == ()


def test_what_was_just_read_is_not_answered_again() -> None:
    """A follow-up that finds the same entry is offered the next ones, and what was read at the end."""
    knowledge = Knowledge(())
    lookup = Lookup(knowledge, index_of(knowledge), Thresholds(answer=0.8, choice=0.2, margin=0.3))
    found = result("answer", a=0.9, b=0.05, c=0.04, d=0.01)
    assert lookup.without(found, EntryId("x")) == found
    again = lookup.without(found, EntryId("a"))
    assert again.band == "choice"
    assert ids(again.hits) == ["b", "c", "a"]
    assert lookup.without(result("choice", a=0.85, b=0.6), EntryId("b")).band == "answer"
    assert lookup.without(result("choice", a=0.85, b=0.6, c=0.6), EntryId("b")).band == "choice"
    assert lookup.without(result("choice", a=0.7, b=0.6), EntryId("b")).band == "choice"
    assert ids(lookup.without(result("none", a=0.1, b=0.1), EntryId("a")).hits) == ["b"]


def test_several_results_are_joined_best_first() -> None:
    """The best entry of each search comes before the second of any; what found nothing is left out."""
    joined = Result.joined(
        (result("answer", a=0.9, b=0.2), result("none", x=0.1), result("choice", c=0.5, a=0.4))
    )
    assert ids(joined.hits) == ["a", "c", "b"]
    assert joined.band == "choice"
    assert joined.searched == ("answer", "none", "choice")
    assert Result.joined((result("none"),)).band == "none"
    assert result("none").best() is None
    again = Result.joined((result("choice", a=0.9, b=0.5, c=0.4), result("choice", d=0.5)), last=EntryId("a"))
    assert ids(again.hits) == ["d", "b", "a"]


def test_the_question_without_its_story_is_searched_too() -> None:
    """What is told around a question hides nothing, and what only the bare question finds is offered, not answered."""
    entries = (
        entry("probezeit", "Wie lang ist die Probezeit?", "Probezeit Dauer"),
        entry("urlaub", "Wie viel Urlaub gibt es?", "Urlaub Anzahl Tage"),
        entry("pass", "Was gilt ohne Pass?", "kein Pass"),
    )
    knowledge = Knowledge((Topic(TopicId("T01"), "Alles", entries),))
    lookup = Lookup(knowledge, index_of(knowledge), Thresholds())
    story = "Heute kam Post aus Kassel, der Briefträger war nett und hat lange erzählt, draußen regnet es seit Wochen. "
    core = "Wie lang ist die Probezeit?"
    alone = lookup.best(core)
    assert alone.band == "answer"
    told = lookup.best(story + core, core)
    assert ids(told.hits)[0] == "probezeit"
    assert lookup.best(core, core).band == "answer"
    assert lookup.best(story, "Wer backt Kuchen?").band == "none"
    wider = lookup.best("wie lang", with_context="wie lang ist die Probezeit?")
    assert ids(wider.hits)[0] == "probezeit"
    assert lookup.best("wie lang ist die Probezeit", with_context="Kuchen").hits == alone.hits


def test_what_is_likely_lies_halfway() -> None:
    """A second "Meinten Sie?" in a row must be worth more than a guess."""
    knowledge = Knowledge(())
    lookup = Lookup(knowledge, index_of(knowledge), Thresholds(answer=0.8, choice=0.2))
    assert lookup.is_likely(Hit(entry("a"), 0.5))
    assert not lookup.is_likely(Hit(entry("a"), 0.49))
