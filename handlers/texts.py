"""Everything the bot itself says, in German, in one place. What editors write lies in the knowledge folder.

Texts are HTML of Telegram's white list; ``{…}`` are filled by ``handlers.render`` with escaped values.
"""

from typing import Final

START = (
    "<b>Guten Tag!</b> Ich beantworte Fragen von Betrieben zur Ausbildung und Beschäftigung von Geflüchteten: "
    "mit Rechtsgrundlage, Quelle und Stand.\n\n"
    "Schreiben Sie Ihre Frage einfach so, wie Sie sie stellen würden. Zum Beispiel:"
)
START_PRIVACY = (
    "\n\n<i>Ich bin ein Programm und gebe allgemeine Informationen, keine Rechtsberatung. "
    "Bitte senden Sie keine Namen, Geburtsdaten oder Fotos von Papieren Ihrer Bewerber. Mehr: /datenschutz</i>"
)
START_KEYS_HINT = "\n\nOder wählen Sie ein Thema. Wenn Sie lieber mit einem Menschen sprechen: /lotse"
EXAMPLES: Final = (
    "Darf ich eine Person mit Duldung ausbilden?",
    "Wie viel Zuschuss gibt es für eine Einstiegsqualifizierung?",
    "Was ist die 3+2-Regelung?",
)
KEY_TOPICS = "📚 Alle Themen"
KEY_LOTSE = "👤 Mit dem Lotsen sprechen"
KEY_LOTSE_FIRST = "👤 Das mit dem Lotsen klären"
KEY_HELPED = "👍 Hat geholfen"
KEY_NOT_HELPED = "👎 Nein"
KEY_NONE = "Nichts davon"
KEY_BACK = "‹ Zurück"
KEY_CANCEL = "Abbrechen"

HELP = (
    "<b>So hilft Ihnen dieser Bot</b>\n"
    "• Frage eintippen: Sie bekommen die geprüfte Antwort mit Rechtsgrundlage, Quelle und Stand.\n"
    "• /themen – alle Fragen nach Themen\n"
    "• /suche Wort – Fragen zu einem Stichwort\n"
    "• /lotse – Ihr Anliegen an den Willkommenslotsen Ihrer Region geben\n"
    "• /status – wo Ihre Fälle stehen\n"
    "• /frage – mich etwas fragen, während der Lotse mit Ihnen schreibt\n"
    "• /bescheid – worüber ich Ihnen später Bescheid gebe\n"
    "• /datenschutz, /meinedaten, /loeschen – Ihre Daten\n"
    "• /abbrechen – den laufenden Schritt beenden\n\n"
    "Das sind allgemeine Informationen, keine Rechtsberatung. Ob etwas in Ihrem Fall passt, entscheidet die zuständige Behörde."
)
HELP_LOTSE = (
    "\n\n<b>Für Lotsinnen und Lotsen</b>\n"
    "Auf eine Fallkarte oder eine Nachricht eines Betriebs einfach <b>antworten</b> (Nachricht gedrückt halten oder nach "
    "links wischen). Was Sie ändern, ändert sich auch beim Betrieb; <code>/zurueckholen</code> als Antwort auf Ihre Nachricht löscht sie dort (48 Stunden lang). /faelle zeigt Ihre offenen Fälle, /fall Nummer eine Karte noch einmal. /notiz hält etwas fest, das der Betrieb nicht sieht; mit „Abgeben“ geht ein Fall an jemand anderen. /abwesend bis 12.01. trägt Urlaub oder Krankheit ein, mit Vertretung; /zurueck beendet das früher. /entkoppeln trennt diesen Chat vom Lotsen-Verzeichnis."
)
HELP_IMPRINT = '\n\n<a href="{url}">Impressum und Datenschutz</a>'
NOTICE_REGIONS = (
    "\n\n<i>Postleitzahlen und Gemeinden: © OpenStreetMap-Mitwirkende, ODbL 1.0 (openstreetmap.org/copyright), aufbereitet "
    "von suche-postleitzahl.org, verändert. Orte: GeoNames (geonames.org), CC BY 4.0, verändert. Kreisnamen: "
    "landkreise-deutschland, CC BY 4.0.</i>"
)

