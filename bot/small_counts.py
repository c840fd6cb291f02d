"""Counts that may be shown: what is below five says something about one firm, so it is merged with others until it does not.

Nothing is rounded and nothing is simply left blank: a number that is shown is the exact sum of what it names. Numbers that
are left out cannot be had by subtraction, because no total is ever shown beside parts of which one alone is missing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Group:
    """Several things counted together; ``names`` in their order."""

    names: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbours in time, counted together: from ``first`` to ``last``, both included."""

    first: int
    last: int
    count: int


def spans(counts: Sequence[int]) -> tuple[Span, ...]:
    """Each big enough alone, or together with its neighbours; what comes before the first count is left out."""
    begin = next((place for place, count in enumerate(counts) if count), len(counts))
    found: list[Span] = []
    first, gathered = begin, 0
    for place in range(begin, len(counts)):
        gathered += counts[place]
        if gathered >= FEWEST:
            found.append(Span(first, place, gathered))
            first, gathered = place + 1, 0
    if found and first < len(counts):
        found[-1] = Span(found[-1].first, len(counts) - 1, found[-1].count + gathered)
    return tuple(found)


def merged(counts: Mapping[str, int]) -> tuple[Group, ...]:
    """The parts of a whole; the smallest are put together until each is big enough. Empty when all are too few."""
    groups = [Group((name,), count) for name, count in counts.items()]
    while len(groups) > 1 and min(group.count for group in groups) < FEWEST:
        small, next_small = sorted(groups, key=lambda group: group.count)[:2]
        place = min(groups.index(small), groups.index(next_small))
        both = sorted((small, next_small), key=groups.index)
        groups = [group for group in groups if group not in both]
        groups.insert(place, Group(both[0].names + both[1].names, small.count + next_small.count))
    return tuple(group for group in groups if group.count >= FEWEST)


def shown(counts: Mapping[str, int]) -> dict[str, int]:
    """Only what is big enough, most first."""
    enough = {name: count for name, count in counts.items() if count >= FEWEST}
    return dict(sorted(enough.items(), key=lambda item: (-item[1], item[0])))


def hides(hidden: Sequence[int]) -> bool:
    """Whether the sum of these hidden counts, each known to be below five, tells none of them."""
    rest = sum(hidden)
    return rest == 0 or (len(hidden) > 1 and FEWEST <= rest < (FEWEST - 1) * len(hidden))


def rest(counts: Mapping[str, int], names: Iterable[str]) -> int:
    """The sum of what ``shown(counts)`` leaves out of ``names``; 0 also when it would tell one of them."""
    hidden = [count for name in names if (count := counts.get(name, 0)) < FEWEST]
    return sum(hidden) if hides(hidden) else 0


def totals(counts: Mapping[str, int], groups: Mapping[str, Sequence[str]]) -> tuple[Group, ...]:
    """Totals of groups, to be shown beside ``shown(counts)``; most first.

    A total minus its parts that are shown must not tell a part that is hidden: such groups are put together.
    """

    def parts(names: Sequence[str]) -> list[int]:
        return [counts.get(part, 0) for name in names for part in groups[name]]

    def fine(names: Sequence[str]) -> bool:
        found = parts(names)
        return sum(found) >= FEWEST and hides([count for count in found if count < FEWEST])

    alone = sorted((name for name in groups if fine((name,))), key=lambda name: sum(parts((name,))))
    together = [name for name in groups if not fine((name,))]
    # Nothing was asked of them at all: there is nothing to hide, and nothing to show.
    together = together if sum(parts(together)) else []
    while together and not fine(together) and alone:
        together.append(alone.pop(0))
    found = [Group((name,), sum(parts((name,)))) for name in alone]
    if together and fine(together):
        names = tuple(name for name in groups if name in together)
        found.append(Group(names, sum(parts(names))))
    return tuple(sorted(found, key=lambda group: (-group.count, group.names)))
