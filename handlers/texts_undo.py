"""„Rückgängig“, in German."""

FIRST = "📬 <b>Ihre erste Antwort in diesem Fall.</b> Sie bekommt der Betrieb in <b>{place}</b>, der gefragt hat:\n<blockquote>{question}</blockquote>\n"
HELD = "⏳ Geht in {seconds} Sekunden an den Betrieb in {place}, Fall <code>{number}</code>."
ARRIVED = "✅ Beim Betrieb in {place} angekommen, Fall <code>{number}</code>."
NOT_ARRIVED = "⚠️ Beim Betrieb in {place} nicht angekommen, Fall <code>{number}</code>."
KEY_UNDO = "↩️ Rückgängig"
UNDONE = (
    "↩️ Zurückgenommen. Der Betrieb in {place} (Fall <code>{number}</code>) bekommt diese Nachricht nicht."
)
TOO_LATE = "Zu spät: Die Nachricht ist schon beim Betrieb."
UNCLOSED = "\nDer Fall ist wieder offen."
HELD_LAST = "\nDamit ist der Fall geschlossen."
