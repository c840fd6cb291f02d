"""Callback data: written and read here and nowhere else.

At most 64 bytes (Bot API, InlineKeyboardButton), with a version in front, so that buttons of an older program are
recognised and answered kindly instead of misread. No words of a user are ever in it.
"""

import re
from collections.abc import Callable
from dataclasses import astuple, fields
from typing import Final

from handlers.buttons_absence import LETTERS as ABSENCE_LETTERS
from handlers.buttons_absence import (
    AbsenceButton,
    AskStandIn,
    DropAbsence,
    EndAbsence,
    EnterAbsence,
    HandOverAll,
    HandOverCase,
    KeepCases,
    OtherDeputies,
)
from handlers.buttons_ask import LETTERS as ASK_LETTERS
from handlers.buttons_ask import (
    Ask,
    AskButton,
    AskLotse,
    CancelDraft,
    CaseHelped,
    Choose,
    ChooseLand,
    DropPersonalData,
    EditDraft,
    EraseSurely,
    ForgetPromises,
    ForLand,
    KeepData,
    KeepPersonalData,
    MostAsked,
    NewMatter,
    NoneOfThese,
    OpenEntry,
    OtherPlace,
    PickBranch,
    PickLotse,
    PickPlace,
    Rate,
    ReopenCase,
    SameCase,
    SendDraft,
    ShareLocation,
    ShowEntry,
    ShowNews,
    ShowPage,
    ShowTopic,
    ShowTopics,
    TellLater,
    WantCorrections,
)
from handlers.buttons_curating import LETTERS as CURATING_LETTERS
from handlers.buttons_curating import (
    AddProposed,
    AddWording,
    ChangeProposed,
    ChangeWording,
    CheckEntry,
    CuratingButton,
    DeclineProposal,
    EntryButton,
    EntryOfGap,
    EntryOfProposal,
    GapButton,
    IgnoreGap,
    PickWording,
    ProposalButton,
    ProposeAs,
    ProposeFaq,
    ShowProposal,
    TurnGaps,
)
from handlers.buttons_desk import LETTERS as DESK_LETTERS
from handlers.buttons_desk import (
    AskBot,
    CloseCase,
    CloseSurely,
    DeskButton,
    InsertDraft,
    KeepMedia,
    KeepOpen,
    ReplyCase,
    SendDraftAsIs,
    SendMedia,
    SendToCase,
    ShowCanned,
    ShowCases,
    TakeCase,
    UndoWords,
)
from handlers.buttons_land import LETTERS as LAND_LETTERS
from handlers.buttons_land import LandButton, ShowLand, TakeForLand
from handlers.buttons_mail import LETTERS as MAIL_LETTERS
from handlers.buttons_mail import EditContact, MailButton, MailInstead
from handlers.buttons_office import LETTERS as OFFICE_LETTERS
from handlers.buttons_office import (
    AcceptCandidate,
    ConfirmLink,
    DiscardCandidate,
    ExportSurvey,
    LawReviewed,
    OfficeButton,
    OpenReport,
    RejectLink,
    RollBack,
    SendAnswers,
    SendCorrection,
    ShowCharts,
    ShowLaw,
)
from handlers.buttons_transfer import LETTERS as TRANSFER_LETTERS
from handlers.buttons_transfer import (
    AcceptOffer,
    DeclineOffer,
    KeepAsNote,
    LastWord,
    NoteCase,
    OfferNow,
    OfferTo,
    RecallOffer,
    SearchColleague,
    StopStep,
    TransferButton,
    TransferCase,
)
from handlers.fitting import UNSAFE, fit

_VERSION, _LONGEST = "1", 64

