"""Private messages: whose words are these, and what do they belong to?"""

from collections import deque
from dataclasses import dataclass, field
from typing import assert_never

from telegram import CallbackQuery, Message, Update

from bot.conversations import Conversations
from bot.model import ChatId, MessageId, Outgoing
from bot.tables.situation import Situation
from handlers import buttons, texts, topics
from handlers.absence import AbsenceDesk
from handlers.admin import Admin
from handlers.aftercare import Aftercare
from handlers.again import Again
from handlers.ask import Ask
from handlers.case_lists import CaseLists
from handlers.case_steps import CaseSteps
from handlers.curating import Curating
from handlers.desk import REPLY_DIALOG, Desk
from handlers.drafts import Drafts
from handlers.editors import Editors
from handlers.handoff import DIALOG as HANDOFF_DIALOG
from handlers.handoff import Handoff
from handlers.laws import Laws
from handlers.media import Media
from handlers.privacy import PrivacyDesk
from handlers.promises import PromiseDesk
from handlers.replies import Context, acknowledge, chat_of, drop_keys, say
from handlers.start import Start
from handlers.still_open import StillOpen
from handlers.survey import SurveyDesk
from handlers.topics import Topics
from handlers.undo import Undo
from handlers.waiting_words import WaitingWords
from handlers.weekly import WeeklyDesk
from knowledge.language import normalise
from knowledge.smalltalk import CALLED_OFF, CANCELLED

_ALBUMS = 256  # that are remembered
_CALLED_OFF = CALLED_OFF | {"zuruck"}  # folded


