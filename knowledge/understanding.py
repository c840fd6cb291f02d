"""A message in, a decision out: the one way in to everything the bot understands.

The order decides. Danger to life and urgent cases come before anything else; an exact stored phrasing wins over all the
rest; the wish for a person and small talk start no search; an individual case is never judged; only then the index
ranks, and the calibrated confidence chooses between an answer, "Meinten Sie?" and a person.
"""

from dataclasses import dataclass, field
from typing import Self

from knowledge.confidence import Thresholds, band
from knowledge.decision import Answer, Choice, Decision, Handoff, Hit, Person, SmallTalk, Urgent
from knowledge.entry import EntryId, Knowledge, Trigger
from knowledge.language import words
from knowledge.message import Message, read
from knowledge.person import wants_person
from knowledge.search import Index, Ranked, Ranking, index_of
from knowledge.smalltalk import small_talk, strip_courtesy
from knowledge.triggers import TriggerMatcher

CHOICES = 3
_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a message was understood as it was; ``text()`` is what /pruefen shows."""

    decision: Decision
    step: str  # which step decided, in German
    searched: tuple[str, ...] = ()  # what the index was asked
    candidates: tuple[Hit, ...] = ()  # the best entries, best first, with their reasons
    features: tuple[tuple[str, float], ...] = ()  # what the confidence was computed from
    thresholds: Thresholds = field(default_factory=Thresholds)

    def text(self) -> str:
        """The explanation as plain German text."""
        lines = [f"Entschieden hat: {self.step}"]
        lines += [f"Gesucht: {text}" for text in self.searched]
        lines += [
            f"{number}. {hit.entry.id} · {hit.confidence:.0%}"
            + "".join(f" · {name} {value:.2f}" for name, value in hit.reasons.items())
            for number, hit in enumerate(self.candidates, 1)
        ]
        if self.candidates:
            limits = self.thresholds
            lines.append(f"Antwort ab {limits.answer:.0%}, „Meinten Sie“ ab {limits.choice:.0%}")
        lines += [f"{name}: {value:.2f}" for name, value in self.features]
        return "\n".join(lines)


class Understanding:
    """Immutable: the knowledge, its index and the compiled rules; threads may share it."""

    def __init__(self, knowledge: Knowledge, index: Index, thresholds: Thresholds | None = None) -> None:
        self._knowledge = knowledge
        self._index = index
        self._thresholds = thresholds or Thresholds()
        # Halfway between a guess and an answer: what a second "Meinten Sie?" in a row must at least be worth.
        self._likely = (self._thresholds.answer + self._thresholds.choice) / 2
        self._known = frozenset(
            word
            for entry in knowledge.entries.values()
            for text in (entry.title, *entry.phrasings)
            for word in words(text)
        )
        self._triggers = TriggerMatcher(knowledge.triggers, self._known)

    @classmethod
    def build(cls, knowledge: Knowledge, *, cached: bytes | None = None) -> Self:
        """The understanding of this knowledge; ``cached`` is what ``dump`` gave for the same knowledge and code."""
        del cached
        return cls(knowledge, index_of(knowledge))

    def dump(self) -> bytes:
        """What ``build`` takes as ``cached``."""
        return b""

    def find(self, text: str, *, after: EntryId | None = None, rephrased: bool = False) -> Decision:
        """What ``text`` asks.

        ``after``: the entry answered just before, for follow-ups; ``rephrased``: the same employer was not understood
        just before, so another question back would only annoy.
        """
        return self._explained(text, after=after, rephrased=rephrased).decision

    def explain(self, text: str, *, after: EntryId | None = None) -> Explanation:
        """The decision with everything that led to it, for /pruefen."""
        return self._explained(text, after=after, rephrased=False)

    def _explained(self, text: str, *, after: EntryId | None, rephrased: bool) -> Explanation:
        message = read(text)
        if trigger := self._triggers.danger(message):
            return Explanation(Urgent(trigger, self._general(trigger), danger=True), f"Gefahr: {trigger.id}")
        if trigger := self._triggers.urgent(message):
            hits = self._general(trigger, text)
            return Explanation(Urgent(trigger, hits), f"dringend: {trigger.id}", (text,), hits)
        plain = strip_courtesy(message)
        exact = self._index.exact(text) or (self._index.exact(plain) if plain else None)
        if exact is not None:
            hit = Hit(self._knowledge.entries[exact], 1.0, {"exact": 1.0})
            return Explanation(Answer((hit,)), "wörtliche Formulierung", (text,), (hit,))
        if wants_person(message):
            return Explanation(Person(), "Wunsch nach einem Menschen")
        if kind := small_talk(message, self._known):
            return Explanation(SmallTalk(kind), f"keine Frage: {kind}")
        return self._asked(message, plain or text, after=after, rephrased=rephrased)

    def _asked(self, message: Message, text: str, *, after: EntryId | None, rephrased: bool) -> Explanation:
        """The decision about a message that asks something."""
        if trigger := self._triggers.hand_over(message):
            hits = self._general(trigger, text)
            return Explanation(Handoff(hits, trigger), f"Einzelfall: {trigger.id}", (text,), hits)
        ranking = self._index.search(text, _CANDIDATES, context=after)
        hits = self._hits(ranking)
        features = tuple(ranking.features.items())
        decision: Decision
        match band(ranking, self._thresholds):
            case "answer":
                decision, step = Answer(hits[:1]), "Suche: sicher"
            case "choice" if not rephrased or hits[0].confidence >= self._likely:
                decision, step = Choice(hits[:CHOICES]), "Suche: „Meinten Sie?“"
            case _:
                decision, step = Handoff(), "Suche: nichts passt"
        return Explanation(decision, step, (text,), hits, features, self._thresholds)

    def _general(self, trigger: Trigger, text: str = "") -> tuple[Hit, ...]:
        """General information for a case that a person must judge: the editors' choice, then the index's."""
        named = [
            self._knowledge.entries[entry] for entry in trigger.entries if entry in self._knowledge.entries
        ]
        hits = {entry.id: Hit(entry, 1.0) for entry in named}
        if text:
            ranking = self._index.search(text, CHOICES)
            if band(ranking, self._thresholds) != "none":
                for hit in self._hits(ranking)[:1]:
                    hits.setdefault(hit.entry.id, hit)
        return tuple(hits.values())[:CHOICES]

    def _hits(self, ranking: Ranking) -> tuple[Hit, ...]:
        return tuple(self._hit(ranked) for ranked in ranking.ranked)

    def _hit(self, ranked: Ranked) -> Hit:
        return Hit(self._knowledge.entries[ranked.entry], ranked.confidence, ranked.reasons)
