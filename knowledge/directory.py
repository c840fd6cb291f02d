"""The Lotsen: who serves a place and a branch of trade, who stands in, who coordinates.

The order of :meth:`Directory.serving` is that of ``docs/knowledge-format.md``: the responsible chamber, other bodies
for the Kreis, the nearest of the Land, the nearest of all.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

from rapidfuzz import fuzz, process

from knowledge.directory_form import DIRECTORY_FILE, LotseForm, read_form
from knowledge.lines import Lines
from knowledge.office_hours import OfficeHours, parse_hours
from knowledge.problems import Problem
from knowledge.region_places import Ambiguous, ChamberKind, Found, Guess, Kammer, Place
from knowledge.region_polygons import distance_km
from knowledge.regions import Regions
from knowledge.schema import LAENDER

LotseId = NewType("LotseId", str)

_PAIR = 2
_NEAREST = 3  # offered when nobody serves the Kreis


class Branch(StrEnum):
    """What decides between the chambers of a place."""

    HANDWERK = "handwerk"
    IHK = "ihk"
    FREIE = "freie"
    UNBEKANNT = "unbekannt"  # both chambers; the employer picks


class Body(StrEnum):
    """What kind of body a Lotse works for."""

    IHK = "IHK"
    HWK = "HWK"
    FB = "FB"
    OTHER = "andere"


class Relation(StrEnum):
    """How a Lotse relates to a place and branch; the value is the German label to show."""

    RESPONSIBLE = "zuständig"
    ALSO = "auch zuständig"
    NEARBY = "nicht zuständig, aber in der Nähe"


@dataclass(frozen=True, slots=True)
class Lotse:
    """One adviser. German field names as in ``lotsen.yaml``."""

    id: LotseId
    name: str
    organisation: str
    art: Body
    ort: str
    land: str  # code
    kreise: frozenset[str]  # AGS
    branchen: frozenset[Branch]  # whom the body serves
    rolle: str
    email: str  # may be empty, but not together with ``telefon``
    telefon: str
    vertretung: tuple[LotseId, ...]
    sprechzeiten: str  # as written, empty when unknown
    hours: tuple[OfficeHours, ...]
    kammer: str  # name as in kammern.csv; empty for other bodies and names not found there
    lat: float  # of the office
    lon: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A Lotse for a place and branch; ``km`` is set for those who are only near."""

    lotse: Lotse
    relation: Relation
    km: float | None = None


@dataclass(frozen=True, slots=True)
class Serving:
    """Who could take a case, best first. Empty only when the directory is."""

    candidates: tuple[Candidate, ...]

    @property
    def responsible(self) -> tuple[Candidate, ...]:
        """Those whose chamber is responsible; with an unknown branch, those of both chambers."""
        return tuple(item for item in self.candidates if item.relation is Relation.RESPONSIBLE)


@dataclass(frozen=True, slots=True)
class Directory:
    """All Lotsen; ``muster`` says that they are invented and must be marked "Musterdaten" wherever shown."""

    lotsen: Mapping[LotseId, Lotse]
    koordination: Mapping[str, LotseId] = field(default_factory=dict)  # Land → who coordinates
    muster: bool = False
    notices: tuple[Problem, ...] = ()  # what an operator should know, though it stops nothing

    def serving(self, place: Place, branch: Branch) -> Serving:
        """Who serves ``place`` for a firm of ``branch``."""
        responsible = [lotse for body in _BODIES[branch] for lotse in self._responsible(place, body)]
        also = [
            lotse
            for lotse in self.lotsen.values()
            if lotse not in responsible
            and not lotse.kreise.isdisjoint(place.kreise)
            and _fits(lotse, branch)
            and not self._border(lotse, place)
        ]
        found = [Candidate(lotse, Relation.RESPONSIBLE) for lotse in responsible]
        found += [Candidate(lotse, Relation.ALSO) for lotse in also]
        return Serving(tuple(found) or tuple(self._nearest(place, branch)))

    def deputies(self, lotse_id: LotseId) -> tuple[Lotse, ...]:
        """Who stands in for this Lotse, first the nearest in the chain; loops are cut, unknown ids left out."""
        chain: dict[LotseId, None] = {lotse_id: None}
        waiting = [lotse_id]
        while waiting:
            lotse = self.lotsen.get(waiting.pop(0))
            fresh = [one for one in (lotse.vertretung if lotse else ()) if one not in chain]
            chain |= dict.fromkeys(fresh)
            waiting += fresh
        return tuple(self.lotsen[one] for one in chain if one != lotse_id and one in self.lotsen)

    def coordinator(self, land: str) -> Lotse | None:
        """Who coordinates a Land (code), if somebody does."""
        named = self.koordination.get(land)
        return self.lotsen.get(named) if named else None

    def _responsible(self, place: Place, body: Body) -> list[Lotse]:
        those = [lotse for lotse in self.lotsen.values() if lotse.art is body]
        for_kreis = [lotse for lotse in those if not lotse.kreise.isdisjoint(place.kreise)]
        if body not in _CHAMBERS:
            return for_kreis
        kammer = _kammer(place, body).name
        of_kammer = [lotse for lotse in those if lotse.kammer == kammer]
        # Papenburg belongs to a chamber whose Lotse lists no Kreis Emsland: the chamber counts, not the list.
        return (
            [lotse for lotse in of_kammer if lotse in for_kreis]
            or of_kammer
            or [lotse for lotse in for_kreis if not lotse.kammer]
        )

    def _border(self, lotse: Lotse, place: Place) -> bool:
        """Whether the Lotse's chamber is another one than that of the place, and the place's has its own Lotse."""
        if lotse.art not in _CHAMBERS or not lotse.kammer:
            return False
        kammer = _kammer(place, lotse.art).name
        return lotse.kammer != kammer and any(
            other.kammer == kammer and other.art is lotse.art for other in self.lotsen.values()
        )

    def _nearest(self, place: Place, branch: Branch) -> Iterator[Candidate]:
        everyone = list(self.lotsen.values())
        # A chamber next door is of more help to a doctor than the nearest body of doctors, Länder away.
        chambers = _CHAMBERS if branch is Branch.FREIE else frozenset()
        fitting = [lotse for lotse in everyone if lotse.art in chambers or _fits(lotse, branch)] or everyone
        near = [lotse for lotse in fitting if lotse.land == place.land] or fitting
        if not near:
            return
        away = distance_km(
            place.lat, place.lon, [lotse.lat for lotse in near], [lotse.lon for lotse in near]
        ).tolist()
        for km, lotse in sorted(zip(away, near, strict=True), key=lambda pair: (pair[0], pair[1].id))[
            :_NEAREST
        ]:
            yield Candidate(lotse, Relation.NEARBY, round(km, 1))


