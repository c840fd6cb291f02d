"""The form of the editors' YAML as pydantic models; the JSON Schema for their editor falls out of the same models.

Field names are German because editors are. Limits keep a whole answer within one Telegram message
(4,096 code points after parsing, Bot API "sendMessage").
"""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError, PydanticKnownError

from knowledge import markup

LAENDER = {
    "BB": "Brandenburg",
    "BE": "Berlin",
    "BW": "Baden-Württemberg",
    "BY": "Bayern",
    "HB": "Bremen",
    "HE": "Hessen",
    "HH": "Hamburg",
    "MV": "Mecklenburg-Vorpommern",
    "NI": "Niedersachsen",
    "NW": "Nordrhein-Westfalen",
    "RP": "Rheinland-Pfalz",
    "SH": "Schleswig-Holstein",
    "SL": "Saarland",
    "SN": "Sachsen",
    "ST": "Sachsen-Anhalt",
    "TH": "Thüringen",
}

MAX_TITLE = 90
MAX_ANSWER = 900
MAX_DETAILS = 2000
MAX_VARIANT = 400
MIN_PHRASINGS = 8


def html(limit: int) -> AfterValidator:
    """Check the white list and the visible length (code points, as Telegram counts after parsing)."""

    def check(text: str) -> str:
        parsed = markup.parse(text)
        if parsed.flaws:
            flaw = parsed.flaws[0]
            raise PydanticCustomError("markup", "{message}", {"message": flaw.message, "line": flaw.line})
        if len(parsed.visible) > limit:
            raise PydanticCustomError(
                "text_too_long",
                "Der Text ist mit {length} Zeichen zu lang; höchstens {limit} sind möglich. Bitte kürzen oder nach „details“ verschieben.",
                {"length": len(parsed.visible), "limit": limit},
            )
        return text.strip()

    return AfterValidator(check)


def _month(value: Any) -> Any:
    # YAML reads 2026-08 as text and 2026-08-01 as a date; only the month is meant.
    return value.strftime("%Y-%m") if isinstance(value, date) else value


_Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
_Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200, pattern=r"^[^\n]*$")
]
_Title = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=5, max_length=MAX_TITLE, pattern=r"^[^\n<>]*$")
]
_Url = Annotated[str, StringConstraints(pattern=r'^https://[^\s"<>]+$', max_length=300)]
_Month = Annotated[str, BeforeValidator(_month), StringConstraints(pattern=r"^20[2-9]\d-(0[1-9]|1[0-2])$")]
Land = Literal["BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH"]
Role = Literal["recht", "foerderung", "kammer", "soziales", "lotsen"]


