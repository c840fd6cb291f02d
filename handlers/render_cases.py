"""Handoffs → HTML: the employer's steps, the Lotse's card, what either side is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.library import Edition
from bot.model import Case, CaseState, Draft, Key, MessageId, Outgoing
from bot.parties import LONGEST_WORDS
from bot.tables.figures import LastDelivery
from bot.tables.notes import Note
from handlers import (
    buttons,
    render_drafts,
    render_transfer,
    texts,
    texts_absence,
    texts_cases,
    texts_transfer,
    texts_waiting,
)
from handlers.render import case_place, key, moment, plain, shortened
from knowledge.directory import Branch, Candidate, Directory, Lotse, LotseId, Relation
from knowledge.entry import Entry, Knowledge
from knowledge.region_places import Abroad, Ambiguous, Found, Guess, LandOnly, Place, RegionResult, Unknown
from knowledge.thirdparty import Screened, without_findings

_PREVIEW_WORDS = 1500
_MOST_FINDINGS = 10
_LABEL = 44
_DRAFTS = 3

CANCEL = key(texts.KEY_CANCEL, buttons.CancelDraft())


def name(lotse: Lotse, directory: Directory) -> str:
    """The Lotse in one line, marked when the directory is invented."""
    mark = f" {texts_cases.SAMPLE_MARK}" if directory.muster else ""
    return f"{plain(lotse.name)}{mark}"


def contact(lotse: Lotse, directory: Directory, relation: Relation = Relation.RESPONSIBLE) -> str:
    """The Lotse with organisation, phone and mail."""
    lines = [f"<b>{plain(lotse.name)}</b>", f"{plain(lotse.organisation)}, {plain(lotse.ort)}"]
    if relation is Relation.NEARBY:
        lines.append(f"<i>{texts_cases.NEARBY}</i>")
    if lotse.telefon:
        lines.append(f"📞 {plain(lotse.telefon)}")
    if lotse.email:
        lines.append(f"✉️ {plain(lotse.email)}")
    if directory.muster:
        lines.append(texts_cases.SAMPLE_MARK)
    return "\n".join(lines)


def contact_keys(lotse: Lotse) -> tuple[tuple[Key, ...], ...]:
    """Phone and mail as buttons that copy."""
    keys = []
    if lotse.telefon:
        keys.append(Key(texts_cases.KEY_COPY_PHONE, copy=lotse.telefon))
    if lotse.email:
        keys.append(Key(texts_cases.KEY_COPY_MAIL, copy=lotse.email))
    return tuple((item,) for item in keys)


def ask_question() -> Outgoing:
    """What is it about?"""
    return Outgoing(texts_cases.HANDOFF_QUESTION, ((CANCEL,),))


def ask_place(known: Place | None = None) -> Outgoing:
    """Where is the firm? ``known`` is where it was last time."""
    if known is None:
        share = key(texts_cases.KEY_SHARE_PLACE, buttons.ShareLocation())
        return Outgoing(texts_cases.HANDOFF_PLACE, ((share,), (CANCEL,)))
    yes = key(
        shortened(texts_cases.KEY_YES_PLACE.format(place=known.label), _LABEL), buttons.PickPlace(known.key)
    )
    rows = ((yes,), (key(texts_cases.KEY_OTHER_PLACE, buttons.OtherPlace()),), (CANCEL,))
    return Outgoing(texts_cases.HANDOFF_SAME_PLACE.format(place=plain(known.label)), rows)


def place_result(result: RegionResult, *, told: bool = False) -> Outgoing:
    """What came of the place that was typed; ``Found`` leads on to the branch. ``told``: more was typed than a place."""
    match result:
        case Found(place=place, others=others):
            return ask_branch(place, others=bool(others))
        case Guess(place=place, reason=reason, others=others):
            text = texts_cases.PLACE_GUESS_BY_REASON.get(reason, texts_cases.PLACE_GUESS).format(
                place=plain(place.label), kreis=plain(place.kreis_name), land=plain(place.land_name)
            )
            return Outgoing(text, _place_keys((place, *others)))
        case Ambiguous(places=places, reason=reason, more=more):
            text = texts_cases.PLACE_AMBIGUOUS_BY_REASON.get(reason, texts_cases.PLACE_AMBIGUOUS)
            return Outgoing(text + (texts_cases.PLACE_MORE if more else ""), _place_keys(places))
        case LandOnly(land=land):
            return Outgoing(texts_cases.PLACE_LAND.format(land=plain(land.name)), ((CANCEL,),))
        case Abroad():
            return Outgoing(texts_cases.PLACE_ABROAD, ((CANCEL,),))
        case Unknown(invalid_plz=plz) if plz:
            return Outgoing(texts_cases.PLACE_INVALID.format(plz=plain(plz)), ((CANCEL,),))
        case Unknown():
            text = texts_cases.PLACE_UNKNOWN_WORDS if told else texts_cases.PLACE_UNKNOWN
            return Outgoing(text, ((CANCEL,),))


def _place_keys(places: Sequence[Place]) -> tuple[tuple[Key, ...], ...]:
    rows = [
        (
            key(
                shortened(f"{place.label} · {place.kreis_name} ({place.land})", 60),
                buttons.PickPlace(place.key),
            ),
        )
        for place in places[:8]
    ]
    return (*rows, (key(texts_cases.KEY_OTHER_PLACE, buttons.OtherPlace()),), (CANCEL,))


def ask_branch(place: Place, *, others: bool = True) -> Outgoing:
    """The branch of trade picks the chamber."""
    rows = [(key(texts_cases.BRANCHES[branch], buttons.PickBranch(branch)),) for branch in Branch]
    if others:
        rows.append((key(texts_cases.KEY_OTHER_PLACE, buttons.OtherPlace()),))
    text = texts_cases.PLACE_FOUND.format(
        place=plain(place.label), kreis=plain(place.kreis_name), land=plain(place.land_name)
    )
    return Outgoing(text, (*rows, (CANCEL,)))


def pick_lotse(candidates: Sequence[Candidate], directory: Directory) -> Outgoing:
    """Both chambers, when the branch is not known."""
    blocks = [texts_cases.PICK_LOTSE]
    blocks += [contact(candidate.lotse, directory, candidate.relation) for candidate in candidates]
    rows = [
        (key(shortened(candidate.lotse.organisation, _LABEL), buttons.PickLotse(candidate.lotse.id)),)
        for candidate in candidates
    ]
    return Outgoing("\n\n".join(blocks), (*rows, (CANCEL,)))


def preview(draft: Draft, place: Place, candidate: Candidate, directory: Directory) -> Outgoing:
    """What will be sent to whom; nothing is sent without the employer's consent."""
    text = texts_cases.PREVIEW.format(
        lotse=contact(candidate.lotse, directory, candidate.relation),
        question=plain(shortened(draft.question, _PREVIEW_WORDS)),
        place=plain(place.label),
        branch=texts_cases.BRANCH_WORDS[draft.branch],
        shown=texts_cases.PREVIEW_SHOWN if draft.shown else "",
    )
    rows = (
        (key(texts_cases.KEY_SEND, buttons.SendDraft()),),
        (key(texts_cases.KEY_EDIT, buttons.EditDraft()),),
        (CANCEL,),
    )
    return Outgoing(text, rows)


