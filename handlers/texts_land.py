"""What is said to who coordinates a Land, in German."""

KEY_LAND = "🗂 Hängende Fälle im Land: {count}"
HEADING = "<b>Hängende Fälle im Land: {count}</b> (älteste zuerst)\nNicht übernommen trotz Erinnerung, oder übernommen und seit einem Tag ohne Antwort."
NONE = "Im Land hängt gerade kein Fall."
LINE = "<code>{number}</code>{urgent} · {state}\n📍 {place} · {age}\nbei {lotse}{next}"
NEXT = "\n➡️ nächster Schritt am {due}"
NOT_COORDINATING = "Das ist der Koordination des Landes vorbehalten."
