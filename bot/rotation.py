"""A new key for everything that is encrypted: all of it in one transaction, or nothing."""

from dataclasses import dataclass
from pathlib import Path

from bot.claim import claimed
from bot.secrets import Vault
from bot.storage import DATABASE, Store
from bot.tables import sealed


@dataclass(frozen=True, slots=True)
class Rotated:
    """What became of the values."""

    done: int
    lost: int  # they could not be read with the old key either, and stay as they are


async def rotate(data_dir: Path, old: Vault, new: Vault) -> Rotated:
    """Encrypt everything anew; raises ``StorageError`` for a wrong old key and ``ClaimedError`` while the bot runs."""
    done = lost = 0
    with claimed(data_dir):
        async with Store.opened(data_dir / DATABASE, old) as store:
            async with store.transaction() as tx:
                for column in await sealed.columns(tx):
                    resealed, unreadable = await sealed.reseal(tx, column, new)
                    done, lost = done + resealed, lost + unreadable
            # What the old key can read must not stay in free pages and in the log.
            await store.compact()
    return Rotated(done, lost)
