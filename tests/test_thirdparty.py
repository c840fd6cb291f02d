"""Personal data of third persons are found and blacked out; laws, prices, years and postcodes are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.thirdparty import PersonalData, screen, without_findings

P = PersonalData
FOUND = (
    ("Mein Azubi Ahmad Rahimi, geb. 12.03.2001, hat eine Duldung", {P.NAME, P.BIRTH_DATE}),
    ("Er ist am 01.01.1999 geboren und heißt Ali Hassan", {P.NAME, P.BIRTH_DATE}),
    ("Geburtsdatum: 5. Mai 2003", {P.BIRTH_DATE}),
    ("AZR-Nummer 170123456789", {P.REGISTER_NUMBER}),
    ("AZR: 1701 2345 6789", {P.REGISTER_NUMBER}),
    ("Aktenzeichen 8123456-423 vom BAMF", {P.FILE_NUMBER}),
    ("Az.: 33.4-12345/21 Ausländerbehörde", {P.FILE_NUMBER}),
    ("sein BAMF Bescheid 7654321-423", {P.FILE_NUMBER}),
    ("Gericht: 5 K 1234/21.A", {P.FILE_NUMBER}),
    ("Passnummer P01234567", {P.DOCUMENT_NUMBER}),
    ("Ausweis-Nr.: L01X00T47", {P.DOCUMENT_NUMBER}),
    ("seine Karte hat die Nummer YZ5K12L34", {P.DOCUMENT_NUMBER}),
    ("Er hat die Handynummer 0176 12345678", {P.PHONE}),
    ("Azubi erreichbar unter +49 151 23456789", {P.PHONE}),
    ("die Mail von ihm ist ali.hassan@example.org", {P.EMAIL}),
    ("seine Adresse: mahmoud.kontakt@example.org", {P.EMAIL}),
    ("anna.weidenpost@example.org ist ihre Mail", {P.EMAIL}),
    ("sein Konto DE89 3704 0044 0532 0130 00", {P.IBAN}),
    ("IBAN DE89370400440532013000", {P.IBAN}),
    ("Er wohnt in der Berliner Straße 12a, 50667 Köln", {P.ADDRESS}),
    ("wohnt Hauptstr. 5", {P.ADDRESS}),
    ("Adresse: Lindenweg 7", {P.ADDRESS}),
    ("SV-Nummer 65 070892 S 012", {P.SOCIAL_NUMBER}),
    ("Steuer-ID 12 345 678 901", {P.SOCIAL_NUMBER}),
    ("Fatima Al-Sayed (*03.04.2000) will anfangen", {P.NAME, P.BIRTH_DATE}),
)
FOUND_ASIDE = (
    ("Hamid Karimi geboren 14.2.2002 aus Herat", {P.NAME, P.BIRTH_DATE}),
    ("Personalausweisnummer: T22000129", {P.DOCUMENT_NUMBER}),
    ("Geschäftszeichen: 7012345-438", {P.FILE_NUMBER}),
    ("rufen Sie ihn an: 0221/1234567", {P.PHONE}),
    (
        "Name: Omar Diallo, Geburtsdatum 1.1.2004, AZR-Nr. 180987654321",
        {P.NAME, P.BIRTH_DATE, P.REGISTER_NUMBER},
    ),
    ("Meldeadresse Am alten Markt 3, 20095 Hamburg", {P.ADDRESS}),
    ("Rentenversicherungsnummer 12 150780 J 005", {P.SOCIAL_NUMBER}),
)
HARMLESS = (
    "Wie hoch ist der Mindestlohn 2026? 13,90 Euro?",
    "Was steht in § 60c Abs. 1 Satz 2 AufenthG und § 16g?",
    "Verordnung (EU) 2024/1348",
    "BGBl. 2026 I Nr. 111",
    "Ich bin in 50667 Köln",
    "PLZ 04109",
    "Beginn am 01.09.2026",
    "seit 12.03.2023 geduldet",
    "Ausbildung von 2024 bis 2027",
    "Ahmad Rahimi macht bei mir Praktikum",
    "Mein Azubi heißt Ali",
    "Frau Schmidt von der IHK hat gesagt, das geht",
    "EQ-Zuschuss 276 €, Sozialversicherung pauschal 139 Euro",
    "Arbeitgeber-Service 0800 4 5555 20",
    "TelefonSeelsorge 0800 1110111",
    "116 123",
    "3+2",
    "BAG, Urteil vom 12.12.2012, 5 AZR 252/12",
    "Ausbildungsplatz 2027",
    "Er arbeitet 38,5 Stunden, 5 Tage, 8-16 Uhr",
    "Bitte rufen Sie mich an: 0171 2345678",
    "Meine Nummer ist 0221 123456, bitte Rückruf",
    "Sie erreichen uns unter info@baeckerei.de",
    "Wir sind in der Hauptstraße 5 in Kassel",
    "Dienstweg 1 und Rechtsweg 2",
    "Art. 42 Abs. 1 UAbs. 1 Buchst. a–f VO (EU) 2024/1348",
    "1.234,56 Euro im Monat, 12.000 im Jahr",
    "§ 104 Abs. 18 AufenthG, 18 Monate",
    "B1 Zertifikat, GER A2",
    "Er ist 17 und kommt aus Eritrea",
    "Gesetz vom 20.12.2008",
    "",
    "😊😊",
    "Herr Müller möchte ausbilden",
)
HARMLESS_ASIDE = (
    "Urteil LAG Baden-Württemberg 10 Sa 13/24",
    "zwischen 01/2025 und 09/2026",
    "Formblatt 4B-E12",
    "Zuschuss von 1000000 Euro",
    "DIN EN ISO 9001:2015",
    "Arbeitsplatz 3 im Betrieb",
    "VW T5, Baujahr 2009",
    "Telefon 112",
    "2 Azubis, 3 Gesellen, 10 Helfer",
    "Mohammed und Yusuf fangen am 1. August an",
)


# Written after the rules stood, and run once before they were changed.
FOUND_LATER = (
    ("Es geht um Herrn Mohammad Ahmadi, geboren am 4.7.1998 in Kabul", {P.NAME, P.BIRTH_DATE}),
    ("Azubi: Yusuf Demir (15.08.2005)", {P.NAME, P.BIRTH_DATE}),
    ("Sein Name ist Samuel Tesfay, Aktenzeichen BAMF 6789012-224", {P.NAME, P.FILE_NUMBER}),
    ("AZR Nr 110022003344", {P.REGISTER_NUMBER}),
    ("Ausweisnummer der Duldung: D1234567", {P.DOCUMENT_NUMBER}),
    ("Reisepass C4J7K0P2M", {P.DOCUMENT_NUMBER}),
    ("Handy von ihm: 01761234567", {P.PHONE}),
    ("seine email lautet m.ahmadi98@mail.de", {P.EMAIL}),
    ("Er wohnt Gartenstr. 14 in Ulm", {P.ADDRESS}),
    ("Bankverbindung DE02 1203 0000 0000 2020 51", {P.IBAN}),
    ("Steueridentifikationsnummer 65929970489", {P.SOCIAL_NUMBER}),
    ("seine Sozialversicherungsnummer lautet 15070649C103", {P.SOCIAL_NUMBER}),
    ("Telefon des Bewerbers 030 / 12 34 56 78", {P.PHONE}),
    ("Geb. 23.11.99", {P.BIRTH_DATE}),
    ("Az. 5 L 345/26 VG Köln, Kläger ist mein Azubi", {P.FILE_NUMBER}),
    ("Amina Hassan, 01.02.2003, aus Somalia", {P.NAME, P.BIRTH_DATE}),
    ("Frau Oksana Kovalenko * 12.12.1985", {P.NAME, P.BIRTH_DATE}),
    ("BAMF-Az: 8765432-163", {P.FILE_NUMBER}),
)
HARMLESS_LATER = (
    "Der Kurs kostet 2.290 Euro und dauert 400 UE",
    "Beginn 01.09.2026, Ende 31.08.2029",
    "§ 2 Abs. 12c Nr. 1 AufenthG",
    "Mindestlohn 13,90 €, ab 2027 14,60 €",
    "Wir haben 25 Mitarbeiter seit 1998",
    "Maria und Josef sind gute Azubis",
    "50 Stunden à 12 Euro = 600",
    "Postleitzahl 80331 München",
    "Tel. der Agentur: 0800 4 555500",
    "Meine Handynummer: 0160 1234567",
    "Erreichbar bin ich unter 07031 123456",
    "Anfrage vom 03.05.2026",
    "3 Jahre + 2 Jahre",
    "Im Mai 2027 ist Prüfung",
    "EU-Verordnung 2024/1347 und 2024/1348",
    "Herr Schneider von der HWK sagte 8 Wochen",
    "DIN A4",
    "Wir sitzen in der Industriestraße 12, 70565 Stuttgart",
    "Termin um 14:30 Uhr am 12.10.",
    "ISO 27001",
    "Lohngruppe E4, 2.750,00 Euro brutto",
    "Er ist seit 2015 hier, hat 3 Kinder",
    "BGBl I 2026 Nr. 107",
    "Az. 10 AZR 123/20 BAG",
    "Zimmer 4711 im Rathaus",
    "Klasse VABO 2b",
    "Unterlagen 4-fach",
    "Artikel 20 Abs. 3 GG",
)


# Typed on a phone: small letters, strokes and dashes in dates, labels cut short. Written before the rules for them.
FOUND_TYPED = (
    ("der ali wohnt in der bahnhofstr 12 in fulda", {P.ADDRESS}),
    ("Duldungsnr. D4711822", {P.DOCUMENT_NUMBER}),
    ("azr nr 990 123 456 789", {P.REGISTER_NUMBER}),
    ("ahmad, 1.2.2003 geb., will bei uns anfangen", {P.BIRTH_DATE}),
    ("geb 01/02/2003", {P.BIRTH_DATE}),
    ("Geburtsdatum 2003-02-01", {P.BIRTH_DATE}),
    ("geboren 3-11-2001 in Aleppo", {P.BIRTH_DATE}),
    ("er heisst mustafa kara geb. am 7.8.02", {P.BIRTH_DATE, P.NAME}),
    ("Geb.Dat. 14.05.2000", {P.BIRTH_DATE}),
    ("Sein Geburtstag ist der 3. März 2004", {P.BIRTH_DATE}),
    ("das azr ist 120045678901", {P.REGISTER_NUMBER}),
    ("AZR-Nr: 1234567890", {P.REGISTER_NUMBER}),
    ("ausweis nr. l4z8k1n2p", {P.DOCUMENT_NUMBER}),
    ("seine passnr ist p4456781", {P.DOCUMENT_NUMBER}),
    ("Pass Nr A09876543", {P.DOCUMENT_NUMBER}),
    ("Aufenthaltstitelnummer YX1234567", {P.DOCUMENT_NUMBER}),
    ("seine handynr 01575 3344556", {P.PHONE}),
    ("du erreichst den azubi unter 0152/34567890", {P.PHONE}),
    ("mail vom bewerber yusuf98@gmail.com", {P.EMAIL}),
    ("iban vom azubi de89 3704 0044 0532 0130 00", {P.IBAN}),
    ("sv nummer 12150780j005", {P.SOCIAL_NUMBER}),
    ("rentenversicherungsnr. 65 170839 J 003", {P.SOCIAL_NUMBER}),
    ("steuer id 65 929 970 489", {P.SOCIAL_NUMBER}),
    ("az 9876543-475 bamf", {P.FILE_NUMBER}),
    ("aktenzeichen lautet 33.2/2024-1187", {P.FILE_NUMBER}),
    ("BAMF Nr. 8888123-423", {P.FILE_NUMBER}),
    ("er lebt am mühlenweg 3, 34117 kassel", {P.ADDRESS}),
    ("Anschrift: Rosa-Luxemburg-Straße 44", {P.ADDRESS}),
    ("Sie wohnt Goethestraße 7 bei ihrer Tante", {P.ADDRESS}),
    ("Samira N., *17.9.2005, Syrien", {P.BIRTH_DATE, P.NAME}),
    ("Der Junge ist am 2. 4. 2006 in Kundus zur Welt gekommen", {P.BIRTH_DATE}),
    ("meine Azubine (geb. 1999-12-31) sucht Wohnung", {P.BIRTH_DATE}),
    ("Die Azubine heißt olga marchenko, geboren 14/09/2004", {P.BIRTH_DATE, P.NAME}),
    ("gebdatum 30.6.1997", {P.BIRTH_DATE}),
    ("born on 3 May 2001 in Kabul", {P.BIRTH_DATE}),
    ("Aufenthaltsgestattung Nr: G1234567", {P.DOCUMENT_NUMBER}),
    ("Nummer seines Passes: P00123456", {P.DOCUMENT_NUMBER}),
    ("er wohnt aktuell noch in der ludwig-erhard-allee 21", {P.ADDRESS}),
    ("tel. vom lehrling: 0049 176 22334455", {P.PHONE}),
    ("seine azr lautet 121 314 151 617", {P.REGISTER_NUMBER}),
    ("Az: 7654321 - 423", {P.FILE_NUMBER}),
    ("Kunden-Nr. 435D123456 vom Jobcenter", {P.FILE_NUMBER}),
    ("RV-Nummer 65050505H056", {P.SOCIAL_NUMBER}),
    ("Rahel Tekle (23-04-2000) möchte Pflege lernen", {P.BIRTH_DATE, P.NAME}),
    ("das Kind wurde am 5.5.2008 geboren", {P.BIRTH_DATE}),
    ("meldeadresse kirchweg 8a, 36037 fulda", {P.ADDRESS}),
    ("SEIN GEBURTSDATUM IST 12.12.2002", {P.BIRTH_DATE}),
    ("der ahmad rezai wohnt hauptstr. 5, 10115 berlin", {P.ADDRESS}),
    ("er wohnt in der berliner straße 12", {P.ADDRESS}),
    ("Duldungsnr. D12345678", {P.DOCUMENT_NUMBER}),
    ("geb.: 01-02-2003", {P.BIRTH_DATE}),
    ("geb 1/2/2003", {P.BIRTH_DATE}),
    ("Der Azubi ist 1.2.2003 geb.", {P.BIRTH_DATE}),
    ("geb. 01022003", {P.BIRTH_DATE}),
)
HARMLESS_TYPED = (
    "Prüfung am 12.06.2027 in Kassel",
    "Mahmoud Darwisch und Elena Petrenko fangen am 01.09.2026 bei uns an",
    "Gilt § 19d Abs. 1a AufenthG noch?",
    "Der Kurs kostet 1.254,60 Euro",
    "Wir sitzen in 34117 Kassel",
    "Die Ausländerbehörde Fulda hat die Nummer 0661 6006-0",
    "BAMF Servicetelefon 0911 943-0",
    "Arbeitgeberservice 0800 4555520",
    "Duldung gültig bis 30.11.2026",
    "Duldung vom 3/2024 bis 9/2025",
    "Die Probezeit endet am 30.11.",
    "Ausbildung 01/09/2026 bis 31/08/2029",
    "er wohnt 12 km vom Betrieb entfernt",
    "Wir haben 250 Mitarbeiter und 12 Azubis",
    "Herr Yilmaz ist 24 und kommt aus Syrien",
    "Bauplatz 3 ist frei, wer zahlt?",
    "Unser Azubi wohnt in Kassel",
    "In der Straße wohnen 3 Azubis von uns",
    "Er ist seit 2015 hier, war 2016 in der Schule und 2019 fertig",
    "Formular 4a-2024 ausfüllen",
    "Was bedeutet Chancen-Aufenthaltsrecht, Stichtag 31.10.2022?",
    "Wer vor dem 1.1.2023 geboren ist, bekommt das?",
    "BvB 2 oder EQ, 40 Wochen, 350 Euro",
    "Rechnung Nr. 2026-1187 für den Deutschkurs",
    "Termin bei der IHK am 3. Mai 2027 um 14:30 Uhr",
    "Wo finde ich die AZR-Nummer auf der Duldung?",
    "Was ist die Ausweisnummer?",
    "Steht das Geburtsdatum im Ausbildungsvertrag?",
    "Meine Handynummer: 0151 23456789",
    "unser büro ist in der langen str. 4",
    "Ruft mich an 0661 123456",
    "Vergütung 1.Lj 724, 2.Lj 854, 3.Lj 977 Euro",
    "BGH VI ZR 12/2023",
    "Die Berufsschule hat die Nummer 06681 96020",
    "Prüfungstermin 12/06/2027 oder 13/06/2027",
    "Umlage 2026: 0,06 Prozent",
    "auslaenderbehoerde@stadt-fulda.de antwortet nicht",
    "Er wohnt seit 3 Jahren in Fulda",
    "Gilt die Duldung 60b auch?",
    "Er lebt am Stadtrand, Weg 45 Minuten",
    "Schulplatz 12 Wochen später",
    "Wer nach dem 31.12.2005 geboren ist, muss in die Schule",
    "Meine Adresse ist Schlossstraße 4, 36037 Fulda",
    "Im Pass steht ein anderer Name",
    "Azubi-Ticket 365 Euro, 31 Tage",
    "ab 1.8.2026 bis 31.7.2029, 38,5 h",
    "Lehrgang Nr. 2210-45 der Kammer",
    "Steuernummer beantragen, wie geht das?",
    "Er wohnt 3 km weg, 5 Tage die Woche",
    "wohnt am Ausbildungsplatz 3",
    "vor dem 1.1.2000 geb. Personen",
    "Frist 01-02-2027",
)


@pytest.mark.parametrize(("text", "kinds"), FOUND + FOUND_ASIDE + FOUND_LATER + FOUND_TYPED)
def test_personal_data_are_found(text: str, kinds: set[PersonalData]) -> None:
    """Birth dates with names, numbers of files, registers and papers, phone, mail, account, address."""
    screened = screen(text)
    assert {finding.kind for finding in screened.findings} == kinds
    for finding in screened.findings:
        assert screened.text[finding.start : finding.end] not in screened.redacted


@pytest.mark.parametrize("text", HARMLESS + HARMLESS_ASIDE + HARMLESS_LATER + HARMLESS_TYPED)
def test_laws_prices_and_first_names_are_harmless(text: str) -> None:
    """What is no personal data of a third person is left alone, also the writer's own number and address."""
    screened = screen(text)
    assert screened.findings == ()
    assert screened.redacted == screened.text