@dataclass(frozen=True, slots=True)
class Inbox:
    """Sends every private message and every button to the module it is meant for."""

    conversations: Conversations
    start: Start
    ask: Ask
    topics: Topics
    handoff: Handoff
    desk: Desk
    steps: CaseSteps
    waiting: WaitingWords
    drafts: Drafts
    undo: Undo
    admin: Admin
    privacy: PrivacyDesk
    case_lists: CaseLists
    media: Media
    aftercare: Aftercare
    again: Again
    still_open: StillOpen
    editors: Editors
    laws: Laws
    survey: SurveyDesk
    weekly: WeeklyDesk
    promises: PromiseDesk
    absence: AbsenceDesk
    curating: Curating
    # Each photo of an album is an update of its own; the sender is told once. Forgotten at a restart, which costs a repetition.
    albums: deque[str] = field(default_factory=lambda: deque(maxlen=_ALBUMS))

    async def on_text(self, update: Update, context: Context) -> None:
        """Text: a note, a reply in a case, the answer to a step, words for a live case, or a question, in this order."""
        message = update.message
        if message is None or message.text is None:
            return
        if message.via_bot is not None and message.via_bot.id == context.bot.id:
            return  # one of our own answers, shared into this very chat by inline mode
        situation = await self.conversations.situation(chat_of(update))
        await self._words(update, context, message, message.text, situation)

    async def _words(
        self, update: Update, context: Context, message: Message, text: str, situation: Situation
    ) -> None:
        """``text``: of the message, or under its picture."""
        chat = chat_of(update)
        if message.reply_to_message is None and _called_off(text, situation):
            await self.start.on_cancel(update, context)
            return
        if await self.steps.took(update, context, message, text, situation):
            return
        if await self.desk.reply(update, context, message, text, situation):
            return
        match situation.dialog:
            case None:
                pass
            case waiting if waiting.kind == HANDOFF_DIALOG:
                number = MessageId(message.message_id)
                await self.handoff.on_text(context, chat, number, text, waiting.data)
                return
            case waiting if waiting.kind == REPLY_DIALOG:
                await self.desk.reply_dialog(update, context, message, text, waiting.data["case"])
                return
            case waiting if waiting.kind == topics.DIALOG:
                if not self.topics.library.current.understanding.alarm(text):
                    await self.topics.search(context, chat, text)
                    return
                await self.conversations.end_dialog(chat)  # an emergency is no word to look up
            case waiting if await self.curating.took(context, chat, text, waiting):
                return
            case _:
                pass
        if await self.desk.written(update, context, message, text, situation):
            return
        if await self.again.asked(context, chat, message, text, situation):
            return
        if await self.still_open.asked(context, chat, message, text, situation):
            return
        await self.ask.question(update, context, text, situation)

    async def on_other(self, update: Update, context: Context) -> None:
        """Photos, voice and the like get an honest answer; a file of the knowledge goes to the editors' gate."""
        message = update.message
        if message is None:
            return
        chat = chat_of(update)
        if await self.editors.took_file(context, chat, message):
            return
        situation = await self.conversations.situation(chat)
        place, dialog = message.location, situation.dialog
        if (
            place is not None
            and dialog is not None
            and dialog.kind == HANDOFF_DIALOG
            and await self.handoff.on_location(context, chat, dialog.data, place.latitude, place.longitude)
        ):
            return
        if await self.media.took(update, context, message, situation):
            return
        album = message.media_group_id
        in_case = bool(situation.live_cases or situation.lotse)
        words = message.caption if not in_case else None
        if album in self.albums and not words:
            return
        shown = texts.UNSUPPORTED_WITH_WORDS if words else _unsupported(message, in_case=in_case)
        await say(context, chat, Outgoing(shown, no_keyboard=place is not None))
        if words:
            await self._words(update, context, message, words, situation)
        if album is not None:
            self.albums.append(album)

    async def on_button(self, update: Update, context: Context) -> None:
        """Every button: one dispatch over the closed union."""
        query = update.callback_query
        if query is None:
            return
        if update.effective_chat is None:
            await acknowledge(query)
            return
        button = buttons.decode(query.data or "")
        if isinstance(button, buttons.TransferButton):
            await self.steps.on_button(update, context, query, button)
            return
        if isinstance(button, buttons.OfficeButton):
            await self._office(update, context, query, button)
            return
        if isinstance(button, buttons.CuratingButton):
            await self.curating.on_button(update, context, query, button)
            return
        if isinstance(button, buttons.AbsenceButton):
            await self.absence.on_button(update, context, query, button)
            return
        match button:
            case None:
                await acknowledge(query, texts.STALE_BUTTON, alert=True)
                await drop_keys(context, query)
            case (
                buttons.ShowTopics()
                | buttons.MostAsked()
                | buttons.ShowNews()
                | buttons.ShowTopic()
                | buttons.ShowPage()
                | buttons.OpenEntry()
            ):
                await self.topics.on_button(update, context, query, button)
            case (
                buttons.ShowEntry()
                | buttons.ChooseLand()
                | buttons.ForLand()
                | buttons.Choose()
                | buttons.Ask()
                | buttons.NoneOfThese()
                | buttons.Rate()
            ):
                await self.ask.on_button(update, context, query, button)
            case buttons.TellLater() | buttons.WantCorrections() | buttons.ForgetPromises():
                await self.promises.on_button(update, context, query, button)
            case (
                buttons.TakeCase()
                | buttons.ReplyCase()
                | buttons.CloseCase()
                | buttons.CloseSurely()
                | buttons.KeepOpen()
            ):
                await self.desk.on_button(update, context, query, button)
            case buttons.SendToCase() | buttons.AskBot():
                await self.waiting.on_button(update, context, query, button)
            case buttons.SendMedia() | buttons.KeepMedia():
                await self.media.on_button(update, context, query, button)
            case buttons.InsertDraft() | buttons.SendDraftAsIs() | buttons.ShowCanned():
                await self.drafts.on_button(update, context, query, button)
            case buttons.UndoWords():
                await self.undo.on_button(update, context, query, button)
            case buttons.ReopenCase() | buttons.CaseHelped():
                await self.aftercare.on_button(update, context, query, button)
            case buttons.SameCase() | buttons.NewMatter():
                await self.again.on_button(update, context, query, button)
            case buttons.ShowCases() | buttons.ShowLand() | buttons.TakeForLand():
                await self.case_lists.on_button(update, context, query, button)
            case buttons.EraseSurely() | buttons.KeepData():
                await self.privacy.on_button(update, context, query, button)
            case (
                buttons.DropPersonalData()
                | buttons.KeepPersonalData()
                | buttons.EditDraft()
                | buttons.CancelDraft()
            ) if await self.waiting.took(update, context, query, button):
                pass
            case _:
                await self.handoff.on_button(update, context, query, button)

    async def _office(
        self, update: Update, context: Context, query: CallbackQuery, button: buttons.OfficeButton
    ) -> None:
        """The buttons of admins and editors; who may press which is asked by each."""
        match button:
            case buttons.ConfirmLink() | buttons.RejectLink():
                await self.admin.on_button(update, context, query, button)
            case buttons.AcceptCandidate() | buttons.DiscardCandidate() | buttons.RollBack():
                await self.editors.on_button(update, context, query, button)
            case buttons.ShowLaw() | buttons.LawReviewed():
                await self.laws.on_button(update, context, query, button)
            case buttons.ShowCharts() | buttons.ExportSurvey():
                await self.survey.on_button(update, context, query, button)
            case buttons.OpenReport():
                await self.weekly.on_button(update, context, query, button)
            case buttons.SendAnswers() | buttons.SendCorrection():
                await self.promises.on_button(update, context, query, button)
            case _:
                assert_never(button)

    async def on_membership(self, update: Update, _context: Context) -> None:
        """The person blocked the bot or came back: the truth about who can be reached."""
        change = update.my_chat_member
        if change is None:
            return
        blocked = change.new_chat_member.status in {"kicked", "left"}
        await self.conversations.blocked(ChatId(change.chat.id), blocked=blocked)


def _called_off(text: str, situation: Situation) -> bool:
    """Whether ``text`` is „Abbrechen“ said in words, to a step that waits; what is looked up may be called so."""
    if situation.dialog is None or situation.dialog.kind == topics.DIALOG:
        return False
    said = normalise(text)
    # More words where nobody is written to: "stopp" may be a Lotse's answer.
    return said in CANCELLED or (situation.dialog.kind == HANDOFF_DIALOG and said in _CALLED_OFF)


def _unsupported(message: Message, *, in_case: bool) -> str:
    if in_case:
        return texts.UNSUPPORTED_IN_CASE
    if message.voice or message.video_note or message.audio:
        return texts.UNSUPPORTED_VOICE
    return texts.UNSUPPORTED
