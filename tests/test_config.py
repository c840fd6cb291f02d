"""Settings: every problem gets one German sentence that names the setting; secrets never show."""

import base64
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.config import KEY_BYTES, Settings, SettingsError, env_example
from bot.mail_server import MailServer

KEY = base64.b64encode(bytes(range(KEY_BYTES))).decode()
TOKEN = "123456:ABC-def_123"
LEAST = {"BOT_TOKEN": TOKEN, "ADMIN_IDS": "12345678", "DATA_KEY": KEY}


def problems(**changes: str) -> tuple[str, ...]:
    """What is said about the least settings with ``changes``; an empty value counts as not set."""
    with pytest.raises(SettingsError) as error:
        Settings.from_env({**LEAST, **changes})
    assert str(error.value) == "\n".join(error.value.problems)
    return error.value.problems


def test_the_least_settings() -> None:
    """Token, admins and key are enough; the rest has defaults."""
    settings = Settings.from_env(LEAST)

    assert settings.bot_token.get_secret_value() == TOKEN
    assert settings.admin_ids == (12345678,)
    assert settings.editor_ids == ()
    assert settings.key() == bytes(range(KEY_BYTES))
    assert settings.data_dir == Path("data")
    assert settings.knowledge_dir is None
    assert settings.webhook_url == ""
    assert settings.telegram_url == "https://api.telegram.org"
    assert settings.steps().take == timedelta(hours=4)
    assert settings.steps().urgent == timedelta(minutes=30)
    assert settings.retention().cases == timedelta(days=180)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (
            "BOT_TOKEN",
            "",
            "BOT_TOKEN fehlt: @BotFather in Telegram nach einem Token fragen und ihn in .env eintragen.",
        ),
        (
            "BOT_TOKEN",
            "geheim",
            "BOT_TOKEN sieht nicht wie ein Token aus (123456:ABC…); @BotFather nennt ihn.",
        ),
        (
            "ADMIN_IDS",
            "",
            "ADMIN_IDS fehlt: die Telegram-Nummer mindestens eines Admins in .env eintragen.",
        ),
        (
            "ADMIN_IDS",
            "@ada",
            "ADMIN_IDS braucht Telegram-Nummern, durch Komma getrennt, z. B. 12345678,87654321.",
        ),
        (
            "ADMIN_IDS",
            ",",
            "ADMIN_IDS ist leer; ohne Admin kann niemand Lotsen einladen oder neu laden.",
        ),
        (
            "EDITOR_IDS",
            "12 -5",
            "EDITOR_IDS braucht Telegram-Nummern, durch Komma getrennt, z. B. 12345678,87654321.",
        ),
        (
            "DATA_KEY",
            "",
            "DATA_KEY fehlt: mit „lotsenbot key“ einen Schlüssel erzeugen und in .env eintragen.",
        ),
        (
            "DATA_KEY",
            "kurz",
            "DATA_KEY ist kein Schlüssel: erwartet werden 32 Byte in Base64 (44 Zeichen, „lotsenbot key“ erzeugt einen).",
        ),
        (
            "DATA_KEY",
            "ä" * 44,
            "DATA_KEY ist kein Schlüssel: erwartet werden 32 Byte in Base64 (44 Zeichen, „lotsenbot key“ erzeugt einen).",
        ),
        ("WEBHOOK_URL", "bot.example", "WEBHOOK_URL ist keine https-Adresse."),
        (
            "WEBHOOK_URL",
            "https://bot.example/pfad",
            "WEBHOOK_SECRET fehlt oder ist ungeeignet: 16 bis 256 Zeichen aus A-Z a-z 0-9 _ -.",
        ),
        (
            "WEBHOOK_LISTEN",
            "8080",
            "WEBHOOK_LISTEN hat nicht die erwartete Form, z. B. 127.0.0.1:8080.",
        ),
        (
            "TELEGRAM_URL",
            "api.telegram.org",
            "TELEGRAM_URL hat nicht die erwartete Form, z. B. https://api.telegram.org.",
        ),
        ("LOG_LEVEL", "DEBUG", "LOG_LEVEL hat nicht die erwartete Form, z. B. INFO."),
        ("GATE_MAX_LOST", "-1", "GATE_MAX_LOST braucht eine ganze Zahl ab 0."),
        ("GATE_MAX_NEW_ANSWERS", "viele", "GATE_MAX_NEW_ANSWERS braucht eine ganze Zahl ab 0."),
        ("TAKE_HOURS", "0", "TAKE_HOURS braucht eine Zahl über 0 bis 100."),
        ("TAKE_HOURS", "bald", "TAKE_HOURS braucht eine Zahl über 0 bis 100."),
        ("STEP_HOURS", "101", "STEP_HOURS braucht eine Zahl über 0 bis 100."),
        ("STEP_HOURS", "nan", "STEP_HOURS braucht eine Zahl über 0 bis 100."),
        ("URGENT_MINUTES", "601", "URGENT_MINUTES braucht eine Zahl über 0 bis 600."),
        ("RETENTION_TALK_DAYS", "0", "RETENTION_TALK_DAYS braucht eine ganze Zahl von 1 bis 3650."),
        ("RETENTION_CASE_DAYS", "1.5", "RETENTION_CASE_DAYS braucht eine ganze Zahl von 1 bis 3650."),
        ("RETENTION_ASIDE_DAYS", "366", "RETENTION_ASIDE_DAYS braucht eine ganze Zahl von 1 bis 365."),
    ],
)
def test_every_mistake_has_its_sentence(name: str, value: str, sentence: str) -> None:
    """One sentence, in German, beginning with the name of the setting."""
    assert problems(**{name: value}) == (sentence,)


