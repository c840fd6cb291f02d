"""Settings: one frozen value, made once from a mapping; every problem in one clear German sentence each."""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
)
from pydantic_core import PydanticCustomError

from bot.settings_desk import DeskSettings
from bot.settings_keeping import KeepingSettings
from bot.settings_mail import MailSettings
from bot.settings_words import sentence

_TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{5,}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class SettingsError(Exception):
    """The program cannot start; ``problems`` says why, one German sentence a setting."""

    problems: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        return "\n".join(self.problems)


def _ids(value: object) -> object:
    """`12, 34` → (12, 34)."""
    if not isinstance(value, str):
        return value
    parts = [part for part in re.split(r"[,;\s]+", value.strip()) if part]
    if not all(re.fullmatch(r"\d{1,19}", part) for part in parts):
        raise PydanticCustomError(
            "ids", "braucht Telegram-Nummern, durch Komma getrennt, z. B. 12345678,87654321"
        )
    return tuple(int(part) for part in parts)


_Ids = Annotated[tuple[int, ...], BeforeValidator(_ids)]


class Settings(DeskSettings, KeepingSettings, MailSettings):
    """What an operator can set; the description of each field is the text in ``.env.example``."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    bot_token: Annotated[SecretStr, Field(alias="BOT_TOKEN", description="Token des Bots, von @BotFather.")]
    admin_ids: Annotated[
        _Ids, Field(alias="ADMIN_IDS", description="Telegram-Nummern der Admins, durch Komma getrennt.")
    ]
    editor_ids: Annotated[
        _Ids, Field(alias="EDITOR_IDS", description="Telegram-Nummern der Redaktion, durch Komma getrennt.")
    ] = ()
    data_key: Annotated[
        SecretStr,
        Field(
            alias="DATA_KEY",
            description="Schlüssel für personenbezogene Daten: 32 Byte in Base64. Erzeugen mit: lotsenbot key",
        ),
    ] = SecretStr("")
    data_key_file: Annotated[
        Path | None,
        Field(
            alias="DATA_KEY_FILE",
            description="Statt DATA_KEY: Datei mit dem Schlüssel, außerhalb von DATA_DIR.",
        ),
    ] = None
    data_dir: Annotated[
        Path, Field(alias="DATA_DIR", description="Ordner für Datenbank und Zwischenspeicher.")
    ] = Path("data")
    knowledge_dir: Annotated[
        Path | None,
        Field(
            alias="KNOWLEDGE_DIR",
            description="Ordner mit FAQ und Lotsen-Verzeichnis (anlegen mit: lotsenbot init ORDNER). Leer: das mitgelieferte Wissen.",
        ),
    ] = None
    gate_max_lost: Annotated[
        int,
        Field(
            alias="GATE_MAX_LOST",
            ge=0,
            description="Neues Wissen wird abgelehnt, wenn mehr Fragen als so viele nicht mehr finden, was sie finden sollen.",
        ),
    ] = 5
    gate_max_new_answers: Annotated[
        int,
        Field(
            alias="GATE_MAX_NEW_ANSWERS",
            ge=0,
            description="Neues Wissen wird abgelehnt, wenn mehr Fragen als so viele beantwortet würden, die offen bleiben sollen.",
        ),
    ] = 3
    webhook_url: Annotated[
        str,
        Field(
            alias="WEBHOOK_URL",
            description="Öffentliche https-Adresse für den Webhook. Leer: Long Polling.",
        ),
    ] = ""
    webhook_secret: Annotated[
        SecretStr,
        Field(
            alias="WEBHOOK_SECRET",
            description="Geheimnis des Webhooks: 16 bis 256 Zeichen aus A-Z a-z 0-9 _ -. Nötig, wenn WEBHOOK_URL gesetzt ist.",
        ),
    ] = SecretStr("")
    webhook_listen: Annotated[
        str,
        Field(
            alias="WEBHOOK_LISTEN",
            pattern=r"^[^:\s]+:\d{1,5}$",
            description="Adresse, auf der der Webhook hinter dem Proxy lauscht.",
        ),
    ] = "127.0.0.1:8080"
    telegram_url: Annotated[
        str,
        Field(
            alias="TELEGRAM_URL",
            pattern=r"^https?://",
            description="Adresse der Bot-API. Nur ändern für einen eigenen Bot-API-Server.",
        ),
    ] = "https://api.telegram.org"
    statutes_url: Annotated[
        str,
        Field(
            alias="STATUTES_URL",
            description="Woher „lotsenbot gesetze“ die Gesetzestexte holt.",
        ),
    ] = "https://www.gesetze-im-internet.de"
    imprint_url: Annotated[
        str, Field(alias="IMPRINT_URL", description="Adresse des Impressums, gezeigt in /hilfe.")
    ] = ""
    log_level: Annotated[
        str,
        Field(
            alias="LOG_LEVEL",
            pattern=r"^(ERROR|WARNING|INFO)$",
            description="Wie viel protokolliert wird: ERROR, WARNING oder INFO.",
        ),
    ] = "INFO"
    log_format: Annotated[
        str,
        Field(
            alias="LOG_FORMAT",
            pattern=r"^(text|json)$",
            description="Form des Protokolls: text oder json (eine Zeile je Ereignis).",
        ),
    ] = "text"
    metrics_listen: Annotated[
        str,
        Field(
            alias="METRICS_LISTEN",
            examples=["127.0.0.1:9464"],
            pattern=r"^(127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$",
            description="Adresse für /healthz und /metrics (Prometheus), z. B. 127.0.0.1:9464. Leer: aus.",
        ),
    ] = ""

    @field_validator("bot_token")
    @classmethod
    def _token(cls, value: SecretStr) -> SecretStr:
        if not _TOKEN.fullmatch(value.get_secret_value()):
            raise PydanticCustomError(
                "token", "sieht nicht wie ein Token aus (123456:ABC…); @BotFather nennt ihn"
            )
        return value

    @field_validator("admin_ids")
    @classmethod
    def _admins(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        if not value:
            raise PydanticCustomError(
                "ids", "ist leer; ohne Admin kann niemand Lotsen einladen oder neu laden"
            )
        return value

    @field_validator("webhook_url")
    @classmethod
    def _webhook(cls, value: str) -> str:
        if value and not re.fullmatch(r"https?://[^\s?#]+", value):
            raise PydanticCustomError("url", "ist keine https-Adresse")
        return value

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """Read the settings; empty values count as not set. Raises ``SettingsError`` with every problem at once."""
        given = {name: value.strip() for name, value in env.items() if value.strip()}
        try:
            settings = cls.model_validate(given)
        except ValidationError as error:
            raise SettingsError(
                tuple(
                    sentence(cls.model_fields, str(item["loc"][0]), item["type"], item["msg"])
                    for item in error.errors()
                )
            ) from None
        problems = list(settings.mail_problems())
        secret = settings.webhook_secret.get_secret_value()
        if settings.webhook_url and not _SECRET.fullmatch(secret):
            problems.append(
                "WEBHOOK_SECRET fehlt oder ist ungeeignet: 16 bis 256 Zeichen aus A-Z a-z 0-9 _ -."
            )
        try:
            settings.key()
        except ValueError as error:
            problems.append(str(error))
        if problems:
            raise SettingsError(tuple(problems))
        return settings

    @property
    def local(self) -> bool:
        """Whether Telegram is the stand-in on this machine."""
        return urlsplit(self.telegram_url).hostname in {"127.0.0.1", "::1", "localhost"}

    def key(self) -> bytes:
        """The 32 bytes that encrypt fields about people; raises ``ValueError`` with a German sentence."""
        text = self.data_key.get_secret_value()
        if not text and self.data_key_file is not None:
            try:
                text = self.data_key_file.read_text().strip()
            except (OSError, UnicodeDecodeError) as error:
                message = f"DATA_KEY_FILE: {self.data_key_file} ist nicht lesbar ({type(error).__name__})."
                raise ValueError(message) from None
        if not text:
            message = "DATA_KEY fehlt: mit „lotsenbot key“ einen Schlüssel erzeugen und in .env eintragen."
            raise ValueError(message)
        return key_of(text, "DATA_KEY")


def key_of(text: str, name: str) -> bytes:
    """The key that ``text`` is in Base64; raises ``ValueError`` with a German sentence about ``name``."""
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError:  # not Base64, or not even ASCII
        key = b""
    if len(key) != KEY_BYTES:
        message = f"{name} ist kein Schlüssel: erwartet werden 32 Byte in Base64 (44 Zeichen, „lotsenbot key“ erzeugt einen)."
        raise ValueError(message)
    return key


def env_example() -> str:
    """The text of ``.env.example``: every setting with its description and default."""
    lines = [
        "# Einstellungen des Lotsenbots. Kopieren nach .env und ausfüllen; leere Werte gelten als nicht gesetzt.",
        "",
    ]
    own = [name for name in Settings.model_fields if name in Settings.__annotations__]
    inherited = [name for name in Settings.model_fields if name not in own]
    for item in (Settings.model_fields[name] for name in (*own, *inherited)):
        default = item.get_default()
        shown = "" if item.is_required() or default in (None, ()) else default
        value = shown.get_secret_value() if isinstance(shown, SecretStr) else str(shown)
        required = " (nötig)" if item.is_required() else ""
        lines += [f"# {item.description}{required}", f"{item.alias}={value}", ""]
    return "\n".join(lines)
