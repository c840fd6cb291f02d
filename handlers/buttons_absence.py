"""Buttons around a Lotse's absence. Their callback data are written and read by ``handlers/buttons.py``."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class EnterAbsence:
    """Away from the first to the last day (20270112), this Lotse stands in (empty: nobody can)."""

    first: int
    last: int
    deputy: str


@dataclass(frozen=True, slots=True)
class OtherDeputies:
    """Who else could stand in on these days, from page 0."""

    first: int
    last: int
    page: int


@dataclass(frozen=True, slots=True)
class DropAbsence:
    """Enter nothing."""


@dataclass(frozen=True, slots=True)
class EndAbsence:
    """Back before time."""


@dataclass(frozen=True, slots=True)
class HandOverAll:
    """Whoever stands in gets all open cases."""


@dataclass(frozen=True, slots=True)
class HandOverCase:
    """Whoever stands in gets this one."""

    case: int


@dataclass(frozen=True, slots=True)
class KeepCases:
    """The cases stay with the Lotse."""


@dataclass(frozen=True, slots=True)
class AskStandIn:
    """The employer does not want to wait for a Lotse who is away."""

    case: int


AbsenceButton = (
    EnterAbsence
    | OtherDeputies
    | DropAbsence
    | HandOverAll
    | HandOverCase
    | KeepCases
    | AskStandIn
    | EndAbsence
)

# The letters are the wire format: never reuse one with another meaning under the same version.
LETTERS: Final[dict[str, type[AbsenceButton]]] = {
    "va": EnterAbsence,
    "vb": OtherDeputies,
    "vc": DropAbsence,
    "vd": EndAbsence,
    "ve": HandOverAll,
    "vf": HandOverCase,
    "vg": KeepCases,
    "vh": AskStandIn,
}
