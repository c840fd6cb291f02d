"""Personal data of third persons in a text: found before the text is stored or sent, and blacked out.

Names alone are no finding: employers write them all the time. With a birth date, a file number or a document number a
name becomes one. What writers tell of themselves (their own number for a call back, their firm's address) is theirs to tell.
Looked for by form and context only; no list of names, so that no name is more suspicious than another.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from knowledge.language import LONGEST


class PersonalData(StrEnum):
    """A kind of personal data; the value is what stands in its place, in German."""

    NAME = "Name"
    BIRTH_DATE = "Geburtsdatum"
    REGISTER_NUMBER = "AZR-Nummer"
    FILE_NUMBER = "Aktenzeichen"
    DOCUMENT_NUMBER = "Ausweisnummer"
    SOCIAL_NUMBER = "Versicherungs- oder Steuernummer"
    PHONE = "Telefonnummer"
    EMAIL = "E-Mail-Adresse"
    IBAN = "Kontonummer"
    ADDRESS = "Anschrift"


@dataclass(frozen=True, slots=True)
class Finding:
    """Personal data at the code points ``start`` to ``end`` (exclusive) of ``Screened.text``."""

    kind: PersonalData
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Screened:
    """A text in Unicode's composed form, what was found in it, and the text without it."""

    text: str
    findings: tuple[Finding, ...]
    redacted: str


_MONTHS = (
    "Januar|Jänner|Februar|März|Maerz|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
    "|January|February|March|May|June|July|October|December"
)
_DATE = rf"(?:[0-3]?\d\.\s?[01]?\d\.\s?(?:19|20)?\d\d|[0-3]?\d\.?\s(?i:{_MONTHS})\s(?:19|20)\d\d|(?:19|20)\d\d-[01]\d-[0-3]\d)(?!\d)"
# Beside "geb." also with strokes or without any sign: "geb. 01/02/2003", "geb. 01022003".
_BIRTH_DATE = (
    rf"(?:{_DATE}|[0-3]?\d/[01]?\d/(?:19|20)?\d\d(?!\d)|[0-3]?\d-[01]?\d-(?:19|20)?\d\d(?!\d)|(?:19|20)\d\d[/.][01]?\d[/.][0-3]?\d(?!\d)"
    r"|[0-3]\d[01]\d(?:19|20)\d\d(?!\d))"
)
_CAPITAL = "[A-ZÄÖÜÇŞİŁŚŽČÁÉÍÓÚ]"
_NAME = rf"{_CAPITAL}[^\W\d_]+(?:[-'’]{_CAPITAL}?[^\W\d_]+)?"
_BIRTH = r"(?:(?<!\w)geb(?:oren|\.)?|Geburtsdatum|Geburtstag|Geb\.?-?\s?Dat(?:um|\.)?|(?<!\w)born|date\sof\sbirth|(?<!\w)DOB|\*)"
_SINCE_BIRTH = r"(?:[:\s]{1,3}(?:ist|war|wurde|was|er|sie|am|on|der|den|lautet|(?:in|aus)\s[^\W\d_]{2,30}),?){0,4}[:\s]{0,3}"
_TO_THE_WORLD = r"(?:geb(?:oren|\.)|(?:zur|auf\sdie)\sWelt|Geburtsdatum|\(geb)"

_WORD = r"[^\W\d_]"
_IS = r"(?:\s(?:ist|lautet|war|von\sihm|von\sihr|vom|beim?|BAMF|die|der)){0,3}"
_LABEL = rf"s?\s?(?:-?\s?(?i:Nummer|Nr|No)\b\.?)?{_IS}\s?[:#]?\s?"
_CODE = r"((?!(?:19|20)\d\d(?![\w./-]))[A-Z0-9][A-Z0-9./-]{0,12}\d[A-Z0-9./-]{1,14}(?:\s\d{2,6}[A-Z0-9./-]{0,8}){0,3})"
_PAPER = (
    r"(?:Pass|Reisepass|Personalausweis|Ausweis|Duldung|eAT|Aufenthaltstitel|Aufenthaltskarte|Aufenthaltserlaubnis|Gestattung"
    r"|Aufenthaltsgestattung|Fiktionsbescheinigung|Führerschein|Ankunftsnachweis|Serien|Dokument|Dokumenten|Karten)"
)
# After such a label letters may be small and groups may be spaced; three digits and more make a number of it.
_PAPER_CODE = r"(?=(?:[A-Z]{0,11}\s?\d)(?:\s?[A-Z]?\d){2}|[A-Z0-9]*\d[A-Z0-9]*\d[A-Z0-9]*\d)([A-Z0-9]{6,12}|[A-Z]{0,2}\s?\d{2,4}(?:\s\d{2,4}){1,3})(?!\w)"
_STREET = r"straße|strasse|str\.?|gasse|allee|weg|platz|ring|damm|ufer|chaussee|steig|pfad"
_HOUSE = r"\s?\d{1,3}\s?[a-h]?(?!\w|\s?(?:%|€|km|m|min|minuten|uhr|tage|wochen|monate|jahre|stunden|std|euro|prozent|mal|azubis)(?!\w))"
_TOWN = rf"(?:,?\s(?:in\s)?\d{{5}}\s{_WORD}[\w-]{{1,40}})"


