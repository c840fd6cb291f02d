"""Rows of cases ↔ ``Case``; the SQL of cases."""

from collections.abc import Sequence
from typing import Any

from bot.clock import from_ms
from bot.model import Case, CaseId, CaseState, ChatId, Draft, MessageId
from bot.storage import Reader, Row, Transaction

_QUESTION = "cases.question"
_CONTEXT = "cases.context"
_ADDED = "cases.added"
# Whatever becomes of a case, an offer of it is over then.
NO_OFFER = "offered_to = '', offered_at = NULL, offer_due_at = NULL, offer_message = NULL"
_CONTACT = "cases.contact"


def from_row(row: Row, reader: Reader) -> Case:
    """A case from its row, decrypted."""
    context = reader.vault.open_json(row["context"], _CONTEXT)
    card = (row["card_chat"], row["card_message"])
    return Case(
        id=CaseId(row["id"]),
        number=row["number"],
        employer=ChatId(row["employer_chat"]),
        lotse=row["lotse"],
        land=row["land"],
        kreis=row["kreis"],
        place=row["place"],
        branch=row["branch"],
        state=CaseState(row["state"]),
        closed_by=row["closed_by"] or "",
        question=reader.vault.open(row["question"], _QUESTION)
        + "".join(f"\n\n➕ {text}" for _, text in _added_in(row, reader)),
        urgent=context["urgent"],
        shown=tuple(context["shown"]),
        rejected=tuple(context["rejected"]),
        opened_at=from_ms(row["opened_at"]),
        taken_at=from_ms(row["taken_at"]) if row["taken_at"] is not None else None,
        answered_at=from_ms(row["answered_at"]) if row["answered_at"] is not None else None,
        closed_at=from_ms(row["closed_at"]) if row["closed_at"] is not None else None,
        card=(ChatId(card[0]), MessageId(card[1])) if card[0] is not None else None,
        first_lotse=row["first_lotse"] or row["lotse"],
        reminded=bool(row["reminded"]),
        due_at=from_ms(row["due_at"]) if row["due_at"] is not None else None,
        offered_to=row["offered_to"],
        offer_due_at=from_ms(row["offer_due_at"]) if row["offer_due_at"] is not None else None,
        offer_message=MessageId(row["offer_message"]) if row["offer_message"] is not None else None,
        instead_of=row["instead_of"],
        contact=reader.vault.open(row["contact"], _CONTACT) if row["contact"] is not None else "",
        mailed_at=from_ms(row["mailed_at"]) if row["mailed_at"] is not None else None,
        asked_in=context.get("asked_in", 0),
    )


def _added_in(row: Row, reader: Reader) -> list[Any]:
    """What was added to the question: pairs of message and text."""
    return list(reader.vault.open_json(row["added"], _ADDED)["words"]) if row["added"] is not None else []


def _context(tx: Transaction, of: Draft | Case, *, urgent: bool) -> bytes:
    """What else is kept of a question, sealed."""
    context = {"urgent": urgent, "shown": of.shown, "rejected": of.rejected, "asked_in": of.asked_in}
    return tx.vault.seal_json(context, _CONTEXT)


async def insert(
    tx: Transaction,
    draft: Draft,
    *,
    number: str,
    employer: ChatId,
    land: str,
    kreis: str,
    source_update: int,
    now: int,
    due: int | None = None,
) -> Case | None:
    """Write a new case; ``None`` when this update has already opened one or the number is taken."""
    row = await tx.one(
        "INSERT INTO cases (number, employer_chat, lotse, land, kreis, place, branch, state, question, context,"
        " source_update, opened_at, first_lotse, due_at, instead_of, instead_at, contact)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING RETURNING *",
        number,
        employer,
        draft.lotse,
        land,
        kreis,
        draft.place,
        draft.branch,
        tx.vault.seal(draft.question, _QUESTION),
        _context(tx, draft, urgent=draft.urgent),
        source_update,
        now,
        draft.lotse,
        due,
        draft.instead_of,
        now if draft.instead_of else None,
        tx.vault.seal(draft.contact, _CONTACT) if draft.contact else None,
    )
    return from_row(row, tx) if row else None


async def by_source(reader: Reader, source_update: int) -> Case | None:
    """The case this update opened."""
    row = await reader.one("SELECT * FROM cases WHERE source_update = ?", source_update)
    return from_row(row, reader) if row else None


async def get(reader: Reader, case_id: CaseId) -> Case | None:
    """The case of this id."""
    row = await reader.one("SELECT * FROM cases WHERE id = ?", case_id)
    return from_row(row, reader) if row else None


