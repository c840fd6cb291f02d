"""Commands of the operator: ``backup``, ``restore``, ``rotate-key``, ``doctor``. What they print is German; they return an exit code."""

import argparse
import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path

from bot import backup, doctor, rotation
from bot.backup import BackupError
from bot.clock import SystemClock
from bot.config import Settings, SettingsError, key_of
from bot.secrets import Vault

COMMANDS = ("backup", "restore", "rotate-key", "doctor")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Tell the command line what these commands take."""
    commands.add_parser("doctor", help="alles prüfen, was der Bot braucht; ändert nichts")
    one = commands.add_parser("backup", help="verschlüsselte Sicherung schreiben, während der Bot läuft")
    one.add_argument("file", metavar="DATEI", help="neue Datei")
    one = commands.add_parser("restore", help="Sicherung zurückspielen; überschreibt nie")
    one.add_argument("file", metavar="DATEI", help="Datei, die backup geschrieben hat")
    one = commands.add_parser(
        "rotate-key", help="alles mit einem neuen Schlüssel verschlüsseln (Bot beenden)"
    )
    one.add_argument("file", metavar="DATEI", help="Datei mit dem neuen Schlüssel (lotsenbot key > DATEI)")


def run(given: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Run one of ``COMMANDS``; raises ``SettingsError``, ``StorageError`` and ``ClaimedError``."""
    if given.command == "doctor":
        findings = asyncio.run(doctor.examine(environment, SystemClock()))
        sys.stdout.writelines(f"{finding}\n" for finding in findings)
        return 1 if any(finding.mark == doctor.BAD for finding in findings) else 0
    settings = Settings.from_env(environment)
    file = Path(given.file)
    try:
        match given.command:
            case "backup":
                size = backup.write(settings.data_dir, settings.key(), file)
                said = f"Gesichert: {file} ({size // 1024 + 1} KiB). Der Schlüssel ist nicht darin."
            case "restore":
                asyncio.run(backup.restore(settings.data_dir, settings.key(), file))
                said = f"Zurückgespielt nach {settings.data_dir}. Der Bot kann jetzt starten."
            case _:
                said = _rotate(settings, file)
    except BackupError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"{said}\n")
    return 0


def _rotate(settings: Settings, file: Path) -> str:
    try:
        new = key_of(file.read_text("utf-8").strip(), file.name)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError((f"{file} ist nicht lesbar ({type(error).__name__}).",)) from None
    except ValueError as error:
        raise SettingsError((str(error),)) from None
    if new == settings.key():
        raise SettingsError((f"In {file} steht der Schlüssel, der schon gilt.",))
    rotated = asyncio.run(rotation.rotate(settings.data_dir, Vault(settings.key()), Vault(new)))
    lost = f" {rotated.lost} waren schon vorher unlesbar." if rotated.lost else ""
    return (
        f"{rotated.done} Werte sind neu verschlüsselt.{lost}\n"
        f"Jetzt den neuen Schlüssel aus {file} als DATA_KEY oder DATA_KEY_FILE eintragen, dann starten."
    )
