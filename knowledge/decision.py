"""What a message was understood as: a closed union, matched on by the handlers and printed by ``lotsenbot ask``."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.entry import Entry, Trigger


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that may answer the question, and how sure that is."""

    entry: Entry
    confidence: float  # 0…1: calibrated probability that this is the right entry
    reasons: Mapping[str, float] = field(default_factory=dict)  # named features, for /pruefen


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One of several questions of a message that was not answered: ``text`` as typed, and entries that may answer it."""

    text: str
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """Sure enough to send verbatim; several hits when a message held several questions.

    ``open``: further questions of the message that no hit answers. Say so, and offer their entries or the Lotse.
    """

    hits: tuple[Hit, ...]
    open: tuple[OpenQuestion, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """„Meinten Sie?“: at most three entries, best first.

    ``open``: the questions of a message that held several, each with entries of its own; ``hits`` are then all of these,
    the best one of each question first.
    """

    hits: tuple[Hit, ...]
    open: tuple[OpenQuestion, ...] = ()


@dataclass(frozen=True, slots=True)
class Unclear:
    """Too vague to search: ask ``question`` back; ``options`` are (button label, text to search instead)."""

    question: str
    options: tuple[tuple[str, str], ...]
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Handoff:
    """Nothing fits, or a ``trigger`` demands a person; ``hits`` is general information to show, if any.

    ``sure``: the first hit is what is asked, or the editors' choice; else the hits are only worth offering.
    """

    hits: tuple[Hit, ...] = ()
    trigger: Trigger | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Person:
    """The wish to speak with a human being."""


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """Not a question: ``kind`` names the short answer (a value of ``knowledge.smalltalk.SmallTalkKind``)."""

    kind: str
    language: str = ""  # two letters when the message is not German


@dataclass(frozen=True, slots=True)
class Urgent:
    """A person today; ``danger`` means first aid (112) comes before anything else; ``sure`` as for ``Handoff``."""

    trigger: Trigger
    hits: tuple[Hit, ...] = ()
    danger: bool = False
    sure: bool = True


Decision = Answer | Choice | Unclear | Handoff | Person | SmallTalk | Urgent


def kind(decision: Decision) -> str:
    """The decision's name in JSON and in statistics."""
    match decision:
        case Answer():
            return "answer"
        case Choice():
            return "choice"
        case Unclear():
            return "unclear"
        case Handoff():
            return "handoff"
        case Person():
            return "person"
        case SmallTalk():
            return "smalltalk"
        case Urgent():
            return "urgent"


def hits_of(decision: Decision) -> tuple[Hit, ...]:
    """The entries that are shown or offered, best first."""
    match decision:
        case (
            Answer(hits=hits)
            | Choice(hits=hits)
            | Unclear(hits=hits)
            | Handoff(hits=hits)
            | Urgent(hits=hits)
        ):
            return hits
        case Person() | SmallTalk():
            return ()
