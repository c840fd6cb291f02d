"""Upgrades: a database of every released schema, with rows in every table, becomes one of today's, and nothing is lost.

``tests/data/schema/after_NNNN.sql`` are dumps as the program wrote them when step NNNN was its newest. They are never
changed; whoever releases a step adds one.
"""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot import storage
from bot.config import Settings
from bot.demo import StandIn
from bot.model import CaseId, ChatId
from bot.secrets import Vault
from bot.storage import Store
from bot.surroundings import Surroundings
from bot.tables import cases, privacy, sealed, situation
from tests.conftest import EMPLOYER, LOTSE, running
from tests.wound_clock import WoundClock

DUMPS = sorted((Path(__file__).parent / "data" / "schema").glob("after_*.sql"))
VAULT = Vault(bytes(range(32)))
ME = ChatId(EMPLOYER)


def made(dump: Path, database: Path) -> None:
    """The database of a dump."""
    database.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(dump.read_text("utf-8"))


def shape(database: Path) -> dict[str, set[tuple[str, str]]]:
    """Tables with their columns and types."""
    with closing(sqlite3.connect(database)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: {(column[1], column[2]) for column in connection.execute(f"PRAGMA table_info({name})")}
            for (name,) in names
        }


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.stem)
async def test_an_old_database_becomes_one_of_today(dump: Path, tmp_path: Path) -> None:
    """The same tables as a fresh one; every value of every person opens and says what it said."""
    made(dump, tmp_path / "old.db")
    async with Store.opened(tmp_path / "new.db", VAULT):
        pass
    async with Store.opened(tmp_path / "old.db", VAULT) as store:
        found = [await cases.get(store.read, CaseId(number)) for number in (1, 2, 3)]
        assert [case.question for case in found if case] == ["Frage 1", "Frage 2", "Frage 3"]
        assert [str(case.state) for case in found if case] == ["taken", "open", "closed"]
        assert all(case.first_lotse == "WL091" for case in found if case)
        state = await situation.of(store.read, ME, now=0, dialogs_since=0)
        assert state.talk.question == "Wie lange dauert eine EQ?"
        assert state.dialog is not None
        assert state.dialog.data["question"] == "Noch eine Frage"
        stored = await privacy.rows_of(store.read, ME)
        assert stored["outbox"][0]["payload"] == {"text": "Wort des Lotsen"}
        assert stored["updates"][0]["raw"] == {"update_id": 201}
        for column in await sealed.columns(store.read):
            sql = f"SELECT {column.name} AS value FROM {column.table} WHERE {column.name} IS NOT NULL"  # noqa: S608  # names of the schema
            for row in await store.read.all(sql):
                store.vault.open(row["value"], column.purpose)
        signals = await store.read.all("SELECT dedupe FROM signals ORDER BY id")
        assert str(EMPLOYER) not in signals[0]["dedupe"]
        steps = {row["number"] for row in await store.read.all("SELECT number FROM migrations")}
        assert steps == set(storage._migrations())
    assert shape(tmp_path / "old.db") == shape(tmp_path / "new.db")


@pytest.mark.parametrize("dump", DUMPS[-1:], ids=lambda dump: dump.stem)
async def test_the_cases_of_an_old_database_go_on(
    dump: Path, telegram_by_hand: StandIn, clock: WoundClock, settings: Settings, around: Surroundings
) -> None:
    """The whole bot starts on it: what waited is delivered, the open case is there to take."""
    made(dump, settings.data_dir / "lotsenbot.db")
    for number in (EMPLOYER, LOTSE):
        telegram_by_hand.user("Wer", id=number).opens()
    async with running(telegram_by_hand, clock, settings, around) as bot:
        await bot.quiet()
        assert "Wort des Lotsen" in bot.employer.last.text
        await bot.lotse.says("/faelle")
        await bot.quiet()
        assert "TEST0001" in bot.lotse.last.text
        assert "TEST0002" in bot.lotse.last.text


def test_steps_have_one_number_each() -> None:
    """Two helpers never take the same number: names in the folder are unique by number."""
    folder = Path(storage.__file__).parent / "migrations"
    numbers = [re.match(r"\d{4}", file.name) for file in folder.glob("*.sql")]
    found = [match.group() for match in numbers if match]
    assert len(found) == len(set(found)) == len(storage._migrations())


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.stem)
async def test_the_wrong_key_changes_no_old_database(dump: Path, tmp_path: Path) -> None:
    """It is refused before the first step: a dump afterwards is the one from before."""
    made(dump, tmp_path / "old.db")
    before = shape(tmp_path / "old.db")
    with pytest.raises(storage.StorageError, match="DATA_KEY passt nicht"):
        async with Store.opened(tmp_path / "old.db", Vault(bytes(32))):
            pass
    assert shape(tmp_path / "old.db") == before
