"""What admins and editors read about the knowledge: checking, taking over, returning. HTML as in ``handlers.texts``."""

from typing import Final

HELP_EDITOR = (
    "\n\n<b>Für die Redaktion</b>\n"
    "/faellig – welche Einträge bald zu prüfen sind\n"
    "/gesetze – welche Vorschriften sich geändert haben\n"
    "/statistik – was gefragt wird, mit Bildern und Tabelle\n"
    "/luecken – was Betriebe fragen und der Bot nicht beantwortet\n"
    "/vorschlaege – was Lotsen für die FAQ vorschlagen\n"
    "/qr – QR-Code zu einem Eintrag, Thema oder einer Region\n"
    "/reload – Änderungen im Wissensordner prüfen und übernehmen\n"
    "Eine YAML-Datei hierher senden – sie wird genauso geprüft, als läge sie im Wissensordner."
)
HELP_ADMIN = (
    "\n\n<b>Für Admins</b>\n"
    "/rollback – zu einer früheren Fassung des Wissens zurückkehren\n"
    "/pruefen Frage – warum diese Antwort?\n"
    "/abdeckung – wer welche Kreise betreut, mit Karte\n"
    "/einladen Lotse – einmaliger Link für einen Lotsen\n"
    "/entkoppeln Lotse – Verbindung trennen"
)
COMMANDS_EDITOR: Final = {
    "reload": "Änderungen am Wissen prüfen und übernehmen",
    "faellig": "Welche Einträge bald zu prüfen sind",
    "gesetze": "Welche Vorschriften sich geändert haben",
    "statistik": "Was gefragt wird, in Zahlen",
    "luecken": "Fragen ohne gute Antwort",
    "vorschlaege": "Was Lotsen vorschlagen",
    "qr": "QR-Code für Briefe und Aushänge",
}
COMMANDS_ADMIN: Final = {
    **COMMANDS_EDITOR,
    "rollback": "Zu einer früheren Fassung zurück",
    "pruefen": "Warum diese Antwort?",
    "einladen": "Lotsen verbinden",
    "entkoppeln": "Lotsen trennen",
    "abdeckung": "Wer welche Kreise betreut, mit Karte",
}

# By bot.gating.Stage: what is done is ticked, what runs has three dots.
PROGRESS: Final = {
    "read": "⏳ Lesen …",
    "ask": "✓ Gelesen\n⏳ Prüfen …",
    "compare": "✓ Gelesen\n✓ Geprüft\n⏳ Vergleichen …",
}
PROGRESS_HINT = (
    "\n\n<i>Das dauert bis zu einer Minute. Der Bot antwortet so lange mit der bisherigen Fassung.</i>"
)

REPORT = "<b>Geprüft.</b> {entries} Einträge, {phrasings} Formulierungen, {lotsen} Lotsen."
REPORT_FILE = "<b>{file} ist geprüft.</b> {entries} Einträge, {phrasings} Formulierungen, {lotsen} Lotsen."
REPORT_ADDED = "<b>Neu ({count}):</b> {ids}"
REPORT_CHANGED = "<b>Geändert ({count}):</b> {ids}"
REPORT_REMOVED = "<b>Entfernt ({count}):</b> {ids}"
REPORT_AROUND = "Einträge und Lotsen sind gleich geblieben; geändert sind Wortlisten, Seiten, Prüffragen oder Vormerkungen zu Gesetzen."
LOTSEN_ADDED = "<b>Lotsen neu ({count}):</b> {ids}"
LOTSEN_CHANGED = "<b>Lotsen geändert ({count}):</b> {ids}"
LOTSEN_REMOVED = "<b>Lotsen entfernt ({count}):</b> {ids}"
KREISE_LOST = "⚠️ <b>{count} verlieren ihren letzten Lotsen:</b> {kreise}"
KREIS: Final = ("1 Kreis", "{count} Kreise")
ORPHANS = "⚠️ <b>{count} den zuständigen Lotsen:</b>\n{cases}"
CASE: Final = ("1 offener Fall verliert", "{count} offene Fälle verlieren")
ORPHAN_GOES = "{number}: von {lotse} an {heir}"
ORPHAN_TAKEN = "{number}: {lotse} hat ihn übernommen und bearbeitet ihn zu Ende"
ORPHAN_NOBODY = (
    "{number}: bisher {lotse}, niemand sonst ist erreichbar – der Betrieb bekommt die Kontaktdaten"
)