class Form(BaseModel):
    """Unknown keys are errors: a misspelt „antwrot“ must not be dropped in silence.

    A form is built when it is first filled in: a start from a cache fills in none.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class SourceForm(Form):
    """An official page."""

    name: _Line
    url: _Url


class VariantForm(Form):
    """What differs in one Land."""

    land: Land
    text: Annotated[str, html(MAX_VARIANT)]


class EntryForm(Form):
    """One question with its answer."""

    # Begun in the chat: what is missing is not asked for yet, and the answer says that it is unverified. First, because
    # the rules of other fields depend on it.
    entwurf: bool = False
    id: _Id
    titel: _Title
    formulierungen: Annotated[tuple[_Line, ...], Field(min_length=1)]
    antwort: Annotated[str, StringConstraints(min_length=20), html(MAX_ANSWER)]
    details: Annotated[str, html(MAX_DETAILS)] = ""
    rechtsgrundlage: tuple[_Line, ...] = ()
    programm: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""
    quellen: Annotated[tuple[SourceForm, ...], Field(max_length=3)]
    stand: _Month
    pruefen_bis: date
    zustaendig: Role
    verwandt: Annotated[tuple[_Id, ...], Field(max_length=4)] = ()
    fakten: Annotated[
        tuple[Annotated[str, StringConstraints(pattern=r"^T\d\d-\d\d$")], ...], Field(default=())
    ]
    uebergabe: bool = False
    dringend: bool = False
    ungeprueft: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""
    varianten: tuple[VariantForm, ...] = ()

    @field_validator("formulierungen", "quellen")
    @classmethod
    def _enough(cls, value: tuple[Any, ...], info: ValidationInfo) -> tuple[Any, ...]:
        """An entry that is no draft is found reliably and says where it comes from."""
        least = MIN_PHRASINGS if info.field_name == "formulierungen" else 1
        if len(value) < least and not info.data.get("entwurf"):
            context = {"field_type": "Tuple", "min_length": least, "actual_length": len(value)}
            raise PydanticKnownError("too_short", context)
        return value


class TopicForm(Form):
    """One file of the folder ``faq``."""

    thema: Annotated[str, StringConstraints(pattern=r"^T\d\d$")]
    titel: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=40)]
    eintraege: Annotated[tuple[EntryForm, ...], Field(min_length=1)]


class SectionForm(Form):
    """A heading of a page and the entries below it."""

    titel: _Line
    eintraege: Annotated[tuple[_Id, ...], Field(min_length=1)]


class PageForm(Form):
    """A curated way into the entries beside the topics."""

    id: _Id
    titel: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=60)]
    einleitung: Annotated[str, html(MAX_ANSWER)]
    abschnitte: Annotated[tuple[SectionForm, ...], Field(min_length=1, max_length=12)]


class PagesForm(Form):
    """The file ``seiten.yaml``."""

    seiten: tuple[PageForm, ...]


def explain(error: ErrorDetails) -> str:
    """One pydantic error as a German sentence that says what to do."""
    context = error.get("ctx", {})
    field = str(error["loc"][-1]) if error["loc"] else "Datei"
    match error["type"]:
        case "missing":
            return f"Das Feld „{field}“ fehlt. Bitte ergänzen."
        case "extra_forbidden":
            return f"Das Feld „{field}“ gibt es nicht. Tippfehler? Sonst bitte löschen."
        case "markup" | "text_too_long":
            return error["msg"]
        case "too_long":
            return f"„{field}“ hat zu viele Angaben; höchstens {context['max_length']}."
        case "string_too_long":
            return f"„{field}“ ist zu lang; höchstens {context['max_length']} Zeichen."
        case "string_too_short":
            return f"„{field}“ ist zu kurz oder leer; mindestens {context['min_length']} Zeichen."
        case "too_short":
            return f"„{field}“ braucht mindestens {context['min_length']} Angaben, es sind {context['actual_length']}."
        case "literal_error" | "enum":
            allowed = re.sub(r"\bor\b", "oder", str(context.get("expected", "")))
            return f"„{error['input']}“ ist bei „{field}“ nicht möglich. Erlaubt: {allowed}."
        case "string_pattern_mismatch":
            return f"„{error['input']}“ hat nicht die Form, die „{field}“ braucht. Siehe Handbuch."
        case "date_from_datetime_parsing" | "date_parsing" | "date_type" | "date_from_datetime_inexact":
            return f"„{error['input']}“ ist kein Datum. Bitte als JJJJ-MM-TT schreiben, z. B. 2027-05-31."
        case "bool_parsing" | "bool_type":
            return f"„{field}“ ist ja oder nein: bitte „true“ oder „false“ schreiben."
        case "string_type":
            return f"„{field}“ muss Text sein. Zahlen und „ja“ bitte in Anführungszeichen setzen."
        case "tuple_type" | "list_type":
            return f"„{field}“ muss eine Liste sein (jede Zeile beginnt mit „- “)."
        case "model_type" | "model_attributes_type":
            return f"Bei „{field}“ werden Felder erwartet (name: wert). Einrückung prüfen."
        case _:
            return f"„{field}“: {error['msg']}"