def test_all_mistakes_at_once() -> None:
    """The operator sees every problem in one go, also those that concern two settings."""
    assert [text.partition(" ")[0] for text in problems(BOT_TOKEN="", ADMIN_IDS="x", LOG_LEVEL="laut")] == [
        "BOT_TOKEN",
        "ADMIN_IDS",
        "LOG_LEVEL",
    ]
    assert [text.partition(" ")[0] for text in problems(WEBHOOK_URL="https://a.example", DATA_KEY="")] == [
        "WEBHOOK_SECRET",
        "DATA_KEY",
    ]


def test_no_sentence_repeats_a_value() -> None:
    """A mistyped secret must not end up on the screen or in a log."""
    said = "\n".join(problems(BOT_TOKEN="123456-GEHEIM", DATA_KEY="")) + "\n".join(
        problems(DATA_KEY="GEHEIM")
    )
    assert "GEHEIM" not in said


@pytest.mark.parametrize("text", ["1,22,333", " 1 , 22;333 ", "1 22\n333,", "1,,22,333"])
def test_lists_of_ids(text: str) -> None:
    """Commas, semicolons and blanks separate."""
    settings = Settings.from_env({**LEAST, "ADMIN_IDS": text, "EDITOR_IDS": text})
    assert settings.admin_ids == settings.editor_ids == (1, 22, 333)


@given(ids=st.lists(st.integers(0, 2**52), min_size=1), comma=st.sampled_from([",", ", ", ";", " "]))
def test_any_ids(ids: list[int], comma: str) -> None:
    """What is written is read, in order."""
    text = comma.join(map(str, ids))
    assert Settings.from_env({**LEAST, "ADMIN_IDS": text}).admin_ids == tuple(ids)


def test_blanks_count_as_not_set() -> None:
    """An empty line of .env leaves the default; blanks around values do not matter."""
    settings = Settings.from_env({**LEAST, "TELEGRAM_URL": "  ", "EDITOR_IDS": "", "DATA_DIR": " ordner "})
    assert settings.telegram_url == "https://api.telegram.org"
    assert settings.data_dir == Path("ordner")


def test_other_variables_do_not_matter() -> None:
    """The whole environment is given in."""
    assert Settings.from_env({**LEAST, "PATH": "/bin", "bot_token_x": "1"}) == Settings.from_env(LEAST)


def test_the_key_from_a_file(tmp_path: Path) -> None:
    """DATA_KEY_FILE instead of DATA_KEY; a line end does not matter; DATA_KEY wins."""
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n", "utf-8")
    assert Settings.from_env({**LEAST, "DATA_KEY": "", "DATA_KEY_FILE": str(file)}).key() == bytes(range(32))
    other = base64.b64encode(bytes(KEY_BYTES)).decode()
    assert Settings.from_env({**LEAST, "DATA_KEY": other, "DATA_KEY_FILE": str(file)}).key() == bytes(32)


def test_a_key_file_that_cannot_be_read(tmp_path: Path) -> None:
    """Missing, a folder, not text, empty: the sentence says which file, never what is in it."""
    file = tmp_path / "key"
    for make, sentence in (
        (lambda: None, f"DATA_KEY_FILE: {file} ist nicht lesbar (FileNotFoundError)."),
        (file.mkdir, f"DATA_KEY_FILE: {file} ist nicht lesbar (IsADirectoryError)."),
        (file.rmdir, f"DATA_KEY_FILE: {file} ist nicht lesbar (FileNotFoundError)."),
        (
            lambda: file.write_bytes(b"\xff\xfe\xff"),
            f"DATA_KEY_FILE: {file} ist nicht lesbar (UnicodeDecodeError).",
        ),
    ):
        make()
        assert problems(DATA_KEY="", DATA_KEY_FILE=str(file)) == (sentence,)
    file.write_text(" \n", "utf-8")
    [sentence] = problems(DATA_KEY="", DATA_KEY_FILE=str(file))
    assert sentence.startswith("DATA_KEY fehlt")


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("https://api.telegram.org", False),
        ("http://127.0.0.1:8081", True),
        ("http://localhost:1/pfad", True),
        ("http://[::1]:8081", True),
        ("http://127.0.0.1.example", False),
        ("https://localhost@api.telegram.org", False),
    ],
)
def test_local_means_this_machine(url: str, *, local: bool) -> None:
    """Sample data are allowed only where no real employer can be: decided by the host alone."""
    assert Settings.from_env({**LEAST, "TELEGRAM_URL": url}).local is local


