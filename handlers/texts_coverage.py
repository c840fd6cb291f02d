"""/abdeckung in German: by Land and Kreis who serves it, who can be reached, which chambers nobody verified."""

from typing import Final

from bot.coverage_map import Shade

HEADING = (
    "<b>Abdeckung</b>: {kreise} Kreise, {lotsen} Lotsinnen und Lotsen im Verzeichnis\n"
    "In Telegram erreichbar: {reachable} · abwesend: {away} · blockiert: {blocked} · nicht verbunden: {unlinked}\n"
    "Kreise ohne Lotsen einer Kammer: {unserved} · mit ungeprüfter Kammer: {unverified}"
)
LAND = "<b>{code}</b> {name}: {kreise}, voll erreichbar {full}, teils {part}{gaps}{unverified}{coordinator}"
GAPS = ", Lücken {count}"
UNVERIFIED = ", ungeprüft {count}"
NO_COORDINATOR = ", <i>niemand koordiniert</i>"
MORE = "Einzelne Kreise: <code>/abdeckung NW</code> oder <code>/abdeckung Köln</code>"
LAND_HEADING = "<b>{name}</b>\nKoordination: {coordinator}"
NOBODY = "niemand"
KREIS = "<b>{kreis}</b>\n{lotsen}{unverified}"
KREIS_MISSING = "⚠️ niemand von einer {body}"
KREIS_UNVERIFIED = "\n❓ Kammer ungeprüft: {kammern}"
CORRECT = (
    "<i>❓ heißt: nur allgemein bekannt, von niemandem bestätigt. Bestätigen oder berichtigen: eine Zeile in "
    "„regionen-korrekturen.csv“ im Wissensordner, dann /reload.</i>"
)
UNKNOWN = "„{query}“ ist kein Bundesland und kein Kreis. Alle zeigt /abdeckung."
REACH: Final = {
    "linked": "✅",
    "blocked": "⛔ blockiert",
    "unlinked": "○ nicht verbunden",
    "away": "🌴 abwesend",
}
MAP = "Wer ist in Telegram erreichbar? Stand {at}"
MAP_LABELS: Final = {
    Shade.BOTH: "IHK und HWK erreichbar",
    Shade.ONE: "eine von beiden erreichbar",
    Shade.NONE: "niemand erreichbar: Kontaktkarte",
    Shade.MISSING: "im Verzeichnis fehlt IHK oder HWK",
}
EARLIER = "… und {count} weitere Kreise"
