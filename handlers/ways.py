"""Who a draft can go to now, and how: in Telegram, to who stands in, by mail, or only a contact card."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.absences import Absences
from bot.cases import Cases
from bot.clock import Clock
from bot.library import Library
from bot.linking import Linking
from bot.model import Draft, Outgoing
from handlers import drafting, render_absence, render_cases, render_mail
from knowledge import thirdparty
from knowledge.directory import Candidate, LotseId, Relation
from knowledge.region_places import Place


@dataclass(frozen=True, slots=True)
class Ways:
    """What the employer is shown before anything is sent."""

    library: Library
    cases: Cases
    linking: Linking
    absences: Absences
    clock: Clock
    load_cap: int  # open cases from which on a Lotse gets new ones only when all colleagues have as many
    mail: bool  # whether a case can go by mail to who is not in Telegram

    async def by_fairness(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Of those who serve district and branch: there, below the cap, fewest open cases, longest without one.

        Who is away comes next, because somebody stands in; then who cannot be reached at all.
        Others who serve the Kreis come in only when everybody responsible has as many cases as the cap allows.
        """
        reachable = await self.linking.reachable()
        away = await self.linking.away()
        loads = await self.cases.loads()

        def full(item: Candidate) -> bool:
            return loads.get(item.lotse.id, (0, 0))[0] >= self.load_cap

        def order(item: Candidate) -> tuple[bool, bool, bool, int, int]:
            load, last = loads.get(item.lotse.id, (0, 0))
            lotse = item.lotse.id
            return (lotse not in reachable, lotse not in away, full(item), load, last)

        responsible = [item for item in candidates if item.relation is Relation.RESPONSIBLE]
        if not responsible:
            return list(candidates[:1])
        present = [item for item in responsible if item.lotse.id not in away]
        if present and all(full(item) for item in present):
            also = (
                item
                for item in candidates
                if item.relation is Relation.ALSO and item.lotse.id in reachable and not full(item)
            )
            responsible += also
        return sorted(responsible, key=order)

    async def next_step(
        self, draft: Draft, place: Place, candidate: Candidate
    ) -> tuple[Draft, str, Outgoing] | None:
        """In Telegram if anybody can be reached there, else by mail: draft, step and message; ``None``: only a contact card."""
        asked = await self._asked(draft, place, candidate)
        if asked is not None:
            asked = replace(asked, contact="")
        else:
            asked = await self._mailed_to(draft, place, candidate)
            if asked is not None and not asked.contact:
                return asked, "contact", self._ask_contact(asked, candidate)
        return (asked, "preview", await self.preview(asked, place, candidate)) if asked else None

    def _ask_contact(self, draft: Draft, candidate: Candidate) -> Outgoing:
        directory = self.library.current.directory
        asked = drafting.asked_instead(draft, candidate, directory)
        return render_mail.ask_contact(asked, directory, urgent=draft.urgent)

    async def _mailed_to(self, draft: Draft, place: Place, candidate: Candidate) -> Draft | None:
        """The draft for a mail: to the candidate, or to somebody who is there; ``None`` when no mail can be sent."""
        lotse = to = candidate.lotse.id
        if await self.absences.now_of(lotse) is not None:
            to = LotseId(await self.absences.to_call(lotse, place.land))
            if to == lotse:
                return None
        known = self.library.current.directory.lotsen.get(to)
        if not self.mail or known is None or not known.email:
            return None
        return replace(draft, lotse=to, instead_of="" if to == lotse else lotse)

    async def _asked(self, draft: Draft, place: Place, candidate: Candidate) -> Draft | None:
        """The draft for whoever is asked now: the candidate, or who stands in; ``None`` when nobody can be reached."""
        lotse = candidate.lotse.id
        if lotse in await self.linking.reachable():
            return replace(draft, lotse=lotse, instead_of="")
        if await self.absences.now_of(lotse) is None:
            return None
        found = (await self.absences.stand_in(lotse, land=place.land)).link
        return replace(draft, lotse=found.lotse, instead_of=lotse) if found is not None else None

    async def preview(self, draft: Draft, place: Place, candidate: Candidate) -> Outgoing:
        """The preview, or first the question what to do with personal data of a third person in the text."""
        screened = thirdparty.screen(draft.question)
        if screened.findings and not draft.screened:
            return render_cases.personal_data(screened)
        directory = self.library.current.directory
        preview = render_mail.preview if draft.contact else render_cases.preview
        shown = preview(draft, place, drafting.asked_instead(draft, candidate, directory), directory)
        absence = await self.absences.now_of(draft.instead_of) if draft.instead_of else None
        if absence is None:
            return shown
        return render_absence.before_preview(shown, absence, directory, self.clock.now())

    async def contact_card(self, candidate: Candidate, place: Place) -> Outgoing:
        """No promise; of somebody who is away it is said so, and somebody who is there is named if possible."""
        directory = self.library.current.directory
        absence = await self.absences.now_of(candidate.lotse.id)
        if absence is None:
            return render_cases.contact_card(candidate, directory)
        to_call = LotseId(await self.absences.to_call(candidate.lotse.id, place.land))
        named = replace(candidate, lotse=directory.lotsen[to_call])
        shown = render_cases.contact_card(named, directory)
        return render_absence.before_contact(shown, absence, directory, self.clock.now())
