"""The values that the supplement of the fact sheet corrected, and what no entry may say at all."""

from tests.trap import EQ_OLD, UKRAINE_OLD, Guard, Trap

CORRECTIONS = (
    Trap(
        "E-T04-07-school",
        "schulpraktikum",
        r"Pflichtpraktikum der Schule ohne Lohn",
        r"nicht als Beschäftigung",
        (("gilt in der Regel nicht als Beschäftigung", "braucht eine Erlaubnis"),),
    ),
    Trap(
        "E-T04-01-school",
        "kennenlernen-praktikum",
        r"^• Schulpraktikum:",
        r"nicht als Beschäftigung",
        (
            (
                "Praktika im Rahmen der Schulpflicht gelten meist nicht als Beschäftigung",
                "Es braucht eine Erlaubnis",
            ),
        ),
    ),
    Trap(
        "E-T04-04-signed",
        "orientierungspraktikum",
        r"§ 2 Abs\. 1a NachwG",
        r"Unterschreiben Sie auf Papier",
        (("Unterschreiben Sie auf Papier.", "Eine E-Mail genügt."),),
    ),
    Trap(
        "E-T05-01-eq-before",
        "eq-was-ist",
        r"schon einmal eine EQ",
        r"Keine Förderung",
        (
            (
                "schon einmal eine EQ gemacht hat",
                "in den letzten drei Jahren schon einmal eine EQ gemacht hat",
            ),
        ),
        wrong=r"drei Jahren",
    ),
    Trap(
        "E-T05-01-employed-before",
        "eq-was-ist",
        r"versicherungspflichtig beschäftigt",
        r"in den letzten drei Jahren",
        (("in den letzten drei Jahren in Ihrem", "in Ihrem"),),
    ),
    Trap(
        "E-T06-18-youth-office",
        "vormund-unterschrift",
        r"Jugendamt als Vormund",
        r"keine Genehmigung",
        (("Es braucht keine Genehmigung", "Es braucht eine Genehmigung"),),
    ),
    Trap(
        "E-T06-18-single-guardian",
        "vormund-unterschrift",
        r"Einzel- oder Vereinsvormund",
        r"über mehr als ein Jahr ist die Genehmigung des Familiengerichts nötig",
        (("ist die Genehmigung des Familiengerichts nötig", "genügt die Unterschrift"),),
    ),
    Trap(
        "E-T07-11-bafoeg",
        "16g-lebensunterhalt",
        r"^Maßstab ist",
        r"§ 12 BAföG",
        (("§ 12 BAföG: 666 €", "§ 13 BAföG: 855 €"),),
        wrong=r"§ 13 BAföG",
    ),
    Trap(
        "E-T08-01-agency",
        "nach-der-ausbildung",
        r"^• die Zustimmung",
        r"der Agentur für Arbeit",
        (("• die Zustimmung der Agentur für Arbeit\n", ""),),
    ),
    Trap(
        "E-T08-08-b1-and-home",
        "nach-der-ausbildung",
        r"^• Deutsch auf Niveau",
        r"B1 und ausreichend Wohnraum",
        (("B1 und ausreichend Wohnraum", "A2"),),
    ),
    Trap(
        "E-T08-01-19d",
        "qualifizierte-geduldete-19d",
        r"^Dazu kommen",
        r"B1, ausreichend Wohnraum und die Zustimmung der Agentur für Arbeit",
        ((" und die Zustimmung der Agentur für Arbeit", ""),),
    ),
    Trap(
        "E-T02-08-agency-work-and-titles",
        "zeitarbeit",
        r"denen die Agentur für Arbeit zustimmen muss",
        r"Zustimmung .*versagen",
        ((r"(zustimmen muss: )[^\n]*", r"\1Dort ist Leiharbeit ebenso möglich."),),
    ),
    Trap(
        "E-T08-09-agency-work",
        "zeitarbeit-aufenthaltstitel",
        r"Leiharbeit ist ein Grund",
        r"^In der Regel nein",
        (("In der Regel nein", "In der Regel ja"),),
    ),
    Trap(
        "E-T13-02-16g-8",
        "meldepflichten",
        r"§ 16a und § 16g Abs\. 8",
        r"trifft die Vier-Wochen-Meldung den Betrieb nicht, aber die Person selbst meldet binnen zwei Wochen",
        (("trifft die Vier-Wochen-Meldung den Betrieb nicht", "meldet der Betrieb binnen vier Wochen"),),
    ),
    Trap(
        "E-T01-06-copy",
        "fiktionsbescheinigung",
        r"^• Das Gesetz nennt die Fiktionsbescheinigung",
        r"nicht in der Liste der Papiere, die Sie als Kopie aufbewahren müssen",
        (("nicht in der Liste der Papiere", "in der Liste der Papiere"),),
    ),
    Trap(
        "E-T13-01-copy",
        "pflichten-arbeitgeber",
        r"^• Die Fiktionsbescheinigung",
        r"steht nicht in der gesetzlichen Liste",
        (("steht nicht in der gesetzlichen Liste", "steht in der gesetzlichen Liste"),),
    ),
    Trap(
        "E-T09-01-bab-later",
        "antrag-vor-beginn",
        r"^Ausnahme:",
        r"BAB.* auch später beantragen\. .*frühestens ab Beginn des Monats, in dem der Antrag gestellt ist",
        (
            ("auch später beantragen", "nur vorher beantragen"),
            ("frühestens ab Beginn des Monats", "auch rückwirkend"),
        ),
    ),
    Trap(
        "E-T15-11-journey",
        "heimatreise",
        r"^• Anerkannte",
        r"vorher der Ausländerbehörde anzeigen",
        (("Reise und Grund vorher der Ausländerbehörde anzeigen", "frei"),),
    ),
    Trap(
        "E-T08-11-family",
        "familiennachzug",
        r"^• Subsidiärer Schutz",
        r"bis 23\.07\.2027 ausgesetzt",
        (("bis 23.07.2027 ausgesetzt", "möglich"),),
    ),
)

