"""A case changes hands: to whom, a note, the offer, and what the other one says to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, assert_never

from telegram import CallbackQuery, Message, Update

from bot.model import Case, CaseId, ChatId, MessageId, Outgoing
from bot.outcomes import Done, NotReachable, NotYours, TooLate
from bot.transfer import Transfers, offerable
from handlers import buttons, render_transfer, texts_cases, texts_transfer
from handlers.desk import Desk, tell_press
from handlers.render import plain
from handlers.replies import Context, acknowledge, cause_of, chat_of, drop_keys, pressed_in, say, show
from knowledge import colleagues
from knowledge.directory import Lotse

SEARCH_DIALOG: Final = "transfer-search"  # the next message names who should have the case
NOTE_DIALOG: Final = "transfer-note"  # the next message goes with the offer
_MOST = 8
_WORDS = 100

HandingOverButton = (
    buttons.TransferCase
    | buttons.SearchColleague
    | buttons.OfferTo
    | buttons.OfferNow
    | buttons.AcceptOffer
    | buttons.DeclineOffer
    | buttons.RecallOffer
)


@dataclass(frozen=True, slots=True)
class HandingOver:
    """Who may do what is decided by ``Transfers`` and ``Cases`` from the database."""

    desk: Desk
    transfers: Transfers

    async def on_button(
        self, update: Update, context: Context, query: CallbackQuery, button: HandingOverButton
    ) -> None:
        """A tap on a card, on a choice of colleagues, or on an offer."""
        chat, case_id = chat_of(update), CaseId(button.case)
        match button:
            case buttons.AcceptOffer():
                await self._accept(context, query, chat, case_id)
            case buttons.DeclineOffer():
                await self._decline(update, context, query, case_id)
            case buttons.RecallOffer():
                await self._recall(update, query, chat, case_id)
            case buttons.TransferCase():
                if (case := await self._offerable(query, chat, case_id)) is not None:
                    await say(context, chat, await self._to_whom(case))
            case buttons.SearchColleague():
                if (case := await self._offerable(query, chat, case_id)) is not None:
                    asked = await say(
                        context, chat, Outgoing(texts_transfer.SEARCH, ((render_transfer.STOP,),))
                    )
                    waiting = {"case": case.id, "prompt": asked, "shown": [pressed_in(query)]}
                    await self.desk.conversations.wait_for(chat, SEARCH_DIALOG, waiting)
            case buttons.OfferTo(lotse=to):
                if (case := await self._offerable(query, chat, case_id)) is not None:
                    await self._ask_note(context, query, chat, case, to)
            case buttons.OfferNow(lotse=to):
                if (case := await self._offerable(query, chat, case_id)) is not None:
                    await self.desk.conversations.end_dialog(chat)
                    await show(context, query, await self._offer(update, chat, case, to, None))
            case _:
                assert_never(button)

    async def searched(self, context: Context, chat: ChatId, text: str, data: dict[str, Any]) -> None:
        """The words typed after „Andere Kammer oder Person“; the step stays until somebody is chosen."""
        case = await self.desk.as_lotse(chat, CaseId(data["case"]))
        if case is None:
            await self.desk.conversations.end_dialog(chat)
            await say(context, chat, await self.desk.not_yours(chat, CaseId(data["case"])))
            return
        edition = self.desk.library.current
        words = text[:_WORDS]
        fitting = [
            one for one in colleagues.named(edition.directory, edition.regions, words) if one.id != case.lotse
        ]
        linked, others = await self._by_reach(fitting)
        shown = await say(context, chat, render_transfer.found(case, words, linked, others))
        waiting = {**data, "shown": [*data.get("shown", ()), shown]}
        await self.desk.conversations.wait_for(chat, SEARCH_DIALOG, waiting)

    async def noted(self, update: Update, context: Context, message: Message, data: dict[str, Any]) -> None:
        """The note for the one who gets it: with it the case is offered."""
        chat = chat_of(update)
        case = await self.desk.as_lotse(chat, CaseId(data["case"]))
        if case is None:
            shown = await self.desk.not_yours(chat, CaseId(data["case"]))
        else:
            note = (MessageId(message.message_id), message.text or "")
            shown = await self._offer(update, chat, case, data["to"], note)
        await self.desk.conversations.end_dialog(chat)
        await say(context, chat, shown)

    async def _offerable(self, query: CallbackQuery, chat: ChatId, case_id: CaseId) -> Case | None:
        case = await self.desk.as_lotse(chat, case_id)
        if case is None:
            await acknowledge(query, texts_cases.NOT_YOURS, alert=True)
        elif not offerable(case):
            await acknowledge(query, texts_transfer.OFFERED_ALREADY, alert=True)
        else:
            await acknowledge(query)
            return case
        return None

    async def _to_whom(self, case: Case) -> Outgoing:
        edition = self.desk.library.current
        nearby = colleagues.near(edition.directory, case.lotse, case.kreis, case.land)
        linked, _ = await self._by_reach(nearby)
        return render_transfer.to_whom(case, linked, edition)

    async def _by_reach(self, lotsen: Iterable[Lotse]) -> tuple[list[Lotse], list[Lotse]]:
        """Those who can be asked in Telegram, and the others."""
        reachable = await self.desk.linking.reachable()
        found = list(lotsen)
        linked = [lotse for lotse in found if lotse.id in reachable][:_MOST]
        return linked, [lotse for lotse in found if lotse.id not in reachable][:_MOST]

    async def _ask_note(
        self, context: Context, query: CallbackQuery, chat: ChatId, case: Case, to: str
    ) -> None:
        if to not in await self.desk.linking.reachable() or to == case.lotse:
            await show(context, query, self._unreachable(to))
            return
        before = (await self.desk.conversations.situation(chat)).dialog
        # „Abbrechen“ under the question that led here still ends what came of it.
        led = (
            [before.data.get("prompt"), *before.data.get("shown", ())]
            if before is not None and before.kind == SEARCH_DIALOG and before.data["case"] == case.id
            else []
        )
        prompt = await show(context, query, render_transfer.ask_note(case, to, self.desk.library.current))
        waiting = {"case": case.id, "to": to, "prompt": prompt, "shown": led}
        await self.desk.conversations.wait_for(chat, NOTE_DIALOG, waiting)

    async def _offer(
        self, update: Update, chat: ChatId, case: Case, to: str, note: tuple[MessageId, str] | None
    ) -> Outgoing:
        names = {
            "number": plain(case.number),
            "to": render_transfer.name_of(to, self.desk.library.current),
        }
        match await self.transfers.offer(case.id, chat, to, update=cause_of(update), note=note):
            case Done():
                return Outgoing(texts_transfer.OFFERED.format(**names))
            case NotReachable():
                return self._unreachable(to)
            case TooLate():
                return Outgoing(texts_transfer.OFFERED_ALREADY)
            case NotYours():
                return Outgoing(texts_cases.NOT_YOURS)

    def _unreachable(self, to: str) -> Outgoing:
        name = render_transfer.name_of(to, self.desk.library.current)
        return Outgoing(texts_transfer.CANNOT_OFFER.format(to=name))

    async def _accept(self, context: Context, query: CallbackQuery, chat: ChatId, case_id: CaseId) -> None:
        match await self.desk.cases.take(case_id, await self.desk.linking.lotse_of(chat)):
            case Done(case=case):
                await acknowledge(query)
                text = texts_transfer.OFFER_ACCEPTED.format(number=plain(case.number))
                await show(context, query, Outgoing(text))
            case TooLate() | NotYours():
                await acknowledge(query, texts_transfer.OFFER_GONE, alert=True)
                await drop_keys(context, query)

    async def _decline(self, update: Update, context: Context, query: CallbackQuery, case_id: CaseId) -> None:
        match await self.transfers.decline(case_id, chat_of(update), cause_of(update)):
            case Done(case=case):
                await acknowledge(query)
                by = render_transfer.name_of(case.lotse, self.desk.library.current)
                text = texts_transfer.YOU_DECLINED.format(number=plain(case.number), by=by)
                await show(context, query, Outgoing(text))
            case NotYours():
                await acknowledge(query, texts_transfer.OFFER_GONE, alert=True)
                await drop_keys(context, query)

    async def _recall(self, update: Update, query: CallbackQuery, chat: ChatId, case_id: CaseId) -> None:
        outcome = await self.transfers.call_back(case_id, chat, cause_of(update))
        await tell_press(query, outcome, texts_transfer.OFFER_RECALLED)
