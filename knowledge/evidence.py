"""What measuring the search says about the entries: taken for another, hard to find, found by no golden question.

The measuring itself (leaving phrasings out of the index, asking the golden questions) is ``knowledge.evaluation``; its
failures are handed in, so that the lint stays a function of what it is given.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from knowledge.entry import Entry, Knowledge
from knowledge.positions import Remark
from knowledge.questions import Golden

CONFUSABLE = 4  # phrasings of two entries that lead to the other from which the two are called confusable
HARD = 0.5  # share of an entry's phrasings that lead elsewhere from which it is called hard to find


class Missed(Protocol):
    """A question that found the wrong entry, such as ``evaluation.Failure``."""

    @property
    def question(self) -> str:
        """The question as it was asked."""

    @property
    def entries(self) -> tuple[str, ...]:
        """What was found instead, best first; empty when nothing was."""

    @property
    def expected(self) -> tuple[str, ...]:
        """The entries that would have been right."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """``left_out``: phrasings that, not in the index, do not find their entry first (``Report.left_out.failures``);
    ``golden``: golden questions that show no right entry (``Report.shown.failures``), ``None`` when not asked."""

    left_out: Sequence[Missed] = ()
    golden: Sequence[Missed] | None = None


def notices(
    knowledge: Knowledge, golden: Sequence[Golden], evidence: Evidence
) -> Iterator[tuple[str, Remark]]:
    """What editors should improve: the id of the entry, and the field with the sentence."""
    missed: dict[str, list[Missed]] = {}
    between: Counter[tuple[str, str]] = Counter()
    for item in evidence.left_out:
        for right in item.expected:
            missed.setdefault(right, []).append(item)
            if item.entries:
                between[min(right, item.entries[0]), max(right, item.entries[0])] += 1
    for entry in knowledge.entries.values():
        yield from ((entry.id, remark) for remark in _found_badly(entry, missed.get(entry.id, ())))
    for (one, other), count in sorted(between.items()):
        if count >= CONFUSABLE and one in knowledge.entries:
            message = (
                f"Wird leicht mit „{other}“ verwechselt ({count} Formulierungen führen ohne sich selbst zum anderen). "
                "Bitte in beiden das unterscheidende Wort in Titel und Formulierungen stellen."
            )
            yield one, Remark(message, ("formulierungen",))
    if evidence.golden is not None:
        yield from _never_shown(knowledge, golden, {item.question for item in evidence.golden})


def _found_badly(entry: Entry, missed: Sequence[Missed]) -> Iterator[Remark]:
    """An entry most of whose phrasings lead elsewhere, and phrasings that lead nowhere."""
    elsewhere = Counter(item.entries[0] for item in missed if item.entries)
    if elsewhere and len(missed) >= max(CONFUSABLE, HARD * len(entry.phrasings)):
        most = ", ".join(f"„{other}“" for other, _ in elsewhere.most_common(3))
        message = (
            f"Schwer zu finden: {len(missed)} von {len(entry.phrasings)} Formulierungen führen ohne sich selbst "
            f"woandershin, meist zu {most}. Bitte mehr Formulierungen mit den eigenen Wörtern dieser Frage."
        )
        yield Remark(message, ("formulierungen",))
    for item in missed:
        if not item.entries and item.question in entry.phrasings:
            message = (
                f"„{item.question}“ findet ohne sich selbst nichts. Bitte ähnliche Formulierungen ergänzen."
            )
            yield Remark(message, ("formulierungen", entry.phrasings.index(item.question)))


def _never_shown(
    knowledge: Knowledge, golden: Sequence[Golden], failed: set[str]
) -> Iterator[tuple[str, Remark]]:
    """Entries that golden questions ask for and none of them shows."""
    for entry in knowledge.entries.values():
        asked = [question.text for question in golden if not set(question.facts).isdisjoint(entry.facts)]
        if asked and failed.issuperset(asked):
            message = (
                f"Keine der {len(asked)} Prüffragen dazu zeigt diesen Eintrag, zum Beispiel: „{asked[0]}“."
            )
            yield entry.id, Remark(message, ("fakten",))
