"""What the bot says about a Lotse's absence, in German: to the Lotse, to whoever stands in, to the employer."""

from datetime import date, datetime
from typing import Final

from bot.absence_days import Unclear
from bot.standing_in import Presence
from bot.workdays import BERLIN

_DAYS: Final = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")

# --- /abwesend -------------------------------------------------------------------------------------------------------
USAGE = (
    "So tragen Sie eine Abwesenheit ein:\n<code>/abwesend bis {example}</code>\n"
    "<code>/abwesend ab {start} bis {example}</code>\n"
    "Der letzte Tag zählt mit. Einen Grund brauche ich nicht. Früher zurück? /zurueck"
)
NOT_AWAY = "Sie sind nicht als abwesend eingetragen.\n\n"
IS_AWAY = "🌴 Sie sind abwesend <b>{span}</b>.\nVertretung: {deputy}\n\n"
WILL_BE_AWAY = "🌴 Eingetragen ist: abwesend <b>{span}</b>.\nVertretung: {deputy}\n\n"
NO_DEPUTY = "niemand. Betriebe bekommen in dieser Zeit Kontaktdaten zum Anrufen"
UNCLEAR: Final = {
    Unclear.FORM: "Das Datum habe ich nicht verstanden.",
    Unclear.NO_SUCH_DAY: "Diesen Tag gibt es im Kalender nicht.",
    Unclear.PAST: "Dieser Tag ist schon vorbei.",
    Unclear.BACKWARDS: "Der letzte Tag liegt vor dem ersten.",
    Unclear.LONG: "Das ist länger als ein Jahr hin. Stimmt das Jahr?",
}
TRY = "{problem} Zum Beispiel so:\n<code>/abwesend bis {example}</code>"

PROPOSAL = "🌴 <b>Abwesend {span}?</b>\n\n{deputy}{passed}{for_others}{new_cases}"
NEW_CASES = "\n\n<i>Neue Fälle gehen dann gleich an die Vertretung, und die Betriebe erfahren das vorher.</i>"
PROPOSED = "Vertretung: <b>{name}</b>, {organisation}"
PROPOSED_COORDINATOR = "Vertretung: <b>{name}</b>, {organisation} (koordiniert Ihr Land)"
PROPOSED_NOBODY = (
    "⚠️ <b>Gerade kann Sie niemand vertreten.</b> Betriebe bekommen in dieser Zeit Kontaktdaten zum Anrufen statt einer "
    "Antwort hier. Bitte sprechen Sie mit Ihrer Koordination oder Ihrem Admin."
)
PASSED_HEADING = "\n\nNicht vorgeschlagen:\n{lines}"
PASSED: Final = {
    Presence.AWAY: "• {name}: selbst abwesend {span}",
    Presence.BLOCKED: "• {name}: hat den Bot blockiert",
    Presence.UNLINKED: "• {name}: nicht mit dem Bot verbunden",
    Presence.GONE: "• {name}: nicht mehr im Verzeichnis",
}
PASSED_LOOP = ", und dort vertreten Sie: Das ginge im Kreis"
FOR_OTHERS = "\n\n⚠️ In dieser Zeit vertreten Sie selbst {names}. Dafür springt dann die nächste Vertretung ein; wer abwesend ist, erfährt es."
KEY_ENTER = "✅ Eintragen"
KEY_OTHERS = "Andere Vertretung"
KEY_DROP = "Abbrechen"
OTHERS = "🌴 Abwesend <b>{span}</b>.\nWer soll Sie vertreten? Zur Wahl stehen alle, die in dieser Zeit erreichbar sind."
OTHERS_NONE = "In dieser Zeit ist niemand sonst erreichbar."
NOT_FREE = "Diese Vertretung steht inzwischen nicht mehr zur Wahl. Bitte noch einmal wählen."
OVER = "Diese Tage sind schon vorbei. Neu eintragen: /abwesend"
DROPPED = "Gut, es wurde nichts eingetragen."

ENTERED = "✓ Eingetragen: abwesend <b>{span}</b>.\nVertretung: {deputy}"
ENTERED_LATER = (
    "\n\nAm letzten Arbeitstag davor erinnere ich Sie und frage, was mit Ihren offenen Fällen werden soll."
)
ENTERED_GIVEN = "\n\nNeue Fälle gehen ab sofort dorthin, ebenso alle, die Sie noch nicht übernommen haben."
LEFT_NONE = "\nBei Ihnen liegt kein offener Fall mehr."
LEFT = "\n\n<b>Bei Ihnen liegen noch offene Fälle: {count}.</b> Soll die Vertretung sie übernehmen? Die Betriebe erfahren es."
KEY_HAND_ALL = "Alle übergeben ({count})"
KEY_HAND_ONE = "Nur {number} · {place}"
KEY_KEEP_CASES = "Bei mir lassen"
KEY_END = "Abwesenheit beenden"
KEY_CHANGE = "Vertretung ändern"
KEPT = (
    "Gut, die Fälle bleiben bei Ihnen. Die Betriebe, die noch auf Ihre erste Antwort warten, erfahren, dass Sie abwesend sind, und "
    "können sich an die Vertretung wenden. Dringendes geht dorthin."
)
HANDED = "✓ Übergeben an {deputy}: {count}. Die Betriebe wissen Bescheid."
HANDED_NOBODY = "Gerade ist keine Vertretung erreichbar. Die Fälle bleiben bei Ihnen."
HANDED_NONE = "Es gab nichts mehr zu übergeben."
NOT_ENTERED = "Sie sind nicht als abwesend eingetragen. Eintragen: /abwesend"

