"""The composition root, its rooms: what can be done, whoever asks for it, wired to one store."""

import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.absences import Absences
from bot.alarms import Alarms
from bot.cases import Cases
from bot.clock import Clock
from bot.closing import Closing
from bot.config import Settings
from bot.conversations import Conversations
from bot.coordinating import Coordinating
from bot.correspondence import Correspondence
from bot.digest import Digest
from bot.figures import Figures
from bot.finding import Finding
from bot.gaps import Gaps
from bot.ladder import Ladder
from bot.library import Library
from bot.linking import Linking
from bot.mailing import Mailing
from bot.metrics import Metrics
from bot.model import ChatId
from bot.notes import Notes
from bot.privacy import Privacy
from bot.promises import Promises
from bot.proposals import Proposals
from bot.storage import Store
from bot.surroundings import Surroundings
from bot.survey import Survey
from bot.transfer import Transfers
from bot.undoing import Undoing
from bot.urgency import Urgency
from bot.weekly import Weekly
from handlers.roles import Roles


@dataclass(frozen=True, slots=True)
class UseCases:
    """What can be done, whoever asks for it; handlers get the parts they need."""

    library: Library
    clock: Clock
    roles: Roles
    conversations: Conversations
    linking: Linking
    cases: Cases
    coordinating: Coordinating
    correspondence: Correspondence
    undoing: Undoing
    closing: Closing
    transfers: Transfers
    notes: Notes
    absences: Absences
    ladder: Ladder
    digest: Digest
    figures: Figures
    gaps: Gaps
    proposals: Proposals
    privacy: Privacy
    finding: Finding
    alarms: Alarms
    mailing: Mailing
    metrics: Metrics
    survey: Survey
    weekly: Weekly
    promises: Promises


def use_cases(
    settings: Settings,
    around: Surroundings,
    store: Store,
    library: Library,
    wake_outbox: Callable[[], None],
    committed: Callable[[ChatId], Awaitable[None]],
) -> UseCases:
    """Every use case, wired to this store."""
    clock = around.clock
    roles = Roles(
        frozenset(map(ChatId, settings.admin_ids)), editors=frozenset(map(ChatId, settings.editor_ids))
    )
    ladder = Ladder(store, clock, library, settings.steps(), wake_outbox=wake_outbox)

    def coordinator(land: str) -> str:
        found = library.current.directory.coordinator(land)
        return found.id if found is not None else ""

    alarms = Alarms(
        store,
        clock,
        tuple(map(ChatId, settings.admin_ids)),
        free=lambda: shutil.disk_usage(settings.data_dir).free,
        wake_outbox=wake_outbox,
    )
    urgency = Urgency(library, ladder.promise)
    cases = Cases(
        store,
        clock,
        new_number=around.new_number,
        wake_outbox=wake_outbox,
        committed=committed,
        urgency=urgency,
        promise=ladder.promise,
        reopens_for=timedelta(days=min(settings.reopen_days, settings.retention_case_days)),
    )
    gaps = Gaps(store, clock, library)
    return UseCases(
        library=library,
        finding=Finding(store, clock),
        clock=clock,
        roles=roles,
        conversations=Conversations(store, clock),
        linking=Linking(store, clock, new_token=around.new_token, wake_outbox=wake_outbox),
        cases=cases,
        coordinating=Coordinating(store, clock, library, cases),
        correspondence=Correspondence(
            store,
            clock,
            urgency,
            wake_outbox=wake_outbox,
            hold=timedelta(seconds=settings.undo_seconds),
        ),
        undoing=Undoing(store, clock, wake_outbox),
        closing=Closing(store, clock, wake_outbox, timedelta(seconds=settings.undo_seconds)),
        transfers=Transfers(store, clock, ladder.promise, wake_outbox),
        notes=Notes(store, clock, coordinator, wake_outbox),
        absences=Absences(store, clock, library, ladder.promise, wake_outbox=wake_outbox),
        ladder=ladder,
        digest=Digest(store, clock, library, wake_outbox=wake_outbox),
        figures=Figures(store, clock),
        gaps=gaps,
        proposals=Proposals(store, clock, sorted(roles.staff), wake_outbox),
        privacy=Privacy(store, clock, settings.retention(), wake_outbox=wake_outbox),
        alarms=alarms,
        mailing=Mailing(clock, ladder.answer_due, alarms),
        metrics=Metrics(),
        survey=Survey(store, clock),
        promises=Promises(store, clock, library, sorted(roles.admins), wake_outbox=wake_outbox),
        weekly=Weekly(
            store,
            clock,
            library,
            gaps,
            [(chat, roles.is_admin(chat)) for chat in sorted(roles.staff)],
            land=settings.digest_land,
            wake_outbox=wake_outbox,
        ),
    )
