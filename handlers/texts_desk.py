"""What the bot says at the Lotse's desk and around it: changing, taking back, passing on, absence. In German."""

# --- Edits, taking back ----------------------------------------------------------------------------------------------
EDITED_MARK = "\n\n<i>(geändert)</i>"
EDIT_CARRIED = "✓ Ihre Änderung ist weitergegeben."
EDIT_REPLACED = "✓ Es gilt der geänderte Text."
EDIT_NOT_CARRIED = "⚠️ Ihre Änderung wurde nicht weitergegeben: Darin stehen Angaben über eine Person. Bitte schicken Sie sie ohne diese Angaben."
RETRACT_USAGE = (
    "So geht es: Antworten Sie auf <b>Ihre eigene Nachricht</b> in einem Fall (gedrückt halten oder nach links wischen) mit "
    "<code>/zurueckholen</code>."
)
RETRACT_QUESTION = (
    "Das ist die Frage Ihres Falls <code>{number}</code>. Ändern können Sie sie, indem Sie Ihre Nachricht bearbeiten; ganz "
    "zurückziehen, indem Sie den Fall mit /status beenden."
)
QUESTION_CHANGED = "✏️ Der Betrieb in {place} hat die Frage zum Fall <code>{number}</code> geändert. Sie lautet jetzt:\n\n{text}"
RETRACTED = "✓ Ihre Nachricht wird auf der anderen Seite gelöscht. Gelesen worden sein kann sie schon."
RETRACT_TOO_LATE = "Telegram lässt das Löschen nur 48 Stunden lang zu. Die Nachricht bleibt stehen; berichtigen können Sie sie noch."
NOT_RETRACTED = "⚠️ Eine Nachricht im Fall <code>{number}</code> konnte nicht mehr gelöscht werden. Sie steht noch auf der anderen Seite."
NOT_DELIVERED_TO_LOTSE = "⚠️ Eine Nachricht von Ihnen im Fall <code>{number}</code> kam nicht an. Bitte schicken Sie sie noch einmal."
CONTACT_WARNING = "⚠️ Ein Kontakt zeigt Name und Telefonnummer, oft auch das Telegram-Konto. Soll ich ihn trotzdem weitergeben?"

# --- After the end ---------------------------------------------------------------------------------------------------
DID_IT_HELP = "\n\nHat Ihnen das geholfen?"
KEY_HELPED = "👍 Ja"
KEY_NOT_HELPED = "👎 Nein"
KEY_REOPEN = "Fall {number} wieder öffnen"
HELPED = "Danke für die Rückmeldung. Ab jetzt antworte ich wieder selbst."
NOT_HELPED = "Das tut mir leid. Soll Ihr Fall wieder geöffnet werden? Das geht {span} lang."
REOPENED_BY_YOU = (
    "Ihr Fall <code>{number}</code> ist wieder offen. Sobald jemand ihn übernimmt, sage ich Ihnen Bescheid."
)
REOPENED_WITH_WORDS = "Ihr Fall <code>{number}</code> ist wieder offen, Ihre Nachricht ist dabei. Sobald jemand ihn übernimmt, sage ich Ihnen Bescheid."
SAME_OR_NEW = "Gehört das zu Ihrem abgeschlossenen Fall, oder ist es ein neues Anliegen?\n{cases}\n\nBis Sie wählen, ist Ihre Nachricht <b>nicht weitergegeben</b>."
CLOSED_CASE = "• Fall <code>{number}</code> bei {lotse}, abgeschlossen {closed}"
KEY_SAME_CASE = "↩️ Gleicher Fall {number}"
KEY_NEW_MATTER = "✏️ Neues Anliegen"
REOPEN_TOO_LATE = (
    "Der Fall ist schon länger als {span} abgeschlossen. Mit /lotse geben Sie ein neues Anliegen weiter."
)
REOPENED = (
    "↩️ Der Betrieb in {place} hat den Fall <code>{number}</code> wieder geöffnet: Es ist noch etwas offen."
)
CASE_GONE = "Diesen Fall gibt es hier nicht mehr. Mit /lotse geben Sie ein neues Anliegen weiter."
REOPEN_UNREACHABLE = "In diesem Fall kann ich niemanden mehr erreichen. Ihre Nachricht wurde <b>nicht</b> weitergegeben; die Kontaktdaten kommen gleich."
ASK_USAGE = "So fragen Sie mich, auch während ein Lotse Ihren Fall bearbeitet: <code>/frage Wie lange dauert eine EQ?</code>"

PASSED_ON_LEFT = "{left} ist in Telegram nicht mehr erreichbar. Ihr Fall <code>{number}</code> liegt deshalb jetzt bei <b>{lotse}</b>."