GUARDS = (
    Guard(
        "T1-nine-months",
        r"(?i)\b(?:neun|9) Monate\w*.*(?:Aufnahmeeinrichtung|Asyl)|Asyl.*\b(?:neun|9) Monate",
        r"überholt",
        "Asylbewerber warten neun Monate.",
    ),
    Guard("T1-old-date", r"27\.02\.2024", r"überholt", "Seit 27.02.2024 gelten sechs Monate."),
    Guard("T6-old-date", UKRAINE_OLD, r"überholt", "Die Karten gelten bis 04.03.2026."),
    Guard(
        "T7-name",
        r"(?i)Bürgergeld",
        r"früher Bürgergeld|„Bürgergeld“ heißt seit|Grundsicherungsgeld \(Bürgergeld\)",
        "Wer Bürgergeld bezieht, fragt das Jobcenter.",
    ),
    Guard("T9-amount", EQ_OLD, r"überholt", "Der Zuschuss beträgt 262 € im Monat."),
    Guard(
        "T9-duration",
        r"(?i)(?:EQ|Einstiegsqualifizierung)\b.*\b(?:6|sechs)(?: bis |–| - |-)(?:12|zwölf) Monat",
        r"überholt",
        "Eine EQ dauert sechs bis zwölf Monate.",
    ),
    Guard(
        "T10-abh",
        r"\babH\b|[Aa]usbildungsbegleitende\w* Hilfe",
        r"früher",
        "Die abH zahlt die Agentur für Arbeit.",
    ),
    Guard(
        "T11-one-week",
        r"(?i)(?:Abbruch|Ausbildung).*Ausländerbehörde.*\beiner? Woche\b",
        r"überholt",
        "Den Abbruch melden Sie der Ausländerbehörde binnen einer Woche.",
    ),
    Guard(
        "priority-check",
        r"Vorrangprüfung",
        r"nicht",
        "Es folgt eine Vorrangprüfung.",
    ),
    Guard(
        "lotsen-140", r"\b140\b.*[Ll]otsen|[Ll]otsen\b.*\b140\b", r"(?!)", "Es gibt 140 Willkommenslotsen."
    ),
)