__all__ = [
    "AbsenceButton",
    "AcceptCandidate",
    "AcceptOffer",
    "AddProposed",
    "AddWording",
    "Ask",
    "AskBot",
    "AskButton",
    "AskLotse",
    "AskStandIn",
    "Button",
    "CancelDraft",
    "CaseHelped",
    "ChangeProposed",
    "ChangeWording",
    "CheckEntry",
    "Choose",
    "ChooseLand",
    "CloseCase",
    "CloseSurely",
    "ConfirmLink",
    "CuratingButton",
    "DeclineOffer",
    "DeclineProposal",
    "DeskButton",
    "DiscardCandidate",
    "DropAbsence",
    "DropPersonalData",
    "EditContact",
    "EditDraft",
    "EndAbsence",
    "EnterAbsence",
    "EntryButton",
    "EntryOfGap",
    "EntryOfProposal",
    "EraseSurely",
    "ExportSurvey",
    "ForLand",
    "ForgetPromises",
    "GapButton",
    "HandOverAll",
    "HandOverCase",
    "IgnoreGap",
    "InsertDraft",
    "KeepAsNote",
    "KeepCases",
    "KeepData",
    "KeepMedia",
    "KeepOpen",
    "KeepPersonalData",
    "LandButton",
    "LastWord",
    "LawReviewed",
    "MailButton",
    "MailInstead",
    "MostAsked",
    "NewMatter",
    "NoneOfThese",
    "NoteCase",
    "OfferNow",
    "OfferTo",
    "OfficeButton",
    "OpenEntry",
    "OpenReport",
    "OtherDeputies",
    "OtherPlace",
    "PickBranch",
    "PickLotse",
    "PickPlace",
    "PickWording",
    "ProposalButton",
    "ProposeAs",
    "ProposeFaq",
    "Rate",
    "RecallOffer",
    "RejectLink",
    "ReopenCase",
    "ReplyCase",
    "RollBack",
    "SameCase",
    "SearchColleague",
    "SendAnswers",
    "SendCorrection",
    "SendDraft",
    "SendDraftAsIs",
    "SendMedia",
    "SendToCase",
    "ShareLocation",
    "ShowCanned",
    "ShowCases",
    "ShowCharts",
    "ShowEntry",
    "ShowLand",
    "ShowLaw",
    "ShowNews",
    "ShowPage",
    "ShowProposal",
    "ShowTopic",
    "ShowTopics",
    "StopStep",
    "TakeCase",
    "TakeForLand",
    "TellLater",
    "TransferButton",
    "TransferCase",
    "TurnGaps",
    "UndoWords",
    "WantCorrections",
    "decode",
    "encode",
]

Button = (
    AskButton
    | DeskButton
    | AbsenceButton
    | LandButton
    | MailButton
    | OfficeButton
    | TransferButton
    | CuratingButton
)

_LETTERS: Final[dict[str, type[Button]]] = {
    **ASK_LETTERS,
    **DESK_LETTERS,
    **ABSENCE_LETTERS,
    **LAND_LETTERS,
    **MAIL_LETTERS,
    **OFFICE_LETTERS,
    **TRANSFER_LETTERS,
    **CURATING_LETTERS,
}
_LETTER_OF: Final = {kind: letter for letter, kind in _LETTERS.items()}


def encode(button: Button) -> str:
    """The callback data of ``button``; text that would not fit is cut at a word."""
    head = f"{_VERSION}:{_LETTER_OF[type(button)]}"
    if isinstance(button, Ask):
        return f"{head}:{fit(button.text, _LONGEST - len(head) - 1)}"
    data = ":".join((head, *(str(value) for value in astuple(button))))
    if len(data.encode()) > _LONGEST:
        message = f"callback data too long: {type(button).__name__}"
        raise ValueError(message)
    return data


def decode(data: str) -> Button | None:
    """The button of this callback data; ``None`` for another version, a forgery or rubbish."""
    version, _, rest = data.partition(":")
    letter, _, payload = rest.partition(":")
    kind = _LETTERS.get(letter)
    if version != _VERSION or kind is None or UNSAFE.search(data):
        return None
    slots = fields(kind)
    values = payload.split(":", len(slots) - 1) if slots else []
    if len(values) != len(slots) or (not slots and payload):
        return None
    arguments: list[str | int] = []
    for slot, value in zip(slots, values, strict=True):
        if slot.type is int:
            if not re.fullmatch(r"-?[0-9]{1,18}", value):
                return None
            arguments.append(int(value))
        else:
            arguments.append(value)
    make: Callable[..., Button] = kind  # types were checked slot by slot
    return make(*arguments)
