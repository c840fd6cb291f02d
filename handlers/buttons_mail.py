"""Buttons of the way by mail. Their callback data are written and read by ``handlers/buttons.py``."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class MailInstead:
    """The Lotse of this case could not be reached: send it by mail."""

    case: int


@dataclass(frozen=True, slots=True)
class EditContact:
    """Another address or number for the answer."""


MailButton = MailInstead | EditContact

# The letters are the wire format: never reuse one with another meaning under the same version.
LETTERS: Final[dict[str, type[MailButton]]] = {"sa": MailInstead, "sb": EditContact}