@cache
def _patterns() -> tuple[tuple[PersonalData, re.Pattern[str]], ...]:
    """What gives each kind away; compiled at the first message, not at the start."""
    return (
        (PersonalData.EMAIL, re.compile(r"(?<![\w.+-])([\w.+-]{1,64}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,4})")),
        (PersonalData.IBAN, re.compile(r"(?<!\w)((?i:DE)\d{2}(?:\s?\d){18})(?!\w)")),
        (PersonalData.IBAN, re.compile(r"(?<!\w)([A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?)(?!\w)")),
        (PersonalData.BIRTH_DATE, re.compile(rf"(?i:{_BIRTH}{_SINCE_BIRTH})({_BIRTH_DATE})")),
        (PersonalData.BIRTH_DATE, re.compile(rf"{_NAME}\s{_NAME}(?:,\s?|\s?\()({_BIRTH_DATE})")),
        (
            PersonalData.BIRTH_DATE,
            re.compile(rf"(?<![\d/.-])({_BIRTH_DATE})\s(?:ist\s(?:er|sie)\s)?(?i:(?:in\s{_WORD}{{2,30}}\s)?{_TO_THE_WORLD})"),
        ),
        (
            PersonalData.SOCIAL_NUMBER,
            re.compile(r"(?<!\w)(\d{2}\s?(?:[0-3]\d)(?:[01]\d)\d{2}\s?[A-Za-z]\s?\d{3})(?!\w)"),
        ),
        (
            PersonalData.SOCIAL_NUMBER,
            re.compile(
                r"(?i:(?<!\w)(?:Steuer-?\s?ID|Steuer-?Id-?Nr|IdNr|Steueridentifikationsnummer|Steuer-?(?:nummer|nr)|TIN"
                rf"|(?:Sozial|Renten)versicherungs-?(?:nummer|nr)|(?:SV|RV)-?\s?(?:Nummer|Nr)))\.?{_IS}[:\s]{{0,3}}(\d[\d /]{{8,15}}\d)"
            ),
        ),
        (PersonalData.REGISTER_NUMBER, re.compile(rf"(?<!\w)(?i:AZR)(?!\s\d{{1,4}}/\d\d){_LABEL}(\d[\d ]{{5,16}}\d)")),
        (PersonalData.FILE_NUMBER, re.compile(r"(?<![\w/.-])(\d{7}\s?-\s?\d{3})(?![\w-])")),
        (
            PersonalData.FILE_NUMBER,
            re.compile(
                r"(?<!\w)(?i:Aktenzeichen|Az\.?|Geschäftszeichen|GZ|Gesch\.-?Z\.?|Vorgangsnummer|Kundennummer|Ordnungsmerkmal|"
                rf"Kunden-?Nr|Vorgangs-?Nr|BAMF-?\s?(?:Nummer|Nr)|Bescheidnummer)\.?{_LABEL}{_CODE}"
            ),
        ),
        (PersonalData.FILE_NUMBER, re.compile(r"(?<!\w)(\d{1,3}[a-z]?\s(?:K|L|A|B|E|Ca|AS|AY)\s\d{1,5}/\d\d(?:\.[A-Z]{1,3})?)(?!\w)")),
        (
            PersonalData.DOCUMENT_NUMBER,
            re.compile(rf"(?i:(?<!\w){_PAPER}s?(?:-?\s?(?:nummer|nr\b\.?))(?:\s(?!\w*\d)\w{{2,15}}){{0,3}}[:#\s]{{0,3}}{_PAPER_CODE})"),
        ),
        (
            PersonalData.DOCUMENT_NUMBER,
            re.compile(
                rf"(?i:(?<!\w)(?:Nummer|Nr\.?)\s(?:auf\s|in\s)?(?:der|des|vom|von|dem|seine[rsm]|ihre[rsm])\s(?:seine[rsm]\s|ihre[rsm]\s)?"
                rf"{_PAPER}(?:es|s)?(?:\s(?:ist|lautet))?[:\s]{{1,3}}{_PAPER_CODE})"
            ),
        ),
        # Serial numbers of German papers: nine signs of this alphabet, letters and digits.
        (
            PersonalData.DOCUMENT_NUMBER,
            re.compile(r"(?<!\w)(?=[A-Z0-9]*\d[A-Z0-9]*\d[A-Z0-9]*\d)([CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8})(?!\w)"),
        ),
        (PersonalData.REGISTER_NUMBER, re.compile(r"(?<![\w/.,+-])([1-9]\d{11})(?![\w/,-])")),
        (
            PersonalData.PHONE,
            re.compile(r"(?<![\w§/.,+-])((?:\+\d{2,3}|00[1-9]\d)(?:[\s/()-]{0,2}\d){7,12}|0[1-9]\d{1,4}[)\s/-]{0,3}\d(?:[\s/-]?\d){3,9})(?![\d,])"),
        ),
        (
            PersonalData.ADDRESS,
            re.compile(
                rf"(?<!\w)((?:[A-ZÄÖÜ][\w.-]{{1,30}}\s){{0,2}}?(?:[A-ZÄÖÜ][\w-]{{0,40}}(?i:{_STREET})"
                rf"|(?:Straße|Strasse|Str\.|Gasse|Allee|Weg|Platz|Ring|Damm|Ufer|Chaussee)){_HOUSE}{_TOWN}?)(?!\w)"
            ),
        ),
        (
            PersonalData.ADDRESS,
            re.compile(
                r"(?<!\w)((?:Am|An|Im|In|Auf|Zum|Zur)\s(?:der\s|den\s|dem\s)?(?:[\wäöüß-]{1,30}\s){1,3}\d{1,3}\s?[a-h]?,?\s\d{5}\s[A-ZÄÖÜ][\wäöüß-]{1,40})"
            ),
        ),
        # Typed in small letters a street is told by "wohnt" before it, or by the town behind it.
        (
            PersonalData.ADDRESS,
            re.compile(
                rf"(?i:(?<!\w)(?:wohn(?:t|en|te|haft|ung)|lebt|gemeldet|untergebracht|Anschrift|Adresse|Meldeadresse)(?:\sist)?:?\s"
                rf"(?:(?:in|an|bei|der|dem|den|am|im|auf|jetzt|aktuell|zurzeit|noch|dort|seit)\s){{0,4}}?"
                rf"((?:{_WORD}{{2,30}}(?:\s|-)){{0,2}}?(?:{_WORD}{{2,40}}-?(?:{_STREET})|{_WORD}{{2,30}}\s(?:straße|strasse|str\.?|gasse|allee)){_HOUSE}{_TOWN}?))"
            ),
        ),
        (
            PersonalData.ADDRESS,
            re.compile(rf"(?i:(?<![\w-])({_WORD}[\w-]{{2,40}}(?:{_STREET})\s?\d{{1,3}}\s?[a-h]?{_TOWN}))"),
        ),
    )  # fmt: skip


