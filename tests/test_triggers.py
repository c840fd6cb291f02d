"""What needs a person: danger to life, urgent cases and individual cases, told apart from general questions."""

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.message import read
from knowledge.triggers import Met, TriggerMatcher
from knowledge.wordlists import HANDOVER_FILE, load_wordlists


@pytest.fixture(scope="module")
def matcher() -> TriggerMatcher:
    """The packaged lists."""
    content = files("knowledge").joinpath("data", HANDOVER_FILE).read_bytes()
    _, triggers, problems = load_wordlists({HANDOVER_FILE: content}, None)
    assert problems == []
    return TriggerMatcher(triggers)


URGENT = {
    "abschiebung-steht-bevor": (
        "morgen Abschiebung",
        "Mein Azubi soll morgen abgeschoben werden!",
        "mein lehrling wird am montag abgeschoben was tun",
        "Abschiebung ist für den 12.3. angekündigt",
        "Unser Mitarbeiter soll nächste Woche nach Afghanistan abgeschoben werden",
        "Mein Azubi soll abgeschoben werden – was kann ich tun?",
        "apschibung morgen früh 5 uhr",
        "Er sitzt schon im Flugzeug, die schieben ihn ab",
        "Die wollen meinen Azubi abschieben, der Flug geht am Freitag",
        "Meinem Mitarbeiter droht die Abschiebung",
        "unser Azubi wurde heute Nacht abgeschoben",
        "Hilfe, mein Azubi wird abgeschoben",
    ),
    "abgeholt": (
        "Die Polizei hat ihn abgeholt",
        "polizei hat meinen azubi heute morgen mitgenommen",
        "Mein Azubi wurde von der Polizei aus dem Betrieb geholt",
        "Gerade ist die Polizei da und will meinen Lehrling abholen",
    ),
    "haft": (
        "Mein Mitarbeiter sitzt in Abschiebehaft",
        "er ist in haft",
        "Unser Azubi wurde verhaftet",
        "mein azubi ist im gefängnis, muss ich weiter lohn zahlen",
    ),
    "anhoerung": (
        "Anhörung am Montag",
        "Mein Azubi hat morgen seine Anhörung beim BAMF, was muss er mitnehmen?",
        "Gerichtstermin nächste Woche wegen Asyl",
        "anhoerung ist schon uebermorgen",
    ),
    "frist": (
        "Die Frist läuft morgen ab",
        "Klagefrist endet am Freitag",
        "Seine Duldung läuft übermorgen ab und die Ausländerbehörde antwortet nicht",
        "Er muss bis 15.04. ausreisen",
        "Wir haben nur noch drei Tage bis zur Ausreisefrist",
        "Mein Mitarbeiter muss in 10 Tagen Deutschland verlassen",
    ),
    "ablehnung-mit-frist": (
        "Ablehnungsbescheid bekommen, Frist 2 Wochen",
        "Mein Azubi hat heute einen Ablehnungsbescheid bekommen und soll innerhalb von 30 Tagen ausreisen",
        "Asylantrag abgelehnt, in einer Woche muss er klagen",
        "er hat eine Abschiebungsandrohung bekommen",
    ),
    "zoll": (
        "Der Zoll steht im Betrieb",
        "Zoll ist gerade da was muss ich zeigen",
        "Gestern war der Zoll bei uns und hat meinen Azubi kontrolliert",
        "FKS kontrolliert gerade auf der Baustelle",
        "Razzia bei uns im Restaurant",
    ),
}

DANGER = (
    "Mein Azubi will sich umbringen",
    "Er hat gesagt, er will nicht mehr leben",
    "azubi hat suizidgedanken",
    "Sie droht mit Selbstmord",
    "Mein Lehrling will sich was antun",
    "er sagt er bringt sich um wenn er abgeschoben wird",
    "Der Azubi hat ein Messer und bedroht die Kollegen",
    "Mein Mitarbeiter ist zusammengebrochen und atmet nicht",
    "Praktikant bewusstlos",
    "Ein Kollege schlägt unseren Azubi",
    "Sie wird von ihrem Mann geschlagen",
    "unfall an der säge er blutet stark",
)

