"""The command line: ``lotsenbot run | demo | init | check | …``. Exit codes are in ``Exit``."""

import argparse
import asyncio
import base64
import importlib.util
import logging
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from enum import IntEnum
from pathlib import Path

from dotenv import dotenv_values
from telegram.error import InvalidToken

from bot import app, asking, evaluating, init, logs, operating
from bot.cache import Cache
from bot.claim import ClaimedError
from bot.clock import SystemClock
from bot.config import KEY_BYTES, Settings, SettingsError
from bot.editions import Editions, packaged
from bot.polling import SecondInstanceError
from bot.storage import StorageError
from bot.surroundings import Surroundings
from knowledge import agenda, source
from knowledge.problems import KnowledgeError

log = logging.getLogger("bot")


class Exit(IntEnum):
    """Exit codes; the systemd unit restarts after none of them but 70."""

    OK = 0
    PROBLEMS = 1  # the knowledge has problems, or misses a target of eval
    SETTINGS = 2  # a setting is missing or wrong
    SECOND_INSTANCE = 3  # another process answers for this bot


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    given = _parser().parse_args(arguments)
    # RetryAfter cannot even be constructed under warnings-as-errors without it (python-telegram-bot 22).
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    try:
        match given.command:
            case "run":
                return _run()
            case "demo":
                return _demo(given.port, once=given.once)
            case "init":
                return _init(Path(given.folder))
            case "check":
                return _check(given.folder, given.cache, open_points=given.offen)
            case "ask":
                return _ask(given.question, as_json=given.json, folder=given.folder)
            case "eval":
                return _eval(given.folder, as_json=given.json, failures=given.failures)
            case "gesetze":
                return _laws(given.folder, given.origin, given.reviewed, given.stand)
            case "bench":
                return _bench()
            case command if command in operating.COMMANDS:
                return operating.run(given, _environment())
            case _:
                sys.stdout.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode() + "\n")
                return Exit.OK
    except (SettingsError, StorageError) as error:
        sys.stderr.write(f"{error}\n")
        return Exit.SETTINGS
    except KnowledgeError as error:
        sys.stdout.write(f"{error}\n")
        return Exit.PROBLEMS
    except ClaimedError as error:
        sys.stderr.write(f"{error}\n")
        return Exit.SECOND_INSTANCE
    except InvalidToken:
        sys.stderr.write(
            "BOT_TOKEN wird von Telegram nicht anerkannt. Bei @BotFather nachsehen und in .env eintragen.\n"
        )
        return Exit.SETTINGS
    except SecondInstanceError:
        sys.stderr.write(
            "Ein anderes Programm ruft schon die Nachrichten dieses Bots ab. Nur eines darf laufen.\n"
        )
        return Exit.SECOND_INSTANCE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lotsenbot", description="Telegram-Bot für Betriebe: geprüfte Antworten, Übergabe an den Lotsen."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="Bot starten (Einstellungen in .env)")
    demo = commands.add_parser("demo", help="Bot ohne Token und Internet im Browser ausprobieren")
    demo.add_argument("--port", type=int, default=8765, help="Port der Seite (0: ein freier)")
    demo.add_argument("--once", action="store_true", help="nur starten, die Adresse nennen und wieder enden")
    folder = commands.add_parser("init", help="Wissensordner zum Bearbeiten anlegen")
    folder.add_argument("folder", help="neuer Ordner")
    check = commands.add_parser("check", help="Wissensordner prüfen")
    check.add_argument("folder", nargs="?", help="Ordner (sonst KNOWLEDGE_DIR oder das mitgelieferte Wissen)")
    check.add_argument("--cache", help="Ordner, in dem der fertige Index abgelegt wird")
    check.add_argument(
        "--offen", action="store_true", help="stattdessen die Liste der offenen Punkte ausgeben"
    )
    ask = commands.add_parser(
        "ask", help="eine Frage beantworten, oder mit --json eine je Zeile der Standardeingabe"
    )
    ask.add_argument("question", nargs="?", help="die Frage")
    ask.add_argument(
        "--json", action="store_true", help="je Zeile eine Frage lesen und ein JSON-Objekt schreiben"
    )
    ask.add_argument("--folder", help="Ordner (sonst KNOWLEDGE_DIR oder das mitgelieferte Wissen)")
    evaluate = commands.add_parser("eval", help="messen, wie gut die FAQ gefunden wird")
    evaluate.add_argument(
        "folder", nargs="?", help="Ordner (sonst KNOWLEDGE_DIR oder das mitgelieferte Wissen)"
    )
    evaluate.add_argument("--json", action="store_true", help="ein JSON-Objekt schreiben")
    evaluate.add_argument("--failures", action="store_true", help="jede Frage nennen, an der es liegt")
    laws = commands.add_parser("gesetze", help="die Fundstellen der FAQ mit den Gesetzestexten vergleichen")
    laws.add_argument(
        "folder",
        nargs="?",
        help="Ordner (sonst KNOWLEDGE_DIR oder das mitgelieferte Wissen, dann ohne zu schreiben)",
    )
    laws.add_argument(
        "--from",
        dest="origin",
        metavar="ORDNER",
        help="Ordner mit den Texten (XML oder Markdown); sonst aus dem Internet",
    )
    laws.add_argument(
        "--stand",
        type=date.fromisoformat,
        metavar="JJJJ-MM-TT",
        help="Tag, von dem die Texte des Ordners sind (sonst heute)",
    )
    laws.add_argument(
        "--geprueft",
        dest="reviewed",
        action="append",
        metavar="VORSCHRIFT",
        help='die Einträge zu dieser Vorschrift sind geprüft, z. B. "§ 60c AufenthG" (mehrfach möglich)',
    )
    commands.add_parser("bench", help="messen: Suche, Start, Durchsatz")
    operating.add(commands)
    commands.add_parser("key", help="einen Schlüssel für DATA_KEY erzeugen")
    return parser


