"""Answer later, and corrections, in German. HTML as in ``handlers.texts``."""

KEY_LATER = "🔔 Sagen Sie mir Bescheid"
KEY_CORRECTIONS = "🔔 Bei Korrekturen Bescheid geben"
KEY_FORGET_QUESTIONS = "Fragen vergessen"
KEY_NO_CORRECTIONS = "Keine Korrekturen mehr"

NOTED = (
    "🔔 Notiert: Sobald es zu dieser Frage eine Antwort gibt, melde ich mich <b>einmal</b>.\n"
    "<blockquote>{question}</blockquote>\n"
    "Die Frage liegt dafür verschlüsselt bei mir, höchstens {days} Tage. Versprechen kann ich eine Antwort nicht. "
    "Ändern oder abbestellen: /bescheid"
)
TOO_MANY = "So viele Fragen kann ich nicht gleichzeitig merken. Alte vergessen: /bescheid"
NO_QUESTION = "Welche Frage meinen Sie? Bitte schreiben Sie sie noch einmal."
CORRECTIONS_ON = (
    "🔔 Gut: Wird eine Antwort, die Sie hier bekommen haben, innerhalb von 90 Tagen wesentlich berichtigt, sende ich Ihnen die neue. "
    "Dafür merke ich mir verschlüsselt, welche Antworten Sie bekommen. 90 Tage nach der letzten endet das. Abbestellen: /bescheid"
)
CORRECTIONS_ALREADY = "Das haben Sie schon bestellt."
STATE = "<b>Worüber ich Ihnen Bescheid gebe</b>\n\n{questions}\n\n{corrections}"
STATE_QUESTIONS = "Sobald es eine Antwort gibt:\n{lines}"
STATE_NO_QUESTIONS = "Es wartet keine Frage von Ihnen auf eine Antwort."
STATE_QUESTION = "• {question}"
STATE_CORRECTIONS = "Bei Korrekturen: <b>ja</b>, 90 Tage lang nach jeder Antwort."
STATE_NO_CORRECTIONS = "Bei Korrekturen: nein."
QUESTIONS_FORGOTTEN = "Ihre Fragen sind vergessen."
CORRECTIONS_OFF = "Gut, keine Korrekturen mehr. Welche Antworten Sie bekommen haben, ist gelöscht."

LATER_ANSWER = "🔔 Sie hatten gefragt:\n<blockquote>{question}</blockquote>\nDazu gibt es jetzt eine Antwort:"
LATER_MORE = "🔔 Zu derselben Frage gehört auch:"
CORRECTION = (
    "🔔 <b>Diese Antwort wurde berichtigt.</b> Sie hatten sie in den letzten 90 Tagen bekommen. Jetzt gilt:"
)

# --- to admins -----------------------------------------------------------------------------------------------------
OFFER = "🔔 <b>Neue Fassung des Wissens</b>: Manche Betriebe wollten Bescheid."
OFFER_LATER = "• Fragen, auf die es jetzt eine Antwort gibt: {count}"
OFFER_CORRECTION = (
    "• {title}: {count} haben die frühere Antwort bekommen. War das eine wesentliche Korrektur?"
)
OFFER_NOTE = "<i>Gesendet wird erst, wenn Sie tippen, und jedem nur einmal.</i>"
KEY_SEND_LATER = "Antworten senden ({count})"
KEY_SEND_CORRECTION = "Korrektur senden ({count}): {title}"
SENT = "Gesendet an {count}."
SENT_NONE = "Niemand wartet mehr darauf."