_NAMED = re.compile(
    rf"(?:heißt|heisst|namens|Name(?:\sist|:)?|Nachname:?|Vorname:?|Herrn?|Frau|Azubi|Azubine|Bewerber|Bewerberin|Lehrling|Mitarbeiter|"
    rf"Mitarbeiterin|Praktikant|Praktikantin|Person)\s({_NAME}(?:\s{_NAME}){{0,2}})"
)
_NAME_BEFORE_BIRTH = re.compile(
    rf"({_NAME}(?:\s{_NAME}|\s{_CAPITAL}\.){{1,2}})(?=[,\s(]{{1,3}}(?i:{_BIRTH}{_SINCE_BIRTH})?{_BIRTH_DATE})"
)
# In small letters a name is told by "heißt" before it and the birth behind it.
_NAMED_SMALL = re.compile(
    rf"(?i:(?:heißt|heisst|namens|name\sist|name:)\s({_WORD}{{2,30}}(?:\s{_WORD}{{2,30}})?)(?=[,\s(]{{1,3}}(?:und\s)?(?:ist\s)?{_BIRTH}))"
)
# Kinds that make a name beside them a person one can be sure of.
_IDENTIFYING = frozenset(PersonalData) - {PersonalData.NAME, PersonalData.EMAIL, PersonalData.PHONE}

