"""A case that changes hands, and notes about it, in German."""

# --- to the Lotse who has the case ---------------------------------------------------------------------------------
KEY_TRANSFER = "↪️ Abgeben"
KEY_RECALL = "Angebot zurückziehen"
TO_WHOM = (
    "<b>Fall <code>{number}</code> (Betrieb in {place}) abgeben</b>\nAn wen? Bis jemand übernimmt, bleibt der Fall bei Ihnen, "
    "und der Betrieb erfährt nichts."
)
TO_WHOM_NOBODY = "\n\nAus Ihrer Kammer und diesem Kreis ist gerade niemand sonst in Telegram verbunden."
KEY_SEARCH = "🔎 Andere Kammer oder Person"
SEARCH = "Wen suchen Sie? Bitte schreiben Sie eine Kammer, einen Namen, einen Ort oder eine Postleitzahl. Doch nicht? /abbrechen"
FOUND = "Gefunden zu „{words}“. An wen soll Fall <code>{number}</code> gehen?"
CHOICE_CLOSED = "Gut, diese Auswahl ist geschlossen."
FOUND_NONE = "Zu „{words}“ finde ich niemanden. Bitte schreiben Sie es anders, zum Beispiel „IHK Bonn“ oder eine Postleitzahl."
NOT_LINKED = "\n\n<i>Nicht in Telegram verbunden oder gerade nicht erreichbar:</i>\n{names}"
ASK_NOTE = (
    "<b>Fall <code>{number}</code> an {to}</b>\nMöchten Sie etwas dazu schreiben? Ihre nächste Nachricht ist die Notiz. "
    "Bisherige Nachrichten sieht {to} nicht; kurz, worum es geht und was schon gesagt ist, hilft. Der Betrieb sieht die Notiz nicht.\n"
    "<i>Bitte keine Namen, Geburtsdaten oder Aktenzeichen von Bewerbern.</i>"
)
KEY_WITHOUT_NOTE = "Ohne Notiz anbieten"
OFFERED = "✓ Fall <code>{number}</code> ist {to} angeboten. Bis zur Übernahme bleibt er bei Ihnen: Der Betrieb wartet weiter auf Sie."
OFFERED_ALREADY = (
    "Dieser Fall ist schon jemandem angeboten oder beendet. Die Karte zeigt den aktuellen Stand."
)
CANNOT_OFFER = "{to} ist gerade nicht über Telegram erreichbar. Der Fall bleibt bei Ihnen."
OFFER_RECALLED = "Zurückgezogen. Der Fall bleibt bei Ihnen."
OFFER_DECLINED = "↩️ {to} kann den Fall <code>{number}</code> (Betrieb in {place}) nicht übernehmen. Er bleibt bei Ihnen; bitte kümmern Sie sich weiter."
OFFER_LAPSED = "↩️ {to} hat den Fall <code>{number}</code> (Betrieb in {place}) nicht rechtzeitig übernommen. Er bleibt bei Ihnen; bitte kümmern Sie sich weiter."
OFFER_FAILED = "⚠️ {to} ist in Telegram nicht erreichbar. Der Fall <code>{number}</code> (Betrieb in {place}) bleibt bei Ihnen; bitte kümmern Sie sich weiter."
OFFER_TAKEN = "✅ {to} hat den Fall <code>{number}</code> übernommen. Was Sie jetzt noch dazu schreiben, geht nicht mehr an den Betrieb."
CARD_OFFERED = "↪️ {to} angeboten bis {due}; bis dahin ist der Fall bei Ihnen\n"
CARD_HINT_MOVED = "Der Fall ist jetzt dort. Was Sie hier schreiben, geht nicht mehr an den Betrieb."
NOT_YOURS_ANY_MORE = (
    "Den Fall <code>{number}</code> hat jetzt {lotse}. Ihre Nachricht ging <b>nicht</b> an den Betrieb. "
    "Ist etwas Wichtiges dabei, sagen Sie es bitte dort."
)
NOT_YOURS_YET = (
    "Der Fall <code>{number}</code> ist Ihnen angeboten, aber noch bei {lotse}. Ihre Nachricht ging <b>nicht</b> an den Betrieb. "
    "Tippen Sie erst auf „Übernehmen“."
)

