"""Rows of updates: done, parked (slow, content kept), set aside (failed three times)."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.model import ChatId, UpdateId
from bot.secrets import WrongKeyError
from bot.storage import Reader, Row, Statement, Transaction

log = logging.getLogger(__name__)

RAW = "updates.raw"


@dataclass(frozen=True, slots=True)
class Parked:
    """An update whose content is kept because it was not handled in time."""

    update: UpdateId
    chat: ChatId
    raw: dict[str, Any]
    tries: int


def done(update: UpdateId, now: int) -> Statement:
    """The statement that marks an update as handled; its content and whose it was are forgotten. For ``Store.append``."""
    return Statement(
        "INSERT INTO updates (update_id, chat_id, state, at) VALUES (?, 0, 'done', ?)"
        " ON CONFLICT (update_id) DO UPDATE SET state = 'done', chat_id = 0, raw = NULL, at = excluded.at",
        (update, now),
    )


async def known(reader: Reader, ids: Sequence[UpdateId]) -> frozenset[UpdateId]:
    """Which of these were handled, are parked or were set aside: a repeat of them needs no work."""
    if not ids:
        return frozenset()
    # The marks are question marks only, so the statement holds no value.
    marks = ", ".join("?" * len(ids))
    rows = await reader.all(f"SELECT update_id FROM updates WHERE update_id IN ({marks})", *ids)  # noqa: S608
    return frozenset(UpdateId(row["update_id"]) for row in rows)


async def park(tx: Transaction, parked: Parked, *, lease_until: int, now: int) -> None:
    """Keep the content of an update, so that Telegram may be told it has been received.

    Whoever parks it may not know yet of a try that was written down a moment before: tries are never taken back.
    """
    await tx.run(
        "INSERT INTO updates (update_id, chat_id, state, raw, tries, lease_until, at) VALUES (?, ?, 'parked', ?, ?, ?, ?)"
        " ON CONFLICT (update_id) DO UPDATE SET lease_until = excluded.lease_until,"
        " tries = CASE WHEN excluded.tries > updates.tries THEN excluded.tries ELSE updates.tries END"
        " WHERE updates.state = 'parked'",
        parked.update,
        parked.chat,
        tx.vault.seal_json(parked.raw, RAW),
        parked.tries,
        lease_until,
        now,
    )


async def set_aside(tx: Transaction, parked: Parked, now: int) -> None:
    """Give up on an update; its content stays for the operator until the retention ends."""
    await tx.run(
        "INSERT INTO updates (update_id, chat_id, state, raw, tries, at) VALUES (?, ?, 'aside', ?, ?, ?)"
        " ON CONFLICT (update_id) DO UPDATE SET state = 'aside', tries = excluded.tries, at = excluded.at",
        parked.update,
        parked.chat,
        tx.vault.seal_json(parked.raw, RAW),
        parked.tries,
        now,
    )


async def waiting(reader: Reader, lease_before: int) -> tuple[Parked, ...]:
    """Parked updates whose lease ended before this moment (ms), oldest first; a damaged one stops no other."""
    sql = "SELECT * FROM updates WHERE state = 'parked' AND lease_until < ? ORDER BY update_id"
    found = []
    for row in await reader.all(sql, lease_before):
        try:
            found.append(_parked(row, reader))
        except WrongKeyError:
            log.error("update %d cannot be read", row["update_id"])  # noqa: TRY400  # the traceback says no more
    return tuple(found)


async def forget_done(tx: Transaction, before: int) -> None:
    """Drop rows of handled updates older than this moment (ms): Telegram repeats none for more than 24 hours."""
    await tx.run("DELETE FROM updates WHERE state = 'done' AND at < ?", before)


def _parked(row: Row, reader: Reader) -> Parked:
    raw = reader.vault.open_json(row["raw"], RAW)
    return Parked(UpdateId(row["update_id"]), ChatId(row["chat_id"]), raw, row["tries"])
