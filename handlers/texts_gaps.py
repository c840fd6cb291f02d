"""What editors read about questions without an answer. HTML as in ``handlers.texts``."""

from typing import Final

NONE = (
    "<b>Keine Lücken.</b> Hier erscheint, was mindestens drei verschiedene Chats gefragt haben, ohne eine gute Antwort zu "
    "bekommen."
)
GAP = (
    "<b>Lücke {number} von {count}</b>\n{chats} Chats, {reasons}\n\n<b>So wurde gefragt</b> (ohne Namen und Nummern):\n{wordings}\n\n"
    "<b>Nächste Einträge:</b>\n{entries}"
)
NO_ENTRY = "keiner"
MORE = "… und {count} weitere"
REASONS: Final = {
    "refused": "ohne Antwort",
    "none_of_these": "„Nichts davon“",
    "not_helped": "👎",
    "handed_over": "an Lotsen gegeben",
}
CHANGED = "✏️ Ihr Wortlaut: {text}"
KEY_ADD = "➕ zu {letter}: {title}"
KEY_CHANGE = "✏️ Wortlaut ändern"
KEY_ENTRY = "🆕 Neuer Eintrag"
KEY_IGNORE = "🙈 Ignorieren"
ASK_WORDING = (
    "Wie soll die Formulierung lauten? Zum Ändern antippen (dann ist sie kopiert), einfügen, ändern, senden. "
    "Eine Zeile, höchstens 200 Zeichen, keine Namen.\n\n<pre>{text}</pre>\n\n/abbrechen beendet das."
)
HAS_HOLES = "In diesem Wortlaut fehlen Wörter. Bitte erst ändern: ✏️"
BAD_WORDING = "Das passt nicht: bitte eine Zeile mit 2 bis 200 Zeichen und ohne „…“."
GONE = "Diese Lücke gibt es nicht mehr: erledigt, ignoriert oder abgelaufen. /luecken zeigt die übrigen."
CHANGED_MEANWHILE = (
    "<b>Hier hat sich inzwischen etwas geändert</b>, deshalb habe ich nichts getan. So sieht die Lücke jetzt aus; bitte sehen Sie noch "
    "einmal hin und tippen Sie dann.\n\n"
)
IGNORED = "🙈 Ignoriert. Was dasselbe fragt, wird hier nicht mehr gezeigt, bis es abgelaufen ist."
NO_FOLDER = (
    "<b>Das kann ich nicht eintragen.</b> Dieser Bot arbeitet mit dem mitgelieferten Wissen; ein eigener Ordner der Redaktion "
    "(KNOWLEDGE_DIR) ist nicht eingerichtet. Bitte wenden Sie sich an den Betreiber: „lotsenbot init“ legt einen an. "
    "Die Lücke bleibt hier stehen."
)
ADDING = "Neue Formulierung für „{title}“:\n„{text}“"
