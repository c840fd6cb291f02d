"""Messages that need a person: danger to life, urgent cases, individual cases; the editors' lists, compiled.

Danger and urgency must stand close together: in one sentence, or in a sentence and the very short one after it ("Er
soll abgeschoben werden. Morgen!"). The facts of an individual case may be spread over the whole message.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.entry import Condition, Trigger, Triggers
from knowledge.language import words
from knowledge.message import Message
from knowledge.wordgroups import Found, Rule, WordGroups


@dataclass(frozen=True, slots=True)
class Met:
    """The triggers that a message meets; ``None`` where it meets none."""

    danger: Trigger | None
    urgent: Trigger | None
    hand_over: Trigger | None


class TriggerMatcher:
    """The compiled lists; immutable, so threads may share it."""

    def __init__(self, triggers: Triggers, known: Iterable[str] = ()) -> None:
        """``known``: folded words of the FAQ; such a word is no misspelling of a word of the lists."""
        names: dict[tuple[str, ...], str] = {}
        self._danger = _compiled(triggers.danger, names)
        self._urgent = _compiled(triggers.urgent, names)
        self._hand_over = _compiled(triggers.hand_over, names)
        as_typed = [word for term in triggers.as_typed for word in words(term)]
        self._groups = WordGroups(
            {name: terms for terms, name in names.items()},
            known=(*as_typed, *known),
            ignored=triggers.ignored,
        )

    def match(self, message: Message) -> Met:
        """What of the three lists the message meets; the first trigger of each list counts."""
        found = self._groups.scan(message)
        passages = message.passages()
        return Met(
            danger=_first(self._danger, found, passages),
            urgent=_first(self._urgent, found, passages),
            hand_over=_first(self._hand_over, found, ((0, len(message.words)),)),
        )


_Compiled = tuple[tuple[Trigger, tuple[Rule, ...]], ...]


def _compiled(triggers: tuple[Trigger, ...], names: dict[tuple[str, ...], str]) -> _Compiled:
    return tuple(
        (trigger, tuple(_rule(condition, names) for condition in trigger.conditions)) for trigger in triggers
    )


def _rule(condition: Condition, names: dict[tuple[str, ...], str]) -> Rule:
    def name(terms: tuple[str, ...]) -> str:
        return names.setdefault(terms, f"group {len(names) + 1}")

    none_of = (name(condition.none_of),) if condition.none_of else ()
    return Rule(tuple(name(terms) for terms in condition.all_of), none_of)


def _first(compiled: _Compiled, found: Found, ranges: tuple[tuple[int, int], ...]) -> Trigger | None:
    for trigger, rules in compiled:
        if any(rule.holds(found, first, last) for rule in rules for first, last in ranges):
            return trigger
    return None
