"""/abwesend and /zurueck: a Lotse enters and ends an absence, picks who stands in, hands cases over."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from telegram import CallbackQuery, Update

from bot.absence_days import Days, Unclear, read_days
from bot.absences import Absences, Entered, NotFree, Over
from bot.clock import Clock
from bot.library import Library
from bot.linking import Linking
from bot.model import Case, CaseId, ChatId, Outgoing
from bot.outcomes import Done, NotYours, TooLate
from handlers import buttons, render_absence, texts, texts_absence, texts_cases
from handlers.render import case_place
from handlers.replies import Context, acknowledge, cause_of, chat_of, drop_keys, say, show
from knowledge.directory import Directory, LotseId


@dataclass(frozen=True, slots=True)
class AbsenceDesk:
    """Who is a Lotse is asked at each step; the days stand in the buttons, so a restart forgets nothing."""

    library: Library
    linking: Linking
    absences: Absences
    clock: Clock

    async def on_away(self, update: Update, context: Context) -> None:
        """/abwesend: the present state, or a proposal for the days behind it."""
        chat = chat_of(update)
        lotse = await self._lotse(chat)
        if not lotse:
            await say(context, chat, Outgoing(texts_cases.NOT_A_LOTSE))
            return
        words = " ".join(context.args or ())
        if not words:
            shown = render_absence.state(await self.absences.of(lotse), self._directory, self._now())
            await say(context, chat, shown)
            return
        days = read_days(words, self.absences.today())
        if isinstance(days, Unclear):
            await say(context, chat, render_absence.unclear(days, self.absences.today()))
            return
        await say(context, chat, await self._proposal(lotse, days))

    async def on_back(self, update: Update, context: Context) -> None:
        """/zurueck: what happened meanwhile comes through the outbox, so that no crash loses it."""
        chat = chat_of(update)
        lotse = await self._lotse(chat)
        if not lotse:
            await say(context, chat, Outgoing(texts_cases.NOT_A_LOTSE))
        elif not await self.absences.end(lotse, cause_of(update)):
            await say(context, chat, Outgoing(texts_absence.NOT_ENTERED))

    async def on_button(
        self, update: Update, context: Context, query: CallbackQuery, button: buttons.AbsenceButton
    ) -> None:
        """A button of a proposal, of an absence or of its cases."""
        chat = chat_of(update)
        if isinstance(button, buttons.AskStandIn):
            await self._asked(update, context, query, CaseId(button.case))
            return
        lotse = await self._lotse(chat)
        if not lotse:
            await acknowledge(query, texts_cases.NOT_A_LOTSE, alert=True)
            return
        match button:
            case buttons.EnterAbsence(first=first, last=last, deputy=deputy):
                await self._enter(update, context, query, lotse, _days(first, last), deputy)
            case buttons.OtherDeputies(first=first, last=last, page=page):
                days = _days(first, last)
                if days is None:
                    await self._stale(context, query)
                    return
                await acknowledge(query)
                free = await self.absences.free(lotse, days)
                await show(
                    context, query, render_absence.others(days, free, page, self._directory, self._now())
                )
            case buttons.DropAbsence():
                await acknowledge(query)
                await show(context, query, Outgoing(texts_absence.DROPPED))
            case buttons.EndAbsence():
                ended = await self.absences.end(lotse, cause_of(update))
                await acknowledge(query, "" if ended else texts_absence.NOT_ENTERED, alert=not ended)
                await drop_keys(context, query)
            case buttons.HandOverAll():
                await self._hand_over(update, context, query, lotse, None)
            case buttons.HandOverCase(case=case_id):
                await self._hand_over(update, context, query, lotse, CaseId(case_id))
            case buttons.KeepCases():
                await acknowledge(query)
                await show(context, query, Outgoing(texts_absence.KEPT))
            case _:
                assert_never(button)

    async def _enter(
        self,
        update: Update,
        context: Context,
        query: CallbackQuery,
        lotse: str,
        days: Days | None,
        deputy: str,
    ) -> None:
        if days is None:
            await self._stale(context, query)
            return
        match await self.absences.enter(lotse, chat_of(update), days, deputy, cause_of(update)):
            case Entered(absence=absence, left=left):
                await acknowledge(query)
                shown = render_absence.entered(absence, left, self._directory, self.place, self._now())
                await show(context, query, shown)
            case NotFree():
                await acknowledge(query, texts_absence.NOT_FREE, alert=True)
                await show(context, query, await self._proposal(lotse, days))
            case Over():
                await acknowledge(query, texts_absence.OVER, alert=True)
                await drop_keys(context, query)

    async def _hand_over(
        self, update: Update, context: Context, query: CallbackQuery, lotse: str, case_id: CaseId | None
    ) -> None:
        match await self.absences.hand_over_own(lotse, cause_of(update), case_id):
            case NotYours():
                await acknowledge(query, texts_cases.NOT_YOURS, alert=True)
            case TooLate():
                await acknowledge(query, texts_cases.TOO_LATE, alert=True)
            case outcome:
                await acknowledge(query)
                away = await self.absences.of(lotse) is not None
                await show(
                    context, query, render_absence.handed(outcome, self._directory, self.place, away=away)
                )

    async def _asked(self, update: Update, context: Context, query: CallbackQuery, case_id: CaseId) -> None:
        """The employer's case goes to whoever stands in; the sentence about it comes through the outbox."""
        match await self.absences.ask_stand_in(case_id, chat_of(update), cause_of(update)):
            case Done():
                await acknowledge(query)
                await drop_keys(context, query)
            case TooLate():
                await acknowledge(query, texts_absence.NO_STAND_IN, alert=True)
            case NotYours():
                await acknowledge(query, texts_cases.NOT_YOURS, alert=True)

    async def _proposal(self, lotse: str, days: Days) -> Outgoing:
        found = await self.absences.proposed(lotse, days)
        for_others = await self.absences.stands_in_for(lotse, days)
        return render_absence.proposal(days, found, for_others, self._directory, self._now())

    async def _stale(self, context: Context, query: CallbackQuery) -> None:
        await acknowledge(query, texts.STALE_BUTTON, alert=True)
        await drop_keys(context, query)

    async def _lotse(self, chat: ChatId) -> str:
        """The Lotse of this chat, if the directory still has him or her."""
        lotse = await self.linking.lotse_of(chat)
        return lotse if LotseId(lotse) in self._directory.lotsen else ""

    def place(self, case: Case) -> str:
        """The case's place in words."""
        return case_place(case, self.library.current)

    @property
    def _directory(self) -> Directory:
        return self.library.current.directory

    def _now(self) -> datetime:
        return self.clock.now()


def _days(first: int, last: int) -> Days | None:
    """The days of a button; ``None`` when it is none of ours."""
    try:
        found = Days(*(datetime.strptime(str(day), "%Y%m%d").date() for day in (first, last)))  # noqa: DTZ007
    except ValueError:
        return None
    return found if found.first <= found.last else None
