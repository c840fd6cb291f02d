"""The editors' word lists: ``synonyms.yaml`` and ``handover.yaml``."""

from collections.abc import Mapping

from knowledge.entry import Synonyms, Triggers
from knowledge.problems import Problem

SYNONYMS_FILE = "synonyms.yaml"
HANDOVER_FILE = "handover.yaml"


def load_wordlists(
    files: Mapping[str, bytes],  # content by name relative to the folder, missing files allowed
    entry_ids: frozenset[str],  # entries that triggers may name; anything else is a problem
) -> tuple[Synonyms, Triggers, list[Problem]]:
    """Called by ``knowledge.source.parse`` with all files of the folder. (First version: lists are empty.)"""
    del files, entry_ids
    return Synonyms(), Triggers(), []
