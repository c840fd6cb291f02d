"""The operator's ``regionen-korrekturen.csv``: who is responsible for a Kreis or a Gemeinde after all.

Columns (UTF-8, separated by comma or semicolon, as Excel saves it):

``ags``        5 digits for a Kreis, 8 for a Gemeinde that a chamber border cuts out of its Kreis
``art``        ``ihk`` or ``hwk``
``kammer``     the name as in ``kammern.csv``
``sitz``       optional: the town of the office; only for a chamber that is not in ``kammern.csv``
``konfidenz``  optional: A, B or C; A when empty, because somebody looked it up
``quelle``     optional: where it is written, for whoever reads the file next

A bad row becomes a problem with file and line and changes nothing; the good rows count.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast, get_args

from rapidfuzz import fuzz, process

from knowledge.problems import Problem
from knowledge.region_places import ChamberKind, Confidence, Kammer

CORRECTIONS_FILE = "regionen-korrekturen.csv"

_NEEDED = ("ags", "art", "kammer")
_COLUMNS = (*_NEEDED, "sitz", "konfidenz", "quelle")


@dataclass(frozen=True, slots=True)
class Correction:
    """``kammer`` is responsible for the Kreis or Gemeinde ``ags``."""

    ags: str
    kammer: Kammer


@dataclass(frozen=True, slots=True)
class Corrections:
    """The good rows of the file, and what is wrong with the others."""

    corrections: tuple[Correction, ...]
    problems: tuple[Problem, ...]


def read_corrections(
    content: bytes,
    file: str,
    kreise: Mapping[str, object],
    gemeinden: Mapping[str, object],
    kammern: Mapping[tuple[ChamberKind, str], Kammer],
) -> Corrections:
    """Every row of ``content`` judged against the Kreise, Gemeinden (keys are AGS) and chambers that exist."""
    corrections: dict[tuple[str, ChamberKind], Correction] = {}
    problems: list[Problem] = []
    for line, row in _rows(content, file, problems):
        made = _correction(row, {**kreise, **gemeinden}, kammern)
        if isinstance(made, str):
            problems.append(Problem(file, line, row["ags"], made))
            continue
        key = (made.ags, made.kammer.kind)
        if corrections.setdefault(key, made) is not made:
            message = (
                f"Für {made.ags} steht die {made.kammer.kind.value} schon weiter oben. Eine Zeile löschen."
            )
            problems.append(Problem(file, line, made.ags, message))
    return Corrections(tuple(corrections.values()), tuple(problems))


def _rows(content: bytes, file: str, problems: list[Problem]) -> list[tuple[int, dict[str, str]]]:
    """Line number and columns of every row that is not empty."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = "Die Datei ist nicht in UTF-8 gespeichert. In Excel „CSV UTF-8“ wählen und neu speichern."
        problems.append(Problem(file, line, "", message))
        return []
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",")
    try:
        header = [column.strip().lower() for column in next(reader, [])]
        missing = [column for column in _NEEDED if column not in header]
        unknown = [column for column in header if column not in _COLUMNS]
        if missing or unknown:
            what = (
                f"die Spalte „{missing[0]}“ fehlt" if missing else f"die Spalte „{unknown[0]}“ ist unbekannt"
            )
            message = f"Erste Zeile: {what}. Möglich sind: {', '.join(_COLUMNS)}."
            problems.append(Problem(file, 1, "", message))
            return []
        blank = dict.fromkeys(_COLUMNS, "")
        return [
            (reader.line_num, blank | {k: v.strip() for k, v in zip(header, row, strict=False)})
            for row in reader
            if any(value.strip() for value in row)
        ]
    except csv.Error as error:
        message = f"Das ist keine CSV-Zeile ({error}). Anführungszeichen prüfen."
        problems.append(Problem(file, reader.line_num, "", message))
        return []


def _correction(
    row: Mapping[str, str],
    known_ags: Mapping[str, object],
    kammern: Mapping[tuple[ChamberKind, str], Kammer],
) -> Correction | str:
    """The correction in this row, or what is wrong with it."""
    ags, confidence = row["ags"], row["konfidenz"].upper() or "A"
    if ags not in known_ags:
        if "0" + ags in known_ags:
            return f"„{ags}“: die führende Null fehlt. Bitte 0{ags} schreiben (Spalte in Excel als Text)."
        return f"„{ags}“ ist weder ein Kreis (5 Stellen) noch eine Gemeinde (8 Stellen). AGS prüfen."
    try:
        kind = ChamberKind(row["art"].upper())
    except ValueError:
        return f"„{row['art']}“ ist bei „art“ nicht möglich. Erlaubt: ihk, hwk."
    if confidence not in get_args(Confidence):
        return f"„{row['konfidenz']}“ ist bei „konfidenz“ nicht möglich. Erlaubt: A, B, C."
    if not row["kammer"]:
        return "Der Name der Kammer fehlt. Bitte ergänzen."
    sure = cast("Confidence", confidence)
    kammer = kammern.get((kind, row["kammer"]))
    if kammer is not None:
        return Correction(ags, replace(kammer, confidence=sure))
    if row["sitz"]:
        return Correction(ags, Kammer(kind, row["kammer"], row["sitz"], sure))
    names = [name for known, name in kammern if known is kind]
    nearest = process.extractOne(row["kammer"], names, scorer=fuzz.token_sort_ratio, score_cutoff=60)
    hint = f" Meinten Sie „{nearest[0]}“?" if nearest else ""
    return f"„{row['kammer']}“ steht nicht in kammern.csv.{hint} Für eine neue Kammer bitte „sitz“ (Ort) angeben."