TOO_FAST = (
    "Das waren gerade sehr viele Nachrichten auf einmal. Bitte warten Sie eine Minute und schreiben Sie dann weiter. "
    "Bis dahin antworte ich nicht.\n\n"
    "Ist es dringend, schreiben Sie mir, worum es geht (zum Beispiel eine Abschiebung): Das kommt immer durch."
)
TOO_FAST_PRESSED = "Das waren gerade sehr viele Nachrichten auf einmal. Bitte warten Sie eine Minute und tippen Sie dann weiter."

STALE_BUTTON = "Dieser Knopf stammt aus einer früheren Version. Bitte stellen Sie Ihre Frage noch einmal."
ENTRY_GONE = (
    "Diesen Eintrag gibt es nicht mehr, er wurde überarbeitet. Bitte stellen Sie Ihre Frage noch einmal."
)
ENTRY_GONE_HTML = (
    "Diesen Eintrag gibt es so nicht mehr, er wurde überarbeitet.\n"
    "Schreiben Sie mir Ihre Frage noch einmal, oder schauen Sie in die Themen."
)
TOPIC_GONE = "Dieses Thema gibt es nicht mehr. Hier sind die aktuellen Themen."

TOPICS = "<b>Themen</b>\nWählen Sie ein Thema. Oder schreiben Sie mir einfach Ihre Frage."
TOPIC = "<b>{title}</b>\n\n{questions}\n\nTippen Sie auf die Nummer."
SEARCH_PROMPT = "Nach welchem Stichwort soll ich suchen? Zum Beispiel: <i>Berufsschule</i>"
SEARCH_FOUND = "<b>Das habe ich zu „{query}“ gefunden</b>\n\n{questions}\n\nTippen Sie auf die Nummer."
SEARCH_NOTHING = (
    "Zu „{query}“ habe ich nichts gefunden. Versuchen Sie ein anderes Wort, oder schauen Sie in die /themen."
)

DID_YOU_MEAN_ONE = "<b>Meinten Sie diese Frage?</b>\n\n{questions}"
DID_YOU_MEAN = "<b>Meinten Sie eine dieser Fragen?</b>\n\n{questions}"
OPEN_CHOICE = "Zu Ihrer Frage {question} bin ich nicht sicher.\n{choice}"
STILL_OPEN = (
    "Auf diesen Teil Ihrer Nachricht habe ich keine geprüfte Antwort: {questions}\n"
    "Der Willkommenslotse Ihrer Region kann weiterhelfen. Ihre Nachricht kann ich direkt mitgeben."
)
NOT_FOUND = (
    "Dazu habe ich keine geprüfte Antwort, und raten möchte ich nicht.\n"
    "Der Willkommenslotse Ihrer Region kann weiterhelfen. Ihre Frage kann ich direkt mitgeben."
)
NONE_FITS = (
    "Gut, dann war das Richtige nicht dabei.\n"
    "Formulieren Sie die Frage gern noch einmal mit anderen Worten, oder geben Sie sie an den Willkommenslotsen weiter."
)
STILL_UNCLEAR = (
    "Ich komme hier allein nicht weiter. Am besten schaut sich das ein Mensch an: Ihre Frage kann ich dem "
    "Willkommenslotsen Ihrer Region mitgeben."
)
KEY_SHOW_AGAIN = "Antwort noch einmal zeigen"
SAME_ANSWER = (
    "Dazu passt wieder die Antwort von eben: <b>{title}</b>\n"
    "Wenn sie Ihnen nicht weiterhilft, schaut sich das am besten ein Mensch an."
)
NEEDS_PERSON = (
    "Dazu muss man den Einzelfall ansehen. Das darf und kann dieser Bot nicht.\n"
    "Der Willkommenslotse Ihrer Region hilft Ihnen weiter; Ihre Frage kann ich direkt mitgeben."
)
NEEDS_PERSON_AFTER_ANSWER = (
    "Das ist die allgemeine Regel. <b>Für den Einzelfall brauchen Sie einen Menschen:</b>"
)
URGENT = (
    "<b>Das klingt dringend.</b> Bitte warten Sie nicht auf eine Antwort im Chat: Rufen Sie heute noch die zuständige "
    "Behörde oder eine Rechtsanwältin oder einen Rechtsanwalt an. Fristen können sehr kurz sein.\n"
    "Den Willkommenslotsen kann ich sofort verständigen."
)
AFTER_FIRST_AID = (
    "<i>Ihre Nachricht geht trotzdem ihren Weg; warten Sie aber nicht auf eine Antwort im Chat.</i>"
)
AFTER_FIRST_AID_DRAFT = "<i>Danach machen wir hier weiter: An den Lotsen ist noch nichts gesendet. Warten Sie nicht auf eine Antwort im Chat.</i>"
OUTSIDE_HOURS = "\n<i>Gerade ist außerhalb der üblichen Sprechzeiten; sie beginnen wieder am {opens}.</i>"
# A promise here would be read as kept: nothing is on its way before the button, the place and the consent.
PERSON = (
    "Gern. Noch ist nichts gesendet: Tippen Sie auf den Knopf. Dann frage ich kurz nach Ort und Branche, "
    "und Ihr Anliegen geht an den Willkommenslotsen Ihrer Region."
)
RATED_HELPED = "Danke, das freut uns!"
RATED_NOT_HELPED = "Danke für die Rückmeldung."
NOT_HELPED = "Schade. Schreiben Sie die Frage gern noch einmal mit anderen Worten, oder geben Sie sie an den Willkommenslotsen weiter."

