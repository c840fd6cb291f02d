"""Questions that ask the same are one gap, seen by nobody before three chats have asked it."""

import pytest

from knowledge.entry import Knowledge, Topic, TopicId
from knowledge.gaps import FEWEST, Wording, clusters, gaps
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
    found = clusters(asked(*DOG, *HOLIDAY), understanding)
    assert [{wording.text for wording in cluster} for cluster in found] == [set(HOLIDAY), set(DOG)]
    assert clusters([], understanding) == ()


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
        *HOLIDAY, "azubi urlaub mahmoud xylofant", "azubi urlaub xylofant", "urlaub azubi xylofant wie viel"
    )
    [gap] = gaps(few, understanding)
    shown = [wording.text for wording in gap.wordings]
    assert not any("mahmoud" in text for text in shown)
    assert "azubi urlaub … xylofant" in shown


def test_equal_wordings_are_shown_once(understanding: Understanding) -> None:
    """Whoever wrote them and however."""
    [gap] = gaps(asked("Azubi Urlaub?", "azubi urlaub", "azubi  URLAUB"), understanding)
    assert [wording.text for wording in gap.wordings] == ["Azubi Urlaub?"]
