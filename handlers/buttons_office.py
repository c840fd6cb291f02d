"""Buttons of admins and editors. Their callback data are written and read by ``handlers/buttons.py``."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ConfirmLink:
    """The person who pressed is the Lotse."""

    invite: int


@dataclass(frozen=True, slots=True)
class RejectLink:
    """The person who pressed is somebody else."""

    invite: int


@dataclass(frozen=True, slots=True)
class AcceptCandidate:
    """Use the checked knowledge whose digest begins so."""

    candidate: str


@dataclass(frozen=True, slots=True)
class DiscardCandidate:
    """Forget it."""

    candidate: str


@dataclass(frozen=True, slots=True)
class RollBack:
    """Use this earlier version of the knowledge again."""

    version: int


@dataclass(frozen=True, slots=True)
class ShowLaw:
    """Old text and new of a provision that has changed: "§ 60c AufenthG"."""

    law: str


@dataclass(frozen=True, slots=True)
class LawReviewed:
    """The entries that cite this provision are reviewed."""

    law: str


@dataclass(frozen=True, slots=True)
class ShowCharts:
    """The pictures of /statistik."""

    dark: int  # 1 or 0


@dataclass(frozen=True, slots=True)
class ExportSurvey:
    """The numbers of /statistik as a table."""


@dataclass(frozen=True, slots=True)
class OpenReport:
    """One of the reports that the weekly digest speaks of."""

    report: str


@dataclass(frozen=True, slots=True)
class SendAnswers:
    """Tell everybody whose question has an answer now."""


@dataclass(frozen=True, slots=True)
class SendCorrection:
    """Tell everybody who got this answer before it was changed at ``at`` (ms)."""

    at: int
    entry: str


OfficeButton = (
    ConfirmLink
    | RejectLink
    | AcceptCandidate
    | DiscardCandidate
    | RollBack
    | ShowLaw
    | LawReviewed
    | ShowCharts
    | ExportSurvey
    | OpenReport
    | SendAnswers
    | SendCorrection
)

# The letters are the wire format: never reuse one with another meaning under the same version.
LETTERS: Final[dict[str, type[OfficeButton]]] = {
    "y": ConfirmLink,
    "z": RejectLink,
    "A": AcceptCandidate,
    "V": DiscardCandidate,
    "R": RollBack,
    "gl": ShowLaw,
    "gr": LawReviewed,
    "ga": ShowCharts,
    "gb": ExportSurvey,
    "gc": OpenReport,
    "gh": SendAnswers,
    "gi": SendCorrection,
}