def personal_data(screened: Screened) -> Outgoing:
    """What was found about a third person; the employer decides before anything is stored or sent."""
    findings = "\n".join(
        f"• {finding.kind}: <code>{plain(screened.text[finding.start : finding.end])}</code>"
        for finding in screened.findings[:_MOST_FINDINGS]
    )
    text = texts_cases.PERSONAL_DATA.format(
        findings=findings, redacted=plain(shortened(screened.redacted, _PREVIEW_WORDS))
    )
    rows = (
        (key(texts_cases.KEY_WITHOUT_DATA, buttons.DropPersonalData()),),
        (key(texts_cases.KEY_EDIT, buttons.EditDraft()),),
        (key(texts_cases.KEY_WITH_DATA, buttons.KeepPersonalData()),),
        (CANCEL,),
    )
    return Outgoing(text, rows)


def contact_card(candidate: Candidate, directory: Directory) -> Outgoing:
    """No promise: whom to call, with buttons that copy."""
    text = texts_cases.CONTACT_CARD.format(lotse=contact(candidate.lotse, directory, candidate.relation))
    return Outgoing(text, contact_keys(candidate.lotse))


def no_lotse(place: Place, branch: Branch) -> Outgoing:
    """Nobody in the directory at all."""
    chamber = place.hwk if branch is Branch.HANDWERK else place.ihk
    return Outgoing(texts_cases.NO_LOTSE.format(chamber=plain(chamber.name)))


