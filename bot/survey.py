"""What employers ask, counted over the last whole weeks, as it may be shown: no person, and no count below five.

Only whole weeks: who compares today's numbers with yesterday's learns nothing about one question.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median, quantiles

from bot.clock import Clock, to_ms
from bot.finding import ASKED
from bot.small_counts import Group, Span, merged, rest, shown, spans, totals
from bot.storage import Store
from bot.tables import survey as rows
from bot.workdays import BERLIN
from knowledge.entry import Knowledge
from knowledge.schema import LAENDER

WEEKS = 12
QUESTION, CHOSEN = "question", "chosen"  # kinds of signals
HELPED, NOT_HELPED, NONE_OF_THESE = "helped", "not_helped", "none_of_these"
# Decision → what the employer got: an answer, something to choose from, or the way to a person.
ANSWERED, OFFERED, HANDED_OFF = "answered", "offered", "handed_off"
_OUTCOME = {
    "answer": ANSWERED,
    "choice": OFFERED,
    "unclear": OFFERED,
    "handoff": HANDED_OFF,
    "urgent": HANDED_OFF,
    "person": HANDED_OFF,
}
_FEWEST_FOR_MEDIAN, _FEWEST_FOR_P90 = 5, 10


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that is shown anywhere: text, pictures and table are made from this and from nothing else."""

    weeks: tuple[date, ...]  # the Mondays
    questions: tuple[Span, ...]  # over ``weeks``
    outcomes: tuple[Group, ...]
    entries: Mapping[str, int]  # id → how often its answer was shown to a question, most first
    topics: tuple[Group, ...]
    laender: Mapping[str, int]  # code → cases sent to a Lotse, most first
    laender_rest: int  # the Länder that are not in it, together; 0: none, or too few
    helpfulness: tuple[Group, ...]
    median: timedelta | None  # until the first answer of a person
    p90: timedelta | None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.questions or self.entries or self.laender or self.helpfulness or self.median)


@dataclass(frozen=True, slots=True)
class Survey:
    """Reads only."""

    store: Store
    clock: Clock

    async def figures(self, knowledge: Knowledge) -> Figures:
        """The last ``WEEKS`` whole weeks; entries and topics as they are in ``knowledge``."""
        today = self.clock.now().astimezone(BERLIN).date()
        monday = today - timedelta(days=today.weekday())
        weeks = tuple(monday - timedelta(weeks=back) for back in range(WEEKS, 0, -1))
        since, until = _midnight(weeks[0]), _midnight(monday)
        read = self.store.read
        by_week = [
            await rows.counted(read, QUESTION, _midnight(week), _midnight(week + timedelta(weeks=1)))
            for week in weeks
        ]
        outcomes = dict.fromkeys((ANSWERED, OFFERED, HANDED_OFF), 0)
        for week in by_week:
            for decision, count in week.items():
                if decision in _OUTCOME:
                    outcomes[_OUTCOME[decision]] += count
        # With the choices: so the sum is that of nothing else that is shown.
        asked = await rows.counted(read, ASKED, since, until)
        for entry, count in (await rows.counted(read, CHOSEN, since, until)).items():
            asked[entry] = asked.get(entry, 0) + count
        asked = {entry: count for entry, count in asked.items() if knowledge.get(entry) is not None}
        by_land = await rows.cases_by_land(read, since, until)
        voices = {
            name: sum((await rows.counted(read, name, since, until)).values())
            for name in (HELPED, NOT_HELPED)
        }
        waits = await rows.waits(read, since, until)
        return Figures(
            weeks=weeks,
            questions=spans([sum(week.get(name, 0) for name in _OUTCOME) for week in by_week]),
            outcomes=merged(outcomes),
            entries=shown(asked),
            topics=totals(
                asked, {topic.id: [entry.id for entry in topic.entries] for topic in knowledge.topics}
            ),
            laender=shown(by_land),
            laender_rest=rest(by_land, LAENDER),
            helpfulness=merged(voices),
            median=_span(median(waits)) if len(waits) >= _FEWEST_FOR_MEDIAN else None,
            p90=_span(_ninth(waits)) if len(waits) >= _FEWEST_FOR_P90 else None,
        )


def _midnight(day: date) -> int:
    return to_ms(datetime.combine(day, time(), BERLIN))


def _ninth(waits: Sequence[int]) -> float:
    return quantiles(waits, n=10, method="inclusive")[8]


def _span(ms: float) -> timedelta:
    return timedelta(milliseconds=ms)
