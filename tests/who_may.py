"""The table of ``tests/test_authorisation.py``: every command and every button, and who may use it.

A new command or button needs a row here: a decision who may use it.
"""

from dataclasses import fields

from handlers import buttons, texts, texts_cases, texts_land, texts_transfer
from tests.conftest import HWK_KOELN, IHK_KOELN

COORDINATOR = "WL013"
FAR_AWAY = "WL065"  # another Land
EDITOR = 900_004
QUESTION, OTHER_QUESTION = "GEHEIME-FRAGE-EINS", "GEHEIME-FRAGE-ZWEI"
NUMBER, OTHER_NUMBER = "TEST0001", "TEST0002"
CASE = 1

ROLES = (
    "stranger",
    "employer",
    "other_employer",
    "lotse",
    "other_lotse",
    "foreign_lotse",
    "coordinator",
    "editor",
    "admin",
)
EVERYBODY = frozenset(ROLES)
LOTSEN = frozenset(("lotse", "other_lotse", "foreign_lotse", "coordinator"))
OF_THE_CASE = frozenset(("employer", "lotse"))
EDITORS = frozenset(("editor", "admin"))
ADMINS = frozenset(("admin",))

COMMANDS: dict[str, frozenset[str]] = {
    "/start": EVERYBODY,
    "/hilfe": EVERYBODY,
    "/help": EVERYBODY,
    "/abbrechen": EVERYBODY,
    "/themen": EVERYBODY,
    "/suche Urlaub": EVERYBODY,
    "/lotse": EVERYBODY,
    "/status": EVERYBODY,
    "/datenschutz": EVERYBODY,
    "/meinedaten": EVERYBODY,
    "/loeschen": EVERYBODY,
    "/frage Urlaub": EVERYBODY,
    "/zurueckholen": EVERYBODY,  # only as a reply to one's own words
    "/faelle": LOTSEN,
    f"/fall {NUMBER}": frozenset(
        ("lotse", "other_lotse", "coordinator")
    ),  # the own district's, the own Land's
    f"/notiz {NUMBER} Notiz": frozenset(("lotse", "coordinator")),
    "/abwesend bis 12.01.": LOTSEN,
    "/zurueck": LOTSEN,
    "/gesetze": EDITORS,
    "/qr": EDITORS,
    "/statistik": EDITORS,
    "/luecken": EDITORS,
    "/vorschlaege": EDITORS,
    "/abdeckung": frozenset(("coordinator", "admin")),
    "/bescheid": EVERYBODY,
    "/reload": EDITORS,
    "/faellig": EDITORS,
    "/rollback": ADMINS,
    "/pruefen Frage": ADMINS,
    f"/einladen {HWK_KOELN}": ADMINS,
    f"/entkoppeln {HWK_KOELN}": ADMINS,
}
BUTTONS: dict[type[buttons.Button], frozenset[str]] = {
    **dict.fromkeys(
        (
            buttons.ShowTopics,
            buttons.MostAsked,
            buttons.ShowNews,
            buttons.TellLater,
            buttons.WantCorrections,
            buttons.ForgetPromises,
            buttons.ShowTopic,
            buttons.ShowPage,
            buttons.ShowEntry,
            buttons.OpenEntry,
            buttons.Choose,
            buttons.ChooseLand,
            buttons.ForLand,
            buttons.Ask,
            buttons.NoneOfThese,
            buttons.Rate,
            # A handoff: without a step that waits they do nothing.
            buttons.AskLotse,
            buttons.PickPlace,
            buttons.OtherPlace,
            buttons.ShareLocation,
            buttons.PickBranch,
            buttons.PickLotse,
            buttons.SendDraft,
            buttons.EditDraft,
            buttons.EditContact,
            buttons.CancelDraft,
            buttons.DropPersonalData,
            buttons.KeepPersonalData,
            # Words that wait: only one's own can wait.
            buttons.SendToCase,
            buttons.AskBot,
            buttons.NewMatter,
            buttons.SameCase,
            buttons.SendMedia,
            buttons.KeepMedia,
            buttons.KeepOpen,
            buttons.KeepAsNote,
            buttons.StopStep,
            # One's own data.
            buttons.KeepData,
            buttons.EraseSurely,
        ),
        EVERYBODY,
    ),
    buttons.ShowCases: LOTSEN,
    buttons.ShowLand: frozenset(("coordinator",)),
    buttons.TakeForLand: frozenset(),  # the coordinator, when a case hangs: tests/test_dialogue_coordination.py
    buttons.TakeCase: frozenset(("lotse",)),
    buttons.ReplyCase: OF_THE_CASE,
    buttons.UndoWords: frozenset(("lotse",)),
    # Notes and handing over, in the order of a case's life: the card, the choice, the offer, taken back again.
    buttons.NoteCase: frozenset(("lotse",)),
    buttons.TransferCase: frozenset(("lotse",)),
    buttons.SearchColleague: frozenset(("lotse",)),
    buttons.OfferTo: frozenset(("lotse",)),
    buttons.OfferNow: frozenset(("lotse",)),
    buttons.RecallOffer: frozenset(("lotse",)),
    # Nobody is offered anything in this house (test_dialogue_transfer); accepting is taking, so the own Lotse may.
    buttons.AcceptOffer: frozenset(("lotse",)),
    buttons.DeclineOffer: frozenset(),
    buttons.ShowCanned: frozenset(("lotse",)),
    buttons.InsertDraft: frozenset(("lotse",)),
    buttons.SendDraftAsIs: frozenset(("lotse",)),
    buttons.LastWord: frozenset(("lotse",)),
    buttons.ProposeFaq: frozenset(("lotse",)),
    buttons.ProposeAs: frozenset(("lotse",)),
    buttons.CloseCase: OF_THE_CASE,
    buttons.CloseSurely: OF_THE_CASE,
    buttons.MailInstead: frozenset(("employer",)),
    buttons.CaseHelped: frozenset(("employer",)),
    buttons.ReopenCase: frozenset(("employer",)),
    buttons.AskStandIn: frozenset(("employer",)),
    buttons.OtherDeputies: LOTSEN,
    buttons.EnterAbsence: LOTSEN,
    buttons.HandOverAll: LOTSEN,  # only one's own
    buttons.HandOverCase: frozenset(("lotse",)),
    buttons.KeepCases: LOTSEN,
    buttons.DropAbsence: LOTSEN,
    buttons.EndAbsence: LOTSEN,
    buttons.ConfirmLink: ADMINS,
    buttons.RejectLink: ADMINS,
    buttons.AcceptCandidate: EDITORS,
    buttons.DiscardCandidate: EDITORS,
    buttons.RollBack: ADMINS,
    buttons.ShowLaw: EDITORS,
    buttons.LawReviewed: EDITORS,
    buttons.ShowCharts: EDITORS,
    buttons.ExportSurvey: EDITORS,
    buttons.OpenReport: EDITORS,
    **dict.fromkeys(
        (
            buttons.TurnGaps,
            buttons.PickWording,
            buttons.AddWording,
            buttons.ChangeWording,
            buttons.IgnoreGap,
            buttons.ShowProposal,
            buttons.AddProposed,
            buttons.ChangeProposed,
            buttons.DeclineProposal,
            buttons.EntryOfGap,
            buttons.EntryOfProposal,
            buttons.CheckEntry,
        ),
        EDITORS,
    ),
    buttons.SendAnswers: ADMINS,
    buttons.SendCorrection: ADMINS,
}
VALUES: dict[str, str | int] = {
    "case": CASE,
    "invite": 1,
    "page": 0,
    "section": -1,
    "helped": 1,
    "version": 1,
    "written": 1,
    "topic": "T01",
    "entry": "t05-eq-dauer",
    "text": "Urlaub",
    "place": "50667",
    "branch": "handwerk",
    "lotse": HWK_KOELN,
    "candidate": "abcdef",
    "draft": "t05-eq-dauer",
    "gap": 1,
    "proposal": 1,
    "new": 1,
    "land": "NW",
    "seen": 1,
    "law": "§ 60c AufenthG",
    "dark": 1,
    "report": "due",
    "what": "questions",
    "at": 1,
    "first": 20260901,
    "last": 20260912,
    "deputy": IHK_KOELN,
}
REFUSALS = (
    texts.NOT_ALLOWED,
    texts_cases.NOT_YOURS,
    texts_cases.NOT_A_LOTSE,
    texts_land.NOT_COORDINATING,
    texts_transfer.OFFER_GONE,
)


def made(kind: type[buttons.Button]) -> buttons.Button:
    """A button of this kind that aims at somebody else's."""
    values = [
        0
        if slot.name == "page" and slot.type is int
        else str(VALUES[slot.name])
        if slot.type is str
        else VALUES[slot.name]
        for slot in fields(kind)
    ]
    return kind(*values)  # type: ignore[arg-type]  # by the names of the fields
