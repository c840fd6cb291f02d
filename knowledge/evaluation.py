"""How well the FAQ is found: shares of the frozen test set and of the stored phrasings, each with its failures.

What a question was understood as is kept as a ``Verdict``; verdicts of two editions on the same questions are compared by
``knowledge.changes``.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from knowledge.decision import Decision, Handoff, Urgent, hits_of, kind
from knowledge.entry import EntryId, Knowledge
from knowledge.questions import Questions
from knowledge.understanding import Understanding

TARGETS: Mapping[str, tuple[str, float]] = {
    "first": (">=", 0.90),
    "shown": (">=", 0.97),
    "wrong": ("<=", 0.02),
    "direct": (">=", 0.70),
    "stored": (">=", 1.0),
    "left_out": (">=", 0.85),
    "near": ("<=", 0.06),
    "far": ("<=", 0.0),
    "person": (">=", 1.0),
}
"""What the project demands of the shares of a ``Report``."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a question was understood as: the decision's name, and the entries the employer then sees, best first."""

    kind: str
    entries: tuple[str, ...] = ()

    @property
    def first(self) -> str:
        """The first entry, empty when none is shown."""
        return self.entries[0] if self.entries else ""

    @property
    def direct(self) -> bool:
        """Whether it was answered at once."""
        return self.kind == "answer"

    @property
    def handed_over(self) -> bool:
        """Whether the editors' list demands a person and general information is shown with it."""
        return self.kind in {"handoff", "urgent"} and bool(self.entries)


Verdicts = Mapping[str, Verdict]


@dataclass(frozen=True, slots=True)
class Failure:
    """A question that was not understood as it should be; ``expected`` are the entries that would be right."""

    question: str
    kind: str
    entries: tuple[str, ...]
    expected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """``count`` of ``of`` questions; ``failures`` are those that keep the share from where it should be."""

    count: int
    of: int
    failures: tuple[Failure, ...] = ()

    @property
    def rate(self) -> float | None:
        """0 to 1; ``None`` when nothing was asked."""
        return self.count / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Report:
    """The shares by name; golden questions are counted in the first five.

    An entry shown together with a handover that the editors' list demands counts for ``first`` and ``shown``, never for
    ``direct`` and ``wrong``; ``handed_over`` counts those that show the right one.
    """

    first: Share  # the first entry shown is right
    shown: Share  # one of the entries shown is right
    wrong: Share  # answered at once with a wrong entry
    direct: Share  # answered at once
    handed_over: Share
    stored: Share  # titles and phrasings that find their own entry first
    near: Share  # to be refused, and answered at once
    far: Share
    person: Share  # the wish for a person was recognised
    left_out: Share | None = None  # phrasings that find their entry without themselves
    unanswerable: tuple[str, ...] = field(default=())  # golden questions whose facts no entry answers

    def share(self, name: str) -> Share | None:
        """The share of this name in ``TARGETS``."""
        found: Share | None = getattr(self, name)
        return found

    def missed(self) -> tuple[str, ...]:
        """The names of the shares that miss their target; what was not measured misses none."""
        return tuple(name for name in TARGETS if self.meets(name) is False)

    def meets(self, name: str) -> bool | None:
        """Whether this share meets its target; ``None`` when it has none or was not measured."""
        share = self.share(name)
        if name not in TARGETS or share is None or share.rate is None:
            return None
        relation, bound = TARGETS[name]
        return share.rate >= bound if relation == ">=" else share.rate <= bound

    def as_json(self) -> dict[str, Any]:
        """Everything, made of what JSON knows, with the rates and the targets."""
        shares = {
            name: asdict(share) | {"rate": share.rate}
            for name in (*TARGETS, "handed_over")
            if (share := self.share(name)) is not None
        }
        for name, (relation, bound) in TARGETS.items():
            if name in shares:
                shares[name] |= {"target": f"{relation} {bound}", "met": self.meets(name)}
        return {"shares": shares, "unanswerable": list(self.unanswerable)}


