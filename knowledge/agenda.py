"""The editor-in-chief's list of open points, made from the entries: what is unverified, what has to be looked at soon."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from knowledge import markup
from knowledge.entry import Entry, Knowledge
from knowledge.schema import LAENDER

SOON = 6  # months from the statutes that were read within which an entry has to be reviewed

ROLES = {
    "recht": "Recht",
    "foerderung": "Förderung",
    "kammer": "Kammer",
    "soziales": "Soziales",
    "lotsen": "Lotsen",
}

_VALUE = re.compile(r"\d[\d.]*(?:,\d+)? €|\b\d{2}\.\d{2}\.\d{4}\b|\b20[2-9]\d\b")
_MOST_VALUES = 8
_INTRODUCTION = """\
# Offene Punkte der FAQ

Diese Liste entsteht aus den Einträgen: `lotsenbot check --offen > docs/offene-punkte.md`. Bitte nicht von Hand ändern.

- **Ungeprüft:** Das Feld `ungeprueft` sagt, was beim Schreiben nicht zu belegen war. Der Bot zeigt den Satz unter der Antwort
  und bietet den Lotsen zuerst an. Ist der Punkt geklärt: Text berichtigen, Feld löschen, `stand` und `pruefen_bis` neu setzen.
- **Bald prüfen:** Der Prüftermin liegt höchstens {soon} Monate nach dem Rechtsstand. Das sind vor allem Beträge und Fristen, die
  sich jedes Jahr ändern. Nach dem Termin weist der Bot bei jeder Antwort darauf hin.
"""


def open_points(knowledge: Knowledge) -> str:
    """The list as German Markdown: an overview, then per role what is unverified and what is due soon."""
    entries = tuple(knowledge.entries.values())
    parts = [_INTRODUCTION.format(soon=SOON), _overview(entries)]
    parts += [
        _of_role(name, [entry for entry in entries if entry.role == role]) for role, name in ROLES.items()
    ]
    parts += [_by_land(entries), _calendar(entries)]
    return "\n".join(part for part in parts if part)


def due_soon(entry: Entry) -> bool:
    """Whether an entry has to be reviewed within ``SOON`` months of the statutes that were read."""
    year, month = map(int, entry.as_of.split("-"))
    return (entry.review_by.year - year) * 12 + entry.review_by.month - month <= SOON


def _overview(entries: Sequence[Entry]) -> str:
    rows = [
        (
            name,
            str(len(of_role)),
            str(sum(bool(entry.unverified) for entry in of_role)),
            str(sum(map(due_soon, of_role))),
        )
        for role, name in ROLES.items()
        if (of_role := [entry for entry in entries if entry.role == role])
    ]
    read = ", ".join(
        f"{month[5:]}/{month[:4]}: {sum(entry.as_of == month for entry in entries)} Einträge"
        for month in sorted({entry.as_of for entry in entries})
    )
    since = f"Rechtsstand {read}. Was danach in Kraft trat, ist nicht eingearbeitet.\n\n"
    return f"## Überblick\n\n{since}" + _table(("zuständig", "Einträge", "ungeprüft", "bald prüfen"), rows)


def _of_role(name: str, entries: Sequence[Entry]) -> str:
    unverified = [entry for entry in entries if entry.unverified]
    soon = sorted(filter(due_soon, entries), key=lambda entry: (entry.review_by, entry.topic, entry.id))
    text = ""
    if unverified:
        text += f"### Ungeprüft ({len(unverified)})\n\n"
        text += _table(
            ("Eintrag", "Frage", "zu klären", "prüfen bis"),
            [(_name(entry), entry.title, entry.unverified, _day(entry.review_by)) for entry in unverified],
        )
    if soon:
        text += ("\n" if text else "") + f"### Bald prüfen ({len(soon)})\n\n"
        text += _table(
            ("prüfen bis", "Eintrag", "Frage", "Beträge, Tage, Jahre im Text"),
            [
                (_day(entry.review_by), _name(entry), entry.title, ", ".join(_values(entry)) or "–")
                for entry in soon
            ],
        )
    return f"## {name}\n\n{text}" if text else ""


def _by_land(entries: Sequence[Entry]) -> str:
    """What differs by Land, and for which Länder nothing is written yet: the law of the Länder is checked by nobody else."""
    rows = []
    for entry in entries:
        known = {variant.land for variant in entry.variants}
        if known:
            missing = sorted(set(LAENDER) - known)
            rows.append((_name(entry), entry.title, ", ".join(sorted(known)), ", ".join(missing) or "–"))
    if not rows:
        return ""
    introduction = (
        "Der Bot zeigt den Text des Landes, in dem der Betrieb ist. Landesrecht prüft `lotsenbot gesetze` nicht. "
        "Wo ein Land fehlt, liest der Betrieb „bitte vor Ort prüfen“.\n\n"
    )
    heading = f"## Was in den Ländern anders ist ({len(rows)})\n\n"
    return heading + introduction + _table(("Eintrag", "Frage", "Text für", "es fehlt"), rows)


def _calendar(entries: Sequence[Entry]) -> str:
    """How many entries have to be reviewed in which month, by role."""
    months = sorted({(entry.review_by.year, entry.review_by.month) for entry in entries})
    rows = [
        (
            f"{month:02d}/{year}",
            *(
                str(found) if found else "–"
                for role in ROLES
                for found in [
                    sum(
                        entry.role == role and (entry.review_by.year, entry.review_by.month) == (year, month)
                        for entry in entries
                    )
                ]
            ),
        )
        for year, month in months
    ]
    return "## Prüftermine nach Monaten\n\n" + _table(("Monat", *ROLES.values()), rows)


def _values(entry: Entry) -> Iterator[str]:
    """Amounts, days and years that the entry names, each once, in the order of the text."""
    text = f"{markup.visible(entry.answer)}\n{markup.visible(entry.details)}"
    found = list(dict.fromkeys(_VALUE.findall(text)))
    yield from found[:_MOST_VALUES]
    if len(found) > _MOST_VALUES:
        yield "…"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |\n" for line in lines)


def _name(entry: Entry) -> str:
    return f"`{entry.id}` ({entry.topic})"


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
