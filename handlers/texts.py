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
    "Bitte senden Sie keine Namen, Geburtsdaten oder Fotos von Papieren Ihrer Bewerber.</i>"
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
    "• /abbrechen – den laufenden Schritt beenden\n\n"
    "Das sind allgemeine Informationen, keine Rechtsberatung. Ob etwas in Ihrem Fall passt, entscheidet die zuständige Behörde."
)
HELP_LOTSE = (
    "\n\n<b>Für Lotsinnen und Lotsen</b>\n"
    "Auf eine Fallkarte oder eine Nachricht eines Betriebs einfach <b>antworten</b> (Nachricht gedrückt halten oder nach "
    "links wischen). /entkoppeln trennt diesen Chat vom Lotsen-Verzeichnis."
)
HELP_ADMIN = (
    "\n\n<b>Für Admins</b>\n"
    "/reload – Wissen und Verzeichnis neu laden\n"
    "/pruefen Frage – warum diese Antwort?\n"
    "/einladen Lotse – einmaliger Link für einen Lotsen\n"
    "/entkoppeln Lotse – Verbindung trennen"
)
HELP_IMPRINT = '\n\n<a href="{url}">Impressum und Datenschutz</a>'
NOTICE_REGIONS = (
    "\n\n<i>Postleitzahlen und Gemeinden: © OpenStreetMap-Mitwirkende, ODbL 1.0 (openstreetmap.org/copyright), aufbereitet "
    "von suche-postleitzahl.org, verändert. Orte: GeoNames (geonames.org), CC BY 4.0, verändert. Kreisnamen: "
    "landkreise-deutschland, CC BY 4.0.</i>"
)

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

DID_YOU_MEAN = "<b>Meinten Sie eine dieser Fragen?</b>\n\n{questions}"
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
PERSON = "Gern. Ich gebe Ihr Anliegen an den Willkommenslotsen Ihrer Region weiter."
RATED_HELPED = "Danke, das freut uns!"
RATED_NOT_HELPED = "Danke für die Rückmeldung."
NOT_HELPED = "Schade. Schreiben Sie die Frage gern noch einmal mit anderen Worten, oder geben Sie sie an den Willkommenslotsen weiter."

OVERDUE = "⚠️ <i>Diese Antwort sollte bis {date} geprüft werden und ist vielleicht überholt. Bitte vor Ort nachfragen.</i>"
UNVERIFIED = "⚠️ <b>Bitte vor Ort prüfen:</b> {reason}"
VARIANT = "<b>Gilt für {land}:</b> {text}"

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
UNSUPPORTED_VOICE = (
    "Sprachnachrichten kann ich leider nicht anhören. Schreiben Sie mir Ihre Frage bitte als Text."
)
UNSUPPORTED_IN_CASE = "Im Moment kann ich nur Text weitergeben. Bitte schreiben Sie es als Nachricht."
EDITED = "Ihre geänderte Nachricht habe ich gesehen. Soll ich neu suchen? Dann schicken Sie die Frage bitte noch einmal."
EDITED_IN_CASE = (
    "Ihre Änderung wurde nicht weitergegeben. Bitte schicken Sie die Berichtigung als neue Nachricht."
)

UNKNOWN_COMMAND = "Diesen Befehl kenne ich nicht. Was ich kann, steht in der /hilfe."
CANCELLED = "Gut, ich habe das abgebrochen. Es wurde nichts gesendet."
NOTHING_TO_CANCEL = "Gerade läuft nichts, was ich abbrechen könnte."
NOT_ALLOWED = "Dieser Befehl ist Admins vorbehalten."
APOLOGY = (
    "Entschuldigung, bei Ihrer letzten Nachricht ist etwas schiefgegangen, und ich konnte sie nicht bearbeiten. "
    "Das Team weiß Bescheid. Bitte versuchen Sie es später noch einmal, oder nutzen Sie /lotse."
)
SET_ASIDE = "⚠️ Die Meldung {update} konnte dreimal nicht bearbeitet werden und liegt jetzt beiseite. Mehr steht im Protokoll."