HAND_OVER = (
    "Mein Azubi aus Gambia hat am 3.3. einen Ablehnungsbescheid bekommen, darf er weiterarbeiten?",
    "Mein Bewerber kommt aus Nigeria. Er ist 2019 eingereist, sein Asylantrag wurde abgelehnt. Darf er die Ausbildung machen?",
    "Bei meinem Mitarbeiter steht ungeklärte Identität in der Duldung, was machen wir jetzt?",
    "Die Ausbildungsduldung meines Azubis wurde abgelehnt",
    "Soll mein Azubi 60c oder 16g beantragen?",
    "Mein Azubi ist vorbestraft und hat eine Duldung, geht das?",
    "Die Behörde verlangt, dass mein Azubi zur Botschaft geht, aber er hat Angst",
    "Er arbeitet seit drei Wochen bei mir, hat aber keine Arbeitserlaubnis",
    "Ich habe einen Bußgeldbescheid bekommen",
    "Gegen mich läuft ein Ermittlungsverfahren wegen Schwarzarbeit",
    "Mein Azubi ist ein Dublin-Fall und soll nach Italien",
    "Er hat Chancenaufenthalt, der läuft im Mai aus",
    "Unser Lehrling klagt gegen die Kündigung vor dem Arbeitsgericht",
    "Mein Bewerber ist Arzt aus Syrien, wie bekommt er die Approbation?",
    "Der Junge ist 16 und hat keinen Vormund",
    "Mein Azubi ist traumatisiert und hat Panikattacken",
    "Das Jobcenter will den Zuschuss zurückfordern",
)

NORMAL = (
    "Kann ein Azubi während der Ausbildung abgeschoben werden?",
    "Ist mein Azubi damit sicher vor Abschiebung?",
    "Guten Morgen, kann ein Azubi während der Ausbildung abgeschoben werden?",
    "Was ist eine Abschiebungsandrohung?",
    "Wann darf jemand mit Duldung abgeschoben werden?",
    "Schützt die Ausbildungsduldung vor Abschiebung?",
    "Was darf der Zoll im Betrieb kontrollieren?",
    "Wie oft kontrolliert der Zoll?",
    "Muss ich die Anhörung als Arbeitszeit bezahlen?",
    "Was passiert bei der Anhörung?",
    "Wann läuft die Frist für den Antrag ab?",
    "Welche Frist gilt für die Meldung des Abbruchs?",
    "Bis wann muss ich den Abbruch melden?",
    "Kann ich eine Person mit Duldung ausbilden?",
    "hab einen Bewerber aus Afghanistan mit Duldung, kann der bei mir Maler lernen?",
    "Ich habe eine Bewerberin aus Syrien, was muss ich beachten?",
    "Was ist mit Personen, deren Asylantrag abgelehnt ist, die aber klagen?",
    "Was ist der Unterschied zwischen § 60c und § 16g?",
    "Welche Strafen drohen bei unerlaubter Beschäftigung?",
    "Wie hoch ist das Bußgeld?",
    "Was ist ein Bußgeldbescheid?",
    "Darf ich ein Führungszeugnis verlangen?",
    "Kann ich meinem Azubi in der Probezeit kündigen?",
    "Was ist Duldung light?",
    "Wie läuft die Abschreibung einer Maschine?",
    "Mein Azubi fängt morgen an, was brauche ich?",
    "Mein Azubi aus Syrien kommt ständig zu spät",
    "Wir fangen am 1. September mit einem Azubi aus Eritrea an",
    "Wie lange ist die Probezeit?",
    "Die Agentur schlägt mir Bewerber vor",
    "Darf er Messer benutzen in der Küche?",
    "Was ist, wenn im Praktikum ein Unfall passiert?",
    "Holt mich die Arbeit ein?",
    "Wie wird ein Abschluss als Koch anerkannt?",
    "Kann man die Duldung verlängern?",
    "Mein Azubi wohnt im Heim, darf er umziehen?",
    "Der Papierkram bringt mich um",
    "Kann die Polizei meinen Azubi aus der Schule abholen?",
    "Was mache ich, wenn die Polizei meinen Azubi abholt?",
    "Darf jemand nach der Haft bei mir arbeiten?",
    "Wer haftet bei einem Unfall?",
    "Wie läuft das Asylverfahren ab?",
    "Was passiert, wenn der Asylantrag abgelehnt wird?",
    "Muss der Azubi Deutschland verlassen, wenn er die Prüfung nicht besteht?",
    "Wie lange gilt die Duldung?",
    "Bekomme ich einen Zuschuss für die EQ?",
    "Welche Termine gibt es heute?",
    "Darf ein Azubi mit Duldung heute noch eine Ausbildung anfangen?",
)

