"""Why an entry was ranked where it was: named numbers that an editor can read."""

from collections.abc import Mapping, Sequence

import numpy as np

from knowledge.ranker import Observation, Query, Ranker
from knowledge.sparse import Ints

_MOST = 3  # words and concepts named
_KINDS = {"c:": "Begriff {}", "f:": "Wortfeld {}", "s:": "Gruppe {}", "q:": "Frage: {}", "w:": "„{}“"}


def reasons(ranker: Ranker, query: Query, seen: Observation, entries: Ints) -> Sequence[Mapping[str, float]]:
    """For each of ``entries``: its likeness to the question, its chance, and the words and concepts that speak most for it."""
    if not len(entries):
        return ()
    places = ranker.named(query)
    shares = ranker.shares(query, entries, places)
    names = [ranker.names[column] for column in query.columns[places].tolist()]
    typed = {"w:" + word.stem: word.typed for word in query.reading.words}
    found = []
    for entry, says in zip(entries.tolist(), shares.T, strict=True):
        named = {
            "ähnlichste Formulierung": float(seen.nearest[entry]),
            "Formulierungen im Mittel": float(seen.mean[entry]),
            "Chance": float(seen.chance[entry]),
        }
        for place in np.argsort(-says, kind="stable")[:_MOST].tolist():
            if says[place] > 0:
                name = names[place]
                named[_KINDS[name[:2]].format(typed.get(name, name[2:]))] = float(says[place])
        found.append(named)
    return found
