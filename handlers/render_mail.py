"""Handoffs by mail → what the employer sees in Telegram (HTML), and the mail itself (plain text)."""

import unicodedata

from bot import mailing
from bot.library import Edition
from bot.model import Case, Draft, Key, Mail, Outgoing
from handlers import buttons, render_cases, texts_cases, texts_mail
from handlers.render import case_place, key, moment, plain, shortened
from knowledge import contact as contacts
from knowledge.directory import Candidate, Directory, Lotse
from knowledge.region_places import Place

_PREVIEW_WORDS = 1500


def ask_contact(candidate: Candidate, directory: Directory, *, urgent: bool) -> Outgoing:
    """Whom to call, and the offer to send it by mail."""
    lotse = render_cases.contact(candidate.lotse, directory, candidate.relation)
    text = (texts_mail.ASK_CONTACT_URGENT if urgent else "") + texts_mail.ASK_CONTACT.format(lotse=lotse)
    return Outgoing(text, (*render_cases.contact_keys(candidate.lotse), (render_cases.CANCEL,)))


def ask_contact_again() -> Outgoing:
    """Another address or number."""
    return Outgoing(texts_mail.ASK_CONTACT_AGAIN, ((render_cases.CANCEL,),))


def no_contact() -> Outgoing:
    """That was neither an address nor a number."""
    return Outgoing(texts_mail.NO_CONTACT, ((render_cases.CANCEL,),))


def preview(draft: Draft, place: Place, candidate: Candidate, directory: Directory) -> Outgoing:
    """What will be mailed to whom, with the contact; nothing is sent without consent."""
    text = texts_mail.PREVIEW.format(
        lotse=render_cases.contact(candidate.lotse, directory, candidate.relation),
        question=plain(shortened(draft.question, _PREVIEW_WORDS)),
        contact=plain(draft.contact),
        place=plain(place.label),
        branch=texts_cases.BRANCH_WORDS[draft.branch],
        shown=texts_cases.PREVIEW_SHOWN if draft.shown else "",
    )
    rows = (
        (key(texts_mail.KEY_SEND, buttons.SendDraft()),),
        (key(texts_cases.KEY_EDIT, buttons.EditDraft()),),
        (key(texts_mail.KEY_CONTACT, buttons.EditContact()),),
        (render_cases.CANCEL,),
    )
    return Outgoing(text, rows)


def opened(case: Case, lotse: Lotse, directory: Directory) -> Outgoing:
    """The employer is told, after the commit."""
    return Outgoing(
        texts_mail.OPENED.format(
            lotse=render_cases.name(lotse, directory), number=plain(case.number), contact=plain(case.contact)
        )
    )


def mailed(case: Case) -> Outgoing | None:
    """The mail server took it; ``None`` when the case went on meanwhile."""
    if not case.by_mail or case.due_at is None:
        return None
    names = {"number": plain(case.number), "contact": plain(case.contact), "due": moment(case.due_at)}
    return Outgoing(texts_mail.MAILED.format(**names))


def asked(case: Case, lotse: str) -> str:
    """Whether an answer came; the contact card goes below it."""
    sent = moment(case.mailed_at or case.opened_at)
    return texts_mail.ASKED.format(number=plain(case.number), sent=sent, lotse=lotse)


def instead(case: Case) -> tuple[Key, ...]:
    """The button below the bad news."""
    return (key(texts_mail.KEY_INSTEAD, buttons.MailInstead(case.id)),)


def status(case: Case) -> str:
    """Where a mailed case stands, for /status."""
    text = texts_mail.STATUS_WAITING if case.mailed_at is None else texts_mail.STATUS_SENT
    sent = moment(case.mailed_at) if case.mailed_at is not None else ""
    return text.format(contact=plain(case.contact), sent=sent)


def mail(case: Case, lotse: Lotse, edition: Edition) -> Outgoing:
    """The case as a mail to its Lotse."""
    kreis = edition.regions.kreise.get(case.kreis)
    titles = [entry.title for entry in map(edition.knowledge.get, case.shown[-5:]) if entry is not None]
    contact = contacts.find(case.contact) or contacts.Contact()
    names = {
        "lotse": _line(f"{lotse.name}, {lotse.organisation}"),
        "number": case.number,
        "place": _line(case_place(case, edition)),
        "kreis": _line(kreis.label if kreis else case.kreis),
        "branch": texts_cases.BRANCH_WORDS.get(case.branch, ""),
        "opened": moment(case.opened_at),
        "question": _quoted(case.question),
        "shown": texts_mail.SHOWN.format(entries="\n".join(f"- {_line(one)}" for one in titles))
        if titles
        else "",
        "contact": case.contact,
        "how": texts_mail.HOW_MAIL if contact.mail else texts_mail.HOW_PHONE,
        "sample": texts_mail.SAMPLE if edition.directory.muster else "",
    }
    subject = texts_mail.SUBJECT.format(
        **names | {"urgent": texts_mail.SUBJECT_URGENT if case.urgent else ""}
    )
    text = texts_mail.BODY.format(**names | {"urgent": texts_mail.BODY_URGENT if case.urgent else ""})
    sent = Mail(lotse.email, subject, text, mailing.name(case.number, mailing.CASE), reply_to=contact.mail)
    return Outgoing("", mail=sent)


def after(what: str, number: str, lotse: Lotse) -> Outgoing:
    """A second mail: what became of the case."""
    subject, text = texts_mail.AFTER[what]
    first = mailing.name(number, mailing.CASE)
    sent = Mail(
        lotse.email,
        subject.format(number=number),
        text.format(number=number),
        mailing.name(number, what),
        answers=first,
    )
    return Outgoing("", mail=sent)


def _line(text: str) -> str:
    """Text in one line, without anything that steers."""
    return " ".join(_quiet(text).split())


def _quoted(text: str) -> str:
    """Words of an employer as a quote, so that nobody takes them for words of the bot."""
    return "\n".join(f"> {line}" for line in _quiet(text).splitlines())


def _quiet(text: str) -> str:
    """Without control characters (but line breaks) and marks that turn the direction of writing."""
    return "".join(
        letter for letter in text if letter == "\n" or unicodedata.category(letter) not in {"Cc", "Cf", "Cs"}
    )
