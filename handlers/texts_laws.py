"""What editors read about statutes that have changed. HTML as in ``handlers.texts``."""

NONE = (
    "Keine Vorschrift, die ein Eintrag nennt, ist als geändert vorgemerkt.\n"
    "Verglichen wird mit <code>lotsenbot gesetze</code>."
)
OVERVIEW = "<b>Geänderte Vorschriften: {count}</b>\nBitte die Einträge prüfen, die sie nennen.\n\n{lines}"
LINE = "⚖️ {said}\n   Einträge: {entries}"
MORE = "… und {count} weitere."
HEADING = "⚖️ <b>{said}</b>\n{entries}"
ENTRY = "• {title} (<code>{id}</code>)"
OLD = "<b>Bisher:</b>\n<blockquote expandable>{text}</blockquote>"
NEW = "<b>Neu:</b>\n<blockquote expandable>{text}</blockquote>"
NOTHING = "–"
CUT = "\n<i>Gekürzt. Der ganze Text liegt im Wissensordner unter „gesetze“.</i>"
KEY_REVIEWED = "Einträge sind geprüft"
REVIEWED = (
    "{law} ist als geprüft eingetragen. Mit /reload gilt es; bis dahin steht der Hinweis noch unter den Antworten.\n"
    "Geänderte Einträge bitte mit neuem „stand“ und „pruefen_bis“ speichern."
)
NOT_MARKED = "Das ist nicht mehr vorgemerkt."
NO_FOLDER = "Dafür braucht der Bot einen Wissensordner (KNOWLEDGE_DIR)."
NOT_WRITTEN = "Nichts geändert: Der Wissensordner ist nicht beschreibbar. Bitte dem Betrieb Bescheid geben."
