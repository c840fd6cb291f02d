"""Small counts are shown neither as they are nor to those who subtract."""

from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from bot.small_counts import Group, Span, hides, merged, shown, spans, totals

counts = st.integers(0, 12)


def test_weeks_are_put_together() -> None:
    """Until each span has five; before the first question nothing is shown; the last few go to the span before."""
    assert spans([0, 0, 3, 1, 2, 9, 4]) == (Span(2, 4, 6), Span(5, 6, 13))
    assert spans([0, 4]) == ()
    assert spans([]) == ()


@given(st.lists(counts, max_size=12))
def test_spans_lose_nothing(found: list[int]) -> None:
    """Their sum is all that was counted, none is small, they follow each other."""
    made = spans(found)
    assert sum(span.count for span in made) == (sum(found) if sum(found) >= 5 else 0)
    assert all(span.count >= 5 and span.count == sum(found[span.first : span.last + 1]) for span in made)
    assert all(after.first == before.last + 1 for before, after in pairwise(made))


def test_parts_are_put_together() -> None:
    """The two smallest, in their order."""
    assert merged({"a": 20, "b": 3, "c": 4}) == (Group(("a",), 20), Group(("b", "c"), 7))
    assert merged({"a": 3, "b": 20, "c": 9}) == (Group(("a", "c"), 12), Group(("b",), 20))
    assert merged({"a": 1, "b": 2}) == ()
    assert merged({"a": 9, "b": 0}) == (Group(("a", "b"), 9),)


def test_a_rest_that_tells_is_not_shown() -> None:
    """One hidden count alone, all at their highest, or a sum below five."""
    assert hides([0, 0])
    assert hides([3, 3])
    assert not hides([3])
    assert not hides([4, 4])
    assert not hides([1, 2])


@given(st.lists(st.tuples(st.integers(0, 2), counts), min_size=1, max_size=5))
def test_no_hidden_part_follows_from_totals(given_counts: list[tuple[int, int]]) -> None:
    """For every part that is hidden and not zero there are at least two values that fit everything that is shown."""
    groups: dict[str, list[str]] = {"0": [], "1": [], "2": []}
    found: dict[str, int] = {}
    for number, (group, count) in enumerate(given_counts):
        groups[str(group)].append(f"p{number}")
        found[f"p{number}"] = count
    visible, made = shown(found), totals(found, groups)
    assert all(group.count >= 5 for group in made)
    hidden = [part for part in found if part not in visible]
    possible: dict[str, set[int]] = {part: set() for part in hidden}
    for guess in product(range(5), repeat=len(hidden)):
        world = visible | dict(zip(hidden, guess, strict=True))
        if all(
            sum(world[part] for name in group.names for part in groups[name]) == group.count for group in made
        ):
            for part, value in zip(hidden, guess, strict=True):
                possible[part].add(value)
    for part in hidden:
        assert found[part] in possible[part]
        assert len(possible[part]) > 1 or found[part] == 0, (found, visible, made)
