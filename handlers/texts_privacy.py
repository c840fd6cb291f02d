"""What the bot says about personal data, in German."""

POLICY = (
    "<b>Datenschutz in Kürze</b>\n"
    "• <b>Wofür:</b> um Ihre Fragen zu beantworten und, nur mit Ihrer Zustimmung, an den Willkommenslotsen Ihrer Region zu geben.\n"
    "• <b>Was gespeichert wird:</b> Ihre Telegram-Chatnummer, Ihre letzte Frage mit den gezeigten Einträgen, Ort und Bereich Ihres "
    "Betriebs, Ihre Fälle. Ihr Telegram-Name und Ihre Telefonnummer werden nicht gespeichert. Nur eine Nachricht, die nicht gleich "
    "bearbeitet werden konnte, wird ganz abgelegt, wie Telegram sie schickt.\n"
    "• <b>Wie lange:</b> Gespräch {talks} Tage, geschlossene Fälle {cases} Tage, Nachrichten, die nicht bearbeitet werden konnten, "
    "{aside} Tage. Fragen, auf die es keine gute Antwort gab, sieht die Redaktion ohne Namen, Nummern und Chatnummer, wenn mindestens "
    "drei sie gestellt haben; sie werden nach {gaps} Tagen gelöscht. Ort und Bereich gehen mit dem Gespräch, sobald kein Fall mehr gespeichert ist. Texte liegen verschlüsselt in der "
    "Datenbank; in Sicherungskopien des Betreibers bleibt Gelöschtes, bis sie ablaufen.\n"
    "• <b>Nur wenn Sie es bestellen</b> (/bescheid): eine Frage ohne Antwort, verschlüsselt, höchstens {cases} Tage; welche Antworten Sie "
    "bekommen haben, verschlüsselt, 90 Tage, um Ihnen Korrekturen zu senden.\n"
    "• <b>Wer es sieht:</b> einen Fall nur der Lotse, an den er geht (und wem er den Fall abgibt, seine Vertretung oder die "
    "Koordination, wenn er nicht übernommen wird). Interne Notizen der Lotsen werden mit dem Fall gelöscht. Statistik zählt ohne Chatnummer.\n"
    "• <b>Telegram:</b> Nachrichten an Bots sind nicht Ende-zu-Ende-verschlüsselt und laufen über Server von Telegram außerhalb der EU. "
    "Wenn Sie das nicht möchten, rufen Sie bitte an: /lotse zeigt Ihnen den Kontakt.\n"
    "• <b>Bitte keine Daten anderer:</b> keine Namen, Geburtsdaten, Aktenzeichen oder Fotos von Papieren.\n\n"
    "/meinedaten zeigt alles, was über diesen Chat gespeichert ist. /loeschen entfernt es sofort. Sie können sich auch bei einer "
    "Datenschutz-Aufsichtsbehörde beschweren."
)
POLICY_IMPRINT = '\n\n<a href="{url}">Verantwortliche Stelle und Impressum</a>'
ACCESS_CAPTION = "Das ist alles, was über diesen Chat gespeichert ist."
ERASE_QUESTION = (
    "<b>Alles löschen?</b>\nEntfernt werden Ihr Gespräch, Ihre Angaben zum Betrieb und alle Ihre Fälle, auch offene. "
    "Der Lotse kann Ihnen dann hier nicht mehr antworten. Das lässt sich nicht rückgängig machen."
)
KEY_ERASE = "Ja, alles löschen"
KEY_KEEP = "Nein, behalten"
KEPT = "Gut, es wurde nichts gelöscht."
ERASED = "Gelöscht. Über diesen Chat ist nichts mehr gespeichert."
ERASED_LOTSE = "\nIhre Verbindung als Lotse besteht weiter; /entkoppeln trennt sie."
CARD_ERASED = "⚪ <b>Vom Betrieb gelöscht</b>\nDieser Fall wurde vom Betrieb gelöscht. Bitte bewahren Sie nichts daraus auf."
