"""The SQL of access, erasure and retention: every table that holds something about a person appears here."""

import json
from typing import Any, Final

from bot.model import ChatId, MessageId
from bot.secrets import WrongKeyError
from bot.storage import Reader, Transaction
from bot.tables import gaps, sealed
from bot.tables.chats import PROFILE

# Every table with something about people, and the column that says whom a row is about. Rows with a ``case_id`` belong
# to the employer of that case as well. A new table belongs here or into ``WITHOUT_PEOPLE``, and what is here must go in
# ``erase_case`` or ``erase_chat``: tests/test_privacy_coverage.py fails otherwise.
OWNED: Final = {
    "absences": "chat_id",
    "asked": "chat_id",
    "case_messages": "chat_id",
    "carried": "from_chat",
    "answers_got": "chat_id",
    "cases": "employer_chat",
    "chats": "chat_id",
    "correction_wishes": "chat_id",
    "dialogs": "chat_id",
    "invites": "pressed_chat",
    "later_questions": "chat_id",
    "links": "chat_id",
    "notes": "chat_id",
    "outbox": "chat_id",
    "updates": "chat_id",
}
WITHOUT_PEOPLE: Final = frozenset(
    {"alarms", "gaps", "key_check", "migrations", "promises_looked", "proposals", "schedule", "signals"}
)
# Tables of ``OWNED`` that are erased with the rest but not shown to the employer, each with a reason.
# Notes: a Lotse's own words about a case. Their writer is shown them; the employer is told how many there are and whom to
# ask (GDPR Art. 15 Abs. 4: somebody has to look first whose rights they touch).
NOT_SHOWN: Final[frozenset[str]] = frozenset({"notes"})
# Tables of which rows outlive /loeschen: the link of a Lotse and the absence, which ends by itself, end with /entkoppeln.
KEPT: Final = frozenset({"absences", "links"})


async def profile_of(reader: Reader, chat: ChatId) -> dict[str, Any] | None:
    """Where the firm is."""
    row = await reader.one("SELECT profile FROM chats WHERE chat_id = ? AND profile IS NOT NULL", chat)
    return dict(reader.vault.open_json(row["profile"], PROFILE)) if row else None


async def cases_of(reader: Reader, chat: ChatId) -> list[int]:
    """Ids of the employer's cases, closed ones included."""
    return [
        row["id"]
        for row in await reader.all("SELECT id FROM cases WHERE employer_chat = ? ORDER BY id", chat)
    ]


async def rows_of(reader: Reader, chat: ChatId) -> dict[str, list[dict[str, Any]]]:
    """Every row about ``chat``, decrypted, by table. Chat numbers of other people are left out."""
    found: dict[str, list[dict[str, Any]]] = {}
    secret = {(column.table, column.name): column.purpose for column in await sealed.columns(reader)}
    for table, described in (await sealed.tables(reader)).items():
        if table not in OWNED or table in NOT_SHOWN:
            continue
        # Table and column are names of our own schema.
        sql, values = f"SELECT * FROM {table} WHERE {OWNED[table]} = ?", [chat]  # noqa: S608
        if any(column["name"] == "case_id" for column in described):
            sql += " OR case_id IN (SELECT id FROM cases WHERE employer_chat = ?)"
            values.append(chat)
        shown = [
            {
                name: _plain(reader, row[name], secret.get((table, name)), chat)
                for name in (column["name"] for column in described)
                if row[name] is not None
                and (table, name) not in sealed.UNSEALED
                and not (_is_chat(name) and row[name] != chat)
            }
            for row in await reader.all(sql, *values)
        ]
        if shown:
            found[table] = shown
    return found


def _is_chat(column: str) -> bool:
    return column == "chat_id" or column.endswith("_chat")


def _plain(reader: Reader, value: Any, purpose: str | None, chat: ChatId) -> Any:
    if purpose is None:
        return value
    try:
        text = reader.vault.open(value, purpose)
    except WrongKeyError:
        return None
    try:
        return _without_others(json.loads(text), chat)
    except ValueError:
        return text


