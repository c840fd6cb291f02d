"""One program a data folder: a lock of the operating system, which ends with the process, however it ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.storage import StorageError

_NAME = "lotsenbot.lock"


class ClaimedError(Exception):
    """Another program works on this folder; the text is a German sentence for the operator."""


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Nobody else works on ``folder`` while the block runs; raises ``ClaimedError`` when somebody does.

    Two on one database would each deliver the same outbox, and a change of the key under a running bot would leave
    what it writes afterwards unreadable.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / _NAME).open("ab")
    except OSError as error:
        message = f"Der Ordner {folder} ist nicht beschreibbar ({error.strerror}). Rechte am Ordner prüfen (DATA_DIR)."
        raise StorageError(message) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            message = f"Der Bot läuft schon mit dem Ordner {folder}. Bitte zuerst beenden; es wurde nichts verändert."
            raise ClaimedError(message) from error
        yield