# --- Handoff: the employer's side ---------------------------------------------------------------------------------
SAMPLE_MARK = "<i>(Musterdaten: erfundener Kontakt)</i>"
BRANCHES: Final = {
    "handwerk": "🔧 Handwerk",
    "ihk": "🏭 Industrie, Handel, Gastro, Dienstleistung",
    "freie": "⚕️ Freier Beruf (Praxis, Kanzlei, Büro)",
    "unbekannt": "Weiß ich nicht",
}
BRANCH_WORDS: Final = {
    "handwerk": "Handwerk",
    "ihk": "Industrie, Handel, Dienstleistung",
    "freie": "Freier Beruf",
    "unbekannt": "Branche unbekannt",
}
HANDOFF_QUESTION = (
    "Worum geht es? Bitte schreiben Sie Ihr Anliegen in ein paar Sätzen.\n"
    "<i>Bitte keine Namen, Geburtsdaten oder Aktenzeichen von Bewerbern.</i>"
)
HANDOFF_PLACE = "Wo ist Ihr Betrieb? Bitte schreiben Sie die <b>Postleitzahl</b> oder den <b>Ort</b>."
HANDOFF_SAME_PLACE = "Ist Ihr Betrieb in <b>{place}</b>?"
KEY_YES_PLACE = "Ja, {place}"
KEY_OTHER_PLACE = "Anderer Ort"
PLACE_FOUND = "📍 <b>{place}</b> ({kreis}, {land})\n\nWelcher Bereich passt zu Ihrem Betrieb?"
PLACE_GUESS = "Meinten Sie <b>{place}</b> ({kreis}, {land})?"
# By knowledge.region_places.Reason; ``{place}`` is the likeliest one.
PLACE_GUESS_BY_REASON: Final = {
    "zero": "Fehlt da die Null am Anfang? Meinten Sie <b>{place}</b> ({kreis}, {land})?",
    "plz-unknown": "Diese Postleitzahl gehört wohl zu einem Postfach. Ist Ihr Betrieb in <b>{place}</b> ({kreis}, {land})?",
    "around": "Ist Ihr Betrieb in <b>{place}</b> ({kreis}, {land}) oder in einem Nachbarort? Am sichersten ist die Postleitzahl.",
}
PLACE_AMBIGUOUS = "Welcher Ort ist gemeint?"
PLACE_AMBIGUOUS_BY_REASON: Final = {
    "plz-border": "Diese Postleitzahl reicht über eine Kammergrenze. In welchem Ort ist Ihr Betrieb?",
    "kreis-split": "Durch diesen Kreis geht eine Kammergrenze. In welchem Ort ist Ihr Betrieb?",
    "same-name": "Diesen Ort gibt es mehrmals. Welcher ist gemeint?",
    "several": "Das passt auf mehrere Orte. Welcher ist gemeint?",
    "land-or-town": "Meinen Sie die Stadt? Sonst schreiben Sie bitte die Postleitzahl Ihres Betriebs.",
}
PLACE_MORE = "\n\nNicht dabei? Dann schreiben Sie bitte die Postleitzahl."
PLACE_LAND = "{land} ist groß. Bitte schreiben Sie die Postleitzahl oder den Ort Ihres Betriebs."
PLACE_ABROAD = (
    "Das liegt wohl nicht in Deutschland. Bitte schreiben Sie die Postleitzahl Ihres Betriebs in Deutschland."
)
PLACE_UNKNOWN = "Diesen Ort kenne ich nicht. Bitte schreiben Sie die Postleitzahl (fünf Ziffern)."
PLACE_INVALID = "Die Postleitzahl {plz} gibt es nicht. Bitte prüfen Sie die Ziffern."
PICK_LOTSE = "Je nach Bereich ist eine andere Stelle zuständig. An wen soll Ihre Frage gehen?"
PREVIEW = (
    "<b>Das geht an:</b>\n{lotse}\n\n"
    "<b>Ihre Nachricht:</b>\n<blockquote>{question}</blockquote>\n"
    "Mitgeschickt werden Ort ({place}) und Bereich ({branch}){shown}. Ihre Telefonnummer und Ihr Telegram-Name werden "
    "<b>nicht</b> weitergegeben. Telegram-Bots sind nicht Ende-zu-Ende-verschlüsselt.\n\n"
    "Sind Sie einverstanden?"
)
PREVIEW_SHOWN = ", dazu die Fragen, die ich Ihnen schon beantwortet habe"
KEY_SEND = "✅ Einverstanden, senden"
KEY_EDIT = "✏️ Text ändern"
CASE_OPENED = (
    "<b>Ihre Frage ist gespeichert und geht an {lotse}.</b>\nFallnummer: <code>{number}</code>\n\n"
    "Die Antwort kommt hier in diesen Chat. Sobald jemand Ihren Fall übernimmt, sage ich Ihnen Bescheid. "
    "Bis dahin können Sie mich weiter fragen."
)
CONTACT_CARD = (
    "<b>Ihr Kontakt vor Ort</b>\n{lotse}\n\n"
    "Diese Stelle ist gerade nicht über Telegram erreichbar. Bitte rufen Sie an oder schreiben Sie eine E-Mail. "
    "Ihre Frage wurde <b>nicht</b> weitergegeben."
)
NO_LOTSE = (
    "Für diesen Ort kenne ich leider keine Ansprechperson. Bitte wenden Sie sich an Ihre Kammer: {chamber}. "
    "Ihre Frage wurde nicht weitergegeben."
)
KEY_COPY_PHONE = "📞 Nummer kopieren"
KEY_COPY_MAIL = "✉️ E-Mail-Adresse kopieren"
NEARBY = "nicht zuständig, aber in der Nähe"
STEP_GONE = "Dieser Schritt ist abgelaufen. Mit /lotse beginnen Sie neu; es wurde nichts gesendet."
ALREADY_SENT = "Das ist schon gesendet."
PRESS_A_BUTTON = "Bitte wählen Sie einen der Knöpfe oben, oder /abbrechen."

