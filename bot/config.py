"""Settings: one frozen value, made once from a mapping; every problem in one clear German sentence each."""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
)
from pydantic_core import PydanticCustomError

from bot.flood import Limits
from bot.retention import Retention
from bot.steps import Steps

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


class Settings(BaseModel):
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
    take_hours: Annotated[
        float,
        Field(
            alias="TAKE_HOURS",
            gt=0,
            le=100,
            description="Nach so vielen Sprechstunden (des Lotsen, ohne Feiertage) wird an einen nicht übernommenen Fall erinnert.",
        ),
    ] = 4
    step_hours: Annotated[
        float,
        Field(
            alias="STEP_HOURS",
            gt=0,
            le=100,
            description="Nach so vielen weiteren Sprechstunden geht der Fall an die Vertretung, dann an die Koordination, dann die Kontaktkarte an den Betrieb.",
        ),
    ] = 4
    urgent_minutes: Annotated[
        float,
        Field(
            alias="URGENT_MINUTES",
            gt=0,
            le=600,
            description="Bei dringenden Fällen dauert jede dieser Stufen nur so viele Minuten der Sprechzeit.",
        ),
    ] = 30
    undo_seconds: Annotated[
        int,
        Field(
            alias="UNDO_SECONDS",
            ge=0,
            le=300,
            description="So viele Sekunden kann ein Lotse eine Antwort zurücknehmen, bevor sie zum Betrieb geht. 0: sofort senden.",
        ),
    ] = 30
    load_cap: Annotated[
        int,
        Field(
            alias="LOAD_CAP",
            ge=1,
            le=1000,
            description="Ab so vielen offenen Fällen bekommt ein Lotse neue nur noch, wenn im Bezirk alle so viele haben.",
        ),
    ] = 15
    retention_talk_days: Annotated[
        int,
        Field(
            alias="RETENTION_TALK_DAYS",
            ge=1,
            le=3650,
            description="So viele Tage bleiben letzte Frage und begonnene Schritte eines Chats gespeichert.",
        ),
    ] = 30
    retention_case_days: Annotated[
        int,
        Field(
            alias="RETENTION_CASE_DAYS",
            ge=1,
            le=3650,
            description="So viele Tage bleiben geschlossene Fälle gespeichert.",
        ),
    ] = 180
    retention_aside_days: Annotated[
        int,
        Field(
            alias="RETENTION_ASIDE_DAYS",
            ge=1,
            le=365,
            description="So viele Tage bleiben Nachrichten gespeichert, die nicht bearbeitet werden konnten.",
        ),
    ] = 14
    flood_per_minute: Annotated[
        int,
        Field(
            alias="FLOOD_PER_MINUTE",
            ge=0,
            description="So viele Nachrichten und Knopfdrücke einer Person in der Minute werden beantwortet; Dringendes und offene Fälle immer. 0: ohne Grenze.",
        ),
    ] = 30
    flood_overall_per_minute: Annotated[
        int,
        Field(
            alias="FLOOD_OVERALL_PER_MINUTE",
            ge=0,
            description="Schreiben alle zusammen mehr als so viel in der Minute, werden je Person nur noch drei beantwortet. 0: ohne Grenze.",
        ),
    ] = 1800
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
                tuple(_sentence(str(item["loc"][0]), item["type"], item["msg"]) for item in error.errors())
            ) from None
        problems = []
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

    def steps(self) -> Steps:
        """How long each step of the ladder waits."""
        return Steps(
            take=timedelta(hours=self.take_hours),
            step=timedelta(hours=self.step_hours),
            urgent=timedelta(minutes=self.urgent_minutes),
        )

    def retention(self) -> Retention:
        """How long what is kept."""
        return Retention(
            talks=timedelta(days=self.retention_talk_days),
            cases=timedelta(days=self.retention_case_days),
            aside=timedelta(days=self.retention_aside_days),
        )

    def flood_limits(self) -> Limits:
        """How much one person and all together may send."""
        return Limits(self.flood_per_minute, self.flood_overall_per_minute)

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


def _sentence(name: str, kind: str, message: str) -> str:
    match kind:
        case "missing":
            hint = {
                "BOT_TOKEN": "@BotFather in Telegram nach einem Token fragen und ihn in .env eintragen",
                "ADMIN_IDS": "die Telegram-Nummer mindestens eines Admins in .env eintragen",
            }.get(name, "in .env eintragen")
            return f"{name} fehlt: {hint}."
        case "string_pattern_mismatch":
            setting = next((item for item in Settings.model_fields.values() if item.alias == name), None)
            example = (setting.examples or [setting.default])[0] if setting else ""
            return f"{name} hat nicht die erwartete Form, z. B. {example}."
        case "int_parsing" | "float_parsing" | "greater_than" | "greater_than_equal" | "less_than_equal":
            return f"{name} braucht {_number_wanted(name)}."
        case _:
            return f"{name} {message}."


def _number_wanted(name: str) -> str:
    """What the field's limits allow, e.g. "eine ganze Zahl von 1 bis 365"."""
    item = next(item for item in Settings.model_fields.values() if item.alias == name)
    limits = {
        sign: value
        for limit in item.metadata
        for sign in ("gt", "ge", "le")
        if (value := getattr(limit, sign, None)) is not None
    }
    kind = "eine ganze Zahl" if item.annotation is int else "eine Zahl"
    highest = f" bis {limits['le']}" if "le" in limits else ""
    if "gt" in limits:
        return f"{kind} über {limits['gt']}{highest}"
    return f"{kind} {'von' if highest else 'ab'} {limits['ge']}{highest}"


def env_example() -> str:
    """The text of ``.env.example``: every setting with its description and default."""
    lines = [
        "# Einstellungen des Lotsenbots. Kopieren nach .env und ausfüllen; leere Werte gelten als nicht gesetzt.",
        "",
    ]
    for item in Settings.model_fields.values():
        default = item.get_default()
        shown = "" if item.is_required() or default in (None, ()) else default
        value = shown.get_secret_value() if isinstance(shown, SecretStr) else str(shown)
        required = " (nötig)" if item.is_required() else ""
        lines += [f"# {item.description}{required}", f"{item.alias}={value}", ""]
    return "\n".join(lines)