def opened(case: Case, lotse: Lotse, directory: Directory, opens: datetime | None) -> Outgoing:
    """The employer is told, after the commit; ``opens``: when the office hours begin, if it is outside them."""
    text = texts_cases.CASE_OPENED.format(lotse=name(lotse, directory), number=plain(case.number))
    return Outgoing(text + (texts_cases.CASE_OPENED_LATER.format(opens=moment(opens)) if opens else ""))


@dataclass(frozen=True, slots=True)
class View:
    """What a card shows besides the case: names of the edition in use, the moment, what became of the last words."""

    place: str
    lotse: str  # already escaped
    knowledge: Knowledge
    now: datetime
    delivery: LastDelivery | None
    drafts: tuple[Entry, ...]  # entries near to the question that the employer did not reject
    offered: str = ""  # to whom it is offered, as a line; already escaped
    notes: str = ""  # those who may not see them have a view without
    instead_of: str = ""  # already escaped


def view(
    case: Case,
    edition: Edition,
    now: datetime,
    delivery: LastDelivery | None,
    notes: Sequence[Note] = (),
) -> View:
    """The view of this case, also when regions or directory changed meanwhile."""
    lotse = edition.directory.lotsen.get(LotseId(case.lotse))
    shown = name(lotse, edition.directory) if lotse else "Ihr Lotse"
    asked = without_findings(case.question)
    near = edition.understanding.search(asked, limit=_DRAFTS + len(case.rejected)) if case.live else ()
    drafts = tuple(entry for entry in near if entry.id not in case.rejected)[:_DRAFTS]
    principal = edition.directory.lotsen.get(LotseId(case.instead_of))
    return View(
        case_place(case, edition),
        shown,
        edition.knowledge,
        now,
        delivery,
        drafts,
        render_transfer.offered(case, edition),
        render_transfer.on_card(case, notes, edition),
        name(principal, edition.directory) if principal and case.instead_of != case.lotse else "",
    )


def card(case: Case, view: View, *, edits: bool = False) -> Outgoing:
    """The Lotse's card of a case, as it is now."""
    hint = {
        CaseState.OPEN: texts_cases.CARD_HINT_OPEN,
        CaseState.CLOSED: texts_cases.CARD_HINT_CLOSED,
    }.get(case.state, texts_cases.CARD_HINT_LIVE)
    return Outgoing(
        _card_text(case, view, hint),
        _card_keys(case, view.drafts),
        edits=case.card[1] if edits and case.card else None,
        protected=True,
    )


def colleagues_card(case: Case, view: View) -> Outgoing:
    """The same for somebody of the district who is not in charge: to read, without buttons."""
    note = texts_waiting.OF_COLLEAGUE.format(lotse=view.lotse)
    return Outgoing(note + _card_text(case, view, ""), protected=True)


def _card_text(case: Case, view: View, hint: str) -> str:
    return texts_cases.CARD.format(
        state=_state(case, view),
        number=plain(case.number),
        urgent=texts_cases.CARD_URGENT if case.urgent else "",
        place=plain(view.place),
        branch=texts_cases.BRANCH_WORDS.get(case.branch, ""),
        opened=moment(case.opened_at),
        waiting=(texts_absence.CARD_INSTEAD.format(lotse=view.instead_of) if view.instead_of else "")
        + view.offered
        + _waiting(case, view),
        # With notes below there is less room; the whole question stands in the messages above.
        question=plain(case.question[: LONGEST_WORDS - len(view.notes)]),
        shown=_entries(texts_cases.CARD_SHOWN, case.shown, view.knowledge),
        rejected=_entries(texts_cases.CARD_REJECTED, case.rejected, view.knowledge) + view.notes,
        hint=hint,
    )


