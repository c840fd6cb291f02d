"""What a killed program left on the disk: looked at in a copy, because opening the file itself would change it."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.storage import DATABASE


@contextmanager
def copied(data: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a copy of the database in this folder and of its log: what is not in it was not committed."""
    with tempfile.TemporaryDirectory() as folder:
        for name in (DATABASE, f"{DATABASE}-wal"):
            if (source := data / name).exists():
                shutil.copy(source, folder)
        with closing(sqlite3.connect(Path(folder) / DATABASE)) as connection:
            yield connection
