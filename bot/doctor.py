"""``lotsenbot doctor``: everything a start depends on, looked at in order, in plain German. It changes nothing."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import aiohttp

from bot import mail
from bot.alarms import LEAST_FREE
from bot.cache import Cache
from bot.clock import Clock
from bot.config import Settings, SettingsError
from bot.editions import Editions
from bot.secrets import Vault
from bot.storage import DATABASE, key_fits
from knowledge.problems import KnowledgeError

GOOD, NOTE, BAD = "✓", "!", "✗"
_WAIT = aiohttp.ClientTimeout(total=10)
_MAIL_WAIT_S = 10.0
_MAIL_HINTS = {
    mail.AUTH: "der Mailserver nimmt SMTP_USER und SMTP_PASSWORD nicht an.",
    mail.TLS: "der Mailserver bietet die Verschlüsselung aus SMTP_TLS nicht an, oder seinem Zertifikat ist nicht zu trauen.",
}
_CLOCK_NOTE_S = 5
_CLOCK_BAD_S = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    mark: str
    text: str

    def __str__(self) -> str:
        return f"{self.mark} {self.text}"


async def examine(environment: Mapping[str, str], clock: Clock) -> list[Finding]:
    """Look at everything; without usable settings there is nothing else to look at."""
    try:
        settings = Settings.from_env(environment)
    except SettingsError as error:
        return [Finding(BAD, problem) for problem in error.problems]
    return [
        Finding(GOOD, f"Einstellungen: vollständig, {len(settings.admin_ids)} Admin(s)."),
        *_folder(settings.data_dir),
        *_database(settings),
        *await asyncio.to_thread(lambda: list(_knowledge(settings))),
        *await _telegram(settings, clock),
        await _mail(settings),
    ]


def _folder(folder: Path) -> Iterator[Finding]:
    if not folder.exists():
        yield Finding(NOTE, f"Ordner {folder}: gibt es noch nicht; er wird beim ersten Start angelegt.")
        return
    if not os.access(folder, os.W_OK | os.X_OK):
        yield Finding(BAD, f"Ordner {folder}: nicht beschreibbar. Rechte prüfen.")
    free = shutil.disk_usage(folder).free
    mark = GOOD if free >= LEAST_FREE else BAD
    yield Finding(
        mark, f"Platte: {free // 2**20} MB frei{'.' if mark == GOOD else ', zu wenig. Platz schaffen.'}"
    )


def _database(settings: Settings) -> Iterator[Finding]:
    path = settings.data_dir / DATABASE
    if not path.exists():
        yield Finding(NOTE, "Datenbank: gibt es noch nicht; sie wird beim ersten Start angelegt.")
        return
    try:
        with closing(sqlite3.connect(path, timeout=5)) as connection:
            fits = key_fits(connection, Vault(settings.key()))
            [(state,)] = connection.execute("PRAGMA quick_check(1)").fetchall()
            [(linked,)] = connection.execute("SELECT COUNT(*) FROM links WHERE blocked_at IS NULL").fetchall()
            sql = "SELECT COUNT(*) FROM cases WHERE state <> 'closed'"
            [(cases,)] = connection.execute(sql).fetchall()
    except (sqlite3.Error, ValueError) as error:
        yield Finding(
            BAD, f"Datenbank: kann nicht gelesen werden ({error}). Nichts löschen; Sicherung einspielen."
        )
        return
    if state == "ok":
        yield Finding(GOOD, f"Datenbank: in Ordnung, {cases} offene Fälle.")
    else:
        yield Finding(BAD, f"Datenbank: beschädigt ({state}). Nichts löschen; Sicherung einspielen.")
    if fits:
        yield Finding(GOOD, "Schlüssel: passt zur Datenbank.")
    else:
        yield Finding(BAD, "Schlüssel: passt nicht zu dieser Datenbank. Den bisherigen Schlüssel eintragen.")
    mark = GOOD if linked else NOTE
    hint = "" if linked else " Ohne sie gehen keine Fälle an Menschen: /einladen in Telegram."
    yield Finding(mark, f"Lotsen: {linked} verbunden und erreichbar.{hint}")


def _knowledge(settings: Settings) -> Iterator[Finding]:
    editions = Editions(
        settings.knowledge_dir, Cache(settings.data_dir / "cache"), sample_allowed=settings.local
    )
    where = settings.knowledge_dir or "mitgeliefert"
    try:
        edition = editions.load()
    except KnowledgeError as error:
        first, *others = str(error).splitlines()
        more = f" Und {len(others)} weitere: lotsenbot check." if others else ""
        yield Finding(BAD, f"Wissen ({where}): {first}{more}")
        return
    yield Finding(GOOD, f"Wissen ({where}): {len(edition.knowledge.entries)} Einträge.")
    lotsen = edition.directory.lotsen
    lands = {kreis.land for kreis in edition.regions.kreise.values()}
    without = sorted(land.name for land in lands if edition.directory.coordinator(land.code) is None)
    if without:
        yield Finding(
            NOTE, f"Verzeichnis: {len(lotsen)} Lotsen; ohne Koordination sind: {', '.join(without)}."
        )
    else:
        yield Finding(GOOD, f"Verzeichnis: {len(lotsen)} Lotsen, jedes Land hat eine Koordination.")


async def _telegram(settings: Settings, clock: Clock) -> list[Finding]:
    address = f"{settings.telegram_url.rstrip('/')}/bot{settings.bot_token.get_secret_value()}"
    try:
        async with aiohttp.ClientSession(timeout=_WAIT, trust_env=True) as session:
            me, date = await _asked(session, f"{address}/getMe")
            hook, _ = await _asked(session, f"{address}/getWebhookInfo")
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        # The error's text holds the address, and that holds the token.
        return [Finding(BAD, f"Telegram: nicht erreichbar ({type(error).__name__}). Netz und Proxy prüfen.")]
    if not me.get("ok"):
        return [Finding(BAD, "Token: Telegram erkennt BOT_TOKEN nicht an. Bei @BotFather nachsehen.")]
    found = [Finding(GOOD, f"Token: gehört @{me['result'].get('username', '?')}.")]
    found.append(_time(date, clock.now()))
    found += _hook(settings, hook.get("result") or {})
    return found


async def _mail(settings: Settings) -> Finding:
    server = settings.mail_server()
    if server is None:
        return Finding(
            GOOD, "E-Mail: nicht eingerichtet; Lotsen ohne Telegram werden als Kontaktkarte gezeigt."
        )
    where = f"{server.host}:{server.port}"
    try:
        async with mail.connected(server, None, _MAIL_WAIT_S):
            pass
    except mail.MailError as error:
        hint = _MAIL_HINTS.get(
            error.reason,
            f"{where} antwortet nicht wie erwartet ({error.reason}). SMTP_HOST und SMTP_PORT prüfen.",
        )
        return Finding(BAD, f"E-Mail: {hint}")
    return Finding(GOOD, f"E-Mail: {where} nimmt Post an, Absender {server.sender}.")


async def _asked(session: aiohttp.ClientSession, address: str) -> tuple[dict[str, Any], str]:
    async with session.get(address) as response:
        answer = await response.json(content_type=None)
        return answer if isinstance(answer, dict) else {}, response.headers.get("Date", "")


def _time(date: str, now: datetime) -> Finding:
    try:
        away = (now - parsedate_to_datetime(date)).total_seconds()
    except (ValueError, TypeError):
        return Finding(NOTE, "Uhr: Telegram hat keine Zeit genannt.")
    if abs(away) < _CLOCK_NOTE_S:
        return Finding(GOOD, "Uhr: stimmt mit der von Telegram überein.")
    way = "vor" if away > 0 else "nach"
    mark = BAD if abs(away) > _CLOCK_BAD_S else NOTE
    return Finding(mark, f"Uhr: geht {abs(away):.0f} Sekunden {way}. Zeitabgleich (NTP) einschalten.")


def _hook(settings: Settings, info: dict[str, Any]) -> list[Finding]:
    there, wanted = info.get("url", ""), settings.webhook_url
    waiting = info.get("pending_update_count", 0)
    found = []
    if there == wanted:
        kind = (
            "Webhook: bei Telegram angemeldet" if wanted else "Abruf: Long Polling, kein Webhook angemeldet"
        )
        found.append(Finding(GOOD, f"{kind}, {waiting} Nachrichten warten."))
    elif wanted:
        found.append(Finding(NOTE, "Webhook: noch nicht angemeldet; das geschieht beim Start."))
    else:
        found.append(
            Finding(NOTE, "Webhook: bei Telegram ist noch einer angemeldet; der Start meldet ihn ab.")
        )
    if wanted and (message := info.get("last_error_message")):
        found.append(
            Finding(NOTE, f"Webhook: Telegram meldet zuletzt „{message}“. Proxy und Zertifikat prüfen.")
        )
    return found
