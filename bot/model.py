"""The domain of handoffs as values: cases, what is said to whom, what became of it. Standard library only."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NewType

ChatId = NewType("ChatId", int)
CaseId = NewType("CaseId", int)
MessageId = NewType("MessageId", int)
UpdateId = NewType("UpdateId", int)


class CaseState(StrEnum):
    """Where a case stands; ``OPEN`` waits for the Lotse to take it."""

    OPEN = "open"
    TAKEN = "taken"
    ANSWERED = "answered"
    CLOSED = "closed"


class Party(StrEnum):
    """The two people of a case."""

    EMPLOYER = "employer"
    LOTSE = "lotse"


@dataclass(frozen=True, slots=True)
class Talk:
    """What the bot remembers of the conversation of one chat: enough for follow-ups and for a handoff."""

    question: str = ""
    wish: str = ""  # the words of the wish for a person, when they say how to reach the writer
    last_entry: str = ""  # id of the entry answered just before
    shown: tuple[str, ...] = ()  # entries answered since the conversation began, oldest first
    rejected: tuple[str, ...] = ()  # offered, and the employer said "Nichts davon" or 👎
    unclear: int = 0  # unclear answers in a row
    urgent: bool = False  # the last question was an urgent case
    answer_message: int = 0  # the message that answered last, 0 when there were several
    land: str = ""  # code of the Land that was chosen for answers that differ by Land
    asked_in: int = 0  # the message the question was written in, 0 when it is not one


@dataclass(frozen=True, slots=True)
class Profile:
    """Where an employer said their firm is; offered again at the next handoff."""

    place: str  # key of knowledge.regions
    branch: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A handoff that is being prepared, one field after the other."""

    question: str = ""
    place: str = ""  # key of knowledge.regions
    branch: str = ""
    lotse: str = ""
    urgent: bool = False
    shown: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    keys_shown: bool = False  # the phone shows the key that shares the position
    screened: bool = False  # the employer was shown personal data of third persons in it and decided
    instead_of: str = ""  # whose absence made somebody else answer
    contact: str = ""  # where the answer goes, when the case goes by mail
    asked_in: int = 0  # the message the question was written in, 0 when it is not one


@dataclass(frozen=True, slots=True)
class Case:
    """One handoff."""

    id: CaseId
    number: str  # unguessable; a name for people, never a key to anything
    employer: ChatId
    lotse: str  # id in the directory
    land: str
    kreis: str
    place: str
    branch: str
    state: CaseState
    closed_by: str
    question: str
    urgent: bool
    shown: tuple[str, ...]
    rejected: tuple[str, ...]
    opened_at: datetime
    taken_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None
    card: tuple[ChatId, MessageId] | None
    first_lotse: str  # who was asked first, and may take the case back as long as nobody took it
    reminded: bool
    due_at: (
        datetime | None
    )  # when the next step of the ladder is due: nobody has taken it, or who did is away and has not answered
    offered_to: str = ""  # to whom its Lotse offers it; it stays with its Lotse until it is accepted
    offer_due_at: datetime | None = None  # until when
    offer_message: MessageId | None = None  # what shows the offer
    instead_of: str = ""  # for whom it is answered, in his or her absence
    contact: str = ""  # where the employer wants the answer, when the case went by mail
    mailed_at: datetime | None = None  # when the mail server took it
    asked_in: int = 0  # the message the question was written in, 0 when it is not one

    @property
    def by_mail(self) -> bool:
        """Whether the Lotse got it by mail and answers outside Telegram."""
        return bool(self.contact)

    @property
    def live(self) -> bool:
        """Whether a Lotse is in charge: the bot itself stays silent then."""
        return self.state in {CaseState.TAKEN, CaseState.ANSWERED}