def _without_others(value: Any, chat: ChatId) -> Any:
    """A stored JSON value without the chat numbers of other people in it."""
    if isinstance(value, dict):
        return {
            name: _without_others(inner, chat)
            for name, inner in value.items()
            if not (name in {"chat", "from"} and isinstance(inner, int) and inner != chat)
        }
    return [_without_others(inner, chat) for inner in value] if isinstance(value, list) else value


async def cards_of(reader: Reader, case_id: int) -> list[tuple[ChatId, MessageId]]:
    """Where Lotsen have a card of the case: the one who has it now, and those it was passed on by."""
    sql = (
        "SELECT card_chat AS chat, card_message AS message FROM cases WHERE id = ? AND card_chat IS NOT NULL"
        " UNION SELECT chat_id, message_id FROM outbox WHERE case_id = ? AND kind IN ('card', 'offer') AND message_id IS NOT NULL"
    )
    return [
        (ChatId(row["chat"]), MessageId(row["message"])) for row in await reader.all(sql, case_id, case_id)
    ]


async def erase_case(tx: Transaction, case_id: int) -> None:
    """A case with its messages and what waits to be said in it (both go by ON DELETE CASCADE)."""
    await tx.run("DELETE FROM cases WHERE id = ?", case_id)


async def erase_chat(tx: Transaction, chat: ChatId, before: int) -> None:
    """Everything else about a chat; of handled updates only the number was ever kept.

    ``before``: the update that asked for it. What the person wrote after it is a new conversation.
    """
    told = "SELECT 'invite' || id || ':pressed' FROM invites WHERE pressed_chat = ?"
    await tx.run(f"DELETE FROM outbox WHERE dedupe IN ({told})", chat)  # noqa: S608  # no value in it
    for sql in (
        "DELETE FROM chats WHERE chat_id = ?",
        "DELETE FROM dialogs WHERE chat_id = ?",
        "DELETE FROM asked WHERE chat_id = ?",
        "DELETE FROM later_questions WHERE chat_id = ?",
        "DELETE FROM correction_wishes WHERE chat_id = ?",
        "DELETE FROM answers_got WHERE chat_id = ?",
        "DELETE FROM case_messages WHERE chat_id = ?",
        # Words of an employer that wait for a Lotse are the employer's: erasing them here would lose them.
        "DELETE FROM outbox WHERE chat_id = ? AND NOT (state = 'waiting' AND case_id IS NOT NULL)",
        "DELETE FROM notes WHERE chat_id = ?",
        "DELETE FROM carried WHERE to_chat = ?",
        "DELETE FROM carried WHERE from_chat = ?",
        "DELETE FROM updates WHERE chat_id = ? AND state = 'aside'",
        "DELETE FROM invites WHERE pressed_chat = ?",
    ):
        await tx.run(sql, chat)
    await tx.run("DELETE FROM updates WHERE chat_id = ? AND state = 'parked' AND update_id < ?", chat, before)
    await gaps.erase(tx, chat)


async def forget(
    tx: Transaction, *, talks_before: int, cases_before: int, aside_before: int, answers_before: int
) -> None:
    """What is older than its retention (ms)."""
    await tx.run("DELETE FROM cases WHERE state = 'closed' AND closed_at < ?", cases_before)
    await tx.run("UPDATE chats SET talk = NULL, talk_at = NULL WHERE talk_at < ?", talks_before)
    await tx.run("DELETE FROM dialogs WHERE at < ?", talks_before)
    await tx.run("DELETE FROM asked WHERE at < ?", talks_before)
    await tx.run(
        "DELETE FROM chats WHERE talk IS NULL AND first_seen < ?"
        " AND chat_id NOT IN (SELECT chat_id FROM dialogs) AND chat_id NOT IN (SELECT employer_chat FROM cases)",
        talks_before,
    )
    await tx.run("DELETE FROM later_questions WHERE at < ?", cases_before)
    await tx.run("DELETE FROM answers_got WHERE at < ?", answers_before)
    await tx.run(
        "DELETE FROM correction_wishes WHERE at < ? AND chat_id NOT IN (SELECT chat_id FROM answers_got)",
        answers_before,
    )
    # Parked for so long: nobody could read it, or it would have been taken over.
    await tx.run("DELETE FROM updates WHERE state <> 'done' AND at < ?", aside_before)
    await tx.run("DELETE FROM invites WHERE expires_at < ?", talks_before)