async def known(reader: Reader, case_id: CaseId) -> Case:
    """The case of a row that refers to it, and goes when it goes. Raises ``LookupError``."""
    case = await get(reader, case_id)
    if case is None:
        raise LookupError(case_id)
    return case


async def by_album(reader: Reader, album: str) -> Case | None:
    """The case to which parts of this album are said."""
    sql = "SELECT cases.* FROM outbox JOIN cases ON cases.id = outbox.case_id WHERE outbox.album = ? LIMIT 1"
    row = await reader.one(sql, album)
    return from_row(row, reader) if row else None


async def of_employer(reader: Reader, employer: ChatId) -> tuple[Case, ...]:
    """The employer's cases that are not closed, oldest first."""
    sql = "SELECT * FROM cases WHERE employer_chat = ? AND state <> 'closed' ORDER BY id"
    return tuple(from_row(row, reader) for row in await reader.all(sql, employer))


async def closed_lately(reader: Reader, employer: ChatId, since: int, most: int) -> tuple[Case, ...]:
    """The employer's cases that one of the two ended after this moment (ms), the latest first."""
    sql = (
        "SELECT * FROM cases WHERE employer_chat = ? AND state = 'closed' AND closed_by IN ('employer', 'lotse')"
        " AND closed_at >= ? ORDER BY closed_at DESC, id DESC LIMIT ?"
    )
    return tuple(from_row(row, reader) for row in await reader.all(sql, employer, since, most))


async def of_lotse(reader: Reader, lotse: str) -> tuple[Case, ...]:
    """The Lotse's cases that are not closed, oldest first."""
    sql = "SELECT * FROM cases WHERE lotse = ? AND state <> 'closed' ORDER BY id"
    return tuple(from_row(row, reader) for row in await reader.all(sql, lotse))


async def load_of_lotsen(reader: Reader) -> dict[str, tuple[int, int]]:
    """For every Lotse with cases: how many are not closed, and when the last one came (ms)."""
    sql = "SELECT lotse, SUM(state <> 'closed') AS load, MAX(opened_at) AS last FROM cases GROUP BY lotse"
    return {row["lotse"]: (row["load"], row["last"]) for row in await reader.all(sql)}


async def take(tx: Transaction, case_id: CaseId, lotse: str, now: int) -> bool:
    """Compare and set: of two who take at once, one wins.

    Whoever is asked may, who was asked first may as long as nobody has it, and to whom its Lotse offers it.
    """
    changed = await tx.run(
        # Whoever takes it answers in Telegram: the way to answer elsewhere is not needed any longer.
        "UPDATE cases SET state = 'taken', lotse = ?, taken_at = ?, due_at = NULL, contact = NULL,"  # noqa: S608  # no value in it
        f" {NO_OFFER} WHERE id = ? AND ((state = 'open' AND (lotse = ? OR first_lotse = ?))"
        " OR (state <> 'closed' AND offered_to = ? AND offered_to <> ''))",
        lotse,
        now,
        case_id,
        lotse,
        lotse,
        lotse,
    )
    return changed == 1


async def of_laender(reader: Reader, laender: Sequence[str]) -> tuple[Case, ...]:
    """Cases of these Länder that the employer still waits in, oldest first."""
    marks = ", ".join("?" * len(laender))
    sql = f"SELECT * FROM cases WHERE land IN ({marks}) AND state IN ('open', 'taken') ORDER BY id"  # noqa: S608  # no value in it
    return tuple(from_row(row, reader) for row in await reader.all(sql, *laender))


async def give(tx: Transaction, case_id: CaseId, lotse: str) -> None:
    """Whoever takes it in this transaction does so as if it had been offered."""
    await tx.run("UPDATE cases SET offered_to = ? WHERE id = ? AND state <> 'closed'", lotse, case_id)


async def due(reader: Reader, now: int) -> tuple[Case, ...]:
    """Cases whose next step is due, the longest waiting first."""
    sql = "SELECT * FROM cases WHERE state IN ('open', 'taken') AND due_at <= ? ORDER BY due_at, id"
    return tuple(from_row(row, reader) for row in await reader.all(sql, now))


async def longest_unanswered(reader: Reader) -> CaseId | None:
    """The case that has waited longest for the first answer."""
    row = await reader.one(
        "SELECT id FROM cases WHERE state IN ('open', 'taken') ORDER BY opened_at, id LIMIT 1"
    )
    return CaseId(row["id"]) if row else None


