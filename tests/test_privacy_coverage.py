"""No table is forgotten: what holds something about a person is shown by /meinedaten and removed by /loeschen."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.clock import to_ms
from bot.conversations import Conversations
from bot.demo import Person
from bot.model import ChatId, UpdateId
from bot.privacy import Privacy
from bot.retention import Retention
from bot.secrets import Vault, WrongKeyError
from bot.storage import Reader, Row, Store, Transaction
from bot.tables import privacy as rows
from bot.tables import sealed
from tests.case_at_hand import later, open_case
from tests.conftest import HWK_KOELN, Bot
from tests.whole_rows import whole
from tests.wound_clock import WoundClock

ME, OTHER = ChatId(424_242), ChatId(989_898)
FAR = UpdateId(2**40)


def is_chat(column: str) -> bool:
    """Whether a column holds chat numbers, by its name."""
    return column == "chat_id" or column.endswith("_chat")


async def schema(store: Store) -> dict[str, Sequence[Row]]:
    """All tables with their columns."""
    return await sealed.tables(store.read)


async def test_every_table_is_known(store: Store) -> None:
    """A new table is about people, with a column that says whom, or it is not."""
    tables = await schema(store)
    assert set(tables) == set(rows.OWNED) | rows.WITHOUT_PEOPLE, (
        "bot/tables/privacy.py: OWNED, WITHOUT_PEOPLE"
    )
    for table, columns in tables.items():
        names = {column["name"] for column in columns}
        if table in rows.OWNED:
            assert rows.OWNED[table] in names
        else:
            assert not {name for name in names if is_chat(name) or name == "case_id"}, table


async def test_numbers_of_chats_stand_where_they_are_looked_for(store: Store) -> None:
    """Integer columns that hold a chat are named so: by their name they are left out of what others are shown."""
    for table, columns in (await schema(store)).items():
        for column in columns:
            name = str(column["name"])
            if "chat" in name or name in {"employer", "user", "user_id", "person", "admin", "author"}:
                assert is_chat(name), f"{table}.{name}"


async def filled(store: Store, owner: ChatId) -> None:
    """One row about ``owner`` in every table of people, whatever its columns; sealed ones say which they are."""
    async with store.transaction() as tx:
        await tx.one("PRAGMA ignore_check_constraints = ON")
        tables = await sealed.tables(tx)
        for table in sorted(rows.OWNED, key=lambda name: name != "cases"):  # others refer to the case
            await insert(tx, table, tables[table], owner)
        await tx.one("PRAGMA ignore_check_constraints = OFF")


async def insert(tx: Transaction, table: str, columns: Sequence[Row], owner: ChatId) -> None:
    values: dict[str, Any] = {}
    for column in columns:
        name = column["name"]
        if name == rows.OWNED[table]:
            values[name] = owner
        elif is_chat(name):
            values[name] = OTHER
        elif name in {"case_id", "id", "one"}:
            values[name] = 1
        elif column["type"] == "BLOB":
            values[name] = tx.vault.seal(f'"<{table}.{name}>"', f"{table}.{name}")
        elif column["type"] == "TEXT":
            values[name] = "aside" if (table, name) == ("updates", "state") else f"{table}.{name}"
        else:
            values[name] = 7
    marks = ", ".join("?" * len(values))
    await tx.run(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", *values.values())  # noqa: S608  # names of the schema


async def test_every_sealed_field_is_shown(store: Store) -> None:
    """Whatever table it is in; chat numbers of others are not, neither in columns nor in stored values."""
    await filled(store, ME)
    async with store.transaction() as tx:
        payload = {"from": OTHER, "chat": ME, "text": "Wort", "list": [{"chat": OTHER}]}
        await tx.run("UPDATE outbox SET payload = ?", tx.vault.seal_json(payload, "outbox.payload"))
    shown = json.dumps(await rows.rows_of(store.read, ME))
    for column in await sealed.columns(store.read):
        if column.table in rows.OWNED and column.table not in rows.NOT_SHOWN and column.table != "outbox":
            assert f"<{column.table}.{column.name}>" in shown, column
    assert '"payload": {"chat": 424242, "text": "Wort", "list": [{}]}' in shown
    assert str(OTHER) not in shown
    assert await rows.rows_of(store.read, ChatId(1)) == {}


async def test_rows_of_my_cases_are_mine(store: Store) -> None:
    """What waits for the Lotse in my case is shown to me, without the Lotse's number."""
    await filled(store, ME)
    async with store.transaction() as tx:
        await tx.run("UPDATE outbox SET chat_id = ?", OTHER)
    shown = await rows.rows_of(store.read, ME)
    assert shown["outbox"][0]["payload"] == "<outbox.payload>"
    assert "chat_id" not in shown["outbox"][0]
    assert "outbox" in await rows.rows_of(store.read, OTHER)
    assert "cases" not in await rows.rows_of(store.read, OTHER)


async def test_erasure_leaves_nothing(store: Store, clock: WoundClock) -> None:
    """In no column of any table; a Lotse's link stays until /entkoppeln."""
    await filled(store, ME)
    async with store.transaction() as tx:
        # The case's own rows are addressed to the Lotse.
        await tx.run("UPDATE outbox SET chat_id = ? WHERE case_id IS NOT NULL", OTHER)
        await tx.run("UPDATE case_messages SET chat_id = ?", OTHER)
    await Privacy(store, clock, Retention(), wake_outbox=lambda: None).erase(ME, FAR)
    left = {table for table in rows.OWNED if await holds(store.read, table, ME)}
    assert left <= rows.KEPT
    for table in ("cases", "case_messages", "chats", "dialogs", "invites", "updates"):
        assert await store.read.all(f"SELECT * FROM {table}") == (), table  # noqa: S608  # a name of the schema
    told = await store.read.all("SELECT chat_id, kind, case_id FROM outbox")
    assert [(row["chat_id"], row["kind"], row["case_id"]) for row in told] == [
        (OTHER, "erased", None),
        (-1, "mail", None),  # it had gone out by mail
    ]


