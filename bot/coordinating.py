"""The coordinator of a Land: the cases of the Land that hang, and taking one of them over."""

from dataclasses import dataclass
from datetime import timedelta

from bot.cases import Cases
from bot.clock import Clock
from bot.library import Library
from bot.model import Case, CaseId, CaseState
from bot.outcomes import Done, NotYours, TooLate
from bot.storage import Store
from bot.tables import cases as rows

# Taken, but the employer has not heard a word for so long.
SILENT_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Coordinating:
    """Who coordinates is named in the directory (``koordination``), and looked up there at every step."""

    store: Store
    clock: Clock
    library: Library
    cases: Cases

    def laender(self, lotse: str) -> tuple[str, ...]:
        """The Länder that this Lotse coordinates."""
        named = self.library.current.directory.koordination
        return tuple(sorted(land for land, who in named.items() if lotse and who == lotse))

    async def hanging(self, lotse: str) -> tuple[Case, ...]:
        """What hangs in these Länder at others' desks, oldest first."""
        laender = self.laender(lotse)
        if not laender:
            return ()
        found = await rows.of_laender(self.store.read, laender)
        return tuple(case for case in found if case.lotse != lotse and self._hangs(case))

    async def take(self, case_id: CaseId, lotse: str) -> Done | TooLate | NotYours:
        """The coordinator takes a case that hangs; employer and former Lotse are told."""
        return await self.cases.take(case_id, lotse, may=lambda case: self._may(case, lotse))

    def _may(self, case: Case, lotse: str) -> bool:
        return case.land in self.laender(lotse) and self._hangs(case)

    def _hangs(self, case: Case) -> bool:
        """Nobody took it in time, or somebody did and says nothing."""
        if case.by_mail:
            return False
        if case.state is CaseState.TAKEN:
            return case.taken_at is not None and self.clock.now() - case.taken_at >= SILENT_FOR
        return case.state is CaseState.OPEN and (case.reminded or case.lotse != case.first_lotse)