OVERDUE = "⚠️ <i>Diese Antwort sollte bis {date} geprüft werden und ist vielleicht überholt. Bitte vor Ort nachfragen.</i>"
LAW_CHANGED = "⚠️ <i>{laws} hat sich seit der letzten Prüfung geändert. Diese Antwort wird gerade geprüft; bitte vor Ort nachfragen.</i>"
UNVERIFIED = "⚠️ <b>Bitte vor Ort prüfen:</b> {reason}"
VARIANT = "📍 <b>Gilt für {land}:</b> {text}"
VARIANT_UNKNOWN = (
    "📍 <b>{land}:</b> Die Länder regeln das verschieden, und für Ihres ist hier nichts hinterlegt. "
    "Bitte vor Ort prüfen."
)
VARIES = (
    "📍 <b>Das ist je nach Bundesland verschieden.</b> Schreiben Sie dem Bot Ihr Bundesland oder Ihre "
    "Postleitzahl, dann sehen Sie, was bei Ihnen gilt.{named}"
)
VARIANTS_OF = " Hinterlegt ist es für: {lands}."
KEY_MY_LAND = "📍 Mein Bundesland wählen"
KEY_OTHER_LAND = "📍 Anderes Bundesland"

SMALLTALK: Final = {
    "greeting": "Guten Tag! Was möchten Sie zur Ausbildung oder Beschäftigung von Geflüchteten wissen?",
    "thanks": "Gern geschehen! Wenn noch etwas ist: einfach schreiben.",
    "farewell": "Auf Wiedersehen! Ich bin jederzeit wieder für Sie da.",
    "ok": "Gut. Wenn noch etwas ist: einfach schreiben.",
    "yes": "Schön. Was möchten Sie wissen?",
    "no": "Gut. Wenn doch noch etwas ist: einfach schreiben.",
    "how_are_you": "Danke, gut! Was möchten Sie wissen?",
    "who": (
        "Ich bin ein Programm. Ich beantworte Fragen von Betrieben zur Ausbildung und Beschäftigung von Geflüchteten aus "
        "einer geprüften Sammlung. Wenn es einen Menschen braucht, verbinde ich Sie mit dem Willkommenslotsen: /lotse"
    ),
    "human": (
        "Ich bin ein Programm, kein Mensch. Ich antworte nur, was geprüft ist. Einen Menschen erreichen Sie mit /lotse."
    ),
    "capabilities": (
        "Ich beantworte Fragen zur Ausbildung und Beschäftigung von Geflüchteten. Schreiben Sie einfach Ihre Frage, "
        "oder schauen Sie in die /themen. Einen Menschen erreichen Sie mit /lotse."
    ),
    "insult": "Das tut mir leid. Wenn ich nicht helfen konnte: Mit /lotse erreichen Sie einen Menschen.",
    "praise": "Danke, das freut uns!",
    "unhelpful": "Das tut mir leid. Schreiben Sie es gern mit anderen Worten, oder sprechen Sie mit einem Menschen:",
    "confused": "Entschuldigung, das war wohl unklar. Schreiben Sie es gern mit anderen Worten, oder sprechen Sie mit einem Menschen:",
    "apology": "Kein Problem. Was möchten Sie wissen?",
    "test": "Ich bin da. Was möchten Sie wissen?",
    "chitchat": "Dazu kann ich nichts sagen. Ich kenne mich mit der Ausbildung und Beschäftigung von Geflüchteten aus.",
    "gibberish": "Das habe ich nicht verstanden. Was möchten Sie zur Ausbildung oder Beschäftigung von Geflüchteten wissen?",
    "postcode": (
        "Möchten Sie wissen, wer Ihnen in Ihrer Region weiterhilft? Dann: /lotse\n"
        "Oder schreiben Sie mir Ihre Frage."
    ),
    "contact": "Danke, aber Kontaktdaten brauche ich hier nicht. Was möchten Sie wissen? Einen Menschen erreichen Sie mit /lotse.",
    "link": "Links kann ich nicht öffnen. Was möchten Sie wissen?",
    "emoji": "🙂 Was möchten Sie wissen?",
    "number": "Was möchten Sie dazu wissen? Schreiben Sie mir bitte eine Frage.",
    "punctuation": "Was möchten Sie wissen?",
    "own_data": (
        "Was hier über Sie gespeichert ist und warum, steht unter /datenschutz. Ihre Daten ansehen: /meinedaten. "
        "Löschen: /loeschen"
    ),
}
# Kinds of small talk after which a person is offered.
SMALLTALK_WITH_LOTSE: Final = frozenset({"unhelpful", "confused", "insult"})
FOREIGN: Final = {
    "en": "I answer in German only. Please write your question in German; a Lotse can also help you: /lotse",
    "tr": "Yalnızca Almanca yanıt veriyorum. Lütfen sorunuzu Almanca yazın.",
    "ar": "أجيب باللغة الألمانية فقط. يرجى كتابة سؤالك بالألمانية.",
    "uk": "Я відповідаю лише німецькою. Будь ласка, напишіть своє запитання німецькою.",
    "ru": "Я отвечаю только по-немецки. Пожалуйста, напишите свой вопрос на немецком языке.",
    "pl": "Odpowiadam tylko po niemiecku. Proszę napisać pytanie po niemiecku.",
}
SMALLTALK_OTHER = "Was möchten Sie zur Ausbildung oder Beschäftigung von Geflüchteten wissen?"

