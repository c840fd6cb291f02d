"""``lotsenbot gesetze``: compare what the FAQ cites with the statutes, and say what changed, in German."""

import asyncio
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

from bot import law_check, law_fetch
from bot.law_check import Outcome
from bot.law_texts import Shelf
from knowledge import law_watch, source
from knowledge.checklist import STATUTES_HOST, Official, read_checklist
from knowledge.law_watch import read_watch
from knowledge.statutes import Changed, Statute, differing

PUBLISHER = f"https://{STATUTES_HOST}"
_LONGEST_PARAGRAPH = 1200  # code points of an Absatz in the report
_NEXT = (
    "\nDie Einträge oben zeigen ab dem nächsten /reload, dass ihr Gesetz sich geändert hat. Sind sie geprüft:\n"
    '  lotsenbot gesetze --geprueft "{name}"\n'
)


async def fetched(folder: Traversable, url: str, target: Path) -> law_fetch.Fetched:
    """Fetch every statute that ``folder`` knows a place for."""
    return await law_fetch.fetch(url, filter(None, _official(folder).laws.values()), target)


def compare(folder: Traversable, statutes_at: Path, today: date) -> Outcome:
    """Compare the knowledge of ``folder`` with the statutes of ``statutes_at``.

    Raises ``KnowledgeError``, ``law_texts.UnreadableLawError`` and ``OSError``.
    """
    files = source.read_folder(folder)
    official, shelf = _official(folder), Shelf(statutes_at)
    watch, _ = read_watch({file.name: file.content for file in files})

    @cache
    def reviewed(law: str) -> Statute | None:
        return law_check.texts_of(folder, law)

    def current(law: str) -> Statute | None:
        return shelf.read(law, official.laws.get(law, ""))

    return law_check.examine(source.parse(files), watch, reviewed, current, today)


def run(folder: Traversable, statutes_at: Path | None, url: str, fetch_into: Path, today: date) -> Outcome:
    """Compare; without ``statutes_at`` with what the publisher has now."""
    if statutes_at is None:
        asyncio.run(fetched(folder, url, fetch_into))
        statutes_at = fetch_into
    return compare(folder, statutes_at, today)


def accepted(folder: Path, names: Sequence[str]) -> str:
    """Take marks away; says which."""
    watch = law_check.watch_of(folder)
    known = {mark.name for mark in watch.marks}
    wanted = [name for name in names if name in known]
    left = law_check.accept(folder, watch, wanted) if wanted else watch
    lines = [f"Geprüft: {name}." for name in wanted]
    lines += [f"Nicht vorgemerkt: {name}." for name in names if name not in known]
    lines.append(
        f"Noch zu prüfen: {', '.join(mark.name for mark in left.marks)}."
        if left.marks
        else "Nichts ist mehr vorgemerkt."
    )
    return "\n".join(lines) + "\n"


def report(outcome: Outcome, *, written: bool) -> str:
    """What the comparison found."""
    compared = outcome.cited - outcome.not_at_hand
    found = "1 Vorschrift" if outcome.provisions == 1 else f"{outcome.provisions} verschiedene Vorschriften"
    lines = [
        f"{outcome.cited} Fundstellen, davon {compared} verglichen.",
        f"{compared - len(outcome.unresolved)} davon stehen in den Gesetzestexten ({found}).",
    ]
    if outcome.unverified:
        lines.append(f"Ungeprüft, weil der Text nicht vorliegt: {', '.join(outcome.unverified)}.")
    if outcome.unresolved:
        lines.append(f"\nFühren zu keiner Vorschrift ({len(outcome.unresolved)}):")
        lines += [f"  {item.entry}: {item.citation}" for item in outcome.unresolved]
    if outcome.watch.marks:
        lines.append(f"\nGeändert ({len(outcome.watch.marks)}):")
    texts = {changed.name: changed for changed in outcome.changed}
    for mark in outcome.watch.marks:
        lines.append(f"\n■ {law_watch.said(mark)}")
        lines.append(f"  Einträge: {', '.join(outcome.entries.get(mark.name, ()))}")
        if mark.name in texts:
            lines += _beside(texts[mark.name])
    if outcome.watch.marks and written:
        lines.append(_NEXT.format(name=outcome.watch.marks[0].name))
    if not outcome.watch.marks and not outcome.unresolved:
        lines.append("Nichts hat sich geändert.")
    return "\n".join(lines) + "\n"


def _beside(changed: Changed) -> list[str]:
    lines = []
    for old, new in differing(changed.old, changed.new):
        lines += [f"  bisher: {_cut(old) or '–'}", f"  neu:    {_cut(new) or '–'}"]
    return lines


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST_PARAGRAPH else flat[: _LONGEST_PARAGRAPH - 1] + "…"


def _official(folder: Traversable) -> Official:
    by_name = {file.name: file.content for file in source.read_folder(folder)}
    return read_checklist(by_name)[0].official or Official()
