"""The employer's way to a Lotse: question, place, branch, who it is, preview, consent. Each step is a row."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, replace
from typing import Any, assert_never

from telegram import CallbackQuery, Update

from bot.cases import Cases
from bot.clock import Clock
from bot.conversations import Conversations
from bot.gaps import Gaps, Why
from bot.library import Library
from bot.model import Case, CaseId, CaseState, ChatId, Draft, MessageId, Outgoing, Talk
from bot.outcomes import NotReachable, Opened
from bot.workdays import calendar_of
from handlers import (
    buttons,
    drafting,
    render_cases,
    render_mail,
    texts,
    texts_cases,
    texts_mail,
)
from handlers.first_aid import FirstAid
from handlers.replies import Context, acknowledge, cause_of, chat_of, drop_keys, pressed_in, say, show
from handlers.ways import Ways
from knowledge import contact as contacts
from knowledge import thirdparty
from knowledge.directory import Branch, Candidate, LotseId, Relation
from knowledge.language import words
from knowledge.region_places import Found, Place, RegionResult
from knowledge.trades import branch_of

DIALOG = "handoff"
_LONGEST_QUESTION = 4000
_RECENT_S = 24 * 60 * 60  # so long the last question is what somebody is asked about
_NAME_WORDS = 3  # more of them name no place that nobody knows
_POSTCODE = re.compile(r"(?<!\d)\d{5}(?!\d)")
_A_FEW = 2  # words: "einverstanden", "ja bitte"

HandoffButton = (
    buttons.AskLotse
    | buttons.ShareLocation
    | buttons.PickPlace
    | buttons.OtherPlace
    | buttons.PickBranch
    | buttons.PickLotse
    | buttons.SendDraft
    | buttons.EditDraft
    | buttons.CancelDraft
    | buttons.DropPersonalData
    | buttons.KeepPersonalData
    | buttons.EditContact
    | buttons.MailInstead
)

# Puts a message before the employer: in place of the one that was pressed, or as a new one. Gives the message that shows it.
Put = Callable[[Outgoing], Awaitable[MessageId | None]]


@dataclass(frozen=True, slots=True)
class Handoff:
    """Prepares a case step by step; nothing is sent before the last one."""

    library: Library
    conversations: Conversations
    cases: Cases
    ways: Ways
    gaps: Gaps
    first_aid: FirstAid
    clock: Clock

    async def on_command(self, update: Update, context: Context) -> None:
        """/lotse, with or without the question behind it."""
        asked_in = update.message.message_id if update.message is not None else 0
        await self.begin(context, chat_of(update), question=" ".join(context.args or ()), asked_in=asked_in)

    async def begin(self, context: Context, chat: ChatId, *, question: str = "", asked_in: int = 0) -> None:
        """Start a draft from these words (and the message they were written in), or what was talked about last."""
        situation = await self.conversations.situation(chat)
        talk = situation.talk if situation.talk_age <= _RECENT_S else Talk()
        first = self.first_aid.first
        urgent = await first(context, chat, question, draft=True) if question else talk.urgent
        draft = Draft(
            question=question or _with_wish(talk),
            urgent=urgent,
            shown=talk.shown,
            rejected=talk.rejected,
            asked_in=asked_in if question else talk.asked_in,
        )
        if not draft.question:
            await self._save(chat, draft, "question")
            await say(context, chat, render_cases.ask_question())
            return
        await self._ask_place(context, chat, draft)

    async def on_text(
        self, context: Context, chat: ChatId, message: MessageId, text: str, data: dict[str, Any]
    ) -> None:
        """The message that a step waits for."""
        urgent = await self.first_aid.first(context, chat, text, draft=True)
        draft = drafting.read(data)
        if urgent and data["step"] in {"contact", "place", "branch", "lotse"}:
            # None of these is answered by anything urgent: the words are for the Lotse.
            draft = replace(drafting.added(draft, text), urgent=True)
            await self._save(chat, draft, data["step"])
        match data["step"]:
            case "question":
                draft = replace(
                    draft,
                    question=text[:_LONGEST_QUESTION],
                    urgent=draft.urgent or urgent,
                    screened=False,
                    asked_in=message,
                )
                if draft.place and draft.lotse:
                    await self._preview(context, chat, draft)
                else:
                    await self._ask_place(context, chat, draft)
            case "contact":
                await self._contact_given(context, chat, draft, text)
            case "place":
                result = self.library.current.regions.find(text)
                draft = await self._put_away(context, chat, draft, texts_cases.PLACE_NOT_SHARED)
                if isinstance(result, Found):
                    await self._save(chat, replace(draft, place=result.place.key), "branch")
                told = "?" in text or len(words(text)) > _NAME_WORDS
                await say(context, chat, render_cases.place_result(result, told=told))
            case "branch" if not urgent and (branch := branch_of(text)) is not None:
                await self._branch_picked(chat, draft, branch, lambda shown: say(context, chat, shown))
            case "branch" if not urgent and isinstance(corrected := self._postcode(text), Found):
                # It was mistyped before. A name is no place here: "Winzer" is a trade, and a village.
                await self._save(chat, replace(draft, place=corrected.place.key), "branch")
                await say(context, chat, render_cases.place_result(corrected))
            case "preview":
                await self._more_words(context, chat, draft, text, urgent=urgent)
            case _:
                await say(context, chat, Outgoing(texts_cases.PRESS_A_BUTTON))

    async def on_location(
        self, context: Context, chat: ChatId, data: dict[str, Any], latitude: float, longitude: float
    ) -> bool:
        """A shared location where a place is asked for: the Kreis it lies in is proposed, the position is kept nowhere.

        ``False``: nobody asked for a place.
        """
        if data["step"] != "place":
            return False
        result = self.library.current.regions.locate(latitude, longitude)
        await self._put_away(context, chat, drafting.read(data), texts_cases.PLACE_SHARED)
        await say(context, chat, render_cases.place_result(result))
        return True

    async def on_button(
        self, update: Update, context: Context, query: CallbackQuery, button: HandoffButton
    ) -> None:
        """A button of a step."""
        chat = chat_of(update)
        if isinstance(button, buttons.MailInstead):
            await self._mail_instead(update, context, query, button)
            return
        if isinstance(button, buttons.AskLotse):
            await acknowledge(query)
            await self.begin(context, chat)
            return
        waiting = (await self.conversations.situation(chat)).dialog
        if waiting is None or waiting.kind != DIALOG:
            await self._step_gone(update, context, query, send=isinstance(button, buttons.SendDraft))
            return
        if drafting.is_old(button, pressed_in(query), waiting.data):
            await acknowledge(query, texts_cases.QUESTION_GONE, alert=True)
            await drop_keys(context, query)
            return
        draft = drafting.read(waiting.data)
        await acknowledge(query)
        match button:
            case buttons.PickPlace(place=place_key):
                await self._place_picked(context, query, chat, draft, place_key)
            case buttons.ShareLocation():
                if waiting.data["step"] != "place":
                    await drop_keys(context, query)
                    return
                await self._save(chat, replace(draft, keys_shown=True), "place")
                await say(
                    context,
                    chat,
                    Outgoing(texts_cases.SHARE_PLACE, location_key=texts_cases.KEY_SEND_PLACE),
                )
            case buttons.OtherPlace():
                await self._save(chat, replace(draft, place="", branch="", lotse="", instead_of=""), "place")
                await show(context, query, render_cases.ask_place())
            case buttons.PickBranch(branch=branch):
                await self._branch_picked(chat, draft, branch, lambda shown: show(context, query, shown))
            case buttons.PickLotse(lotse=lotse):
                await self._lotse_picked(context, query, chat, replace(draft, lotse=lotse, instead_of=""))
            case buttons.SendDraft():
                await self._send(update, context, query, draft)
            case buttons.EditDraft():
                await self._save(chat, draft, "question")
                await show(context, query, render_cases.ask_question())
            case buttons.EditContact():
                await self._save(chat, draft, "contact")
                await show(context, query, render_mail.ask_contact_again())
            case buttons.CancelDraft():
                await self.conversations.end_dialog(chat)
                await show(context, query, Outgoing(texts.CANCELLED))
                if draft.keys_shown:
                    await say(context, chat, Outgoing(texts_cases.PLACE_NOT_SHARED, no_keyboard=True))
            case buttons.DropPersonalData():
                question = thirdparty.screen(draft.question).redacted
                await self._lotse_picked(
                    context, query, chat, replace(draft, question=question, screened=True)
                )
            case buttons.KeepPersonalData():
                await self._lotse_picked(context, query, chat, replace(draft, screened=True))
            case _:
                assert_never(button)

    async def _step_gone(self, update: Update, context: Context, query: CallbackQuery, *, send: bool) -> None:
        """No step waits: what was pressed twice is done, everything else has expired."""
        case = await self.cases.opened_by(cause_of(update)) if send else None
        if case is not None:  # the process ended between the commit and its confirmation
            await acknowledge(query)
            await self._confirm(context, query, case)
            return
        sent = send and await self.cases.of_employer(chat_of(update))
        await acknowledge(query, texts_cases.ALREADY_SENT if sent else texts_cases.STEP_GONE, alert=not sent)
        await drop_keys(context, query)

    async def _ask_place(self, context: Context, chat: ChatId, draft: Draft) -> None:
        await self._save(chat, draft, "place")
        await say(context, chat, render_cases.ask_place(await self._known_place(chat)))

    async def _known_place(self, chat: ChatId) -> Place | None:
        """Where the firm was said to be before."""
        profile = await self.conversations.profile(chat)
        return self.library.current.regions.by_key(profile.place) if profile else None

    async def _put_away(self, context: Context, chat: ChatId, draft: Draft, text: str) -> Draft:
        """Take the key that shares the position off the phone, if it is there; only a message can."""
        if not draft.keys_shown:
            return draft
        draft = replace(draft, keys_shown=False)
        await self._save(chat, draft, "place")
        await say(context, chat, Outgoing(text, no_keyboard=True))
        return draft

    async def _place_picked(
        self, context: Context, query: CallbackQuery, chat: ChatId, draft: Draft, place_key: str
    ) -> None:
        place = self.library.current.regions.by_key(place_key)
        if place is None:
            await self._save(chat, draft, "place")
            await show(context, query, render_cases.ask_place())
            return
        draft = await self._put_away(context, chat, draft, texts_cases.PLACE_NOT_SHARED)
        await self._save(chat, replace(draft, place=place.key), "branch")
        await show(context, query, render_cases.ask_branch(place))

    async def _branch_picked(self, chat: ChatId, draft: Draft, branch: str, put: Put) -> None:
        """The next step once the branch is known, pressed or typed."""
        edition = self.library.current
        place = edition.regions.by_key(draft.place)
        if place is None or branch not in {item.value for item in Branch}:
            await self._save(chat, replace(draft, place=""), "place")
            await put(render_cases.ask_place())
            return
        draft = replace(draft, branch=branch)
        candidates = edition.directory.serving(place, Branch(branch)).candidates
        if not candidates:
            await self.conversations.end_dialog(chat)
            await put(render_cases.no_lotse(place, Branch(branch)))
            return
        ordered = await self.ways.by_fairness(candidates)
        responsible = [item for item in ordered if item.relation is Relation.RESPONSIBLE]
        if branch == Branch.UNBEKANNT and len({item.lotse.organisation for item in responsible}) > 1:
            await self._save(chat, draft, "lotse")
            await put(render_cases.pick_lotse(drafting.one_each(responsible), edition.directory))
            return
        chosen = replace(draft, lotse=ordered[0].lotse.id, instead_of="")
        await self._settled_on(chat, chosen, put)

    async def _lotse_picked(self, context: Context, query: CallbackQuery, chat: ChatId, draft: Draft) -> None:
        """The next step in place of the message that was pressed."""
        await self._settled_on(chat, draft, lambda shown: show(context, query, shown))

    async def _preview(self, context: Context, chat: ChatId, draft: Draft) -> None:
        """The next step as a new message."""
        await self._settled_on(chat, draft, lambda shown: say(context, chat, shown))

    async def _settled_on(self, chat: ChatId, draft: Draft, put: Put) -> None:
        """The next step once it is known who it shall go to; from the start when that is known no longer."""
        place, candidate = drafting.who(self.library.current, draft)
        if place is None or candidate is None:
            await self._save(chat, replace(draft, place="", lotse="", instead_of=""), "place")
            await put(render_cases.ask_place(await self._known_place(chat)))
            return
        await self._next_step(chat, draft, place, candidate, put)

    async def _next_step(
        self, chat: ChatId, draft: Draft, place: Place, candidate: Candidate, put: Put
    ) -> None:
        """What is sent to whom, for consent, or what is needed for that; a contact card where nobody can be reached."""
        proposed = await self.ways.next_step(draft, place, candidate)
        if proposed is None:
            await put(await self.ways.contact_card(candidate, place))
            await self.conversations.end_dialog(chat)
            return
        await self._propose(chat, proposed, put)

    async def _propose(self, chat: ChatId, proposed: tuple[Draft, str, Outgoing], put: Put) -> None:
        draft, step, shown = proposed
        await self._save(chat, draft, step, asked=await put(shown))

    async def _more_words(
        self, context: Context, chat: ChatId, draft: Draft, text: str, *, urgent: bool
    ) -> None:
        """Words typed under the preview: more of the question, unless they are a „ja“ or „ok“."""
        longer = replace(drafting.added(draft, text), urgent=draft.urgent or urgent)
        is_consent = not urgent and len(words(text)) <= _A_FEW
        if is_consent or len(longer.question) > _LONGEST_QUESTION:
            await say(context, chat, Outgoing(texts_cases.PRESS_A_BUTTON))
            return
        await self._preview(context, chat, longer)

    async def _contact_given(self, context: Context, chat: ChatId, draft: Draft, text: str) -> None:
        """The answer to „Wohin soll die Antwort?“."""
        contact = contacts.find(text)
        if contact is None:
            await say(context, chat, render_mail.no_contact())
            return
        await self._preview(context, chat, replace(draft, contact=str(contact)))

    async def _mail_instead(
        self, update: Update, context: Context, query: CallbackQuery, button: buttons.MailInstead
    ) -> None:
        """Under the news that nobody could be reached: the same question once more, by mail."""
        chat = chat_of(update)
        case = await self.cases.get(CaseId(button.case))
        if case is None or case.employer != chat:
            await acknowledge(query, texts_cases.NOT_YOURS, alert=True)
            return
        draft = drafting.again(case)
        place, candidate = drafting.who(self.library.current, draft)
        if case.state is CaseState.CLOSED and place is not None and candidate is not None:
            proposed = await self.ways.next_step(draft, place, candidate)
            if proposed is not None:
                await acknowledge(query)
                await self._propose(chat, proposed, lambda shown: say(context, chat, shown))
                return
        await acknowledge(query, texts_mail.INSTEAD_GONE, alert=True)
        await drop_keys(context, query)

    async def _send(self, update: Update, context: Context, query: CallbackQuery, draft: Draft) -> None:
        edition = self.library.current
        chat = chat_of(update)
        place, candidate = drafting.who(edition, draft)
        if place is None or candidate is None:  # the directory was reloaded meanwhile
            await self._save(chat, draft, "place")
            await show(context, query, render_cases.ask_place())
            return
        if (
            not draft.screened and thirdparty.screen(draft.question).findings
        ):  # a button from before the text changed
            await self._lotse_picked(context, query, chat, draft)
            return
        match await self.cases.open(draft, place, chat, cause_of(update), shown_in=pressed_in(query)):
            case Opened(case=case):
                if not draft.urgent:  # an emergency is no question for the FAQ
                    await self.gaps.happened(chat, draft.question, Why.HANDED_OVER)
                await self._confirm(context, query, case)
            case NotReachable():
                # Whoever stands in was not consented to: a new preview, or the contact card.
                await self._lotse_picked(context, query, chat, draft)

    async def _confirm(self, context: Context, query: CallbackQuery, case: Case) -> None:
        """Tell the employer that the case is stored, its number, and when the Lotse's office hours begin."""
        directory = self.library.current.directory
        lotse = directory.lotsen.get(LotseId(case.first_lotse))
        if lotse is None:  # the directory was reloaded meanwhile
            await show(context, query, Outgoing(texts_cases.ALREADY_SENT))
            return
        if case.by_mail:
            await show(context, query, render_mail.opened(case, lotse, directory))
            return
        opens = calendar_of(lotse).next_opening(self.clock.now())
        await show(context, query, render_cases.opened(case, lotse, directory, opens))

    def _postcode(self, text: str) -> RegionResult | None:
        """What a text with five digits in a row names."""
        return self.library.current.regions.find(text) if _POSTCODE.search(text) else None

    async def _save(self, chat: ChatId, draft: Draft, step: str, *, asked: MessageId | None = None) -> None:
        """``asked``: the preview, whose buttons act on this draft and those of an older one do not."""
        await self.conversations.wait_for(chat, DIALOG, {**asdict(draft), "step": step, "asked": asked})


def _with_wish(talk: Talk) -> str:
    """The question and, uncut, how the writer asked to be reached."""
    if not talk.wish:
        return talk.question[:_LONGEST_QUESTION]
    room = max(_LONGEST_QUESTION - len(talk.wish) - 2, 0)
    return f"{talk.question[:room]}\n\n{talk.wish}".strip()[:_LONGEST_QUESTION]
