"""What the bot says around a handoff, in German: to the employer, to the Lotse."""

from typing import Final

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
KEY_SHARE_PLACE = "📍 Standort teilen (optional)"
KEY_SEND_PLACE = "📍 Meinen Standort senden"
SHARE_PLACE = (
    "Auf dem Handy: unten auf „📍 Meinen Standort senden“ tippen. Ich suche nur Ihren Kreis heraus; die Koordinaten speichere ich nicht.\n"
    "Am Computer geht das nicht. Schreiben Sie dann einfach die Postleitzahl oder den Ort."
)
PLACE_SHARED = "Danke. Ihren Standort habe ich nicht gespeichert."
PLACE_NOT_SHARED = "Gut, ohne Standort."
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
PLACE_UNKNOWN_WORDS = (
    "Hier brauche ich nur den Ort Ihres Betriebs, am besten die Postleitzahl (fünf Ziffern). An den Lotsen ist noch nichts "
    "gesendet.\nMöchten Sie mich lieber etwas fragen? Dann tippen Sie auf „Abbrechen“ und schreiben Sie mir Ihre Frage."
)
PLACE_INVALID = "Die Postleitzahl {plz} gibt es nicht. Bitte prüfen Sie die Ziffern."
PICK_LOTSE = "Je nach Bereich ist eine andere Stelle zuständig. An wen soll Ihre Frage gehen?"
PREVIEW = (
    "<b>Das geht an:</b>\n{lotse}\n\n"
    "<b>Ihre Nachricht:</b>\n<blockquote>{question}</blockquote>\n"
    "Mitgeschickt werden Ort ({place}) und Bereich ({branch}){shown}. Ihr Telegram-Name und die Nummer Ihres Kontos werden "
    "<b>nicht</b> weitergegeben: Möchten Sie angerufen werden, schreiben Sie mir noch Ihre Nummer. "
    "Telegram-Bots sind nicht Ende-zu-Ende-verschlüsselt.\n\n"
    "<b>Noch ist nichts gesendet.</b> Sind Sie einverstanden?"
)
PREVIEW_SHOWN = ", dazu die Fragen, die ich Ihnen schon beantwortet habe"
KEY_SEND = "✅ Einverstanden, senden"
KEY_EDIT = "✏️ Text ändern"
CASE_OPENED = (
    "<b>Ihre Frage ist gespeichert und geht an {lotse}.</b>\nFallnummer: <code>{number}</code>\n\n"
    "Die Antwort kommt hier in diesen Chat. Sobald jemand Ihren Fall übernimmt, sage ich Ihnen Bescheid. "
    "Bis dahin können Sie mich weiter fragen."
)
CASE_OPENED_LATER = "\n\n<i>Gerade ist dort keine Sprechzeit; sie beginnt wieder am {opens}.</i>"
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
QUESTION_GONE = "Diese Frage ist schon erledigt oder abgelaufen."
ALREADY_SENT = "Das ist schon gesendet."
PRESS_A_BUTTON = "Bitte wählen Sie einen der Knöpfe oben, oder /abbrechen. Noch ist nichts gesendet."

# --- A case, seen by the employer -----------------------------------------------------------------------------------
CASE_TAKEN = (
    "👤 <b>{lotse}</b> hat Ihren Fall <code>{number}</code> übernommen und antwortet Ihnen hier.\n"
    "Was Sie ab jetzt schreiben, geht direkt dorthin."
)
WORDS_OF_LOTSE = "👤 <b>{lotse}</b> (Fall <code>{number}</code>):\n\n{text}"
PASSED_ON = "Weitergegeben an {lotse}. Mich fragen Sie mit /frage."
CASE_CLOSED_TO_EMPLOYER = (
    "Der Fall <code>{number}</code> ist abgeschlossen. Ab jetzt antworte ich wieder selbst. "
    "Wenn noch etwas offen ist: /lotse"
)
CASE_CLOSED_BY_EMPLOYER = (
    "Gut, der Fall <code>{number}</code> ist abgeschlossen. Ab jetzt antworte ich wieder selbst."
)
CASE_CLOSED_ALREADY = "Der Fall ist schon abgeschlossen. Ihre Nachricht wurde nicht weitergegeben."
CASE_STILL_OPEN = "Ihr Fall <code>{number}</code> ist noch nicht übernommen. Ich habe {lotse} gerade noch einmal erinnert und melde mich wieder."
CASE_PASSED_ON = "Ihr Fall <code>{number}</code> wurde noch nicht übernommen. Ich habe ihn deshalb jetzt an <b>{lotse}</b> gegeben."
CASE_NOBODY = (
    "Leider hat niemand Ihren Fall <code>{number}</code> übernommen, und ich möchte Sie nicht länger warten lassen. "
    "Bitte rufen Sie an oder schreiben Sie eine E-Mail:"
)
LOTSE_UNREACHABLE = (
    "Leider konnte ich <b>{lotse}</b> in Telegram nicht erreichen. Ihr Fall <code>{number}</code> ist damit hier beendet.\n"
    "Bitte rufen Sie an oder schreiben Sie eine E-Mail:"
)
_LEFT = (
    "<b>Wer Ihren Fall <code>{number}</code> hatte, ist nicht mehr zuständig</b>, und in Telegram kann ihn gerade niemand sonst "
    "übernehmen. Der Fall ist damit hier beendet.\n"
)
LOTSE_LEFT = f"{_LEFT}Bitte rufen Sie an oder schreiben Sie eine E-Mail:"
LOTSE_LEFT_NOBODY = f"{_LEFT}Bitte wenden Sie sich an Ihre Kammer."
STILL_WAITING_MORE = "Dazu {count} weitere: /status"
STILL_WAITING = (
    "<b>Ihr Anliegen ist nicht vergessen.</b>\n\n{cases}\n\n"
    "Gehört Ihre Nachricht dazu? Bis Sie wählen, ist sie nicht weitergegeben."
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
    "nobody": "⚪ Beendet: von niemandem übernommen",
    "mail": "⚪ Beendet: ging per E-Mail",
    "unmailed": "⚪ Beendet: nicht zustellbar",
}
CARD = (
    "{state} · <b>Fall {number}</b>{urgent}\n"
    "📍 {place} · {branch}\n"
    "🕑 eingegangen {opened}\n{waiting}\n"
    "<blockquote>{question}</blockquote>{shown}{rejected}\n"
    "<i>{hint}</i>"
)
CARD_URGENT = " · ❗ dringend"
CARD_SHOWN = "\n<b>Schon gezeigt:</b>\n{entries}"
CARD_REJECTED = "\n<b>Hat nicht gepasst:</b>\n{entries}"
REMINDER = "🔔 Der Fall <code>{number}</code> (Betrieb in {place}) wartet noch auf Sie. Übernehmen Sie?"
STATE_PASSED_ON = "↪️ Weitergegeben an {lotse}"
CARD_HINT_PASSED_ON = "Solange niemand übernommen hat, können Sie den Fall zurückholen."
KEY_TAKE_BACK = "Zurückholen"
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


