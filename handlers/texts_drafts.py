"""Drafts for a Lotse's answer, in German: the words around them, and the canned texts."""

from typing import Final

KEY_DRAFT = "💡 {title}"
KEY_CANNED = "📋 Textbausteine"
KEY_SEND_AS_IS = "Unverändert senden"
DRAFT = (
    "✏️ <b>Entwurf für den Betrieb in {place}</b>, Fall <code>{number}</code>\n\n<pre>{text}</pre>\n\n"
    "<i>Ändern: Text antippen (er ist dann kopiert), unten einfügen, ändern, senden. "
    "Ihre nächste Nachricht geht an diesen Betrieb. Doch nicht? /abbrechen</i>"
)
CHOOSE_CANNED = "Welcher Textbaustein für den Betrieb in {place}, Fall <code>{number}</code>?"
DRAFT_GONE = "Diesen Entwurf gibt es nicht mehr."
VARIANT = "In {land}: {text}"
UNVERIFIED = "Nicht amtlich bestätigt: {reason}"
ORIGIN = "Grundlage: {basis}\nQuelle: {links}\nStand: {month}/{year}"

# By a short name that stands in the button's data.
CANNED: Final = {
    "eingang": (
        "Eingang bestätigen",
        "Guten Tag, danke für Ihre Frage. Ich kümmere mich darum und melde mich hier bei Ihnen.",
    ),
    "details": (
        "Nach Einzelheiten fragen",
        (
            "Guten Tag, damit ich Ihnen genau antworten kann: Um welchen Ausbildungsberuf geht es, wann soll die Ausbildung "
            "beginnen und welchen Aufenthaltstitel hat die Person? Bitte schicken Sie keine Namen, Fotos oder Aktenzeichen."
        ),
    ),
    "telefon": (
        "Telefonat anbieten",
        "Guten Tag, das klären wir am besten kurz am Telefon. Wann passt es Ihnen, und unter welcher Nummer erreiche ich Sie?",
    ),
    "behoerde": (
        "An die Behörde verweisen",
        (
            "Guten Tag, das kann nur die zuständige Behörde verbindlich sagen. Bitte fragen Sie dort nach, am besten schriftlich. "
            "Wenn Sie möchten, gehe ich mit Ihnen durch, was Sie dafür brauchen."
        ),
    ),
    "ende": (
        "Abschluss",
        "Ich hoffe, das hilft Ihnen weiter. Wenn noch etwas offen ist, schreiben Sie mir einfach hier.",
    ),
}
