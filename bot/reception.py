"""The composition root, its front desk: the handlers and what each of them needs."""

from typing import Any

from telegram.ext import Application

from bot.config import Settings
from bot.editions import packaged
from bot.flood import Flood
from bot.gate import Gate
from bot.house import UseCases
from handlers import register
from handlers.absence import AbsenceDesk
from handlers.admin import Admin
from handlers.aftercare import Aftercare
from handlers.again import Again
from handlers.ask import Ask
from handlers.case_lists import CaseLists
from handlers.case_steps import CaseSteps
from handlers.codes import Codes
from handlers.coordination import Coordination
from handlers.corrections import Corrections
from handlers.coverage import CoverageDesk
from handlers.curating import Curating
from handlers.desk import Desk
from handlers.drafts import Drafts
from handlers.editors import Editors
from handlers.entry_desk import EntryDesk
from handlers.errors import Failures
from handlers.first_aid import FirstAid
from handlers.gap_desk import GapDesk
from handlers.guard import Guard
from handlers.handing_over import HandingOver
from handlers.handoff import Handoff
from handlers.inbox import Inbox
from handlers.inline import Inline
from handlers.last_word import LastWord
from handlers.laws import Laws
from handlers.media import Media
from handlers.note_desk import NoteDesk
from handlers.privacy import PrivacyDesk
from handlers.promises import PromiseDesk
from handlers.proposal_desk import ProposalDesk
from handlers.proposing import Proposing
from handlers.rendered import Rendered
from handlers.reviews import Reviews
from handlers.start import Start
from handlers.status import Status
from handlers.still_open import StillOpen
from handlers.survey import SurveyDesk
from handlers.topics import Topics
from handlers.undo import Undo
from handlers.waiting_words import WaitingWords
from handlers.ways import Ways
from handlers.weekly import WeeklyDesk


def receive(
    application: Application[Any, Any, Any, Any, Any, Any],
    settings: Settings,
    house: UseCases,
    failures: Failures,
    gate: Gate,
) -> None:
    """Everyone who receives updates, with the parts they need, in the one table of handlers."""
    library, conversations, clock = house.library, house.conversations, house.clock
    cases, correspondence, linking, roles = house.cases, house.correspondence, house.linking, house.roles
    topics = Topics(library, conversations, clock, house.finding, house.promises)
    rendered = Rendered()
    ask = Ask(library, conversations, clock, house.metrics, rendered, house.gaps, house.promises)
    first_aid = FirstAid(library)
    handoff = Handoff(
        library,
        conversations,
        cases,
        Ways(
            library,
            cases,
            linking,
            house.absences,
            clock,
            settings.load_cap,
            mail=settings.mail_server() is not None,
        ),
        house.gaps,
        first_aid,
        clock,
    )
    aftercare = Aftercare(conversations, cases, ask)
    desk = Desk(library, conversations, cases, correspondence, linking, ask, first_aid, clock)
    media = Media(conversations, cases, correspondence, desk)
    absence = AbsenceDesk(library, linking, house.absences, clock)
    admin = Admin(library, linking, roles, clock)
    promises = PromiseDesk(house.promises, conversations, roles, settings.retention_case_days)
    note_desk = NoteDesk(desk, house.notes, house.figures)
    case_lists = CaseLists(
        library,
        cases,
        correspondence,
        linking,
        house.figures,
        clock,
        house.notes,
        house.transfers,
        Coordination(library, house.coordinating, linking, clock),
    )
    editors = Editors(
        library,
        gate,
        roles,
        conversations,
        house.gaps,
        house.proposals,
        editable=settings.knowledge_dir is not None,
        look=house.promises.look,
    )
    privacy_desk = PrivacyDesk(house.privacy, linking, settings.imprint_url)
    # Texts are looked up where editors work; what is marked comes with the edition in use.
    laws = Laws(library, roles, settings.knowledge_dir or packaged(), settings.knowledge_dir)
    gap_desk = GapDesk(conversations, house.gaps, editors)
    proposal_desk = ProposalDesk(library, conversations, house.proposals, editors)
    curating = Curating(
        roles,
        gap_desk,
        Proposing(desk, house.proposals),
        proposal_desk,
        EntryDesk(library, conversations, gap_desk, house.proposals, editors, clock),
    )
    survey = SurveyDesk(library, house.survey, roles)
    coverage = CoverageDesk(library, linking, roles, clock)
    reviews = Reviews(library, roles, clock)
    reports = {
        "gaps": gap_desk.on_list,
        "due": reviews.on_due,
        "laws": laws.on_list,
        "survey": survey.on_command,
        "coverage": coverage.on_command,
    }
    status = Status(library, cases, house.figures, house.absences, clock)
    start = Start(library, conversations, linking, topics, roles, settings.imprint_url)
    register(
        application,
        guard=Guard(Flood(settings.flood_limits()), library, conversations, roles, clock),
        start=start,
        topics=topics,
        handoff=handoff,
        status=status,
        absence=absence,
        case_lists=case_lists,
        aftercare=aftercare,
        corrections=Corrections(conversations, cases, correspondence, note_desk),
        note_desk=note_desk,
        privacy=privacy_desk,
        admin=admin,
        coverage=coverage,
        editors=editors,
        reviews=reviews,
        laws=laws,
        survey=survey,
        gap_desk=gap_desk,
        proposal_desk=proposal_desk,
        promises=promises,
        codes=Codes(library, house.finding, roles),
        inline=Inline(library, house.finding, clock, rendered),
        inbox=Inbox(
            conversations,
            start,
            ask,
            topics,
            handoff,
            desk,
            CaseSteps(HandingOver(desk, house.transfers), note_desk, LastWord(desk, house.closing)),
            WaitingWords(desk, media),
            Drafts(desk),
            Undo(house.undoing, desk),
            admin,
            privacy_desk,
            case_lists,
            media,
            aftercare,
            Again(desk, handoff),
            StillOpen(desk, status),
            editors,
            laws,
            survey,
            WeeklyDesk(roles, reports),
            promises,
            absence,
            curating,
        ),
        failures=failures,
    )
