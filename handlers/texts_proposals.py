"""What Lotsen and editors read about answers that could become entries. HTML as in ``handlers.texts``."""

KEY_PROPOSE = "💡 Als FAQ vorschlagen"
WORDS_GONE = "Ihre Nachricht ist hier nicht mehr zu lesen. Bitte antworten Sie dem Betrieb noch einmal und schlagen Sie dann vor."
TOO_LITTLE = "Ohne Namen und Nummern bleibt davon zu wenig übrig."
PREVIEW = (
    "💡 <b>Als FAQ vorschlagen?</b>\nDas sähe die Redaktion; „…“ steht für Namen und Nummern, die nicht mitgehen.\n\n"
    "<b>Frage:</b> {question}\n\n<b>Antwort:</b> {answer}\n\n{nearest}"
)
NEAREST = (
    "Nächster Eintrag: „{title}“. Ist das eine neue Formulierung dafür, oder braucht es einen neuen Eintrag?"
)
NO_NEAREST = "Einen ähnlichen Eintrag gibt es nicht."
KEY_PHRASING = "➕ Neue Formulierung dafür"
KEY_ENTRY = "🆕 Neuer Eintrag"
KEY_NOT = "Doch nicht"
PROPOSED = "💡 Danke. Die Redaktion sieht Ihren Vorschlag; Sie hören hier, was daraus wird."
PROPOSED_BEFORE = "Das haben Sie schon vorgeschlagen. Sie hören hier, was daraus wird."

NOTICE = "💡 <b>Vorschlag für die FAQ</b> von {lotse}."
KEY_SHOW = "Ansehen"
NONE = "<b>Keine offenen Vorschläge.</b> Lotsen schlagen unter ihren Antworten etwas für die FAQ vor."
LIST = "<b>Offene Vorschläge: {count}</b>"
PROPOSAL = (
    "💡 <b>Vorschlag {number}</b> von {lotse}: {wish}\n\n<b>Frage:</b> {question}\n\n<b>Antwort des Lotsen:</b> {answer}\n\n"
    "<b>Nächste Einträge:</b>\n{entries}"
)
WISH_PHRASING = "neue Formulierung für „{title}“"
WISH_ENTRY = "neuer Eintrag"
KEY_DECLINE = "✖️ Ablehnen"
DECIDED = {
    "accepted": "Über diesen Vorschlag ist entschieden: aufgenommen.",
    "declined": "Über diesen Vorschlag ist entschieden: abgelehnt.",
}
GONE = "Diesen Vorschlag gibt es nicht mehr."
DECLINED = "Abgelehnt. Der Lotse erfährt es."

SETTLED_PHRASING = (
    "✅ <b>Ihr Vorschlag ist aufgenommen</b> („{question}“): als Formulierung für „{title}“. Danke."
)
SETTLED_ENTRY = (
    "✅ <b>Ihr Vorschlag ist aufgenommen</b> („{question}“): als neuer Eintrag „{title}“. "
    "Solange Rechtsgrundlage und Quelle fehlen, steht „Bitte vor Ort prüfen“ dabei. Danke."
)
SETTLED_DECLINED = "Ihr Vorschlag für die FAQ („{question}“) wurde nicht aufgenommen. Danke trotzdem."

FORM = (
    "🆕 <b>Neuer Eintrag</b>\nText antippen (dann ist er kopiert), unten einfügen, ausfüllen, senden. Je Frage, Grundlage und Quelle "
    "eine Zeile. Was fehlt, macht den Eintrag zum Entwurf mit „Bitte vor Ort prüfen“.\n\n<pre>{form}</pre>\n\n"
    "<i>Themen: {topics}</i>\n/abbrechen beendet das."
)
FORM_PROBLEMS = (
    "<b>Das passt noch nicht:</b>\n{problems}\n\nBitte ändern und das ganze Formular noch einmal senden."
)
FORM_HOLES = "Es steht noch „…“ darin: Dort fehlt etwas, das der Bot entfernt hat."
UNKNOWN_TOPIC = "Thema: eins von {topics}."
FORM_PREVIEW = (
    "<b>So steht es im Formular:</b>\n\n<b>{title}</b>\n{answer}\n\n{state}\n\n"
    "Stimmt das? Sonst senden Sie das geänderte Formular noch einmal."
)
FORM_DRAFT = "⚠️ <b>Wird ein Entwurf</b> mit „Bitte vor Ort prüfen“, denn es fehlt: {missing}."
FORM_WHOLE = "✅ Vollständig: Grundlage, Quelle, Stand und Prüfdatum sind angegeben."
KEY_CHECK = "Prüfen und eintragen"
FORM_GONE = "Dieses Formular wartet nicht mehr. Bitte beginnen Sie neu: /luecken oder /vorschlaege."
