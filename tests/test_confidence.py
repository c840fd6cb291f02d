"""From where a FAQ answers, what it takes for foreign, and how much of a question an entry explains."""

import numpy as np
import pytest

from knowledge import store
from knowledge.confidence import Thresholds, band
from knowledge.entry import EntryId, Synonyms
from knowledge.explained import SIGNS, Kinds
from knowledge.ranking import Document, Ranked, Ranking
from knowledge.search import Index
from tests.small_faq import SYNONYMS, documents


@pytest.fixture(scope="module")
def small() -> Index:
    """The FAQ of the search's tests: too small to learn from where to answer."""
    return Index.build(documents(), SYNONYMS)


def test_a_small_faq_keeps_the_usual_limit(small: Index) -> None:
    """Too few phrasings go astray to tell."""
    assert small.thresholds == Thresholds()


def test_a_faq_learns_from_where_to_answer() -> None:
    """Many phrasings of entries that are easily told apart: a lower limit is safe; it survives the cache."""
    subjects = "Urlaub Probezeit Führerschein Wohnung Vertrag Berufsschule Deutschkurs Zeugnis".split()
    kinds = "wie lange, wer zahlt, darf ich, muss ich, wann beginnt, wo beantrage ich, was kostet, was heißt".split(
        ", "
    )
    ends = "", " genau", " im Betrieb", " für Azubis", " bitte", " eigentlich", " jetzt"
    faq = [
        Document(EntryId(subject), subject, tuple(f"{kind} {subject}{end}" for kind in kinds for end in ends))
        for subject in subjects
    ]
    index = Index.build(faq, Synonyms())
    key = store.key(faq, Synonyms())

    assert index.thresholds.answer < Thresholds().answer
    restored = store.restore(store.dump(index, key), key)
    assert restored is not None
    assert restored.thresholds == index.thresholds


def test_foreign_subjects_are_told_from_those_of_the_faq(small: Index) -> None:
    """Whether one of the first three fits decides between a choice and a person."""
    inside = small.search("Wie lange muss ich auf den Führerschein warten?").among
    outside = small.search("Wie lange muss der Kuchen in den Ofen?").among
    assert outside < Thresholds().choice < inside


def test_the_band_follows_the_first_three() -> None:
    """An unlikely best entry is offered where one of the three probably fits, and not where none does."""
    ranked = tuple(Ranked(EntryId(name), 0.5, 0.1) for name in "abc")
    assert band(Ranking(ranked, among=0.3)) == "choice"
    assert band(Ranking(ranked, among=0.1)) == "none"


def test_what_an_entry_explains_by_kind() -> None:
    """Of two words one, of the letters all, of what is not asked neither good nor bad."""
    kinds = Kinds(["w:urlaub", "w:hund", "g:url", "b:urlaub hund"])
    shares = kinds.explained(
        np.array([0, 1, 2], np.int32), np.array([0.6, 0.6, 0.3], np.float32), np.array([[True, False, True]])
    )
    named = dict(zip(SIGNS, shares[0].tolist(), strict=True))
    assert named["erklärte Merkmale"] == pytest.approx(0.45)
    assert named["erklärte Wortstämme"] == pytest.approx(0.5)
    assert named["erklärte Buchstaben"] == pytest.approx(1)
    assert named["erklärte Wortfolgen"] == pytest.approx(0.7)
