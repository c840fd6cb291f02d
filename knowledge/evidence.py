"""What measuring the search says about the entries: phrasings that lead elsewhere, entries that are taken for another.

The measuring itself (leaving phrasings out of the index, asking the golden questions) is not done here; its result is
handed in, so that the lint stays a function of what it is given.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.entry import EntryId, Knowledge
from knowledge.positions import Remark

SURE = 0.8  # confidence from which the wrong entry would be answered at once
CONFUSABLE = 3  # phrasings of two entries that lead to the other from which the two are called confusable


@dataclass(frozen=True, slots=True)
class Misled:
    """A phrasing of ``entry`` that, left out of the index, finds ``found`` first (``None``: nothing)."""

    entry: EntryId
    phrasing: str
    found: EntryId | None
    confidence: float  # 0 to 1, that ``found`` is right


@dataclass(frozen=True, slots=True)
class Evidence:
    """The result of measuring; ``reached``: entries that a golden question finds, ``None`` when none were asked."""

    misled: tuple[Misled, ...] = ()
    reached: frozenset[EntryId] | None = None


def notices(knowledge: Knowledge, evidence: Evidence) -> Iterator[tuple[EntryId, Remark]]:
    """What editors should improve, with the entry and field concerned."""
    between: Counter[tuple[EntryId, EntryId]] = Counter()
    for item in evidence.misled:
        entry = knowledge.entries.get(item.entry)
        if entry is None or item.phrasing not in entry.phrasings:
            continue
        where = ("formulierungen", entry.phrasings.index(item.phrasing))
        if item.found is None:
            message = (
                f"„{item.phrasing}“ findet ohne sich selbst nichts. Bitte ähnliche Formulierungen ergänzen."
            )
            yield item.entry, Remark(message, where)
            continue
        between[min(item.entry, item.found), max(item.entry, item.found)] += 1
        if item.confidence >= SURE:
            message = (
                f"„{item.phrasing}“ führt ohne sich selbst sicher zu „{item.found}“ ({item.confidence:.0%}). "
                "Gehört sie dorthin? Sonst das unterscheidende Wort ergänzen, auch in ähnlichen Formulierungen."
            )
            yield item.entry, Remark(message, where)
    for (one, other), count in sorted(between.items()):
        if count >= CONFUSABLE and one in knowledge.entries:
            message = (
                f"Wird leicht mit „{other}“ verwechselt ({count} Formulierungen führen zum jeweils anderen). "
                "Bitte die Unterschiede in Titel und Formulierungen deutlicher machen oder beide zusammenlegen."
            )
            yield one, Remark(message, ("titel",))
    for entry_id in knowledge.entries:
        if evidence.reached is not None and entry_id not in evidence.reached:
            yield entry_id, Remark("Keine Prüffrage findet diesen Eintrag.", ("id",))