def _state(case: Case, view: View) -> str:
    if case.state is CaseState.CLOSED:
        return texts_cases.CLOSED_BY.get(case.closed_by, "")
    taken = texts_waiting.TAKEN_BY.format(lotse=view.lotse) if case.state is CaseState.TAKEN else ""
    return texts_cases.STATES[case.state] + taken


def _waiting(case: Case, view: View) -> str:
    """How long the employer has waited, and what became of the last words."""
    lines = ""
    match case.state:
        case CaseState.OPEN if case.due_at is not None:
            lines = texts_waiting.WAITS_UNTIL.format(due=moment(case.due_at))
        case CaseState.OPEN | CaseState.TAKEN:
            lines = texts_waiting.WAITS_SINCE.format(age=texts_waiting.age(view.now - case.opened_at))
        case _ if case.answered_at is not None:
            span = texts_waiting.length(case.answered_at - case.opened_at)
            lines = texts_waiting.ANSWERED_AFTER.format(span=span)
        case _:
            pass
    if view.delivery is not None:
        at = moment(view.delivery.at) if view.delivery.at else ""
        lines += texts_waiting.DELIVERY[view.delivery.state].format(at=at)
    return lines


def passed_on_card(case: Case, place: str, lotse: str, message: MessageId) -> Outgoing:
    """The card of a Lotse whose case went to somebody else; the first one may take it back while it is open."""
    open_ = case.state is CaseState.OPEN
    over = texts_transfer.CARD_HINT_MOVED if case.live else texts_cases.CARD_HINT_CLOSED
    hint = texts_cases.CARD_HINT_PASSED_ON if open_ else over
    text = (
        f"{texts_cases.STATE_PASSED_ON.format(lotse=lotse)} · <b>Fall {plain(case.number)}</b>\n"
        f"📍 {plain(place)}\n\n<i>{hint}</i>"
    )
    keys = ((key(texts_cases.KEY_TAKE_BACK, buttons.TakeCase(case.id)),),) if open_ else ()
    return Outgoing(text, keys, edits=message, protected=True)


def reminder(case: Case, place: str) -> Outgoing:
    """To a Lotse who has not taken a case yet."""
    text = texts_cases.REMINDER.format(number=plain(case.number), place=plain(place))
    return Outgoing(text, ((key(texts_cases.KEY_TAKE, buttons.TakeCase(case.id)),),))


def _card_keys(case: Case, drafts: tuple[Entry, ...]) -> tuple[tuple[Key, ...], ...]:
    match case.state:
        case CaseState.OPEN:
            return (
                (key(texts_cases.KEY_TAKE, buttons.TakeCase(case.id)), render_transfer.hand_over_key(case)),
            )
        case CaseState.TAKEN | CaseState.ANSWERED:
            return (
                (
                    key(texts_cases.KEY_REPLY, buttons.ReplyCase(case.id)),
                    key(texts_cases.KEY_CLOSE, buttons.CloseCase(case.id)),
                ),
                (
                    key(texts_transfer.KEY_NOTE, buttons.NoteCase(case.id)),
                    render_transfer.hand_over_key(case),
                ),
                *render_drafts.draft_keys(case, drafts),
            )
        case CaseState.CLOSED:
            return ()


def _entries(heading: str, ids: Sequence[str], knowledge: Knowledge) -> str:
    titles = [entry.title for entry in (knowledge.get(wanted) for wanted in ids[-5:]) if entry is not None]
    if not titles:
        return ""
    return heading.format(entries="\n".join(f"• {plain(shortened(title, 90))}" for title in titles))


def which_case(cases: Sequence[Case], places: Sequence[str], *, to_bot: bool) -> Outgoing:
    """Without clear context nothing is guessed: the person says which case it is."""
    rows = [
        (
            key(
                shortened(texts_cases.KEY_CASE.format(number=case.number, place=place), _LABEL),
                buttons.SendToCase(case.id),
            ),
        )
        for case, place in zip(cases, places, strict=True)
    ]
    if to_bot:
        rows.append((key(texts_cases.KEY_ASK_BOT, buttons.AskBot()),))
    return Outgoing(texts_cases.WHICH_CASE, (*rows, (CANCEL,)))
