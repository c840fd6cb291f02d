"""/faelle and /fall: a Lotse's open cases, oldest first, with age and next step; one of them as a card."""

from dataclasses import dataclass
from datetime import datetime

from telegram import CallbackQuery, Update

from bot.cases import Cases
from bot.clock import Clock
from bot.correspondence import Correspondence
from bot.figures import Figures
from bot.library import Library
from bot.linking import Linking
from bot.model import Case, CaseState, Key, Outgoing
from bot.notes import Notes
from bot.transfer import Transfers
from handlers import buttons, render_cases, render_transfer, texts_cases, texts_waiting
from handlers.coordination import Coordination
from handlers.render import key, moment, plain, turning
from handlers.replies import Context, acknowledge, chat_of, say, show
from knowledge.directory import LotseId

_A_PAGE = 6


@dataclass(frozen=True, slots=True)
class CaseLists:
    """What waits at the Lotse's desk."""

    library: Library
    cases: Cases
    correspondence: Correspondence
    linking: Linking
    figures: Figures
    clock: Clock
    notes: Notes
    transfers: Transfers
    coordination: Coordination

    async def on_list(self, update: Update, context: Context) -> None:
        """/faelle."""
        chat = chat_of(update)
        lotse = await self.linking.lotse_of(chat)
        await say(context, chat, await self._page(lotse, 0) if lotse else Outgoing(texts_cases.NOT_A_LOTSE))

    async def on_case(self, update: Update, context: Context) -> None:
        """/fall Nummer: one's own and the own district's; whether the number exists for others is not told."""
        chat = chat_of(update)
        wanted = "".join(context.args or ()).upper()
        lotse = await self.linking.lotse_of(chat)
        case = await self._visible(lotse, wanted) if lotse and wanted else None
        if not lotse:
            await say(context, chat, Outgoing(texts_cases.NOT_A_LOTSE))
        elif not wanted:
            await say(context, chat, Outgoing(texts_cases.CASE_USAGE))
        elif case is None:
            await say(context, chat, Outgoing(texts_cases.NOT_YOURS))
        elif case.lotse != lotse:
            seen = await self.notes.may_see(case, chat)
            await say(context, chat, render_cases.colleagues_card(case, await self._view(case, notes=seen)))
        else:
            sent = await say(context, chat, render_cases.card(case, await self._view(case, notes=True)))
            await self.correspondence.belongs(case.id, chat, sent)

    async def _visible(self, lotse: str, number: str) -> Case | None:
        """The case of this number if it is this Lotse's, of the own district, or of the Land he or she coordinates."""
        case = await self.figures.by_number(number)
        if case is None:
            return None
        directory = self.library.current.directory
        known = directory.lotsen.get(LotseId(lotse))
        coordinator = directory.coordinator(case.land)
        mine = case.lotse == lotse or (coordinator is not None and coordinator.id == lotse)
        return case if mine or (known is not None and case.kreis in known.kreise) else None

    async def _view(self, case: Case, *, notes: bool) -> render_cases.View:
        delivery = await self.figures.last_delivery(case)
        shown = await self.notes.of_case(case.id) if notes else ()
        return render_cases.view(case, self.library.current, self.clock.now(), delivery, shown)

    async def on_button(
        self,
        update: Update,
        context: Context,
        query: CallbackQuery,
        button: buttons.ShowCases | buttons.LandButton,
    ) -> None:
        """Another page of the list, in place; or the list of the Land."""
        if not isinstance(button, buttons.ShowCases):
            await self.coordination.on_button(update, context, query, button)
            return
        lotse = await self.linking.lotse_of(chat_of(update))
        await acknowledge(query, "" if lotse else texts_cases.NOT_A_LOTSE, alert=not lotse)
        if lotse:
            await show(context, query, await self._page(lotse, button.page))

    async def _page(self, lotse: str, page: int) -> Outgoing:
        cases = await self.cases.of_lotse(lotse)
        offered = await self.transfers.offered_to(lotse)
        of_land = await self.coordination.way_in(lotse)
        if not cases and not offered:
            return Outgoing(texts_cases.CASES_NONE, of_land)
        pages = max(1, -(-len(cases) // _A_PAGE))
        page = min(max(page, 0), pages - 1)
        shown = cases[page * _A_PAGE : (page + 1) * _A_PAGE]
        now = self.clock.now()
        blocks = [texts_cases.CASES.format(count=len(cases)), *(self._line(case, now) for case in shown)]
        rows = [(self._key(case),) for case in shown]
        if offered and page == 0:
            listed = render_transfer.offers(offered[:_A_PAGE], self.library.current, now)
            blocks.insert(0, listed.html)
            rows = [*((one,) for (one,) in listed.keys), *rows]
        turn = turning(page, pages, buttons.ShowCases)
        return Outgoing("\n\n".join(blocks), (*rows, turn, *of_land))

    def _line(self, case: Case, now: datetime) -> str:
        following = (
            texts_cases.NEXT_STEP.format(due=moment(case.due_at))
            if case.due_at is not None
            else texts_cases.NEXT_ANSWER
            if case.state is CaseState.TAKEN
            else texts_cases.NEXT_CLOSE
        )
        return texts_cases.CASES_LINE.format(
            number=plain(case.number),
            urgent=texts_cases.CARD_URGENT if case.urgent else "",
            place=render_transfer.place_of(case, self.library.current),
            state=texts_cases.STATES[case.state],
            age=texts_waiting.age(now - case.opened_at),
            next=following,
        )

    def _key(self, case: Case) -> Key:
        if case.state is CaseState.OPEN:
            return key(f"{texts_cases.KEY_TAKE}: {case.number}", buttons.TakeCase(case.id))
        return key(f"{texts_cases.KEY_REPLY}: {case.number}", buttons.ReplyCase(case.id))
