"""Questions that ask the same are one gap, seen by nobody before three chats have asked it."""

from collections.abc import Mapping

import pytest

from knowledge.entry import Knowledge, Topic, TopicId
from knowledge.gaps import ALIKE, FEWEST, Gap, Gathering, Likeness, Wording, clusters, wording_of
from knowledge.search import Index
from knowledge.understanding import Understanding
from tests.plain_entry import plain_entry
from tests.small_faq import SYNONYMS, documents


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    """Of a small FAQ, without what these questions ask."""
    found = documents()
    entries = tuple(plain_entry(document.id, document.phrasings, title=document.title) for document in found)
    knowledge = Knowledge((Topic(TopicId("T01"), "Alles", entries),), synonyms=SYNONYMS)
    return Understanding(knowledge, Index.build(found, SYNONYMS))


def gaps(wordings: list[Wording], understanding: Understanding) -> tuple[Gap, ...]:
    """Looked at for the first time."""
    return Gathering(understanding).gaps(wordings)


def asked(*texts: str, chats: tuple[int, ...] = ()) -> list[Wording]:
    """Questions, each of a chat of its own or of these."""
    return [
        Wording(number, text, str(chats[number] if chats else number), "refused")
        for number, text in enumerate(texts)
    ]


HOLIDAY = ("Wie viel Urlaub hat ein Azubi?", "urlaub azubi wie viel", "Urlaubstage vom Azubi", "azubi urlaub")
DOG = ("Darf der Hund mit ins Büro?", "hund im büro")


def test_the_same_question_is_one_cluster(understanding: Understanding) -> None:
    """Order, case, inflection and compounds do not part it; the largest is first."""
    likeness = Likeness(understanding.index)
    found = clusters(asked(*DOG, *HOLIDAY), likeness)
    assert [{wording.text for wording in cluster} for cluster in found] == [set(HOLIDAY), set(DOG)]
    assert clusters([], likeness) == ()


def test_a_wording_joins_what_it_is_nearest_to_on_average(understanding: Understanding) -> None:
    """As the mean cosine to all members says, counted here anew for each of them."""
    wordings = asked(*HOLIDAY, *DOG, "urlaub hund", "azubi im büro", "Wie viel Urlaub hat der Hund?")
    likeness = Likeness(understanding.index)
    alike = likeness.among([wording.text for wording in wordings])
    expected: list[list[int]] = []
    for number in range(len(wordings)):
        means = [float(alike[number, cluster].mean()) for cluster in expected]
        if means and max(means) >= ALIKE:
            expected[means.index(max(means))].append(number)
        else:
            expected.append([number])
    found = [[wording.id for wording in cluster] for cluster in clusters(wordings, likeness)]
    assert sorted(found) == sorted(expected)
    assert len(found) > 1


def test_what_follows_moves_nothing(understanding: Understanding) -> None:
    """Each wording stays where it was when others come behind it."""
    wordings = asked(*HOLIDAY, *DOG, "hund urlaub", "Darf der Azubi mit Hund Urlaub machen?", "büro azubi")
    likeness = Likeness(understanding.index)
    whole = clusters(wordings, likeness)
    for count in range(1, len(wordings)):
        parts = {tuple(wording for wording in cluster if wording.id < count) for cluster in whole} - {()}
        assert set(clusters(wordings[:count], likeness)) == parts


def test_a_number_names_all_that_is_seen(understanding: Understanding) -> None:
    """The wording can be read from it; it is another one as soon as something else stands with the wording."""
    [before] = gaps(asked(*HOLIDAY[:3]), understanding)
    [again] = gaps(asked(*HOLIDAY[:3]), understanding)
    [after] = gaps(asked(*HOLIDAY), understanding)
    [longer] = gaps(asked("xy", *HOLIDAY), understanding)
    assert before.seen(0) == again.seen(0) != after.seen(0)
    assert before.seen(1) != before.seen(2)
    assert wording_of(before.seen(2)) == 2
    assert longer.wordings[0].text == HOLIDAY[0]


def test_a_wording_is_described_once(understanding: Understanding, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks again pays for what is new."""
    described: list[str] = []
    real = understanding.index.described

    def noted(text: str) -> Mapping[str, float]:
        described.append(text)
        return real(text)

    monkeypatch.setattr(understanding.index, "described", noted)
    gathering = Gathering(understanding)
    first = gathering.gaps(asked(*HOLIDAY))
    assert gathering.gaps(asked(*HOLIDAY, *DOG)) == first
    assert described == [*HOLIDAY, *DOG]


def test_what_asks_the_same_as_an_ignored_one(understanding: Understanding) -> None:
    """Is no gap, also when it comes later; the others stay."""
    wordings = asked(*HOLIDAY, *DOG, "hund büro erlaubt")
    gathering = Gathering(understanding)
    assert len(gathering.gaps(wordings)) == 2
    [left] = gathering.gaps(wordings, {1})
    assert left.members == (4, 5, 6)


def test_nothing_readable_is_no_gap(understanding: Understanding) -> None:
    """What is blacked out altogether has nothing to show or to press."""
    assert gaps(asked("qwxyzo", "qwxyza", "qwxyzi"), understanding) == ()


def test_fewer_than_three_chats_are_no_gap(understanding: Understanding) -> None:
    """One chat in four wordings is one voice."""
    assert gaps(asked(*HOLIDAY, chats=(1, 1, 2, 2)), understanding) == ()
    [gap] = gaps(asked(*HOLIDAY, chats=(1, 1, 2, 3)), understanding)
    assert gap.chats == FEWEST
    assert gap.members == (0, 1, 2, 3)
    assert gap.why == {"refused": 4}


def test_words_of_few_are_blacked_out(understanding: Understanding) -> None:
    """A word nobody knows is shown when three chats used it, and not before."""
    few = asked(
        *HOLIDAY, "xylofant azubi mahmoud urlaub", "azubi urlaub xylofant", "urlaub azubi xylofant wie viel"
    )
    [gap] = gaps(few, understanding)
    shown = [wording.text for wording in gap.wordings]
    assert not any("mahmoud" in text for text in shown)
    assert "xylofant azubi … urlaub" in shown


def test_equal_wordings_are_shown_once(understanding: Understanding) -> None:
    """Whoever wrote them and however."""
    [gap] = gaps(asked("Azubi Urlaub?", "azubi urlaub", "azubi  URLAUB"), understanding)
    assert [wording.text for wording in gap.wordings] == ["Azubi Urlaub?"]
    [gap] = gaps(asked("azubi urlaub qwxyz", "azubi urlaub", "Azubi Urlaub"), understanding)
    assert [(item.id, item.text) for item in gap.wordings] == [
        (1, "azubi urlaub")
    ]  # the first without a hole