# --- what comes by itself --------------------------------------------------------------------------------------------
SOON = "🌴 Erinnerung: Sie sind abwesend <b>{span}</b>.\nVertretung: {deputy}"
BEGUN = "🌴 Ihre Abwesenheit hat begonnen ({span}). Vertretung: {deputy}"
ENDS_SOON = "🌴 Heute ist der letzte Tag Ihrer Abwesenheit; ab morgen gehen neue Fälle wieder an Sie. Länger weg? <code>/abwesend bis {example}</code>"
WELCOME = "👋 <b>Willkommen zurück!</b> Neue Fälle gehen wieder an Sie."
CALLED_OFF = "✓ Die geplante Abwesenheit ist gelöscht."
MEANWHILE = "\n\n<b>In Ihrer Abwesenheit bei der Vertretung: {count}</b>\n{lines}"
MEANWHILE_LINE = "• <code>{number}</code> {place}: {state}, bei {lotse}"
MEANWHILE_MORE = "• … und {count} weitere"
MEANWHILE_NONE = "\n\nIn der Zwischenzeit kam kein Fall für Sie."
WAITING = "\n\nBei Ihnen offen: {mine}, davon noch nicht übernommen: {untaken}."
ACTING_CHANGED = "🌴 Ihre Vertretung hat sich geändert: {before} {why}. Jetzt vertritt Sie <b>{deputy}</b>."
ACTING_NOBODY = "⚠️ {before} {why}, und sonst kann Sie gerade niemand vertreten. Betriebe bekommen Kontaktdaten zum Anrufen."
ACTING_FOUND = "🌴 Jetzt kann Sie jemand vertreten: <b>{deputy}</b>."
WHY: Final = {
    Presence.THERE: "ist wieder abgelöst",
    Presence.AWAY: "ist selbst abwesend",
    Presence.BLOCKED: "hat den Bot blockiert",
    Presence.UNLINKED: "ist nicht mehr mit dem Bot verbunden",
    Presence.GONE: "steht nicht mehr im Verzeichnis",
}

# --- to whoever stands in --------------------------------------------------------------------------------------------
NAMED = (
    "🌴 <b>{lotse}</b> ist abwesend <b>{span}</b>. In dieser Zeit vertreten Sie: Neue Fälle kommen zu Ihnen, erkennbar auf "
    "der Karte. Passt das nicht, sprechen Sie bitte miteinander oder tragen sich selbst ein (/abwesend)."
)
RELEASED = "🌴 Sie vertreten <b>{lotse}</b> nicht mehr. Was Sie übernommen haben, bleibt bei Ihnen."
CARD_INSTEAD = "🌴 in Vertretung für {lotse}\n"

# --- to the employer -------------------------------------------------------------------------------------------------
PREVIEW_INSTEAD = "🌴 {lotse} ist abwesend {span}. Ihre Frage geht deshalb an die Vertretung.\n\n"
CONTACT_AWAY = "🌴 {lotse} ist abwesend {span}.\n\n"
HANDED_OVER = "{away} ist abwesend ({span}). Ihr Fall <code>{number}</code> ist deshalb jetzt bei der Vertretung: <b>{lotse}</b>. Sobald er übernommen ist, sage ich Ihnen Bescheid."
AWAY_NOW = "\n\n🌴 {lotse} ist abwesend {span} und antwortet vielleicht erst danach."
UNANSWERED = "Ihr Fall <code>{number}</code> ist noch nicht beantwortet."
KEY_ASK_STAND_IN = "An die Vertretung geben"
NO_STAND_IN = "Gerade ist keine Vertretung erreichbar. Ihr Fall bleibt, wo er ist."
STATUS_AWAY = "\n🌴 abwesend {span}"


def day(shown: date) -> str:
    """„Di, 12.01.2027“."""
    return f"{_DAYS[shown.weekday()]}, {shown:%d.%m.%Y}"


def span(first: datetime, last: datetime, *, begun: bool) -> str:
    """First and last moment as the days they lie in: „von … bis einschließlich …“."""
    start, end = first.astimezone(BERLIN).date(), last.astimezone(BERLIN).date()
    if begun:
        return f"bis einschließlich {day(end)}"
    return f"am {day(start)}" if start == end else f"von {day(start)} bis einschließlich {day(end)}"
