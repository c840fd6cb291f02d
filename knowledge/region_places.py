"""Where an employer is, as immutable values: Kreis, chamber, place, and what a look-up can come to.

AGS is the official key of a Gemeinde (8 digits) or Kreis (its first 5), always text because of the leading zero.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Confidence = Literal["A", "B", "C"]  # A seen in a page or law, B follows from the structure, C unverified

MOST_BUTTONS = 8  # places offered at once; the rest is behind "weitere"


class ChamberKind(StrEnum):
    """The two kinds of chamber every Kreis has one of."""

    IHK = "IHK"
    HWK = "HWK"


@dataclass(frozen=True, slots=True)
class Kammer:
    """The chamber that is responsible somewhere, and how sure that is."""

    kind: ChamberKind
    name: str
    seat: str  # the town of its office
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Land:
    """One of the 16 Länder."""

    code: str  # BY, NW, …
    name: str


@dataclass(frozen=True, slots=True)
class Kreis:
    """A Landkreis or a town that is its own Kreis; ``lat`` and ``lon`` are its centre in degrees (WGS 84)."""

    ags: str
    name: str  # without what follows a comma: "Köln", "Rhein-Sieg-Kreis", "Rosenheim"
    kind: str  # "Landkreis", "Kreis", "Kreisfreie Stadt", "Stadtkreis", "Regionalverband"
    land: Land
    lat: float
    lon: float
    ihk: Kammer
    hwk: Kammer
    split: bool = False  # a chamber border runs through it: some Gemeinden belong elsewhere

    @property
    def is_town(self) -> bool:
        """Whether the Kreis is one town."""
        return self.kind in {"Kreisfreie Stadt", "Stadtkreis"}

    @property
    def label(self) -> str:
        """What to show, so that "München" and "Landkreis München" differ."""
        lower = self.name.lower()
        said = any(word in lower for word in ("kreis", "region ", "städteregion", "regionalverband"))
        return self.name if self.is_town or said else f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an employer is, exact enough to name the chambers. ``key`` finds it again (``Regions.by_key``)."""

    key: str  # at most 24 ASCII characters, for callback data and rows: "p50667", "g05315000", "k05315"
    label: str  # what to show: "50667 Köln"
    kreis: str  # AGS, 5 digits
    kreis_name: str
    land: str  # code
    land_name: str
    gemeinde_ags: str  # 8 digits, of several the main one; empty for a Kreis
    ihk: Kammer
    hwk: Kammer
    lat: float  # centre of the place, never the position of a person
    lon: float
    further_kreise: tuple[str, ...] = ()  # a PLZ may reach into a neighbour with the same chambers

    @property
    def kreise(self) -> tuple[str, ...]:
        """All Kreise of the place, the main one first."""
        return (self.kreis, *self.further_kreise)


class Reason(StrEnum):
    """Why the employer must confirm or choose; the words for it are the handlers' business."""

    ZERO = "zero"  # "1067": the leading zero was missing
    PLZ_UNKNOWN = "plz-unknown"  # Postfach or bulk receiver: told by the neighbouring PLZ
    PLZ_BORDER = "plz-border"  # one PLZ, several chambers
    SAME_NAME = "same-name"  # several places of that name
    SEVERAL = "several"  # several places were named, or PLZ and name contradict each other
    TYPO = "typo"  # the nearest name to what was typed
    PART = "part"  # a part of a name, or a name among words that were not understood
    AROUND = "around"  # "bei Rosenheim" is not Rosenheim
    LOCATION = "location"  # the phone is there; the company may be elsewhere
    KREIS_SPLIT = "kreis-split"  # a chamber border runs through the Kreis
    LAND_OR_TOWN = "land-or-town"  # "Brandenburg"


@dataclass(frozen=True, slots=True)
class Found:
    """Exactly this place. ``others`` have the same name and are far smaller: behind "anderer Ort"."""

    place: Place
    others: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Guess:
    """Probably this place: "Meinten Sie …?", never used without a yes. ``others`` are the next likely ones."""

    place: Place
    reason: Reason
    others: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """One of these, likeliest first: at most eight ``places`` for buttons, ``more`` after them, or a whole Land."""

    places: tuple[Place, ...]
    reason: Reason
    more: tuple[Place, ...] = ()
    lands: tuple[Land, ...] = ()


@dataclass(frozen=True, slots=True)
class LandOnly:
    """A Land and nothing smaller: too large for a chamber, so ask for the PLZ or list its Lotsen."""

    land: Land


@dataclass(frozen=True, slots=True)
class Abroad:
    """A position outside Germany."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """No place was recognised: ask for the PLZ. ``invalid_plz`` is the number that cannot be one, if there was one."""

    invalid_plz: str = ""


RegionResult = Found | Guess | Ambiguous | LandOnly | Abroad | Unknown


def offer(places: list[Place], reason: Reason, lands: tuple[Land, ...] = ()) -> Ambiguous:
    """The places as buttons: the first eight, the rest behind them."""
    return Ambiguous(tuple(places[:MOST_BUTTONS]), reason, tuple(places[MOST_BUTTONS:]), lands)