def test_a_webhook_needs_a_secret() -> None:
    """With a fitting secret it is taken; http is for a proxy on the same machine."""
    settings = Settings.from_env(
        {**LEAST, "WEBHOOK_URL": "https://bot.example/x", "WEBHOOK_SECRET": "abcdefgh_ABCDEFGH-1"}
    )
    assert settings.webhook_secret.get_secret_value() == "abcdefgh_ABCDEFGH-1"
    for secret in ("zu-kurz", "mit leerzeichen 123456", "x" * 257):
        [sentence] = problems(WEBHOOK_URL="https://bot.example/x", WEBHOOK_SECRET=secret)
        assert sentence.startswith("WEBHOOK_SECRET")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SMTP_HOST": "mail.example.de"}, "SMTP_FROM fehlt"),
        ({"SMTP_HOST": "mail.example.de", "SMTP_FROM": "x"}, "SMTP_FROM hat nicht die erwartete Form"),
        (
            {"SMTP_HOST": "mail.example.de", "SMTP_FROM": "a@b.de", "SMTP_TLS": "none"},
            "SMTP_TLS darf nur bei einem Mailserver auf demselben Rechner none sein",
        ),
        (
            {"SMTP_HOST": "127.0.0.1", "SMTP_FROM": "a@b.de", "SMTP_USER": "a"},
            "SMTP_USER und SMTP_PASSWORD gehören zusammen",
        ),
        ({"SMTP_PORT": "0"}, "SMTP_PORT braucht eine ganze Zahl von 1 bis 65535"),
    ],
)
def test_a_mail_server_that_cannot_work(changes: dict[str, str], sentence: str) -> None:
    """Each mistake has its sentence."""
    [found] = problems(**changes)
    assert found.startswith(sentence)


def test_a_mail_server_that_can() -> None:
    """None, one with a password, one on this machine."""
    assert Settings.from_env(LEAST).mail_server() is None
    given = {"SMTP_HOST": "mail.example.de", "SMTP_FROM": "a@b.de", "SMTP_USER": "a", "SMTP_PASSWORD": "p"}
    assert Settings.from_env(LEAST | given).mail_server() == MailServer(
        "mail.example.de", 587, "starttls", "a@b.de", "a", "p"
    )
    local = {"SMTP_HOST": "localhost", "SMTP_FROM": "a@b.de", "SMTP_TLS": "none"}
    assert Settings.from_env(LEAST | local).mail_server() is not None


def test_secrets_never_show() -> None:
    """Neither in repr nor in str nor as JSON."""
    secret = "abcdefgh_ABCDEFGH-1"
    settings = Settings.from_env({**LEAST, "WEBHOOK_URL": "https://bot.example", "WEBHOOK_SECRET": secret})
    shown = f"{settings!r} {settings} {settings.model_dump_json()} {settings.model_dump()}"
    for value in (TOKEN, TOKEN.partition(":")[2], KEY, secret):
        assert value not in shown


def test_settings_are_frozen() -> None:
    """Nobody changes them while the program runs."""
    settings = Settings.from_env(LEAST)
    with pytest.raises(ValidationError):
        settings.log_level = "ERROR"  # type: ignore[misc]  # that is what is tested


def test_the_example_is_the_program() -> None:
    """.env.example is what the program says about its settings, and lists each exactly once."""
    example = (Path(__file__).parent.parent / ".env.example").read_text("utf-8")
    assert example == env_example()
    names = [line.partition("=")[0] for line in example.splitlines() if line and not line.startswith("#")]
    assert sorted(names) == sorted(item.alias or "" for item in Settings.model_fields.values())
    assert names[0] == "BOT_TOKEN"  # what is needed comes first


def test_the_example_holds_the_defaults() -> None:
    """Copied as it is, with only the three needed settings filled in, it means the defaults."""
    lines = [line for line in env_example().splitlines() if line and not line.startswith("#")]
    values = dict(line.split("=", 1) for line in lines)
    assert Settings.from_env({**values, **LEAST}) == Settings.from_env(LEAST)
    assert all(values[name] == "" for name in LEAST)
