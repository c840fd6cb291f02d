"""``lotsenbot ask``: a question in, the decision out, as text for people or as one JSON object a line."""

import json
from typing import Any

from bot.library import Edition
from knowledge import markup
from knowledge.decision import Answer, Choice, Handoff, Person, SmallTalk, Unclear, Urgent, hits_of, kind
from knowledge.entry import EntryId
from knowledge.named_land import named_land
from knowledge.schema import LAENDER


def answer_line(edition: Edition, line: str) -> str:
    """The JSON answer to one line: a question, or an object with ``question`` and ``after``."""
    question, after = _read(line.strip())
    decision = edition.understanding.find(question, after=EntryId(after) if after else None)
    entries = [{"id": hit.entry.id, "confidence": round(hit.confidence, 4)} for hit in hits_of(decision)]
    return json.dumps(
        {"question": question, "decision": kind(decision), "entries": entries}, ensure_ascii=False
    )


def _read(line: str) -> tuple[str, str]:
    if line.startswith("{"):
        try:
            value: Any = json.loads(line)
        except ValueError:
            return line, ""
        if isinstance(value, dict) and "question" in value:
            return str(value["question"]), str(value.get("after") or "")
    return line, ""


def answer_text(edition: Edition, question: str) -> str:
    """The answer as plain text."""
    decision = edition.understanding.find(question)
    hits = hits_of(decision)
    match decision:
        case Answer():
            land = named_land(question)
            return "\n\n".join(_plain(edition, hit.entry.id, land) for hit in hits)
        case Choice():
            return "Meinten Sie:\n" + "\n".join(f"  {hit.entry.title} ({hit.confidence:.0%})" for hit in hits)
        case Unclear(question=back):
            return back
        case Handoff() | Person() | Urgent() | SmallTalk():
            return f"[{kind(decision)}] " + "; ".join(hit.entry.title for hit in hits)


def _plain(edition: Edition, entry_id: EntryId, land: str) -> str:
    """The entry with what differs by Land: for ``land`` if it has that, else for all it knows."""
    entry = edition.knowledge.entries[entry_id]
    own = [variant for variant in entry.variants if variant.land == land] or entry.variants
    by_land = [f"Gilt für {LAENDER[variant.land]}: {markup.visible(variant.text)}" for variant in own]
    unverified = f"Bitte vor Ort prüfen: {entry.unverified}" if entry.unverified else ""
    parts = [entry.title, markup.visible(entry.answer), *by_land, unverified, markup.visible(entry.details)]
    source = entry.sources[0].url if entry.sources else "ohne Quelle"
    parts.append(f"{', '.join(entry.legal_basis) or entry.programme} · {source} · Stand {entry.as_of}")
    return "\n".join(part for part in parts if part)