UNSUPPORTED = (
    "Das kann ich leider nicht lesen, ich verstehe nur Text. Schreiben Sie mir Ihre Frage bitte.\n"
    "Bitte senden Sie keine Fotos von Papieren Ihrer Bewerber."
)
UNSUPPORTED_WITH_WORDS = (
    "Die Datei kann ich leider nicht ansehen, aber Ihren Text dazu lese ich.\n"
    "Bitte senden Sie keine Fotos von Papieren Ihrer Bewerber."
)
UNSUPPORTED_VOICE = (
    "Sprachnachrichten kann ich leider nicht anhören. Schreiben Sie mir Ihre Frage bitte als Text."
)
UNSUPPORTED_IN_CASE = (
    "Das kann ich so nicht weitergeben. Text, Fotos, Dokumente und Sprachnachrichten gehen; als Lotse bitte immer als Antwort "
    "auf eine Nachricht des Falls."
)
EDITED = "Ihre geänderte Nachricht habe ich gesehen. Soll ich neu suchen? Dann schicken Sie die Frage bitte noch einmal."

UNKNOWN_COMMAND = "Diesen Befehl kenne ich nicht. Was ich kann, steht in der /hilfe."
CANCELLED = "Gut, ich habe das abgebrochen. Es wurde nichts gesendet."
NOTHING_TO_CANCEL = "Gerade läuft nichts, was ich abbrechen könnte."
NOT_ALLOWED = "Dieser Befehl ist Admins vorbehalten."
APOLOGY = (
    "Entschuldigung, bei Ihrer letzten Nachricht ist etwas schiefgegangen, und ich konnte sie nicht bearbeiten. "
    "Das Team weiß Bescheid. Bitte versuchen Sie es später noch einmal, oder nutzen Sie /lotse."
)
SET_ASIDE = "⚠️ Die Meldung {update} konnte dreimal nicht bearbeitet werden und liegt jetzt beiseite. Mehr steht im Protokoll."