def verdicts(
    understanding: Understanding, texts: Iterable[str], known: Verdicts | None = None
) -> dict[str, Verdict]:
    """What each text is understood as, without any context; those in ``known`` are not asked again."""
    before = known or {}
    return {text: before.get(text) or verdict(understanding.find(text)) for text in texts}


def verdict(decision: Decision) -> Verdict:
    """A decision without the entries' texts."""
    hits = hits_of(decision)
    # Beside the offer of a person only the best entry is shown.
    shown = hits[:1] if isinstance(decision, Handoff | Urgent) else hits
    return Verdict(kind(decision), tuple(hit.entry.id for hit in shown))


def stored_texts(knowledge: Knowledge) -> dict[str, EntryId]:
    """Every title and phrasing with its entry."""
    return {
        text: entry.id for entry in knowledge.entries.values() for text in (entry.title, *entry.phrasings)
    }


def right_entries(knowledge: Knowledge, facts: Iterable[str]) -> tuple[str, ...]:
    """The entries that answer one of these facts."""
    wanted = set(facts)
    return tuple(entry.id for entry in knowledge.entries.values() if not wanted.isdisjoint(entry.facts))


def evaluate(
    understanding: Understanding,
    knowledge: Knowledge,
    questions: Questions,
    *,
    known: Verdicts | None = None,
) -> Report:
    """All shares; ``known`` verdicts are not asked again."""
    stored = stored_texts(knowledge)
    found = verdicts(understanding, (*questions.texts, *stored), known)
    right = {item.text: right_entries(knowledge, item.facts) for item in questions.golden}
    golden = tuple(right)

    def share(texts: Iterable[str], *, fails: Callable[[str], bool], counted_fails: bool = False) -> Share:
        asked = tuple(texts)
        failed = tuple(text for text in asked if fails(text))
        count = len(failed) if counted_fails else len(asked) - len(failed)
        return Share(
            count, len(asked), tuple(_failure(text, found[text], right.get(text, ())) for text in failed)
        )

    def is_wrong(text: str) -> bool:
        return found[text].first not in right[text]

    handed = tuple(text for text in golden if found[text].handed_over)
    return Report(
        first=share(golden, fails=is_wrong),
        shown=share(golden, fails=lambda text: set(found[text].entries).isdisjoint(right[text])),
        wrong=share(golden, fails=lambda text: found[text].direct and is_wrong(text), counted_fails=True),
        direct=share(golden, fails=lambda text: not found[text].direct),
        handed_over=share(handed, fails=is_wrong),
        stored=Share(
            sum(found[text].first == entry for text, entry in stored.items()),
            len(stored),
            tuple(
                _failure(text, found[text], (entry,))
                for text, entry in stored.items()
                if found[text].first != entry
            ),
        ),
        near=share(questions.near, fails=lambda text: found[text].direct, counted_fails=True),
        far=share(questions.far, fails=lambda text: found[text].direct, counted_fails=True),
        person=share(questions.persons, fails=lambda text: found[text].kind != "person"),
        left_out=left_out(understanding, knowledge),
        unanswerable=tuple(text for text, entries in right.items() if not entries),
    )


def left_out(understanding: Understanding, knowledge: Knowledge) -> Share | None:
    """How many titles and phrasings the index ranks first for their entry when they are not in it.

    The index asks itself when it is built; ``None`` when it is too small to learn anything.
    """
    report = understanding.report
    if not report.accuracy and not report.astray:
        return None
    asked = sum(1 + len(entry.phrasings) for entry in knowledge.entries.values())
    failures = tuple(Failure(item.phrasing, "", (item.found,), (item.entry,)) for item in report.astray)
    return Share(asked - len(failures), asked, failures)


def _failure(text: str, found: Verdict, expected: tuple[str, ...]) -> Failure:
    return Failure(text, found.kind, found.entries, expected)
