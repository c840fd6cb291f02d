"""A FAQ made for the tests of the search: subjects times kinds of question, worded as employers word them."""

from collections.abc import Sequence

from knowledge.entry import EntryId, Synonyms
from knowledge.ranking import Document

_SUBJECTS = {
    "duldung": ("Duldung", "der Duldung", "einem Geduldeten"),
    "praktikum": ("Praktikum", "dem Praktikum", "einem Praktikanten"),
    "deutschkurs": ("Deutschkurs", "dem Sprachkurs", "einem Kursteilnehmer"),
    "vertrag": ("Ausbildungsvertrag", "dem Vertrag", "einem Azubi"),
    "wohnung": ("Wohnung", "der Unterkunft", "einem Mieter"),
    "fuehrerschein": ("Führerschein", "der Fahrerlaubnis", "einem Fahrer"),
}
_KINDS = {
    "dauer": (
        "Wie lange dauert das mit {1}?",
        "{0} dauer",
        "Wie viele Wochen muss ich bei {1} warten?",
        "wann ist das mit {1} fertig",
        "Bis wann gilt {0}?",
    ),
    "kosten": (
        "Was kostet das mit {1}?",
        "{0} kosten",
        "Wie hoch sind die Gebühren bei {1}?",
        "muss ich für {0} zahlen",
        "Wer bezahlt bei {2} den Preis?",
    ),
    "antrag": (
        "Wo beantragt man das mit {1}?",
        "{0} antrag formular",
        "Welche Unterlagen verlangt das Amt bei {1}?",
        "an wen wende ich mich wegen {0}",
        "Wer füllt bei {2} die Papiere aus?",
    ),
    "ende": (
        "Was passiert, wenn es mit {1} vorbei ist?",
        "{0} abgelaufen",
        "Darf ich nach dem Ende von {1} kündigen?",
        "{0} ungültig was nun",
        "Muss ich {2} danach entlassen?",
    ),
}

SYNONYMS = Synonyms(
    groups={"Azubi": ("Lehrling", "Stift"), "Duldung": ("Aussetzung der Abschiebung", "§ 60a")},
    abbreviations={"FS": "Führerschein", "B-Kurs": "Deutschkurs"},
    hidden=("Lehrbub",),
)
"""What the editors of this FAQ wrote down."""


def documents() -> Sequence[Document]:
    """Twenty-four entries of a title and four phrasings."""
    return tuple(
        Document(EntryId(f"{subject}-{kind}"), *_worded(forms, patterns))
        for subject, forms in _SUBJECTS.items()
        for kind, patterns in _KINDS.items()
    )


def _worded(forms: tuple[str, str, str], patterns: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    title, *phrasings = (pattern.format(*forms) for pattern in patterns)
    return title, tuple(phrasings)
