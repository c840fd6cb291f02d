"""Buttons of who coordinates a Land. Their callback data are written and read by ``handlers/buttons.py``."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ShowLand:
    """The cases that hang in the Land, from page 0."""

    page: int


@dataclass(frozen=True, slots=True)
class TakeForLand:
    """The coordinator takes it over."""

    case: int


LandButton = ShowLand | TakeForLand

# The letters are the wire format: never reuse one with another meaning under the same version.
LETTERS: Final[dict[str, type[LandButton]]] = {"sc": ShowLand, "sd": TakeForLand}
