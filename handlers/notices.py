"""What the outbox says, rendered at delivery: it shows the case as it is then, in the edition then in use."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot import mailing
from bot.cases import Cases
from bot.clock import Clock
from bot.correspondence import Correspondence
from bot.figures import Figures
from bot.library import Library
from bot.model import (
    Case,
    CaseId,
    CaseState,
    ChatId,
    MessageId,
    Notice,
    NoticeKind,
    Outgoing,
    Party,
)
from bot.notes import Notes
from handlers import (
    buttons,
    render_admin,
    render_aftercare,
    render_cases,
    render_mail,
    render_promises,
    render_proposals,
    render_transfer,
    render_undo,
    render_weekly,
    texts,
    texts_admin,
    texts_cases,
    texts_desk,
    texts_mail,
    texts_privacy,
    texts_transfer,
    texts_waiting,
)
from handlers.absence_notices import KINDS as ABSENCE_KINDS
from handlers.absence_notices import AbsenceNotices
from handlers.render import case_place, key, plain
from knowledge.directory import Lotse, LotseId

# Said to the Lotse who has the case at the moment of delivery, and to nobody else.
_FOR_WHO_HAS_IT = frozenset(
    {
        NoticeKind.CARD,
        NoticeKind.TO_LOTSE,
        NoticeKind.COPY,
        NoticeKind.EDIT,
        NoticeKind.REMINDER,
        NoticeKind.REOPENED,
        NoticeKind.QUESTION_CHANGED,
        NoticeKind.CLOSED,
    }
)


@dataclass(frozen=True, slots=True)
class Notices:
    """Renders notices; ``None`` when their case is gone."""

    library: Library
    cases: Cases
    correspondence: Correspondence
    figures: Figures
    notes: Notes
    clock: Clock
    absences: AbsenceNotices
    mail: bool = False  # whether there is a mail server

    async def __call__(self, notice: Notice) -> Outgoing | None:
        """The message for one row of the outbox."""
        if notice.kind is NoticeKind.WEEKLY:
            return await self._weekly(notice)
        if notice.kind in ABSENCE_KINDS:
            return await self.absences(notice)
        if notice.case is None:
            return self._without_case(notice)
        case = await self.cases.get(notice.case)
        if case is None:
            return None
        if await self._concerns_nobody(notice, case):
            return None
        if notice.kind in {NoticeKind.EDIT, NoticeKind.RETRACT}:
            return await self._changed(notice, case)
        return await self._quietly(notice, case, await self._quoting(notice, case))

    async def _concerns_nobody(self, notice: Notice, case: Case) -> bool:
        """Whether this waited for a Lotse who has the case no longer: then it is not for this chat any more."""
        if notice.kind is NoticeKind.OFFER:  # of a chat that is not this Lotse's any more
            return not await self.notes.may_see(case, notice.chat)
        if notice.chat == case.employer or notice.kind not in _FOR_WHO_HAS_IT:
            return False
        return not await self.cases.in_charge(case, notice.chat)

    async def _quoting(self, notice: Notice, case: Case) -> Outgoing | None:
        """A message about a case, as the answer to the one its writer answered."""
        message = await self._of_case(notice, case)
        quoted = notice.data.get("quotes")
        if message is None or quoted is None:
            return message
        chat, *_ = notice.data.get("source", (None,))
        found = (
            await self.correspondence.counterpart(ChatId(chat), MessageId(quoted), notice.chat)
            if chat is not None
            else None
        )
        return replace(message, reply_to=found) if found is not None else message

    async def _changed(self, notice: Notice, case: Case) -> Outgoing | None:
        """A message that was changed or taken back; ``None`` when what it became never arrived."""
        chat, original, part = notice.data["source"]
        made = await self.correspondence.copies(ChatId(chat), MessageId(original))
        if notice.kind is NoticeKind.RETRACT:
            gone = tuple(copy.message for copy in made if copy.part >= part and copy.chat == notice.chat)
            return Outgoing("", deletes=gone) if gone else None
        old = next((copy.message for copy in made if copy.part == part and copy.chat == notice.chat), None)
        # Somebody has the case who never got the first words: they get the changed ones as new.
        elsewhere = all(copy.chat != notice.chat for copy in made)
        if not made or (old is None and part == 0 and not elsewhere):
            return None
        if notice.data.get("caption"):
            return Outgoing(plain(notice.data["text"]), edits=old, caption=True)
        kind = NoticeKind.TO_EMPLOYER if notice.chat == case.employer else NoticeKind.TO_LOTSE
        words = await self._of_case(replace(notice, kind=kind), case)
        if words is None:
            return None
        return replace(words, html=words.html + texts_desk.EDITED_MARK, edits=old)

    async def _of_case(self, notice: Notice, case: Case) -> Outgoing | None:
        edition = self.library.current
        if notice.kind in render_transfer.KINDS:
            notes = await self.notes.of_case(case.id)
            return render_transfer.notice(notice.kind, notice.data, case, edition, notes)
        lotse = edition.directory.lotsen.get(LotseId(notice.data.get("lotse", case.lotse)))
        names = {
            "lotse": self._name(lotse),
            "number": plain(case.number),
            "place": plain(self._place(case)),
            "text": plain(str(notice.data.get("text", ""))),
        }
        match notice.kind:
            case NoticeKind.CARD:
                return render_cases.card(case, await self._view(case))
            case NoticeKind.CARD_UPDATE if "message" in notice.data:
                message = MessageId(notice.data["message"])
                return render_cases.passed_on_card(case, self._place(case), names["lotse"], message)
            case NoticeKind.HELD_OVER:
                return render_undo.held_over(case, names, notice.data)
            case NoticeKind.REMINDER:
                return (
                    render_cases.reminder(case, self._place(case)) if case.state is CaseState.OPEN else None
                )
            case NoticeKind.STILL_OPEN:
                return Outgoing(texts_cases.CASE_STILL_OPEN.format(**names))
            case NoticeKind.PASSED_ON:
                if "left" in notice.data:
                    left = self._name(edition.directory.lotsen.get(LotseId(notice.data["left"])))
                    return Outgoing(texts_desk.PASSED_ON_LEFT.format(**names, left=left))
                return Outgoing(texts_cases.CASE_PASSED_ON.format(**names))
            case NoticeKind.NOBODY:
                text = texts_cases.CASE_NOBODY.format(**names)
                return self._with_contact(
                    text, case, await self.absences.to_call(case.first_lotse, case.land)
                )
            case NoticeKind.HANDED_OVER:
                return Outgoing(self.absences.handed_over(notice, names))
            case NoticeKind.CARD_UPDATE:
                # Without a card (it was never delivered, or is now another Lotse's) there is nothing to update.
                here = case.card is not None and case.card[0] == notice.chat
                return render_cases.card(case, await self._view(case), edits=True) if here else None
            case NoticeKind.TAKEN if "by" in notice.data:
                by = self._name(edition.directory.lotsen.get(LotseId(notice.data["by"])))
                return Outgoing(texts_transfer.TAKEN_OVER.format(**names, by=by))
            case NoticeKind.TAKEN:
                return Outgoing(texts_cases.CASE_TAKEN.format(**names))
            case NoticeKind.COPY:
                messages = tuple(MessageId(part.data["message"]) for part in (notice, *notice.also))
                source = ChatId(notice.data["from"])
                return Outgoing("", copies=(source, messages), protected=notice.chat != case.employer)
            case NoticeKind.TO_EMPLOYER if "media" in notice.data:
                what = texts_cases.MEDIA[notice.data["media"]]
                return Outgoing(texts_cases.MEDIA_OF_LOTSE.format(**names, what=what))
            case NoticeKind.TO_LOTSE if "media" in notice.data:
                what = texts_cases.MEDIA[notice.data["media"]]
                return Outgoing(texts_cases.MEDIA_OF_EMPLOYER.format(**names, what=what))
            case NoticeKind.TO_EMPLOYER:
                return Outgoing(texts_cases.WORDS_OF_LOTSE.format(**names))
            case NoticeKind.TO_LOTSE:
                reply_to = case.card[1] if case.card is not None and case.card[0] == notice.chat else None
                return Outgoing(
                    texts_cases.WORDS_OF_EMPLOYER.format(**names), reply_to=reply_to, protected=True
                )
            case NoticeKind.CLOSED if notice.data.get("to") == Party.EMPLOYER:
                return render_aftercare.closed(case)
            case NoticeKind.QUESTION_CHANGED:
                reply_to = case.card[1] if case.card is not None and case.card[0] == notice.chat else None
                return Outgoing(
                    texts_desk.QUESTION_CHANGED.format(**names), reply_to=reply_to, protected=True
                )
            case NoticeKind.LOTSE_AWAY:
                return await self._away(notice, case)
            case NoticeKind.REOPENED:
                return Outgoing(texts_desk.REOPENED.format(**names))
            case NoticeKind.CLOSED:
                return Outgoing(texts_cases.CASE_CLOSED_TO_LOTSE.format(**names))
            case NoticeKind.UNREACHABLE:
                return await self._unreachable(notice, case, names)
            case NoticeKind.MAIL:
                return self._mail(notice, case)
            case NoticeKind.MAILED:
                return render_mail.mailed(case)
            case NoticeKind.MAIL_ASKED:
                return self._with_contact(render_mail.asked(case, names["lotse"]), case, case.lotse)
            case NoticeKind.NOT_DELIVERED:
                to_employer = notice.chat == case.employer
                text = texts_desk.NOT_DELIVERED_TO_LOTSE if to_employer else texts_cases.NOT_DELIVERED
                return Outgoing(text.format(**names))
            case NoticeKind.NOT_RETRACTED:
                return Outgoing(texts_desk.NOT_RETRACTED.format(**names))
            case _:
                return None

    async def _quietly(self, notice: Notice, case: Case, message: Outgoing | None) -> Outgoing | None:
        """Outside the reader's office hours and in his or her absence nothing rings, except what is urgent."""
        if message is None or case.urgent or notice.chat == case.employer:
            return message
        quiet = await self.absences.quiet(notice.chat)
        return replace(message, silent=True) if quiet else message

    async def _away(self, notice: Notice, case: Case) -> Outgoing | None:
        """Who took the case is away; ``None`` when that is not true any more."""
        if case.state is not CaseState.TAKEN or case.lotse != notice.data["from"]:
            return None
        shown = await self.absences.unanswered(case)
        if shown is None or shown.keys:
            return shown
        return self._with_contact(shown.html, case, await self.absences.to_call(case.lotse, case.land))

    async def _view(self, case: Case) -> render_cases.View:
        delivery = await self.figures.last_delivery(case)
        notes = await self.notes.of_case(case.id)
        return render_cases.view(case, self.library.current, self.clock.now(), delivery, notes)

    async def _weekly(self, notice: Notice) -> Outgoing:
        oldest = await self.cases.get(CaseId(notice.data["oldest"]))
        waits = oldest is not None and oldest.state in {CaseState.OPEN, CaseState.TAKEN}
        return render_weekly.weekly(
            notice.data, oldest if waits else None, self.library.current, self.clock.now()
        )

    def _without_case(self, notice: Notice) -> Outgoing | None:
        lotse = self._name(self.library.current.directory.lotsen.get(LotseId(notice.data.get("lotse", ""))))
        match notice.kind:
            case NoticeKind.LINK_PRESSED:
                text = texts.LINK_PRESSED.format(
                    name=plain(notice.data["name"]), chat=notice.data["chat"], lotse=lotse
                )
                yes = key(texts.KEY_CONFIRM, buttons.ConfirmLink(notice.data["invite"]))
                no = key(texts.KEY_REJECT, buttons.RejectLink(notice.data["invite"]))
                return Outgoing(text, ((yes,), (no,)))
            case NoticeKind.LINK_CONFIRMED:
                return Outgoing(texts.LINK_CONFIRMED.format(lotse=lotse))
            case NoticeKind.LINK_REJECTED:
                return Outgoing(texts.LINK_REJECTED)
            case NoticeKind.UNLINKED:
                return Outgoing(texts.UNLINKED)
            case NoticeKind.SET_ASIDE:
                return Outgoing(texts.SET_ASIDE.format(update=notice.data["update"]))
            case NoticeKind.ALARM:
                return render_admin.alarm(notice.data["what"], notice.data["count"], notice.data["refs"])
            case NoticeKind.KNOWLEDGE_WAITING:
                return Outgoing(
                    texts_admin.WAITING if notice.data.get("folder") else texts_admin.WAITING_PACKAGED
                )
            case NoticeKind.MAIL:
                return self._mail(notice, None)
            case NoticeKind.ERASED:
                return Outgoing(texts_privacy.CARD_ERASED, edits=MessageId(notice.data["message"]))
            case NoticeKind.DIGEST:
                text = texts_waiting.DIGEST.format(mine=notice.data["mine"], untaken=notice.data["untaken"])
                return Outgoing(text, ((key(texts_waiting.KEY_DIGEST, buttons.ShowCases(0)),),))
            case NoticeKind.PROPOSAL:
                return render_proposals.notice(notice.data["proposal"], lotse)
            case NoticeKind.PROPOSAL_SETTLED:
                return render_proposals.settled(notice.data, self.library.current.knowledge)
            case NoticeKind.PROMISES:
                return render_promises.offer(notice.data, self.library.current)
            case NoticeKind.LATER_ANSWER:
                return render_promises.later_answer(
                    notice.data, self.library.current, self.clock.now().date()
                )
            case NoticeKind.CORRECTION:
                return render_promises.correction(
                    notice.data["entry"], self.library.current, self.clock.now().date()
                )
            case NoticeKind.APOLOGY:
                return Outgoing(texts.APOLOGY)
            case _:
                return None

    async def _unreachable(self, notice: Notice, case: Case, names: Mapping[str, str]) -> Outgoing:
        """The case ends because its Lotse cannot be reached: how else somebody can be."""
        if case.by_mail:
            return self._with_contact(texts_mail.NOT_MAILED.format(**names), case, case.lotse)
        if "left" not in notice.data:
            to_call = await self.absences.to_call(case.lotse, case.land)
            return self._with_contact(texts_cases.LOTSE_UNREACHABLE.format(**names), case, to_call)
        to_call = notice.data["left"]
        known = LotseId(to_call) in self.library.current.directory.lotsen
        text = texts_cases.LOTSE_LEFT if known else texts_cases.LOTSE_LEFT_NOBODY
        return self._with_contact(text.format(**names), case, to_call, by_mail=False)

    def _mail(self, notice: Notice, case: Case | None) -> Outgoing | None:
        """The mail of a row; ``None`` when its Lotse left or has no address."""
        edition = self.library.current
        lotse = edition.directory.lotsen.get(LotseId(notice.data["lotse"]))
        if lotse is None or not lotse.email:
            return None
        what = notice.data["what"]
        if what != mailing.CASE:
            return render_mail.after(what, notice.data["number"], lotse)
        return render_mail.mail(case, lotse, edition) if case is not None else None

    def _with_contact(self, text: str, case: Case, lotse_id: str, *, by_mail: bool = True) -> Outgoing:
        """A sentence with the contact card of a Lotse below it, and the way by mail if that was not tried.

        ``by_mail``: that way leads to the Lotse whom the employer chose; to nobody when that one has left.
        """
        directory = self.library.current.directory
        lotse = directory.lotsen.get(LotseId(lotse_id))
        if lotse is None:
            return Outgoing(text)
        keys = render_cases.contact_keys(lotse)
        if by_mail and self.mail and lotse.email and not case.by_mail:
            keys = (*keys, render_mail.instead(case))
        return Outgoing(f"{text}\n\n{render_cases.contact(lotse, directory)}", keys)

    def _name(self, lotse: Lotse | None) -> str:
        return render_cases.name(lotse, self.library.current.directory) if lotse else "Ihr Lotse"

    def _place(self, case: Case) -> str:
        return case_place(case, self.library.current)
