"""The twelve traps of the fact sheet: what must stand in which line of the FAQ, and what used to stand there."""

from tests.trap import EQ_OLD, UKRAINE_OLD, Trap

TRAPS = (
    # T1: three months after registration since 12.06.2026, not nine (until 26.02.2024) and not six
    Trap(
        "T1-three-months",
        "asylbewerber-aufnahmeeinrichtung",
        r"nach der Registrierung des Asylantrags",
        r"\bdrei Monate\b",
        (("drei Monate nach", "sechs Monate nach"), ("drei Monate nach", "neun Monate nach")),
        wrong=r"(?i)\b(?:sechs|neun|6|9) Monate",
    ),
    Trap(
        "T1-since",
        "asylbewerber-aufnahmeeinrichtung",
        r"So gilt es seit",
        r"12\.06\.2026",
        (("12.06.2026", "27.02.2024"),),
    ),
    Trap(
        "T1-six-months-dublin",
        "asylbewerber-aufnahmeeinrichtung",
        r"Dublin-Fall",
        r"Sechs Monate sind es nur, wenn",
        (("Sechs Monate", "Neun Monate"), ("sind es nur, wenn", "sind es auch, wenn")),
    ),
    # T2: no permit while the accelerated procedure runs
    Trap(
        "T2-no-permit",
        "beschleunigtes-verfahren",
        r"Arbeitserlaubnis erteilt",
        r"keine Arbeitserlaubnis erteilt\. .*widerrufen",
        (
            ("keine Arbeitserlaubnis erteilt", "eine Arbeitserlaubnis erteilt"),
            ("wird widerrufen", "gilt weiter"),
        ),
    ),
    Trap(
        "T2-in-the-reception-centre",
        "asylbewerber-aufnahmeeinrichtung",
        r"beschleunigten Asylverfahren",
        r"keine Erlaubnis",
        (("gibt es keine Erlaubnis", "gilt dasselbe"), (r"[^\n]*beschleunigten Asylverfahren[^\n]*\n", "")),
    ),
    # T3: outside the reception centre work is to be permitted, no longer "may be"
    Trap(
        "T3-is-to-be-permitted",
        "asylbewerber-wohnung",
        r"Nach drei Monaten gestattetem Aufenthalt",
        r"ist die Beschäftigung (?:in der Regel )?zu erlauben",
        ((r"ist die Beschäftigung (?:in der Regel )?zu erlauben", "kann die Beschäftigung erlaubt werden"),),
        wrong=r"\bkann\b",
    ),
    Trap(
        "T3-wording-of-the-law",
        "asylbewerber-wohnung",
        r"heißt es im Gesetz",
        r"Seit 12\.06\.2026 .*„ist zu erlauben“, früher „kann“",
        (("„ist zu erlauben“, früher „kann“", "„kann erlaubt werden“"),),
    ),
    # T4: the right of opportunity is a transitional rule since 31.12.2025
    Trap(
        "T4-no-new-titles",
        "chancenaufenthalt-ablauf",
        r"Neu gibt es das Chancen-Aufenthaltsrecht",
        r"nicht mehr",
        (("das Chancen-Aufenthaltsrecht nicht mehr", "das Chancen-Aufenthaltsrecht auf Antrag"),),
    ),
    Trap(
        "T4-since",
        "chancenaufenthalt-ablauf",
        r"§ 104c nur noch",
        r"Seit 31\.12\.2025 ist § 104c nur noch eine Übergangsregel",
        (("31.12.2025", "31.12.2027"),),
    ),
    Trap(
        "T4-only-25a-25b",
        "chancenaufenthalt-ablauf",
        r"Es geht nur weiter mit",
        r"§ 25a oder § 25b",
        (("Es geht nur weiter mit § 25a oder § 25b", "Es geht weiter, die Karte wird verlängert"),),
    ),
    # T5: three lists of safe countries, and a transition for those who were here
    Trap(
        "T5-three-lists",
        "sichere-herkunftsstaaten",
        r"Listen? \(Stand",
        r"drei Listen",
        (("Es gibt drei Listen", "Es gibt eine Liste"), ("Es gibt drei Listen", "Es gibt zwei Listen")),
        wrong=r"\b(?:eine|zwei) Listen?",
    ),
    Trap(
        "T5-eu-list",
        "sichere-herkunftsstaaten",
        r"EU-Liste:",
        r"Ägypten, Bangladesch, Indien, Kolumbien, Kosovo, Marokko, Tunesien",
        (("Ägypten, Bangladesch, Indien, Kolumbien, Kosovo, Marokko, Tunesien", "noch keine"),),
    ),
    Trap(
        "T5-tolerated-too",
        "sichere-herkunftsstaaten",
        r"Mit Duldung.* zählen",
        r"alle drei Listen",
        (("zählen alle drei Listen", "zählt nur die deutsche Liste"),),
    ),
    Trap(
        "T5-transition",
        "sichere-herkunftsstaaten",
        r"Marokko, Tunesien, Türkei",
        r"06\.05\.2025 .*11\.06\.2026",
        (
            ("06.05.2025", "31.08.2015"),
            (
                r": kein Verbot[^\n]*06\.05[^\n]*",
                ": Verbot",
            ),
        ),
    ),
    # T6: titles under § 24 that were valid on 01.02.2026 run until 04.03.2027
    Trap(
        "T6-valid-until",
        "ukraine-karte-abgelaufen",
        r"Dann gilt sie bis zum",
        r"am 01\.02\.2026 gültig war\. Dann gilt sie bis zum 04\.03\.2027",
        (("04.03.2027", "04.03.2026"), ("01.02.2026", "01.02.2025")),
        wrong=UKRAINE_OLD,
    ),
    Trap(
        "T6-to-work",
        "ukraine-arbeiten",
        r"kraft Verordnung bis zum",
        r"04\.03\.2027",
        (("04.03.2027", "04.03.2026"),),
    ),
    Trap(
        "T6-third-countries",
        "ukraine-drittstaat",
        r"automatisch bis zum",
        r"Nur in drei Fällen .*04\.03\.2027",
        (("04.03.2027", "04.03.2026"), ("Nur in drei Fällen", "Auch dann")),
    ),
    Trap(
        "T6-fiction",
        "fiktionsbescheinigung",
        r"§ 24.*Sonderregel",
        r"01\.02\.2026 .*04\.03\.2027",
        (("04.03.2027", "04.03.2026"),),
    ),
    Trap(
        "T6-afterwards-open",
        "ukraine-nach-maerz-2027",
        r"geregelt\. Der Schutz gilt bis",
        r"im August 2026 noch nicht geregelt\. .*04\.03\.2027",
        (("noch nicht geregelt", "schon geregelt"), ("04.03.2027", "04.03.2026")),
    ),
    # T7: Grundsicherungsgeld since 01.07.2026, and the new § 16e SGB II
    Trap(
        "T7-name",
        "lohnzuschuss-jobcenter",
        r"„Bürgergeld“",
        r"heißt seit 1\. Juli 2026 Grundsicherungsgeld",
        (("heißt seit 1. Juli 2026 Grundsicherungsgeld", "zahlt das Jobcenter"),),
    ),
    Trap(
        "T7-16e",
        "lohnzuschuss-jobcenter",
        r"§ 16e SGB II: ",
        r"1\. Juli 2026 .*in den letzten 24 Monaten mindestens 21 Monate Leistungen",
        (
            (
                r"in den letzten 24 Monaten mindestens 21 Monate[^.\n]*",
                "seit zwei Jahren arbeitslos",
            ),
            ("21 Monate", "24 Monate"),
        ),
    ),
    # T8: text form since 01.08.2024, receipt, three years in the files
    Trap(
        "T8-text-form",
        "ausbildungsvertrag-inhalt",
        r"zwölf Pflichtangaben",
        r"in Textform",
        (("in Textform", "schriftlich und unterschrieben"),),
        wrong=r"(?i)schriftlich|schriftform",
    ),
    Trap(
        "T8-since",
        "ausbildungsvertrag-inhalt",
        r"Textform heißt",
        r"eine Datei auch .*01\.08\.2024",
        (("Papier geht, eine Datei auch", "nur Papier, keine Datei"), ("01.08.2024", "01.01.2030")),
    ),
    Trap(
        "T8-receipt",
        "ausbildungsvertrag-inhalt",
        r"Geben oder senden Sie den Vertrag",
        r"Empfang bestätigen",
        ((" Lassen Sie sich den Empfang bestätigen.", ""),),
    ),
    Trap(
        "T8-three-years",
        "ausbildungsvertrag-inhalt",
        r"Empfangsnachweis bewahren Sie",
        r"drei Jahre auf",
        (("drei Jahre auf", "ein Jahr auf"),),
    ),
    # T9: EQ 276 €, 4 to 12 months, part time from 20 hours without a reason
    Trap(
        "T9-amount",
        "eq-zuschuss",
        r"im Monat \(Stand August 2026\)",
        r"\b276 €",
        (("276 €", "231 €"), ("276 €", "247 €"), ("276 €", "262 €")),
        wrong=EQ_OLD,
    ),
    Trap(
        "T9-amount-eq-plus",
        "eq-plus",
        r"Der Zuschuss ist auf",
        r"\b276 €",
        (("276 €", "262 €"),),
        wrong=EQ_OLD,
    ),
    Trap(
        "T9-duration",
        "eq-dauer-beginn",
        r"^Gefördert werden",
        r"\b4 bis 12 Monate.*ab 20 Stunden",
        (("4 bis 12 Monate", "6 bis 12 Monate"), ("ab 20 Stunden", "ab 30 Stunden")),
        wrong=r"\b6 bis 12\b",
    ),
    Trap(
        "T9-part-time",
        "eq-dauer-beginn",
        r"^Für Teilzeit",
        r"keinen besonderen Grund",
        (("keinen besonderen Grund", "einen Grund, etwa Kinder oder Pflege"),),
    ),
    Trap(
        "T9-duration-what-is",
        "eq-was-ist",
        r"^Eine EQ ist",
        r"\b4 bis 12 Monaten\b",
        (("4 bis 12 Monaten", "6 bis 12 Monaten"),),
    ),
    Trap(
        "T9-duration-in-the-list",
        "kennenlernen-praktikum",
        r"Einstiegsqualifizierung \(EQ\)",
        r"\b4 bis 12 Monate\b",
        (("4 bis 12 Monate", "6 bis 12 Monate"),),
    ),
    # T10: abH went into the Assistierte Ausbildung
    Trap(
        "T10-abh",
        "asa-nachhilfe",
        r"„abH“",
        r"nicht mehr\. .*in der AsA aufgegangen",
        (
            (
                r"gibt es als eigene Leistung nicht mehr\.[^\n]*",
                "gibt es daneben weiter.",
            ),
        ),
    ),
    # T11: two weeks, and the firm reports
    Trap(
        "T11-two-weeks",
        "abbruch-melden",
        r"Melden Sie den Abbruch",
        r"binnen zwei Wochen",
        (("in der Regel binnen zwei Wochen", "binnen einer Woche"),),
        wrong=r"\beiner? Woche\b",
    ),
    Trap(
        "T11-two-weeks-in-detail",
        "abbruch-melden",
        r"^• Wann\?",
        r"innerhalb von zwei Wochen\. .*eine Woche; das ist überholt",
        (("innerhalb von zwei Wochen", "innerhalb einer Woche"), ("; das ist überholt", "; das gilt")),
    ),
    Trap(
        "T11-the-firm",
        "abbruch-melden",
        r"^• Wer meldet\?",
        r"Der Ausbildungsbetrieb\. .*Bildungseinrichtung",
        (
            (
                r"Der Ausbildungsbetrieb\.[^\n]*",
                "Die Berufsschule als Bildungseinrichtung.",
            ),
        ),
    ),
    Trap(
        "T11-overview",
        "meldepflichten",
        r"Abbruch oder vorzeitiges Ende",
        r"^Zwei Wochen: .*§ 60c.*§ 16g",
        (("Zwei Wochen:", "Eine Woche:"), ("<b>Zwei Wochen", "<b>Eine Woche")),
        wrong=r"(?i)\beine woche\b",
    ),
    Trap(
        "T11-checklist",
        "ausbildung-abgebrochen",
        r"§ 60c, § 16g AufenthG: Ausländerbehörde",
        r"binnen zwei Wochen",
        (("in der Regel binnen zwei Wochen", "binnen einer Woche"),),
    ),
    Trap(
        "T11-consequences",
        "abbruch-folgen",
        r"^• Ihre Pflicht:",
        r"binnen zwei Wochen",
        (("binnen zwei Wochen", "binnen einer Woche"),),
    ),
    Trap(
        "T11-dismissal",
        "probezeit-kuendigung",
        r"§ 60c oder § 16g AufenthG",
        r"binnen zwei Wochen",
        (("in der Regel binnen zwei Wochen", "binnen einer Woche"),),
    ),
    # T12: voluntary places in integration courses were suspended in 2026
    Trap(
        "T12-suspended",
        "integrationskurs",
        r"freiwillige Zulassung",
        r"2026 ausgesetzt",
        (("war die freiwillige Zulassung 2026 ausgesetzt", "gibt es die freiwillige Zulassung"),),
    ),
    Trap(
        "T12-no-admission",
        "integrationskurs",
        r"Im Februar 2026",
        r"keine solche Zulassung erteilt",
        (("keine solche Zulassung erteilt wird", "jede Zulassung erteilt wird"),),
    ),
    Trap(
        "T12-tolerated",
        "sprachkurs-duldung-gestattung",
        r"freiwillige Integrationskurs",
        r"2026 ausgesetzt",
        (("war 2026 ausgesetzt", "ist auch möglich"),),
    ),
)
