"""Why an entry was ranked where it was: named numbers that an editor can read."""

from collections.abc import Iterator, Mapping
from functools import cached_property

import numpy as np

from knowledge.ranker import Observation, Query, Ranker

_MOST = 3  # words and concepts named
_KINDS = {"c:": "Begriff {}", "f:": "Wortfeld {}", "s:": "Gruppe {}", "q:": "Frage: {}", "w:": "„{}“"}


class Reasons(Mapping[str, float]):
    """An entry's likeness to the question, its chance, and the words and concepts that speak most for it.

    Worked out when they are read: most searches are answered without anyone asking why.
    """

    def __init__(self, ranker: Ranker, query: Query, seen: Observation, entry: int) -> None:
        self._of = (ranker, query, seen, entry)

    @cached_property
    def _named(self) -> Mapping[str, float]:
        ranker, query, seen, entry = self._of
        places = ranker.named(query)
        says = ranker.shares(query, np.array([entry], np.int32), places)[:, 0]
        names = [ranker.names[column] for column in query.columns[places].tolist()]
        typed = {"w:" + word.stem: word.typed for word in query.reading.words}
        named = {
            "ähnlichste Formulierung": float(seen.nearest[entry]),
            "Formulierungen im Mittel": float(seen.mean[entry]),
            "Chance": float(seen.chance[entry]),
        }
        for place in np.argsort(-says, kind="stable")[:_MOST].tolist():
            if says[place] > 0:
                name = names[place]
                named[_KINDS[name[:2]].format(typed.get(name, name[2:]))] = float(says[place])
        return named

    def __getitem__(self, name: str) -> float:
        """The number of this name."""
        return self._named[name]

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self._named)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._named)
