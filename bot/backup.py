"""Backup and restore: the database as it is at one moment, and the accepted versions of the knowledge, in one file.

The copy is made by SQLite's own backup, so the bot goes on meanwhile. The file is encrypted as a whole with a key
derived from the data key. A restore reads and checks everything before anything is put in place, and overwrites nothing.
"""

import os
import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from bot.claim import claimed
from bot.envelope import EnvelopeError, Opening, Sealing
from bot.secrets import Vault
from bot.storage import DATABASE, Store, key_fits

_VERSIONS = "versions"


class BackupError(Exception):
    """It cannot be done; the text is a German sentence for the operator."""


def write(data_dir: Path, key: bytes, target: Path) -> int:
    """Back up ``data_dir`` into the new file ``target``; returns its size. Raises ``BackupError``."""
    database = data_dir / DATABASE
    if not database.exists():
        raise BackupError(f"In {data_dir} liegt keine Datenbank. DATA_DIR prüfen.")
    if target.exists():
        raise BackupError(
            f"{target} gibt es schon. Bitte einen neuen Namen nennen; es wurde nichts überschrieben."
        )
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=data_dir) as folder:
            copy = Path(folder) / DATABASE
            _copy(database, copy, Vault(key))
            _pack(copy, data_dir / _VERSIONS, key, target)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"Die Sicherung ist nicht gelungen: {error}. Platz und Rechte prüfen.") from error
    return target.stat().st_size


def _copy(database: Path, copy: Path, vault: Vault) -> None:
    """That a copy is damaged, or that the key does not open it, would otherwise be found out when it is too late."""
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as made:
        source.backup(made)  # in one go: one moment, and in WAL mode nobody waits for it
        [(found,)] = made.execute("PRAGMA quick_check(1)")
        if found != "ok":
            raise BackupError(
                f"Die Datenbank ist beschädigt ({found}). Es wurde keine Sicherung geschrieben."
            )
        made.execute("PRAGMA journal_mode=DELETE")
        if not key_fits(made, vault):
            raise BackupError(
                "DATA_KEY passt nicht zu dieser Datenbank. Es wurde keine Sicherung geschrieben."
            )


def _pack(copy: Path, versions: Path, key: bytes, target: Path) -> None:
    """Write beside the target first: a backup that exists is a whole one."""
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with unfinished.open("xb") as file:
            unfinished.chmod(0o600)
            sealing = Sealing(file, key)
            with tarfile.open(mode="w|gz", fileobj=cast("BinaryIO", sealing)) as archive:
                archive.add(copy, DATABASE)
                if versions.is_dir():
                    archive.add(versions, _VERSIONS)
            sealing.finish()
            file.flush()
            os.fsync(file.fileno())
        # A link, not a rename: it fails when somebody else made the target meanwhile.
        target.hardlink_to(unfinished)
    finally:
        unfinished.unlink(missing_ok=True)


async def restore(data_dir: Path, key: bytes, source: Path) -> None:
    """Put a backup in place; raises ``BackupError``, ``StorageError`` or ``ClaimedError``, then nothing was changed."""
    with claimed(data_dir):
        for name in (DATABASE, f"{DATABASE}-wal", _VERSIONS):
            if (data_dir / name).exists():
                raise BackupError(
                    f"In {data_dir} liegt schon {name}. Es wird nichts überschrieben: "
                    "Den Ordner zuerst umbenennen oder DATA_DIR auf einen neuen setzen."
                )
        try:
            with tempfile.TemporaryDirectory(prefix=".restore-", dir=data_dir) as folder:
                fresh = Path(folder)
                with source.open("rb") as file:
                    _unpack(file, key, fresh)
                if not (fresh / DATABASE).exists():
                    raise BackupError("In der Sicherung fehlt die Datenbank.")
                # Opens with the key, and brings a backup of an older program to the schema of this one.
                async with Store.opened(fresh / DATABASE, Vault(key)):
                    pass
                if (fresh / _VERSIONS).exists():
                    (fresh / _VERSIONS).rename(data_dir / _VERSIONS)
                (fresh / DATABASE).rename(data_dir / DATABASE)
        except EnvelopeError as error:
            raise BackupError(f"{error} Es wurde nichts verändert.") from error
        except (OSError, tarfile.TarError, EOFError) as error:
            raise BackupError(f"{source} kann nicht zurückgespielt werden: {error}.") from error


def _unpack(file: BinaryIO, key: bytes, folder: Path) -> None:
    opening = Opening(file, key)
    with tarfile.open(mode="r|gz", fileobj=cast("BinaryIO", opening)) as archive:
        for member in archive:
            name = PurePosixPath(member.name)
            if name.is_absolute() or ".." in name.parts or name.parts[0] not in {DATABASE, _VERSIONS}:
                raise BackupError(f"In der Sicherung steht etwas Unbekanntes: {member.name}.")
            place = folder / name
            content = archive.extractfile(member) if member.isfile() else None
            if content is None:
                place.mkdir(parents=True, exist_ok=True)
                continue
            with place.open("xb") as made:
                shutil.copyfileobj(content, made)
    while opening.read(2**16):  # to the very end: only then it is known that nothing was cut off
        pass
