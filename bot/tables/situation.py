"""Everything the next message of a chat depends on, in one query: this is the hot path of every question."""

from dataclasses import dataclass
from typing import Any

from bot.clock import from_ms
from bot.model import ChatId, Talk
from bot.storage import Reader
from bot.tables.chats import DIALOG, PROFILE, TALK


@dataclass(frozen=True, slots=True)
class Waiting:
    """A dialogue that waits for the next message."""

    kind: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Situation:
    """Where a chat stands: its talk, a dialogue that waits, whether it is a Lotse's, cases a person is in charge of."""

    first: bool  # nobody wrote from this chat before
    talk: Talk
    talk_age: float  # seconds since the last question
    dialog: Waiting | None
    lotse: str
    live_cases: int
    closed_age: float  # seconds since one of the two ended a case, infinite without
    corrections: bool = False  # wants to be told when an answer is corrected
    open_cases: int = 0  # sent, and nobody has taken them yet
    place: str = ""  # where the firm is, if it was said: a key of knowledge.regions


_SQL = """
SELECT chats.chat_id, chats.talk, chats.talk_at, chats.profile, dialogs.kind, dialogs.data, links.lotse,
  EXISTS (SELECT 1 FROM correction_wishes WHERE chat_id = me.id) AS corrections,
  (SELECT COUNT(*) FROM cases WHERE employer_chat = me.id AND state IN ('taken', 'answered')) AS live,
  (SELECT COUNT(*) FROM cases WHERE employer_chat = me.id AND state = 'open') AS open,
  (SELECT MAX(closed_at) FROM cases
   WHERE employer_chat = me.id AND state = 'closed' AND closed_by IN ('employer', 'lotse')) AS closed_at
FROM (SELECT ? AS id) AS me
LEFT JOIN chats ON chats.chat_id = me.id
LEFT JOIN dialogs ON dialogs.chat_id = me.id AND dialogs.at > ?
LEFT JOIN links ON links.chat_id = me.id
"""


async def of(reader: Reader, chat: ChatId, *, now: int, dialogs_since: int) -> Situation:
    """The situation of ``chat`` at ``now`` (ms); dialogues older than ``dialogs_since`` (ms) no longer wait."""
    row = await reader.one(_SQL, chat, dialogs_since)
    if row is None:  # cannot happen: the first table has one row
        raise LookupError
    talk = Talk()
    if row["talk"] is not None:
        data = reader.vault.open_json(row["talk"], TALK)
        talk = Talk(**{**data, "shown": tuple(data["shown"]), "rejected": tuple(data["rejected"])})
    dialog = (
        Waiting(row["kind"], reader.vault.open_json(row["data"], DIALOG)) if row["kind"] is not None else None
    )
    return Situation(
        row["chat_id"] is None,
        talk,
        _since(row["talk_at"], now),
        dialog,
        row["lotse"] or "",
        row["live"],
        _since(row["closed_at"], now),
        bool(row["corrections"]),
        row["open"],
        reader.vault.open_json(row["profile"], PROFILE)["place"] if row["profile"] is not None else "",
    )


def _since(at: int | None, now: int) -> float:
    """Seconds from ``at`` to ``now`` (both ms); infinite when it never was."""
    return (from_ms(now) - from_ms(at)).total_seconds() if at is not None else float("inf")


async def is_in_case(reader: Reader, chat: ChatId) -> bool:
    """Whether ``chat`` has a case that is not closed, or is linked to a Lotse."""
    sql = (
        "SELECT 1 AS one FROM cases WHERE employer_chat = ? AND state <> 'closed'"
        " UNION ALL SELECT 1 FROM links WHERE chat_id = ? LIMIT 1"
    )
    return await reader.one(sql, chat, chat) is not None
