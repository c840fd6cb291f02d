"""Phrasings of two entries that are the same but for order, spelling or an ending."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from knowledge import likeness
from knowledge.language import normalise
from tests.plain_entry import plain_entry


@given(st.lists(st.sampled_from(["eq", "eq zuschuss", "zuschuss eq", "zuschuss für die eq", "zuschuss fuer eine eq",
                                 "§ 60c voraussetzung", "§ 60b voraussetzung", "duldung dauer", "dauer duldungen",
                                 "wie lange dauert die duldung", "wie lange dauert die duldungen", "!!"]),
                min_size=2, max_size=24))  # fmt: skip
def test_likeness_finds_what_comparing_all_with_all_finds(texts: list[str]) -> None:
    """Comparing neighbours in length only misses no pair."""
    entries = [plain_entry(f"e{number}", phrasings=(text,)) for number, text in enumerate(texts)]
    pairs = {(pair.one.entry, pair.other.entry) for pair in likeness.near(entries)}
    expected = set()
    for one, text in enumerate(texts):
        for other in range(one + 1, len(texts)):
            a, b = (" ".join(sorted(normalise(item).split())) for item in (text, texts[other]))
            digits = [sorted(word for word in item.split() if any(map(str.isdigit, word))) for item in (a, b)]
            if a and b and fuzz.ratio(a, b) >= likeness.NEAR and digits[0] == digits[1]:
                expected.add((f"e{one}", f"e{other}"))

    assert pairs == expected