_OWN = re.compile(
    r"\b(?:mich|mir|uns|meine|unsere|meiner|unserer|ich\sbin|bin\sich|wir|mein\sBetrieb|unser\sBetrieb|meine\sFirma|unsere\sFirma|Sitz|Büro)\b",
    re.IGNORECASE,
)
_NOT_OWN = re.compile(
    r"\b(?:Azubi|Azubis|Azubine|Bewerbers?|Bewerberin|Lehrlings?|Auszubildende[nr]?|Praktikant|Praktikanten|Praktikantin|Mitarbeiters?"
    r"|Mitarbeiterin|er|ihn|ihm|seine[mnrs]?|sein|wohnt|lebt)\b",
    re.IGNORECASE,
)
_PRIVATE = frozenset({PersonalData.PHONE, PersonalData.EMAIL, PersonalData.ADDRESS})
_SERVICE = re.compile(
    r"0(?:800|180|1805|137|900|700)|(?:\+49|0049)\s?800"
)  # numbers that belong to nobody in particular
# Offices and their lines belong to nobody in particular either; a mobile number always belongs to somebody.
_OFFICE = re.compile(
    r"(?:behörde|behoerde|amt|agentur|kammer|IHK|HWK|BAMF|Jobcenter|Service|Hotline|(?:Service|Bürger|Info)telefon|Zentrale|Beratungsstelle|Sekretariat"
    r"|Botschaft|Konsulat|schule|Servicestelle|Anlaufstelle|Zoll|Kasse|AOK)(?!\w)",
    re.IGNORECASE,
)
_MOBILE = re.compile(r"(?:0|\+49\s?|0049\s?)1[567]")
_SWITCHBOARD = re.compile(r"\d-\s?0$")
_OFFICE_MAIL = re.compile(
    r"^(?:info|kontakt|poststelle|service|office|mail|post|zentrale|auslaender\w*|ausbildung|bewerbung|buero)@|@(?:[\w.-]+\.)?"
    r"(?:bund|arbeitsagentur|jobcenter[\w-]*|ihk[\w-]*|[\w-]*ihk|hwk[\w-]*|stadt[\w-]*|landkreis[\w-]*|kreis[\w-]*)\.de",
    re.IGNORECASE,
)
_COURT = re.compile(
    r"(?:BAG|LAG|ArbG|BGH|OLG|BVerwG|OVG|VGH|BSG|LSG|EuGH|BVerfG|BFH|Urteil|Beschluss|Az\. des)[^;\n]{0,60}$"
)
_CUT_OFF = re.compile(
    r"(?:vor|nach|ab|seit|bis zum) dem\s$|\*\*$"
)  # "vor dem 2. Januar 1962 geboren" is a rule
_TOO_YOUNG = re.compile(r"(?:201[7-9]|20[2-9]\d)$|^(?:201[7-9]|20[2-9]\d)-")
_NO_STREET = re.compile(
    r"^(?:\S+\s)*(?:Ausbildungs|Arbeits|Praktikums|Studien|Park|Stell|Sitz|Schul|Kita|Kindergarten|Kurs|Wohnheim|Therapie|Bau|Lehr|Schlaf|Betreuungs|Heim)platz|^(?:\S+\s)*"
    r"(?:Dienst|Rechts|Instanzen|Bildungs|Lebens|Aus|Um|Arbeits|Schul|Heim|Hin|Karriere|Berufs|Verwaltungs|Beschwerde)weg|^(?:\S+\s)*(?:Platz|Weg|Ring)\s",
    re.IGNORECASE,
)
_AROUND = 160  # code points of a sentence that are looked at on either side
_BEFORE = 60  # code points looked at before a number for what it is


