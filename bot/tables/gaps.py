"""Rows of questions without an answer: no chat, only its keyed hash, and words without names and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.secrets import Vault
from bot.storage import Reader, Statement, Transaction
from knowledge.gaps import Wording
from knowledge.language import normalise

_WORDING = "gaps.wording"


@dataclass(frozen=True, slots=True)
class Kept:
    """A row: the wording, and whether editors ignore what asks the same."""

    wording: Wording
    ignored: bool


def asker_of(vault: Vault, chat: int) -> str:
    """The keyed hash that stands for a chat; for nothing else, so that no other table can be joined with it."""
    return vault.digest(f"gap-asker:{chat}")


def keep(vault: Vault, chat: int, why: str, entry: str, text: str, now: int) -> Statement:
    """Keep ``text``; what the same chat has said before only becomes newer, and its reason the last one."""
    sql = (
        "INSERT INTO gaps (at, why, entry, wording, asker, dedupe) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (dedupe) DO UPDATE SET at = excluded.at, why = excluded.why, entry = excluded.entry,"
        " state = CASE WHEN state = 'done' THEN 'open' ELSE state END"
    )
    dedupe = vault.digest(f"gap:{chat}:{normalise(text)}")
    return Statement(sql, (now, why, entry, vault.seal(text, _WORDING), asker_of(vault, chat), dedupe))


async def newest(reader: Reader, most: int) -> tuple[Kept, ...]:
    """The newest questions that editors have made nothing of yet, and those to be ignored; in the order they first came."""
    sql = "SELECT id, why, entry, wording, asker, state FROM gaps WHERE state <> 'done' ORDER BY at DESC, id DESC LIMIT ?"
    return tuple(
        Kept(
            Wording(
                row["id"], reader.vault.open(row["wording"], _WORDING), row["asker"], row["why"], row["entry"]
            ),
            row["state"] == "ignored",
        )
        for row in sorted(await reader.all(sql, most), key=lambda row: int(row["id"]))
    )


async def of_asker(reader: Reader, chat: int) -> list[dict[str, str]]:
    """What is kept of this chat."""
    sql = "SELECT why, wording FROM gaps WHERE asker = ? ORDER BY id"
    return [
        {"grund": row["why"], "frage": reader.vault.open(row["wording"], _WORDING)}
        for row in await reader.all(sql, asker_of(reader.vault, chat))
    ]


async def settle(tx: Transaction, ids: Sequence[int], state: str) -> None:
    """What became of these."""
    await tx.run_many("UPDATE gaps SET state = ? WHERE id = ?", [(state, number) for number in ids])


async def erase(tx: Transaction, chat: int) -> None:
    """What was kept of this chat."""
    await tx.run("DELETE FROM gaps WHERE asker = ?", asker_of(tx.vault, chat))


async def forget(tx: Transaction, before: int) -> None:
    """What is older than its retention, hash and all."""
    await tx.run("DELETE FROM gaps WHERE at < ?", before)
