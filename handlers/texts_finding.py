"""Words around finding: shared answers, most asked, codes for letters. HTML as in ``handlers.texts``."""

KEY_ASK_BOT = "Eigene Frage stellen"
MOST_ASKED = "Oft gefragt"
KEY_MOST_ASKED = "⭐ Oft gefragt"
QR_USAGE = (
    "So geht es: <code>/qr f_eintrag</code>, <code>/qr t_T05</code> oder <code>/qr r_50667</code> "
    "(Eintrag, Thema, Region mit PLZ). Ich sende den Code als Bild für Briefe und Aushänge."
)
QR_UNKNOWN = "Das gibt es nicht: <code>{code}</code>."
QR_CAPTION = "{what}\n{link}"
QR_COUNTS = "\n\n<b>Aufgerufen in den letzten 90 Tagen:</b>\n{lines}"
QR_COUNT = "{code}: {count}"
QR_FEW = "unter 5"
REGION = "📍 Ihre Region: <b>{place}</b>. Wenn Sie mit einem Lotsen sprechen möchten, schlage ich diesen Ort vor.\n\n"