def screen(text: str) -> Screened:
    """The personal data of third persons in ``text`` (its first 4,096 code points)."""
    plain = unicodedata.normalize("NFC", text[:LONGEST])
    found: list[Finding] = []
    if any(char.isdigit() or char == "@" for char in plain):
        for kind, pattern in _patterns():
            for match in pattern.finditer(plain):
                start, end = match.span(1)
                if _counts(kind, plain, start, end) and not _overlaps(found, start, end):
                    found.append(Finding(kind, start, end))
    if any(finding.kind in _IDENTIFYING for finding in found):
        found += [name for name in _names(plain) if not _overlaps(found, name.start, name.end)]
    found.sort(key=lambda finding: finding.start)
    return Screened(plain, tuple(found), _redacted(plain, found))


def _counts(kind: PersonalData, text: str, start: int, end: int) -> bool:
    """Whether a match is what it looks like, and of a third person."""
    matched = text[start:end]
    before = text[max(0, start - _BEFORE) : start]
    if kind in _PRIVATE and _is_own(text, start, end):
        return False
    match kind:
        case PersonalData.IBAN:
            return _is_iban(matched)
        case PersonalData.PHONE:
            price = re.match(r"\s?(?:€|Euro|EUR)", text[end : end + 5])
            return not (price or _SERVICE.match(matched) or _is_office(before, matched))
        case PersonalData.EMAIL:
            return not _OFFICE_MAIL.search(matched)
        case PersonalData.FILE_NUMBER:
            return not _COURT.search(before)
        case PersonalData.BIRTH_DATE:
            return not _CUT_OFF.search(before) and not _TOO_YOUNG.search(matched)
        case PersonalData.ADDRESS:
            return not _NO_STREET.search(matched)
        case _:
            return True


def _is_own(text: str, start: int, end: int) -> bool:
    """Whether the sentence around the place speaks of the writer and of nobody else."""
    first = max(text.rfind(mark, 0, start) for mark in ("\n", "? ", "! ", ". "))
    last = min(
        (place for mark in ("\n", "? ", "! ", ". ") if (place := text.find(mark, end)) >= 0),
        default=len(text),
    )
    sentence = text[max(first, start - _AROUND, 0) : min(last, end + _AROUND)]
    return bool(_OWN.search(sentence)) and not _NOT_OWN.search(sentence)


def _is_office(before: str, number: str) -> bool:
    """Whether a telephone number is that of an office: its switchboard, or named so before it and nobody after that."""
    if _MOBILE.match(number):
        return False
    named = [match.end() for match in _OFFICE.finditer(before)]
    return bool(_SWITCHBOARD.search(number)) or (bool(named) and not _NOT_OWN.search(before[named[-1] :]))


def _is_iban(text: str) -> bool:
    """ISO 7064 mod 97-10, as ISO 13616 asks."""
    signs = "".join(text.split())
    turned = signs[4:] + signs[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def _names(text: str) -> Iterator[Finding]:
    places = [
        match.span(1)
        for pattern in (_NAME_BEFORE_BIRTH, _NAMED, _NAMED_SMALL)
        for match in pattern.finditer(text)
    ]
    taken: list[tuple[int, int]] = []
    for start, end in places:
        name = _ROLE.match(text, start, end)
        begin = name.end() if name else start
        if (
            begin < end
            and not _BORN.search(text, begin, end)
            and all(end <= first or last <= begin for first, last in taken)
        ):
            taken.append((begin, end))
            yield Finding(PersonalData.NAME, begin, end)


_BORN = re.compile(rf"(?i:{_BIRTH})")
_ROLE = re.compile(
    r"(?:(?:Mein|Unser|Meine|Unsere|Der|Die|Azubi|Azubine|Bewerber|Bewerberin|Lehrling|Mitarbeiter|Mitarbeiterin|Praktikant|Praktikantin|Herr|Frau|Herrn)\s)+"
)


def _overlaps(found: list[Finding], start: int, end: int) -> bool:
    return any(start < finding.end and finding.start < end for finding in found)


def _redacted(text: str, findings: list[Finding]) -> str:
    pieces: list[str] = []
    at = 0
    for finding in findings:
        pieces += [text[at : finding.start], f"[{finding.kind}]"]
        at = finding.end
    return "".join((*pieces, text[at:]))


def without_findings(redacted: str) -> str:
    """A redacted text without what stands for the findings: "[Name], geb. [Geburtsdatum]" is no subject to search for."""
    return re.sub(r"(?:geb\.? ?|geboren(?: am)? )?\[[A-ZÄÖÜ][^\]\n]{0,40}\]", " ", redacted)