_BODIES: Mapping[Branch, tuple[Body, ...]] = {
    Branch.HANDWERK: (Body.HWK,),
    Branch.IHK: (Body.IHK,),
    Branch.FREIE: (Body.FB,),
    Branch.UNBEKANNT: (Body.IHK, Body.HWK),
}
_CHAMBERS = frozenset({Body.IHK, Body.HWK})
_SERVED = {
    Body.IHK: frozenset({Branch.IHK}),
    Body.HWK: frozenset({Branch.HANDWERK}),
    Body.FB: frozenset({Branch.FREIE}),
    Body.OTHER: frozenset({Branch.HANDWERK, Branch.IHK, Branch.FREIE}),
}


def _fits(lotse: Lotse, branch: Branch) -> bool:
    return branch is Branch.UNBEKANNT or branch in lotse.branchen


def _kammer(place: Place, body: Body) -> Kammer:
    return place.ihk if body is Body.IHK else place.hwk


@dataclass(frozen=True, slots=True)
class ParsedDirectory:
    """The directory of a folder; ``None`` when ``problems`` says why not."""

    directory: Directory | None
    problems: tuple[Problem, ...] = ()


def parse(files: Mapping[str, bytes], regions: Regions) -> ParsedDirectory:
    """The directory in these files (content by name), or every problem at once with line and id."""
    content = files.get(DIRECTORY_FILE)
    if content is None:
        message = (
            "Die Datei fehlt: ohne sie kann keine Frage an einen Menschen gehen. Muster: „lotsenbot init“."
        )
        return ParsedDirectory(None, (Problem(DIRECTORY_FILE, 0, "", message),))
    read = read_form(content, DIRECTORY_FILE, regions.kreise)
    if read.form is None:
        return ParsedDirectory(None, read.problems)
    by_land: dict[str, set[str]] = {}
    for kreis in regions.kreise.values():
        by_land.setdefault(kreis.land.code, set()).add(kreis.ags)
    lotsen: dict[LotseId, Lotse] = {}
    notices: list[Problem] = []
    for number, form in enumerate(read.form.lotsen):
        line = read.lines.of(("lotsen", number))
        lotse, remarks = _lotse(form, regions, by_land)
        lotsen[lotse.id] = lotse
        notices += [Problem(DIRECTORY_FILE, line, lotse.id, remark) for remark in remarks]
    koordination: dict[str, LotseId] = {land: LotseId(who) for land, who in read.form.koordination.items()}
    directory = Directory(lotsen, koordination, read.form.muster)
    notices += _loops(directory, read.lines)
    notices += _gaps(directory, regions)
    return ParsedDirectory(Directory(lotsen, koordination, read.form.muster, tuple(notices)))


