"""The command line: ``lotsenbot run | demo | init | check | ask | bench``."""

import argparse
import sys
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from knowledge import source
from knowledge.problems import KnowledgeError


def main() -> int:
    """Run one command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="lotsenbot")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="Wissensordner prüfen")
    check.add_argument("folder", nargs="?", help="Ordner (sonst das mitgelieferte Wissen)")
    arguments = parser.parse_args()
    folder: Traversable = Path(arguments.folder) if arguments.folder else files("knowledge") / "data"
    try:
        knowledge = source.load(folder)
    except KnowledgeError as error:
        sys.stdout.write(f"{error}\n")
        return 1
    phrasings = sum(len(entry.phrasings) for entry in knowledge.entries.values())
    sys.stdout.write(f"In Ordnung: {len(knowledge.entries)} Einträge, {phrasings} Formulierungen.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