async def holds(reader: Reader, table: str, chat: ChatId) -> bool:
    """Whether any column of any row is this number."""
    return any(chat in row for row in whole(await reader.all(f"SELECT * FROM {table}")))  # noqa: S608  # a name of the schema


async def test_erasure_reaches_what_is_parked(store: Store, clock: WoundClock) -> None:
    """Updates before the one that asked are removed, also set aside ones; what was written after it is kept."""
    async with store.transaction() as tx:
        for update, state in ((1, "parked"), (2, "aside"), (3, "parked"), (4, "parked")):
            sql = "INSERT INTO updates (update_id, chat_id, state, raw, at) VALUES (?, ?, ?, ?, 0)"
            await tx.run(sql, update, ME, state, tx.vault.seal_json({}, "updates.raw"))
    await Privacy(store, clock, Retention(), wake_outbox=lambda: None).erase(ME, UpdateId(3))
    assert [row["update_id"] for row in await store.read.all("SELECT update_id FROM updates")] == [3, 4]


async def test_what_a_lotse_was_told_of_me_is_not_told_after_erasure(bot: Bot) -> None:
    """The name of a person who pressed a link does not wait for the admin any longer."""
    await bot.employer.starts()
    bot.admin.opens()
    await bot.quiet()
    await bot.admin.blocks()
    token = await bot.app.linking.invite(HWK_KOELN, ChatId(bot.admin.id))
    await bot.app.linking.press(token, ChatId(bot.employer.id), "Anna Geheim")
    await bot.app.privacy.erase(ChatId(bot.employer.id), FAR)
    dump = json.dumps(await bot.app.privacy.stored(ChatId(bot.admin.id)))
    assert "Anna Geheim" not in dump


async def test_old_cards_say_erased_too(bot: Bot, deputy: Person) -> None:
    """Also the card of the Lotse who did not take the case, so that it was passed on."""
    await open_case(bot, "Frage")
    for hours in (5, 24):
        await later(bot, hours=hours)
    assert "Fall TEST0001" in deputy.last.text
    await bot.employer.says("/loeschen")
    await bot.quiet()
    await bot.employer.presses("Ja, alles löschen")
    await bot.quiet()
    for person in (bot.lotse, deputy):
        assert [m for m in person.received if m.text.startswith("⚪ Vom Betrieb gelöscht")], person


async def test_statistics_hold_no_chat(store: Store, clock: WoundClock) -> None:
    """The cause of a rating is a keyed hash: the same twice counts once, and says nothing without the key."""
    talks = Conversations(store, clock)
    for _ in range(2):
        await talks.signal("helped", "eq-dauer", cause=f"rate:5:{ME}")
    await talks.signal("helped", "eq-dauer", cause=f"rate:6:{ME}")
    found = await store.read.all("SELECT * FROM signals")
    assert len(found) == 2
    assert str(ME) not in str(whole(found))
    assert Vault(b"x" * 32).digest("a") != Vault(b"y" * 32).digest("a")


async def test_whoever_is_silent_is_forgotten(store: Store, clock: WoundClock) -> None:
    """Number and place of a firm go with its talk, unless a case is still stored; what could not be read goes too."""
    async with store.transaction() as tx:
        for chat in (1, 2, 3):
            sql = "INSERT INTO chats (chat_id, talk, talk_at, profile, first_seen) VALUES (?, X'01', ?, X'01', 0)"
            await tx.run(sql, chat, to_ms(clock.now()) if chat == 3 else 0)
        await tx.run(
            "INSERT INTO cases (number, employer_chat, lotse, land, kreis, place, branch, state, question, context,"
            " source_update, opened_at) VALUES ('N', 2, '', '', '', '', '', 'open', X'01', X'01', 1, 0)"
        )
        await tx.run(
            "INSERT INTO updates (update_id, chat_id, state, raw, at) VALUES (1, 1, 'parked', X'01', 0)"
        )
    await Privacy(store, clock, Retention(), wake_outbox=lambda: None).forget()
    left = await store.read.all("SELECT chat_id, talk FROM chats ORDER BY chat_id")
    assert [(row["chat_id"], row["talk"]) for row in left] == [(2, None), (3, b"\x01")]
    assert await store.read.all("SELECT * FROM updates") == ()


async def test_what_a_bot_writes_is_sealed(bot: Bot) -> None:
    """After a whole dialogue every BLOB opens for the purpose that its table and column name."""
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot, "Frage")
    await bot.employer.says("/lotse")
    await bot.quiet()
    await bot.stop()
    seen = set()
    async with Store.opened(Path(bot.settings.data_dir) / "lotsenbot.db", Vault(bot.settings.key())) as store:
        for column in await sealed.columns(store.read):
            sql = f"SELECT {column.name} AS value FROM {column.table} WHERE {column.name} IS NOT NULL"  # noqa: S608  # names of the schema
            for row in await store.read.all(sql):
                try:
                    store.vault.open(row["value"], column.purpose)
                except WrongKeyError:
                    pytest.fail(f"{column} is not sealed for {column.purpose}")
                seen.add(column.table)
    await bot.start()
    assert seen >= {"cases", "chats", "dialogs", "outbox", "key_check", "invites"}
