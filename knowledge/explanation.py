"""Why a message was understood as it was, for /pruefen."""

from dataclasses import dataclass, field

from knowledge.confidence import Thresholds
from knowledge.decision import Decision, Hit


@dataclass(frozen=True, slots=True)
class Explanation:
    """A decision and what led to it; ``text()`` is what admins read."""

    decision: Decision
    step: str  # which step decided, in German
    searched: tuple[str, ...] = ()  # what the index was asked
    candidates: tuple[Hit, ...] = ()  # the best entries, best first, with their reasons
    features: tuple[tuple[str, float], ...] = ()  # what the confidence was computed from
    thresholds: Thresholds = field(default_factory=Thresholds)
    among: float = 0.0  # probability that one of the first three is right

    def text(self) -> str:
        """The explanation as plain German text."""
        lines = [f"Entschieden hat: {self.step}"]
        lines += [f"Gesucht: {text}" for text in self.searched]
        for number, hit in enumerate(self.candidates, 1):
            reasons = "".join(f" · {name} {value:.2f}" for name, value in hit.reasons.items())
            lines.append(f"{number}. {hit.entry.id} · {hit.confidence:.0%}{reasons}")
        if self.candidates:
            limits = self.thresholds
            lines.append(
                f"Antwort ab {limits.answer:.0%}. Einer der ersten drei passt: {self.among:.0%}, „Meinten Sie?“ ab {limits.choice:.0%}"
            )
        lines += [f"{name}: {value:.2f}" for name, value in self.features]
        return "\n".join(lines)
