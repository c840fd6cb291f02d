"""How long something has waited or usually takes, and the morning digest, in German."""

from datetime import timedelta
from typing import Final

# --- /status -----------------------------------------------------------------------------------------------------
USUAL = "\n\n<i>Die Hälfte der letzten {cases} Anliegen wurde innerhalb von {span} beantwortet.</i>"
USUAL_UNKNOWN = "\n\n<i>Wie lange eine Antwort üblicherweise dauert, kann ich noch nicht sagen.</i>"
NEXT_FOR_EMPLOYER = "\nÜbernimmt bis {due} niemand, kümmere ich mich darum und sage Ihnen Bescheid."

# --- the card ----------------------------------------------------------------------------------------------------
TAKEN_BY = " von {lotse}"
WAITS_UNTIL = "⏳ bitte übernehmen bis {due}\n"
WAITS_SINCE = "⏳ der Betrieb wartet {age}\n"
ANSWERED_AFTER = "⏱ erste Antwort nach {span}\n"
DELIVERY: Final = {
    "waiting": "✉️ Ihre letzte Nachricht ist noch unterwegs\n",
    "sent": "✉️ Ihre letzte Nachricht ist zugestellt ({at}); ob sie gelesen wurde, sagt Telegram nicht\n",
    "undeliverable": "⚠️ Ihre letzte Nachricht kam nicht an\n",
}

# --- /fall for others of the district ------------------------------------------------------------------------------
OF_COLLEAGUE = "<i>Diesen Fall hat {lotse}. Sie sehen ihn, weil er aus Ihrem Bezirk kommt.</i>\n\n"

# --- morning digest ------------------------------------------------------------------------------------------------
DIGEST = "☀️ <b>Guten Morgen.</b> Ihre offenen Fälle: {mine}, davon noch nicht übernommen: {untaken}."
KEY_DIGEST = "Fälle zeigen"


def age(span: timedelta) -> str:
    """Since when: „seit 3 Stunden“."""
    hours = int(span.total_seconds() // 3600)
    match hours:
        case 0:
            return "seit weniger als einer Stunde"
        case 1:
            return "seit einer Stunde"
        case _ if hours < 48:  # noqa: PLR2004  # two days are told in hours
            return f"seit {hours} Stunden"
        case _:
            return f"seit {hours // 24} Tagen"


def length(span: timedelta) -> str:
    """How long, in the dative: „nach 3 Stunden“, „innerhalb von 2 Tagen“; rounded up, so that it promises no less."""
    minutes = max(1, -(-int(span.total_seconds()) // 60))
    if minutes == 1:
        return "einer Minute"
    if minutes <= 90:  # noqa: PLR2004  # longer is told in hours
        return f"{minutes} Minuten"
    hours = -(-minutes // 60)
    return f"{hours} Stunden" if hours <= 48 else f"{-(-hours // 24)} Tagen"  # noqa: PLR2004