# Written with the lists above, put aside while the word lists were made.
URGENT_ASIDE = (
    "die ausländerbehörde will meinen azubi morgen abschieben",
    "Mein Geselle hat Post bekommen, Abschiebung nächsten Dienstag",
    "Heute früh haben sie unseren Lehrling aus dem Bett geholt und mitgenommen, Polizei",
    "Abschibung am 4. Mai",
    "Mein Mitarbeiter ist seit gestern in Abschiebungshaft",
    "Zollkontrolle läuft gerade, dürfen die in den Spind?",
    "In 5 Tagen läuft die Klagefrist ab",
    "Der Azubi hat am Mittwoch Termin vor dem Verwaltungsgericht",
    "Unser Praktikant muss bis Ende der Woche ausreisen",
    "Negativbescheid vom BAMF, er hat nur eine Woche Zeit zu klagen",
    "Mein Azubi wurde festgenommen",
    "Der Zoll war heute da",
)
DANGER_ASIDE = (
    "mein azubi möchte sterben",
    "Sie will sich das Leben nehmen",
    "Er hat einen Abschiedsbrief geschrieben",
    "Mein Praktikant wurde von Nazis zusammengeschlagen",
    "Azubi hatte gerade einen Krampfanfall, was tun",
    "Er droht damit, jemanden umzubringen",
)
HAND_OVER_ASIDE = (
    "Unser Azubi aus Guinea ist seit 2021 hier, im Januar kam die Ablehnung vom BAMF. Kann er bleiben?",
    "Der Asylantrag meines Mitarbeiters aus dem Irak ist abgelehnt worden, was bedeutet das für den Vertrag?",
    "er hat bei der behörde einen falschen namen angegeben, jetzt ist es rausgekommen",
    "Wir haben ihn schon arbeiten lassen, obwohl die Erlaubnis noch nicht da war",
    "Meine Azubine soll nach Dublin zurück nach Kroatien",
    "3+2 wurde von der Ausländerbehörde verweigert",
    "Ist für meinen Azubi 16g oder 60c besser?",
    "Mein Mitarbeiter hat eine Anzeige wegen Diebstahl bekommen und hat Angst um seine Duldung",
)
NORMAL_ASIDE = (
    "Was passiert bei Abschiebung mit dem Ausbildungsvertrag?",
    "Gilt der Abschiebeschutz ab morgen oder erst ab Vertrag?",
    "Muss ich zur Abschiebung etwas zahlen?",
    "Kann mein Azubi abgeschoben werden, wenn er die Ausbildung abbricht?",
    "Darf der Zoll meine Unterlagen mitnehmen?",
    "Wie läuft eine Zollkontrolle ab?",
    "Welche Fristen gibt es bei der Kündigung?",
    "Wie bereite ich einen Azubi auf die Anhörung vor?",
    "Was kostet ein Anwalt?",
    "Mein Azubi aus dem Iran hat die Prüfung bestanden, wie geht es weiter?",
    "Wann kommt der Bescheid über die Förderung?",
    "Kommt man wegen Schwarzarbeit ins Gefängnis?",
    "Mein Mitarbeiter möchte seine Stunden reduzieren",
    "Was tun bei Ablehnung der Beschäftigungserlaubnis?",
    "Was ist eine Klage beim Verwaltungsgericht?",
    "Welche Rolle spielt die Botschaft bei der Passbeschaffung?",
    "Azubi hat sich in die Hand geschnitten, zahlt die Berufsgenossenschaft?",
    "Mein Azubi bekommt am Montag sein Zeugnis",
)