# One question or several: (singular, plural); {count} is their number.
LOST: Final = (
    "❗ <b>1 Frage findet nicht mehr, was sie finden soll:</b>",
    "❗ <b>{count} Fragen finden nicht mehr, was sie finden sollen:</b>",
)
ANSWERED: Final = (
    "❗ <b>1 Frage, die offen bleiben soll, wird jetzt beantwortet:</b>",
    "❗ <b>{count} Fragen, die offen bleiben sollen, werden jetzt beantwortet:</b>",
)
MOVED: Final = (
    "<b>1 Frage findet jetzt einen anderen Eintrag:</b>",
    "<b>{count} Fragen finden jetzt einen anderen Eintrag:</b>",
)
HESITANT: Final = (
    "1 Frage wird nicht mehr direkt beantwortet, ihr Eintrag steht aber zuerst.",
    "{count} Fragen werden nicht mehr direkt beantwortet, ihr Eintrag steht aber zuerst.",
)
GAINED: Final = ("1 Frage wird besser gefunden.", "{count} Fragen werden besser gefunden.")
NO_CHANGE = "Keine Frage des Prüfsatzes und keine Formulierung findet etwas anderes als bisher."
CHANGE = "• {question}\n   {before} → {after}"
MORE = "… und {count} weitere"
GOLDEN = "Prüfsatz: {right} von {of} Fragen finden zuerst den richtigen Eintrag (bisher {before})."
DROPPED: Final = (
    "1 Frage steht nicht mehr im Prüfsatz.",
    "{count} Fragen stehen nicht mehr im Prüfsatz.",
)
STORED_MISSED: Final = (
    "⚠️ 1 Formulierung findet ihren eigenen Eintrag nicht zuerst.",
    "⚠️ {count} Formulierungen finden ihren eigenen Eintrag nicht zuerst.",
)
# What a question got, by the name of the decision; {entry} is the first entry.
FOUND: Final = {
    "answer": "{entry}",
    "choice": "Auswahl: {entry}",
    "handoff": "Lotse",
    "handoff+": "Lotse, dazu {entry}",
    "urgent": "dringend",
    "urgent+": "dringend, dazu {entry}",
    "unclear": "Rückfrage",
    "person": "Lotse gewünscht",
    "smalltalk": "keine Frage",
}
KEY_ACCEPT = "Übernehmen"
KEY_DISCARD = "Verwerfen"

TOO_MUCH = "<b>Nichts geändert: Der Bot würde schlechter antworten.</b>"
TOO_MUCH_LOST = "{count} Fragen gehen verloren, höchstens {limit} sind erlaubt (GATE_MAX_LOST)."
TOO_MUCH_ANSWERED = (
    "{count} Fragen würden zu Unrecht beantwortet, höchstens {limit} sind erlaubt (GATE_MAX_NEW_ANSWERS)."
)
TOO_MUCH_ADVICE = (
    "Meist hilft: den betroffenen Einträgen ihre Formulierungen zurückgeben, neue Formulierungen enger fassen, "
    "dann noch einmal /reload. <code>/pruefen Frage</code> zeigt, warum eine Frage so beantwortet wird."
)
REFUSED: Final = (
    "<b>Nichts geändert.</b> 1 Stelle muss zuerst berichtigt werden:",
    "<b>Nichts geändert.</b> {count} Stellen müssen zuerst berichtigt werden:",
)
REFUSED_MORE = "… und {count} weitere. Alle zeigt <code>lotsenbot check</code>."
SAME = "Es hat sich nichts geändert: Fassung {number} mit {entries} Einträgen gilt weiter."
NOTHING_TO_EDIT = (
    "Hier gibt es nichts neu zu laden: Der Bot antwortet aus dem mitgelieferten Wissen.\n"
    "So bekommen Sie einen Ordner zum Bearbeiten: auf dem Server <code>lotsenbot init wissen</code> aufrufen, in der .env "
    "<code>KNOWLEDGE_DIR</code> auf diesen Ordner setzen und den Bot neu starten.\n"
    "Einzelne Einträge können Sie auch ohne Ordner ändern: Senden Sie mir hier die YAML-Datei."
)
BUSY = "Es läuft schon eine Prüfung. Bitte gleich noch einmal."
FAILED = (
    "<b>Nichts geändert.</b> Die Prüfung oder das Ablegen ist fehlgeschlagen; der Grund steht im Protokoll. "
    "Bitte versuchen Sie es noch einmal."
)

ACCEPTED_WORD = "Übernommen."
ACCEPTED = (
    f"✅ <b>{ACCEPTED_WORD}</b> Ab jetzt gilt Fassung {{number}}: {{entries}} Einträge, {{lotsen}} Lotsen."
)
ROLLED_BACK = "↩️ <b>Zurückgekehrt zu Fassung {to}.</b> Sie gilt jetzt als Fassung {number}: {entries} Einträge, {lotsen} Lotsen."
FOLDER_STAYS = (
    "Der Wissensordner bleibt, wie er ist. Das nächste /reload bietet seinen Stand wieder zum Übernehmen an."
)
HOW_TO_RETURN = "Zurück geht es jederzeit mit /rollback."
WRITTEN = "Die Datei liegt jetzt auch im Wissensordner."
WRITTEN_KEPT = (
    "Die Datei liegt jetzt auch im Wissensordner. Dort lag ein anderer, noch nicht übernommener Stand; er steht jetzt "
    "daneben in <code>{kept}</code>."
)
NOT_WRITTEN = (
    "⚠️ In den Wissensordner konnte die Datei nicht geschrieben werden. Bitte legen Sie sie dort selbst ab, "
    "sonst nimmt das nächste /reload die Änderung zurück."
)
ALREADY = "Das ist schon übernommen: Fassung {number} gilt."
STALE = (
    "Das passt nicht mehr: Inzwischen gilt eine andere Fassung, oder die Prüfung ist zu lange her. "
    "Es wurde nichts geändert. Bitte prüfen Sie noch einmal: /reload, oder senden Sie die Datei noch einmal."
)
DISCARDED = "Verworfen. Es gilt weiter die bisherige Fassung; der Wissensordner bleibt, wie er ist."

