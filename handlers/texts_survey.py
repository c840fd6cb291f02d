"""/statistik in German. HTML as in ``handlers.texts``; the words of pictures and of the table are plain text."""

from typing import Final

HEADING = "<b>Was Betriebe fragen</b>\n{since} bis {until}"
EMPTY = (
    "Für die letzten zwölf vollen Wochen gibt es noch zu wenige Zahlen. Gezählt wird nur in vollen Wochen, "
    "und gezeigt wird nichts unter fünf."
)
QUESTIONS = "<b>{count}</b> Fragen, im Schnitt {average} je Woche{since}"
QUESTIONS_SINCE = " seit {day}"  # the first that were asked are younger than the weeks looked at
OUTCOME = "• {name}: {count} ({percent} %)"
ENTRIES = "<b>Am meisten gefragt</b>\n{lines}"
TOPICS = "<b>Nach Thema</b>\n{lines}"
LAENDER = "<b>Fälle an Lotsen, nach Land</b>\n{lines}"
LINE = "• {name}: {count}"
REST = "übrige Länder"
WAIT = "<b>Erste Antwort eines Menschen</b>\nHälfte der Fälle: innerhalb von {median}"
P90 = " · neun von zehn: innerhalb von {p90}"
HELPFULNESS = "<b>Hat das geholfen?</b>\n{lines}"
NOTE = "<i>Kleine Zahlen (unter fünf) sind weggelassen oder zusammengefasst. Namen, Nummern und Fragetexte sind nicht enthalten.</i>"
OUTCOMES: Final = {
    "answered": "beantwortet",
    "offered": "Auswahl oder Rückfrage",
    "handed_off": "an einen Menschen verwiesen",
}
VOICES: Final = {"helped": "👍 ja", "not_helped": "👎 nein"}
VOICES_PLAIN: Final = {"helped": "ja", "not_helped": "nein"}
OR = " oder "
KEY_LIGHT = "☀️ Bilder hell"
KEY_DARK = "🌙 Bilder dunkel"
KEY_TABLE = "⬇️ Tabelle (CSV)"

CHART_QUESTIONS = "Fragen je Woche"
CHART_OUTCOMES = "Was daraus wurde"
CHART_ENTRIES = "Am meisten gefragt"
CHART_TOPICS = "Nach Thema"
CHART_LAENDER = "Fälle nach Land"
CHART_VOICES = "Hat das geholfen?"
CHART_WEEKS = "{count} in {weeks} W."
SHARE = "{count} ({percent} %)"
MORE_TOPICS = "{name} und {count} weitere"

TABLE_NAME = "statistik-{until}.csv"
TABLE_CAPTION = (
    "{since} bis {until}, für Tabellenprogramme. Zahlen unter fünf sind weggelassen oder zusammengefasst."
)
COLUMNS: Final = ("Bereich", "Was", "Von", "Bis", "Anzahl")
AREA_QUESTIONS = "Fragen"
AREA_OUTCOME = "Ergebnis"
AREA_ENTRY = "Eintrag"
AREA_TOPIC = "Thema"
AREA_LAND = "Fälle nach Land"
AREA_VOICE = "Hat geholfen"
AREA_WAIT = "Minuten bis zur ersten Antwort"
HALF, NINE_OF_TEN = "Hälfte der Fälle", "neun von zehn Fällen"