def _lotse(form: LotseForm, regions: Regions, by_land: Mapping[str, set[str]]) -> tuple[Lotse, list[str]]:
    """The Lotse of a form that has no problem, and what is odd about it."""
    remarks: list[str] = []
    body = Body(form.art)
    kreise = frozenset(ags for item in form.kreise for ags in by_land.get(item, {item}))
    kammer = ""
    if body in _CHAMBERS:
        kind = ChamberKind(body.value)
        kammer, remark = _known_kammer(form.organisation, kind, regions)
        remarks += [remark] if remark else []
        for ags in sorted(kreise) if kammer else ():
            whose = regions.kammer(ags, kind)
            if whose is not None and whose.name != kammer:
                remarks.append(
                    f"{regions.kreise[ags].label} ({ags}) gehört nach kreise.csv zu „{whose.name}“ "
                    f"(Konfidenz {whose.confidence}). Kreis streichen oder regionen-korrekturen.csv ergänzen."
                )
    lat, lon, found = _office(form, regions, kreise)
    if not found:
        remarks.append(
            f"Der Ort „{form.ort}“ wurde in {LAENDER[form.land]} nicht eindeutig gefunden; gerechnet wird mit der Mitte der Kreise."
        )
    lotse = Lotse(
        id=LotseId(form.id),
        name=form.name,
        organisation=form.organisation,
        art=body,
        ort=form.ort,
        land=form.land,
        kreise=kreise,
        branchen=frozenset(Branch(branch) for branch in form.branchen) or _SERVED[body],
        rolle=form.rolle,
        email=form.email,
        telefon=form.telefon,
        vertretung=tuple(LotseId(deputy) for deputy in form.vertretung),
        sprechzeiten=form.sprechzeiten,
        hours=parse_hours(form.sprechzeiten),
        kammer=kammer,
        lat=lat,
        lon=lon,
    )
    return lotse, remarks


def _known_kammer(organisation: str, kind: ChamberKind, regions: Regions) -> tuple[str, str]:
    """The chamber's name as in kammern.csv, or empty and a remark."""
    names = [name for known, name in regions.kammern if known is kind]
    if organisation in names:
        return organisation, ""
    nearest = process.extractOne(organisation, names, scorer=fuzz.token_sort_ratio, score_cutoff=60)
    hint = f" Meinten Sie „{nearest[0]}“?" if nearest else ""
    return "", f"„{organisation}“ steht nicht in kammern.csv; zuständig nur nach „kreise“.{hint}"


def _office(form: LotseForm, regions: Regions, kreise: frozenset[str]) -> tuple[float, float, bool]:
    """Position of the office's town, and whether the town was found; otherwise the middle of the Kreise."""
    match regions.find(form.ort):
        case Found(place=place, others=others):
            places = [place, *others]
        case Guess(place=place):
            places = [place]
        case Ambiguous(places=several, more=more):
            places = [*several, *more]
        case _:
            places = []
    inside = [place for place in places if place.land == form.land]
    inside.sort(key=lambda place: place.kreis not in kreise)
    if inside:
        return inside[0].lat, inside[0].lon, True
    own = [regions.kreise[ags] for ags in kreise]
    return (
        round(sum(kreis.lat for kreis in own) / len(own), 4),
        round(sum(kreis.lon for kreis in own) / len(own), 4),
        False,
    )


def _loops(directory: Directory, lines: Lines) -> Iterator[Problem]:
    """Deputies that lead back to the Lotse with nobody outside to end with.

    Rings are usual and cut at run time; they matter when the Land has no coordinator, or when two people who stand
    in for each other are all there is.
    """
    for number, lotse in enumerate(directory.lotsen.values()):
        chain = (lotse, *directory.deputies(lotse.id))
        if not any(lotse.id in deputy.vertretung for deputy in chain[1:]):
            continue
        coordinator = directory.coordinator(lotse.land)
        colleagues = sum(other.land == lotse.land for other in directory.lotsen.values())
        pair = len(chain) == _PAIR < colleagues
        if coordinator is None or (pair and coordinator in chain):
            names = " → ".join(one.id for one in (*chain, lotse))
            message = (
                f"Die Vertretung läuft im Kreis ({names}); fallen alle aus, übernimmt niemand. "
                f"Eine weitere Vertretung nennen oder bei „koordination“ {lotse.land} jemand anderen eintragen."
            )
            yield Problem(DIRECTORY_FILE, lines.of(("lotsen", number, "vertretung")), lotse.id, message)


def _gaps(directory: Directory, regions: Regions) -> Iterator[Problem]:
    """Per Land the Kreise without a Lotse of their IHK or HWK, and Länder that nobody coordinates."""
    served: dict[Body, set[str]] = {body: set() for body in Body}
    for lotse in directory.lotsen.values():
        served[lotse.art] |= lotse.kreise
    for land, name in sorted(LAENDER.items()):
        for body in (Body.IHK, Body.HWK):
            gaps = _kreise_outside(regions, land, served[body])
            if gaps:
                message = f"{name}: niemand von einer {body.value} ist zuständig für {', '.join(gaps)}."
                yield Problem(DIRECTORY_FILE, 0, "", message)
        if directory.coordinator(land) is None:
            yield Problem(
                DIRECTORY_FILE, 0, "", f"{name}: niemand koordiniert. Bei „koordination“ eintragen."
            )


def _kreise_outside(regions: Regions, land: str, served: AbstractSet[str]) -> list[str]:
    kreise = regions.kreise.values()
    return [kreis.label for kreis in kreise if kreis.land.code == land and kreis.ags not in served]