# --- Personal data of third persons ----------------------------------------------------------------------------------
PERSONAL_DATA = (
    "⚠️ <b>In Ihrem Text stehen Angaben über eine Person:</b>\n{findings}\n\n"
    "Zum Helfen braucht der Lotse sie meist nicht. Ohne diese Angaben lautet der Text:\n<blockquote>{redacted}</blockquote>\n"
    "Bis Sie wählen, ist nichts gesendet."
)
KEY_WITHOUT_DATA = "✅ Ohne diese Angaben weiter"
KEY_WITH_DATA = "Trotzdem mitschicken"

# --- /status ---------------------------------------------------------------------------------------------------------
STATUS_NONE = "Sie haben gerade keinen offenen Fall. Mit /lotse geben Sie ein Anliegen weiter."
STATUS = "<b>Ihre offenen Fälle</b>"
STATUS_CASE = "<code>{number}</code> · {state}\nbei {lotse}\nseit {opened}"
STATUS_STATES: Final = {
    "open": "🟡 gesendet, noch nicht übernommen",
    "taken": "🔵 übernommen",
    "answered": "🟢 beantwortet, weiter offen",
}
KEY_WITHDRAW = "Fall {number} beenden"

# --- /faelle, /fall --------------------------------------------------------------------------------------------------
NOT_A_LOTSE = "Dieser Befehl ist für verbundene Lotsinnen und Lotsen. Ihre eigenen Fälle zeigt /status."
CASES_NONE = "Sie haben gerade keinen offenen Fall."
CASES = "<b>Ihre offenen Fälle: {count}</b> (älteste zuerst)"
CASES_LINE = "<code>{number}</code>{urgent} · {state}\n📍 {place} · {age}\n{next}"
NEXT_STEP = "➡️ Erinnerung oder Weitergabe am {due}"
NEXT_ANSWER = "➡️ Der Betrieb wartet auf Ihre Antwort"
NEXT_CLOSE = "➡️ beantwortet; schließen, wenn alles geklärt ist"
CASE_USAGE = "So geht es: <code>/fall ABCD2345</code>. Alle Fälle zeigt /faelle."

# --- Photos, documents, voice ----------------------------------------------------------------------------------------
MEDIA: Final = {
    "photo": "ein Foto",
    "document": "ein Dokument",
    "voice": "eine Sprachnachricht",
    "video_note": "eine Videonachricht",
    "video": "ein Video",
    "audio": "eine Tonaufnahme",
    "location": "einen Standort",
    "contact": "einen Kontakt",
    "album": "mehrere Fotos oder Dateien",
}
MEDIA_WARNING = (
    "⚠️ Fotos und Dokumente enthalten oft Daten anderer Menschen: Namen, Geburtsdaten, Nummern. Zum Helfen reicht meist eine "
    "Beschreibung.\nSoll ich das trotzdem an den Lotsen weitergeben?"
)
KEY_SEND_MEDIA = "Ja, weitergeben"
KEY_KEEP_MEDIA = "Nein, nicht senden"
MEDIA_KEPT = "Gut, es wurde nichts weitergegeben."
MEDIA_SENT = "✓ Weitergegeben."
MEDIA_OF_LOTSE = "👤 <b>{lotse}</b> (Fall <code>{number}</code>) schickt Ihnen {what}:"
MEDIA_OF_EMPLOYER = "🏢 <b>Betrieb in {place}</b> (Fall <code>{number}</code>) schickt {what}:"
