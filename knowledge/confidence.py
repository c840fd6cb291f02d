"""How sure is "sure": from a ranking to one of three bands."""

from dataclasses import dataclass
from typing import Literal

from knowledge.search import Ranking

Band = Literal["answer", "choice", "none"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities (0 to 1) from which a ranking is answered or offered; ``margin`` keeps a close race a choice."""

    answer: float = 0.8
    choice: float = 0.2
    margin: float = 0.05


def band(ranking: Ranking, thresholds: Thresholds | None = None) -> Band:
    """Answer at once, ask "Meinten Sie?", or hand over."""
    limits = thresholds or Thresholds()
    if ranking.exact:
        return "answer"
    if not ranking.ranked or ranking.ranked[0].confidence < limits.choice:
        return "none"
    close = len(ranking.ranked) > 1 and ranking.ranked[0].score - ranking.ranked[1].score < limits.margin
    return "choice" if close or ranking.ranked[0].confidence < limits.answer else "answer"