def _environment() -> dict[str, str]:
    """.env in the working directory, overruled by the process's environment."""
    return {
        name: value for name, value in {**dotenv_values(".env"), **os.environ}.items() if value is not None
    }


def _run() -> int:
    settings = Settings.from_env(_environment())
    logs.set_up(settings.log_level, settings.log_format)
    try:
        asyncio.run(_until_signal(settings))
    except KnowledgeError as error:
        # At the start the folder is a setting like any other.
        sys.stderr.write(f"{error}\n")
        return Exit.SETTINGS
    return Exit.OK


async def _until_signal(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await app.run(settings, stop, Surroundings.real())
    log.info("stopped")


def _demo(port: int, *, once: bool) -> int:
    if importlib.util.find_spec("aiogram") is None or importlib.util.find_spec("tdjson") is None:
        sys.stderr.write(
            'Für die Vorführung fehlen Pakete: pip install "lotsenbot[demo]" (oder „make demo“).\n'
        )
        return Exit.SETTINGS
    # Only here: the stand-in needs packages that a bot in production does not have.
    from bot.demo import show  # noqa: PLC0415

    kept = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "lotsenbot"
    asyncio.run(show.run(port, kept, once=once))
    return Exit.OK


def _init(folder: Path) -> int:
    try:
        count = init.fill(folder)
    except OSError as error:
        sys.stderr.write(f"{folder} kann nicht angelegt werden: {error.strerror}.\n")
        return Exit.SETTINGS
    if count is None:
        sys.stderr.write(
            f"{folder} ist nicht leer. Bitte einen neuen Ordner nennen; es wurde nichts überschrieben.\n"
        )
        return Exit.SETTINGS
    sys.stdout.write(
        f"{count} Dateien in {folder} angelegt. In .env eintragen: KNOWLEDGE_DIR={folder.resolve()}\n"
    )
    return Exit.OK


def _folder(given: str | None) -> Path | None:
    wanted = given or _environment().get("KNOWLEDGE_DIR", "").strip()
    return Path(wanted) if wanted else None


def _check(folder: str | None, cache: str | None, *, open_points: bool) -> int:
    editions = Editions(_folder(folder), Cache(Path(cache) if cache else None))
    edition = editions.load()
    if open_points:
        sys.stdout.write(agenda.open_points(edition.knowledge))
        return Exit.OK
    phrasings = sum(len(entry.phrasings) for entry in edition.knowledge.entries.values())
    sys.stdout.write(
        f"In Ordnung: {len(edition.knowledge.entries)} Einträge, {phrasings} Formulierungen, "
        f"{len(edition.directory.lotsen)} Lotsen.\n"
    )
    notices = evaluating.findings(edition, source.read_folder(editions.origin)).notices
    if notices:
        sys.stdout.write(f"\nHinweise ({len(notices)}), sie verhindern nichts:\n")
        sys.stdout.writelines(f"{notice}\n" for notice in notices)
    return Exit.OK


def _ask(question: str | None, *, as_json: bool, folder: str | None) -> int:
    edition = Editions(
        _folder(folder), Cache(Path(_environment().get("DATA_DIR") or "data") / "cache")
    ).load()
    if as_json:
        lines = [question] if question else sys.stdin
        for line in lines:
            if line.strip():
                sys.stdout.write(asking.answer_line(edition, line) + "\n")
                sys.stdout.flush()
        return Exit.OK
    if not question:
        sys.stderr.write('So geht es: lotsenbot ask "Darf ich eine Person mit Duldung ausbilden?"\n')
        return Exit.SETTINGS
    sys.stdout.write(asking.answer_text(edition, question) + "\n")
    return Exit.OK


def _eval(folder: str | None, *, as_json: bool, failures: bool) -> int:
    cache = Cache(Path(_environment().get("DATA_DIR") or "data") / "cache")
    report = evaluating.measure(Editions(_folder(folder), cache).load())
    if as_json:
        sys.stdout.write(evaluating.as_json(report, failures=failures) + "\n")
    else:
        lists = f"\n\n{evaluating.failure_lists(report)}" if failures else ""
        sys.stdout.write(f"{evaluating.table(report)}{lists}\n")
    return Exit.PROBLEMS if report.missed() else Exit.OK


def _laws(folder: str | None, origin: str | None, reviewed: list[str] | None, as_of: date | None) -> int:
    # Only here: XML and statutes are no business of a bot that answers.
    from bot import law_check, law_command  # noqa: PLC0415
    from bot.law_texts import UnreadableLawError  # noqa: PLC0415

    own = _folder(folder)
    environment = _environment()
    if reviewed:
        if own is None:
            sys.stderr.write("Dazu braucht es einen Wissensordner: lotsenbot gesetze ORDNER --geprueft …\n")
            return Exit.SETTINGS
        sys.stdout.write(law_command.accepted(own, reviewed))
        return Exit.OK
    fetched = Path(environment.get("DATA_DIR") or "data") / "cache" / "gesetze"
    url = environment.get("STATUTES_URL") or law_command.PUBLISHER
    today = as_of or SystemClock().now().date()
    try:
        outcome = law_command.run(own or packaged(), Path(origin) if origin else None, url, fetched, today)
        if own is not None:
            law_check.write(own, outcome)
    except UnreadableLawError as error:
        sys.stderr.write(f"Der Text von {error} ist kein XML von gesetze-im-internet.de.\n")
        return Exit.PROBLEMS
    except OSError as error:
        sys.stderr.write(f"Nicht lesbar oder nicht beschreibbar: {error.filename} ({error.strerror}).\n")
        return Exit.SETTINGS
    sys.stdout.write(law_command.report(outcome, written=own is not None))
    return Exit.PROBLEMS if outcome.watch.marks or outcome.unresolved else Exit.OK


def _bench() -> int:
    script = Path(__file__).parent.parent / "benchmarks" / "everything.py"
    if not script.exists():
        sys.stderr.write("Die Messungen liegen nur im Quelltext (Ordner benchmarks).\n")
        return Exit.SETTINGS
    return subprocess.run([sys.executable, str(script)], check=False).returncode  # noqa: S603  # our own script