class NoticeKind(StrEnum):
    """What the outbox says to someone else; rendered at delivery, so it shows the case as it is then."""

    CARD = "card"  # to the Lotse: the case, edited in place later
    CARD_UPDATE = "card_update"  # to the Lotse: the card as it is now
    TO_LOTSE = "to_lotse"  # words of the employer
    TO_EMPLOYER = "to_employer"  # words of the Lotse
    HELD_OVER = (
        "held_over"  # to the Lotse: the words can be taken back no longer; edits the message that offered it
    )
    COPY = "copy"  # to either: a photo, document, … of the other
    EDIT = "edit"  # to either: the other changed a message; edits what it became
    RETRACT = "retract"  # to either: the other took a message back; deletes what it became
    NOT_RETRACTED = "not_retracted"  # to the sender: that was no longer possible
    TAKEN = "taken"  # to the employer
    OFFER = "offer"  # to another Lotse: would you take this case?
    OFFER_OVER = "offer_over"  # to the same: no longer; edits the offer
    OFFER_DECLINED = "offer_declined"  # to the Lotse who offered: the other cannot
    OFFER_LAPSED = "offer_lapsed"  # to the same: no answer in time
    OFFER_FAILED = "offer_failed"  # to the same: the other cannot be reached
    OFFER_TAKEN = "offer_taken"  # to the same: it is the other's now
    CLOSED = "closed"  # to the other side
    QUESTION_CHANGED = "question_changed"  # to the Lotse who has it: the card shows other words now
    LOTSE_AWAY = "lotse_away"  # to the employer: who took the case is away and has not answered
    REOPENED = "reopened"  # to the Lotse: the employer says that something is still open
    REMINDER = "reminder"  # to the Lotse: still not taken
    STILL_OPEN = "still_open"  # to the employer: reminded
    PASSED_ON = "passed_on"  # to the employer: another Lotse was asked
    NOBODY = "nobody"  # to the employer: nobody took it, contact card
    UNREACHABLE = "unreachable"  # to the employer: the Lotse cannot be reached in Telegram
    MAIL = "mail"  # to the Lotse by e-mail: the case, or what became of it
    MAILED = "mailed"  # to the employer: the mail server took it
    MAIL_ASKED = "mail_asked"  # to the employer, later: no answer yet? contact card
    NOT_DELIVERED = "not_delivered"  # to the Lotse: the employer cannot be reached
    LINK_PRESSED = "link_pressed"  # to the admin
    LINK_CONFIRMED = "link_confirmed"  # to the Lotse
    LINK_REJECTED = "link_rejected"  # to the person who pressed
    UNLINKED = "unlinked"  # to the former Lotse
    SET_ASIDE = "set_aside"  # as ALARM, in databases of earlier versions
    ALARM = "alarm"  # to the admins: something is wrong, several of a kind together
    KNOWLEDGE_WAITING = "knowledge_waiting"  # to the admins: changes in the folder that nobody accepted yet
    ERASED = "erased"  # to the Lotse: the employer erased the case; edits its card
    DIGEST = "digest"  # to a Lotse in the morning: what waits
    WEEKLY = "weekly"  # to editors and admins on the first working day of a week
    HANDED_OVER = "handed_over"  # to the employer: the Lotse is away, another one has the case now
    ABSENCE_SOON = "absence_soon"  # to the Lotse: the day before
    ABSENCE_BEGUN = "absence_begun"  # to the Lotse: with what still lies there
    ABSENCE_ENDS_SOON = "absence_ends_soon"  # to the Lotse: on the last day
    ABSENCE_OVER = "absence_over"  # to the Lotse: welcome back, and what happened meanwhile
    ACTING_CHANGED = "acting_changed"  # to the Lotse: somebody else stands in
    DEPUTY_NAMED = "deputy_named"  # to the deputy
    DEPUTY_RELEASED = "deputy_released"  # to the deputy
    PROPOSAL = "proposal"  # to editors: a Lotse proposes an answer for the FAQ
    PROPOSAL_SETTLED = "proposal_settled"  # to the Lotse: what became of it
    PROMISES = "promises"  # to the admins: how many wait for what is new in the knowledge
    LATER_ANSWER = "later_answer"  # to an employer: the question of some time ago has an answer now
    CORRECTION = "correction"  # to an employer: an answer that was got has been corrected
    APOLOGY = "apology"  # to the sender of that update


@dataclass(frozen=True, slots=True)
class Notice:
    """One message that waits in the outbox."""

    id: int
    chat: ChatId
    kind: NoticeKind
    case: CaseId | None
    data: dict[str, Any]
    attempts: int
    also: tuple["Notice", ...] = ()  # the other parts of an album; they go out in the same call


@dataclass(frozen=True, slots=True)
class Key:
    """A button: exactly one of ``data`` (callback), ``copy`` (text to copy) or ``url`` is set."""

    label: str
    data: str = ""
    copy: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail ready to be sent, in plain text."""

    to: str
    subject: str
    text: str
    name: str  # of the Message-ID: the same whenever this mail is sent again
    answers: str = ""  # the name of the mail it continues
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message ready to be sent: HTML (already escaped) and rows of buttons."""

    html: str
    keys: tuple[tuple[Key, ...], ...] = ()
    reply_to: MessageId | None = None
    edits: MessageId | None = None  # change this message instead of sending a new one
    protected: bool = False  # cannot be forwarded or saved
    silent: bool = False
    copies: tuple[ChatId, tuple[MessageId, ...]] | None = (
        None  # copy these messages of another chat instead of sending text; several are an album
    )
    deletes: tuple[MessageId, ...] = ()  # delete these messages instead
    location_key: str = ""  # a key instead of the phone's keyboard that shares the position, with this label
    no_keyboard: bool = False  # take such keys away again
    caption: bool = False  # ``edits`` is a photo, document, …: change the words under it
    mail: Mail | None = None  # send this e-mail instead


@dataclass(frozen=True, slots=True)
class Delivered:
    """Telegram accepted the message."""

    message: MessageId
    more: tuple[MessageId, ...] = ()  # the other messages of an album


@dataclass(frozen=True, slots=True)
class RetryAt:
    """Telegram did not take it now."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Undeliverable:
    """It will never arrive; ``blocked`` when the person blocked the bot or is gone."""

    reason: str
    blocked: bool


Outcome = Delivered | RetryAt | Undeliverable
