"""The one ordered table of who sees which update."""

from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from handlers.absence import AbsenceDesk
from handlers.admin import Admin
from handlers.aftercare import Aftercare
from handlers.case_lists import CaseLists
from handlers.codes import Codes
from handlers.corrections import Corrections
from handlers.coverage import CoverageDesk
from handlers.editors import Editors
from handlers.errors import Failures
from handlers.gap_desk import GapDesk
from handlers.guard import Guard
from handlers.handoff import Handoff
from handlers.inbox import Inbox
from handlers.inline import Inline
from handlers.laws import Laws
from handlers.note_desk import NoteDesk
from handlers.privacy import PrivacyDesk
from handlers.promises import PromiseDesk
from handlers.proposal_desk import ProposalDesk
from handlers.reviews import Reviews
from handlers.start import Start
from handlers.status import Status
from handlers.survey import SurveyDesk
from handlers.topics import Topics

_DOOR = -1  # before the table
_PRIVATE = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
_PRIVATE_EDITED = filters.UpdateType.EDITED_MESSAGE & filters.ChatType.PRIVATE


def register(
    application: Application[Any, Any, Any, Any, Any, Any],
    *,
    guard: Guard,
    start: Start,
    topics: Topics,
    handoff: Handoff,
    status: Status,
    case_lists: CaseLists,
    absence: AbsenceDesk,
    corrections: Corrections,
    note_desk: NoteDesk,
    aftercare: Aftercare,
    privacy: PrivacyDesk,
    admin: Admin,
    coverage: CoverageDesk,
    editors: Editors,
    reviews: Reviews,
    laws: Laws,
    survey: SurveyDesk,
    gap_desk: GapDesk,
    proposal_desk: ProposalDesk,
    promises: PromiseDesk,
    codes: Codes,
    inline: Inline,
    inbox: Inbox,
    failures: Failures,
) -> None:
    """Order matters: the first handler whose filter fits gets the update, and only that one.

    Groups and channels have no handler: what is said there is none of the bot's business.
    """
    application.add_handler(TypeHandler(Update, guard.on_any), group=_DOOR)
    application.add_handlers(
        [
            CommandHandler("start", start.on_start, _PRIVATE),
            CommandHandler(["hilfe", "help"], start.on_help, _PRIVATE),
            CommandHandler("abbrechen", start.on_cancel, _PRIVATE),
            CommandHandler("themen", topics.on_topics, _PRIVATE),
            CommandHandler("suche", topics.on_search, _PRIVATE),
            CommandHandler("lotse", handoff.on_command, _PRIVATE),
            CommandHandler("status", status.on_status, _PRIVATE),
            CommandHandler("frage", aftercare.on_ask, _PRIVATE),
            CommandHandler("zurueckholen", corrections.on_retract, _PRIVATE),
            CommandHandler("faelle", case_lists.on_list, _PRIVATE),
            CommandHandler("fall", case_lists.on_case, _PRIVATE),
            CommandHandler("notiz", note_desk.on_command, _PRIVATE),
            CommandHandler("abwesend", absence.on_away, _PRIVATE),
            CommandHandler("zurueck", absence.on_back, _PRIVATE),
            CommandHandler("datenschutz", privacy.on_policy, _PRIVATE),
            CommandHandler("meinedaten", privacy.on_access, _PRIVATE),
            CommandHandler("loeschen", privacy.on_erase, _PRIVATE),
            CommandHandler("bescheid", promises.on_command, _PRIVATE),
            CommandHandler("reload", editors.on_reload, _PRIVATE),
            CommandHandler("faellig", reviews.on_due, _PRIVATE),
            CommandHandler("qr", codes.on_qr, _PRIVATE),
            CommandHandler("gesetze", laws.on_list, _PRIVATE),
            CommandHandler("statistik", survey.on_command, _PRIVATE),
            CommandHandler("vorschlaege", proposal_desk.on_list, _PRIVATE),
            CommandHandler("luecken", gap_desk.on_list, _PRIVATE),
            CommandHandler("rollback", editors.on_rollback, _PRIVATE),
            CommandHandler("pruefen", admin.on_check, _PRIVATE),
            CommandHandler("einladen", admin.on_invite, _PRIVATE),
            CommandHandler("entkoppeln", admin.on_unlink, _PRIVATE),
            CommandHandler("abdeckung", coverage.on_command, _PRIVATE),
            MessageHandler(_PRIVATE & filters.COMMAND, start.on_unknown),
            MessageHandler(_PRIVATE & filters.TEXT, inbox.on_text),
            # Service messages (pinned, joined, …) have no words of a person in them.
            MessageHandler(_PRIVATE & ~filters.StatusUpdate.ALL, inbox.on_other),
            MessageHandler(_PRIVATE_EDITED, corrections.on_edited),
            InlineQueryHandler(inline.on_query),
            CallbackQueryHandler(inbox.on_button),
            ChatMemberHandler(inbox.on_membership, ChatMemberHandler.MY_CHAT_MEMBER),
        ]
    )
    application.add_error_handler(failures.on_error)
