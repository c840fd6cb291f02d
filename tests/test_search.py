"""The index: what it finds, what it says about it, and that nothing brings it down."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from knowledge import store
from knowledge.confidence import Report
from knowledge.entry import EntryId, Synonyms
from knowledge.language import LONGEST
from knowledge.ranker import FEATURES, Ranker
from knowledge.search import Contents, Document, Index, Ranking, reader_of
from knowledge.sparse import Incidence, Occurrences, Rows
from knowledge.spelling import Vocabulary
from tests.small_faq import SYNONYMS, documents

QUESTIONS = (
    "wie lang dauert ein Praktikum",
    "Kosten Führerschein???",
    "was ist wenn die duldung abläuft",
    "xyzzy plugh",
    "Wo beantragt man das mit dem Vertrag?",
    "3+2",
)


@pytest.fixture(scope="module")
def index() -> Index:
    """The small FAQ, indexed."""
    return Index.build(documents(), SYNONYMS)


@pytest.fixture(scope="module", params=["head", "likeness"])
def either(request: pytest.FixtureRequest, index: Index) -> Iterator[Index]:
    """The index, and one that was too large to train a head for."""
    if request.param == "head" or index.ranker is None:
        yield index
    else:
        ranker = index.ranker
        rows = (ranker.names, ranker.rarity, ranker.rows, ranker.owner)
        yield Index(index.contents, Ranker(ranker.reader, *rows, None))


def best(index: Index, text: str, *, context: str | None = None) -> str:
    """The id of the first entry found."""
    ranking = index.search(text, context=None if context is None else EntryId(context))
    return ranking.ranked[0].entry if ranking.ranked else ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wie lang dauert ein Praktikum", "praktikum-dauer"),
        ("Wie teuer ist der Sprachkurs?", "deutschkurs-kosten"),
        ("Fuehrerschein Antrag stellen", "fuehrerschein-antrag"),
        ("fuhrerschein antrag stellen", "fuehrerschein-antrag"),
        ("Gebüren fürs Praktikm", "praktikum-kosten"),
        ("Praktikumskosten", "praktikum-kosten"),
        ("Duldungsantrag", "duldung-antrag"),
        ("was kostet der FS", "fuehrerschein-kosten"),
        ("was kostet ein B-Kurs", "deutschkurs-kosten"),
        ("§ 60 a abgelaufen", "duldung-ende"),
        ("Aussetzung der Abschiebung abgelaufen", "duldung-ende"),
        ("muss ich den Stift dann entlassen", "vertrag-ende"),
        ("Welche Papiere will die Behörde bei einer Wohnung", "wohnung-antrag"),
    ],
)
def test_a_question_finds_its_entry(either: Index, text: str, expected: str) -> None:
    """Inflection, lost umlauts, typos, compounds, abbreviations, synonyms and sections."""
    assert best(either, text) == expected


def test_every_phrasing_and_title_finds_its_entry_exactly(index: Index) -> None:
    """A stored phrasing always wins, however it is spelt."""
    for document in documents():
        for text in (document.title, *document.phrasings):
            spelt = text.upper().replace("Ü", "UE").rstrip("?") + " !!"

            assert index.exact(spelt) == document.id
            ranking = index.search(spelt)
            assert ranking.exact
            assert ranking.ranked[0].entry == document.id
            assert ranking.ranked[0].confidence == 1
            assert ranking.known == 1


def test_the_first_entry_with_a_phrasing_keeps_it() -> None:
    """Two entries with one phrasing: the order of the FAQ decides."""
    twice = [Document(EntryId(name), name, ("gleiche Frage",)) for name in ("eins", "zwei")]

    assert Index.build(twice, Synonyms()).exact("Gleiche Frage?") == "eins"


def test_what_is_not_stored_is_not_exact(index: Index) -> None:
    """Nearly is not word for word."""
    assert index.exact("praktikum dauer lang") is None
    assert index.exact("") is None
    assert not index.search("praktikum dauer lang").exact


def test_entries_come_best_first_and_no_more_than_asked(either: Index) -> None:
    """Confidence falls along the list."""
    ranking = either.search("praktikum wie lange noch", 7)

    confidences = [ranked.confidence for ranked in ranking.ranked]
    assert len(confidences) == 7
    assert confidences == sorted(confidences, reverse=True)
    assert len({ranked.entry for ranked in ranking.ranked}) == 7
    assert len(either.search("praktikum wie lange noch", 1).ranked) == 1
    assert either.search("praktikum wie lange noch", 0).ranked == ()


def test_an_exact_hit_counts_among_the_entries_asked_for(index: Index) -> None:
    """The others follow it, and it does not come twice."""
    ranking = index.search("praktikum dauer", 4)

    assert len(ranking.ranked) == 4
    assert [ranked.entry for ranked in ranking.ranked].count(EntryId("praktikum-dauer")) == 1


def test_the_reasons_name_what_spoke_for_an_entry(either: Index) -> None:
    """Readable numbers: likeness, chance, and the words and concepts."""
    ranked = either.search("was kostet denn so ein praktikum").ranked[0]

    assert {"ähnlichste Formulierung", "Formulierungen im Mittel", "Chance"} <= ranked.reasons.keys()
    assert any("praktikum" in name.casefold() or "kosten" in name for name in list(ranked.reasons)[3:])
    assert 0 < ranked.score <= 1


def test_the_ranking_tells_its_features_and_the_known_words(index: Index) -> None:
    """What the confidence was computed from, by name."""
    ranking = index.search("praktikum quantenflux kosten xylophon")

    assert tuple(ranking.features) == FEATURES
    assert ranking.known == 0.5


def test_words_without_a_topic_are_nothing_in_common(index: Index) -> None:
    """ "was", "kann", "ich" alone make no entry a hit; a question of nothing else is still searched."""
    assert not index.search("Was kann ich wann mit Xylofonen?").ranked
    assert index.search("Und wann?").ranked


def test_nothing_known_finds_nothing(index: Index) -> None:
    """No entry is offered for words of no entry."""
    ranking = index.search("qqqq wwww")

    assert ranking.ranked == ()
    assert ranking.known == 0


@pytest.mark.parametrize("text", ["und wie lange dauert das?", "und wie lange?", "wie lang gilt das dann"])
def test_a_follow_up_is_asked_about_the_last_answer(index: Index, text: str) -> None:
    """The subject of the entry answered just before is carried over."""
    assert best(index, text, context="fuehrerschein-kosten") == "fuehrerschein-dauer"
    assert best(index, text, context="praktikum-antrag") == "praktikum-dauer"


def test_a_new_subject_starts_afresh(index: Index) -> None:
    """The context is no pull where the question names its subject."""
    text = "Was kostet der Deutschkurs im Monat?"

    assert best(index, text, context="wohnung-dauer") == best(index, text) == "deutschkurs-kosten"
    long = "und wie lange muss ich denn nun bei einem Praktikum warten"
    assert best(index, long, context="wohnung-kosten") == "praktikum-dauer"


def test_an_unknown_context_is_none(index: Index) -> None:
    """The entry of an old button may be gone."""
    assert index.search("und wie lange?", context=EntryId("weg")) == index.search("und wie lange?")


def test_an_empty_faq_finds_nothing() -> None:
    """Before the first entry is written."""
    empty = Index.build((), Synonyms())

    assert empty.search("Was kostet das?") == Ranking()
    assert empty.exact("Was kostet das?") is None
    assert empty.report == Report()


@pytest.mark.parametrize("titles", [("Was ist das?",), ("…",), ("…", "?!"), ("Eins", "Eins")])
def test_the_smallest_faqs_are_searched(titles: tuple[str, ...]) -> None:
    """One entry, entries without a word, two that are the same."""
    index = Index.build(
        [Document(EntryId(str(number)), title, ()) for number, title in enumerate(titles)], Synonyms()
    )

    for text in ("was ist das", "eins zwei", "…", ""):
        assert len(index.search(text).ranked) <= len(titles)


@given(st.text(st.one_of(st.characters(), st.sampled_from("praktikum kosten §60c3+2")), max_size=300))
def test_any_text_is_searched(index: Index, text: str) -> None:
    """No text raises, and every number stays in its range."""
    ranking = index.search(text)

    assert 0 <= ranking.known <= 1
    for ranked in ranking.ranked:
        assert 0 <= ranked.confidence <= 1
        assert 0 <= ranked.score <= 1 + 1e-6
        assert all(np.isfinite(value) for value in ranked.reasons.values())


@pytest.mark.parametrize(
    "unit",
    ["\u0301", "😀", "\x00", "שלום ", "praktikm ", "a", "ab cd ef gh ", "beschäftigungserlaubnisverfahren"],
)
def test_the_longest_message_of_anything_is_searched(index: Index, unit: str) -> None:
    """4,096 code points of combining marks, emoji, null bytes, right to left, typos, or one word."""
    index.search((unit * LONGEST)[:LONGEST])


def test_searching_is_deterministic_and_shared_by_threads(index: Index) -> None:
    """The same question gives the same ranking, whoever asks at the same time."""
    alone = [index.search(text) for text in QUESTIONS]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(index.search, QUESTIONS * 20))

    assert together == alone * 20


def test_building_is_deterministic(index: Index) -> None:
    """The same FAQ gives the same bytes."""
    again = Index.build(documents(), SYNONYMS)

    assert store.dump(again, "k") == store.dump(index, "k")


def test_an_index_survives_storing(either: Index) -> None:
    """What was restored says what was dumped."""
    key = store.key(documents(), SYNONYMS)
    again = store.restore(store.dump(either, key), key)

    assert again is not None
    assert [again.search(text) for text in QUESTIONS] == [either.search(text) for text in QUESTIONS]
    assert again.report == either.report


def test_an_empty_index_survives_storing() -> None:
    """Also before the first entry."""
    key = store.key((), Synonyms())
    again = store.restore(store.dump(Index.build((), Synonyms()), key), key)

    assert again is not None
    assert again.search("Was kostet das?") == Ranking()


def test_a_stored_index_of_another_faq_is_refused(index: Index) -> None:
    """The key covers titles, phrasings and word lists, but not the answers."""
    key = store.key(documents(), SYNONYMS)
    first, *rest = documents()
    changed = Document(first.id, first.title, (*first.phrasings, "neu"))
    answered = Document(first.id, first.title, first.phrasings, "Eine Antwort.")

    assert store.key((changed, *rest), SYNONYMS) != key
    assert store.key(documents(), Synonyms()) != key
    assert store.key((answered, *rest), SYNONYMS) == key
    assert store.restore(store.dump(index, key), "other") is None


@pytest.mark.parametrize("data", [b"", b"lotsenbot", b"no arrays at all", bytes(1000)])
def test_damaged_bytes_are_refused(data: bytes) -> None:
    """A cache file cut off by a crash is no index, and no crash."""
    assert store.restore(data, "key") is None


def test_a_truncated_dump_is_refused(index: Index) -> None:
    """However much of it was written."""
    data = store.dump(index, "key")

    for share in (0.1, 0.5, 0.9, 0.999):
        assert store.restore(data[: int(len(data) * share)], "key") is None


def test_stored_bytes_hold_no_pickle(index: Index) -> None:
    """Plain arrays only."""
    assert b"pickle" not in store.dump(index, "key")


def test_a_faq_beyond_the_limit_has_no_head() -> None:
    """It is ranked by likeness alone, and says so by having nothing left out."""
    texts = ("praktikum dauer", "praktikum kosten", "wohnung kosten")
    reader = reader_of({word: 1 for text in texts for word in text.split()}, Synonyms())
    readings = [reader.read(text, repair=False) for text in texts]
    ranker, itself = Ranker.build(reader, readings, np.array([0, 1, 2], np.int32), largest=2)

    assert ranker.head is None
    assert itself.left_out is None


def test_the_contents_are_what_was_indexed(index: Index) -> None:
    """Ids and titles in the order of the FAQ."""
    contents: Contents = index.contents

    assert contents.ids == tuple(document.id for document in documents())
    assert contents.titles == tuple(document.title for document in documents())


def test_frequent_words_and_short_names_are_no_typos() -> None:
    """Neither becomes the word of the FAQ that it looks like; a real typo still does."""
    reader = reader_of({"plan": 3, "miete": 2}, Synonyms())

    assert [word.spelt for word in reader.read("wlan", repair=True).words] == ["wlan"]
    assert [word.spelt for word in reader.read("Was ist MIETX?", repair=True).words][-1] == "mietx"
    assert [word.spelt for word in reader.read("was kostet mietx", repair=True).words][-1] == "miete"


@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), max_size=60),
    st.lists(st.integers(0, 9), min_size=1, max_size=6, unique=True),
)
def test_which_rows_have_which_columns(pairs: list[tuple[int, int]], asked: list[int]) -> None:
    """Whether and how often, for every row and any columns."""
    rows, columns = (np.array([pair[place] for pair in pairs], np.int32) for place in (0, 1))
    each = [np.array([column for row, column in pairs if row == number], np.int32) for number in range(6)]
    sparse = Rows.of([(found, np.ones(len(found), np.float32)) for found in each], 10)
    owner, wanted = np.arange(6, dtype=np.int32), np.array(asked, np.int32)
    counts = [[pairs.count((row, column)) for column in asked] for row in range(6)]

    assert Incidence.of(sparse, owner).has(owner, wanted).tolist() == [
        [count > 0 for count in row] for row in counts
    ]
    counted = Occurrences.of(rows, columns, 10)
    assert [counted.count(row, wanted).tolist() for row in range(6)] == counts
    marked = np.isin(np.arange(10), asked)
    assert [sparse.without(marked).row(row)[0].tolist() for row in range(6)] == [
        [column for column in found.tolist() if column not in asked] for found in each
    ]


@given(
    st.lists(st.text("abcdeé", min_size=4, max_size=12)),
    st.text("abcdeé", min_size=9, max_size=12),
    st.data(),
)
def test_no_typo_is_overlooked(known: list[str], word: str, data: st.DataObject) -> None:
    """Whatever word of the FAQ is near enough is found, however the letters are wrong; with two typos one not nearer is left."""
    place = data.draw(st.integers(0, len(word) - 2))
    other = data.draw(st.sampled_from("xyz"))
    typed = data.draw(
        st.sampled_from(
            [
                word[:place] + other + word[place + 1 :],
                word[:place] + other + word[place:],
                word[:place] + word[place + 1 :],
                word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            ]
        )
    )
    vocabulary = Vocabulary(dict.fromkeys([*known, word], 1), frozenset())
    repaired = vocabulary.repaired(typed)

    assert vocabulary.is_known(typed) or vocabulary.parts(typed).whole or OSA.distance(repaired, typed) == 1


def test_a_phrasing_or_an_entry_taken_to_be_absent(index: Index) -> None:
    """What is left, and what its entry still has, are what the other phrasings have."""
    ranker = index.ranker
    assert ranker is not None
    columns = np.arange(len(ranker.names), dtype=np.int32)
    of_row = [set(ranker.rows.row(row)[0].tolist()) for row in range(len(ranker.rows))]
    some = range(0, len(of_row), 5)
    for absent in [
        *map(ranker.without_phrasing, some),
        *map(ranker.without_entry, range(0, len(index.contents.ids), 3)),
    ]:
        others = [row for row in range(len(of_row)) if row not in absent.rows]
        left = set().union(*(of_row[row] for row in others))
        own = set().union(*(of_row[row] for row in others if ranker.owner[row] == absent.entry))
        entry = np.array([absent.entry], np.int32)

        assert set(np.flatnonzero(ranker._left(columns, absent)).tolist()) == left
        assert set(np.flatnonzero(ranker._having(entry, columns, absent)[0]).tolist()) == own