def test_the_redacted_text_says_what_stood_there() -> None:
    """A reader of the case still understands it."""
    redacted = screen("Mein Azubi Ahmad Rahimi, geb. 12.03.2001, AZR-Nummer 170123456789").redacted
    assert redacted == "Mein Azubi [Name], geb. [Geburtsdatum], AZR-Nummer [AZR-Nummer]"


def test_a_wrong_check_digit_is_no_account() -> None:
    """What only looks like an IBAN is none."""
    assert screen("DE88370400440532013000").findings == ()


@given(st.text(max_size=500))
def test_any_text_can_be_screened(text: str) -> None:
    """No text makes it fail; findings lie in order, apart from each other, within the text."""
    screened = screen(text)
    end = 0
    for finding in screened.findings:
        assert end <= finding.start < finding.end <= len(screened.text)
        end = finding.end


@given(st.text(alphabet="0123456789 +-/().§abcDEGeb", max_size=200))
def test_any_digits_can_be_screened(text: str) -> None:
    """Nor does any heap of digits, and screening twice finds no more."""
    redacted = screen(text).redacted
    assert len(screen(redacted).findings) <= len(screen(text).findings) + 1


def test_what_stands_for_findings_is_not_searched() -> None:
    """The Lotse's drafts are about the matter, not about names and birthdays."""
    text = "Mein Azubi [Name], geb. [Geburtsdatum], hat Duldung. Was ist mit [§ 60c]?"
    kept = without_findings(text)
    assert "Name" not in kept
    assert "Geburtsdatum" not in kept
    assert "geb" not in kept
    assert "[§ 60c]" in kept
    assert "hat Duldung" in kept