# --- to whom it is offered ------------------------------------------------------------------------------------------
OFFER = (
    "↪️ <b>{by} möchte Ihnen einen Fall übergeben</b>\n"
    "Fall {number}{urgent}\n📍 {place} · {branch}\n🕑 eingegangen {opened}\n"
    "<blockquote>{question}</blockquote>{notes}\n"
    "<i>Übernehmen Sie, erfährt es der Betrieb, und Sie bekommen die Karte. Bis dahin kümmert sich {by}. Bitte bis {due}.</i>"
)
KEY_ACCEPT = "Übernehmen"
KEY_DECLINE = "Ablehnen"
OFFER_ACCEPTED = "✓ Sie haben den Fall <code>{number}</code> übernommen. Die Karte kommt gleich."
YOU_DECLINED = "Gut, der Fall <code>{number}</code> bleibt bei {by}."
OFFER_OVER = "↩️ Das Angebot zum Fall <code>{number}</code> gilt nicht mehr. Es ist nichts zu tun."
OFFER_GONE = "Dieses Angebot gilt nicht mehr."
OFFERS = "<b>Ihnen angeboten: {count}</b>"
OFFERS_LINE = (
    "<code>{number}</code>{urgent} · von {by}\n📍 {place} · {age}\n➡️ übernehmen oder ablehnen bis {due}"
)
KEY_OFFER = "Übernehmen: {number}"

# --- to the employer ------------------------------------------------------------------------------------------------
TAKEN_OVER = (
    "👤 <b>{lotse}</b> hat Ihren Fall <code>{number}</code> von {by} übernommen und antwortet Ihnen ab jetzt.\n"
    "Was Sie schreiben, geht direkt dorthin."
)

# --- notes ----------------------------------------------------------------------------------------------------------
KEY_NOTE = "📝 Notiz"
CARD_NOTES = "\n<b>Notizen (der Betrieb sieht sie nicht):</b>\n{notes}\n"
NOTE_LINE = "📝 {lotse}, {at}: {text}"
NOTES_MORE = "<i>… und {count} ältere, alle mit</i> <code>/notiz {number}</code>"
NOTE_PROMPT = (
    "📝 Ihre nächste Nachricht ist eine <b>interne Notiz</b> zum Fall <code>{number}</code> (Betrieb in {place}). "
    "Der Betrieb sieht sie nicht. Doch nicht? /abbrechen\n"
    "<i>Bitte keine Namen, Geburtsdaten oder Aktenzeichen von Bewerbern.</i>"
)
NOTE_KEPT = "📝 Notiz zum Fall <code>{number}</code> gespeichert. Sie steht auf der Karte; der Betrieb sieht sie nicht."
NOTE_CHANGED = "📝 Notiz geändert."
NOTE_STAYS = "Den Fall <code>{number}</code> hat jetzt {lotse}. Ihre Notiz bleibt dort, wie sie war; ist etwas falsch, sagen Sie es bitte dort."
NOTE_OR_ANSWER = "Ist das eine <b>interne Notiz</b> zum Fall <code>{note}</code> oder eine <b>Antwort an den Betrieb</b> in {place} (Fall <code>{answer}</code>)?"
KEY_AS_NOTE = "📝 Interne Notiz"
KEY_AS_ANSWER = "An den Betrieb senden"
ONLY_TEXT = "Hier geht nur Text. Ihre Datei ging <b>nicht</b> an den Betrieb; ich warte weiter auf Ihren Text. Doch nicht? /abbrechen"
FILE_OR_NOTE = (
    "⚠️ Interne Notizen können nur Text sein. Soll ich {what} an den <b>Betrieb in {place}</b> geben (Fall <code>{number}</code>)? "
    "Bis Sie wählen, sieht der Betrieb nichts davon."
)
NOTES_OF_CASE = "<b>Notizen zum Fall <code>{number}</code></b> (der Betrieb sieht sie nicht)\n\n{notes}"
NOTES_NONE = "Zum Fall <code>{number}</code> gibt es keine Notiz."
NOTE_USAGE = (
    "So geht es: <code>/notiz ABCD2345 Text der Notiz</code>, oder <code>/notiz Text</code> als Antwort auf eine Nachricht des Falls. "
    "Ohne Text zeige ich die Notizen. Der Betrieb sieht sie nicht."
)

# --- the end --------------------------------------------------------------------------------------------------------
LAST_WORD_QUESTION = (
    "Fall <code>{number}</code> (Betrieb in {place}) schließen: noch ein letztes Wort an den Betrieb?"
)
KEY_LAST_WORD = "✍️ Letztes Wort schreiben"
KEY_WITHOUT_WORD = "Ohne Wort schließen"
LAST_WORD_PROMPT = (
    "✍️ Ihre nächste Nachricht geht als letztes Wort an den <b>Betrieb in {place}</b>, Fall <code>{number}</code>. "
    "Damit ist der Fall geschlossen. Doch nicht? /abbrechen"
)
