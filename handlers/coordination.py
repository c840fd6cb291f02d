"""The coordinator's list: what hangs in the Land, and taking a case over; from there it can be handed on like any other."""

from dataclasses import dataclass
from typing import assert_never

from telegram import CallbackQuery, Update

from bot.clock import Clock
from bot.coordinating import Coordinating
from bot.library import Library
from bot.linking import Linking
from bot.model import Case, CaseId, Key, Outgoing
from handlers import buttons, render_transfer, texts_cases, texts_land, texts_waiting
from handlers.desk import tell_press
from handlers.render import key, moment, plain, turning
from handlers.replies import Context, acknowledge, chat_of, show

_A_PAGE = 6


@dataclass(frozen=True, slots=True)
class Coordination:
    """Who may is decided by the directory at every press."""

    library: Library
    coordinating: Coordinating
    linking: Linking
    clock: Clock

    async def way_in(self, lotse: str) -> tuple[tuple[Key, ...], ...]:
        """The button under /faelle, for coordinators."""
        if not self.coordinating.laender(lotse):
            return ()
        count = len(await self.coordinating.hanging(lotse))
        return ((key(texts_land.KEY_LAND.format(count=count), buttons.ShowLand(0)),),)

    async def on_button(
        self, update: Update, context: Context, query: CallbackQuery, button: buttons.LandButton
    ) -> None:
        """The list, a page of it, or a case of it."""
        lotse = await self.linking.lotse_of(chat_of(update))
        if not self.coordinating.laender(lotse):
            await acknowledge(query, texts_land.NOT_COORDINATING, alert=True)
            return
        match button:
            case buttons.ShowLand(page=page):
                await acknowledge(query)
                await show(context, query, await self._page(lotse, page))
            case buttons.TakeForLand(case=case_id):
                outcome = await self.coordinating.take(CaseId(case_id), lotse)
                await tell_press(query, outcome, texts_cases.TAKEN_BY_YOU)
                await show(context, query, await self._page(lotse, 0))
            case _:
                assert_never(button)

    async def _page(self, lotse: str, page: int) -> Outgoing:
        cases = await self.coordinating.hanging(lotse)
        if not cases:
            return Outgoing(texts_land.NONE)
        pages = -(-len(cases) // _A_PAGE)
        page = min(max(page, 0), pages - 1)
        shown = cases[page * _A_PAGE : (page + 1) * _A_PAGE]
        blocks = [texts_land.HEADING.format(count=len(cases)), *map(self._line, shown)]
        rows: list[tuple[Key, ...]] = [
            (key(f"{texts_cases.KEY_TAKE}: {case.number}", buttons.TakeForLand(case.id)),) for case in shown
        ]
        return Outgoing("\n\n".join(blocks), (*rows, turning(page, pages, buttons.ShowLand)))

    def _line(self, case: Case) -> str:
        edition = self.library.current
        return texts_land.LINE.format(
            number=plain(case.number),
            urgent=texts_cases.CARD_URGENT if case.urgent else "",
            state=texts_cases.STATES[case.state],
            place=render_transfer.place_of(case, edition),
            age=texts_waiting.age(self.clock.now() - case.opened_at),
            lotse=render_transfer.name_of(case.lotse, edition),
            next=texts_land.NEXT.format(due=moment(case.due_at)) if case.due_at else "",
        )
