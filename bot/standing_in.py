"""Who stands in for a Lotse: the chosen deputy, the deputies of the directory, theirs, at last the coordinator.

The order is followed anew each time, in the directory in use and with the absences of that moment. So nothing has to be
repaired when a deputy goes away after being chosen, two stand in for each other, or a reload removes one of them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from bot.storage import Reader
from bot.tables import absences, people
from bot.tables.absences import Absence
from bot.tables.people import Link
from knowledge.directory import Directory, LotseId


class Presence(StrEnum):
    """Whether somebody can be asked, and if not, why."""

    THERE = "there"
    AWAY = "away"
    BLOCKED = "blocked"
    UNLINKED = "unlinked"
    GONE = "gone"  # not in the directory any more


@dataclass(frozen=True, slots=True)
class Passed:
    """Somebody who was passed over. ``loop``: his or her own deputies lead back to the one who asks."""

    lotse: str
    why: Presence
    absence: Absence | None = None
    loop: bool = False


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who stands in (``None``: nobody can be reached), and who was passed over on the way."""

    link: Link | None
    passed: tuple[Passed, ...] = ()
    coordinator: bool = False


@dataclass(frozen=True, slots=True)
class Roster:
    """Directory, links and absences of one moment."""

    directory: Directory
    links: Mapping[str, Link]
    absences: Mapping[str, Absence]

    @classmethod
    async def read(cls, reader: Reader, directory: Directory) -> Self:
        """As the database has it now."""
        links = {link.lotse: link for link in await people.links(reader)}
        return cls(directory, links, await absences.of_all(reader))

    def presence(self, lotse: str, start: int, end: int | None = None) -> Presence:
        """Whether ``lotse`` can be asked from ``start`` (ms) until before ``end``, or at that moment."""
        link, absence = self.links.get(lotse), self.absences.get(lotse)
        if lotse not in self.directory.lotsen:
            return Presence.GONE
        if link is None:
            return Presence.UNLINKED
        if link.blocked:
            return Presence.BLOCKED
        away = absence is not None and absence.overlaps(start, start + 1 if end is None else end)
        return Presence.AWAY if away else Presence.THERE

    def first_there(self, lotsen: Iterable[str], now: int) -> Link | None:
        """The first of these who can be asked at this moment."""
        return next((self.links[one] for one in lotsen if self.presence(one, now) is Presence.THERE), None)

    def chain(self, lotse: str, land: str = "") -> Iterator[str]:
        """Who may stand in, in order, each once: so loops end by themselves. ``land``: that of a case."""
        seen: dict[str, None] = {lotse: None}
        waiting = [lotse]
        while waiting:
            fresh = [one for one in self._named(waiting.pop(0)) if one not in seen]
            seen |= dict.fromkeys(fresh)
            waiting += fresh
            yield from fresh
        yield from (one for one in self._coordinators(lotse, land) if one not in seen)

    def stand_in(self, lotse: str, start: int, end: int | None = None, *, land: str = "") -> StandIn:
        """The first of the chain who can be asked all that time."""
        passed: list[Passed] = []
        coordinators = self._coordinators(lotse, land)
        deputies = {one.id for one in self.directory.deputies(LotseId(lotse))}
        for one in self.chain(lotse, land):
            why = self.presence(one, start, end)
            if why is Presence.THERE:
                return StandIn(self.links[one], tuple(passed), one in coordinators and one not in deputies)
            away = self.absences.get(one) if why is Presence.AWAY else None
            passed.append(Passed(one, why, away, loop=away is not None and self._leads_to(one, lotse)))
        return StandIn(None, tuple(passed))

    def to_call(self, lotse: str, now: int, land: str = "") -> str:
        """Whom to name where only telephone and mail are left: the first of the chain who is not away."""
        known = (one for one in (lotse, *self.chain(lotse, land)) if one in self.directory.lotsen)
        return next((one for one in known if not self._away(one, now)), lotse)

    def _away(self, lotse: str, now: int) -> bool:
        absence = self.absences.get(lotse)
        return absence is not None and absence.covers(now)

    def _named(self, lotse: str) -> Iterator[str]:
        absence, known = self.absences.get(lotse), self.directory.lotsen.get(LotseId(lotse))
        named = [absence.deputy] if absence is not None and absence.deputy else []
        yield from dict.fromkeys([*named, *(known.vertretung if known is not None else ())])

    def _coordinators(self, lotse: str, land: str) -> list[str]:
        """Of the Land of the case, or of the Lotse's own."""
        known = self.directory.lotsen.get(LotseId(lotse))
        found = self.directory.coordinator(land or (known.land if known else ""))
        return [found.id] if found is not None and found.id != lotse else []

    def _leads_to(self, away: str, lotse: str) -> bool:
        """Whether whoever stands in for ``away``, and for that one, is at last ``lotse``."""
        seen: set[str] = set()
        while away not in seen and (absence := self.absences.get(away)) is not None:
            seen.add(away)
            away = absence.deputy
            if away == lotse:
                return True
        return False