# --- Linking and admin ---------------------------------------------------------------------------------------------
INVITE_USAGE = "So geht es: <code>/einladen WL001</code> oder <code>/einladen Köln</code>"
INVITE_LINK = (
    "Einmaliger Link für <b>{lotse}</b>, gültig bis {until}:\n\n{link}\n\n"
    "Bitte nur an diese Person senden. Wenn jemand den Link öffnet, frage ich Sie vor der Verbindung."
)
INVITE_MANY = "Das passt auf mehrere:\n{lotsen}\n\nBitte mit der Nummer wiederholen."
INVITE_NONE = "„{query}“ finde ich nicht im Verzeichnis."
LINK_VOID = (
    "Dieser Link ist ungültig, schon benutzt oder abgelaufen. Bitte lassen Sie sich einen neuen geben."
)
LINK_WAITING = "Danke! Sie haben den Link für <b>{lotse}</b> geöffnet. Ein Admin bestätigt das noch; ich melde mich dann hier."
LINK_PRESSED = "<b>{name}</b> (Telegram-Nummer <code>{chat}</code>) hat den Link für <b>{lotse}</b> geöffnet.\nIst das die richtige Person?"
KEY_CONFIRM = "Ja, verbinden"
KEY_REJECT = "Nein, ablehnen"
LINK_CONFIRMED = (
    "✅ Sie sind jetzt als <b>{lotse}</b> verbunden. Anfragen aus Ihrem Bezirk kommen hier als Karte an. "
    "Mit einem Tipp übernehmen Sie; antworten können Sie einfach auf die Karte. Mehr: /hilfe"
)
LINK_REJECTED = (
    "Die Verbindung wurde nicht bestätigt. Bitte wenden Sie sich an die Person, von der Sie den Link haben."
)
LINK_SETTLED_YES = "Verbunden: <b>{lotse}</b>."
LINK_SETTLED_NO = "Abgelehnt: <b>{lotse}</b>. Der Link ist verbraucht."
LINK_SETTLED_VOID = "Diese Anfrage ist schon erledigt."
UNLINKED = (
    "Dieser Chat ist nicht mehr mit dem Lotsen-Verzeichnis verbunden. Neue Fälle kommen hier nicht mehr an."
)
UNLINKED_ADMIN = "Getrennt: <b>{lotse}</b>."
UNLINK_USAGE = "So geht es: <code>/entkoppeln WL001</code> oder <code>/entkoppeln Köln</code>"
NOT_LINKED = "Dieser Chat ist mit keinem Lotsen verbunden."
NOT_LINKED_ADMIN = "<b>{lotse}</b> ist nicht verbunden."

CHECK_USAGE = "So geht es: <code>/pruefen Darf ich eine Person mit Duldung ausbilden?</code>"

# --- Profile in Telegram --------------------------------------------------------------------------------------------
BOT_DESCRIPTION = (
    "Fragen zur Ausbildung und Beschäftigung von Geflüchteten? Schreiben Sie einfach. Sie bekommen geprüfte Antworten mit "
    "Rechtsgrundlage, Quelle und Stand. Wenn es einen Menschen braucht, verbinde ich Sie mit dem Willkommenslotsen Ihrer "
    "Region. Allgemeine Informationen, keine Rechtsberatung."
)
BOT_SHORT_DESCRIPTION = "Geprüfte Antworten für Betriebe, die Geflüchtete ausbilden oder beschäftigen."
COMMANDS: Final = {
    "themen": "Alle Fragen nach Themen",
    "suche": "Nach einem Stichwort suchen",
    "lotse": "Mit dem Willkommenslotsen sprechen",
    "status": "Wo stehen meine Fälle?",
    "frage": "Den Bot fragen, auch während der Lotse schreibt",
    "hilfe": "So funktioniert der Bot",
    "bescheid": "Spätere Antworten und Korrekturen",
    "datenschutz": "Was mit Ihren Daten geschieht",
    "abbrechen": "Laufenden Schritt beenden",
}
COMMANDS_LOTSE: Final = {
    "faelle": "Meine offenen Fälle",
    "notiz": "Interne Notiz zu einem Fall",
    "abwesend": "Abwesenheit und Vertretung",
    "zurueck": "Abwesenheit beenden",
    "entkoppeln": "Diesen Chat vom Verzeichnis trennen",
}