# Four further lists, each written after the word lists stood and run once before they were changed.
URGENT_LATER = (
    "Unser Azubi soll am Donnerstag in den Flieger gesetzt werden",
    "Ausländerbehörde will ihn nächste Woche abschieben lassen",
    "Er wurde heute morgen abgeführt",
    "Mein Mitarbeiter ist in Abschiebegewahrsam",
    "Die Bundespolizei steht vor der Tür",
    "Abschiebetermin 14.05.",
    "Der Zoll durchsucht gerade unser Büro",
    "In drei Tagen läuft seine Aufenthaltserlaubnis aus",
    "Termin beim Verwaltungsgericht ist morgen",
    "Heute kam der Ablehnungsbescheid, er hat 14 Tage",
    "Die haben meinen Lehrling eingesperrt",
    "mein azubi hat die ausreiseaufforderung bekommen, bis 30.6. muss er raus",
    "Mein bester Mann wird nächsten Monat nach Nigeria zurückgeschickt",
    "Polizei war heute da und hat nach ihm gefragt",
    "Widerspruchsfrist ist übermorgen vorbei",
    "Mein Azubi kriegt morgen die Abschiebung",
    "Sie haben ihn gestern in Abschiebehaft gesteckt",
    "Zoll kommt morgen früh in den Betrieb",
    "Frist zur Klage endet heute um Mitternacht",
    "Ausweisung am 20.06., was tun",
    "heute stand die polizei vor der tür und wollte meinen lehrling holen",
    "meine Mitarbeiterin muss bis Sonntag das Land verlassen",
    "Die Duldung meines Azubis läuft morgen ab",
    "Er hat übermorgen Anhörung",
    "sie wurde gestern nacht aus der wohnung geholt von der polizei",
    "Rückführung nach Georgien ist für Dienstag geplant",
    "Finanzkontrolle Schwarzarbeit ist bei uns auf der Baustelle",
    "negativer bescheid, 2 wochen frist",
    "Mein Geselle wurde auf dem Weg zur Arbeit festgenommen",
    "BAMF hat abgelehnt, er muss innerhalb einer Woche ausreisen",
    "Mein Lehrling bekam Post, er soll am 3. Juli abgeschoben werden",
    "Nachts um 4 kam die Polizei und hat den Jungen mitgenommen",
    "Er sitzt in der JVA",
    "Abschiebung steht kurz bevor",
    "Uns läuft die Zeit davon, die Klagefrist endet morgen",
    "wir haben grad den zoll im haus",
    "Zoll war letzte woche da und will jetzt unterlagen",
    "Meine Auszubildende soll nach Serbien ausgewiesen werden",
    "morgen um 9 uhr anhörung bundesamt was muss er wissen",
    "der aufenthaltstitel von unserem koch läuft in 2 tagen ab",
    "ablehnung vom bamf mit frist bis 15.8.",
    "Mitarbeiter ist in U-Haft",
    "Unser Azubi hat Angst, am Freitag kommt die Polizei zum Abschieben",
    "Heute Nacht wollten sie ihn abschieben, er war nicht da",
    "Mein Lagerist ist gestern von der Polizei mitgenommen worden",
    "Der Flug nach Kabul ist am 12. Juni gebucht, er soll abgeschoben werden",
    "Zwei Zöllner stehen bei mir im Laden",
    "BAMF Anhörung nächsten Mittwoch, darf ich mit?",
    "seine gestattung läuft am freitag aus",
    "Er hat Post vom Gericht, Verhandlung ist übermorgen",
    "mein koch sitzt im gefängnis",
    "Ausreisepflichtig bis 1.7., sagt der Brief",
)
# The same for danger.
DANGER_LATER = (
    "Er hat gesagt er bringt sich um",
    "azubi will vom dach springen",
    "Mein Mitarbeiter hat gedroht sich was anzutun",
    "Lehrling hat Tabletten geschluckt",
    "Er hat einen Kollegen mit dem Messer angegriffen",
    "Mein Azubi hat keinen Lebensmut mehr und redet vom Sterben",
    "Frau wird zu Hause verprügelt",
    "Person liegt bewusstlos in der Werkstatt",
    "Er möchte nicht mehr leben",
    "Mein Azubi hat versucht sich umzubringen",
    "Der Praktikant wird von seinem Onkel geschlagen",
    "Azubi ritzt sich die Arme",
    "Mitarbeiter hat eine Überdosis genommen",
    "hat sich mit der kreissäge den finger abgesägt",
    "Kollege bedroht Azubi mit dem Tod",
    "er redet davon sich vor den Zug zu werfen",
    "Azubi kriegt keine Luft mehr",
    "Sie sagt sie will sterben",
    "mein azubi hat suizid angekündigt",
    "Er will nicht mehr, er will sterben",
    "Ein Gast hat unseren Lehrling mit der Flasche geschlagen",
    "Kollege ist vom Gerüst gestürzt",
    "Azubi ist ohnmächtig geworden",
    "sie wird von ihrem freund bedroht und geschlagen",
    "Er hat sich die Pulsadern aufgeschnitten",
    "Es gab eine Messerstecherei in der Werkstatt",
    "Mein Azubi droht, sich etwas anzutun",
    "Unser Lehrling wurde im Bus zusammengeschlagen",
    "Mitarbeiter hat einen Schlaganfall",
    "Er will seinem Leben ein Ende setzen",
    "Azubi liegt auf dem Boden und rührt sich nicht",
    "Der Exfreund lauert ihr auf und bedroht sie",
    "hand in der presse eingeklemmt",
    "er hat gesagt das leben macht keinen sinn mehr",
    "Kollege hat den Azubi gewürgt",
    "sie hat sich geritzt",
)
# The same for general questions.
NORMAL_LATER = (
    "Was passiert mit der Ausbildung, wenn mein Azubi in Haft kommt?",
    "Wie lange dauert eine Abschiebung?",
    "Kann mein Mitarbeiter trotz Abschiebungsandrohung arbeiten?",
    "Wie verhindere ich eine Abschiebung?",
    "Muss ich den Azubi für die Anhörung freistellen?",
    "Darf der Zoll unangekündigt kommen?",
    "Welche Unterlagen will der Zoll sehen?",
    "Was bedeutet Ausreisefrist?",
    "Wann läuft eine Duldung ab?",
    "Bis wann gilt die Karte der Ukrainer?",
    "Ich stelle am Montag einen Azubi ein, was muss ich tun?",
    "Mein Azubi hat am Freitag Berufsschule, darf er danach arbeiten?",
    "Heute hat sich ein Afghane beworben, darf er arbeiten?",
    "Morgen kommt ein Praktikant mit Duldung",
    "Wie schütze ich meinen Azubi?",
    "Gibt es eine Frist für die EQ?",
    "Darf ich jemanden einstellen dem die Abschiebung droht?",
    "Was mache ich bei einer Razzia?",
    "Mein Azubi schlägt sich gut in der Schule",
    "Er hat sich beim Arbeiten verletzt, wer zahlt?",
    "Mein Azubi hat Angst vor Abschiebung, wie kann ich ihn beruhigen?",
    "Seit heute ist er krank",
    "Unser Azubi hat die Prüfung nicht geschafft, wird er jetzt abgeschoben?",
    "Kündigungsfrist in der Probezeit",
    "Er muss morgen zum Arzt, bezahlt?",
    "Welche Folgen hat eine Haftstrafe für die Duldung?",
    "Kann der Zoll am Wochenende kontrollieren?",
    "Wie lange ist die Klagefrist?",
    "Was ist eine Abschiebehaft?",
    "Gibt es eine Frist für den Antrag auf Ausbildungsduldung?",
    "Muss er zur Anhörung beim BAMF Urlaub nehmen?",
    "Hilft eine Petition gegen die Abschiebung?",
    "Bis zum 30.9. muss der Vertrag bei der Kammer sein, reicht das?",
    "Läuft die Duldung während der Ausbildung ab?",
    "Darf ich am Montag schon anfangen lassen?",
    "Die Ausbildung beginnt morgen, die Erlaubnis fehlt noch",
    "Was passiert nach der Probezeit am 1.12.?",
    "Wie gehe ich mit einem Azubi um, der Gewalt erlebt hat?",
    "Mein Azubi hatte letztes Jahr einen Unfall",
    "Wann kann die Aufenthaltserlaubnis widerrufen werden?",
    "Kann ich eine Kündigung heute noch zurücknehmen?",
    "Azubi schlägt Urlaubstermin vor",
    "Polizeiliches Führungszeugnis nötig?",
    "Darf die Polizei Azubis im Betrieb kontrollieren?",
    "Was kostet ein Bußgeld wegen fehlender Anmeldung?",
    "Mein Azubi ist aus der Haft entlassen, darf er arbeiten?",
    "Hat der Zoll Zugriff auf meine Daten?",
    "Welche Fristen muss ich bei der EQ beachten?",
    "Wie läuft ein Asylverfahren?",
    "Ist eine Abschiebung während der Probezeit möglich?",
    "Muss ich eine Abschiebung melden?",
    "Gilt eine Ablehnung des Asylantrags sofort?",
    "Wann ist die Anhörung im Verfahren?",
    "Er hat morgen Geburtstag, wird 18, was ändert sich?",
    "Ab Montag ist er in der Berufsschule",
    "Wer zahlt den Arzt nach einem Arbeitsunfall?",
    "Ist Boxen in der Pause Gewalt?",
    "Was kostet ein Zollverfahren?",
    "Darf ein Azubi an der Säge arbeiten?",
    "Gibt es Hilfe bei Depressionen von Azubis?",
    "Er ist vom Unterricht abgemeldet worden",
    "Wie werden Azubis bei Unfällen versichert?",
    "Der Azubi ist umgezogen",
    "Bei uns wurde eingebrochen",
    "Die Maschine ist gefährlich, darf er ran?",
    "Was mache ich gegen Mobbing?",
    "Azubi hat sich den Finger verstaucht, Krankmeldung?",
    "Bedroht eine Straftat den Aufenthalt?",
    "Er stammt aus einem Kriegsgebiet und hat viel erlebt",
    "Azubi ist durch die Prüfung gefallen",
    "Mein Azubi greift die Ausbildung nicht ernsthaft an",
    "Ist die Karte ungültig, wenn sie zerbrochen ist?",
    "Kann der Zoll Bußgeld verhängen?",
    "Die Frist ist 4 Wochen, richtig?",
    "Wir erwarten am Montag Besuch von der IHK",
    "Ab wann läuft die Frist?",
    "Vor Gericht wurde entschieden dass Azubis Urlaub haben",
)