# --- A case, seen by the employer -----------------------------------------------------------------------------------
CASE_TAKEN = (
    "👤 <b>{lotse}</b> hat Ihren Fall <code>{number}</code> übernommen und antwortet Ihnen hier.\n"
    "Was Sie ab jetzt schreiben, geht direkt dorthin."
)
WORDS_OF_LOTSE = "👤 <b>{lotse}</b> (Fall <code>{number}</code>):\n\n{text}"
PASSED_ON = "Weitergegeben an {lotse}."
CASE_CLOSED_TO_EMPLOYER = (
    "Der Fall <code>{number}</code> ist abgeschlossen. Ab jetzt antworte ich wieder selbst. "
    "Wenn noch etwas offen ist: /lotse"
)
CASE_CLOSED_BY_EMPLOYER = (
    "Gut, der Fall <code>{number}</code> ist abgeschlossen. Ab jetzt antworte ich wieder selbst."
)
CASE_CLOSED_ALREADY = "Der Fall ist schon abgeschlossen. Ihre Nachricht wurde nicht weitergegeben."
LOTSE_UNREACHABLE = (
    "Leider konnte ich <b>{lotse}</b> in Telegram nicht erreichen. Ihr Fall <code>{number}</code> ist damit hier beendet.\n"
    "Bitte rufen Sie an oder schreiben Sie eine E-Mail:"
)
WHICH_CASE = "Zu welchem Fall gehört diese Nachricht?"
KEY_CASE = "Fall {number} · {place}"
KEY_ASK_BOT = "Das ist eine Frage an den Bot"
KEY_CLOSE_EMPLOYER = "Fall beenden"

