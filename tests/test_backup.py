"""Backup, restore and a new key: everything is there afterwards, nothing is overwritten, a wrong key changes nothing."""

import asyncio
import base64
import sqlite3
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from bot import backup, envelope, rotation
from bot.backup import BackupError
from bot.claim import ClaimedError, claimed
from bot.commands import main
from bot.config import Settings
from bot.envelope import EnvelopeError, Opening, Sealing
from bot.secrets import Vault
from bot.storage import Statement, StorageError, Store
from bot.surroundings import Surroundings
from tests.case_at_hand import open_case
from tests.conftest import HWK_KOELN, KEY, Bot

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
SECRET = "Hund-Katze-Maus-Frage"
SIGNAL = Statement("INSERT INTO signals (at, kind, entry, dedupe) VALUES (0, 'k', 'e', 'd')", ())


def sealed(data: bytes, key: bytes = OLD) -> bytes:
    """An envelope."""
    target = BytesIO()
    sealing = Sealing(target, key)
    sealing.write(data)
    sealing.finish()
    return target.getvalue()


def unfinished(folder: Path) -> list[Path]:
    """Files that a backup leaves only when it is interrupted."""
    return list(folder.glob(".*"))


# -- the envelope ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [0, 1, 2**20 - 1, 2**20, 2**20 + 1, 2 * 2**20, 2 * 2**20 + 5])
def test_what_was_sealed_opens(length: int) -> None:
    """At every boundary of a chunk."""
    data = bytes(length // 2) + b"x" * (length - length // 2)
    assert Opening(BytesIO(sealed(data)), OLD).readall() == data


@pytest.mark.parametrize("cut", [1, 16, 17, 2**20, 2**20 + 16, 2**20 + 21])
def test_a_cut_envelope_does_not_open(cut: int) -> None:
    """Also when exactly a whole chunk is missing at the end."""
    whole = sealed(b"x" * (2 * 2**20 + 5))
    with pytest.raises(EnvelopeError, match="beschädigt oder unvollständig"):
        Opening(BytesIO(whole[:-cut]), OLD).readall()


def test_swapped_chunks_do_not_open() -> None:
    """Each chunk has its place."""
    whole = sealed(b"a" * 2**20 + b"b" * 2**20 + b"c")
    head = len(whole) - 2 * (2**20 + 16) - 17
    size = 2**20 + 16
    swapped = whole[:head] + whole[head + size : head + 2 * size] + whole[head : head + size] + whole[-17:]
    with pytest.raises(EnvelopeError):
        Opening(BytesIO(swapped), OLD).readall()


@given(where=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_every_changed_bit_is_noticed(where: int, bit: int) -> None:
    """Header and content."""
    changed = bytearray(sealed(b"ein Satz"))
    changed[where % len(changed)] ^= 1 << bit
    with pytest.raises(EnvelopeError):
        Opening(BytesIO(bytes(changed)), OLD).readall()


def test_each_reason_has_its_sentence() -> None:
    """Another key, another file."""
    with pytest.raises(EnvelopeError, match="anderen Schlüssel"):
        Opening(BytesIO(sealed(b"x")), NEW)
    with pytest.raises(EnvelopeError, match="keine Sicherung"):
        Opening(BytesIO(b"x" * 1000), OLD)
    assert b"ein Satz" not in sealed(b"ein Satz")
    assert envelope._CHUNK == 2**20


# -- backup and restore ------------------------------------------------------------------------------------------------


async def test_restored_cases_go_on(bot: Bot, tmp_path: Path, around: Surroundings) -> None:
    """Saved while the bot runs, restored on an empty machine: the open cases are taken, answered and closed there."""
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot, SECRET)
    await bot.lotse.presses("Übernehmen")
    await open_case(bot, "Zweite " + SECRET)
    waiting = bot.lotse.last
    file = tmp_path / "x.backup"
    size = backup.write(bot.settings.data_dir, bot.settings.key(), file)
    assert size == file.stat().st_size
    assert oct(file.stat().st_mode & 0o777) == "0o600"
    assert unfinished(tmp_path) == []
    for words in (SECRET, str(bot.employer.id), "SQLite format"):
        assert words.encode() not in file.read_bytes()
    await bot.stop()

    fresh = tmp_path / "neu"
    await backup.restore(fresh, bot.settings.key(), file)
    assert sorted(path.name for path in fresh.iterdir()) == ["lotsenbot.db", "lotsenbot.lock", "versions"]
    old_versions = sorted(path.name for path in (bot.settings.data_dir / "versions").iterdir())
    assert sorted(path.name for path in (fresh / "versions").iterdir()) == old_versions
    (fresh / "cache").symlink_to((bot.settings.data_dir / "cache").resolve())
    bot.settings = bot.settings.model_copy(update={"data_dir": fresh})
    await bot.start()

    await bot.lotse.presses("Übernehmen", message=waiting)
    await bot.quiet()
    await bot.lotse.says("Antwort nach dem Umzug", reply_to=waiting.id)
    await bot.quiet()
    assert "Antwort nach dem Umzug" in bot.employer.last.text
    await bot.employer.says("/meinedaten")
    await bot.quiet()
    [*_, media] = [message.media for message in bot.employer.received if message.media is not None]
    assert media.data.decode().count(SECRET) >= 2


async def test_restore_overwrites_nothing(tmp_path: Path) -> None:
    """Neither a database nor versions, nor while a bot runs there."""
    data, file = await saved(tmp_path)
    for name in ("lotsenbot.db", "versions"):
        folder = tmp_path / f"mit-{name}"
        folder.mkdir()
        (folder / name).touch()
        with pytest.raises(BackupError, match=rf"liegt schon {name}\. Es wird nichts überschrieben"):
            await backup.restore(folder, OLD, file)
        assert (folder / name).read_bytes() == b""
    with claimed(tmp_path / "läuft"), pytest.raises(ClaimedError, match="läuft schon"):
        await backup.restore(tmp_path / "läuft", OLD, file)
    assert (data / "lotsenbot.db").exists()


async def saved(tmp_path: Path) -> tuple[Path, Path]:
    """A data folder with a signal, and its backup."""
    data, file = tmp_path / "data", tmp_path / "x.backup"
    async with Store.opened(data / "lotsenbot.db", Vault(OLD)) as store:
        await store.append(SIGNAL)
    backup.write(data, OLD, file)
    return data, file


async def test_restore_changes_nothing_when_it_fails(tmp_path: Path) -> None:
    """Another key, a cut file, no such file: the sentence, and an empty folder."""
    _, file = await saved(tmp_path)
    cut = tmp_path / "cut"
    cut.write_bytes(file.read_bytes()[:-3])
    fresh = tmp_path / "neu"
    for source, key, sentence in (
        (file, NEW, "anderen Schlüssel"),
        (cut, OLD, "unvollständig"),
        (tmp_path / "fehlt", OLD, "kann nicht zurückgespielt werden"),
    ):
        with pytest.raises(BackupError, match=sentence):
            await backup.restore(fresh, key, source)
        assert [path.name for path in fresh.iterdir()] == ["lotsenbot.lock"]


async def test_backup_refuses(tmp_path: Path) -> None:
    """An existing file, a folder without a database, another key, a damaged database."""
    data, file = await saved(tmp_path)
    before = file.read_bytes()
    with pytest.raises(BackupError, match="gibt es schon"):
        backup.write(data, OLD, file)
    assert file.read_bytes() == before
    with pytest.raises(BackupError, match="keine Datenbank"):
        backup.write(tmp_path / "leer", OLD, tmp_path / "y")
    with pytest.raises(BackupError, match="DATA_KEY passt nicht"):
        backup.write(data, NEW, tmp_path / "y")
    with pytest.raises(BackupError, match="nicht gelungen"):
        backup.write(data, OLD, tmp_path / "kein-ordner" / "y")
    (data / "lotsenbot.db").write_bytes(b"rubbish" * 1000)
    with pytest.raises(BackupError, match="nicht gelungen"):
        backup.write(data, OLD, tmp_path / "y")
    assert not (tmp_path / "y").exists()
    assert list(data.glob(".backup-*")) == []


# -- another key -------------------------------------------------------------------------------------------------------


async def test_a_new_key_opens_everything_and_the_old_one_nothing(bot: Bot) -> None:
    """After the change the bot goes on with the new key; the old one is refused, and nothing in the file opens with it."""
    await bot.link(HWK_KOELN, bot.lotse)
    await open_case(bot, SECRET)
    await bot.employer.says("/lotse")
    await bot.quiet()
    await bot.stop()
    data = bot.settings.data_dir
    rotated = await rotation.rotate(data, Vault(bot.settings.key()), Vault(NEW))
    assert rotated.done > 5
    assert rotated.lost == 0

    with pytest.raises(StorageError, match="DATA_KEY passt nicht"):
        async with Store.opened(data / "lotsenbot.db", Vault(OLD)):
            pass
    bot.settings = bot.settings.model_copy(
        update={"data_key": new_key()},
    )
    await bot.start()
    await bot.employer.says("/meinedaten")
    await bot.quiet()
    [*_, media] = [message.media for message in bot.employer.received if message.media is not None]
    assert SECRET in media.data.decode()


def new_key() -> SecretStr:
    """``NEW`` in the form of the setting."""
    return SecretStr(base64.b64encode(NEW).decode())


async def test_what_was_unreadable_stays_and_is_counted(tmp_path: Path) -> None:
    """A damaged value must not prevent the change for all others."""
    data, _ = await saved(tmp_path)
    async with Store.opened(data / "lotsenbot.db", Vault(OLD)) as store, store.transaction() as tx:
        await tx.run("INSERT INTO chats (chat_id, talk, first_seen) VALUES (1, X'00', 0)")
    rotated = await rotation.rotate(data, Vault(OLD), Vault(NEW))
    assert rotated == rotation.Rotated(done=1, lost=1)
    with pytest.raises(StorageError, match="DATA_KEY passt nicht"):
        await rotation.rotate(data, Vault(OLD), Vault(NEW))


def test_the_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As an operator types them: sentences, exit codes, and what they refuse."""
    for item in Settings.model_fields.values():
        monkeypatch.delenv(item.alias or "", raising=False)
    monkeypatch.chdir(tmp_path)
    for name, value in {"BOT_TOKEN": "123456:ABCDEFGH", "ADMIN_IDS": "5", "DATA_KEY": KEY}.items():
        monkeypatch.setenv(name, value)
    assert main(["backup", "a.backup"]) == 2
    assert "keine Datenbank" in capsys.readouterr().err

    async def make() -> None:
        async with Store.opened(Path("data/lotsenbot.db"), Vault(OLD)) as store:
            await store.append(SIGNAL)

    asyncio.run(make())
    assert main(["backup", "a.backup"]) == 0
    assert capsys.readouterr().out.startswith("Gesichert: a.backup (")
    assert main(["restore", "a.backup"]) == 2
    assert "Es wird nichts überschrieben" in capsys.readouterr().err

    Path("neu.key").write_text("kein Schlüssel", "utf-8")
    assert main(["rotate-key", "neu.key"]) == 2
    assert "neu.key ist kein Schlüssel" in capsys.readouterr().err
    assert main(["rotate-key", "fehlt.key"]) == 2
    assert "fehlt.key ist nicht lesbar" in capsys.readouterr().err
    Path("alt.key").write_text(KEY, "utf-8")
    assert main(["rotate-key", "alt.key"]) == 2
    assert "der schon gilt" in capsys.readouterr().err
    assert main(["key"]) == 0
    Path("neu.key").write_text(capsys.readouterr().out, "utf-8")
    with claimed(Path("data")):
        assert main(["rotate-key", "neu.key"]) == 3
    assert "läuft schon" in capsys.readouterr().err
    assert main(["rotate-key", "neu.key"]) == 0
    assert capsys.readouterr().out.startswith("1 Werte sind neu verschlüsselt.\n")

    monkeypatch.setenv("DATA_DIR", "zweitens")
    assert main(["restore", "a.backup"]) == 0
    assert capsys.readouterr().out.startswith("Zurückgespielt nach zweitens.")
    connection = sqlite3.connect("zweitens/lotsenbot.db")
    assert connection.execute("SELECT dedupe FROM signals").fetchall() == [("d",)]
    connection.close()


def test_the_claim_ends_with_its_block(tmp_path: Path) -> None:
    """Two at once never, one after the other always; a folder that cannot be written is explained."""
    for _ in range(2):
        with claimed(tmp_path), pytest.raises(ClaimedError):
            claimed(tmp_path).__enter__()
    (tmp_path / "datei").touch()
    with pytest.raises(StorageError, match="nicht beschreibbar"):
        claimed(tmp_path / "datei").__enter__()
