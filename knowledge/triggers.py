"""Messages that need a person: danger to life, urgent cases, individual cases; the editors' lists, compiled.

Danger and urgency must stand close together: in one sentence, or in a sentence and the very short one after it ("Er
soll abgeschoben werden. Morgen!"). The facts of an individual case may be spread over the whole message. So may those of
a neighbouring subject, of which the FAQ knows nothing though it has the words ("Elternzeit").
"""

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.entry import Condition, Trigger, Triggers
from knowledge.language import words
from knowledge.meaning import meanings
from knowledge.message import Message
from knowledge.wordgroups import Found, Rule, WordGroups


@dataclass(frozen=True, slots=True)
class Met:
    """The triggers that a message meets; ``None`` where it meets none."""

    danger: Trigger | None
    urgent: Trigger | None
    hand_over: Trigger | None
    neighbour: Trigger | None


class TriggerMatcher:
    """The compiled lists; immutable, so threads may share it."""

    def __init__(self, triggers: Triggers, known: Iterable[str] = ()) -> None:
        """``known``: folded words of the FAQ. None of them, and no common German word, is a misspelling of a word of the lists."""
        names: dict[tuple[str, ...], str] = {}
        self._danger = _List(triggers.danger, names)
        self._urgent = _List(triggers.urgent, names)
        self._hand_over = _List(triggers.hand_over, names)
        self._neighbours = _List(triggers.neighbours, names)
        as_typed = [word for term in triggers.as_typed for word in words(term)]
        self._groups = WordGroups(
            {name: terms for terms, name in names.items()},
            known=_Spelt(frozenset((*as_typed, *known))),
            ignored=triggers.ignored,
        )

    def match(self, message: Message) -> Met:
        """What of the four lists the message meets; the first trigger of each list counts."""
        found = self._groups.scan(message)
        passages, whole = message.passages(), ((0, len(message.words)),)
        return Met(
            danger=self._danger.first(found, passages),
            urgent=self._urgent.first(found, passages),
            hand_over=self._hand_over.first(found, whole),
            neighbour=self._neighbours.first(found, whole),
        )


class _Spelt:
    """Folded words that are spelt as they are meant: "ergangen" is no "erhängen"."""

    def __init__(self, listed: frozenset[str]) -> None:
        self._listed = listed

    def __contains__(self, word: object) -> bool:
        return word in self._listed or word in meanings()


class _List:
    """The triggers of one list and their rules, found by the group that a rule needs first."""

    def __init__(self, triggers: tuple[Trigger, ...], names: dict[tuple[str, ...], str]) -> None:
        self._rules = tuple(
            (trigger, _rule(condition, names)) for trigger in triggers for condition in trigger.conditions
        )
        self._needing: dict[str, list[int]] = {}
        for number, (_, rule) in enumerate(self._rules):
            self._needing.setdefault(rule.all_of[0], []).append(number)

    def first(self, found: Found, ranges: tuple[tuple[int, int], ...]) -> Trigger | None:
        """The first trigger of which a rule holds in one of ``ranges``."""
        for number in sorted(number for group in found.spans for number in self._needing.get(group, ())):
            trigger, rule = self._rules[number]
            if any(rule.holds(found, first, last) for first, last in ranges):
                return trigger
        return None


def _rule(condition: Condition, names: dict[tuple[str, ...], str]) -> Rule:
    def name(terms: tuple[str, ...]) -> str:
        return names.setdefault(terms, f"group {len(names) + 1}")

    none_of = (name(condition.none_of),) if condition.none_of else ()
    return Rule(tuple(name(terms) for terms in condition.all_of), none_of)