# --- The Lotse's desk ----------------------------------------------------------------------------------------------
STATES: Final = {
    "open": "🟡 Offen",
    "taken": "🔵 Übernommen",
    "answered": "🟢 Beantwortet",
    "closed": "⚪ Geschlossen",
}
CLOSED_BY: Final = {
    "lotse": "⚪ Geschlossen",
    "employer": "⚪ Vom Betrieb beendet",
    "unreachable": "⚪ Beendet: nicht zustellbar",
}
CARD = (
    "{state} · <b>Fall {number}</b>{urgent}\n"
    "📍 {place} · {branch}\n"
    "🕑 eingegangen {opened}\n\n"
    "<blockquote>{question}</blockquote>{shown}{rejected}\n"
    "<i>{hint}</i>"
)
CARD_URGENT = " · ❗ dringend"
CARD_SHOWN = "\n<b>Schon gezeigt:</b>\n{entries}"
CARD_REJECTED = "\n<b>Hat nicht gepasst:</b>\n{entries}"
CARD_HINT_OPEN = "Mit „Übernehmen“ sagen Sie dem Betrieb, dass Sie sich kümmern."
CARD_HINT_LIVE = (
    "Zum Antworten: diese Karte oder eine Nachricht des Betriebs beantworten, oder „Antworten“ tippen."
)
CARD_HINT_CLOSED = "Der Fall ist beendet."
KEY_TAKE = "Übernehmen"
KEY_REPLY = "Antworten"
KEY_CLOSE = "Schließen"
KEY_CLOSE_SURELY = "Ja, schließen"
KEY_KEEP_OPEN = "Nein, offen lassen"
CLOSE_QUESTION = "Fall <code>{number}</code> ({place}) wirklich schließen? Der Betrieb wird benachrichtigt."
TAKEN_BY_YOU = "Übernommen. Der Betrieb weiß Bescheid."
TOO_LATE = "Dieser Fall ist schon weiter. Die Karte zeigt den aktuellen Stand."
NOT_YOURS = "Diesen Fall gibt es für Sie nicht."
REPLY_PROMPT = "Ihre nächste Nachricht geht an den <b>Betrieb in {place}</b>, Fall <code>{number}</code>. Doch nicht? /abbrechen"
SENT_TO_EMPLOYER = "✓ Geht an den Betrieb in {place}, Fall <code>{number}</code>."
WORDS_OF_EMPLOYER = "🏢 <b>Betrieb in {place}</b> (Fall <code>{number}</code>):\n\n{text}"
CASE_CLOSED_TO_LOTSE = "Der Betrieb in {place} hat den Fall <code>{number}</code> beendet."
NOT_DELIVERED = "⚠️ Ihre Nachricht im Fall <code>{number}</code> kam nicht an: Der Betrieb ist in Telegram nicht mehr erreichbar."

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
UNLINK_USAGE = "So geht es: <code>/entkoppeln WL001</code>"
NOT_LINKED = "Dieser Chat ist mit keinem Lotsen verbunden."
NOT_LINKED_ADMIN = "<b>{lotse}</b> ist nicht verbunden."

RELOAD_RUNNING = "Ich lade und prüfe …"
RELOAD_SAME = "Es hat sich nichts geändert ({entries} Einträge)."
RELOAD_DONE = "<b>Übernommen.</b> {entries} Einträge, {phrasings} Formulierungen.{changes}"
RELOAD_ADDED = "\n\n<b>Neu ({count}):</b> {ids}"
RELOAD_CHANGED = "\n\n<b>Geändert ({count}):</b> {ids}"
RELOAD_REMOVED = "\n\n<b>Entfernt ({count}):</b> {ids}"
RELOAD_DIRECTORY = "\n\n<b>Verzeichnis:</b> {lotsen} Lotsen{changes}"
RELOAD_FAILED = "<b>Nichts geändert.</b> {count} Stellen müssen zuerst berichtigt werden:\n\n{problems}"
RELOAD_MORE = "\n… und {count} weitere. Alle zeigt <code>lotsenbot check</code>."
RELOAD_BUSY = "Es läuft schon eine Prüfung."
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
    "hilfe": "So funktioniert der Bot",
    "abbrechen": "Laufenden Schritt beenden",
}
COMMANDS_LOTSE: Final = {"entkoppeln": "Diesen Chat vom Verzeichnis trennen"}
COMMANDS_ADMIN: Final = {
    "reload": "Wissen und Verzeichnis neu laden",
    "pruefen": "Warum diese Antwort?",
    "einladen": "Lotsen verbinden",
    "entkoppeln": "Lotsen trennen",
}