ROLLBACK = "<b>Fassungen des Wissens</b>\n\n{versions}\n\nWohin zurück? Auch das können Sie wieder umkehren."
ROLLBACK_ONLY_ONE = "<b>Fassungen des Wissens</b>\n\n{versions}\n\nEs gibt noch keine frühere Fassung."
VERSION = "<b>Fassung {number}</b>{current}\n{at} · {who} · {entries} Einträge, {lotsen} Lotsen\n<code>{digest}</code> {origin}"
VERSION_CURRENT = " · gilt jetzt"
ORIGINS: Final = {
    "folder": "aus dem Wissensordner",
    "packaged": "mitgeliefert",
    "file": "mit gesendeter Datei",
    "chat": "mit einer Formulierung oder einem Eintrag aus dem Chat",
    "rollback": "Rückkehr zu Fassung {to}",
}
BY_PROGRAM = "beim Start"
BY_YOU = "von Ihnen"
BY_PERSON = "von Nummer {chat}"
KEY_VERSION = "Zurück zu Fassung {number} vom {at}"

FILE_NAME = (
    "Diesen Dateinamen kann ich keinem Platz im Wissensordner zuordnen. Erlaubt sind Buchstaben, Ziffern, Punkt und "
    "Bindestrich, am Ende <code>.yaml</code>, zum Beispiel <code>t05-einstiegsqualifizierung.yaml</code>."
)
FILE_SIZE = "Die Datei ist zu groß; mehr als 1 MB hat kein Teil des Wissens."
WAITING = (
    "Im Wissensordner liegen Änderungen, die noch nicht übernommen sind: /reload\n"
    "<i>Der Bot antwortet weiter mit der zuletzt übernommenen Fassung.</i>"
)
WAITING_PACKAGED = (
    "Mit dem Programm kam ein neuer Stand des Wissens. Er gilt noch nicht, weil hier zuletzt eine eigene Fassung "
    "übernommen wurde: /reload"
)

DUE_NONE = "In den nächsten 30 Tagen ist kein Eintrag zur Prüfung fällig."
DUE = "<b>Zu prüfen in den nächsten 30 Tagen: {count}</b> (⚠️ = überfällig)"
DUE_LAW = "⚖️ <b>Gesetz geändert: {count}</b> – mit /gesetze alt und neu vergleichen.\n{lines}"
DUE_MORE = "… und {count} weitere."
ROLES: Final = {
    "recht": "Recht",
    "foerderung": "Förderung",
    "kammer": "Kammer",
    "soziales": "Soziales",
    "lotsen": "Lotsen",
}

# By bot.alarms.Alarm: once, and several times since the last message.
_DISK = "⚠️ <b>Auf dem Server wird der Platz knapp</b>: noch {refs} MB frei. Ist die Platte voll, wartet alles, bis wieder Platz ist."
_STUCK = (
    "⚠️ <b>{refs} Nachrichten warten auf Zustellung</b>, die älteste seit mehr als 15 Minuten. "
    "Ist Telegram erreichbar? Auf dem Server prüft <code>lotsenbot doctor</code> das."
)
_MANY_ASIDE = (
    "⚠️ <b>{count} Meldungen</b> konnten dreimal nicht bearbeitet werden und liegen jetzt beiseite, zuletzt {refs}. "
    "Mehr steht im Protokoll."
)
ALARMS: Final = {
    "aside": (
        "⚠️ Die Meldung {refs} konnte dreimal nicht bearbeitet werden und liegt jetzt beiseite. Mehr steht im Protokoll.",
        _MANY_ASIDE,
    ),
    "stuck": (_STUCK, _STUCK),
    "disk": (_DISK, _DISK),
    "mail": (
        (
            "⚠️ Ein Fall konnte nicht per E-Mail verschickt werden (Grund: {refs}). Der Betrieb hat die Kontaktkarte bekommen. "
            "„lotsenbot doctor“ prüft den Mailserver."
        ),
        (
            "⚠️ {count} E-Mails mit Fällen konnten nicht verschickt werden (Gründe: {refs}). Die Betriebe haben die Kontaktkarte "
            "bekommen. „lotsenbot doctor“ prüft den Mailserver."
        ),
    ),
}

# --- /pruefen ------------------------------------------------------------------------------------------------------
WHY_STEP = "Entschieden hat: {step}"
WHY_SEARCHED = "Gesucht: {text}"
WHY_CANDIDATE = "{number}. <b>{percent} %</b> {title} (<code>{entry}</code>)"
WHY_LIMITS = "Antwort ab {answer} %, „Meinten Sie?“ ab {choice} %."
WHY_FIGURES = "<blockquote expandable><b>Zahlen dahinter</b>\n{text}</blockquote>"