async def left_behind(reader: Reader) -> tuple[Case, ...]:
    """Cases in the hand of somebody who can no longer be reached and has not answered."""
    sql = (
        "SELECT * FROM cases WHERE state = 'taken'"
        " AND NOT EXISTS (SELECT 1 FROM links WHERE links.lotse = cases.lotse AND links.blocked_at IS NULL) ORDER BY id"
    )
    return tuple(from_row(row, reader) for row in await reader.all(sql))


async def with_nobody_there(reader: Reader, now: int) -> tuple[Case, ...]:
    """Cases in the hand of somebody who is away now (ms) and has not answered, with no next step."""
    sql = (
        "SELECT * FROM cases WHERE state = 'taken' AND due_at IS NULL AND EXISTS"
        " (SELECT 1 FROM absences WHERE absences.lotse = cases.lotse AND starts_at <= ? AND ends_at > ?) ORDER BY id"
    )
    return tuple(from_row(row, reader) for row in await reader.all(sql, now, now))


async def wait_until(tx: Transaction, case: Case, due_at: int | None) -> bool:
    """Its next step, while the one who took it is away; ``False`` when something happened to the case meanwhile."""
    sql = "UPDATE cases SET due_at = ? WHERE id = ? AND state = 'taken' AND lotse = ?"
    return await tx.run(sql, due_at, case.id, case.lotse) == 1


async def plan_anew(tx: Transaction, lotse: str) -> None:
    """Who is away, until when, or who stands in has changed: what was planned for the cases of this Lotse is not any longer."""
    await tx.run("UPDATE cases SET due_at = NULL WHERE state = 'taken' AND lotse = ?", lotse)


async def release(tx: Transaction, case: Case, now: int) -> bool:
    """Nobody has it any more, and the next step is due; ``False`` when somebody was faster."""
    sql = "UPDATE cases SET state = 'open', due_at = ? WHERE id = ? AND state = 'taken' AND lotse = ?"
    return await tx.run(sql, now, case.id, case.lotse) == 1


async def remind(tx: Transaction, case: Case, due_at: int) -> bool:
    """The Lotse was reminded, once; ``False`` when somebody was faster."""
    sql = "UPDATE cases SET reminded = 1, due_at = ? WHERE id = ? AND state = 'open' AND lotse = ? AND reminded = 0"
    return await tx.run(sql, due_at, case.id, case.lotse) == 1


async def pass_on(tx: Transaction, case: Case, lotse: str, due_at: int) -> bool:
    """Another Lotse is asked; ``False`` when somebody was faster."""
    sql = (
        f"UPDATE cases SET lotse = ?, due_at = ?, card_chat = NULL, card_message = NULL, {NO_OFFER}"  # noqa: S608  # no value in it
        " WHERE id = ? AND state = 'open' AND lotse = ?"
    )
    return await tx.run(sql, lotse, due_at, case.id, case.lotse) == 1


async def inherit(tx: Transaction, case: Case, lotse: str, due_at: int) -> bool:
    """Another Lotse is asked as if first; ``False`` when somebody was faster."""
    sql = (
        "UPDATE cases SET lotse = ?, first_lotse = ?, due_at = ?, reminded = 0, card_chat = NULL,"  # noqa: S608  # no value in it
        f" card_message = NULL, contact = NULL, {NO_OFFER}"
        " WHERE id = ? AND state = 'open' AND lotse = ?"
    )
    return await tx.run(sql, lotse, lotse, due_at, case.id, case.lotse) == 1


async def hand_over(tx: Transaction, case: Case, lotse: str, due_at: int, now: int) -> bool:
    """Another Lotse is asked because this one is away, also when it was taken already; ``False`` when somebody was faster.

    Who gives a taken case may take it back as long as nobody has it; whoever it was answered for first stays on record.
    """
    sql = (
        "UPDATE cases SET lotse = ?, state = 'open', taken_at = NULL, due_at = ?, card_chat = NULL,"  # noqa: S608  # no value in it
        f" card_message = NULL, {NO_OFFER},"
        " first_lotse = CASE WHEN state = 'open' THEN first_lotse ELSE lotse END,"
        " instead_of = CASE WHEN instead_of = '' THEN lotse ELSE instead_of END, instead_at = ?"
        " WHERE id = ? AND state = ? AND lotse = ?"
    )
    return await tx.run(sql, lotse, due_at, now, case.id, case.state, case.lotse) == 1


