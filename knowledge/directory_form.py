"""The form of ``lotsen.yaml`` as pydantic models, and what only shows when all of it is seen together.

.. code-block:: yaml

    muster: true                  # optional: invented; everything shown from it is marked "Musterdaten"
    koordination: {BY: WL055}     # who is asked when a Lotse and all deputies stay silent
    lotsen:
      - id: WL055                 # stable: capital letters, digits, hyphens, at most 20
        name: Willkommenslotsin …
        organisation: IHK Schwaben   # IHK and HWK: as in kammern.csv
        art: IHK                  # IHK | HWK | FB (freie Berufe) | andere
        ort: Augsburg             # of the office
        land: BY
        kreise: ["09761", "09772"]   # AGS in quotes, or a Land: [BY]
        branchen: [handwerk]      # optional, art "andere" only: whom the body serves; all when missing
        rolle: Willkommenslotsin  # optional
        email: lotse@ihk.example
        telefon: "+49 30 23125 055"  # e-mail or telephone or both
        vertretung: [WL056]       # optional, in this order
        sprechzeiten: Mo-Fr 9-16  # optional
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from knowledge.lines import Lines, load_with_lines
from knowledge.office_hours import parse_hours
from knowledge.problems import Problem
from knowledge.schema import LAENDER, Form, Land, explain

DIRECTORY_FILE = "lotsen.yaml"

_Id = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)*$", max_length=20)]
_Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=2, max_length=120, pattern=r"^[^\n<>]*$")
]
_Mail = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^([^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+)?$")
]
_Phone = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^([+0][0-9 ()/-]{4,30})?$", max_length=32)
]


def _readable_hours(text: str) -> str:
    try:
        parse_hours(text)
    except ValueError as error:
        raise PydanticCustomError("sprechzeiten", "{message}.", {"message": str(error)}) from error
    return text


_Hours = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=80), AfterValidator(_readable_hours)
]


class LotseForm(Form):
    """One adviser."""

    id: _Id
    name: _Line
    organisation: _Line
    art: Literal["IHK", "HWK", "FB", "andere"]
    ort: _Line
    land: Land
    kreise: tuple[str, ...]
    branchen: tuple[Literal["handwerk", "ihk", "freie"], ...] = ()
    rolle: _Line = "Willkommenslotsin/Willkommenslotse"
    email: _Mail = ""
    telefon: _Phone = ""
    vertretung: tuple[_Id, ...] = ()
    sprechzeiten: _Hours = ""


class DirectoryForm(Form):
    """The whole file."""

    muster: bool = False
    koordination: Mapping[Land, _Id] = {}
    lotsen: tuple[LotseForm, ...]


@dataclass(frozen=True, slots=True)
class ReadForm:
    """The file as a form with its line numbers; ``None`` when ``problems`` is not empty."""

    form: DirectoryForm | None
    lines: Lines
    problems: tuple[Problem, ...]


def read_form(content: bytes, file: str, kreise: Mapping[str, object]) -> ReadForm:
    """The file, or every problem in it; ``kreise`` has the AGS that exist as keys."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = "Die Datei ist nicht in UTF-8 gespeichert. Im Editor „UTF-8“ wählen und neu speichern."
        return ReadForm(None, Lines({}), (Problem(file, line, "", message),))
    loaded = load_with_lines(text, file)
    if loaded.problems:
        return ReadForm(None, loaded.lines, loaded.problems)
    try:
        form = DirectoryForm.model_validate(loaded.value)
    except ValidationError as error:
        problems = (
            Problem(
                file, loaded.lines.of(detail["loc"]), _id_at(loaded.value, detail["loc"]), _explained(detail)
            )
            for detail in error.errors()
        )
        return ReadForm(None, loaded.lines, tuple(dict.fromkeys(problems)))
    found = tuple(_across(form, file, loaded.lines, kreise))
    return ReadForm(None if found else form, loaded.lines, found)


def _explained(detail: ErrorDetails) -> str:
    """The German sentence, naming the field and not the number within its list."""
    named = tuple(step for step in detail["loc"] if isinstance(step, str))
    return explain({**detail, "loc": named})


def _id_at(value: object, path: tuple[str | int, ...]) -> str:
    """The id of the Lotse that ``path`` leads into, if there is one."""
    match value, path:
        case {"lotsen": list(lotsen)}, ("lotsen", int(number), *_) if number < len(lotsen):
            lotse = lotsen[number]
            return str(lotse.get("id", "")) if isinstance(lotse, dict) else ""
        case _:
            return ""


def _across(form: DirectoryForm, file: str, lines: Lines, kreise: Mapping[str, object]) -> Iterator[Problem]:
    """Ids given twice, deputies and coordinators that do not exist, unknown Kreise, nobody to call."""
    first: dict[str, int] = {}
    ids = {lotse.id for lotse in form.lotsen}
    if not form.lotsen:
        yield Problem(
            file, lines.of(("lotsen",)), "", "Die Liste „lotsen“ ist leer. Mindestens eine Person eintragen."
        )
    for number, lotse in enumerate(form.lotsen):

        def problem(message: str, *path: str | int, at: int = number, entry: str = lotse.id) -> Problem:
            return Problem(file, lines.of(("lotsen", at, *path)), entry, message)

        if first.setdefault(lotse.id, number) != number:
            line = lines.of(("lotsen", first[lotse.id]))
            yield problem(
                f"Die id „{lotse.id}“ gibt es schon in Zeile {line}. Bitte eine andere wählen.", "id"
            )
        for position, kreis in enumerate(lotse.kreise):
            if kreis not in kreise and kreis not in LAENDER:
                yield problem(_unknown_kreis(kreis, kreise), "kreise", position)
        if not lotse.kreise:
            yield problem(
                '„kreise“ ist leer. Kreise oder ein Land eintragen, z. B. ["05315"] oder [NW].', "kreise"
            )
        for position, deputy in enumerate(lotse.vertretung):
            if deputy == lotse.id:
                yield problem("Niemand vertritt sich selbst. Bitte löschen.", "vertretung", position)
            elif deputy not in ids:
                message = f"Die Vertretung „{deputy}“ gibt es nicht. Id berichtigen oder löschen."
                yield problem(message, "vertretung", position)
        if not lotse.email and not lotse.telefon:
            yield problem("Es fehlt „email“ oder „telefon“. Eins von beiden angeben.")
        if lotse.branchen and lotse.art != "andere":
            message = "„branchen“ gilt nur für art „andere“: Kammern ergeben sich aus der Art. Bitte löschen."
            yield problem(message, "branchen")
    for land, coordinator in form.koordination.items():
        if coordinator not in ids:
            message = f"„{coordinator}“ ist bei „koordination“ unbekannt. Id berichtigen oder Zeile löschen."
            yield Problem(file, lines.of(("koordination", land)), "", message)


def _unknown_kreis(kreis: str, kreise: Mapping[str, object]) -> str:
    if "0" + kreis in kreise:
        return f'„{kreis}“: die führende Null fehlt. Bitte "0{kreis}" schreiben.'
    if re.fullmatch(r"[0-9]{8}", kreis) and kreis[:5] in kreise:
        return f'„{kreis}“ ist eine Gemeinde. Hier steht der Kreis: "{kreis[:5]}".'
    return f"„{kreis}“ ist kein Kreis. Gebraucht wird der Schlüssel mit 5 Ziffern oder ein Land wie BY."