@pytest.mark.parametrize(("wanted", "text"), [(w, t) for w, ts in URGENT.items() for t in ts])
def test_urgent_cases_are_named(matcher: TriggerMatcher, wanted: str, text: str) -> None:
    """A deportation tomorrow, an arrest, a deadline, customs in the house: a person today."""
    trigger = matcher.match(read(text)).urgent
    assert trigger is not None
    assert trigger.id == wanted


@pytest.mark.parametrize("text", URGENT_ASIDE + URGENT_LATER)
def test_urgent_cases_are_found(matcher: TriggerMatcher, text: str) -> None:
    """The same in words that the lists were not made from."""
    assert matcher.match(read(text)).urgent is not None


@pytest.mark.parametrize("text", DANGER + DANGER_ASIDE + DANGER_LATER)
def test_danger_to_life_comes_with_first_aid(matcher: TriggerMatcher, text: str) -> None:
    """Suicide, violence, acute medical danger: 112 and the TelefonSeelsorge before anything else."""
    trigger = matcher.match(read(text)).danger
    assert trigger is not None
    assert "112" in trigger.first_aid


@pytest.mark.parametrize("text", HAND_OVER + HAND_OVER_ASIDE)
def test_individual_cases_are_handed_over(matcher: TriggerMatcher, text: str) -> None:
    """A concrete person with facts of the case needs a person."""
    assert matcher.match(read(text)).hand_over is not None


@pytest.mark.parametrize("text", NORMAL + NORMAL_ASIDE + NORMAL_LATER)
def test_general_questions_stay_questions(matcher: TriggerMatcher, text: str) -> None:
    """A general question on a grave subject is answered like any other."""
    assert matcher.match(read(text)) == Met(danger=None, urgent=None, hand_over=None)


@pytest.mark.parametrize("text", [t for ts in URGENT.values() for t in ts])
def test_spelling_does_not_matter(matcher: TriggerMatcher, text: str) -> None:
    """Capitals and lost umlauts change nothing."""
    assert matcher.match(read(text.upper())).urgent is not None
    plain = text.translate(str.maketrans("äöüß", "aous"))
    assert matcher.match(read(plain)).urgent is not None


@given(st.text(max_size=500))
def test_any_text_can_be_looked_at(matcher: TriggerMatcher, text: str) -> None:
    """No text makes the matching fail."""
    met = matcher.match(read(text))
    for trigger in (met.danger, met.urgent, met.hand_over):
        assert trigger is None or trigger.id