async def mark_answered(tx: Transaction, case_id: CaseId, now: int) -> None:
    """The Lotse has written to the employer."""
    sql = (
        "UPDATE cases SET state = 'answered', due_at = NULL, taken_at = COALESCE(taken_at, ?), answered_at = COALESCE(answered_at, ?)"
        " WHERE id = ? AND state <> 'closed'"
    )
    await tx.run(sql, now, now, case_id)


async def reopen(tx: Transaction, case_id: CaseId, *, closed_since: int, due: int | None) -> bool:
    """Open once more: the Lotse of the end is asked first; ``False`` when it is open already or closed for too long."""
    sql = (
        "UPDATE cases SET state = 'open', closed_by = NULL, closed_at = NULL, due_at = ?, reminded = 0,"
        " first_lotse = lotse, contact = NULL WHERE id = ? AND state = 'closed' AND closed_at >= ?"
    )
    return await tx.run(sql, due, case_id, closed_since) == 1


async def make_urgent(tx: Transaction, case: Case, due: int) -> None:
    """What was said since the case was opened is urgent; while nobody has taken it, it climbs from ``due`` (ms) at the latest.

    With somebody who is away, the wait that was planned is over: ``with_nobody_there`` plans a shorter one.
    """
    await tx.run(
        "UPDATE cases SET context = ?, due_at = CASE state WHEN 'open' THEN MIN(due_at, ?) WHEN 'taken' THEN NULL ELSE due_at END WHERE id = ?",
        _context(tx, case, urgent=True),
        due,
        case.id,
    )


async def add_words(tx: Transaction, case: Case, message: MessageId, text: str) -> None:
    """What the employer adds while nobody has the case: whoever is asked next sees it on the card."""
    await _set_added(tx, case, [*await _added(tx, case), [message, text]])


async def change_words(tx: Transaction, case: Case, message: MessageId, text: str) -> bool:
    """The question, or what was added in this message, says something else now; ``False`` when it is neither."""
    if message == case.asked_in:
        sealed = tx.vault.seal(text, _QUESTION)
        return await tx.run("UPDATE cases SET question = ? WHERE id = ?", sealed, case.id) == 1
    before = await _added(tx, case)
    after = [[number, text if number == message else words] for number, words in before]
    if not any(number == message for number, _ in before):
        return False
    await _set_added(tx, case, after)
    return True


async def drop_words(tx: Transaction, case: Case, message: MessageId) -> None:
    """What was added in this message was taken back: whoever is asked next does not see it."""
    before = await _added(tx, case)
    await _set_added(tx, case, [pair for pair in before if pair[0] != message])


async def _added(tx: Transaction, case: Case) -> list[Any]:
    row = await tx.one("SELECT added FROM cases WHERE id = ?", case.id)
    return _added_in(row, tx) if row is not None else []


async def _set_added(tx: Transaction, case: Case, words: list[Any]) -> None:
    sealed = tx.vault.seal_json({"words": words}, _ADDED) if words else None
    await tx.run("UPDATE cases SET added = ? WHERE id = ?", sealed, case.id)


async def close(tx: Transaction, case_id: CaseId, by: str, now: int) -> bool:
    """Close once; the second one to close changes nothing."""
    sql = (
        f"UPDATE cases SET state = 'closed', closed_by = ?, closed_at = ?, due_at = NULL, {NO_OFFER}"  # noqa: S608  # no value in it
        " WHERE id = ? AND state <> 'closed'"
    )
    return await tx.run(sql, by, now, case_id) == 1


async def mailed(tx: Transaction, case_id: CaseId, now: int, due: int) -> bool:
    """The mail server took it; ``False`` when the case is over or somebody has it by now."""
    sql = "UPDATE cases SET mailed_at = ?, due_at = ? WHERE id = ? AND state = 'open' AND contact IS NOT NULL"
    return await tx.run(sql, now, due, case_id) == 1


async def mailed_to(reader: Reader, case_id: CaseId) -> tuple[str, str] | None:
    """Number and Lotse of a case that went out by mail; its words are not read for that."""
    row = await reader.one("SELECT number, lotse FROM cases WHERE id = ? AND mailed_at IS NOT NULL", case_id)
    return (row["number"], row["lotse"]) if row else None


async def set_card(tx: Transaction, case_id: CaseId, chat: ChatId, message: MessageId) -> None:
    """Remember where the Lotse's card of the case is; a card that came to somebody who has it no longer is none."""
    sql = (
        "UPDATE cases SET card_chat = ?, card_message = ? WHERE id = ?"
        " AND EXISTS (SELECT 1 FROM links WHERE links.lotse = cases.lotse AND links.chat_id = ?)"
    )
    await tx.run(sql, chat, message, case_id, chat)
