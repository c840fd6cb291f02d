"""What is said about the way by mail, to employers and in the mail itself, in German."""

from typing import Final

from bot import mailing

# --- To the employer, in Telegram --------------------------------------------------------------------------------
ASK_CONTACT = (
    "<b>Ihr Kontakt vor Ort</b>\n{lotse}\n\n"
    "Diese Stelle ist nicht über Telegram erreichbar. Sie können selbst anrufen oder schreiben. Oder ich schicke Ihre Frage "
    "per E-Mail; die Antwort kommt dann direkt zu Ihnen, nicht in diesen Chat.\n\n"
    "<b>Wohin soll die Antwort?</b> Schreiben Sie Ihre E-Mail-Adresse oder Telefonnummer."
)
ASK_CONTACT_URGENT = "❗ Wenn es eilt, rufen Sie bitte an. Eine E-Mail kann liegen bleiben.\n\n"
ASK_CONTACT_AGAIN = "Wohin soll die Antwort? Schreiben Sie Ihre E-Mail-Adresse oder Telefonnummer."
NO_CONTACT = (
    "Das kann ich nicht als E-Mail-Adresse oder Telefonnummer lesen. Bitte schreiben Sie genau eine Adresse (name@firma.de) "
    "oder eine Nummer mit Vorwahl (0221 123456). Doch nicht? /abbrechen"
)
PREVIEW = (
    "<b>Das geht per E-Mail an:</b>\n{lotse}\n\n"
    "<b>Ihre Nachricht:</b>\n<blockquote>{question}</blockquote>\n"
    "<b>Die Antwort kommt an:</b> {contact}\n\n"
    "Mitgeschickt werden dieser Kontakt, Ort ({place}) und Bereich ({branch}){shown}. Ihr Telegram-Name wird <b>nicht</b> "
    "weitergegeben. E-Mails sind nicht Ende-zu-Ende-verschlüsselt.\n\n"
    "<b>Noch ist nichts gesendet.</b> Sind Sie einverstanden?"
)
KEY_SEND = "✅ Einverstanden, per E-Mail senden"
KEY_CONTACT = "✏️ Kontakt ändern"
KEY_INSTEAD = "✉️ Per E-Mail schicken"
OPENED = (
    "<b>Ihre Frage ist gespeichert und geht per E-Mail an {lotse}.</b>\nFallnummer: <code>{number}</code>\n\n"
    "Die Antwort kommt an {contact}, nicht in diesen Chat. Ich melde mich, wenn die E-Mail verschickt ist. "
    "Mich können Sie weiter fragen."
)
MAILED = (
    "✉️ Die E-Mail mit Ihrem Fall <code>{number}</code> ist verschickt: Der Mailserver hat sie angenommen. Ob sie schon gelesen "
    "wurde, weiß ich nicht.\nDie Antwort kommt an {contact}. Ich frage am {due} nach, ob Sie etwas gehört haben."
)
ASKED = (
    "Ihr Fall <code>{number}</code> ging am {sent} per E-Mail an <b>{lotse}</b>. Haben Sie schon eine Antwort? Dann ist alles gut.\n"
    "Wenn nicht, rufen Sie bitte dort an oder schreiben Sie selbst eine E-Mail. Hier ist der Fall damit abgeschlossen."
)
NOT_MAILED = (
    "Leider konnte ich die E-Mail an <b>{lotse}</b> nicht verschicken. Ihr Fall <code>{number}</code> ist damit hier beendet.\n"
    "Bitte rufen Sie an oder schreiben Sie selbst eine E-Mail:"
)
STATUS_WAITING = "✉️ wird per E-Mail verschickt; Antwort an {contact}"
STATUS_SENT = "✉️ per E-Mail verschickt am {sent}; Antwort an {contact}"
STATUS_NEXT = "\nAm {due} frage ich nach, ob Sie etwas gehört haben."
NOTHING_MORE = (
    "Ihr Fall <code>{number}</code> läuft per E-Mail. Dorthin kann ich nichts nachreichen: Ihre Nachricht wurde <b>nicht</b> weitergegeben. "
    "Bitte rufen Sie dort an oder schreiben Sie selbst eine E-Mail."
)
INSTEAD_GONE = "Das geht nicht mehr. Mit /lotse beginnen Sie neu."

# --- The mail to the Lotse: plain text ---------------------------------------------------------------------------
SUBJECT = "{urgent}Frage eines Betriebs in {place} (Fall {number})"
SUBJECT_URGENT = "Dringend: "
BODY = """Guten Tag,

ein Betrieb hat Ihnen über den Lotsenbot eine Frage geschickt. Sie kommt per E-Mail, weil Sie im Bot gerade nicht erreichbar sind.

An:          {lotse}
Fall:        {number}{urgent}
Ort:         {place} ({kreis})
Bereich:     {branch}
Eingegangen: {opened}

Frage des Betriebs:

{question}
{shown}
Bitte antworten Sie dem Betrieb direkt: {contact}
{how}

Der Betrieb hat zugestimmt, dass Sie Frage und Kontakt bekommen. Bitte nutzen Sie beides nur für diese Beratung.
{sample}
--
Lotsenbot, automatisch verschickt
"""
BODY_URGENT = " (dringend)"
HOW_MAIL = "„Antworten“ in Ihrem Mailprogramm geht an diese Adresse."
HOW_PHONE = "Auf diese E-Mail können Sie nicht antworten: Der Betrieb hat nur eine Telefonnummer angegeben."
SHOWN = "\nSchon gezeigte Antworten:\n{entries}\n"
SAMPLE = "\nMusterdaten: Diese Adresse ist erfunden.\n"
AFTER: Final = {
    mailing.WITHDRAWN: (
        "Erledigt: Fall {number}",
        (
            "Guten Tag,\n\nder Fall {number} ist im Lotsenbot beendet. Sie brauchen nicht mehr zu antworten.\n\n"
            "-- \nLotsenbot, automatisch verschickt\n"
        ),
    ),
    mailing.ERASED: (
        "Bitte löschen: Fall {number}",
        (
            "Guten Tag,\n\nder Betrieb hat seine Daten im Lotsenbot gelöscht. Bitte löschen Sie auch die E-Mail zum Fall {number} "
            "und bewahren Sie nichts daraus auf.\n\n--\nLotsenbot, automatisch verschickt\n"
        ),
    ),
}
