"""``lotsenbot doctor``: each trouble has its sentence, nothing is changed, the token is never shown."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import doctor
from bot.clock import SystemClock
from bot.commands import main
from bot.config import Settings
from bot.demo import StandIn
from bot.doctor import BAD, GOOD, NOTE, Finding
from bot.secrets import Vault
from bot.storage import Store
from tests.conftest import HWK_KOELN, KEY, Bot
from tests.mail_at_hand import mail_server

Env = dict[str, str]


@pytest.fixture
def env(telegram: StandIn, tmp_path: Path, cache_folder: Path, knowledge_folder: Path) -> Env:
    """Settings of a bot on the local Telegram."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "cache").symlink_to(cache_folder)
    return {
        "BOT_TOKEN": telegram.token,
        "ADMIN_IDS": "1,2",
        "DATA_KEY": KEY,
        "DATA_DIR": str(data),
        "TELEGRAM_URL": telegram.base_url,
        "KNOWLEDGE_DIR": str(knowledge_folder),
    }


async def found(env: Env) -> str:
    """Everything it says."""
    return "\n".join(map(str, await doctor.examine(env, SystemClock())))


async def test_all_is_well(env: Env, telegram: StandIn) -> None:
    """Before the first start there is no database yet; the rest is good."""
    said = await found(env)
    assert BAD not in said
    for text in (
        "✓ Einstellungen: vollständig, 2 Admin(s).",
        "✓ Platte: ",
        "! Datenbank: gibt es noch nicht",
        "✓ Wissen (",
        "5 Lotsen",
        "✓ Token: gehört @",
        "✓ Uhr: stimmt",
        "✓ Abruf: Long Polling, kein Webhook angemeldet, 0 Nachrichten warten.",
    ):
        assert text in said
    assert telegram.token not in said
    assert not await asyncio.to_thread(Path(env["DATA_DIR"], "lotsenbot.db").exists)


async def test_beside_a_running_bot(bot: Bot) -> None:
    """Database, key, open cases and linked Lotsen."""
    await bot.link(HWK_KOELN, bot.lotse)
    said = "\n".join(map(str, doctor._database(bot.settings)))
    assert said == (
        "✓ Datenbank: in Ordnung, 0 offene Fälle.\n✓ Schlüssel: passt zur Datenbank.\n✓ Lotsen: 1 verbunden und erreichbar."
    )


async def test_settings_come_first(env: Env) -> None:
    """Without them nothing else is looked at."""
    assert await doctor.examine({**env, "ADMIN_IDS": "", "DATA_KEY": "x"}, SystemClock()) == [
        Finding(BAD, "ADMIN_IDS fehlt: die Telegram-Nummer mindestens eines Admins in .env eintragen.")
    ]


async def test_database_and_key(env: Env) -> None:
    """Another key, a damaged file."""
    path = Path(env["DATA_DIR"]) / "lotsenbot.db"
    async with Store.opened(path, Vault(bytes(32))):
        pass
    said = await found(env)
    assert "✗ Schlüssel: passt nicht zu dieser Datenbank." in said
    assert "! Lotsen: 0 verbunden" in said
    await asyncio.to_thread(path.write_bytes, b"rubbish" * 1000)
    assert "✗ Datenbank: kann nicht gelesen werden" in await found(env)


async def test_knowledge(env: Env, knowledge_folder: Path) -> None:
    """The first problem with file and line, and how many more."""
    file = knowledge_folder / "lotsen.yaml"
    text = await asyncio.to_thread(file.read_text, "utf-8")
    await asyncio.to_thread(file.write_text, text.replace("art: HWK", "art: GmbH"), "utf-8")
    said = await found(env)
    assert "✗ Wissen (" in said
    assert "lotsen.yaml:" in said


async def test_telegram(env: Env, telegram: StandIn) -> None:
    """A token nobody knows, an address where nobody answers: without the token in the sentence."""
    telegram.journal.allow("a call with a wrong token")
    wrong = "123456:ABCDEFGH_geheim"
    said = await found({**env, "BOT_TOKEN": wrong})
    assert "✗ Token: Telegram erkennt BOT_TOKEN nicht an." in said
    assert "geheim" not in said
    said = await found({**env, "TELEGRAM_URL": "http://127.0.0.1:1", "BOT_TOKEN": wrong})
    assert "✗ Telegram: nicht erreichbar (ClientConnectorError)." in said
    assert "geheim" not in said


@pytest.mark.parametrize(
    ("there", "wanted", "says"),
    [
        ("", "", "✓ Abruf: Long Polling"),
        ("https://x.example/a", "https://x.example/a", "✓ Webhook: bei Telegram angemeldet"),
        ("", "https://x.example/a", "! Webhook: noch nicht angemeldet"),
        ("https://x.example/a", "", "! Webhook: bei Telegram ist noch einer angemeldet"),
    ],
)
def test_webhook(env: Env, there: str, wanted: str, says: str) -> None:
    """What Telegram has beside what the settings want, and Telegram's last complaint."""
    settings = Settings.from_env({**env, "WEBHOOK_URL": wanted, "WEBHOOK_SECRET": "x" * 16})
    info = {"url": there, "pending_update_count": 3, "last_error_message": "SSL error"}
    said = list(map(str, doctor._hook(settings, info)))
    assert said[0].startswith(says)
    assert any("SSL error" in line for line in said) == bool(wanted)


@pytest.mark.parametrize(
    ("date", "mark"),
    [
        ("Tue, 01 Sep 2026 08:00:03 GMT", GOOD),
        ("Tue, 01 Sep 2026 08:00:30 GMT", NOTE),
        ("Tue, 01 Sep 2026 07:50:00 GMT", BAD),
        ("", NOTE),
        ("gestern", NOTE),
    ],
)
def test_clock(date: str, mark: str) -> None:
    """Against Telegram's Date header."""
    assert doctor._time(date, datetime(2026, 9, 1, 8, 0, tzinfo=UTC)).mark == mark


def test_disk_and_folder(tmp_path: Path) -> None:
    """No folder yet is no trouble."""
    [finding] = doctor._folder(tmp_path / "neu")
    assert finding.mark == NOTE
    assert [finding.mark for finding in doctor._folder(tmp_path)] == [GOOD]


def test_the_command(
    env: Env, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """One line a finding; exit code 1 when anything is bad."""
    for item in Settings.model_fields.values():
        monkeypatch.delenv(item.alias or "", raising=False)
    monkeypatch.chdir(tmp_path)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TELEGRAM_URL", "http://127.0.0.1:1")
    assert main(["doctor"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("✓ Einstellungen")
    assert all(line[:2] in {"✓ ", "! ", "✗ "} for line in lines)


async def test_mail(env: Env) -> None:
    """Not set, in order, refused, without the encryption that is asked for."""
    assert "✓ E-Mail: nicht eingerichtet" in await found(env)
    async with mail_server() as box:
        env |= {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(box.port), "SMTP_FROM": "bot@amt.example"}
        assert "✗ E-Mail: der Mailserver bietet die Verschlüsselung" in await found(env)
        assert "✓ E-Mail: 127.0.0.1" in await found(env | {"SMTP_TLS": "none"})
    assert "antwortet nicht wie erwartet (SMTPConnectError)" in await found(env | {"SMTP_TLS": "none"})
